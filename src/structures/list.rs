//! The value of a list key.

use super::list_chunk::Chunk;
use super::number::parse_int;
use std::collections::VecDeque;
use std::ops::Range;

/// Elements in the order in which they were put.
///
/// A deque of chunks, each a run of elements in one allocation: both ends in O(1), an index in O(chunks). Redis calls
/// a list of one small run a `listpack` and any other a `quicklist`; which one it would be is counted as Redis counts
/// it, beside the chunks and without influence on them. Only when a list shrinks again may the two disagree: chunks are
/// not divided at the same elements as Redis's nodes after insertions in the middle.
#[derive(Debug, Clone)]
pub struct List {
    chunks: VecDeque<Chunk>,
    len: usize,
    /// The bytes that Redis's listpack would take while the list is one.
    listpack: Option<usize>,
}

/// How much goes into one chunk, and into a list that is one listpack.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    bytes: usize,
    count: usize,
}

/// The bytes of an empty listpack.
const LISTPACK_EMPTY: usize = 7;
/// Neighbours that take no more than this together become one chunk.
const JOIN: usize = 2048;

impl Limit {
    /// Reads `list-max-listpack-size`: a number of elements, or -1 to -5 for 4 KB to 64 KB.
    pub fn new(list_max_listpack_size: i64) -> Limit {
        match list_max_listpack_size {
            size @ ..0 => Limit { bytes: 2048 << size.unsigned_abs().min(5), count: usize::MAX },
            count => Limit { bytes: 8192, count: usize::try_from(count).unwrap_or(usize::MAX).max(1) },
        }
    }

    /// Tells whether `len` elements in `bytes` stay within the limit.
    fn admits(self, bytes: usize, len: usize) -> bool {
        bytes <= self.bytes && len <= self.count
    }
}

impl Default for List {
    fn default() -> List {
        List { chunks: VecDeque::new(), len: 0, listpack: Some(LISTPACK_EMPTY) }
    }
}

