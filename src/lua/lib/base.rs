//! The basic functions. There is no `print`, `dofile` or `loadfile`: an embedder that wants them brings its own.

use super::string::holding;
use crate::lua::parser::compile_within;
use crate::lua::value::{TableId, Type, Value, View};
use crate::lua::{Args, Host, Lua, LuaError, Native, Result, number};

pub(super) fn open(lua: &mut Lua) -> Result<()> {
    let globals = lua.globals();
    lua.raw_set_name(globals, "_G", globals.into())?;
    let version = lua.string(b"Lua 5.1")?;
    lua.raw_set_name(globals, "_VERSION", version)?;
    let natives: &[(&str, Native)] = &[
        ("assert", assert),
        ("collectgarbage", collectgarbage),
        ("error", error),
        ("gcinfo", gcinfo),
        ("getfenv", getfenv),
        ("getmetatable", getmetatable),
        ("load", load),
        ("loadstring", loadstring),
        ("next", next),
        ("pcall", pcall),
        ("rawequal", rawequal),
        ("rawget", rawget),
        ("rawset", rawset),
        ("select", select),
        ("setfenv", setfenv),
        ("setmetatable", setmetatable),
        ("tonumber", tonumber),
        ("tostring", tostring),
        ("type", type_),
        ("unpack", unpack),
        ("xpcall", xpcall),
    ];
    lua.register(globals, natives)?;
    let step = lua.native(ipairs_step)?;
    let ipairs = lua.native_closure(ipairs, &[step])?;
    lua.raw_set_name(globals, "ipairs", ipairs)?;
    let next = lua.raw_get_name(globals, "next");
    (lua.names.next, lua.names.ipairs_step) = (next, step);
    let pairs = lua.native_closure(pairs, &[next])?;
    lua.raw_set_name(globals, "pairs", pairs)
}

/// Pushes arguments from the `first` on; answers their number.
fn push_args(lua: &mut Lua, args: Args, first: usize) -> usize {
    for n in first..=args.count() {
        let value = lua.arg(args, n);
        lua.push(value);
    }
    (args.count() + 1).saturating_sub(first)
}

fn push(lua: &mut Lua, value: impl Into<Value>) -> Result<usize> {
    lua.push(value.into());
    Ok(1)
}

fn assert(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    if lua.arg_any(args, 1)?.is_falsy() {
        let message = match lua.opt_string(args, 2)? {
            // The message is shown up to its first zero byte.
            Some(message) => lua.str(message).split(|&byte| byte == 0).next().unwrap_or_default().to_vec(),
            None => b"assertion failed!".to_vec(),
        };
        return Err(lua.error_bytes(&message));
    }
    Ok(push_args(lua, args, 1))
}

fn collectgarbage(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let option = match lua.opt_string(args, 1)? {
        Some(option) => lua.str(option).to_vec(),
        None => b"collect".to_vec(),
    };
    let number = lua.opt_int(args, 2, 0)? as i32;
    let answer = match option.as_slice() {
        b"collect" => {
            lua.spend(lua.memory() >> 8)?;
            lua.collect_at_next_point();
            Value::number(0.0)
        }
        b"count" => Value::number(lua.memory() as f64 / 1024.0),
        b"step" => {
            lua.spend(lua.memory() >> 8)?;
            lua.collect_at_next_point();
            Value::TRUE
        }
        b"stop" | b"restart" => Value::number(0.0),
        // Kept, and of no effect.
        b"setpause" => Value::number(std::mem::replace(&mut lua.collector_settings[0], number).into()),
        b"setstepmul" => Value::number(std::mem::replace(&mut lua.collector_settings[1], number).into()),
        _ => {
            return Err(lua.arg_error(1, [b"invalid option '", &option[..], b"'"].concat()));
        }
    };
    push(lua, answer)
}

fn gcinfo(lua: &mut Lua, _: &mut dyn Host, _: Args) -> Result<usize> {
    push(lua, (lua.memory() >> 10) as f64)
}

fn error(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let level = lua.opt_int(args, 2, 1)? as i32;
    let value = lua.arg(args, 1);
    if level > 0
        && let Some(message) = lua.to_string(value)?
    {
        let mut text = lua.where_(level as usize);
        text.extend_from_slice(lua.str(message));
        return Err(lua.throw(&text));
    }
    Err(LuaError::Throw(value))
}

fn getmetatable(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let value = lua.arg_any(args, 1)?;
    let Some(metatable) = lua.metatable(value) else { return push(lua, Value::NIL) };
    let guard = lua.raw_get_name(metatable, "__metatable");
    push(lua, if guard.is_nil() { metatable.into() } else { guard })
}

fn setmetatable(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let metatable = lua.arg(args, 2);
    if args.count() < 2 || !metatable.is_nil() && !metatable.is_table() {
        return Err(lua.arg_error(2, "nil or table expected"));
    }
    if !lua.metafield(table.into(), "__metatable").is_nil() {
        return Err(lua.error("cannot change a protected metatable"));
    }
    lua.set_metatable(table, metatable.as_table())?;
    push(lua, table)
}

