//! One run of a script, from its arguments to its reply.

use super::cache::{Digest, Script};
use super::convert::is_counted;
use super::host::{ScriptHost, Title};
use super::shebang::ScriptFlags;
use super::trace::traced;
use super::{Function, Scripting, convert, shebang};
use crate::dispatch::limits::Declared;
use crate::dispatch::{Context, Origin};
use crate::lua::{Args, Host, Kill, Lua, LuaError, Value};
use crate::protocol::{Error, Reply, Result, until_zero};

/// What EVAL and its kin give to a script.
pub struct Call<'a> {
    /// The call itself.
    pub argv: &'a [&'a [u8]],
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
        if cx.server.trace.is_some() {
            return self.trace(cx, source, script, &digest, call);
        }
        self.run(cx, script, &digest, call)
    }

    /// Runs a script of code that tells of its lines.
    #[cold]
    fn trace(&mut self, cx: &mut Context, source: &[u8], script: Script, digest: &Digest, call: Call) -> Result<Reply> {
        let (_, code) = shebang::read(source)?;
        let function = self.lua.load_traced(code, b"@user_script").map_err(Error::raw)?;
        let outcome = self.run(cx, Script { function, ..script }, digest, call);
        self.lua.unload(function);
        outcome
    }

    /// Runs a script by its SHA1, or fails with NOSCRIPT.
    pub fn eval_sha(&mut self, cx: &mut Context, sha1: &[u8], call: Call) -> Result<Reply> {
        let digest = Digest::parse(sha1).ok_or(Error::NoScript)?;
        let script = self.cache.run(&digest).ok_or(Error::NoScript)?;
        self.run(cx, script, &digest, call)
    }

    /// Runs a function of a library by its name.
    pub fn fcall(&mut self, cx: &mut Context, function: &Function, call: Call) -> Result<Reply> {
        let Some(functions) = &mut self.functions else { return Err(Error::own("Function not found")) };
        let flags = ScriptFlags { declared: true, ..function.flags };
        as_script(cx, flags, &call, |cx| functions.call(cx, function, &call))
    }

    fn run(&mut self, cx: &mut Context, script: Script, digest: &Digest, call: Call) -> Result<Reply> {
        let outcome = as_script(cx, script.flags, &call, |cx| execute(self, cx, script, digest, &call));
        self.lua.reset_region();
        outcome
    }
}

/// Lends `body` the context of a script, if one with such flags may run now: it speaks RESP2 until it says otherwise,
/// and what it selects is forgotten.
fn as_script(
    cx: &mut Context,
    flags: ScriptFlags,
    call: &Call,
    body: impl FnOnce(&mut Context) -> Result<Reply>,
) -> Result<Reply> {
    if flags.declared && call.read_only && !flags.no_writes {
        return Err(Error::own("Can not execute a script with write flag using *_ro command."));
    }
    if flags.declared && cx.server.over_memory && !flags.allow_oom && !flags.no_writes {
        return Err(Error::OutOfMemory);
    }
    if cx.session.script_limits.strict.unwrap_or(cx.server.config.script_strict) {
        cx.server.declared = Some(Declared::new(call.keys)?);
    }
    let inner = Origin::Script { read_only: call.read_only || flags.no_writes, allow_oom: flags.allow_oom };
    let origin = std::mem::replace(&mut cx.origin, inner);
    cx.server.script_wrote = false;
    let protocol = std::mem::take(&mut cx.session.protocol);
    let db = cx.session.db;
    let outcome = body(cx);
    cx.origin = origin;
    cx.session.protocol = protocol;
    cx.session.db = db;
    cx.server.running = None;
    cx.server.declared = None;
    outcome
}

fn execute(state: &mut Scripting, cx: &mut Context, script: Script, digest: &Digest, call: &Call) -> Result<Reply> {
    let Scripting { lua, json, lists, functions, .. } = state;
    lua.refuel();
    let set = set_list(lua, lists.keys, call.keys).and_then(|()| set_list(lua, lists.argv, call.args));
    let counts = functions.as_ref().map_or((0, 0), |functions| functions.shelf().counts());
    let title = Title { name: digest.as_bytes(), is_function: false, call: call.argv, counts };
    let mut host = ScriptHost::new(cx, json, title);
    let outcome = set.and_then(|()| traced(lua, &mut host, |lua, host| lua.run(host, script.function, &[])));
    conclude(lua, outcome, &mut host)
}

