//! Payloads of DUMP and FUNCTION DUMP: whatever RESTORE takes can be read, changed, dumped and restored again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redmoon::persistence::rdb;
use redmoon::protocol::Reply;
use redmoon_fuzz::engine;

/// What is done with a value, of whatever type it turns out to be. A row of words each; KEY is its key.
const USES: &[&str] = &[
    "OBJECT ENCODING KEY", "STRLEN KEY", "GETRANGE KEY 0 -1", "APPEND KEY x", "BITCOUNT KEY", "PFCOUNT KEY",
    "LRANGE KEY 0 -1", "LINSERT KEY AFTER a b", "LSET KEY -1 12345", "LREM KEY 0 a", "RPOPLPUSH KEY KEY", "LPUSH KEY a",
    "SMEMBERS KEY", "SSCAN KEY 0", "SADD KEY a 7 99999999999", "SREM KEY 7", "SRANDMEMBER KEY -3",
    "HGETALL KEY", "HSCAN KEY 0", "HPEXPIRETIME KEY FIELDS 1 a", "HPEXPIRE KEY 1000 FIELDS 1 a", "HINCRBY KEY n 1",
    "HDEL KEY a", "HRANDFIELD KEY -3 WITHVALUES",
    "ZRANGE KEY 0 -1 WITHSCORES", "ZRANGEBYSCORE KEY -inf inf", "ZINCRBY KEY 1 a", "ZRANK KEY a", "ZADD KEY 5 b",
    "ZREMRANGEBYRANK KEY 0 0", "GEOPOS KEY a",
    "XRANGE KEY - +", "XINFO STREAM KEY FULL", "XPENDING KEY g", "XAUTOCLAIM KEY g c 0 0", "XADD KEY * a b",
    "XREADGROUP GROUP g c COUNT 5 STREAMS KEY >", "XTRIM KEY MAXLEN 1", "XDEL KEY 1-1", "XGROUP DESTROY KEY g",
    "ARINFO KEY FULL", "ARSCAN KEY 0 100", "ARSET KEY 3 x y", "ARDEL KEY 0", "ARCOUNT KEY",
    "VINFO KEY", "VRANGE KEY - +", "VSIM KEY ELE a", "VEMB KEY a", "VREM KEY a", "VLINKS KEY a WITHSCORES",
    "SORT KEY ALPHA", "MEMORY USAGE KEY", "COPY KEY other",
];

fuzz_target!(|data: &[u8]| {
    let Some(&kind) = data.first() else { return };
    let sealed = |bytes: &[u8]| {
        let mut writer = rdb::Writer::default();
        writer.plain(bytes);
        writer.seal(rdb::VERSION)
    };
    let mut engine = engine();
    let session = engine.open();
    if kind == rdb::FUNCTION {
        engine.execute(session, &[b"FUNCTION", b"RESTORE", &sealed(data)]);
        engine.execute(session, &[b"FUNCTION", b"LIST", b"WITHCODE"]);
        return;
    }
    engine.execute(session, &[b"RESTORE", b"key", b"0", &sealed(data)]);
    // The same commands from a place that the payload chooses, so that the first to change it is not always the same.
    let first = data.iter().fold(0, |sum, &byte| sum + usize::from(byte));
    for round in 0..USES.len() {
        let words = USES[(first + round) % USES.len()].split(' ');
        let words: Vec<&[u8]> = words.map(|word| if word == "KEY" { b"key" } else { word.as_bytes() }).collect();
        engine.execute(session, &words);
    }
    // What is left of it makes the way through a payload and back.
    if let Some(Reply::Bulk(payload)) = engine.execute(session, &[b"DUMP", b"key"]) {
        let reply = engine.execute(session, &[b"RESTORE", b"again", b"0", &payload]);
        assert_eq!(reply, Some(Reply::OK), "its own payload is refused");
    }
});
