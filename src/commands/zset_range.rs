//! Ranges of sorted sets, by rank, by score and by string.

use super::zset::{Members, limits};
use crate::dispatch::args::Indices;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Zset;
use crate::structures::number::nearest_double;
use std::ops::Range;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ZRANGE",
        syntax: "ZRANGE key start stop [<BYSCORE | BYLEX>] [REV] [LIMIT (offset:int count:int)] [WITHSCORES]",
        summary: "Returns the members of a sorted set in a range of ranks, scores or strings.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(zrange),
        history: &[("6.2.0", "Added the `REV`, `BYSCORE`, `BYLEX` and `LIMIT` options.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZRANGEBYSCORE",
        syntax: "ZRANGEBYSCORE key min:double max:double [WITHSCORES] [LIMIT (offset:int count:int)]",
        summary: "Returns the members of a sorted set whose scores lie in a range.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
        since: "1.0.5",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(zrangebyscore),
        history: &[("2.0.0", "Added the `WITHSCORES` modifier.")],
        deprecated: Some(("6.2.0", "`ZRANGE` with the `BYSCORE` argument")),
        ..Command::DEFAULT
    },
    Command {
        name: "ZRANGEBYLEX",
        syntax: "ZRANGEBYLEX key min max [LIMIT (offset:int count:int)]",
        summary: "Returns the members of a sorted set in a lexicographical range.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
        since: "2.8.9",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(zrangebylex),
        deprecated: Some(("6.2.0", "`ZRANGE` with the `BYLEX` argument")),
        ..Command::DEFAULT
    },
    Command {
        name: "ZREVRANGE",
        syntax: "ZREVRANGE key start:int stop:int [WITHSCORES]",
        summary: "Returns the members of a sorted set in a range of ranks, from the highest score.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(zrevrange),
        deprecated: Some(("6.2.0", "`ZRANGE` with the `REV` argument")),
        ..Command::DEFAULT
    },
    Command {
        name: "ZREVRANGEBYSCORE",
        syntax: "ZREVRANGEBYSCORE key max:double min:double [WITHSCORES] [LIMIT (offset:int count:int)]",
        summary: "Returns the members of a sorted set whose scores lie in a range, from the highest.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
        since: "2.2.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(zrevrangebyscore),
        history: &[("2.1.6", "`min` and `max` can be exclusive.")],
        deprecated: Some(("6.2.0", "`ZRANGE` with the `REV` and `BYSCORE` arguments")),
        ..Command::DEFAULT
    },
    Command {
        name: "ZREVRANGEBYLEX",
        syntax: "ZREVRANGEBYLEX key max min [LIMIT (offset:int count:int)]",
        summary: "Returns the members of a sorted set in a lexicographical range, in reverse.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it O(log(N)).",
        since: "2.8.9",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(zrevrangebylex),
        deprecated: Some(("6.2.0", "`ZRANGE` with the `REV` and `BYLEX` arguments")),
        ..Command::DEFAULT
    },
    Command {
        name: "ZRANGESTORE",
        syntax: "ZRANGESTORE dst:key src:key min max [<BYSCORE | BYLEX>] [REV] [LIMIT (offset:int count:int)]",
        summary: "Stores a range of the members of a sorted set.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements stored into the destination key.",
        since: "6.2.0",
        group: Group::SortedSet,
        arity: -5,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::OW_UPDATE), keys::range(2, 0, 1, KeyFlags::RO_ACCESS)]),
        reply: "integer",
        handler: Handler::Now(zrangestore),
        ..Command::DEFAULT
    },
    Command {
        name: "ZCOUNT",
        syntax: "ZCOUNT key min:double max:double",
        summary: "Counts the members of a sorted set whose scores lie in a range.",
        complexity: "O(log(N)) with N being the number of elements in the sorted set.",
        since: "2.0.0",
        group: Group::SortedSet,
        arity: 4,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer",
        handler: Handler::Now(zcount),
        ..Command::DEFAULT
    },
    Command {
        name: "ZLEXCOUNT",
        syntax: "ZLEXCOUNT key min max",
        summary: "Counts the members of a sorted set in a lexicographical range.",
        complexity: "O(log(N)) with N being the number of elements in the sorted set.",
        since: "2.8.9",
        group: Group::SortedSet,
        arity: 4,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer",
        handler: Handler::Now(zlexcount),
        ..Command::DEFAULT
    },
    Command {
        name: "ZREMRANGEBYRANK",
        syntax: "ZREMRANGEBYRANK key start:int stop:int",
        summary: "Removes the members of a sorted set in a range of ranks.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.",
        since: "2.0.0",
        group: Group::SortedSet,
        arity: 4,
        flags: Flags::WRITE,
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(zremrangebyrank),
        ..Command::DEFAULT
    },
    Command {
        name: "ZREMRANGEBYSCORE",
        syntax: "ZREMRANGEBYSCORE key min:double max:double",
        summary: "Removes the members of a sorted set whose scores lie in a range.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.",
        since: "1.2.0",
        group: Group::SortedSet,
        arity: 4,
        flags: Flags::WRITE,
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(zremrangebyscore),
        ..Command::DEFAULT
    },
    Command {
        name: "ZREMRANGEBYLEX",
        syntax: "ZREMRANGEBYLEX key min max",
        summary: "Removes the members of a sorted set in a lexicographical range.",
        complexity: "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.",
        since: "2.8.9",
        group: Group::SortedSet,
        arity: 4,
        flags: Flags::WRITE,
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(zremrangebylex),
        ..Command::DEFAULT
    },
];

