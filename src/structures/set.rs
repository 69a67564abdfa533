//! The value of a set key.

use super::bytes::Bytes;
use super::dict::Dict;
use super::intset::Intset;
use super::number::parse_int;
use super::packed::{Entry, Packed, pick};

/// Up to which size a set stays in one of its small forms.
#[derive(Debug, Clone, Copy)]
pub struct SetLimits {
    /// The most members of an intset, `set-max-intset-entries`.
    pub ints: usize,
    /// The most members of a packed set, `set-max-listpack-entries`.
    pub entries: usize,
    /// The longest member of a packed set in bytes, `set-max-listpack-value`.
    pub value: usize,
}

/// Distinct members: ascending if they are few and integers, else in the order of insertion while they are few.
#[derive(Debug, Clone)]
pub struct Set(Repr);

#[derive(Debug, Clone)]
enum Repr {
    Ints(Intset),
    Packed(Packed),
    Table(Box<Dict<()>>),
}

impl Default for Set {
    fn default() -> Self {
        Set(Repr::Ints(Intset::default()))
    }
}

impl Set {
    /// Counts the members.
    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Repr::Ints(ints) => ints.len(),
            Repr::Packed(packed) => packed.len(),
            Repr::Table(table) => table.len(),
        }
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names the encoding as OBJECT ENCODING does.
    pub fn encoding(&self) -> &'static str {
        match &self.0 {
            Repr::Ints(_) => "intset",
            Repr::Packed(_) => "listpack",
            Repr::Table(_) => "hashtable",
        }
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        match &self.0 {
            Repr::Ints(ints) => ints.heap_size(),
            Repr::Packed(packed) => packed.heap_size(),
            Repr::Table(table) => size_of::<Dict<()>>() + table.heap_size(),
        }
    }

    #[inline]
    pub fn contains(&self, member: &[u8]) -> bool {
        match &self.0 {
            Repr::Ints(ints) => parse_int(member).is_some_and(|value| ints.contains(value)),
            Repr::Packed(packed) => packed.find(Entry::new(member), 1).is_some(),
            Repr::Table(table) => table.contains(member),
        }
    }

    /// As `contains`, for a member of another set.
    #[inline]
    pub fn contains_entry(&self, member: Entry) -> bool {
        match (&self.0, member) {
            (Repr::Ints(ints), Entry::Int(value)) => ints.contains(value),
            (Repr::Packed(packed), Entry::Int(_)) => packed.find(member, 1).is_some(),
            _ => self.contains(&member.bytes()),
        }
    }

    /// Prepares for `count` more members, `first` among them: what is known not to fit a small form takes none.
    pub fn reserve(&mut self, first: &[u8], count: usize, limits: SetLimits) {
        let small = match &self.0 {
            Repr::Ints(ints) if ints.is_empty() => {
                if parse_int(first).is_some() && count <= limits.ints {
                    return;
                }
                if count <= limits.entries {
                    self.0 = Repr::Packed(Packed::new());
                    return;
                }
                false
            }
            Repr::Ints(_) => count <= limits.ints,
            Repr::Packed(_) => count <= limits.entries,
            Repr::Table(_) => true,
        };
        if !small {
            self.make_table();
        }
    }

    /// Adds a member and tells whether it is new.
    pub fn add(&mut self, member: &[u8], limits: SetLimits) -> bool {
        match &mut self.0 {
            Repr::Table(table) => table.insert(member, ()).is_none(),
            Repr::Ints(ints) => {
                if let Some(value) = parse_int(member) {
                    let new = ints.insert(value);
                    if new && ints.len() > limits.ints {
                        self.make_table();
                    }
                    return new;
                }
                // The longest integer has 20 bytes.
                let longest = ints.iter().map(|value| Entry::Int(value).len()).max().unwrap_or(0);
                if ints.len() < limits.entries && longest.max(member.len()) <= limits.value {
                    let mut packed = Packed::new();
                    ints.iter().for_each(|value| packed.push(Entry::Int(value)));
                    packed.push(Entry::Bytes(member));
                    self.0 = Repr::Packed(packed);
                } else {
                    self.make_table();
                    return self.add(member, limits);
                }
                true
            }
            Repr::Packed(packed) => {
                let entry = Entry::new(member);
                if packed.find(entry, 1).is_some() {
                    return false;
                }
                if packed.len() < limits.entries && member.len() <= limits.value {
                    packed.push(entry);
                } else {
                    self.make_table();
                    return self.add(member, limits);
                }
                true
            }
        }
    }

    fn make_table(&mut self) {
        let mut table = Dict::default();
        for member in self.iter() {
            table.insert(&member.bytes(), ());
        }
        self.0 = Repr::Table(Box::new(table));
    }

    /// Removes a member and tells whether it was one.
    pub fn remove(&mut self, member: &[u8]) -> bool {
        match &mut self.0 {
            Repr::Ints(ints) => parse_int(member).is_some_and(|value| ints.remove(value)),
            Repr::Table(table) => table.remove(member).is_some(),
            Repr::Packed(packed) => {
                let found = packed.find(Entry::new(member), 1);
                if let Some(at) = found {
                    packed.remove(at, 1);
                }
                found.is_some()
            }
        }
    }

    /// Removes the member at a position below `len()`.
    pub fn remove_at(&mut self, position: usize) -> Option<Bytes> {
        match &mut self.0 {
            Repr::Ints(ints) => ints.remove_at(position).map(|value| Entry::Int(value).into()),
            Repr::Table(table) => table.remove_at(position).map(|(member, ())| member),
            Repr::Packed(packed) => {
                let at = packed.position(position);
                let member = packed.get(at).map(Bytes::from);
                packed.remove(at, 1);
                member
            }
        }
    }

    /// Walks the members.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        let (ints, packed, table) = match &self.0 {
            Repr::Ints(ints) => (Some(ints.iter()), None, None),
            Repr::Packed(packed) => (None, Some(packed.iter()), None),
            Repr::Table(table) => (None, None, Some(table.keys())),
        };
        let ints = ints.into_iter().flatten().map(Entry::Int);
        let table = table.into_iter().flatten().map(|member| Entry::Bytes(member));
        ints.chain(packed.into_iter().flatten()).chain(table)
    }

    /// Shows the member at a position below `len()`. Costs O(N) in a packed set, else O(1).
    pub fn at(&self, position: usize) -> Option<Entry<'_>> {
        match &self.0 {
            Repr::Ints(ints) => ints.at(position).map(Entry::Int),
            Repr::Packed(packed) => packed.get(packed.position(position)),
            Repr::Table(table) => table.at(position).map(|(member, ())| Entry::Bytes(member)),
        }
    }

    /// Shows the members at some positions below `len()`, in their order.
    pub fn pick(&self, positions: &[usize]) -> Vec<Entry<'_>> {
        if !matches!(self.0, Repr::Packed(_)) {
            return positions.iter().filter_map(|&position| self.at(position)).collect();
        }
        pick(self.iter(), positions)
    }

    /// Visits members as [`Dict::scan`] does; the small forms are visited whole at once.
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(Entry)) -> u64 {
        if let Repr::Table(table) = &self.0 {
            return table.scan(cursor, count, |member, ()| visit(Entry::Bytes(member)));
        }
        self.iter().for_each(visit);
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;
    use std::collections::BTreeSet;

    /// Random changes, compared with a plain set, in every form and across the changes of form.
    #[test]
    fn changes_agree_with_a_set() {
        let mut random = random_below(5);
        let mut forms = BTreeSet::new();
        for round in 0..60 {
            let limits = SetLimits { ints: 1 + random(20), entries: random(20), value: 8 };
            let (mut set, mut model) = (Set::default(), BTreeSet::<Vec<u8>>::new());
            for _ in 0..200 {
                let number = random(30) as i64 * [1, -1000, 100_000, i64::MAX / 30][random(4)];
                let member = if round % 3 > 0 && random(20) == 0 { format!("m{number}") } else { number.to_string() };
                let member = member.into_bytes();
                match random(4) {
                    0 => assert_eq!(set.remove(&member), model.remove(&member)),
                    1 if !model.is_empty() => {
                        let removed = set.remove_at(random(model.len())).unwrap();
                        assert!(model.remove(&*removed));
                    }
                    _ => assert_eq!(set.add(&member, limits), model.insert(member.clone())),
                }
                assert_eq!(set.contains(&member), model.contains(&member));
                assert_eq!(set.contains_entry(Entry::new(&member)), model.contains(&member));
                assert_eq!(set.iter().map(|member| member.bytes().into_owned()).collect::<BTreeSet<_>>(), model);
                forms.insert(set.encoding());
            }
            let all: Vec<usize> = (0..set.len()).collect();
            assert!(set.pick(&all).into_iter().eq(set.iter()));
            let backwards: Vec<usize> = all.into_iter().rev().collect();
            assert_eq!(set.pick(&backwards).last().copied(), set.at(0));
        }
        assert_eq!(Vec::from_iter(forms), ["hashtable", "intset", "listpack"]);
    }
}
