//! XGROUP: consumer groups made, moved and removed. See <https://redis.io/docs/latest/commands/xgroup/>.

use super::stream::{parse_bound, parse_id};
use crate::dispatch::{Args, Command, Context, Flags, Handler, KeyFlags, Keys, keys};
use crate::keyspace::Class;
use crate::protocol::{Error, Reply, Result};
use crate::structures::stream_group::Group;
use crate::structures::{Stream, StreamId};

/// What the entries of the subcommands share.
const SUBCOMMAND: Command =
    Command { complexity: "O(1)", since: "5.0.0", group: crate::dispatch::Group::Stream, ..Command::DEFAULT };

const fn second(flags: KeyFlags) -> [keys::KeySpec; 1] {
    [keys::range(2, 0, 1, flags)]
}

pub const COMMANDS: &[Command] = &[
    Command {
        name: "XGROUP",
        syntax: "XGROUP",
        summary: "A container for commands that manage consumer groups.",
        since: "5.0.0",
        group: crate::dispatch::Group::Stream,
        flags: Flags::NO_GROUP_CATEGORY,
        ..Command::CONTAINER
    },
    Command {
        name: "XGROUP CREATE",
        syntax: "XGROUP CREATE key group <id | $> [MKSTREAM] [ENTRIESREAD entriesread:int]",
        summary: "Creates a consumer group.",
        arity: -5,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&second(KeyFlags::RW_INSERT)),
        reply: "OK",
        handler: Handler::Now(create),
        history: &[("7.0.0", "Added the `entries_read` named argument.")],
        ..SUBCOMMAND
    },
    Command {
        name: "XGROUP CREATECONSUMER",
        syntax: "XGROUP CREATECONSUMER key group consumer",
        summary: "Creates a consumer in a group.",
        since: "6.2.0",
        arity: 5,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&second(KeyFlags::RW_INSERT)),
        reply: "integer",
        handler: Handler::Now(createconsumer),
        ..SUBCOMMAND
    },
    Command {
        name: "XGROUP DELCONSUMER",
        syntax: "XGROUP DELCONSUMER key group consumer",
        summary: "Deletes a consumer from a group with its pending entries, and returns how many it had.",
        arity: 5,
        flags: Flags::WRITE,
        keys: Keys(&second(KeyFlags::RW_DELETE)),
        reply: "integer",
        handler: Handler::Now(delconsumer),
        ..SUBCOMMAND
    },
    Command {
        name: "XGROUP DESTROY",
        syntax: "XGROUP DESTROY key group",
        summary: "Destroys a consumer group.",
        complexity: "O(N) where N is the number of entries in the group's pending entries list (PEL).",
        arity: 4,
        flags: Flags::WRITE,
        keys: Keys(&second(KeyFlags::RW_DELETE)),
        reply: "integer",
        handler: Handler::Now(destroy),
        ..SUBCOMMAND
    },
    Command {
        name: "XGROUP HELP",
        syntax: "XGROUP HELP",
        since: "5.0.0",
        group: crate::dispatch::Group::Stream,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "XGROUP SETID",
        syntax: "XGROUP SETID key group <id | $> [ENTRIESREAD entriesread:int]",
        summary: "Sets the last-delivered ID of a consumer group.",
        arity: -5,
        flags: Flags::WRITE,
        keys: Keys(&second(KeyFlags::RW_UPDATE)),
        reply: "OK",
        handler: Handler::Now(setid),
        history: &[("7.0.0", "Added the optional `entries_read` argument.")],
        ..SUBCOMMAND
    },
];

/// Says that a key or its group is missing, as most commands about groups do; `whence` ends the sentence.
pub fn no_group(key: &[u8], group: &[u8], whence: &str) -> Error {
    Error::quoting(&[b"NOGROUP No such key '", key, b"' or consumer group '", group, b"'", whence.as_bytes()])
}

const NO_KEY: &str = "The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the \
                      MKSTREAM option to create an empty stream automatically.";

/// Looks up the group that a subcommand is about.
fn group<'a>(cx: &'a mut Context, key: &[u8], name: &[u8]) -> Result<&'a mut Group> {
    let stream = cx.write::<Stream>(key)?.ok_or(Error::own(NO_KEY))?;
    let missing = || Error::quoting(&[b"NOGROUP No such consumer group '", name, b"' for key name '", key, b"'"]);
    stream.groups.get_mut(name).ok_or_else(missing)
}

/// What CREATE and SETID may be told.
#[derive(Default)]
struct Options {
    make_stream: bool,
    /// -1 says that the number is unknown.
    entries_read: Option<u64>,
    /// There were more words than the options can be.
    too_many: bool,
}

