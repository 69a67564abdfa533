//! Entries that were delivered to consumers: listed, acknowledged, claimed and given back.

use super::stream::{fields_reply, item_reply, parse_end, parse_id, parse_start};
use super::stream_delete::{deletion_reply, references_and_ids};
use super::stream_group::no_group;
use crate::dispatch::{Args, Command, Context, Flags, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;
use crate::structures::stream::Deletion;
use crate::structures::stream_group::{ConsumerAt, Group};
use crate::structures::{Stream, StreamId};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "XACK",
        syntax: "XACK key group id...",
        summary: "Acknowledges pending entries of a group and returns how many there were.",
        complexity: "O(1) for each message ID processed.",
        since: "5.0.0",
        arity: -4,
        keys: Keys::UPDATE,
        reply: "integer",
        handler: Handler::Now(xack),
        ..FAST
    },
    Command {
        name: "XACKDEL",
        syntax: "XACKDEL key group [<KEEPREF | DELREF | ACKED>] IDS (numids:int id...)",
        summary: "Acknowledges pending entries of a group and deletes them.",
        complexity: "O(1) for each message ID processed.",
        since: "8.2.0",
        arity: -6,
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RW_UPDATE.and(KeyFlags::DELETE))]),
        reply: "integer[]",
        handler: Handler::Now(xackdel),
        ..FAST
    },
    Command {
        name: "XAUTOCLAIM",
        syntax: "XAUTOCLAIM key group consumer min-idle-time start [COUNT count:int] [JUSTID]",
        summary: "Gives a consumer the pending entries of its group that have been idle.",
        complexity: "O(1) if COUNT is small.",
        since: "6.2.0",
        arity: -6,
        keys: Keys::DELETE,
        reply: "any[]",
        handler: Handler::Now(xautoclaim),
        history: &[(
            "7.0.0",
            "Added an element to the reply array, containing deleted entries the command cleared from the PEL",
        )],
        tips: &["nondeterministic_output"],
        ..FAST
    },
    Command {
        name: "XCLAIM",
        syntax: "XCLAIM key group consumer min-idle-time id... [IDLE ms:int] [TIME unix-time-milliseconds:unix] [RETRYCOUNT count:int] [FORCE] [JUSTID] [LASTID lastid]",
        summary: "Gives a consumer pending entries of its group.",
        complexity: "O(log N) with N being the number of messages in the PEL of the consumer group.",
        since: "5.0.0",
        arity: -6,
        keys: Keys::UPDATE,
        reply: "any[]",
        handler: Handler::Now(xclaim),
        tips: &["nondeterministic_output"],
        ..FAST
    },
    Command {
        name: "XNACK",
        syntax: "XNACK key group <SILENT | FAIL | FATAL> IDS (numids:int id...) [RETRYCOUNT count:int] [FORCE]",
        summary: "Gives pending entries back to their group without acknowledging them.",
        complexity: "O(1) for each message ID processed.",
        since: "8.8.0",
        arity: -7,
        keys: Keys::UPDATE,
        reply: "integer",
        handler: Handler::Now(xnack),
        ..FAST
    },
    Command {
        name: "XPENDING",
        syntax: "XPENDING key group [([IDLE min-idle-time:int] start end count:int [consumer])]",
        summary: "Returns the pending entries of a group, or a summary of them.",
        complexity: "O(N) with N being the number of elements returned, so asking for a small fixed number of entries \
                     per call is O(1). O(M), where M is the total number of entries scanned when used with the IDLE \
                     filter. When the command returns just the summary and the list of consumers is small, it runs \
                     in O(1) time; otherwise, an additional O(N) time for iterating every consumer.",
        since: "5.0.0",
        group: crate::dispatch::Group::Stream,
        arity: -3,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "any[]",
        handler: Handler::Now(xpending),
        history: &[("6.2.0", "Added the `IDLE` option and exclusive range intervals.")],
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
];