/// By what a range is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Rank,
    Score,
    Lex,
}

/// The members that are meant.
enum Selection<'a> {
    Ranks(Indices),
    Scores(ScoreBound, ScoreBound),
    Lex(LexBound<'a>, LexBound<'a>),
}

/// A score, itself inside the range or not.
struct ScoreBound {
    score: f64,
    exclusive: bool,
}

/// A string, itself inside the range or not; or one below or above all strings.
enum LexBound<'a> {
    Lowest,
    Highest,
    Inclusive(&'a [u8]),
    Exclusive(&'a [u8]),
}

impl ScoreBound {
    /// Reads `5`, `(5` or `-inf` as C's strtod does: blanks may stand before the number, what follows a zero byte does not
    /// count, nothing at all is 0, and a number too large is infinite.
    fn parse(text: &[u8]) -> Result<ScoreBound> {
        let (exclusive, text) = text.strip_prefix(b"(").map_or((false, text), |rest| (true, rest));
        let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
        let score = if text.is_empty() { Some(0.0) } else { nearest_double(text.trim_ascii_start()) };
        Ok(ScoreBound { score: score.ok_or(Error::MinMaxNotFloat)?, exclusive })
    }
}

impl<'a> LexBound<'a> {
    /// Reads `-`, `+`, `[a` or `(a`.
    fn parse(text: &'a [u8]) -> Result<LexBound<'a>> {
        match text {
            b"-" => Ok(LexBound::Lowest),
            b"+" => Ok(LexBound::Highest),
            [b'[', rest @ ..] => Ok(LexBound::Inclusive(rest)),
            [b'(', rest @ ..] => Ok(LexBound::Exclusive(rest)),
            _ => Err(Error::own("min or max not valid string range item")),
        }
    }

    /// Tells whether a member lies below a range that begins here.
    fn is_above(&self, member: &[u8]) -> bool {
        match self {
            LexBound::Lowest => false,
            LexBound::Highest => true,
            LexBound::Inclusive(bound) => member < *bound,
            LexBound::Exclusive(bound) => member <= *bound,
        }
    }

    /// Tells whether a member lies below the end of a range that ends here.
    fn admits(&self, member: &[u8]) -> bool {
        match self {
            LexBound::Lowest => false,
            LexBound::Highest => true,
            LexBound::Inclusive(bound) => member <= *bound,
            LexBound::Exclusive(bound) => member < *bound,
        }
    }
}

impl<'a> Selection<'a> {
    fn parse(by: By, min: &'a [u8], max: &'a [u8]) -> Result<Selection<'a>> {
        Ok(match by {
            By::Rank => Selection::Ranks(Args::new(&[min, max], 0).indices()?),
            By::Score => Selection::Scores(ScoreBound::parse(min)?, ScoreBound::parse(max)?),
            By::Lex => Selection::Lex(LexBound::parse(min)?, LexBound::parse(max)?),
        })
    }

    /// Answers the ranks that are meant, counted from the lowest even if indices count from the highest.
    fn ranks(&self, zset: &Zset, reverse: bool) -> Range<usize> {
        let (start, end) = match self {
            Selection::Ranks(indices) => {
                let (ranks, len) = (indices.of(zset.len()), zset.len());
                if reverse { (len - ranks.end, len - ranks.start) } else { (ranks.start, ranks.end) }
            }
            Selection::Scores(min, max) => (
                zset.count_scores(|score| if min.exclusive { score <= min.score } else { score < min.score }),
                zset.count_scores(|score| if max.exclusive { score < max.score } else { score <= max.score }),
            ),
            Selection::Lex(min, max) => {
                (zset.count_members(|member| min.is_above(member)), zset.count_members(|member| max.admits(member)))
            }
        };
        start..end.max(start)
    }
}

/// What ZRANGE and its older forms ask for.
struct Query<'a> {
    selection: Selection<'a>,
    reverse: bool,
    offset: i64,
    /// The most members to answer; any negative number is no limit.
    count: i64,
    with_scores: bool,
}

