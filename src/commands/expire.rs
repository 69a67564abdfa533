//! Times to live. See <https://redis.io/docs/latest/commands/expire/>.

use crate::dispatch::args::Keyword;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;

/// What the entries of EXPIRE and its three kin share.
const SET_TIME: Command = Command {
    complexity: "O(1)",
    group: Group::Generic,
    arity: -3,
    flags: Flags::WRITE.and(Flags::FAST),
    keys: Keys::UPDATE,
    reply: "integer",
    history: &[("7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`.")],
    ..Command::DEFAULT
};

/// What the entries of TTL and its three kin share.
const GET_TIME: Command = Command {
    complexity: "O(1)",
    group: Group::Generic,
    arity: 2,
    flags: Flags::READONLY.and(Flags::FAST),
    keys: Keys::READ,
    reply: "integer",
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "EXPIRE",
        syntax: "EXPIRE key seconds:int [<NX | XX | GT | LT>]",
        summary: "Sets the expiration time of a key in seconds.",
        since: "1.0.0",
        handler: Handler::Now(expire),
        ..SET_TIME
    },
    Command {
        name: "PEXPIRE",
        syntax: "PEXPIRE key milliseconds:int [<NX | XX | GT | LT>]",
        summary: "Sets the expiration time of a key in milliseconds.",
        since: "2.6.0",
        handler: Handler::Now(pexpire),
        ..SET_TIME
    },
    Command {
        name: "EXPIREAT",
        syntax: "EXPIREAT key unix-time-seconds:unix [<NX | XX | GT | LT>]",
        summary: "Sets the expiration time of a key to a Unix timestamp.",
        since: "1.2.0",
        handler: Handler::Now(expireat),
        ..SET_TIME
    },
    Command {
        name: "PEXPIREAT",
        syntax: "PEXPIREAT key unix-time-milliseconds:unix [<NX | XX | GT | LT>]",
        summary: "Sets the expiration time of a key to a Unix timestamp in milliseconds.",
        since: "2.6.0",
        handler: Handler::Now(pexpireat),
        ..SET_TIME
    },
    Command {
        name: "TTL",
        syntax: "TTL key",
        summary: "Returns the remaining time to live of a key in seconds.",
        since: "1.0.0",
        handler: Handler::Now(ttl),
        history: &[("2.8.0", "Added the -2 reply.")],
        tips: &["nondeterministic_output"],
        ..GET_TIME
    },
    Command {
        name: "PTTL",
        syntax: "PTTL key",
        summary: "Returns the remaining time to live of a key in milliseconds.",
        since: "2.6.0",
        handler: Handler::Now(pttl),
        history: &[("2.8.0", "Added the -2 reply.")],
        tips: &["nondeterministic_output"],
        ..GET_TIME
    },
    Command {
        name: "EXPIRETIME",
        syntax: "EXPIRETIME key",
        summary: "Returns the expiration time of a key as a Unix timestamp.",
        since: "7.0.0",
        handler: Handler::Now(expiretime),
        ..GET_TIME
    },
    Command {
        name: "PEXPIRETIME",
        syntax: "PEXPIRETIME key",
        summary: "Returns the expiration time of a key as a Unix timestamp in milliseconds.",
        since: "7.0.0",
        handler: Handler::Now(pexpiretime),
        ..GET_TIME
    },
    Command {
        name: "PERSIST",
        syntax: "PERSIST key",
        summary: "Removes the expiration time of a key.",
        complexity: "O(1)",
        since: "2.2.0",
        group: Group::Generic,
        arity: 2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer",
        handler: Handler::Now(persist),
        ..Command::DEFAULT
    },
];

/// The unit of a time, and whether it counts from now or from 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Seconds,
    Milliseconds,
    UnixSeconds,
    UnixMilliseconds,
}

impl Unit {
    /// Answers the moment in ms since 1970, `None` if 64 bits do not hold it.
    fn deadline(self, time: i64, now: i64) -> Option<i64> {
        let seconds = matches!(self, Unit::Seconds | Unit::UnixSeconds);
        let time = if seconds { time.checked_mul(1000)? } else { time };
        if matches!(self, Unit::Seconds | Unit::Milliseconds) { time.checked_add(now) } else { Some(time) }
    }
}

/// A time to live as SET, GETEX and their kin are given it. Its number is read only when the whole call has parsed,
/// so that a syntax error comes first.
#[derive(Clone, Copy)]
pub struct Ttl<'a> {
    unit: Unit,
    text: &'a [u8],
}

