//! The one record of effects. WATCH, keyspace notifications and whatever else must know of a write read it; nothing
//! else is told of one.

use crate::structures::{Bytes, Dict};

/// The classes of keyspace events, as `notify-keyspace-events` names them by a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Generic,
    String,
    List,
    Set,
    Hash,
    Zset,
    Expired,
}

/// One event, in Redis's own words.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub class: Class,
    pub name: &'static str,
    pub db: usize,
    pub key: Bytes,
}

/// What changed.
#[derive(Default)]
pub struct Journal {
    /// Counts every change since the engine began, as `rdb_changes_since_last_save` does since a save.
    pub dirty: u64,
    /// Collects events for a listener; nothing is kept while nobody listens.
    pub listening: bool,
    events: Vec<Event>,
    /// The keys under WATCH by database and key: how often they are watched and how often they changed.
    watched: Dict<Watched>,
}

#[derive(Default)]
struct Watched {
    watchers: u32,
    changes: u64,
}

impl Journal {
    /// Records one change of `key`.
    #[inline]
    pub fn record(&mut self, class: Class, name: &'static str, db: usize, key: &[u8]) {
        self.dirty += 1;
        self.touch(db, key);
        if self.listening {
            self.events.push(Event { class, name, db, key: key.into() });
        }
    }

    /// Marks a key as changed for those who watch it, without an event.
    #[inline]
    pub fn touch(&mut self, db: usize, key: &[u8]) {
        if !self.watched.is_empty()
            && let Some(watched) = self.watched.get_mut(&watch_key(db, key))
        {
            watched.changes += 1;
        }
    }

    /// Marks every watched key of a database for which `affected` holds as changed (FLUSHDB, SWAPDB).
    pub fn touch_all(&mut self, db: usize, affected: impl Fn(&[u8]) -> bool) {
        let keys: Vec<Bytes> = self.watched.keys().cloned().collect();
        for key in keys {
            if key[..2] == (db as u16).to_be_bytes() && affected(&key[2..]) {
                self.touch(db, &key[2..]);
            }
        }
    }

    /// Takes the events recorded since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Begins to watch a key and answers its present count of changes.
    pub fn watch(&mut self, db: usize, key: &[u8]) -> u64 {
        let (watched, _) = self.watched.get_or_insert_with(&watch_key(db, key), Watched::default);
        watched.watchers += 1;
        watched.changes
    }

    /// Ends one watch and answers the count of changes.
    pub fn unwatch(&mut self, db: usize, key: &[u8]) -> u64 {
        let name = watch_key(db, key);
        let Some(watched) = self.watched.get_mut(&name) else { return 0 };
        watched.watchers -= 1;
        let changes = watched.changes;
        if watched.watchers == 0 {
            self.watched.remove(&name);
        }
        changes
    }
}

fn watch_key(db: usize, key: &[u8]) -> Vec<u8> {
    [&(db as u16).to_be_bytes(), key].concat()
}
