//! Runs the same random commands on the engine and on redis-server and compares every reply, and what is stored.
//!
//! `REDMOON_DIFF=1000000` sets the number of commands, `REDMOON_SEED=7` the seed, `REDMOON_KINDS=x` draws only those
//! whose names begin so; `REDIS_URL` names another server, WHOSE DATA IS DELETED; `REDMOON_HISTORY=/tmp/fault` writes all
//! that came before each difference to files. What is not compared, and why, stands in `compare.rs` and `generate.rs`.

mod compare;
mod generate;
#[path = "../rig/mod.rs"]
mod rig;
mod scripts;
mod stream_replies;
mod waiting;
mod watch;

use compare::{Peer, same};
use generate::{Call, Generator, Random};
use rig::cli;
use rig::engine::Core;
use rig::oracle::{Client, Oracle, version};
use rig::resp::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use waiting::WAITERS;
use watch::Watch;

/// The number of commands sent at once.
const BATCH: usize = 500;
/// The number of batches after which the whole keyspace is compared and emptied.
const ROUND: usize = 8;
/// The number of episodes with clients that wait after each batch.
const EPISODES: usize = 5;
/// The number of databases that commands reach.
const DATABASES: usize = 3;
/// The number of differences after which the test gives up.
const ENOUGH: usize = 30;

/// Commands that 7.2 changed: a consumer exists since it first asked, the last ID is not below what was deleted, and
/// XINFO tells more.
const CHANGED: &[&str] =
    &["xgroup|createconsumer", "xgroup|delconsumer", "xsetid", "xinfo|stream", "xinfo|groups", "xinfo|consumers"];

#[test]
fn the_engine_and_redis_say_the_same() {
    let (commands, seed) = settings();
    let oracle = Oracle::from_environment("differential");
    let mut run = Run::new(&oracle, seed);
    let mut round = 0;
    while run.sent < commands && run.faults.len() < ENOUGH {
        run.begin_round(round);
        if (0..ROUND).all(|_| run.batch() && (0..EPISODES).all(|_| run.episode())) {
            run.compare_keyspaces();
        }
        round += 1;
    }
    println!("{} commands, {} of {} kinds", run.sent, run.kinds.len(), run.generator.len());
    let (count, faults) = (run.faults.len(), run.faults.join("\n"));
    assert!(run.faults.is_empty(), "{count} differences with REDMOON_SEED={seed}\n{faults}");
}

/// Reads and prints the number of commands and the seed.
fn settings() -> (usize, u64) {
    let number = |name: &str, default: u64| std::env::var(name).map_or(default, |text| text.parse().expect(name));
    let (commands, seed) = (number("REDMOON_DIFF", 100_000) as usize, number("REDMOON_SEED", 1));
    println!("REDMOON_DIFF={commands} REDMOON_SEED={seed}");
    (commands, seed)
}

/// Commands that no comparison draws, those about the server and the connection, stop the engine as little as others.
#[test]
fn no_command_stops_the_engine() {
    let (commands, seed) = settings();
    let mut random = Random::new(seed);
    let mut core = Core::new(seed);
    core.call(1, &words("HELLO 3"));
    let docs = core.call(1, &words("COMMAND DOCS")).remove(0);
    let generator = Generator::of_all(&docs);
    let watch = Watch::begin(line);
    for n in 0..commands {
        // A session may have become silent, closed or stuck in a transaction.
        let session = 2 + (n / BATCH) as u32;
        let call = generator.draw(&mut random);
        watch.over(&call, || core.call(session, &call));
    }
    core.call(1, &words("RESET"));
    assert_eq!(core.call(1, &words("PING")), [Value::Status(b"PONG".to_vec())]);
}

struct Run {
    peer: Peer,
    client: Client,
    core: Core,
    /// Those who wait, and what CLIENT ID says of each, here and there.
    waiters: Vec<Client>,
    ids: Vec<(Value, Value)>,
    watch: Watch,
    random: Random,
    generator: Generator,
    sent: usize,
    kinds: std::collections::HashSet<Vec<u8>>,
    /// What was sent since the keyspace was last empty, and how that began.
    history: Vec<Call>,
    setting: Vec<Call>,
    faults: Vec<String>,
}

impl Run {
    fn new(oracle: &Oracle, seed: u64) -> Run {
        let mut client = oracle.connect();
        client.call(&["HELLO", "3"]);
        let docs = client.call(&["COMMAND", "DOCS"]);
        let core = Core::starting_at(now(), seed);
        let table = core.engine.table();
        let peer = Peer { before_7_2: oracle.version() < version("7.2") };
        let only = std::env::var("REDMOON_KINDS").unwrap_or_default();
        let generator = Generator::new(&docs, |name| {
            let ours = table.get(name.replace('|', " ").as_bytes()).is_some();
            ours && name.starts_with(&only) && !(peer.before_7_2 && CHANGED.contains(&name))
        });
        let (random, kinds) = (Random::new(seed), Default::default());
        let (waiters, ids, watch) = (Vec::new(), Vec::new(), Watch::begin(line));
        let (history, setting, faults) = (Vec::new(), Vec::new(), Vec::new());
        let mut run = Run {
            peer,
            client,
            core,
            waiters,
            ids,
            watch,
            random,
            generator,
            sent: 0,
            kinds,
            history,
            setting,
            faults,
        };
        for session in WAITERS {
            let mut client = oracle.connect();
            run.ids.push((run.core.call(session, &words("CLIENT ID")).remove(0), client.call(&words("CLIENT ID"))));
            run.waiters.push(client);
        }
        run
    }

