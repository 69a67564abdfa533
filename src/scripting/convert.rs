//! Replies become Lua values and Lua values become replies.
//! See <https://redis.io/docs/latest/develop/programmability/lua-api/#data-type-conversion>.

use crate::lua::{Lua, Result, TableId, Value, View};
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Listing, Reply, until_zero};
use crate::structures::Bytes;
use crate::structures::number::format_double;

/// The field of an error's table that says that the error was counted where it arose.
const COUNTED: &str = "ignore_error_stats_update";

/// Tells whether an error's table says that the error was counted where it arose.
pub fn is_counted(lua: &Lua, table: TableId) -> bool {
    lua.raw_get_name(table, COUNTED) == Value::TRUE
}

/// How deep a script's answer may nest.
const MAX_DEPTH: usize = 1000;

/// Makes the Lua value of a reply, shaped for the protocol that the script chose.
///
/// The tables of maps and sets grow item by item, as in Redis: what `pairs` shows first depends on it.
pub fn to_lua(lua: &mut Lua, reply: &Reply, protocol: Protocol) -> Result<Value> {
    let resp3 = protocol == Protocol::Resp3;
    Ok(match reply {
        Reply::Int(value) => Value::number(*value as f64),
        Reply::Bulk(bytes) => lua.string(bytes)?,
        Reply::Status(text) => {
            let text = lua.string(text)?;
            field(lua, "ok", text)?
        }
        Reply::Error(error) => {
            let line = lua.string(&error.line())?;
            let table = lua.table(0, 2)?;
            lua.push(table.into());
            lua.raw_set_name(table, "err", line)?;
            lua.raw_set_name(table, COUNTED, Value::TRUE)?;
            lua.pop()
        }
        Reply::Null | Reply::NullArray if resp3 => Value::NIL,
        Reply::Null | Reply::NullArray => Value::FALSE,
        Reply::Array(items) | Reply::Push(items) | Reply::Sequence(items) => list(lua, items, protocol)?,
        Reply::Strings(Listing::Set, members) if resp3 => {
            let set = lua.table(0, 0)?;
            lua.push(set.into());
            for member in members.iter() {
                let member = lua.string(member)?;
                lua.raw_set(set, member, Value::TRUE)?;
            }
            let set = lua.pop();
            field(lua, "set", set)?
        }
        Reply::Strings(Listing::Map, pairs) if resp3 => {
            let map = lua.table(0, 0)?;
            lua.push(map.into());
            let mut texts = pairs.iter();
            while let (Some(key), Some(value)) = (texts.next(), texts.next()) {
                let key = lua.string(key)?;
                lua.push(key);
                let value = lua.string(value)?;
                lua.pop();
                lua.raw_set(map, key, value)?;
            }
            let map = lua.pop();
            field(lua, "map", map)?
        }
        Reply::Strings(_, strings) => {
            let table = lua.table(strings.len(), 0)?;
            lua.push(table.into());
            for (at, text) in strings.iter().enumerate() {
                let text = lua.string(text)?;
                lua.raw_set_int(table, at as i64 + 1, text)?;
            }
            lua.pop()
        }
        Reply::Set(items) if !resp3 => list(lua, items, protocol)?,
        Reply::Set(items) => {
            let set = lua.table(0, 0)?;
            lua.push(set.into());
            for item in items {
                let item = to_lua(lua, item, protocol)?;
                lua.raw_set(set, item, Value::TRUE)?;
            }
            let set = lua.pop();
            field(lua, "set", set)?
        }
        Reply::Map(pairs) if !resp3 => {
            let table = lua.table(pairs.len() * 2, 0)?;
            lua.push(table.into());
            for (at, (key, value)) in pairs.iter().enumerate() {
                let key = to_lua(lua, key, protocol)?;
                lua.raw_set_int(table, at as i64 * 2 + 1, key)?;
                let value = to_lua(lua, value, protocol)?;
                lua.raw_set_int(table, at as i64 * 2 + 2, value)?;
            }
            lua.pop()
        }
        Reply::Map(pairs) => {
            let map = lua.table(0, 0)?;
            lua.push(map.into());
            for (key, value) in pairs {
                let key = to_lua(lua, key, protocol)?;
                lua.push(key);
                let value = to_lua(lua, value, protocol)?;
                lua.pop();
                lua.raw_set(map, key, value)?;
            }
            let map = lua.pop();
            field(lua, "map", map)?
        }
        Reply::Double(value) if resp3 => field(lua, "double", Value::number(*value))?,
        Reply::Double(value) => lua.string(&format_double(*value))?,
        Reply::Bool(value) if resp3 => Value::boolean(*value),
        Reply::Bool(value) => Value::number(f64::from(u8::from(*value))),
        Reply::BigNumber(digits) if resp3 => {
            let digits = lua.string(digits)?;
            field(lua, "big_number", digits)?
        }
        Reply::BigNumber(digits) => lua.string(digits)?,
        Reply::Verbatim(format, text) if resp3 => {
            let table = lua.table(0, 2)?;
            lua.push(table.into());
            let format = lua.string(format)?;
            lua.raw_set_name(table, "format", format)?;
            let text = lua.string(text)?;
            lua.raw_set_name(table, "string", text)?;
            let table = lua.pop();
            field(lua, "verbatim_string", table)?
        }
        Reply::Verbatim(_, text) => lua.string(text)?,
        Reply::Attribute(_, reply) => to_lua(lua, reply, protocol)?,
    })
}