/// Bytes of a chunk's name that a trail shows: it may be a text of megabytes.
const SHOWN_SOURCE: usize = 60;

/// Makes the reply of what a run has come to.
pub fn conclude(lua: &mut Lua, outcome: crate::lua::Result<Args>, host: &mut ScriptHost) -> Result<Reply> {
    let replied = outcome.and_then(|results| {
        let value = lua.arg(results, 1);
        convert::to_reply(lua, value, host.cx.session.protocol)
    });
    let error = match replied {
        Ok(reply) => return Ok(reply),
        Err(error) => error,
    };
    let place = lua.fault().cloned();
    host.cx.server.script_trail.clear();
    for place in lua.trail() {
        let source = &place.source[..place.source.len().min(SHOWN_SOURCE)];
        let line = format!("{}:{}\n", String::from_utf8_lossy(source).replace('\n', " "), place.line);
        host.cx.server.script_trail.push_str(line.trim_start_matches(['@', '=']));
    }
    let passed =
        matches!(error, LuaError::Throw(value) if value.as_table().is_some_and(|table| is_counted(lua, table)));
    let stopped = host.why_stopped();
    let mut line = error_line(lua, error, &stopped, host);
    line.extend_from_slice(b" script: ");
    line.extend_from_slice(host.title.name);
    if let Some(place) = place {
        line.extend_from_slice(b", on ");
        line.extend_from_slice(&place.source);
        line.extend_from_slice(format!(":{}.", place.line).as_bytes());
    }
    Err(if passed { Error::Passed(line) } else { Error::Raw(line) })
}

/// Sets a global to a list of strings, which scripts themselves cannot. It is nil again when the region ends.
fn set_list(lua: &mut Lua, name: Value, items: &[&[u8]]) -> crate::lua::Result<()> {
    let list = list_of(lua, items)?;
    let globals = lua.globals();
    lua.set_read_only(globals, false);
    let done = lua.raw_set(globals, name, list);
    lua.set_read_only(globals, true);
    done
}

/// Makes a list of strings.
pub fn list_of(lua: &mut Lua, items: &[&[u8]]) -> crate::lua::Result<Value> {
    let list = lua.table(items.len(), 0)?;
    for (at, item) in items.iter().enumerate() {
        let item = lua.string(item)?;
        lua.raw_set_int(list, at as i64 + 1, item)?;
    }
    Ok(list.into())
}

/// Answers what `tostring` makes of a value.
fn text_of(lua: &mut Lua, value: Value, host: &mut dyn Host) -> Vec<u8> {
    let text = lua.display(host, value).ok().and_then(|text| lua.as_bytes(text).map(<[u8]>::to_vec));
    text.unwrap_or_default()
}

/// Words what ended a script as the line of an error reply; `stopped`, if it was the host.
///
/// An error may have metamethods, which run as the script's own code does.
pub fn error_line(lua: &mut Lua, error: LuaError, stopped: &str, host: &mut dyn Host) -> Vec<u8> {
    match error {
        LuaError::Throw(value) => match value.as_table() {
            Some(table) => {
                let name = lua.string(b"err").unwrap_or(Value::NIL);
                let message = lua.get(host, table.into(), name).unwrap_or(Value::NIL);
                match lua.to_string(message) {
                    Ok(Some(text)) => until_zero(lua.str(text)).to_vec(),
                    _ => b"ERR unknown error".to_vec(),
                }
            }
            None => [b"ERR ", until_zero(&text_of(lua, value, host))].concat(),
        },
        LuaError::Kill(Kill::Fuel) => {
            let fuel = lua.limits().fuel;
            format!("ERR Script killed: it took more than {fuel} steps (script-fuel).").into_bytes()
        }
        LuaError::Kill(Kill::Stopped) => format!("ERR {stopped}").into_bytes(),
        LuaError::Yield => b"ERR attempt to yield from outside a coroutine".to_vec(),
    }
}
