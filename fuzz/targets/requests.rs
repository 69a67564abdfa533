//! A client's bytes: however they are cut into packets, the same requests stand in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redmoon::protocol::request::Parser;

type Requests = (Vec<Vec<Vec<u8>>>, Option<String>);

fn parse<'a>(packets: impl Iterator<Item = &'a [u8]>) -> Requests {
    let mut parser = Parser::new();
    let mut requests = Vec::new();
    for packet in packets {
        parser.feed(packet);
        loop {
            match parser.advance() {
                Ok(true) => requests.push(parser.args().map(<[u8]>::to_vec).collect()),
                Ok(false) => break,
                Err(malformed) => return (requests, Some(malformed.to_string())),
            }
        }
    }
    (requests, None)
}

fuzz_target!(|data: &[u8]| {
    let Some((&size, bytes)) = data.split_first() else { return };
    let whole = parse(std::iter::once(bytes));
    assert_eq!(parse(bytes.chunks(usize::from(size).max(1))), whole);
    assert_eq!(parse(bytes.chunks(1)), whole);
});
