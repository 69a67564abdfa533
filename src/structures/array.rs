//! Sparse arrays: values at indices up to 2^64 - 2, of which few may be there.
//!
//! Indices are cut into slices of 4096. A slice of up to ten values lists them; a larger one has a window of slots from
//! its first value to its last, a power of two wide. The forms change where Redis's do, so that ARINFO tells the truth.

use super::str::Str;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// The greatest index.
pub const INDEX_MAX: u64 = u64::MAX - 1;
/// The indices of a slice.
pub const SLICE: u64 = 4096;
/// The most values that a slice lists.
const LISTED: usize = 10;
/// A window with no more values than this becomes a list, unless it is of the least width.
const RELISTED: usize = 5;
/// The least width of a window.
const WINDOW: usize = 16;
/// The slices of one directory of directories.
const BLOCK: u64 = 2048;

/// An array.
#[derive(Debug, Clone, Default)]
pub struct Array {
    slices: BTreeMap<u64, Slice>,
    count: u64,
    /// The index that is inserted at next; 0 before the first insertion, 2^64 - 1 when there is none left.
    pub next: u64,
    /// The width of the directory of directories that Redis would have, once an index needed one.
    blocks_wide: usize,
}

#[derive(Debug)]
enum Slice {
    /// Offsets with their values, in ascending order.
    List(Vec<(u16, Str)>),
    Window {
        base: u16,
        used: u16,
        slots: Vec<Option<Str>>,
    },
}

/// A copy has as many places as what it is a copy of, as ARINFO tells.
impl Clone for Slice {
    fn clone(&self) -> Slice {
        match self {
            Slice::List(list) => {
                let mut copy = Vec::with_capacity(list.capacity());
                copy.extend_from_slice(list);
                Slice::List(copy)
            }
            Slice::Window { base, used, slots } => Slice::Window { base: *base, used: *used, slots: slots.clone() },
        }
    }
}

/// What ARINFO tells of the slices.
#[derive(Debug, Clone, Copy, Default)]
pub struct Slices {
    pub dense: usize,
    pub sparse: usize,
    /// Slots of all windows, and how many of them are used.
    pub dense_slots: usize,
    pub dense_used: usize,
    /// Places of all lists.
    pub sparse_places: usize,
}

impl Slice {
    fn get(&self, offset: u16) -> Option<&Str> {
        match self {
            Slice::List(list) => list.binary_search_by_key(&offset, |(at, _)| *at).ok().map(|at| &list[at].1),
            Slice::Window { base, slots, .. } => slots.get(usize::from(offset.checked_sub(*base)?))?.as_ref(),
        }
    }

    /// Sets a value and tells whether there was none.
    fn set(&mut self, offset: u16, value: Str) -> bool {
        if let Slice::List(list) = self {
            match list.binary_search_by_key(&offset, |(at, _)| *at) {
                Ok(at) => {
                    list[at].1 = value;
                    return false;
                }
                Err(at) if list.len() < LISTED => {
                    if list.len() == list.capacity() {
                        list.reserve_exact((list.len() * 2).clamp(4, LISTED) - list.len());
                    }
                    list.insert(at, (offset, value));
                    return true;
                }
                Err(_) => self.widen(),
            }
        }
        let Slice::Window { base, used, slots } = self else { return false };
        let (first, end) = (usize::from(*base), usize::from(*base) + slots.len());
        let at = usize::from(offset);
        if at >= end {
            let width = (at - first + 1).next_power_of_two();
            // The window stays within the slice.
            let first_now = first.min(SLICE as usize - width);
            slots.resize_with(end - first_now, || None);
            slots.rotate_right(first - first_now);
            slots.resize_with(width, || None);
            *base = first_now as u16;
        } else if at < first {
            let width = (end - at).next_power_of_two();
            let first_now = end.saturating_sub(width);
            slots.resize_with(width.max(end - first_now), || None);
            slots.rotate_right(first - first_now);
            *base = first_now as u16;
        }
        let slot = &mut slots[at - usize::from(*base)];
        let is_new = slot.replace(value).is_none();
        *used += u16::from(is_new);
        is_new
    }

