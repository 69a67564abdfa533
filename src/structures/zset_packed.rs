//! A small zset: its members and scores in order in one run of bytes.

use std::ops::Range;

/// Members in order of (score, member): each as its length (7 bits a byte, the high bit set on all but the last), its
/// bytes and its score in 8.
#[derive(Debug, Clone, Default)]
pub struct PackedZset {
    bytes: Vec<u8>,
    len: u32,
}

/// One member and where it stands.
#[derive(Clone)]
pub struct Entry<'a> {
    pub member: &'a [u8],
    pub score: f64,
    pub(super) span: (usize, usize),
}

impl PackedZset {
    #[inline]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Walks the members in order.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let entry = self.read(at)?;
            at = entry.span.1;
            Some(entry)
        })
    }

    /// Reads the entry that begins at an offset.
    #[inline]
    fn read(&self, from: usize) -> Option<Entry<'_>> {
        let (mut length, mut shift, mut at) = (0, 0, from);
        loop {
            let byte = *self.bytes.get(at)?;
            at += 1;
            length |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        let (member, rest) = self.bytes.get(at..)?.split_at_checked(length)?;
        Some(Entry { member, score: f64::from_le_bytes(*rest.first_chunk()?), span: (from, at + length + 8) })
    }

    /// Finds a member with its rank.
    pub fn find(&self, member: &[u8]) -> Option<(usize, Entry<'_>)> {
        let (mut at, mut rank) = (0, 0);
        while let Some(entry) = self.read(at) {
            if entry.member.len() == member.len() && entry.member == member {
                return Some((rank, entry));
            }
            (at, rank) = (entry.span.1, rank + 1);
        }
        None
    }

    /// Adds a member that is not there, after those for which `before` holds.
    pub fn insert(&mut self, member: &[u8], score: f64, before: impl Fn(f64, &[u8]) -> bool) {
        let at =
            self.iter().find(|entry| !before(entry.score, entry.member)).map_or(self.bytes.len(), |entry| entry.span.0);
        let mut head = [0; 10];
        let (mut rest, mut width) = (member.len(), 0);
        while rest >= 0x80 {
            head[width] = rest as u8 | 0x80;
            rest >>= 7;
            width += 1;
        }
        head[width] = rest as u8;
        width += 1;
        let added = width + member.len() + 8;
        let old = self.bytes.len();
        if self.bytes.capacity() - old < added {
            self.bytes.reserve_exact(added.max(old / 8));
        }
        self.bytes.resize(old + added, 0);
        self.bytes.copy_within(at..old, at + added);
        self.bytes[at..at + width].copy_from_slice(&head[..width]);
        self.bytes[at + width..at + width + member.len()].copy_from_slice(member);
        self.bytes[at + added - 8..at + added].copy_from_slice(&score.to_le_bytes());
        self.len += 1;
    }

    /// Removes the member that takes up a span.
    pub(super) fn cut(&mut self, span: (usize, usize)) {
        self.bytes.drain(span.0..span.1);
        self.len -= 1;
    }

    /// Removes the members whose ranks lie in a range.
    pub fn remove(&mut self, ranks: Range<usize>) {
        let mut spans = self.iter().skip(ranks.start).take(ranks.len()).map(|entry| entry.span);
        let Some((from, mut to)) = spans.next() else { return };
        let mut removed = 1;
        for span in spans {
            to = span.1;
            removed += 1;
        }
        self.bytes.drain(from..to);
        self.len -= removed;
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.bytes.capacity()
    }
}