impl List {
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Walks all elements.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        self.chunks.iter().flat_map(Chunk::iter)
    }

    /// Walks the elements at a range of indices.
    pub fn range(&self, range: Range<usize>) -> impl Iterator<Item = &[u8]> {
        let count = range.len();
        let (chunk, within) = self.locate(range.start);
        self.chunks.range(chunk.min(self.chunks.len())..).flat_map(Chunk::iter).skip(within).take(count)
    }

    /// Shows the element at an index.
    pub fn get(&self, index: usize) -> Option<&[u8]> {
        let (chunk, within) = self.locate(index);
        let chunk = self.chunks.get(chunk)?;
        if within < chunk.len() / 2 {
            chunk.iter().nth(within)
        } else {
            chunk.iter().rev().nth(chunk.len() - 1 - within)
        }
    }

    /// Makes a listpack that would outgrow `limit` by what is about to be added into a quicklist, as Redis does before
    /// it adds: all at once, and by the plain length of each element.
    pub fn expect<'a>(&mut self, added: impl ExactSizeIterator<Item = &'a [u8]>, limit: Limit) {
        if let Some(bytes) = self.listpack {
            let len = self.len + added.len();
            if !limit.admits(bytes + added.map(<[u8]>::len).sum::<usize>(), len) {
                self.listpack = None;
            }
        }
    }

    /// Makes a listpack into a quicklist.
    pub fn make_quicklist(&mut self) {
        self.listpack = None;
    }

    /// Makes a quicklist that has shrunk to half of `limit` into a listpack again.
    pub fn settle(&mut self, limit: Limit) {
        if self.listpack.is_none() && self.chunks.len() == 1 {
            let half = Limit { bytes: limit.bytes / 2, count: limit.count / 2 };
            if half.admits(self.chunks[0].size() + LISTPACK_EMPTY, self.len) {
                self.listpack = Some(LISTPACK_EMPTY + self.iter().map(listpack_size).sum::<usize>());
            }
        }
    }

    pub fn push_front(&mut self, element: &[u8], limit: Limit) {
        self.count_in(element);
        if !self.chunks.front().is_some_and(|chunk| has_room(chunk, element, limit)) {
            if let Some(full) = self.chunks.front_mut() {
                full.seal();
            } else {
                self.chunks.reserve_exact(1);
            }
            self.chunks.push_front(Chunk::default());
        }
        self.chunks[0].push_front(element);
    }

    pub fn push_back(&mut self, element: &[u8], limit: Limit) {
        self.count_in(element);
        if !self.chunks.back().is_some_and(|chunk| has_room(chunk, element, limit)) {
            if let Some(full) = self.chunks.back_mut() {
                full.seal();
            } else {
                self.chunks.reserve_exact(1);
            }
            self.chunks.push_back(Chunk::default());
        }
        if let Some(last) = self.chunks.back_mut() {
            last.push_back(element);
        }
    }

    /// Removes up to `count` elements from the front.
    pub fn remove_front(&mut self, count: usize) {
        let mut left = count.min(self.len);
        self.count_out(0..left);
        while left > 0 {
            let first = &mut self.chunks[0];
            let here = left.min(first.len());
            left -= here;
            if here == first.len() {
                self.chunks.pop_front();
            } else {
                first.remove_front(here);
            }
        }
    }

    /// Removes up to `count` elements from the back.
    pub fn remove_back(&mut self, count: usize) {
        let mut left = count.min(self.len);
        self.count_out(self.len - left..self.len);
        while let Some(last) = self.chunks.back_mut()
            && left > 0
        {
            let here = left.min(last.len());
            left -= here;
            if here == last.len() {
                self.chunks.pop_back();
            } else {
                last.remove_back(here);
            }
        }
    }

    /// Puts `element` in the place of the one at `index`, which is below `len()`.
    pub fn replace(&mut self, index: usize, element: &[u8]) {
        self.count_out(index..index + 1);
        self.count_in(element);
        let (at, within) = self.locate(index);
        self.chunks[at].replace(within, element);
    }

    /// Puts `element` before the one at `index`, which is below `len()`.
    pub fn insert(&mut self, index: usize, element: &[u8], limit: Limit) {
        let (mut at, mut within) = self.locate(index);
        self.count_in(element);
        if !has_room(&self.chunks[at], element, limit) {
            let right = self.chunks[at].split_off(within);
            at += 1;
            self.chunks.insert(at, right);
            within = 0;
            if !has_room(&self.chunks[at], element, limit) {
                self.chunks.insert(at, Chunk::default());
            }
            self.chunks[at].insert(within, element);
            self.join(at);
            self.chunks.retain(|chunk| chunk.len() > 0);
            return;
        }
        self.chunks[at].insert(within, element);
    }

    /// Removes up to `count` elements equal to `element`, beginning from the back if `backwards`, and answers how many.
    pub fn remove_equal(&mut self, element: &[u8], count: usize, backwards: bool) -> usize {
        let mut removed = 0;
        let mut seen = 0;
        let total = self.chunks.len();
        while seen < total && removed < count {
            let at = if backwards { total - 1 - seen } else { seen };
            seen += 1;
            let hits = self.chunks[at].iter().filter(|&other| other == element).count();
            if hits == 0 {
                continue;
            }
            let here = hits.min(count - removed);
            let spared = if backwards { hits - here } else { 0 };
            let mut hit = 0;
            removed += self.chunks[at].retain(|other| {
                if other != element {
                    return true;
                }
                hit += 1;
                hit <= spared || hit > spared + here
            });
        }
        if removed > 0 {
            self.len -= removed;
            if let Some(bytes) = &mut self.listpack {
                *bytes -= removed * listpack_size(element);
            }
            self.chunks.retain(|chunk| chunk.len() > 0);
            for at in (1..self.chunks.len()).rev() {
                self.join(at);
            }
        }
        removed
    }

    /// Names the encoding.
    pub fn encoding(&self) -> &'static str {
        if self.listpack.is_some() { "listpack" } else { "quicklist" }
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.chunks.capacity() * size_of::<Chunk>() + self.chunks.iter().map(Chunk::heap_size).sum::<usize>()
    }

    /// Finds the chunk of an index and the index within it, counting from the nearer end.
    fn locate(&self, index: usize) -> (usize, usize) {
        if index >= self.len {
            return (self.chunks.len(), 0);
        }
        if index < self.len / 2 {
            let mut before = 0;
            for (at, chunk) in self.chunks.iter().enumerate() {
                if index < before + chunk.len() {
                    return (at, index - before);
                }
                before += chunk.len();
            }
        } else {
            let mut before = self.len;
            for (at, chunk) in self.chunks.iter().enumerate().rev() {
                before -= chunk.len();
                if index >= before {
                    return (at, index - before);
                }
            }
        }
        (self.chunks.len(), 0)
    }

    /// Makes a chunk and its left neighbour one if both are small.
    fn join(&mut self, at: usize) {
        if at > 0 && self.chunks[at - 1].size() + self.chunks[at].size() <= JOIN {
            if let Some(right) = self.chunks.remove(at) {
                self.chunks[at - 1].append(&right);
            }
        }
    }

    fn count_in(&mut self, element: &[u8]) {
        self.len += 1;
        if let Some(bytes) = &mut self.listpack {
            *bytes += listpack_size(element);
        }
    }

    fn count_out(&mut self, range: Range<usize>) {
        if let Some(bytes) = self.listpack {
            self.listpack = Some(bytes - self.range(range.clone()).map(listpack_size).sum::<usize>());
        }
        self.len -= range.len();
    }
}

