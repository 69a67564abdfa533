//! OBJECT: how a value is kept. See <https://redis.io/docs/latest/commands/object/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Value;
use crate::keyspace::Usage;
use crate::protocol::{Error, Reply, Result};

/// What the entries of the subcommands share.
const INSPECT: Command = Command {
    complexity: "O(1)",
    since: "2.2.3",
    group: Group::Generic,
    arity: 3,
    flags: Flags::READONLY,
    keys: Keys(&[keys::range(2, 0, 1, KeyFlags::RO)]),
    tips: &["nondeterministic_output"],
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "OBJECT",
        syntax: "OBJECT",
        summary: "A container for commands that look into how values are kept.",
        since: "2.2.3",
        flags: Flags::NO_GROUP_CATEGORY,
        ..Command::CONTAINER
    },
    Command {
        name: "OBJECT ENCODING",
        syntax: "OBJECT ENCODING key",
        summary: "Returns the internal encoding of a value.",
        reply: "bulk | null",
        handler: Handler::Now(encoding),
        ..INSPECT
    },
    Command {
        name: "OBJECT FREQ",
        syntax: "OBJECT FREQ key",
        summary: "Returns the logarithmic access frequency counter of a value, which needs an LFU policy.",
        since: "4.0.0",
        reply: "integer | null",
        handler: Handler::Now(freq),
        ..INSPECT
    },
    Command {
        name: "OBJECT HELP",
        syntax: "OBJECT HELP",
        since: "6.2.0",
        group: Group::Generic,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "OBJECT IDLETIME",
        syntax: "OBJECT IDLETIME key",
        summary: "Returns the seconds since a value was last used.",
        reply: "integer | null",
        handler: Handler::Now(idletime),
        ..INSPECT
    },
    Command {
        name: "OBJECT REFCOUNT",
        syntax: "OBJECT REFCOUNT key",
        summary: "Returns the number of references to a value.",
        reply: "integer | null",
        handler: Handler::Now(refcount),
        ..INSPECT
    },
];

/// Looks up a value without using it; it counts as found or missed, of which nobody is told.
fn inspect<'a>(cx: &'a Context, key: &[u8]) -> Option<&'a Value> {
    let value = cx.db().peek(key, cx.now());
    let count = if value.is_some() { &cx.server.stats.hits } else { &cx.server.stats.misses };
    count.set(count.get() + 1);
    value
}

/// Answers when or how often a key was used.
fn used(cx: &Context, key: &[u8]) -> Option<u32> {
    inspect(cx, key).and_then(|_| cx.db().used(key))
}

fn encoding(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    Ok(inspect(cx, key).map(|value| named(value, key.len())).into())
}

/// The most bytes of a key and a string together that Redis keeps in one object, as 8.10 has it.
const EMBEDDED_MAX: usize = 41;

/// Names a value's encoding under a key of so many bytes: a string is `embstr` only where both fit into one object.
pub(super) fn named(value: &Value, key: usize) -> &'static str {
    match value {
        Value::String(text) if value.encoding() == "embstr" && key + text.len() > EMBEDDED_MAX => "raw",
        _ => value.encoding(),
    }
}

fn freq(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let Some(used) = used(cx, key) else { return Ok(Reply::Null) };
    match cx.db().usage {
        usage @ Usage::Frequency { .. } => Ok(Reply::Int(i64::from(usage.frequency(used, cx.now())))),
        _ => Err(Error::own(
            "An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching \
             between policies at runtime LRU and LFU data will take some time to adjust.",
        )),
    }
}

fn idletime(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let Some(used) = used(cx, key) else { return Ok(Reply::Null) };
    match cx.db().usage {
        Usage::Frequency { .. } => Err(Error::own(
            "An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between \
             policies at runtime LRU and LFU data will take some time to adjust.",
        )),
        usage => Ok(Reply::Int(i64::from(usage.idle(used, cx.now())))),
    }
}

fn refcount(cx: &mut Context, mut args: Args) -> Result<Reply> {
    // No two keys share a value here.
    Ok(inspect(cx, args.key()?).map(|_| 1i64).into())
}

/// What OBJECT HELP says of each subcommand.
const HELP: &[&str] = &[
    "ENCODING <key>",
    "    Tell in which form the value of a key is kept.",
    "FREQ <key>",
    "    Tell how often a key is used, on a logarithmic scale. Needs an LFU policy.",
    "IDLETIME <key>",
    "    Tell for how many seconds a key has not been used.",
    "REFCOUNT <key>",
    "    Tell how many references there are to the value of a key.",
];
