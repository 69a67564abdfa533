//! What no script can do: hang the engine, exhaust its memory, trap it. Each attempt ends with an error, and the
//! engine goes on.

use redmoon::dispatch::{Config, Host};
use redmoon::engine::{Engine, Options};
use redmoon::protocol::{Error, Reply};

/// A host whose monotonic clock goes on by a millisecond each time that it is asked.
struct Ticking(u64);

impl Host for Ticking {
    fn now_ms(&mut self) -> i64 {
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
    let mut bench = Bench::new(Config { script_fuel: 300_000, script_time_ms: 0, ..Config::default() });
    for script in [
        "while true do end",
        "repeat until false",
        "for i = 1, 1e300 do end",
        "local function f() return f() end return f()",
        "while true do pcall(function() while true do end end) end",
        "while true do pcall(error) end",
        "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
        "setmetatable({}, {__index = function(t, k) while true do end end}).x()",
        "return string.rep('a', 28):find(string.rep('a?', 28) .. string.rep('a', 28))",
        "return (string.rep('a', 1e6) .. 'b'):match('.-.-.-.-c')",
        "local t = {} for i = 1, 1e5 do t[i] = i end table.sort(t, function(a, b) while true do end end)",
        "while true do redis.call('GET', 'x') end",
        "while true do redis.pcall('NOSUCH') end",
        "local s = string.rep('x', 1e6) while true do redis.sha1hex(s) end",
        "local s = cjson.encode({1, 2, 3}) while true do cjson.decode(s) end",
        "return string.gsub(string.rep('a', 1e6), 'a', function() while true do end end)",
        "return loadstring('while true do end')()",
    ] {
        let failure = bench.failure(script);
        assert_eq!(failure, "ERR Script killed: it took more than 300000 steps (script-fuel).", "{script}");
        bench.lives();
    }
}

/// The clock stops what the steps would allow.
#[test]
fn time_is_limited() {
    let mut bench = Bench::new(Config { script_fuel: u64::MAX, script_time_ms: 3, ..Config::default() });
    assert_eq!(
        bench.failure("while true do pcall(function() while true do end end) end"),
        "ERR Script killed: it took too long (script-time-limit)."
    );
    bench.lives();
}

/// Whatever a script piles up, it is told that there is no memory, and the next script has all of it again.
#[test]
fn memory_is_limited() {
    let mut bench = Bench::new(Config { script_memory: 8 << 20, ..Config::default() });
    for script in [
        "return string.rep('x', 2^31 - 1)",
        "return string.rep('ab', 2^30 - 1)",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} while true do t[#t + 1] = {} end",
        "local t = {} for i = 1, 1e9 do t['key' .. i] = i end",
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "local t = {} for i = 1, 1e7 do t[i] = 'xxxxxxxxxxxxxxxxxxxxxxxxxxx' end return table.concat(t)",
        "local t = {} while true do t[#t + 1] = coroutine.create(function() end) end",
        "local t = {} while true do local x t[#t + 1] = function() return x end end",
        "local t = {'x'} for i = 1, 60 do t = {t, t} end return cjson.encode(t)",
        "return string.format('%99.99f', 1):rep(1e6)",
        "return string.gsub(string.rep('x', 1e5), 'x', string.rep('y', 1e4))",
        "return #string.rep('x', 4e6):gsub('x', 'yyyyyyyy')",
    ] {
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
    for script in [
        "local function f() return 1 + f() end return f()",
        "local function f() return pcall(f) end f() local function g() return 1 + g() end return g()",
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end return t.x",
        "local t = setmetatable({}, {}) getmetatable(t).__index = t return t.x",
        "local function f(s) return (s:gsub('.', f)) end return f('x')",
        "local function f() return coroutine.wrap(f)() end return f()",
        "local function f(a, b) table.sort({1, 2}, f) return true end f()",
        "local t = {} t.t = t return cjson.encode(t)",
        "cjson.encode_max_depth(2^31 - 1) local t = {} t.t = t return cjson.encode(t)",
        "return cjson.decode(string.rep('[', 1e6))",
        "cjson.decode_max_depth(2^31 - 1) return cjson.decode(string.rep('[', 1e6))",
        "return string.rep('x', 1e5):match(string.rep('(', 1e4))",
        "return unpack({}, 1, 1e8)",
        "return string.byte(string.rep('x', 1e6), 1, -1)",
        "return loadstring('return ' .. string.rep('(', 1e5) .. '1')()",
        "return loadstring('return ' .. string.rep('- ', 1e5) .. '1')()",
        "return loadstring('local a = ' .. string.rep('{', 1e5))()",
        "return loadstring(string.rep('do ', 1e5))()",
        "return loadstring('x = ' .. string.rep('a..', 1e5) .. 'a')()",
        "return loadstring('x = ' .. string.rep('2^', 1e5) .. '1')()",
        "return loadstring(string.rep('function f() ', 1e5))()",
    ] {
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
    for source in [&b"\xff\xfe"[..], b"\x1bLua\x51\0\x01\x04\x08\x04\x08\0", b"return '", b"return [[", b"--[[", b"@#$", b"\0"] {
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
