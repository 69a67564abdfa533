//! Elements taken from one list and put into another, or taken from the first of several.

use super::list::{End, limit, removed};
use super::pop_first;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::{Bytes, List};

/// What moves elements from one list to another.
pub(super) const MOVE: Command = Command {
    group: Group::List,
    flags: Flags::WRITE.and(Flags::DENYOOM),
    keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RW_ACCESS_DELETE), keys::range(2, 0, 1, KeyFlags::RW_INSERT)]),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "LMOVE",
        syntax: "LMOVE source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT>",
        summary: "Moves an element from an end of one list to an end of another and returns it.",
        complexity: "O(1)",
        since: "6.2.0",
        arity: 5,
        reply: "bulk | null",
        handler: Handler::Now(lmove),
        ..MOVE
    },
    Command {
        name: "LMOVEM",
        syntax: "LMOVEM source:key destination:key <LEFT | RIGHT> <LEFT | RIGHT> [(<COUNT count:int | EXACTLY exactly:int> <OBO | BULK>)]",
        summary: "Moves elements from an end of one list to an end of another and returns them.",
        complexity: "O(N) where N is the number of elements moved.",
        since: "8.10.0",
        arity: -5,
        reply: "bulk[] | null",
        handler: Handler::Now(lmovem),
        ..MOVE
    },
    Command {
        name: "RPOPLPUSH",
        syntax: "RPOPLPUSH source:key destination:key",
        summary: "Moves the last element of one list to the head of another and returns it.",
        complexity: "O(1)",
        since: "1.2.0",
        arity: 3,
        reply: "bulk | null",
        handler: Handler::Now(rpoplpush),
        deprecated: Some(("6.2.0", "`LMOVE` with the `RIGHT` and `LEFT` arguments")),
        ..MOVE
    },
    Command {
        name: "LMPOP",
        syntax: "LMPOP numkeys:int key... <LEFT | RIGHT> [COUNT count:int]",
        summary: "Removes elements from an end of the first list that is not empty, and returns them.",
        complexity: "O(N+M) where N is the number of provided keys and M is the number of elements returned.",
        since: "7.0.0",
        group: Group::List,
        arity: -4,
        flags: Flags::WRITE.and(Flags::MOVABLEKEYS),
        keys: Keys(&[keys::counted(1, KeyFlags::RW_ACCESS_DELETE)]),
        reply: "[bulk, bulk[]] | null",
        handler: Handler::Now(pop_first::first::<End>),
        ..Command::DEFAULT
    },
];

fn rpoplpush(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (source, destination) = (args.key()?, args.key()?);
    Ok(move_one(cx, source, destination, End::Right, End::Left)?.into())
}

fn lmove(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (source, destination) = (args.key()?, args.key()?);
    let (from, to) = (End::parse(&mut args)?, End::parse(&mut args)?);
    Ok(move_one(cx, source, destination, from, to)?.into())
}

/// Moves one element from an end of `source` to an end of `destination`, which may be the same list.
pub(super) fn move_one(
    cx: &mut Context,
    source: &[u8],
    destination: &[u8],
    from: End,
    to: End,
) -> Result<Option<Bytes>> {
    if cx.look::<List>(source)?.is_none() {
        return Ok(None);
    }
    cx.look::<List>(destination)?;
    let Some(list) = cx.write::<List>(source)? else { return Ok(None) };
    let popped = from.pop(list, 1);
    put(cx, destination, &popped, to)?;
    cx.event(Class::List, to.push_event(), destination);
    removed(cx, source, from.pop_event());
    Ok(popped.into_iter().next())
}

/// How many elements LMOVEM moves.
#[derive(Clone, Copy)]
enum Limit {
    UpTo(usize),
    Exactly(usize),
}

/// What LMOVEM moves, from where to where.
pub(super) struct Many<'a> {
    pub source: &'a [u8],
    destination: &'a [u8],
    from: End,
    to: End,
    limit: Limit,
    bulk: bool,
}

impl<'a> Many<'a> {
    /// Reads the keys and the ends. What follows is read by [`Many::amount`].
    pub(super) fn parse(args: &mut Args<'a>) -> Result<Many<'a>> {
        let (source, destination) = (args.key()?, args.key()?);
        let (from, to) = (End::parse(args)?, End::parse(args)?);
        Ok(Many { source, destination, from, to, limit: Limit::UpTo(1), bulk: false })
    }

    /// Reads how many and in which order, at the end of the arguments.
    pub(super) fn amount(mut self, args: &mut Args) -> Result<Many<'a>> {
        if args.is_empty() {
            return Ok(self);
        }
        let exactly = match args.option().as_ref().map(|word| word.as_str()) {
            Some("COUNT") => false,
            Some("EXACTLY") => true,
            _ => return Err(Error::Syntax),
        };
        if args.len() != 2 {
            return Err(Error::Syntax);
        }
        let count = args.int_within(1..=i64::MAX, "count should be greater than 0")?;
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        self.limit = if exactly { Limit::Exactly(count) } else { Limit::UpTo(count) };
        self.bulk = match args.option().as_ref().map(|word| word.as_str()) {
            Some("OBO") => false,
            Some("BULK") => true,
            _ => return Err(Error::Syntax),
        };
        Ok(self)
    }

    /// Moves the elements and answers them as they stand at the destination, or none if there are not enough.
    pub(super) fn run(&self, cx: &mut Context) -> Result<Option<Vec<Bytes>>> {
        let &Many { source, destination, from, to, limit, bulk } = self;
        let Some(available) = cx.look::<List>(source)?.map(List::len) else { return Ok(None) };
        let count = match limit {
            Limit::Exactly(count) if count > available => return Ok(None),
            Limit::Exactly(count) | Limit::UpTo(count) => count,
        };
        cx.look::<List>(destination)?;
        let Some(list) = cx.write::<List>(source)? else { return Ok(None) };
        let mut moved = from.pop(list, count);
        // In bulk they keep the order in which they stood, whichever end they are put at.
        if bulk && from == to {
            moved.reverse();
        }
        put(cx, destination, &moved, to)?;
        if source == destination {
            removed(cx, source, from.pop_event());
            cx.event(Class::List, to.push_event(), destination);
        } else {
            cx.event(Class::List, to.push_event(), destination);
            removed(cx, source, from.pop_event());
        }
        if to == End::Left {
            moved.reverse();
        }
        Ok(Some(moved))
    }
}

fn lmovem(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let many = Many::parse(&mut args)?.amount(&mut args)?;
    Ok(many.run(cx)?.map_or(Reply::NullArray, Reply::from))
}

/// Adds elements at an end, one after another.
fn put(cx: &mut Context, destination: &[u8], elements: &[Bytes], to: End) -> Result<()> {
    let limit = limit(cx);
    let list = cx.create::<List>(destination)?;
    list.expect(elements.iter().map(|element| &**element), limit);
    for element in elements {
        to.push(list, element, limit);
    }
    Ok(())
}

impl pop_first::End for End {
    const KIND: &str = "list";

    fn parse(args: &mut Args) -> Result<End> {
        End::parse(args)
    }

    fn pop(self, cx: &mut Context, key: &[u8], count: usize) -> Result<Option<Vec<Reply>>> {
        let Some(list) = cx.write::<List>(key)? else { return Ok(None) };
        let popped = self.pop(list, count).into_iter().map(Reply::from).collect();
        removed(cx, key, self.pop_event());
        Ok(Some(popped))
    }
}
