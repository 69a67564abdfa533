//! Writes replies for a reader in the same memory: JavaScript, to which 32-bit words come cheaper than RESP's lines.
//!
//! A value begins with one word in little endian, its kind in the low four bits and a number above: a count of bytes
//! or of items, or the value itself. Bytes follow their word, with zeros up to the next whole word; items follow one
//! after another. `js/reply.ts` is the reader.

use super::reply::Reply;
use super::resp::Protocol;
use super::strings::Listing;
use crate::structures::number::write_double;

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

/// The longest string that is copied word by word: a copy of a length that is not known beforehand is a call out of wasm.
const SHORT: usize = 64;

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
        Reply::Strings(listing, strings) => {
            let (kind, count) = match listing {
                Listing::Set if resp3 => (Kind::Set, strings.len()),
                Listing::Map if resp3 => (Kind::Map, strings.len() / 2),
                _ => (Kind::Array, strings.len()),
            };
            word(out, kind, count as u32);
            out.extend_from_slice(strings.run());
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

/// The bytes that `string` asks for beyond those that a short string takes.
pub(super) const SLACK: usize = 16;

/// Appends a string with its head.
#[inline]
pub fn string(out: &mut Vec<u8>, text: &[u8]) {
    let Some([low, high]) = halves(text) else {
        return bytes(out, if is_ascii(text) { Kind::Ascii } else { Kind::Bytes }, text);
    };
    let kind = if (low | high) & 0x8080_8080_8080_8080 == 0 { Kind::Ascii } else { Kind::Bytes };
    let head = (text.len() as u32) << 4 | kind as u32;
    let end = out.len() + 4 + text.len().next_multiple_of(4);
    // All that a short string may take is appended by three stores, and what it does not take is taken off.
    let mut block = [0; 20];
    block[..4].copy_from_slice(&head.to_le_bytes());
    block[4..12].copy_from_slice(&low.to_le_bytes());
    block[12..].copy_from_slice(&high.to_le_bytes());
    out.extend_from_slice(&block);
    out.truncate(end);
}

/// Reads up to 16 bytes as two numbers in little endian, filled up with zeros.
#[inline]
fn halves(text: &[u8]) -> Option<[u64; 2]> {
    let len = text.len();
    if let (Some(low), Some(high)) = (text.first_chunk(), text.last_chunk()) {
        let beyond = 16usize.checked_sub(len)? as u32 * 8;
        Some([u64::from_le_bytes(*low), u64::from_le_bytes(*high).checked_shr(beyond).unwrap_or(0)])
    } else if let (Some(low), Some(high)) = (text.first_chunk(), text.last_chunk()) {
        let high = u64::from(u32::from_le_bytes(*high)) >> ((8 - len) * 8);
        Some([u64::from(u32::from_le_bytes(*low)) | high << 32, 0])
    } else {
        Some([text.iter().rev().fold(0, |low, byte| low << 8 | u64::from(*byte)), 0])
    }
}

/// Takes the string, as `string` wrote it, off the front of `run`; none at the end.
pub(super) fn take_string<'a>(run: &mut &'a [u8]) -> Option<&'a [u8]> {
    let mut next = || {
        let (word, rest) = run.split_first_chunk()?;
        *run = rest;
        Some(u32::from_le_bytes(*word))
    };
    let head = next()?;
    let len = if head & 15 == Kind::Long as u32 { next()? } else { head >> 4 } as usize;
    let (text, _) = run.split_at_checked(len)?;
    *run = run.split_at_checked(len.next_multiple_of(4))?.1;
    Some(text)
}

#[inline]
fn bytes(out: &mut Vec<u8>, kind: Kind, text: &[u8]) {
    if text.len() <= LONGEST {
        word(out, kind, text.len() as u32);
    } else {
        word(out, Kind::Long, 0);
        out.extend_from_slice(&(text.len() as u32).to_le_bytes());
    }
    append(out, text);
}

/// Tells whether all bytes are ASCII.
fn is_ascii(text: &[u8]) -> bool {
    if text.len() > SHORT {
        return text.is_ascii();
    }
    let (words, rest) = text.as_chunks::<4>();
    let high = words.iter().fold(0, |seen, word| seen | u32::from_le_bytes(*word));
    rest.iter().fold(high, |seen, byte| seen | u32::from(*byte)) & 0x8080_8080 == 0
}

/// Appends bytes, fills their last word with zeros, and tells whether all are ASCII.
#[inline]
pub fn append_telling(out: &mut Vec<u8>, text: &[u8]) -> bool {
    let Some([low, high]) = halves(text) else {
        append(out, text);
        return is_ascii(text);
    };
    let end = out.len() + text.len().next_multiple_of(4);
    // As `string` does it.
    out.extend_from_slice(&(u128::from(low) | u128::from(high) << 64).to_le_bytes());
    out.truncate(end);
    (low | high) & 0x8080_8080_8080_8080 == 0
}

/// Appends bytes and fills their last word with zeros.
fn append(out: &mut Vec<u8>, text: &[u8]) {
    if text.len() > SHORT {
        out.extend_from_slice(text);
        out.resize(out.len().next_multiple_of(4), 0);
        return;
    }
    out.reserve(text.len() + 3);
    let (words, rest) = text.as_chunks::<4>();
    for word in words {
        out.extend_from_slice(word);
    }
    match *rest {
        [a] => out.extend_from_slice(&[a, 0, 0, 0]),
        [a, b] => out.extend_from_slice(&[a, b, 0, 0]),
        [a, b, c] => out.extend_from_slice(&[a, b, c, 0]),
        _ => {}
    }
}

fn list(out: &mut Vec<u8>, kind: Kind, items: &[Reply], protocol: Protocol) {
    word(out, kind, items.len() as u32);
    for item in items {
        encode(out, item, protocol);
    }
}
