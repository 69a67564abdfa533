//! CLUSTER: what the one node of a cluster answers. Where `cluster-enabled` is off it is refused, as Redis refuses it.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, docs};
use crate::protocol::{Error, Reply, Result};
use crate::structures::slot::{SLOTS, slot_of};

/// What the entries of the cluster share.
pub const DEFAULT: Command = Command { since: "3.0.0", complexity: "O(1)", group: Group::Cluster, ..Command::DEFAULT };

/// What would make the node more or less than the only one, or change who has which slots.
const CHANGE: Command = Command {
    flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::STALE),
    reply: "OK",
    handler: Handler::Now(one_node),
    ..DEFAULT
};

/// What asks about the cluster.
const ASK: Command = Command { arity: 2, flags: Flags::LOADING.and(Flags::STALE), ..DEFAULT };

/// What asks about one node.
const OF_NODE: Command = Command {
    arity: 3,
    flags: Flags::ADMIN.and(Flags::LOADING).and(Flags::STALE),
    tips: &["nondeterministic_output"],
    ..DEFAULT
};

/// What a client of a cluster says of its connection.
const OF_CONNECTION: Command = Command {
    arity: 1,
    flags: Flags::FAST.and(Flags::LOADING).and(Flags::STALE).and(Flags::CONNECTION),
    reply: "OK",
    handler: Handler::Now(of_connection),
    ..DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ASKING",
        syntax: "ASKING",
        summary: "Tells that a cluster client follows an -ASK redirection.",
        flags: Flags::FAST.and(Flags::CONNECTION),
        ..OF_CONNECTION
    },
    Command {
        name: "CLUSTER",
        syntax: "CLUSTER",
        summary: "A container for cluster commands.",
        since: "3.0.0",
        group: Group::Cluster,
        ..Command::CONTAINER
    },
    Command {
        name: "CLUSTER ADDSLOTS",
        syntax: "CLUSTER ADDSLOTS slot:int...",
        summary: "Assigns hash slots to the node.",
        complexity: "O(N) where N is the total number of hash slot arguments",
        arity: -3,
        ..CHANGE
    },
    Command {
        name: "CLUSTER ADDSLOTSRANGE",
        syntax: "CLUSTER ADDSLOTSRANGE (start-slot:int end-slot:int)...",
        summary: "Assigns ranges of hash slots to the node.",
        complexity: "O(N) where N is the total number of the slots between the start slot and end slot arguments.",
        since: "7.0.0",
        arity: -4,
        ..CHANGE
    },
    Command {
        name: "CLUSTER BUMPEPOCH",
        syntax: "CLUSTER BUMPEPOCH",
        summary: "Advances the configuration epoch.",
        arity: 2,
        reply: "status",
        tips: &["nondeterministic_output"],
        ..CHANGE
    },
    Command {
        name: "CLUSTER COUNT-FAILURE-REPORTS",
        syntax: "CLUSTER COUNT-FAILURE-REPORTS node-id",
        summary: "Returns how many nodes report a node as failing.",
        complexity: "O(N) where N is the number of failure reports",
        reply: "integer",
        handler: Handler::Now(count_failure_reports),
        ..OF_NODE
    },
    Command {
        name: "CLUSTER COUNTKEYSINSLOT",
        syntax: "CLUSTER COUNTKEYSINSLOT slot:int",
        summary: "Returns the number of keys in a hash slot.",
        arity: 3,
        flags: Flags::STALE,
        reply: "integer",
        handler: Handler::Now(count_keys_in_slot),
        ..DEFAULT
    },
    Command {
        name: "CLUSTER DELSLOTS",
        syntax: "CLUSTER DELSLOTS slot:int...",
        summary: "Takes hash slots from the node.",
        complexity: "O(N) where N is the total number of hash slot arguments",
        arity: -3,
        ..CHANGE
    },
    Command {
        name: "CLUSTER DELSLOTSRANGE",
        syntax: "CLUSTER DELSLOTSRANGE (start-slot:int end-slot:int)...",
        summary: "Takes ranges of hash slots from the node.",
        complexity: "O(N) where N is the total number of the slots between the start slot and end slot arguments.",
        since: "7.0.0",
        arity: -4,
        ..CHANGE
    },
    Command {
        name: "CLUSTER FAILOVER",
        syntax: "CLUSTER FAILOVER [<FORCE | TAKEOVER>]",
        summary: "Makes a replica its master's successor.",
        arity: -2,
        ..CHANGE
    },
    Command {
        name: "CLUSTER FLUSHSLOTS",
        syntax: "CLUSTER FLUSHSLOTS",
        summary: "Takes all hash slots from the node.",
        arity: 2,
        ..CHANGE
    },
    Command {
        name: "CLUSTER FORGET",
        syntax: "CLUSTER FORGET node-id",
        summary: "Removes a node from the table of nodes.",
        arity: 3,
        ..CHANGE
    },
    Command {
        name: "CLUSTER GETKEYSINSLOT",
        syntax: "CLUSTER GETKEYSINSLOT slot:int count:int",
        summary: "Returns keys of a hash slot.",
        complexity: "O(log(N)) where N is the number of requested keys",
        arity: 4,
        flags: Flags::STALE,
        reply: "bulk[]",
        handler: Handler::Now(get_keys_in_slot),
        tips: &["nondeterministic_output"],
        ..DEFAULT
    },
    Command {
        name: "CLUSTER HELP",
        syntax: "CLUSTER HELP",
        since: "5.0.0",
        group: Group::Cluster,
        handler: Handler::Now(help),
        ..Command::HELP
    },
    Command {
        name: "CLUSTER INFO",
        syntax: "CLUSTER INFO",
        summary: "Returns the state of the cluster.",
        reply: "bulk",
        handler: Handler::Now(info),
        tips: &["nondeterministic_output"],
        ..ASK
    },
    Command {
        name: "CLUSTER KEYSLOT",
        syntax: "CLUSTER KEYSLOT key",
        summary: "Returns the hash slot of a key.",
        complexity: "O(N) where N is the number of bytes in the key",
        arity: 3,
        reply: "integer",
        handler: Handler::Now(keyslot),
        ..ASK
    },
    Command {
        name: "CLUSTER LINKS",
        syntax: "CLUSTER LINKS",
        summary: "Returns the links to other nodes.",
        complexity: "O(N) where N is the total number of Cluster nodes",
        since: "7.0.0",
        reply: "any[]",
        handler: Handler::Now(links),
        tips: &["nondeterministic_output"],
        ..ASK
    },
    Command {
        name: "CLUSTER MEET",
        syntax: "CLUSTER MEET ip port:int [cluster-bus-port:int]",
        summary: "Makes two nodes know each other.",
        arity: -4,
        history: &[("4.0.0", "Added the optional `cluster_bus_port` argument.")],
        ..CHANGE
    },
    Command {
        name: "CLUSTER MYID",
        syntax: "CLUSTER MYID",
        summary: "Returns the id of the node.",
        reply: "bulk",
        handler: Handler::Now(myid),
        ..ASK
    },
    Command {
        name: "CLUSTER MYSHARDID",
        syntax: "CLUSTER MYSHARDID",
        summary: "Returns the id of the node's shard.",
        since: "7.2.0",
        reply: "bulk",
        handler: Handler::Now(myshardid),
        tips: &["nondeterministic_output"],
        ..ASK
    },
    Command {
        name: "CLUSTER NODES",
        syntax: "CLUSTER NODES",
        summary: "Returns the table of nodes.",
        complexity: "O(N) where N is the total number of Cluster nodes",
        reply: "bulk",
        handler: Handler::Now(nodes),
        tips: &["nondeterministic_output"],
        ..ASK
    },
    Command {
        name: "CLUSTER REPLICAS",
        syntax: "CLUSTER REPLICAS node-id",
        summary: "Lists the replicas of a node.",
        since: "5.0.0",
        reply: "bulk[]",
        handler: Handler::Now(replicas),
        ..OF_NODE
    },
    Command {
        name: "CLUSTER REPLICATE",
        syntax: "CLUSTER REPLICATE node-id",
        summary: "Makes the node a replica of another.",
        arity: 3,
        ..CHANGE
    },
    Command {
        name: "CLUSTER RESET",
        syntax: "CLUSTER RESET [<HARD | SOFT>]",
        summary: "Makes the node forget the cluster.",
        complexity: "O(N) where N is the number of known nodes. The command may execute a FLUSHALL as a side effect.",
        arity: -2,
        flags: Flags::ADMIN.and(Flags::NOSCRIPT).and(Flags::STALE),
        ..CHANGE
    },
    Command {
        name: "CLUSTER SAVECONFIG",
        syntax: "CLUSTER SAVECONFIG",
        summary: "Writes the configuration of the cluster to its file.",
        arity: 2,
        ..CHANGE
    },
    Command {
        name: "CLUSTER SET-CONFIG-EPOCH",
        syntax: "CLUSTER SET-CONFIG-EPOCH config-epoch:int",
        summary: "Sets the configuration epoch of a new node.",
        arity: 3,
        ..CHANGE
    },
    Command {
        name: "CLUSTER SETSLOT",
        syntax: "CLUSTER SETSLOT slot:int <IMPORTING importing | MIGRATING migrating | NODE node | STABLE>",
        summary: "Binds a hash slot to a node.",
        arity: -4,
        ..CHANGE
    },
    Command {
        name: "CLUSTER SHARDS",
        syntax: "CLUSTER SHARDS",
        summary: "Returns which shards have which hash slots.",
        complexity: "O(N) where N is the total number of cluster nodes",
        since: "7.0.0",
        reply: "any[]",
        handler: Handler::Now(shards),
        tips: &["nondeterministic_output"],
        ..ASK
    },
    Command {
        name: "CLUSTER SLAVES",
        syntax: "CLUSTER SLAVES node-id",
        summary: "Lists the replicas of a node.",
        reply: "bulk[]",
        handler: Handler::Now(replicas),
        deprecated: Some(("5.0.0", "`CLUSTER REPLICAS`")),
        ..OF_NODE
    },
    Command {
        name: "CLUSTER SLOTS",
        syntax: "CLUSTER SLOTS",
        summary: "Returns which nodes have which hash slots.",
        complexity: "O(N) where N is the total number of Cluster nodes",
        reply: "any[]",
        handler: Handler::Now(slots),
        history: &[("4.0.0", "Added node IDs."), ("7.0.0", "Added additional networking metadata field.")],
        tips: &["nondeterministic_output"],
        deprecated: Some(("7.0.0", "`CLUSTER SHARDS`")),
        ..ASK
    },
    Command {
        name: "READONLY",
        syntax: "READONLY",
        summary: "Lets a connection read from a replica node.",
        ..OF_CONNECTION
    },
    Command {
        name: "READWRITE",
        syntax: "READWRITE",
        summary: "Ends what READONLY began.",
        ..OF_CONNECTION
    },
];

