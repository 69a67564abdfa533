//! Streams: entries added and read by range. See <https://redis.io/docs/latest/commands/?group=stream>.

use super::stream_delete::TrimOptions;
use super::stream_producers::{Sender, find_duplicate};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::stream::{Item, NODE_BYTES};
use crate::structures::{Stream, StreamId};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "XADD",
        syntax: "XADD key [NOMKSTREAM] [<KEEPREF | DELREF | ACKED>] [<IDMPAUTO pid | IDMP (pid iid)>] [(<MAXLEN | MINID> [<= | ~>] threshold [LIMIT count:int])] <* | id> (field value)...",
        summary: "Appends an entry to a stream.",
        complexity: "O(1) when adding a new entry, O(N) when trimming where N being the number of entries evicted.",
        since: "5.0.0",
        group: Group::Stream,
        arity: -5,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "bulk | null",
        handler: Handler::Now(xadd),
        history: &[
            ("6.2.0", "Added the `NOMKSTREAM` option, `MINID` trimming strategy and the `LIMIT` option."),
            ("7.0.0", "Added support for the `<ms>-*` explicit ID form."),
            ("8.2.0", "Added the `KEEPREF`, `DELREF` and `ACKED` options."),
        ],
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
    Command {
        name: "XLEN",
        syntax: "XLEN key",
        summary: "Returns the number of entries of a stream.",
        complexity: "O(1)",
        since: "5.0.0",
        group: Group::Stream,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(xlen),
        ..Command::DEFAULT
    },
    Command {
        name: "XRANGE",
        syntax: "XRANGE key start end [COUNT count:int]",
        summary: "Returns the entries of a stream between two IDs.",
        handler: Handler::Now(xrange),
        ..RANGE
    },
    Command {
        name: "XREVRANGE",
        syntax: "XREVRANGE key end start [COUNT count:int]",
        summary: "Returns the entries of a stream between two IDs in reverse order.",
        handler: Handler::Now(xrevrange),
        ..RANGE
    },
    Command {
        name: "XSETID",
        syntax: "XSETID key last-id [ENTRIESADDED entries-added:int] [MAXDELETEDID max-deleted-id]",
        summary: "Sets the last ID of a stream and what it counts, as replication needs it.",
        complexity: "O(1)",
        since: "5.0.0",
        group: Group::Stream,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "OK",
        handler: Handler::Now(xsetid),
        history: &[("7.0.0", "Added the `entries_added` and `max_deleted_entry_id` arguments.")],
        ..Command::DEFAULT
    },
];

/// What XRANGE and XREVRANGE share.
const RANGE: Command = Command {
    complexity: "O(N) with N being the number of elements being returned. If N is constant (e.g. always asking for the \
                 first 10 elements with COUNT), you can consider it O(1).",
    since: "5.0.0",
    group: Group::Stream,
    arity: -4,
    flags: Flags::READONLY,
    keys: Keys::READ,
    reply: "any[]",
    history: &[("6.2.0", "Added exclusive ranges.")],
    ..Command::DEFAULT
};

const INVALID_ID: Error =
    Error::Own(std::borrow::Cow::Borrowed("Invalid stream ID specified as stream command argument"));

/// Reads an ID; one without a second part gets 0 for it.
pub fn parse_id(text: &[u8]) -> Result<StreamId> {
    StreamId::parse(text, 0).ok_or(INVALID_ID)
}

/// Reads an ID, `-` for the least and `+` for the greatest; one without a second part gets `missing` for it.
pub fn parse_bound(text: &[u8], missing: u64) -> Result<StreamId> {
    match text {
        b"-" => Ok(StreamId::MIN),
        b"+" => Ok(StreamId::MAX),
        _ => StreamId::parse(text, missing).ok_or(INVALID_ID),
    }
}

