//! Redis's parameters as 8.10 has them: names, forms, bounds and defaults.
//!
//! Those that `kept` names have no effect where there are no files, sockets, threads and other nodes. They are taken
//! and answered, so that what sets them for a server goes on working. Those that begin
//! with `script-` are this engine's own.

use super::config::{Config, event_letters, parse_events};
use super::config_parameter::{
    Form, Parameter, alias, bytes, count, fixed, initial, integer, kept, memory, own, parse_memory, protected, signed,
    switch, unsigned,
};
use crate::keyspace::evict::POLICIES;
use crate::structures::number::parse_double;

const INT: i64 = i32::MAX as i64;
const LONG: i64 = i64::MAX;

/// Every parameter in alphabetical order.
#[rustfmt::skip]
pub const PARAMETERS: &[Parameter] = &[
    own("acl-pubsub-default", print_pubsub_default, set_pubsub_default),
    fixed("aclfile", ""),
    count("acllog-max-len", |config| &mut config.acllog_max_len),
    kept("active-defrag-cycle-max", "25", Form::Integer(1, 99)),
    kept("active-defrag-cycle-min", "1", Form::Integer(1, 99)),
    kept("active-defrag-ignore-bytes", "104857600", Form::Memory(1)),
    kept("active-defrag-max-scan-fields", "1000", Form::Integer(1, LONG)),
    kept("active-defrag-threshold-lower", "10", Form::Integer(0, 1000)),
    kept("active-defrag-threshold-upper", "100", Form::Integer(0, 1000)),
    kept("active-expire-effort", "1", Form::Integer(1, 10)),
    kept("activedefrag", "no", Form::Switch),
    kept("activerehashing", "yes", Form::Switch),
    fixed("always-show-logo", "no"),
    kept("aof-load-corrupt-tail-max-size", "0", Form::Integer(0, LONG)),
    kept("aof-load-truncated", "yes", Form::Switch),
    fixed("aof-rewrite-cpulist", ""),
    kept("aof-rewrite-incremental-fsync", "yes", Form::Switch),
    kept("aof-timestamp-enabled", "no", Form::Switch),
    kept("aof-use-rdb-preamble", "yes", Form::Switch),
    alias("aof_rewrite_cpulist", "aof-rewrite-cpulist"),
    fixed("appenddirname", "appendonlydir"),
    fixed("appendfilename", "appendonly.aof"),
    kept("appendfsync", "everysec", Form::Choice(&["everysec", "always", "no"])),
    own("appendonly", |_| "no".into(), refuse_appendonly),
    kept("array-slice-size", "4096", Form::Integer(256, 65536)),
    kept("array-sparse-kmax", "10", Form::Integer(0, 256)),
    kept("array-sparse-kmin", "5", Form::Integer(0, 256)),
    kept("auto-aof-rewrite-min-size", "67108864", Form::Memory(0)),
    kept("auto-aof-rewrite-percentage", "100", Form::Integer(0, INT)),
    kept("backup-sealed-ttl", "0", Form::Integer(0, LONG)),
    fixed("backupdirname", "backupdir"),
    fixed("bgsave-cpulist", ""),
    alias("bgsave_cpulist", "bgsave-cpulist"),
    fixed("bind", ""),
    kept("bind-source-addr", "", Form::Text),
    fixed("bio-cpulist", ""),
    alias("bio_cpulist", "bio-cpulist"),
    unsigned("busy-reply-threshold", |config| &mut config.busy_reply_threshold),
    own("client-output-buffer-limit", print_output_limits, set_output_limits),
    kept("client-query-buffer-limit", "1073741824", Form::Memory(1 << 20)),
    kept("cluster-allow-pubsubshard-when-down", "yes", Form::Switch),
    kept("cluster-allow-reads-when-down", "no", Form::Switch),
    kept("cluster-allow-replica-migration", "yes", Form::Switch),
    kept("cluster-announce-bus-port", "0", Form::Integer(0, 65535)),
    kept("cluster-announce-hostname", "", Form::Text),
    kept("cluster-announce-human-nodename", "", Form::Text),
    kept("cluster-announce-ip", "", Form::Text),
    kept("cluster-announce-port", "0", Form::Integer(0, 65535)),
    kept("cluster-announce-tls-port", "0", Form::Integer(0, 65535)),
    kept("cluster-bus-port-protected-mode", "no", Form::Switch),
    kept("cluster-compatibility-sample-ratio", "0", Form::Integer(0, 100)),
    fixed("cluster-config-file", "nodes.conf"),
    initial("cluster-enabled", |config| &mut config.cluster_enabled),
    kept("cluster-link-sendbuf-limit", "0", Form::Memory(0)),
    kept("cluster-migration-barrier", "1", Form::Integer(0, INT)),
    kept("cluster-node-timeout", "15000", Form::Integer(0, LONG)),
    fixed("cluster-port", "0"),
    kept("cluster-preferred-endpoint-type", "ip", Form::Choice(&["ip", "hostname", "unknown-endpoint"])),
    kept("cluster-replica-no-failover", "no", Form::Switch),
    kept("cluster-replica-validity-factor", "10", Form::Integer(0, INT)),
    kept("cluster-require-full-coverage", "yes", Form::Switch),
    alias("cluster-slave-no-failover", "cluster-replica-no-failover"),
    alias("cluster-slave-validity-factor", "cluster-replica-validity-factor"),
    kept("cluster-slot-migration-handoff-max-lag-bytes", "1048576", Form::Memory(0)),
    kept("cluster-slot-migration-write-pause-timeout", "10000", Form::Integer(0, LONG)),
    kept("cluster-slot-stats-enabled", "no", Form::Choice(&["no", "yes", "cpu", "net", "mem"])),
    kept("crash-log-enabled", "yes", Form::Switch),
    kept("crash-memcheck-enabled", "yes", Form::Switch),
    fixed("daemonize", "no"),
    fixed("databases", "16"),
    protected("dbfilename", "dump.rdb"),
    protected("dir", ""),
    fixed("disable-thp", "yes"),
    kept("dynamic-hz", "yes", Form::Switch),
    fixed("enable-debug-command", "yes"),
    fixed("enable-module-command", "no"),
    fixed("enable-protected-configs", "no"),
    count("hash-max-listpack-entries", |config| &mut config.hash_max_listpack_entries),
    memory("hash-max-listpack-value", 0, |config| &mut config.hash_max_listpack_value),
    kept("hash-max-template-entries", "0", Form::Integer(0, LONG)),
    alias("hash-max-ziplist-entries", "hash-max-listpack-entries"),
    alias("hash-max-ziplist-value", "hash-max-listpack-value"),
    kept("hash-min-template-entries", "0", Form::Integer(0, LONG)),
    kept("hash-rdb-load-max-template-entries", "0", Form::Integer(0, LONG)),
    kept("hash-rdb-load-min-template-entries", "0", Form::Integer(0, LONG)),
    kept("hash-rdb-load-template-disassembly-threshold", "0", Form::Integer(0, LONG)),
    kept("hide-user-data-from-log", "no", Form::Switch),
    memory("hll-sparse-max-bytes", 0, |config| &mut config.hll_sparse_max_bytes),
    kept("hz", "10", Form::Rate),
    kept("ignore-warnings", "", Form::Text),
    fixed("io-threads", "1"),
    kept("jemalloc-bg-thread", "yes", Form::Switch),
    kept("key-memory-histograms", "no", Form::Switch),
    unsigned("latency-monitor-threshold", |config| &mut config.latency_monitor_threshold),
    switch("latency-tracking", |config| &mut config.latency_tracking),
    own("latency-tracking-info-percentiles", print_percentiles, set_percentiles),
    kept("lazyfree-lazy-eviction", "no", Form::Switch),
    kept("lazyfree-lazy-expire", "no", Form::Switch),
    kept("lazyfree-lazy-server-del", "no", Form::Switch),
    kept("lazyfree-lazy-user-del", "no", Form::Switch),
    kept("lazyfree-lazy-user-flush", "no", Form::Switch),
    own("lfu-decay-time", |config| config.lfu_decay_time.to_string(), |config, text| {
        config.lfu_decay_time = read_unsigned(text)?;
        Ok(())
    }),
    own("lfu-log-factor", |config| config.lfu_log_factor.to_string(), |config, text| {
        config.lfu_log_factor = read_unsigned(text)?;
        Ok(())
    }),
    kept("list-compress-depth", "0", Form::Integer(0, INT)),
    signed("list-max-listpack-size", i32::MIN as i64, INT, |config| &mut config.list_max_listpack_size),
    alias("list-max-ziplist-size", "list-max-listpack-size"),
    kept("locale-collate", "", Form::Text),
    fixed("logfile", ""),
    kept("loglevel", "notice", Form::Choice(&["debug", "verbose", "notice", "warning", "nothing"])),
    kept("lookahead", "16", Form::Integer(1, INT)),
    alias("lua-time-limit", "busy-reply-threshold"),
    kept("masterauth", "", Form::Text),
    kept("masteruser", "", Form::Text),
    kept("max-new-connections-per-cycle", "10", Form::Integer(1, 1000)),
    kept("max-new-tls-connections-per-cycle", "1", Form::Integer(1, 1000)),
    kept("maxclients", "10000", Form::Integer(1, 4294967295)),
    memory("maxmemory", 0, |config| &mut config.maxmemory),
    kept("maxmemory-clients", "0", Form::MemoryOrShare),
    kept("maxmemory-eviction-tenacity", "10", Form::Integer(0, 100)),
    own("maxmemory-policy", print_policy, set_policy),
    own("maxmemory-samples", |config| config.maxmemory_samples.to_string(), |config, text| {
        config.maxmemory_samples = integer(text, 1, 64)? as usize;
        Ok(())
    }),
    kept("min-replicas-max-lag", "10", Form::Integer(0, INT)),
    kept("min-replicas-to-write", "0", Form::Integer(0, INT)),
    alias("min-slaves-max-lag", "min-replicas-max-lag"),
    alias("min-slaves-to-write", "min-replicas-to-write"),
    kept("no-appendfsync-on-rewrite", "no", Form::Switch),
    own(
        "notify-keyspace-events",
        |config| event_letters(config.notify_keyspace_events),
        |config, text| {
            config.notify_keyspace_events = parse_events(text)?;
            Ok(())
        },
    ),
    kept("oom-score-adj", "no", Form::Choice(&["no", "yes", "relative", "absolute"])),
    fixed("oom-score-adj-values", "0 200 800"),
    fixed("pidfile", ""),
    fixed("port", "0"),
    fixed("preload-file", ""),
    kept("proc-title-template", "{title} {listen-addr} {server-mode}", Form::Text),
    kept("propagation-error-behavior", "ignore", Form::Choice(&["ignore", "panic", "panic-on-replicas"])),
    kept("protected-mode", "yes", Form::Switch),
    memory("proto-max-bulk-len", 1 << 20, |config| &mut config.proto_max_bulk_len),
    kept("rdb-del-sync-files", "no", Form::Switch),
    kept("rdb-save-incremental-fsync", "yes", Form::Switch),
    fixed("rdbchecksum", "yes"),
    kept("rdbcompression", "yes", Form::Switch),
    kept("repl-backlog-size", "1048576", Form::Memory(1)),
    kept("repl-backlog-ttl", "3600", Form::Integer(0, LONG)),
    kept("repl-disable-tcp-nodelay", "no", Form::Switch),
    kept("repl-diskless-load", "disabled", Form::Choice(&["disabled", "on-empty-db", "swapdb", "flushdb"])),
    kept("repl-diskless-sync", "yes", Form::Switch),
    kept("repl-diskless-sync-delay", "5", Form::Integer(0, INT)),
    kept("repl-diskless-sync-max-replicas", "0", Form::Integer(0, INT)),
    kept("repl-ping-replica-period", "10", Form::Integer(1, INT)),
    alias("repl-ping-slave-period", "repl-ping-replica-period"),
    kept("repl-timeout", "60", Form::Integer(1, INT)),
    kept("replica-announce-ip", "", Form::Text),
    kept("replica-announce-port", "0", Form::Integer(0, 65535)),
    kept("replica-announced", "yes", Form::Switch),
    kept("replica-full-sync-buffer-limit", "0", Form::Memory(0)),
    kept("replica-ignore-disk-write-errors", "no", Form::Switch),
    kept("replica-ignore-maxmemory", "yes", Form::Switch),
    kept("replica-lazy-flush", "no", Form::Switch),
    kept("replica-priority", "100", Form::Integer(0, INT)),
    kept("replica-read-only", "yes", Form::Switch),
    kept("replica-serve-stale-data", "yes", Form::Switch),
    fixed("replicaof", ""),
    bytes("requirepass", |config| &mut config.requirepass),
    kept("sanitize-dump-payload", "no", Form::Choice(&["no", "yes", "clients"])),
    own("save", |config| config.save.clone(), set_save),
    unsigned("script-fuel", |config| &mut config.script_fuel),
    memory("script-memory", 1 << 20, |config| &mut config.script_memory),
    switch("script-strict", |config| &mut config.script_strict),
    unsigned("script-time", |config| &mut config.script_time),
    fixed("server-cpulist", ""),
    alias("server_cpulist", "server-cpulist"),
    count("set-max-intset-entries", |config| &mut config.set_max_intset_entries),
    count("set-max-listpack-entries", |config| &mut config.set_max_listpack_entries),
    count("set-max-listpack-value", |config| &mut config.set_max_listpack_value),
    fixed("set-proc-title", "yes"),
    kept("shutdown-on-sigint", "default", Form::Choice(&["default", "save", "nosave", "now", "force"])),
    kept("shutdown-on-sigterm", "default", Form::Choice(&["default", "save", "nosave", "now", "force"])),
    kept("shutdown-timeout", "10", Form::Integer(0, INT)),
    alias("slave-announce-ip", "replica-announce-ip"),
    alias("slave-announce-port", "replica-announce-port"),
    alias("slave-ignore-maxmemory", "replica-ignore-maxmemory"),
    alias("slave-lazy-flush", "replica-lazy-flush"),
    alias("slave-priority", "replica-priority"),
    alias("slave-read-only", "replica-read-only"),
    alias("slave-serve-stale-data", "replica-serve-stale-data"),
    alias("slaveof", "replicaof"),
    own("slowlog-entry-max-argc", |config| config.slowlog_words.to_string(), |config, value| Form::Integer(2, INT).count(value).map(|count| config.slowlog_words = count)),
    own("slowlog-entry-max-string-len", |config| config.slowlog_longest_word.to_string(), |config, value| Form::Integer(1, LONG).count(value).map(|count| config.slowlog_longest_word = count)),
    signed("slowlog-log-slower-than", -1, LONG, |config| &mut config.slowlog_slower_than),
    count("slowlog-max-len", |config| &mut config.slowlog_max_len),
    fixed("socket-mark-id", "0"),
    kept("stop-writes-on-bgsave-error", "yes", Form::Switch),
    signed("stream-idmp-duration", 1, 86400, |config| &mut config.stream_idmp_duration),
    signed("stream-idmp-maxsize", 1, 10000, |config| &mut config.stream_idmp_maxsize),
    memory("stream-node-max-bytes", 0, |config| &mut config.stream_node_max_bytes),
    count("stream-node-max-entries", |config| &mut config.stream_node_max_entries),
    fixed("supervised", "no"),
    fixed("syslog-enabled", "no"),
    fixed("syslog-facility", "local0"),
    fixed("syslog-ident", "redis"),
    fixed("tcp-backlog", "511"),
    kept("tcp-keepalive", "300", Form::Integer(0, INT)),
    kept("timeout", "0", Form::Integer(0, INT)),
    kept("tls-auth-clients", "yes", Form::Choice(&["no", "yes", "optional"])),
    kept("tls-auth-clients-user", "off", Form::Choice(&["CN", "off"])),
    kept("tls-ca-cert-dir", "", Form::Text),
    kept("tls-ca-cert-file", "", Form::Text),
    kept("tls-cert-file", "", Form::Text),
    kept("tls-ciphers", "", Form::Text),
    kept("tls-ciphersuites", "", Form::Text),
    kept("tls-client-cert-file", "", Form::Text),
    kept("tls-client-key-file", "", Form::Text),
    kept("tls-client-key-file-pass", "", Form::Text),
    kept("tls-cluster", "no", Form::Switch),
    kept("tls-dh-params-file", "", Form::Text),
    kept("tls-expected-peer-name", "", Form::Text),
    kept("tls-key-file", "", Form::Text),
    kept("tls-key-file-pass", "", Form::Text),
    fixed("tls-port", "0"),
    kept("tls-prefer-server-ciphers", "no", Form::Switch),
    kept("tls-protocols", "", Form::Text),
    kept("tls-replication", "no", Form::Switch),
    kept("tls-session-cache-size", "20480", Form::Integer(0, INT)),
    kept("tls-session-cache-timeout", "300", Form::Integer(0, INT)),
    kept("tls-session-caching", "yes", Form::Switch),
    count("tracking-table-max-keys", |config| &mut config.tracking_table_max_keys),
    fixed("unixsocket", ""),
    fixed("unixsocketperm", "0"),
    kept("vset-force-single-threaded-execution", "no", Form::Switch),
    count("zset-max-listpack-entries", |config| &mut config.zset_max_listpack_entries),
    memory("zset-max-listpack-value", 0, |config| &mut config.zset_max_listpack_value),
    alias("zset-max-ziplist-entries", "zset-max-listpack-entries"),
    alias("zset-max-ziplist-value", "zset-max-listpack-value"),
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn print_pubsub_default(config: &Config) -> String {
    if config.acl_pubsub_default { "allchannels" } else { "resetchannels" }.into()
}

fn set_pubsub_default(config: &mut Config, value: &[u8]) -> Result<(), String> {
    let value = Form::Choice(&["allchannels", "resetchannels"]).read(value)?;
    config.acl_pubsub_default = value == "allchannels";
    Ok(())
}

fn refuse_appendonly(_: &mut Config, value: &[u8]) -> Result<(), String> {
    match Form::Switch.read(value)?.as_str() {
        "no" => Ok(()),
        _ => Err("this engine writes no append-only file".into()),
    }
}

/// Reads pairs of seconds and changes. Nothing is saved by itself here, so they are only answered.
fn set_save(config: &mut Config, value: &[u8]) -> Result<(), String> {
    let value = text(value);
    let words: Vec<&str> = value.split_whitespace().collect();
    let least = |at: usize| if at % 2 == 0 { 1 } else { 0 };
    let good = |(at, word): (usize, &&str)| word.parse::<i64>().is_ok_and(|number| number >= least(at));
    if words.len() % 2 != 0 || !words.iter().enumerate().all(good) {
        return Err("Invalid save parameters".into());
    }
    config.save = words.join(" ");
    Ok(())
}

/// The classes of clients whose output is limited, in Redis's order.
const CLASSES: [&str; 3] = ["normal", "slave", "pubsub"];

fn print_output_limits(config: &Config) -> String {
    let line = |(name, [hard, soft, seconds]): (&&str, &[u64; 3])| format!("{name} {hard} {soft} {seconds}");
    CLASSES.iter().zip(&config.output_limits).map(line).collect::<Vec<_>>().join(" ")
}

fn set_output_limits(config: &mut Config, value: &[u8]) -> Result<(), String> {
    let value = text(value);
    let words: Vec<&str> = value.split_whitespace().collect();
    if words.len() % 4 != 0 {
        return Err("Wrong number of arguments in buffer limit configuration.".into());
    }
    for group in words.chunks_exact(4) {
        let name = if group[0].eq_ignore_ascii_case("replica") { "slave" } else { group[0] };
        let class = CLASSES.iter().position(|class| class.eq_ignore_ascii_case(name));
        let class = class.ok_or("Invalid client class specified in buffer limit configuration.")?;
        let number = |word: &str| parse_memory(word.as_bytes()).and_then(|number| u64::try_from(number).ok());
        let seconds = group[3].parse::<i32>().ok().and_then(|number| u64::try_from(number).ok());
        let (Some(hard), Some(soft), Some(seconds)) = (number(group[1]), number(group[2]), seconds) else {
            return Err("Error in hard, soft or soft_seconds setting in buffer limit configuration.".into());
        };
        config.output_limits[class] = [hard, soft, seconds];
    }
    Ok(())
}

fn print_percentiles(config: &Config) -> String {
    config.latency_percentiles.iter().map(|share| percentile(*share)).collect::<Vec<_>>().join(" ")
}

/// Prints a percentile with up to six decimals, as INFO does too.
pub fn percentile(share: f64) -> String {
    let text = format!("{share:.6}");
    text.trim_end_matches('0').trim_end_matches('.').into()
}

fn set_percentiles(config: &mut Config, value: &[u8]) -> Result<(), String> {
    let value = text(value);
    let mut shares = Vec::new();
    for word in value.split_whitespace() {
        let share = parse_double(word.as_bytes()).ok_or("Invalid latency-tracking-info-percentiles parameters")?;
        if !(0.0..=100.0).contains(&share) {
            return Err("latency-tracking-info-percentiles parameters should sit between [0.0,100.0]".into());
        }
        shares.push(share);
    }
    config.latency_percentiles = shares;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_in_order() {
        assert!(PARAMETERS.is_sorted_by_key(|parameter| parameter.name));
    }

    /// Every default is a value that could be set, and every alias leads somewhere.
    #[test]
    fn defaults_can_be_set() {
        let mut config = Config::default();
        for parameter in PARAMETERS {
            let value = parameter.get(&mut config);
            if !parameter.is_fixed() {
                assert_eq!(parameter.set(&mut config, &value), Ok(()), "{}", parameter.name);
                assert_eq!(parameter.get(&mut config), value, "{}", parameter.name);
            }
        }
    }
}

fn read_unsigned(text: &[u8]) -> Result<u32, String> {
    Ok(integer(text, 0, INT)? as u32)
}

fn print_policy(config: &Config) -> String {
    let name = POLICIES.iter().find(|(_, policy)| *policy == config.maxmemory_policy);
    name.map_or("noeviction", |(name, _)| name).into()
}

fn set_policy(config: &mut Config, text: &[u8]) -> Result<(), String> {
    let policy = POLICIES.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(text));
    let names = || POLICIES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    config.maxmemory_policy = policy.ok_or_else(|| format!("argument(s) must be one of the following: {}", names()))?.1;
    Ok(())
}
