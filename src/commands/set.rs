//! Sets. See <https://redis.io/docs/latest/commands/?group=set>.

use super::scan;
use crate::dispatch::keys::range;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Listing, Reply, Result, Strings};
use crate::structures::Set;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "SADD",
        syntax: "SADD key member...",
        summary: "Adds members to a set, which is made if there is none.",
        complexity: "O(1) for each member, so O(N) for N members",
        since: "1.0.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(sadd),
        history: &[("2.4.0", "Accepts multiple `member` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "SREM",
        syntax: "SREM key member...",
        summary: "Removes members from a set, and the set with its last member.",
        complexity: "O(N) for N members",
        since: "1.0.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(srem),
        history: &[("2.4.0", "Accepts multiple `member` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "SCARD",
        syntax: "SCARD key",
        summary: "Returns the number of members of a set.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Set,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(scard),
        ..Command::DEFAULT
    },
    Command {
        name: "SISMEMBER",
        syntax: "SISMEMBER key member",
        summary: "Tells whether a set has a member.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Set,
        arity: 3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(sismember),
        ..Command::DEFAULT
    },
    Command {
        name: "SMISMEMBER",
        syntax: "SMISMEMBER key member...",
        summary: "Tells which members a set has.",
        complexity: "O(N) for N members",
        since: "6.2.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::READ,
        reply: "integer[]",
        handler: Handler::Now(smismember),
        ..Command::DEFAULT
    },
    Command {
        name: "SMEMBERS",
        syntax: "SMEMBERS key",
        summary: "Returns all members of a set.",
        complexity: "O(N) for a set of N members",
        since: "1.0.0",
        group: Group::Set,
        arity: 2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(smembers),
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "SMOVE",
        syntax: "SMOVE source:key destination:key member",
        summary: "Moves a member from one set to another.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Set,
        arity: 4,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys(&[range(1, 0, 1, KeyFlags::RW_ACCESS_DELETE), range(2, 0, 1, KeyFlags::RW_INSERT)]),
        reply: "integer",
        handler: Handler::Now(smove),
        ..Command::DEFAULT
    },
    Command {
        name: "SPOP",
        syntax: "SPOP key [count:int]",
        summary: "Removes and returns one or more random members.",
        complexity: "O(1); with a count, O(N) for N members",
        since: "1.0.0",
        group: Group::Set,
        arity: -2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_DELETE,
        reply: "bulk | null; with count: bulk[]",
        handler: Handler::Now(spop),
        history: &[("3.2.0", "Added the `count` argument.")],
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
    Command {
        name: "SRANDMEMBER",
        syntax: "SRANDMEMBER key [count:int]",
        summary: "Returns one or more random members.",
        complexity: "O(1); with a count, O(N) for N members",
        since: "1.0.0",
        group: Group::Set,
        arity: -2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk | null; with count: bulk[]",
        handler: Handler::Now(srandmember),
        history: &[("2.6.0", "Added the optional `count` argument.")],
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
    Command {
        name: "SSCAN",
        syntax: "SSCAN key cursor:int [MATCH pattern:pattern] [COUNT count:int]",
        summary: "Iterates over the members of a set.",
        complexity: "O(1) for every call; O(N) for a whole scan of N elements",
        since: "2.8.0",
        group: Group::Set,
        arity: -3,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "[bulk, bulk[]]",
        handler: Handler::Now(sscan),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
];

fn sadd(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, members) = (args.key()?, args.rest());
    let limits = cx.server.config.set_limits();
    let set = cx.create::<Set>(key)?;
    set.reserve(members[0], members.len(), limits);
    let added = members.iter().filter(|member| set.add(member, limits)).count();
    if added > 0 {
        cx.event(Class::Set, "sadd", key);
    }
    Ok(added.into())
}

fn srem(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, members) = (args.key()?, args.rest());
    let Some(set) = cx.write::<Set>(key)? else { return Ok(0usize.into()) };
    let removed = members.iter().filter(|member| set.remove(member)).count();
    if removed > 0 {
        cx.event(Class::Set, "srem", key);
        cx.delete_if_empty::<Set>(key);
    }
    Ok(removed.into())
}

fn scard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    Ok(cx.read::<Set>(key)?.map_or(0, Set::len).into())
}

fn sismember(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, member) = (args.key()?, args.bytes()?);
    Ok(cx.read::<Set>(key)?.is_some_and(|set| set.contains(member)).into())
}

fn smismember(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, members) = (args.key()?, args.rest());
    let set = cx.read::<Set>(key)?;
    Ok(members.iter().map(|member| set.is_some_and(|set| set.contains(member))).collect())
}