fn rawequal(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let (left, right) = (lua.arg_any(args, 1)?, lua.arg_any(args, 2)?);
    push(lua, left.raw_equals(right))
}

fn rawget(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let key = lua.arg_any(args, 2)?;
    push(lua, lua.raw_get(table, key))
}

fn rawset(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let (key, value) = (lua.arg_any(args, 2)?, lua.arg_any(args, 3)?);
    lua.raw_set(table, key, value)?;
    push(lua, table)
}

fn next(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let key = lua.arg(args, 2);
    match lua.next(table, key)? {
        Some((key, value)) => {
            lua.push(key);
            lua.push(value);
            Ok(2)
        }
        None => push(lua, Value::NIL),
    }
}

fn pairs(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let next = lua.upvalue(0);
    lua.push(next);
    lua.push(table.into());
    lua.push(Value::NIL);
    Ok(3)
}

fn ipairs(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let step = lua.upvalue(0);
    lua.push(step);
    lua.push(table.into());
    lua.push(Value::number(0.0));
    Ok(3)
}

fn ipairs_step(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let index = (lua.arg_int(args, 2)? as i32).wrapping_add(1);
    let table = lua.arg_table(args, 1)?;
    let value = lua.raw_get_int(table, index as i64);
    if value.is_nil() {
        return Ok(0);
    }
    lua.push(Value::number(index as f64));
    lua.push(value);
    Ok(2)
}

fn type_(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let kind = lua.arg_any(args, 1)?.kind();
    push(lua, lua.names.types[kind as usize])
}

fn tostring(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let value = lua.arg_any(args, 1)?;
    let text = lua.display(host, value)?;
    push(lua, text)
}

fn tonumber(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let base = lua.opt_int(args, 2, 10)? as i32;
    if base == 10 {
        let value = lua.arg_any(args, 1)?;
        return push(lua, lua.to_number(value).map_or(Value::NIL, Value::number));
    }
    let text = lua.arg_string(args, 1)?;
    if !(2..=36).contains(&base) {
        return Err(lua.arg_error(2, "base out of range"));
    }
    push(lua, parse_in_base(lua.str(text), base as u32).map_or(Value::NIL, Value::number))
}

