//! What a handler may touch.

use super::command::{Command, Flags};
use super::config::event_bit;
use super::server::Server;
use super::session::Session;
use super::table::Table;
use crate::keyspace::{Class, Db, Keyspace, Typed, Value};
use crate::protocol::{Error, Result};
use crate::structures::sorted::SortedSet;

/// The most members that a negative count of the RANDMEMBER family may ask for.
pub const MOST_REPEATS: usize = 1 << 20;

/// Who is calling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Client,
    /// EXEC, running what was queued.
    Exec,
    /// `redis.call`.
    Script {
        /// It may not write: EVAL_RO and scripts that say so.
        read_only: bool,
        /// It may run what needs memory when there is none.
        allow_oom: bool,
    },
}

/// Passes on a value that is of the type that was asked for.
#[inline]
fn typed<T>(value: Option<T>) -> Result<Option<T>> {
    if value.is_some() { Ok(value) } else { Err(Error::WrongType) }
}

/// One call's view of the engine.
///
/// Reading methods see no key whose time is over; writing methods have it purged first.
pub struct Context<'a> {
    pub keyspace: &'a mut Keyspace,
    pub session: &'a mut Session,
    pub server: &'a mut Server,
    pub table: &'a Table,
    pub origin: Origin,
    /// The entry of the command that is running.
    pub command: &'static Command,
}

impl<'a> Context<'a> {
    /// Answers the time in ms since 1970, the same from the beginning of a command (script, transaction) to its end.
    #[inline]
    pub fn now(&self) -> i64 {
        self.keyspace.clock.now(|| self.server.host.now_ms())
    }

    /// Answers the time by which keys are seen, which is asked for only if something expires, and otherwise about right.
    #[inline]
    fn sight(&self) -> i64 {
        if self.db().is_timeless() { self.keyspace.clock.last() } else { self.now() }
    }

    /// Shows the selected database.
    #[inline]
    pub fn db(&self) -> &Db {
        &self.keyspace.dbs[self.session.db]
    }

    /// Opens the selected database. Whoever writes through it also tells [`Context::event`].
    #[inline]
    pub fn db_mut(&mut self) -> &mut Db {
        &mut self.keyspace.dbs[self.session.db]
    }

    /// Looks up a value of any type and marks it as used, unless the client asked otherwise (CLIENT NO-TOUCH).
    #[inline]
    pub fn value(&self, key: &[u8]) -> Option<&Value> {
        let now = self.sight();
        let value = if self.session.no_touch { self.db().peek(key, now) } else { self.db().get(key, now) };
        self.count(key, value.is_some());
        value
    }

    /// Counts a look-up.
    #[inline]
    fn count(&self, key: &[u8], found: bool) {
        let stats = &self.server.stats;
        let count = if found { &stats.hits } else { &stats.misses };
        count.set(count.get() + 1);
        if !found && self.server.alert {
            self.tell_missed(key);
        }
    }

    /// Tells those who listen for it that there is no such key to be read.
    #[cold]
    fn tell_missed(&self, key: &[u8]) {
        if self.server.config.notify_keyspace_events & event_bit(Class::Missed.letter()) != 0 {
            self.keyspace.journal.tell_missed(self.session.db, key);
        }
    }

    /// Tells whether a key exists, without counting as use.
    #[inline]
    pub fn exists(&self, key: &[u8]) -> bool {
        self.db().peek(key, self.sight()).is_some()
    }

    /// Looks up a value of one type for reading; WRONGTYPE if it is another.
    #[inline]
    pub fn read<T: Typed>(&self, key: &[u8]) -> Result<Option<&T>> {
        match self.value(key) {
            None => Ok(None),
            Some(value) => typed(T::of(value)),
        }
    }

    /// Looks up a value of one type that is about to be written: it counts neither as use nor as found or missed.
    pub fn look<T: Typed>(&self, key: &[u8]) -> Result<Option<&T>> {
        match self.db().peek(key, self.sight()) {
            None => Ok(None),
            Some(value) => typed(T::of(value)),
        }
    }