    /// Empties both sides and chooses the protocol and the limits of small collections.
    fn begin_round(&mut self, round: usize) {
        self.history.clear();
        self.setting.clear();
        let small = round % 2 == 1;
        let limits =
            |name: &str, usual: usize, tight: usize| format!("CONFIG SET {name} {}", if small { tight } else { usual });
        for line in [
            "RESET".to_string(),
            "FLUSHALL".to_string(),
            format!("HELLO {}", 2 + round / 2 % 2),
            limits("hash-max-listpack-entries", 512, 4),
            limits("hash-max-listpack-value", 64, 16),
            limits("set-max-intset-entries", 512, 4),
            limits("set-max-listpack-entries", 128, 6),
            limits("zset-max-listpack-entries", 128, 4),
            limits("list-max-listpack-size", 128, 4),
            limits("stream-node-max-entries", 100, 3),
            limits("stream-node-max-bytes", 4096, 90),
        ] {
            let call = words(&line);
            self.client.call(&call);
            self.core.call(1, &call);
            self.setting.push(call);
        }
        let hello = words(&format!("HELLO {}", 2 + round / 2 % 2));
        for (client, session) in self.waiters.iter_mut().zip(WAITERS) {
            client.call(&hello);
            self.core.call(session, &hello);
        }
    }

    /// Runs one command on both sides; false after a difference.
    fn compare(&mut self, call: Call) -> bool {
        self.core.advance(now() - self.core.now());
        let ours = self.ours(&call);
        let theirs = self.client.call(&call);
        self.sent += 1;
        if !same(self.peer, inner(&call), &ours, &theirs) {
            let report = self.report(&call, &ours, &theirs);
            return self.fault(report);
        }
        self.kinds.insert(call[0].to_ascii_lowercase());
        self.history.push(call);
        true
    }

    /// Runs one command of the first client on the engine.
    fn ours(&mut self, call: &Call) -> Value {
        let replies = self.watch.over(call, || self.core.call(1, call));
        replies.into_iter().next().unwrap_or_else(|| panic!("the engine has not answered\n> {}", line(call)))
    }

    /// Takes note of a difference and lets both sides begin anew.
    fn fault(&mut self, report: String) -> bool {
        self.faults.push(report);
        self.drain();
        false
    }

    /// Runs one batch on both sides; false after a difference, when both sides may hold different things.
    fn batch(&mut self) -> bool {
        let (calls, inside): (Vec<Call>, Vec<Vec<Call>>) = self.draw().into_iter().unzip();
        self.core.advance(now() - self.core.now());
        let theirs = self.client.pipeline(&calls);
        let mut queue: Option<Vec<Call>> = None;
        for ((call, inside), theirs) in calls.into_iter().zip(inside).zip(theirs) {
            let ours = self.ours(&call);
            // The replies of EXEC and of a script with several commands are compared one by one.
            let parts = if call[0] == b"exec" { queue.as_deref().unwrap_or_default() } else { &inside };
            let right = match (&ours, &theirs) {
                (Value::Array(ours), Value::Array(theirs)) if !parts.is_empty() => {
                    let mut pairs = parts.iter().zip(ours.iter().zip(theirs));
                    parts.len() == ours.len()
                        && ours.len() == theirs.len()
                        && pairs.all(|(part, (ours, theirs))| same(self.peer, inner(part), ours, theirs))
                }
                _ => same(self.peer, inner(&call), &ours, &theirs),
            };
            self.sent += 1;
            if !right {
                let queued: Vec<String> = queue.unwrap_or_default().iter().map(line).collect();
                let report = queued.join("\n") + &self.report(&call, &ours, &theirs);
                return self.fault(report);
            }
            match &mut queue {
                _ if call[0] == b"multi" => queue = Some(Vec::new()),
                _ if call[0] == b"exec" || call[0] == b"discard" => queue = None,
                Some(queued) if theirs == Value::Status(b"QUEUED".to_vec()) => queued.push(call.clone()),
                _ => {}
            }
            self.kinds.insert(call[0].to_ascii_lowercase());
            self.history.push(call);
        }
        true
    }

    /// Leaves nobody waiting and no transaction open on either side.
    fn drain(&mut self) {
        for (at, session) in WAITERS.into_iter().enumerate() {
            let release = |id: &Value| match id {
                Value::Int(id) => words(&format!("CLIENT UNBLOCK {id}")),
                _ => words("PING"),
            };
            self.core.call(1, &release(&self.ids[at].0));
            self.client.call(&release(&self.ids[at].1));
            self.core.hear(session);
            while self.waiters[at].receive_within(Duration::from_millis(50)).is_some() {}
        }
        for call in [words("DISCARD"), words("RESET")] {
            self.client.call(&call);
            self.core.call(1, &call);
        }
    }

