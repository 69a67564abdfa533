//! The first line of a script that says how it may run: `#!lua flags=no-writes,allow-oom`.

use crate::protocol::{Error, Result};

/// What a script declares about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScriptFlags {
    /// It has a shebang line: without one Redis is lenient with what the flags would forbid.
    pub declared: bool,
    pub no_writes: bool,
    pub allow_oom: bool,
    pub allow_stale: bool,
    pub no_cluster: bool,
    pub allow_cross_slot_keys: bool,
}

impl ScriptFlags {
    /// Sets a flag by its name, whatever the case; false if there is none of that name.
    pub fn set(&mut self, name: &[u8]) -> bool {
        match name.to_ascii_lowercase().as_slice() {
            b"no-writes" => self.no_writes = true,
            b"allow-oom" => self.allow_oom = true,
            b"allow-stale" => self.allow_stale = true,
            b"no-cluster" => self.no_cluster = true,
            b"allow-cross-slot-keys" => self.allow_cross_slot_keys = true,
            _ => return false,
        }
        true
    }

    /// Names the flags that are set, in Redis's order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (self.no_writes, "no-writes"),
            (self.allow_oom, "allow-oom"),
            (self.allow_stale, "allow-stale"),
            (self.no_cluster, "no-cluster"),
            (self.allow_cross_slot_keys, "allow-cross-slot-keys"),
        ];
        all.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| name)
    }
}

/// Reads the shebang line, if there is one, and answers the code to compile: the script with that line left empty, so
/// that line numbers stay true.
pub fn read(source: &[u8]) -> Result<(ScriptFlags, &[u8])> {
    let mut flags = ScriptFlags::default();
    if !source.starts_with(b"#!") {
        return Ok((flags, source));
    }
    let end = source.iter().position(|&b| b == b'\n').ok_or(Error::Own("Invalid script shebang".into()))?;
    let mut words = source[..end].split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let engine = words.next().unwrap_or(b"#!");
    if engine != b"#!lua" {
        return Err(Error::quoting(&[b"ERR Unexpected engine in script shebang: ", engine]));
    }
    flags.declared = true;
    for word in words {
        let Some(list) = word.strip_prefix(b"flags=") else {
            return Err(Error::quoting(&[b"ERR Unknown lua shebang option: ", word]));
        };
        for flag in list.split(|&byte| byte == b',').filter(|flag| !flag.is_empty()) {
            if !flags.set(flag) {
                return Err(Error::quoting(&[b"ERR Unexpected flag in script shebang: ", flag]));
            }
        }
    }
    Ok((flags, &source[end..]))
}
