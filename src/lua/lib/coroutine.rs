//! `coroutine`.

use crate::lua::thread::Status;
use crate::lua::value::{CoroutineId, Value};
use crate::lua::{Args, Host, Lua, LuaError, Result};

pub(super) fn open(lua: &mut Lua) -> Result<()> {
    let table = lua.table(0, 8)?;
    lua.register(
        table,
        &[
            ("create", create),
            ("resume", resume),
            ("running", running),
            ("status", status),
            ("wrap", wrap),
            ("yield", yield_),
        ],
    )?;
    lua.raw_set_name(lua.globals(), "coroutine", table.into())
}

fn make(lua: &mut Lua, args: Args) -> Result<Value> {
    let function = lua.arg(args, 1);
    if !lua.is_lua_function(function) {
        return Err(lua.arg_error(1, "Lua function expected"));
    }
    lua.coroutine(function).map(Value::from)
}

fn create(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let coroutine = make(lua, args)?;
    lua.push(coroutine);
    Ok(1)
}

fn status_of(lua: &Lua, coroutine: CoroutineId) -> &'static str {
    match lua.status(coroutine) {
        Status::Suspended => "suspended",
        Status::Running => "running",
        Status::Normal => "normal",
        Status::Dead => "dead",
    }
}

/// Resumes with the values from `first` on; answers the number of pushed results, or what the coroutine threw.
fn resume_with(
    lua: &mut Lua,
    host: &mut dyn Host,
    coroutine: CoroutineId,
    args: Args,
    first: usize,
) -> Result<std::result::Result<usize, Value>> {
    if lua.status(coroutine) != Status::Suspended {
        let message = format!("cannot resume {} coroutine", status_of(lua, coroutine));
        return lua.string(message.as_bytes()).map(Err);
    }
    for n in first..=args.count() {
        let value = lua.arg(args, n);
        lua.push(value);
    }
    match lua.resume(host, coroutine, (args.count() + 1).saturating_sub(first)) {
        Ok(count) => Ok(Ok(count)),
        Err(LuaError::Throw(value)) => Ok(Err(value)),
        Err(error) => Err(error),
    }
}

fn resume(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let Some(coroutine) = lua.arg(args, 1).as_coroutine() else {
        return Err(lua.arg_error(1, "coroutine expected"));
    };
    let mark = lua.top();
    lua.push(Value::TRUE);
    match resume_with(lua, host, coroutine, args, 2)? {
        Ok(count) => Ok(count + 1),
        Err(value) => {
            lua.forget_fault();
            lua.set_top(mark);
            lua.push(Value::FALSE);
            lua.push(value);
            Ok(2)
        }
    }
}

fn wrap(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let coroutine = make(lua, args)?;
    let function = lua.native_closure(wrapped, &[coroutine])?;
    lua.push(function);
    Ok(1)
}

fn wrapped(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let Some(coroutine) = lua.upvalue(0).as_coroutine() else { return Ok(0) };
    match resume_with(lua, host, coroutine, args, 1)? {
        Ok(count) => Ok(count),
        Err(value) => {
            // The error is raised anew where the coroutine was resumed.
            lua.forget_fault();
            match lua.as_bytes(value).map(<[u8]>::to_vec) {
                Some(message) => Err(lua.error_bytes(&message)),
                None => Err(LuaError::Throw(value)),
            }
        }
    }
}

fn status(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let Some(coroutine) = lua.arg(args, 1).as_coroutine() else {
        return Err(lua.arg_error(1, "coroutine expected"));
    };
    lua.push_string(status_of(lua, coroutine).as_bytes())?;
    Ok(1)
}

fn running(lua: &mut Lua, _: &mut dyn Host, _: Args) -> Result<usize> {
    let coroutine = lua.running_coroutine();
    lua.push(coroutine.map_or(Value::NIL, Value::from));
    Ok(1)
}

fn yield_(lua: &mut Lua, _: &mut dyn Host, _: Args) -> Result<usize> {
    Err(lua.yield_())
}
