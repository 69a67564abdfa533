//! The parameters that commands depend on, with Redis's names and defaults. `config_table` says how CONFIG writes them.

use crate::keyspace::{Order, Policy, Usage};
use crate::structures::sorted::SortedMap;
use crate::structures::stream::NodeLimits;
use crate::structures::stream_producers::ProducerLimits;
use crate::structures::{HashLimits, SetLimits};

pub use super::config_parameter::Parameter;
pub use super::config_table::{PARAMETERS, percentile};

/// What CONFIG GET and SET work on.
#[derive(Debug, Clone)]
pub struct Config {
    /// New users may use every channel.
    pub acl_pubsub_default: bool,
    /// Entries that ACL LOG keeps.
    pub acllog_max_len: usize,
    /// The longest string, in bytes.
    pub proto_max_bulk_len: usize,
    pub hash_max_listpack_entries: usize,
    pub hash_max_listpack_value: usize,
    /// The bytes up to which a HyperLogLog stays sparse.
    pub hll_sparse_max_bytes: usize,
    pub set_max_intset_entries: usize,
    pub set_max_listpack_entries: usize,
    pub set_max_listpack_value: usize,
    pub zset_max_listpack_entries: usize,
    pub zset_max_listpack_value: usize,
    /// Elements (positive) or a size class (negative, -2 is 8 KB) up to which a list stays one listpack.
    pub list_max_listpack_size: i64,
    /// Keys that are remembered for clients who track them; 0 is no limit.
    pub tracking_table_max_keys: usize,
    /// The classes of events that are published, as bits of [`EVENT_LETTERS`].
    pub notify_keyspace_events: u32,
    /// Bytes and entries up to which a node of a stream grows; 0 is no limit.
    pub stream_node_max_bytes: usize,
    pub stream_node_max_entries: usize,
    /// For how many seconds, and how many of them for each producer, streams remember what was sent to them.
    pub stream_idmp_duration: i64,
    pub stream_idmp_maxsize: i64,
    /// The bytes of memory beyond which keys are evicted, or commands that need more are refused; 0 is no limit.
    pub maxmemory: usize,
    /// Which keys go then; `None` lets none go.
    pub maxmemory_policy: Option<Policy>,
    /// Among how many keys picked at random the one that goes is chosen.
    pub maxmemory_samples: usize,
    /// How slowly the counters of use grow, and after how many minutes they fall, where keys go by them.
    pub lfu_log_factor: u32,
    pub lfu_decay_time: u32,
    /// The most bytes that one script may hold.
    pub script_memory: usize,
    /// The fuel of one script: about one unit for each loop turn and call, more for long work inside a library.
    pub script_fuel: u64,
    /// The most milliseconds that one script may take; 0 is no limit.
    pub script_time: u64,
    /// Whether scripts are held to what a cluster would demand of them.
    pub script_strict: bool,
    /// The milliseconds after which other clients are told that a script is running; 0, they wait.
    pub busy_reply_threshold: u64,
    /// The password of the default user as it was set; the users have it hashed.
    pub requirepass: Vec<u8>,
    /// The microseconds from which SLOWLOG keeps a command; negative, none is kept.
    pub slowlog_slower_than: i64,
    /// Entries that SLOWLOG keeps.
    pub slowlog_max_len: usize,
    /// Words of a command that SLOWLOG keeps, and bytes of a word.
    pub slowlog_words: usize,
    pub slowlog_longest_word: usize,
    /// The milliseconds from which LATENCY keeps an event; 0, none is kept.
    pub latency_monitor_threshold: u64,
    /// Whether INFO and LATENCY HISTOGRAM tell how long commands took.
    pub latency_tracking: bool,
    /// The percentiles that INFO tells of.
    pub latency_percentiles: Vec<f64>,
    /// Bytes at once, bytes for a time, and that time in seconds that replies may wait in, for normal clients, replicas
    /// and subscribers; 0 is no limit.
    pub output_limits: [[u64; 3]; 3],
    /// The engine is the one node of a cluster: one database, and the keys of a call in one slot.
    pub cluster_enabled: bool,
    /// Pairs of seconds and changes as they were set.
    pub save: String,
    /// What was set of the parameters that have no effect here.
    pub kept: SortedMap<&'static str, String>,
}

impl Config {
    /// Says what is to be noted of the use of values.
    pub fn usage(&self) -> Usage {
        match self.maxmemory_policy.map(|policy| policy.order) {
            Some(Order::Lfu) => {
                Usage::Frequency { log_factor: self.lfu_log_factor, decay_minutes: self.lfu_decay_time }
            }
            Some(Order::Lrm) => Usage::Write,
            _ => Usage::Access,
        }
    }

