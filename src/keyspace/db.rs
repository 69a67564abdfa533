//! One database: keys, values and the times at which keys expire.

use super::value::Value;
use crate::structures::{Bytes, Dict};
use std::cell::Cell;
use std::collections::BTreeSet;

/// What stands under a key.
#[derive(Debug)]
struct Entry {
    value: Value,
    /// When the value was last read or written, in seconds since 1970: OBJECT IDLETIME counts from here.
    used: Cell<u32>,
}

/// A database.
///
/// A key with a time to live stands in `expires` and in `queue`, or in neither; `set_expire` and `delete` are the
/// only writers. The queue orders keys by time, so that expiry neither samples nor misses.
#[derive(Default)]
pub struct Db {
    keys: Dict<Entry>,
    expires: Dict<i64>,
    queue: BTreeSet<(i64, Bytes)>,
}

impl Db {
    /// Counts the keys, those that have expired and were not yet removed among them, as DBSIZE does.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Counts the keys with a time to live.
    pub fn expires_len(&self) -> usize {
        self.expires.len()
    }

    /// Tells whether `key` had a time to live that is over at `now`.
    #[inline]
    pub fn is_expired(&self, key: &[u8], now: i64) -> bool {
        !self.expires.is_empty() && self.expires.get(key).is_some_and(|&at| at <= now)
    }

    /// Shows a value that has not expired, without counting as use.
    #[inline]
    pub fn peek(&self, key: &[u8], now: i64) -> Option<&Value> {
        if self.is_expired(key, now) {
            return None;
        }
        self.keys.get(key).map(|entry| &entry.value)
    }

    /// Shows a value that has not expired and marks it as used.
    #[inline]
    pub fn get(&self, key: &[u8], now: i64) -> Option<&Value> {
        if self.is_expired(key, now) {
            return None;
        }
        let entry = self.keys.get(key)?;
        entry.used.set((now / 1000) as u32);
        Some(&entry.value)
    }

    /// Opens a value. The caller has purged the key if its time was over.
    #[inline]
    pub fn get_mut(&mut self, key: &[u8], now: i64) -> Option<&mut Value> {
        let entry = self.keys.get_mut(key)?;
        entry.used.set((now / 1000) as u32);
        Some(&mut entry.value)
    }

    /// Sets a value and leaves the key's time to live as it is.
    #[inline]
    pub fn insert(&mut self, key: &[u8], value: Value, now: i64) -> Option<Value> {
        self.keys.insert(key, Entry { value, used: Cell::new((now / 1000) as u32) }).map(|entry| entry.value)
    }

    /// Removes a key with its time to live.
    #[inline]
    pub fn delete(&mut self, key: &[u8]) -> Option<Value> {
        self.set_expire(key, None);
        self.keys.remove(key).map(|(_, entry)| entry.value)
    }

    /// Answers the time in ms at which `key` expires.
    #[inline]
    pub fn expire_at(&self, key: &[u8]) -> Option<i64> {
        if self.expires.is_empty() { None } else { self.expires.get(key).copied() }
    }

    /// Sets or removes the time in ms at which a present key expires, and answers the one that it had.
    pub fn set_expire(&mut self, key: &[u8], at: Option<i64>) -> Option<i64> {
        let old = match at {
            Some(at) => {
                self.queue.insert((at, key.into()));
                self.expires.insert(key, at)
            }
            None if self.expires.is_empty() => None,
            None => self.expires.remove(key).map(|(_, at)| at),
        };
        if let Some(old) = old.filter(|&old| Some(old) != at) {
            self.queue.remove(&(old, key.into()));
        }
        old
    }

    /// Answers the time in ms at which the next key expires.
    pub fn next_expiry(&self) -> Option<i64> {
        self.queue.first().map(|(at, _)| *at)
    }

    /// Answers one key whose time is over at `now`.
    pub fn next_expired(&self, now: i64) -> Option<Bytes> {
        self.queue.first().filter(|(at, _)| *at <= now).map(|(_, key)| key.clone())
    }

    /// Answers when the value was last used, in seconds since 1970.
    pub fn used(&self, key: &[u8]) -> Option<u32> {
        self.keys.get(key).map(|entry| entry.used.get())
    }

    /// Sets when the value was last used, in seconds since 1970 (RESTORE IDLETIME).
    pub fn set_used(&self, key: &[u8], seconds: u32) {
        if let Some(entry) = self.keys.get(key) {
            entry.used.set(seconds);
        }
    }

    /// Visits keys as [`Dict::scan`] does, expired ones too.
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(&Bytes, &Value)) -> u64 {
        self.keys.scan(cursor, count, |key, entry| visit(key, &entry.value))
    }

    /// Walks all keys, expired ones too.
    pub fn iter(&self) -> impl Iterator<Item = (&Bytes, &Value)> {
        self.keys.iter().map(|(key, entry)| (key, &entry.value))
    }

    /// Shows the key at a position below `len()`.
    pub fn key_at(&self, position: usize) -> Option<&Bytes> {
        self.keys.at(position).map(|(key, _)| key)
    }
}
