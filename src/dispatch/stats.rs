//! What is counted: calls of each command, how long they took, errors, lookups.

use super::command::Command;
use crate::protocol::{Error, Reply};
use crate::structures::order::sort_by_key;
use crate::structures::sorted::SortedMap;
use hashbrown::HashTable;
use std::cell::Cell;

/// Codes of errors that are counted each by itself; whoever makes up more has them counted together.
const MOST_CODES: usize = 128;

/// Counters for INFO.
#[derive(Clone, Default)]
pub struct Stats {
    pub errors: u64,
    /// Keys that went because memory ran out.
    pub evicted: u64,
    /// Lookups for reading that found a key, or found none.
    pub hits: Cell<u64>,
    pub misses: Cell<u64>,
    /// The most bytes that were in use when somebody asked.
    pub peak: Cell<usize>,
    /// Calls that SLOWLOG kept, their microseconds and those of the slowest.
    pub slow_calls: u64,
    pub slow_us: u64,
    pub slowest_us: u64,
    calls: Vec<Calls>,
    /// Where the counters of a command stand, by its address, and which were wanted last: most often the same are next.
    places: HashTable<u32>,
    last: usize,
    /// How often errors were answered, by their first word.
    codes: SortedMap<String, u64>,
}

/// What is counted of one command.
#[derive(Clone)]
pub struct Calls {
    pub command: &'static Command,
    pub calls: u64,
    /// Microseconds that all timed calls took.
    pub usec: u64,
    /// Calls that were not let run.
    pub rejected: u64,
    /// Calls that answered an error.
    pub failed: u64,
    pub times: Option<Box<Histogram>>,
}

impl Stats {
    /// Opens the counters of a command.
    #[inline]
    pub fn of(&mut self, command: &'static Command) -> &mut Calls {
        if !self.calls.get(self.last).is_some_and(|calls| std::ptr::eq(calls.command, command)) {
            self.last = self.place(command);
        }
        &mut self.calls[self.last]
    }

    fn place(&mut self, command: &'static Command) -> usize {
        let hash = |command: &'static Command| {
            (std::ptr::from_ref(command).addr() as u64 >> 3).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        };
        let calls = &mut self.calls;
        let same = |&at: &u32| std::ptr::eq(calls[at as usize].command, command);
        if let Some(&at) = self.places.find(hash(command), same) {
            return at as usize;
        }
        let at = calls.len();
        calls.push(Calls { command, calls: 0, usec: 0, rejected: 0, failed: 0, times: None });
        self.places.insert_unique(hash(command), at as u32, |&at| hash(calls[at as usize].command));
        at
    }

    /// Counts the calls of all commands.
    pub fn commands(&self) -> u64 {
        self.calls.iter().map(|calls| calls.calls).sum()
    }

    /// Walks the counters of the commands that were called, by name.
    pub fn calls(&self) -> Vec<&Calls> {
        let mut calls: Vec<&Calls> = self.calls.iter().collect();
        sort_by_key(&mut calls, |calls| calls.command.name);
        calls
    }

    /// Counts the errors that a call has answered, those within an array too, and the call as failed: once, and once
    /// for each error that was counted before, which is not counted again.
    #[cold]
    pub fn count_errors(&mut self, command: &'static Command, reply: &Reply) {
        let mut errors = Vec::new();
        collect_errors(reply, &mut errors);
        let (passed, own): (Vec<&Error>, Vec<&Error>) =
            errors.into_iter().partition(|error| matches!(error, Error::Passed(_)));
        self.of(command).failed += passed.len() as u64 + u64::from(!own.is_empty());
        own.into_iter().for_each(|error| self.count_error(error));
    }

    /// Counts the error that a call has answered, as `count_errors` does.
    #[cold]
    pub fn count_failure(&mut self, command: &'static Command, error: &Error) {
        self.of(command).failed += 1;
        if !matches!(error, Error::Passed(_)) {
            self.count_error(error);
        }
    }

    /// Counts an error that a client is answered.
    #[cold]
    pub fn count_error(&mut self, error: &Error) {
        self.errors += 1;
        let line = error.line();
        let code = line.split(|byte| *byte == b' ').next().unwrap_or_default();
        let code = String::from_utf8_lossy(&code[..code.len().min(64)]).into_owned();
        let full = self.codes.len() >= MOST_CODES && !self.codes.contains_key(&code);
        *self.codes.get_or_insert_with(if full { "OTHER".into() } else { code }, || 0) += 1;
    }

    /// Walks the counts of errors by code.
    pub fn codes(&self) -> impl Iterator<Item = (&str, u64)> {
        self.codes.iter().map(|(code, count)| (code.as_str(), *count))
    }
}

