//! LATENCY: when and where the engine was slow. See <https://redis.io/docs/latest/commands/?group=server>.

use crate::dispatch::latency::Series;
use crate::dispatch::stats::Calls;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};
use std::fmt::Write;

const DEFAULT: Command = Command {
    complexity: "O(1)",
    since: "2.8.13",
    group: Group::Server,
    flags: Flags::ADMIN.and(Flags::LOADING).and(Flags::NOSCRIPT).and(Flags::STALE),
    tips: &["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "LATENCY",
        syntax: "LATENCY",
        summary: "A container for latency diagnostics commands.",
        since: "2.8.13",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "LATENCY DOCTOR",
        syntax: "LATENCY DOCTOR",
        summary: "Returns a report about slow moments in words.",
        arity: 2,
        reply: "bulk",
        handler: Handler::Now(doctor),
        ..DEFAULT
    },
    Command {
        name: "LATENCY GRAPH",
        syntax: "LATENCY GRAPH event",
        summary: "Draws the slow moments of an event.",
        arity: 3,
        reply: "bulk",
        handler: Handler::Now(graph),
        ..DEFAULT
    },
    Command {
        name: "LATENCY HELP",
        syntax: "LATENCY HELP",
        since: "2.8.13",
        group: Group::Server,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "LATENCY HISTOGRAM",
        syntax: "LATENCY HISTOGRAM [command...]",
        summary: "Returns how long commands took, as cumulative distributions.",
        complexity: "O(N) where N is the number of commands with latency information being retrieved.",
        since: "7.0.0",
        arity: -2,
        reply: "map",
        handler: Handler::Now(histogram),
        ..DEFAULT
    },
    Command {
        name: "LATENCY HISTORY",
        syntax: "LATENCY HISTORY event",
        summary: "Returns the slow moments of an event.",
        arity: 3,
        reply: "[integer, integer][]",
        handler: Handler::Now(history),
        ..DEFAULT
    },
    Command {
        name: "LATENCY LATEST",
        syntax: "LATENCY LATEST",
        summary: "Returns the latest slow moment of each event.",
        arity: 2,
        reply: "any[]",
        handler: Handler::Now(latest),
        ..DEFAULT
    },
    Command {
        name: "LATENCY RESET",
        syntax: "LATENCY RESET [event...]",
        summary: "Forgets the slow moments of some events, or of all.",
        arity: -2,
        reply: "integer",
        handler: Handler::Now(reset),
        tips: &["request_policy:all_nodes", "response_policy:agg_sum"],
        ..DEFAULT
    },
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn history(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let event = text(args.bytes()?);
    let moments = cx.server.latency.get(&event).into_iter().flat_map(|series| &series.moments);
    Ok(moments.map(|(at, ms)| Reply::Array(vec![(*at).into(), (*ms as i64).into()])).collect())
}

fn latest(cx: &mut Context, _: Args) -> Result<Reply> {
    let latest = |(event, series): (&'static str, &Series)| {
        let (at, ms) = series.moments.back().copied().unwrap_or_default();
        Reply::Array(vec![Reply::bulk(event), at.into(), (ms as i64).into(), (series.longest as i64).into()])
    };
    Ok(cx.server.latency.iter().map(latest).collect())
}

fn reset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.is_empty() {
        return Ok(cx.server.latency.clear().into());
    }
    Ok(args.rest().iter().filter(|event| cx.server.latency.forget(&text(event))).count().into())
}

