//! The one table under keys, fields, members and whatever else has a name.
//!
//! Names stand at positions without gaps, and an index of hashes finds them. Removal moves the last name into the
//! hole. A scan walks the positions from their end downwards with the position as cursor, which keeps Redis's
//! guarantee for free: a name moves only from the end, which has been visited, or stays among those not yet visited,
//! and growth moves none. A fair random pick is one random position.
//!
//! Nothing here grows by copying all of it: pages of positions, pages of texts and segments of the index are each
//! added, divided and cleared by themselves, which keeps every call short and leaves little room empty.

use super::bytes::same;
use super::hasher::hash;
use super::index::Index;
use super::names::Names;
use super::texts::Texts;
use std::cell::Cell;

/// Distinct names, each of which may have a text behind it.
#[derive(Clone, Default)]
pub struct Keys {
    names: Names,
    index: Index,
    texts: Texts,
    /// Each text is the length of the name (as that of a text), the name, and what stands behind it.
    paired: bool,
    /// Where a name was found last, and its `glance`: a command asks for the same several times.
    last: Cell<(u32, u32)>,
}

/// Divides the text of a pair.
#[inline]
fn divide(text: &[u8]) -> (&[u8], &[u8]) {
    let (len, rest) = match text {
        [len, rest @ ..] if *len < 0x80 => (usize::from(*len), rest),
        [a, b, c, d, e, rest @ ..] if *a == 0x80 => (u32::from_le_bytes([*b, *c, *d, *e]) as usize, rest),
        _ => (0, text),
    };
    rest.split_at_checked(len).unwrap_or((rest, b""))
}

/// What most names differ in, read at once.
#[inline]
fn glance(name: &[u8]) -> u32 {
    name.last_chunk::<4>().map_or(0, |end| u32::from_le_bytes(*end)) ^ name.len() as u32
}

