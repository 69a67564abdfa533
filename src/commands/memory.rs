//! MEMORY: how many bytes are where. See <https://redis.io/docs/latest/commands/memory-stats/>.

use crate::dispatch::keys::range;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys};
use crate::keyspace::{Db, Value};
use crate::protocol::{Error, Reply, Result};

const DEFAULT: Command = Command {
    since: "4.0.0",
    group: Group::Server,
    tips: &["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "MEMORY",
        syntax: "MEMORY",
        summary: "A container for memory diagnostics commands.",
        since: "4.0.0",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "MEMORY DOCTOR",
        syntax: "MEMORY DOCTOR",
        summary: "Returns a report about memory in words.",
        complexity: "O(1)",
        arity: 2,
        reply: "bulk",
        handler: Handler::Now(doctor),
        ..DEFAULT
    },
    Command {
        name: "MEMORY HELP",
        syntax: "MEMORY HELP",
        since: "4.0.0",
        group: Group::Server,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "MEMORY MALLOC-STATS",
        syntax: "MEMORY MALLOC-STATS",
        summary: "Returns the allocator's own statistics.",
        complexity: "Depends on how much memory is allocated, could be slow",
        arity: 2,
        reply: "bulk",
        handler: Handler::Now(malloc_stats),
        ..DEFAULT
    },
    Command {
        name: "MEMORY PURGE",
        syntax: "MEMORY PURGE",
        summary: "Asks the allocator to give memory back.",
        complexity: "Depends on how much memory is allocated, could be slow",
        arity: 2,
        reply: "OK",
        handler: Handler::Now(purge),
        tips: &["request_policy:all_shards", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "MEMORY STATS",
        syntax: "MEMORY STATS",
        summary: "Returns how memory is used.",
        complexity: "O(1)",
        arity: 2,
        reply: "map",
        handler: Handler::Now(stats),
        ..DEFAULT
    },
    Command {
        name: "MEMORY USAGE",
        syntax: "MEMORY USAGE key [SAMPLES count:int]",
        summary: "Estimates the memory usage of a key.",
        complexity: "O(N) where N is the number of samples.",
        arity: -3,
        flags: Flags::READONLY,
        keys: Keys(&[range(2, 0, 1, KeyFlags::RO)]),
        reply: "integer | null",
        handler: Handler::Now(usage),
        tips: &[],
        ..DEFAULT
    },
];

fn usage(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    while !args.is_empty() {
        if args.len() < 2 || !args.accept("SAMPLES") {
            return Err(Error::Syntax);
        }
        // Every element is counted, and so the number of samples changes nothing.
        if args.int()? < 0 {
            return Err(Error::Syntax);
        }
    }
    let Some(value) = cx.db().peek(key, cx.now()) else { return Ok(Reply::Null) };
    let content = match value {
        Value::String(string) => string.heap_size(),
        Value::List(list) => size_of_val(&**list) + list.heap_size(),
        Value::Set(set) => size_of_val(&**set) + set.heap_size(),
        Value::Hash(hash) => hash.heap_size(),
        Value::Zset(zset) => size_of_val(&**zset) + zset.heap_size(),
        Value::Stream(stream) => size_of_val(&**stream) + stream.heap_size(),
        Value::Array(array) => size_of_val(&**array) + array.heap_size(),
        #[cfg(feature = "full")]
        Value::Vectors(vectors) => size_of_val(&**vectors) + vectors.heap_size(),
    };
    Ok((Db::entry_size(key) + content).into())
}

/// Answers the most bytes that were in use whenever somebody asked.
pub fn peak(cx: &Context) -> usize {
    let peak = cx.server.stats.peak.get().max(cx.used_memory());
    cx.server.stats.peak.set(peak);
    peak
}

fn stats(cx: &mut Context, _: Args) -> Result<Reply> {
    let int = |bytes: usize| Reply::Int(bytes as i64);
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 };
    let (used, peak) = (cx.used_memory(), peak(cx));
    let keys: usize = cx.keyspace.dbs.iter().map(Db::len).sum();
    let mut facts: Vec<(Reply, Reply)> = vec![
        (Reply::bulk("peak.allocated"), int(peak)),
        (Reply::bulk("total.allocated"), int(used)),
    ];
    let mut overhead = 0;
    for (index, db) in cx.keyspace.dbs.iter().enumerate().filter(|(_, db)| !db.is_empty()) {
        let main = db.len() * Db::entry_size(b"");
        overhead += main;
        let table: [(&str, Reply); 1] = [("overhead.hashtable.main", int(main))];
        facts.push((format!("db.{index}").into(), Reply::map(table)));
    }
    let rest: [(&str, Reply); 6] = [
        ("overhead.total", int(overhead)),
        ("keys.count", int(keys)),
        ("keys.bytes-per-key", int(if keys == 0 { 0 } else { used / keys })),
        ("dataset.bytes", int(used.saturating_sub(overhead))),
        ("dataset.percentage", share(used.saturating_sub(overhead), used).into()),
        ("peak.percentage", share(used, peak).into()),
    ];
    facts.extend(rest.map(|(name, value)| (Reply::bulk(name), value)));
    Ok(Reply::Map(facts))
}

fn doctor(cx: &mut Context, _: Args) -> Result<Reply> {
    let (used, peak, most) = (cx.used_memory(), peak(cx), cx.server.config.maxmemory);
    let mut out = match peak > used.saturating_mul(2) {
        true => format!("{used} bytes are in use, and there were {peak}: what was freed stays with the allocator.\n"),
        false => format!("{used} bytes are in use, and there were never many more.\n"),
    };
    if most > 0 && used > most / 10 * 9 {
        out += &format!("That is more than nine tenths of maxmemory, which is {most}.\n");
    }
    Ok(Reply::Verbatim(*b"txt", out.into()))
}

fn malloc_stats(_: &mut Context, _: Args) -> Result<Reply> {
    Ok(Reply::Verbatim(*b"txt", "The allocator keeps no statistics.".into()))
}

/// Has nothing to do: what is freed goes back at once.
fn purge(_: &mut Context, _: Args) -> Result<Reply> {
    Ok(Reply::OK)
}

/// What MEMORY HELP says of each subcommand.
const HELP: &[&str] = &[
    "DOCTOR",
    "    Tell in words how memory is used.",
    "MALLOC-STATS",
    "    Show the statistics of the allocator: it keeps none.",
    "PURGE",
    "    Give memory back: what is freed goes back by itself.",
    "STATS",
    "    Count the bytes in use.",
    "USAGE <key> [SAMPLES <count>]",
    "    Count the bytes that a key and its value take.",
];
