//! Client-side caching: who holds copies of which keys, and is told when they change.
//! See <https://redis.io/docs/latest/develop/reference/client-side-caching/>.
//!
//! A client that tracks by default is remembered with every key that it reads, and told once when the key changes. One
//! that tracks by broadcast is told of every change under its prefixes, whatever it has read. Databases make no
//! difference here, as they make none in Redis.

use super::command::{Command, Flags};
use super::context::Context;
use super::server::{Push, Server};
use crate::structures::sorted::{SortedMap, SortedSet};
use crate::structures::{Bytes, Dict};

/// Which reads a client is remembered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Every,
    /// None; it is told by prefix.
    Broadcast,
    /// Those after CLIENT CACHING YES.
    OptIn,
    /// All but those after CLIENT CACHING NO.
    OptOut,
}

/// A client that tracks.
#[derive(Debug, Clone)]
pub struct Tracker {
    pub mode: Mode,
    /// It is not told of its own changes.
    pub noloop: bool,
    /// The id of the client that is told in its stead.
    pub redirect: Option<u64>,
    /// That client is gone, and this one was told so.
    pub broken: bool,
    /// CLIENT CACHING was said about the next command, or transaction.
    pub caching: bool,
    /// The prefixes of a broadcast; the empty one is every key's.
    pub prefixes: SortedSet<Bytes>,
}

/// Keys that changed under a prefix, each with the session that changed it last, by slot.
type Changes = SortedMap<Bytes, Option<u32>>;

/// What is tracked.
#[derive(Default)]
pub struct Tracking {
    /// The clients that track, by slot.
    pub trackers: SortedMap<u32, Tracker>,
    /// Who read a key, by slot. Sessions that track no more are left in until the key changes.
    keys: Dict<SortedSet<u32>>,
    /// Who listens to a prefix, by slot, and what changed under it since they were told.
    prefixes: SortedMap<Bytes, (SortedSet<u32>, Changes)>,
}

impl Tracking {
    /// Begins to track for a session, or changes how.
    pub fn begin(&mut self, slot: u32, tracker: Tracker) {
        for prefix in tracker.prefixes.iter() {
            self.prefixes.get_or_insert_with(prefix.clone(), Default::default).0.insert(slot);
        }
        self.trackers.insert(slot, tracker);
    }

    /// Tracks no more for a session.
    pub fn end(&mut self, slot: u32) {
        let Some(tracker) = self.trackers.remove(&slot) else { return };
        for prefix in tracker.prefixes.iter() {
            if let Some((listeners, _)) = self.prefixes.get_mut(prefix) {
                listeners.remove(&slot);
                if listeners.is_empty() {
                    self.prefixes.remove(prefix);
                }
            }
        }
        if self.trackers.is_empty() {
            self.keys = Dict::default();
        }
    }

    /// Counts what INFO tells of: keys, sessions that read them, prefixes.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.keys.len(), self.keys.values().map(SortedSet::len).sum(), self.prefixes.len())
    }
}

impl Server {
    /// Tells those who hold a copy of a key that it changed. `author` is the session that changed it, by slot.
    pub(super) fn invalidate(&mut self, key: &[u8], author: Option<u32>) {
        for (prefix, (_, changes)) in self.tracking.prefixes.iter_mut() {
            if key.starts_with(prefix) {
                changes.insert(key.into(), author);
            }
        }
        self.forget_copies(key, author);
    }

    fn forget_copies(&mut self, key: &[u8], author: Option<u32>) {
        let Some(readers) = self.tracking.keys.remove(key) else { return };
        for &slot in readers.iter() {
            let tracker = self.tracking.trackers.get(&slot).filter(|tracker| tracker.mode != Mode::Broadcast);
            if tracker.is_some_and(|tracker| !(tracker.noloop && author == Some(slot))) {
                self.pushes.push((slot, Push::Invalidate(Some(vec![key.into()]))));
            }
        }
    }

    /// Tells everybody who tracks that all keys are gone.
    pub(super) fn invalidate_all(&mut self) {
        self.tracking.keys = Dict::default();
        for &slot in self.tracking.trackers.keys() {
            self.pushes.push((slot, Push::Invalidate(None)));
        }
    }

    /// Tells those who track by prefix what changed since they were last told.
    pub fn broadcast(&mut self) {
        for (listeners, changes) in self.tracking.prefixes.values_mut() {
            let changes = std::mem::take(changes);
            if changes.is_empty() {
                continue;
            }
            for &slot in listeners.iter() {
                let noloop = self.tracking.trackers.get(&slot).is_some_and(|tracker| tracker.noloop);
                let others = changes.iter().filter(|(_, author)| !(noloop && **author == Some(slot)));
                let keys: Vec<Bytes> = others.map(|(key, _)| Bytes::new(key)).collect();
                if !keys.is_empty() {
                    self.pushes.push((slot, Push::Invalidate(Some(keys))));
                }
            }
        }
    }

    /// Forgets keys beyond `tracking-table-max-keys`, as if they had changed.
    pub fn limit_copies(&mut self) {
        let most = self.config.tracking_table_max_keys;
        while most > 0 && self.tracking.keys.len() > most {
            let position = self.random_below(self.tracking.keys.len());
            let Some(key) = self.tracking.keys.at(position).map(|(key, _)| Bytes::new(key)) else { break };
            self.forget_copies(&key, None);
        }
    }
}

/// Remembers which keys a session has read.
pub(super) fn remember(cx: &mut Context, command: &Command, argv: &[&[u8]]) {
    let slot = cx.session.slot;
    let Some(tracker) = cx.server.tracking.trackers.get(&slot) else { return };
    let wanted = match tracker.mode {
        Mode::Every => true,
        Mode::Broadcast => false,
        Mode::OptIn => tracker.caching,
        Mode::OptOut => !tracker.caching,
    };
    if !wanted || !command.flags.contains(Flags::READONLY) || command.flags.contains(Flags::SCRIPT_RUNNER) {
        return;
    }
    for (at, _) in command.keys.positions(argv).unwrap_or_default() {
        cx.server.tracking.keys.get_or_insert_with(argv[at], SortedSet::new).0.insert(slot);
    }
    cx.server.limit_copies();
    cx.keyspace.journal.attention = true;
}

/// Ends what CLIENT CACHING has said, after the command or the transaction that it was about.
pub(super) fn end_caching(cx: &mut Context, command: &Command) {
    if cx.session.queue.is_none()
        && !command.name.starts_with("CLIENT ")
        && let Some(tracker) = cx.server.tracking.trackers.get_mut(&cx.session.slot)
    {
        tracker.caching = false;
    }
}
