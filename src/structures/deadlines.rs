//! Times of some entries of a table: keys that expire, fields that expire, keys with fields that expire.
//!
//! A binary heap of times tells which comes first, so that expiry neither samples nor misses. Entries go by their
//! positions in the table, and each position that has a time knows its slot in the heap, so that the time can be changed
//! or taken away. That is 16 bytes for each time and nothing for a name, and no growth moves more than a page.

use super::pages::Pages;

/// Times in ms since 1970, by positions in a table.
///
/// `slots` tells of every position where in the heap its time stands, and no time is earlier than that of the slot above
/// it: the slot above `n` is `(n - 1) / 2`. `put` is the only writer of both. Whoever owns the table says when an entry
/// moves: [`Deadlines::forget`].
#[derive(Debug, Clone, Default)]
pub struct Deadlines {
    heap: Pages<Deadline>,
    slots: Vec<Slots>,
}

/// A time and its position in the table, at any multiple of four bytes, lest alignment widen every entry of wasm.
#[derive(Debug, Clone, Copy)]
#[repr(Rust, packed(4))]
struct Deadline {
    at: i64,
    position: u32,
}

/// The slots of so many neighbouring positions, each one higher than it is: 0 stands for none.
const PAGE: usize = 512;

#[derive(Debug, Clone, Default)]
struct Slots {
    slots: Vec<u32>,
    /// How many there are that are not 0.
    taken: usize,
}

impl Deadlines {
    #[inline]
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn slot(&self, position: usize) -> Option<usize> {
        (*self.slots.get(position / PAGE)?.slots.get(position % PAGE)? as usize).checked_sub(1)
    }

    /// Answers the time of the entry at a position.
    #[inline]
    pub fn get(&self, position: usize) -> Option<i64> {
        self.slot(position).and_then(|slot| self.heap.get(slot)).map(|deadline| deadline.at)
    }

    /// Sets or removes the time of the entry at a position, and answers the one that it had.
    pub fn set(&mut self, position: usize, at: Option<i64>) -> Option<i64> {
        let (old, slot) = (self.get(position), self.slot(position));
        match (slot, at) {
            (None, None) => {}
            (Some(slot), None) => self.remove(slot, position),
            (_, Some(at)) => {
                let deadline = Deadline { at, position: position as u32 };
                let slot = slot.unwrap_or_else(|| {
                    self.heap.push(deadline);
                    self.heap.len() - 1
                });
                self.settle(slot, deadline);
            }
        }
        old
    }

    /// Takes note that the entry at a position goes and that the last one takes its place.
    #[inline]
    pub fn forget(&mut self, position: usize, last: usize) {
        if self.is_empty() {
            return;
        }
        self.set(position, None);
        if position != last
            && let Some(at) = self.set(last, None)
        {
            self.set(position, Some(at));
        }
    }

    fn remove(&mut self, slot: usize, position: usize) {
        self.note(position, 0);
        self.heap.swap_remove(slot);
        if let Some(&moved) = self.heap.get(slot) {
            self.settle(slot, moved);
        }
        if self.is_empty() {
            *self = Deadlines::default();
        }
    }

    /// Puts a time where it belongs, from a slot on whose own content is dropped.
    fn settle(&mut self, mut slot: usize, deadline: Deadline) {
        while slot > 0
            && let Some(&above) = self.heap.get((slot - 1) / 2)
            && deadline.at < above.at
        {
            self.put(slot, above);
            slot = (slot - 1) / 2;
        }
        loop {
            let (left, right) = (self.heap.get(slot * 2 + 1), self.heap.get(slot * 2 + 2));
            let (below, next) = match (left, right) {
                (Some(left), Some(right)) if right.at < left.at => (*right, slot * 2 + 2),
                (Some(left), _) => (*left, slot * 2 + 1),
                (None, _) => break,
            };
            if below.at >= deadline.at {
                break;
            }
            self.put(slot, below);
            slot = next;
        }
        self.put(slot, deadline);
    }

