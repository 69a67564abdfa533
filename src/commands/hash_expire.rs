//! The time to live of a hash's fields. See <https://redis.io/docs/latest/develop/data-types/hashes/#field-expiration>.

use super::hash::{deleted, fields, values_of};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Hash;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "HEXPIRE",
        syntax: "HEXPIRE key seconds:int [<NX | XX | GT | LT>] FIELDS (numfields:int field...)",
        summary: "Lets fields of a hash expire in some seconds.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -6,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer[]",
        handler: Handler::Now(hexpire),
        ..Command::DEFAULT
    },
    Command {
        name: "HPEXPIRE",
        syntax: "HPEXPIRE key milliseconds:int [<NX | XX | GT | LT>] FIELDS (numfields:int field...)",
        summary: "Lets fields of a hash expire in some milliseconds.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -6,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer[]",
        handler: Handler::Now(hpexpire),
        ..Command::DEFAULT
    },
    Command {
        name: "HEXPIREAT",
        syntax: "HEXPIREAT key unix-time-seconds:unix [<NX | XX | GT | LT>] FIELDS (numfields:int field...)",
        summary: "Lets fields of a hash expire at a Unix time in seconds.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -6,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer[]",
        handler: Handler::Now(hexpireat),
        ..Command::DEFAULT
    },
    Command {
        name: "HPEXPIREAT",
        syntax: "HPEXPIREAT key unix-time-milliseconds:unix [<NX | XX | GT | LT>] FIELDS (numfields:int field...)",
        summary: "Lets fields of a hash expire at a Unix time in milliseconds.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -6,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer[]",
        handler: Handler::Now(hpexpireat),
        ..Command::DEFAULT
    },
    Command {
        name: "HPERSIST",
        syntax: "HPERSIST key FIELDS (numfields:int field...)",
        summary: "Removes the time to live of fields.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer[]",
        handler: Handler::Now(hpersist),
        ..Command::DEFAULT
    },
    Command {
        name: "HTTL",
        syntax: "HTTL key FIELDS (numfields:int field...)",
        summary: "Returns the time to live of fields in seconds.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer[]",
        handler: Handler::Now(httl),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
    Command {
        name: "HPTTL",
        syntax: "HPTTL key FIELDS (numfields:int field...)",
        summary: "Returns the time to live of fields in milliseconds.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer[]",
        handler: Handler::Now(hpttl),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
    Command {
        name: "HEXPIRETIME",
        syntax: "HEXPIRETIME key FIELDS (numfields:int field...)",
        summary: "Returns the Unix time in seconds at which fields expire.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer[]",
        handler: Handler::Now(hexpiretime),
        ..Command::DEFAULT
    },
    Command {
        name: "HPEXPIRETIME",
        syntax: "HPEXPIRETIME key FIELDS (numfields:int field...)",
        summary: "Returns the Unix time in milliseconds at which fields expire.",
        complexity: "O(N) for N fields",
        since: "7.4.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer[]",
        handler: Handler::Now(hpexpiretime),
        ..Command::DEFAULT
    },
    Command {
        name: "HGETEX",
        syntax: "HGETEX key [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | PERSIST>] FIELDS (numfields:int field...)",
        summary: "Returns the values of fields and sets or removes their time to live.",
        complexity: "O(N) for N fields",
        since: "8.0.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_UPDATE,
        reply: "(bulk | null)[]",
        handler: Handler::Now(hgetex),
        ..Command::DEFAULT
    },
    Command {
        name: "HSETEX",
        syntax: "HSETEX key [<FNX | FXX>] [<EX seconds:int | PX milliseconds:int | EXAT unix-time-seconds:unix | PXAT unix-time-milliseconds:unix | KEEPTTL>] FIELDS (numfields:int (field value)...)",
        summary: "Sets fields of a hash together with their time to live.",
        complexity: "O(N) for N fields",
        since: "8.0.0",
        group: Group::Hash,
        arity: -6,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer",
        handler: Handler::Now(hsetex),
        ..Command::DEFAULT
    },
];

/// The last time in ms since 1970 at which a field can expire, as in Redis: 46 bits.
const LATEST: i64 = (1 << 46) - 1;

/// How a command says when fields expire: in seconds or milliseconds, from now or since 1970.
#[derive(Clone, Copy)]
struct Clock {
    /// The ms in one unit.
    unit: i64,
    absolute: bool,
}

const EX: Clock = Clock { unit: 1000, absolute: false };
const PX: Clock = Clock { unit: 1, absolute: false };
const EXAT: Clock = Clock { unit: 1000, absolute: true };
const PXAT: Clock = Clock { unit: 1, absolute: true };

impl Clock {
    /// Takes a time and answers it in ms since 1970.
    fn read(self, cx: &Context, args: &mut Args, command: &'static str) -> Result<i64> {
        let value = args.int()?;
        if value < 0 {
            return Err(Error::own("invalid expire time, must be >= 0"));
        }
        let from = if self.absolute { 0 } else { cx.now() };
        let at = value.checked_mul(self.unit).and_then(|ms| ms.checked_add(from));
        at.filter(|&at| at <= LATEST).ok_or(Error::InvalidExpire(command))
    }

    /// Answers in this clock's terms how long or until when a field lives.
    fn show(self, now: i64, at: i64) -> i64 {
        let ms = if self.absolute { at } else { (at - now).max(0) };
        // Both count a begun second as a whole one.
        (ms + self.unit - 1) / self.unit
    }
}

/// Refuses an argument that is neither an option nor the list of fields. A zero byte ends it, as in C.
fn unknown(arg: &[u8]) -> Error {
    let text = arg.split(|&byte| byte == 0).next().unwrap_or_default();
    Error::quoting(&[b"ERR unknown argument: ", text])
}

/// Takes the list behind the keyword FIELDS, which may stand anywhere among the options: a number and so many times
/// `each` words.
fn list<'a>(args: &mut Args<'a>, each: usize, bad_number: &'static str) -> Result<&'a [&'a [u8]]> {
    let count = args.int_within(1..=i32::MAX.into(), bad_number)? as usize;
    if count > args.len() / each {
        return Err(Error::own("wrong number of arguments"));
    }
    args.take(count * each)
}

/// NX, XX, GT and LT.
#[derive(Clone, Copy, PartialEq)]
enum Condition {
    None,
    Persistent,
    Volatile,
    Later,
    Sooner,
}

impl Condition {
    /// Tells whether a field that expires at `old` may come to expire at `new`; without a time it never expires.
    fn allows(self, old: Option<i64>, new: i64) -> bool {
        match self {
            Condition::None => true,
            Condition::Persistent => old.is_none(),
            Condition::Volatile => old.is_some(),
            Condition::Later => old.is_some_and(|old| new > old),
            Condition::Sooner => old.is_none_or(|old| new < old),
        }
    }
}

fn expire(cx: &mut Context, mut args: Args, command: &'static str, clock: Clock) -> Result<Reply> {
    let key = args.key()?;
    cx.look::<Hash>(key)?;
    let at = clock.read(cx, &mut args, command)?;
    let mut condition = Condition::None;
    let mut conflict = false;
    let mut fields = None;
    while let Some(arg) = args.peek() {
        let name = args.option();
        let wanted = match name.as_ref().map_or("", |name| name.as_str()) {
            "NX" => Condition::Persistent,
            "XX" => Condition::Volatile,
            "GT" => Condition::Later,
            "LT" => Condition::Sooner,
            "FIELDS" if fields.is_some() => return Err(Error::own("FIELDS keyword specified multiple times")),
            "FIELDS" if args.len() < 2 => {
                return Err(Error::own("FIELDS requires at least numfields and one field argument"));
            }
            "FIELDS" => {
                fields = Some(list(&mut args, 1, "Parameter `numFields` should be greater than 0")?);
                continue;
            }
            _ => return Err(unknown(arg)),
        };
        conflict |= condition != Condition::None && condition != wanted;
        condition = wanted;
    }
    let fields = fields.ok_or(Error::own("missing FIELDS argument"))?;
    if conflict {
        return Err(Error::own("Multiple condition flags specified"));
    }
    let now = cx.now();
    let Some(hash) = cx.write::<Hash>(key)? else { return Ok(fields.iter().map(|_| -2i64).collect()) };
    hash.prepare_times();
    let (mut changed, mut gone): (Vec<&[u8]>, Vec<&[u8]>) = Default::default();
    let outcome = fields.iter().map(|&field| {
        if !hash.contains(field) {
            -2i64
        } else if !condition.allows(hash.expire_at(field), at) {
            0
        } else if at <= now {
            hash.remove(field);
            gone.push(field);
            2
        } else {
            hash.set_expire(field, Some(at));
            changed.push(field);
            1i64
        }
    }).collect();
    record(cx, key, &changed, "hexpire");
    deleted(cx, key, &gone);
    Ok(outcome)
}

/// Records that the time to live of some fields changed.
fn record(cx: &mut Context, key: &[u8], changed: &[&[u8]], event: &'static str) {
    if !changed.is_empty() {
        cx.db_mut().note_field_expiry(key);
        cx.event_of_fields(event, key, changed.iter().copied());
    }
}

fn hexpire(cx: &mut Context, args: Args) -> Result<Reply> {
    expire(cx, args, "hexpire", EX)
}

fn hpexpire(cx: &mut Context, args: Args) -> Result<Reply> {
    expire(cx, args, "hpexpire", PX)
}

fn hexpireat(cx: &mut Context, args: Args) -> Result<Reply> {
    expire(cx, args, "hexpireat", EXAT)
}

fn hpexpireat(cx: &mut Context, args: Args) -> Result<Reply> {
    expire(cx, args, "hpexpireat", PXAT)
}

fn hpersist(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    cx.look::<Hash>(key)?;
    let fields = fields(&mut args)?;
    let Some(hash) = cx.write::<Hash>(key)? else { return Ok(fields.iter().map(|_| -2i64).collect()) };
    let mut changed: Vec<&[u8]> = Vec::new();
    let outcome = fields.iter().map(|&field| {
        if hash.expire_at(field).is_some() {
            hash.set_expire(field, None);
            changed.push(field);
            1i64
        } else if hash.contains(field) {
            -1
        } else {
            -2i64
        }
    }).collect();
    record(cx, key, &changed, "hpersist");
    Ok(outcome)
}

fn ttl(cx: &mut Context, mut args: Args, clock: Clock) -> Result<Reply> {
    let key = args.key()?;
    let hash = cx.read::<Hash>(key)?;
    let fields = fields(&mut args)?;
    let now = cx.now();
    let show = |field: &&[u8]| match hash.filter(|hash| hash.contains(field)) {
        Some(hash) => hash.expire_at(field).map_or(-1, |at| clock.show(now, at)),
        None => -2,
    };
    Ok(fields.iter().map(show).collect())
}

fn httl(cx: &mut Context, args: Args) -> Result<Reply> {
    ttl(cx, args, EX)
}

fn hpttl(cx: &mut Context, args: Args) -> Result<Reply> {
    ttl(cx, args, PX)
}

fn hexpiretime(cx: &mut Context, args: Args) -> Result<Reply> {
    ttl(cx, args, EXAT)
}

fn hpexpiretime(cx: &mut Context, args: Args) -> Result<Reply> {
    ttl(cx, args, PXAT)
}

/// What HGETEX and HSETEX do to the time to live of their fields.
#[derive(Clone, Copy, PartialEq)]
enum Lifetime {
    /// Not said: HGETEX leaves it, HSETEX removes it.
    Default,
    At(i64),
    /// PERSIST or KEEPTTL, whichever of the two the command has.
    Other,
}

/// What the options of HGETEX and HSETEX have in common.
struct Options<'a> {
    lifetime: Lifetime,
    /// FXX or FNX: whether the fields must be there or must not.
    present: Option<bool>,
    /// Fields, or fields and values.
    list: &'a [&'a [u8]],
}

