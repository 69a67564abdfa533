//! What a server that stands alone says of replication.

use crate::dispatch::blocking::{Outcome, Park, deadline_ms};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};

const DEFAULT: Command = Command { group: Group::Server, ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "FAILOVER",
        syntax: "FAILOVER [TO (host port:int [FORCE])] [ABORT] [TIMEOUT milliseconds:int]",
        summary: "Starts a coordinated failover to a replica; there is none here.",
        complexity: "O(1)",
        since: "6.2.0",
        arity: -1,
        flags: Flags::ADMIN.and(Flags::NOSCRIPT).and(Flags::STALE),
        reply: "OK",
        handler: Handler::Now(failover),
        ..DEFAULT
    },
    Command {
        name: "PSYNC",
        syntax: "PSYNC replicationid offset:int",
        summary: "Internal command of replication.",
        since: "2.8.0",
        arity: -3,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NO_MULTI).and(Flags::NOSCRIPT),
        reply: "any",
        handler: Handler::Now(sync),
        ..DEFAULT
    },
    Command {
        name: "REPLCONF",
        syntax: "REPLCONF",
        summary: "Internal command of replication.",
        complexity: "O(1)",
        since: "3.0.0",
        arity: -1,
        flags: Flags::ADMIN.and(Flags::ALLOW_BUSY).and(Flags::LOADING).and(Flags::NOSCRIPT).and(Flags::STALE).and(Flags::SYSTEM),
        reply: "any",
        handler: Handler::Now(sync),
        ..DEFAULT
    },
    Command {
        name: "REPLICAOF",
        syntax: "REPLICAOF <(host port:int) | (NO ONE)>",
        summary: "Makes the server a replica of another, or a master again.",
        complexity: "O(1)",
        since: "5.0.0",
        arity: 3,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT).and(Flags::STALE),
        reply: "OK",
        handler: Handler::Now(replicaof),
        ..DEFAULT
    },
    Command {
        name: "ROLE",
        syntax: "ROLE",
        summary: "Returns the part that the server has in replication.",
        complexity: "O(1)",
        since: "2.8.12",
        arity: 1,
        flags: Flags::FAST.and(Flags::LOADING).and(Flags::NOSCRIPT).and(Flags::STALE).and(Flags::ADMINISTRATIVE),
        reply: "any[]",
        handler: Handler::Now(role),
        ..DEFAULT
    },
    Command {
        name: "SLAVEOF",
        syntax: "SLAVEOF <(host port:int) | (NO ONE)>",
        summary: "Makes the server a replica of another, or a master again.",
        complexity: "O(1)",
        since: "1.0.0",
        arity: 3,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT).and(Flags::STALE),
        reply: "OK",
        handler: Handler::Now(replicaof),
        deprecated: Some(("5.0.0", "`REPLICAOF`")),
        ..DEFAULT
    },
    Command {
        name: "SYNC",
        syntax: "SYNC",
        summary: "Internal command of replication.",
        since: "1.0.0",
        arity: 1,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NO_MULTI).and(Flags::NOSCRIPT),
        reply: "any",
        handler: Handler::Now(sync),
        ..DEFAULT
    },
    Command {
        name: "WAIT",
        syntax: "WAIT numreplicas:int timeout:int",
        summary: "Waits until replicas have the writes of this connection.",
        complexity: "O(1)",
        since: "3.0.0",
        group: Group::Generic,
        arity: 3,
        flags: Flags::BLOCKING.and(Flags::NO_GROUP_CATEGORY).and(Flags::CONNECTION),
        reply: "integer",
        handler: Handler::Blocking(wait),
        tips: &["request_policy:all_shards", "response_policy:agg_min"],
        ..DEFAULT
    },
    Command {
        name: "WAITAOF",
        syntax: "WAITAOF numlocal:int numreplicas:int timeout:int",
        summary: "Waits until the writes of this connection are in append-only files.",
        complexity: "O(1)",
        since: "7.2.0",
        group: Group::Generic,
        arity: 4,
        flags: Flags::BLOCKING.and(Flags::NO_GROUP_CATEGORY).and(Flags::CONNECTION),
        reply: "integer[]",
        handler: Handler::Blocking(waitaof),
        tips: &["request_policy:all_shards", "response_policy:agg_min"],
        ..DEFAULT
    },
];

const ALONE: &str = "an engine inside a process takes no part in replication";

fn role(_: &mut Context, _: Args) -> Result<Reply> {
    Ok(Reply::Array(vec![Reply::bulk("master"), Reply::Int(0), Reply::Array(Vec::new())]))
}

/// Is a master already; can be nothing else.
fn replicaof(_: &mut Context, mut args: Args) -> Result<Reply> {
    match args.accept("NO") && args.accept("ONE") {
        true => Ok(Reply::OK),
        false => Err(Error::own(ALONE)),
    }
}

fn failover(_: &mut Context, mut args: Args) -> Result<Reply> {
    let abort = args.accept("ABORT");
    Err(Error::own(if abort { "No failover in progress." } else { "FAILOVER requires connected replicas." }))
}

fn sync(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own(ALONE))
}

/// Waits in vain until the deadline, unless nobody is asked for.
fn wait(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    let replicas = args.int()?;
    let deadline = deadline_ms(cx, &mut args)?;
    Ok(in_vain(replicas <= 0, deadline, Reply::Int(0)))
}

fn waitaof(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    let local = args.int_between(0, 1)?;
    let replicas = args.int_within(0..=i64::MAX, "value is out of range, must be positive")?;
    let deadline = deadline_ms(cx, &mut args)?;
    if local > 0 {
        return Err(Error::own("WAITAOF cannot be used when numlocal is set but appendonly is disabled."));
    }
    Ok(in_vain(replicas == 0, deadline, Reply::Array(vec![Reply::Int(0), Reply::Int(0)])))
}

fn in_vain(done: bool, deadline: Option<i64>, reply: Reply) -> Outcome {
    match done {
        true => reply.into(),
        false => Outcome::Park(Park { otherwise: reply, ..Park::on::<&[u8]>("none", &[], deadline) }),
    }
}
