//! One run of a script, from its arguments to its reply.

use super::Scripting;
use super::cache::{Digest, Script};
use super::convert;
use super::host::ScriptHost;
use crate::dispatch::{Context, Origin};
use crate::lua::{Alone, Kill, Lua, LuaError, Value};
use crate::protocol::{Error, Reply, Result};

/// What EVAL and its kin give to a script.
pub struct Call<'a> {
    pub keys: &'a [&'a [u8]],
    pub args: &'a [&'a [u8]],
    /// It was called by a form that may not write (EVAL_RO).
    pub read_only: bool,
}

impl Scripting {
    /// Runs a script by its text.
    pub fn eval(&mut self, cx: &mut Context, source: &[u8], call: Call) -> Result<Reply> {
        let digest = Digest::of(source);
        let script = self.cache.evaluate(&mut self.lua, source, &digest)?;
        self.run(cx, script, &digest, call)
    }

    /// Runs a script by its SHA1, or fails with NOSCRIPT.
    pub fn eval_sha(&mut self, cx: &mut Context, sha1: &[u8], call: Call) -> Result<Reply> {
        let digest = Digest::parse(sha1).ok_or(Error::NoScript)?;
        let script = self.cache.get(&digest).ok_or(Error::NoScript)?;
        self.run(cx, script, &digest, call)
    }

    fn run(&mut self, cx: &mut Context, script: Script, digest: &Digest, call: Call) -> Result<Reply> {
        let read_only = call.read_only || script.flags.no_writes;
        let origin = std::mem::replace(&mut cx.origin, Origin::Script { read_only });
        let protocol = std::mem::take(&mut cx.session.protocol);
        let db = cx.session.db;
        let outcome = execute(self, cx, script, digest, &call);
        self.lua.reset_region();
        cx.origin = origin;
        cx.session.protocol = protocol;
        cx.session.db = db;
        outcome
    }
}

fn execute(state: &mut Scripting, cx: &mut Context, script: Script, digest: &Digest, call: &Call) -> Result<Reply> {
    let Scripting { lua, json, lists, .. } = state;
    lua.refuel();
    if let Err(error) = set_list(lua, lists.keys, call.keys).and_then(|()| set_list(lua, lists.argv, call.args)) {
        return Err(Error::raw(error_line(lua, error)));
    }
    let mut host = ScriptHost::new(cx, json);
    match lua.run(&mut host, script.function, &[]) {
        Ok(results) => {
            let value = lua.arg(results, 1);
            convert::to_reply(lua, value, host.cx.session.protocol)
        }
        Err(error) => {
            let place = lua.fault().cloned();
            let mut line = error_line(lua, error);
            line.extend_from_slice(b" script: ");
            line.extend_from_slice(digest.as_bytes());
            if let Some(place) = place {
                line.extend_from_slice(b", on ");
                line.extend_from_slice(&place.source);
                line.extend_from_slice(format!(":{}.", place.line).as_bytes());
            }
            Err(Error::raw(line))
        }
    }
}

/// Sets a global to a list of strings, which scripts themselves cannot. It is nil again when the region ends.
fn set_list(lua: &mut Lua, name: Value, items: &[&[u8]]) -> crate::lua::Result<()> {
    let list = lua.table(items.len(), 0)?;
    for (at, item) in items.iter().enumerate() {
        let item = lua.string(item)?;
        lua.raw_set_int(list, at as i64 + 1, item)?;
    }
    let globals = lua.globals();
    lua.set_read_only(globals, false);
    let done = lua.raw_set(globals, name, list.into());
    lua.set_read_only(globals, true);
    done
}

/// Answers what `tostring` makes of a value.
fn text_of(lua: &mut Lua, value: Value) -> Vec<u8> {
    let text = lua.display(&mut Alone, value).ok().and_then(|text| lua.as_bytes(text).map(<[u8]>::to_vec));
    text.unwrap_or_default()
}

/// Words what ended a script as the line of an error reply.
fn error_line(lua: &mut Lua, error: LuaError) -> Vec<u8> {
    match error {
        LuaError::Throw(value) => match value.as_table() {
            Some(table) => {
                let message = lua.raw_get_name(table, "err");
                match lua.to_string(message) {
                    Ok(Some(text)) => lua.str(text).to_vec(),
                    _ => b"ERR unknown error".to_vec(),
                }
            }
            None => [b"ERR ", text_of(lua, value).as_slice()].concat(),
        },
        LuaError::Kill(Kill::Fuel) => {
            let fuel = lua.limits().fuel;
            format!("ERR Script killed: it took more than {fuel} steps (script-fuel).").into_bytes()
        }
        LuaError::Kill(Kill::Stopped) => b"ERR Script killed: it took too long (busy-reply-threshold).".to_vec(),
        LuaError::Yield => b"ERR attempt to yield from outside a coroutine".to_vec(),
    }
}
