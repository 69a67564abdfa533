//! Payloads of DUMP go both ways between the engine and redis-server, whatever the value; and no payload, however it is
//! damaged, does the engine any harm. `REDIS_URL` names another server, WHOSE DATA IS DELETED.

#[path = "rig/mod.rs"]
mod rig;

use rig::engine::Core;
use rig::oracle::{Client, Oracle, version};
use rig::resp::Value;

/// Random numbers by xorshift*.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((u128::from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)) * bound as u128) >> 64) as usize
    }

    /// Draws a text: an integer of any width, short or long words, bytes that do not compress.
    fn text(&mut self) -> Vec<u8> {
        let len = [0, 1, 5, 21, 63, 64, 200, 5000][self.below(8)] * (1 + self.below(8)) / 8;
        match self.below(8) {
            0..3 => ((self.0 as i64) >> self.below(64)).to_string().into_bytes(),
            3 => (0..len).map(|_| self.below(256) as u8).collect(),
            4 => vec![b'a' + self.below(3) as u8; len],
            5 => b"01".to_vec(),
            _ => (0..len).map(|_| b'a' + self.below(4) as u8).collect(),
        }
    }
}

type Call = Vec<Vec<u8>>;

fn call(words: &[&[u8]]) -> Call {
    words.iter().map(|word| word.to_vec()).collect()
}

/// Draws the commands that make the value of `key`, and those that show it.
fn draw(random: &mut Random, key: &[u8], times: bool) -> (Vec<Call>, Vec<Call>) {
    if random.below(6) == 0 {
        return draw_stream(random, key, times);
    }
    let count = [1, 2, 10, 40, 150, 600][random.below(6)];
    let (name, shown): (&[u8], Call) = match random.below(5) {
        0 => (b"SET", call(&[b"GET", key])),
        1 => (b"RPUSH", call(&[b"LRANGE", key, b"0", b"-1"])),
        2 => (b"SADD", call(&[b"SORT", key, b"ALPHA"])),
        3 => (b"HSET", call(&[b"HGETALL", key])),
        _ => (b"ZADD", call(&[b"ZRANGE", key, b"0", b"-1", b"WITHSCORES"])),
    };
    let small = random.below(2) == 0;
    let mut made = vec![call(&[name, key])];
    let mut fields = Vec::new();
    for _ in 0..if name == b"SET" { 1 } else { count } {
        let text = if small { random.below(2000).wrapping_mul(77).to_string().into_bytes() } else { random.text() };
        match name {
            b"HSET" => {
                fields.push(text.clone());
                made[0].extend([text, random.text()]);
            }
            b"ZADD" => {
                let score = [f64::INFINITY, 0.1, -3.0, 1e22, random.0 as f64 / 7.0, random.below(9) as f64];
                made[0].extend([format!("{:e}", score[random.below(6)]).into_bytes(), text]);
            }
            _ => made[0].push(text),
        }
    }
    let mut show = vec![shown, call(&[b"OBJECT", b"ENCODING", key])];
    if name == b"HSET" && times && random.below(2) == 0 {
        for n in 0..1 + random.below(3) {
            let field = &fields[random.below(fields.len())];
            let at = (4_000_000_000_000u64 + (random.below(1 << (8 * n + 1))) as u64).to_string();
            made.push(call(&[b"HPEXPIREAT", key, at.as_bytes(), b"FIELDS", b"1", field]));
            show.push(call(&[b"HPEXPIRETIME", key, b"FIELDS", b"1", field]));
        }
    }
    (made, show)
}