    /// Looks up a value of any type, which counts as found or missed but not as use.
    pub fn glance(&self, key: &[u8]) -> Option<&Value> {
        let value = self.db().peek(key, self.sight());
        self.count(key, value.is_some());
        value
    }

    /// Looks up a value of one type for writing; WRONGTYPE if it is another.
    #[inline]
    pub fn write<T: Typed>(&mut self, key: &[u8]) -> Result<Option<&mut T>> {
        self.purge(key);
        let now = self.sight();
        let value = self.keyspace.dbs[self.session.db].get_mut(key, now);
        match value {
            None => Ok(None),
            Some(value) => typed(T::of_mut(value)),
        }
    }

    /// Looks up a value of one type for writing and makes an empty one if there is none; WRONGTYPE if it is another.
    pub fn create<T: Typed>(&mut self, key: &[u8]) -> Result<&mut T> {
        self.purge(key);
        let now = self.sight();
        let (value, added) =
            self.keyspace.dbs[self.session.db].get_or_insert_with(key, || T::default().into_value(), now);
        if added {
            self.keyspace.journal.mention_new(self.session.db, key);
        }
        T::of_mut(value).ok_or_else(|| Error::WrongType)
    }

    /// Sets a value and forgets the key's time to live, as SET does.
    pub fn set(&mut self, key: &[u8], value: Value) {
        self.mention_set(key, Some(value.type_name()));
        self.purge(key);
        let now = self.sight();
        self.db_mut().insert(key, value, now);
        self.persist(key);
    }

    /// Sets a string and forgets the key's time to live.
    #[inline]
    pub fn set_string(&mut self, key: &[u8], text: &[u8]) {
        self.set_string_keeping_ttl(key, text);
        self.persist(key);
    }

    /// Sets a string and keeps the key's time to live.
    #[inline]
    pub fn set_string_keeping_ttl(&mut self, key: &[u8], text: &[u8]) {
        self.mention_set(key, Some("string"));
        self.purge(key);
        let now = self.sight();
        self.db_mut().set_string(key, text, now);
    }

    /// Tells who asked for it that a key is about to come to be, or to be overwritten by a value of the type named.
    #[inline]
    fn mention_set(&mut self, key: &[u8], over: Option<&'static str>) {
        if !self.keyspace.journal.news {
            return;
        }
        self.purge(key);
        let (db, now) = (self.session.db, self.sight());
        match (self.db().peek(key, now).map(Value::type_name), over) {
            (None, _) => self.keyspace.journal.mention_new(db, key),
            (Some(old), Some(new)) => self.keyspace.journal.mention_overwritten(db, key, old != new),
            (Some(_), None) => {}
        }
    }

    /// Forgets a key's time to live.
    #[inline]
    fn persist(&mut self, key: &[u8]) {
        if !self.db().is_timeless() {
            self.db_mut().set_expire(key, None);
        }
    }

    /// Gives a key a value, or its value a new form, and keeps the key's time to live.
    pub fn set_keeping_ttl(&mut self, key: &[u8], value: Value) {
        self.mention_set(key, None);
        self.purge(key);
        let now = self.sight();
        self.db_mut().insert(key, value, now);
    }

    /// Removes a key with its time to live, and tells whether there was one. The event is the caller's.
    pub fn delete(&mut self, key: &[u8]) -> bool {
        self.purge(key);
        self.db_mut().delete(key).is_some()
    }

    /// Removes a key whose last element was taken, with Redis's `del` event, and tells whether it was so.
    pub fn delete_if_empty<T: Typed>(&mut self, key: &[u8]) -> bool {
        let now = self.sight();
        let vanished = self.db().peek(key, now).and_then(T::of).is_some_and(T::vanished);
        if vanished {
            self.db_mut().delete(key);
            self.event(Class::Generic, "del", key);
        }
        vanished
    }

    /// Records a change of `key` in the selected database: its class and Redis's name for it (`set`, `hset`, `del`).
    /// Every write says one for each key that it changed, after the change.
    #[inline]
    pub fn event(&mut self, class: Class, name: &'static str, key: &[u8]) {
        self.keyspace.record(class, name, self.session.db, key);
    }

