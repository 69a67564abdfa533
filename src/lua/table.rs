//! Tables: a list part and a hash part, as in the reference implementation of Lua 5.1.
//!
//! The hash part is a chained scatter table with Brent's variation: a key that is not in its main position means
//! that another key, whose main position it is, stands there. The order of `next`, the answer of `#` and the moments
//! of growth are those of the reference, because scripts can see them (and so can whoever reads their JSON).
//! See <https://www.lua.org/doc/jucs05.pdf>, section 4.

use super::heap::Strings;
use super::value::{HASH_BITS, Value};
use std::cell::Cell;

/// No node: the end of a chain.
const NONE: u32 = u32::MAX;
/// Neither part may have more than 2^26 slots.
const MAX_BITS: u32 = 26;

#[derive(Clone, Copy)]
pub(super) struct Node {
    key: Value,
    value: Value,
    next: u32,
}

const FREE: Node = Node { key: Value::NIL, value: Value::NIL, next: NONE };

/// What a table cannot do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableError {
    ReadOnly,
    NilIndex,
    NanIndex,
    Overflow,
}

/// A Lua table.
#[derive(Default)]
pub struct Table {
    array: Box<[Value]>,
    /// Empty, or a power of two.
    nodes: Box<[Node]>,
    /// All nodes from here on are taken.
    last_free: u32,
    /// The handle of the metatable, plus one.
    metatable: u32,
    read_only: bool,
    /// Slots touched by growing and by walking over empty ones, beyond what a step pays for.
    pub(super) work: Cell<u32>,
    /// One bit for each fast metamethod known to be absent from this table (when it is used as a metatable).
    pub(super) absent: u8,
}

impl Table {
    pub(super) fn new(list: usize, hash: usize) -> Table {
        let mut table = Table::default();
        if list > 0 {
            table.array = vec![Value::NIL; list.min(1 << MAX_BITS)].into();
        }
        table.set_node_count(hash.min(1 << MAX_BITS));
        table
    }

    pub(super) fn metatable(&self) -> Option<u32> {
        self.metatable.checked_sub(1)
    }

    pub(super) fn set_metatable(&mut self, metatable: Option<u32>) {
        self.metatable = metatable.map_or(0, |handle| handle + 1);
    }

    #[inline(always)]
    pub(super) fn has_metatable(&self) -> bool {
        self.metatable != 0
    }

