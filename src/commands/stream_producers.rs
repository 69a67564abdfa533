//! Entries that are added once although they are sent twice: what XADD's IDMP and IDMPAUTO rest on, XCFGSET and
//! XIDMPRECORD. See <https://redis.io/docs/latest/develop/data-types/streams/idempotency>.

use super::stream::parse_id;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::protocol::{Error, Reply, Result};
use crate::structures::order::sort_by;
use crate::structures::{Stream, StreamId};
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_128;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "XCFGSET",
        syntax: "XCFGSET key [IDMP-DURATION idmp-duration:int] [IDMP-MAXSIZE idmp-maxsize:int]",
        summary: "Sets for how long a stream remembers what producers sent, and how much of it.",
        complexity: "O(1)",
        since: "8.6.0",
        group: Group::Stream,
        arity: -2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "OK",
        handler: Handler::Now(xcfgset),
        ..Command::DEFAULT
    },
    Command {
        name: "XIDMPRECORD",
        syntax: "XIDMPRECORD key pid iid stream-id",
        summary: "Remembers an entry as sent by a producer, as an append-only file needs it.",
        complexity: "O(1)",
        since: "8.6.2",
        group: Group::Stream,
        arity: 5,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::UPDATE,
        reply: "OK",
        handler: Handler::Now(xidmprecord),
        ..Command::DEFAULT
    },
];

/// Who sends an entry, and what the entry is to be known by.
pub struct Sender<'a> {
    pub producer: &'a [u8],
    name: Option<&'a [u8]>,
}

impl<'a> Sender<'a> {
    /// Takes IDMP or IDMPAUTO with their arguments; false if the option is neither or they are missing.
    pub fn accept(sender: &mut Option<Sender<'a>>, option: &str, args: &mut Args<'a>) -> Result<bool> {
        let words = match option {
            "IDMP" => 2,
            "IDMPAUTO" => 1,
            _ => return Ok(false),
        };
        if args.len() < words {
            return Ok(false);
        }
        if sender.is_some() {
            return Err(Error::own("syntax error, IDMP/IDMPAUTO specified multiple times"));
        }
        let producer = args.bytes()?;
        if producer.is_empty() {
            return Err(Error::telling(format_args!("syntax error, {option} requires a non-empty producer ID")));
        }
        let name = (option == "IDMP").then(|| args.bytes()).transpose()?;
        if name.is_some_and(<[u8]>::is_empty) {
            return Err(Error::own("syntax error, IDMP requires a non-empty idempotent ID"));
        }
        *sender = Some(Sender { producer, name });
        Ok(true)
    }

    /// Answers what an entry is known by: the name that it was given, or a digest of its fields and values in whatever
    /// order they come.
    pub fn name_of(&self, pairs: &[(&[u8], &[u8])]) -> Cow<'a, [u8]> {
        if let Some(name) = self.name {
            return Cow::Borrowed(name);
        }
        let digest = |(field, value): &(&[u8], &[u8])| {
            xxh3_128(&[&(field.len() as u64).to_le_bytes()[..], field, value].concat()).to_le_bytes()
        };
        let mut digests: Vec<[u8; 16]> = pairs.iter().map(digest).collect();
        sort_by(&mut digests, Ord::cmp);
        Cow::Owned(xxh3_128(digests.as_flattened()).to_le_bytes().to_vec())
    }
}

/// Answers the entry that a producer sent under a name before, and counts the second time.
pub fn find_duplicate(cx: &mut Context, key: &[u8], producer: &[u8], name: &[u8]) -> Result<Option<StreamId>> {
    let now = cx.now();
    let Some(producers) = cx.write::<Stream>(key)?.and_then(|stream| stream.producers.as_mut()) else {
        return Ok(None);
    };
    let found = producers.find(producer, name, now);
    producers.duplicates += u64::from(found.is_some());
    Ok(found)
}

fn xcfgset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let defaults = cx.server.config.producer_limits();
    let Some(stream) = cx.write::<Stream>(key)? else { return Err(Error::NoSuchKey) };
    let (mut duration, mut maxsize) = (None, None);
    if args.is_empty() {
        return Err(Error::own("At least one parameter must be specified"));
    }
    while let Some(option) = args.option() {
        let (limit, most, unit) = match option.as_str() {
            "IDMP-DURATION" if !args.is_empty() => (&mut duration, 86_400, "seconds"),
            "IDMP-MAXSIZE" if !args.is_empty() => (&mut maxsize, 10_000, "entries"),
            _ => return Err(Error::Syntax),
        };
        if limit.is_some() {
            return Err(Error::telling(format_args!("{} specified multiple times", option.as_str())));
        }
        let value = u32::try_from(args.int()?).ok().filter(|value| (1..=most).contains(value));
        let refusal = || Error::telling(format_args!("{} must be between 1 and {most} {unit}", option.as_str()));
        *limit = Some(value.ok_or_else(refusal)?);
    }
    let producers = stream.producers_mut(defaults);
    let mut limits = producers.limits();
    limits.duration = duration.unwrap_or(limits.duration);
    limits.maxsize = maxsize.unwrap_or(limits.maxsize);
    producers.set_limits(limits);
    cx.keyspace.journal.dirty += 1;
    Ok(Reply::OK)
}

fn xidmprecord(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, producer, name) = (args.key()?, args.bytes()?, args.bytes()?);
    let id = parse_id(args.bytes()?)?;
    if producer.is_empty() {
        return Err(Error::own("producer ID must be non-empty"));
    }
    if name.is_empty() {
        return Err(Error::own("idempotent ID must be non-empty"));
    }
    let (now, defaults) = (cx.now(), cx.server.config.producer_limits());
    let stream = cx.write::<Stream>(key)?.ok_or(Error::NoSuchKey)?;
    if !stream.contains(id) {
        return Err(Error::own("No such message in stream"));
    }
    let producers = stream.producers_mut(defaults);
    match producers.find(producer, name, now) {
        Some(other) if other != id => {
            return Err(Error::own("IID already exists for this producer with a different stream ID"));
        }
        Some(_) => {}
        None => {
            producers.remember(producer, name, id, now);
            cx.keyspace.journal.dirty += 1;
        }
    }
    Ok(Reply::OK)
}
