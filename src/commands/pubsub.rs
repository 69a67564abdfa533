//! Messages from client to client. See <https://redis.io/docs/latest/develop/pubsub/>.

use crate::dispatch::channels::Kind;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::protocol::{Reply, Result};
use crate::structures::{Bytes, glob};

const PLAIN: Flags = Flags::PUBSUB.and(Flags::LOADING).and(Flags::STALE);
const DEFAULT: Command =
    Command { group: Group::PubSub, flags: PLAIN.and(Flags::NOSCRIPT), since: "2.0.0", ..Command::DEFAULT };
/// The channels of a shard are found as keys are, and are none.
const SHARD_CHANNELS: Keys = Keys(&[keys::range(1, -1, 1, KeyFlags::NOT_KEY)]);

pub const COMMANDS: &[Command] = &[
    Command {
        name: "PSUBSCRIBE",
        syntax: "PSUBSCRIBE pattern:pattern...",
        summary: "Listens for messages published to channels that match patterns.",
        complexity: "O(N) where N is the number of patterns to subscribe to.",
        arity: -2,
        flags: DEFAULT.flags.and(Flags::DENYOOM),
        reply: "integer",
        handler: Handler::Now(psubscribe),
        ..DEFAULT
    },
    Command {
        name: "PUBLISH",
        syntax: "PUBLISH channel message",
        summary: "Posts a message to a channel.",
        complexity: "O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total number of subscribed patterns (by any client).",
        arity: 3,
        flags: PLAIN.and(Flags::FAST).and(Flags::MAY_REPLICATE),
        reply: "integer",
        handler: Handler::Now(publish),
        ..DEFAULT
    },
    Command {
        name: "PUBSUB",
        syntax: "PUBSUB",
        summary: "A container for Pub/Sub commands.",
        since: "2.8.0",
        group: Group::PubSub,
        flags: Flags::NO_GROUP_CATEGORY,
        ..Command::CONTAINER
    },
    Command {
        name: "PUBSUB CHANNELS",
        syntax: "PUBSUB CHANNELS [pattern:pattern]",
        summary: "Returns the active channels.",
        complexity: "O(N) where N is the number of active channels, and assuming constant time pattern matching (relatively short channels and patterns)",
        since: "2.8.0",
        arity: -2,
        flags: PLAIN,
        reply: "bulk[]",
        handler: Handler::Now(channels),
        ..DEFAULT
    },
    Command {
        name: "PUBSUB HELP",
        syntax: "PUBSUB HELP",
        since: "6.2.0",
        group: Group::PubSub,
        flags: Flags::LOADING.and(Flags::STALE).and(Flags::NO_GROUP_CATEGORY),
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "PUBSUB NUMPAT",
        syntax: "PUBSUB NUMPAT",
        summary: "Returns a count of unique pattern subscriptions.",
        complexity: "O(1)",
        since: "2.8.0",
        arity: 2,
        flags: PLAIN,
        reply: "integer",
        handler: Handler::Now(numpat),
        ..DEFAULT
    },
    Command {
        name: "PUBSUB NUMSUB",
        syntax: "PUBSUB NUMSUB [channel...]",
        summary: "Returns a count of subscribers to channels.",
        complexity: "O(N) for the NUMSUB subcommand, where N is the number of requested channels",
        since: "2.8.0",
        arity: -2,
        flags: PLAIN,
        reply: "any[]",
        handler: Handler::Now(numsub),
        ..DEFAULT
    },
    Command {
        name: "PUBSUB SHARDCHANNELS",
        syntax: "PUBSUB SHARDCHANNELS [pattern:pattern]",
        summary: "Returns the active shard channels.",
        complexity: "O(N) where N is the number of active shard channels, and assuming constant time pattern matching (relatively short shard channels).",
        since: "7.0.0",
        arity: -2,
        flags: PLAIN,
        reply: "bulk[]",
        handler: Handler::Now(shardchannels),
        ..DEFAULT
    },
    Command {
        name: "PUBSUB SHARDNUMSUB",
        syntax: "PUBSUB SHARDNUMSUB [shardchannel...]",
        summary: "Returns the count of subscribers of shard channels.",
        complexity: "O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard channels",
        since: "7.0.0",
        arity: -2,
        flags: PLAIN,
        reply: "any[]",
        handler: Handler::Now(shardnumsub),
        ..DEFAULT
    },
    Command {
        name: "PUNSUBSCRIBE",
        syntax: "PUNSUBSCRIBE [pattern:pattern...]",
        summary: "Stops listening to messages published to channels that match patterns.",
        complexity: "O(N) where N is the number of patterns to unsubscribe.",
        arity: -1,
        reply: "integer",
        handler: Handler::Now(punsubscribe),
        ..DEFAULT
    },
    Command {
        name: "SPUBLISH",
        syntax: "SPUBLISH shardchannel message",
        summary: "Posts a message to a shard channel.",
        complexity: "O(N) where N is the number of clients subscribed to the receiving shard channel.",
        since: "7.0.0",
        arity: 3,
        flags: PLAIN.and(Flags::FAST).and(Flags::MAY_REPLICATE),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::NOT_KEY)]),
        reply: "integer",
        handler: Handler::Now(spublish),
        ..DEFAULT
    },
    Command {
        name: "SSUBSCRIBE",
        syntax: "SSUBSCRIBE shardchannel...",
        summary: "Listens for messages published to shard channels.",
        complexity: "O(N) where N is the number of shard channels to subscribe to.",
        since: "7.0.0",
        arity: -2,
        flags: DEFAULT.flags.and(Flags::DENYOOM),
        keys: SHARD_CHANNELS,
        reply: "integer",
        handler: Handler::Now(ssubscribe),
        ..DEFAULT
    },
    Command {
        name: "SUBSCRIBE",
        syntax: "SUBSCRIBE channel...",
        summary: "Listens for messages published to channels.",
        complexity: "O(N) where N is the number of channels to subscribe to.",
        arity: -2,
        flags: DEFAULT.flags.and(Flags::DENYOOM),
        reply: "integer",
        handler: Handler::Now(subscribe),
        ..DEFAULT
    },
    Command {
        name: "SUNSUBSCRIBE",
        syntax: "SUNSUBSCRIBE [shardchannel...]",
        summary: "Stops listening to messages posted to shard channels.",
        complexity: "O(N) where N is the number of shard channels to unsubscribe.",
        since: "7.0.0",
        arity: -1,
        keys: SHARD_CHANNELS,
        reply: "integer",
        handler: Handler::Now(sunsubscribe),
        ..DEFAULT
    },
    Command {
        name: "UNSUBSCRIBE",
        syntax: "UNSUBSCRIBE [channel...]",
        summary: "Stops listening to messages posted to channels.",
        complexity: "O(N) where N is the number of channels to unsubscribe.",
        arity: -1,
        reply: "integer",
        handler: Handler::Now(unsubscribe),
        ..DEFAULT
    },
];

