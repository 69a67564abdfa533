//! Strings as arrays of integers of any width. See <https://redis.io/docs/latest/develop/data-types/bitfields/>.

use super::bitmap;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;
use crate::structures::{Str, bits};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "BITFIELD",
        syntax: "BITFIELD key [<GET (encoding offset:int) | ([OVERFLOW <WRAP | SAT | FAIL>] <SET (encoding offset:int \
                 value:int) | INCRBY (encoding offset:int increment:int)>)>...]",
        summary: "Performs arbitrary bitfield integer operations on strings.",
        complexity: "O(1) for each subcommand specified",
        since: "3.2.0",
        group: Group::Bitmap,
        arity: -2,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RW_ACCESS_UPDATE.and(KeyFlags::VARIABLE))]),
        reply: "(integer | null)[]",
        handler: Handler::Now(bitfield),
        ..Command::DEFAULT
    },
    Command {
        name: "BITFIELD_RO",
        syntax: "BITFIELD_RO key [{GET (encoding offset:int)}...]",
        summary: "Performs arbitrary read-only bitfield integer operations on strings.",
        complexity: "O(1) for each subcommand specified",
        since: "6.0.0",
        group: Group::Bitmap,
        arity: -2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer[]",
        handler: Handler::Now(bitfield_ro),
        ..Command::DEFAULT
    },
];

/// An integer of 1 to 64 bits; unsigned ones have 63 at most.
#[derive(Clone, Copy)]
struct Encoding {
    signed: bool,
    width: u32,
}

/// What becomes of a number that does not fit.
#[derive(Clone, Copy, PartialEq)]
enum Overflow {
    Wrap,
    Saturate,
    Fail,
}

#[derive(Clone, Copy)]
enum Action {
    Get,
    Set(i64),
    Add(i64),
}

struct Operation {
    encoding: Encoding,
    offset: u64,
    action: Action,
    overflow: Overflow,
}

impl Encoding {
    /// Reads `i16`, `u8` and the like.
    fn read(text: &[u8]) -> Option<Encoding> {
        let (&kind, width) = text.split_first()?;
        let signed = match kind {
            b'i' => true,
            b'u' => false,
            _ => return None,
        };
        let most = if signed { 64 } else { 63 };
        let width = parse_int(width).filter(|width| (1..=most).contains(width))?;
        Some(Encoding { signed, width: width as u32 })
    }

    /// Reads a number out of its bits.
    fn value(self, bits: u64) -> i64 {
        if !self.signed {
            return bits as i64;
        }
        let unused = 64 - self.width;
        ((bits << unused) as i64) >> unused
    }

    /// Answers the greatest number of this width.
    fn greatest(self) -> i64 {
        i64::MAX >> (64 - self.width - u32::from(!self.signed))
    }

    /// Tells whether a number is so far below all others that its distance from the greatest takes more than 64 bits:
    /// as in Redis, that counts as too great.
    fn is_beyond(self, value: i64) -> bool {
        self.width < 64 && self.greatest().checked_sub(value).is_none()
    }

    /// Fits a number into the width; `None` if it must not be cut.
    fn fit(self, value: i128, overflow: Overflow) -> Option<u64> {
        let max = i128::from(self.greatest());
        let min = if self.signed { -max - 1 } else { 0 };
        match overflow {
            _ if (min..=max).contains(&value) => Some(value as u64),
            Overflow::Wrap => Some(value as u64),
            Overflow::Saturate => Some(value.clamp(min, max) as u64),
            Overflow::Fail => None,
        }
    }
}

/// Takes an offset: bits, or whole fields after a `#`.
fn offset(cx: &Context, text: &[u8], encoding: Encoding) -> Result<u64> {
    let fields = text.strip_prefix(b"#");
    let factor = if fields.is_some() { u64::from(encoding.width) } else { 1 };
    let limit = (cx.server.config.proto_max_bulk_len as u64).saturating_mul(8);
    let number = parse_int(fields.unwrap_or(text)).and_then(|number| u64::try_from(number).ok());
    let offset = number.and_then(|number| number.checked_mul(factor)).filter(|&offset| offset < limit);
    offset.ok_or(Error::own("bit offset is not an integer or out of range"))
}

