//! A run of list elements in one allocation.

use std::ops::Range;

/// Some elements of a list, open at both ends.
///
/// Each element stands as its length, its bytes and its length again, so that the run can be read from either end. A
/// length takes 7 bits a byte; the high bit says that more bytes follow, in the direction of reading. Room is left
/// before the first element too, so that adding there moves nothing most of the time.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    bytes: Vec<u8>,
    /// Where the first element begins.
    start: usize,
    len: usize,
}

/// The most room that is made at once before the first element, beside what the element needs itself.
const ROOM: usize = 1024;

impl Chunk {
    /// Counts the elements.
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Counts the bytes that the elements take.
    #[inline]
    pub fn size(&self) -> usize {
        self.bytes.len() - self.start
    }

    /// Counts the bytes that an element of `len` bytes takes.
    #[inline]
    pub fn size_of(len: usize) -> usize {
        len + 2 * width(len)
    }

    /// Walks the elements from either end.
    #[inline]
    pub fn iter(&self) -> Elements<'_> {
        Elements { bytes: &self.bytes[self.start..], left: self.len }
    }

    pub fn push_back(&mut self, element: &[u8]) {
        write(&mut self.bytes, element);
        self.len += 1;
    }

    pub fn push_front(&mut self, element: &[u8]) {
        let size = Chunk::size_of(element.len());
        if self.start < size {
            let start = size + self.size().min(ROOM);
            let mut bytes = Vec::with_capacity(start + self.size());
            bytes.resize(start, 0);
            bytes.extend_from_slice(&self.bytes[self.start..]);
            self.bytes = bytes;
            self.start = start;
        }
        let start = self.start - size;
        let width = width(element.len());
        write_length(&mut self.bytes[start..], element.len(), width);
        self.bytes[start + width..][..element.len()].copy_from_slice(element);
        write_length(&mut self.bytes[start + width + element.len()..], element.len(), width);
        self.bytes[self.start - width..self.start].reverse();
        self.start = start;
        self.len += 1;
    }

    /// Removes up to `count` elements from the front.
    pub fn remove_front(&mut self, count: usize) {
        let count = count.min(self.len);
        self.start += self.span(0..count).len();
        self.len -= count;
        if self.start > self.size() + ROOM {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
    }

    /// Removes up to `count` elements from the back.
    pub fn remove_back(&mut self, count: usize) {
        let count = count.min(self.len);
        let span = self.span(self.len - count..self.len);
        self.bytes.truncate(span.start);
        self.len -= count;
    }

    /// Puts `element` before the one at `index`, or at the end.
    pub fn insert(&mut self, index: usize, element: &[u8]) {
        self.splice(index..index, element);
    }

    /// Puts `element` in the place of the one at `index`.
    pub fn replace(&mut self, index: usize, element: &[u8]) {
        self.splice(index..index + 1, element);
    }

    fn splice(&mut self, range: Range<usize>, element: &[u8]) {
        let mut written = Vec::with_capacity(Chunk::size_of(element.len()));
        write(&mut written, element);
        let span = self.span(range.clone());
        self.bytes.splice(span, written);
        self.len += 1 - range.len();
    }

    /// Keeps the elements for which `keep` holds, and answers how many went.
    pub fn retain(&mut self, mut keep: impl FnMut(&[u8]) -> bool) -> usize {
        let mut kept = Chunk { bytes: Vec::with_capacity(self.size()), start: 0, len: 0 };
        for element in self.iter().filter(|element| keep(element)) {
            kept.push_back(element);
        }
        let removed = self.len - kept.len;
        *self = kept;
        removed
    }

    /// Takes the elements from `index` on into a chunk of their own.
    pub fn split_off(&mut self, index: usize) -> Chunk {
        let at = self.span(index..index).start;
        let right = Chunk { bytes: self.bytes.split_off(at), start: 0, len: self.len - index };
        self.len = index;
        right
    }

    /// Adds the elements of a right neighbour.
    pub fn append(&mut self, right: &Chunk) {
        self.bytes.extend_from_slice(&right.bytes[right.start..]);
        self.len += right.len;
    }

    /// Gives back the memory that stands empty, once nothing more is added at either end.
    pub fn seal(&mut self) {
        self.bytes.drain(..self.start);
        self.start = 0;
        self.bytes.shrink_to_fit();
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.bytes.capacity()
    }

    /// Finds the bytes of a range of elements, walking from the nearer end to each border.
    fn span(&self, range: Range<usize>) -> Range<usize> {
        let border = |index: usize| {
            let mut elements = self.iter();
            if index <= self.len / 2 {
                elements.by_ref().take(index).for_each(drop);
                self.bytes.len() - elements.bytes.len()
            } else {
                elements.by_ref().rev().take(self.len - index).for_each(drop);
                self.start + elements.bytes.len()
            }
        };
        border(range.start)..border(range.end)
    }
}

/// A walk over a chunk's elements from either end.
pub struct Elements<'a> {
    bytes: &'a [u8],
    left: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        self.left = self.left.checked_sub(1)?;
        // Nearly all lengths take one byte.
        if let [len @ ..0x80, rest @ ..] = self.bytes
            && let Some((element, [_, rest @ ..])) = rest.split_at_checked(usize::from(*len))
        {
            self.bytes = rest;
            return Some(element);
        }
        let (len, width) = read_length(self.bytes.iter());
        let (element, rest) = self.bytes[width..].split_at(len);
        self.bytes = &rest[width..];
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<'a> DoubleEndedIterator for Elements<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [u8]> {
        self.left = self.left.checked_sub(1)?;
        let (len, width) = read_length(self.bytes.iter().rev());
        let end = self.bytes.len() - width;
        let element = &self.bytes[end - len..end];
        self.bytes = &self.bytes[..end - len - width];
        Some(element)
    }
}

/// Counts the bytes of a written length.
#[inline]
fn width(len: usize) -> usize {
    (usize::BITS - (len | 1).leading_zeros()).div_ceil(7) as usize
}

fn write(out: &mut Vec<u8>, element: &[u8]) {
    let width = width(element.len());
    out.reserve(Chunk::size_of(element.len()));
    let at = out.len();
    out.resize(at + width, 0);
    write_length(&mut out[at..], element.len(), width);
    out.extend_from_slice(element);
    let at = out.len();
    out.resize(at + width, 0);
    write_length(&mut out[at..], element.len(), width);
    out[at..].reverse();
}

fn write_length(out: &mut [u8], len: usize, width: usize) {
    for (n, byte) in out[..width].iter_mut().enumerate() {
        let more = if n + 1 < width { 0x80 } else { 0 };
        *byte = (len >> (7 * n)) as u8 & 0x7f | more;
    }
}

#[inline]
fn read_length<'a>(bytes: impl Iterator<Item = &'a u8>) -> (usize, usize) {
    let (mut len, mut width) = (0, 0);
    for byte in bytes {
        len |= usize::from(byte & 0x7f) << (7 * width);
        width += 1;
        if *byte < 0x80 {
            break;
        }
    }
    (len, width)
}
