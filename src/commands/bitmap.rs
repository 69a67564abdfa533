//! Strings as bitmaps. See <https://redis.io/docs/latest/develop/data-types/bitmaps/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;
use crate::structures::{Str, bits};
use std::borrow::Cow;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "SETBIT",
        syntax: "SETBIT key offset:int value:int",
        summary: "Sets or clears the bit at offset of the string value. Creates the key if it doesn't exist.",
        complexity: "O(1)",
        since: "2.2.0",
        group: Group::Bitmap,
        arity: 4,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys::ACCESS_UPDATE,
        reply: "integer",
        handler: Handler::Now(setbit),
        ..Command::DEFAULT
    },
    Command {
        name: "GETBIT",
        syntax: "GETBIT key offset:int",
        summary: "Returns a bit value by offset.",
        complexity: "O(1)",
        since: "2.2.0",
        group: Group::Bitmap,
        arity: 3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer",
        handler: Handler::Now(getbit),
        ..Command::DEFAULT
    },
    Command {
        name: "BITCOUNT",
        syntax: "BITCOUNT key [(start:int end:int [<BYTE | BIT>])]",
        summary: "Counts the number of set bits (population counting) in a string.",
        complexity: "O(N)",
        since: "2.6.0",
        group: Group::Bitmap,
        arity: -2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "integer",
        handler: Handler::Now(bitcount),
        history: &[("7.0.0", "Added the `BYTE|BIT` option.")],
        ..Command::DEFAULT
    },
    Command {
        name: "BITPOS",
        syntax: "BITPOS key bit:int [(start:int [(end:int [<BYTE | BIT>])])]",
        summary: "Finds the first set (1) or clear (0) bit in a string.",
        complexity: "O(N)",
        since: "2.8.7",
        group: Group::Bitmap,
        arity: -3,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "integer",
        handler: Handler::Now(bitpos),
        history: &[("7.0.0", "Added the `BYTE|BIT` option.")],
        ..Command::DEFAULT
    },
    Command {
        name: "BITOP",
        syntax: "BITOP <AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE> destkey:key key...",
        summary: "Performs bitwise operations on multiple strings, and stores the result.",
        complexity: "O(N)",
        since: "2.6.0",
        group: Group::Bitmap,
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&[keys::range(2, 0, 1, KeyFlags::OW_UPDATE), keys::range(3, -1, 1, KeyFlags::RO_ACCESS)]),
        reply: "integer",
        handler: Handler::Now(bitop),
        ..Command::DEFAULT
    },
];

/// Takes the offset of a bit, in a string of the longest kind at most.
fn offset(cx: &Context, args: &mut Args) -> Result<u64> {
    let limit = (cx.server.config.proto_max_bulk_len as u64).saturating_mul(8);
    let offset = parse_int(args.bytes()?).and_then(|offset| u64::try_from(offset).ok());
    offset.filter(|&offset| offset < limit).ok_or(Error::own("bit offset is not an integer or out of range"))
}

/// Opens a string that is at least `len` bytes long, made of zeros where there was nothing, and tells whether it grew.
pub(super) fn grow<'a>(cx: &'a mut Context, key: &[u8], len: usize) -> Result<(&'a mut Vec<u8>, bool)> {
    let extend = |bytes: &mut Vec<u8>| {
        let more = len.saturating_sub(bytes.len());
        bytes.try_reserve(more).map_err(|_| Error::OutOfMemory)?;
        bytes.resize(bytes.len() + more, 0);
        Ok(more > 0)
    };
    let grown = match cx.write::<Str>(key)? {
        Some(value) => extend(value.bytes_mut())?,
        None => {
            let mut bytes = Vec::new();
            let grown = extend(&mut bytes)?;
            cx.set_keeping_ttl(key, Str::raw(bytes).into_value());
            grown
        }
    };
    Ok((cx.create::<Str>(key)?.bytes_mut(), grown))
}

fn setbit(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, offset) = (args.key()?, offset(cx, &mut args)?);
    let on = args.int_within(0..=1, "bit is not an integer or out of range")? == 1;
    let (bytes, grown) = grow(cx, key, (offset / 8 + 1) as usize)?;
    let old = bits::set(bytes, offset, on);
    if grown || old != on {
        cx.event(Class::String, "setbit", key);
    }
    Ok(old.into())
}

fn getbit(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, offset) = (args.key()?, offset(cx, &mut args)?);
    Ok(cx.read::<Str>(key)?.is_some_and(|value| bits::get(&value.bytes(), offset)).into())
}

/// A range of bytes or bits, negative ones counting from the end.
struct Range {
    start: i64,
    /// `None` without an end of its own.
    end: Option<i64>,
    by_bits: bool,
}

impl Range {
    /// Takes `[start [end [BYTE | BIT]]]`; the end must be there if `closed`.
    fn read(args: &mut Args, closed: bool) -> Result<Range> {
        let mut range = Range { start: 0, end: None, by_bits: false };
        if args.is_empty() {
            return Ok(range);
        }
        if args.len() > 3 || closed && args.len() == 1 {
            return Err(Error::Syntax);
        }
        range.start = args.int()?;
        if !args.is_empty() {
            range.end = Some(args.int()?);
            range.by_bits = match args.option() {
                None => false,
                Some(unit) if unit.as_str() == "BIT" => true,
                Some(unit) if unit.as_str() == "BYTE" => false,
                _ => return Err(Error::Syntax),
            };
        }
        args.end()?;
        Ok(range)
    }

