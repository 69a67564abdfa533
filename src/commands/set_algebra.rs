//! Intersections, unions and differences of sets: answered, stored or only counted.

use crate::dispatch::keys::{counted, range};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Reply, Result};
use crate::structures::hyperloglog::Registers;
use crate::structures::{Dict, Entry, Set};
use std::ops::ControlFlow;
use crate::structures::order::sort_by_key;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "SINTER",
        syntax: "SINTER key...",
        summary: "Returns the members that all sets have.",
        complexity: "O(N*M) at worst, for M sets of which the smallest has N members",
        since: "1.0.0",
        group: Group::Set,
        arity: -2,
        flags: Flags::READONLY,
        keys: SOURCES,
        reply: "bulk[]",
        handler: Handler::Now(sinter),
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "SINTERSTORE",
        syntax: "SINTERSTORE destination:key key...",
        summary: "Stores the members that all sets have.",
        complexity: "O(N*M) at worst, for M sets of which the smallest has N members",
        since: "1.0.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: STORE,
        reply: "integer",
        handler: Handler::Now(sinterstore),
        ..Command::DEFAULT
    },
    Command {
        name: "SINTERCARD",
        syntax: "SINTERCARD numkeys:int key... [LIMIT limit:int]",
        summary: "Counts the members that all sets have.",
        complexity: "O(N*M) at worst, for M sets of which the smallest has N members",
        since: "7.0.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::READONLY.and(Flags::MOVABLEKEYS),
        keys: COUNTED,
        reply: "integer",
        handler: Handler::Now(sintercard),
        ..Command::DEFAULT
    },
    Command {
        name: "SUNION",
        syntax: "SUNION key...",
        summary: "Returns the members that any of the sets has.",
        complexity: "O(N) for N members in all the sets together",
        since: "1.0.0",
        group: Group::Set,
        arity: -2,
        flags: Flags::READONLY,
        keys: SOURCES,
        reply: "bulk[]",
        handler: Handler::Now(sunion),
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "SUNIONSTORE",
        syntax: "SUNIONSTORE destination:key key...",
        summary: "Stores the members that any of the sets has.",
        complexity: "O(N) for N members in all the sets together",
        since: "1.0.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: STORE,
        reply: "integer",
        handler: Handler::Now(sunionstore),
        ..Command::DEFAULT
    },
    Command {
        name: "SUNIONCARD",
        syntax: "SUNIONCARD numkeys:int key... [APPROX] [LIMIT limit:int]",
        summary: "Counts the members that any of the sets has.",
        complexity: "O(N) for N members in all the sets together",
        since: "8.10.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::READONLY.and(Flags::MOVABLEKEYS),
        keys: COUNTED,
        reply: "integer",
        handler: Handler::Now(sunioncard),
        ..Command::DEFAULT
    },
    Command {
        name: "SDIFF",
        syntax: "SDIFF key...",
        summary: "Returns the members of the first set that no other has.",
        complexity: "O(N) for N members in all the sets together",
        since: "1.0.0",
        group: Group::Set,
        arity: -2,
        flags: Flags::READONLY,
        keys: SOURCES,
        reply: "bulk[]",
        handler: Handler::Now(sdiff),
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "SDIFFSTORE",
        syntax: "SDIFFSTORE destination:key key...",
        summary: "Stores the members of the first set that no other has.",
        complexity: "O(N) for N members in all the sets together",
        since: "1.0.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: STORE,
        reply: "integer",
        handler: Handler::Now(sdiffstore),
        ..Command::DEFAULT
    },
    Command {
        name: "SDIFFCARD",
        syntax: "SDIFFCARD numkeys:int key... [LIMIT limit:int]",
        summary: "Counts the members of the first set that no other has.",
        complexity: "O(N) for N members in all the sets together",
        since: "8.10.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::READONLY.and(Flags::MOVABLEKEYS),
        keys: COUNTED,
        reply: "integer",
        handler: Handler::Now(sdiffcard),
        ..Command::DEFAULT
    },
];

