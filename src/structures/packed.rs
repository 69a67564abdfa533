//! The packed run of bytes under small collections (Redis's listpack idea): entries one after another, each a header
//! and its bytes, with nothing allocated for an entry of its own.
//!
//! ```text
//! 0xxxxxxx                 an integer from 0 to 127
//! 10xxxxxx ...             x bytes
//! 11000000 n n ...         n bytes (16 bits)        11000001 n n n n ...   n bytes (32 bits)
//! 11000010 i i             an integer of 16 bits    11000011 i i i i       of 32 bits
//! 11000100 i (8)           an integer of 64 bits
//! ```
//!
//! A byte string that reads as an integer is held as one. An entry has one form only, so two entries are equal when
//! their forms are: a search compares bytes and reads no numbers. Positions are offsets of bytes, good until the next
//! change; `end()` stands behind the last entry.

use super::bytes::{Bytes, same};
use super::number::{parse_int, write_int};
use std::borrow::Cow;

const STRING_16: u8 = 0xc0;
const STRING_32: u8 = 0xc1;
const INT_16: u8 = 0xc2;
const INT_32: u8 = 0xc3;
const INT_64: u8 = 0xc4;

/// One entry. The value of a table shows itself as an entry too, so that whoever reads need not know the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    Int(i64),
    Bytes(&'a [u8]),
}

impl<'a> Entry<'a> {
    /// Takes bytes as an integer if they are the one spelling of one.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Entry<'a> {
        parse_int(bytes).map_or(Entry::Bytes(bytes), Entry::Int)
    }

    /// Shows the bytes; those of a number are made on the spot.
    #[inline]
    pub fn bytes(self) -> Cow<'a, [u8]> {
        match self {
            Entry::Bytes(bytes) => Cow::Borrowed(bytes),
            Entry::Int(value) => {
                let mut text = Vec::with_capacity(20);
                write_int(&mut text, value);
                Cow::Owned(text)
            }
        }
    }

    /// Reads the entry as a 64-bit integer.
    #[inline]
    pub fn int(self) -> Option<i64> {
        match self {
            Entry::Int(value) => Some(value),
            Entry::Bytes(bytes) => parse_int(bytes),
        }
    }

    /// Counts the bytes.
    #[inline]
    pub fn len(self) -> usize {
        match self {
            Entry::Bytes(bytes) => bytes.len(),
            Entry::Int(value) => {
                let digits = value.unsigned_abs().checked_ilog10().unwrap_or(0) as usize + 1;
                digits + usize::from(value < 0)
            }
        }
    }

    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl From<Entry<'_>> for Bytes {
    #[inline]
    fn from(entry: Entry) -> Bytes {
        match entry {
            Entry::Bytes(bytes) => Bytes::new(bytes),
            number => Bytes::new(&number.bytes()),
        }
    }
}

/// The form of one entry before it is stored: a header and, for a byte string, the bytes themselves.
struct Form<'a> {
    head: [u8; 9],
    len: usize,
    body: &'a [u8],
}

impl<'a> Form<'a> {
    #[inline]
    fn new(entry: Entry<'a>) -> Form<'a> {
        match entry {
            Entry::Bytes(bytes) => {
                let form = match bytes.len() {
                    len @ 0..=63 => Form::head(0x80 | len as u8, &[]),
                    len @ 64..=0xffff => Form::head(STRING_16, &(len as u16).to_le_bytes()),
                    len => Form::head(STRING_32, &(len as u32).to_le_bytes()),
                };
                Form { body: bytes, ..form }
            }
            Entry::Int(value) => match value {
                0..=127 => Form::head(value as u8, &[]),
                -0x8000..=0x7fff => Form::head(INT_16, &(value as i16).to_le_bytes()),
                -0x8000_0000..=0x7fff_ffff => Form::head(INT_32, &(value as i32).to_le_bytes()),
                _ => Form::head(INT_64, &value.to_le_bytes()),
            },
        }
    }

    #[inline]
    fn head(tag: u8, rest: &[u8]) -> Form<'a> {
        let mut head = [0; 9];
        head[0] = tag;
        head[1..=rest.len()].copy_from_slice(rest);
        Form { head, len: 1 + rest.len(), body: &[] }
    }

    #[inline]
    fn matches(&self, stored: &[u8]) -> bool {
        stored.len() == self.len + self.body.len()
            && stored[0] == self.head[0]
            && same(&stored[1..self.len], &self.head[1..self.len])
            && same(&stored[self.len..], self.body)
    }
}