    /// Says up to which size a hash stays packed.
    pub fn hash_limits(&self) -> HashLimits {
        HashLimits { entries: self.hash_max_listpack_entries, value: self.hash_max_listpack_value }
    }

    /// Says when a node of a stream is full.
    pub fn stream_limits(&self) -> NodeLimits {
        NodeLimits { bytes: self.stream_node_max_bytes, entries: self.stream_node_max_entries }
    }

    /// Says what a new stream remembers of its producers. The bounds of the parameters keep within 32 bits.
    pub fn producer_limits(&self) -> ProducerLimits {
        ProducerLimits { duration: self.stream_idmp_duration as u32, maxsize: self.stream_idmp_maxsize as u32 }
    }

    /// Says up to which size a set stays in one of its small forms.
    pub fn set_limits(&self) -> SetLimits {
        SetLimits {
            ints: self.set_max_intset_entries,
            entries: self.set_max_listpack_entries,
            value: self.set_max_listpack_value,
        }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            acl_pubsub_default: false,
            acllog_max_len: 128,
            proto_max_bulk_len: 512 << 20,
            hash_max_listpack_entries: 512,
            hash_max_listpack_value: 64,
            hll_sparse_max_bytes: 3000,
            set_max_intset_entries: 512,
            set_max_listpack_entries: 128,
            set_max_listpack_value: 64,
            zset_max_listpack_entries: 128,
            zset_max_listpack_value: 64,
            list_max_listpack_size: -2,
            tracking_table_max_keys: 1_000_000,
            notify_keyspace_events: 0,
            stream_node_max_bytes: 4096,
            stream_node_max_entries: 100,
            stream_idmp_duration: 100,
            stream_idmp_maxsize: 100,
            maxmemory: 0,
            maxmemory_policy: None,
            maxmemory_samples: 5,
            lfu_log_factor: 10,
            lfu_decay_time: 1,
            script_memory: 64 << 20,
            script_fuel: 1_000_000_000,
            script_time: 5000,
            script_strict: false,
            busy_reply_threshold: 5000,
            requirepass: Vec::new(),
            slowlog_slower_than: 10_000,
            slowlog_max_len: 128,
            slowlog_words: 32,
            slowlog_longest_word: 128,
            latency_monitor_threshold: 0,
            latency_tracking: true,
            latency_percentiles: vec![50.0, 99.0, 99.9],
            output_limits: [[0, 0, 0], [256 << 20, 64 << 20, 60], [32 << 20, 8 << 20, 60]],
            cluster_enabled: false,
            save: String::new(),
            kept: SortedMap::new(),
        }
    }
}

/// The letters of `notify-keyspace-events` in the order in which they are printed; a letter's place is its bit.
pub const EVENT_LETTERS: &str = "g$lshzxetdanocKEmSTIV";

/// The classes that `A` stands for: `g` to `a`.
const EVERY_EVENT: u32 = (1 << 11) - 1;

/// The classes that are not printed beside `A`, whether set or not: those and `n`, `o`, `c`.
const UNSAID_BESIDE_A: u32 = (1 << 14) - 1;

/// The letters `STIV`, which ask for the fields that events are about.
pub const SUBKEYS: u32 = 0b1111 << 17;

/// Answers the bit of a letter of [`EVENT_LETTERS`], 0 for any other.
pub fn event_bit(letter: char) -> u32 {
    EVENT_LETTERS.find(letter).map_or(0, |at| 1 << at)
}

/// Prints a set of classes of events.
pub(super) fn event_letters(bits: u32) -> String {
    let all = bits & EVERY_EVENT == EVERY_EVENT;
    let said = if all { bits & !UNSAID_BESIDE_A } else { bits };
    let letters = EVENT_LETTERS.char_indices().filter(|(at, _)| said & 1 << at != 0);
    all.then_some('A').into_iter().chain(letters.map(|(_, letter)| letter)).collect()
}

/// Reads a set of classes of events.
pub(super) fn parse_events(text: &[u8]) -> Result<u32, String> {
    let bits = text.iter().try_fold(0, |bits, &letter| match letter {
        b'A' => Some(bits | EVERY_EVENT),
        letter => Some(event_bit(letter.into())).filter(|&bit| bit != 0).map(|bit| bits | bit),
    });
    bits.ok_or_else(|| "Invalid event class character. Use 'Ag$lshzxeKEtmdnocaSTIV'.".into())
}
