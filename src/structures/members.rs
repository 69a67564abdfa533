//! The members of a large zset with their scores, found by name.
//!
//! A [`Dict`](super::Dict) in all but one thing: names stand one after another in a single run of bytes, and an entry
//! says where its name begins. So a member costs neither an allocation nor a pointer of its own. A name that was
//! removed leaves a gap; when half of the run is gaps it is written anew. Vectors grow by an eighth, since with many
//! members what stands empty counts for more than copying.

use super::bytes::same;
use super::hasher::hash;
use super::ordered::Scores;
use hashbrown::HashTable;

/// Names with scores, each at a position below `len()`.
#[derive(Clone, Default)]
pub struct Members {
    entries: Vec<Entry>,
    /// Each name as its length (7 bits a byte, the high bit set on all but the last) and its bytes.
    names: Vec<u8>,
    /// The bytes of `names` that belong to no entry any more.
    gaps: usize,
    index: HashTable<u32>,
}

#[derive(Clone, Copy)]
struct Entry {
    /// The score's bytes, so that entries need not be aligned to 8.
    score: [u8; 8],
    /// Where in `names` the name begins.
    name: usize,
}

impl Members {
    /// Makes an empty table with room for `count` members.
    pub fn with_capacity(count: usize) -> Members {
        Members {
            entries: Vec::with_capacity(count),
            names: Vec::new(),
            gaps: 0,
            index: HashTable::with_capacity(count),
        }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Finds the position of a member, good until the next removal.
    #[inline]
    pub fn find(&self, name: &[u8]) -> Option<u32> {
        self.index.find(hash(name), |&at| same(self.name(at), name)).copied()
    }

    /// Shows the name at a position; the empty one where there is none.
    #[inline]
    pub fn name(&self, position: u32) -> &[u8] {
        self.entries.get(position as usize).map_or(b"", |entry| name_at(&self.names, entry.name))
    }

    /// Adds a member that is not there and answers its position.
    pub fn push(&mut self, name: &[u8], score: f64) -> u32 {
        let (position, hash_of_name) = (self.entries.len() as u32, hash(name));
        if self.entries.len() == self.entries.capacity() {
            self.entries.reserve_exact((self.entries.len() / 8).max(16));
        }
        let size = name.len() + 10;
        if self.names.capacity() - self.names.len() < size {
            self.names.reserve_exact((self.names.len() / 8).max(size));
        }
        self.entries.push(Entry { score: score.to_le_bytes(), name: self.names.len() });
        let mut rest = name.len();
        while rest >= 0x80 {
            self.names.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.names.push(rest as u8);
        self.names.extend_from_slice(name);
        let (entries, names) = (&self.entries, &self.names);
        self.index.insert_unique(hash_of_name, position, |&at| hash(name_at(names, entries[at as usize].name)));
        position
    }

    /// Sets the score at a position.
    pub fn set_score(&mut self, position: u32, score: f64) {
        if let Some(entry) = self.entries.get_mut(position as usize) {
            entry.score = score.to_le_bytes();
        }
    }

    /// Removes the member at a position below `len()`. The last one takes its position.
    pub fn remove(&mut self, position: u32) {
        let Some(&Entry { name: from, .. }) = self.entries.get(position as usize) else { return };
        let (start, end) = span(&self.names, from);
        let hash_of_name = hash(&self.names[start..end]);
        if let Ok(slot) = self.index.find_entry(hash_of_name, |&at| at == position) {
            slot.remove();
        }
        let last = self.entries.len() as u32 - 1;
        let hash_of_last = hash(self.name(last));
        if position != last
            && let Some(slot) = self.index.find_mut(hash_of_last, |&at| at == last)
        {
            *slot = position;
        }
        self.entries.swap_remove(position as usize);
        self.gaps += end - from;
        self.shrink();
    }

    /// Closes the gaps once they are half of the names, and gives memory back once three quarters of it stand empty.
    fn shrink(&mut self) {
        if self.gaps > 1024 && self.gaps * 2 > self.names.len() {
            let mut names = Vec::with_capacity(self.names.len() - self.gaps);
            for entry in &mut self.entries {
                let (_, end) = span(&self.names, entry.name);
                let at = names.len();
                names.extend_from_slice(&self.names[entry.name..end]);
                entry.name = at;
            }
            (self.names, self.gaps) = (names, 0);
        }
        let (len, capacity) = (self.entries.len(), self.entries.capacity());
        if capacity > 64 && len * 4 < capacity {
            self.entries.shrink_to(len + len / 8);
            let (entries, names) = (&self.entries, &self.names);
            self.index.shrink_to(len, |&at| hash(name_at(names, entries[at as usize].name)));
        }
    }

    /// Walks the members by position.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], f64)> {
        self.entries.iter().map(|entry| (name_at(&self.names, entry.name), f64::from_le_bytes(entry.score)))
    }

    /// Visits up to `count` members from `cursor` on as [`Dict::scan`](super::Dict::scan) does, with its guarantee.
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(&[u8], f64)) -> u64 {
        let len = self.entries.len();
        let from = if cursor == 0 { len } else { usize::try_from(cursor).unwrap_or(len).min(len) };
        let to = from.saturating_sub(count.max(1));
        for entry in self.entries[to..from].iter().rev() {
            visit(name_at(&self.names, entry.name), f64::from_le_bytes(entry.score));
        }
        to as u64
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>() + self.names.capacity() + self.index.allocation_size()
    }
}

impl Scores for Members {
    #[inline]
    fn score(&self, position: u32) -> f64 {
        self.entries.get(position as usize).map_or(0.0, |entry| f64::from_le_bytes(entry.score))
    }
}

/// Finds where the bytes of the name that begins at `from` stand.
#[inline]
fn span(names: &[u8], from: usize) -> (usize, usize) {
    let (mut len, mut shift, mut at) = (0, 0, from);
    loop {
        let byte = names[at];
        at += 1;
        len |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return (at, at + len);
        }
        shift += 7;
    }
}

#[inline]
fn name_at(names: &[u8], from: usize) -> &[u8] {
    let (start, end) = span(names, from);
    &names[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;
    use std::collections::HashMap;

    /// Members come and go in waves, which closes gaps and gives memory back; those that are there are always found.
    #[test]
    fn agrees_with_a_map() {
        let mut random = random_below(11);
        let (mut members, mut model) = (Members::default(), HashMap::new());
        for step in 0..60_000usize {
            let number = random(4000);
            let name = format!("{number}{}", "x".repeat(number % 300)).into_bytes();
            let growing = (step / 10_000).is_multiple_of(2);
            match members.find(&name) {
                None if growing => {
                    members.push(&name, step as f64);
                    model.insert(name, step as f64);
                }
                Some(at) if random(4) > 0 && !growing => {
                    members.remove(at);
                    model.remove(&name);
                }
                Some(at) => {
                    members.set_score(at, -1.0);
                    model.insert(name, -1.0);
                }
                None => {}
            }
            if step % 1000 == 999 {
                assert_eq!(members.len(), model.len());
                assert!(members.iter().all(|(name, score)| model.get(name) == Some(&score)));
                for (name, &score) in &model {
                    let at = members.find(name).unwrap();
                    assert_eq!((members.name(at), members.score(at)), (&name[..], score));
                }
            }
        }
    }
}
