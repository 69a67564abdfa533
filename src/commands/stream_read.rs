//! XREAD and XREADGROUP: entries of several streams behind given IDs.

use super::stream::{fields_reply, item_reply, parse_id};
use super::stream_group::no_group;
use super::stream_pending::{consumer, history_reply, with_group};
use crate::dispatch::blocking::{Outcome, Park, deadline_ms};
use crate::dispatch::keys::{Begin, Find};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Class;
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::{int_digits, parse_int};
use crate::structures::stream::Item;
use crate::structures::{Bytes, Stream, StreamId};

const fn streams(from: i32) -> [keys::KeySpec; 1] {
    [keys::KeySpec {
        begin: Begin::Keyword("STREAMS", from),
        find: Find::Range { last: -1, step: 1, limit: 2 },
        flags: KeyFlags::RO_ACCESS.and(KeyFlags::INCOMPLETE),
    }]
}

pub const COMMANDS: &[Command] = &[
    Command {
        name: "XREAD",
        syntax: "XREAD [COUNT count:int] [MAXCOUNT maxcount:int] [MAXSIZE maxsize:int] [BLOCK milliseconds:int] STREAMS (key... id...)",
        summary: "Returns the entries of streams behind given IDs, and waits for some if there are none.",
        since: "5.0.0",
        group: Group::Stream,
        arity: -4,
        flags: Flags::READONLY.and(Flags::BLOCKING).and(Flags::MOVABLEKEYS),
        keys: Keys(&streams(1)),
        reply: "any | null",
        handler: Handler::Blocking(xread),
        history: &[("8.10.0", "Added the `MAXCOUNT` and `MAXSIZE` options.")],
        ..Command::DEFAULT
    },
    Command {
        name: "XREADGROUP",
        syntax: "XREADGROUP GROUP (group consumer) [COUNT count:int] [MAXCOUNT maxcount:int] [MAXSIZE maxsize:int] [BLOCK milliseconds:int] [CLAIM min-idle-time:int] [NOACK] STREAMS (key... id...)",
        summary: "Returns new entries of streams, or a consumer's pending ones, to a consumer of a group.",
        complexity: "For each stream mentioned: O(M) with M being the number of elements returned. If M is constant \
                     (e.g. always asking for the first 10 elements with COUNT), you can consider it O(1). On the other \
                     side when XREADGROUP blocks, XADD will pay the O(N) time in order to serve the N clients blocked \
                     on the stream getting new data.",
        since: "5.0.0",
        group: Group::Stream,
        arity: -7,
        flags: Flags::WRITE.and(Flags::BLOCKING).and(Flags::MOVABLEKEYS),
        keys: Keys(&streams(4)),
        reply: "any | null",
        handler: Handler::Blocking(xreadgroup),
        history: &[("8.4.0", "Added the `CLAIM` option."), ("8.10.0", "Added the `MAXCOUNT` and `MAXSIZE` options.")],
        ..Command::DEFAULT
    },
];

/// What a call asks for.
#[derive(Default)]
struct Reading<'a> {
    count: Option<usize>,
    max_count: Option<usize>,
    max_size: Option<usize>,
    /// The time at which to wait no longer, if there is one; no wait at all without BLOCK.
    block: Option<Option<i64>>,
    /// The group and the consumer that read.
    group: Option<(&'a [u8], &'a [u8])>,
    claim: Option<i64>,
    no_ack: bool,
    streams: Vec<(&'a [u8], &'a [u8])>,
}

/// From where a stream is read.
#[derive(Clone, Copy)]
enum From {
    /// Behind an ID; in a group, of what the consumer has pending.
    After(StreamId),
    /// What nobody in the group has read.
    New,
}

