//! Slots of a cluster counted, and moved: the one node has all of them, and so none can go anywhere.

use super::cluster::{DEFAULT, enabled};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;
use crate::structures::order::sort_by_key;
use crate::structures::slot::SLOTS;

/// What moves slots.
const MOVE: Command =
    Command { since: "8.4.0", flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::STALE), ..DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "CLUSTER MIGRATION",
        syntax: "CLUSTER MIGRATION <IMPORT (start-slot:int end-slot:int)... | CANCEL <ID task-id | ALL> | STATUS <[ID task-id] \
                 | [ALL]>>",
        summary: "Starts, stops or shows the import of slots.",
        complexity: "O(N) where N is the total number of the slots between the start slot and end slot arguments.",
        arity: -4,
        reply: "any",
        handler: Handler::Now(migration),
        ..MOVE
    },
    Command {
        name: "CLUSTER SLOT-STATS",
        syntax: "CLUSTER SLOT-STATS <SLOTSRANGE (start-slot:int end-slot:int) | ORDERBY (metric [LIMIT limit:int] [<ASC | \
                 DESC>])>",
        summary: "Returns how many keys slots have.",
        complexity: "O(N) where N is the total number of slots based on arguments. O(N*log(N)) with ORDERBY subcommand.",
        since: "8.2.0",
        arity: -4,
        flags: Flags::LOADING.and(Flags::STALE),
        reply: "any[]",
        tips: &["nondeterministic_output", "request_policy:all_shards"],
        handler: Handler::Now(slot_stats),
        ..DEFAULT
    },
    Command {
        name: "CLUSTER SYNCSLOTS",
        syntax: "CLUSTER SYNCSLOTS <SYNC (task-id (start-slot:int end-slot:int)...) | RDBCHANNEL task-id | SNAPSHOT-EOF | \
                 STREAM-EOF | ACK (state offset:int) | FAIL error | CONF (option... value...)>",
        summary: "An internal command for moving slots.",
        complexity: "O(1)",
        arity: -3,
        reply: "any",
        tips: &["nondeterministic_output"],
        handler: Handler::Now(syncslots),
        ..MOVE
    },
    Command {
        name: "TRIMSLOTS",
        syntax: "TRIMSLOTS RANGES (numranges:int (startslot:int endslot:int)...)",
        summary: "Deletes the keys of slots that another node has.",
        complexity: "O(N) where N is the total number of keys in all databases",
        since: "8.4.0",
        group: Group::Server,
        arity: -5,
        flags: Flags::WRITE.and(Flags::KEYSPACE).and(Flags::DANGEROUS),
        reply: "OK",
        handler: Handler::Now(trimslots),
        ..DEFAULT
    },
];

const OUT_OF_RANGE: Error = Error::Own(std::borrow::Cow::Borrowed("Invalid or out of range slot"));

/// Reads a slot.
fn slot(text: &[u8]) -> Result<u16> {
    parse_int(text).and_then(|slot| u16::try_from(slot).ok()).filter(|slot| *slot < SLOTS).ok_or(OUT_OF_RANGE)
}

fn slot_stats(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    let (kind, first) = (args.option(), args.bytes()?);
    let (mut slots, limit): (Vec<(u16, usize)>, usize) = match kind.as_ref().map_or("", |kind| kind.as_str()) {
        "SLOTSRANGE" if args.len() == 1 => {
            let (start, end) = (slot(first)?, slot(args.bytes()?)?);
            if start > end {
                return Err(Error::telling(format_args!("Start slot number {start} is greater than end slot number {end}")));
            }
            ((start..=end).map(|slot| (slot, 0)).collect(), usize::MAX)
        }
        "ORDERBY" => {
            let (mut limit, mut ascending) = (None, None);
            while let Some(option) = args.option() {
                let again = match option.as_str() {
                    "LIMIT" if !args.is_empty() => {
                        let sentence = "Limit has to lie in between 1 and 16384 (maximum number of slots).";
                        limit.replace(args.int_within(1..=i64::from(SLOTS), sentence)?).is_some()
                    }
                    "ASC" => ascending.replace(true).is_some(),
                    "DESC" => ascending.replace(false).is_some(),
                    _ => return Err(Error::Syntax),
                };
                if again {
                    return Err(Error::own("Multiple filters of the same type are disallowed."));
                }
            }
            if !first.eq_ignore_ascii_case(b"key-count") {
                return Err(Error::own("Unrecognized sort metric for ORDERBY."));
            }
            let mut all: Vec<(u16, usize)> = (0..SLOTS).map(|slot| (slot, cx.db_mut().keys_in_slot(slot).len())).collect();
            let ascending = ascending.unwrap_or(false);
            sort_by_key(&mut all, |(_, count)| if ascending { *count } else { usize::MAX - count });
            (all, limit.map_or(usize::MAX, |limit| limit as usize))
        }
        _ => {
            let sentence = "unknown subcommand or wrong number of arguments for 'SLOT-STATS'. Try CLUSTER HELP.";
            return Err(Error::own(sentence));
        }
    };
    slots.truncate(limit);
    let fact = |(slot, _): (u16, usize)| {
        let count = cx.db_mut().keys_in_slot(slot).len();
        Reply::Array(vec![Reply::Int(slot.into()), Reply::map([("key-count", count)])])
    };
    Ok(slots.into_iter().map(fact).collect())
}

fn migration(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    let option = args.option();
    let targets = args.rest();
    let named = |word: &str| targets[0].eq_ignore_ascii_case(word.as_bytes());
    let arity = || Err(Error::Arity(cx.command.full_name().into()));
    match option.as_ref().map_or("", |option| option.as_str()) {
        "IMPORT" if targets.len() % 2 == 1 => arity(),
        "IMPORT" => {
            targets.iter().try_for_each(|target| slot(target).map(drop))?;
            Err(Error::own("this node is already the owner of the slot range"))
        }
        "STATUS" | "CANCEL" if targets.len() != 1 + usize::from(named("ID")) => arity(),
        "STATUS" if named("ALL") || named("ID") => Ok(Reply::Array(Vec::new())),
        "CANCEL" if named("ALL") || named("ID") => Ok(Reply::Int(0)),
        _ => Err(Error::own("unknown argument")),
    }
}

fn syncslots(cx: &mut Context, _: Args) -> Result<Reply> {
    enabled(cx)?;
    Err(Error::own("CLUSTER SYNCSLOTS subcommands are only allowed for internal clients"))
}

fn trimslots(cx: &mut Context, mut args: Args) -> Result<Reply> {
    enabled(cx)?;
    if !args.accept("RANGES") {
        return Err(Error::own("missing ranges argument"));
    }
    let count = args.int()?;
    let (ranges, rest) = args.rest().as_chunks::<2>();
    if !rest.is_empty() || usize::try_from(count) != Ok(ranges.len()) {
        return Err(Error::own("invalid number of ranges"));
    }
    let mut first = None;
    for [start, end] in ranges {
        let (start, end) = (slot(start)?, slot(end)?);
        if start > end {
            return Err(Error::telling(format_args!("start slot number {start} is greater than end slot number {end}")));
        }
        first = first.or(Some(start));
    }
    Err(Error::telling(format_args!("the slot {} is served by this node", first.unwrap_or(0))))
}