/// What the fast writing commands share.
const FAST: Command =
    Command { group: crate::dispatch::Group::Stream, flags: Flags::WRITE.and(Flags::FAST), ..Command::DEFAULT };

/// Looks up a stream with one of its groups; a missing one is an error.
fn stream_with_group<'a>(cx: &'a mut Context, key: &[u8], group: &[u8]) -> Result<&'a mut Stream> {
    let stream = cx.write::<Stream>(key)?.filter(|stream| stream.groups.contains_key(group));
    stream.ok_or_else(|| no_group(key, group, ""))
}

/// Works on a group of a stream beside its entries.
pub fn with_group<T>(stream: &mut Stream, name: &[u8], work: impl FnOnce(&Stream, &mut Group) -> T) -> Option<T> {
    let mut group = std::mem::take(stream.groups.get_mut(name)?);
    let outcome = work(stream, &mut group);
    if let Some(place) = stream.groups.get_mut(name) {
        *place = group;
    }
    Some(outcome)
}

fn xack(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name) = (args.key()?, args.bytes()?);
    cx.read::<Stream>(key)?;
    let Some(group) = cx.write::<Stream>(key)?.and_then(|stream| stream.groups.get_mut(name)) else {
        return Ok(0usize.into());
    };
    let ids: Vec<StreamId> = args.rest().iter().map(|id| parse_id(id)).collect::<Result<_>>()?;
    let acknowledged = ids.into_iter().filter(|id| group.remove(*id)).count();
    cx.keyspace.journal.dirty += acknowledged as u64;
    Ok(acknowledged.into())
}

fn xackdel(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name) = (args.key()?, args.bytes()?);
    cx.read::<Stream>(key)?;
    let (references, words) = references_and_ids(&mut args)?;
    let stream = cx.write::<Stream>(key)?.filter(|stream| stream.groups.contains_key(name));
    let Some(stream) = stream else {
        return Ok(words.iter().map(|_| deletion_reply(Deletion::Absent)).collect());
    };
    let ids: Vec<StreamId> = words.iter().map(|id| parse_id(id)).collect::<Result<_>>()?;
    let (mut outcomes, mut deleted, mut acknowledged) = (Vec::with_capacity(ids.len()), 0, 0);
    for id in ids {
        if !stream.groups.get_mut(name).is_some_and(|group| group.remove(id)) {
            outcomes.push(Deletion::Absent);
            continue;
        }
        acknowledged += 1;
        match stream.delete_with(id, references) {
            Deletion::Done => deleted += 1,
            Deletion::Referenced => {
                outcomes.push(Deletion::Referenced);
                continue;
            }
            // It was deleted before; what is left of it is gone now.
            Deletion::Absent => {}
        }
        outcomes.push(Deletion::Done);
    }
    cx.keyspace.journal.dirty += acknowledged;
    if deleted > 0 {
        cx.event(Class::Stream, "xdel", key);
    }
    Ok(outcomes.into_iter().map(deletion_reply).collect())
}

/// Takes an integer, or fails with `Invalid WHAT argument for COMMAND`.
fn integer(args: &mut Args, what: &str, command: &str) -> Result<i64> {
    parse_int(args.bytes()?).ok_or_else(|| Error::telling(format_args!("Invalid {what} argument for {command}")))
}

/// What XCLAIM does to each entry.
struct Claim {
    min_idle: i64,
    time: i64,
    count: Option<i64>,
    force: bool,
    just_id: bool,
}