/// Fails if the engine is no cluster's node.
pub fn enabled(cx: &Context) -> Result<()> {
    match cx.server.config.cluster_enabled {
        true => Ok(()),
        false => Err(Error::own("This instance has cluster support disabled")),
    }
}

/// Refuses to become more or less than one node with all slots.
fn one_node(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    Err(Error::own("an engine inside a process is its cluster's only node"))
}

fn unknown(node: &[u8]) -> Error {
    Error::quoting(&[b"ERR Unknown node ", node])
}

fn count_failure_reports(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    let node = args.bytes()?;
    if node == cx.server.node_id().as_bytes() { Ok(0i64.into()) } else { Err(unknown(node)) }
}

fn replicas(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    let node = args.bytes()?;
    if node == cx.server.node_id().as_bytes() { Ok(Reply::Array(Vec::new())) } else { Err(unknown(node)) }
}

fn keyslot(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    Ok(i64::from(slot_of(args.bytes()?)).into())
}

fn slot(number: i64, sentence: &'static str) -> Result<u16> {
    u16::try_from(number).ok().filter(|slot| *slot < SLOTS).ok_or(Error::own(sentence))
}

fn count_keys_in_slot(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    let slot = slot(args.int()?, "Invalid slot")?;
    Ok(cx.db_mut().keys_in_slot(slot).len().into())
}

