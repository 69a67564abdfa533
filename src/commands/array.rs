//! Sparse arrays. See <https://redis.io/docs/latest/commands/?group=array>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::Array;
use crate::structures::array::{INDEX_MAX, SLICE};
use crate::structures::number::{parse_int, parse_unsigned};

/// What the commands that read share.
pub const READ: Command = Command {
    complexity: "O(1)",
    since: "8.8.0",
    group: Group::Array,
    flags: Flags::READONLY.and(Flags::FAST),
    keys: Keys::READ,
    ..Command::DEFAULT
};

/// What the commands that write share.
const WRITE: Command = Command { flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST), keys: Keys::UPDATE, ..READ };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ARCOUNT",
        syntax: "ARCOUNT key",
        summary: "Returns the number of values of an array.",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(arcount),
        ..READ
    },
    Command {
        name: "ARDEL",
        syntax: "ARDEL key index:int...",
        summary: "Deletes values of an array and returns how many there were.",
        complexity: "O(N) where N is the number of indices to delete",
        arity: -3,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(ardel),
        ..WRITE
    },
    Command {
        name: "ARDELRANGE",
        syntax: "ARDELRANGE key (start:int end:int)...",
        summary: "Deletes the values of ranges of an array and returns how many there were.",
        complexity: "Proportional to the number of existing elements / slices touched, not to the numeric span of the \
                     requested ranges",
        arity: -4,
        flags: Flags::WRITE,
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(ardelrange),
        ..WRITE
    },
    Command {
        name: "ARGET",
        syntax: "ARGET key index:int",
        summary: "Returns the value at an index.",
        arity: 3,
        reply: "bulk | null",
        handler: Handler::Now(arget),
        ..READ
    },
    Command {
        name: "ARGETRANGE",
        syntax: "ARGETRANGE key start:int end:int",
        summary: "Returns the values of a range of indices, null where there is none.",
        complexity: "O(N) where N is the range length",
        arity: 4,
        flags: Flags::READONLY,
        reply: "(bulk | null)[]",
        handler: Handler::Now(argetrange),
        ..READ
    },
    Command {
        name: "ARINFO",
        syntax: "ARINFO key [FULL]",
        summary: "Returns information about an array.",
        complexity: "O(1), or O(N) with FULL option where N is the number of slices.",
        arity: -2,
        flags: Flags::READONLY,
        reply: "map",
        handler: Handler::Now(arinfo),
        ..READ
    },
    Command {
        name: "ARINSERT",
        syntax: "ARINSERT key value...",
        summary: "Inserts values behind the last one that was inserted and returns the last index.",
        complexity: "O(N) where N is the number of values",
        arity: -3,
        reply: "integer",
        handler: Handler::Now(arinsert),
        ..WRITE
    },
    Command {
        name: "ARLASTITEMS",
        syntax: "ARLASTITEMS key count:int [REV]",
        summary: "Returns the values that were inserted last.",
        complexity: "O(N) where N is the count",
        arity: -3,
        flags: Flags::READONLY,
        reply: "(bulk | null)[]",
        handler: Handler::Now(arlastitems),
        ..READ
    },
    Command {
        name: "ARLEN",
        syntax: "ARLEN key",
        summary: "Returns the length of an array: its greatest index and 1.",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(arlen),
        ..READ
    },
    Command {
        name: "ARMGET",
        syntax: "ARMGET key index:int...",
        summary: "Returns the values at indices.",
        complexity: "O(N) where N is the number of indices",
        arity: -3,
        reply: "(bulk | null)[]",
        handler: Handler::Now(armget),
        ..READ
    },
    Command {
        name: "ARMSET",
        syntax: "ARMSET key (index:int value)...",
        summary: "Sets the values at indices and returns how many are new.",
        complexity: "O(N) where N is the number of pairs",
        arity: -4,
        reply: "integer",
        handler: Handler::Now(armset),
        ..WRITE
    },
    Command {
        name: "ARNEXT",
        syntax: "ARNEXT key",
        summary: "Returns the index at which the next value is inserted.",
        arity: 2,
        reply: "integer | null",
        handler: Handler::Now(arnext),
        ..READ
    },
    Command {
        name: "ARRING",
        syntax: "ARRING key size:int value...",
        summary: "Inserts values into an array that is a ring of a given size, and returns the last index.",
        complexity: "O(M) normally, O(N+M) on ring resize, where N is the maximum of the old and new ring size and M \
                     is the number of inserted values",
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        reply: "integer",
        handler: Handler::Now(arring),
        ..WRITE
    },
    Command {
        name: "ARSEEK",
        syntax: "ARSEEK key index:int",
        summary: "Sets the index at which the next value is inserted.",
        arity: 3,
        flags: Flags::WRITE.and(Flags::FAST),
        reply: "integer",
        handler: Handler::Now(arseek),
        ..WRITE
    },
    Command {
        name: "ARSET",
        syntax: "ARSET key index:int value...",
        summary: "Sets the values from an index on and returns how many are new.",
        complexity: "O(N) where N is the number of values",
        arity: -4,
        reply: "integer",
        handler: Handler::Now(arset),
        ..WRITE
    },
];