impl<'a> Options<'a> {
    /// Reads the options to the end of the call. `other` is the command's own word about lifetimes; a command whose
    /// list has `each` = 2 words a field has FXX and FNX too.
    fn read(
        cx: &Context,
        args: &mut Args<'a>,
        command: &'static str,
        other: &'static str,
        each: usize,
    ) -> Result<Options<'a>> {
        let mut options = Options { lifetime: Lifetime::Default, present: None, list: &[] };
        while let Some(arg) = args.peek() {
            let name = args.option();
            let clock = match name.as_ref().map_or("", |name| name.as_str()) {
                "EX" => Some(EX),
                "PX" => Some(PX),
                "EXAT" => Some(EXAT),
                "PXAT" => Some(PXAT),
                name if name == other => None,
                name @ ("FXX" | "FNX") if each == 2 => {
                    if options.present.is_some() {
                        return Err(Error::own("Only one of FXX or FNX arguments can be specified"));
                    }
                    options.present = Some(name == "FXX");
                    continue;
                }
                "FIELDS" if !options.list.is_empty() => {
                    return Err(Error::own("FIELDS keyword specified multiple times"));
                }
                "FIELDS" => {
                    options.list = list(args, each, "invalid number of fields")?;
                    continue;
                }
                _ => return Err(unknown(arg)),
            };
            if options.lifetime != Lifetime::Default {
                return Err(Error::telling(format_args!("Only one of EX, PX, EXAT, PXAT or {other} arguments can be specified")));
            }
            options.lifetime = match clock {
                Some(_) if args.is_empty() => return Err(Error::own("missing expire time")),
                Some(clock) => Lifetime::At(clock.read(cx, args, command)?),
                None => Lifetime::Other,
            };
        }
        if options.list.is_empty() {
            return Err(Error::own("missing FIELDS argument"));
        }
        Ok(options)
    }
}

