//! A map and a set in the order of their keys, for small wasm: each type of `BTreeMap` is some 10 KB of it, one of these
//! 2 KB.
//!
//! Entries stand in order in chunks of up to 128, the chunks in one vector: a look-up is two binary searches, an
//! insertion moves at most one chunk, and now and then the vector of chunks, 12 bytes each. With a million entries that
//! is a move of some 100 KB every 64 insertions at worst, and none at all where keys only grow.

use std::borrow::Borrow;
use std::ops::{Bound, RangeBounds};

/// The most entries of a chunk.
const FULL: usize = 128;

/// A map in the order of its keys.
#[derive(Clone, Debug)]
pub struct SortedMap<K, V> {
    /// No chunk is empty.
    chunks: Vec<Vec<(K, V)>>,
    len: usize,
}

/// Where an entry stands, or would stand: its chunk and its place in it.
type Place = (usize, usize);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap { chunks: Vec::new(), len: 0 }
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<Place, Place>
    where
        K: Borrow<Q>,
    {
        let chunk = self.chunks.partition_point(|chunk| chunk[0].0.borrow() <= key).saturating_sub(1);
        let Some(entries) = self.chunks.get(chunk) else { return Err((0, 0)) };
        let found = entries.binary_search_by(|entry| entry.0.borrow().cmp(key));
        found.map(|at| (chunk, at)).map_err(|at| (chunk, at))
    }

    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|(chunk, at)| &self.chunks[chunk][at].1)
    }

    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|(chunk, at)| &mut self.chunks[chunk][at].1)
    }

    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Sets `key` and answers the value that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok((chunk, at)) => Some(std::mem::replace(&mut self.chunks[chunk][at].1, value)),
            Err(place) => {
                self.place(place, key, value);
                None
            }
        }
    }

    /// Finds `key`, adding it with `value()` if it is absent.
    pub fn get_or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let (chunk, at) = match self.find(&key) {
            Ok(place) => place,
            Err(place) => self.place(place, key, value()),
        };
        &mut self.chunks[chunk][at].1
    }

    /// Puts an entry where `find` says that it belongs.
    fn place(&mut self, (chunk, at): Place, key: K, value: V) -> Place {
        self.len += 1;
        let Some(entries) = self.chunks.get_mut(chunk) else {
            self.chunks.push(vec![(key, value)]);
            return (0, 0);
        };
        if entries.len() < FULL {
            entries.insert(at, (key, value));
            return (chunk, at);
        }
        // Keys that only grow leave full chunks behind them.
        let half = if at == FULL { FULL } else { FULL / 2 };
        let mut upper = entries.split_off(half);
        let place = if at < half { (chunk, at) } else { (chunk + 1, at - half) };
        if at < half {
            entries.insert(at, (key, value));
        } else {
            upper.insert(at - half, (key, value));
        }
        self.chunks.insert(chunk + 1, upper);
        place
    }

    /// Removes `key` and answers its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let place = self.find(key).ok()?;
        Some(self.take(place).1)
    }

    fn take(&mut self, (chunk, at): Place) -> (K, V) {
        self.len -= 1;
        let entry = self.chunks[chunk].remove(at);
        let left = self.chunks[chunk].len();
        if left == 0 {
            self.chunks.remove(chunk);
        } else if left < FULL / 4 && self.chunks.get(chunk + 1).is_some_and(|next| left + next.len() <= FULL / 2) {
            let next = self.chunks.remove(chunk + 1);
            self.chunks[chunk].extend(next);
        }
        entry
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)> {
        self.chunks.first()?.first().map(|(key, value)| (key, value))
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)> {
        self.chunks.last()?.last().map(|(key, value)| (key, value))
    }

    /// Opens the value of the last key.
    pub fn last_mut(&mut self) -> Option<(&K, &mut V)> {
        self.chunks.last_mut()?.last_mut().map(|(key, value)| (&*key, value))
    }

    pub fn pop_first(&mut self) -> Option<(K, V)> {
        (self.len > 0).then(|| self.take((0, 0)))
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    pub fn iter(&self) -> Range<'_, K, V> {
        Range { front: [].iter(), between: self.chunks.iter(), back: [].iter() }
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&K, &mut V)> {
        self.chunks.iter_mut().flatten().map(|(key, value)| (&*key, value))
    }

    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> {
        self.iter_mut().map(|(_, value)| value)
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        for chunk in &mut self.chunks {
            chunk.retain_mut(|(key, value)| keep(key, value));
        }
        self.chunks.retain(|chunk| !chunk.is_empty());
        self.len = self.chunks.iter().map(Vec::len).sum();
    }

    /// Walks the entries whose keys lie within `bounds`; none if these are the wrong way round.
    pub fn range(&self, bounds: impl RangeBounds<K>) -> Range<'_, K, V> {
        let place = |key: &K, after: bool| match self.find(key) {
            Ok((chunk, at)) => (chunk, at + usize::from(after)),
            Err(place) => place,
        };
        let start = match bounds.start_bound() {
            Bound::Included(key) => place(key, false),
            Bound::Excluded(key) => place(key, true),
            Bound::Unbounded => (0, 0),
        };
        let end = match bounds.end_bound() {
            Bound::Included(key) => place(key, true),
            Bound::Excluded(key) => place(key, false),
            Bound::Unbounded => (self.chunks.len(), 0),
        };
        if start >= end {
            return Range { front: [].iter(), between: [].iter(), back: [].iter() };
        }
        if start.0 == end.0 {
            let whole = self.chunks[start.0][start.1..end.1].iter();
            return Range { front: whole, between: [].iter(), back: [].iter() };
        }
        Range {
            front: self.chunks[start.0][start.1..].iter(),
            between: self.chunks[start.0 + 1..end.0].iter(),
            back: self.chunks.get(end.0).map_or(&[][..], |chunk| &chunk[..end.1]).iter(),
        }
    }
}