fn operations(cx: &Context, args: &mut Args) -> Result<Vec<Operation>> {
    let mut operations = Vec::new();
    let mut overflow = Overflow::Wrap;
    while let Some(word) = args.option() {
        let words = match word.as_str() {
            "OVERFLOW" => {
                let kind = args.option().ok_or(Error::Syntax)?;
                overflow = match kind.as_str() {
                    "WRAP" => Overflow::Wrap,
                    "SAT" => Overflow::Saturate,
                    "FAIL" => Overflow::Fail,
                    _ => return Err(Error::own("Invalid OVERFLOW type specified")),
                };
                continue;
            }
            "GET" => 2,
            "SET" | "INCRBY" => 3,
            _ => return Err(Error::Syntax),
        };
        if args.len() < words {
            return Err(Error::Syntax);
        }
        let encoding = Encoding::read(args.bytes()?).ok_or(Error::own(
            "Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.",
        ))?;
        let offset = offset(cx, args.bytes()?, encoding)?;
        let action = match word.as_str() {
            "GET" => Action::Get,
            "SET" => Action::Set(args.int()?),
            _ => Action::Add(args.int()?),
        };
        operations.push(Operation { encoding, offset, action, overflow });
    }
    Ok(operations)
}

fn bitfield(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let operations = operations(cx, &mut args)?;
    let writes = operations.iter().filter(|operation| !matches!(operation.action, Action::Get));
    let Some(end) = writes.map(|operation| operation.offset + u64::from(operation.encoding.width)).max() else {
        return read_all(cx, key, &operations);
    };
    let (bytes, grown) = bitmap::grow(cx, key, end.div_ceil(8) as usize)?;
    // A string that has grown is said to have changed only if something was then written.
    let mut changed = false;
    let mut apply = |operation| {
        let (reply, written) = apply(bytes, operation);
        changed |= written.is_some_and(|differs| differs || grown);
        reply
    };
    let replies: Vec<Reply> = operations.iter().map(&mut apply).collect();
    if changed {
        cx.event(Class::String, "setbit", key);
    }
    Ok(replies.into())
}

fn bitfield_ro(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let operations = operations(cx, &mut args)?;
    if operations.iter().any(|operation| !matches!(operation.action, Action::Get)) {
        return Err(Error::own("BITFIELD_RO only supports the GET subcommand"));
    }
    read_all(cx, key, &operations)
}

fn read_all(cx: &Context, key: &[u8], operations: &[Operation]) -> Result<Reply> {
    let bytes = cx.read::<Str>(key)?.map(Str::bytes).unwrap_or_default();
    Ok(operations.iter().map(|Operation { encoding, offset, .. }| get(&bytes, *encoding, *offset)).collect())
}

fn get(bytes: &[u8], encoding: Encoding, offset: u64) -> i64 {
    encoding.value(bits::read(bytes, offset, encoding.width))
}

/// Does one operation on bytes that are long enough for it. Answers also whether what it wrote differs from what was
/// there, `None` if it wrote nothing.
fn apply(bytes: &mut [u8], operation: &Operation) -> (Reply, Option<bool>) {
    let Operation { encoding, offset, action, overflow } = *operation;
    let old = get(bytes, encoding, offset);
    let wanted = match action {
        Action::Get => return (old.into(), None),
        // A negative number is a large one where there are none below zero.
        Action::Set(value) if !encoding.signed => i128::from(value as u64),
        Action::Set(value) if overflow == Overflow::Saturate && encoding.is_beyond(value) => i128::MAX,
        Action::Set(value) => i128::from(value),
        Action::Add(increment) => i128::from(old) + i128::from(increment),
    };
    let Some(new) = encoding.fit(wanted, overflow) else { return (Reply::Null, None) };
    bits::write(bytes, offset, encoding.width, new);
    let new = get(bytes, encoding, offset);
    let reply = if matches!(action, Action::Set(_)) { old } else { new };
    (reply.into(), Some(new != old))
}