    /// Turns a list into a window.
    fn widen(&mut self) {
        let Slice::List(list) = self else { return };
        let (first, last) = (list.first().map_or(0, |item| item.0), list.last().map_or(0, |item| item.0));
        let width = (usize::from(last - first) + 1).next_power_of_two().max(WINDOW);
        let base = usize::from(first).min(SLICE as usize - width);
        let mut slots: Vec<Option<Str>> = Vec::with_capacity(width);
        slots.resize_with(width, || None);
        let used = list.len() as u16;
        for (at, value) in list.drain(..) {
            slots[usize::from(at) - base] = Some(value);
        }
        *self = Slice::Window { base: base as u16, used, slots };
    }

    /// Takes a value out.
    fn remove(&mut self, offset: u16) -> Option<Str> {
        match self {
            Slice::List(list) => {
                let at = list.binary_search_by_key(&offset, |(at, _)| *at).ok()?;
                Some(list.remove(at).1)
            }
            Slice::Window { base, used, slots } => {
                let taken = slots.get_mut(usize::from(offset.checked_sub(*base)?))?.take()?;
                *used -= 1;
                if usize::from(*used) <= RELISTED && slots.len() > WINDOW {
                    let mut list = Vec::with_capacity(usize::from(*used));
                    let values = slots.drain(..).zip(*base..).filter_map(|(slot, at)| slot.map(|value| (at, value)));
                    list.extend(values);
                    *self = Slice::List(list);
                }
                Some(taken)
            }
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Slice::List(list) => list.is_empty(),
            Slice::Window { used, .. } => *used == 0,
        }
    }

    /// Walks offsets and values.
    fn iter(&self) -> Box<dyn DoubleEndedIterator<Item = (u16, &Str)> + '_> {
        match self {
            Slice::List(list) => Box::new(list.iter().map(|(at, value)| (*at, value))),
            Slice::Window { base, slots, .. } => {
                let value = move |(at, slot)| Option::map(Option::as_ref(slot), |value| (base + at as u16, value));
                Box::new(slots.iter().enumerate().filter_map(value))
            }
        }
    }
}

fn split(index: u64) -> (u64, u16) {
    (index / SLICE, (index % SLICE) as u16)
}

impl Array {
    /// Counts the values.
    pub fn count(&self) -> u64 {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Answers the greatest index in use and 1; 0 without values.
    pub fn len(&self) -> u64 {
        let last = self.slices.last_key_value();
        last.and_then(|(number, slice)| slice.iter().next_back().map(|(at, _)| number * SLICE + u64::from(at) + 1))
            .unwrap_or(0)
    }

    /// Names the encoding.
    pub fn encoding(&self) -> &'static str {
        "sliced-array"
    }

    pub fn get(&self, index: u64) -> Option<&Str> {
        let (number, offset) = split(index);
        self.slices.get(&number)?.get(offset)
    }

    /// Sets a value and tells whether there was none. The index is no greater than [`INDEX_MAX`].
    pub fn set(&mut self, index: u64, value: &[u8]) -> bool {
        let (number, offset) = split(index);
        let slice = self.slices.entry(number).or_insert_with(|| Slice::List(Vec::new()));
        let fresh = slice.is_empty();
        let is_new = slice.set(offset, Str::new(value));
        self.count += u64::from(is_new);
        if fresh && (number >= BLOCK || self.blocks_wide > 0) {
            self.blocks_wide = self.blocks_wide.max(4).max(self.blocks().next_power_of_two());
        }
        is_new
    }

    /// Removes a value and tells whether there was one.
    pub fn remove(&mut self, index: u64) -> bool {
        let (number, offset) = split(index);
        let Some(slice) = self.slices.get_mut(&number) else { return false };
        let removed = slice.remove(offset).is_some();
        self.count -= u64::from(removed);
        if slice.is_empty() {
            self.slices.remove(&number);
        }
        removed
    }

    /// Removes the values from `start` to `end`, and answers how many there were.
    pub fn remove_range(&mut self, start: u64, end: u64) -> u64 {
        let mut found = Vec::new();
        let _ = self.each(start, end, |index, _| {
            found.push(index);
            ControlFlow::Continue(())
        });
        found.into_iter().map(|index| u64::from(self.remove(index))).sum()
    }

