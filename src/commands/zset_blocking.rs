//! What takes members from sorted sets and waits for them while there are none.

use super::pop_first::{first_blocking, one_blocking};
use super::zset_pop::End;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, Outcome, keys};
use crate::protocol::Result;

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
        handler: Handler::Blocking(first_blocking::<End>),
        ..DEFAULT
    },
];

fn bzpopmin(cx: &mut Context, args: Args) -> Result<Outcome> {
    one_blocking(cx, args, End::Min)
}

fn bzpopmax(cx: &mut Context, args: Args) -> Result<Outcome> {
    one_blocking(cx, args, End::Max)
}
