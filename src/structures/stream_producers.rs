//! What producers of a stream sent lately, so that an entry that is sent twice is added once.
//! See <https://redis.io/docs/latest/develop/data-types/streams/idempotency>.

use super::bytes::Bytes;
use super::dict::Dict;
use super::sorted::SortedMap;
use super::stream_id::StreamId;
use std::collections::VecDeque;

/// For how long what was sent is remembered, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProducerLimits {
    /// Seconds.
    pub duration: u32,
    /// Names of entries, for each producer.
    pub maxsize: u32,
}

impl ProducerLimits {
    /// What Redis sets where nobody else does.
    pub const DEFAULT: ProducerLimits = ProducerLimits { duration: 100, maxsize: 100 };
}

/// The producers of a stream.
#[derive(Debug, Clone)]
pub struct Producers {
    limits: ProducerLimits,
    by_name: SortedMap<Bytes, Producer>,
    /// How many names were ever remembered.
    pub added: u64,
    /// How many entries were not added because they had been before.
    pub duplicates: u64,
}

#[derive(Debug, Clone, Default)]
struct Producer {
    sent: Dict<StreamId>,
    /// The names in the order in which they came, with the time of each in ms since 1970.
    order: VecDeque<(i64, Bytes)>,
}

impl Producers {
    pub fn new(limits: ProducerLimits) -> Producers {
        Producers { limits, by_name: SortedMap::new(), added: 0, duplicates: 0 }
    }

    pub fn limits(&self) -> ProducerLimits {
        self.limits
    }

    /// Sets the limits; if they are others, what was sent is forgotten.
    pub fn set_limits(&mut self, limits: ProducerLimits) {
        if limits != self.limits {
            self.limits = limits;
            self.by_name.clear();
        }
    }

    /// Answers the entry that a producer sent under a name, unless that is too long ago.
    pub fn find(&mut self, producer: &[u8], name: &[u8], now: i64) -> Option<StreamId> {
        self.expire(now);
        self.by_name.get(producer)?.sent.get(name).copied()
    }

    /// Remembers the entry that a producer sent under a name.
    pub fn remember(&mut self, producer: &[u8], name: &[u8], id: StreamId, now: i64) {
        let most = self.limits.maxsize as usize;
        let sent = self.by_name.get_or_insert_with(producer.into(), Producer::default);
        sent.sent.insert(name, id);
        sent.order.push_back((now, name.into()));
        while sent.order.len() > most {
            sent.drop_oldest();
        }
        self.added += 1;
    }

    /// Counts the producers.
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Walks the producers, each with the names and the entries that it sent, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (&Bytes, Vec<(&Bytes, StreamId)>)> {
        self.by_name.iter().map(|(name, producer)| {
            let sent = producer.order.iter().filter_map(|(_, sent)| Some((sent, *producer.sent.get(sent)?)));
            (name, sent.collect())
        })
    }

    /// Forgets what was sent too long ago.
    pub fn expire(&mut self, now: i64) {
        let until = now.saturating_sub(i64::from(self.limits.duration) * 1000);
        self.by_name.retain(|_, producer| {
            while producer.order.front().is_some_and(|(time, _)| *time <= until) {
                producer.drop_oldest();
            }
            !producer.order.is_empty()
        });
    }

    /// Counts the producers and the names that are remembered at `now`.
    pub fn tracked(&self, now: i64) -> (usize, usize) {
        let until = now.saturating_sub(i64::from(self.limits.duration) * 1000);
        let live = |producer: &Producer| producer.order.len() - producer.order.partition_point(|(at, _)| *at <= until);
        let live: Vec<usize> = self.by_name.values().map(live).filter(|live| *live > 0).collect();
        (live.len(), live.iter().sum())
    }

    /// Counts the bytes allocated, about.
    pub fn heap_size(&self) -> usize {
        let producer =
            |producer: &Producer| producer.sent.heap_size() + producer.order.capacity() * size_of::<(i64, Bytes)>();
        size_of::<Producers>() + self.by_name.values().map(producer).sum::<usize>()
    }
}

impl Producer {
    fn drop_oldest(&mut self) {
        if let Some((_, name)) = self.order.pop_front() {
            self.sent.remove(&name);
        }
    }
}
