//! The parameters that commands depend on, with Redis's names and defaults.

use crate::structures::{HashLimits, SetLimits};

/// What CONFIG GET and SET work on.
#[derive(Debug, Clone)]
pub struct Config {
    /// The longest string, in bytes.
    pub proto_max_bulk_len: usize,
    pub hash_max_listpack_entries: usize,
    pub hash_max_listpack_value: usize,
    pub set_max_intset_entries: usize,
    pub set_max_listpack_entries: usize,
    pub set_max_listpack_value: usize,
    pub zset_max_listpack_entries: usize,
    pub zset_max_listpack_value: usize,
    /// Elements (positive) or a size class (negative, -2 is 8 KB) up to which a list stays one listpack.
    pub list_max_listpack_size: i64,
    /// The most bytes that the values may take before writes are refused; 0 is no limit.
    pub maxmemory: usize,
    /// The most bytes that one script may hold.
    pub script_memory: usize,
    /// The fuel of one script: about one unit for each loop turn and call, more for long work inside a library.
    pub script_fuel: u64,
    /// The most milliseconds that one script may take; 0 is no limit.
    pub script_time_ms: u64,
}

impl Config {
    /// Says up to which size a hash stays packed.
    pub fn hash_limits(&self) -> HashLimits {
        HashLimits { entries: self.hash_max_listpack_entries, value: self.hash_max_listpack_value }
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
            proto_max_bulk_len: 512 << 20,
            hash_max_listpack_entries: 512,
            hash_max_listpack_value: 64,
            set_max_intset_entries: 512,
            set_max_listpack_entries: 128,
            set_max_listpack_value: 64,
            zset_max_listpack_entries: 128,
            zset_max_listpack_value: 64,
            list_max_listpack_size: -2,
            maxmemory: 0,
            script_memory: 64 << 20,
            script_fuel: 1_000_000_000,
            script_time_ms: 5000,
        }
    }
}
