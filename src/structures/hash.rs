//! The value of a hash key.

use super::bytes::Bytes;
use super::deadlines::Deadlines;
use super::keys::Keys;
use super::packed::{Entry, Packed, pick};

/// Up to which size a hash stays packed.
#[derive(Debug, Clone, Copy)]
pub struct HashLimits {
    /// The most fields, `hash-max-listpack-entries`.
    pub entries: usize,
    /// The longest field or value in bytes, `hash-max-listpack-value`.
    pub value: usize,
}

/// The fields of one key, each with a value and, if it must expire, a time in ms since 1970.
///
/// The hash itself knows no clock: whoever holds it removes with `remove_expired` what is over.
#[derive(Clone)]
pub struct Hash(Repr);

#[derive(Clone)]
enum Repr {
    /// Field, value, field, value, in the order of insertion.
    Packed(Packed),
    /// Field, value, time: ordered by time, those without one (0) behind the others. Redis's `listpackex`. In a box of its
    /// own, so that the hash is no larger than a packed one, of which there may be many.
    Timed(Box<Packed>),
    Table(Box<Table>),
}

#[derive(Clone)]
struct Table {
    /// Fields, and behind each its value.
    fields: Keys,
    times: Option<Box<Deadlines>>,
}

impl Table {
    fn set_time(&mut self, field: &[u8], at: Option<i64>) {
        if at.is_none() && self.times.is_none() {
            return;
        }
        if let Some(position) = self.fields.find(field) {
            self.times.get_or_insert_default().set(position, at);
        }
    }

    fn remove(&mut self, field: &[u8]) -> bool {
        let found = self.fields.find(field);
        if let Some(at) = found {
            self.remove_at(at);
        }
        found.is_some()
    }

    /// Removes the field at a position below `len()`; the last one takes it.
    fn remove_at(&mut self, position: usize) {
        if let Some(times) = &mut self.times {
            times.forget(position, self.fields.len() - 1);
        }
        self.fields.remove(position);
    }

    /// Shows the pair at a position below `len()`.
    fn at(&self, position: usize) -> (Entry<'_>, Entry<'_>) {
        (Entry::Bytes(self.fields.name(position)), Entry::Bytes(self.fields.text(position)))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Default for Hash {
    fn default() -> Self {
        Hash(Repr::Packed(Packed::new()))
    }
}

impl Hash {
    /// Counts the fields.
    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Repr::Packed(packed) => packed.len() / 2,
            Repr::Timed(packed) => packed.len() / 3,
            Repr::Table(table) => table.fields.len(),
        }
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names the encoding as OBJECT ENCODING does.
    pub fn encoding(&self) -> &'static str {
        match &self.0 {
            Repr::Packed(_) => "listpack",
            Repr::Timed(_) => "listpackex",
            Repr::Table(_) => "hashtable",
        }
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        match &self.0 {
            Repr::Packed(packed) => packed.heap_size(),
            Repr::Timed(packed) => size_of::<Packed>() + packed.heap_size(),
            Repr::Table(table) => {
                let times = table.times.as_ref().map_or(0, |times| size_of::<Deadlines>() + times.heap_size());
                size_of::<Table>() + table.fields.heap_size() + times
            }
        }
    }

    /// The packed run, if there is one, and how many entries of it make one field.
    #[inline]
    fn packed(&self) -> Option<(&Packed, usize)> {
        match &self.0 {
            Repr::Packed(packed) => Some((packed, 2)),
            Repr::Timed(packed) => Some((packed, 3)),
            Repr::Table(_) => None,
        }
    }

