//! Sorted sets: members, scores and ranks. See <https://redis.io/docs/latest/commands/?group=sorted-set>.

use super::scan;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Listing, Reply, Result, Strings};
use crate::structures::Zset;
use crate::structures::number::format_double;
use crate::structures::zset::Limits;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ZADD",
        syntax: "ZADD key [<NX | XX>] [<GT | LT>] [CH] [INCR] (score:double member)...",
        summary: "Adds members to a sorted set, or updates their scores.",
        complexity: "O(log(N)) for each item added, where N is the number of elements in the sorted set.",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "integer; with INCR: double | null",
        handler: Handler::Now(zadd),
        history: &[
            ("2.4.0", "Accepts multiple elements."),
            ("3.0.2", "Added the `XX`, `NX`, `CH` and `INCR` options."),
            ("6.2.0", "Added the `GT` and `LT` options."),
        ],
        ..Command::DEFAULT
    },
    Command {
        name: "ZINCRBY",
        syntax: "ZINCRBY key increment:int member",
        summary: "Increments the score of a member of a sorted set.",
        complexity: "O(log(N)) where N is the number of elements in the sorted set.",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: 4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::ACCESS_UPDATE,
        reply: "double",
        handler: Handler::Now(zincrby),
        ..Command::DEFAULT
    },
    Command {
        name: "ZREM",
        syntax: "ZREM key member...",
        summary: "Removes members from a sorted set.",
        complexity: "O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to be removed.",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(zrem),
        history: &[("2.4.0", "Accepts multiple elements.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZCARD",
        syntax: "ZCARD key",
        summary: "Counts the members of a sorted set.",
        complexity: "O(1)",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(zcard),
        ..Command::DEFAULT
    },
    Command {
        name: "ZSCORE",
        syntax: "ZSCORE key member",
        summary: "Returns the score of a member of a sorted set.",
        complexity: "O(1)",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: 3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "double | null",
        handler: Handler::Now(zscore),
        ..Command::DEFAULT
    },
    Command {
        name: "ZMSCORE",
        syntax: "ZMSCORE key member...",
        summary: "Returns the scores of members of a sorted set.",
        complexity: "O(N) where N is the number of members being requested.",
        since: "6.2.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "(double | null)[]",
        handler: Handler::Now(zmscore),
        ..Command::DEFAULT
    },
    Command {
        name: "ZRANK",
        syntax: "ZRANK key member [WITHSCORE]",
        summary: "Returns the rank of a member of a sorted set, from the lowest score.",
        complexity: "O(log(N))",
        since: "2.0.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer | null; with WITHSCORE: [integer, double] | null",
        handler: Handler::Now(zrank),
        history: &[("7.2.0", "Added the optional `WITHSCORE` argument.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZREVRANK",
        syntax: "ZREVRANK key member [WITHSCORE]",
        summary: "Returns the rank of a member of a sorted set, from the highest score.",
        complexity: "O(log(N))",
        since: "2.0.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer | null; with WITHSCORE: [integer, double] | null",
        handler: Handler::Now(zrevrank),
        history: &[("7.2.0", "Added the optional `WITHSCORE` argument.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZSCAN",
        syntax: "ZSCAN key cursor:int [MATCH pattern:pattern] [COUNT count:int]",
        summary: "Iterates over the members and scores of a sorted set.",
        complexity: "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.",
        since: "2.8.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "[bulk, bulk[]]",
        handler: Handler::Now(zscan),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
];

/// Up to what a zset stays small, by the configuration.
pub(super) fn limits(cx: &Context) -> Limits {
    let config = &cx.server.config;
    Limits { entries: config.zset_max_listpack_entries, value: config.zset_max_listpack_value }
}

/// Members in a reply, with their scores if they were asked for: in a row in RESP2, as pairs in RESP3.
pub(super) enum Members {
    Alone(Strings),
    InARow(Strings),
    InPairs(Vec<Reply>),
}

impl Members {
    pub(super) fn new(cx: &Context, scores: bool, count: usize) -> Members {
        match cx.session.protocol {
            _ if !scores => Members::Alone(Strings::with_capacity(count)),
            Protocol::Resp2 => Members::InARow(Strings::with_capacity(count * 2)),
            Protocol::Resp3 => Members::InPairs(Vec::with_capacity(count)),
        }
    }

    pub(super) fn push(&mut self, member: &[u8], score: f64) {
        match self {
            Members::Alone(members) => members.push(member),
            Members::InARow(strings) => {
                strings.push(member);
                strings.push_double(score);
            }
            Members::InPairs(replies) => replies.push(Reply::Array(vec![Reply::bulk(member), Reply::Double(score)])),
        }
    }

    pub(super) fn reply(self) -> Reply {
        match self {
            Members::Alone(strings) | Members::InARow(strings) => Reply::Strings(Listing::Array, strings),
            Members::InPairs(replies) => Reply::Array(replies),
        }
    }
}

/// When ZADD writes a score.
#[derive(Default, Clone, Copy)]
struct Conditions {
    nx: bool,
    xx: bool,
    gt: bool,
    lt: bool,
    incr: bool,
}

/// What ZADD did, over all its members.
#[derive(Default)]
struct Outcome {
    added: usize,
    updated: usize,
    /// The score of the last member, unless a condition forbade to write it.
    score: Option<f64>,
}

fn zadd(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (mut conditions, mut ch) = (Conditions::default(), false);
    loop {
        match () {
            _ if args.accept("NX") => conditions.nx = true,
            _ if args.accept("XX") => conditions.xx = true,
            _ if args.accept("GT") => conditions.gt = true,
            _ if args.accept("LT") => conditions.lt = true,
            _ if args.accept("CH") => ch = true,
            _ if args.accept("INCR") => conditions.incr = true,
            _ => break,
        }
    }
    let Conditions { nx, xx, gt, lt, incr } = conditions;
    if args.is_empty() || !args.len().is_multiple_of(2) {
        return Err(Error::Syntax);
    }
    if nx && xx {
        return Err(Error::own("XX and NX options at the same time are not compatible"));
    }
    if (gt && nx) || (lt && nx) || (gt && lt) {
        return Err(Error::own("GT, LT, and/or NX options at the same time are not compatible"));
    }
    if incr && args.len() > 2 {
        return Err(Error::own("INCR option supports a single increment-element pair"));
    }
    let mut pairs = Vec::with_capacity(args.len() / 2);
    while !args.is_empty() {
        pairs.push((args.float()?, args.bytes()?));
    }
    let outcome = add(cx, key, &pairs, conditions)?;
    Ok(match incr {
        true => outcome.score.into(),
        false => (outcome.added + if ch { outcome.updated } else { 0 }).into(),
    })
}

/// Sets scores for GEOADD, and answers how many members are new, or with `ch` changed.
#[cfg(feature = "full")]
pub(super) fn add_under(
    cx: &mut Context,
    key: &[u8],
    pairs: &[(f64, &[u8])],
    nx: bool,
    xx: bool,
    ch: bool,
) -> Result<Reply> {
    let outcome = add(cx, key, pairs, Conditions { nx, xx, ..Conditions::default() })?;
    Ok((outcome.added + if ch { outcome.updated } else { 0 }).into())
}

fn zincrby(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, increment, member) = (args.key()?, args.float()?, args.bytes()?);
    let conditions = Conditions { incr: true, ..Conditions::default() };
    Ok(add(cx, key, &[(increment, member)], conditions)?.score.into())
}

fn add(cx: &mut Context, key: &[u8], pairs: &[(f64, &[u8])], conditions: Conditions) -> Result<Outcome> {
    let limits = limits(cx);
    let outcome = if let Some(zset) = cx.write::<Zset>(key)? {
        zset.expect(pairs.len(), limits);
        add_to(zset, pairs, conditions, limits)?
    } else if conditions.xx {
        return Ok(Outcome::default());
    } else {
        let longest = pairs.iter().map(|(_, member)| member.len()).max().unwrap_or(0);
        let mut zset = Zset::for_members(pairs.len(), longest, limits);
        let outcome = add_to(&mut zset, pairs, conditions, limits)?;
        cx.set(key, zset.into_value());
        outcome
    };
    if outcome.added + outcome.updated > 0 {
        cx.event(Class::Zset, if conditions.incr { "zincr" } else { "zadd" }, key);
    }
    Ok(outcome)
}

fn add_to(zset: &mut Zset, pairs: &[(f64, &[u8])], conditions: Conditions, limits: Limits) -> Result<Outcome> {
    let Conditions { nx, xx, gt, lt, incr } = conditions;
    let conditional = nx || xx || gt || lt || incr;
    let mut outcome = Outcome::default();
    for &(mut score, member) in pairs {
        if conditional {
            let old = zset.score(member);
            if let Some(old) = old
                && incr
                && !nx
            {
                score += old;
                if score.is_nan() {
                    return Err(Error::own("resulting score is not a number (NaN)"));
                }
            }
            let forbidden = match old {
                None => xx,
                Some(old) => nx || (gt && score <= old) || (lt && score >= old),
            };
            if forbidden {
                outcome.score = None;
                continue;
            }
        }
        match zset.insert(member, score, limits) {
            None => outcome.added += 1,
            Some(old) => outcome.updated += usize::from(old != score),
        }
        outcome.score = Some(score);
    }
    Ok(outcome)
}

fn zrem(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let Some(zset) = cx.write::<Zset>(key)? else { return Ok(0usize.into()) };
    let removed = args.rest().iter().filter(|member| zset.remove(member).is_some()).count();
    if removed > 0 {
        cx.event(Class::Zset, "zrem", key);
        cx.delete_if_empty::<Zset>(key);
    }
    Ok(removed.into())
}

fn zcard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(cx.read::<Zset>(args.key()?)?.map_or(0, Zset::len).into())
}

fn zscore(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, member) = (args.key()?, args.bytes()?);
    Ok(cx.read::<Zset>(key)?.and_then(|zset| zset.score(member)).into())
}

fn zmscore(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let zset = cx.read::<Zset>(args.key()?)?;
    Ok(args.rest().iter().map(|member| zset.and_then(|zset| zset.score(member))).collect())
}

fn zrank(cx: &mut Context, args: Args) -> Result<Reply> {
    rank(cx, args, false)
}

fn zrevrank(cx: &mut Context, args: Args) -> Result<Reply> {
    rank(cx, args, true)
}

fn rank(cx: &mut Context, mut args: Args, reverse: bool) -> Result<Reply> {
    let (key, member) = (args.key()?, args.bytes()?);
    if args.len() > 1 {
        return Err(Error::Arity(cx.command.full_name().into()));
    }
    let with_score = args.accept("WITHSCORE");
    args.end()?;
    let found = cx.read::<Zset>(key)?.and_then(|zset| {
        let (rank, score) = zset.rank(member)?;
        Some((if reverse { zset.len() - 1 - rank } else { rank }, score))
    });
    Ok(match (found, with_score) {
        (Some((rank, _)), false) => rank.into(),
        (Some((rank, score)), true) => Reply::Array(vec![rank.into(), score.into()]),
        (None, false) => Reply::Null,
        (None, true) => Reply::NullArray,
    })
}

fn zscan(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let cursor = scan::cursor(&mut args)?;
    let Some(zset) = cx.read::<Zset>(key)? else { return Ok(scan::reply(0, Vec::new())) };
    let options = scan::Options::read(&mut args, |_, _| Ok(false))?;
    let mut found = Vec::new();
    let next = zset.scan(cursor, options.count, |member, score| {
        if options.matches(member) {
            found.extend([Reply::bulk(member), Reply::bulk(format_double(score))]);
        }
    });
    Ok(scan::reply(next, found))
}
