//! Strings as numbers.

use super::expire::Ttl;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::{parse_double, parse_int};
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
    Command {
        name: "INCREX",
        syntax: "INCREX key [<BYFLOAT float:double | BYINT integer:int>] [SATURATE] [LBOUND lowerbound] \
                 [UBOUND upperbound] [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | \
                 PXAT unix-time-milliseconds:unix | PERSIST>] [ENX]",
        summary: "Increments the number of a key within bounds and sets its expiration time. A missing key counts as 0.",
        complexity: "O(1)",
        since: "8.8.0",
        group: Group::String,
        arity: -2,
        flags: FLAGS,
        keys: Keys::ACCESS_UPDATE,
        reply: "integer[]; with BYFLOAT: double[]",
        handler: Handler::Now(increx),
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
    let old = match cx.look::<Str>(key)? {
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

/// What INCREX counts in: 64-bit integers, or numbers as INCRBYFLOAT has them.
trait Number: Copy + PartialOrd {
    const ZERO: Self;
    const LIMITS: [Self; 2];
    const EVENT: &'static str;
    /// The end of the sentence about a text that is none.
    const NOT_ONE: &'static str;
    /// The sentence about a difference that has no number.
    const TOO_FAR: &'static str;
    fn parse(text: &[u8]) -> Option<Self>;
    /// Reads the value of a key.
    fn of(value: &Str) -> Result<Self>;
    fn sum(self, other: Self) -> Option<Self>;
    fn difference(self, other: Self) -> Option<Self>;
    fn to_str(self) -> Str;
    fn to_reply(self, protocol: Protocol) -> Reply;
}

impl Number for i64 {
    const ZERO: i64 = 0;
    const LIMITS: [i64; 2] = [i64::MIN, i64::MAX];
    const EVENT: &'static str = "incrby";
    const NOT_ONE: &'static str = "is not an integer or out of range";
    const TOO_FAR: &'static str = "applied increment would overflow";

    fn parse(text: &[u8]) -> Option<i64> {
        parse_int(text)
    }

    fn of(value: &Str) -> Result<i64> {
        value.int().ok_or(Error::NotInteger)
    }

    fn sum(self, other: i64) -> Option<i64> {
        self.checked_add(other)
    }

    fn difference(self, other: i64) -> Option<i64> {
        self.checked_sub(other)
    }

    fn to_str(self) -> Str {
        self.into()
    }

    fn to_reply(self, _: Protocol) -> Reply {
        self.into()
    }
}

impl Number for LongDouble {
    const ZERO: LongDouble = LongDouble::ZERO;
    const LIMITS: [LongDouble; 2] = [LongDouble::MIN, LongDouble::MAX];
    const EVENT: &'static str = "incrbyfloat";
    const NOT_ONE: &'static str = "is not a valid float";
    const TOO_FAR: &'static str = "applied increment would be Infinity";

    fn parse(text: &[u8]) -> Option<LongDouble> {
        LongDouble::parse(text)
    }

    fn of(value: &Str) -> Result<LongDouble> {
        let number = LongDouble::parse(&value.bytes()).ok_or(Error::NotFloat)?;
        if number.is_finite() { Ok(number) } else { Err(Error::own("value cannot be Infinity")) }
    }

    fn sum(self, other: LongDouble) -> Option<LongDouble> {
        self.checked_add(other)
    }

    fn difference(self, other: LongDouble) -> Option<LongDouble> {
        self.checked_add(-other)
    }

    fn to_str(self) -> Str {
        Str::text(&self.format())
    }

    fn to_reply(self, protocol: Protocol) -> Reply {
        match protocol {
            Protocol::Resp2 => self.format().into(),
            // Seventeen places after the point, as in RESP2; what they do not show is no part of the reply.
            Protocol::Resp3 => parse_double(&self.format()).unwrap_or(self.to_f64()).into(),
        }
    }
}

/// The options of INCREX. Bounds are read when the kind of number is known.
#[derive(Default)]
struct Increx<'a> {
    saturate: bool,
    lower: Option<&'a [u8]>,
    upper: Option<&'a [u8]>,
    ttl: Option<Ttl<'a>>,
    persist: bool,
    /// Set the time to live only if there is none.
    enx: bool,
}

fn increx(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let mut options = Increx::default();
    let (mut by_int, mut by_float) = (None, None);
    while let Some(option) = args.option() {
        match option.as_str() {
            "BYINT" if by_int.is_none() && by_float.is_none() => by_int = Some(number("Increment", args.bytes()?)?),
            "BYFLOAT" if by_int.is_none() && by_float.is_none() => {
                let increment: LongDouble = number("Increment", args.bytes()?)?;
                if !increment.is_finite() {
                    return Err(Error::own("BYFLOAT increment cannot be Infinity"));
                }
                by_float = Some(increment);
            }
            "SATURATE" if !options.saturate => options.saturate = true,
            "LBOUND" if options.lower.is_none() => options.lower = Some(args.bytes()?),
            "UBOUND" if options.upper.is_none() => options.upper = Some(args.bytes()?),
            "PERSIST" if !options.persist && !options.enx && options.ttl.is_none() => options.persist = true,
            "ENX" if !options.persist && !options.enx => options.enx = true,
            name if !options.persist && options.ttl.is_none() && Ttl::read(&mut options.ttl, name, &mut args)? => {}
            _ => return Err(Error::Syntax),
        }
    }
    match by_float {
        Some(increment) => increase(cx, key, increment, options),
        None => increase(cx, key, by_int.unwrap_or(1i64), options),
    }
}

/// Reads a number, or fails with a sentence about `what` should have been one.
fn number<N: Number>(what: &str, text: &[u8]) -> Result<N> {
    N::parse(text).ok_or_else(|| Error::telling(format_args!("{what} {}", N::NOT_ONE)))
}

fn increase<N: Number>(cx: &mut Context, key: &[u8], increment: N, options: Increx) -> Result<Reply> {
    let lower = options.lower.map_or(Ok(N::LIMITS[0]), |text| number("LBOUND", text))?;
    let upper = options.upper.map_or(Ok(N::LIMITS[1]), |text| number("UBOUND", text))?;
    if lower > upper {
        return Err(Error::own("LBOUND can't be greater than UBOUND"));
    }
    if options.enx && options.ttl.is_none() {
        return Err(Error::own("ENX flag requires an expiration"));
    }
    let at = options.ttl.map(|ttl| ttl.deadline(cx.now(), "increx")).transpose()?;
    let old = cx.look::<Str>(key)?.map_or(Ok(N::ZERO), N::of)?;
    let protocol = cx.session.protocol;
    let answer = |new: N, applied: N| Ok(Reply::Array(vec![new.to_reply(protocol), applied.to_reply(protocol)]));
    let new = match old.sum(increment) {
        Some(sum) if sum >= lower && sum <= upper => sum,
        _ if !options.saturate => return answer(old, N::ZERO),
        Some(sum) if sum < lower => lower,
        None if increment < N::ZERO => lower,
        _ => upper,
    };
    let applied = new.difference(old).ok_or(Error::own(N::TOO_FAR))?;
    if at.is_some_and(|at| at <= cx.now()) && !(options.enx && cx.db().expire_at(key).is_some()) {
        if cx.delete(key) {
            cx.event(Class::Generic, "del", key);
        }
        return answer(new, applied);
    }
    cx.set_keeping_ttl(key, new.to_str().into_value());
    cx.event(Class::String, N::EVENT, key);
    let had = cx.db().expire_at(key).is_some();
    if at.is_some() && !(options.enx && had) {
        cx.db_mut().set_expire(key, at);
        cx.event(Class::Generic, "expire", key);
    } else if options.persist && had {
        cx.db_mut().set_expire(key, None);
        cx.event(Class::Generic, "persist", key);
    }
    answer(new, applied)
}
