//! One database: keys, values and the times at which keys expire.

use super::evict::{Order, Policy};
use super::slots::Slots;
use super::usage::{Usage, seconds};
use super::value::{Typed, Value};
use crate::structures::{Bytes, Deadlines, Dict, Str};
use std::cell::Cell;

/// What stands under a key.
#[derive(Debug)]
struct Entry {
    value: Value,
    /// How the value was used, in the terms of the database's [`Usage`].
    used: Cell<u32>,
}

/// A database.
#[derive(Default)]
pub struct Db {
    keys: Dict<Entry>,
    expires: Deadlines,
    /// The hashes some of whose fields expire, each with a time at or before that of the first of them.
    field_expires: Deadlines,
    slots: Slots,
    /// What is noted of the use of values.
    pub usage: Usage,
    /// What decides whether a use counts; any number.
    dice: Cell<u32>,
}

impl Db {
    /// Counts the keys, those that have expired and were not yet removed among them, as DBSIZE does.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Counts the bytes that a key takes beside what its value allocates.
    pub fn entry_size(key: &[u8]) -> usize {
        // A position, a word of the index, the length of the key and the key.
        size_of::<Entry>() + 4 + 4 + 1 + key.len()
    }

    /// Counts the keys with a time to live.
    pub fn expires_len(&self) -> usize {
        self.expires.len()
    }

    /// Tells whether nothing here expires, so that what is seen does not depend on the time.
    #[inline]
    pub fn is_timeless(&self) -> bool {
        self.expires.is_empty() && self.field_expires.is_empty()
    }

    /// Counts the hashes some of whose fields have a time to live.
    pub fn field_expires_len(&self) -> usize {
        self.field_expires.len()
    }

    /// Answers the mean time to live in ms, as far as a thousand keys tell it.
    pub fn average_ttl(&self, now: i64) -> i64 {
        let (count, step) = (self.expires.len().min(1000), self.expires.len().div_ceil(1000).max(1));
        let times = (0..count).filter_map(|at| self.expires.at(at * step));
        let (mut sum, mut seen) = (0i128, 0);
        for (_, at) in times {
            sum += i128::from(at.saturating_sub(now).max(0));
            seen += 1;
        }
        if seen == 0 { 0 } else { (sum / seen) as i64 }
    }

    /// Tells whether `key` had a time to live that is over at `now`.
    #[inline]
    pub fn is_expired(&self, key: &[u8], now: i64) -> bool {
        self.expires.is_due(now) && self.is_due(key, now)
    }

    /// Tells it while the time of some key is over.
    #[cold]
    fn is_due(&self, key: &[u8], now: i64) -> bool {
        self.expire_at(key).is_some_and(|at| at < now)
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
        self.note(entry, false, now);
        Some(&entry.value)
    }

    /// Opens a value. The caller has purged the key if its time was over.
    #[inline]
    pub fn get_mut(&mut self, key: &[u8], now: i64) -> Option<&mut Value> {
        let used = match self.usage {
            Usage::Access => None,
            usage => self.keys.get(key).map(|entry| usage.next(entry.used.get(), true, now, self.throw())),
        };
        let entry = self.keys.get_mut(key)?;
        entry.used.set(used.unwrap_or(seconds(now)));
        Some(&mut entry.value)
    }

    /// Opens the value of a key, which is given `make()` if it is absent. The flag says that it was. The caller has purged the
    /// key if its time was over.
    pub fn get_or_insert_with(&mut self, key: &[u8], make: impl FnOnce() -> Value, now: i64) -> (&mut Value, bool) {
        let (usage, dice) = (self.usage, if self.usage == Usage::Access { 0 } else { self.throw() });
        let first = usage.first(now);
        let (entry, added) = self.keys.get_or_insert_with(key, || Entry { value: make(), used: Cell::new(first) });
        if added {
            self.slots.add(key);
        } else {
            entry.used.set(if usage == Usage::Access { first } else { usage.next(entry.used.get(), true, now, dice) });
        }
        (&mut entry.value, added)
    }

    /// Sets a value and leaves the key's time to live as it is.
    #[inline]
    pub fn insert(&mut self, key: &[u8], value: Value, now: i64) -> Option<Value> {
        let fields = value.next_field_expiry();
        let old = self.keys.insert(key, Entry { value, used: Cell::new(self.usage.first(now)) });
        self.set_field_expiry(key, fields);
        if old.is_none() {
            self.slots.add(key);
        }
        old.map(|entry| entry.value)
    }