impl Claim {
    /// Gives an entry to a consumer, and answers it if that was done. What is pending and no longer there goes.
    fn take(&self, stream: &Stream, group: &mut Group, owner: ConsumerAt, id: StreamId, now: i64) -> Option<Reply> {
        let Some(item) = stream.get(id) else {
            group.remove(id);
            return None;
        };
        let (mut count, owned_since) = match group.pending(id) {
            Some(pending) => (pending.count, pending.owner.map(|_| pending.time)),
            None if self.force => (1, None),
            None => return None,
        };
        if owned_since.is_some_and(|time| now.saturating_sub(time) < self.min_idle) {
            return None;
        }
        if let Some(given) = self.count {
            count = given;
        } else if !self.just_id {
            count = count.saturating_add(1);
        }
        group.put(id, Some(owner), self.time, count);
        if let Some(consumer) = group.consumer_mut(owner) {
            consumer.active = Some(now);
        }
        Some(if self.just_id { id.text().into() } else { item_reply(item) })
    }
}

/// Finds the consumer that a command speaks for, makes it if there is none, and notes that it was seen.
pub fn consumer(group: &mut Group, name: &[u8], now: i64) -> (ConsumerAt, bool) {
    let (at, created) = group.find_or_create(name, now);
    if let Some(consumer) = group.consumer_mut(at) {
        consumer.seen = now;
    }
    (at, created)
}

fn xclaim(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, owner) = (args.key()?, args.bytes()?, args.bytes()?);
    cx.read::<Stream>(key)?;
    stream_with_group(cx, key, name)?;
    let min_idle = integer(&mut args, "min-idle-time", "XCLAIM")?.max(0);
    let mut ids = Vec::new();
    while let Some(id) = args.peek().and_then(|word| parse_id(word).ok()) {
        ids.push(id);
        args.bytes()?;
    }
    let now = cx.now();
    let (mut time, mut last_id) = (None, StreamId::MIN);
    let mut claim = Claim { min_idle, time: now, count: None, force: false, just_id: false };
    while let Some(word) = args.peek() {
        let Some(option) = args.option() else { break };
        match option.as_str() {
            "FORCE" => claim.force = true,
            "JUSTID" => claim.just_id = true,
            "IDLE" if !args.is_empty() => {
                time = Some(now.saturating_sub(integer(&mut args, "IDLE option", "XCLAIM")?));
            }
            "TIME" if !args.is_empty() => time = Some(integer(&mut args, "TIME option", "XCLAIM")?),
            "RETRYCOUNT" if !args.is_empty() => {
                let count = integer(&mut args, "RETRYCOUNT option", "XCLAIM")?;
                claim.count = (count >= 0).then_some(count);
            }
            "LASTID" if !args.is_empty() => last_id = parse_id(args.bytes()?)?,
            _ => return Err(unrecognized("XCLAIM", word)),
        }
    }
    // A clock that runs ahead, or counts from elsewhere, is not believed.
    claim.time = time.filter(|time| (0..=now).contains(time)).unwrap_or(now);
    let stream = stream_with_group(cx, key, name)?;
    let outcome = with_group(stream, name, |stream, group| {
        group.last_id = group.last_id.max(last_id);
        let (owner, created) = consumer(group, owner, now);
        let claimed: Vec<Reply> = ids.into_iter().filter_map(|id| claim.take(stream, group, owner, id, now)).collect();
        (created, claimed)
    });
    let (created, claimed) = outcome.unwrap_or_default();
    if created {
        cx.event_aside(Class::Stream, "xgroup-createconsumer", key);
    }
    cx.keyspace.journal.dirty += claimed.len() as u64;
    Ok(Reply::Array(claimed))
}

fn unrecognized(command: &str, word: &[u8]) -> Error {
    Error::quoting(&[b"ERR Unrecognized ", command.as_bytes(), b" option '", word, b"'"])
}