    /// Shows the value of a field.
    #[inline]
    pub fn get(&self, field: &[u8]) -> Option<Entry<'_>> {
        match &self.0 {
            Repr::Table(table) => table.fields.find(field).map(|at| Entry::Bytes(table.fields.text(at))),
            Repr::Packed(packed) => {
                let at = packed.find(Entry::new(field), 2)?;
                packed.get(packed.next(at))
            }
            Repr::Timed(packed) => {
                let at = packed.find(Entry::new(field), 3)?;
                packed.get(packed.next(at))
            }
        }
    }

    #[inline]
    pub fn contains(&self, field: &[u8]) -> bool {
        match &self.0 {
            Repr::Packed(packed) => packed.find(Entry::new(field), 2).is_some(),
            Repr::Timed(packed) => packed.find(Entry::new(field), 3).is_some(),
            Repr::Table(table) => table.fields.find(field).is_some(),
        }
    }

    /// Prepares for `count` more pairs: those that do not fit into a packed hash make it a table first.
    pub fn reserve(&mut self, count: usize, mut texts: impl Iterator<Item = usize>, limits: HashLimits) {
        if !matches!(self.0, Repr::Table(_)) && (count > limits.entries || texts.any(|len| len > limits.value)) {
            self.make_table();
        }
    }

    /// Makes the hash a table if it has more fields than a packed one may have.
    #[inline]
    pub fn settle(&mut self, limits: HashLimits) {
        if !matches!(self.0, Repr::Table(_)) && self.len() > limits.entries {
            self.make_table();
        }
    }

    fn make_table(&mut self) {
        let mut table = Table { fields: Keys::of_pairs(), times: None };
        for (field, value) in self.iter() {
            let field = field.bytes();
            table.fields.set(&field, &value.bytes());
            table.set_time(&field, self.expire_at(&field));
        }
        self.0 = Repr::Table(Box::new(table));
    }

    /// Sets a field, which loses its time to live, and tells whether it is new.
    pub fn set(&mut self, field: &[u8], value: &[u8]) -> bool {
        if let Repr::Timed(packed) = &mut self.0
            && let Some(at) = packed.find(Entry::new(field), 3)
            && time_at(packed, at).is_some()
        {
            packed.remove(at, 3);
            push_triple(packed, Entry::new(field), Entry::new(value));
            return false;
        }
        if let Repr::Table(table) = &mut self.0 {
            table.set_time(field, None);
        }
        self.set_keeping_ttl(field, value)
    }

    /// Sets a field, which keeps its time to live, and tells whether it is new.
    pub fn set_keeping_ttl(&mut self, field: &[u8], value: &[u8]) -> bool {
        let (packed, step) = match &mut self.0 {
            Repr::Table(table) => return table.fields.set(field, value),
            Repr::Packed(packed) => (packed, 2),
            Repr::Timed(packed) => (&mut **packed, 3),
        };
        let (field, value) = (Entry::new(field), Entry::new(value));
        let found = packed.find(field, step);
        match found {
            Some(at) => packed.replace(packed.next(at), value),
            None if step == 3 => push_triple(packed, field, value),
            None => {
                packed.push(field);
                packed.push(value);
            }
        }
        found.is_none()
    }

    /// Removes a field and tells whether there was one.
    pub fn remove(&mut self, field: &[u8]) -> bool {
        let (packed, step) = match &mut self.0 {
            Repr::Table(table) => return table.remove(field),
            Repr::Packed(packed) => (packed, 2),
            Repr::Timed(packed) => (&mut **packed, 3),
        };
        let found = packed.find(Entry::new(field), step);
        if let Some(at) = found {
            packed.remove(at, step);
        }
        found.is_some()
    }

    /// Walks fields and values.
    pub fn iter(&self) -> impl Iterator<Item = (Entry<'_>, Entry<'_>)> {
        let packed = self.packed().map(|(packed, step)| {
            let mut entries = packed.iter();
            std::iter::from_fn(move || {
                let pair = (entries.next()?, entries.next()?);
                if step == 3 {
                    entries.next();
                }
                Some(pair)
            })
        });
        let table = match &self.0 {
            Repr::Table(table) => Some((0..table.fields.len()).map(|at| table.at(at))),
            _ => None,
        };
        let table = table.into_iter().flatten();
        packed.into_iter().flatten().chain(table)
    }

    /// Shows the pair at a position below `len()`. Costs O(1) in a table, O(N) in a packed hash.
    pub fn at(&self, position: usize) -> Option<(Entry<'_>, Entry<'_>)> {
        match &self.0 {
            Repr::Table(table) => (position < table.fields.len()).then(|| table.at(position)),
            _ => self.iter().nth(position),
        }
    }

    /// Shows the pairs at some positions below `len()`, in their order.
    pub fn pick(&self, positions: &[usize]) -> Vec<(Entry<'_>, Entry<'_>)> {
        if matches!(self.0, Repr::Table(_)) {
            return positions.iter().filter_map(|&position| self.at(position)).collect();
        }
        pick(self.iter(), positions)
    }

    /// Visits pairs as [`Keys::scan`] does; a packed hash is visited whole at once.
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(Entry, Entry)) -> u64 {
        if let Repr::Table(table) = &self.0 {
            let (positions, next) = table.fields.scan(cursor, count);
            positions.rev().map(|at| table.at(at)).for_each(|(field, value)| visit(field, value));
            return next;
        }
        self.iter().for_each(|(field, value)| visit(field, value));
        0
    }

    /// Answers the time at which a field expires, `None` also if there is no such field.
    pub fn expire_at(&self, field: &[u8]) -> Option<i64> {
        match &self.0 {
            Repr::Packed(_) => None,
            Repr::Timed(packed) => time_at(packed, packed.find(Entry::new(field), 3)?),
            Repr::Table(table) => table.times.as_ref()?.get(table.fields.find(field)?),
        }
    }

    /// Sets or removes the time at which a field expires, and tells whether there is such a field.
    pub fn set_expire(&mut self, field: &[u8], at: Option<i64>) -> bool {
        if !self.contains(field) {
            return false;
        }
        if at.is_some() {
            self.prepare_times();
        }
        match &mut self.0 {
            Repr::Packed(_) => {}
            Repr::Timed(packed) => move_triple(packed, Entry::new(field), at),
            Repr::Table(table) => table.set_time(field, at),
        }
        true
    }

    /// Makes room for times in a packed hash. As in Redis, whoever means to set one does so even if none is set then.
    pub fn prepare_times(&mut self) {
        if matches!(self.0, Repr::Packed(_)) {
            let mut timed = Packed::new();
            self.iter().for_each(|(field, value)| push_triple(&mut timed, field, value));
            self.0 = Repr::Timed(Box::new(timed));
        }
    }

    /// Answers the time at which the next field expires.
    pub fn next_expiry(&self) -> Option<i64> {
        match &self.0 {
            Repr::Packed(_) => None,
            Repr::Timed(packed) => time_at(packed, 0),
            Repr::Table(table) => table.times.as_ref()?.next(),
        }
    }

    /// Removes the fields whose time is over at `now`, and answers them.
    pub fn remove_expired(&mut self, now: i64) -> Vec<Bytes> {
        let mut removed = Vec::new();
        match &mut self.0 {
            Repr::Packed(_) => {}
            Repr::Timed(packed) => {
                let mut over = 0;
                let mut at = 0;
                while time_at(packed, at).is_some_and(|time| time < now) {
                    removed.extend(packed.iter_from(at).next().map(Bytes::from));
                    at = (0..3).fold(at, |at, _| packed.next(at));
                    over += 3;
                }
                packed.remove(0, over);
            }
            Repr::Table(table) => {
                while let Some(position) = table.times.as_ref().and_then(|times| times.due(now)) {
                    removed.push(Bytes::new(table.fields.name(position)));
                    table.remove_at(position);
                }
            }
        }
        removed
    }
}

