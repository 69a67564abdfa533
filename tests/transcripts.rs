//! Replays `tests/cases/**/*.txt` on the engine and on a real Redis.
//!
//! A transcript is what a person types into redis-cli and what it prints:
//!
//! ```text
//! # COUNT 0 asks for all matches; MAXLEN 0 means no limit.
//! > RPUSH mylist a b c
//! (integer) 3
//! > LPOS mylist c COUNT 0 MAXLEN 0
//! 1) (integer) 2
//! ```
//!
//! - `> ` begins a command, split into arguments as redis-cli splits it. The lines under it, to the next command,
//!   `#` line or blank line, are the reply exactly as redis-cli prints it on a terminal. No line at all: the command
//!   gets no reply (CLIENT REPLY OFF).
//! - `# ` begins a sentence for the reader. Blank lines separate blocks.
//! - Each file begins on an empty server with fresh sessions, in RESP2. Parameters that it sets by CONFIG SET are set
//!   back afterwards.
//! - `#: ` begins a directive. These hold to the end of their block; in a block without a command, to the end of the
//!   file:
//!   - `#: since 7.4.0`: not to be replayed on a Redis older than that.
//!   - `#: until 7.0`: not to be replayed on a Redis newer than 7.0.x, which has come to answer otherwise.
//!   - `#: redmoon-only REASON`: not to be replayed on any Redis.
//!   - `#: session 2 hears`: the lines under it are what session 2 has heard since its last command: the reply that it
//!     waited for, messages and other pushes. No line at all: nothing. What follows is typed in it.
//!   - `#: session 2`: what follows, to the next `session` directive whatever the blocks, is typed in a second
//!     redis-cli. A file begins in session 1.
//! - These are about the next command only:
//!   - `#: advance 1500`: that many ms pass before it. The engine's clock is moved; beside a real Redis one waits.
//!   - `#: unordered`: the lines of its reply may come in any order, numbers and indentation aside.
//!   - `#: pattern`: its reply is a glob pattern as of KEYS, `*` spanning lines, for times, ids and random picks.
//!
//! `cargo test --test transcripts` replays all on the engine, and on a redis-server that it starts itself;
//! `REDIS_URL=redis://127.0.0.1:6379` names another Redis, WHOSE DATA IS DELETED; `TRANSCRIPTS=list/` names some files
//! only.

mod rig;

use redmoon::structures::glob;
use rig::engine::Core;
use rig::oracle::{Client, Oracle, version};
use rig::resp::Value;
use rig::{cli, oracle};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One command and what is expected of it; with no arguments, what a session hears without a command.
struct Step {
    line: usize,
    argv: Vec<Vec<u8>>,
    expected: Vec<String>,
    session: u32,
    advance: u64,
    order: Order,
    scope: Scope,
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    Exact,
    Unordered,
    Pattern,
}

/// Where a step may be replayed.
#[derive(Clone, Default)]
struct Scope {
    since: Option<Vec<u32>>,
    until: Option<Vec<u32>>,
    redmoon_only: bool,
}

impl Scope {
    /// Tells whether a Redis of `version` knows the step.
    fn covers(&self, version: &[u32]) -> bool {
        let too_old = self.since.as_ref().is_some_and(|since| version < &since[..]);
        let too_new = self
            .until
            .as_ref()
            .is_some_and(|until| version.iter().zip(until).any(|(a, b)| a != b) && version > &until[..]);
        !self.redmoon_only && !too_old && !too_new
    }
}