impl<'a> Reading<'a> {
    fn parse(cx: &Context, args: &mut Args<'a>, grouped: bool) -> Result<Reading<'a>> {
        let name = if grouped { "xreadgroup" } else { "xread" };
        let only_group = |option: &str| {
            Error::telling(format_args!("The {option} option is only supported by XREADGROUP. You called XREAD instead."))
        };
        let mut reading = Reading::default();
        while let Some(option) = args.option() {
            match option.as_str() {
                "BLOCK" if !args.is_empty() => reading.block = Some(deadline_ms(cx, args)?),
                "COUNT" if !args.is_empty() => {
                    reading.count = usize::try_from(args.int()?).ok().filter(|count| *count > 0);
                }
                option @ ("MAXCOUNT" | "MAXSIZE") if !args.is_empty() => {
                    let refusal = || Error::telling(format_args!("{option} must be a positive integer"));
                    let most = usize::try_from(args.int()?).ok().filter(|most| *most > 0).ok_or_else(refusal)?;
                    let place = if option == "MAXCOUNT" { &mut reading.max_count } else { &mut reading.max_size };
                    *place = Some(most);
                }
                "STREAMS" if !args.is_empty() => {
                    let words = args.rest();
                    if !words.len().is_multiple_of(2) {
                        let last = if grouped { ">" } else { "$" };
                        let plus = if grouped { "" } else { ", '+'," };
                        return Err(Error::telling(format_args!(
                            "Unbalanced '{name}' list of streams: for each stream key an ID{plus} or '{last}' must be \
                             specified."
                        )));
                    }
                    let (keys, ids) = words.split_at(words.len() / 2);
                    reading.streams = keys.iter().copied().zip(ids.iter().copied()).collect();
                }
                "GROUP" if args.len() >= 2 => {
                    if !grouped {
                        return Err(only_group("GROUP"));
                    }
                    reading.group = Some((args.bytes()?, args.bytes()?));
                }
                "NOACK" => {
                    if !grouped {
                        return Err(only_group("NOACK"));
                    }
                    reading.no_ack = true;
                }
                "CLAIM" if !args.is_empty() => {
                    if !grouped {
                        return Err(only_group("CLAIM"));
                    }
                    let idle = parse_int(args.bytes()?);
                    let idle = idle.ok_or(Error::own("min-idle-time is not an integer or out of range"))?;
                    if idle < 0 {
                        return Err(Error::own("min-idle-time must be a positive integer"));
                    }
                    reading.claim = Some(idle);
                }
                _ => return Err(Error::Syntax),
            }
        }
        if reading.streams.is_empty() {
            return Err(Error::Syntax);
        }
        if grouped && reading.group.is_none() {
            return Err(Error::own("Missing GROUP option for XREADGROUP"));
        }
        if reading.count > reading.max_count && reading.max_count.is_some() {
            return Err(Error::own("MAXCOUNT must be greater than or equal to COUNT"));
        }
        Ok(reading)
    }

    /// Reads the IDs, looking at the streams for those that depend on them.
    fn resolve(&self, cx: &Context) -> Result<Vec<From>> {
        let resolve = |(key, id): &(&[u8], &[u8])| {
            let stream = cx.read::<Stream>(key)?;
            if let Some((group, _)) = self.group
                && !stream.is_some_and(|stream| stream.groups.contains_key(group))
            {
                return Err(no_group(key, group, " in XREADGROUP with GROUP option"));
            }
            let last = stream.map_or(StreamId::MIN, |stream| stream.last_id);
            match (*id, self.group.is_some()) {
                (b"$", true) => Err(Error::own(
                    "The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this \
                     consumer by specifying a proper ID, or use the > ID to get new messages. The $ ID would just \
                     return an empty result set.",
                )),
                (b"+", true) => Err(Error::own(
                    "The + ID is meaningless in the context of XREADGROUP: you want to read the history of this \
                     consumer by specifying a proper ID, or use the > ID to get new messages. The + ID would just \
                     return an empty result set.",
                )),
                (b"$", false) => Ok(From::After(last)),
                (b"+", false) => {
                    let top = stream.filter(|stream| !stream.is_empty()).and_then(|stream| stream.top_id().previous());
                    Ok(From::After(top.unwrap_or(last)))
                }
                (b">", false) => Err(Error::own(
                    "The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.",
                )),
                (b">", true) => Ok(From::New),
                // In a group, Redis knows > by the greatest ID of all.
                (id, true) if parse_id(id)? == StreamId::MAX => Ok(From::New),
                (id, _) => parse_id(id).map(From::After),
            }
        };
        self.streams.iter().map(resolve).collect()
    }
}

/// What may still be answered.
struct Budget {
    /// Entries over all streams.
    count: usize,
    max_size: Option<usize>,
    /// The bytes that the reply takes so far on the wire.
    size: usize,
    any: bool,
}

impl Budget {
    /// Tells that nothing more may come.
    fn is_spent(&self) -> bool {
        self.count == 0 || self.is_full()
    }