    /// Records a change of some fields of a hash.
    pub fn event_of_fields<'f>(&mut self, name: &'static str, key: &[u8], fields: impl Iterator<Item = &'f [u8]>) {
        self.event(Class::Hash, name, key);
        self.keyspace.journal.tell_fields(name, self.session.db, key, fields);
    }

    /// Records a change of what belongs to `key` and is not its value, as the groups of a stream: those who watch the
    /// key are not told.
    pub fn event_aside(&mut self, class: Class, name: &'static str, key: &[u8]) {
        self.keyspace.journal.record_aside(class, name, self.session.db, key);
    }

    /// Picks one of `below` numbers, each as likely as another. `below` is at least 1.
    pub fn random_below(&mut self, below: usize) -> usize {
        self.server.random_below(below)
    }

    /// Picks positions below `len` as the RANDMEMBER family does: `count` different ones, or all if there are no more,
    /// in ascending order; or, if `count` is negative, so many independent ones.
    ///
    /// Fails beyond [`MOST_REPEATS`] independent ones, for which Redis would run out of memory.
    pub fn random_positions(&mut self, count: i64, len: usize) -> Result<Vec<usize>> {
        if len == 0 {
            return Ok(Vec::new());
        }
        let wanted = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
        if count < 0 {
            if wanted > MOST_REPEATS {
                return Err(Error::own("value is out of range"));
            }
            return Ok((0..wanted).map(|_| self.random_below(len)).collect());
        }
        if wanted >= len {
            return Ok((0..len).collect());
        }
        // Floyd's sampling: each round adds one number below `bound`, and `bound - 1` itself if that was there already.
        let mut picked = SortedSet::new();
        for bound in len - wanted + 1..=len {
            let position = self.random_below(bound);
            if !picked.insert(position) {
                picked.insert(bound - 1);
            }
        }
        Ok(picked.iter().copied().collect())
    }

    /// Fails if what a negative count picked comes to more bytes than a string may have: a small call must not ask for
    /// more than there is room for.
    pub fn admit_repeats(&self, count: i64, bytes: usize) -> Result<()> {
        let admitted = count >= 0 || bytes <= self.server.config.proto_max_bulk_len;
        if admitted { Ok(()) } else { Err(Error::own("value is out of range")) }
    }

    /// Deletes `key` of the selected database if its time is over.
    #[inline]
    pub fn purge(&mut self, key: &[u8]) {
        self.purge_in(self.session.db, key);
    }

    /// Deletes `key` of any database if its time is over.
    #[inline]
    pub fn purge_in(&mut self, db: usize, key: &[u8]) {
        if !self.keyspace.dbs[db].is_timeless() {
            let now = self.now();
            self.keyspace.purge(db, key, now);
        }
    }

    /// Tells whether nothing keeps a call from running at once, and nobody looks at it: see [`Server::guarded`].
    #[inline]
    pub(super) fn is_unguarded(&self) -> bool {
        debug_assert_eq!(self.server.guarded, self.server.is_guarded());
        !self.server.guarded
            && !self.session.timed
            && match self.origin {
                Origin::Client => self.session.queue.is_none(),
                Origin::Exec => true,
                Origin::Script { read_only, .. } => !read_only && self.server.declared.is_none(),
            }
    }

    /// Deletes those keys of a call whose time is over, so that the handler and whoever listens see them gone.
    #[inline(never)]
    pub(super) fn purge_keys_of(&mut self, command: &Command, argv: &[&[u8]]) {
        if !self.db().has_expired(self.now()) || command.flags.contains(Flags::NO_MANDATORY_KEYS) {
            return;
        }
        // What nobody may write does not go either: it is only not seen any more.
        let paused = self.server.pause.is_some() && !command.flags.contains(Flags::WRITE);
        for (at, _) in command.keys.positions(argv).unwrap_or_default() {
            match paused {
                true => self.keyspace.purge_fields(self.session.db, argv[at], self.now()),
                false => self.purge(argv[at]),
            }
        }
    }
}