/// Reads a transcript; a mistake in its form is told with its line.
fn parse(text: &str) -> Result<Vec<Step>, String> {
    let mut steps: Vec<Step> = Vec::new();
    let (mut file, mut block) = (Scope::default(), Scope::default());
    let mut block_has_command = false;
    let (mut session, mut advance, mut order) = (1, 0, Order::Exact);
    let mut in_reply = false;
    for (at, line) in text.lines().enumerate() {
        let fail = |what: &str| Err(format!("{}: {what}: {line}", at + 1));
        if let Some(directive) = line.strip_prefix("#:") {
            in_reply = false;
            let (name, value) = directive.trim().split_once(' ').unwrap_or((directive.trim(), ""));
            match name {
                "since" => block.since = Some(version(value)),
                "until" => block.until = Some(version(value)),
                "redmoon-only" if !value.is_empty() => block.redmoon_only = true,
                "session" if value.ends_with(" hears") => {
                    let number = value.trim_end_matches(" hears");
                    session = number.parse().map_err(|_| format!("{}: not a number: {line}", at + 1))?;
                    let (argv, expected, scope) = (Vec::new(), Vec::new(), block.clone());
                    steps.push(Step { line: at + 1, argv, expected, session, advance, order, scope });
                    (advance, order, block_has_command, in_reply) = (0, Order::Exact, true, true);
                }
                "session" => session = value.parse().map_err(|_| format!("{}: not a number: {line}", at + 1))?,
                "advance" => advance = value.parse().map_err(|_| format!("{}: not a number: {line}", at + 1))?,
                "unordered" => order = Order::Unordered,
                "pattern" => order = Order::Pattern,
                _ => return fail("no such directive"),
            }
        } else if line.starts_with('#') {
            in_reply = false;
        } else if line.trim().is_empty() {
            in_reply = false;
            if !block_has_command {
                file = block;
            }
            block = file.clone();
            block_has_command = false;
        } else if let Some(command) = line.strip_prefix("> ") {
            let Some(argv) = cli::split(command).filter(|argv| !argv.is_empty()) else { return fail("quotes") };
            let scope = block.clone();
            steps.push(Step { line: at + 1, argv, expected: Vec::new(), session, advance, order, scope });
            (advance, order, block_has_command, in_reply) = (0, Order::Exact, true, true);
        } else if let Some(step) = steps.last_mut().filter(|_| in_reply) {
            step.expected.push(line.to_string());
        } else {
            return fail("a reply without a command");
        }
    }
    Ok(steps)
}

/// Tells what is wrong with the replies to a step, if something is.
fn check(step: &Step, replies: &[Value]) -> Option<String> {
    let got: Vec<String> = replies.iter().map(|reply| cli::print(&step.argv, reply)).collect();
    let (got, expected) = (got.join("\n"), step.expected.join("\n"));
    let right = match step.order {
        Order::Exact => got == expected,
        Order::Unordered => sorted(&got) == sorted(&expected),
        Order::Pattern => glob::matches(expected.as_bytes(), got.as_bytes(), false),
    };
    let command: Vec<_> = step.argv.iter().map(|arg| String::from_utf8_lossy(arg)).collect();
    let indent = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    (!right).then(|| format!("> {}\n  expected:\n{}  got:\n{}", command.join(" "), indent(&expected), indent(&got)))
}

/// Sorts the lines of a reply without their numbers.
fn sorted(reply: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = reply.lines().map(without_numbers).collect();
    lines.sort_unstable();
    lines
}

fn without_numbers(line: &str) -> &str {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let sign = rest.strip_prefix([')', '~', '#']).and_then(|rest| rest.strip_prefix(' '));
    sign.filter(|_| rest.len() < line.len()).map_or(line, without_numbers)
}

/// Replays every transcript by `replay`, which answers the faults of one file.
fn replay_all(mut replay: impl FnMut(&[Step]) -> Vec<(usize, String)>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wanted = std::env::var("TRANSCRIPTS").unwrap_or_default();
    let mut files = Vec::new();
    walk(&root.join("tests/cases"), &mut files);
    let mut faults = Vec::new();
    let mut count = 0;
    for path in files {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        if !name.contains(&wanted) {
            continue;
        }
        match parse(&std::fs::read_to_string(&path).unwrap()) {
            Ok(steps) => {
                count += steps.len();
                faults.extend(replay(&steps).into_iter().map(|(line, fault)| format!("{name}:{line}\n{fault}")));
            }
            Err(fault) => faults.push(format!("{name}:{fault}")),
        }
    }
    println!("{count} commands");
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n"));
}

fn walk(directory: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
}

#[test]
fn on_the_engine() {
    replay_all(|steps| {
        let mut core = Core::new(1);
        let mut faults = Vec::new();
        for step in steps {
            core.advance(step.advance as i64);
            let replies = match step.argv.is_empty() {
                true => core.hear(step.session),
                false => core.call(step.session, &step.argv),
            };
            faults.extend(check(step, &replies).map(|fault| (step.line, fault)));
        }
        faults
    });
}

