//! HOTKEYS: which keys cost the most. See <https://redis.io/docs/latest/commands/hotkeys/>.

use crate::dispatch::hotkeys::{Counts, Hotkeys};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};
use crate::structures::slot::SLOTS;

const HOTKEYS: Command = Command {
    complexity: "O(1)",
    since: "8.6.0",
    group: Group::Server,
    arity: 2,
    flags: Flags::ADMIN.and(Flags::NOSCRIPT),
    reply: "OK",
    tips: &["request_policy:special"],
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "HOTKEYS",
        syntax: "HOTKEYS",
        summary: "A container for hot keys tracking commands.",
        since: "8.6.0",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "HOTKEYS GET",
        syntax: "HOTKEYS GET",
        summary: "Returns the keys that cost the most.",
        complexity: "O(K) where K is the number of hotkeys returned.",
        reply: "any[] | null",
        handler: Handler::Now(get),
        tips: &["nondeterministic_output", "request_policy:special", "response_policy:special"],
        ..HOTKEYS
    },
    Command {
        name: "HOTKEYS HELP",
        syntax: "HOTKEYS HELP",
        since: "8.6.1",
        group: Group::Server,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "HOTKEYS RESET",
        syntax: "HOTKEYS RESET",
        summary: "Forgets what was tracked.",
        handler: Handler::Now(reset),
        ..HOTKEYS
    },
    Command {
        name: "HOTKEYS START",
        syntax: "HOTKEYS START METRICS (count:int [CPU] [NET]) [COUNT k:int] [DURATION seconds:int] [SAMPLE ratio:int] \
                 [SLOTS (count:int slot:int...)]",
        summary: "Starts the tracking of hot keys.",
        arity: -2,
        handler: Handler::Now(start),
        ..HOTKEYS
    },
    Command {
        name: "HOTKEYS STOP",
        syntax: "HOTKEYS STOP",
        summary: "Stops the tracking of hot keys.",
        reply: "OK | null",
        handler: Handler::Now(stop),
        ..HOTKEYS
    },
];

/// Tells whether calls are counted now.
fn is_active(cx: &Context) -> bool {
    cx.server.hotkeys.as_ref().is_some_and(|hotkeys| hotkeys.is_active(cx.now()))
}

fn start(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if is_active(cx) {
        return Err(Error::own("hotkey tracking session already in progress"));
    }
    let (cpu, net) = metrics(&mut args)?;
    let (mut most, mut seconds, mut sample, mut slots) = (10, None, 1, Vec::new());
    while let Some(option) = args.option() {
        if args.is_empty() {
            return Err(Error::Syntax);
        }
        match option.as_str() {
            "COUNT" => most = args.int_within(1..=64, "COUNT must be between 1 and 64")?,
            "DURATION" => {
                seconds = Some(args.int_within(1..=1_000_000, "DURATION must be between 1 and 1000000")?);
            }
            "SAMPLE" => sample = args.int_within(1..=i32::MAX.into(), "SAMPLE ratio must be positive")?,
            "SLOTS" if !cx.server.config.cluster_enabled => {
                return Err(Error::own("SLOTS parameter cannot be used in non-cluster mode"));
            }
            "SLOTS" if !slots.is_empty() => return Err(Error::own("SLOTS parameter already specified")),
            "SLOTS" => slots = read_slots(&mut args)?,
            _ => return Err(Error::Syntax),
        }
    }
    let began = cx.now();
    cx.server.hotkeys = Some(Box::new(Hotkeys {
        cpu: cpu.then(Counts::default),
        net: net.then(Counts::default),
        most: most as usize,
        sample: sample as usize,
        slots,
        began,
        until: seconds.map(|seconds| began.saturating_add(seconds * 1000)),
        ended: None,
        all: Default::default(),
        selected: Default::default(),
        sampled: Default::default(),
    }));
    cx.server.update_timing();
    Ok(Reply::OK)
}

/// Reads `METRICS count [CPU] [NET]`. As in Redis, one of two metrics may be a word that is none.
fn metrics(args: &mut Args) -> Result<(bool, bool)> {
    if !args.accept("METRICS") || args.is_empty() {
        return Err(Error::own("METRICS parameter is required"));
    }
    let count = args.int_within(1..=2, "METRICS count must be > 0 and <= 2")?;
    let (mut cpu, mut net) = (false, false);
    for _ in 0..count {
        let Some(metric) = args.option() else {
            return Err(Error::own("METRICS count does not match number of metric types provided"));
        };
        let (name, chosen) = match metric.as_str() {
            "CPU" => ("CPU", &mut cpu),
            "NET" => ("NET", &mut net),
            _ => continue,
        };
        if std::mem::replace(chosen, true) {
            return Err(Error::telling(format_args!("METRICS {name} defined more than once!")));
        }
    }
    if cpu || net { Ok((cpu, net)) } else { Err(Error::own("METRICS no valid metrics passed. Supported: CPU|NET")) }
}

