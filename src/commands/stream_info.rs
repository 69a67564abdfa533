//! XINFO: what streams, groups and consumers are like. See <https://redis.io/docs/latest/commands/xinfo/>.

use super::stream::item_reply;
use crate::dispatch::{Args, Command, Context, Flags, Handler, KeyFlags, Keys, keys};
use crate::protocol::{Error, Reply, Result};
use crate::structures::stream_group::{Consumer, Group};
use crate::structures::{Bytes, Stream, StreamId};

/// What the entries of the subcommands share.
const SUBCOMMAND: Command = Command {
    complexity: "O(1)",
    since: "5.0.0",
    group: crate::dispatch::Group::Stream,
    flags: Flags::READONLY,
    keys: Keys(&[keys::range(2, 0, 1, KeyFlags::RO_ACCESS)]),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "XINFO",
        syntax: "XINFO",
        summary: "A container for commands that look into streams.",
        since: "5.0.0",
        group: crate::dispatch::Group::Stream,
        flags: Flags::NO_GROUP_CATEGORY,
        ..Command::CONTAINER
    },
    Command {
        name: "XINFO CONSUMERS",
        syntax: "XINFO CONSUMERS key group",
        summary: "Returns the consumers of a group.",
        arity: 4,
        reply: "map[]",
        handler: Handler::Now(consumers),
        history: &[("7.2.0", "Added the `inactive` field, and changed the meaning of `idle`.")],
        tips: &["nondeterministic_output"],
        ..SUBCOMMAND
    },
    Command {
        name: "XINFO GROUPS",
        syntax: "XINFO GROUPS key",
        summary: "Returns the consumer groups of a stream.",
        arity: 3,
        reply: "map[]",
        handler: Handler::Now(groups),
        history: &[("7.0.0", "Added the `entries-read` and `lag` fields")],
        ..SUBCOMMAND
    },
    Command {
        name: "XINFO HELP",
        syntax: "XINFO HELP",
        since: "5.0.0",
        group: crate::dispatch::Group::Stream,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "XINFO STREAM",
        syntax: "XINFO STREAM key [(FULL [COUNT count:int])]",
        summary: "Returns information about a stream.",
        arity: -3,
        reply: "map",
        handler: Handler::Now(stream),
        history: &[
            ("6.0.0", "Added the `FULL` modifier."),
            (
                "7.0.0",
                "Added the `max-deleted-entry-id`, `entries-added`, `recorded-first-entry-id`, `entries-read` and \
                 `lag` fields",
            ),
            ("7.2.0", "Added the `active-time` field, and changed the meaning of `seen-time`."),
            (
                "8.6.0",
                "Added the `idmp-duration`, `idmp-maxsize`, `pids-tracked`, `iids-tracked`, `iids-added` and \
                 `iids-duplicates` fields for IDMP tracking.",
            ),
            ("8.8.0", "Added the `nacked-count` field to consumer groups in `FULL` output."),
        ],
        ..SUBCOMMAND
    },
];

fn lookup<'a>(cx: &'a Context, key: &[u8]) -> Result<&'a Stream> {
    cx.read::<Stream>(key)?.ok_or(Error::NoSuchKey)
}

/// Answers how many entries a group has yet to read; null where deletions leave it unknown.
fn lag(stream: &Stream, group: &Group) -> Reply {
    let added = stream.entries_added as i64;
    let behind = |read: u64| Reply::Int(added.saturating_sub(read as i64));
    if stream.entries_added == 0 || stream.is_empty() {
        return Reply::Int(0);
    }
    if group.last_id < stream.first_id() && stream.max_deleted_id < stream.first_id() {
        return stream.len().into();
    }
    match group.entries_read.filter(|_| !stream.has_tombstones_from(group.last_id)) {
        Some(read) => behind(read),
        None => stream.entries_up_to(group.last_id).map_or(Reply::Null, behind),
    }
}

fn entries_read(group: &Group) -> Reply {
    group.entries_read.map(|read| read as i64).into()
}

fn consumers(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name) = (args.key()?, args.bytes()?);
    let missing = || Error::quoting(&[b"NOGROUP No such consumer group '", name, b"' for key name '", key, b"'"]);
    let group = lookup(cx, key)?.groups.get(name).ok_or_else(missing)?;
    let since = |time: i64| (cx.now() - time).max(0);
    let describe = |consumer: &Consumer| {
        Reply::map([
            ("name", Reply::from(&consumer.name)),
            ("pending", consumer.pending_len().into()),
            ("idle", since(consumer.seen).into()),
            ("inactive", consumer.active.map_or(-1, since).into()),
        ])
    };
    Ok(group.consumers().map(describe).collect())
}

