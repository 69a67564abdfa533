//! Unions, intersections and differences of sorted sets. Sets take part too: each of their members has score 1.

use super::zset::{Members, limits};
use super::zset_range::store;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Value;
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::{parse_double, parse_int};
use crate::structures::zset::compare;
use crate::structures::{Dict, Set, Zset};
use crate::structures::order::{sort_by, sort_by_key};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ZUNION",
        syntax: "ZUNION numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>] [WITHSCORES]",
        summary: "Returns the union of sorted sets.",
        complexity: "O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.",
        since: "6.2.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(1, KeyFlags::RO_ACCESS)]),
        reply: "bulk[]",
        handler: Handler::Now(zunion),
        history: &[("8.8.0", "Added `COUNT` aggregate option.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZINTER",
        syntax: "ZINTER numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>] [WITHSCORES]",
        summary: "Returns the intersection of sorted sets.",
        complexity: "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.",
        since: "6.2.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(1, KeyFlags::RO_ACCESS)]),
        reply: "bulk[]",
        handler: Handler::Now(zinter),
        history: &[("8.8.0", "Added `COUNT` aggregate option.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZDIFF",
        syntax: "ZDIFF numkeys:int key... [WITHSCORES]",
        summary: "Returns the members of the first sorted set that the others lack.",
        complexity: "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.",
        since: "6.2.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(1, KeyFlags::RO_ACCESS)]),
        reply: "bulk[]",
        handler: Handler::Now(zdiff),
        ..Command::DEFAULT
    },
    Command {
        name: "ZUNIONSTORE",
        syntax: "ZUNIONSTORE destination:key numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>]",
        summary: "Stores the union of sorted sets.",
        complexity: "O(N)+O(M log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of elements in the resulting sorted set.",
        since: "2.0.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::OW_UPDATE), keys::counted(2, KeyFlags::RO_ACCESS)]),
        reply: "integer",
        handler: Handler::Now(zunionstore),
        history: &[("8.8.0", "Added `COUNT` aggregate option.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZINTERSTORE",
        syntax: "ZINTERSTORE destination:key numkeys:int key... [WEIGHTS weight:int...] [AGGREGATE <SUM | MIN | MAX | COUNT>]",
        summary: "Stores the intersection of sorted sets.",
        complexity: "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input sorted sets and M being the number of elements in the resulting sorted set.",
        since: "2.0.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::OW_UPDATE), keys::counted(2, KeyFlags::RO_ACCESS)]),
        reply: "integer",
        handler: Handler::Now(zinterstore),
        history: &[("8.8.0", "Added `COUNT` aggregate option.")],
        ..Command::DEFAULT
    },
    Command {
        name: "ZDIFFSTORE",
        syntax: "ZDIFFSTORE destination:key numkeys:int key...",
        summary: "Stores the members of the first sorted set that the others lack.",
        complexity: "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N is the size of the first set, and K is the size of the result set.",
        since: "6.2.0",
        group: Group::SortedSet,
        arity: -4,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::OW_UPDATE), keys::counted(2, KeyFlags::RO_ACCESS)]),
        reply: "integer",
        handler: Handler::Now(zdiffstore),
        ..Command::DEFAULT
    },
    Command {
        name: "ZINTERCARD",
        syntax: "ZINTERCARD numkeys:int key... [LIMIT limit:int]",
        summary: "Counts the members of the intersection of sorted sets.",
        complexity: "O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted sets.",
        since: "7.0.0",
        group: Group::SortedSet,
        arity: -3,
        flags: Flags::READONLY.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(1, KeyFlags::RO_ACCESS)]),
        reply: "integer",
        handler: Handler::Now(zintercard),
        ..Command::DEFAULT
    },
];

/// What is done with the inputs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    Union,
    Inter,
    Diff,
}

/// How the scores of one member become one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aggregate {
    Sum,
    Min,
    Max,
    /// The sum of the weights of the inputs that have the member, whatever its scores.
    Count,
}