/// A run of entries.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Packed {
    run: Vec<u8>,
    count: u32,
}

impl Packed {
    pub fn new() -> Packed {
        Packed::default()
    }

    /// Counts the entries.
    #[inline]
    pub fn len(&self) -> usize {
        self.count as usize
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.run.capacity()
    }

    /// Answers the position behind the last entry; the first entry stands at 0.
    #[inline]
    pub fn end(&self) -> usize {
        self.run.len()
    }

    /// Shows the entry at a position, `None` at the end.
    #[inline]
    pub fn get(&self, at: usize) -> Option<Entry<'_>> {
        self.read(at).map(|(entry, _)| entry)
    }

    /// Answers the position after the entry at `at`.
    #[inline]
    pub fn next(&self, at: usize) -> usize {
        self.read(at).map_or(self.run.len(), |(_, next)| next)
    }

    /// Answers the position of the entry with this index, the end if there are no more than `index` entries.
    pub fn position(&self, index: usize) -> usize {
        let mut at = 0;
        for _ in 0..index.min(self.len()) {
            at = self.next(at);
        }
        at
    }

    /// Walks all entries.
    #[inline]
    pub fn iter(&self) -> Iter<'_> {
        self.iter_from(0)
    }

    /// Walks the entries from a position on.
    #[inline]
    pub fn iter_from(&self, at: usize) -> Iter<'_> {
        Iter { packed: self, at }
    }

    /// Finds the first entry equal to `needle` among every `step`th entry: 1 looks at all of them, 2 at the fields of
    /// field-value pairs.
    #[inline]
    pub fn find(&self, needle: Entry, step: usize) -> Option<usize> {
        let form = Form::new(needle);
        let mut at = 0;
        while at < self.run.len() {
            let next = self.next(at);
            if form.matches(&self.run[at..next]) {
                return Some(at);
            }
            at = next;
            for _ in 1..step {
                at = self.next(at);
            }
        }
        None
    }

    /// Appends an entry.
    #[inline]
    pub fn push(&mut self, entry: Entry) {
        let form = Form::new(entry);
        self.reserve(form.len + form.body.len());
        self.run.extend_from_slice(&form.head[..form.len]);
        self.run.extend_from_slice(form.body);
        self.count += 1;
    }

    /// Inserts an entry before the one at `at`.
    pub fn insert(&mut self, at: usize, entry: Entry) {
        self.write(at, at, entry);
        self.count += 1;
    }

    /// Puts an entry in the place of the one at `at`.
    pub fn replace(&mut self, at: usize, entry: Entry) {
        let next = self.next(at);
        self.write(at, next, entry);
    }

    /// Removes `count` entries from `at` on.
    pub fn remove(&mut self, at: usize, count: usize) {
        let mut next = at;
        let mut removed = 0;
        while removed < count && next < self.run.len() {
            next = self.next(next);
            removed += 1;
        }
        self.run.drain(at..next);
        self.count -= removed as u32;
        if self.run.capacity() > 2 * self.run.len() {
            self.run.shrink_to_fit();
        }
    }

    /// Makes room for more bytes with an eighth to spare: building a run copies little, holding it wastes little.
    #[inline]
    fn reserve(&mut self, more: usize) {
        if self.run.capacity() - self.run.len() < more {
            self.run.reserve_exact(more.max(self.run.len() / 8));
        }
    }

    /// Puts the form of an entry in the place of the bytes `from..to`.
    fn write(&mut self, from: usize, to: usize, entry: Entry) {
        let form = Form::new(entry);
        let size = form.len + form.body.len();
        let old_end = self.run.len();
        let end = old_end - (to - from) + size;
        if end > old_end {
            self.reserve(end - old_end);
            self.run.resize(end, 0);
        }
        self.run.copy_within(to..old_end, from + size);
        self.run.truncate(end);
        self.run[from..from + form.len].copy_from_slice(&form.head[..form.len]);
        self.run[from + form.len..from + size].copy_from_slice(form.body);
    }

    /// Reads the entry at `at` and the position after it.
    #[inline]
    fn read(&self, at: usize) -> Option<(Entry<'_>, usize)> {
        let (&tag, rest) = self.run.get(at..)?.split_first()?;
        let (entry, size) = match tag {
            0..=0x7f => (Entry::Int(tag.into()), 0),
            0x80..=0xbf => {
                let len = usize::from(tag & 0x3f);
                (Entry::Bytes(&rest[..len]), len)
            }
            STRING_16 => {
                let len = usize::from(u16::from_le_bytes(*rest.first_chunk()?));
                (Entry::Bytes(&rest[2..2 + len]), 2 + len)
            }
            STRING_32 => {
                let len = u32::from_le_bytes(*rest.first_chunk()?) as usize;
                (Entry::Bytes(&rest[4..4 + len]), 4 + len)
            }
            INT_16 => (Entry::Int(i16::from_le_bytes(*rest.first_chunk()?).into()), 2),
            INT_32 => (Entry::Int(i32::from_le_bytes(*rest.first_chunk()?).into()), 4),
            _ => (Entry::Int(i64::from_le_bytes(*rest.first_chunk()?)), 8),
        };
        Some((entry, at + 1 + size))
    }
}

