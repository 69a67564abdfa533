//! The engine as the one node of a cluster.

mod rig;

use rig::engine::Core;

/// An engine with cluster mode on, and what it answers.
struct Node {
    core: Core,
    session: u32,
}

impl Node {
    fn start() -> Node {
        let mut core = Core::new(1);
        core.engine.configure("cluster-enabled", "yes").unwrap();
        let session = core.engine.open();
        Node { core, session }
    }

    fn ask(&mut self, line: &str) -> String {
        let argv: Vec<&[u8]> = line.split_whitespace().map(str::as_bytes).collect();
        let mut out = Vec::new();
        self.core.engine.call(self.session, &argv, &mut out);
        String::from_utf8_lossy(&out).replace("\r\n", " ").trim().to_string()
    }
}

#[test]
fn keys_of_one_call_are_in_one_slot() {
    const CROSS: &str = "-CROSSSLOT Keys in request don't hash to the same slot";
    let mut node = Node::start();
    assert_eq!(node.ask("MSET a 1 b 2"), CROSS);
    assert_eq!(node.ask("MSET {t}a 1 {t}b 2"), "+OK");
    assert_eq!(node.ask("EVAL return 2 a b"), CROSS);
    assert_eq!(node.ask("COPY a b"), CROSS);
    assert_eq!(node.ask("MULTI"), "+OK");
    assert_eq!(node.ask("SET a 1"), "+QUEUED");
    assert_eq!(node.ask("SET b 1"), "+QUEUED");
    assert_eq!(node.ask("EXEC"), CROSS);
}

#[test]
fn there_is_one_database() {
    let mut node = Node::start();
    assert_eq!(node.ask("SELECT 0"), "+OK");
    assert_eq!(node.ask("SELECT 1"), "-ERR SELECT is not allowed in cluster mode");
    assert_eq!(node.ask("SWAPDB 0 1"), "-ERR SWAPDB is not allowed in cluster mode");
    assert_eq!(node.ask("MOVE a 1"), "-ERR MOVE is not allowed in cluster mode");
}

#[test]
fn one_node_has_all_slots() {
    let mut node = Node::start();
    assert_eq!(node.ask("CLUSTER KEYSLOT {a}b"), ":15495");
    assert_eq!(node.ask("SET a 1"), "+OK");
    assert_eq!(node.ask("CLUSTER COUNTKEYSINSLOT 15495"), ":1");
    assert_eq!(node.ask("CLUSTER COUNTKEYSINSLOT 16384"), "-ERR Invalid slot");
    assert_eq!(node.ask("CLUSTER GETKEYSINSLOT 15495 5"), "*1 $1 a");
    // Keys that come and go after the first question are counted too, once each.
    assert_eq!(node.ask("MSET {a}b 1 {a}c 1 {a}b 2"), "+OK");
    assert_eq!(node.ask("RENAME {a}b {a}d"), "+OK");
    assert_eq!(node.ask("DEL {a}c"), ":1");
    assert_eq!(node.ask("CLUSTER COUNTKEYSINSLOT 15495"), ":2");
    assert_eq!(node.ask("FLUSHALL"), "+OK");
    assert_eq!(node.ask("CLUSTER COUNTKEYSINSLOT 15495"), ":0");
    assert_eq!(node.ask("SET a 1"), "+OK");
    assert_eq!(node.ask("CLUSTER COUNTKEYSINSLOT 15495"), ":1");
    assert_eq!(node.ask("CLUSTER GETKEYSINSLOT 15495 -1"), "-ERR Invalid slot or number of keys");
    assert!(node.ask("CLUSTER INFO").contains("cluster_state:ok cluster_slots_assigned:16384"));
    assert!(node.ask("INFO cluster").contains("cluster_enabled:1"));
    let id = node.ask("CLUSTER MYID").replace("$40 ", "");
    assert_eq!(id.len(), 40);
    assert_eq!(node.ask("CLUSTER SLOTS"), format!("*1 *3 :0 :16383 *4 $0  :0 $40 {id} *0"));
    assert!(node.ask("CLUSTER SHARDS").contains(&id));
    assert!(node.ask("CLUSTER NODES").contains("myself,master - 0 0 0 connected 0-16383"));
    assert_eq!(node.ask(&format!("CLUSTER REPLICAS {id}")), "*0");
    assert_eq!(node.ask("CLUSTER REPLICAS x"), "-ERR Unknown node x");
    assert_eq!(node.ask("CLUSTER MEET 127.0.0.1 1"), "-ERR an engine inside a process is its cluster's only node");
    assert!(node.ask("CLUSTER HELP").contains("KEYSLOT <key>"));
    assert_eq!(node.ask("READONLY"), "+OK");
    assert_eq!(node.ask("ASKING"), "+OK");
    assert_eq!(
        node.ask("CONFIG SET cluster-enabled no"),
        "-ERR CONFIG SET failed (possibly related to argument 'cluster-enabled') - can't set immutable config"
    );
}