    #[inline(always)]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    pub(super) fn set_read_only(&mut self, read_only: bool) {
        self.read_only = read_only;
    }

    /// Tells whether there is no hash part.
    pub(super) fn is_list(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Gives the bytes of both parts.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.array) + size_of_val(&*self.nodes)
    }

    /// Gives the list part.
    #[inline(always)]
    pub(super) fn list(&self) -> &[Value] {
        &self.array
    }

    /// Takes the list part out, if its first entries are numbers and none of them is NaN.
    pub(super) fn take_numbers(&mut self, count: usize) -> Option<Box<[Value]>> {
        let first = self.array.get(..count)?;
        let all = first.iter().all(|value| value.as_number().is_some_and(|number| !number.is_nan()));
        all.then(|| std::mem::take(&mut self.array))
    }

    /// Puts back what `take_numbers` took.
    pub(super) fn put_list(&mut self, list: Box<[Value]>) {
        self.array = list;
    }

    // Main positions.

    #[inline(always)]
    fn mask(&self) -> u32 {
        (self.nodes.len() as u32).wrapping_sub(1)
    }

    /// The remainder by an odd number, for keys whose low bits say little.
    #[inline(always)]
    fn remainder(&self, hash: u32) -> u32 {
        hash % (self.mask() | 1)
    }

    #[inline(always)]
    fn short_position(&self, key: Value, strings: &Strings) -> u32 {
        let mask = self.mask();
        if mask <= HASH_BITS { (key.bits() >> 32) as u32 & mask } else { strings.short_hash(key.handle()) & mask }
    }

    #[inline(always)]
    fn number_position(&self, number: f64) -> u32 {
        if number == 0.0 {
            return 0;
        }
        let bits = number.to_bits();
        self.remainder((bits as u32).wrapping_add((bits >> 32) as u32))
    }

    /// The nodes must not be empty.
    fn main_position(&self, key: Value, strings: &Strings) -> u32 {
        if let Some(number) = key.as_number() {
            self.number_position(number)
        } else if key.is_short_string() {
            self.short_position(key, strings)
        } else if key.is_string() {
            strings.hash(key.handle()) & self.mask()
        } else if key.kind() == super::value::Type::Boolean {
            (key == Value::TRUE) as u32 & self.mask()
        } else {
            self.remainder(key.handle().wrapping_mul(0x9e37_79b1))
        }
    }

    // Reading.

    #[inline(always)]
    fn find(&self, start: u32, key: Value) -> Option<u32> {
        let mut at = start;
        while let Some(node) = self.nodes.get(at as usize) {
            if node.key == key {
                return Some(at);
            }
            at = node.next;
        }
        None
    }

    fn find_number(&self, number: f64) -> Option<u32> {
        if self.nodes.is_empty() {
            return None;
        }
        let mut at = self.number_position(number);
        while let Some(node) = self.nodes.get(at as usize) {
            if node.key.as_number() == Some(number) {
                return Some(at);
            }
            at = node.next;
        }
        None
    }

    fn find_node(&self, key: Value, strings: &Strings) -> Option<u32> {
        if self.nodes.is_empty() {
            return None;
        }
        match key.as_number() {
            Some(number) => self.find_number(number),
            None => self.find(self.main_position(key, strings), key),
        }
    }

    /// Reads the value of a short string key.
    #[inline(always)]
    pub(super) fn get_str(&self, key: Value, strings: &Strings) -> Value {
        let mut at = self.short_position(key, strings);
        while let Some(node) = self.nodes.get(at as usize) {
            if node.key == key {
                return node.value;
            }
            at = node.next;
        }
        Value::NIL
    }

    /// Gives the place of a short string key's value, if the key is there.
    #[inline(always)]
    pub(super) fn slot_str(&mut self, key: Value, strings: &Strings) -> Option<&mut Value> {
        let mut at = self.short_position(key, strings);
        while let Some(node) = self.nodes.get(at as usize) {
            if node.key == key {
                return self.nodes.get_mut(at as usize).map(|node| &mut node.value);
            }
            at = node.next;
        }
        None
    }

    /// Reads the value of an integer key.
    #[inline]
    pub fn get_int(&self, key: i64) -> Value {
        match self.array.get((key as usize).wrapping_sub(1)) {
            Some(&value) if key > 0 => value,
            _ => self.get_hashed_number(key as f64),
        }
    }

    /// Reads the value of a number key.
    #[inline(always)]
    pub(super) fn get_number(&self, number: f64) -> Value {
        match self.list_value(number) {
            Some(value) => value,
            None => self.get_hashed_number(number),
        }
    }

    #[inline(never)]
    fn get_hashed_number(&self, number: f64) -> Value {
        self.find_number(number).map_or(Value::NIL, |at| self.nodes[at as usize].value)
    }

    /// Reads the value of any key.
    #[inline]
    pub(super) fn get(&self, key: Value, strings: &Strings) -> Value {
        if key.is_short_string() {
            self.get_str(key, strings)
        } else if let Some(number) = key.as_number() {
            self.get_number(number)
        } else {
            self.find_node(key, strings).map_or(Value::NIL, |at| self.nodes[at as usize].value)
        }
    }

    // Writing.

    /// Reads the list part at a number key, if it lies there. Any other value's bits lie in none.
    #[inline(always)]
    pub(super) fn list_value(&self, number: f64) -> Option<Value> {
        let index = nearest(number);
        if index as f64 == number { self.array.get((index as usize).wrapping_sub(1)).copied() } else { None }
    }

    /// Gives the list slot of a number key, if it lies in the list part.
    #[inline(always)]
    pub(super) fn list_slot(&mut self, number: f64) -> Option<&mut Value> {
        let index = nearest(number);
        if index as f64 == number { self.array.get_mut((index as usize).wrapping_sub(1)) } else { None }
    }

    /// Gives the list slot of an integer key, if it lies in the list part and may be written.
    #[inline(always)]
    pub(super) fn slot_int(&mut self, key: i64) -> Option<&mut Value> {
        if self.read_only || key <= 0 { None } else { self.array.get_mut((key - 1) as usize) }
    }

    /// Writes the value of any key, whatever the metatable. Writing nil keeps the slot, as iteration needs.
    pub(super) fn set(&mut self, key: Value, value: Value, strings: &Strings) -> Result<(), TableError> {
        if self.read_only {
            return Err(TableError::ReadOnly);
        }
        self.store(key, value, strings)
    }

    fn store(&mut self, key: Value, value: Value, strings: &Strings) -> Result<(), TableError> {
        if key.is_short_string() {
            if let Some(slot) = self.slot_str(key, strings) {
                *slot = value;
                return Ok(());
            }
            return self.insert(key, value, strings);
        }
        let found = match key.as_number() {
            Some(number) => {
                if let Some(slot) = self.list_slot(number) {
                    *slot = value;
                    return Ok(());
                }
                self.find_number(number)
            }
            // The key of every free node is nil.
            None if key.is_nil() => return Err(TableError::NilIndex),
            None => self.find_node(key, strings),
        };
        match found {
            Some(at) => {
                self.nodes[at as usize].value = value;
                Ok(())
            }
            None if key.as_number().is_some_and(f64::is_nan) => Err(TableError::NanIndex),
            None => self.insert(key, value, strings),
        }
    }

    /// Adds a key that is not there.
    fn insert(&mut self, key: Value, value: Value, strings: &Strings) -> Result<(), TableError> {
        if self.nodes.is_empty() {
            self.rehash(key, strings)?;
            return self.store(key, value, strings);
        }
        let mut main = self.main_position(key, strings);
        if !self.nodes[main as usize].value.is_nil() {
            let Some(free) = self.take_free() else {
                self.rehash(key, strings)?;
                return self.store(key, value, strings);
            };
            let mut other = self.main_position(self.nodes[main as usize].key, strings);
            if other != main {
                // The node there is a guest: it moves to the free place, and its chain with it.
                while self.nodes[other as usize].next != main {
                    other = self.nodes[other as usize].next;
                }
                self.nodes[other as usize].next = free;
                self.nodes[free as usize] = self.nodes[main as usize];
                self.nodes[main as usize] = FREE;
            } else {
                // It is at home: the new key takes the free place, next in its chain.
                self.nodes[free as usize].next = self.nodes[main as usize].next;
                self.nodes[main as usize].next = free;
                main = free;
            }
        }
        let node = &mut self.nodes[main as usize];
        node.key = key;
        node.value = value;
        Ok(())
    }

    /// Adds a short string key that is known not to be there, if its own place is free; tells whether it did.
    pub(super) fn add_str(&mut self, key: Value, value: Value, strings: &Strings) -> bool {
        let main = self.short_position(key, strings);
        match self.nodes.get_mut(main as usize) {
            Some(node) if node.value.is_nil() && !self.read_only => {
                (node.key, node.value) = (key, value);
                self.absent = 0;
                true
            }
            _ => false,
        }
    }

    fn take_free(&mut self) -> Option<u32> {
        while self.last_free > 0 {
            self.last_free -= 1;
            if self.nodes[self.last_free as usize].key.is_nil() {
                return Some(self.last_free);
            }
        }
        None
    }

    /// Writes nil, whatever the table allows.
    pub(super) fn clear_key(&mut self, key: Value, strings: &Strings) {
        if let Some(slot) = key.as_number().and_then(|number| self.list_slot(number)) {
            *slot = Value::NIL;
        } else if let Some(at) = self.find_node(key, strings) {
            self.nodes[at as usize].value = Value::NIL;
        }
    }

    // Growing.

    fn set_node_count(&mut self, count: usize) {
        let size = if count == 0 { 0 } else { count.next_power_of_two() };
        self.nodes = if size == 0 { Box::default() } else { vec![FREE; size].into() };
        self.last_free = size as u32;
    }

    /// Gives both parts new sizes and puts every entry where it now belongs.
    pub(super) fn resize(&mut self, list: usize, hash: usize, strings: &Strings) -> Result<(), TableError> {
        if list > 1 << MAX_BITS || hash > 1 << MAX_BITS {
            return Err(TableError::Overflow);
        }
        if list > self.array.len() {
            let mut array = std::mem::take(&mut self.array).into_vec();
            array.reserve_exact(list - array.len());
            array.resize(list, Value::NIL);
            self.array = array.into();
        }
        self.add_work(self.array.len() + self.nodes.len() + list + hash);
        let old = std::mem::take(&mut self.nodes);
        self.set_node_count(hash);
        if list < self.array.len() {
            let mut array = std::mem::take(&mut self.array).into_vec();
            let vanishing = array.split_off(list);
            self.array = array.into();
            for (index, value) in vanishing.into_iter().enumerate() {
                if !value.is_nil() {
                    self.store(Value::number((list + index + 1) as f64), value, strings)?;
                }
            }
        }
        for node in old.iter().rev() {
            if !node.value.is_nil() {
                self.store(node.key, node.value, strings)?;
            }
        }
        Ok(())
    }

    /// Gives the list part a new size.
    pub(super) fn resize_list(&mut self, list: usize, strings: &Strings) -> Result<(), TableError> {
        self.resize(list, self.nodes.len(), strings)
    }

    /// Chooses the largest list part of which more than half would be used, and grows for one more key.
    fn rehash(&mut self, extra: Value, strings: &Strings) -> Result<(), TableError> {
        let mut counts = [0usize; MAX_BITS as usize + 1];
        let mut in_list = 0;
        let mut index = 1;
        for (bit, count) in counts.iter_mut().enumerate() {
            let limit = (1usize << bit).min(self.array.len());
            if index > limit {
                break;
            }
            let used = self.array[index - 1..limit].iter().filter(|value| !value.is_nil()).count();
            index = limit + 1;
            *count += used;
            in_list += used;
        }
        let mut total = in_list + 1;
        for node in &*self.nodes {
            if !node.value.is_nil() {
                in_list += count_integer(node.key, &mut counts);
                total += 1;
            }
        }
        in_list += count_integer(extra, &mut counts);

        let (mut below, mut list, mut listed) = (0, 0, 0);
        for (bit, &count) in counts.iter().enumerate() {
            if (1 << bit) / 2 >= in_list {
                break;
            }
            below += count;
            if count > 0 && below > (1 << bit) / 2 {
                list = 1 << bit;
                listed = below;
            }
            if below == in_list {
                break;
            }
        }
        self.resize(list, total - listed, strings)
    }

    // Iterating and measuring.

    /// Gives the entry after a key, from the first for nil. The outer `None` means that the key is not in the table,
    /// the inner that it was the last.
    pub(super) fn next(&self, key: Value, strings: &Strings) -> Option<Option<(Value, Value)>> {
        let start = if key.is_nil() {
            0
        } else if let Some(index) = key.as_number().and_then(|number| self.list_index(number)) {
            index
        } else {
            self.array.len() + self.find_node(key, strings)? as usize + 1
        };
        Some(self.entry_from(start))
    }

    /// Gives the place after that of a number key in the list part.
    fn list_index(&self, number: f64) -> Option<usize> {
        let index = number as usize;
        (index as f64 == number && index >= 1 && index <= self.array.len()).then_some(index)
    }

    fn entry_from(&self, start: usize) -> Option<(Value, Value)> {
        for index in start..self.array.len() {
            if !self.array[index].is_nil() {
                self.add_work(index - start);
                return Some((Value::number((index + 1) as f64), self.array[index]));
            }
        }
        let skipped = self.array.len().saturating_sub(start);
        let start = start.max(self.array.len()) - self.array.len();
        for (index, node) in self.nodes.iter().enumerate().skip(start) {
            if !node.value.is_nil() {
                self.add_work(skipped + index - start);
                return Some((node.key, node.value));
            }
        }
        self.add_work(skipped + self.nodes.len() - start);
        None
    }

    fn add_work(&self, slots: usize) {
        self.work.set(self.work.get().saturating_add(slots as u32));
    }

    /// Gives the border where it is found at once: at the end of the list part.
    #[inline(always)]
    pub(super) fn plain_len(&self) -> Option<usize> {
        match self.array.last() {
            Some(last) if !last.is_nil() && self.nodes.is_empty() => Some(self.array.len()),
            None if self.nodes.is_empty() => Some(0),
            _ => None,
        }
    }

    /// Gives a border: an `n` with a value whose successor has none, or 0.
    pub fn len(&self) -> usize {
        let size = self.array.len();
        if size > 0 && self.array[size - 1].is_nil() {
            let (mut low, mut high) = (0, size);
            while high - low > 1 {
                let middle = (low + high) / 2;
                if self.array[middle - 1].is_nil() {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            low
        } else if self.nodes.is_empty() {
            size
        } else {
            self.unbound_len(size)
        }
    }

    fn unbound_len(&self, start: usize) -> usize {
        let present = |index: usize| !self.get_int(index as i64).is_nil();
        let (mut low, mut high) = (start, start + 1);
        while present(high) {
            low = high;
            high *= 2;
            if high > i32::MAX as usize {
                // Built on purpose: look at every key, as many as there can be.
                let length = (1..).find(|&index| !present(index)).map_or(0, |index| index - 1);
                self.add_work(length);
                return length;
            }
        }
        while high - low > 1 {
            let middle = (low + high) / 2;
            if present(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Walks over every entry, in the order of `next`.
    pub fn entries(&self) -> impl Iterator<Item = (Value, Value)> + '_ {
        let list = self.array.iter().enumerate().map(|(index, &value)| (Value::number((index + 1) as f64), value));
        list.filter(|(_, value)| !value.is_nil()).chain(self.hashed_entries())
    }

    /// Walks over the entries of the hash part.
    pub(super) fn hashed_entries(&self) -> impl Iterator<Item = (Value, Value)> + '_ {
        self.nodes.iter().map(|node| (node.key, node.value)).filter(|(_, value)| !value.is_nil())
    }

    /// Drops the entries that a predicate refuses, keeping their keys as iteration needs.
    pub(super) fn clear_if(&mut self, mut dead: impl FnMut(Value, Value) -> bool) {
        for value in self.array.iter_mut().filter(|value| !value.is_nil()) {
            if dead(Value::NIL, *value) {
                *value = Value::NIL;
            }
        }
        for node in self.nodes.iter_mut().filter(|node| !node.value.is_nil()) {
            if dead(node.key, node.value) {
                node.value = Value::NIL;
            }
        }
    }

    #[cfg(test)]
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.array.len(), self.nodes.len())
    }
}