/// Reads an integer as C's `strtoul` does: a minus wraps around, what is too large is the largest.
fn parse_in_base(text: &[u8], base: u32) -> Option<f64> {
    let text = text.split(|&byte| byte == 0).next()?;
    let start = text.iter().position(|&byte| !number::is_space(byte))?;
    let (negative, mut digits) = match &text[start..] {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if let (16, [b'0', b'x' | b'X', rest @ ..]) = (base, digits)
        && rest.first().is_some_and(u8::is_ascii_hexdigit)
    {
        digits = rest;
    }
    let length = digits.iter().position(|&byte| (byte as char).to_digit(base).is_none()).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at(length);
    if digits.is_empty() || !rest.iter().all(|&byte| number::is_space(byte)) {
        return None;
    }
    let mut value = Some(0u64);
    for digit in digits.iter().filter_map(|&byte| (byte as char).to_digit(base)) {
        value = value.and_then(|value| value.checked_mul(base as u64)?.checked_add(digit as u64));
    }
    Some(match value {
        Some(value) if negative => value.wrapping_neg() as f64,
        value => value.unwrap_or(u64::MAX) as f64,
    })
}

fn select(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    if let Some(text) = lua.as_bytes(lua.arg(args, 1))
        && text.first() == Some(&b'#')
    {
        return push(lua, (args.count() - 1) as f64);
    }
    let count = args.count() as i32;
    let index = lua.arg_int(args, 1)? as i32;
    let first = if index < 0 { count.saturating_add(index) } else { index.min(count) };
    if first < 1 {
        return Err(lua.arg_error(1, "index out of range"));
    }
    Ok(push_args(lua, args, first as usize + 1))
}

fn unpack(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let first = lua.opt_int(args, 2, 1)? as i32;
    let last = if lua.arg(args, 3).is_nil() { lua.raw_len(table) as i32 } else { lua.arg_int(args, 3)? as i32 };
    if first > last {
        return Ok(0);
    }
    let count = last as i64 - first as i64 + 1;
    if count > i32::MAX as i64 || !lua.has_room(count as usize) {
        return Err(lua.error("too many results to unpack"));
    }
    lua.spend(count as usize >> 3)?;
    for index in first..=last {
        let value = lua.raw_get_int(table, index as i64);
        lua.push(value);
    }
    Ok(count as usize)
}

fn pcall(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    lua.arg_any(args, 1)?;
    let mark = lua.top();
    lua.push(Value::TRUE);
    push_args(lua, args, 1);
    match lua.call_pushed_protected(host, mark + 1) {
        Ok(results) => Ok(results.count() + 1),
        Err(LuaError::Throw(value)) => {
            lua.forget_fault();
            lua.set_top(mark);
            lua.push(Value::FALSE);
            lua.push(value);
            Ok(2)
        }
        Err(error) => Err(error),
    }
}

fn xpcall(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    lua.arg_any(args, 2)?;
    let (function, handler) = (lua.arg(args, 1), lua.arg(args, 2));
    let mark = lua.top();
    lua.push(Value::TRUE);
    match lua.call_protected(host, function, &[]) {
        Ok(results) => Ok(results.count() + 1),
        Err(LuaError::Throw(value)) => {
            lua.forget_fault();
            lua.set_top(mark);
            lua.push(Value::FALSE);
            match lua.call_protected(host, handler, &[value]) {
                Ok(results) => {
                    let value = lua.arg(results, 1);
                    lua.set_top(mark + 1);
                    lua.push(value);
                    Ok(2)
                }
                Err(LuaError::Throw(_)) => {
                    lua.forget_fault();
                    lua.push_string(b"error in error handling")?;
                    Ok(2)
                }
                Err(error) => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

// Chunks.

/// Loads a chunk; pushes the function, or nil and the message.
fn load_chunk(lua: &mut Lua, source: &[u8], name: &[u8]) -> Result<usize> {
    lua.spend(source.len() >> 2)?;
    lua.reserve(source.len().saturating_mul(4))?;
    match compile_within(source, name, lua.native_calls) {
        Ok(proto) => {
            let function = lua.load_function(&proto)?;
            let globals = lua.globals();
            let closure = lua.closure(function, globals.0)?;
            push(lua, closure)
        }
        Err(message) => {
            lua.push(Value::NIL);
            lua.push_string(&message)?;
            Ok(2)
        }
    }
}

fn loadstring(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let source = lua.arg_string(args, 1)?;
    let name = lua.opt_string(args, 2)?.unwrap_or(source);
    let (source, name) = (lua.str(source).to_vec(), lua.str(name).to_vec());
    load_chunk(lua, &source, &name)
}

fn load(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let reader = lua.arg_function(args, 1)?;
    let name = match lua.opt_string(args, 2)? {
        Some(name) => lua.str(name).to_vec(),
        None => b"=(load)".to_vec(),
    };
    let mut source = Vec::new();
    loop {
        let mark = lua.top();
        let piece = match holding(lua, &source, |lua| lua.call_protected(host, reader, &[])) {
            Ok(results) => lua.arg(results, 1),
            Err(LuaError::Throw(message)) => {
                lua.forget_fault();
                lua.push(Value::NIL);
                lua.push(message);
                return Ok(2);
            }
            Err(error) => return Err(error),
        };
        lua.set_top(mark);
        match lua.to_string(piece)? {
            Some(piece) => {
                let piece = lua.str(piece);
                if piece.is_empty() {
                    break;
                }
                lua.reserve_string(source.len() + piece.len())?;
                source.extend_from_slice(piece);
            }
            None if piece.is_nil() => break,
            None => {
                let LuaError::Throw(message) = lua.error("reader function must return a string") else { return Ok(0) };
                lua.push(Value::NIL);
                lua.push(message);
                return Ok(2);
            }
        }
    }
    load_chunk(lua, &source, &name)
}

// Environments.

/// Finds the function that an argument means: itself, or the one at a level.
fn function_of(lua: &mut Lua, args: Args, is_optional: bool) -> Result<Value> {
    let value = lua.arg(args, 1);
    if value.is_function() {
        return Ok(value);
    }
    let level = if is_optional { lua.opt_int(args, 1, 1)? } else { lua.arg_int(args, 1)? } as i32;
    if level < 0 {
        return Err(lua.arg_error(1, "level must be non-negative"));
    }
    if !lua.has_level(level as usize) {
        return Err(lua.arg_error(1, "invalid level"));
    }
    match lua.function_at(level as usize) {
        Some(function) => Ok(function),
        None => Err(lua.error(&format!("no function environment for tail call at level {level}"))),
    }
}

fn getfenv(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let environment = match function_of(lua, args, true)?.view() {
        View::Closure(closure) => TableId(lua.heap.closures[closure.0].environment),
        _ => lua.globals(),
    };
    push(lua, environment)
}

fn setfenv(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let environment = lua.arg_table(args, 2)?;
    let function = function_of(lua, args, false)?;
    let target = lua.arg(args, 1);
    if target.kind() != Type::Function && lua.to_number(target) == Some(0.0) {
        lua.thread.globals = environment;
        return Ok(0);
    }
    match function.view() {
        View::Closure(closure) if closure.0 >= lua.heap.closures.sealed() => {
            lua.heap.closures[closure.0].environment = environment.0;
            push(lua, function)
        }
        _ => Err(lua.error("'setfenv' cannot change environment of given object")),
    }
}
