//! What was refused (ACL LOG).

use std::collections::VecDeque;

/// Refusals of the same thing within so many ms are one entry.
const SAME_ENTRY_MS: i64 = 60_000;

/// A refusal, and how often it came.
#[derive(Debug, Clone)]
pub struct Entry {
    pub count: u64,
    /// `command`, `key`, `channel` or `auth`.
    pub reason: &'static str,
    /// `toplevel`, `multi` or `lua`.
    pub context: &'static str,
    /// The command, key or channel.
    pub object: Vec<u8>,
    pub user: Vec<u8>,
    /// The client's line of CLIENT LIST at the last refusal.
    pub client: String,
    pub id: u64,
    /// Times in ms since 1970.
    pub created: i64,
    pub updated: i64,
}

/// The newest refusals, newest first.
#[derive(Default)]
pub struct Log {
    entries: VecDeque<Entry>,
    next_id: u64,
}

impl Log {
    /// Adds an entry, or counts it with one of its kind; keeps no more than `most`.
    pub fn add(&mut self, mut entry: Entry, most: usize) {
        let same = |old: &Entry| {
            (old.reason, old.context, &old.object, &old.user)
                == (entry.reason, entry.context, &entry.object, &entry.user)
                && entry.updated - old.updated <= SAME_ENTRY_MS
        };
        match self.entries.iter().position(same).and_then(|at| self.entries.remove(at)) {
            Some(old) => (entry.count, entry.id, entry.created) = (old.count + 1, old.id, old.created),
            None => {
                entry.id = self.next_id;
                self.next_id += 1;
            }
        }
        self.entries.push_front(entry);
        self.entries.truncate(most);
    }

    pub fn newest(&self, count: usize) -> impl Iterator<Item = &Entry> {
        self.entries.iter().take(count)
    }

    pub fn clear(&mut self) {
        self.entries.clear();
    }
}