    fn put(&mut self, slot: usize, deadline: Deadline) {
        if let Some(place) = self.heap.get_mut(slot) {
            *place = deadline;
            self.note(deadline.position as usize, slot as u32 + 1);
        }
    }

    /// Notes what `slots` says of a position.
    #[inline]
    fn note(&mut self, position: usize, slot: u32) {
        let (page, at) = (position / PAGE, position % PAGE);
        if let Some(place) = self.slots.get_mut(page).and_then(|page| page.slots.get_mut(at))
            && *place != 0
            && slot != 0
        {
            *place = slot;
            return;
        }
        self.take(page, at, slot);
    }

    /// Notes that a position has come to have a time, or has none any more.
    fn take(&mut self, page: usize, at: usize, slot: u32) {
        if self.slots.len() <= page {
            self.slots.resize_with(page + 1, Slots::default);
        }
        let page = &mut self.slots[page];
        if page.slots.len() <= at {
            let wanted = (at + 1).next_power_of_two().max(4);
            page.slots.reserve_exact(wanted - page.slots.len());
            page.slots.resize(wanted, 0);
        }
        let old = std::mem::replace(&mut page.slots[at], slot);
        page.taken = page.taken + usize::from(slot != 0) - usize::from(old != 0);
        if page.taken == 0 {
            *page = Slots::default();
        }
    }

    /// Shows one of `len()` times in no order, and the position of its entry.
    pub fn at(&self, nth: usize) -> Option<(usize, i64)> {
        self.heap.get(nth).map(|deadline| (deadline.position as usize, deadline.at))
    }

    /// Answers the earliest time.
    #[inline]
    pub fn next(&self) -> Option<i64> {
        self.heap.get(0).map(|deadline| deadline.at)
    }

    /// Tells whether any time is over at `now`: its own millisecond still belongs to it, as in Redis.
    #[inline]
    pub fn is_due(&self, now: i64) -> bool {
        self.next().is_some_and(|at| at < now)
    }

    /// Answers the position of the entry with the earliest time, if that is over at `now`.
    pub fn due(&self, now: i64) -> Option<usize> {
        self.at(0).filter(|(_, at)| *at < now).map(|(position, _)| position)
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let slots: usize = self.slots.iter().map(|page| page.slots.capacity()).sum();
        self.heap.heap_size() + self.slots.capacity() * size_of::<Slots>() + slots * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;
    use std::collections::BTreeMap;

    /// Random writes leave the same times as in an ordered map, and the earliest comes first all along, while entries of
    /// the table come and go.
    #[test]
    fn the_earliest_comes_first_whatever_is_written() {
        let mut random = random_below(1);
        let (mut deadlines, mut model) = (Deadlines::default(), BTreeMap::new());
        let mut len = 6000;
        for turn in 0..50_000 {
            // It grows and shrinks in waves.
            let growing = turn / 10_000 % 2 == 0;
            let position = random(len);
            if random(10) < if growing { 7 } else { 3 } {
                let at = random(1000) as i64 - 500;
                assert_eq!(deadlines.set(position, Some(at)), model.insert(position, at));
            } else if random(3) > 0 {
                assert_eq!(deadlines.set(position, None), model.remove(&position));
            } else if growing {
                len += 1;
            } else {
                len -= 1;
                deadlines.forget(position, len);
                model.remove(&position);
                if let Some(at) = model.remove(&len) {
                    model.insert(position, at);
                }
                model.remove(&len);
            }
            assert_eq!(deadlines.get(position), model.get(&position).copied());
            assert_eq!(deadlines.len(), model.len());
            if turn % 20 == 0 {
                assert_eq!(deadlines.next(), model.values().min().copied());
                if let Some(due) = deadlines.due(0) {
                    assert_eq!(model.get(&due), model.values().min());
                }
            }
        }
        let mut before = None;
        while let Some(position) = deadlines.due(i64::MAX) {
            let at = deadlines.set(position, None);
            assert_eq!(at, model.remove(&position));
            assert!(before <= at);
            before = at;
        }
        assert!(model.is_empty() && deadlines.is_empty() && deadlines.heap_size() == 0);
    }
}