/// The most values that one range may be asked for.
const RANGE_MAX: u64 = 1_000_000;

const INVALID_INDEX: Error = Error::Own(std::borrow::Cow::Borrowed("invalid array index"));

/// Reads an index.
pub fn parse_index(text: &[u8]) -> Result<u64> {
    parse_unsigned(text).filter(|index| *index <= INDEX_MAX).ok_or(INVALID_INDEX)
}

/// Answers a number that may not fit 63 bits.
pub fn number(value: u64) -> Reply {
    i64::try_from(value).map_or_else(|_| Reply::BigNumber(value.to_string().into()), Reply::Int)
}

/// Answers a value.
pub fn value(array: Option<&Array>, index: u64) -> Reply {
    array.and_then(|array| array.get(index)).map(|value| value.to_bytes()).into()
}

fn arity(cx: &Context) -> Error {
    Error::Arity(cx.command.full_name().into())
}

fn arcount(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(number(cx.read::<Array>(args.key()?)?.map_or(0, Array::count)))
}

fn arlen(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(number(cx.read::<Array>(args.key()?)?.map_or(0, Array::len)))
}

fn arnext(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let next = cx.read::<Array>(args.key()?)?.map_or(0, |array| array.next);
    Ok(if next > INDEX_MAX { Reply::Null } else { number(next) })
}

fn arget(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let array = cx.read::<Array>(args.key()?)?;
    Ok(value(array, parse_index(args.bytes()?)?))
}

fn armget(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let array = cx.read::<Array>(args.key()?)?;
    let indices: Vec<u64> = args.rest().iter().map(|index| parse_index(index)).collect::<Result<_>>()?;
    Ok(indices.into_iter().map(|index| value(array, index)).collect())
}

fn argetrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, start, end) = (args.key()?, parse_index(args.bytes()?)?, parse_index(args.bytes()?)?);
    let array = cx.read::<Array>(key)?;
    if start.abs_diff(end) >= RANGE_MAX {
        return Err(Error::telling(format_args!("range exceeds maximum of {RANGE_MAX} items")));
    }
    Ok(if start <= end {
        (start..=end).map(|index| value(array, index)).collect()
    } else {
        (end..=start).rev().map(|index| value(array, index)).collect()
    })
}

/// Sets values from an index on, and counts the new ones.
fn set_run(cx: &mut Context, key: &[u8], index: u64, values: &[&[u8]]) -> Result<usize> {
    let array = cx.create::<Array>(key)?;
    let runs = values.iter().enumerate();
    Ok(runs.filter(|(at, value)| array.set(index.saturating_add(*at as u64), value)).count())
}

fn arset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, index) = (args.key()?, parse_index(args.bytes()?)?);
    let values = args.rest();
    if index.checked_add(values.len() as u64 - 1).is_none_or(|last| last > INDEX_MAX) {
        return Err(Error::own("array index overflow"));
    }
    let added = set_run(cx, key, index, values)?;
    cx.event(Class::Array, "arset", key);
    Ok(added.into())
}

fn armset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (pairs, rest) = args.rest().as_chunks::<2>();
    if !rest.is_empty() {
        return Err(arity(cx));
    }
    let read = |[index, value]: &[&'_ [u8]; 2]| Ok((parse_index(index)?, value.to_vec()));
    let pairs: Vec<(u64, Vec<u8>)> = pairs.iter().map(read).collect::<Result<_>>()?;
    let array = cx.create::<Array>(key)?;
    let added = pairs.iter().filter(|(index, value)| array.set(*index, value)).count();
    cx.event(Class::Array, "armset", key);
    Ok(added.into())
}

fn arinsert(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, values) = (args.key()?, args.rest());
    let next = cx.look::<Array>(key)?.map_or(0, |array| array.next);
    let last = next.checked_add(values.len() as u64 - 1).filter(|last| *last <= INDEX_MAX);
    let last = last.ok_or(Error::own("insert index overflow"))?;
    set_run(cx, key, next, values)?;
    cx.create::<Array>(key)?.next = last + 1;
    cx.event(Class::Array, "arinsert", key);
    Ok(number(last))
}

fn arseek(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, index) = (args.key()?, parse_unsigned(args.bytes()?).ok_or(INVALID_INDEX)?);
    let Some(array) = cx.write::<Array>(key)? else { return Ok(false.into()) };
    array.next = index;
    cx.event(Class::Array, "arseek", key);
    Ok(true.into())
}

