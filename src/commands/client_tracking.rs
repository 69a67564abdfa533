//! CLIENT TRACKING, TRACKINGINFO, CACHING and GETREDIR: client-side caching.
//! See <https://redis.io/docs/latest/develop/reference/client-side-caching/>.

use crate::dispatch::tracking::{Mode, Tracker};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Bytes;
use crate::structures::sorted::SortedSet;

const DEFAULT: Command = Command {
    complexity: "O(1)",
    group: Group::Connection,
    flags: Flags::NOSCRIPT.and(Flags::LOADING).and(Flags::STALE),
    since: "6.0.0",
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "CLIENT CACHING",
        syntax: "CLIENT CACHING <YES | NO>",
        summary: "Instructs the server whether to track the keys in the next request.",
        arity: 3,
        reply: "OK",
        handler: Handler::Now(caching),
        ..DEFAULT
    },
    Command {
        name: "CLIENT GETREDIR",
        syntax: "CLIENT GETREDIR",
        summary: "Returns the client ID to which the connection's tracking notifications are redirected.",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(getredir),
        ..DEFAULT
    },
    Command {
        name: "CLIENT TRACKING",
        syntax: "CLIENT TRACKING <ON | OFF> [REDIRECT client-id:int] [{PREFIX prefix}...] [BCAST] [OPTIN] [OPTOUT] [NOLOOP]",
        summary: "Controls server-assisted client-side caching for the connection.",
        complexity: "O(1). Some options may introduce additional complexity.",
        arity: -3,
        reply: "OK",
        handler: Handler::Now(tracking),
        ..DEFAULT
    },
    Command {
        name: "CLIENT TRACKINGINFO",
        syntax: "CLIENT TRACKINGINFO",
        summary: "Returns information about server-assisted client-side caching for the connection.",
        since: "6.2.0",
        arity: 2,
        reply: "map",
        handler: Handler::Now(trackinginfo),
        ..DEFAULT
    },
];

fn tracking(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let word = args.bytes()?;
    let (mut redirect, mut prefixes) = (None, Vec::new());
    let (mut broadcast, mut opt_in, mut opt_out, mut noloop) = (false, false, false, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "REDIRECT" if !args.is_empty() => {
                if redirect.is_some() {
                    return Err(Error::own("A client can only redirect to a single other client"));
                }
                redirect = Some(existing_id(cx, &mut args)?);
            }
            "PREFIX" if !args.is_empty() => prefixes.push(Bytes::new(args.bytes()?)),
            "BCAST" => broadcast = true,
            "OPTIN" => opt_in = true,
            "OPTOUT" => opt_out = true,
            "NOLOOP" => noloop = true,
            _ => return Err(Error::Syntax),
        }
    }
    let slot = cx.session.slot;
    if word.eq_ignore_ascii_case(b"OFF") {
        cx.server.tracking.end(slot);
        cx.session.redirection = None;
        cx.server.update_alert(&mut cx.keyspace.journal);
        return Ok(Reply::OK);
    }
    if !word.eq_ignore_ascii_case(b"ON") {
        return Err(Error::Syntax);
    }
    if !broadcast && !prefixes.is_empty() {
        return Err(Error::own("PREFIX option requires BCAST mode to be enabled"));
    }
    let old = cx.server.tracking.trackers.get(&slot);
    let old_mode = old.map(|tracker| tracker.mode);
    if old_mode.is_some_and(|mode| (mode == Mode::Broadcast) != broadcast) {
        return Err(cannot_switch("BCAST mode on/off"));
    }
    if broadcast && (opt_in || opt_out) {
        return Err(Error::own("OPTIN and OPTOUT are not compatible with BCAST"));
    }
    if opt_in && opt_out {
        return Err(Error::own("You can't specify both OPTIN mode and OPTOUT mode"));
    }
    if (opt_in && old_mode == Some(Mode::OptOut)) || (opt_out && old_mode == Some(Mode::OptIn)) {
        return Err(cannot_switch("OPTIN/OPTOUT mode"));
    }
    let mut all: SortedSet<Bytes> = old.map(|tracker| tracker.prefixes.clone()).unwrap_or_default();
    if broadcast {
        // Who names no prefix asks for every key, and that is no overlap.
        if prefixes.is_empty() {
            all.insert(Bytes::new(b""));
        }
        check_overlap(&all, &prefixes)?;
        all.extend(prefixes);
    }
    let mode = match (broadcast, opt_in, opt_out) {
        (true, ..) => Mode::Broadcast,
        (_, true, _) => Mode::OptIn,
        (.., true) => Mode::OptOut,
        _ => Mode::Every,
    };
    cx.session.redirection = Some(redirect.unwrap_or(0));
    cx.server.tracking.begin(slot, Tracker { mode, noloop, redirect, broken: false, caching: false, prefixes: all });
    cx.server.update_alert(&mut cx.keyspace.journal);
    Ok(Reply::OK)
}