    /// Tells that the bytes are used up. The first entry comes whatever its size.
    fn is_full(&self) -> bool {
        self.any && self.max_size.is_some_and(|most| self.size >= most)
    }

    /// Counts the key that heads a stream's entries.
    fn open(&mut self, key: &[u8], protocol: Protocol) {
        let head = if protocol == Protocol::Resp2 { 4 } else { 0 };
        self.size += head + bulk_size(key.len());
    }

    /// Counts one entry.
    fn spend(&mut self, entry: &Reply) {
        self.any = true;
        self.count -= 1;
        if self.max_size.is_some() {
            self.size += wire_size(entry);
        }
    }

    /// Counts the array that the entries of a stream stand in.
    fn close(&mut self, entries: usize) {
        self.size += head_size(entries);
    }
}

/// Counts the bytes of a number with its sign and line end, as in the head of an array.
fn head_size(number: usize) -> usize {
    int_digits(number as i64, &mut [0; 20]).len() + 3
}

fn bulk_size(len: usize) -> usize {
    head_size(len) + len + 2
}

/// Counts the bytes that an entry takes on the wire.
fn wire_size(reply: &Reply) -> usize {
    match reply {
        Reply::Array(items) => head_size(items.len()) + items.iter().map(wire_size).sum::<usize>(),
        Reply::Bulk(bytes) => bulk_size(bytes.len()),
        Reply::Int(value) => int_digits(*value, &mut [0; 20]).len() + 3,
        // `*-1` in RESP2; `_` in RESP3 takes two bytes less, for which it is too rare to ask.
        _ => 5,
    }
}

fn xread(cx: &mut Context, args: Args) -> Result<Outcome> {
    let mut rest = args;
    let reading = Reading::parse(cx, &mut rest, false)?;
    let from = reading.resolve(cx)?;
    let outcome = serve_or_park(cx, &reading, &from)?;
    let Outcome::Park(park) = outcome else { return Ok(outcome) };
    // What `$` and `+` stand for is settled now.
    let ids = from.iter().map(|from| match from {
        From::After(id) => id.text().to_vec(),
        From::New => b">".to_vec(),
    });
    let before = args.argv().len() - from.len();
    let again = args.argv()[..before].iter().map(|word| word.to_vec()).chain(ids).collect();
    Ok(Outcome::Park(Park { again: Some(again), ..park }))
}

fn xreadgroup(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    let reading = Reading::parse(cx, &mut args, true)?;
    let from = reading.resolve(cx)?;
    serve_or_park(cx, &reading, &from)
}

fn serve_or_park(cx: &mut Context, reading: &Reading, from: &[From]) -> Result<Outcome> {
    if let Some(reply) = serve(cx, reading, from)? {
        return Ok(reply.into());
    }
    let Some(deadline) = reading.block else { return Ok(Reply::NullArray.into()) };
    let keys: Vec<&[u8]> = reading.streams.iter().map(|(key, _)| *key).collect();
    let mut park = Park::on("stream", &keys, deadline);
    park.even_without = reading.group.is_some();
    if let (Some((group, _)), Some(idle)) = (reading.group, reading.claim) {
        for key in keys {
            let stream = cx.look::<Stream>(key)?;
            let next = stream.and_then(|stream| stream.groups.get(group)?.next_idle(stream, idle));
            park.retry_at = park.retry_at.into_iter().chain(next).min();
        }
    }
    Ok(Outcome::Park(park))
}

/// Answers what there is to read; `None` if there is nothing.
fn serve(cx: &mut Context, reading: &Reading, from: &[From]) -> Result<Option<Reply>> {
    let protocol = cx.session.protocol;
    let count = reading.max_count.unwrap_or(usize::MAX);
    let mut budget = Budget { count, max_size: reading.max_size, size: 0, any: false };
    let mut served: Vec<(Reply, Reply)> = Vec::new();
    // As Redis has it, a stream whose history is read ends the claiming for those behind it.
    let mut claim = reading.claim;
    for ((key, _), from) in reading.streams.iter().zip(from) {
        if budget.is_spent() {
            break;
        }
        let entries = match (reading.group, *from) {
            (None, From::After(id)) => read(cx, reading, key, id, &mut budget)?,
            (None, From::New) => None,
            (Some(group), from) => {
                claim = claim.filter(|_| matches!(from, From::New));
                read_in_group(cx, reading, key, group, from, claim, &mut budget)?
            }
        };
        if let Some(entries) = entries {
            budget.close(entries.len());
            served.push((Reply::bulk(*key), Reply::Array(entries)));
        }
    }
    if served.is_empty() {
        return Ok(None);
    }
    Ok(Some(match protocol {
        Protocol::Resp2 => served.into_iter().map(|(key, entries)| Reply::Array(vec![key, entries])).collect(),
        Protocol::Resp3 => Reply::Map(served),
    }))
}

/// Takes what fits the budget out of `items`.
fn fill<'a>(
    items: impl Iterator<Item = Item<'a>>,
    count: usize,
    budget: &mut Budget,
    reply: impl Fn(Item) -> Reply,
) -> Vec<Reply> {
    let mut entries = Vec::new();
    for item in items.take(count) {
        if budget.is_spent() {
            break;
        }
        let entry = reply(item);
        budget.spend(&entry);
        entries.push(entry);
    }
    entries
}

