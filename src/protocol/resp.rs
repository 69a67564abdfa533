//! Writes replies in RESP2 and RESP3. See <https://redis.io/docs/latest/develop/reference/protocol-spec/>.

use super::reply::Reply;
use super::strings::Listing;
use crate::structures::bytes::copy_short;
use crate::structures::number::{write_double, write_int};

/// The version of the protocol that a session speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Protocol {
    #[default]
    Resp2,
    Resp3,
}

/// Appends `reply` to `out`.
pub fn encode(out: &mut Vec<u8>, reply: &Reply, protocol: Protocol) {
    let resp3 = protocol == Protocol::Resp3;
    match reply {
        Reply::Status(text) => line(out, b'+', text),
        Reply::Error(error) => line(out, b'-', &error.line()),
        Reply::Int(value) => number(out, b':', *value),
        Reply::Bulk(bytes) => bulk(out, bytes),
        Reply::Null if resp3 => out.extend_from_slice(b"_\r\n"),
        Reply::Null => out.extend_from_slice(b"$-1\r\n"),
        Reply::NullArray if resp3 => out.extend_from_slice(b"_\r\n"),
        Reply::NullArray => out.extend_from_slice(b"*-1\r\n"),
        Reply::Array(items) => list(out, b'*', items, protocol),
        Reply::Set(items) => list(out, if resp3 { b'~' } else { b'*' }, items, protocol),
        Reply::Push(items) => list(out, if resp3 { b'>' } else { b'*' }, items, protocol),
        Reply::Map(pairs) if resp3 => map(out, b'%', pairs.len(), pairs, protocol),
        Reply::Map(pairs) => map(out, b'*', pairs.len() * 2, pairs, protocol),
        Reply::Strings(listing, strings) => {
            let (kind, count) = match listing {
                Listing::Set if resp3 => (b'~', strings.len()),
                Listing::Map if resp3 => (b'%', strings.len() / 2),
                _ => (b'*', strings.len()),
            };
            number(out, kind, count as i64);
            for text in strings.iter() {
                bulk(out, text);
            }
        }
        Reply::Double(value) if resp3 => {
            out.push(b',');
            write_double(out, *value);
            out.extend_from_slice(b"\r\n");
        }
        Reply::Double(value) => {
            let mut text = Vec::with_capacity(24);
            write_double(&mut text, *value);
            bulk(out, &text);
        }
        Reply::Bool(value) if resp3 => out.extend_from_slice(if *value { b"#t\r\n" } else { b"#f\r\n" }),
        Reply::Bool(value) => number(out, b':', i64::from(*value)),
        Reply::BigNumber(digits) if resp3 => line(out, b'(', digits),
        Reply::BigNumber(digits) => bulk(out, digits),
        Reply::Verbatim(format, text) if resp3 => {
            number(out, b'=', text.len() as i64 + 4);
            out.extend_from_slice(format);
            out.push(b':');
            out.extend_from_slice(text);
            out.extend_from_slice(b"\r\n");
        }
        Reply::Verbatim(_, text) => bulk(out, text),
        Reply::Attribute(pairs, reply) => {
            if resp3 {
                map(out, b'|', pairs.len(), pairs, protocol);
            }
            encode(out, reply, protocol);
        }
        Reply::Sequence(replies) => {
            for reply in replies {
                encode(out, reply, protocol);
            }
        }
    }
}

fn line(out: &mut Vec<u8>, kind: u8, text: &[u8]) {
    out.push(kind);
    out.extend_from_slice(text);
    out.extend_from_slice(b"\r\n");
}

fn number(out: &mut Vec<u8>, kind: u8, value: i64) {
    if let Some((head, len)) = small(kind, value) {
        out.extend_from_slice(&head);
        out.truncate(out.len() - head.len() + len);
        return;
    }
    out.push(kind);
    write_int(out, value);
    out.extend_from_slice(b"\r\n");
}

/// Writes the line of a number of one or two digits, and answers how much of the block it takes.
#[inline]
fn small(kind: u8, value: i64) -> Option<([u8; 8], usize)> {
    let (tens, ones) = (b'0'.wrapping_add((value / 10) as u8), b'0'.wrapping_add((value % 10) as u8));
    match value {
        0..10 => Some(([kind, ones, b'\r', b'\n', 0, 0, 0, 0], 4)),
        10..100 => Some(([kind, tens, ones, b'\r', b'\n', 0, 0, 0], 5)),
        _ => None,
    }
}

fn bulk(out: &mut Vec<u8>, bytes: &[u8]) {
    // A short string is appended as a block of known size, and what it does not take is taken off: on wasm a copy of
    // any other length is a call.
    if bytes.len() <= 16
        && let Some((head, len)) = small(b'$', bytes.len() as i64)
    {
        let mut block = [0; 24];
        block[..8].copy_from_slice(&head);
        let end = len + bytes.len();
        copy_short(&mut block[len..end], bytes);
        block[end..end + 2].copy_from_slice(b"\r\n");
        out.extend_from_slice(&block);
        out.truncate(out.len() - block.len() + end + 2);
        return;
    }
    number(out, b'$', bytes.len() as i64);
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\r\n");
}

fn list(out: &mut Vec<u8>, kind: u8, items: &[Reply], protocol: Protocol) {
    number(out, kind, items.len() as i64);
    for item in items {
        encode(out, item, protocol);
    }
}

fn map(out: &mut Vec<u8>, kind: u8, length: usize, pairs: &[(Reply, Reply)], protocol: Protocol) {
    number(out, kind, length as i64);
    for (key, value) in pairs {
        encode(out, key, protocol);
        encode(out, value, protocol);
    }
}
