//! What a script may use, and what strict scripts are held to.

use super::command::Command;
use super::config::Config;
use super::context::Context;
use crate::protocol::{Error, Result};
use crate::structures::Bytes;
use crate::structures::slot::slot_of;

/// What the scripts of a session may use, where that is not what the configuration says.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ScriptLimits {
    pub fuel: Option<u64>,
    /// In bytes.
    pub memory: Option<usize>,
    /// In ms.
    pub time: Option<u64>,
    /// Whether keys must be declared, and of one slot.
    pub strict: Option<bool>,
}

impl ScriptLimits {
    /// Fills in what the configuration says.
    pub fn or(self, config: &Config) -> ScriptLimits {
        ScriptLimits {
            fuel: self.fuel.or(Some(config.script_fuel)),
            memory: self.memory.or(Some(config.script_memory)),
            time: self.time.or(Some(config.script_time)),
            strict: self.strict.or(Some(config.script_strict)),
        }
    }
}

/// The keys that a strict script has declared, for as long as it runs.
pub struct Declared(Vec<Bytes>);

impl Declared {
    /// Takes the keys of a call, or fails if they are not of one slot: a cluster would not run it.
    pub fn new(keys: &[&[u8]]) -> Result<Declared> {
        if let Some((first, rest)) = keys.split_first()
            && let Some(other) = rest.iter().find(|key| slot_of(key) != slot_of(first))
        {
            let (first_slot, other_slot) = (slot_of(first).to_string(), slot_of(other).to_string());
            return Err(Error::quoting(&[
                b"CROSSSLOT Keys in request don't hash to the same slot: '",
                first,
                b"' is of slot ",
                first_slot.as_bytes(),
                b", '",
                other,
                b"' of ",
                other_slot.as_bytes(),
                b" (script-strict)",
            ]));
        }
        Ok(Declared(keys.iter().map(|key| Bytes::new(key)).collect()))
    }

    fn holds(&self, key: &[u8]) -> bool {
        self.0.iter().any(|declared| **declared == *key)
    }
}

/// Fails if a strict script's command names a key that was not declared.
#[cold]
pub(super) fn admit(cx: &Context, command: &Command, argv: &[&[u8]]) -> Result<()> {
    let Some(declared) = &cx.server.declared else { return Ok(()) };
    let positions = command.keys.positions(argv).unwrap_or_default();
    match positions.iter().find(|(at, _)| !declared.holds(argv[*at])) {
        None => Ok(()),
        Some((at, _)) => {
            const WHY: &[u8] = b"' without declaring it in KEYS (script-strict)";
            Err(Error::quoting(&[b"ERR Script attempted to use key '", argv[*at], WHY]))
        }
    }
}
