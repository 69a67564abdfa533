//! Where a hash is to be looked for: positions by hashes, 32 bits and a little for each.
//!
//! Extendible hashing: the first bits of a hash choose a segment by way of a directory, and a segment that is full is
//! split by one more bit, so that no growth ever moves more than a segment. Within a segment words stand in order,
//! each some bits of the hash above a position: since hashes are spread evenly, where one stands is known to within a
//! few words, and no place stands empty. See Fagin et al., <https://doi.org/10.1145/320083.320092>.

/// The most words of a segment.
const FULL: usize = 128;

#[derive(Clone)]
pub struct Index {
    /// The segment of each value of the first `depth` bits.
    directory: Vec<u32>,
    depth: u32,
    segments: Vec<Segment>,
    /// The bits of a word that are the position's; those above are the first of the lower half of the hash.
    position_bits: u32,
}

#[derive(Clone, Default)]
struct Segment {
    words: Vec<u32>,
    /// How many first bits all hashes of the segment share.
    depth: u32,
}

impl Default for Index {
    fn default() -> Index {
        Index { directory: Vec::new(), depth: 0, segments: Vec::new(), position_bits: 20 }
    }
}

impl Index {
    /// Where the segment of a hash stands in the directory.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        (hash >> 1 >> (63 - self.depth)) as usize
    }

    #[inline]
    fn segment(&self, hash: u64) -> Option<&Segment> {
        self.segments.get(*self.directory.get(self.place(hash))? as usize)
    }

    #[inline]
    fn segment_mut(&mut self, hash: u64) -> Option<&mut Segment> {
        let at = *self.directory.get(self.place(hash))?;
        self.segments.get_mut(at as usize)
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
        let words = &self.segment(hash)?.words;
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

    /// Adds a position that is not there. `hash_of` answers the hashes of others.
    pub fn insert(&mut self, hash: u64, position: u32, hash_of: &dyn Fn(u32) -> u64) {
        if self.directory.is_empty() {
            self.directory.push(0);
            self.segments.push(Segment::default());
        }
        while position & self.mask() != 0 {
            self.widen();
        }
        while self.segment(hash).is_some_and(|segment| segment.words.len() >= FULL) && self.split(hash, hash_of) {}
        let mask = self.mask();
        if let Some(Segment { words, .. }) = self.segment_mut(hash) {
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
        self.segments.iter_mut().flat_map(|segment| &mut segment.words).for_each(|word| *word &= !bit);
    }

    /// Divides the segment of a hash in two; false if it may not be.
    fn split(&mut self, hash: u64, hash_of: &dyn Fn(u32) -> u64) -> bool {
        let (mask, at) = (self.mask(), self.directory[self.place(hash)] as usize);
        let depth = self.segments[at].depth;
        if depth == self.depth {
            // Hashes that are not as even as they should be must not blow the directory up.
            if self.depth >= 28 || self.directory.len() > 16 * self.segments.len() {
                return false;
            }
            self.directory = self.directory.iter().flat_map(|&at| [at, at]).collect();
            self.depth += 1;
        }
        let words = std::mem::take(&mut self.segments[at].words);
        let is_upper = |word: &u32| hash_of(word & !mask) >> (63 - depth) & 1 == 1;
        let (mut upper, mut lower) = (Vec::with_capacity(FULL / 2 + 8), Vec::with_capacity(FULL / 2 + 8));
        words.iter().for_each(|word| if is_upper(word) { upper.push(*word) } else { lower.push(*word) });
        upper.shrink_to(upper.len() + 8);
        lower.shrink_to(lower.len() + 8);
        self.segments[at] = Segment { words: lower, depth: depth + 1 };
        let new = self.segments.len() as u32;
        if self.segments.len() == self.segments.capacity() {
            self.segments.reserve_exact(1 + self.segments.len() / 8);
        }
        self.segments.push(Segment { words: upper, depth: depth + 1 });
        // The places of a segment are neighbours.
        let places = 1 << (self.depth - depth);
        let first = self.place(hash) & !(places - 1);
        self.directory[first + places / 2..first + places].fill(new);
        true
    }

    /// Puts a position in the place of another with the same hash.
    pub fn replace(&mut self, hash: u64, old: u32, new: u32) {
        let mask = self.mask();
        if let Some(at) = self.at(hash, old)
            && let Some(segment) = self.segment_mut(hash)
        {
            segment.words[at] = hash as u32 & mask | new;
        }
    }

    /// Removes a position.
    pub fn remove(&mut self, hash: u64, position: u32) {
        if let Some(at) = self.at(hash, position)
            && let Some(Segment { words, .. }) = self.segment_mut(hash)
        {
            words.remove(at);
            if words.capacity() > 32 && words.len() * 2 < words.capacity() {
                words.shrink_to(words.len() + 8);
            }
        }
    }

    fn at(&self, hash: u64, position: u32) -> Option<usize> {
        let mask = self.mask();
        let words = &self.segment(hash)?.words;
        let first = lower_bound(words, hash as u32 & mask);
        let own = words[first..].iter().take_while(|&word| (word ^ hash as u32) & mask == 0);
        own.into_iter().position(|word| word & !mask == position).map(|at| first + at)
    }

    /// Tells whether `len` positions would do with far fewer segments.
    pub fn is_sparse(&self, len: usize) -> bool {
        self.segments.len() > 8 && len * 8 < self.segments.len() * FULL
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let words: usize = self.segments.iter().map(|segment| segment.words.capacity()).sum();
        self.segments.capacity() * size_of::<Segment>() + (self.directory.capacity() + words) * size_of::<u32>()
    }
}

/// Answers where the words from `word` on begin.
#[inline]
fn lower_bound(words: &[u32], word: u32) -> usize {
    let mut at = ((u64::from(word) * words.len() as u64) >> 32) as usize;
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