fn subscribe(cx: &mut Context, args: Args) -> Result<Reply> {
    begin(cx, args, Kind::Channel, "subscribe")
}

fn psubscribe(cx: &mut Context, args: Args) -> Result<Reply> {
    begin(cx, args, Kind::Pattern, "psubscribe")
}

fn ssubscribe(cx: &mut Context, args: Args) -> Result<Reply> {
    begin(cx, args, Kind::Shard, "ssubscribe")
}

fn begin(cx: &mut Context, mut args: Args, kind: Kind, word: &'static str) -> Result<Reply> {
    let mut replies = Vec::with_capacity(args.len());
    for &name in args.rest() {
        cx.server.channels.subscribe(cx.session, kind, name);
        replies.push(confirmation(cx, kind, word, name.into()));
    }
    cx.server.update_alert(&mut cx.keyspace.journal);
    Ok(Reply::Sequence(replies))
}

fn confirmation(cx: &Context, kind: Kind, word: &'static str, name: Reply) -> Reply {
    Reply::Push(vec![word.into(), name, cx.session.subscriptions.count(kind).into()])
}

fn unsubscribe(cx: &mut Context, args: Args) -> Result<Reply> {
    end(cx, args, Kind::Channel, "unsubscribe")
}

fn punsubscribe(cx: &mut Context, args: Args) -> Result<Reply> {
    end(cx, args, Kind::Pattern, "punsubscribe")
}