/// Walks entries from the first to the last.
#[derive(Clone)]
pub struct Iter<'a> {
    packed: &'a Packed,
    at: usize,
}

impl<'a> Iterator for Iter<'a> {
    type Item = Entry<'a>;
    #[inline]
    fn next(&mut self) -> Option<Entry<'a>> {
        let (entry, next) = self.packed.read(self.at)?;
        self.at = next;
        Some(entry)
    }
}

/// Picks items by their positions out of what can only be walked from its beginning.
pub(super) fn pick<T: Copy>(mut items: impl Iterator<Item = T>, positions: &[usize]) -> Vec<T> {
    if !positions.is_sorted_by(|a, b| a < b) {
        let items: Vec<T> = items.collect();
        return positions.iter().filter_map(|&position| items.get(position).copied()).collect();
    }
    let mut walked = 0;
    let next = |&position: &usize| {
        let item = items.nth(position - walked);
        walked = position + 1;
        item
    };
    positions.iter().filter_map(next).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;

    fn samples() -> Vec<Vec<u8>> {
        let mut samples: Vec<Vec<u8>> = [0, 1, 127, 128, -1, 32767, 32768, -32769, i64::MAX, i64::MIN, 1 << 31]
            .iter()
            .map(|value: &i64| value.to_string().into_bytes())
            .collect();
        samples.extend([0, 1, 63, 64, 65535, 65536, 70000].map(|len| vec![b'x'; len]));
        samples.extend(["007", "-0", "+1", "1.5", " 1"].map(|text| text.as_bytes().to_vec()));
        samples
    }

    #[test]
    fn every_form_reads_back() {
        let mut packed = Packed::new();
        for sample in samples() {
            packed.push(Entry::new(&sample));
        }
        let back: Vec<Vec<u8>> = packed.iter().map(|entry| entry.bytes().into_owned()).collect();
        assert_eq!(back, samples());
        for (index, sample) in samples().iter().enumerate() {
            assert_eq!(packed.find(Entry::new(sample), 1), Some(packed.position(index)));
            assert_eq!(packed.get(packed.position(index)).map(Entry::len), Some(sample.len()));
        }
        assert_eq!(packed.find(Entry::new(b"absent"), 1), None);
    }

    /// Random changes, compared with a plain vector.
    #[test]
    fn changes_agree_with_a_vector() {
        let mut random = random_below(7);
        let samples = samples();
        let (mut packed, mut model) = (Packed::new(), Vec::<Vec<u8>>::new());
        for _ in 0..3000 {
            let sample = &samples[random(samples.len())];
            let index = random(model.len() + 1);
            let at = packed.position(index);
            match random(4) {
                0 => {
                    packed.insert(at, Entry::new(sample));
                    model.insert(index, sample.clone());
                }
                1 if index < model.len() => {
                    packed.replace(at, Entry::new(sample));
                    model[index] = sample.clone();
                }
                2 => {
                    let count = random(3).min(model.len() - index);
                    packed.remove(at, count);
                    model.drain(index..index + count);
                }
                _ if model.len() < 50 => {
                    packed.push(Entry::new(sample));
                    model.push(sample.clone());
                }
                _ => {}
            }
            assert_eq!(packed.len(), model.len());
        }
        let back: Vec<Vec<u8>> = packed.iter().map(|entry| entry.bytes().into_owned()).collect();
        assert_eq!(back, model);
    }
}
