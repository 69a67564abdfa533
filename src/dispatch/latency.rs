//! The moments at which the engine was slow, by kind of event.
//! See <https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/latency-monitor/>.

use crate::structures::sorted::SortedMap;
use std::collections::VecDeque;

/// Moments that are kept of each kind of event.
const MOST: usize = 160;

/// The slow moments of one kind of event.
#[derive(Default)]
pub struct Series {
    /// Seconds since 1970 and milliseconds that the event took, one for each second.
    pub moments: VecDeque<(i64, u64)>,
    /// The longest ever, in milliseconds.
    pub longest: u64,
}

/// The slow moments of every kind of event.
#[derive(Default)]
pub struct Latency {
    events: SortedMap<&'static str, Series>,
}

impl Latency {
    /// Keeps a moment; of several in the same second the longest.
    pub fn add(&mut self, event: &'static str, at: i64, ms: u64) {
        let series = self.events.get_or_insert_with(event, Series::default);
        series.longest = series.longest.max(ms);
        match series.moments.back_mut() {
            Some((last, longest)) if *last == at => *longest = (*longest).max(ms),
            _ => {
                if series.moments.len() == MOST {
                    series.moments.pop_front();
                }
                series.moments.push_back((at, ms));
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Series)> {
        self.events.iter().map(|(event, series)| (*event, series))
    }

    pub fn get(&self, event: &str) -> Option<&Series> {
        self.events.get(event)
    }

    /// Forgets one kind of event, and tells whether there was something to forget.
    pub fn forget(&mut self, event: &str) -> bool {
        self.events.remove(event).is_some()
    }

    /// Forgets all and answers how many kinds there were.
    pub fn clear(&mut self) -> usize {
        std::mem::take(&mut self.events).len()
    }
}
