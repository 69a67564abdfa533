//! INFO: the engine's state in lines of text. See <https://redis.io/docs/latest/commands/info/>.
//!
//! A field stands here if it has a true value in an engine without processes, sockets and files.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, VERSION};
use crate::keyspace::Db;
use crate::keyspace::evict::POLICIES;
use crate::protocol::{Reply, Result};
use std::fmt::Write;

pub const COMMANDS: &[Command] = &[Command {
    name: "INFO",
    syntax: "INFO [section...]",
    summary: "Returns information and statistics about the server.",
    complexity: "O(1)",
    since: "1.0.0",
    group: Group::Server,
    arity: -1,
    flags: Flags::LOADING.and(Flags::STALE).and(Flags::DANGEROUS),
    reply: "bulk",
    handler: Handler::Now(info),
    history: &[("7.0.0", "Added support for taking multiple section arguments.")],
    tips: &["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
    ..Command::DEFAULT
}];

type Section = (&'static str, fn(&Context, &mut String) -> std::fmt::Result);

const SECTIONS: &[Section] = &[
    ("Server", server),
    ("Clients", clients),
    ("Memory", memory),
    ("Persistence", persistence),
    ("Stats", stats),
    ("Replication", replication),
    ("Modules", |_, _| Ok(())),
    ("Cluster", |_, out| writeln!(out, "cluster_enabled:0\r")),
    ("Keyspace", keyspace),
];

fn info(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let wanted = args.rest();
    let all =
        |word: &&[u8]| ["all", "default", "everything"].iter().any(|all| word.eq_ignore_ascii_case(all.as_bytes()));
    let all = wanted.is_empty() || wanted.iter().any(all);
    let mut out = String::new();
    for (name, write) in SECTIONS {
        if !all && !wanted.iter().any(|word| word.eq_ignore_ascii_case(name.as_bytes())) {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\r\n");
        }
        let _ = writeln!(out, "# {name}\r");
        let _ = write(cx, &mut out);
    }
    Ok(Reply::Verbatim(*b"txt", out.into()))
}

fn server(cx: &Context, out: &mut String) -> std::fmt::Result {
    let (major, minor, patch) = VERSION;
    let uptime = (cx.now() - cx.server.started).max(0) / 1000;
    writeln!(out, "redis_version:{major}.{minor}.{patch}\r")?;
    writeln!(out, "redis_mode:standalone\r")?;
    writeln!(out, "redmoon_version:{}\r", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "os:{}\r", std::env::consts::OS)?;
    writeln!(out, "arch_bits:{}\r", usize::BITS)?;
    writeln!(out, "server_time_usec:{}\r", cx.now().saturating_mul(1000))?;
    writeln!(out, "uptime_in_seconds:{uptime}\r")?;
    writeln!(out, "uptime_in_days:{}\r", uptime / 86400)
}

fn clients(cx: &Context, out: &mut String) -> std::fmt::Result {
    let others = cx.server.sessions.iter().flatten();
    let sessions = || others.clone().map(|session| &**session).chain([&*cx.session]);
    writeln!(out, "connected_clients:{}\r", sessions().count())?;
    writeln!(out, "blocked_clients:{}\r", sessions().filter(|session| session.parked.is_some()).count())?;
    writeln!(out, "watching_clients:{}\r", sessions().filter(|session| !session.watched.is_empty()).count())
}

fn memory(cx: &Context, out: &mut String) -> std::fmt::Result {
    let policy = POLICIES.iter().find(|(_, policy)| *policy == cx.server.config.maxmemory_policy);
    writeln!(out, "used_memory:{}\r", cx.used_memory())?;
    writeln!(out, "maxmemory:{}\r", cx.server.config.maxmemory)?;
    writeln!(out, "maxmemory_policy:{}\r", policy.map_or("noeviction", |(name, _)| name))
}

fn persistence(cx: &Context, out: &mut String) -> std::fmt::Result {
    writeln!(out, "loading:0\r")?;
    writeln!(out, "rdb_changes_since_last_save:{}\r", cx.keyspace.journal.dirty)?;
    writeln!(out, "aof_enabled:0\r")
}

fn stats(cx: &Context, out: &mut String) -> std::fmt::Result {
    writeln!(out, "total_connections_received:{}\r", cx.server.next_session_id - 1)?;
    writeln!(out, "total_commands_processed:{}\r", cx.server.stats.commands)?;
    writeln!(out, "evicted_keys:{}\r", cx.server.stats.evicted)?;
    writeln!(out, "total_error_replies:{}\r", cx.server.stats.errors)
}

fn replication(_: &Context, out: &mut String) -> std::fmt::Result {
    writeln!(out, "role:master\r")?;
    writeln!(out, "connected_slaves:0\r")
}

fn keyspace(cx: &Context, out: &mut String) -> std::fmt::Result {
    let filled = |(_, db): &(usize, &Db)| !db.is_empty();
    for (index, db) in cx.keyspace.dbs.iter().enumerate().filter(filled) {
        writeln!(out, "db{index}:keys={},expires={}\r", db.len(), db.expires_len())?;
    }
    Ok(())
}
