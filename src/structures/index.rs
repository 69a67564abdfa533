//! Where a hash is to be looked for: positions by hashes, 32 bits and a little for each.
//!
//! Linear hashing: some bits of a hash number a segment, and whenever there are too many words for the segments there
//! are, the next in turn is divided by one more bit, so that no growth ever moves more than a segment; and the other way
//! round when there are too few. Within a segment words stand in order, each some bits of the hash above a position: since
//! hashes are spread evenly, where one stands is known to within a few words, and no place stands empty. See Litwin,
//! "Linear hashing: a new tool for file and table addressing", VLDB 1980.

/// The words of a segment on average, when one is to be divided.
const FULL: usize = 96;

#[derive(Clone)]
pub struct Index {
    segments: Vec<Vec<u32>>,
    /// The bits that number the segments, save those that have been divided by one more: `2^bits` to twice as many.
    bits: u32,
    /// The bits of a word that are the position's; those above are the first of the lower half of the hash.
    position_bits: u32,
}

impl Default for Index {
    fn default() -> Index {
        Index { segments: Vec::new(), bits: 0, position_bits: 20 }
    }
}

impl Index {
    /// The segment of a hash.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let (hash, half) = ((hash >> 32) as usize, 1 << self.bits);
        let place = hash & (half * 2 - 1);
        if place < self.segments.len() { place } else { place & (half - 1) }
    }

    /// The bits of a word that are the hash's.
    #[inline]
    fn mask(&self) -> u32 {
        u32::MAX << self.position_bits
    }

    /// Finds the position with a hash for which `is` holds.
    #[inline]
    pub fn find(&self, hash: u64, is: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.mask();
        let words = self.segments.get(self.place(hash))?;
        let mut rest = words.get(lower_bound(words, hash as u32 & mask)..)?.iter();
        loop {
            let word = *rest.next()?;
            if (word ^ hash as u32) & mask != 0 {
                return None;
            }
            if is(word & !mask) {
                return Some(word & !mask);
            }
        }
    }

    /// Adds a position that is not there: it is the count of those that are. `hash_of` answers the hashes of others.
    pub fn insert(&mut self, hash: u64, position: u32, hash_of: &dyn Fn(u32) -> u64) {
        if self.segments.is_empty() {
            self.segments.push(Vec::new());
        }
        while position & self.mask() != 0 {
            self.widen();
        }
        if position as usize >= self.segments.len() * FULL {
            self.divide(hash_of);
        }
        let (mask, place) = (self.mask(), self.place(hash));
        if let Some(words) = self.segments.get_mut(place) {
            let at = lower_bound(words, hash as u32 & mask);
            if words.len() == words.capacity() {
                words.reserve_exact((words.len() / 2).clamp(4, 12));
            }
            words.insert(at, hash as u32 & mask | position);
        }
    }

    /// Gives positions one more bit, at the expense of the hashes'. The order of the words stays.
    #[cold]
    fn widen(&mut self) {
        let bit = 1 << self.position_bits;
        self.position_bits += 1;
        self.segments.iter_mut().flatten().for_each(|word| *word &= !bit);
    }

    /// Divides the segment whose turn it is.
    fn divide(&mut self, hash_of: &dyn Fn(u32) -> u64) {
        let (mask, bit) = (self.mask(), 1 << 32 << self.bits);
        let at = self.segments.len() - (1 << self.bits);
        let lower = &mut self.segments[at];
        let mut upper = Vec::with_capacity(lower.len() / 2 + 16);
        lower.retain(|word| {
            let stays = hash_of(word & !mask) & bit == 0;
            if !stays {
                upper.push(*word);
            }
            stays
        });
        upper.shrink_to(upper.len() + 8);
        lower.shrink_to(lower.len() + 8);
        if self.segments.len() == self.segments.capacity() {
            self.segments.reserve_exact(1 + self.segments.len() / 8);
        }
        self.segments.push(upper);
        if self.segments.len() == 2 << self.bits {
            self.bits += 1;
        }
    }

    /// Joins the segment that was divided last, if `len` positions would do with far fewer segments.
    pub fn shrink(&mut self, len: usize) {
        if self.segments.len() < 2 || len * 4 > self.segments.len() * FULL {
            return;
        }
        let Some(upper) = self.segments.pop() else { return };
        if self.segments.len() < 1 << self.bits {
            self.bits -= 1;
        }
        let (mask, at) = (self.mask(), self.segments.len() - (1 << self.bits));
        let words = &mut self.segments[at];
        words.reserve_exact(upper.len());
        for word in upper {
            let at = lower_bound(words, word & mask);
            words.insert(at, word);
        }
        if self.segments.capacity() > 2 * self.segments.len() + 8 {
            self.segments.shrink_to(self.segments.len() + self.segments.len() / 8);
        }
    }

    /// Puts a position in the place of another with the same hash.
    pub fn replace(&mut self, hash: u64, old: u32, new: u32) {
        let mask = self.mask();
        if let Some((words, at)) = self.at(hash, old) {
            words[at] = hash as u32 & mask | new;
        }
    }

    /// Removes a position.
    pub fn remove(&mut self, hash: u64, position: u32) {
        if let Some((words, at)) = self.at(hash, position) {
            words.remove(at);
            if words.capacity() > 32 && words.len() * 2 < words.capacity() {
                words.shrink_to(words.len() + 8);
            }
        }
    }

    /// Finds the segment of a hash and the place of a position in it.
    fn at(&mut self, hash: u64, position: u32) -> Option<(&mut Vec<u32>, usize)> {
        let (mask, place) = (self.mask(), self.place(hash));
        let words = self.segments.get_mut(place)?;
        let (word, first) = (hash as u32 & mask | position, lower_bound(words, hash as u32 & mask));
        let own = words.get(first..)?.iter().position(|&other| other == word)?;
        Some((words, first + own))
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let words: usize = self.segments.iter().map(Vec::capacity).sum();
        self.segments.capacity() * size_of::<Vec<u32>>() + words * size_of::<u32>()
    }
}

/// The words around the one that is expected among which one is counted out. It is rarely farther away.
const WINDOW: usize = 12;

/// Answers where the words from `word` on begin.
#[inline]
fn lower_bound(words: &[u32], word: u32) -> usize {
    let mut at = ((u64::from(word) * words.len() as u64) >> 32) as usize;
    // Counting takes no branch that a processor would guess wrong, while it waits for memory besides.
    let from = at.saturating_sub(WINDOW / 2).min(words.len().saturating_sub(WINDOW));
    if let Some(window) = words.get(from..).and_then(<[u32]>::first_chunk::<WINDOW>)
        && window[0] < word
        && word <= window[WINDOW - 1]
    {
        return from + window.iter().map(|&other| usize::from(other < word)).sum::<usize>();
    }
    while let Some(before) = at.checked_sub(1)
        && words.get(before).is_some_and(|&other| other >= word)
    {
        at = before;
    }
    while words.get(at).is_some_and(|&other| other < word) {
        at += 1;
    }
    at
}