fn field(lua: &mut Lua, name: &str, value: Value) -> Result<Value> {
    let table = lua.table(0, 1)?;
    lua.raw_set_name(table, name, value)?;
    Ok(table.into())
}

fn list(lua: &mut Lua, items: &[Reply], protocol: Protocol) -> Result<Value> {
    let table = lua.table(items.len(), 0)?;
    lua.push(table.into());
    for (at, item) in items.iter().enumerate() {
        let item = to_lua(lua, item, protocol)?;
        lua.raw_set_int(table, at as i64 + 1, item)?;
    }
    Ok(lua.pop())
}

/// Makes the reply of a script's answer; `protocol` is the one that the script chose. A table that is in it again and
/// again is answered as often: that takes fuel, and no more bytes than a script may have.
pub fn to_reply(lua: &mut Lua, value: Value, protocol: Protocol) -> Result<Reply> {
    let mut room = lua.limits().memory;
    answer(lua, value, protocol, &mut room, 0)
}

/// Takes bytes of what is left for a reply.
fn take(lua: &Lua, room: &mut usize, bytes: usize) -> Result<()> {
    *room = room.checked_sub(bytes).ok_or_else(|| lua.out_of_memory())?;
    Ok(())
}

fn answer(lua: &mut Lua, value: Value, protocol: Protocol, room: &mut usize, depth: usize) -> Result<Reply> {
    if depth > MAX_DEPTH {
        return Ok(Error::own("reached lua stack limit").into());
    }
    lua.spend(1)?;
    take(lua, room, size_of::<Reply>())?;
    Ok(match value.view() {
        View::String(text) => {
            take(lua, room, lua.str(text).len())?;
            Reply::Bulk(lua.str(text).into())
        }
        View::Number(number) => Reply::Int(truncate(number)),
        View::Boolean(value) if protocol == Protocol::Resp3 => Reply::Bool(value),
        View::Boolean(true) => Reply::Int(1),
        View::Table(table) => return table_answer(lua, table, protocol, room, depth),
        _ => Reply::Null,
    })
}

/// Drops the fraction; what no 64-bit integer holds becomes the least one, as the conversion does on Redis's machines.
fn truncate(number: f64) -> i64 {
    const END: f64 = 9_223_372_036_854_775_808.0;
    if (-END..END).contains(&number) { number as i64 } else { i64::MIN }
}

/// Puts a blank for each end of line.
fn one_line(text: &[u8]) -> Vec<u8> {
    text.iter().map(|&byte| if matches!(byte, b'\r' | b'\n') { b' ' } else { byte }).collect()
}

/// Makes the reply of a table: what its one telling field says, or an array up to the first nil.
fn table_answer(lua: &mut Lua, table: TableId, protocol: Protocol, room: &mut usize, depth: usize) -> Result<Reply> {
    if lua.is_list(table) {
        return list_answer(lua, table, protocol, room, depth);
    }
    let text = |lua: &Lua, value: Value| lua.as_bytes(value).map(<[u8]>::to_vec);
    let named = |lua: &Lua, name| lua.raw_get_name(table, name);
    if let Some(line) = text(lua, named(lua, "err")) {
        let line = until_zero(&line).to_vec();
        let error = if is_counted(lua, table) { Error::Passed(line) } else { Error::Raw(line) };
        return Ok(error.into());
    }
    if let Some(status) = text(lua, named(lua, "ok")) {
        return Ok(Reply::Status(one_line(until_zero(&status)).into()));
    }
    if let Some(number) = named(lua, "double").as_number() {
        return Ok(Reply::Double(number));
    }
    if let Some(map) = named(lua, "map").as_table() {
        let entries = entries_of(lua, map, room)?;
        let mut pairs = Vec::new();
        for (key, value) in entries {
            pairs.push((answer(lua, key, protocol, room, depth + 1)?, answer(lua, value, protocol, room, depth + 1)?));
        }
        return Ok(Reply::Map(pairs));
    }
    if let Some(set) = named(lua, "set").as_table() {
        let entries = entries_of(lua, set, room)?;
        let members: Result<Vec<Reply>> =
            entries.into_iter().map(|(key, _)| answer(lua, key, protocol, room, depth + 1)).collect();
        return Ok(Reply::Set(members?));
    }
    if let Some(digits) = text(lua, named(lua, "big_number")) {
        return Ok(Reply::BigNumber(one_line(&digits).into()));
    }
    if let Some(verbatim) = named(lua, "verbatim_string").as_table()
        && let Some(string) = text(lua, lua.raw_get_name(verbatim, "string"))
        && let Some(format) = text(lua, lua.raw_get_name(verbatim, "format"))
    {
        let format = std::array::from_fn(|at| format.get(at).copied().unwrap_or(b' '));
        return Ok(Reply::Verbatim(format, Bytes::from(string)));
    }
    list_answer(lua, table, protocol, room, depth)
}

/// Copies the entries of a table.
fn entries_of(lua: &Lua, table: TableId, room: &mut usize) -> Result<Vec<(Value, Value)>> {
    take(lua, room, lua.entries(table).count() * size_of::<(Value, Value)>())?;
    Ok(lua.entries(table).collect())
}

/// Makes the array of a table up to the first nil.
fn list_answer(lua: &mut Lua, table: TableId, protocol: Protocol, room: &mut usize, depth: usize) -> Result<Reply> {
    let mut items = Vec::new();
    for at in 1.. {
        let item = lua.raw_get_int(table, at);
        if item.is_nil() {
            break;
        }
        items.push(answer(lua, item, protocol, room, depth + 1)?);
    }
    Ok(Reply::Array(items))
}
