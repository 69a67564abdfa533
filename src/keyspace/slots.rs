//! Which keys of a database are in which hash slot, for the node of a cluster.

use crate::structures::Dict;
use crate::structures::slot::{SLOTS, slot_of};

/// Keys by their slots. Nobody pays for it before somebody asks.
#[derive(Default)]
pub struct Slots(Vec<Dict<()>>);

impl Slots {
    /// Shows the keys of a slot; all `keys` are sorted into theirs if nobody has asked before.
    pub fn of<'a>(&mut self, slot: u16, keys: impl Iterator<Item = &'a [u8]>) -> &Dict<()> {
        if self.0.is_empty() {
            self.0.resize_with(usize::from(SLOTS), Dict::default);
            keys.for_each(|key| self.add(key));
        }
        &self.0[usize::from(slot % SLOTS)]
    }

    /// Takes note of a key that is new.
    #[inline]
    pub fn add(&mut self, key: &[u8]) {
        if !self.0.is_empty() {
            self.0[usize::from(slot_of(key))].insert(key, ());
        }
    }

    /// Takes note of a key that is gone.
    #[inline]
    pub fn remove(&mut self, key: &[u8]) {
        if !self.0.is_empty() {
            self.0[usize::from(slot_of(key))].remove(key);
        }
    }
}
