//! Names with a time each: keys that expire, fields that expire, keys with fields that expire.
//!
//! A binary heap of positions in the table of names tells which time comes first, so that expiry neither samples nor
//! misses; each name knows its slot in the heap, so that its time can be changed or taken away.

use super::dict::Dict;

/// Names and their times in ms since 1970.
///
/// `heap[times[p].slot] == p` for every position `p`, and no time is earlier than that of the slot above it: the
/// slot above `n` is `(n - 1) / 2`. `set` is the only writer.
#[derive(Debug, Clone, Default)]
pub struct Deadlines {
    times: Dict<Deadline>,
    heap: Vec<u32>,
}

/// A time and its slot in the heap, at any multiple of four bytes, lest alignment widen every entry of wasm.
#[derive(Debug, Clone, Copy)]
#[repr(Rust, packed(4))]
struct Deadline {
    at: i64,
    slot: u32,
}

impl Deadlines {
    #[inline]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// Answers the time of `name`.
    #[inline]
    pub fn get(&self, name: &[u8]) -> Option<i64> {
        if self.times.is_empty() { None } else { self.times.get(name).map(|deadline| deadline.at) }
    }

    /// Tells whether the time of `name` is over at `now`.
    #[inline]
    pub fn is_over(&self, name: &[u8], now: i64) -> bool {
        self.is_due(now) && self.get(name).is_some_and(|at| at <= now)
    }

    /// Sets or removes the time of `name`, and answers the one that it had.
    pub fn set(&mut self, name: &[u8], at: Option<i64>) -> Option<i64> {
        if self.times.is_empty() && at.is_none() {
            return None;
        }
        match (self.times.find(name), at) {
            (Some(position), Some(at)) => {
                let deadline = self.times.at_mut(position)?;
                let (old, slot) =
                    (std::mem::replace(deadline, Deadline { at, ..*deadline }).at, deadline.slot as usize);
                self.settle(slot);
                Some(old)
            }
            (None, Some(at)) => {
                let slot = self.heap.len();
                self.heap.push(self.times.len() as u32);
                self.times.insert(name, Deadline { at, slot: slot as u32 });
                self.settle(slot);
                None
            }
            (Some(position), None) => Some(self.remove(position)),
            (None, None) => None,
        }
    }

    /// Removes the name at a position below `len()` and answers its time.
    fn remove(&mut self, position: usize) -> i64 {
        let Deadline { at, slot } = self.deadline(position);
        let last = self.heap.len() - 1;
        self.swap(slot as usize, last);
        self.heap.pop();
        self.settle(slot as usize);
        self.times.drop_at(position);
        // The last entry of the table has come to the position.
        if position < self.times.len() {
            let moved = self.deadline(position).slot as usize;
            self.heap[moved] = position as u32;
        }
        if self.heap.capacity() > 64 && self.heap.len() * 4 < self.heap.capacity() {
            self.heap.shrink_to(self.heap.len() * 2);
        }
        at
    }

    /// Moves what stands in a slot up or down to where its time belongs. A slot past the end is let be.
    fn settle(&mut self, mut slot: usize) {
        if slot >= self.heap.len() {
            return;
        }
        while slot > 0 && self.time(slot) < self.time((slot - 1) / 2) {
            self.swap(slot, (slot - 1) / 2);
            slot = (slot - 1) / 2;
        }
        loop {
            let (left, right) = (slot * 2 + 1, slot * 2 + 2);
            let Some(below) = (left..=right).filter(|&below| below < self.heap.len()).min_by_key(|&n| self.time(n))
            else {
                return;
            };
            if self.time(below) >= self.time(slot) {
                return;
            }
            self.swap(slot, below);
            slot = below;
        }
    }

    fn swap(&mut self, one: usize, two: usize) {
        self.heap.swap(one, two);
        for slot in [one, two] {
            if let Some(deadline) = self.times.at_mut(self.heap[slot] as usize) {
                deadline.slot = slot as u32;
            }
        }
    }

    fn time(&self, slot: usize) -> i64 {
        self.deadline(self.heap[slot] as usize).at
    }

    fn deadline(&self, position: usize) -> Deadline {
        self.times.value(position).map_or(Deadline { at: i64::MAX, slot: 0 }, |deadline| *deadline)
    }

    /// Shows the name at a position below `len()`, and its time.
    pub fn at(&self, position: usize) -> Option<(&[u8], i64)> {
        self.times.at(position).map(|(name, deadline)| (name, deadline.at))
    }

    /// Answers the earliest time.
    #[inline]
    pub fn next(&self) -> Option<i64> {
        self.heap.first().map(|&position| self.deadline(position as usize).at)
    }

    /// Tells whether any time is over at `now`.
    #[inline]
    pub fn is_due(&self, now: i64) -> bool {
        self.next().is_some_and(|at| at <= now)
    }

    /// Answers one name whose time is over at `now`, the one with the earliest time.
    pub fn due(&self, now: i64) -> Option<&[u8]> {
        let (name, deadline) = self.times.at(*self.heap.first()? as usize)?;
        (deadline.at <= now).then_some(name)
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.times.heap_size() + self.heap.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::Bytes;
    use crate::structures::chance::random_below;
    use std::collections::BTreeMap;

    /// Random writes leave the same times as in an ordered map, and the earliest comes first all along.
    #[test]
    fn the_earliest_comes_first_whatever_is_written() {
        let mut random = random_below(1);
        let (mut deadlines, mut model) = (Deadlines::default(), BTreeMap::new());
        for turn in 0..60_000 {
            // It grows and shrinks in waves.
            let growing = turn / 10_000 % 2 == 0;
            let name = format!("a name too long to be held in place {}", random(800));
            let old = if random(10) < if growing { 7 } else { 3 } {
                let at = random(1000) as i64 - 500;
                assert_eq!(deadlines.set(name.as_bytes(), Some(at)), model.insert(name.clone(), at));
                Some(at)
            } else {
                assert_eq!(deadlines.set(name.as_bytes(), None), model.remove(&name));
                None
            };
            assert_eq!(deadlines.get(name.as_bytes()), old);
            assert_eq!(deadlines.len(), model.len());
            assert_eq!(deadlines.next(), model.values().min().copied());
            if let Some(due) = deadlines.due(0) {
                assert_eq!(model.get(std::str::from_utf8(due).unwrap()), model.values().min());
            }
        }
        while let Some(name) = deadlines.due(i64::MAX).map(Bytes::from) {
            assert_eq!(deadlines.set(&name, None), model.values().min().copied());
            model.remove(std::str::from_utf8(&name).unwrap());
        }
        assert!(model.is_empty() && deadlines.is_empty());
    }
}