fn get_keys_in_slot(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    let (number, count) = (args.int()?, args.int()?);
    let sentence = "Invalid slot or number of keys";
    let (slot, count) = (slot(number, sentence)?, usize::try_from(count).map_err(|_| Error::own(sentence))?);
    Ok(cx.db_mut().keys_in_slot(slot).keys().take(count).map(Reply::bulk).collect())
}

fn info(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    let text = format!(
        "cluster_state:ok\r\ncluster_slots_assigned:{SLOTS}\r\ncluster_slots_ok:{SLOTS}\r\ncluster_slots_pfail:0\r\n\
         cluster_slots_fail:0\r\ncluster_known_nodes:1\r\ncluster_size:1\r\ncluster_current_epoch:0\r\n\
         cluster_my_epoch:0\r\ncluster_stats_messages_sent:0\r\ncluster_stats_messages_received:0\r\n\
         total_cluster_links_buffer_limit_exceeded:0\r\n"
    );
    Ok(Reply::Verbatim(*b"txt", text.into()))
}

fn links(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    Ok(Reply::Array(Vec::new()))
}

fn myid(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    Ok(cx.server.node_id().into())
}

/// Answers the id of the node turned round: a shard of one node needs no number of its own.
fn myshardid(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    Ok(cx.server.node_id().chars().rev().collect::<String>().into())
}

