//! Lua scripts on Redis: the sandbox, the script cache, `redis.call`, and what becomes of values on their way between
//! Lua and replies. See <https://redis.io/docs/latest/develop/programmability/lua-api/>.

mod api;
mod cache;
mod cjson;
mod cjson_decode;
mod cjson_encode;
mod cmsgpack;
mod convert;
mod functions;
mod host;
mod library;
mod run;
mod sandbox;
mod shebang;
mod r#struct;
mod trace;

pub use cache::{Digest, sha1_hex};
pub use functions::{Functions, Policy};
pub use library::{Function, Library, Shelf};
pub use run::Call;

use crate::dispatch::{Command, Context, Flags, Server};
use crate::lua::{Limits, Lua};
use crate::protocol::{Error, Result};
use cache::Cache;

/// The Lua state of an engine and its scripts.
pub struct Scripting {
    lua: Lua,
    cache: Cache,
    json: cjson::Settings,
    lists: sandbox::Lists,
    /// The libraries of functions and the state that they live in, once there is one.
    functions: Option<Box<Functions>>,
}

impl Scripting {
    fn new(limits: Limits) -> Scripting {
        let (lua, lists) =
            sandbox::for_scripts(limits).expect("the sandbox is far smaller than the least memory limit");
        Scripting { lua, cache: Cache::default(), json: cjson::Settings::default(), lists, functions: None }
    }

    /// Compiles a script into the cache, unless it is there already, and answers its digest.
    pub fn load(&mut self, source: &[u8]) -> Result<Digest> {
        self.cache.load(&mut self.lua, source)
    }

    /// Tells whether the cache holds a script, by its SHA1 in hexadecimal digits.
    pub fn contains(&self, sha1: &[u8]) -> bool {
        Digest::parse(sha1).is_some_and(|digest| self.cache.get(&digest).is_some())
    }

    /// Forgets every script, and what scripts have set.
    pub fn flush(&mut self) {
        self.cache.flush(&mut self.lua);
        self.json = cjson::Settings::default();
        self.lua.reset_collector_settings();
    }

    /// Shows the libraries of functions, if there is any.
    pub fn shelf(&self) -> Option<&Shelf> {
        self.functions.as_ref().map(|functions| functions.shelf())
    }

    /// Opens the libraries of functions.
    pub fn functions(&mut self) -> &mut Functions {
        let limits = self.lua.limits();
        self.functions.get_or_insert_with(|| Box::new(Functions::new(limits)))
    }

    /// Deletes all libraries and the state that they lived in.
    pub fn flush_functions(&mut self) {
        self.functions = None;
    }

    /// Counts the cached scripts, and the bytes of the Lua state.
    pub fn usage(&self) -> (usize, usize) {
        (self.cache.len(), self.lua.memory())
    }
}

/// Tells whether a call that runs a script may change keys or publish, as far as the script's flags say.
pub fn may_write(server: &Server, command: &Command, argv: &[&[u8]]) -> bool {
    let (Some(&script), false) = (argv.get(1), command.flags.contains(Flags::READONLY)) else { return false };
    let scripting = server.scripting.as_ref().and_then(|any| any.downcast_ref::<Scripting>());
    let flags = match command.name {
        "EVAL" => shebang::read(script).ok().map(|(flags, _)| flags),
        "EVALSHA" => {
            let digest = Digest::parse(script);
            let cached = digest.and_then(|digest| scripting?.cache.get(&digest));
            cached.map(|script| script.flags)
        }
        _ => scripting.and_then(|scripting| Some(scripting.shelf()?.find(script)?.flags)),
    };
    !flags.is_some_and(|flags| flags.no_writes)
}

/// The least memory, in bytes, that a script can be limited to: the sandbox itself lives in it.
const LEAST_MEMORY: usize = 1 << 20;

/// Lends the engine's scripting to `body`. It is made when it is first asked for, and away while a script runs, so
/// that a script cannot run another.
pub fn lend<T>(cx: &mut Context, body: impl FnOnce(&mut Scripting, &mut Context) -> Result<T>) -> Result<T> {
    if let crate::dispatch::Origin::Script { .. } = cx.origin {
        return Err(Error::own("This Redis command is not allowed from script"));
    }
    let given = cx.session.script_limits.or(&cx.server.config);
    let limits = Limits {
        memory: given.memory.unwrap_or_default().max(LEAST_MEMORY),
        fuel: given.fuel.filter(|&fuel| fuel > 0).unwrap_or(u64::MAX),
    };
    let mut scripting = match cx.server.scripting.take().map(|any| any.downcast::<Scripting>()) {
        Some(Ok(scripting)) => scripting,
        _ => Box::new(Scripting::new(limits)),
    };
    scripting.lua.set_limits(limits);
    if let Some(functions) = &mut scripting.functions {
        functions.set_limits(limits);
    }
    let outcome = body(&mut scripting, cx);
    cx.server.scripting = Some(scripting);
    outcome
}