impl Options {
    fn read(args: &mut Args, may_make: bool) -> Result<Options> {
        let most = if may_make { 3 } else { 2 };
        let mut options = Options { too_many: args.len() > most, ..Options::default() };
        while let Some(option) = args.option() {
            match option.as_str() {
                "MKSTREAM" if may_make => options.make_stream = true,
                "ENTRIESREAD" if !args.is_empty() => {
                    let read = args.int()?;
                    if read < -1 {
                        return Err(Error::own("value for ENTRIESREAD must be positive or -1"));
                    }
                    options.entries_read = u64::try_from(read).ok();
                }
                _ => return Err(args.too_many("XGROUP")),
            }
        }
        Ok(options)
    }

    /// Refuses more words than the options can be, which is seen only once the key and its group are there.
    fn check(&self, args: &Args) -> Result<()> {
        if self.too_many { Err(args.too_many("XGROUP")) } else { Ok(()) }
    }
}

fn create(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, id) = (args.key()?, args.bytes()?, args.bytes()?);
    let options = Options::read(&mut args, true)?;
    let stream = cx.write::<Stream>(key)?;
    if stream.is_none() && !options.make_stream {
        return Err(Error::own(NO_KEY));
    }
    options.check(&args)?;
    let made = stream.is_none();
    let (last, added) = stream.map_or((StreamId::MIN, 0), |stream| (stream.last_id, stream.entries_added));
    let id = if id == b"$" { last } else { parse_id(id)? };
    let stream = cx.create::<Stream>(key)?;
    if stream.groups.contains_key(name) {
        return Err(Error::raw("BUSYGROUP Consumer Group name already exists"));
    }
    let entries_read = options.entries_read.map(|read| read.min(added));
    stream.groups.insert(name.into(), Group::new(id, entries_read));
    match made {
        true => cx.event(Class::Stream, "xgroup-create", key),
        false => cx.event_aside(Class::Stream, "xgroup-create", key),
    }
    Ok(Reply::OK)
}

fn setid(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, id) = (args.key()?, args.bytes()?, args.bytes()?);
    let options = Options::read(&mut args, false)?;
    group(cx, key, name)?;
    options.check(&args)?;
    let stream = cx.create::<Stream>(key)?;
    let id = if id == b"$" { stream.last_id } else { parse_bound(id, 0)? };
    let added = stream.entries_added;
    if let Some(group) = stream.groups.get_mut(name) {
        group.last_id = id;
        group.entries_read = options.entries_read.map(|read| read.min(added));
    }
    cx.event_aside(Class::Stream, "xgroup-setid", key);
    Ok(Reply::OK)
}

fn destroy(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name) = (args.key()?, args.bytes()?);
    let stream = cx.write::<Stream>(key)?.ok_or(Error::own(NO_KEY))?;
    let destroyed = stream.groups.remove(name).is_some();
    if destroyed {
        cx.event_aside(Class::Stream, "xgroup-destroy", key);
        // Who waits on behalf of the group is told that it is gone.
        cx.keyspace.journal.wake(cx.session.db, key);
    }
    Ok(destroyed.into())
}

fn createconsumer(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, consumer) = (args.key()?, args.bytes()?, args.bytes()?);
    let now = cx.now();
    let (_, created) = group(cx, key, name)?.find_or_create(consumer, now);
    if created {
        cx.event_aside(Class::Stream, "xgroup-createconsumer", key);
    }
    Ok(created.into())
}

fn delconsumer(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, consumer) = (args.key()?, args.bytes()?, args.bytes()?);
    let deleted = group(cx, key, name)?.delete_consumer(consumer);
    if deleted.is_some() {
        cx.event_aside(Class::Stream, "xgroup-delconsumer", key);
    }
    Ok(deleted.unwrap_or(0).into())
}

/// What XGROUP HELP says of each subcommand.
const HELP: &[&str] = &[
    "CREATE <key> <groupname> <id|$> [option]",
    "    Create a new consumer group. Options are:",
    "    * MKSTREAM",
    "      Create the empty stream if it does not exist.",
    "    * ENTRIESREAD entries_read",
    "      Set the group's entries_read counter (internal use).",
    "CREATECONSUMER <key> <groupname> <consumer>",
    "    Create a new consumer in the specified group.",
    "DELCONSUMER <key> <groupname> <consumer>",
    "    Remove the specified consumer.",
    "DESTROY <key> <groupname>",
    "    Remove the specified group.",
    "SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]",
    "    Set the current group ID and entries_read counter.",
];
