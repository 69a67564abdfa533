//! Strings as numbers.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::{LongDouble, Str};

const FLAGS: Flags = Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST);

pub const COMMANDS: &[Command] = &[
    Command {
        name: "INCR",
        syntax: "INCR key",
        summary: "Increments the integer value of a key by one. A missing key counts as 0.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: 2,
        flags: FLAGS,
        keys: Keys::ACCESS_UPDATE,
        reply: "integer",
        handler: Handler::Now(incr),
        ..Command::DEFAULT
    },
    Command {
        name: "DECR",
        syntax: "DECR key",
        summary: "Decrements the integer value of a key by one. A missing key counts as 0.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: 2,
        flags: FLAGS,
        keys: Keys::ACCESS_UPDATE,
        reply: "integer",
        handler: Handler::Now(decr),
        ..Command::DEFAULT
    },
    Command {
        name: "INCRBY",
        syntax: "INCRBY key increment:int",
        summary: "Increments the integer value of a key by a number. A missing key counts as 0.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: 3,
        flags: FLAGS,
        keys: Keys::ACCESS_UPDATE,
        reply: "integer",
        handler: Handler::Now(incrby),
        ..Command::DEFAULT
    },
    Command {
        name: "DECRBY",
        syntax: "DECRBY key decrement:int",
        summary: "Decrements the integer value of a key by a number. A missing key counts as 0.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: 3,
        flags: FLAGS,
        keys: Keys::ACCESS_UPDATE,
        reply: "integer",
        handler: Handler::Now(decrby),
        ..Command::DEFAULT
    },
    Command {
        name: "INCRBYFLOAT",
        syntax: "INCRBYFLOAT key increment:double",
        summary: "Increments the floating point value of a key by a number. A missing key counts as 0.",
        complexity: "O(1)",
        since: "2.6.0",
        group: Group::String,
        arity: 3,
        flags: FLAGS,
        keys: Keys::ACCESS_UPDATE,
        reply: "bulk",
        handler: Handler::Now(incrbyfloat),
        ..Command::DEFAULT
    },
];

/// Adds to the integer of a key, which is 0 if there is none.
fn add(cx: &mut Context, key: &[u8], increment: i64) -> Result<Reply> {
    let sum = match cx.write::<Str>(key)? {
        Some(value) => {
            let old = value.int().ok_or(Error::NotInteger)?;
            let sum = old.checked_add(increment).ok_or(Error::Overflow)?;
            *value = sum.into();
            sum
        }
        None => {
            cx.set_keeping_ttl(key, Str::from(increment).into_value());
            increment
        }
    };
    cx.event(Class::String, "incrby", key);
    Ok(sum.into())
}

fn incr(cx: &mut Context, mut args: Args) -> Result<Reply> {
    add(cx, args.key()?, 1)
}

fn decr(cx: &mut Context, mut args: Args) -> Result<Reply> {
    add(cx, args.key()?, -1)
}

fn incrby(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, increment) = (args.key()?, args.int()?);
    add(cx, key, increment)
}

fn decrby(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, decrement) = (args.key()?, args.int()?);
    let increment = decrement.checked_neg().ok_or(Error::own("decrement would overflow"))?;
    add(cx, key, increment)
}

fn incrbyfloat(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, increment) = (args.key()?, args.bytes()?);
    // As in Redis, the key's number is read before the increment.
    let old = match cx.read::<Str>(key)? {
        Some(value) => LongDouble::parse(&value.bytes()).ok_or(Error::NotFloat)?,
        None => LongDouble::ZERO,
    };
    let increment = LongDouble::parse(increment).ok_or(Error::NotFloat)?;
    let sum = old.checked_add(increment).ok_or(Error::own("increment would produce NaN or Infinity"))?;
    let text = sum.format();
    cx.set_keeping_ttl(key, Str::text(&text).into_value());
    cx.event(Class::String, "incrbyfloat", key);
    Ok(text.into())
}
