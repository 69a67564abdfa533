//! Redis's listpacks: a header of the size in bytes (32 bits) and the number of entries (16 bits), the entries, and a
//! byte of ones. Each entry ends with its own size, so that it can be walked backwards.
//! See <https://github.com/antirez/listpack/blob/master/listpack.md>.
//!
//! ```text
//! 0xxxxxxx            an integer from 0 to 127       110xxxxx x      a signed integer of 13 bits
//! 10xxxxxx ...        x bytes                        1110xxxx x ...  x bytes (12 bits)
//! 11110000 4 ...      bytes (32 bits)                11110001 2 to 11110100 8   integers of 16, 24, 32, 64 bits
//! ```

use crate::structures::Entry;

const HEADER: usize = 6;
const END: u8 = 0xff;
const STRING_32: u8 = 0xf0;
const INT_16: u8 = 0xf1;
const INT_24: u8 = 0xf2;
const INT_32: u8 = 0xf3;
const INT_64: u8 = 0xf4;
/// The count of a listpack with more entries than the header can say.
const MANY: u16 = u16::MAX;

/// Writes a listpack.
pub struct Writer {
    bytes: Vec<u8>,
    count: usize,
}

impl Default for Writer {
    fn default() -> Writer {
        Writer { bytes: vec![0; HEADER], count: 0 }
    }
}

impl Writer {
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Counts the bytes, the end among them.
    pub fn size(&self) -> usize {
        self.bytes.len() + 1
    }

    /// Appends an entry.
    pub fn push(&mut self, entry: Entry) {
        let from = self.bytes.len();
        match entry {
            Entry::Bytes(text) => {
                match text.len() {
                    len @ 0..=63 => self.bytes.push(0x80 | len as u8),
                    len @ 64..=4095 => self.bytes.extend([0xe0 | (len >> 8) as u8, len as u8]),
                    len => {
                        self.bytes.push(STRING_32);
                        self.bytes.extend((len as u32).to_le_bytes());
                    }
                }
                self.bytes.extend_from_slice(text);
            }
            Entry::Int(value) => {
                let bytes = value.to_le_bytes();
                match value {
                    0..=127 => self.bytes.push(value as u8),
                    -4096..=4095 => self.bytes.extend([0xc0 | (value >> 8) as u8 & 0x1f, value as u8]),
                    -0x8000..=0x7fff => self.int(INT_16, &bytes[..2]),
                    -0x80_0000..=0x7f_ffff => self.int(INT_24, &bytes[..3]),
                    -0x8000_0000..=0x7fff_ffff => self.int(INT_32, &bytes[..4]),
                    _ => self.int(INT_64, &bytes),
                }
            }
        }
        let (size, digits) = backwards(self.bytes.len() - from);
        self.bytes.extend_from_slice(&size[..digits]);
        self.count += 1;
    }

    fn int(&mut self, tag: u8, bytes: &[u8]) {
        self.bytes.push(tag);
        self.bytes.extend_from_slice(bytes);
    }

    /// Ends the listpack.
    pub fn finish(mut self) -> Vec<u8> {
        self.bytes.push(END);
        let size = self.bytes.len() as u32;
        self.bytes[..4].copy_from_slice(&size.to_le_bytes());
        let count = u16::try_from(self.count).unwrap_or(MANY);
        self.bytes[4..HEADER].copy_from_slice(&count.to_le_bytes());
        self.bytes
    }
}

/// Writes the size of an entry as stands behind it: seven bits a byte, the highest first, all but that with a mark.
fn backwards(size: usize) -> ([u8; 5], usize) {
    let digits = match size {
        0..=127 => 1,
        128..=16_382 => 2,
        16_383..=2_097_150 => 3,
        2_097_151..=268_435_454 => 4,
        _ => 5,
    };
    let mut bytes = [0; 5];
    for (at, byte) in bytes[..digits].iter_mut().enumerate() {
        let mark = if at == 0 { 0 } else { 0x80 };
        *byte = (size >> (7 * (digits - 1 - at))) as u8 & 0x7f | mark;
    }
    (bytes, digits)
}