/// Draws the commands that make a stream, with groups and what they have read; `new` allows what came with 8.0 and later.
fn draw_stream(random: &mut Random, key: &[u8], new: bool) -> (Vec<Call>, Vec<Call>) {
    let mut made: Vec<Call> = Vec::new();
    let line = |made: &mut Vec<Call>, text: String| {
        made.push(text.split(' ').map(|word| if word == "KEY" { key.to_vec() } else { word.into() }).collect());
    };
    let ids = 1 + random.below(300);
    for id in 1..=ids {
        let other = if random.below(3) == 0 {
            format!(" f{} {}", random.below(4), "x".repeat(random.below(90)))
        } else {
            String::new()
        };
        line(&mut made, format!("XADD KEY {}-{id} a {}{other}", id / 3, random.below(100_000)));
    }
    for group in 0..random.below(3) {
        line(&mut made, format!("XGROUP CREATE KEY g{group} {}", ["0", "$", "20-60"][random.below(3)]));
        for _ in 0..random.below(5) {
            let consumer = format!("g{group} c{}", random.below(3));
            let id = random.below(ids + 1);
            match random.below(6) {
                0 => line(&mut made, format!("XGROUP CREATECONSUMER KEY {consumer}")),
                1 => line(&mut made, format!("XACK KEY g{group} {}-{id}", id / 3)),
                2 if new => line(&mut made, format!("XNACK KEY g{group} FAIL IDS 1 {}-{id}", id / 3)),
                3 => line(&mut made, format!("XCLAIM KEY {consumer} 0 {}-{id} FORCE", id / 3)),
                _ => {
                    line(&mut made, format!("XREADGROUP GROUP {consumer} COUNT {} STREAMS KEY >", 1 + random.below(50)))
                }
            }
        }
    }
    for _ in 0..random.below(8) {
        let id = random.below(ids + 1);
        line(&mut made, format!("XDEL KEY {}-{id}", id / 3));
    }
    if random.below(3) == 0 {
        line(&mut made, format!("XTRIM KEY MAXLEN {}", random.below(ids + 1)));
    }
    if new && random.below(3) == 0 {
        for n in 0..1 + random.below(4) {
            line(&mut made, format!("XADD KEY IDMP p{} i{n} * a b", n % 2));
        }
    }
    let mut shown = Vec::new();
    line(&mut shown, "XRANGE KEY - +".into());
    if new {
        line(&mut shown, "XINFO STREAM KEY FULL COUNT 0".into());
    }
    (made, shown)
}

fn bulk(value: Value) -> Vec<u8> {
    if let Value::Bulk(bytes) = value { bytes } else { panic!("no payload but {value:?}") }
}

/// Sorts the pairs of HGETALL.
fn canonical(value: Value) -> Value {
    let Value::Map(items) = value else { return value };
    let mut pairs: Vec<Vec<Value>> = items.chunks(2).map(<[Value]>::to_vec).collect();
    pairs.sort_by_key(|pair| format!("{pair:?}"));
    Value::Map(pairs.concat())
}

