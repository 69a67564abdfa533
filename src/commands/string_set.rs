//! Setting strings: SET and its kin.

use super::expire::Ttl;
use crate::dispatch::keys::{self, Begin, Find, KeySpec};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::Str;
use std::mem::discriminant;

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
    Command {
        name: "MSETEX",
        syntax: "MSETEX numkeys:int (key value)... [<NX | XX>] [<EX seconds:int | PX milliseconds:int | \
                 EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | KEEPTTL>]",
        summary: "Sets the string values of one or more keys and one expiration time for all of them.",
        complexity: "O(N) where N is the number of keys to set.",
        since: "8.4.0",
        group: Group::String,
        arity: -4,
        flags: WRITE.and(Flags::MOVABLEKEYS),
        keys: Keys(&[KeySpec {
            begin: Begin::Index(1),
            find: Find::Numkeys { at: 0, first: 1, step: 2 },
            flags: KeyFlags::OW_UPDATE,
        }]),
        reply: "integer",
        handler: Handler::Now(msetex),
        tips: &["request_policy:multi_shard", "response_policy:all_succeeded"],
        ..Command::DEFAULT
    },
];

/// Sets a string, forgets the key's time to live, and says so.
pub(super) fn store(cx: &mut Context, key: &[u8], value: &[u8]) {
    cx.set_string(key, value);
    cx.event(Class::String, "set", key);
}

/// Sets a string and leaves the key's time to live as it is.
fn store_keeping_ttl(cx: &mut Context, key: &[u8], value: &[u8]) {
    cx.set_string_keeping_ttl(key, value);
    cx.event(Class::String, "set", key);
}

/// Sets a string that expires at `at`.
fn store_until(cx: &mut Context, key: &[u8], value: &[u8], at: i64) {
    store_keeping_ttl(cx, key, value);
    cx.db_mut().set_expire(key, Some(at));
    cx.event(Class::Generic, "expire", key);
}

