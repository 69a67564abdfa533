//! Many hashes with the same fields: a session names the fields once, then sends values only. Fields stand in the
//! order of their length, then of their bytes, as in Redis.

use crate::dispatch::keys::range;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys};
use crate::keyspace::Typed;
use crate::protocol::{Error, Reply, Result};
use crate::structures::{Bytes, Hash};
use crate::structures::order::sort_by_key;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "HIMPORT",
        syntax: "HIMPORT",
        summary: "Groups the commands that fill many hashes with the same fields.",
        complexity: "Depends on subcommand.",
        since: "8.10.0",
        group: Group::Hash,
        arity: -2,
        handler: Handler::Container,
        ..Command::DEFAULT
    },
    Command {
        name: "HIMPORT PREPARE",
        syntax: "HIMPORT PREPARE fieldset-name field...",
        summary: "Names a set of fields for the session.",
        complexity: "O(N*log(N)) for N fields",
        since: "8.10.0",
        group: Group::Hash,
        arity: -4,
        flags: Flags::DENYOOM,
        reply: "OK",
        handler: Handler::Now(himport_prepare),
        tips: &["request_policy:all_shards"],
        ..Command::DEFAULT
    },
    Command {
        name: "HIMPORT SET",
        syntax: "HIMPORT SET key fieldset-name value...",
        summary: "Makes a hash out of the prepared fields and their values.",
        complexity: "O(N) for N fields",
        since: "8.10.0",
        group: Group::Hash,
        arity: -5,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&[range(2, 0, 1, KeyFlags::OW_UPDATE)]),
        reply: "OK",
        handler: Handler::Now(himport_set),
        ..Command::DEFAULT
    },
    Command {
        name: "HIMPORT DISCARD",
        syntax: "HIMPORT DISCARD fieldset-name",
        summary: "Forgets a set of fields.",
        complexity: "O(1)",
        since: "8.10.0",
        group: Group::Hash,
        arity: 3,
        reply: "integer",
        handler: Handler::Now(himport_discard),
        tips: &["request_policy:all_shards"],
        ..Command::DEFAULT
    },
    Command {
        name: "HIMPORT DISCARDALL",
        syntax: "HIMPORT DISCARDALL",
        summary: "Forgets all sets of fields of the session.",
        complexity: "O(N) for N sets of fields",
        since: "8.10.0",
        group: Group::Hash,
        arity: 2,
        reply: "integer",
        handler: Handler::Now(himport_discardall),
        tips: &["request_policy:all_shards"],
        ..Command::DEFAULT
    },
];

fn himport_prepare(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (name, fields) = (args.bytes()?, args.rest());
    let mut order: Vec<u32> = (0..fields.len() as u32).collect();
    sort_by_key(&mut order, |&at| (fields[at as usize].len(), fields[at as usize]));
    if order.windows(2).any(|pair| fields[pair[0] as usize] == fields[pair[1] as usize]) {
        return Err(Error::own("duplicate field name in fieldset"));
    }
    let fieldset = order.iter().map(|&at| (Bytes::new(fields[at as usize]), at)).collect();
    cx.session.fieldsets.insert(name, fieldset);
    Ok(Reply::OK)
}

fn himport_set(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, values) = (args.key()?, args.bytes()?, args.rest());
    cx.look::<Hash>(key)?;
    let fieldset = cx.session.fieldsets.get(name).ok_or(Error::own("no such fieldset"))?;
    if fieldset.len() != values.len() {
        return Err(Error::own("value count does not match fieldset field count"));
    }
    let limits = cx.server.config.hash_limits();
    let mut hash = Hash::default();
    let texts = fieldset.iter().map(|(field, at)| field.len().max(values[*at as usize].len()));
    hash.reserve(values.len(), texts, limits);
    for (field, at) in fieldset {
        hash.set(field, values[*at as usize]);
    }
    hash.settle(limits);
    let fields: Vec<Bytes> = fieldset.iter().map(|(field, _)| field.clone()).collect();
    cx.set(key, hash.into_value());
    cx.event_of_fields("hset", key, fields.iter().map(|field| &field[..]));
    Ok(Reply::OK)
}

fn himport_discard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let name = args.bytes()?;
    Ok(cx.session.fieldsets.remove(name).is_some().into())
}

fn himport_discardall(cx: &mut Context, _: Args) -> Result<Reply> {
    let count = cx.session.fieldsets.len();
    cx.session.fieldsets.clear();
    Ok(count.into())
}
