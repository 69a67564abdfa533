//! The one table under keys, fields and members.
//!
//! Entries stand in a dense vector and a table of 32-bit indices finds them. Removal swaps the last entry into the
//! hole. A scan walks the vector from its end downwards with the index as cursor, which keeps Redis's guarantee for
//! free: an entry moves only from the end, which has been visited, or stays among those not yet visited, and growth
//! moves none. A fair random pick is one random index.

use super::bytes::{Bytes, same};
use super::hasher::hash;
use hashbrown::HashTable;

/// A map from byte strings to `V`, with positions.
#[derive(Clone)]
pub struct Dict<V> {
    entries: Vec<(Bytes, V)>,
    index: HashTable<u32>,
}

impl<V> Default for Dict<V> {
    fn default() -> Self {
        Dict { entries: Vec::new(), index: HashTable::new() }
    }
}

impl<V: std::fmt::Debug> std::fmt::Debug for Dict<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<V> Dict<V> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn with_capacity(capacity: usize) -> Self {
        Dict { entries: Vec::with_capacity(capacity), index: HashTable::with_capacity(capacity) }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Finds the position of `key`, good until the next insertion or removal.
    #[inline]
    pub fn find(&self, key: &[u8]) -> Option<usize> {
        let entries = &self.entries;
        self.index.find(hash(key), |&at| same(&entries[at as usize].0, key)).map(|&at| at as usize)
    }

    #[inline]
    pub fn contains(&self, key: &[u8]) -> bool {
        self.find(key).is_some()
    }

    #[inline]
    pub fn get(&self, key: &[u8]) -> Option<&V> {
        self.find(key).map(|at| &self.entries[at].1)
    }

    #[inline]
    pub fn get_mut(&mut self, key: &[u8]) -> Option<&mut V> {
        self.find(key).map(|at| &mut self.entries[at].1)
    }

    /// Shows the entry at a position below `len()`.
    #[inline]
    pub fn at(&self, position: usize) -> Option<(&Bytes, &V)> {
        self.entries.get(position).map(|(key, value)| (key, value))
    }

    #[inline]
    pub fn at_mut(&mut self, position: usize) -> Option<(&Bytes, &mut V)> {
        self.entries.get_mut(position).map(|(key, value)| (&*key, value))
    }

