//! Keys of any type. See <https://redis.io/docs/latest/commands/?group=generic>.

use super::object;
use super::scan;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::{Class, Value};
use crate::protocol::{Error, Reply, Result};
use crate::structures::{Bytes, glob};

const MULTI_SHARD_SUM: &[&str] = &["request_policy:multi_shard", "response_policy:agg_sum"];

pub const COMMANDS: &[Command] = &[
    Command {
        name: "COPY",
        syntax: "COPY source:key destination:key [DB destination-db:int] [REPLACE]",
        summary: "Copies the value of a key to a new key.",
        complexity: "O(N) worst case for collections, where N is the number of nested items. O(1) for string values.",
        since: "6.2.0",
        group: Group::Generic,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RO_ACCESS), keys::range(2, 0, 1, KeyFlags::OW_UPDATE)]),
        reply: "integer",
        handler: Handler::Now(copy),
        ..Command::DEFAULT
    },
    Command {
        name: "DEL",
        syntax: "DEL key...",
        summary: "Deletes one or more keys.",
        complexity: "O(N) where N is the number of keys that will be removed. When a key to remove holds a value other \
                     than a string, the individual complexity for this key is O(M) where M is the number of elements \
                     in the list, set, sorted set or hash. Removing a single key that holds a string value is O(1).",
        since: "1.0.0",
        group: Group::Generic,
        arity: -2,
        flags: Flags::WRITE,
        keys: Keys(&[keys::range(1, -1, 1, KeyFlags::RM_DELETE)]),
        reply: "integer",
        handler: Handler::Now(del),
        tips: MULTI_SHARD_SUM,
        ..Command::DEFAULT
    },
    Command {
        name: "EXISTS",
        syntax: "EXISTS key...",
        summary: "Counts how many of the keys exist; a key given twice counts twice.",
        complexity: "O(N) where N is the number of keys to check.",
        since: "1.0.0",
        group: Group::Generic,
        arity: -2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys(&[keys::range(1, -1, 1, KeyFlags::RO)]),
        reply: "integer",
        handler: Handler::Now(exists),
        history: &[("3.0.3", "Accepts multiple `key` arguments.")],
        tips: MULTI_SHARD_SUM,
        ..Command::DEFAULT
    },
    Command {
        name: "KEYS",
        syntax: "KEYS pattern:pattern",
        summary: "Returns all key names that match a pattern.",
        complexity: "O(N) with N being the number of keys in the database, under the assumption that the key names in \
                     the database and the given pattern have limited length.",
        since: "1.0.0",
        group: Group::Generic,
        arity: 2,
        flags: Flags::READONLY.and(Flags::DANGEROUS),
        reply: "bulk[]",
        handler: Handler::Now(keys),
        tips: &["request_policy:all_shards", "nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "MOVE",
        syntax: "MOVE key db:int",
        summary: "Moves a key to another database.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Generic,
        arity: 3,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_UPDATE,
        reply: "integer",
        handler: Handler::Now(r#move),
        ..Command::DEFAULT
    },
    Command {
        name: "RANDOMKEY",
        syntax: "RANDOMKEY",
        summary: "Returns a random key name from the database.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Generic,
        arity: 1,
        flags: Flags::READONLY,
        reply: "bulk | null",
        handler: Handler::Now(randomkey),
        tips: &["request_policy:all_shards", "response_policy:special", "nondeterministic_output"],
        ..Command::DEFAULT
    },
    Command {
        name: "RENAME",
        syntax: "RENAME key newkey:key",
        summary: "Renames a key and overwrites the destination.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Generic,
        arity: 3,
        flags: Flags::WRITE,
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RW_ACCESS_DELETE), keys::range(2, 0, 1, KeyFlags::OW_UPDATE)]),
        reply: "OK",
        handler: Handler::Now(rename),
        ..Command::DEFAULT
    },
    Command {
        name: "RENAMENX",
        syntax: "RENAMENX key newkey:key",
        summary: "Renames a key only when the target key name doesn't exist.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Generic,
        arity: 3,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RW_ACCESS_DELETE), keys::range(2, 0, 1, KeyFlags::OW_INSERT)]),
        reply: "integer",
        handler: Handler::Now(renamenx),
        history: &[("3.2.0", "The command no longer returns an error when source and destination names are the same.")],
        ..Command::DEFAULT
    },
    Command {
        name: "SCAN",
        syntax: "SCAN cursor:int [MATCH pattern:pattern] [COUNT count:int] [TYPE type]",
        summary: "Iterates over the key names in the database.",
        complexity: "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor \
                     to return back to 0. N is the number of elements inside the collection.",
        since: "2.8.0",
        group: Group::Generic,
        arity: -2,
        flags: Flags::READONLY,
        reply: "any[]",
        handler: Handler::Now(scan),
        history: &[("6.0.0", "Added the `TYPE` subcommand.")],
        tips: &["nondeterministic_output", "request_policy:special", "response_policy:special"],
        ..Command::DEFAULT
    },
    Command {
        name: "TOUCH",
        syntax: "TOUCH key...",
        summary: "Counts the existing keys and marks them as used now.",
        complexity: "O(N) where N is the number of keys that will be touched.",
        since: "3.2.1",
        group: Group::Generic,
        arity: -2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys(&[keys::range(1, -1, 1, KeyFlags::RO)]),
        reply: "integer",
        handler: Handler::Now(touch),
        tips: MULTI_SHARD_SUM,
        ..Command::DEFAULT
    },
    Command {
        name: "TYPE",
        syntax: "TYPE key",
        summary: "Returns the type of the value stored at a key.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Generic,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "status",
        handler: Handler::Now(r#type),
        ..Command::DEFAULT
    },
    Command {
        name: "UNLINK",
        syntax: "UNLINK key...",
        summary: "Deletes one or more keys. One thread does all work here, so it is as DEL.",
        complexity: "O(1) for each key removed regardless of its size. Then the command does O(N) work in a different \
                     thread in order to reclaim memory, where N is the number of allocations the deleted objects where \
                     composed of.",
        since: "4.0.0",
        group: Group::Generic,
        arity: -2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys(&[keys::range(1, -1, 1, KeyFlags::RM_DELETE)]),
        reply: "integer",
        handler: Handler::Now(del),
        tips: MULTI_SHARD_SUM,
        ..Command::DEFAULT
    },
];