fn xautoclaim(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, owner) = (args.key()?, args.bytes()?, args.bytes()?);
    cx.value(key);
    let min_idle = integer(&mut args, "min-idle-time", "XAUTOCLAIM")?.max(0);
    let start = parse_start(args.bytes()?)?;
    let (mut count, mut just_id) = (100, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            // Redis makes room for that many identifiers at once.
            "COUNT" if !args.is_empty() => count = args.int_within(1..=i64::MAX / 16, "COUNT must be > 0")?,
            "JUSTID" => just_id = true,
            _ => return Err(Error::Syntax),
        }
    }
    let now = cx.now();
    let claim = Claim { min_idle, time: now, count: None, force: false, just_id };
    let stream = stream_with_group(cx, key, name)?;
    let outcome = with_group(stream, name, |stream, group| {
        let (owner, created) = consumer(group, owner, now);
        let attempts = usize::try_from(count.saturating_mul(10)).unwrap_or(usize::MAX);
        let mut wanted = usize::try_from(count).unwrap_or(usize::MAX);
        let (mut claimed, mut deleted, mut next) = (Vec::new(), Vec::new(), Some(start));
        for _ in 0..attempts {
            let Some((id, pending)) =
                next.and_then(|next| group.pending_range(next, StreamId::MAX).next()).filter(|_| wanted > 0)
            else {
                break;
            };
            next = id.next();
            if !stream.contains(id) {
                group.remove(id);
                deleted.push(Reply::from(id.text()));
                wanted -= 1;
            } else if now.saturating_sub(pending.time) >= min_idle {
                claimed.extend(claim.take(stream, group, owner, id, now));
                wanted -= 1;
            }
        }
        let cursor = next.and_then(|next| group.pending_range(next, StreamId::MAX).next());
        (created, cursor.map_or(StreamId::MIN, |(id, _)| id), claimed, deleted)
    });
    let (created, cursor, claimed, deleted) = outcome.unwrap_or_default();
    if created {
        cx.event_aside(Class::Stream, "xgroup-createconsumer", key);
    }
    cx.keyspace.journal.dirty += (claimed.len() + deleted.len()) as u64;
    Ok(Reply::Array(vec![cursor.text().into(), Reply::Array(claimed), Reply::Array(deleted)]))
}

/// What XNACK makes of the number of deliveries.
#[derive(Clone, Copy)]
enum Failure {
    /// The last delivery does not count.
    Silent,
    Fail,
    /// No delivery will help.
    Fatal,
}

fn xnack(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name) = (args.key()?, args.bytes()?);
    stream_with_group(cx, key, name)?;
    let failure = match args.option().as_ref().map_or("", |mode| mode.as_str()) {
        "SILENT" => Failure::Silent,
        "FAIL" => Failure::Fail,
        "FATAL" => Failure::Fatal,
        _ => return Err(Error::own("mode must be SILENT, FAIL, or FATAL")),
    };
    let (mut ids, mut given, mut force) = (None, None, false);
    while let Some(word) = args.peek() {
        let Some(option) = args.option() else { break };
        match option.as_str() {
            "FORCE" => force = true,
            "RETRYCOUNT" if !args.is_empty() => {
                let count = args.int()?;
                if count < 0 {
                    return Err(Error::own("Invalid RETRYCOUNT value, must be >= 0"));
                }
                given = Some(count);
            }
            "IDS" if !args.is_empty() => {
                let count = args.int_within(1..=i64::from(i32::MAX), "numids must be a positive integer")?;
                let few = |_| Error::own("number of IDs doesn't match numids");
                ids = Some(args.take(count as usize).map_err(few)?);
            }
            _ => return Err(unrecognized("XNACK", word)),
        }
    }
    let ids = ids.ok_or(Error::own("syntax error, expected IDS keyword"))?;
    let ids: Vec<StreamId> = ids.iter().map(|id| parse_id(id)).collect::<Result<_>>()?;
    let stream = stream_with_group(cx, key, name)?;
    let released = with_group(stream, name, |stream, group| {
        let mut released = 0;
        for id in ids {
            let before = match group.pending(id) {
                Some(pending) => pending.count,
                None if force && stream.contains(id) => 0,
                None => continue,
            };
            let count = given.unwrap_or(match failure {
                Failure::Silent => (before - 1).max(0),
                Failure::Fail => before,
                Failure::Fatal => i64::MAX,
            });
            group.put(id, None, 0, count);
            released += 1;
        }
        released
    });
    let released: usize = released.unwrap_or(0);
    if released > 0 {
        cx.keyspace.journal.wake(cx.session.db, key);
    }
    cx.keyspace.journal.dirty += released as u64;
    Ok(released.into())
}

