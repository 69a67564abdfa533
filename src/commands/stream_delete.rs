//! Entries of streams deleted one by one or cut off the beginning.

use super::stream::parse_id;
use crate::dispatch::{Args, Command, Config, Context, Flags, Group, Handler, Keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::stream::{Deletion, References, Trim, TrimTo};
use crate::structures::{Stream, StreamId};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "XDEL",
        syntax: "XDEL key id...",
        summary: "Deletes entries of a stream and returns how many there were.",
        complexity: "O(1) for each single item to delete in the stream, regardless of the stream size.",
        since: "5.0.0",
        group: Group::Stream,
        arity: -3,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(xdel),
        ..Command::DEFAULT
    },
    Command {
        name: "XDELEX",
        syntax: "XDELEX key [<KEEPREF | DELREF | ACKED>] IDS (numids:int id...)",
        summary: "Deletes entries of a stream, with or without what consumer groups hold of them.",
        complexity: "O(1) for each single item to delete in the stream, regardless of the stream size.",
        since: "8.2.0",
        group: Group::Stream,
        arity: -5,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::DELETE,
        reply: "integer[]",
        handler: Handler::Now(xdelex),
        ..Command::DEFAULT
    },
    Command {
        name: "XTRIM",
        syntax: "XTRIM key (<MAXLEN | MINID> [<= | ~>] threshold [LIMIT count:int] [<KEEPREF | DELREF | ACKED>])",
        summary: "Deletes entries from the beginning of a stream.",
        complexity: "O(N), with N being the number of evicted entries. Constant times are very small however, since \
                     entries are organized in macro nodes containing multiple entries that can be released with a \
                     single deallocation.",
        since: "5.0.0",
        group: Group::Stream,
        arity: -4,
        flags: Flags::WRITE,
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(xtrim),
        history: &[
            ("6.2.0", "Added the `MINID` trimming strategy and the `LIMIT` option."),
            ("8.2.0", "Added the `KEEPREF`, `DELREF` and `ACKED` options."),
        ],
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
];

const LIMIT_NEEDS_TILDE: &str = "syntax error, LIMIT cannot be used without the special ~ option";

/// What XADD and XTRIM are told of trimming.
#[derive(Default)]
pub struct TrimOptions {
    to: Option<TrimTo>,
    approximate: bool,
    limit: Option<usize>,
    references: Option<References>,
}

impl TrimOptions {
    /// Takes an option with its arguments; false if it is none of these or they are missing.
    pub fn accept(&mut self, option: &str, args: &mut Args) -> Result<bool> {
        match option {
            "MAXLEN" | "MINID" if !args.is_empty() => {
                if self.to.is_some() {
                    return Err(Error::own(
                        "syntax error, MAXLEN and MINID options at the same time are not compatible",
                    ));
                }
                self.approximate = args.len() >= 2 && args.accept("~");
                if !self.approximate && args.len() >= 2 {
                    args.accept("=");
                }
                self.to = Some(if option == "MAXLEN" {
                    TrimTo::Length(args.count("The MAXLEN argument must be >= 0.")?)
                } else {
                    TrimTo::Id(parse_id(args.bytes()?)?)
                });
            }
            "LIMIT" if !args.is_empty() => self.limit = Some(args.count("The LIMIT argument must be >= 0.")?),
            _ => return Ok(accept_references(&mut self.references, option)),
        }
        Ok(true)
    }

    /// Checks the options together. `None` if there is nothing to trim by.
    pub fn finish(self, config: &Config) -> Result<Option<Trim>> {
        let Some(to) = self.to else {
            return match self.limit {
                None => Ok(None),
                Some(0) => Err(Error::own(LIMIT_NEEDS_TILDE)),
                Some(_) => Err(Error::own("syntax error, LIMIT cannot be used without specifying a trimming strategy")),
            };
        };
        let limit = match self.limit {
            Some(_) if !self.approximate => {
                return Err(Error::own(LIMIT_NEEDS_TILDE));
            }
            Some(limit) => limit,
            None if !self.approximate => 0,
            // One call does a bounded amount of work.
            None => match config.stream_node_max_entries.saturating_mul(100) {
                0 => 10_000,
                limit => limit.min(1_000_000),
            },
        };
        let references = self.references.unwrap_or(References::Keep);
        Ok(Some(Trim { to, approximate: self.approximate, limit, references }))
    }
}