    /// Sets a string and leaves the key's time to live as it is.
    #[inline]
    pub fn set_string(&mut self, key: &[u8], text: &[u8], now: i64) {
        self.set_field_expiry(key, None);
        let used = self.usage.first(now);
        let make = || Entry { value: Str::new(text).into_value(), used: Cell::new(used) };
        let (entry, added) = self.keys.get_or_insert_with(key, make);
        if added {
            self.slots.add(key);
            return;
        }
        entry.used.set(used);
        match &mut entry.value {
            Value::String(string) => string.assign(text),
            other => *other = Str::new(text).into_value(),
        }
    }

    /// Notes a use of a value.
    #[inline]
    fn note(&self, entry: &Entry, wrote: bool, now: i64) {
        entry.used.set(match self.usage {
            Usage::Access => seconds(now),
            usage => usage.next(entry.used.get(), wrote, now, self.throw()),
        });
    }

    /// Throws the dice: Marsaglia's xorshift.
    fn throw(&self) -> u32 {
        let mut dice = self.dice.get() | 1;
        dice ^= dice << 13;
        dice ^= dice >> 17;
        dice ^= dice << 5;
        self.dice.set(dice);
        dice
    }

    /// Shows the key at a position among those that a policy may take, and how much it should go.
    pub fn candidate(&self, policy: Policy, position: usize, now: i64) -> Option<(&[u8], i64)> {
        let position = if policy.volatile { self.expires.at(position)?.0 } else { position };
        let (key, entry) = self.keys.at(position)?;
        let used = entry.used.get();
        let rank = match policy.order {
            Order::Lru | Order::Lrm => i64::from(self.usage.idle(used, now)),
            Order::Lfu => -i64::from(self.usage.frequency(used, now)),
            Order::Random => 0,
            Order::Ttl => -self.expires.get(position)?,
        };
        Some((key, rank))
    }

    /// Counts the bytes that stand empty for keys to come.
    pub fn slack(&self) -> usize {
        self.keys.slack()
    }

    /// Removes a key with its time to live.
    #[inline]
    pub fn delete(&mut self, key: &[u8]) -> Option<Value> {
        let position = self.keys.find(key)?;
        let last = self.keys.len() - 1;
        self.expires.forget(position, last);
        self.field_expires.forget(position, last);
        self.slots.remove(key);
        self.keys.drop_at(position).map(|entry| entry.value)
    }

    /// Shows the keys of a hash slot, expired ones too.
    pub fn keys_in_slot(&mut self, slot: u16) -> &Dict<()> {
        self.slots.of(slot, self.keys.keys())
    }

    /// Answers the time in ms at which `key` expires.
    #[inline]
    pub fn expire_at(&self, key: &[u8]) -> Option<i64> {
        if self.expires.is_empty() { None } else { self.expires.get(self.keys.find(key)?) }
    }

    /// Sets or removes the time in ms at which a present key expires, and answers the one that it had.
    pub fn set_expire(&mut self, key: &[u8], at: Option<i64>) -> Option<i64> {
        if self.expires.is_empty() && at.is_none() {
            return None;
        }
        self.expires.set(self.keys.find(key)?, at)
    }

    /// Sets or removes the time in ms at which the first field of a present key expires.
    #[inline]
    fn set_field_expiry(&mut self, key: &[u8], at: Option<i64>) {
        if (at.is_some() || !self.field_expires.is_empty())
            && let Some(position) = self.keys.find(key)
        {
            self.field_expires.set(position, at);
        }
    }

    /// Answers the time in ms at which the next key or field expires.
    pub fn next_expiry(&self) -> Option<i64> {
        [self.expires.next(), self.field_expires.next()].into_iter().flatten().min()
    }

    /// Tells whether the time of any key or field is over at `now`.
    #[inline]
    pub fn has_expired(&self, now: i64) -> bool {
        self.expires.is_due(now) || self.field_expires.is_due(now)
    }

    /// Answers one key whose time, or that of one of its fields, is over at `now`.
    pub fn next_expired(&self, now: i64) -> Option<Bytes> {
        let position = self.expires.due(now).or_else(|| self.field_expires.due(now))?;
        Some(Bytes::new(self.keys.key(position)))
    }