fn xpending(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name) = (args.key()?, args.bytes()?);
    // A summary, or from start, end and count on to what IDLE and a consumer add.
    if !matches!(args.len(), 0 | 3..=6) {
        return Err(Error::Syntax);
    }
    let listing = if args.is_empty() { None } else { Some(Listing::read(&mut args)?) };
    let now = cx.now();
    let group = cx.read::<Stream>(key)?.and_then(|stream| stream.groups.get(name));
    let group = group.ok_or_else(|| no_group(key, name, ""))?;
    Ok(match listing {
        Some(listing) => listing.reply(group, now),
        None => pending_summary(group),
    })
}

/// The long form of XPENDING.
struct Listing<'a> {
    start: StreamId,
    end: StreamId,
    count: usize,
    min_idle: i64,
    consumer: Option<&'a [u8]>,
}

impl<'a> Listing<'a> {
    fn read(args: &mut Args<'a>) -> Result<Listing<'a>> {
        let mut min_idle = 0;
        if args.accept("IDLE") {
            min_idle = args.int()?;
            if args.len() < 3 {
                return Err(Error::Syntax);
            }
        }
        let (start, end) = (args.bytes()?, args.bytes()?);
        let count = usize::try_from(args.int()?.max(0)).unwrap_or(usize::MAX);
        let (start, end) = (parse_start(start)?, parse_end(end)?);
        Ok(Listing { start, end, count, min_idle, consumer: args.bytes().ok() })
    }

    fn reply(&self, group: &Group, now: i64) -> Reply {
        let idle = |time: i64| now.saturating_sub(time).max(0);
        let show = |id: StreamId| -> Option<Reply> {
            let pending =
                group.pending(id).filter(|pending| self.min_idle <= 0 || idle(pending.time) >= self.min_idle)?;
            let owner = pending.owner.and_then(|at| group.consumer(at));
            Some(Reply::Array(vec![
                id.text().into(),
                owner.map_or(Reply::bulk(""), |owner| (&owner.name).into()),
                owner.map_or(-1, |_| idle(pending.time)).into(),
                pending.count.into(),
            ]))
        };
        match self.consumer {
            None => group.pending_range(self.start, self.end).filter_map(|(id, _)| show(id)).take(self.count).collect(),
            Some(name) => {
                let ids =
                    group.find(name).and_then(|at| group.consumer(at)).map(|found| found.pending_from(self.start));
                ids.into_iter().flatten().take_while(|id| *id <= self.end).filter_map(show).take(self.count).collect()
            }
        }
    }
}

fn pending_summary(group: &Group) -> Reply {
    let mut all = group.pending_range(StreamId::MIN, StreamId::MAX);
    let Some((first, _)) = all.next() else {
        return Reply::Array(vec![0usize.into(), Reply::Null, Reply::Null, Reply::NullArray]);
    };
    let last = all.next_back().map_or(first, |(id, _)| id);
    let consumers = group
        .consumers()
        .filter(|consumer| consumer.pending_len() > 0)
        .map(|consumer| Reply::Array(vec![(&consumer.name).into(), consumer.pending_len().to_string().into()]));
    Reply::Array(vec![
        group.pending_len().into(),
        first.text().into(),
        last.text().into(),
        Reply::Array(consumers.collect()),
    ])
}

/// Answers an entry of a consumer's history; one that was deleted has no fields.
pub fn history_reply(stream: &Stream, id: StreamId) -> Reply {
    let fields = stream.get(id).map_or(Reply::NullArray, fields_reply);
    Reply::Array(vec![id.text().into(), fields])
}
