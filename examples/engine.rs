//! Times the engine alone, without JavaScript: ns a call of the commonest commands and scripts.
//!
//! `cargo run --release --example engine [NAME]...`

use redmoon::dispatch::Host;
use redmoon::engine::{Engine, Options};
use std::time::Instant;

struct Clock(Instant);

impl Host for Clock {
    fn now_ms(&self) -> i64 {
        self.0.elapsed().as_millis() as i64 + 1_700_000_000_000
    }
    fn monotonic_us(&mut self) -> u64 {
        self.0.elapsed().as_micros() as u64
    }
    fn random(&mut self) -> u64 {
        42
    }
    fn log(&mut self, _: u8, _: &[u8]) {}
}

const SWAP: &[u8] = b"local current = redis.call('GET', KEYS[1]) if current ~= ARGV[1] then return 0 end redis.call('SET', KEYS[1], ARGV[2]) return 1";
const WINDOW: &[u8] = b"local now, window, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local used = redis.call('ZCARD', KEYS[1])
if used >= limit then return -1 end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], window)
return limit - used - 1";

fn main() {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let mut engine = Engine::new(Box::new(Clock(Instant::now())), Options::default());
    let session = engine.open();
    let mut out = Vec::new();
    let mut run = |name: &str, turns: u32, call: &mut dyn FnMut(u32, &mut dyn FnMut(&[&[u8]]))| {
        if !names.is_empty() && !names.iter().any(|wanted| name.contains(wanted.as_str())) {
            return;
        }
        let began = Instant::now();
        for turn in 0..turns {
            call(turn, &mut |argv| {
                out.clear();
                engine.call(session, argv, &mut out);
            });
        }
        println!("{name:20} {:8.0} ns", began.elapsed().as_nanos() as f64 / f64::from(turns));
    };
    let keys: Vec<String> = (0..1000).map(|n| format!("key:{n}")).collect();
    let key = |turn: u32| keys[turn as usize % 1000].as_bytes();
    run("SET", 1_000_000, &mut |turn, call| call(&[b"set", key(turn), b"value"]));
    run("GET", 1_000_000, &mut |turn, call| call(&[b"get", key(turn)]));
    run("INCR", 1_000_000, &mut |_, call| call(&[b"incr", b"counter"]));
    run("ZADD", 300_000, &mut |turn, call| call(&[b"zadd", b"board", (turn % 997).to_string().as_bytes(), key(turn)]));
    run("ZRANGE 100", 30_000, &mut |_, call| call(&[b"zrange", b"board", b"0", b"99"]));
    run("return 1", 300_000, &mut |_, call| call(&[b"eval", b"return 1", b"0"]));
    let mut sha = Vec::new();
    for script in [SWAP, WINDOW] {
        let mut reply = Vec::new();
        reply.extend_from_slice(&redmoon::scripting::sha1_hex(script));
        sha.push(reply);
    }
    run("SET swap", 1, &mut |_, call| call(&[b"set", b"swap", b"0"]));
    run("EVAL swap", 1, &mut |_, call| call(&[b"eval", SWAP, b"1", b"swap", b"0", b"1"]));
    run("EVAL window", 1, &mut |_, call| call(&[b"eval", WINDOW, b"1", b"window", b"1", b"100", b"1000"]));
    run("EVALSHA swap", 300_000, &mut |turn, call| {
        let (old, new): (&[u8], &[u8]) = if turn % 2 == 0 { (b"0", b"1") } else { (b"1", b"0") };
        call(&[b"evalsha", &sha[0], b"1", b"swap", old, new]);
    });
    run("EVALSHA window", 200_000, &mut |turn, call| {
        call(&[b"evalsha", &sha[1], b"1", b"window", (1_000_000 + turn).to_string().as_bytes(), b"100", b"1000"]);
    });
}