fn nodes(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    let text = format!("{} :0@0 myself,master - 0 0 0 connected 0-{}\n", cx.server.node_id(), SLOTS - 1);
    Ok(Reply::Verbatim(*b"txt", text.into()))
}

fn slots(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    let node = vec![Reply::bulk(""), 0i64.into(), cx.server.node_id().into(), Reply::Array(Vec::new())];
    let range = vec![0i64.into(), i64::from(SLOTS - 1).into(), Reply::Array(node)];
    Ok(Reply::Array(vec![Reply::Array(range)]))
}

fn shards(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    let node: [(&str, Reply); 7] = [
        ("id", cx.server.node_id().into()),
        ("port", 0i64.into()),
        ("ip", Reply::bulk("")),
        ("endpoint", Reply::bulk("")),
        ("role", Reply::bulk("master")),
        ("replication-offset", 0i64.into()),
        ("health", Reply::bulk("online")),
    ];
    let range = Reply::Array(vec![0i64.into(), i64::from(SLOTS - 1).into()]);
    let shard: [(&str, Reply); 2] = [("slots", range), ("nodes", Reply::Array(vec![Reply::map(node)]))];
    Ok(Reply::Array(vec![Reply::map(shard)]))
}

/// ASKING, READONLY, READWRITE: the node is a master and has every slot: it serves reads and writes as it is.
fn of_connection(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    Ok(Reply::OK)
}

/// What CLUSTER HELP says of each subcommand.
const HELP: &[&str] = &[
    "COUNTKEYSINSLOT <slot>",
    "    Count the keys of a slot.",
    "GETKEYSINSLOT <slot> <count>",
    "    List keys of a slot.",
    "INFO",
    "    Tell how the cluster is.",
    "KEYSLOT <key>",
    "    Tell the slot of a key.",
    "LINKS",
    "    List the links to other nodes: there are none.",
    "MYID",
    "    Tell the node's id.",
    "MYSHARDID",
    "    Tell the id of the node's shard.",
    "NODES",
    "    List the nodes, as a file of a cluster has them.",
    "REPLICAS <node-id>",
    "    List the replicas of a node: there are none.",
    "SHARDS",
    "    Tell which shard has which slots.",
    "SLOTS",
    "    Tell which node has which slots.",
];

fn help(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    Ok(docs::help("CLUSTER", HELP))
}