fn arring(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let size = parse_int(args.bytes()?).ok_or(Error::own("invalid size"))?;
    let size = u64::try_from(size).ok().filter(|size| *size > 0).ok_or(Error::own("size must be positive"))?;
    let values = args.rest();
    let array = cx.create::<Array>(key)?;
    let len = array.len();
    let wrapped = array.next > 0 && array.next < len;
    if len > size || (len < size && wrapped) {
        straighten(array, size);
    }
    let mut index = 0;
    for value in values {
        index = array.next % size;
        array.set(index, value);
        array.next = index + 1;
    }
    cx.event(Class::Array, "arring", key);
    Ok(number(index))
}

/// Lays the values of a ring out from index 0 on, the oldest first: what stands before the place of the last insertion,
/// around the end, up to the first gap, but no more than `size` values.
fn straighten(array: &mut Array, size: u64) {
    let len = array.len();
    let mut at = if array.next == 0 { len - 1 } else { (array.next - 1) % len };
    let mut kept = Vec::new();
    while (kept.len() as u64) < size.min(len) {
        let Some(value) = array.get(at) else { break };
        kept.push(value.to_bytes());
        at = if at == 0 { len - 1 } else { at - 1 };
    }
    array.clear();
    array.next = kept.len() as u64;
    for (index, value) in (0..).zip(kept.iter().rev()) {
        array.set(index, value);
    }
}

fn arlastitems(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, count) = (args.key()?, args.bytes()?);
    let count = parse_int(count).ok_or(Error::own("invalid COUNT"))?;
    if count <= 0 {
        return Ok(Reply::Array(Vec::new()));
    }
    if args.len() > 1 {
        return Err(arity(cx));
    }
    let reverse = args.accept("REV");
    args.end()?;
    let Some(array) = cx.read::<Array>(key)? else { return Ok(Reply::Array(Vec::new())) };
    let count = u64::try_from(count).unwrap_or(0).min(array.count());
    let last = array.len() - 1;
    let mut at = array.next.checked_sub(1).unwrap_or(last);
    let mut items = Vec::new();
    for _ in 0..count {
        items.push(value(Some(array), at));
        at = at.checked_sub(1).unwrap_or(last);
    }
    if !reverse {
        items.reverse();
    }
    Ok(Reply::Array(items))
}

fn ardel(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let indices: Vec<u64> = args.rest().iter().map(|index| parse_index(index)).collect::<Result<_>>()?;
    let Some(array) = cx.write::<Array>(key)? else { return Ok(0usize.into()) };
    let deleted = indices.into_iter().filter(|index| array.remove(*index)).count();
    if deleted > 0 {
        cx.event(Class::Array, "ardel", key);
        cx.delete_if_empty::<Array>(key);
    }
    Ok(deleted.into())
}

fn ardelrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (pairs, rest) = args.rest().as_chunks::<2>();
    if !rest.is_empty() {
        return Err(arity(cx));
    }
    let read = |[start, end]: &[&[u8]; 2]| Ok((parse_index(start)?, parse_index(end)?));
    let ranges: Vec<(u64, u64)> = pairs.iter().map(read).collect::<Result<_>>()?;
    let Some(array) = cx.write::<Array>(key)? else { return Ok(0usize.into()) };
    let deleted = ranges.into_iter().map(|(start, end)| array.remove_range(start, end)).sum();
    if deleted > 0 {
        cx.event(Class::Array, "ardelrange", key);
        cx.delete_if_empty::<Array>(key);
    }
    Ok(number(deleted))
}

fn arinfo(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let full = args.accept("FULL");
    args.end()?;
    let array = cx.read::<Array>(key)?.ok_or(Error::NoSuchKey)?;
    let mut facts: Vec<(&str, Reply)> = vec![
        ("count", number(array.count())),
        ("len", number(array.len())),
        ("next-insert-index", number(array.next)),
        ("slices", array.slices().into()),
        ("directory-size", array.directory_size().into()),
        ("super-dir-entries", array.directories().into()),
        ("slice-size", number(SLICE)),
    ];
    if full {
        let slices = array.describe();
        let ratio = |sum: usize, of: usize| if of == 0 { 0.0 } else { sum as f64 / of as f64 };
        facts.extend([
            ("dense-slices", slices.dense.into()),
            ("sparse-slices", slices.sparse.into()),
            ("avg-dense-size", ratio(slices.dense_slots, slices.dense).into()),
            ("avg-dense-fill", ratio(slices.dense_used, slices.dense_slots).into()),
            ("avg-sparse-size", ratio(slices.sparse_places, slices.sparse).into()),
        ]);
    }
    Ok(Reply::map(facts))
}
