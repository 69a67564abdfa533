//! Setting strings: SET and its kin.

use super::expire::Ttl;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Str;

const WRITE: Flags = Flags::WRITE.and(Flags::DENYOOM);

pub const COMMANDS: &[Command] = &[
    Command {
        name: "SET",
        syntax: "SET key value [<NX | XX | IFEQ ifeq-value | IFNE ifne-value | IFDEQ ifdeq-digest | \
                 IFDNE ifdne-digest>] [GET] [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | \
                 PXAT unix-time-milliseconds:unix | KEEPTTL>]",
        summary: "Sets the string value of a key, whatever its type was. The key is made if it doesn't exist.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: -3,
        flags: WRITE,
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RW_ACCESS_UPDATE.and(KeyFlags::VARIABLE))]),
        reply: "OK | null; with GET: bulk | null",
        handler: Handler::Now(set),
        history: &[
            ("2.6.12", "Added the `EX`, `PX`, `NX` and `XX` options."),
            ("6.0.0", "Added the `KEEPTTL` option."),
            ("6.2.0", "Added the `GET`, `EXAT` and `PXAT` option."),
            ("7.0.0", "Allowed the `NX` and `GET` options to be used together."),
            ("8.4.0", "Added 'IFEQ', 'IFNE', 'IFDEQ', 'IFDNE' options."),
        ],
        ..Command::DEFAULT
    },
    Command {
        name: "SETEX",
        syntax: "SETEX key seconds:int value",
        summary: "Sets the string value and the expiration time of a key.",
        complexity: "O(1)",
        since: "2.0.0",
        group: Group::String,
        arity: 4,
        flags: WRITE,
        keys: Keys::OVERWRITE,
        reply: "OK",
        handler: Handler::Now(setex),
        deprecated: Some(("2.6.12", "`SET` with the `EX` argument")),
        ..Command::DEFAULT
    },
    Command {
        name: "PSETEX",
        syntax: "PSETEX key milliseconds:int value",
        summary: "Sets the string value of a key and its expiration time in milliseconds.",
        complexity: "O(1)",
        since: "2.6.0",
        group: Group::String,
        arity: 4,
        flags: WRITE,
        keys: Keys::OVERWRITE,
        reply: "OK",
        handler: Handler::Now(psetex),
        deprecated: Some(("2.6.12", "`SET` with the `PX` argument")),
        ..Command::DEFAULT
    },
    Command {
        name: "SETNX",
        syntax: "SETNX key value",
        summary: "Sets the string value of a key only when the key doesn't exist.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::String,
        arity: 3,
        flags: WRITE.and(Flags::FAST),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::OW_INSERT)]),
        reply: "integer",
        handler: Handler::Now(setnx),
        deprecated: Some(("2.6.12", "`SET` with the `NX` argument")),
        ..Command::DEFAULT
    },
    Command {
        name: "MSET",
        syntax: "MSET (key value)...",
        summary: "Sets the string values of one or more keys.",
        complexity: "O(N) where N is the number of keys to set.",
        since: "1.0.1",
        group: Group::String,
        arity: -3,
        flags: WRITE,
        keys: Keys(&[keys::range(1, -1, 2, KeyFlags::OW_UPDATE)]),
        reply: "OK",
        handler: Handler::Now(mset),
        tips: &["request_policy:multi_shard", "response_policy:all_succeeded"],
        ..Command::DEFAULT
    },
    Command {
        name: "MSETNX",
        syntax: "MSETNX (key value)...",
        summary: "Sets the string values of one or more keys only when none of the keys exists.",
        complexity: "O(N) where N is the number of keys to set.",
        since: "1.0.1",
        group: Group::String,
        arity: -3,
        flags: WRITE,
        keys: Keys(&[keys::range(1, -1, 2, KeyFlags::OW_INSERT)]),
        reply: "integer",
        handler: Handler::Now(msetnx),
        ..Command::DEFAULT
    },
];

/// Sets a string, forgets the key's time to live, and says so.
pub(super) fn store(cx: &mut Context, key: &[u8], value: &[u8]) {
    cx.set(key, Str::new(value).into_value());
    cx.event(Class::String, "set", key);
}

/// Sets a string that expires at `at`.
fn store_until(cx: &mut Context, key: &[u8], value: &[u8], at: i64) {
    cx.set_keeping_ttl(key, Str::new(value).into_value());
    cx.db_mut().set_expire(key, Some(at));
    cx.event(Class::String, "set", key);
    cx.event(Class::Generic, "expire", key);
}

/// What SET asks of the key's present state.
#[derive(Clone, Copy, PartialEq)]
enum Condition {
    Nx,
    Xx,
}

fn set(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, value) = (args.key()?, args.bytes()?);
    let (mut condition, mut ttl, mut keep_ttl, mut get) = (None, None, false, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "NX" if condition != Some(Condition::Xx) => condition = Some(Condition::Nx),
            "XX" if condition != Some(Condition::Nx) => condition = Some(Condition::Xx),
            "GET" => get = true,
            "KEEPTTL" if ttl.is_none() => keep_ttl = true,
            name if !keep_ttl && Ttl::read(&mut ttl, name, &mut args)? => {}
            _ => return Err(Error::Syntax),
        }
    }
    let at = ttl.map(|ttl| ttl.deadline(cx.now(), "set")).transpose()?;
    let old = if get { super::string::fetch(cx, key)? } else { Reply::Null };
    let met = match condition {
        None => true,
        Some(Condition::Nx) => !cx.exists(key),
        Some(Condition::Xx) => cx.exists(key),
    };
    if met {
        match at {
            Some(at) => store_until(cx, key, value, at),
            None if keep_ttl => {
                cx.set_keeping_ttl(key, Str::new(value).into_value());
                cx.event(Class::String, "set", key);
            }
            None => store(cx, key, value),
        }
    }
    Ok(if met && !get { Reply::OK } else { old })
}

fn setex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, ttl, value) = (args.key()?, Ttl::seconds(args.bytes()?), args.bytes()?);
    let at = ttl.deadline(cx.now(), "setex")?;
    store_until(cx, key, value, at);
    Ok(Reply::OK)
}

fn psetex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, ttl, value) = (args.key()?, Ttl::milliseconds(args.bytes()?), args.bytes()?);
    let at = ttl.deadline(cx.now(), "psetex")?;
    store_until(cx, key, value, at);
    Ok(Reply::OK)
}

fn setnx(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, value) = (args.key()?, args.bytes()?);
    let absent = !cx.exists(key);
    if absent {
        store(cx, key, value);
    }
    Ok(absent.into())
}

/// Takes pairs of keys and values to the end.
fn pairs<'a>(args: &mut Args<'a>, command: &'static str) -> Result<&'a [[&'a [u8]; 2]]> {
    match args.rest().as_chunks() {
        (pairs, []) => Ok(pairs),
        _ => Err(Error::Arity(command.into())),
    }
}

fn mset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    for [key, value] in pairs(&mut args, "mset")? {
        store(cx, key, value);
    }
    Ok(Reply::OK)
}

fn msetnx(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let pairs = pairs(&mut args, "msetnx")?;
    let absent = pairs.iter().all(|[key, _]| !cx.exists(key));
    if absent {
        for [key, value] in pairs {
            store(cx, key, value);
        }
    }
    Ok(absent.into())
}