/// Reads the time of the triple at `at`.
fn time_at(packed: &Packed, at: usize) -> Option<i64> {
    packed.iter_from(at).nth(2).and_then(Entry::int).filter(|&time| time > 0)
}

/// Appends a field without a time.
fn push_triple(packed: &mut Packed, field: Entry, value: Entry) {
    packed.push(field);
    packed.push(value);
    packed.push(Entry::Int(0));
}

/// Gives a field a time and its place in the order: before those with the same time or a later one or none.
fn move_triple(packed: &mut Packed, field: Entry, time: Option<i64>) {
    let Some(at) = packed.find(field, 3) else { return };
    if time_at(packed, at).is_none() && time.is_none() {
        return;
    }
    let value: Bytes = match packed.get(packed.next(at)) {
        Some(value) => value.into(),
        None => return,
    };
    packed.remove(at, 3);
    let mut to = packed.end();
    if let Some(time) = time {
        to = 0;
        while time_at(packed, to).is_some_and(|other| other < time) {
            to = (0..3).fold(to, |at, _| packed.next(at));
        }
    }
    packed.insert(to, field);
    packed.insert(packed.next(to), Entry::new(&value));
    packed.insert((0..2).fold(to, |at, _| packed.next(at)), Entry::Int(time.unwrap_or(0)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;
    use std::collections::BTreeMap;

    /// Random changes, compared with a plain map: packed, packed with times, and as a table.
    #[test]
    fn changes_agree_with_a_map() {
        let mut random = random_below(3);
        for entries in [0, 5, 1000] {
            let limits = HashLimits { entries, value: 64 };
            let (mut hash, mut model) = (Hash::default(), BTreeMap::<Vec<u8>, (Vec<u8>, Option<i64>)>::new());
            let mut now = 1;
            for _ in 0..4000 {
                let field = format!("{}", random(12)).into_bytes();
                let value = vec![b'0' + random(10) as u8; 1 + random(30)];
                let old = model.get(&field).cloned();
                match random(8) {
                    0 | 1 => {
                        assert_eq!(hash.set(&field, &value), old.is_none());
                        model.insert(field, (value, None));
                    }
                    2 => {
                        assert_eq!(hash.set_keeping_ttl(&field, &value), old.is_none());
                        model.insert(field, (value, old.and_then(|(_, at)| at)));
                    }
                    3 => assert_eq!(hash.remove(&field), model.remove(&field).is_some()),
                    4..=6 => {
                        let at = (random(4) > 0).then(|| now + 1 + random(40) as i64);
                        assert_eq!(hash.set_expire(&field, at), old.is_some());
                        model.entry(field).and_modify(|entry| entry.1 = at);
                    }
                    _ => {
                        now += random(10) as i64;
                        let before = model.len();
                        model.retain(|_, (_, at)| at.is_none_or(|at| at >= now));
                        assert_eq!(hash.remove_expired(now).len(), before - model.len());
                    }
                }
                hash.settle(limits);
                assert_eq!(hash.len(), model.len());
                assert_eq!(hash.next_expiry(), model.values().filter_map(|(_, at)| *at).min());
                for (field, (value, at)) in &model {
                    assert_eq!(hash.get(field).map(|value| value.bytes().into_owned()).as_ref(), Some(value));
                    assert_eq!(hash.expire_at(field), *at);
                }
            }
            assert_eq!(hash.encoding(), if entries == 1000 { "listpackex" } else { "hashtable" });
        }
    }
}