fn smembers(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let Some(set) = cx.read::<Set>(key)? else { return Ok(Reply::Set(Vec::new())) };
    let mut members = Strings::with_capacity(set.len());
    members.extend(set.iter());
    Ok(Reply::Strings(Listing::Set, members))
}

fn smove(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (source, destination, member) = (args.key()?, args.key()?, args.bytes()?);
    let Some(set) = cx.look::<Set>(source)? else { return Ok(false.into()) };
    let present = set.contains(member);
    cx.look::<Set>(destination)?;
    if !present || source == destination {
        return Ok(present.into());
    }
    if let Some(set) = cx.write::<Set>(source)? {
        set.remove(member);
    }
    cx.event(Class::Set, "srem", source);
    cx.delete_if_empty::<Set>(source);
    let limits = cx.server.config.set_limits();
    let set = cx.create::<Set>(destination)?;
    set.reserve(member, 1, limits);
    if set.add(member, limits) {
        cx.event(Class::Set, "sadd", destination);
    }
    Ok(true.into())
}

fn spop(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    if args.is_empty() {
        let Some(len) = cx.look::<Set>(key)?.map(Set::len) else { return Ok(Reply::Null) };
        let position = cx.random_below(len);
        let member = cx.write::<Set>(key)?.and_then(|set| set.remove_at(position));
        popped(cx, key);
        return Ok(member.into());
    }
    if args.len() > 1 {
        return Err(Error::Syntax);
    }
    let count = args.int_within(0..=i64::MAX, "value is out of range, must be positive")?;
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let len = cx.look::<Set>(key)?.map_or(0, Set::len);
    if count == 0 || len == 0 {
        return Ok(Reply::Set(Vec::new()));
    }
    let positions: Vec<usize> = (len - count.min(len)..len).rev().map(|left| cx.random_below(left + 1)).collect();
    let Some(set) = cx.write::<Set>(key)? else { return Ok(Reply::Set(Vec::new())) };
    let members = if count >= len {
        std::mem::take(set).iter().map(Reply::from).collect()
    } else {
        positions.into_iter().filter_map(|position| set.remove_at(position)).map(Reply::from).collect()
    };
    popped(cx, key);
    Ok(Reply::Set(members))
}

fn popped(cx: &mut Context, key: &[u8]) {
    cx.event(Class::Set, "spop", key);
    cx.delete_if_empty::<Set>(key);
}

fn srandmember(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    if args.is_empty() {
        let Some(len) = cx.read::<Set>(key)?.map(Set::len) else { return Ok(Reply::Null) };
        let position = cx.random_below(len);
        return Ok(cx.look::<Set>(key)?.and_then(|set| set.at(position)).into());
    }
    if args.len() > 1 {
        return Err(Error::Syntax);
    }
    let count = args.random_count()?;
    let len = cx.read::<Set>(key)?.map_or(0, Set::len);
    let positions = cx.random_positions(count, len)?;
    let picked = cx.look::<Set>(key)?.map(|set| set.pick(&positions)).unwrap_or_default();
    cx.admit_repeats(count, picked.iter().map(|member| member.len()).sum())?;
    Ok(picked.into_iter().collect())
}

fn sscan(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let cursor = scan::cursor(&mut args)?;
    let Some(set) = cx.read::<Set>(key)? else { return Ok(scan::reply(0, Vec::new())) };
    let options = scan::Options::read(&mut args, |_, _| Ok(false))?;
    let mut found = Vec::new();
    let next = set.scan(cursor, options.count, |member| {
        if options.matches(&member.bytes()) {
            found.push(member.into());
        }
    });
    Ok(scan::reply(next, found))
}
