//! Databases of keys, their expiry, and the journal of what changed.

pub mod clock;
pub mod db;
pub mod evict;
pub mod journal;
mod slots;
pub mod usage;
pub mod value;

pub use clock::Clock;
pub use db::Db;
pub use evict::{Order, Policy};
pub use journal::{Class, Event, Journal};
pub use usage::Usage;
pub use value::{Typed, Value};

/// All databases of one engine, and the moment at which the running command sees them.
pub struct Keyspace {
    pub dbs: Vec<Db>,
    pub journal: Journal,
    /// The time that the running command (a script, a transaction) sees from beginning to end.
    pub clock: Clock,
    /// Keys are removed when their time is over, and not only when somebody asks for them (DEBUG SET-ACTIVE-EXPIRE).
    pub active_expire: bool,
    /// Keys, and fields of hashes, that went because their time was over.
    pub expired: u64,
    pub expired_fields: u64,
}

impl Keyspace {
    /// Makes `databases` empty databases.
    pub fn new(databases: usize) -> Keyspace {
        Keyspace {
            dbs: (0..databases).map(|_| Db::default()).collect(),
            journal: Journal::default(),
            clock: Clock::default(),
            active_expire: true,
            expired: 0,
            expired_fields: 0,
        }
    }

    /// Records a change of a key in the journal. It is ready for those who wait for it from the change on that gave it a
    /// value of a type that can be waited for.
    #[inline]
    pub fn record(&mut self, class: Class, name: &'static str, db: usize, key: &[u8]) {
        self.journal.record(class, name, db, key);
        if self.journal.is_doubtful() {
            let value = self.dbs[db].peek(key, self.clock.last());
            self.journal.settle(value.is_some_and(Value::is_awaited));
        }
    }

    /// Deletes `key` if its time has come at `now`, with an `expired` event, or those of its fields whose time has come,
    /// with a `hexpired` event.
    pub fn purge(&mut self, db: usize, key: &[u8], now: i64) {
        if self.dbs[db].is_expired(key, now) {
            self.dbs[db].delete(key);
            self.expired += 1;
            self.record(Class::Expired, "expired", db, key);
            return;
        }
        self.purge_fields(db, key, now);
    }

    /// Deletes those fields of a hash whose time has come at `now`, with a `hexpired` event.
    pub fn purge_fields(&mut self, db: usize, key: &[u8], now: i64) {
        let (removed, emptied) = self.dbs[db].remove_expired_fields(key, now);
        if !removed.is_empty() {
            self.expired_fields += removed.len() as u64;
            self.record(Class::Hash, "hexpired", db, key);
            self.journal.tell_fields("hexpired", db, key, removed.iter().map(|field| &field[..]));
        }
        if emptied {
            self.dbs[db].delete(key);
            self.record(Class::Generic, "del", db, key);
        }
    }

    /// Purges up to `limit` keys whose time has come at `now`, and answers how many it found.
    pub fn purge_expired(&mut self, limit: usize, now: i64) -> usize {
        let mut purged = 0;
        if !self.active_expire {
            return purged;
        }
        for db in 0..self.dbs.len() {
            while purged < limit {
                let Some(key) = self.dbs[db].next_expired(now) else { break };
                self.purge(db, &key, now);
                purged += 1;
            }
        }
        purged
    }

    /// Answers the time in ms at which the next key or field expires.
    pub fn next_expiry(&self) -> Option<i64> {
        self.dbs.iter().filter(|_| self.active_expire).filter_map(Db::next_expiry).min()
    }
}
