//! The keys that calls cost the most for: microseconds in the engine, bytes of requests and replies.
//! See <https://redis.io/docs/latest/commands/hotkeys/>.
//!
//! What a call costs is shared out among its keys. Keys are counted one by one; where there are too many the lesser half is
//! forgotten, so that a count is never more than what was seen.

use super::command::Command;
use super::context::{Context, Origin};
use crate::protocol::Reply;
use crate::protocol::resp::{Protocol, encode};
use crate::structures::order::sort_by_key;
use crate::structures::slot::slot_of;
use crate::structures::{Bytes, Dict};
use std::cmp::Reverse;

/// The most keys that are counted.
const MOST: usize = 1 << 14;

/// What is tracked, and what came of it.
pub struct Hotkeys {
    /// Microseconds of keys, and bytes, where they are asked for.
    pub cpu: Option<Counts>,
    pub net: Option<Counts>,
    /// How many keys are told of.
    pub most: usize,
    /// One in so many calls is shared out among its keys.
    pub sample: usize,
    /// The slots of the keys that count, in order; none for all.
    pub slots: Vec<u16>,
    /// When it began, in ms since 1970, when it ends at the latest, and when it has ended.
    pub began: i64,
    pub until: Option<i64>,
    pub ended: Option<i64>,
    /// What calls cost: all, those on the slots that count, and those of them that were shared out.
    pub all: Cost,
    pub selected: Cost,
    pub sampled: Cost,
}

/// What calls cost together.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    pub usec: u64,
    pub bytes: u64,
}

impl Cost {
    fn add(&mut self, other: Cost) {
        self.usec += other.usec;
        self.bytes += other.bytes;
    }
}

/// What each key cost.
#[derive(Default)]
pub struct Counts {
    keys: Dict<u64>,
    pub total: u64,
}

impl Counts {
    fn add(&mut self, key: &[u8], amount: u64) {
        if amount == 0 {
            return;
        }
        self.total += amount;
        *self.keys.get_or_insert_with(key, || 0).0 += amount;
        if self.keys.len() > MOST {
            let kept = self.top(MOST / 2);
            self.keys = Dict::default();
            for (key, amount) in kept {
                self.keys.insert(&key, amount);
            }
        }
    }

    /// Answers the keys that cost the most, and how much, in that order.
    pub fn top(&self, most: usize) -> Vec<(Bytes, u64)> {
        let mut all: Vec<(&[u8], u64)> = self.keys.iter().map(|(key, amount)| (key, *amount)).collect();
        sort_by_key(&mut all, |(_, amount)| Reverse(*amount));
        all.into_iter().take(most).map(|(key, amount)| (Bytes::new(key), amount)).collect()
    }
}

impl Hotkeys {
    /// Tells whether calls are counted at a time in ms since 1970.
    pub fn is_active(&self, now: i64) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| now < until)
    }

    /// Counts for how many ms calls have been counted.
    pub fn duration(&self, now: i64) -> i64 {
        let end = self.ended.unwrap_or(now);
        (self.until.map_or(end, |until| until.min(end)) - self.began).max(0)
    }

    fn counts(&self, key: &[u8]) -> bool {
        self.slots.is_empty() || self.slots.binary_search(&slot_of(key)).is_ok()
    }
}

/// Counts what a call has cost. What a script calls is the script's.
#[inline(never)]
pub(super) fn note(cx: &mut Context, command: &Command, argv: &[&[u8]], usec: u64, reply: &Reply) {
    let now = cx.now();
    let Some(hotkeys) = cx.server.hotkeys.as_ref().filter(|_| !matches!(cx.origin, Origin::Script { .. })) else {
        return;
    };
    if !hotkeys.is_active(now) {
        return;
    }
    let sample = hotkeys.sample;
    let keys: Vec<&[u8]> =
        command.keys.positions(argv).unwrap_or_default().into_iter().map(|(at, _)| argv[at]).collect();
    let Some(first) = keys.first() else { return };
    let cost = Cost { usec, bytes: bytes_of(argv, reply, cx.session.protocol) };
    let shared = sample == 1 || cx.server.random_below(sample) == 0;
    let Some(hotkeys) = cx.server.hotkeys.as_mut() else { return };
    hotkeys.all.add(cost);
    if !hotkeys.counts(first) {
        return;
    }
    hotkeys.selected.add(cost);
    if !shared {
        return;
    }
    hotkeys.sampled.add(cost);
    let count = keys.len() as u64;
    for key in keys {
        for (counts, amount) in [(&mut hotkeys.cpu, cost.usec), (&mut hotkeys.net, cost.bytes)] {
            if let Some(counts) = counts {
                counts.add(key, amount / count);
            }
        }
    }
}

/// Counts the bytes of a call and its reply as they are on a wire.
fn bytes_of(argv: &[&[u8]], reply: &Reply, protocol: Protocol) -> u64 {
    let digits = |number: usize| number.checked_ilog10().unwrap_or(0) as usize + 1;
    let words: usize = argv.iter().map(|word| digits(word.len()) + word.len() + 5).sum();
    let mut out = Vec::new();
    encode(&mut out, reply, protocol);
    (digits(argv.len()) + 3 + words + out.len()) as u64
}
