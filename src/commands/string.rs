//! Strings, as wholes. See <https://redis.io/docs/latest/commands/?group=string>.

use super::expire::Ttl;
use super::string_set::{Comparison, store};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Str;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "GET",
        syntax: "GET key",
        summary: "Returns the string value of a key.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "bulk | null",
        handler: Handler::Now(get),
        ..Command::DEFAULT
    },
    Command {
        name: "GETDEL",
        syntax: "GETDEL key",
        summary: "Returns the string value of a key after deleting the key.",
        complexity: "O(1)",
        since: "6.2.0",
        group: Group::String,
        arity: 2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_DELETE,
        reply: "bulk | null",
        handler: Handler::Now(getdel),
        ..Command::DEFAULT
    },
    Command {
        name: "GETEX",
        syntax: "GETEX key [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | \
                 PXAT unix-time-milliseconds:unix | PERSIST>]",
        summary: "Returns the string value of a key after setting its expiration time.",
        complexity: "O(1)",
        since: "6.2.0",
        group: Group::String,
        arity: -2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_UPDATE,
        reply: "bulk | null",
        handler: Handler::Now(getex),
        ..Command::DEFAULT
    },
    Command {
        name: "GETSET",
        syntax: "GETSET key value",
        summary: "Returns the previous string value of a key after setting it to a new value.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: 3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::ACCESS_UPDATE,
        reply: "bulk | null",
        handler: Handler::Now(getset),
        deprecated: Some(("6.2.0", "`SET` with the `!GET` argument")),
        ..Command::DEFAULT
    },
    Command {
        name: "MGET",
        syntax: "MGET key...",
        summary: "Returns the string values of one or more keys.",
        complexity: "O(N) where N is the number of keys to retrieve.",
        since: "1.0.0",
        group: Group::String,
        arity: -2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys(&[keys::range(1, -1, 1, KeyFlags::RO_ACCESS)]),
        reply: "(bulk | null)[]",
        handler: Handler::Now(mget),
        tips: &["request_policy:multi_shard"],
        ..Command::DEFAULT
    },
    Command {
        name: "STRLEN",
        syntax: "STRLEN key",
        summary: "Returns the length of a string value.",
        complexity: "O(1)",
        since: "2.2.0",
        group: Group::String,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(strlen),
        ..Command::DEFAULT
    },
    Command {
        name: "DIGEST",
        syntax: "DIGEST key",
        summary: "Returns the XXH3 hash of a string value.",
        complexity: "O(N) where N is the length of the string value.",
        since: "8.4.0",
        group: Group::String,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "bulk | null",
        handler: Handler::Now(digest),
        ..Command::DEFAULT
    },
    Command {
        name: "DELEX",
        syntax: "DELEX key [<IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | IFDNE ifdne-digest>]",
        summary: "Deletes a key if its string value, or the digest of it, compares as asked.",
        complexity: "O(1) for IFEQ/IFNE, O(N) for IFDEQ/IFDNE where N is the length of the string value.",
        since: "8.4.0",
        group: Group::String,
        arity: -2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RW_DELETE.and(KeyFlags::VARIABLE))]),
        reply: "integer",
        handler: Handler::Now(delex),
        ..Command::DEFAULT
    },
];

/// Answers the string of a key, or null.
pub(super) fn fetch(cx: &Context, key: &[u8]) -> Result<Reply> {
    match cx.read::<Str>(key)? {
        Some(value) => Ok(Reply::Bulk(value.to_bytes())),
        None => Ok(Reply::Null),
    }
}

fn get(cx: &mut Context, mut args: Args) -> Result<Reply> {
    fetch(cx, args.key()?)
}

fn getdel(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let old = fetch(cx, key)?;
    if cx.delete(key) {
        cx.event(Class::Generic, "del", key);
    }
    Ok(old)
}

fn getex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (mut ttl, mut persist) = (None, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "PERSIST" if ttl.is_none() => persist = true,
            name if !persist && Ttl::read(&mut ttl, name, &mut args)? => {}
            _ => return Err(Error::Syntax),
        }
    }
    let value = fetch(cx, key)?;
    if value == Reply::Null {
        return Ok(value);
    }
    if let Some(ttl) = ttl {
        let at = ttl.deadline(cx.now(), "getex")?;
        if at <= cx.now() {
            cx.delete(key);
            cx.event(Class::Generic, "del", key);
        } else {
            cx.db_mut().set_expire(key, Some(at));
            cx.event(Class::Generic, "expire", key);
        }
    } else if persist && cx.db_mut().set_expire(key, None).is_some() {
        cx.event(Class::Generic, "persist", key);
    }
    Ok(value)
}

fn getset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, value) = (args.key()?, args.bytes()?);
    let old = fetch(cx, key)?;
    store(cx, key, value);
    Ok(old)
}

fn mget(cx: &mut Context, mut args: Args) -> Result<Reply> {
    // A key of another type answers null here, as Redis has it.
    Ok(args.rest().iter().map(|key| fetch(cx, key).unwrap_or(Reply::Null)).collect())
}

fn strlen(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(cx.read::<Str>(args.key()?)?.map_or(0, Str::len).into())
}

fn digest(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(cx.read::<Str>(args.key()?)?.map(Str::digest).into())
}

fn delex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    if !matches!(args.len(), 0 | 2) {
        return Err(Error::Arity("delex".into()));
    }
    // As in Redis, the condition is read only when there is a value to compare.
    let met = match args.option() {
        None => true,
        Some(option) => {
            let Some(value) = cx.value(key) else { return Ok(false.into()) };
            let value = Str::of(value);
            let value = value.ok_or(Error::own("Key should be of string type if conditions are specified"))?;
            let comparison = Comparison::named(option.as_str(), args.bytes()?);
            comparison.ok_or(Error::own("Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE"))?.holds(value)?
        }
    };
    let deleted = met && cx.delete(key);
    if deleted {
        cx.event(Class::Generic, "del", key);
    }
    Ok(deleted.into())
}