fn read(
    cx: &Context,
    reading: &Reading,
    key: &[u8],
    after: StreamId,
    budget: &mut Budget,
) -> Result<Option<Vec<Reply>>> {
    let Some(stream) = cx.read::<Stream>(key)? else { return Ok(None) };
    let Some(start) = after.next().filter(|_| stream.last_id > after) else { return Ok(None) };
    let mut items = stream.range(start, StreamId::MAX, false).peekable();
    if items.peek().is_none() {
        return Ok(None);
    }
    budget.open(key, cx.session.protocol);
    Ok(Some(fill(items, reading.count.unwrap_or(usize::MAX), budget, item_reply)))
}

fn read_in_group(
    cx: &mut Context,
    reading: &Reading,
    key: &[u8],
    (group, name): (&[u8], &[u8]),
    from: From,
    claim: Option<i64>,
    budget: &mut Budget,
) -> Result<Option<Vec<Reply>>> {
    let (now, protocol) = (cx.now(), cx.session.protocol);
    cx.value(key);
    let Some(stream) = cx.write::<Stream>(key)? else { return Ok(None) };
    let outcome = with_group(stream, group, |stream, group| {
        let (owner, created) = consumer(group, name, now);
        let mut reader = Reader { stream, group, owner, now, count: reading.count.unwrap_or(usize::MAX) };
        let entries = match from {
            From::After(id) => {
                budget.open(key, protocol);
                Some(reader.history(id, budget))
            }
            From::New => {
                let has_new = stream.range_after(reader.group.last_id).next().is_some();
                let idle = claim.map_or(Vec::new(), |idle| reader.idle(idle));
                (has_new || !idle.is_empty()).then(|| {
                    budget.open(key, protocol);
                    let mut entries = reader.claim(idle, budget);
                    reader.count -= entries.len();
                    entries.extend(reader.deliver(reading.no_ack, claim.is_some(), budget));
                    entries
                })
            }
        };
        (created, entries)
    });
    let (created, entries) = outcome.unwrap_or_default();
    if created {
        cx.event_aside(Class::Stream, "xgroup-createconsumer", key);
    }
    if entries.is_some() {
        cx.keyspace.journal.dirty += 1;
    }
    Ok(entries)
}

