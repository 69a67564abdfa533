//! What takes elements from lists and waits for them while there are none.

use super::list::End;
use super::list_move::{MOVE, Many, move_one};
use super::pop_first::{End as _, first_blocking, one_blocking};
use crate::dispatch::blocking::deadline;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, Outcome, Park, keys};
use crate::protocol::{Reply, Result};

const DEFAULT: Command = Command { group: Group::List, flags: Flags::WRITE.and(Flags::BLOCKING), ..Command::DEFAULT };
const MOVING: Command = Command { flags: MOVE.flags.and(Flags::BLOCKING), ..MOVE };
const POP: Command = Command {
    complexity: "O(N) where N is the number of provided keys.",
    since: "2.0.0",
    arity: -3,
    keys: Keys(&[keys::range(1, -2, 1, KeyFlags::RW_ACCESS_DELETE)]),
    reply: "[bulk, bulk] | null",
    history: &[DECIMALS],
    ..DEFAULT
};
const DECIMALS: (&str, &str) = ("6.0.0", "`timeout` is interpreted as a double instead of an integer.");

pub const COMMANDS: &[Command] = &[
    Command {
        name: "BLPOP",
        syntax: "BLPOP key... timeout:double",
        summary: "Removes and returns the first element of the first list that is not empty; waits until there is one.",
        handler: Handler::Blocking(blpop),
        ..POP
    },
    Command {
        name: "BRPOP",
        syntax: "BRPOP key... timeout:double",
        summary: "Removes and returns the last element of the first list that is not empty; waits until there is one.",
        handler: Handler::Blocking(brpop),
        ..POP
    },
    Command {
        name: "BLMOVE",
        syntax: "BLMOVE source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> timeout:double",
        summary: "Moves an element from an end of one list to an end of another and returns it; waits until there is one.",
        complexity: "O(1)",
        since: "6.2.0",
        arity: 6,
        reply: "bulk | null",
        handler: Handler::Blocking(blmove),
        ..MOVING
    },
    Command {
        name: "BLMOVEM",
        syntax: "BLMOVEM source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> timeout:double [(<COUNT count:int | EXACTLY exactly:int> <OBO | BULK>)]",
        summary: "Moves elements from an end of one list to an end of another and returns them; waits until there are any.",
        complexity: "O(N) where N is the number of elements moved.",
        since: "8.10.0",
        arity: -6,
        reply: "bulk[] | null",
        handler: Handler::Blocking(blmovem),
        ..MOVING
    },
    Command {
        name: "BRPOPLPUSH",
        syntax: "BRPOPLPUSH source:key destination:key timeout:double",
        summary: "Moves the last element of one list to the head of another and returns it; waits until there is one.",
        complexity: "O(1)",
        since: "2.2.0",
        arity: 4,
        reply: "bulk | null",
        handler: Handler::Blocking(brpoplpush),
        history: &[DECIMALS],
        deprecated: Some(("6.2.0", "`BLMOVE` with the `RIGHT` and `LEFT` arguments")),
        ..MOVING
    },
    Command {
        name: "BLMPOP",
        syntax: "BLMPOP timeout:double numkeys:int key... <LEFT | RIGHT> [COUNT count:int]",
        summary: "Removes elements from an end of the first list that is not empty, and returns them; waits until there are any.",
        complexity: "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
        since: "7.0.0",
        arity: -5,
        flags: DEFAULT.flags.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(2, KeyFlags::RW_ACCESS_DELETE)]),
        reply: "[bulk, bulk[]] | null",
        handler: Handler::Blocking(first_blocking::<End>),
        ..DEFAULT
    },
];

fn blpop(cx: &mut Context, args: Args) -> Result<Outcome> {
    one_blocking(cx, args, End::Left)
}

fn brpop(cx: &mut Context, args: Args) -> Result<Outcome> {
    one_blocking(cx, args, End::Right)
}

fn blmove(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    let (source, destination) = (args.key()?, args.key()?);
    let (from, to) = (End::parse(&mut args)?, End::parse(&mut args)?);
    shift(cx, source, destination, from, to, args)
}

fn brpoplpush(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    let (source, destination) = (args.key()?, args.key()?);
    shift(cx, source, destination, End::Right, End::Left, args)
}

fn shift(cx: &mut Context, source: &[u8], destination: &[u8], from: End, to: End, mut args: Args) -> Result<Outcome> {
    let deadline = deadline(cx, &mut args)?;
    Ok(match move_one(cx, source, destination, from, to)? {
        Some(element) => element.into(),
        // One who waited in vain is told so by a null array, one who may not wait by a null.
        None if !cx.may_park() => Reply::Null.into(),
        None => Outcome::Park(Park::on(End::KIND, &[source], deadline)),
    })
}

fn blmovem(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    let many = Many::parse(&mut args)?;
    let deadline = deadline(cx, &mut args)?;
    let many = many.amount(&mut args)?;
    Ok(match many.run(cx)? {
        Some(moved) => moved.into(),
        None => Outcome::Park(Park::on(End::KIND, &[many.source], deadline)),
    })
}
