//! The one record of effects. WATCH, blocked clients, keyspace notifications, client-side caches and whatever else must
//! know of a write read it; nothing else is told of one.

use crate::structures::order::sort_by;
use crate::structures::sorted::SortedMap;
use crate::structures::{Bytes, Dict};
use std::cell::RefCell;

/// The classes of keyspace events, as `notify-keyspace-events` names them by a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Generic,
    String,
    List,
    Set,
    Hash,
    Zset,
    Stream,
    Array,
    Expired,
    Evicted,
    New,
    Overwritten,
    TypeChanged,
    /// A key was looked for to be read, and is not there.
    Missed,
}

impl Class {
    /// The letter of `notify-keyspace-events` that stands for the class.
    pub fn letter(self) -> char {
        match self {
            Class::Generic => 'g',
            Class::String => '$',
            Class::List => 'l',
            Class::Set => 's',
            Class::Hash => 'h',
            Class::Zset => 'z',
            Class::Stream => 't',
            Class::Array => 'a',
            Class::Expired => 'x',
            Class::Evicted => 'e',
            Class::New => 'n',
            Class::Overwritten => 'o',
            Class::TypeChanged => 'c',
            Class::Missed => 'm',
        }
    }
}

/// What happened to a key, for those who listen.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A change, in Redis's own words.
    Change { class: Class, name: &'static str, db: usize, key: Bytes },
    /// A change of what belongs to a key and is not its value, as the groups of a stream: copies of the value still hold.
    Aside { class: Class, name: &'static str, db: usize, key: Bytes },
    /// Which fields of a hash a change was about, after the change itself.
    Fields { name: &'static str, db: usize, key: Bytes, fields: Vec<Bytes> },
    /// A change without a word.
    Touch { db: usize, key: Bytes },
    /// A whole database was emptied.
    Flush,
}

/// What changed.
#[derive(Default)]
pub struct Journal {
    /// Counts every change since the engine began, as `rdb_changes_since_last_save` does since a save.
    pub dirty: u64,
    /// Something happened that others must hear of: [`Journal::events`], a key that is waited for, or whatever else
    /// whoever sets this has put aside. It is looked at after each command.
    pub attention: bool,
    /// Collects events for a listener; nothing is kept while nobody listens.
    listening: bool,
    /// Who listens wants to know of keys that come to be or are overwritten, too.
    pub news: bool,
    /// And of the fields of hashes.
    with_fields: bool,
    /// Anybody watches, waits or listens.
    observed: bool,
    events: Vec<Event>,
    /// Keys that were looked for to be read and are not there, each with its database and the count of events before it.
    missed: RefCell<Vec<(usize, usize, Bytes)>>,
    /// The keys under WATCH by database and key: how often they are watched and how often they changed.
    watched: Dict<Watched>,
    /// The keys that clients wait for, by database and key.
    awaited: Dict<Awaited>,
    /// Those of them that changed since they were last asked for, each once, in the order of the changes.
    ready: Vec<(usize, Bytes)>,
    /// Nobody has looked yet whether the last of them holds something that can be waited for.
    doubtful: bool,
}

#[derive(Default)]
struct Watched {
    watchers: u32,
    changes: u64,
}

#[derive(Default)]
struct Awaited {
    /// Who waits, by ticket: the lowest came first.
    waiters: SortedMap<u64, u32>,
    ready: bool,
    /// Somebody among them is to try again even if the key is gone.
    even_without: bool,
}

impl Journal {
    /// Records one change of `key`.
    #[inline]
    pub fn record(&mut self, class: Class, name: &'static str, db: usize, key: &[u8]) {
        self.dirty += 1;
        if self.observed {
            self.notice(db, key);
            if self.listening {
                self.events.push(Event::Change { class, name, db, key: key.into() });
                self.attention = true;
            }
        }
    }

    /// Records a change of what belongs to `key` and is not its value: who watches the key, waits for it or keeps a copy
    /// is not told.
    pub fn record_aside(&mut self, class: Class, name: &'static str, db: usize, key: &[u8]) {
        self.dirty += 1;
        self.mention(class, name, db, key);
    }

    /// Tells listeners something besides of a change that is recorded by itself.
    fn mention(&mut self, class: Class, name: &'static str, db: usize, key: &[u8]) {
        if self.listening {
            self.events.push(Event::Aside { class, name, db, key: key.into() });
            self.attention = true;
        }
    }

    /// Tells who asked for it that a key comes to be.
    pub fn mention_new(&mut self, db: usize, key: &[u8]) {
        if self.news {
            self.mention(Class::New, "new", db, key);
        }
    }

    /// Tells who asked for it that a key's value is another one, and whether it is of another type.
    pub fn mention_overwritten(&mut self, db: usize, key: &[u8], type_changed: bool) {
        if self.news {
            self.mention(Class::Overwritten, "overwritten", db, key);
            if type_changed {
                self.mention(Class::TypeChanged, "type_changed", db, key);
            }
        }
    }

    /// Tells whoever listens that a key was looked for to be read, and is not there.
    pub fn tell_missed(&self, db: usize, key: &[u8]) {
        self.missed.borrow_mut().push((self.events.len(), db, key.into()));
    }

    /// Tells which fields of a hash the change that was recorded last was about.
    pub fn tell_fields<'f>(
        &mut self,
        name: &'static str,
        db: usize,
        key: &[u8],
        fields: impl Iterator<Item = &'f [u8]>,
    ) {
        if self.with_fields {
            let fields = fields.map(Bytes::new).collect();
            self.events.push(Event::Fields { name, db, key: key.into(), fields });
        }
    }

    /// Marks a key, for which nobody can wait, as changed for those who watch it or keep a copy, without an event.
    #[inline]
    pub fn touch(&mut self, db: usize, key: &[u8]) {
        if self.observed {
            self.notice(db, key);
            if self.doubtful {
                self.settle(false);
            }
            if self.listening {
                self.events.push(Event::Touch { db, key: key.into() });
                self.attention = true;
            }
        }
    }

    /// Tells whether a key has become ready of which nobody knows yet whether it holds something that can be waited for;
    /// [`Journal::settle`] is to be told.
    #[inline]
    pub fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Says whether the key that became ready last holds something that can be waited for. If not it is not ready: it takes
    /// its place among the others when it does.
    pub fn settle(&mut self, holds: bool) {
        self.doubtful = false;
        if holds {
            return;
        }
        let Some((db, key)) = self.ready.last() else { return };
        if let Some(awaited) = self.awaited.get_mut(&name_of(*db, key))
            && !awaited.even_without
        {
            awaited.ready = false;
            self.ready.pop();
        }
    }

    fn notice(&mut self, db: usize, key: &[u8]) {
        if self.watched.is_empty() && self.awaited.is_empty() {
            return;
        }
        let name = name_of(db, key);
        if let Some(watched) = self.watched.get_mut(&name) {
            watched.changes += 1;
        }
        self.wake_by(&name, db, key);
    }

    /// Lets those who wait for a key try again, and nobody else know.
    pub fn wake(&mut self, db: usize, key: &[u8]) {
        if !self.awaited.is_empty() {
            self.wake_by(&name_of(db, key), db, key);
            self.settle(true);
        }
    }

    fn wake_by(&mut self, name: &[u8], db: usize, key: &[u8]) {
        if let Some(awaited) = self.awaited.get_mut(name)
            && !std::mem::replace(&mut awaited.ready, true)
        {
            self.ready.push((db, key.into()));
            (self.attention, self.doubtful) = (true, true);
        }
    }

    /// Marks every watched or awaited key of a database for which `affected` holds as changed (FLUSHDB, SWAPDB); `holds`
    /// tells whether there is something under it that can be waited for now.
    pub fn touch_all(&mut self, db: usize, affected: impl Fn(&[u8]) -> bool, holds: impl Fn(&[u8]) -> bool) {
        let mut names: Vec<Bytes> = self.watched.keys().chain(self.awaited.keys()).map(Bytes::from).collect();
        sort_by(&mut names, Bytes::cmp);
        names.dedup();
        for name in names {
            if name[..2] == (db as u16).to_be_bytes() && affected(&name[2..]) {
                self.notice(db, &name[2..]);
                if self.doubtful {
                    self.settle(holds(&name[2..]));
                }
            }
        }
    }

    /// Lists the keys of a database that are watched.
    pub fn watched_in(&self, db: usize) -> Vec<Bytes> {
        let names = self.watched.keys().filter(|name| name[..2] == (db as u16).to_be_bytes());
        names.map(|name| Bytes::new(&name[2..])).collect()
    }

    /// Says to those who keep copies of keys that all are gone (FLUSHDB, FLUSHALL).
    pub fn flushed(&mut self) {
        if self.listening {
            self.events.push(Event::Flush);
            self.attention = true;
        }
    }

    /// Begins or ends to collect events, and what they have to say of the fields of hashes.
    pub fn listen(&mut self, listening: bool, with_fields: bool) {
        (self.listening, self.with_fields) = (listening, listening && with_fields);
        self.update();
    }

    fn update(&mut self) {
        self.observed = self.listening || !self.watched.is_empty() || !self.awaited.is_empty();
    }

    /// Tells whether there are events to be taken.
    pub fn has_events(&self) -> bool {
        !self.events.is_empty() || !self.missed.borrow().is_empty()
    }

    /// Takes the events recorded since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        let events = std::mem::take(&mut self.events);
        let missed = std::mem::take(self.missed.get_mut());
        if missed.is_empty() {
            return events;
        }
        let mut merged = Vec::with_capacity(events.len() + missed.len());
        let mut missed = missed.into_iter().peekable();
        let miss = |(_, db, key)| Event::Aside { class: Class::Missed, name: "keymiss", db, key };
        for (at, event) in events.into_iter().enumerate() {
            merged.extend(std::iter::from_fn(|| missed.next_if(|(before, ..)| *before <= at)).map(miss));
            merged.push(event);
        }
        merged.extend(missed.map(miss));
        merged
    }

    /// Begins to watch a key and answers its present count of changes.
    pub fn watch(&mut self, db: usize, key: &[u8]) -> u64 {
        self.observed = true;
        let (watched, _) = self.watched.get_or_insert_with(&name_of(db, key), Watched::default);
        watched.watchers += 1;
        watched.changes
    }

    /// Ends one watch and answers the count of changes.
    pub fn unwatch(&mut self, db: usize, key: &[u8]) -> u64 {
        let name = name_of(db, key);
        let Some(watched) = self.watched.get_mut(&name) else { return 0 };
        watched.watchers -= 1;
        let changes = watched.changes;
        if watched.watchers == 0 {
            self.watched.remove(&name);
            self.update();
        }
        changes
    }

    /// Begins to wait for a key on behalf of `waiter`; among those who wait for it the lowest ticket comes first.
    /// `even_without` tells that it is to try again even if the key is gone.
    pub fn wait(&mut self, db: usize, key: &[u8], ticket: u64, waiter: u32, even_without: bool) {
        self.observed = true;
        let (awaited, _) = self.awaited.get_or_insert_with(&name_of(db, key), Awaited::default);
        awaited.waiters.insert(ticket, waiter);
        awaited.even_without |= even_without;
    }

    /// Ends to wait for a key.
    pub fn stop_waiting(&mut self, db: usize, key: &[u8], ticket: u64) {
        let name = name_of(db, key);
        let Some(awaited) = self.awaited.get_mut(&name) else { return };
        awaited.waiters.remove(&ticket);
        if awaited.waiters.is_empty() {
            self.awaited.remove(&name);
            self.update();
        }
    }

    /// Takes the awaited keys that changed, each with its database.
    pub fn take_ready(&mut self) -> Vec<(usize, Bytes)> {
        std::mem::take(&mut self.ready)
    }

    /// Answers who waits for a key, first come first, and lets the next change make it ready again.
    pub fn waiters(&mut self, db: usize, key: &[u8]) -> Vec<u32> {
        let Some(awaited) = self.awaited.get_mut(&name_of(db, key)) else { return Vec::new() };
        awaited.ready = false;
        awaited.waiters.values().copied().collect()
    }
}

fn name_of(db: usize, key: &[u8]) -> Vec<u8> {
    [&(db as u16).to_be_bytes(), key].concat()
}
