//! Hashes. See <https://redis.io/docs/latest/commands/?group=hash>.

use super::scan;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Listing, Reply, Result, Strings};
use crate::structures::long_double::LongDouble;
use crate::structures::number::format_int;
use crate::structures::{Entry, Hash};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "HSET",
        syntax: "HSET key (field value)...",
        summary: "Sets fields of a hash to values.",
        complexity: "O(1) for each pair, so O(N) for N pairs",
        since: "2.0.0",
        group: Group::Hash,
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer",
        handler: Handler::Now(hset),
        history: &[("4.0.0", "Accepts multiple `field` and `value` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "HMSET",
        syntax: "HMSET key (field value)...",
        summary: "Sets fields of a hash to values.",
        complexity: "O(N) for N pairs",
        since: "2.0.0",
        group: Group::Hash,
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "OK",
        handler: Handler::Now(hmset),
        deprecated: Some(("4.0.0", "`HSET` with multiple field-value pairs")),
        ..Command::DEFAULT
    },
    Command {
        name: "HSETNX",
        syntax: "HSETNX key field value",
        summary: "Sets a field of a hash unless it exists.",
        complexity: "O(1)",
        since: "2.0.0",
        group: Group::Hash,
        arity: 4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(hsetnx),
        ..Command::DEFAULT
    },
    Command {
        name: "HGET",
        syntax: "HGET key field",
        summary: "Returns the value of a field.",
        complexity: "O(1)",
        since: "2.0.0",
        group: Group::Hash,
        arity: 3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "bulk | null",
        handler: Handler::Now(hget),
        ..Command::DEFAULT
    },
    Command {
        name: "HMGET",
        syntax: "HMGET key field...",
        summary: "Returns the values of the given fields.",
        complexity: "O(N) for N fields",
        since: "2.0.0",
        group: Group::Hash,
        arity: -3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "(bulk | null)[]",
        handler: Handler::Now(hmget),
        ..Command::DEFAULT
    },
    Command {
        name: "HGETALL",
        syntax: "HGETALL key",
        summary: "Returns all fields of a hash with their values.",
        complexity: "O(N) for a hash of N fields",
        since: "2.0.0",
        group: Group::Hash,
        arity: 2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "map",
        handler: Handler::Now(hgetall),
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "HKEYS",
        syntax: "HKEYS key",
        summary: "Returns all fields of a hash.",
        complexity: "O(N) for a hash of N fields",
        since: "2.0.0",
        group: Group::Hash,
        arity: 2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(hkeys),
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "HVALS",
        syntax: "HVALS key",
        summary: "Returns all values of a hash.",
        complexity: "O(N) for a hash of N fields",
        since: "2.0.0",
        group: Group::Hash,
        arity: 2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(hvals),
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "HLEN",
        syntax: "HLEN key",
        summary: "Returns the number of fields of a hash.",
        complexity: "O(1)",
        since: "2.0.0",
        group: Group::Hash,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(hlen),
        ..Command::DEFAULT
    },
    Command {
        name: "HEXISTS",
        syntax: "HEXISTS key field",
        summary: "Tells whether a hash has a field.",
        complexity: "O(1)",
        since: "2.0.0",
        group: Group::Hash,
        arity: 3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(hexists),
        ..Command::DEFAULT
    },
    Command {
        name: "HSTRLEN",
        syntax: "HSTRLEN key field",
        summary: "Returns the length of a field's value in bytes.",
        complexity: "O(1)",
        since: "3.2.0",
        group: Group::Hash,
        arity: 3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(hstrlen),
        ..Command::DEFAULT
    },
    Command {
        name: "HDEL",
        syntax: "HDEL key field...",
        summary: "Deletes fields of a hash, and the hash with its last field.",
        complexity: "O(N) for N fields",
        since: "2.0.0",
        group: Group::Hash,
        arity: -3,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(hdel),
        history: &[("2.4.0", "Accepts multiple `field` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "HGETDEL",
        syntax: "HGETDEL key FIELDS (numfields:int field...)",
        summary: "Returns the values of fields and deletes them.",
        complexity: "O(N) for N fields",
        since: "8.0.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_DELETE,
        reply: "(bulk | null)[]",
        handler: Handler::Now(hgetdel),
        ..Command::DEFAULT
    },
    Command {
        name: "HINCRBY",
        syntax: "HINCRBY key field increment:int",
        summary: "Adds an integer to a field, which counts as 0 if it is absent.",
        complexity: "O(1)",
        since: "2.0.0",
        group: Group::Hash,
        arity: 4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::ACCESS_UPDATE,
        reply: "integer",
        handler: Handler::Now(hincrby),
        ..Command::DEFAULT
    },
    Command {
        name: "HINCRBYFLOAT",
        syntax: "HINCRBYFLOAT key field increment:double",
        summary: "Adds a number to a field, which counts as 0 if it is absent.",
        complexity: "O(1)",
        since: "2.6.0",
        group: Group::Hash,
        arity: 4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::ACCESS_UPDATE,
        reply: "bulk",
        handler: Handler::Now(hincrbyfloat),
        ..Command::DEFAULT
    },
    Command {
        name: "HRANDFIELD",
        syntax: "HRANDFIELD key [(count:int [WITHVALUES])]",
        summary: "Returns one or more random fields of a hash.",
        complexity: "O(N) for N fields returned",
        since: "6.2.0",
        group: Group::Hash,
        arity: -2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk | null; with count: bulk[]",
        handler: Handler::Now(hrandfield),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
    Command {
        name: "HSCAN",
        syntax: "HSCAN key cursor:int [MATCH pattern:pattern] [COUNT count:int] [NOVALUES]",
        summary: "Iterates over the fields of a hash.",
        complexity: "O(1) for every call; O(N) for a whole scan of N elements",
        since: "2.8.0",
        group: Group::Hash,
        arity: -3,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "[bulk, bulk[]]",
        handler: Handler::Now(hscan),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
];

/// Reads field-value pairs to the end of the call.
fn pairs<'a>(cx: &Context, args: &mut Args<'a>) -> Result<&'a [[&'a [u8]; 2]]> {
    match args.rest().as_chunks() {
        (pairs, []) => Ok(pairs),
        _ => Err(Error::Arity(cx.command.full_name().into())),
    }
}

/// Sets fields of a hash, which is made if there is none, and answers how many are new.
pub fn set_pairs(cx: &mut Context, key: &[u8], pairs: &[[&[u8]; 2]]) -> Result<usize> {
    let limits = cx.server.config.hash_limits();
    let hash = cx.create::<Hash>(key)?;
    hash.reserve(pairs.len(), pairs.iter().map(|[field, value]| field.len().max(value.len())), limits);
    let added = pairs.iter().filter(|[field, value]| hash.set(field, value)).count();
    hash.settle(limits);
    Ok(added)
}

fn hset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let pairs = pairs(cx, &mut args)?;
    let added = set_pairs(cx, key, pairs)?;
    cx.event_of_fields("hset", key, pairs.iter().map(|[field, _]| *field));
    Ok(added.into())
}

