//! What no script can do: hang the engine, exhaust its memory, trap it. Each attempt ends with an error, and the
//! engine goes on. The scripts of `tests/hostile` run in the packaged wasm too (js/test/hostile.test.mjs).

use redmoon::dispatch::{Config, Host};
use redmoon::engine::{Engine, Options};
use redmoon::protocol::{Error, Reply};

/// A host whose monotonic clock goes on by a millisecond each time that it is asked.
struct Ticking(u64);

impl Host for Ticking {
    fn now_ms(&self) -> i64 {
        1_700_000_000_000
    }
    fn monotonic_us(&mut self) -> u64 {
        self.0 += 1000;
        self.0
    }
    fn random(&mut self) -> u64 {
        7
    }
    fn log(&mut self, _: u8, _: &[u8]) {}
}

/// The scripts of a file: its lines, less the comment.
fn hostile(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

struct Bench {
    engine: Engine,
    session: u32,
}

impl Bench {
    fn new(config: Config) -> Bench {
        let mut engine = Engine::new(Box::new(Ticking(0)), Options { config, ..Options::default() });
        let session = engine.open();
        Bench { engine, session }
    }

    fn run(&mut self, argv: &[&[u8]]) -> Reply {
        self.engine.execute(self.session, argv).expect("the session is open")
    }

    fn eval(&mut self, script: &str) -> Reply {
        self.run(&[b"EVAL", script.as_bytes(), b"0"])
    }

    /// The error that a script ends with, less its place and digest.
    fn failure(&mut self, script: &str) -> String {
        match self.eval(script) {
            Reply::Error(error) => {
                let line = String::from_utf8_lossy(&error.line()).into_owned();
                line.split(" script: ").next().unwrap_or_default().to_string()
            }
            other => panic!("{script:.100} answered {:.100}", format!("{other:?}")),
        }
    }

    fn lives(&mut self) {
        assert_eq!(self.eval("return redis.call('GET', 'before') or 'alive'"), Reply::bulk("alive"));
        assert_eq!(self.run(&[b"EXISTS", b"nothing"]), Reply::Int(0));
    }
}

/// Loops in every shape end when their steps are spent, and pcall cannot go on.
#[test]
fn steps_are_limited() {
    let mut bench = Bench::new(Config { script_fuel: 300_000, script_time: 0, ..Config::default() });
    for script in hostile(include_str!("hostile/steps.txt")) {
        let failure = bench.failure(script);
        assert_eq!(failure, "ERR Script killed: it took more than 300000 steps (script-fuel).", "{script}");
        bench.lives();
    }
}

/// The clock stops what the steps would allow.
#[test]
fn time_is_limited() {
    let mut bench = Bench::new(Config { script_fuel: u64::MAX, script_time: 3, ..Config::default() });
    assert_eq!(
        bench.failure("while true do pcall(function() while true do end end) end"),
        "ERR Script killed: it took too long (busy-reply-threshold)."
    );
    bench.lives();
}

/// Whatever a script piles up, it is told that there is no memory, and the next script has all of it again.
#[test]
fn memory_is_limited() {
    let mut bench = Bench::new(Config { script_memory: 8 << 20, ..Config::default() });
    for script in hostile(include_str!("hostile/memory.txt")) {
        let failure = bench.failure(script);
        let known = failure.contains("not enough memory") || failure.contains("string too large");
        assert!(known, "{script}: {failure}");
        bench.lives();
    }
}

/// Recursion of every kind meets a limit before the machine's own stack ends.
#[test]
fn depth_is_limited() {
    let mut bench = Bench::new(Config::default());
    for script in hostile(include_str!("hostile/depth.txt")) {
        let failure = bench.failure(script);
        assert!(failure.starts_with("ERR "), "{script}: {failure}");
        bench.lives();
    }
    // An answer that contains itself is cut off with an error inside it.
    assert!(matches!(bench.eval("local t = {} t[1] = t return t"), Reply::Array(_)));
    bench.lives();
}

/// A script of a megabyte compiles, and one that is no Lua at all is refused.
#[test]
fn sources_are_checked() {
    let mut bench = Bench::new(Config::default());
    let long = format!("local n = 0\n{}return n", "n = n + 1\n".repeat(100_000));
    assert!(long.len() > 1_000_000);
    assert_eq!(bench.eval(&long), Reply::Int(100_000));
    let comment = format!("--[[{}]] return 1", "x".repeat(1 << 20));
    assert_eq!(bench.eval(&comment), Reply::Int(1));
    for source in
        [&b"\xff\xfe"[..], b"\x1bLua\x51\0\x01\x04\x08\x04\x08\0", b"return '", b"return [[", b"--[[", b"@#$", b"\0"]
    {
        let reply = bench.run(&[b"EVAL", source, b"0"]);
        let Reply::Error(Error::Own(sentence)) = &reply else { panic!("{source:?} answered {reply:?}") };
        assert!(sentence.starts_with("Error compiling script (new function): "), "{sentence}");
    }
    // Bytes that are no UTF-8 pass through a script unharmed.
    let reply = bench.run(&[b"EVAL", b"return {KEYS[1], ARGV[1], '\xff\0'}", b"1", b"\xc3\x28", b"\0\xff"]);
    assert_eq!(reply, Reply::Array(vec![Reply::bulk(b"\xc3\x28"), Reply::bulk(b"\0\xff"), Reply::bulk(b"\xff\0")]));
    bench.lives();
}

/// What a script wrote before it was killed stays written, and nothing else does.
#[test]
fn writes_of_a_killed_script_stay() {
    let mut bench = Bench::new(Config { script_fuel: 100_000, ..Config::default() });
    bench.failure("redis.call('SET', 'kept', 'yes') while true do end");
    assert_eq!(bench.run(&[b"GET", b"kept"]), Reply::bulk("yes"));
}