/// Reads `count slot...` and answers the slots in order.
fn read_slots(args: &mut Args) -> Result<Vec<u16>> {
    let count = args.int_within(1..=SLOTS.into(), "SLOTS count must be between 1 and 16384")?;
    let mut slots = Vec::new();
    for _ in 0..count {
        if args.is_empty() {
            return Err(Error::own("not enough slot numbers provided"));
        }
        let slot = args.int_within(0..=i64::from(SLOTS) - 1, "Invalid or out of range slot")? as u16;
        match slots.binary_search(&slot) {
            Ok(_) => return Err(Error::own("duplicate slot number")),
            Err(at) => slots.insert(at, slot),
        }
    }
    Ok(slots)
}

fn stop(cx: &mut Context, _: Args) -> Result<Reply> {
    if !is_active(cx) {
        return Ok(Reply::Null);
    }
    let now = cx.now();
    if let Some(hotkeys) = &mut cx.server.hotkeys {
        hotkeys.ended = Some(now);
    }
    cx.server.update_timing();
    Ok(Reply::OK)
}

fn reset(cx: &mut Context, _: Args) -> Result<Reply> {
    if is_active(cx) {
        return Err(Error::own("hotkey tracking session in progress, stop tracking first"));
    }
    cx.server.hotkeys = None;
    cx.server.update_timing();
    Ok(Reply::OK)
}

fn get(cx: &mut Context, _: Args) -> Result<Reply> {
    let now = cx.now();
    let Some(hotkeys) = &cx.server.hotkeys else { return Ok(Reply::Null) };
    let number = |number: u64| Reply::Int(number as i64);
    let mut facts: Vec<(&str, Reply)> = vec![
        ("tracking-active", Reply::Int(hotkeys.is_active(now).into())),
        ("sample-ratio", Reply::Int(hotkeys.sample as i64)),
        ("selected-slots", Reply::Array(ranges(&hotkeys.slots))),
    ];
    let (some, sampled) = (!hotkeys.slots.is_empty(), hotkeys.sample > 1);
    let costs = [
        (some && sampled, "sampled-commands-selected-slots", hotkeys.sampled),
        (some, "all-commands-selected-slots", hotkeys.selected),
        (true, "all-commands-all-slots", hotkeys.all),
    ];
    let (mut usec, mut bytes) = (Vec::new(), Vec::new());
    for (_, name, cost) in costs.into_iter().filter(|(told, ..)| *told) {
        usec.push((format!("{name}-us"), number(cost.usec)));
        bytes.push((format!("net-bytes-{name}"), number(cost.bytes)));
    }
    facts.extend(usec.iter().chain(&bytes).map(|(name, cost)| (name.as_str(), cost.clone())));
    facts.push(("collection-start-time-unix-ms", Reply::Int(hotkeys.began)));
    facts.push(("collection-duration-ms", Reply::Int(hotkeys.duration(now))));
    if hotkeys.cpu.is_some() {
        // The rest of the process is not the engine's, as in INFO.
        facts.push(("total-cpu-time-user-ms", number(hotkeys.all.usec / 1000)));
        facts.push(("total-cpu-time-sys-ms", Reply::Int(0)));
    }
    if let Some(net) = &hotkeys.net {
        facts.push(("total-net-bytes", number(net.total)));
    }
    for (name, counts) in [("by-cpu-time-us", &hotkeys.cpu), ("by-net-bytes", &hotkeys.net)] {
        if let Some(counts) = counts {
            let top = counts.top(hotkeys.most).into_iter();
            facts.push((name, Reply::Array(top.flat_map(|(key, cost)| [key.into(), number(cost)]).collect())));
        }
    }
    Ok(Reply::Array(vec![Reply::map(facts)]))
}

/// Writes slots as ranges: a slot alone, or the first and the last. None are all.
fn ranges(slots: &[u16]) -> Vec<Reply> {
    let range = |first: u16, last: u16| {
        let ends = if first == last { vec![first] } else { vec![first, last] };
        Reply::Array(ends.into_iter().map(|slot| Reply::Int(slot.into())).collect())
    };
    if slots.is_empty() {
        return vec![range(0, SLOTS - 1)];
    }
    slots.chunk_by(|one, next| one + 1 == *next).map(|run| range(run[0], run[run.len() - 1])).collect()
}

/// What HOTKEYS HELP says of each subcommand.
const HELP: &[&str] = &[
    "START METRICS <count> [CPU] [NET] [COUNT <k>] [DURATION <seconds>] [SAMPLE <ratio>] [SLOTS <count> <slot> ...]",
    "    Count what calls cost by their keys: time, bytes or both. COUNT tells how many keys GET names (10),",
    "    DURATION ends it by itself, SAMPLE takes one call in so many, SLOTS some slots of a cluster.",
    "STOP",
    "    Stop counting. GET goes on to tell what came of it.",
    "GET",
    "    Tell which keys cost the most.",
    "RESET",
    "    Forget what was counted.",
];