impl<'a> Ttl<'a> {
    pub fn seconds(text: &'a [u8]) -> Ttl<'a> {
        Ttl { unit: Unit::Seconds, text }
    }

    pub fn milliseconds(text: &'a [u8]) -> Ttl<'a> {
        Ttl { unit: Unit::Milliseconds, text }
    }

    /// Takes the number of an option if `name` is EX, PX, EXAT or PXAT, and tells whether it was. The same option may
    /// come again, and the last counts; two different ones are a syntax error.
    pub fn read(slot: &mut Option<Ttl<'a>>, name: &str, args: &mut Args<'a>) -> Result<bool> {
        let unit = match name {
            "EX" => Unit::Seconds,
            "PX" => Unit::Milliseconds,
            "EXAT" => Unit::UnixSeconds,
            "PXAT" => Unit::UnixMilliseconds,
            _ => return Ok(false),
        };
        if slot.is_some_and(|other| other.unit != unit) {
            return Err(Error::Syntax);
        }
        *slot = Some(Ttl { unit, text: args.bytes()? });
        Ok(true)
    }

    /// Answers the moment in ms since 1970 at which the key expires, or fails with `invalid expire time`.
    pub fn deadline(self, now: i64, command: &'static str) -> Result<i64> {
        let time = parse_int(self.text).ok_or(Error::NotInteger)?;
        let deadline = if time > 0 { self.unit.deadline(time, now) } else { None };
        deadline.ok_or(Error::InvalidExpire(command))
    }
}

fn expire(cx: &mut Context, args: Args) -> Result<Reply> {
    set_time(cx, args, Unit::Seconds, "expire")
}

fn pexpire(cx: &mut Context, args: Args) -> Result<Reply> {
    set_time(cx, args, Unit::Milliseconds, "pexpire")
}

fn expireat(cx: &mut Context, args: Args) -> Result<Reply> {
    set_time(cx, args, Unit::UnixSeconds, "expireat")
}

fn pexpireat(cx: &mut Context, args: Args) -> Result<Reply> {
    set_time(cx, args, Unit::UnixMilliseconds, "pexpireat")
}

fn set_time(cx: &mut Context, mut args: Args, unit: Unit, command: &'static str) -> Result<Reply> {
    let (key, time) = (args.key()?, args.bytes()?);
    let (mut nx, mut xx, mut gt, mut lt) = (false, false, false, false);
    while let Some(word) = args.peek() {
        let option = args.option();
        match option.as_ref().map_or("", Keyword::as_str) {
            "NX" => nx = true,
            "XX" => xx = true,
            "GT" => gt = true,
            "LT" => lt = true,
            _ => return Err(Error::quoting(&[b"ERR Unsupported option ", word])),
        }
    }
    if nx && (xx || gt || lt) {
        return Err(Error::own("NX and XX, GT or LT options at the same time are not compatible"));
    }
    if gt && lt {
        return Err(Error::own("GT and LT options at the same time are not compatible"));
    }
    let time = parse_int(time).ok_or(Error::NotInteger)?;
    let at = unit.deadline(time, cx.now()).ok_or(Error::InvalidExpire(command))?;
    if !cx.exists(key) {
        return Ok(false.into());
    }
    // A key without a time to live never expires: GT never shortens that, LT always does.
    let allowed = match cx.db().expire_at(key) {
        None => !xx && !gt,
        Some(old) => !nx && (!gt || at > old) && (!lt || at < old),
    };
    if !allowed {
        return Ok(false.into());
    }
    if at <= cx.now() {
        cx.delete(key);
        cx.event(Class::Generic, "del", key);
    } else {
        cx.db_mut().set_expire(key, Some(at));
        cx.event(Class::Generic, "expire", key);
    }
    Ok(true.into())
}

/// Answers what `read` makes of the moment at which the key expires; -2 without a key, -1 without a time to live.
fn get_time(cx: &Context, mut args: Args, read: impl Fn(i64) -> i64) -> Result<Reply> {
    let key = args.key()?;
    if cx.glance(key).is_none() {
        return Ok(Reply::Int(-2));
    }
    Ok(cx.db().expire_at(key).map_or(-1, read).into())
}

/// Rounds to whole seconds as TTL does. Time left is not negative, and the sum does not fit 63 bits.
fn to_seconds(ms: i64) -> i64 {
    ((ms.unsigned_abs() + 500) / 1000) as i64
}

fn ttl(cx: &mut Context, args: Args) -> Result<Reply> {
    get_time(cx, args, |at| to_seconds(at.saturating_sub(cx.now())))
}

fn pttl(cx: &mut Context, args: Args) -> Result<Reply> {
    get_time(cx, args, |at| at.saturating_sub(cx.now()))
}

fn expiretime(cx: &mut Context, args: Args) -> Result<Reply> {
    get_time(cx, args, to_seconds)
}

fn pexpiretime(cx: &mut Context, args: Args) -> Result<Reply> {
    get_time(cx, args, |at| at)
}

fn persist(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    cx.purge(key);
    let removed = cx.db_mut().set_expire(key, None).is_some();
    if removed {
        cx.event(Class::Generic, "persist", key);
    }
    Ok(removed.into())
}