/// Draws a row of columns, each under its age: the taller, the longer the event took.
fn graph(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let word = args.bytes()?;
    let event = text(word);
    let now = cx.now().div_euclid(1000);
    let Some(series) = cx.server.latency.get(&event) else {
        return Err(Error::quoting(&[b"ERR No samples available for event '", word, b"'"]));
    };
    let (most, least) = (series.moments.iter().map(|(_, ms)| *ms), series.moments.iter().map(|(_, ms)| *ms));
    let (most, least) = (most.max().unwrap_or(0), least.min().unwrap_or(0));
    let mut out = format!("{event} - high {most} ms, low {least} ms (all time high {} ms)\n", series.longest);
    out.push_str(&"-".repeat(80));
    out.push('\n');
    const ROWS: u64 = 4;
    let height = |ms: u64| if most == least { ROWS - 1 } else { (ms - least) * (ROWS - 1) / (most - least) };
    for row in (0..ROWS).rev() {
        let cell = |(_, ms): &(i64, u64)| match height(*ms) {
            tall if tall == row && row == 0 => '_',
            tall if tall == row => '#',
            tall if tall > row => '|',
            _ => ' ',
        };
        out.extend(series.moments.iter().map(cell));
        out.push('\n');
    }
    out.push('\n');
    let ages: Vec<String> = series.moments.iter().map(|(at, _)| age((now - at).max(0))).collect();
    for row in 0..ages.iter().map(String::len).max().unwrap_or(0) {
        out.extend(ages.iter().map(|age| age.as_bytes().get(row).map_or(' ', |byte| char::from(*byte))));
        out.push('\n');
    }
    Ok(Reply::Verbatim(*b"txt", out.into()))
}

fn age(seconds: i64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m", seconds / 60),
        3600..86400 => format!("{}h", seconds / 3600),
        _ => format!("{}d", seconds / 86400),
    }
}

fn doctor(cx: &mut Context, _: Args) -> Result<Reply> {
    let threshold = cx.server.config.latency_monitor_threshold;
    let mut out = String::new();
    if threshold == 0 {
        out.push_str("The latency monitor is off: CONFIG SET latency-monitor-threshold <milliseconds> turns it on.\n");
    } else if cx.server.latency.iter().next().is_none() {
        let _ = writeln!(out, "Nothing took {threshold} ms or longer since the latency monitor was turned on.");
    }
    for (at, (event, series)) in cx.server.latency.iter().enumerate() {
        let count = series.moments.len() as u64;
        let mean = series.moments.iter().map(|(_, ms)| *ms).sum::<u64>() / count.max(1);
        let _ = writeln!(
            out,
            "{}. {event}: {count} latency spikes (average {mean}ms). Worst all time event {}ms.",
            at + 1,
            series.longest
        );
    }
    Ok(Reply::Verbatim(*b"txt", out.into()))
}

fn histogram(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let wanted: Vec<String> = args.rest().iter().map(|name| text(name).to_ascii_lowercase()).collect();
    let listed = |calls: &&Calls| {
        let name = calls.command.full_name();
        let container = name.split('|').next().unwrap_or_default();
        wanted.is_empty() || wanted.iter().any(|wanted| *wanted == name || wanted == container)
    };
    let describe = |calls: &Calls| {
        let times = calls.times.as_deref()?;
        let bounds = times.doublings();
        let pairs = Reply::map(bounds.iter().map(|(bound, count)| (*bound as i64, *count as i64)));
        let facts: [(&str, Reply); 2] = [("calls", (times.total() as i64).into()), ("histogram_usec", pairs)];
        Some((calls.command.full_name(), Reply::map(facts)))
    };
    Ok(Reply::map(cx.server.stats.calls().into_iter().filter(listed).filter_map(describe)))
}

/// What LATENCY HELP says of each subcommand.
const HELP: &[&str] = &[
    "DOCTOR",
    "    Tell in words what was slow.",
    "GRAPH <event>",
    "    Draw the slow moments of an event.",
    "HISTOGRAM [<command> ...]",
    "    Tell how many calls of each command stayed within 1, 2, 4, 8 ... microseconds.",
    "HISTORY <event>",
    "    Show the slow moments of an event: when, and how many milliseconds.",
    "LATEST",
    "    Show the latest slow moment of each event, and its longest.",
    "RESET [<event> ...]",
    "    Forget the slow moments of some events, or of all.",
];
