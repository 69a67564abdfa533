//! Makes random scripts: one that runs the command in ARGV, or one that runs several commands and answers what each said.

use crate::generate::{Call, Generator, Random};

/// Scripts that run the command in ARGV.
const ONE: &[&str] = &[
    "return redis.call(unpack(ARGV))",
    "return redis.pcall(unpack(ARGV))",
    "local r = redis.pcall(unpack(ARGV)) if type(r) == 'table' then return #r end return r",
    "redis.setresp(3) return redis.call(unpack(ARGV))",
];

/// What people do with replies (large numbers became other strings in 7.0), each with the number of answers that it adds. `KEYS[n]` are keys of strings, lists, sets, hashes and sorted sets, in this order.
const IDIOMS: &[(&str, usize)] = &[
    (
        "local n = redis.pcall('incrby', KEYS[1], 3) if type(n) == 'number' and math.abs(n) < 1e15 then redis.pcall('rpush', KEYS[2], n, n / 4) end",
        0,
    ),
    ("for i, m in ipairs(redis.pcall('zrange', KEYS[5], 0, -1)) do redis.pcall('sadd', KEYS[3], m .. ':' .. i) end", 0),
    ("for i = 1, 5 do redis.pcall('zadd', KEYS[5], i * 1.5, 'm' .. i) redis.pcall('lpush', KEYS[2], i) end", 0),
    (
        "local v = redis.pcall('get', KEYS[1]) if v and not v.err then redis.pcall('hset', KEYS[4], 'f1', v:upper():sub(1, 9)) end",
        0,
    ),
    ("local l = redis.pcall('lrange', KEYS[2], 0, -1) redis.pcall('set', KEYS[1], cjson.encode(l))", 0),
    (
        "local l = redis.pcall('lrange', KEYS[2], 0, -1) table.sort(l) redis.pcall('set', KEYS[1], table.concat(l, ','))",
        0,
    ),
    (
        "local v = redis.pcall('get', KEYS[1]) if v == 'a' then redis.pcall('set', KEYS[1], 'b', 'PX', 5000000) else redis.pcall('del', KEYS[1]) end",
        0,
    ),
    ("local t = redis.pcall('hmget', KEYS[4], 'f1', 'f2') r[#r + 1] = t r[#r + 1] = {#t, t[1] == false, t.err}", 2),
    ("local ok, e = pcall(redis.call, 'lpush', KEYS[1], 1) r[#r + 1] = ok and 1 or 0 r[#r + 1] = type(e)", 2),
    (
        "local n = tonumber((redis.pcall('zscore', KEYS[5], 'm1')) or 0) if n and n > 1 then redis.pcall('zincrby', KEYS[5], -1, 'm1') end",
        0,
    ),
];

/// Draws a script as an EVAL, and the commands whose replies it answers in turn; none if it answers its only one's.
pub fn draw(generator: &Generator, random: &mut Random) -> (Call, Vec<Call>) {
    if random.percent(60) {
        let drawn = generator.draw(random);
        // These answer maps that hold nulls and doubles, which leave traces in the order of a Lua table.
        let ones = if drawn[0] == b"xinfo" || drawn[0] == b"arinfo" { &ONE[..3] } else { ONE };
        let mut call = vec![b"eval".to_vec(), (*random.pick(ones)).into(), b"0".to_vec()];
        call.extend(drawn);
        return (call, Vec::new());
    }
    let mut text = String::from("local r = {} ");
    let mut inside = Vec::new();
    for _ in 0..1 + random.below(4) {
        if random.percent(40) {
            let (idiom, answers) = random.pick(IDIOMS);
            text += &format!("do {idiom} end ");
            inside.extend(vec![vec![b"echo".to_vec()]; *answers]);
            continue;
        }
        let call = generator.draw(random);
        let words: Vec<String> = call.iter().map(|word| literal(word)).collect();
        text += &format!("r[#r + 1] = redis.pcall({}) ", words.join(", "));
        inside.push(call);
    }
    text += "return r";
    let mut call = vec![b"eval".to_vec(), text.into_bytes(), b"5".to_vec()];
    call.extend(["s", "l", "S", "h", "z"].map(|kind| format!("{kind}{}", random.below(4)).into_bytes()));
    (call, inside)
}

/// Writes a string in Lua.
fn literal(word: &[u8]) -> String {
    let escape = |byte: &u8| match byte {
        b'\'' | b'\\' | b'\n' | b'\r' | 0..=31 | 127..=255 => format!("\\{byte:03}"),
        plain => (*plain as char).to_string(),
    };
    format!("'{}'", word.iter().map(escape).collect::<String>())
}