impl Keys {
    /// Makes an empty table of pairs.
    pub fn of_pairs() -> Keys {
        Keys { paired: true, ..Keys::default() }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    #[inline(always)]
    fn name_of(&self, text: u32) -> &[u8] {
        let text = self.texts.get(text);
        if self.paired { divide(text).0 } else { text }
    }

    /// Shows the name at a position; the empty one where there is none.
    #[inline]
    pub fn name(&self, position: usize) -> &[u8] {
        self.names.get(position).map_or(b"", |text| self.name_of(text))
    }

    /// Shows what stands behind the name at a position.
    #[inline]
    pub fn text(&self, position: usize) -> &[u8] {
        self.names.get(position).map_or(b"", |text| divide(self.texts.get(text)).1)
    }

    /// Finds the position of a name, good until the next removal.
    #[inline]
    pub fn find(&self, name: &[u8]) -> Option<usize> {
        self.look(name).ok()
    }

    /// Finds the position of a name, or its hash if it is not there.
    fn look(&self, name: &[u8]) -> Result<usize, u64> {
        let (glance, last) = (glance(name), self.last.get());
        if last.1 == glance
            && let Some(text) = self.names.get(last.0 as usize)
            && same(self.name_of(text), name)
        {
            return Ok(last.0 as usize);
        }
        let hash = hash(name);
        let at = self.index.find(hash, |at| same(self.name(at as usize), name)).ok_or(hash)?;
        self.last.set((at, glance));
        Ok(at as usize)
    }

    /// Finds a name, adding it with an empty text if it is absent. The flag says that it was added.
    pub fn find_or_push(&mut self, name: &[u8]) -> (usize, bool) {
        match self.look(name) {
            Ok(at) => (at, false),
            Err(hash) => (self.push_hashed(hash, name, b""), true),
        }
    }

    /// Puts a text behind a name, which is added if it is absent. Tells whether it was.
    pub fn set(&mut self, name: &[u8], text: &[u8]) -> bool {
        let position = match self.look(name) {
            Ok(position) => position,
            Err(hash) => {
                self.push_hashed(hash, name, text);
                return true;
            }
        };
        let Some(old) = self.names.get(position) else { return false };
        let whole = self.texts.get_mut(old);
        let (_, was) = divide(whole);
        if was.len() == text.len() {
            let from = whole.len() - text.len();
            whole[from..].copy_from_slice(text);
        } else {
            let new = self.put(name, text);
            self.names.set(position, new);
            self.discard(old);
        }
        false
    }

    fn push_hashed(&mut self, hash_of_name: u64, name: &[u8], text: &[u8]) -> usize {
        let position = self.names.len();
        let id = self.put(name, text);
        self.names.push(id);
        self.last.set((position as u32, glance(name)));
        let (names, texts, paired) = (&self.names, &self.texts, self.paired);
        let hash_of = |at: u32| {
            let text = names.get(at as usize).map_or(&b""[..], |text| texts.get(text));
            hash(if paired { divide(text).0 } else { text })
        };
        self.index.insert(hash_of_name, position as u32, &hash_of);
        position
    }

    /// Makes one text of a name and what stands behind it, and answers its identifier.
    fn put(&mut self, name: &[u8], text: &[u8]) -> u32 {
        let (mut head, mut len) = ([0x80, 0, 0, 0, 0], 0);
        if self.paired && name.len() < 0x80 {
            (head[0], len) = (name.len() as u8, 1);
        } else if self.paired {
            head[1..].copy_from_slice(&(name.len() as u32).to_le_bytes());
            len = 5;
        }
        self.texts.put([&head[..len], name, text])
    }

    /// Removes the name at a position below `len()`; the last one takes the position.
    pub fn remove(&mut self, position: usize) {
        if position >= self.names.len() {
            return;
        }
        let last = self.names.len() - 1;
        self.index.remove(hash(self.name(position)), position as u32);
        if position != last {
            self.index.replace(hash(self.name(last)), last as u32, position as u32);
        }
        if let Some(text) = self.names.swap_remove(position) {
            self.discard(text);
        }
        self.index.shrink(self.names.len());
    }

    fn discard(&mut self, text: u32) {
        if let Some(page) = self.texts.remove(text) {
            self.clear(page);
        }
    }

    /// Moves what is left on a page of texts to others.
    #[cold]
    fn clear(&mut self, page: usize) {
        let mut opened = self.texts.open(page);
        if self.names.len() < opened.len() / 8 {
            // Few names are sooner asked than looked for.
            for position in 0..self.names.len() {
                if let Some(text) = self.names.get(position).and_then(|id| opened.get(id)) {
                    self.names.set(position, self.texts.put([text, b"", b""]));
                }
            }
            return self.texts.close(opened);
        }
        while let Some((id, text)) = opened.next() {
            let name = if self.paired { divide(text).0 } else { text };
            let is = |at: u32| self.names.get(at as usize) == Some(id);
            if let Some(position) = self.index.find(hash(name), is) {
                self.names.set(position as usize, self.texts.put([text, b"", b""]));
            }
        }
        self.texts.close(opened);
    }

    /// Answers the positions that a scan visits from `cursor` on (0 to begin), to be taken from their end, and the next
    /// cursor, 0 at the end.
    ///
    /// Every name that is present from the beginning of a full scan to its end is visited at least once.
    pub fn scan(&self, cursor: u64, count: usize) -> (std::ops::Range<usize>, u64) {
        let len = self.names.len();
        let from = if cursor == 0 { len } else { usize::try_from(cursor).unwrap_or(len).min(len) };
        let to = from.saturating_sub(count.max(1));
        (to..from, to as u64)
    }

    /// Counts the bytes that stand empty for names to come.
    pub fn slack(&self) -> usize {
        self.names.slack() + self.texts.slack()
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.names.heap_size() + self.index.heap_size() + self.texts.heap_size()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;
    use std::collections::HashMap;

    /// Names and texts of all lengths come and go in waves, which divides segments, clears pages and gives memory back;
    /// those that are there are always found.
    #[test]
    fn agrees_with_a_map() {
        let mut random = random_below::<usize>(11);
        let (mut keys, mut model) = (Keys::of_pairs(), HashMap::new());
        for step in 0..300_000usize {
            let number = random(20_000);
            let name = format!("{number}{}", "x".repeat(if number % 50 == 0 { number / 10 } else { number % 40 }));
            let growing = (step / 60_000).is_multiple_of(2);
            if growing || random(6) == 0 {
                let text = vec![b'0' + (step % 10) as u8; random(30)];
                let added = keys.set(name.as_bytes(), &text);
                assert_eq!(added, model.insert(name, text).is_none());
            } else if let Some(position) = keys.find(name.as_bytes()) {
                keys.remove(position);
                assert!(model.remove(&name).is_some());
            } else {
                assert!(!model.contains_key(&name));
            }
            if step % 20_000 == 19_999 {
                assert_eq!(keys.len(), model.len());
                for (name, text) in &model {
                    let at = keys.find(name.as_bytes()).unwrap();
                    assert_eq!((keys.name(at), keys.text(at)), (name.as_bytes(), &text[..]));
                }
            }
        }
        while keys.len() > 0 {
            keys.remove(keys.len() / 2);
        }
        assert!(keys.heap_size() < 20_000, "{}", keys.heap_size());
    }

    /// Positions take more bits of a word than they were given at first.
    #[test]
    fn positions_beyond_twenty_bits_are_found() {
        let mut keys = Keys::default();
        let count = (1 << 20) + 1000;
        for n in 0..count as u32 {
            assert!(keys.find_or_push(&n.to_le_bytes()).1);
        }
        for n in (0..count as u32).step_by(97).chain(count as u32 - 50..count as u32) {
            assert_eq!(keys.find(&n.to_le_bytes()), Some(n as usize));
            assert_eq!(keys.find(&(n + (1 << 24)).to_le_bytes()), None);
        }
    }
}