fn hmset(cx: &mut Context, args: Args) -> Result<Reply> {
    hset(cx, args).map(|_| Reply::OK)
}

fn hsetnx(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, field, value) = (args.key()?, args.bytes()?, args.bytes()?);
    if cx.look::<Hash>(key)?.is_some_and(|hash| hash.contains(field)) {
        return Ok(false.into());
    }
    set_pairs(cx, key, &[[field, value]])?;
    cx.event_of_fields("hset", key, [field].into_iter());
    Ok(true.into())
}

fn hget(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, field) = (args.key()?, args.bytes()?);
    Ok(cx.read::<Hash>(key)?.and_then(|hash| hash.get(field)).into())
}

/// Answers the values of fields, null for each that is absent.
pub fn values_of(hash: Option<&Hash>, fields: &[&[u8]]) -> Reply {
    fields.iter().map(|field| hash.and_then(|hash| hash.get(field))).collect()
}

fn hmget(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, fields) = (args.key()?, args.rest());
    Ok(values_of(cx.read(key)?, fields))
}

fn hgetall(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let Some(hash) = cx.read::<Hash>(key)? else { return Ok(Reply::Map(Vec::new())) };
    let mut pairs = Strings::with_capacity(hash.len() * 2);
    hash.iter().for_each(|(field, value)| pairs.extend([field, value]));
    Ok(Reply::Strings(Listing::Map, pairs))
}

fn hkeys(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let mut fields = Strings::default();
    fields.extend(cx.read::<Hash>(key)?.into_iter().flat_map(Hash::iter).map(|(field, _)| field));
    Ok(Reply::Strings(Listing::Array, fields))
}

fn hvals(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let mut values = Strings::default();
    values.extend(cx.read::<Hash>(key)?.into_iter().flat_map(Hash::iter).map(|(_, value)| value));
    Ok(Reply::Strings(Listing::Array, values))
}

fn hlen(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    Ok(cx.read::<Hash>(key)?.map_or(0, Hash::len).into())
}

fn hexists(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, field) = (args.key()?, args.bytes()?);
    Ok(cx.read::<Hash>(key)?.is_some_and(|hash| hash.contains(field)).into())
}

fn hstrlen(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, field) = (args.key()?, args.bytes()?);
    Ok(cx.read::<Hash>(key)?.and_then(|hash| hash.get(field)).map_or(0, Entry::len).into())
}

/// Records that fields were deleted, which deletes the hash too if none is left.
pub fn deleted(cx: &mut Context, key: &[u8], fields: &[&[u8]]) {
    if !fields.is_empty() {
        cx.event_of_fields("hdel", key, fields.iter().copied());
        cx.delete_if_empty::<Hash>(key);
    }
}

fn hdel(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, fields) = (args.key()?, args.rest());
    let Some(hash) = cx.write::<Hash>(key)? else { return Ok(0usize.into()) };
    let gone: Vec<&[u8]> = fields.iter().copied().filter(|field| hash.remove(field)).collect();
    deleted(cx, key, &gone);
    Ok(gone.len().into())
}