/// Takes a key out of its database with its time to live, for MOVE and RENAME.
fn take(cx: &mut Context, key: &[u8]) -> Option<(Value, Option<i64>)> {
    let at = cx.db().expire_at(key);
    let mut value = cx.db_mut().delete(key)?;
    keep_raw(&mut value, key);
    Some((value, at))
}

/// Has a string stay `raw` under any key if it is so under the one that it had.
fn keep_raw(value: &mut Value, key: &[u8]) {
    let raw = object::named(value, key.len()) == "raw" && value.encoding() != "raw";
    if let Value::String(text) = value
        && raw
    {
        text.make_raw();
    }
}

/// Puts a value under a key of any database in place of what is there, and tells the change by a word of its own.
pub(super) fn put(cx: &mut Context, db: usize, key: &[u8], value: Value, at: Option<i64>, tell: impl FnOnce(&mut Context)) {
    let now = cx.now();
    let kind = value.type_name();
    let old = cx.keyspace.dbs[db].insert(key, value, now);
    cx.keyspace.dbs[db].set_expire(key, at);
    // Redis deletes what was there, so that the key is new in any case.
    cx.keyspace.journal.mention_new(db, key);
    tell(cx);
    if let Some(old) = old {
        cx.keyspace.journal.mention_overwritten(db, key, old.type_name() != kind);
    }
}

/// Takes the number of a database.
fn database(cx: &Context, args: &mut Args) -> Result<usize> {
    let index = args.int()?;
    if i32::try_from(index).is_err() {
        return Err(Error::own("value is out of range, value must between -2147483648 and 2147483647"));
    }
    let index = usize::try_from(index).ok().filter(|&index| index < cx.keyspace.dbs.len());
    index.ok_or(Error::own("DB index is out of range"))
}

const SAME_OBJECT: Error = Error::Own(std::borrow::Cow::Borrowed("source and destination objects are the same"));

