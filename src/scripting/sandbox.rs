//! The globals that a script sees: Lua's libraries less what reaches outside, Redis's own, all of it read-only.

use super::api::Caller;
use super::{api, cjson, cmsgpack, r#struct};
use crate::lua::{Args, Host, Limits, Lua, LuaError, Result, TableId, Value};

/// What the base library has and Redis takes away.
const REMOVED: &[&str] = &["dofile", "loadfile", "print", "newproxy", "getfenv", "setfenv", "module", "require"];

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
    for name in REMOVED {
        lua.raw_set_name(globals, name, Value::NIL)?;
    }
    let redis = api::table(lua, caller)?;
    lua.raw_set_name(globals, "redis", redis.into())?;
    let cjson = cjson::table(lua)?;
    lua.raw_set_name(globals, "cjson", cjson.into())?;
    let cmsgpack = cmsgpack::table(lua)?;
    lua.raw_set_name(globals, "cmsgpack", cmsgpack.into())?;
    let structs = r#struct::table(lua)?;
    lua.raw_set_name(globals, "struct", structs.into())?;
    let pcall = lua.native(pcall)?;
    lua.raw_set_name(globals, "pcall", pcall)?;
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

/// Refuses to read a global that does not exist.
fn missing_global(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let name = lua.display(host, lua.arg(args, 2))?;
    let name = String::from_utf8_lossy(lua.as_bytes(name).unwrap_or_default()).into_owned();
    Err(lua.error(&format!("Script attempted to access nonexistent global variable '{name}'")))
}

/// Calls a function protected, as Lua's own does, save that an error table with `err` arrives as that line.
fn pcall(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let function = lua.arg_any(args, 1)?;
    let values: Vec<Value> = (2..=args.count()).map(|n| lua.arg(args, n)).collect();
    match lua.call_protected(host, function, &values) {
        Ok(results) => {
            let results: Vec<Value> = (1..=results.count()).map(|n| lua.arg(results, n)).collect();
            lua.push(Value::TRUE);
            results.iter().for_each(|&value| lua.push(value));
            Ok(1 + results.len())
        }
        Err(LuaError::Throw(error)) => {
            let line = error.as_table().map(|table| lua.raw_get_name(table, "err"));
            lua.push(Value::FALSE);
            lua.push(line.filter(|line| line.is_string() || line.is_number()).unwrap_or(error));
            Ok(2)
        }
        Err(other) => Err(other),
    }
}
