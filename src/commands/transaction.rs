//! Transactions. See <https://redis.io/docs/latest/develop/using-commands/transactions/>.

use crate::dispatch::session::Watch;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, Origin, keys, run};
use crate::protocol::{Error, Reply, Result};

const FLAGS: Flags = Flags::NOSCRIPT.and(Flags::LOADING).and(Flags::STALE).and(Flags::ALLOW_BUSY);

pub const COMMANDS: &[Command] = &[
    Command {
        name: "MULTI",
        syntax: "MULTI",
        summary: "Starts a transaction.",
        complexity: "O(1)",
        since: "1.2.0",
        group: Group::Transactions,
        arity: 1,
        flags: FLAGS.and(Flags::FAST).and(Flags::IMMEDIATE),
        reply: "OK",
        handler: Handler::Now(multi),
        ..Command::DEFAULT
    },
    Command {
        name: "EXEC",
        syntax: "EXEC",
        summary: "Executes all commands in a transaction.",
        complexity: "Depends on commands in the transaction",
        since: "1.2.0",
        group: Group::Transactions,
        arity: 1,
        flags: Flags::NOSCRIPT.and(Flags::LOADING).and(Flags::STALE).and(Flags::SKIP_SLOWLOG).and(Flags::IMMEDIATE),
        reply: "any[] | null",
        handler: Handler::Now(exec),
        ..Command::DEFAULT
    },
    Command {
        name: "DISCARD",
        syntax: "DISCARD",
        summary: "Discards a transaction.",
        complexity: "O(N), when N is the number of queued commands",
        since: "2.0.0",
        group: Group::Transactions,
        arity: 1,
        flags: FLAGS.and(Flags::FAST).and(Flags::IMMEDIATE),
        reply: "OK",
        handler: Handler::Now(discard),
        ..Command::DEFAULT
    },
    Command {
        name: "WATCH",
        syntax: "WATCH key...",
        summary: "Monitors changes to keys to determine the execution of a transaction.",
        complexity: "O(1) for every key.",
        since: "2.2.0",
        group: Group::Transactions,
        arity: -2,
        flags: FLAGS.and(Flags::FAST).and(Flags::IMMEDIATE),
        keys: Keys(&[keys::range(1, -1, 1, KeyFlags::RO)]),
        reply: "OK",
        handler: Handler::Now(watch),
        ..Command::DEFAULT
    },
    Command {
        name: "UNWATCH",
        syntax: "UNWATCH",
        summary: "Forgets about watched keys of a transaction.",
        complexity: "O(1)",
        since: "2.2.0",
        group: Group::Transactions,
        arity: 1,
        flags: FLAGS.and(Flags::FAST),
        reply: "OK",
        handler: Handler::Now(unwatch),
        ..Command::DEFAULT
    },
];

fn multi(cx: &mut Context, _: Args) -> Result<Reply> {
    if cx.session.queue.is_some() {
        return Err(Error::own("MULTI calls can not be nested"));
    }
    cx.session.queue = Some(Vec::new());
    cx.session.refused = false;
    Ok(Reply::OK)
}

fn exec(cx: &mut Context, _: Args) -> Result<Reply> {
    let Some(queue) = cx.session.queue.take() else {
        return Err(Error::own("EXEC without MULTI"));
    };
    let refused = std::mem::take(&mut cx.session.refused);
    let changed = cx.end_watches();
    if refused {
        return Err(Error::ExecAbort);
    }
    if cx.lacks_memory_for(&queue) {
        let why = Error::OutOfMemory.line();
        return Err(Error::raw([b"EXECABORT Transaction discarded because of: ", &*why].concat()));
    }
    if changed {
        return Ok(Reply::NullArray);
    }
    let origin = std::mem::replace(&mut cx.origin, Origin::Exec);
    let replies = queue.iter().map(|call| run(cx, &call.iter().map(Vec::as_slice).collect::<Vec<_>>())).collect();
    cx.origin = origin;
    Ok(Reply::Array(replies))
}

fn discard(cx: &mut Context, _: Args) -> Result<Reply> {
    if cx.session.queue.is_none() {
        return Err(Error::own("DISCARD without MULTI"));
    }
    cx.abandon_transaction();
    Ok(Reply::OK)
}

fn watch(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if cx.session.queue.is_some() {
        return Err(Error::own("WATCH inside MULTI is not allowed"));
    }
    let db = cx.session.db;
    for &key in args.rest() {
        if cx.session.watched.iter().any(|watch| watch.db == db && &*watch.key == key) {
            continue;
        }
        let changes = cx.keyspace.journal.watch(db, key);
        cx.session.watched.push(Watch { db, key: key.into(), changes });
    }
    Ok(Reply::OK)
}

fn unwatch(cx: &mut Context, _: Args) -> Result<Reply> {
    cx.end_watches();
    Ok(Reply::OK)
}