fn hgetex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    cx.look::<Hash>(key)?;
    let options = Options::read(cx, &mut args, "hgetex", "PERSIST", 1)?;
    let now = cx.now();
    let Some(hash) = cx.write::<Hash>(key)? else { return Ok(values_of(None, options.list)) };
    if options.lifetime != Lifetime::Default {
        hash.prepare_times();
    }
    let (mut changed, mut gone): (Vec<&[u8]>, Vec<&[u8]>) = Default::default();
    let values = options.list.iter().map(|&field| {
        let value: Reply = hash.get(field).into();
        match options.lifetime {
            _ if value == Reply::Null => {}
            Lifetime::Default => {}
            Lifetime::At(at) if at <= now => gone.extend(hash.remove(field).then_some(field)),
            Lifetime::At(at) => changed.extend(hash.set_expire(field, Some(at)).then_some(field)),
            Lifetime::Other if hash.expire_at(field).is_none() => {}
            Lifetime::Other => changed.extend(hash.set_expire(field, None).then_some(field)),
        }
        value
    }).collect();
    record(cx, key, &changed, if options.lifetime == Lifetime::Other { "hpersist" } else { "hexpire" });
    deleted(cx, key, &gone);
    Ok(values)
}

fn hsetex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let options = Options::read(cx, &mut args, "hsetex", "KEEPTTL", 2)?;
    let (pairs, _) = options.list.as_chunks::<2>();
    let hash = cx.look::<Hash>(key)?;
    if let Some(present) = options.present
        && pairs.iter().any(|[field, _]| hash.is_some_and(|hash| hash.contains(field)) != present)
    {
        return Ok(false.into());
    }
    let now = cx.now();
    let limits = cx.server.config.hash_limits();
    let hash = cx.create::<Hash>(key)?;
    hash.reserve(pairs.len(), options.list.iter().map(|text| text.len()), limits);
    let (mut changed, mut gone): (Vec<&[u8]>, Vec<&[u8]>) = Default::default();
    for [field, value] in pairs {
        match options.lifetime {
            Lifetime::Other => {
                hash.set_keeping_ttl(field, value);
            }
            Lifetime::Default => {
                hash.set(field, value);
            }
            Lifetime::At(at) => {
                hash.prepare_times();
                hash.set(field, value);
                // What goes at once has counted as a field all the same.
                hash.settle(limits);
                if at <= now {
                    gone.extend(hash.remove(field).then_some(field));
                } else {
                    changed.extend(hash.set_expire(field, Some(at)).then_some(field));
                }
            }
        }
    }
    hash.settle(limits);
    cx.event_of_fields("hset", key, pairs.iter().map(|[field, _]| *field));
    record(cx, key, &changed, "hexpire");
    deleted(cx, key, &gone);
    Ok(true.into())
}