fn sunsubscribe(cx: &mut Context, args: Args) -> Result<Reply> {
    end(cx, args, Kind::Shard, "sunsubscribe")
}

fn end(cx: &mut Context, mut args: Args, kind: Kind, word: &'static str) -> Result<Reply> {
    let mut names: Vec<Bytes> = args.rest().iter().map(|&name| name.into()).collect();
    if names.is_empty() {
        names = cx.session.subscriptions.of(kind).keys().map(Bytes::from).collect();
    }
    let mut replies = Vec::with_capacity(names.len().max(1));
    if names.is_empty() {
        replies.push(confirmation(cx, kind, word, Reply::Null));
    }
    for name in names {
        cx.server.channels.unsubscribe(cx.session, kind, &name);
        replies.push(confirmation(cx, kind, word, name.into()));
    }
    cx.server.update_alert(&mut cx.keyspace.journal);
    Ok(Reply::Sequence(replies))
}

fn publish(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (channel, message) = (args.bytes()?, args.bytes()?);
    Ok(tell(cx, Kind::Channel, channel, message))
}

fn spublish(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (channel, message) = (args.bytes()?, args.bytes()?);
    Ok(tell(cx, Kind::Shard, channel, message))
}

fn tell(cx: &mut Context, kind: Kind, channel: &[u8], message: &[u8]) -> Reply {
    let heard = cx.server.publish(kind, channel, message);
    cx.keyspace.journal.attention |= heard > 0;
    heard.into()
}

fn channels(cx: &mut Context, args: Args) -> Result<Reply> {
    active(cx, args, Kind::Channel)
}

fn shardchannels(cx: &mut Context, args: Args) -> Result<Reply> {
    active(cx, args, Kind::Shard)
}

fn active(cx: &mut Context, mut args: Args, kind: Kind) -> Result<Reply> {
    let pattern = args.bytes().unwrap_or(b"*");
    if !args.is_empty() {
        return Err(args.too_many("PUBSUB"));
    }
    Ok(cx.server.channels.of(kind).keys().filter(|name| glob::matches(pattern, name, false)).collect())
}

fn numsub(cx: &mut Context, args: Args) -> Result<Reply> {
    Ok(subscribers(cx, args, Kind::Channel))
}

fn shardnumsub(cx: &mut Context, args: Args) -> Result<Reply> {
    Ok(subscribers(cx, args, Kind::Shard))
}

fn subscribers(cx: &mut Context, mut args: Args, kind: Kind) -> Reply {
    let count = |name: &[u8]| cx.server.channels.of(kind).get(name).map_or(0, |subscribers| subscribers.len());
    Reply::Array(args.rest().iter().flat_map(|&name| [name.into(), count(name).into()]).collect())
}

fn numpat(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(cx.server.channels.of(Kind::Pattern).len().into())
}

/// What PUBSUB HELP says of each subcommand.
const HELP: &[&str] = &[
    "CHANNELS [<pattern>]",
    "    List the channels that have subscribers and match a pattern (default: '*').",
    "NUMPAT",
    "    Count the patterns that clients are subscribed to.",
    "NUMSUB [<channel> ...]",
    "    Count the subscribers of channels, those by pattern not among them (default: no channels).",
    "SHARDCHANNELS [<pattern>]",
    "    List the shard channels that have subscribers and match a pattern (default: '*').",
    "SHARDNUMSUB [<shardchannel> ...]",
    "    Count the subscribers of shard channels.",
];