impl<'a> Query<'a> {
    /// Reads `min max` and the options. What the command's name has settled is given; the rest may be said by options.
    fn parse(args: &mut Args<'a>, by: Option<By>, reverse: Option<bool>, store: bool) -> Result<Query<'a>> {
        let (mut min, mut max) = (args.bytes()?, args.bytes()?);
        let (mut with_scores, mut offset, mut count) = (false, 0, -1);
        let (mut chosen, mut backwards) = (by, reverse);
        while let Some(option) = args.option() {
            match option.as_str() {
                "WITHSCORES" if !store => with_scores = true,
                "LIMIT" if args.len() >= 2 => (offset, count) = (args.int()?, args.int()?),
                "REV" if backwards.is_none() => backwards = Some(true),
                "BYLEX" if chosen.is_none() => chosen = Some(By::Lex),
                "BYSCORE" if chosen.is_none() => chosen = Some(By::Score),
                _ => return Err(Error::Syntax),
            }
        }
        let (by, reverse) = (chosen.unwrap_or(By::Rank), backwards.unwrap_or(false));
        if count != -1 && by == By::Rank {
            return Err(Error::own(
                "syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX",
            ));
        }
        if with_scores && by == By::Lex {
            return Err(Error::own("syntax error, WITHSCORES not supported in combination with BYLEX"));
        }
        if reverse && by != By::Rank {
            std::mem::swap(&mut min, &mut max);
        }
        Ok(Query { selection: Selection::parse(by, min, max)?, reverse, offset, count, with_scores })
    }

    /// Answers the ranks to be walked, the limit applied.
    fn ranks(&self, zset: &Zset) -> Range<usize> {
        let ranks = self.selection.ranks(zset, self.reverse);
        if matches!(self.selection, Selection::Ranks(_)) {
            return ranks;
        }
        let skipped = usize::try_from(self.offset).unwrap_or(usize::MAX).min(ranks.len());
        let count = usize::try_from(self.count).unwrap_or(usize::MAX).min(ranks.len() - skipped);
        if self.reverse {
            let end = ranks.end - skipped;
            end - count..end
        } else {
            let start = ranks.start + skipped;
            start..start + count
        }
    }
}

fn zrange(cx: &mut Context, args: Args) -> Result<Reply> {
    range(cx, args, None, None)
}

fn zrevrange(cx: &mut Context, args: Args) -> Result<Reply> {
    range(cx, args, Some(By::Rank), Some(true))
}

fn zrangebyscore(cx: &mut Context, args: Args) -> Result<Reply> {
    range(cx, args, Some(By::Score), Some(false))
}

fn zrevrangebyscore(cx: &mut Context, args: Args) -> Result<Reply> {
    range(cx, args, Some(By::Score), Some(true))
}

fn zrangebylex(cx: &mut Context, args: Args) -> Result<Reply> {
    range(cx, args, Some(By::Lex), Some(false))
}

fn zrevrangebylex(cx: &mut Context, args: Args) -> Result<Reply> {
    range(cx, args, Some(By::Lex), Some(true))
}

fn range(cx: &mut Context, mut args: Args, by: Option<By>, reverse: Option<bool>) -> Result<Reply> {
    let key = args.key()?;
    let query = Query::parse(&mut args, by, reverse, false)?;
    let Some(zset) = cx.read::<Zset>(key)? else { return Ok(Reply::Array(Vec::new())) };
    let ranks = query.ranks(zset);
    let mut members = Members::new(cx, query.with_scores, ranks.len());
    zset.walk(ranks, query.reverse, |member, score| members.push(member, score));
    Ok(members.reply())
}

fn zrangestore(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (destination, key) = (args.key()?, args.key()?);
    let query = Query::parse(&mut args, None, None, true)?;
    let limits = limits(cx);
    let mut stored = Zset::default();
    if let Some(zset) = cx.read::<Zset>(key)? {
        let ranks = query.ranks(zset);
        stored = Zset::for_members(ranks.len(), 0, limits);
        zset.walk(ranks, false, |member, score| {
            stored.insert(member, score, limits);
        });
    }
    store(cx, destination, stored, "zrangestore")
}

/// Puts a zset in the place of whatever a key held, or deletes the key if the zset is empty, and answers the length.
pub(super) fn store(cx: &mut Context, destination: &[u8], zset: Zset, event: &'static str) -> Result<Reply> {
    let len = zset.len();
    if len > 0 {
        cx.set(destination, zset.into_value());
        cx.event(Class::Zset, event, destination);
    } else if cx.delete(destination) {
        cx.event(Class::Generic, "del", destination);
    }
    Ok(len.into())
}

fn zcount(cx: &mut Context, args: Args) -> Result<Reply> {
    count(cx, args, By::Score)
}

fn zlexcount(cx: &mut Context, args: Args) -> Result<Reply> {
    count(cx, args, By::Lex)
}

fn count(cx: &mut Context, mut args: Args, by: By) -> Result<Reply> {
    let key = args.key()?;
    let selection = Selection::parse(by, args.bytes()?, args.bytes()?)?;
    Ok(cx.read::<Zset>(key)?.map_or(0, |zset| selection.ranks(zset, false).len()).into())
}

fn zremrangebyrank(cx: &mut Context, args: Args) -> Result<Reply> {
    remove_range(cx, args, By::Rank, "zremrangebyrank")
}

fn zremrangebyscore(cx: &mut Context, args: Args) -> Result<Reply> {
    remove_range(cx, args, By::Score, "zremrangebyscore")
}

fn zremrangebylex(cx: &mut Context, args: Args) -> Result<Reply> {
    remove_range(cx, args, By::Lex, "zremrangebylex")
}

fn remove_range(cx: &mut Context, mut args: Args, by: By, event: &'static str) -> Result<Reply> {
    let key = args.key()?;
    let selection = Selection::parse(by, args.bytes()?, args.bytes()?)?;
    let Some(zset) = cx.write::<Zset>(key)? else { return Ok(0usize.into()) };
    let ranks = selection.ranks(zset, false);
    let removed = zset.remove_ranks(ranks);
    if removed > 0 {
        cx.event(Class::Zset, event, key);
        cx.delete_if_empty::<Zset>(key);
    }
    Ok(removed.into())
}
