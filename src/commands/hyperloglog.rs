//! HyperLogLogs. See <https://redis.io/docs/latest/develop/data-types/probabilistic/hyperloglogs/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Str;
use crate::structures::hyperloglog::{self as hll, Corrupt, Registers};
use std::borrow::Cow;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "PFADD",
        syntax: "PFADD key [element...]",
        summary: "Adds elements to a HyperLogLog key. Creates the key if it doesn't exist.",
        complexity: "O(1) to add every element.",
        since: "2.8.9",
        group: Group::Hyperloglog,
        arity: -2,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(pfadd),
        ..Command::DEFAULT
    },
    Command {
        name: "PFCOUNT",
        syntax: "PFCOUNT key...",
        summary: "Returns the approximated cardinality of the set(s) observed by the HyperLogLog key(s).",
        complexity: "O(1) with a very small average constant time when called with a single key. O(N) with N being the \
                     number of keys, and much bigger constant times, when called with multiple keys.",
        since: "2.8.9",
        group: Group::Hyperloglog,
        arity: -2,
        // It may write: the count that it has found is kept in the value.
        flags: Flags::READONLY.and(Flags::MAY_REPLICATE),
        keys: Keys(&[keys::range(1, -1, 1, KeyFlags::RW.and(KeyFlags::ACCESS))]),
        reply: "integer",
        handler: Handler::Now(pfcount),
        ..Command::DEFAULT
    },
    Command {
        name: "PFMERGE",
        syntax: "PFMERGE destkey:key [sourcekey:key...]",
        summary: "Merges one or more HyperLogLog values into a single key.",
        complexity: "O(N) to merge N HyperLogLogs, but with high constant times.",
        since: "2.8.9",
        group: Group::Hyperloglog,
        arity: -2,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&[
            keys::range(1, 0, 1, KeyFlags::RW_INSERT.and(KeyFlags::ACCESS)),
            keys::range(2, -1, 1, KeyFlags::RO_ACCESS),
        ]),
        reply: "OK",
        handler: Handler::Now(pfmerge),
        ..Command::DEFAULT
    },
    Command {
        name: "PFDEBUG",
        syntax: "PFDEBUG subcommand key",
        summary: "Internal commands for debugging HyperLogLog values.",
        complexity: "N/A",
        since: "2.8.9",
        group: Group::Hyperloglog,
        arity: 3,
        flags: Flags::WRITE.and(Flags::ADMIN).and(Flags::DENYOOM).and(Flags::SYSTEM),
        keys: Keys(&[keys::range(2, 0, 1, KeyFlags::RW.and(KeyFlags::ACCESS))]),
        reply: "any",
        handler: Handler::Now(pfdebug),
        ..Command::DEFAULT
    },
    Command {
        name: "PFSELFTEST",
        syntax: "PFSELFTEST",
        summary: "An internal command for testing HyperLogLog values.",
        complexity: "N/A",
        since: "2.8.9",
        group: Group::Hyperloglog,
        arity: 1,
        flags: Flags::ADMIN.and(Flags::SYSTEM),
        reply: "OK",
        handler: Handler::Now(pfselftest),
        ..Command::DEFAULT
    },
];

/// The elements that PFSELFTEST counts.
const SELF_TEST: u64 = 50_000;

fn corrupt(_: Corrupt) -> Error {
    Error::raw("INVALIDOBJ Corrupted HLL object detected")
}

/// Fails unless a string looks like a HyperLogLog.
fn admit(bytes: &[u8]) -> Result<()> {
    let sentence = "WRONGTYPE Key is not a valid HyperLogLog string value.";
    if hll::is_one(bytes) { Ok(()) } else { Err(Error::raw(sentence)) }
}

fn read<'a>(cx: &'a Context, key: &[u8]) -> Result<Option<Cow<'a, [u8]>>> {
    admitted(cx.read::<Str>(key)?)
}

fn admitted(value: Option<&Str>) -> Result<Option<Cow<'_, [u8]>>> {
    let Some(value) = value else { return Ok(None) };
    let bytes = value.bytes();
    admit(&bytes)?;
    Ok(Some(bytes))
}

fn write<'a>(cx: &'a mut Context, key: &[u8]) -> Result<Option<&'a mut Vec<u8>>> {
    if admitted(cx.look::<Str>(key)?)?.is_none() {
        return Ok(None);
    }
    Ok(cx.write::<Str>(key)?.map(Str::bytes_mut))
}

fn pfadd(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, elements) = (args.key()?, args.rest());
    let sparse_max = cx.server.config.hll_sparse_max_bytes;
    let created = write(cx, key)?.is_none();
    if created {
        cx.set_keeping_ttl(key, Str::raw(hll::empty()).into_value());
    }
    let Some(bytes) = write(cx, key)? else { return Ok(false.into()) };
    let mut changed = created;
    for element in elements {
        changed |= hll::add(bytes, element, sparse_max).map_err(corrupt)?;
    }
    if changed {
        hll::invalidate(bytes);
        cx.event(Class::String, "pfadd", key);
    }
    Ok(changed.into())
}