#[test]
fn payloads_go_both_ways() {
    let oracle = Oracle::from_environment("payloads");
    // Encodings of sets and lists, times of fields, and much of streams came after 7.0.
    let new = oracle.version() >= version("8.10");
    let mut redis: Client = oracle.connect();
    let mut core = Core::new(1);
    for setup in ["HELLO 3", "FLUSHALL"] {
        let words: Call = setup.split(' ').map(|word| word.into()).collect();
        redis.call(&words);
        core.call(1, &words);
    }
    let mut random = Random(42);
    for round in 0..400 {
        let key = format!("k{round}").into_bytes();
        let (made, shown) = draw(&mut random, &key, new);
        for call in &made {
            redis.call(call);
        }
        let payload = bulk(redis.call(&call(&[b"DUMP", &key])));
        let restore = call(&[b"RESTORE", &key, b"0", &payload]);
        assert_eq!(core.call(1, &restore), [Value::Status(b"OK".to_vec())], "{}", payload.escape_ascii());
        // Ours takes the place of theirs.
        let show = |redis: &mut Client, core: &mut Core, what: &str| {
            for call in &shown {
                // A collection that was large once is small again when it is restored, and the tree of a stream that
                // was cut is built anew; whether a string is embedded depends on the length of its key since 8.0.
                let tells = new && what == "ours" && made[0][0] != b"SET";
                if matches!(&call[0][..], b"OBJECT" | b"XINFO") && !tells {
                    continue;
                }
                let (ours, theirs) = (canonical(core.call(1, call).remove(0)), canonical(redis.call(call)));
                let (ours, theirs) = (rig::cli::print(&[], &ours), rig::cli::print(&[], &theirs));
                let mut lines = ours.lines().zip(theirs.lines());
                let first = lines.find(|(ours, theirs)| ours != theirs);
                assert!(ours == theirs, "{what} {}: {first:?}", made[0][0].escape_ascii());
            }
        };
        if new {
            show(&mut redis, &mut core, "theirs");
        }
        let ours = bulk(core.call(1, &call(&[b"DUMP", &key])).remove(0));
        let restore = call(&[b"RESTORE", &key, b"0", &ours, b"REPLACE"]);
        assert_eq!(redis.call(&restore), Value::Status(b"OK".to_vec()), "{}", ours.escape_ascii());
        let again = call(&[b"RESTORE", &key, b"0", &bulk(redis.call(&call(&[b"DUMP", &key]))), b"REPLACE"]);
        assert_eq!(core.call(1, &again), [Value::Status(b"OK".to_vec())]);
        if new || made[0][0] != b"ZADD" {
            show(&mut redis, &mut core, "ours");
        }
    }
}

/// The checksum of payloads, a bit at a time.
fn crc64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(
            crc ^ u64::from(byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0x95ac_9329_ac4b_c9b5 } else { crc >> 1 },
        )
    })
}

#[test]
fn damaged_payloads_do_no_harm() {
    let mut core = Core::new(1);
    let mut random = Random(7);
    let mut accepted = 0;
    for round in 0..300 {
        let key = format!("k{round}").into_bytes();
        let (made, _) = draw(&mut random, &key, true);
        for call in &made {
            core.call(1, call);
        }
        let payload = bulk(core.call(1, &call(&[b"DUMP", &key])).remove(0));
        let sealed = payload.len() - 8;
        for _ in 0..60 {
            let mut damaged = payload.clone();
            for _ in 0..1 + random.below(3) {
                // The beginning holds most of what counts.
                let within = if random.below(2) == 0 { sealed } else { sealed.min(16) };
                let at = random.below(within);
                damaged[at] = [random.below(256) as u8, damaged[at] ^ 1 << random.below(8), 0, 0xff][random.below(4)];
            }
            if random.below(5) == 0 {
                damaged.drain(random.below(sealed - 2)..sealed - 2);
            }
            let end = damaged.len() - 8;
            let sum = crc64(&damaged[..end]);
            damaged[end..].copy_from_slice(&sum.to_le_bytes());
            let reply = core.call(1, &call(&[b"RESTORE", b"damaged", b"0", &damaged, b"REPLACE"])).remove(0);
            if reply == Value::Status(b"OK".to_vec()) {
                accepted += 1;
                // What was accepted is a value like any other.
                for words in
                    [&[b"TYPE", b"damaged" as &[u8]][..], &[b"DUMP", b"damaged"], &[b"OBJECT", b"ENCODING", b"damaged"]]
                {
                    core.call(1, &call(words));
                }
                // All its fields may have expired long ago.
                let Value::Bulk(kept) = core.call(1, &call(&[b"DUMP", b"damaged"])).remove(0) else { continue };
                let again = call(&[b"RESTORE", b"again", b"0", &kept, b"REPLACE"]);
                assert_eq!(core.call(1, &again), [Value::Status(b"OK".to_vec())], "{}", kept.escape_ascii());
            }
        }
        core.call(1, &call(&[b"DEL", &key]));
    }
    println!("{accepted} damaged payloads were values");
}
