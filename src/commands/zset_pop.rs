//! Members taken from an end of a sorted set, and random ones.

use super::pop_first;
use super::zset::Members;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Class;
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Reply, Result};
use crate::structures::Zset;

const POP: Command = Command {
    complexity: "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.",
    since: "5.0.0",
    group: Group::SortedSet,
    arity: -2,
    flags: Flags::WRITE.and(Flags::FAST),
    keys: Keys::ACCESS_DELETE,
    reply: "bulk[]",
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ZPOPMIN",
        syntax: "ZPOPMIN key [count:int]",
        summary: "Removes the lowest members of a sorted set and returns them.",
        handler: Handler::Now(zpopmin),
        ..POP
    },
    Command {
        name: "ZPOPMAX",
        syntax: "ZPOPMAX key [count:int]",
        summary: "Removes the highest members of a sorted set and returns them.",
        handler: Handler::Now(zpopmax),
        ..POP
    },
    Command {
        name: "ZMPOP",
        syntax: "ZMPOP numkeys:int key... <MIN | MAX> [COUNT count:int]",
        summary: "Removes the lowest or highest members of the first sorted set that is not empty, and returns them.",
        complexity: "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.",
        since: "7.0.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::WRITE.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(1, KeyFlags::RW_ACCESS_DELETE)]),
        reply: "[bulk, [bulk, double][]] | null",
        handler: Handler::Now(pop_first::first::<End>),
        ..Command::DEFAULT
    },
    Command {
        name: "ZRANDMEMBER",
        syntax: "ZRANDMEMBER key [(count:int [WITHSCORES])]",
        summary: "Returns random members of a sorted set.",
        complexity: "O(N) where N is the number of members returned",
        since: "6.2.0",
        group: Group::SortedSet,
        arity: -2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk | null; with COUNT: bulk[]",
        handler: Handler::Now(zrandmember),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
];

/// The end of a sorted set from which members are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Min,
    Max,
}

impl End {
    fn event(self) -> &'static str {
        if self == End::Min { "zpopmin" } else { "zpopmax" }
    }
}

/// Removes up to `count` members of a sorted set, says so, and shows them, the outermost first.
fn take(cx: &mut Context, key: &[u8], end: End, count: usize, show: &mut dyn FnMut(&[u8], f64)) -> Result<()> {
    let Some(zset) = cx.write::<Zset>(key)? else { return Ok(()) };
    let (len, count) = (zset.len(), count.min(zset.len()));
    let ranks = if end == End::Min { 0..count } else { len - count..len };
    zset.walk(ranks.clone(), end == End::Max, show);
    zset.remove_ranks(ranks);
    if count > 0 {
        cx.event(Class::Zset, end.event(), key);
        cx.delete_if_empty::<Zset>(key);
    }
    Ok(())
}

fn zpopmin(cx: &mut Context, args: Args) -> Result<Reply> {
    pop(cx, args, End::Min)
}

fn zpopmax(cx: &mut Context, args: Args) -> Result<Reply> {
    pop(cx, args, End::Max)
}

fn pop(cx: &mut Context, mut args: Args, end: End) -> Result<Reply> {
    let key = args.key()?;
    if args.len() > 1 {
        return Err(Error::Syntax);
    }
    let count = if args.is_empty() { None } else { Some(args.positive()?) };
    if count.is_none() && cx.session.protocol == Protocol::Resp3 {
        let mut replies = Vec::new();
        take(cx, key, end, 1, &mut |member, score| replies.extend([Reply::bulk(member), score.into()]))?;
        return Ok(Reply::Array(replies));
    }
    let mut members = Members::new(cx, true, 1);
    take(cx, key, end, count.unwrap_or(1), &mut |member, score| members.push(member, score))?;
    Ok(members.reply())
}

impl pop_first::End for End {
    const KIND: &str = "zset";

    fn parse(args: &mut Args) -> Result<End> {
        match args.option().as_ref().map(|word| word.as_str()) {
            Some("MIN") => Ok(End::Min),
            Some("MAX") => Ok(End::Max),
            _ => Err(Error::Syntax),
        }
    }

    fn pop(self, cx: &mut Context, key: &[u8], count: usize) -> Result<Option<Vec<Reply>>> {
        if cx.look::<Zset>(key)?.is_none() {
            return Ok(None);
        }
        let mut pairs = Vec::new();
        take(cx, key, self, count, &mut |member, score| {
            pairs.push(Reply::Array(vec![Reply::bulk(member), score.into()]));
        })?;
        Ok(Some(pairs))
    }
}

fn zrandmember(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    if args.is_empty() {
        let Some(len) = cx.read::<Zset>(key)?.map(Zset::len) else { return Ok(Reply::Null) };
        let position = cx.random_below(len);
        return Ok(cx.look::<Zset>(key)?.and_then(|zset| zset.at(position)).map(|(member, _)| member).into());
    }
    let count = args.random_count()?;
    let with_scores = args.accept("WITHSCORES");
    args.end()?;
    if with_scores && count.unsigned_abs() > i64::MAX as u64 / 2 {
        return Err(Error::own("value is out of range"));
    }
    let len = cx.read::<Zset>(key)?.map_or(0, Zset::len);
    let positions = cx.random_positions(count, len)?;
    let mut members = Members::new(cx, with_scores, positions.len());
    if let Some(zset) = cx.look::<Zset>(key)? {
        let mut bytes = 0;
        zset.pick(&positions, |member, _| bytes += member.len());
        cx.admit_repeats(count, bytes)?;
        zset.pick(&positions, |member, score| members.push(member, score));
    }
    Ok(members.reply())
}
