//! EVAL of any text: the sandbox, Redis's libraries and `redis.call`. Nothing leaks from one script to the next.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redmoon::protocol::Reply;
use redmoon_fuzz::{engine, program};

fuzz_target!(|data: &[u8]| {
    let mut engine = engine();
    let session = engine.open();
    let text = program(data);
    for _ in 0..2 {
        engine.execute(session, &[b"EVAL", &text, b"1", b"k", b"1", b"[1,2]", b"\x93\x01\xa1a\xc0"]);
    }
    let alive = engine.execute(session, &[b"EVAL", b"return KEYS[1] .. type(string.rep)", b"1", b"key "]);
    assert_eq!(alive, Some(Reply::bulk("key function")));
});