/// Rounds what 32 bits hold; anything of what is larger or no number. This sum has the integer in its low bits, for
/// the ones of its mantissa are just ones: it takes fewer steps than a conversion that must mind what does not fit.
#[inline(always)]
fn nearest(number: f64) -> i32 {
    const SHIFT: f64 = (3u64 << 51) as f64;
    (number + SHIFT).to_bits() as i32
}

fn count_integer(key: Value, counts: &mut [usize; MAX_BITS as usize + 1]) -> usize {
    let Some(number) = key.as_number() else { return 0 };
    let index = number as i32;
    if index as f64 != number || index <= 0 || index > 1 << MAX_BITS {
        return 0;
    }
    counts[(index as u32).next_power_of_two().trailing_zeros() as usize] += 1;
    1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::heap::Heap;

    fn filled(heap: &mut Heap, keys: impl IntoIterator<Item = f64>) -> Table {
        let mut table = Table::default();
        for key in keys {
            table.set(Value::number(key), Value::TRUE, &heap.strings).unwrap();
        }
        table
    }

    #[test]
    fn parts_grow_as_in_the_reference() {
        let heap = &mut Heap::new(usize::MAX);
        assert_eq!(filled(heap, []).sizes(), (0, 0));
        assert_eq!(filled(heap, [1.0]).sizes(), (1, 0));
        assert_eq!(filled(heap, [1.0, 2.0, 3.0]).sizes(), (4, 0));
        // Backwards, a list leaves the hash part when more than half of it is there.
        assert_eq!(filled(heap, [4.0, 3.0]).sizes(), (0, 2));
        assert_eq!(filled(heap, [4.0, 3.0, 2.0]).sizes(), (4, 0));
        assert_eq!(filled(heap, [4.0, 3.0, 2.0, 1.0, 5.0]).sizes(), (8, 0));
        assert_eq!(filled(heap, [1.0, 1000.0]).sizes(), (1, 1));
        assert_eq!(filled(heap, [0.5, -1.0, 2f64.powi(26) + 1.0]).sizes(), (0, 4));
    }

    #[test]
    fn colliding_keys_stay_reachable() {
        let heap = &mut Heap::new(usize::MAX);
        let mut table = Table::default();
        let keys: Vec<Value> = (0..2000).map(|n| heap.intern(format!("key {n}").as_bytes()).into()).collect();
        for round in 0..4 {
            for (n, &key) in keys.iter().enumerate() {
                let value = if n % 4 == round { Value::NIL } else { Value::number((n + round) as f64) };
                table.set(key, value, &heap.strings).unwrap();
            }
            for (n, &key) in keys.iter().enumerate() {
                let expected = if n % 4 == round { Value::NIL } else { Value::number((n + round) as f64) };
                assert_eq!(table.get(key, &heap.strings), expected);
            }
            assert_eq!(table.entries().count(), 1500);
            let mut walked = 0;
            let mut key = Value::NIL;
            while let Some((next, _)) = table.next(key, &heap.strings).unwrap() {
                walked += 1;
                key = next;
            }
            assert_eq!(walked, 1500);
        }
    }

    #[test]
    fn strings_are_hashed_beyond_sixteen_bits_in_large_tables() {
        let heap = &mut Heap::new(usize::MAX);
        let mut table = Table::default();
        let keys: Vec<Value> = (0..100_000).map(|n| heap.intern(n.to_string().as_bytes()).into()).collect();
        for &key in &keys {
            table.set(key, key, &heap.strings).unwrap();
        }
        assert_eq!(table.sizes(), (0, 1 << 17));
        assert!(keys.iter().all(|&key| table.get(key, &heap.strings) == key));
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let heap = &mut Heap::new(usize::MAX);
        let mut table = filled(heap, [1.0]);
        assert_eq!(table.set(Value::NIL, Value::TRUE, &heap.strings), Err(TableError::NilIndex));
        assert_eq!(table.set(Value::number(f64::NAN), Value::TRUE, &heap.strings), Err(TableError::NanIndex));
        assert_eq!(table.resize(usize::MAX, 0, &heap.strings), Err(TableError::Overflow));
        table.set_read_only(true);
        assert_eq!(table.set(Value::number(1.0), Value::NIL, &heap.strings), Err(TableError::ReadOnly));
        assert_eq!(table.get_int(1), Value::TRUE);
    }
}