impl<'a, K: Ord, V> IntoIterator for &'a SortedMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Range<'a, K, V>;

    fn into_iter(self) -> Range<'a, K, V> {
        self.iter()
    }
}

/// Some of a map's entries, in order.
pub struct Range<'a, K, V> {
    front: std::slice::Iter<'a, (K, V)>,
    between: std::slice::Iter<'a, Vec<(K, V)>>,
    back: std::slice::Iter<'a, (K, V)>,
}

impl<'a, K, V> Iterator for Range<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.front.next() {
                return Some((key, value));
            }
            match self.between.next() {
                Some(chunk) => self.front = chunk.iter(),
                None => return self.back.next().map(|(key, value)| (key, value)),
            }
        }
    }
}

impl<K, V> DoubleEndedIterator for Range<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((key, value)) = self.back.next_back() {
                return Some((key, value));
            }
            match self.between.next_back() {
                Some(chunk) => self.back = chunk.iter(),
                None => return self.front.next_back().map(|(key, value)| (key, value)),
            }
        }
    }
}

/// A set in order.
#[derive(Clone, Debug)]
pub struct SortedSet<K>(SortedMap<K, ()>);

impl<K> Default for SortedSet<K> {
    fn default() -> Self {
        SortedSet(SortedMap::default())
    }
}

impl<K: Ord> SortedSet<K> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a member and tells whether it is new.
    pub fn insert(&mut self, member: K) -> bool {
        self.0.insert(member, ()).is_none()
    }

    /// Removes a member and tells whether there was one.
    pub fn remove<Q: Ord + ?Sized>(&mut self, member: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.remove(member).is_some()
    }

    pub fn contains<Q: Ord + ?Sized>(&self, member: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.0.contains_key(member)
    }

    pub fn first(&self) -> Option<&K> {
        self.0.first_key_value().map(|(member, ())| member)
    }

    pub fn pop_first(&mut self) -> Option<K> {
        self.0.pop_first().map(|(member, ())| member)
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.0.keys()
    }

    pub fn range(&self, bounds: impl RangeBounds<K>) -> impl DoubleEndedIterator<Item = &K> {
        self.0.range(bounds).map(|(member, ())| member)
    }
}

impl<K: Ord> Extend<K> for SortedSet<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;
    use std::collections::BTreeMap;

    /// Random insertions, removals and ranges give what the standard library's map gives.
    #[test]
    fn does_as_a_btree_does() {
        let mut random = random_below(3);
        for (keys, turns) in [(10, 2000), (3000, 30_000)] {
            let (mut sorted, mut model) = (SortedMap::new(), BTreeMap::new());
            for turn in 0..turns {
                let key = random(keys);
                // The second half takes away more than it adds.
                match random(if turn < turns / 2 { 3 } else { 1 }) {
                    0 if turn % 5 == 0 => assert_eq!(sorted.pop_first(), model.pop_first()),
                    0 => assert_eq!(sorted.remove(&key), model.remove(&key)),
                    _ => assert_eq!(sorted.insert(key, turn), model.insert(key, turn)),
                }
                assert_eq!((sorted.len(), sorted.get(&key)), (model.len(), model.get(&key)));
                if turn % 50 == 0 {
                    let (a, b) = (random(keys), random(keys));
                    let (low, high) = (a.min(b), a.max(b));
                    assert!(sorted.iter().eq(model.iter()) && sorted.iter().rev().eq(model.iter().rev()));
                    assert!(sorted.range(low..=high).eq(model.range(low..=high)));
                    assert!(sorted.range(low..).rev().eq(model.range(low..).rev()));
                    assert!(sorted.range(..high).eq(model.range(..high)));
                    assert_eq!(sorted.range(high + 1..low + 1).count(), 0);
                    assert_eq!(sorted.last_key_value(), model.last_key_value());
                }
            }
            sorted.retain(|key, _| key % 3 == 0);
            model.retain(|key, _| key % 3 == 0);
            assert!(sorted.iter().eq(model.iter()) && sorted.len() == model.len());
        }
    }

    #[test]
    fn growing_keys_leave_full_chunks() {
        let mut sorted = SortedMap::new();
        for key in 0..FULL as u32 * 10 {
            sorted.insert(key, ());
        }
        assert_eq!(sorted.chunks.len(), 10);
    }
}
