//! Compiled scripts by the SHA1 of their text.

use super::shebang::{self, ScriptFlags};
use crate::lua::{FunctionId, Lua};
use crate::protocol::{Error, Result};
use crate::structures::Dict;
use sha1::{Digest as _, Sha1};

/// How many scripts that came by EVAL are kept; those that came by SCRIPT LOAD stay until SCRIPT FLUSH.
const EVAL_SCRIPTS: usize = 500;

/// The SHA1 of a script as forty hexadecimal digits in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest([u8; 40]);

impl Digest {
    /// Computes the digest of a text.
    pub fn of(text: &[u8]) -> Digest {
        Digest(sha1_hex(text))
    }

    /// Reads forty digits, in either case.
    pub fn parse(text: &[u8]) -> Option<Digest> {
        let digits: [u8; 40] = text.try_into().ok()?;
        Some(Digest(digits.map(|digit| digit.to_ascii_lowercase())))
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Computes the SHA1 of a text as hexadecimal digits.
pub fn sha1_hex(text: &[u8]) -> [u8; 40] {
    let mut digits = [0; 40];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(Sha1::digest(text)) {
        pair[0] = b"0123456789abcdef"[usize::from(byte >> 4)];
        pair[1] = b"0123456789abcdef"[usize::from(byte & 15)];
    }
    digits
}

/// One compiled script.
#[derive(Clone, Copy)]
pub struct Script {
    pub function: FunctionId,
    pub flags: ScriptFlags,
    /// When it was last run, in runs of scripts.
    pub(super) used: u64,
}

/// The scripts of an engine.
#[derive(Default)]
pub struct Cache {
    scripts: Dict<Script>,
    /// The digests of those that came by EVAL alone, of which the one that was not run for longest makes room.
    evaluated: Vec<Digest>,
    /// Counts runs.
    runs: u64,
}

impl Cache {
    pub fn get(&self, digest: &Digest) -> Option<Script> {
        self.scripts.get(digest.as_bytes()).copied()
    }

    /// Finds a script that is about to run.
    #[inline]
    pub fn run(&mut self, digest: &Digest) -> Option<Script> {
        self.runs += 1;
        let script = self.scripts.get_mut(digest.as_bytes())?;
        script.used = self.runs;
        Some(*script)
    }

    pub fn len(&self) -> usize {
        self.scripts.len()
    }

    /// Adds a script that stays (SCRIPT LOAD).
    pub fn load(&mut self, lua: &mut Lua, source: &[u8]) -> Result<Digest> {
        let digest = Digest::of(source);
        if self.get(&digest).is_none() {
            self.add(lua, source, &digest)?;
        } else if let Some(at) = self.evaluated.iter().position(|other| *other == digest) {
            self.evaluated.swap_remove(at);
        }
        Ok(digest)
    }

    /// Finds or adds a script that makes room for others (EVAL).
    pub fn evaluate(&mut self, lua: &mut Lua, source: &[u8], digest: &Digest) -> Result<Script> {
        if let Some(script) = self.run(digest) {
            return Ok(script);
        }
        let script = self.add(lua, source, digest)?;
        if self.evaluated.len() == EVAL_SCRIPTS {
            self.forget_one(lua);
        }
        self.evaluated.push(*digest);
        Ok(script)
    }

    /// Forgets the script of EVAL that was not run for longest.
    fn forget_one(&mut self, lua: &mut Lua) {
        let used = |digest: &Digest| self.get(digest).map_or(0, |script| script.used);
        let Some((at, _)) = self.evaluated.iter().enumerate().min_by_key(|(_, digest)| used(digest)) else { return };
        let digest = self.evaluated.swap_remove(at);
        if let Some(script) = self.scripts.remove(digest.as_bytes()) {
            lua.unload(script.function);
        }
    }

    fn add(&mut self, lua: &mut Lua, source: &[u8], digest: &Digest) -> Result<Script> {
        let (flags, code) = shebang::read(source)?;
        let function = lua
            .load(code, b"@user_script")
            .map_err(|sentence| Error::raw([b"ERR Error compiling script (new function): ", &sentence[..]].concat()))?;
        let script = Script { function, flags, used: self.runs };
        self.scripts.insert(digest.as_bytes(), script);
        Ok(script)
    }

    pub fn flush(&mut self, lua: &mut Lua) {
        for script in self.scripts.values() {
            lua.unload(script.function);
        }
        *self = Cache::default();
    }
}