fn copy(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (source, destination) = (args.key()?, args.key()?);
    let (mut db, mut replace) = (cx.session.db, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "REPLACE" => replace = true,
            "DB" => db = database(cx, &mut args)?,
            _ => return Err(Error::Syntax),
        }
    }
    if db == cx.session.db && source == destination {
        return Err(SAME_OBJECT);
    }
    let Some(mut value) = cx.value(source).cloned() else { return Ok(false.into()) };
    keep_raw(&mut value, source);
    let at = cx.db().expire_at(source);
    cx.purge_in(db, destination);
    if !replace && cx.keyspace.dbs[db].peek(destination, cx.now()).is_some() {
        return Ok(false.into());
    }
    if value.type_name() == "vectorset" {
        return Err(Error::own("not supported for this module key"));
    }
    put(cx, db, destination, value, at, |cx| cx.keyspace.record(Class::Generic, "copy_to", db, destination));
    Ok(true.into())
}

fn del(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let mut deleted = 0;
    for &key in args.rest() {
        if cx.delete(key) {
            cx.event(Class::Generic, "del", key);
            deleted += 1;
        }
    }
    Ok(Reply::Int(deleted))
}

fn exists(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(args.rest().iter().filter(|key| cx.glance(key).is_some()).count().into())
}

fn keys(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let pattern = args.bytes()?;
    let (db, now) = (cx.db(), cx.now());
    let hit = |key: &&[u8]| (pattern == b"*" || glob::matches(pattern, key, false)) && !db.is_expired(key, now);
    Ok(db.iter().map(|(key, _)| key).filter(hit).collect())
}

fn r#move(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, db) = (args.key()?, database(cx, &mut args)?);
    if db == cx.session.db {
        return Err(SAME_OBJECT);
    }
    cx.purge_in(db, key);
    if !cx.exists(key) || cx.keyspace.dbs[db].peek(key, cx.now()).is_some() {
        return Ok(false.into());
    }
    let Some((value, at)) = take(cx, key) else { return Ok(false.into()) };
    put(cx, db, key, value, at, |cx| {
        cx.event(Class::Generic, "move_from", key);
        cx.keyspace.record(Class::Generic, "move_to", db, key);
    });
    Ok(true.into())
}

fn randomkey(cx: &mut Context, _: Args) -> Result<Reply> {
    while !cx.db().is_empty() {
        let position = cx.random_below(cx.db().len());
        let Some(key) = cx.db().key_at(position).map(Bytes::from) else { break };
        if cx.exists(&key) {
            return Ok(key.into());
        }
        cx.purge(&key);
    }
    Ok(Reply::Null)
}

/// Renames a key, and tells whether it was done: not over a key that exists unless `replace` says so.
fn rename_to(cx: &mut Context, mut args: Args, replace: bool) -> Result<bool> {
    let (key, newkey) = (args.key()?, args.key()?);
    if !cx.exists(key) {
        return Err(Error::NoSuchKey);
    }
    if key == newkey {
        return Ok(replace);
    }
    cx.purge(newkey);
    if !replace && cx.exists(newkey) {
        return Ok(false);
    }
    let Some((value, at)) = take(cx, key) else { return Err(Error::NoSuchKey) };
    put(cx, cx.session.db, newkey, value, at, |cx| {
        cx.event(Class::Generic, "rename_from", key);
        cx.event(Class::Generic, "rename_to", newkey);
    });
    Ok(true)
}

fn rename(cx: &mut Context, args: Args) -> Result<Reply> {
    rename_to(cx, args, true)?;
    Ok(Reply::OK)
}

fn renamenx(cx: &mut Context, args: Args) -> Result<Reply> {
    Ok(rename_to(cx, args, false)?.into())
}

fn scan(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let cursor = scan::cursor(&mut args)?;
    let mut wanted: Option<&[u8]> = None;
    let options = scan::Options::read(&mut args, |name, args| {
        if name == "TYPE" {
            wanted = Some(args.bytes()?);
        }
        Ok(name == "TYPE")
    })?;
    let (db, now) = (cx.db(), cx.now());
    let mut found = Vec::new();
    let next = db.scan(cursor, options.count, |key, value| {
        let right_type = wanted.is_none_or(|name| name.eq_ignore_ascii_case(value.type_name().as_bytes()));
        if right_type && options.matches(key) && !db.is_expired(key, now) {
            found.push(Reply::from(key));
        }
    });
    Ok(scan::reply(next, found))
}

fn touch(cx: &mut Context, mut args: Args) -> Result<Reply> {
    // This counts as use even for a client that set NO-TOUCH.
    Ok(args.rest().iter().filter(|key| cx.glance(key).is_some() && cx.db().get(key, cx.now()).is_some()).count().into())
}

fn r#type(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    Ok(Reply::status(cx.glance(key).map_or("none", Value::type_name)))
}