/// Takes KEEPREF, DELREF or ACKED, but not a second one.
pub fn accept_references(references: &mut Option<References>, option: &str) -> bool {
    let named = match option {
        "KEEPREF" => References::Keep,
        "DELREF" => References::Delete,
        "ACKED" => References::Acked,
        _ => return false,
    };
    references.is_none() && references.replace(named).is_none()
}

/// Reads `[KEEPREF | DELREF | ACKED] IDS numids id...` in either order to the end of the call. The IDs are still words.
pub fn references_and_ids<'a>(args: &mut Args<'a>) -> Result<(References, &'a [&'a [u8]])> {
    let (mut references, mut ids) = (None, None);
    while let Some(option) = args.option() {
        match option.as_str() {
            "IDS" if ids.is_none() && !args.is_empty() => {
                let count = args.int_within(1..=i64::MAX, "Number of IDs must be a positive integer")?;
                let few = |_| Error::own("The `numids` parameter must match the number of arguments");
                ids = Some(args.take(usize::try_from(count).unwrap_or(usize::MAX)).map_err(few)?);
            }
            name if accept_references(&mut references, name) => {}
            _ => return Err(Error::Syntax),
        }
    }
    Ok((references.unwrap_or(References::Keep), ids.ok_or(Error::Syntax)?))
}

/// Tells a client what became of an entry.
pub fn deletion_reply(deletion: Deletion) -> Reply {
    Reply::Int(match deletion {
        Deletion::Absent => -1,
        Deletion::Done => 1,
        Deletion::Referenced => 2,
    })
}

fn xdel(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let Some(stream) = cx.write::<Stream>(key)? else { return Ok(0usize.into()) };
    let ids: Vec<StreamId> = args.rest().iter().map(|id| parse_id(id)).collect::<Result<_>>()?;
    let deleted = ids.into_iter().filter(|id| stream.delete(*id)).count();
    if deleted > 0 {
        cx.event(Class::Stream, "xdel", key);
    }
    Ok(deleted.into())
}

fn xdelex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    cx.look::<Stream>(key)?;
    let (references, words) = references_and_ids(&mut args)?;
    let Some(stream) = cx.write::<Stream>(key)? else {
        return Ok(words.iter().map(|_| deletion_reply(Deletion::Absent)).collect());
    };
    let ids: Vec<StreamId> = words.iter().map(|id| parse_id(id)).collect::<Result<_>>()?;
    let outcomes: Vec<Deletion> = ids.into_iter().map(|id| stream.delete_with(id, references)).collect();
    if outcomes.contains(&Deletion::Done) {
        cx.event(Class::Stream, "xdel", key);
    }
    Ok(outcomes.into_iter().map(deletion_reply).collect())
}

fn xtrim(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let mut options = TrimOptions::default();
    while let Some(option) = args.option() {
        if !options.accept(option.as_str(), &mut args)? {
            return Err(Error::Syntax);
        }
    }
    let unguided = options.to.is_none() && options.limit == Some(0);
    let trim = if unguided { None } else { options.finish(&cx.server.config)? };
    let trim = trim.ok_or(Error::own("syntax error, XTRIM must be called with a trimming strategy"))?;
    let deleted = cx.write::<Stream>(key)?.map_or(0, |stream| stream.trim(trim));
    if deleted > 0 {
        cx.event(Class::Stream, "xtrim", key);
    }
    Ok(deleted.into())
}