/// The keys of a call's sets.
const SOURCES: Keys = Keys(&[range(1, -1, 1, KeyFlags::RO_ACCESS)]);
const STORE: Keys = Keys(&[range(1, 0, 1, KeyFlags::OW_UPDATE), range(2, -1, 1, KeyFlags::RO_ACCESS)]);
const COUNTED: Keys = Keys(&[counted(1, KeyFlags::RO_ACCESS)]);

/// An operation on sets, an absent one being empty: visits the members of the result, each once, until `visit` breaks.
type Operation = fn(&[Option<&Set>], &mut dyn FnMut(Entry) -> ControlFlow<()>);

/// Looks up the sets; WRONGTYPE if one is something else.
fn sets<'a>(cx: &'a Context, keys: &[&[u8]]) -> Result<Vec<Option<&'a Set>>> {
    keys.iter().map(|key| cx.read::<Set>(key)).collect()
}

/// Walks the smallest set and keeps what is in all others.
fn intersection(sets: &[Option<&Set>], visit: &mut dyn FnMut(Entry) -> ControlFlow<()>) {
    let Some(mut sets) = sets.iter().copied().collect::<Option<Vec<&Set>>>() else { return };
    sort_by_key(&mut sets, |set| set.len());
    let Some((smallest, others)) = sets.split_first() else { return };
    for member in smallest.iter() {
        if others.iter().all(|set| set.contains_entry(member)) && visit(member).is_break() {
            return;
        }
    }
}

/// Walks all sets and keeps what no earlier one had. For two sets that needs no memory.
fn union(sets: &[Option<&Set>], visit: &mut dyn FnMut(Entry) -> ControlFlow<()>) {
    let mut seen = Dict::<()>::new();
    for (at, set) in sets.iter().enumerate() {
        for member in set.iter().flat_map(|set| set.iter()) {
            let old =
                if sets.len() <= 2 { in_any(&sets[..at], member) } else { seen.insert(&member.bytes(), ()).is_some() };
            if !old && visit(member).is_break() {
                return;
            }
        }
    }
}

/// Walks the first set and keeps what no other has. Where looking into every other set would cost more than reading
/// them all, they are gathered first.
fn difference(sets: &[Option<&Set>], visit: &mut dyn FnMut(Entry) -> ControlFlow<()>) {
    let Some((Some(first), others)) = sets.split_first() else { return };
    let gather = better_gathered(first, others);
    let mut gathered = Dict::<()>::new();
    if gather {
        for member in others.iter().flatten().flat_map(|set| set.iter()) {
            gathered.insert(&member.bytes(), ());
        }
    }
    for member in first.iter() {
        let found = if gather { gathered.contains(&member.bytes()) } else { in_any(others, member) };
        if !found && visit(member).is_break() {
            return;
        }
    }
}

/// Tells, as Redis does, whether looking every member of a set up in every other one costs more than reading them all.
fn better_gathered(first: &Set, others: &[Option<&Set>]) -> bool {
    let (sets, members) = others.iter().flatten().fold((1, first.len()), |(n, sum), set| (n + 1, sum + set.len()));
    first.len().saturating_mul(sets) / 2 > members
}

fn in_any(sets: &[Option<&Set>], member: Entry) -> bool {
    sets.iter().flatten().any(|set| set.contains_entry(member))
}

fn answer(cx: &mut Context, mut args: Args, operation: Operation) -> Result<Reply> {
    let mut members = Vec::new();
    operation(&sets(cx, args.rest())?, &mut |member| {
        members.push(member.into());
        ControlFlow::Continue(())
    });
    Ok(Reply::Set(members))
}

