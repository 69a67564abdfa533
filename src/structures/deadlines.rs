//! Names with a time each: keys that expire, fields that expire, keys with fields that expire.

use super::bytes::Bytes;
use super::dict::Dict;
use std::collections::BTreeSet;

/// Names and their times in ms since 1970.
///
/// A name stands in both the table and the queue or in neither; `set` is the only writer. The queue orders names by
/// time, so that expiry neither samples nor misses.
#[derive(Debug, Clone, Default)]
pub struct Deadlines {
    times: Dict<i64>,
    queue: BTreeSet<(i64, Bytes)>,
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
        if self.times.is_empty() { None } else { self.times.get(name).copied() }
    }

    /// Tells whether the time of `name` is over at `now`.
    #[inline]
    pub fn is_over(&self, name: &[u8], now: i64) -> bool {
        self.get(name).is_some_and(|at| at <= now)
    }

    /// Sets or removes the time of `name`, and answers the one that it had.
    pub fn set(&mut self, name: &[u8], at: Option<i64>) -> Option<i64> {
        let old = match at {
            Some(at) => {
                self.queue.insert((at, name.into()));
                self.times.insert(name, at)
            }
            None if self.times.is_empty() => None,
            None => self.times.remove(name).map(|(_, at)| at),
        };
        if let Some(old) = old.filter(|&old| Some(old) != at) {
            self.queue.remove(&(old, name.into()));
        }
        old
    }

    /// Answers the earliest time.
    pub fn next(&self) -> Option<i64> {
        self.queue.first().map(|(at, _)| *at)
    }

    /// Answers one name whose time is over at `now`, the one with the earliest time.
    pub fn due(&self, now: i64) -> Option<&Bytes> {
        self.queue.first().filter(|(at, _)| *at <= now).map(|(_, name)| name)
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let names: usize = self.times.keys().map(Bytes::heap_size).sum();
        self.times.table_size() + self.queue.len() * size_of::<(i64, Bytes)>() + 2 * names
    }
}