#[test]
fn on_redis() {
    let oracle = Oracle::from_environment("transcripts");
    let version = oracle.version();
    replay_all(|steps| {
        let mut control = oracle.connect();
        let parameters = saved_parameters(&mut control, steps);
        for reset in ["FLUSHALL", "SCRIPT FLUSH", "FUNCTION FLUSH"] {
            control.call(&reset.split(' ').collect::<Vec<_>>());
        }
        let mut sessions: HashMap<u32, Client> = HashMap::new();
        let mut faults = Vec::new();
        for step in steps.iter().filter(|step| step.scope.covers(&version)) {
            std::thread::sleep(Duration::from_millis(step.advance));
            let session = sessions.entry(step.session).or_insert_with(|| oracle.connect());
            let replies = replay_on_redis(session, step);
            faults.extend(check(step, &replies).map(|fault| (step.line, fault)));
        }
        for (name, value) in parameters {
            control.call(&[&b"CONFIG"[..], b"SET", &name, &value]);
        }
        faults
    });
}

/// Types a step and reads what comes: one reply, and as many more as are expected.
fn replay_on_redis(session: &mut Client, step: &Step) -> Vec<Value> {
    let mut replies = Vec::new();
    if !step.argv.is_empty() {
        session.send(&step.argv);
        // The next command may come by another connection, and what is not answered must have arrived by then.
        if step.expected.is_empty() {
            std::thread::sleep(Duration::from_millis(30));
            return replies;
        }
        replies.extend(session.receive_within(Duration::from_secs(10)));
    }
    let patience = Duration::from_millis(if step.expected.is_empty() { 30 } else { 2000 });
    while check(step, &replies).is_some() || (step.argv.is_empty() && step.expected.is_empty()) {
        let got: Vec<String> = replies.iter().map(|reply| cli::print(&step.argv, reply)).collect();
        if got.join("\n").lines().count() >= step.expected.len().max(1) {
            break;
        }
        let Some(reply) = session.receive_within(patience) else { break };
        replies.push(reply);
    }
    replies
}

/// Asks for the parameters that a transcript is going to set.
fn saved_parameters(control: &mut Client, steps: &[Step]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let sets = steps.iter().filter(|step| {
        step.argv.len() > 3 && step.argv[0].eq_ignore_ascii_case(b"CONFIG") && step.argv[1].eq_ignore_ascii_case(b"SET")
    });
    let mut saved = Vec::new();
    for name in sets.flat_map(|step| step.argv[2..].iter().step_by(2)) {
        if let Value::Array(pair) = control.call(&[&b"CONFIG"[..], b"GET", name])
            && let [Value::Bulk(name), Value::Bulk(value)] = &pair[..]
        {
            saved.push((name.clone(), value.clone()));
        }
    }
    saved
}

#[test]
fn versions_compare_by_number() {
    let scope = |text: &str| parse(text).unwrap().remove(0).scope;
    assert!(!scope("#: since 7.4.0\n> PING\n").covers(&oracle::version("7.0.15")));
    assert!(scope("#: since 7.0.9\n> PING\n").covers(&oracle::version("7.0.15")));
    assert!(scope("#: until 7.0\n> PING\n").covers(&oracle::version("7.0.15")));
    assert!(!scope("#: until 7.0\n\n> PING\n").covers(&oracle::version("7.2.0")));
    assert!(scope("#: until 7.0\n> PING\n\n> PING\n").until.is_some());
    assert!(parse("#: until 7.0\n> PING\n\n> PING\n").unwrap()[1].scope.until.is_none());
    assert!(parse("OK\n").is_err() && parse("#: whenever\n").is_err() && parse("> GET \"x\n").is_err());
}

#[test]
fn replies_print_as_in_redis_cli() {
    let print = |wire: &str| cli::print(&[], &rig::resp::read(wire.as_bytes()).unwrap().0);
    assert_eq!(print("*2\r\n*2\r\n:1\r\n$1\r\n\"\r\n*0\r\n"), "1) 1) (integer) 1\n   2) \"\\\"\"\n2) (empty array)");
    assert_eq!(print("%1\r\n$1\r\nk\r\n~2\r\n,1.5\r\n#t\r\n"), "1# \"k\" => 1~ (double) 1.5\n   2~ (true)");
    assert_eq!(print("*10\r\n_\r\n_\r\n_\r\n_\r\n_\r\n_\r\n_\r\n_\r\n_\r\n+OK\r\n").lines().next(), Some(" 1) (nil)"));
    assert_eq!(cli::split(r#"SET "a\x00\n" 'it\'s' x"#).unwrap()[1..3], [b"a\0\n".to_vec(), b"it's".to_vec()]);
}