fn cannot_switch(what: &str) -> Error {
    Error::telling(format_args!(
        "You can't switch {what} before disabling tracking for this client, and then re-enabling it with a different mode."
    ))
}

/// Reads the id of a client that is there.
fn existing_id(cx: &Context, args: &mut Args) -> Result<u64> {
    let id = args.int()?;
    let others = cx.server.sessions.iter().flatten().map(|session| session.id);
    let found = others.chain([cx.session.id]).find(|&existing| existing as i64 == id);
    found.ok_or(Error::own("The client ID you want redirect to does not exist"))
}

/// Fails if a key could begin with two of the prefixes.
fn check_overlap(existing: &SortedSet<Bytes>, given: &[Bytes]) -> Result<()> {
    const RULE: &[u8] = b"'. Prefixes for a single client must not overlap.";
    let complain = |prefix: &Bytes, which: &[u8], other: &Bytes| {
        Err(Error::quoting(&[b"ERR Prefix '", prefix, b"' overlaps with ", which, b" '", other, RULE]))
    };
    let overlap = |one: &Bytes, other: &Bytes| one.starts_with(other) || other.starts_with(one);
    for (at, prefix) in given.iter().enumerate() {
        if let Some(other) = existing.iter().find(|other| overlap(prefix, other)) {
            return complain(prefix, b"an existing prefix", other);
        }
        if let Some(other) = given[at + 1..].iter().find(|other| overlap(prefix, other)) {
            return complain(prefix, b"another provided prefix", other);
        }
    }
    Ok(())
}

fn caching(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let tracker = cx.server.tracking.trackers.get_mut(&cx.session.slot);
    let Some(tracker) = tracker else {
        return Err(Error::own(
            "CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled",
        ));
    };
    match args.option().as_ref().map_or("", |option| option.as_str()) {
        "YES" if tracker.mode == Mode::OptIn => tracker.caching = true,
        "NO" if tracker.mode == Mode::OptOut => tracker.caching = true,
        "YES" => return Err(Error::own("CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.")),
        "NO" => return Err(Error::own("CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.")),
        _ => return Err(Error::Syntax),
    }
    Ok(Reply::OK)
}

/// Answers what CLIENT GETREDIR does: the id, 0 for nobody, -1 without tracking.
fn redirection(tracker: Option<&Tracker>) -> i64 {
    tracker.map_or(-1, |tracker| tracker.redirect.map_or(0, |id| id as i64))
}

fn getredir(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(redirection(cx.server.tracking.trackers.get(&cx.session.slot)).into())
}

fn trackinginfo(cx: &mut Context, _: Args) -> Result<Reply> {
    let tracker = cx.server.tracking.trackers.get(&cx.session.slot);
    let mut flags = vec![if tracker.is_some() { "on" } else { "off" }];
    if let Some(tracker) = tracker {
        let mode: &[&str] = match (tracker.mode, tracker.caching) {
            (Mode::Every, _) => &[],
            (Mode::Broadcast, _) => &["bcast"],
            (Mode::OptIn, false) => &["optin"],
            (Mode::OptIn, true) => &["optin", "caching-yes"],
            (Mode::OptOut, false) => &["optout"],
            (Mode::OptOut, true) => &["optout", "caching-no"],
        };
        flags.extend(mode);
        flags.extend(tracker.noloop.then_some("noloop"));
        flags.extend(tracker.broken.then_some("broken_redirect"));
    }
    let prefixes: Vec<Reply> = tracker.iter().flat_map(|tracker| tracker.prefixes.iter()).map(Reply::from).collect();
    Ok(Reply::map([
        ("flags", Reply::set(flags)),
        ("redirect", redirection(tracker).into()),
        ("prefixes", Reply::Array(prefixes)),
    ]))
}
