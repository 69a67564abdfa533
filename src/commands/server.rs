//! The server as a whole. See <https://redis.io/docs/latest/commands/?group=server>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, VERSION};
use crate::keyspace::{Db, Value};
use crate::protocol::{Error, Reply, Result};

const DEFAULT: Command = Command { group: Group::Server, ..Command::DEFAULT };
const FLUSH: Flags = Flags::WRITE.and(Flags::KEYSPACE).and(Flags::DANGEROUS);
const FLUSH_HISTORY: &[(&str, &str)] =
    &[("4.0.0", "Added the `ASYNC` flushing mode modifier."), ("6.2.0", "Added the `SYNC` flushing mode modifier.")];

pub const COMMANDS: &[Command] = &[
    Command {
        name: "DBSIZE",
        syntax: "DBSIZE",
        summary: "Returns the number of keys in the database.",
        complexity: "O(1)",
        since: "1.0.0",
        arity: 1,
        flags: Flags::READONLY.and(Flags::FAST).and(Flags::KEYSPACE),
        reply: "integer",
        handler: Handler::Now(dbsize),
        tips: &["request_policy:all_shards", "response_policy:agg_sum"],
        ..DEFAULT
    },
    Command {
        name: "FLUSHALL",
        syntax: "FLUSHALL [<ASYNC | SYNC>]",
        summary: "Removes all keys from all databases.",
        complexity: "O(N) where N is the total number of keys in all databases",
        since: "1.0.0",
        arity: -1,
        flags: FLUSH,
        reply: "OK",
        handler: Handler::Now(flushall),
        history: FLUSH_HISTORY,
        tips: &["request_policy:all_shards", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "FLUSHDB",
        syntax: "FLUSHDB [<ASYNC | SYNC>]",
        summary: "Removes all keys from the current database.",
        complexity: "O(N) where N is the number of keys in the selected database",
        since: "1.0.0",
        arity: -1,
        flags: FLUSH,
        reply: "OK",
        handler: Handler::Now(flushdb),
        history: FLUSH_HISTORY,
        tips: &["request_policy:all_shards", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "LOLWUT",
        syntax: "LOLWUT [VERSION version:int]",
        summary: "Displays computer art and the Redis version.",
        since: "5.0.0",
        arity: -1,
        flags: Flags::READONLY.and(Flags::FAST),
        reply: "bulk",
        handler: Handler::Now(lolwut),
        ..DEFAULT
    },
    Command {
        name: "SWAPDB",
        syntax: "SWAPDB index1:int index2:int",
        summary: "Swaps two Redis databases.",
        complexity: "O(N) where N is the count of clients watching or blocking on keys from both databases.",
        since: "4.0.0",
        arity: 3,
        flags: FLUSH.and(Flags::FAST),
        reply: "OK",
        handler: Handler::Now(swapdb),
        ..DEFAULT
    },
    Command {
        name: "TIME",
        syntax: "TIME",
        summary: "Returns the server time.",
        complexity: "O(1)",
        since: "2.6.0",
        arity: 1,
        flags: Flags::LOADING.and(Flags::STALE).and(Flags::FAST),
        reply: "bulk[]",
        handler: Handler::Now(time),
        tips: &["nondeterministic_output"],
        ..DEFAULT
    },
];

fn dbsize(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(cx.db().len().into())
}

/// Reads ASYNC or SYNC, which are the same where there is one thread.
fn flush_mode(mut args: Args) -> Result<()> {
    let known = args.is_empty() || args.accept("ASYNC") || args.accept("SYNC");
    if known { args.end() } else { Err(Error::Syntax) }
}

fn flush(cx: &mut Context, index: usize) {
    let db = std::mem::take(&mut cx.keyspace.dbs[index]);
    cx.keyspace.journal.dirty += db.len() as u64;
    cx.keyspace.journal.touch_all(index, |key| holds(&db, key), |_| false);
}

/// Tells those who keep copies that all are void. To the client itself that comes before the reply.
fn flushed(cx: &mut Context) {
    cx.keyspace.journal.flushed();
    cx.session.hears_first = cx.may_park();
}

fn flushall(cx: &mut Context, args: Args) -> Result<Reply> {
    flush_mode(args)?;
    for index in 0..cx.keyspace.dbs.len() {
        flush(cx, index);
    }
    flushed(cx);
    Ok(Reply::OK)
}

fn flushdb(cx: &mut Context, args: Args) -> Result<Reply> {
    flush_mode(args)?;
    flush(cx, cx.session.db);
    flushed(cx);
    Ok(Reply::OK)
}

/// Tells whether a database holds a key, be its time over or not.
fn holds(db: &Db, key: &[u8]) -> bool {
    db.peek(key, i64::MIN).is_some()
}

fn swapdb(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let first = args.int_within(i32::MIN.into()..=i32::MAX.into(), "invalid first DB index")?;
    let second = args.int_within(i32::MIN.into()..=i32::MAX.into(), "invalid second DB index")?;
    let databases = cx.keyspace.dbs.len();
    let index = |given: i64| usize::try_from(given).ok().filter(|&index| index < databases);
    let (Some(first), Some(second)) = (index(first), index(second)) else {
        return Err(Error::own("DB index is out of range"));
    };
    if first == second {
        return Ok(Reply::OK);
    }
    let now = cx.now();
    let keyspace = &mut *cx.keyspace;
    // A key whose time is over and one that is not there are the same to whoever watches.
    for key in [first, second].into_iter().flat_map(|db| keyspace.journal.watched_in(db)).collect::<Vec<_>>() {
        keyspace.purge(first, &key, now);
        keyspace.purge(second, &key, now);
    }
    keyspace.dbs.swap(first, second);
    keyspace.journal.dirty += 1;
    for db in [first, second] {
        let (one, other) = (&keyspace.dbs[first], &keyspace.dbs[second]);
        let (emptied, filled) = if db == first { (other, one) } else { (one, other) };
        let new = |key: &[u8]| filled.peek(key, now);
        keyspace.journal.touch_all(
            db,
            |key| holds(emptied, key) || new(key).is_some(),
            |key| new(key).is_some_and(Value::is_awaited),
        );
    }
    Ok(Reply::OK)
}

fn time(cx: &mut Context, _: Args) -> Result<Reply> {
    let now = cx.now();
    Ok([now.div_euclid(1000).to_string(), (now.rem_euclid(1000) * 1000).to_string()].into_iter().collect())
}

/// The moon over a quiet sea, as far as characters go.
const MOON: &str = "
                  _..._
        .       .:::::::.          *
               :::::::::::
   *           :::::::::::   .
               `:::::::::'
      .          `':::''      *

 ~  ~   ~  ~  ~ ~~:::~~ ~  ~  ~   ~ ~  ~
   ~  ~    ~  ~   ~:~  ~   ~    ~  ~
";

fn lolwut(_: &mut Context, mut args: Args) -> Result<Reply> {
    if args.len() >= 2 && args.accept("VERSION") {
        args.int()?;
    }
    let text = format!("{MOON}\nRedis ver. {VERSION}, by Redmoon {}\n", env!("CARGO_PKG_VERSION"));
    Ok(Reply::Verbatim(*b"txt", text.into()))
}