/// Stores the result of an operation; if `takes_out`, what is left of a copy of the first set, where that is less work.
fn store(
    cx: &mut Context,
    mut args: Args,
    operation: Operation,
    takes_out: bool,
    event: &'static str,
) -> Result<Reply> {
    let destination = args.key()?;
    let limits = cx.server.config.set_limits();
    let mut result = Set::default();
    let mut add = |member: Entry| {
        result.add(&member.bytes(), limits);
        ControlFlow::Continue(())
    };
    match &sets(cx, args.rest())?[..] {
        // It keeps the form that all members of the first set needed.
        [Some(first), others @ ..] if takes_out && better_gathered(first, others) => {
            let _ = first.iter().try_for_each(&mut add);
            for member in others.iter().flatten().flat_map(|set| set.iter()) {
                result.remove(&member.bytes());
            }
        }
        sets => operation(sets, &mut add),
    }
    let count = result.len();
    if count > 0 {
        cx.set(destination, result.into_value());
        cx.event(Class::Set, event, destination);
    } else if cx.delete(destination) {
        cx.event(Class::Generic, "del", destination);
    }
    Ok(count.into())
}

/// Takes the keys and LIMIT, which is 0 if there is none. `option` takes the options of one command.
fn counted_sets<'a>(args: &mut Args<'a>, mut option: impl FnMut(&str) -> bool) -> Result<(&'a [&'a [u8]], i64)> {
    let numkeys = args.int_within(1..=i64::MAX, "numkeys should be greater than 0")?;
    let numkeys = usize::try_from(numkeys).unwrap_or(usize::MAX);
    if numkeys > args.len() {
        return Err(Error::own("Number of keys can't be greater than number of args"));
    }
    let keys = args.take(numkeys)?;
    let mut limit = 0;
    while let Some(name) = args.option() {
        match name.as_str() {
            "LIMIT" if !args.is_empty() => limit = args.int_within(0..=i64::MAX, "LIMIT can't be negative")?,
            name if option(name) => {}
            _ => return Err(Error::Syntax),
        }
    }
    Ok((keys, limit))
}

/// Answers how many members the result has, up to LIMIT.
fn count(cx: &Context, keys: &[&[u8]], limit: i64, operation: Operation) -> Result<Reply> {
    let mut found = 0;
    operation(&sets(cx, keys)?, &mut |_| {
        found += 1;
        if found == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    Ok(found.into())
}

fn sinter(cx: &mut Context, args: Args) -> Result<Reply> {
    answer(cx, args, intersection)
}

fn sinterstore(cx: &mut Context, args: Args) -> Result<Reply> {
    store(cx, args, intersection, false, "sinterstore")
}

fn sintercard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (keys, limit) = counted_sets(&mut args, |_| false)?;
    count(cx, keys, limit, intersection)
}

fn sunion(cx: &mut Context, args: Args) -> Result<Reply> {
    answer(cx, args, union)
}

fn sunionstore(cx: &mut Context, args: Args) -> Result<Reply> {
    store(cx, args, union, false, "sunionstore")
}

/// APPROX estimates as PFCOUNT does.
fn sunioncard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let mut approximate = false;
    let (keys, limit) = counted_sets(&mut args, |option| {
        approximate |= option == "APPROX";
        option == "APPROX"
    })?;
    if !approximate {
        return count(cx, keys, limit, union);
    }
    let mut registers = Registers::default();
    for member in sets(cx, keys)?.into_iter().flatten().flat_map(|set| set.iter()) {
        registers.add(&member.bytes());
    }
    let estimate = registers.estimate() as i64;
    Ok(if limit > 0 { estimate.min(limit) } else { estimate }.into())
}

fn sdiff(cx: &mut Context, args: Args) -> Result<Reply> {
    answer(cx, args, difference)
}

fn sdiffstore(cx: &mut Context, args: Args) -> Result<Reply> {
    store(cx, args, difference, true, "sdiffstore")
}

fn sdiffcard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (keys, limit) = counted_sets(&mut args, |_| false)?;
    count(cx, keys, limit, difference)
}