/// A consumer that reads a stream.
struct Reader<'a> {
    stream: &'a Stream,
    group: &'a mut crate::structures::stream_group::Group,
    owner: crate::structures::stream_group::ConsumerAt,
    now: i64,
    /// The most entries of this stream.
    count: usize,
}

impl Reader<'_> {
    /// Answers what the consumer has pending behind an ID, and counts each as delivered once more.
    fn history(&mut self, after: StreamId, budget: &mut Budget) -> Vec<Reply> {
        let start = after.next();
        let ids = start.zip(self.group.consumer(self.owner)).map(|(start, consumer)| consumer.pending_from(start));
        let ids: Vec<StreamId> = ids.into_iter().flatten().take(self.count.min(budget.count)).collect();
        let mut entries = Vec::new();
        for id in ids {
            if budget.is_spent() {
                break;
            }
            let entry = history_reply(self.stream, id);
            budget.spend(&entry);
            entries.push(entry);
            if let Some(pending) = self.group.pending(id).filter(|_| self.stream.contains(id)) {
                self.group.put(id, Some(self.owner), self.now, pending.count.saturating_add(1));
            }
        }
        entries
    }

    /// Finds the pending entries of the group that have been idle for so many ms.
    fn idle(&self, idle: i64) -> Vec<StreamId> {
        let present = self.group.idle_for(idle, self.now).filter(|id| self.stream.contains(*id));
        present.take(self.count).collect()
    }

    /// Gives the consumer idle entries.
    fn claim(&mut self, ids: Vec<StreamId>, budget: &mut Budget) -> Vec<Reply> {
        let mut entries = Vec::new();
        for id in ids {
            let (Some(item), Some(pending)) = (self.stream.get(id), self.group.pending(id)) else { continue };
            if budget.is_spent() {
                break;
            }
            let entry = claimed_reply(item, self.now.saturating_sub(pending.time), pending.count);
            budget.spend(&entry);
            entries.push(entry);
            self.group.put(id, Some(self.owner), self.now, pending.count.saturating_add(1));
            self.note_active();
        }
        entries
    }

    /// Gives the consumer entries that nobody in the group has read.
    fn deliver(&mut self, no_ack: bool, claiming: bool, budget: &mut Budget) -> Vec<Reply> {
        let last = self.group.last_id;
        let mut ids = Vec::new();
        let items = self.stream.range_after(last).inspect(|item| ids.push(item.id));
        let entries = fill(items, self.count, budget, |item| match claiming {
            true => claimed_reply(item, 0, 0),
            false => item_reply(item),
        });
        for id in ids.into_iter().take(entries.len()) {
            self.group.advance(self.stream, id);
            if !no_ack {
                self.group.put(id, Some(self.owner), self.now, 1);
                self.note_active();
            }
        }
        entries
    }

    fn note_active(&mut self) {
        if let Some(consumer) = self.group.consumer_mut(self.owner) {
            consumer.active = Some(self.now);
        }
    }
}

/// Answers an entry with the ms since it was last delivered, and how often it was.
fn claimed_reply(item: Item, idle: i64, count: i64) -> Reply {
    let id: Bytes = item.id.text();
    Reply::Array(vec![id.into(), fields_reply(item), idle.into(), count.into()])
}
