//! The parameters that commands depend on, with Redis's names and defaults, and how CONFIG reads and writes them.

use crate::structures::number::parse_int;
use crate::structures::{HashLimits, SetLimits};

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

/// One parameter as CONFIG knows it.
pub struct Parameter {
    pub name: &'static str,
    field: Field,
    /// The bounds of a number.
    least: i64,
    most: i64,
}

/// Where a parameter stands and how it is written.
#[derive(Clone, Copy)]
enum Field {
    /// A count of things.
    Count(fn(&mut Config) -> &mut usize),
    /// A count of bytes, which may be given as `64mb`.
    Memory(fn(&mut Config) -> &mut usize),
    Unsigned(fn(&mut Config) -> &mut u64),
    Signed(fn(&mut Config) -> &mut i64),
    /// What holds for every engine and cannot be set.
    Fixed(&'static str),
}

const fn count(name: &'static str, field: fn(&mut Config) -> &mut usize) -> Parameter {
    Parameter { name, field: Field::Count(field), least: 0, most: i64::MAX }
}

const fn memory(name: &'static str, least: i64, field: fn(&mut Config) -> &mut usize) -> Parameter {
    Parameter { name, field: Field::Memory(field), least, most: i64::MAX }
}

const fn unsigned(name: &'static str, field: fn(&mut Config) -> &mut u64) -> Parameter {
    Parameter { name, field: Field::Unsigned(field), least: 0, most: i64::MAX }
}

const fn signed(name: &'static str, field: fn(&mut Config) -> &mut i64) -> Parameter {
    Parameter { name, field: Field::Signed(field), least: i32::MIN as i64, most: i32::MAX as i64 }
}

const fn fixed(name: &'static str, value: &'static str) -> Parameter {
    Parameter { name, field: Field::Fixed(value), least: 0, most: 0 }
}

/// Every parameter in alphabetical order. The names with `ziplist` and `lua-time-limit` are older ones that Redis
/// still takes; `script-fuel` and `script-memory` are this engine's own.
pub const PARAMETERS: &[Parameter] = &[
    count("acllog-max-len", |config| &mut config.acllog_max_len),
    fixed("appendonly", "no"),
    unsigned("busy-reply-threshold", |config| &mut config.script_time_ms),
    count("hash-max-listpack-entries", |config| &mut config.hash_max_listpack_entries),
    memory("hash-max-listpack-value", 0, |config| &mut config.hash_max_listpack_value),
    count("hash-max-ziplist-entries", |config| &mut config.hash_max_listpack_entries),
    memory("hash-max-ziplist-value", 0, |config| &mut config.hash_max_listpack_value),
    signed("list-max-listpack-size", |config| &mut config.list_max_listpack_size),
    signed("list-max-ziplist-size", |config| &mut config.list_max_listpack_size),
    unsigned("lua-time-limit", |config| &mut config.script_time_ms),
    memory("maxmemory", 0, |config| &mut config.maxmemory),
    memory("proto-max-bulk-len", 1 << 20, |config| &mut config.proto_max_bulk_len),
    fixed("save", ""),
    unsigned("script-fuel", |config| &mut config.script_fuel),
    memory("script-memory", 1 << 20, |config| &mut config.script_memory),
    count("set-max-intset-entries", |config| &mut config.set_max_intset_entries),
    count("set-max-listpack-entries", |config| &mut config.set_max_listpack_entries),
    memory("set-max-listpack-value", 0, |config| &mut config.set_max_listpack_value),
    count("zset-max-listpack-entries", |config| &mut config.zset_max_listpack_entries),
    memory("zset-max-listpack-value", 0, |config| &mut config.zset_max_listpack_value),
    count("zset-max-ziplist-entries", |config| &mut config.zset_max_listpack_entries),
    memory("zset-max-ziplist-value", 0, |config| &mut config.zset_max_listpack_value),
];

impl Parameter {
    /// Finds a parameter by its name, whatever the case.
    pub fn find(name: &[u8]) -> Option<&'static Parameter> {
        PARAMETERS.iter().find(|parameter| parameter.name.as_bytes().eq_ignore_ascii_case(name))
    }

    /// Prints the value.
    pub fn get(&self, config: &mut Config) -> String {
        match self.field {
            Field::Count(field) | Field::Memory(field) => field(config).to_string(),
            Field::Unsigned(field) => field(config).to_string(),
            Field::Signed(field) => field(config).to_string(),
            Field::Fixed(value) => value.to_string(),
        }
    }

    /// Tells whether the value can be set at all.
    pub fn is_fixed(&self) -> bool {
        matches!(self.field, Field::Fixed(_))
    }

    /// Sets the value, or says in Redis's words what is wrong with it.
    pub fn set(&self, config: &mut Config, text: &[u8]) -> Result<(), String> {
        let value = match self.field {
            Field::Memory(_) => parse_memory(text).ok_or("argument must be a memory value")?,
            _ => parse_integer(text).ok_or("argument couldn't be parsed into an integer")?,
        };
        if !(self.least..=self.most).contains(&value) {
            return Err(format!("argument must be between {} and {} inclusive", self.least, self.most));
        }
        match self.field {
            // The bounds keep these from being negative; wasm's memory ends before its usize does.
            Field::Count(field) | Field::Memory(field) => *field(config) = usize::try_from(value).unwrap_or(usize::MAX),
            Field::Unsigned(field) => *field(config) = value.unsigned_abs(),
            Field::Signed(field) => *field(config) = value,
            Field::Fixed(_) => return Err("can't set immutable config".into()),
        }
        Ok(())
    }
}

/// Reads an integer; nothing at all is 0, as Redis has it.
fn parse_integer(text: &[u8]) -> Option<i64> {
    if text.is_empty() { Some(0) } else { parse_int(text) }
}

/// Reads a number of bytes: `100`, `2k` (thousands), `2kb` (1024s), likewise m, mb, g, gb and b.
fn parse_memory(text: &[u8]) -> Option<i64> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let unit = match text[digits..].to_ascii_lowercase().as_slice() {
        b"" | b"b" => 1,
        b"k" => 1000,
        b"kb" => 1 << 10,
        b"m" => 1_000_000,
        b"mb" => 1 << 20,
        b"g" => 1_000_000_000,
        b"gb" => 1 << 30,
        _ => return None,
    };
    parse_int(&text[..digits])?.checked_mul(unit)
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
            acl_pubsub_default: false,
            acllog_max_len: 128,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_units() {
        for (text, bytes) in [
            ("0", Some(0)),
            ("100", Some(100)),
            ("2k", Some(2000)),
            ("2KB", Some(2048)),
            ("1gb", Some(1 << 30)),
            ("-1", None),
            ("1q", None),
            ("", None),
            ("99999999999gb", None),
        ] {
            assert_eq!(parse_memory(text.as_bytes()), bytes, "{text}");
        }
    }

    #[test]
    fn parameters_stand_in_order() {
        assert!(PARAMETERS.is_sorted_by_key(|parameter| parameter.name));
    }
}
