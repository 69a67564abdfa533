//! What no script can do: hang the engine, exhaust its memory, trap it. Each attempt ends with an error, and the
//! engine goes on. The scripts of `tests/hostile` run in the packaged wasm too (js/test/hostile.test.mjs).

#[path = "rig/ticking.rs"]
mod ticking;

use redmoon::dispatch::{Config, ScriptLimits};
use redmoon::engine::{Engine, Options};
use redmoon::protocol::Reply;
use ticking::Ticking;

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
        let mut engine = Engine::new(Box::new(Ticking::by(1000)), Options { config, ..Options::default() });
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
        "ERR Script killed: it took more than 3 ms (script-time)."
    );
    bench.lives();
    // Nor may an error that runs code as it is worded.
    let endless = "function() while true do end end";
    assert_eq!(bench.failure(&format!("error(setmetatable({{}}, {{__index = {endless}}}))")), "ERR unknown error");
    assert_eq!(bench.failure(&format!("error(setmetatable({{}}, {{__tostring = {endless}}}))")), "ERR unknown error");
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
    // An answer may be as large as what the script may have, whatever that has already.
    assert!(matches!(bench.eval("return {string.rep('x', 40e6)}"), Reply::Array(_)));
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
        let Reply::Error(error) = &reply else { panic!("{source:?} answered {reply:?}") };
        let line = error.line();
        assert!(line.starts_with(b"ERR Error compiling script (new function): "), "{}", line.escape_ascii());
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

/// A session may have limits of its own, for as long as it likes.
#[test]
fn a_session_has_its_own_limits() {
    let mut bench = Bench::new(Config { script_time: 0, ..Config::default() });
    let spin = "for i = 1, 100000 do end return 1";
    assert_eq!(bench.eval(spin), Reply::Int(1));
    let limits = ScriptLimits { fuel: Some(10_000), ..ScriptLimits::default() };
    bench.engine.set_script_limits(bench.session, limits);
    assert_eq!(bench.failure(spin), "ERR Script killed: it took more than 10000 steps (script-fuel).");
    let limits = ScriptLimits { memory: Some(2 << 20), ..ScriptLimits::default() };
    bench.engine.set_script_limits(bench.session, limits);
    assert_eq!(bench.eval(spin), Reply::Int(1));
    assert!(bench.failure("return #string.rep('x', 3000000)").contains("not enough memory"));
    let limits = ScriptLimits { time: Some(3), ..ScriptLimits::default() };
    bench.engine.set_script_limits(bench.session, limits);
    let failure = bench.failure("while true do end");
    assert_eq!(failure, "ERR Script killed: it took more than 3 ms (script-time).");
    let limits = ScriptLimits { strict: Some(true), ..ScriptLimits::default() };
    bench.engine.set_script_limits(bench.session, limits);
    assert!(bench.failure("return redis.call('GET', 'k')").contains("key 'k'"));
    bench.engine.set_script_limits(bench.session, ScriptLimits::default());
    assert_eq!(bench.eval(spin), Reply::Int(1));
    assert_eq!(bench.eval("return redis.call('GET', 'k')"), Reply::Null);
}

/// What functions leave behind is no part of what the next one may hold.
#[test]
fn garbage_of_functions_is_collected() {
    let mut bench = Bench::new(Config { script_memory: 4 << 20, script_time: 0, ..Config::default() });
    let library = "#!lua name=lib\nlocal kept = {} redis.register_function('pile', function(keys, args) local t = {} for i = 1, \
                   2000 do t[i] = {i .. args[1]} end return #t end) redis.register_function('keep', function(keys, args) \
                   kept[#kept + 1] = args[1] return #kept end) redis.register_function('one', function() return 1 end)";
    assert_eq!(bench.run(&[b"FUNCTION", b"LOAD", library.as_bytes()]), Reply::bulk("lib"));
    for turn in 0..200u32 {
        let arg = turn.to_string();
        assert_eq!(bench.run(&[b"FCALL", b"pile", b"0", arg.as_bytes()]), Reply::Int(2000));
        assert_eq!(bench.run(&[b"FCALL", b"keep", b"0", arg.as_bytes()]), Reply::Int(i64::from(turn) + 1));
    }
    // Nor is what they were given.
    let long = vec![b'x'; 100_000];
    for turn in 0..200u32 {
        let arg = [turn.to_string().as_bytes(), &long].concat();
        assert_eq!(bench.run(&[b"FCALL", b"one", b"0", &arg]), Reply::Int(1));
    }
    // A library in an endless loop is given up, and the others are as they were.
    let endless = b"#!lua name=endless\nwhile true do end";
    let Reply::Error(error) = bench.run(&[b"FUNCTION", b"LOAD", endless]) else { panic!("it was loaded") };
    assert_eq!(error.line(), &b"ERR Error registering functions: ERR FUNCTION LOAD timeout"[..]);
    assert_eq!(bench.run(&[b"FCALL", b"keep", b"0", b"x"]), Reply::Int(201));
    bench.lives();
}

/// Of the scripts that EVAL brought, the one that was not run for longest makes room; those of SCRIPT LOAD stay.
#[test]
fn the_cache_forgets_what_is_not_used() {
    let mut bench = Bench::new(Config::default());
    let loaded = bench.run(&[b"SCRIPT", b"LOAD", b"return 'loaded'"]);
    let Reply::Bulk(loaded) = loaded else { panic!("a digest") };
    for n in 0..700 {
        assert_eq!(bench.eval(&format!("return {n}")), Reply::Int(n));
        assert_eq!(bench.eval("return 'often'"), Reply::bulk("often"));
    }
    let often = redmoon::scripting::sha1_hex(b"return 'often'");
    let (first, last) = (redmoon::scripting::sha1_hex(b"return 0"), redmoon::scripting::sha1_hex(b"return 699"));
    let known = bench.run(&[b"SCRIPT", b"EXISTS", &loaded, &often, &first, &last]);
    assert_eq!(known, [1i64, 1, 0, 1].into_iter().collect());
}