fn has_room(chunk: &Chunk, element: &[u8], limit: Limit) -> bool {
    limit.admits(chunk.size() + Chunk::size_of(element.len()), chunk.len() + 1)
}

/// Counts the bytes of an element in Redis's listpack, where integers are packed.
/// See <https://github.com/antirez/listpack/blob/master/listpack.md>.
fn listpack_size(element: &[u8]) -> usize {
    let body = match parse_int(element) {
        Some(0..=127) => 1,
        Some(-4096..=4095) => 2,
        Some(-0x8000..=0x7fff) => 3,
        Some(-0x80_0000..=0x7f_ffff) => 4,
        Some(-0x8000_0000..=0x7fff_ffff) => 5,
        Some(_) => 9,
        None => {
            element.len()
                + [(64, 1), (4096, 2)].iter().find(|(below, _)| element.len() < *below).map_or(5, |(_, head)| *head)
        }
    };
    body + [(128, 1), (16_383, 2), (2_097_151, 3), (268_435_455, 4)]
        .iter()
        .find(|(below, _)| body < *below)
        .map_or(5, |(_, tail)| *tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;

    /// Random edits leave the list equal to a vector, whatever the size of its chunks.
    #[test]
    fn agrees_with_a_vector() {
        let mut random = random_below(3);
        for limit in [Limit::new(3), Limit::new(128), Limit::new(-1), Limit::new(-2)] {
            let mut list = List::default();
            let mut model: Vec<Vec<u8>> = Vec::new();
            for step in 0..6000usize {
                let element = match random(20) {
                    0 => vec![b'x'; random(5000)],
                    1..8 => random(50).to_string().into_bytes(),
                    _ => vec![b'a'; random(140)],
                };
                let grow = random(10) < if (step / 1000).is_multiple_of(2) { 7 } else { 3 };
                match (grow, random(8)) {
                    (true, 0..3) => {
                        list.push_front(&element, limit);
                        model.insert(0, element);
                    }
                    (true, 3..6) => {
                        list.push_back(&element, limit);
                        model.push(element);
                    }
                    (true, _) if !model.is_empty() => {
                        let at = random(model.len());
                        list.insert(at, &element, limit);
                        model.insert(at, element);
                    }
                    (false, 0..3) => {
                        let count = random(4).min(model.len());
                        list.remove_front(count);
                        model.drain(..count);
                    }
                    (false, 3..5) => {
                        let count = random(4).min(model.len());
                        list.remove_back(count);
                        model.truncate(model.len() - count);
                    }
                    (false, 5) if !model.is_empty() => {
                        let at = random(model.len());
                        list.replace(at, &element);
                        model[at] = element;
                    }
                    (false, 6..8) => {
                        let (count, backwards) = (1 + random(3), random(2) == 0);
                        let mut removed = 0;
                        for _ in 0..count {
                            let mut hits = (0..model.len()).filter(|&at| model[at] == element);
                            let hit = if backwards { hits.next_back() } else { hits.next() };
                            if let Some(at) = hit {
                                model.remove(at);
                                removed += 1;
                            }
                        }
                        assert_eq!(list.remove_equal(&element, count, backwards), removed);
                    }
                    _ => {}
                }
                assert_eq!(list.len(), model.len());
                if let Some(bytes) = list.listpack {
                    assert_eq!(bytes, LISTPACK_EMPTY + model.iter().map(|e| listpack_size(e)).sum::<usize>());
                }
                if !model.is_empty() {
                    let at = random(model.len());
                    assert_eq!(list.get(at), Some(&*model[at]));
                    let to = at + random(model.len() - at + 1);
                    assert!(list.range(at..to).eq(model[at..to].iter().map(|e| &**e)), "step {step}");
                }
                if step % 100 == 0 {
                    assert!(list.iter().rev().eq(model.iter().rev().map(|e| &**e)));
                    list.settle(limit);
                }
            }
        }
    }
}