fn hgetdel(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    cx.look::<Hash>(key)?;
    let fields = fields(&mut args)?;
    let Some(hash) = cx.write::<Hash>(key)? else { return Ok(values_of(None, fields)) };
    let mut gone = Vec::new();
    let values = fields.iter().map(|&field| {
        let value: Reply = hash.get(field).into();
        gone.extend(hash.remove(field).then_some(field));
        value
    }).collect();
    deleted(cx, key, &gone);
    Ok(values)
}

fn hincrby(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, field, increment) = (args.key()?, args.bytes()?, args.int()?);
    let value = match cx.look::<Hash>(key)?.and_then(|hash| hash.get(field)) {
        Some(value) => value.int().ok_or(Error::own("hash value is not an integer"))?,
        None => 0,
    };
    let value = value.checked_add(increment).ok_or(Error::Overflow)?;
    replace_number(cx, key, field, &format_int(value))?;
    cx.event_of_fields("hincrby", key, [field].into_iter());
    Ok(value.into())
}

fn hincrbyfloat(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, field, increment) = (args.key()?, args.bytes()?, args.bytes()?);
    let increment = LongDouble::parse(increment).ok_or(Error::NotFloat)?;
    if !increment.is_finite() {
        return Err(Error::own("value is NaN or Infinity"));
    }
    let value = match cx.look::<Hash>(key)?.and_then(|hash| hash.get(field)) {
        Some(value) => LongDouble::parse(&value.bytes()).ok_or(Error::own("hash value is not a float"))?,
        None => LongDouble::ZERO,
    };
    let sum = value.checked_add(increment).ok_or(Error::own("increment would produce NaN or Infinity"))?;
    let text = sum.format();
    replace_number(cx, key, field, &text)?;
    cx.event_of_fields("hincrbyfloat", key, [field].into_iter());
    Ok(text.into())
}

/// Sets a field to a number, which leaves its time to live as it is.
fn replace_number(cx: &mut Context, key: &[u8], field: &[u8], value: &[u8]) -> Result<()> {
    let limits = cx.server.config.hash_limits();
    let hash = cx.create::<Hash>(key)?;
    hash.reserve(1, std::iter::once(field.len().max(value.len())), limits);
    hash.set_keeping_ttl(field, value);
    hash.settle(limits);
    Ok(())
}

fn hrandfield(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    if args.is_empty() {
        let Some(len) = cx.read::<Hash>(key)?.map(Hash::len) else { return Ok(Reply::Null) };
        let position = cx.random_below(len);
        return Ok(cx.look::<Hash>(key)?.and_then(|hash| hash.at(position)).map(|(field, _)| field).into());
    }
    let count = args.random_count()?;
    let with_values = args.accept("WITHVALUES");
    args.end()?;
    if with_values && count.unsigned_abs() > i64::MAX as u64 / 2 {
        return Err(Error::own("value is out of range"));
    }
    let len = cx.read::<Hash>(key)?.map_or(0, Hash::len);
    let positions = cx.random_positions(count, len)?;
    let nested = cx.session.protocol == Protocol::Resp3;
    let picked = cx.look::<Hash>(key)?.map(|hash| hash.pick(&positions)).unwrap_or_default();
    let bytes = picked.iter().map(|(field, value)| field.len() + if with_values { value.len() } else { 0 }).sum();
    cx.admit_repeats(count, bytes)?;
    Ok(match (with_values, nested) {
        (false, _) => picked.into_iter().map(|(field, _)| field).collect(),
        (true, false) => picked.into_iter().flat_map(|(field, value)| [field, value]).collect(),
        (true, true) => picked.into_iter().map(|(field, value)| Reply::from_iter([field, value])).collect(),
    })
}

fn hscan(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let cursor = scan::cursor(&mut args)?;
    let Some(hash) = cx.read::<Hash>(key)? else { return Ok(scan::reply(0, Vec::new())) };
    let mut with_values = true;
    let options = scan::Options::read(&mut args, |option, _| {
        with_values &= option != "NOVALUES";
        Ok(option == "NOVALUES")
    })?;
    let mut found = Vec::new();
    let next = hash.scan(cursor, options.count, |field, value| {
        if options.matches(&field.bytes()) {
            found.push(field.into());
            if with_values {
                found.push(value.into());
            }
        }
    });
    Ok(scan::reply(next, found))
}

/// Reads `FIELDS numfields field...`, which must be all that is left.
pub fn fields<'a>(args: &mut Args<'a>) -> Result<&'a [&'a [u8]]> {
    if !args.accept("FIELDS") {
        return Err(Error::own("Mandatory argument FIELDS is missing or not at the right position"));
    }
    let count = args.int_within(1..=i64::MAX, "Number of fields must be a positive integer")?;
    if args.len() as i64 != count {
        return Err(Error::own("The `numfields` parameter must match the number of arguments"));
    }
    Ok(args.rest())
}
