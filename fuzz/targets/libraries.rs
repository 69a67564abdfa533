//! The libraries that read what others wrote: JSON, MessagePack, packed structures, formats, patterns.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redmoon_fuzz::engine;

/// Scripts over a format or pattern and a subject.
const SCRIPTS: &[&str] = &[
    "return #cjson.encode(cjson.decode(ARGV[1]))",
    "return cjson.decode(ARGV[1])",
    "return #cmsgpack.pack(cmsgpack.unpack(ARGV[1]))",
    "return {cmsgpack.unpack_limit(ARGV[1], #ARGV[2], 1)}",
    "return {struct.unpack(ARGV[1], ARGV[2])}",
    "return struct.pack(ARGV[1], 1, ARGV[2], 3, ARGV[2], 2^40, -1)",
    "return struct.size(ARGV[1])",
    "return string.format(ARGV[1], ARGV[2], 1, 2.5, ARGV[2], -3)",
    "return string.format(ARGV[1], 1e300, -1, ARGV[2], 7)",
    "return {ARGV[2]:find(ARGV[1])}",
    "return {ARGV[2]:gsub(ARGV[1], '<%1%0>')}",
    "local r = {} for a, b in ARGV[2]:gmatch(ARGV[1]) do r[#r + 1] = a end return r",
    "return {tonumber(ARGV[1]), ARGV[2] + 0}",
    "return {pcall(loadstring, ARGV[1], ARGV[2])}",
    "redis.setresp(3) return redis.call(ARGV[1], ARGV[2])",
    "return cjson.decode(cjson.encode({ARGV[1], [ARGV[2]] = ARGV[1]}))",
];

fuzz_target!(|data: &[u8]| {
    let [which, cut, rest @ ..] = data else { return };
    let (format, subject) = rest.split_at(rest.len().min(usize::from(*cut)));
    let script = SCRIPTS[usize::from(*which) % SCRIPTS.len()];
    let mut engine = engine();
    let session = engine.open();
    engine.execute(session, &[b"EVAL", script.as_bytes(), b"0", format, subject]);
});
