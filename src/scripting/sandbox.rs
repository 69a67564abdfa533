//! The globals that a script sees: Lua's libraries less what reaches outside, Redis's own, all of it read-only.

use super::api::Caller;
use super::host::CLOCK;
use super::{api, cjson, cmsgpack, r#struct};
use crate::lua::{Args, Host, Limits, Lua, LuaError, Result, TableId, Value};

/// The names of the globals in the order in which Redis sets them, which shows in the order of `pairs(_G)`. What it
/// takes away again, or has set to nil in the first place, has left its mark there too.
const NAMES: &str = "_G assert collectgarbage dofile error gcinfo getfenv getmetatable loadfile load loadstring next \
    pcall print rawequal rawget rawset select setfenv setmetatable tonumber tostring type unpack xpcall _VERSION ipairs \
    pairs newproxy coroutine table string math debug os cjson struct cmsgpack bit redis";
const REDIS_NAMES: &str = "call pcall log LOG_DEBUG LOG_VERBOSE LOG_NOTICE LOG_WARNING REDIS_VERSION_NUM REDIS_VERSION \
    setresp sha1hex error_reply status_reply set_repl REPL_NONE REPL_AOF REPL_SLAVE REPL_REPLICA REPL_ALL acl_check_cmd \
    breakpoint debug replicate_commands";

/// The names of the globals that every script gets anew.
pub struct Lists {
    pub keys: Value,
    pub argv: Value,
}

/// Makes the state in which scripts run.
pub fn for_scripts(limits: Limits) -> Result<(Lua, Lists)> {
    let mut lua = Lua::new(limits);
    fill(&mut lua, Caller::Script)?;
    // Entries that are there already are set again without the table growing.
    let lists = Lists { keys: lua.string(b"KEYS")?, argv: lua.string(b"ARGV")? };
    for name in [lists.keys, lists.argv] {
        lua.raw_set(lua.globals(), name, Value::FALSE)?;
    }
    protect(&mut lua)?;
    Ok((lua, lists))
}

/// Makes the state in which functions run, and the globals of a library while it is loaded: little more than
/// `redis.register_function`.
pub fn for_functions(limits: Limits) -> Result<(Lua, TableId)> {
    let mut lua = Lua::new(limits);
    fill(&mut lua, Caller::Function)?;
    let (globals, redis) = (lua.table(0, 1)?, api::table(&mut lua, Caller::Library)?);
    lua.raw_set_name(globals, "redis", redis.into())?;
    // The registry keeps it, as nothing else does.
    lua.raw_set_name(lua.registry(), "library", globals.into())?;
    for table in [globals, redis] {
        refuse_missing(&mut lua, table)?;
    }
    protect(&mut lua)?;
    Ok((lua, globals))
}

/// Fills the globals of a new state.
fn fill(lua: &mut Lua, caller: Caller) -> Result<()> {
    let globals = lua.globals();
    lua.open_libs()?;
    let redis = api::table(lua, caller)?;
    lua.raw_set_name(globals, "redis", redis.into())?;
    let os = lua.table(0, 1)?;
    lua.raw_set_name(os, "clock", Value::host_function(CLOCK))?;
    lua.raw_set_name(globals, "os", os.into())?;
    let cjson = cjson::table(lua)?;
    lua.raw_set_name(globals, "cjson", cjson.into())?;
    let cmsgpack = cmsgpack::table(lua)?;
    lua.raw_set_name(globals, "cmsgpack", cmsgpack.into())?;
    let structs = r#struct::table(lua)?;
    lua.raw_set_name(globals, "struct", structs.into())?;
    let pcall = lua.native(pcall)?;
    lua.raw_set_name(globals, "pcall", pcall)?;
    arrange(lua, redis, REDIS_NAMES, 0)?;
    arrange(lua, globals, NAMES, 2)?;
    if caller == Caller::Script {
        let handler = lua.native(error_handler)?;
        lua.raw_set_name(globals, "__redis__err__handler", handler)?;
    }
    Ok(())
}

/// Ends the building: reading a global that does not exist fails from here on, and nothing of it can be changed.
fn protect(lua: &mut Lua) -> Result<()> {
    refuse_missing(lua, lua.globals())?;
    lua.seal();
    Ok(())
}

/// Has reading what a table does not hold fail.
fn refuse_missing(lua: &mut Lua, table: TableId) -> Result<()> {
    let meta = lua.table(0, 1)?;
    let missing = lua.native(missing_global)?;
    lua.raw_set_name(meta, "__index", missing)?;
    lua.set_metatable(table, Some(meta))
}

/// Sets the entries of a table anew, in the order of their names. What Redis takes away is nil at once, save the library
/// `debug`, which is there until the others have been set.
fn arrange(lua: &mut Lua, table: TableId, names: &str, room: usize) -> Result<()> {
    let values: Vec<Value> = names.split_whitespace().map(|name| lua.raw_get_name(table, name)).collect();
    lua.renew(table, room);
    for (name, value) in names.split_whitespace().zip(values) {
        let value = match name {
            "getfenv" | "setfenv" => Value::NIL,
            "debug" if value.is_nil() => Value::FALSE,
            _ => value,
        };
        if !value.is_nil() || table == lua.globals() {
            lua.raw_set_name(table, name, value)?;
        }
    }
    if lua.raw_get_name(table, "debug") == Value::FALSE {
        lua.raw_set_name(table, "debug", Value::NIL)?;
    }
    Ok(())
}

/// Makes an error table of a value, with the place that called: what Redis has every error of a script go through.
fn error_handler(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let place = lua.caller();
    let error = lua.arg(args, 1);
    let table = match error.as_table() {
        Some(table) => table,
        None => {
            let text = lua.display(host, error)?;
            let line = [b"ERR ", lua.as_bytes(text).unwrap_or_default()].concat();
            let table = lua.table(0, 3)?;
            lua.push(table.into());
            let line = lua.string(&line)?;
            lua.raw_set_name(table, "err", line)?;
            table
        }
    };
    if let Some(place) = place {
        let source = lua.string(&place.source)?;
        lua.raw_set_name(table, "source", source)?;
        lua.raw_set_name(table, "line", Value::number(place.line as f64))?;
    }
    lua.push(table.into());
    Ok(1)
}

/// Refuses to read a global that does not exist. `server` is another name of `redis`, which nothing else shows.
fn missing_global(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    if args.count() != 2 {
        return Err(lua.error("Wrong number of arguments to luaProtectedTableError"));
    }
    let name = lua.arg(args, 2);
    if lua.as_bytes(name) == Some(b"server") {
        let redis = lua.raw_get_name(lua.globals(), "redis");
        lua.push(redis);
        return Ok(1);
    }
    let Some(name) = lua.to_string(name)? else {
        return Err(lua.error("Second argument to luaProtectedTableError must be a string or number"));
    };
    let shown = crate::protocol::until_zero(lua.str(name));
    let message = [b"Script attempted to access nonexistent global variable '", shown, b"'"].concat();
    Err(lua.error_bytes(&message))
}

/// Calls a function protected, as Lua's own does, save that an error table with `err` arrives as that line, and one
/// without it with its `err` as a third result.
fn pcall(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    lua.arg_any(args, 1)?;
    let mark = lua.top();
    lua.push(Value::TRUE);
    for n in 1..=args.count() {
        lua.push(lua.arg(args, n));
    }
    match lua.call_pushed_protected(host, mark + 1) {
        Ok(results) => Ok(1 + results.count()),
        Err(LuaError::Throw(error)) => {
            lua.set_slot(mark, Value::FALSE);
            lua.push(error);
            if !error.is_table() {
                return Ok(2);
            }
            let name = lua.string(b"err")?;
            let line = lua.get(host, error, name)?;
            if line.is_string() || line.is_number() {
                lua.pop();
                lua.push(line);
                return Ok(2);
            }
            lua.push(line);
            Ok(3)
        }
        Err(other) => Err(other),
    }
}