    /// Answers the first and the last bit that are meant of `len` bytes.
    fn of(&self, len: usize) -> Option<(u64, u64)> {
        let units = if self.by_bits { len as i64 * 8 } else { len as i64 };
        let absolute = |at: i64| if at < 0 { at.saturating_add(units).max(0) } else { at };
        let (start, end) = (absolute(self.start), absolute(self.end.unwrap_or(-1)).min(units - 1));
        if start > end {
            return None;
        }
        let (start, end) = (start as u64, end as u64);
        Some(if self.by_bits { (start, end) } else { (start * 8, end * 8 + 7) })
    }
}

fn bitcount(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, range) = (args.key()?, Range::read(&mut args, true)?);
    let Some(value) = cx.read::<Str>(key)? else { return Ok(0usize.into()) };
    let bytes = value.bytes();
    // BITCOUNT sees that such a range is empty before it draws its ends into the string; BITPOS does not.
    let is_reversed = range.end.is_some_and(|end| end < range.start && range.start < 0);
    let meant = range.of(bytes.len()).filter(|_| !is_reversed);
    let count = meant.map_or(0, |(first, last)| bits::count_within(&bytes, first, last));
    Ok((count as i64).into())
}

fn bitpos(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, bit) = (args.key()?, args.int()?);
    if !matches!(bit, 0 | 1) {
        return Err(Error::own("The bit argument must be 1 or 0."));
    }
    let range = Range::read(&mut args, false)?;
    let Some(value) = cx.read::<Str>(key)? else { return Ok((-bit).into()) };
    let bytes = value.bytes();
    let Some((first, last)) = range.of(bytes.len()) else { return Ok((-1i64).into()) };
    let position = match bits::find(&bytes, bit == 1, first, last) {
        Some(at) => at as i64,
        // Without an end, a string goes on with zeros.
        None if bit == 0 && range.end.is_none() => bytes.len() as i64 * 8,
        None => -1,
    };
    Ok(position.into())
}

fn bitop(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let operation = args.option().ok_or(Error::Syntax)?;
    let (destination, sources) = (args.key()?, args.rest());
    let operation = operation.as_str();
    match operation {
        "AND" | "OR" | "XOR" | "ONE" => {}
        "NOT" if sources.len() != 1 => {
            return Err(Error::own("BITOP NOT must be called with a single source key."));
        }
        "NOT" => {}
        "DIFF" | "DIFF1" | "ANDOR" if sources.len() < 2 => {
            return Err(Error::telling(format_args!("BITOP {operation} must be called with at least two source keys.")));
        }
        "DIFF" | "DIFF1" | "ANDOR" => {}
        _ => return Err(Error::Syntax),
    }
    let result = {
        let strings = sources.iter().map(|key| Ok(cx.read::<Str>(key)?.map(Str::bytes).unwrap_or_default()));
        operate(operation, &strings.collect::<Result<Vec<_>>>()?)?
    };
    let len = result.len();
    if len > 0 {
        cx.set(destination, Str::raw(result).into_value());
        cx.event(Class::String, "set", destination);
    } else if cx.delete(destination) {
        cx.event(Class::Generic, "del", destination);
    }
    Ok(len.into())
}

/// Joins strings, as long as the longest of them.
fn operate(operation: &str, strings: &[Cow<[u8]>]) -> Result<Vec<u8>> {
    let len = strings.iter().map(|string| string.len()).max().unwrap_or(0);
    let empty = || -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(len).map_err(|_| Error::OutOfMemory)?;
        bytes.resize(len, 0);
        Ok(bytes)
    };
    let Some((first, others)) = strings.split_first() else { return Ok(Vec::new()) };
    let mut result = empty()?;
    let any_of_the_others = |result: &mut Vec<u8>| {
        others.iter().for_each(|other| bits::combine(result, other, |left, right| left | right));
    };
    match operation {
        "DIFF" => {
            any_of_the_others(&mut result);
            bits::combine(&mut result, first, |others, first| first & !others);
        }
        "DIFF1" => {
            any_of_the_others(&mut result);
            bits::combine(&mut result, first, |others, first| others & !first);
        }
        "ANDOR" => {
            any_of_the_others(&mut result);
            bits::combine(&mut result, first, |others, first| others & first);
        }
        "ONE" => {
            let mut several = empty()?;
            for string in strings {
                // What was set before and is set again comes more than once.
                let mut again = result.clone();
                bits::combine(&mut again, string, |seen, now| seen & now);
                bits::combine(&mut several, &again, |several, again| several | again);
                bits::combine(&mut result, string, |seen, now| seen | now);
            }
            bits::combine(&mut result, &several, |seen, several| seen & !several);
        }
        _ => {
            result[..first.len()].copy_from_slice(first);
            for other in others {
                match operation {
                    "AND" => bits::combine(&mut result, other, |left, right| left & right),
                    "OR" => bits::combine(&mut result, other, |left, right| left | right),
                    _ => bits::combine(&mut result, other, |left, right| left ^ right),
                }
            }
            if operation == "NOT" {
                bits::combine(&mut result, &[], |word, _| !word);
            }
        }
    }
    Ok(result)
}
