//! Consumer groups of streams: what was delivered to whom and not yet acknowledged.

use super::bytes::Bytes;
use super::sorted::{SortedMap, SortedSet};
use super::stream::Stream;
use super::stream_id::StreamId;

/// A group.
///
/// A pending entry stands in `pending` and in `by_time`, and in the set of its owner if it has one; [`Group::put`] and
/// [`Group::remove`] are the only writers of the three.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The last entry that was delivered to anybody.
    pub last_id: StreamId,
    /// How many entries of the stream stand up to `last_id`, deleted ones too; `None` where that is unknown.
    pub entries_read: Option<u64>,
    pending: SortedMap<StreamId, Pending>,
    /// Identifiers in the order in which they become idle: those that were given back first, then by time, then as
    /// they were put.
    by_time: SortedMap<(i64, u64), StreamId>,
    puts: u64,
    names: SortedMap<Bytes, ConsumerAt>,
    consumers: Vec<Option<Consumer>>,
    /// The places among them that are free.
    free: Vec<u32>,
}

/// Where a consumer stands within its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumerAt(u32);

/// An entry that was delivered and not yet acknowledged.
#[derive(Debug, Clone, Copy)]
pub struct Pending {
    /// When it was last delivered, in ms since 1970; 0 once it was given back.
    pub time: i64,
    /// How often it was delivered.
    pub count: i64,
    /// Who has it; nobody once it was given back (XNACK).
    pub owner: Option<ConsumerAt>,
    turn: u64,
}

impl Pending {
    /// The key under which it stands in `by_time`.
    fn key(&self) -> (i64, u64) {
        (if self.owner.is_some() { self.time } else { -1 }, self.turn)
    }
}

/// A consumer of a group.
#[derive(Debug, Clone)]
pub struct Consumer {
    pub name: Bytes,
    /// When it last tried to read, in ms since 1970.
    pub seen: i64,
    /// When it last got something.
    pub active: Option<i64>,
    pending: SortedSet<StreamId>,
}

impl Consumer {
    /// Walks the identifiers of its pending entries from `start` on.
    pub fn pending_from(&self, start: StreamId) -> impl Iterator<Item = StreamId> {
        self.pending.range(start..).copied()
    }

    /// Counts its pending entries.
    pub fn pending_len(&self) -> usize {
        self.pending.len()
    }
}

impl Group {
    pub fn new(last_id: StreamId, entries_read: Option<u64>) -> Group {
        Group { last_id, entries_read, ..Group::default() }
    }

    /// Finds a consumer.
    pub fn find(&self, name: &[u8]) -> Option<ConsumerAt> {
        self.names.get(name).copied()
    }

    /// Finds a consumer and makes it if there is none. The flag says that it was made.
    pub fn find_or_create(&mut self, name: &[u8], now: i64) -> (ConsumerAt, bool) {
        if let Some(at) = self.find(name) {
            return (at, false);
        }
        let consumer = Consumer { name: name.into(), seen: now, active: None, pending: SortedSet::new() };
        let at = self.free.pop().unwrap_or(self.consumers.len() as u32);
        match self.consumers.get_mut(at as usize) {
            Some(place) => *place = Some(consumer),
            None => self.consumers.push(Some(consumer)),
        }
        let at = ConsumerAt(at);
        self.names.insert(name.into(), at);
        (at, true)
    }

    /// Removes a consumer with its pending entries, and answers how many it had.
    pub fn delete_consumer(&mut self, name: &[u8]) -> Option<usize> {
        let at = self.names.remove(name)?;
        let consumer = self.consumers.get_mut(at.0 as usize)?.take()?;
        self.free.push(at.0);
        for id in consumer.pending.iter() {
            if let Some(pending) = self.pending.remove(id) {
                self.by_time.remove(&pending.key());
            }
        }
        Some(consumer.pending.len())
    }

    pub fn consumer(&self, at: ConsumerAt) -> Option<&Consumer> {
        self.consumers.get(at.0 as usize)?.as_ref()
    }

    pub fn consumer_mut(&mut self, at: ConsumerAt) -> Option<&mut Consumer> {
        self.consumers.get_mut(at.0 as usize)?.as_mut()
    }