/// Reads the start of a range, `(` before it if it is not in it itself.
pub fn parse_start(text: &[u8]) -> Result<StreamId> {
    match text.strip_prefix(b"(").filter(|rest| !rest.is_empty()) {
        Some(id) => parse_id(id)?.next().ok_or(Error::own("invalid start ID for the interval")),
        None => parse_bound(text, 0),
    }
}

/// Reads the end of a range, `(` before it if it is not in it itself.
pub fn parse_end(text: &[u8]) -> Result<StreamId> {
    match text.strip_prefix(b"(").filter(|rest| !rest.is_empty()) {
        Some(id) => {
            let id = StreamId::parse(id, u64::MAX).ok_or(INVALID_ID)?;
            id.previous().ok_or(Error::own("invalid end ID for the interval"))
        }
        None => parse_bound(text, u64::MAX),
    }
}

/// Answers the fields and values of an entry, flat whatever the protocol.
pub fn fields_reply(item: Item) -> Reply {
    let mut fields = Vec::with_capacity(2 * item.len());
    for (field, value) in item.pairs() {
        fields.push(field.into());
        fields.push(value.into());
    }
    Reply::Array(fields)
}

/// Answers an entry: its ID, then its fields and values.
pub fn item_reply(item: Item) -> Reply {
    Reply::Array(vec![item.id.text().into(), fields_reply(item)])
}

/// The ID that XADD is given.
enum NewId {
    /// `*`
    Auto,
    /// `ms-*`
    Time(u64),
    Given(StreamId),
}

impl NewId {
    fn parse(text: &[u8]) -> Result<NewId> {
        match text.strip_suffix(b"-*") {
            Some(ms) if !ms.contains(&b'-') => Ok(NewId::Time(parse_id(ms)?.ms)),
            _ => Ok(NewId::Given(parse_id(text)?)),
        }
    }

    /// Chooses an ID above the last one.
    fn choose(self, last: StreamId, now: i64) -> Option<StreamId> {
        let id = match self {
            NewId::Auto => {
                let ms = u64::try_from(now).unwrap_or(0);
                if ms > last.ms { Some(StreamId { ms, seq: 0 }) } else { last.next() }
            }
            NewId::Time(ms) if ms == last.ms => last.seq.checked_add(1).map(|seq| StreamId { ms, seq }),
            NewId::Time(ms) => Some(StreamId { ms, seq: 0 }),
            NewId::Given(id) => Some(id),
        };
        id.filter(|id| *id > last)
    }
}

fn xadd(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (mut trim, mut create, mut sender, mut id) = (TrimOptions::default(), true, None, None);
    while id.is_none()
        && let Some(word) = args.peek()
    {
        let Some(option) = args.option() else { break };
        match option.as_str() {
            "*" => id = Some(NewId::Auto),
            "NOMKSTREAM" => create = false,
            name if Sender::accept(&mut sender, name, &mut args)? => {}
            name if trim.accept(name, &mut args)? => {}
            _ => id = Some(NewId::parse(word)?),
        }
    }
    if sender.is_some() && matches!(id, Some(NewId::Time(_) | NewId::Given(_))) {
        return Err(Error::own("syntax error, IDMP/IDMPAUTO can be used only with auto-generated IDs"));
    }
    let trim = trim.finish(&cx.server.config)?;
    let (pairs, rest) = args.rest().as_chunks::<2>();
    let (Some(id), false, []) = (id, pairs.is_empty(), rest) else {
        return Err(Error::Arity("xadd".into()));
    };
    if matches!(id, NewId::Given(StreamId::MIN)) {
        return Err(Error::own("The ID specified in XADD must be greater than 0-0"));
    }
    let pairs: Vec<(&[u8], &[u8])> = pairs.iter().map(|&[field, value]| (field, value)).collect();
    if pairs.iter().map(|(field, value)| field.len() + value.len()).sum::<usize>() > NODE_BYTES {
        return Err(Error::own("Elements are too large to be stored"));
    }
    let (now, limits) = (cx.now(), cx.server.config.stream_limits());
    if cx.write::<Stream>(key)?.is_none() && !create {
        return Ok(Reply::Null);
    }
    let sender = sender.map(|sender| (sender.producer, sender.name_of(&pairs)));
    if let Some((producer, name)) = &sender
        && let Some(id) = find_duplicate(cx, key, producer, name)?
    {
        return Ok(id.text().into());
    }
    // Without a stream nothing below fails, so that no empty one is left behind.
    let defaults = cx.server.config.producer_limits();
    let stream = cx.create::<Stream>(key)?;
    if stream.last_id == StreamId::MAX {
        return Err(Error::own("The stream has exhausted the last possible ID, unable to add more items"));
    }
    let Some(id) = id.choose(stream.last_id, now) else {
        return Err(Error::own("The ID specified in XADD is equal or smaller than the target stream top item"));
    };
    stream.append(id, &pairs, limits);
    if let Some((producer, name)) = sender {
        stream.producers_mut(defaults).remember(producer, &name, id, now);
    }
    let trimmed = trim.map_or(0, |trim| stream.trim(trim));
    cx.event(Class::Stream, "xadd", key);
    if trimmed > 0 {
        cx.event(Class::Stream, "xtrim", key);
    }
    Ok(id.text().into())
}