fn pfcount(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let keys = args.rest();
    if let [key] = keys {
        return count_one(cx, key);
    }
    let mut registers = Registers::default();
    for key in keys {
        if let Some(bytes) = read(cx, key)? {
            registers.merge(&bytes).map_err(corrupt)?;
        }
    }
    Ok((registers.estimate() as i64).into())
}

/// Counts one, and keeps the estimate in the value: a change of which watchers learn, but that is no event.
fn count_one(cx: &mut Context, key: &[u8]) -> Result<Reply> {
    let Some(bytes) = read(cx, key)? else { return Ok(0usize.into()) };
    if let Some(estimate) = hll::cached(&bytes) {
        return Ok((estimate as i64).into());
    }
    let estimate = hll::count(&bytes).map_err(corrupt)?;
    if let Some(bytes) = write(cx, key)? {
        hll::cache(bytes, estimate);
    }
    let db = cx.session.db;
    cx.keyspace.journal.dirty += 1;
    cx.keyspace.journal.touch(db, key);
    Ok((estimate as i64).into())
}

fn pfmerge(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let keys = args.rest();
    let Some(&destination) = keys.first() else { return Err(Error::Syntax) };
    let sparse_max = cx.server.config.hll_sparse_max_bytes;
    let (mut registers, mut dense) = (Registers::default(), false);
    for key in keys {
        if let Some(bytes) = read(cx, key)? {
            dense |= !hll::is_sparse(&bytes);
            registers.merge(&bytes).map_err(corrupt)?;
        }
    }
    if write(cx, destination)?.is_none() {
        cx.set_keeping_ttl(destination, Str::raw(hll::empty()).into_value());
    }
    if let Some(bytes) = write(cx, destination)? {
        if dense && hll::is_sparse(bytes) {
            hll::densify(bytes).map_err(corrupt)?;
        }
        registers.write_to(bytes, sparse_max).map_err(corrupt)?;
    }
    cx.event(Class::String, "pfadd", destination);
    Ok(Reply::OK)
}

fn pfdebug(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (subcommand, key) = (args.bytes()?, args.key()?);
    let name = subcommand.to_ascii_lowercase();
    if name == b"simd" {
        // There is one implementation, so that there is nothing to switch.
        return match key.to_ascii_lowercase().as_slice() {
            b"on" => Ok(Reply::status("enabled")),
            b"off" => Ok(Reply::status("disabled")),
            _ => Err(Error::own("Argument must be ON or OFF")),
        };
    }
    let Some(bytes) = write(cx, key)? else { return Err(Error::own("The specified key does not exist")) };
    let sparse = hll::is_sparse(bytes);
    let reply = match name.as_slice() {
        b"getreg" => {
            let registers = Registers::of(bytes).map_err(corrupt)?.iter().map(i64::from).collect();
            if sparse {
                hll::densify(bytes).map_err(corrupt)?;
            }
            registers
        }
        b"decode" if !sparse => return Err(Error::own("HLL encoding is not sparse")),
        b"decode" => return Ok(decode(bytes).map_err(corrupt)?.into()),
        b"encoding" => return Ok(Reply::status(if sparse { "sparse" } else { "dense" })),
        b"todense" => {
            if sparse {
                hll::densify(bytes).map_err(corrupt)?;
            }
            sparse.into()
        }
        _ => {
            return Err(Error::quoting(&[b"ERR Unknown PFDEBUG subcommand '", subcommand, b"'"]));
        }
    };
    // The same registers in another form: a change to be saved, but none to those who watch.
    cx.keyspace.journal.dirty += u64::from(sparse);
    Ok(reply)
}

/// Describes the runs of a sparse one: `z:` and `Z:` for zeros, `v:` for a value and how often it stands.
fn decode(bytes: &[u8]) -> std::result::Result<String, Corrupt> {
    let runs = hll::runs(bytes).map(|run| {
        let run = run?;
        Ok(match run.value {
            0 if run.is_long() => format!("Z:{}", run.len),
            0 => format!("z:{}", run.len),
            value => format!("v:{value},{}", run.len),
        })
    });
    Ok(runs.collect::<std::result::Result<Vec<_>, _>>()?.join(" "))
}

fn pfselftest(_: &mut Context, _: Args) -> Result<Reply> {
    let (mut sparse, mut dense) = (hll::empty(), hll::empty());
    hll::densify(&mut dense).map_err(corrupt)?;
    for element in 1..=SELF_TEST {
        for bytes in [&mut sparse, &mut dense] {
            hll::add(bytes, &element.to_le_bytes(), 3000).map_err(corrupt)?;
        }
        if !element.is_power_of_two() && element != SELF_TEST {
            continue;
        }
        let estimates = (hll::count(&sparse).map_err(corrupt)?, hll::count(&dense).map_err(corrupt)?);
        // Four times the standard error, and one for the smallest numbers.
        let most = 4.0 * 1.04 / (hll::REGISTERS as f64).sqrt() * element as f64 + 1.0;
        if estimates.0 != estimates.1 || (estimates.0 as f64 - element as f64).abs() > most {
            return Err(Error::telling(format_args!("TESTFAILED {element} elements count as {estimates:?}")));
        }
    }
    Ok(Reply::OK)
}
