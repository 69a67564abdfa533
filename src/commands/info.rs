//! INFO: the engine's state in lines of text. See <https://redis.io/docs/latest/commands/info/>.
//!
//! A field stands here if it has a true value in an engine without processes, sockets and files.

use super::memory;
use crate::dispatch::channels::Kind as Kinds;
use crate::dispatch::config::percentile;
use crate::dispatch::stats::Calls;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Session, VERSION};
use crate::keyspace::Db;
use crate::keyspace::evict::POLICIES;
use crate::protocol::{Reply, Result};
use crate::scripting::Scripting;
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

type Section = (&'static str, Kind, fn(&Context, &mut String) -> std::fmt::Result);

/// Who is shown a section that was not named.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Kind {
    Default,
    All,
}

const SECTIONS: &[Section] = &[
    ("Server", Kind::Default, server),
    ("Clients", Kind::Default, clients),
    ("Memory", Kind::Default, memory),
    ("Persistence", Kind::Default, persistence),
    ("Stats", Kind::Default, stats),
    ("Replication", Kind::Default, replication),
    ("CPU", Kind::Default, cpu),
    ("Modules", Kind::Default, modules),
    ("Commandstats", Kind::All, commandstats),
    ("Errorstats", Kind::Default, errorstats),
    ("Latencystats", Kind::All, latencystats),
    ("Cluster", Kind::Default, |cx, out| writeln!(out, "cluster_enabled:{}\r", u8::from(cx.server.config.cluster_enabled))),
    ("Keyspace", Kind::Default, keyspace),
];