fn groups(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let stream = lookup(cx, args.key()?)?;
    let describe = |(name, group): (&Bytes, &Group)| {
        Reply::map([
            ("name", Reply::from(name)),
            ("consumers", group.consumers_len().into()),
            ("pending", group.pending_len().into()),
            ("last-delivered-id", group.last_id.text().into()),
            ("entries-read", entries_read(group)),
            ("lag", lag(stream, group)),
        ])
    };
    Ok(stream.groups.iter().map(describe).collect())
}

fn stream(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    lookup(cx, key)?;
    // How many entries the full form shows of anything; 0 shows all.
    let mut full = None;
    if !args.is_empty() {
        if !args.accept("FULL") || !matches!(args.len(), 0 | 2) {
            return Err(malformed(&args));
        }
        full = Some(10);
        if !args.is_empty() {
            if !args.accept("COUNT") {
                return Err(malformed(&args));
            }
            let count = args.int()?;
            full = Some(if count < 0 { 10 } else { usize::try_from(count).unwrap_or(usize::MAX) });
        }
    }
    let stream = cx.look::<Stream>(key)?.ok_or(Error::NoSuchKey)?;
    let producers = stream.producers.as_deref();
    let limits = producers.map_or(cx.server.config.producer_limits(), |producers| producers.limits());
    let (pids, iids) = producers.map_or((0, 0), |producers| producers.tracked(cx.now()));
    let mut facts: Vec<(&str, Reply)> = vec![
        ("length", stream.len().into()),
        ("radix-tree-keys", stream.nodes().len().into()),
        ("radix-tree-nodes", stream.radix_nodes().into()),
        ("last-generated-id", stream.last_id.text().into()),
        ("max-deleted-entry-id", stream.max_deleted_id.text().into()),
        ("entries-added", (stream.entries_added as i64).into()),
        ("recorded-first-entry-id", stream.first_id().text().into()),
        ("idmp-duration", i64::from(limits.duration).into()),
        ("idmp-maxsize", i64::from(limits.maxsize).into()),
        ("pids-tracked", pids.into()),
        ("iids-tracked", iids.into()),
        ("iids-added", producers.map_or(0, |producers| producers.added as i64).into()),
        ("iids-duplicates", producers.map_or(0, |producers| producers.duplicates as i64).into()),
    ];
    let all = |reverse| stream.range(StreamId::MIN, StreamId::MAX, reverse);
    match full {
        None => facts.extend([
            ("groups", stream.groups.len().into()),
            ("first-entry", all(false).next().map(item_reply).into()),
            ("last-entry", all(true).next().map(item_reply).into()),
        ]),
        Some(count) => {
            let count = if count == 0 { usize::MAX } else { count };
            facts.push(("entries", all(false).take(count).map(item_reply).collect()));
            let groups = stream.groups.iter().map(|(name, group)| full_group(stream, name, group, count));
            facts.push(("groups", groups.collect()));
        }
    }
    Ok(Reply::map(facts))
}

/// Says that the options are not what they should be; the subcommand is named as it was typed.
fn malformed(args: &Args) -> Error {
    args.too_many("XINFO")
}

/// Describes a group with its first `count` pending entries, and each consumer with its own.
fn full_group(stream: &Stream, name: &[u8], group: &Group, count: usize) -> Reply {
    let owner = |at| group.consumer(at).map_or(Reply::bulk(""), |owner| (&owner.name).into());
    let pending = group.pending_range(StreamId::MIN, StreamId::MAX).take(count).map(|(id, pending)| {
        let owner = pending.owner.map_or(Reply::bulk(""), owner);
        Reply::Array(vec![id.text().into(), owner, pending.time.into(), pending.count.into()])
    });
    let consumers = group.consumers().map(|consumer| {
        let own = consumer.pending_from(StreamId::MIN).take(count).filter_map(|id| {
            let pending = group.pending(id)?;
            Some(Reply::Array(vec![id.text().into(), pending.time.into(), pending.count.into()]))
        });
        Reply::map([
            ("name", Reply::from(&consumer.name)),
            ("seen-time", consumer.seen.into()),
            ("active-time", consumer.active.unwrap_or(-1).into()),
            ("pel-count", consumer.pending_len().into()),
            ("pending", own.collect()),
        ])
    });
    Reply::map([
        ("name", Reply::bulk(name)),
        ("last-delivered-id", group.last_id.text().into()),
        ("entries-read", entries_read(group)),
        ("lag", lag(stream, group)),
        ("pel-count", group.pending_len().into()),
        ("nacked-count", group.ownerless_len().into()),
        ("pending", pending.collect()),
        ("consumers", consumers.collect()),
    ])
}

/// What XINFO HELP says of each subcommand.
const HELP: &[&str] = &[
    "CONSUMERS <key> <groupname>",
    "    Show consumers of <groupname>.",
    "GROUPS <key>",
    "    Show the stream consumer groups.",
    "STREAM <key> [FULL [COUNT <count>]",
    "    Show information about the stream.",
];