    /// Takes note of when the next field of a hash expires. Whoever gave a field a time calls this.
    pub fn note_field_expiry(&mut self, key: &[u8]) {
        let at = self.keys.get(key).and_then(|entry| entry.value.next_field_expiry());
        self.set_field_expiry(key, at);
    }

    /// Removes the fields of a hash whose time is over at `now`. Answers them, and whether the hash is empty now.
    pub fn remove_expired_fields(&mut self, key: &[u8], now: i64) -> (Vec<Bytes>, bool) {
        if !self.field_expires.is_due(now)
            || self.keys.find(key).and_then(|at| self.field_expires.get(at)).is_none_or(|at| at >= now)
        {
            return (Vec::new(), false);
        }
        let outcome = match self.keys.get_mut(key).map(|entry| &mut entry.value) {
            Some(Value::Hash(hash)) => (hash.remove_expired(now), hash.is_empty()),
            _ => (Vec::new(), false),
        };
        self.note_field_expiry(key);
        outcome
    }

    /// Says how the value under a key was used, in the terms of [`Db::usage`].
    pub fn set_used(&mut self, key: &[u8], stamp: u32) {
        if let Some(entry) = self.keys.get(key) {
            entry.used.set(stamp);
        }
    }

    /// Answers how the value under a key was used, in the terms of [`Db::usage`].
    pub fn used(&self, key: &[u8]) -> Option<u32> {
        self.keys.get(key).map(|entry| entry.used.get())
    }

    /// Visits keys as [`Dict::scan`] does, expired ones too.
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(&[u8], &Value)) -> u64 {
        self.keys.scan(cursor, count, |key, entry| visit(key, &entry.value))
    }

    /// Walks all keys, expired ones too.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], &Value)> {
        self.keys.iter().map(|(key, entry)| (key, &entry.value))
    }

    /// Shows the key at a position below `len()`.
    pub fn key_at(&self, position: usize) -> Option<&[u8]> {
        self.keys.at(position).map(|(key, _)| key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyspace::Typed;
    use crate::structures::{Hash, Str};

    fn hash(times: &[(&[u8], i64)]) -> Value {
        let mut hash = Hash::default();
        for (field, at) in times {
            hash.set(field, b"value");
            hash.set_expire(field, (*at > 0).then_some(*at));
        }
        hash.into_value()
    }

    /// The queue of hashes follows the value wherever it goes, so that nothing wakes the engine for what is gone.
    #[test]
    fn fields_that_expire_are_queued_with_their_key() {
        let mut db = Db::default();
        db.insert(b"plain", hash(&[(b"a", 0)]), 0);
        assert_eq!(db.next_expiry(), None);
        db.insert(b"h", hash(&[(b"a", 0), (b"b", 300), (b"c", 200)]), 0);
        assert_eq!(db.next_expiry(), Some(200));
        assert_eq!(db.next_expired(200), None);
        assert_eq!(db.next_expired(201).as_deref(), Some(&b"h"[..]));
        assert_eq!(db.remove_expired_fields(b"h", 201), (vec![Bytes::new(b"c")], false));
        assert_eq!(db.next_expiry(), Some(300));

        let moved = db.delete(b"h").unwrap();
        assert_eq!(db.next_expiry(), None);
        db.insert(b"other", moved, 0);
        db.set_expire(b"other", Some(250));
        assert_eq!(db.next_expiry(), Some(250));
        db.insert(b"other", Str::new(b"no hash any more").into_value(), 0);
        db.set_expire(b"other", None);
        assert_eq!(db.next_expiry(), None);
    }

    /// A time that was taken back leaves the queue early, never late: the wake-up finds nothing and asks again.
    #[test]
    fn a_stale_time_ends_at_its_wake_up() {
        let mut db = Db::default();
        db.insert(b"h", hash(&[(b"a", 100), (b"b", 0)]), 0);
        if let Some(Value::Hash(hash)) = db.get_mut(b"h", 0) {
            hash.set(b"a", b"overwritten");
        }
        assert_eq!(db.next_expired(101).as_deref(), Some(&b"h"[..]));
        assert_eq!(db.remove_expired_fields(b"h", 101), (Vec::new(), false));
        assert_eq!(db.next_expired(101), None);
    }
}