    /// Sets `key` and answers the value that it had.
    pub fn insert(&mut self, key: &[u8], value: V) -> Option<V> {
        match self.find(key) {
            Some(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            None => {
                self.push_new(Bytes::new(key), value);
                None
            }
        }
    }

    /// Finds `key`, adding it with `value()` if it is absent. The flag says that it was added.
    pub fn get_or_insert_with(&mut self, key: &[u8], value: impl FnOnce() -> V) -> (&mut V, bool) {
        let found = self.find(key);
        let at = found.unwrap_or_else(|| self.push_new(Bytes::new(key), value()));
        (&mut self.entries[at].1, found.is_none())
    }

    fn push_new(&mut self, key: Bytes, value: V) -> usize {
        let at = self.entries.len();
        let hash_of_key = hash(&key);
        self.entries.push((key, value));
        let entries = &self.entries;
        self.index.insert_unique(hash_of_key, at as u32, |&other| hash(&entries[other as usize].0));
        at
    }

    /// Removes `key` and answers the entry. The last entry takes its position.
    pub fn remove(&mut self, key: &[u8]) -> Option<(Bytes, V)> {
        let entries = &self.entries;
        let slot = self.index.find_entry(hash(key), |&at| same(&entries[at as usize].0, key)).ok()?;
        let (at, _) = slot.remove();
        Some(self.take(at as usize))
    }

    /// Removes the entry at a position below `len()`.
    pub fn remove_at(&mut self, position: usize) -> Option<(Bytes, V)> {
        let hash_of_key = hash(&self.entries.get(position)?.0);
        let slot = self.index.find_entry(hash_of_key, |&at| at as usize == position).ok()?;
        slot.remove();
        Some(self.take(position))
    }

    /// Takes the entry whose index slot is already gone.
    fn take(&mut self, at: usize) -> (Bytes, V) {
        let last = self.entries.len() - 1;
        if at != last {
            let moved = hash(&self.entries[last].0);
            if let Some(slot) = self.index.find_mut(moved, |&other| other as usize == last) {
                *slot = at as u32;
            }
        }
        let entry = self.entries.swap_remove(at);
        self.shrink();
        entry
    }

    /// Gives memory back once three quarters of it stand empty.
    fn shrink(&mut self) {
        let (len, capacity) = (self.entries.len(), self.entries.capacity());
        if capacity > 64 && len * 4 < capacity {
            self.entries.shrink_to(len * 2);
            let entries = &self.entries;
            self.index.shrink_to(len * 2, |&at| hash(&entries[at as usize].0));
        }
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Walks the entries in their order: insertion, with swaps where something was removed.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Bytes, &V)> + ExactSizeIterator {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Bytes> + ExactSizeIterator {
        self.entries.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator {
        self.entries.iter().map(|(_, value)| value)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Visits up to `count` entries from `cursor` on (0 to begin) and answers the next cursor, 0 at the end.
    ///
    /// Every entry that is present from the beginning of a full scan to its end is visited at least once.
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(&Bytes, &V)) -> u64 {
        let len = self.entries.len();
        let from = if cursor == 0 { len } else { usize::try_from(cursor).unwrap_or(len).min(len) };
        let to = from.saturating_sub(count.max(1));
        for (key, value) in self.entries[to..from].iter().rev() {
            visit(key, value);
        }
        to as u64
    }

    /// Counts the bytes that stand empty for entries to come.
    pub fn slack(&self) -> usize {
        (self.entries.capacity() - self.entries.len()) * size_of::<(Bytes, V)>()
    }

    /// Counts the bytes that the table itself holds, without what its entries own.
    pub fn table_size(&self) -> usize {
        self.entries.capacity() * size_of::<(Bytes, V)>() + self.index.capacity() * 5
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;

    /// A scan that runs while entries come and go reports every entry that stayed, whatever happens around it.
    #[test]
    fn scan_keeps_its_guarantee_under_writes() {
        let mut random = random_below(1);
        for round in 0..200 {
            let mut dict = Dict::new();
            let total = 1 + random(300);
            for n in 0..total {
                dict.insert(format!("k{n}").as_bytes(), n);
            }
            let mut stayed = vec![true; total];
            let mut seen = vec![false; total];
            let mut cursor = 0;
            loop {
                cursor = dict.scan(cursor, 1 + random(10), |_, &n| {
                    if n < total {
                        seen[n] = true
                    }
                });
                if cursor == 0 {
                    break;
                }
                for _ in 0..random(12) {
                    let n = random(total);
                    if dict.remove(format!("k{n}").as_bytes()).is_some() {
                        stayed[n] = false;
                    }
                }
                for n in 0..random(12) {
                    dict.insert(format!("new{round}-{}-{n}", random(1000)).as_bytes(), total + n);
                }
            }
            for n in 0..total {
                assert!(seen[n] || !stayed[n], "round {round}: k{n} stayed and was not seen");
            }
        }
    }

    #[test]
    fn removal_keeps_the_index() {
        let mut dict = Dict::new();
        for n in 0..1000u32 {
            dict.insert(&n.to_le_bytes(), n);
        }
        for n in (0..1000u32).step_by(3) {
            assert_eq!(dict.remove(&n.to_le_bytes()).map(|entry| entry.1), Some(n));
        }
        for n in 0..1000u32 {
            assert_eq!(dict.get(&n.to_le_bytes()).copied(), (n % 3 != 0).then_some(n));
        }
        while let Some((key, _)) = dict.remove_at(dict.len() / 2) {
            assert!(!dict.contains(&key));
        }
        assert!(dict.is_empty());
    }
}