    /// Forgets all values, but not where to insert.
    pub fn clear(&mut self) {
        *self = Array { next: self.next, ..Array::default() };
    }

    /// Visits the values between two indices, from the first to the second, which may be the lesser.
    pub fn each(&self, from: u64, to: u64, mut visit: impl FnMut(u64, &Str) -> ControlFlow<()>) -> ControlFlow<()> {
        let (low, high) = (from.min(to), from.max(to));
        let slices = self.slices.range(low / SLICE..=high / SLICE);
        let mut visit = |number: u64, (at, value): (u16, &Str)| {
            let index = number * SLICE + u64::from(at);
            if (low..=high).contains(&index) { visit(index, value) } else { ControlFlow::Continue(()) }
        };
        if from <= to {
            for (number, slice) in slices {
                slice.iter().try_for_each(|item| visit(*number, item))?;
            }
        } else {
            for (number, slice) in slices.rev() {
                slice.iter().rev().try_for_each(|item| visit(*number, item))?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Counts the slices.
    pub fn slices(&self) -> usize {
        self.slices.len()
    }

    /// Counts the directories that hold slices, where there is more than one; else 0.
    pub fn directories(&self) -> usize {
        if self.blocks_wide > 0 { self.blocks() } else { 0 }
    }

    fn blocks(&self) -> usize {
        let (mut blocks, mut next) = (0, 0);
        while let Some((number, _)) = self.slices.range(next..).next() {
            blocks += 1;
            next = (number / BLOCK + 1) * BLOCK;
        }
        blocks
    }

    /// Counts the places of the directory.
    pub fn directory_size(&self) -> usize {
        let last = self.slices.last_key_value().map_or(0, |(number, _)| *number as usize);
        if self.blocks_wide > 0 { self.blocks_wide } else { (last + 1).next_power_of_two() }
    }

    /// Describes the slices.
    pub fn describe(&self) -> Slices {
        let mut facts = Slices::default();
        for slice in self.slices.values() {
            match slice {
                Slice::List(list) => {
                    facts.sparse += 1;
                    facts.sparse_places += list.capacity();
                }
                Slice::Window { used, slots, .. } => {
                    facts.dense += 1;
                    facts.dense_slots += slots.len();
                    facts.dense_used += usize::from(*used);
                }
            }
        }
        facts
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let facts = self.describe();
        let slots = facts.dense_slots * size_of::<Option<Str>>() + facts.sparse_places * size_of::<(u16, Str)>();
        let slices = self.slices.len() * size_of::<(u64, Slice)>();
        let mut values = 0;
        let _ = self.each(0, INDEX_MAX, |_, value| {
            values += value.heap_size();
            ControlFlow::Continue(())
        });
        slots + slices + values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;

    /// Random changes, compared with a plain map.
    #[test]
    fn agrees_with_a_map() {
        let mut random = random_below(3);
        for round in 0..60 {
            let (mut array, mut model) = (Array::default(), BTreeMap::new());
            let span = [20, 300, 5000, 40_000, 1 << 30][round % 5];
            for step in 0..2000 {
                let index = if random(50) == 0 { INDEX_MAX - random(3) } else { random(span) };
                if random(10) < if step < 1000 { 7 } else { 3 } {
                    assert_eq!(array.set(index, index.to_string().as_bytes()), model.insert(index, ()).is_none());
                } else {
                    assert_eq!(array.remove(index), model.remove(&index).is_some());
                }
                assert_eq!(array.count(), model.len() as u64);
                assert_eq!(array.len(), model.keys().next_back().map_or(0, |last| last + 1));
            }
            for (from, to) in [(0, INDEX_MAX), (INDEX_MAX, 0), (10, span / 2), (span / 2, 10)] {
                let mut seen = Vec::new();
                let _ = array.each(from, to, |index, value| {
                    assert_eq!(*value.bytes(), *index.to_string().as_bytes());
                    seen.push(index);
                    ControlFlow::Continue(())
                });
                let mut wanted: Vec<u64> = model.range(from.min(to)..=from.max(to)).map(|(index, ())| *index).collect();
                if from > to {
                    wanted.reverse();
                }
                assert_eq!(seen, wanted);
            }
        }
    }
}
