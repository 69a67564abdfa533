//! Many byte strings in one reply.

use super::words;
use crate::structures::Entry;
use crate::structures::number::{int_digits, write_double};

/// Byte strings one after another in one allocation, as [`words`] writes them: what lists, sets and hashes answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Strings {
    run: Vec<u8>,
    count: usize,
}

/// What the strings are to whoever asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    Array,
    /// Distinct members: an array in RESP2.
    Set,
    /// Names and values in turn: an array in RESP2.
    Map,
}

impl Strings {
    /// Makes room for `count` short strings, which are there: a number that was only asked for has no bounds.
    pub fn with_capacity(count: usize) -> Strings {
        Strings { run: Vec::with_capacity(count * 16 + words::SLACK), count: 0 }
    }

    #[inline]
    pub fn push(&mut self, text: &[u8]) {
        words::string(&mut self.run, text);
        self.count += 1;
    }

    /// Adds a double as Redis prints it.
    pub fn push_double(&mut self, value: f64) {
        let mut text = Vec::with_capacity(24);
        write_double(&mut text, value);
        self.push(&text);
    }

    /// Counts the strings.
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Shows the strings as they are written.
    pub(super) fn run(&self) -> &[u8] {
        &self.run
    }

    /// Walks the strings.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.run.as_slice();
        std::iter::from_fn(move || words::take_string(&mut rest))
    }
}

impl<'a> Extend<&'a [u8]> for Strings {
    #[inline]
    fn extend<I: IntoIterator<Item = &'a [u8]>>(&mut self, texts: I) {
        texts.into_iter().for_each(|text| self.push(text));
    }
}

impl<'a> Extend<Entry<'a>> for Strings {
    #[inline]
    fn extend<I: IntoIterator<Item = Entry<'a>>>(&mut self, entries: I) {
        entries.into_iter().for_each(|entry| match entry {
            Entry::Bytes(text) => self.push(text),
            Entry::Int(value) => self.push(int_digits(value, &mut [0; 20])),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_every_length_come_back() {
        let texts: Vec<Vec<u8>> = (0..200).map(|len| (0..len).map(|n| (n * len) as u8).collect()).collect();
        let mut strings = Strings::default();
        strings.extend(texts.iter().map(Vec::as_slice));
        strings.extend([Entry::Int(-7), Entry::Bytes(b"x")]);
        assert_eq!(strings.len(), 202);
        let expected = texts.iter().map(Vec::as_slice).chain([&b"-7"[..], b"x"]);
        assert!(strings.iter().eq(expected));
    }
}