/// Opens a listpack, `None` if its header or its end are wrong.
pub fn open(bytes: &[u8]) -> Option<Reader<'_>> {
    let (size, rest) = bytes.split_first_chunk::<4>()?;
    let (count, rest) = rest.split_first_chunk::<2>()?;
    let (&end, entries) = rest.split_last()?;
    let count = Some(u16::from_le_bytes(*count)).filter(|&count| count != MANY);
    let fits = u32::from_le_bytes(*size) as usize == bytes.len() && end == END;
    fits.then_some(Reader { rest: entries, left: count })
}

/// Walks the entries; one that is wrong is `None`, and so is the end if there are not as many as the header said.
pub struct Reader<'a> {
    rest: &'a [u8],
    left: Option<u16>,
}

impl<'a> Iterator for Reader<'a> {
    type Item = Option<Entry<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            let missing = self.left.take().is_some_and(|left| left > 0);
            return missing.then_some(None);
        }
        let entry = self.read();
        if entry.is_none() {
            (self.rest, self.left) = (&[], None);
        }
        Some(entry)
    }
}

impl<'a> Reader<'a> {
    fn read(&mut self) -> Option<Entry<'a>> {
        let (&tag, body) = self.rest.split_first()?;
        let string = |head: usize, len: usize| {
            let bytes = body.get(head..head.checked_add(len)?)?;
            Some((Entry::Bytes(bytes), head + len))
        };
        let int = |size: usize| {
            let bytes = body.get(..size)?;
            let mut wide = [if bytes[size - 1] & 0x80 == 0 { 0 } else { 0xff }; 8];
            wide[..size].copy_from_slice(bytes);
            Some((Entry::Int(i64::from_le_bytes(wide)), size))
        };
        let (entry, size) = match tag {
            0..=0x7f => (Entry::Int(tag.into()), 0),
            0x80..=0xbf => string(0, usize::from(tag & 0x3f))?,
            0xc0..=0xdf => {
                let unsigned = i64::from(tag & 0x1f) << 8 | i64::from(*body.first()?);
                (Entry::Int(if unsigned < 4096 { unsigned } else { unsigned - 8192 }), 1)
            }
            0xe0..=0xef => string(1, usize::from(tag & 0xf) << 8 | usize::from(*body.first()?))?,
            STRING_32 => string(4, u32::from_le_bytes(*body.first_chunk()?) as usize)?,
            INT_16 => int(2)?,
            INT_24 => int(3)?,
            INT_32 => int(4)?,
            INT_64 => int(8)?,
            _ => return None,
        };
        let (expected, digits) = backwards(1 + size);
        let (behind, rest) = body[size..].split_at_checked(digits)?;
        if behind != &expected[..digits] {
            return None;
        }
        self.left = match self.left {
            Some(left) => Some(left.checked_sub(1)?),
            None => None,
        };
        self.rest = rest;
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back() {
        let long = [130, 4095, 4096, 16_380, 16_384, 70_000].map(|len| vec![b'x'; len]);
        let edges = [7, 12, 15, 23, 31, 63].map(|bits| 1i64.checked_shl(bits).unwrap());
        let mut entries: Vec<Entry> = long.iter().map(|text| Entry::Bytes(text)).collect();
        entries
            .extend(edges.iter().flat_map(|&edge| [edge, edge.wrapping_sub(1), -edge.wrapping_add(1)].map(Entry::Int)));
        entries.extend([Entry::Int(0), Entry::Int(-1), Entry::Bytes(b""), Entry::Bytes(b"text")]);
        let mut writer = Writer::default();
        entries.iter().for_each(|&entry| writer.push(entry));
        let size = writer.size();
        let bytes = writer.finish();
        assert_eq!(bytes.len(), size);
        assert_eq!(open(&bytes).unwrap().collect::<Option<Vec<_>>>().unwrap(), entries);
        for cut in 0..bytes.len() {
            assert!(open(&bytes[..cut]).is_none());
        }
        let mut short = bytes.clone();
        short[4] += 1;
        assert!(open(&short).unwrap().any(|entry| entry.is_none()));
    }
}