fn collect_errors<'a>(reply: &'a Reply, errors: &mut Vec<&'a Error>) {
    match reply {
        Reply::Error(error) => errors.push(error),
        Reply::Array(items) | Reply::Set(items) => items.iter().for_each(|item| collect_errors(item, errors)),
        Reply::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            collect_errors(key, errors);
            collect_errors(value, errors);
        }),
        _ => {}
    }
}

/// How often a time fell between which bounds: sixteen steps to each doubling.
#[derive(Clone, Default)]
pub struct Histogram {
    counts: Vec<u32>,
    total: u64,
}

/// Steps to each doubling, as bits.
const STEP_BITS: u32 = 4;

impl Histogram {
    /// Counts one time in microseconds.
    pub fn add(&mut self, usec: u64) {
        let at = Histogram::place(usec.min(u64::from(u32::MAX)));
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] = self.counts[at].saturating_add(1);
        self.total += 1;
    }

    pub fn total(&self) -> u64 {
        self.total
    }

    fn place(usec: u64) -> usize {
        let octave = usec.max(1).ilog2();
        match octave.checked_sub(STEP_BITS) {
            None => usec as usize,
            Some(shift) => ((shift as usize + 1) << STEP_BITS) + ((usec >> shift) as usize - (1 << STEP_BITS)),
        }
    }

    /// The greatest time that falls to a place.
    fn top(at: usize) -> u64 {
        let steps = 1 << STEP_BITS;
        match (at >> STEP_BITS).checked_sub(1) {
            None => at as u64,
            Some(shift) => (((at % steps + steps) as u64 + 1) << shift) - 1,
        }
    }

    /// Answers the microseconds within which `share` percent of all stayed.
    pub fn percentile(&self, share: f64) -> u64 {
        let wanted = ((share / 100.0) * self.total as f64).ceil().max(1.0) as u64;
        let mut sum = 0;
        for (at, count) in self.counts.iter().enumerate() {
            sum += u64::from(*count);
            if sum >= wanted {
                return Histogram::top(at);
            }
        }
        self.counts.len().checked_sub(1).map_or(0, Histogram::top)
    }

    /// Lists how many stayed within 1, 2, 4, 8 ... microseconds, from the first that any did to the one that all did.
    pub fn doublings(&self) -> Vec<(u64, u64)> {
        let mut bounds = Vec::new();
        let (mut bound, mut sum, mut at) = (1, 0, 0);
        while sum < self.total {
            while at < self.counts.len() && Histogram::top(at) <= bound {
                sum += u64::from(self.counts[at]);
                at += 1;
            }
            if bounds.last().map_or(0, |(_, before)| *before) < sum {
                bounds.push((bound, sum));
            }
            bound = bound * 2 + u64::from(bound >= 1 << STEP_BITS);
        }
        bounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_fall_where_they_belong() {
        for usec in (0..2000).chain([65_535, 65_536, 1_000_000, u64::from(u32::MAX)]) {
            let at = Histogram::place(usec);
            assert!(usec <= Histogram::top(at), "{usec}");
            assert!(at == 0 || Histogram::top(at - 1) < usec, "{usec}");
        }
    }

    #[test]
    fn percentiles_and_doublings() {
        let mut histogram = Histogram::default();
        (1..=100).for_each(|usec| histogram.add(usec));
        assert_eq!(histogram.percentile(0.0), 1);
        assert_eq!(histogram.percentile(10.0), 10);
        assert!((50..=53).contains(&histogram.percentile(50.0)));
        assert!((100..=103).contains(&histogram.percentile(100.0)));
        let doublings = histogram.doublings();
        assert_eq!(doublings[..5], [(1, 1), (2, 2), (4, 4), (8, 8), (16, 16)]);
        assert_eq!(doublings.last().unwrap().1, 100);
    }
}
