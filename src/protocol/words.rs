//! Writes replies for a reader in the same memory: JavaScript, to which 32-bit words come cheaper than RESP's lines.
//!
//! A value begins with one word in little endian, its kind in the low four bits and a number above: a count of bytes
//! or of items, or the value itself. Bytes follow their word, with zeros up to the next whole word; items follow one
//! after another. `js/reply.ts` is the reader.

use super::reply::Reply;
use super::resp::Protocol;
use crate::structures::number::{write_double};

/// What a value is. The number with it: `Int`, the value; strings, the length; `Bool`, 1 or 0; the rest, the count.
#[repr(u32)]
#[derive(Clone, Copy)]
enum Kind {
    Null,
    Int,
    /// An integer of more than 28 bits: 64 in the two words that follow.
    Wide,
    Ascii,
    /// Bytes that are not all ASCII.
    Bytes,
    /// Bytes whose length takes the word that follows.
    Long,
    Error,
    Double,
    BigNumber,
    Bool,
    Array,
    Set,
    /// The count is that of pairs.
    Map,
    Push,
}

/// The longest string whose length stands beside its kind.
const LONGEST: usize = (1 << 28) - 1;

/// Appends `reply` to `out`, whose length is a multiple of four. Types that `protocol` does not have become those that
/// it has, as in RESP.
pub fn encode(out: &mut Vec<u8>, reply: &Reply, protocol: Protocol) {
    let resp3 = protocol == Protocol::Resp3;
    match reply {
        Reply::Bulk(bytes) | Reply::Verbatim(_, bytes) => string(out, bytes),
        Reply::Int(value) => int(out, *value),
        Reply::Null | Reply::NullArray => word(out, Kind::Null, 0),
        Reply::Array(items) => list(out, Kind::Array, items, protocol),
        Reply::Set(items) => list(out, if resp3 { Kind::Set } else { Kind::Array }, items, protocol),
        Reply::Push(items) => list(out, if resp3 { Kind::Push } else { Kind::Array }, items, protocol),
        Reply::Map(pairs) => {
            let (kind, count) = if resp3 { (Kind::Map, pairs.len()) } else { (Kind::Array, pairs.len() * 2) };
            word(out, kind, count as u32);
            for (key, value) in pairs {
                encode(out, key, protocol);
                encode(out, value, protocol);
            }
        }
        Reply::Status(text) => string(out, text),
        Reply::Error(error) => bytes(out, Kind::Error, &error.line()),
        Reply::Double(value) => {
            let mut text = Vec::with_capacity(24);
            write_double(&mut text, *value);
            bytes(out, if resp3 { Kind::Double } else { Kind::Ascii }, &text);
        }
        Reply::Bool(value) if resp3 => word(out, Kind::Bool, u32::from(*value)),
        Reply::Bool(value) => int(out, i64::from(*value)),
        Reply::BigNumber(digits) => bytes(out, if resp3 { Kind::BigNumber } else { Kind::Ascii }, digits),
        // No client in the process has a use for what is attached.
        Reply::Attribute(_, reply) => encode(out, reply, protocol),
        Reply::Sequence(replies) => {
            for reply in replies {
                encode(out, reply, protocol);
            }
        }
    }
}

#[inline]
fn word(out: &mut Vec<u8>, kind: Kind, number: u32) {
    out.extend_from_slice(&(number << 4 | kind as u32).to_le_bytes());
}

#[inline]
fn int(out: &mut Vec<u8>, value: i64) {
    if (-(1 << 27)..1 << 27).contains(&value) {
        word(out, Kind::Int, value as u32);
    } else {
        word(out, Kind::Wide, 0);
        out.extend_from_slice(&value.to_le_bytes());
    }
}

#[inline]
fn string(out: &mut Vec<u8>, text: &[u8]) {
    bytes(out, if text.is_ascii() { Kind::Ascii } else { Kind::Bytes }, text);
}

fn bytes(out: &mut Vec<u8>, kind: Kind, text: &[u8]) {
    if text.len() <= LONGEST {
        word(out, kind, text.len() as u32);
    } else {
        word(out, Kind::Long, 0);
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    }
    out.extend_from_slice(text);
    pad(out);
}

/// Fills the last word with zeros.
#[inline]
pub fn pad(out: &mut Vec<u8>) {
    let rest = out.len().wrapping_neg() & 3;
    out.extend_from_slice(&[0; 3][..rest]);
}

fn list(out: &mut Vec<u8>, kind: Kind, items: &[Reply], protocol: Protocol) {
    word(out, kind, items.len() as u32);
    for item in items {
        encode(out, item, protocol);
    }
}