/// What is asked of a key's value before the key is set or deleted.
#[derive(Clone, Copy)]
pub(super) enum Comparison<'a> {
    Equal(&'a [u8]),
    NotEqual(&'a [u8]),
    DigestEqual(&'a [u8]),
    DigestNotEqual(&'a [u8]),
}

impl<'a> Comparison<'a> {
    /// Makes the comparison that an option's name stands for, with the option's argument.
    pub(super) fn named(name: &str, with: &'a [u8]) -> Option<Comparison<'a>> {
        Some(match name {
            "IFEQ" => Comparison::Equal(with),
            "IFNE" => Comparison::NotEqual(with),
            "IFDEQ" => Comparison::DigestEqual(with),
            "IFDNE" => Comparison::DigestNotEqual(with),
            _ => return None,
        })
    }

    /// Tells whether a string meets the comparison, or fails if what should be a digest is none.
    pub(super) fn holds(self, value: &Str) -> Result<bool> {
        Ok(match self {
            Comparison::Equal(with) => *value.bytes() == *with,
            Comparison::NotEqual(with) => *value.bytes() != *with,
            Comparison::DigestEqual(digest) => same_digest(value, digest)?,
            Comparison::DigestNotEqual(digest) => !same_digest(value, digest)?,
        })
    }

    /// Tells whether a key that does not exist meets the comparison.
    fn holds_for_none(self) -> bool {
        matches!(self, Comparison::NotEqual(_) | Comparison::DigestNotEqual(_))
    }
}

fn same_digest(value: &Str, digest: &[u8]) -> Result<bool> {
    if digest.len() != 16 {
        return Err(Error::own("must be exactly 16 hexadecimal characters"));
    }
    Ok(value.digest().as_bytes().eq_ignore_ascii_case(digest))
}

/// What SET asks of a key's present state.
#[derive(Clone, Copy)]
enum Condition<'a> {
    Nx,
    Xx,
    If(Comparison<'a>),
}

impl<'a> Condition<'a> {
    /// Takes an option that is a condition, and tells whether it was one. The same may come again, and the last
    /// counts; two different ones are a syntax error.
    fn read(slot: &mut Option<Condition<'a>>, name: &str, args: &mut Args<'a>) -> Result<bool> {
        let condition = match name {
            "NX" => Condition::Nx,
            "XX" => Condition::Xx,
            "IFEQ" | "IFNE" | "IFDEQ" | "IFDNE" => match Comparison::named(name, args.bytes()?) {
                Some(comparison) => Condition::If(comparison),
                None => return Ok(false),
            },
            _ => return Ok(false),
        };
        let same = |other: Condition| match (other, condition) {
            (Condition::If(one), Condition::If(two)) => discriminant(&one) == discriminant(&two),
            _ => discriminant(&other) == discriminant(&condition),
        };
        if !slot.is_none_or(same) {
            return Err(Error::Syntax);
        }
        *slot = Some(condition);
        Ok(true)
    }

    fn holds(self, cx: &Context, key: &[u8]) -> Result<bool> {
        match self {
            Condition::Nx => Ok(!cx.exists(key)),
            Condition::Xx => Ok(cx.exists(key)),
            // What need not be there is not missed.
            Condition::If(comparison) if comparison.holds_for_none() && !cx.exists(key) => Ok(true),
            Condition::If(comparison) => match cx.read::<Str>(key)? {
                Some(value) => comparison.holds(value),
                None => Ok(comparison.holds_for_none()),
            },
        }
    }
}

fn set(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, value) = (args.key()?, args.bytes()?);
    let (mut condition, mut ttl, mut keep_ttl, mut get) = (None, None, false, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "GET" => get = true,
            "KEEPTTL" if ttl.is_none() => keep_ttl = true,
            name if Condition::read(&mut condition, name, &mut args)? => {}
            name if !keep_ttl && Ttl::read(&mut ttl, name, &mut args)? => {}
            _ => return Err(Error::Syntax),
        }
    }
    let at = ttl.map(|ttl| ttl.deadline(cx.now(), "set")).transpose()?;
    let old = if get { super::string::fetch(cx, key)? } else { Reply::Null };
    let met = match condition {
        Some(condition) => condition.holds(cx, key)?,
        None => true,
    };
    if met {
        match at {
            None if keep_ttl => store_keeping_ttl(cx, key, value),
            None => store(cx, key, value),
            Some(at) if at > cx.now() => store_until(cx, key, value, at),
            // It would be gone at once, and so would what it replaced.
            Some(_) => {
                if cx.delete(key) {
                    cx.event(Class::Generic, "del", key);
                }
            }
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

fn msetex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let numkeys = args.int_within(1..=i64::from(i32::MAX), "invalid numkeys value")? as usize;
    let words = numkeys.checked_mul(2).and_then(|words| args.take(words).ok());
    let (pairs, _) = words.ok_or(Error::own("wrong number of key-value pairs"))?.as_chunks::<2>();
    let (mut condition, mut ttl, mut keep_ttl) = (None, None, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "KEEPTTL" if ttl.is_none() => keep_ttl = true,
            name @ ("NX" | "XX") if Condition::read(&mut condition, name, &mut args)? => {}
            name if !keep_ttl && Ttl::read(&mut ttl, name, &mut args)? => {}
            _ => return Err(Error::Syntax),
        }
    }
    let at = ttl.map(|ttl| ttl.deadline(cx.now(), "msetex")).transpose()?;
    if let Some(condition) = condition {
        for [key, _] in pairs {
            if !condition.holds(cx, key)? {
                return Ok(false.into());
            }
        }
    }
    for [key, value] in pairs {
        match at {
            None if keep_ttl => store_keeping_ttl(cx, key, value),
            None => store(cx, key, value),
            // Here Redis tells of the time before it tells of the value.
            Some(at) => {
                cx.set_string_keeping_ttl(key, value);
                cx.db_mut().set_expire(key, Some(at));
                cx.event(Class::Generic, "expire", key);
                cx.event(Class::String, "set", key);
            }
        }
    }
    Ok(true.into())
}