impl Aggregate {
    fn weigh(self, weight: f64, score: f64) -> f64 {
        if self == Aggregate::Count { weight } else { weight * score }
    }

    /// Joins a score with another one, which may be no number: then a sum becomes 0 and an extreme stays as it is.
    fn join(self, left: f64, right: f64) -> f64 {
        match self {
            Aggregate::Sum | Aggregate::Count => number(left + right),
            Aggregate::Min => left.min(right),
            Aggregate::Max => left.max(right),
        }
    }
}

/// Takes 0 for what is not a number: zero times infinity, or the sum of two opposite infinities.
fn number(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value }
}

/// One input.
#[derive(Clone, Copy)]
enum Source<'a> {
    Absent,
    Set(&'a Set),
    Zset(&'a Zset),
}

impl<'a> Source<'a> {
    fn find(cx: &'a Context, key: &[u8]) -> Result<Source<'a>> {
        match cx.value(key) {
            None => Ok(Source::Absent),
            Some(Value::Set(set)) => Ok(Source::Set(set)),
            Some(Value::Zset(zset)) => Ok(Source::Zset(zset)),
            Some(_) => Err(Error::WrongType),
        }
    }

    fn len(self) -> usize {
        match self {
            Source::Absent => 0,
            Source::Set(set) => set.len(),
            Source::Zset(zset) => zset.len(),
        }
    }

    fn score(self, member: &[u8]) -> Option<f64> {
        match self {
            Source::Absent => None,
            Source::Set(set) => set.contains(member).then_some(1.0),
            Source::Zset(zset) => zset.score(member),
        }
    }

    fn each(self, mut visit: impl FnMut(&[u8], f64)) {
        match self {
            Source::Absent => {}
            Source::Set(set) => set.iter().for_each(|member| visit(&member.bytes(), 1.0)),
            Source::Zset(zset) => zset.each(visit),
        }
    }
}

/// What a command asks for.
struct Query<'a> {
    inputs: Vec<(Source<'a>, f64)>,
    aggregate: Aggregate,
    with_scores: bool,
    /// The most members to count; 0 is no limit.
    limit: usize,
}

impl<'a> Query<'a> {
    /// Reads `numkeys key... options`, of which only those are known that the command has. As in Redis, a key of
    /// another type is an error before a wrong option is.
    fn parse(cx: &'a Context, args: &mut Args, options: &[&str]) -> Result<Query<'a>> {
        let numkeys = args.int()?;
        if numkeys < 1 {
            return Err(Error::telling(format_args!("at least 1 input key is needed for '{}' command", cx.command.full_name())));
        }
        let keys = args.take(usize::try_from(numkeys).map_err(|_| Error::Syntax)?)?;
        let mut inputs = Vec::with_capacity(keys.len());
        for key in keys {
            inputs.push((Source::find(cx, key)?, 1.0));
        }
        let mut query = Query { inputs, aggregate: Aggregate::Sum, with_scores: false, limit: 0 };
        while let Some(option) = args.option() {
            match option.as_str() {
                option if !options.contains(&option) => return Err(Error::Syntax),
                "WEIGHTS" => {
                    for (input, weight) in query.inputs.iter_mut().zip(args.take(keys.len())?) {
                        input.1 = parse_double(weight).ok_or(Error::own("weight value is not a float"))?;
                    }
                }
                "AGGREGATE" => {
                    query.aggregate = match args.option().as_ref().map(|word| word.as_str()) {
                        Some("SUM") => Aggregate::Sum,
                        Some("MIN") => Aggregate::Min,
                        Some("MAX") => Aggregate::Max,
                        Some("COUNT") => Aggregate::Count,
                        _ => return Err(Error::Syntax),
                    }
                }
                "WITHSCORES" => query.with_scores = true,
                "LIMIT" => {
                    let limit = parse_int(args.bytes()?).filter(|&limit| limit >= 0);
                    let limit = limit.ok_or(Error::own("LIMIT can't be negative"))?;
                    query.limit = usize::try_from(limit).unwrap_or(usize::MAX);
                }
                _ => return Err(Error::Syntax),
            }
        }
        Ok(query)
    }

    /// Computes the members of the result. Sums run from the smallest input to the largest, as Redis adds.
    fn run(mut self, operation: Operation) -> Dict<f64> {
        if operation != Operation::Diff {
            sort_by_key(&mut self.inputs, |(source, _)| source.len());
        }
        let aggregate = self.aggregate;
        let mut result: Dict<f64> = Dict::new();
        let Some((&(first, weight), others)) = self.inputs.split_first() else { return result };
        match operation {
            Operation::Union => {
                for &(source, weight) in &self.inputs {
                    source.each(|member, score| {
                        let score = number(aggregate.weigh(weight, score));
                        let (joined, added) = result.get_or_insert_with(member, || score);
                        if !added {
                            *joined = aggregate.join(*joined, score);
                        }
                    });
                }
            }
            Operation::Inter => first.each(|member, score| {
                let mut joined = number(aggregate.weigh(weight, score));
                for &(source, weight) in others {
                    let Some(score) = source.score(member) else { return };
                    joined = aggregate.join(joined, aggregate.weigh(weight, score));
                }
                result.insert(member, joined);
            }),
            Operation::Diff => first.each(|member, score| {
                if others.iter().all(|(source, _)| source.score(member).is_none()) {
                    result.insert(member, score);
                }
            }),
        }
        result
    }
}

fn zunion(cx: &mut Context, args: Args) -> Result<Reply> {
    answer(cx, args, Operation::Union, &["WEIGHTS", "AGGREGATE", "WITHSCORES"])
}

fn zinter(cx: &mut Context, args: Args) -> Result<Reply> {
    answer(cx, args, Operation::Inter, &["WEIGHTS", "AGGREGATE", "WITHSCORES"])
}

fn zdiff(cx: &mut Context, args: Args) -> Result<Reply> {
    answer(cx, args, Operation::Diff, &["WITHSCORES"])
}

fn answer(cx: &mut Context, mut args: Args, operation: Operation, options: &[&str]) -> Result<Reply> {
    let query = Query::parse(cx, &mut args, options)?;
    let with_scores = query.with_scores;
    let result = query.run(operation);
    let mut sorted: Vec<(f64, &[u8])> = result.iter().map(|(member, &score)| (score, member)).collect();
    sort_by(&mut sorted, |&left, &right| compare(left, right));
    let mut members = Members::new(cx, with_scores, sorted.len());
    for (score, member) in sorted {
        members.push(member, score);
    }
    Ok(members.reply())
}

fn zunionstore(cx: &mut Context, args: Args) -> Result<Reply> {
    store_result(cx, args, Operation::Union, &["WEIGHTS", "AGGREGATE"], "zunionstore")
}

fn zinterstore(cx: &mut Context, args: Args) -> Result<Reply> {
    store_result(cx, args, Operation::Inter, &["WEIGHTS", "AGGREGATE"], "zinterstore")
}

fn zdiffstore(cx: &mut Context, args: Args) -> Result<Reply> {
    store_result(cx, args, Operation::Diff, &[], "zdiffstore")
}

fn store_result(
    cx: &mut Context,
    mut args: Args,
    operation: Operation,
    options: &[&str],
    event: &'static str,
) -> Result<Reply> {
    let destination = args.key()?;
    let result = Query::parse(cx, &mut args, options)?.run(operation);
    let zset = Zset::from_members(result, limits(cx));
    store(cx, destination, zset, event)
}

fn zintercard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let mut query = Query::parse(cx, &mut args, &["LIMIT"])?;
    sort_by_key(&mut query.inputs, |(source, _)| source.len());
    let most = if query.limit == 0 { usize::MAX } else { query.limit };
    let mut count = 0;
    if let Some(((first, _), others)) = query.inputs.split_first() {
        first.each(|member, _| {
            count += usize::from(count < most && others.iter().all(|(source, _)| source.score(member).is_some()));
        });
    }
    Ok(count.into())
}
