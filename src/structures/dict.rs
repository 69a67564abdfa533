//! A map from byte strings to values, with positions: see [`Keys`].

use super::bytes::Bytes;
use super::keys::Keys;
use super::pages::Pages;

/// A map from byte strings to `V`, with positions.
#[derive(Clone)]
pub struct Dict<V> {
    keys: Keys,
    values: Pages<V>,
}

impl<V> Default for Dict<V> {
    fn default() -> Self {
        Dict { keys: Keys::default(), values: Pages::default() }
    }
}

impl<V: std::fmt::Debug> std::fmt::Debug for Dict<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter().map(|(key, value)| (Bytes::new(key), value))).finish()
    }
}

impl<V> Dict<V> {
    pub fn new() -> Self {
        Self::default()
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds the position of `key`, good until the next removal.
    #[inline]
    pub fn find(&self, key: &[u8]) -> Option<usize> {
        self.keys.find(key)
    }

    #[inline]
    pub fn contains(&self, key: &[u8]) -> bool {
        self.find(key).is_some()
    }

    #[inline]
    pub fn get(&self, key: &[u8]) -> Option<&V> {
        self.values.get(self.find(key)?)
    }

    #[inline]
    pub fn get_mut(&mut self, key: &[u8]) -> Option<&mut V> {
        let at = self.find(key)?;
        self.values.get_mut(at)
    }

    /// Shows the entry at a position below `len()`.
    #[inline]
    pub fn at(&self, position: usize) -> Option<(&[u8], &V)> {
        self.values.get(position).map(|value| (self.keys.name(position), value))
    }

    /// Shows the key at a position; the empty one where there is none.
    #[inline]
    pub fn key(&self, position: usize) -> &[u8] {
        self.keys.name(position)
    }

    /// Shows the value at a position below `len()`.
    #[inline]
    pub fn value(&self, position: usize) -> Option<&V> {
        self.values.get(position)
    }

    /// Opens the value at a position below `len()`.
    #[inline]
    pub fn at_mut(&mut self, position: usize) -> Option<&mut V> {
        self.values.get_mut(position)
    }

    /// Sets `key` and answers the value that it had.
    pub fn insert(&mut self, key: &[u8], value: V) -> Option<V> {
        let (at, added) = self.keys.find_or_push(key);
        if added {
            self.values.push(value);
            return None;
        }
        self.values.get_mut(at).map(|old| std::mem::replace(old, value))
    }

    /// Finds `key`, adding it with `value()` if it is absent. The flag says that it was added.
    pub fn get_or_insert_with(&mut self, key: &[u8], value: impl FnOnce() -> V) -> (&mut V, bool) {
        let (at, added) = self.keys.find_or_push(key);
        if added {
            self.values.push(value());
        }
        (self.values.get_mut(at).expect("every key has its value"), added)
    }

    /// Removes `key` and answers its value. The last entry takes its position.
    pub fn remove(&mut self, key: &[u8]) -> Option<V> {
        self.find(key).and_then(|at| self.drop_at(at))
    }

    /// Removes the entry at a position below `len()` and answers its value. The last entry takes its position.
    pub fn drop_at(&mut self, position: usize) -> Option<V> {
        self.keys.remove(position);
        self.values.swap_remove(position)
    }

    /// Removes the entry at a position below `len()`. The last entry takes its position.
    pub fn remove_at(&mut self, position: usize) -> Option<(Bytes, V)> {
        let key = Bytes::new(self.keys.name(position));
        self.drop_at(position).map(|value| (key, value))
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Walks the entries in their order: insertion, with swaps where something was removed.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&[u8], &V)> + ExactSizeIterator {
        (0..self.len()).map(|at| self.at(at).expect("every position has its entry"))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &[u8]> + ExactSizeIterator {
        (0..self.len()).map(|at| self.keys.name(at))
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.values.iter()
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.values.iter_mut()
    }

    /// Visits up to `count` entries from `cursor` on (0 to begin) and answers the next cursor, 0 at the end: see
    /// [`Keys::scan`].
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(&[u8], &V)) -> u64 {
        let (positions, next) = self.keys.scan(cursor, count);
        positions.rev().filter_map(|at| self.at(at)).for_each(|(key, value)| visit(key, value));
        next
    }

    /// Counts the bytes that stand empty for entries to come.
    pub fn slack(&self) -> usize {
        self.keys.slack() + self.values.slack()
    }

    /// Counts the bytes allocated, save what the values own.
    pub fn heap_size(&self) -> usize {
        self.keys.heap_size() + self.values.heap_size()
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
            assert_eq!(dict.remove(&n.to_le_bytes()), Some(n));
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
