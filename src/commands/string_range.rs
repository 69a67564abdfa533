//! Strings, in parts.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Str;

const GETRANGE: Command = Command {
    name: "GETRANGE",
    syntax: "GETRANGE key start:int end:int",
    summary: "Returns a substring of the string stored at a key.",
    complexity: "O(N) where N is the length of the returned string. The complexity is ultimately determined by the \
                 returned length, but because creating a substring from an existing string is very cheap, it can be \
                 considered O(1) for small strings.",
    since: "2.4.0",
    group: Group::String,
    arity: 4,
    flags: Flags::READONLY,
    keys: Keys::READ,
    reply: "bulk",
    handler: Handler::Now(getrange),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "APPEND",
        syntax: "APPEND key value",
        summary: "Appends a string to the value of a key. The key is made if it doesn't exist.",
        complexity: "O(1). The amortized time complexity is O(1) assuming the appended value is small and the already \
                     present value is of any size, since the dynamic string library used by Redis will double the \
                     free space available on every reallocation.",
        since: "2.0.0",
        group: Group::String,
        arity: 3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(append),
        ..Command::DEFAULT
    },
    GETRANGE,
    Command {
        name: "SUBSTR",
        syntax: "SUBSTR key start:int end:int",
        since: "1.0.0",
        deprecated: Some(("2.0.0", "`GETRANGE`")),
        ..GETRANGE
    },
    Command {
        name: "SETRANGE",
        syntax: "SETRANGE key offset:int value",
        summary: "Overwrites a part of a string value with another by an offset. The key is made if it doesn't exist.",
        complexity: "O(1), not counting the time taken to copy the new string in place. Usually, this string is very \
                     small so the amortized complexity is O(1). Otherwise, complexity is O(M) with M being the length \
                     of the value argument.",
        since: "2.2.0",
        group: Group::String,
        arity: 4,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys::UPDATE,
        reply: "integer",
        handler: Handler::Now(setrange),
        ..Command::DEFAULT
    },
];

/// Answers where a part that is written at `offset` ends, or fails if no string may be as long.
fn end_of(offset: u64, part: &[u8], limit: usize) -> Result<usize> {
    let end = offset.saturating_add(part.len() as u64);
    usize::try_from(end).ok().filter(|&end| end <= limit).ok_or(Error::StringTooLong)
}

/// Writes `part` so that it ends at `end`, with zero bytes before it where there was nothing, and answers the length.
fn write_part(bytes: &mut Vec<u8>, end: usize, part: &[u8]) -> Result<usize> {
    if end > bytes.len() {
        bytes.try_reserve(end - bytes.len()).map_err(|_| Error::OutOfMemory)?;
        bytes.resize(end, 0);
    }
    bytes[end - part.len()..end].copy_from_slice(part);
    Ok(bytes.len())
}

fn append(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, part) = (args.key()?, args.bytes()?);
    let limit = cx.server.config.proto_max_bulk_len;
    let length = match cx.write::<Str>(key)? {
        Some(value) => {
            let end = end_of(value.len() as u64, part, limit)?;
            write_part(value.bytes_mut(), end, part)?
        }
        None => {
            cx.set_keeping_ttl(key, Str::new(part).into_value());
            part.len()
        }
    };
    cx.event(Class::String, "append", key);
    Ok(length.into())
}

fn getrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, start, end) = (args.key()?, args.int()?, args.int()?);
    let Some(value) = cx.read::<Str>(key)? else { return Ok(Reply::bulk(b"")) };
    let bytes = value.bytes();
    Ok(Reply::bulk(slice(&bytes, start, end)))
}

/// Cuts out `start..=end`, negative positions counting from the end and those outside drawn in.
fn slice(bytes: &[u8], start: i64, end: i64) -> &[u8] {
    if start < 0 && end < 0 && start > end {
        return b"";
    }
    let length = bytes.len() as i64;
    let from_end = |at: i64| if at < 0 { at.saturating_add(length).max(0) } else { at };
    let (start, end) = (from_end(start).min(length), from_end(end).saturating_add(1).min(length));
    bytes.get(start as usize..end as usize).unwrap_or_default()
}

fn setrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, offset, part) = (args.key()?, args.int()?, args.bytes()?);
    let offset = u64::try_from(offset).map_err(|_| Error::own("offset is out of range"))?;
    let limit = cx.server.config.proto_max_bulk_len;
    let length = match cx.write::<Str>(key)? {
        Some(value) if part.is_empty() => return Ok(value.len().into()),
        None if part.is_empty() => return Ok(0i64.into()),
        Some(value) => {
            let end = end_of(offset, part, limit)?;
            write_part(value.bytes_mut(), end, part)?
        }
        None => {
            let mut bytes = Vec::new();
            let length = write_part(&mut bytes, end_of(offset, part, limit)?, part)?;
            cx.set_keeping_ttl(key, Str::raw(bytes).into_value());
            length
        }
    };
    cx.event(Class::String, "setrange", key);
    Ok(length.into())
}
