//! What the targets share: programs made of bytes, an engine with small limits, a host without a clock.

use redmoon::dispatch::{Config, Host};
use redmoon::engine::{Engine, Options};
use redmoon::lua::{self, Args, Kill, Limits, Lua};

/// What a script may use while it is fuzzed.
pub const LIMITS: Limits = Limits { memory: 4 << 20, fuel: 50_000 };

/// Words that a byte of a token program stands for.
const WORDS: &[&str] = &[
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or",
    "repeat", "return", "then", "true", "until", "while", "+", "-", "*", "/", "%", "^", "#", "==", "~=", "<=", ">=",
    "<", ">", "=", "(", ")", "{", "}", "[", "]", ";", ":", ",", ".", "..", "...", "a", "b", "c", "i", "t", "f", "x",
    "0", "1", "2", "-1", "0.5", "1e308", "2^53", "0x10", "1e15", "255", "''", "'a'", "'abc'", "'%d'", "'%5.2s'",
    "'(a*)%1'", "'%b()'", "'%f[%w]'", "'[^a-]'", "'10'", "[[long]]", "string", "table", "math", "coroutine", "bit",
    ".sub(", ".rep(", ".find(", ".gsub(", ".gmatch(", ".match(", ".format(", ".byte(", ".char(", ".insert(",
    ".remove(", ".concat(", ".sort(", ".random(", ".floor(", ".wrap(", ".yield(", ".create(", ".resume(", ".status(",
    "pairs(", "ipairs(", "next(", "select('#',", "select(", "unpack(", "pcall(", "xpcall(", "error(", "assert(",
    "setmetatable(", "getmetatable(", "rawset(", "rawget(", "tostring(", "tonumber(", "loadstring(", "load(", "type(",
    "__index=", "__newindex=", "__call=", "__add=", "__eq=", "__lt=", "__concat=", "__len=", "__tostring=", "__gc=",
    "__metatable=", "__mode=", "function()", "function(...)", "return function(a, b)", "local function f(...)",
    "for i=1,10 do", "for k,v in pairs(t) do", "while true do", "repeat local x=i", "if a then", "end)", "\n", "self",
    "a.b", "t[i]", "t[#t+1]=", "a=a or {}", "local t={}", "collectgarbage()", "_G", "redis", "cjson", "cmsgpack",
    "struct", ".call(", ".pcall(", ".encode(", ".decode(", ".pack(", ".unpack(", ".new()", "KEYS", "ARGV", "'GET'",
    "'SET'", "'HSET'", "'k'", ".encode_sparse_array(", ".encode_max_depth(", ".error_reply(", ".setresp(", ".null",
    "'>I2s'", "'[1,{\"a\":2}]'", "getfenv(", "setfenv(", ".dump(", ".tohex(", ".lshift(", "--",
];

/// Makes a program of fuzzed bytes: the text itself, or a row of words, by the first byte.
pub fn program(data: &[u8]) -> Vec<u8> {
    match data {
        [first, text @ ..] if first & 1 == 0 => text.to_vec(),
        [_, words @ ..] => {
            let mut text = Vec::new();
            for &word in words {
                text.extend_from_slice(WORDS[word as usize % WORDS.len()].as_bytes());
                text.push(b' ');
            }
            text
        }
        [] => Vec::new(),
    }
}

/// A Lua state with the plain libraries.
pub fn state() -> Lua {
    let mut lua = Lua::new(LIMITS);
    lua.open_libs().expect("the libraries fit");
    lua
}

/// Has no functions, and stops what the fuel did not.
pub struct Watch;

impl lua::Host for Watch {
    fn call(&mut self, _: &mut Lua, _: u32, _: Args) -> lua::Result<usize> {
        Ok(0)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        None
    }
}

struct Still;

impl Host for Still {
    fn now_ms(&self) -> i64 {
        1_767_225_600_000
    }

    fn monotonic_us(&mut self) -> u64 {
        0
    }

    fn random(&mut self) -> u64 {
        7
    }

    fn log(&mut self, _: u8, _: &[u8]) {}
}

/// An engine whose scripts have small limits.
pub fn engine() -> Engine {
    let config = Config {
        script_memory: LIMITS.memory,
        script_fuel: LIMITS.fuel,
        script_time: 0,
        proto_max_bulk_len: 1 << 20,
        ..Config::default()
    };
    Engine::new(Box::new(Still), Options { config, ..Options::default() })
}