fn info(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let wanted = args.rest();
    let named = |name: &str| wanted.iter().any(|word| word.eq_ignore_ascii_case(name.as_bytes()));
    let shown = match () {
        () if named("all") || named("everything") => Some(Kind::All),
        () if named("default") || wanted.is_empty() => Some(Kind::Default),
        () => None,
    };
    let mut out = String::new();
    for (name, kind, write) in SECTIONS {
        if shown.is_none_or(|shown| *kind > shown) && !named(name) {
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
    let uptime = (cx.now() - cx.server.started).max(0) / 1000;
    writeln!(out, "redis_version:{VERSION}\r")?;
    writeln!(out, "redis_mode:{}\r", if cx.server.config.cluster_enabled { "cluster" } else { "standalone" })?;
    writeln!(out, "redmoon_version:{}\r", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "os:{}\r", std::env::consts::OS)?;
    writeln!(out, "arch_bits:{}\r", usize::BITS)?;
    writeln!(out, "server_time_usec:{}\r", cx.now().saturating_mul(1000))?;
    writeln!(out, "uptime_in_seconds:{uptime}\r")?;
    writeln!(out, "uptime_in_days:{}\r", uptime / 86400)?;
    writeln!(out, "lru_clock:{}\r", cx.now().div_euclid(1000) & 0xff_ffff)
}

fn clients(cx: &Context, out: &mut String) -> std::fmt::Result {
    let others = cx.server.sessions.iter().flatten();
    let count = |which: fn(&Session) -> bool| {
        let all = others.clone().map(|session| &**session).chain([&*cx.session]);
        all.filter(|session| which(session)).count()
    };
    writeln!(out, "connected_clients:{}\r", count(|_| true))?;
    writeln!(out, "cluster_connections:0\r")?;
    writeln!(out, "blocked_clients:{}\r", count(|session| session.parked.is_some()))?;
    writeln!(out, "tracking_clients:{}\r", cx.server.tracking.trackers.len())?;
    writeln!(out, "pubsub_clients:{}\r", count(|session| !session.subscriptions.is_empty()))?;
    writeln!(out, "watching_clients:{}\r", count(|session| !session.watched.is_empty()))
}

fn memory(cx: &Context, out: &mut String) -> std::fmt::Result {
    let config = &cx.server.config;
    let policy = POLICIES.iter().find(|(_, policy)| *policy == config.maxmemory_policy);
    let (used, peak) = (cx.used_memory(), memory::peak(cx));
    let (scripts, lua, libraries, functions) = scripting(cx);
    writeln!(out, "used_memory:{used}\r")?;
    writeln!(out, "used_memory_human:{}\r", human(used))?;
    writeln!(out, "used_memory_peak:{peak}\r")?;
    writeln!(out, "used_memory_peak_human:{}\r", human(peak))?;
    writeln!(out, "used_memory_peak_perc:{:.2}%\r", used as f64 / peak.max(1) as f64 * 100.0)?;
    writeln!(out, "used_memory_lua:{lua}\r")?;
    writeln!(out, "used_memory_vm_eval:{lua}\r")?;
    writeln!(out, "used_memory_lua_human:{}\r", human(lua))?;
    writeln!(out, "number_of_cached_scripts:{scripts}\r")?;
    writeln!(out, "number_of_functions:{functions}\r")?;
    writeln!(out, "number_of_libraries:{libraries}\r")?;
    writeln!(out, "maxmemory:{}\r", config.maxmemory)?;
    writeln!(out, "maxmemory_human:{}\r", human(config.maxmemory))?;
    writeln!(out, "maxmemory_policy:{}\r", policy.map_or("noeviction", |(name, _)| name))?;
    // Everything is freed at once.
    out.write_str(
        "mem_not_counted_for_evict:0\r\nmem_replication_backlog:0\r\nmem_clients_slaves:0\r\nmem_cluster_links:0\r\n\
         mem_aof_buffer:0\r\nactive_defrag_running:0\r\nlazyfree_pending_objects:0\r\nlazyfreed_objects:0\r\n",
    )
}

/// Counts cached scripts, bytes of the Lua state, libraries and functions.
fn scripting(cx: &Context) -> (usize, usize, usize, usize) {
    let scripting = cx.server.scripting.as_ref().and_then(|any| any.downcast_ref::<Scripting>());
    let (scripts, lua) = scripting.map_or((0, 0), Scripting::usage);
    let shelf = scripting.and_then(Scripting::shelf);
    let (libraries, functions) = shelf.map_or((0, 0), |shelf| (shelf.libraries.len(), shelf.functions.len()));
    (scripts, lua, libraries, functions)
}

/// Prints bytes in the greatest unit that fits.
fn human(bytes: usize) -> String {
    let units = [(30, 'G'), (20, 'M'), (10, 'K')];
    let unit = units.iter().find(|(bits, _)| bytes >> bits > 0);
    unit.map_or_else(|| format!("{bytes}B"), |(bits, unit)| format!("{:.2}{unit}", bytes as f64 / (1u64 << bits) as f64))
}

fn persistence(cx: &Context, out: &mut String) -> std::fmt::Result {
    out.write_str("loading:0\r\nasync_loading:0\r\n")?;
    writeln!(out, "rdb_changes_since_last_save:{}\r", cx.keyspace.journal.dirty)?;
    writeln!(out, "rdb_bgsave_in_progress:0\r")?;
    writeln!(out, "rdb_last_save_time:{}\r", cx.server.started.div_euclid(1000))?;
    out.write_str(
        "rdb_last_bgsave_status:ok\r\nrdb_last_bgsave_time_sec:-1\r\nrdb_current_bgsave_time_sec:-1\r\nrdb_saves:0\r\n\
         aof_enabled:0\r\naof_rewrite_in_progress:0\r\naof_rewrite_scheduled:0\r\naof_last_rewrite_time_sec:-1\r\n\
         aof_current_rewrite_time_sec:-1\r\naof_last_bgrewrite_status:ok\r\naof_last_write_status:ok\r\n",
    )
}

fn stats(cx: &Context, out: &mut String) -> std::fmt::Result {
    let (stats, channels) = (&cx.server.stats, &cx.server.channels);
    writeln!(out, "total_connections_received:{}\r", cx.server.next_session_id - 1)?;
    writeln!(out, "total_commands_processed:{}\r", stats.commands())?;
    out.write_str("rejected_connections:0\r\nsync_full:0\r\nsync_partial_ok:0\r\nsync_partial_err:0\r\n")?;
    writeln!(out, "expired_subkeys:{}\r", cx.keyspace.expired_fields)?;
    writeln!(out, "expired_keys:{}\r", cx.keyspace.expired)?;
    writeln!(out, "evicted_keys:{}\r", stats.evicted)?;
    writeln!(out, "evicted_clients:0\r")?;
    writeln!(out, "keyspace_hits:{}\r", stats.hits.get())?;
    writeln!(out, "keyspace_misses:{}\r", stats.misses.get())?;
    writeln!(out, "pubsub_channels:{}\r", channels.of(Kinds::Channel).len())?;
    writeln!(out, "pubsub_patterns:{}\r", channels.of(Kinds::Pattern).len())?;
    writeln!(out, "pubsubshard_channels:{}\r", channels.of(Kinds::Shard).len())?;
    writeln!(out, "migrate_cached_sockets:0\r")?;
    let (keys, items, prefixes) = cx.server.tracking.counts();
    writeln!(out, "tracking_total_keys:{keys}\r")?;
    writeln!(out, "tracking_total_items:{items}\r")?;
    writeln!(out, "tracking_total_prefixes:{prefixes}\r")?;
    writeln!(out, "unexpected_error_replies:0\r\ntotal_error_replies:{}\r", stats.errors)?;
    writeln!(out, "slowlog_commands_count:{}\r", stats.slow_calls)?;
    writeln!(out, "slowlog_commands_time_ms_max:{:.2}\r", stats.slowest_us as f64 / 1000.0)?;
    writeln!(out, "slowlog_commands_time_ms_sum:{:.2}\r", stats.slow_us as f64 / 1000.0)?;
    let denied = cx.server.acl.denied;
    for (what, count) in
        [("auth", denied.auth), ("cmd", denied.commands), ("key", denied.keys), ("channel", denied.channels)]
    {
        writeln!(out, "acl_access_denied_{what}:{count}\r")?;
    }
    Ok(())
}

fn replication(_: &Context, out: &mut String) -> std::fmt::Result {
    out.write_str(
        "role:master\r\nconnected_slaves:0\r\nmaster_failover_state:no-failover\r\nmaster_repl_offset:0\r\n\
         second_repl_offset:-1\r\nrepl_backlog_active:0\r\nrepl_backlog_first_byte_offset:0\r\n\
         repl_backlog_histlen:0\r\n",
    )
}

/// The time spent in commands that were timed: the rest of the process is not the engine's.
fn cpu(cx: &Context, out: &mut String) -> std::fmt::Result {
    // What a command calls within it is timed twice, by itself and by the whole.
    let usec: u64 = cx.server.stats.calls().iter().map(|calls| calls.usec).sum();
    writeln!(out, "used_cpu_sys:0.000000\r")?;
    writeln!(out, "used_cpu_user:{:.6}\r", usec as f64 / 1e6)?;
    out.write_str("used_cpu_sys_children:0.000000\r\nused_cpu_user_children:0.000000\r\n")
}

fn modules(_: &Context, out: &mut String) -> std::fmt::Result {
    if !cfg!(feature = "full") {
        return Ok(());
    }
    write!(out, "module:name=vectorset,ver=1,api=1,filters=0,usedby=[],using=[],")?;
    writeln!(out, "options=[handle-io-errors|handle-repl-async-load]\r")
}

fn commandstats(cx: &Context, out: &mut String) -> std::fmt::Result {
    for counts in cx.server.stats.calls() {
        let Calls { calls, usec, rejected, failed, .. } = counts;
        let each = if *calls == 0 { 0.0 } else { *usec as f64 / *calls as f64 };
        let name = counts.command.full_name();
        write!(out, "cmdstat_{name}:calls={calls},usec={usec},usec_per_call={each:.2},")?;
        writeln!(out, "rejected_calls={rejected},failed_calls={failed}\r")?;
    }
    Ok(())
}

fn errorstats(cx: &Context, out: &mut String) -> std::fmt::Result {
    for (code, count) in cx.server.stats.codes() {
        writeln!(out, "errorstat_{code}:count={count}\r")?;
    }
    Ok(())
}

fn latencystats(cx: &Context, out: &mut String) -> std::fmt::Result {
    for counts in cx.server.stats.calls() {
        let Some(times) = &counts.times else { continue };
        write!(out, "latency_percentiles_usec_{}:", counts.command.full_name())?;
        for (at, share) in cx.server.config.latency_percentiles.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(out, "{comma}p{}={:.3}", percentile(*share), times.percentile(*share) as f64)?;
        }
        writeln!(out, "\r")?;
    }
    Ok(())
}

fn keyspace(cx: &Context, out: &mut String) -> std::fmt::Result {
    let filled = |(_, db): &(usize, &Db)| !db.is_empty();
    for (index, db) in cx.keyspace.dbs.iter().enumerate().filter(filled) {
        let (keys, expires, average, fields) = (db.len(), db.expires_len(), db.average_ttl(cx.now()), db.field_expires_len());
        writeln!(out, "db{index}:keys={keys},expires={expires},avg_ttl={average},subexpiry={fields}\r")?;
    }
    Ok(())
}