    /// Draws a batch: single commands, transactions, and scripts that call a command.
    fn draw(&mut self) -> Vec<(Call, Vec<Call>)> {
        let plain = |call: Call| (call, Vec::new());
        let mut calls = Vec::new();
        while calls.len() < BATCH {
            match self.random.below(100) {
                0 => {
                    if self.random.percent(50) {
                        calls.push(plain(words("watch s0 l0 h0 z0 S0")));
                        calls.push(plain(self.generator.draw(&mut self.random)));
                    }
                    calls.push(plain(words("multi")));
                    for _ in 0..self.random.below(5) {
                        calls.push(plain(self.generator.draw(&mut self.random)));
                    }
                    calls.push(plain(words(if self.random.percent(90) { "exec" } else { "discard" })));
                }
                1..=6 => calls.push(scripts::draw(&self.generator, &mut self.random)),
                7 => calls.push(plain(words(&format!("select {}", self.random.below(DATABASES))))),
                8 if self.random.percent(5) => calls.push(plain(words("swapdb 0 1"))),
                8 if self.random.percent(3) => calls.push(plain(words("flushdb"))),
                _ => calls.push(plain(self.generator.draw(&mut self.random))),
            }
        }
        calls
    }

    /// Describes a difference with what was done to its keys before.
    fn report(&self, call: &Call, ours: &Value, theirs: &Value) -> String {
        if let Ok(prefix) = std::env::var("REDMOON_HISTORY") {
            let whole: Vec<String> = self.setting.iter().chain(&self.history).chain([call]).map(line).collect();
            std::fs::write(format!("{prefix}{}", self.faults.len()), whole.join("\n")).expect("a file for the history");
        }
        let keys = |call: &Call| -> Vec<Vec<u8>> {
            let is_key =
                |word: &&Vec<u8>| word.len() == 2 && b"slShzxbpgaw".contains(&word[0]) && word[1].is_ascii_digit();
            call.iter().skip(1).filter(is_key).cloned().collect()
        };
        let wanted = keys(call);
        let about = |other: &&Call| keys(other).iter().any(|key| wanted.contains(key));
        let mut before: Vec<String> = self.history.iter().rev().filter(about).take(40).map(line).collect();
        before.reverse();
        let (ours, theirs) = (cli::print(&[], ours), cli::print(&[], theirs));
        format!("\n{}\n> {}\n-- engine:\n{ours}\n-- redis:\n{theirs}", before.join("\n"), line(call))
    }

    /// Compares every key of every database: its type, encoding, time to live and content.
    fn compare_keyspaces(&mut self) {
        if self.history.is_empty() {
            return;
        }
        for db in 0..DATABASES {
            self.ask(&words(&format!("select {db}")));
            let Some(Value::Array(keys)) = self.ask(&words("keys *")) else { return };
            for key in keys {
                let Value::Bulk(key) = key else { continue };
                let about = |line: &str| -> Call {
                    line.split(' ').map(|word| if word == "KEY" { key.clone() } else { word.into() }).collect()
                };
                let Some(Value::Status(kind)) = self.ask(&about("type KEY")) else { return };
                let content = match &kind[..] {
                    b"string" => "get KEY",
                    b"list" => "lrange KEY 0 -1",
                    b"set" => "smembers KEY",
                    b"hash" => "hgetall KEY",
                    b"zset" => "zrange KEY 0 -1 withscores",
                    b"stream" if self.peer.before_7_2 => "xrange KEY - +",
                    b"stream" => "xinfo stream KEY full count 0",
                    b"array" if self.history.len() % 2 == 0 => "arinfo KEY full",
                    b"array" => "arscan KEY 0 18446744073709551614",
                    _ => continue,
                };
                for line in [content, "pexpiretime KEY", "object encoding KEY"] {
                    if self.ask(&about(line)).is_none() {
                        return;
                    }
                }
            }
        }
    }

    /// Asks both sides the same; `None` after a difference.
    fn ask(&mut self, call: &Call) -> Option<Value> {
        let theirs = self.client.call(call);
        let ours = self.ours(call);
        if !same(self.peer, call, &ours, &theirs) {
            self.faults.push(self.report(call, &ours, &theirs));
            return None;
        }
        Some(theirs)
    }
}

/// The command that a script runs, or the command itself: it decides what is compared.
fn inner(call: &[Vec<u8>]) -> &[Vec<u8>] {
    if call[0] == b"eval" && call.len() > 3 { &call[3..] } else { call }
}

fn words(line: &str) -> Call {
    line.split(' ').map(|word| word.into()).collect()
}

/// Writes a command as one would type it in redis-cli.
fn line(call: &Call) -> String {
    let plain = |word: &&Vec<u8>| {
        !word.is_empty() && word.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'"' && *byte != b'\'')
    };
    let word =
        |word: &Vec<u8>| if plain(&word) { String::from_utf8_lossy(word).into_owned() } else { cli::quote(word) };
    call.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_millis() as i64
}
