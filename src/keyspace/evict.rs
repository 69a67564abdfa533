//! Which key goes when memory runs out. As in Redis it is the best of a few picked at random, not the best of all.

use super::Keyspace;
use super::journal::Class;
use super::usage::Usage;
use crate::structures::Bytes;

/// What a key is chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The one that was not used for longest.
    Lru,
    /// The one that was not written for longest.
    Lrm,
    /// The one that is used least often.
    Lfu,
    Random,
    /// The one that expires soonest.
    Ttl,
}

/// How keys are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    pub order: Order,
    /// Only keys with a time to live may go.
    pub volatile: bool,
}

/// The policies by their names; `None` lets no key go.
pub const POLICIES: &[(&str, Option<Policy>)] = &[
    ("volatile-lru", Some(Policy { order: Order::Lru, volatile: true })),
    ("volatile-lfu", Some(Policy { order: Order::Lfu, volatile: true })),
    ("volatile-random", Some(Policy { order: Order::Random, volatile: true })),
    ("volatile-ttl", Some(Policy { order: Order::Ttl, volatile: true })),
    ("volatile-lrm", Some(Policy { order: Order::Lrm, volatile: true })),
    ("allkeys-lru", Some(Policy { order: Order::Lru, volatile: false })),
    ("allkeys-lfu", Some(Policy { order: Order::Lfu, volatile: false })),
    ("allkeys-random", Some(Policy { order: Order::Random, volatile: false })),
    ("allkeys-lrm", Some(Policy { order: Order::Lrm, volatile: false })),
    ("noeviction", None),
];

impl Keyspace {
    /// Has all databases note how their values are used from here on.
    pub fn set_usage(&mut self, usage: Usage) {
        for db in &mut self.dbs {
            db.usage = usage;
        }
    }

    /// Counts the bytes that stand empty in the tables of keys, ready for more.
    pub fn slack(&self) -> usize {
        self.dbs.iter().map(|db| db.slack()).sum()
    }

    /// Removes the best of `samples` keys of every database, with an `evicted` event; false if no key may go.
    /// `random` picks one of so many numbers.
    pub fn evict(&mut self, policy: Policy, samples: usize, now: i64, random: &mut dyn FnMut(usize) -> usize) -> bool {
        let mut best: Option<(i64, usize, Bytes)> = None;
        for (index, db) in self.dbs.iter().enumerate() {
            let len = if policy.volatile { db.expires_len() } else { db.len() };
            if len == 0 {
                continue;
            }
            for _ in 0..samples.min(len) {
                let position = random(len);
                let Some((key, rank)) = db.candidate(policy, position, now) else { continue };
                if best.as_ref().is_none_or(|(other, ..)| rank > *other) {
                    best = Some((rank, index, key.into()));
                }
            }
        }
        let Some((_, db, key)) = best else { return false };
        self.dbs[db].delete(&key);
        self.record(Class::Evicted, "evicted", db, &key);
        true
    }
}
