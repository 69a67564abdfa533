//! What small collections were before listpacks: ziplists (until Redis 7.0) and the zipmaps of small hashes (until 2.6).
//! They are read only.

use crate::structures::Entry;

const END: u8 = 0xff;
/// Before a length that takes four bytes.
const LONG: u8 = 254;

/// Reads a ziplist: its size, where its last entry is (32 bits each) and their number (16 bits); the entries, each
/// behind the size of the one before it; a byte of ones.
pub fn read(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    let (size, rest) = bytes.split_first_chunk::<4>()?;
    let (_, rest) = rest.split_first_chunk::<4>()?;
    let (count, mut rest) = rest.split_first_chunk::<2>()?;
    if u32::from_le_bytes(*size) as usize != bytes.len() {
        return None;
    }
    let mut entries = Vec::new();
    loop {
        rest = match *rest {
            [END] => break,
            [LONG, _, _, _, _, ref rest @ ..] => rest,
            [_, ref rest @ ..] => rest,
            [] => return None,
        };
        let entry;
        (entry, rest) = entry_at(rest)?;
        entries.push(entry);
    }
    let count = u16::from_le_bytes(*count);
    (count == u16::MAX || usize::from(count) == entries.len()).then_some(entries)
}

fn entry_at(bytes: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let int = |size: usize| {
        let (bytes, rest) = rest.split_at_checked(size)?;
        let mut wide = [if bytes[size - 1] & 0x80 == 0 { 0 } else { 0xff }; 8];
        wide[..size].copy_from_slice(bytes);
        Some((Entry::Int(i64::from_le_bytes(wide)), rest))
    };
    match tag {
        0..=0x3f => rest.split_at_checked(tag.into()).map(text),
        0x40..=0x7f => {
            let (&low, rest) = rest.split_first()?;
            rest.split_at_checked(usize::from(tag & 0x3f) << 8 | usize::from(low)).map(text)
        }
        0x80 => {
            let (len, rest) = rest.split_first_chunk()?;
            rest.split_at_checked(u32::from_be_bytes(*len) as usize).map(text)
        }
        0xc0 => int(2),
        0xd0 => int(4),
        0xe0 => int(8),
        0xf0 => int(3),
        0xfe => int(1),
        0xf1..=0xfd => Some((Entry::Int(i64::from(tag & 0xf) - 1), rest)),
        _ => None,
    }
}

fn text<'a>((text, rest): (&'a [u8], &'a [u8])) -> (Entry<'a>, &'a [u8]) {
    (Entry::Bytes(text), rest)
}

/// Reads a zipmap: a byte for the number of pairs; fields and values behind their lengths, values also behind the number
/// of unused bytes that follow them; a byte of ones.
pub fn read_zipmap(bytes: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let (_, mut rest) = bytes.split_first()?;
    let mut pairs = Vec::new();
    while *rest != [END] {
        let (len, after) = zipmap_length(rest)?;
        let (field, after) = after.split_at_checked(len)?;
        let (len, after) = zipmap_length(after)?;
        let (&unused, after) = after.split_first()?;
        let (value, after) = after.split_at_checked(len)?;
        (_, rest) = after.split_at_checked(unused.into())?;
        pairs.push((field, value));
    }
    Some(pairs)
}

fn zipmap_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    match first {
        LONG => {
            let (len, rest) = rest.split_first_chunk()?;
            Some((u32::from_le_bytes(*len) as usize, rest))
        }
        END => None,
        len => Some((len.into(), rest)),
    }
}