#[test]
fn slots_are_counted_and_stay_where_they_are() {
    let mut node = Node::start();
    for key in ["a", "{a}x", "b"] {
        assert_eq!(node.ask(&format!("SET {key} 1")), "+OK");
    }
    assert_eq!(
        node.ask("CLUSTER SLOT-STATS SLOTSRANGE 15494 15495"),
        "*2 *2 :15494 *2 $9 key-count :0 *2 :15495 *2 $9 key-count :2"
    );
    assert_eq!(
        node.ask("CLUSTER SLOT-STATS ORDERBY KEY-COUNT LIMIT 2"),
        "*2 *2 :15495 *2 $9 key-count :2 *2 :3300 *2 $9 key-count :1"
    );
    for (call, answer) in [
        ("CLUSTER SLOT-STATS ORDERBY key-count ASC LIMIT 1", "*1 *2 :0 *2 $9 key-count :0"),
        ("CLUSTER SLOT-STATS SLOTSRANGE 1 0", "-ERR Start slot number 1 is greater than end slot number 0"),
        ("CLUSTER SLOT-STATS SLOTSRANGE 0 16384", "-ERR Invalid or out of range slot"),
        ("CLUSTER SLOT-STATS ORDERBY key-count LIMIT", "-ERR syntax error"),
        ("CLUSTER SLOT-STATS ORDERBY key-count ASC DESC", "-ERR Multiple filters of the same type are disallowed."),
        ("CLUSTER SLOT-STATS ORDERBY cpu-usec", "-ERR Unrecognized sort metric for ORDERBY."),
        ("CLUSTER MIGRATION IMPORT 0 1", "-ERR this node is already the owner of the slot range"),
        ("CLUSTER MIGRATION IMPORT 0", "-ERR wrong number of arguments for 'cluster|migration' command"),
        ("CLUSTER MIGRATION STATUS ID x", "*0"),
        ("CLUSTER MIGRATION STATUS ALL x", "-ERR wrong number of arguments for 'cluster|migration' command"),
        ("CLUSTER MIGRATION CANCEL ALL", ":0"),
        ("CLUSTER MIGRATION FOO x", "-ERR unknown argument"),
        ("CLUSTER SYNCSLOTS x", "-ERR CLUSTER SYNCSLOTS subcommands are only allowed for internal clients"),
        ("TRIMSLOTS RANGES 1 0 1", "-ERR the slot 0 is served by this node"),
        ("TRIMSLOTS RANGES 2 0 1", "-ERR invalid number of ranges"),
        ("TRIMSLOTS FOO 1 0 1", "-ERR missing ranges argument"),
    ] {
        assert_eq!(node.ask(call), answer, "{call}");
    }
}

/// As 8.10.2 answers it with its clock and its counts of microseconds set aside.
#[test]
fn hot_keys_are_tracked_by_slots() {
    let mut node = Node::start();
    assert_eq!(node.ask("HOTKEYS START METRICS 1 NET SLOTS 2 1"), "-ERR not enough slot numbers provided");
    assert_eq!(node.ask("HOTKEYS START METRICS 1 NET SLOTS 2 1 1"), "-ERR duplicate slot number");
    assert_eq!(node.ask("HOTKEYS START METRICS 1 NET SLOTS 1 16384"), "-ERR Invalid or out of range slot");
    let sentence = "-ERR SLOTS count must be between 1 and 16384";
    assert_eq!(node.ask("HOTKEYS START METRICS 1 NET SLOTS 16385 1"), sentence);
    assert_eq!(node.ask("HOTKEYS START METRICS 1 NET SLOTS 4 15495 3 4 5"), "+OK");
    for line in ["SET a 1", "SET b 1", "GET b"] {
        node.ask(line);
    }
    let reply = node.ask("HOTKEYS GET");
    let fact = |name: &str| reply.split_once(&format!("{name} ")).map(|(_, rest)| rest.to_string()).unwrap_or_default();
    assert!(fact("selected-slots").starts_with("*2 *2 :3 :5 *1 :15495 "), "{reply}");
    assert!(fact("net-bytes-all-commands-selected-slots").starts_with(":32 "), "{reply}");
    assert!(fact("net-bytes-all-commands-all-slots").starts_with(":91 "), "{reply}");
    assert!(fact("by-net-bytes").starts_with("*2 $1 a :32"), "{reply}");
}
