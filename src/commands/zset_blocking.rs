//! What takes members from sorted sets and waits for them while there are none.

use super::zset_pop::{End, First, take};
use crate::dispatch::blocking::deadline;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, Outcome, Park, keys};
use crate::protocol::{Reply, Result};
use crate::structures::Zset;

const DEFAULT: Command =
    Command { group: Group::SortedSet, flags: Flags::WRITE.and(Flags::BLOCKING), ..Command::DEFAULT };
const POP: Command = Command {
    complexity: "O(log(N)) with N being the number of elements in the sorted set.",
    since: "5.0.0",
    arity: -3,
    flags: DEFAULT.flags.and(Flags::FAST),
    keys: Keys(&[keys::range(1, -2, 1, KeyFlags::RW_ACCESS_DELETE)]),
    reply: "[bulk, bulk, double] | null",
    history: &[("6.0.0", "`timeout` is interpreted as a double instead of an integer.")],
    ..DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "BZPOPMIN",
        syntax: "BZPOPMIN key... timeout:double",
        summary: "Removes and returns the lowest member of the first sorted set that is not empty; waits until there is one.",
        handler: Handler::Blocking(bzpopmin),
        ..POP
    },
    Command {
        name: "BZPOPMAX",
        syntax: "BZPOPMAX key... timeout:double",
        summary: "Removes and returns the highest member of the first sorted set that is not empty; waits until there is one.",
        handler: Handler::Blocking(bzpopmax),
        ..POP
    },
    Command {
        name: "BZMPOP",
        syntax: "BZMPOP timeout:double numkeys:int key... <MIN | MAX> [COUNT count:int]",
        summary: "Removes the lowest or highest members of the first sorted set that is not empty, and returns them; waits until there are any.",
        complexity: "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.",
        since: "7.0.0",
        arity: -5,
        flags: DEFAULT.flags.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(2, KeyFlags::RW_ACCESS_DELETE)]),
        reply: "[bulk, [bulk, double][]] | null",
        handler: Handler::Blocking(bzmpop),
        ..DEFAULT
    },
];

const ZSET: &str = "zset";

fn bzpopmin(cx: &mut Context, args: Args) -> Result<Outcome> {
    pop(cx, args, End::Min)
}

fn bzpopmax(cx: &mut Context, args: Args) -> Result<Outcome> {
    pop(cx, args, End::Max)
}

fn pop(cx: &mut Context, mut args: Args, end: End) -> Result<Outcome> {
    let keys = args.take(args.len() - 1)?;
    let deadline = deadline(cx, &mut args)?;
    for &key in keys {
        if cx.read::<Zset>(key)?.is_some() {
            let taken = take(cx, key, end, 1)?.into_iter().flat_map(|(member, score)| [member.into(), score.into()]);
            return Ok(Reply::Array([Reply::bulk(key)].into_iter().chain(taken).collect()).into());
        }
    }
    Ok(Outcome::Park(Park::on(ZSET, keys, deadline)))
}

fn bzmpop(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    // The timeout stands first, and is looked at last.
    let mut timeout = args.clone();
    args.bytes()?;
    let first = First::parse(&mut args)?;
    let deadline = deadline(cx, &mut timeout)?;
    Ok(match first.pop(cx)? {
        Some(popped) => popped.into(),
        None => Outcome::Park(Park::on(ZSET, first.keys, deadline)),
    })
}