fn xlen(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(cx.read::<Stream>(args.key()?)?.map_or(0, Stream::len).into())
}

fn xrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, start, end) = (args.key()?, args.bytes()?, args.bytes()?);
    range(cx, key, start, end, false, args)
}

fn xrevrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, end, start) = (args.key()?, args.bytes()?, args.bytes()?);
    range(cx, key, start, end, true, args)
}

fn range(cx: &Context, key: &[u8], start: &[u8], end: &[u8], reverse: bool, mut args: Args) -> Result<Reply> {
    let (start, end) = (parse_start(start)?, parse_end(end)?);
    let mut count = usize::MAX;
    while let Some(option) = args.option() {
        match option.as_str() {
            "COUNT" if !args.is_empty() => count = usize::try_from(args.int()?.max(0)).unwrap_or(usize::MAX),
            _ => return Err(Error::Syntax),
        }
    }
    let Some(stream) = cx.read::<Stream>(key)? else { return Ok(Reply::Array(Vec::new())) };
    if count == 0 {
        return Ok(Reply::NullArray);
    }
    Ok(stream.range(start, end, reverse).take(count).map(item_reply).collect())
}

fn xsetid(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, id) = (args.key()?, parse_id(args.bytes()?)?);
    let (mut added, mut max_deleted) = (None, None);
    while let Some(option) = args.option() {
        match option.as_str() {
            "ENTRIESADDED" if !args.is_empty() => {
                added = Some(args.count("entries_added must be positive")?);
            }
            "MAXDELETEDID" if !args.is_empty() => {
                let deleted = parse_id(args.bytes()?)?;
                if id < deleted {
                    return Err(Error::own(
                        "The ID specified in XSETID is smaller than the provided max_deleted_entry_id",
                    ));
                }
                max_deleted = Some(deleted).filter(|deleted| *deleted != StreamId::MIN);
            }
            _ => return Err(Error::Syntax),
        }
    }
    let stream = cx.write::<Stream>(key)?.ok_or(Error::NoSuchKey)?;
    if id < stream.max_deleted_id {
        return Err(Error::own("The ID specified in XSETID is smaller than current max_deleted_entry_id"));
    }
    if id < stream.top_id() {
        return Err(Error::own("The ID specified in XSETID is smaller than the target stream top item"));
    }
    if added.is_some_and(|added| added < stream.len()) {
        return Err(Error::own("The entries_added specified in XSETID is smaller than the target stream length"));
    }
    stream.last_id = id;
    stream.entries_added = added.map_or(stream.entries_added, |added| added as u64);
    stream.max_deleted_id = max_deleted.unwrap_or(stream.max_deleted_id);
    cx.event_aside(Class::Stream, "xsetid", key);
    Ok(Reply::OK)
}