    /// Counts the consumers.
    pub fn consumers_len(&self) -> usize {
        self.names.len()
    }

    /// Walks the consumers in the order of their names.
    pub fn consumers(&self) -> impl Iterator<Item = &Consumer> {
        self.names.values().filter_map(|at| self.consumer(*at))
    }

    /// Shows a pending entry.
    pub fn pending(&self, id: StreamId) -> Option<Pending> {
        self.pending.get(&id).copied()
    }

    /// Counts the pending entries.
    pub fn pending_len(&self) -> usize {
        self.pending.len()
    }

    /// Counts the pending entries that nobody has.
    pub fn ownerless_len(&self) -> usize {
        self.pending.len() - self.consumers().map(Consumer::pending_len).sum::<usize>()
    }

    /// Walks the pending entries from `start` to `end`, both included.
    pub fn pending_range(
        &self,
        start: StreamId,
        end: StreamId,
    ) -> impl DoubleEndedIterator<Item = (StreamId, Pending)> + '_ {
        // The map takes no range that ends before it begins.
        let ends = (start <= end).then_some((start, end)).into_iter();
        ends.flat_map(|(start, end)| self.pending.range(start..=end)).map(|(id, pending)| (*id, *pending))
    }

    /// Walks the pending entries that are idle for `idle` ms or longer at `now`, the longest first.
    pub fn idle_for(&self, idle: i64, now: i64) -> impl Iterator<Item = StreamId> + '_ {
        let idle_since = now.saturating_sub(idle);
        self.by_time.iter().take_while(move |((time, _), _)| (*time).max(0) <= idle_since).map(|(_, id)| *id)
    }

    /// Notes that an entry of the group's stream was delivered to somebody.
    pub fn advance(&mut self, stream: &Stream, id: StreamId) {
        if id <= self.last_id {
            return;
        }
        self.entries_read = match self.entries_read {
            // Entries may have been trimmed between the last one and the first that there is.
            Some(read) if self.last_id >= stream.first_id() && !stream.has_tombstones_from(self.last_id) => {
                Some(read.saturating_add(1))
            }
            _ => stream.entries_up_to(id),
        };
        self.last_id = id;
    }

    /// Answers the time in ms since 1970 at which the next entry that is still there will have been idle for `idle` ms.
    pub fn next_idle(&self, stream: &Stream, idle: i64) -> Option<i64> {
        let mut present = self.by_time.iter().filter(|(_, id)| stream.contains(**id));
        present.next().map(|((time, _), _)| (*time).max(0).saturating_add(idle))
    }

    /// Makes an entry pending, or changes how it is.
    pub fn put(&mut self, id: StreamId, owner: Option<ConsumerAt>, time: i64, count: i64) {
        self.remove(id);
        self.puts += 1;
        let pending = Pending { time, count, owner, turn: self.puts };
        self.by_time.insert(pending.key(), id);
        if let Some(consumer) = owner.and_then(|at| self.consumer_mut(at)) {
            consumer.pending.insert(id);
        }
        self.pending.insert(id, pending);
    }

    /// Removes a pending entry and tells whether there was one.
    pub fn remove(&mut self, id: StreamId) -> bool {
        let Some(pending) = self.pending.remove(&id) else { return false };
        self.by_time.remove(&pending.key());
        if let Some(consumer) = pending.owner.and_then(|at| self.consumer_mut(at)) {
            consumer.pending.remove(&id);
        }
        true
    }

    /// Tells whether the group has yet to read or to acknowledge an entry.
    pub fn refers_to(&self, id: StreamId) -> bool {
        self.last_id < id || self.pending.contains_key(&id)
    }

    /// Counts the bytes allocated, about.
    pub fn heap_size(&self) -> usize {
        let entry = size_of::<(StreamId, Pending)>() + size_of::<((i64, u64), StreamId)>() + size_of::<StreamId>();
        let consumers =
            self.consumers.capacity() * size_of::<Option<Consumer>>() + self.free.capacity() * size_of::<u32>();
        let names: usize = self.names.keys().map(|name| size_of::<(Bytes, ConsumerAt)>() + 2 * name.heap_size()).sum();
        self.pending.len() * entry + consumers + names
    }
}
