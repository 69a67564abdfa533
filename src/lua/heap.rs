//! Where objects live: slabs of slots named by handle, the interned strings, regions, and what is counted.
//!
//! An object's slot is free, live or (during a collection) marked. What exists when the embedder seals the heap stays
//! for ever. What comes later belongs to the current run and goes when the region is reset, save what is pinned:
//! loaded functions and the strings that are their constants.

use super::function::{Closure, Function, NativeClosure};
use super::stack::Upvalues;
use super::table::Table;
use super::thread::Thread;
use super::value::{Str, TableId};
use foldhash::fast::FixedState;
use std::cell::Cell;
use std::hash::{BuildHasher, Hasher};

/// The state of a slot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Free,
    Live,
    Marked,
}

/// Objects of one type, each in a slot named by its index.
pub(super) struct Slab<T> {
    items: Vec<T>,
    states: Vec<Slot>,
    free: Vec<u32>,
    /// Slots below this are never freed.
    sealed: usize,
}

impl<T: Default> Slab<T> {
    fn new() -> Slab<T> {
        Slab { items: Vec::new(), states: Vec::new(), free: Vec::new(), sealed: 0 }
    }

    pub(super) fn insert(&mut self, item: T) -> u32 {
        match self.free.pop() {
            Some(handle) => {
                self.items[handle as usize] = item;
                self.states[handle as usize] = Slot::Live;
                handle
            }
            None => {
                self.items.push(item);
                self.states.push(Slot::Live);
                self.items.len() as u32 - 1
            }
        }
    }

    /// Tells whether the next insertion moves all slots.
    #[inline(always)]
    pub(super) fn is_full(&self) -> bool {
        self.free.is_empty() && self.items.len() == self.items.capacity()
    }

    /// Marks a slot that is live and not yet marked; tells whether it did.
    pub(super) fn mark(&mut self, handle: u32) -> bool {
        let state = &mut self.states[handle as usize];
        let fresh = *state == Slot::Live;
        if fresh {
            *state = Slot::Marked;
        }
        fresh
    }

    pub(super) fn is_marked(&self, handle: u32) -> bool {
        self.states[handle as usize] == Slot::Marked || (handle as usize) < self.sealed
    }

    pub(super) fn is_live(&self, handle: u32) -> bool {
        self.states.get(handle as usize).is_some_and(|&state| state != Slot::Free)
    }

    /// Frees a slot; gives what was in it.
    pub(super) fn remove(&mut self, handle: u32) -> T {
        self.states[handle as usize] = Slot::Free;
        self.free.push(handle);
        std::mem::take(&mut self.items[handle as usize])
    }

    pub(super) fn handles(&self) -> std::ops::Range<u32> {
        0..self.items.len() as u32
    }

    /// Keeps for ever what exists.
    pub(super) fn seal(&mut self) {
        self.sealed = self.items.len();
        self.free.clear();
    }

    pub(super) fn sealed(&self) -> u32 {
        self.sealed as u32
    }

    /// Drops every slot made since the seal; gives the sum of their sizes.
    pub(super) fn truncate(&mut self, size: impl Fn(&T) -> usize) -> usize {
        let states = self.states[self.sealed..].iter();
        let live = self.items[self.sealed..].iter().zip(states).filter(|(_, state)| **state != Slot::Free);
        let freed = live.map(|(item, _)| size(item)).sum();
        self.items.truncate(self.sealed);
        self.states.truncate(self.sealed);
        self.free.clear();
        if self.items.capacity() > 4096 + 4 * self.sealed {
            self.items.shrink_to(1024 + self.sealed);
            self.states.shrink_to(1024 + self.sealed);
        }
        freed
    }

    /// Frees what is not marked and unmarks the rest; tells `gone` of each that goes.
    pub(super) fn sweep(&mut self, mut gone: impl FnMut(&T)) {
        for handle in self.sealed..self.items.len() {
            match self.states[handle] {
                Slot::Marked => self.states[handle] = Slot::Live,
                Slot::Live => {
                    gone(&self.items[handle]);
                    self.remove(handle as u32);
                }
                Slot::Free => {}
            }
        }
        for state in &mut self.states[..self.sealed] {
            if *state == Slot::Marked {
                *state = Slot::Live;
            }
        }
    }
}

impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, handle: u32) -> &T {
        &self.items[handle as usize]
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    #[inline(always)]
    fn index_mut(&mut self, handle: u32) -> &mut T {
        &mut self.items[handle as usize]
    }
}

/// The longest string kept inside its slot.
const INLINE: usize = 22;

/// Strings longer than this are hashed as tables want it only when one asks; they are found by a faster hash.
const SHORT: usize = 40;

/// Appends bytes that are mostly few: a copy of any other number of them is a call out of WebAssembly.
#[inline]
pub(super) fn append_short(out: &mut Vec<u8>, bytes: &[u8]) {
    match bytes.len() {
        0 => {}
        1 => out.push(bytes[0]),
        2..=16 => {
            let start = out.len();
            out.extend_from_slice(&[0; 16]);
            let end = start + bytes.len();
            copy_short(&mut out[start..end], bytes);
            out.truncate(end);
        }
        _ => out.extend_from_slice(bytes),
    }
}

/// Copies from 2 to 16 bytes: the first and the last of them, which meet or overlap.
#[inline(always)]
fn copy_short(to: &mut [u8], from: &[u8]) {
    fn ends<const N: usize>(to: &mut [u8], from: &[u8]) {
        if let (Some(&first), Some(&last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) {
            if let Some(to) = to.first_chunk_mut::<N>() {
                *to = first;
            }
            if let Some(to) = to.last_chunk_mut::<N>() {
                *to = last;
            }
        }
    }
    match from.len() {
        8.. => ends::<8>(to, from),
        4.. => ends::<4>(to, from),
        _ => ends::<2>(to, from),
    }
}

enum Bytes {
    Inline(u8, [u8; INLINE]),
    /// With the hash of a long string once it is known.
    Boxed(Box<[u8]>, Cell<bool>, Cell<u32>),
}

impl Bytes {
    fn new(bytes: &[u8]) -> Bytes {
        if bytes.len() <= INLINE {
            let mut inline = [0; INLINE];
            match bytes.len() {
                0 => {}
                1 => inline[0] = bytes[0],
                length @ 2..=16 => copy_short(&mut inline[..length], bytes),
                length => inline[..length].copy_from_slice(bytes),
            }
            Bytes::Inline(bytes.len() as u8, inline)
        } else {
            Bytes::owned(bytes.into())
        }
    }

    fn owned(bytes: Box<[u8]>) -> Bytes {
        Bytes::Boxed(bytes, Cell::new(false), Cell::new(0))
    }

    #[inline(always)]
    fn get(&self) -> &[u8] {
        match self {
            Bytes::Inline(length, bytes) => &bytes[..*length as usize],
            Bytes::Boxed(bytes, ..) => bytes,
        }
    }
}

impl Default for Bytes {
    fn default() -> Bytes {
        Bytes::Inline(0, [0; INLINE])
    }
}

#[derive(Default)]
struct Interned {
    bytes: Bytes,
    /// Where it is found among all strings; a short one's is its hash in tables, too.
    hash: u32,
    /// The next string with the same place in the table of heads.
    next: u32,
    /// How many loaded functions name it as a constant.
    pins: u32,
}

const NO_STRING: u32 = u32::MAX;

/// All strings, each once.
pub(super) struct Strings {
    slab: Slab<Interned>,
    heads: Vec<u32>,
    count: usize,
    /// Strings made (or unpinned) since the region began.
    recent: Vec<u32>,
}

/// Hashes as Redis's Lua does, on which the order of tables depends. The reference implementation leaves out bytes of
/// strings longer than 31; Redis counts all.
pub(super) fn hash_bytes(bytes: &[u8]) -> u32 {
    let mut hash = bytes.len() as u32;
    for &byte in bytes.iter().rev() {
        hash ^= (hash << 5).wrapping_add(hash >> 2).wrapping_add(byte as u32);
    }
    hash
}

/// Hashes for the table of all strings.
fn hash_interned(bytes: &[u8]) -> u32 {
    if bytes.len() <= SHORT {
        return hash_bytes(bytes);
    }
    let mut hasher = FixedState::with_seed(0).build_hasher();
    hasher.write(bytes);
    hasher.finish() as u32
}

/// Names a string in values.
fn name(handle: u32, hash: u32, length: usize) -> Str {
    if length <= SHORT { Str::short(handle, hash) } else { Str::long(handle) }
}

impl Strings {
    fn new() -> Strings {
        Strings { slab: Slab::new(), heads: vec![NO_STRING; 256], count: 0, recent: Vec::new() }
    }

    /// Gives the hash of a short string.
    #[inline(always)]
    pub(super) fn short_hash(&self, handle: u32) -> u32 {
        self.slab[handle].hash
    }

    /// Gives the hash on which the order of tables depends.
    #[inline(never)]
    pub(super) fn hash(&self, handle: u32) -> u32 {
        let string = &self.slab[handle];
        match &string.bytes {
            Bytes::Boxed(bytes, is_known, hash) if bytes.len() > SHORT => {
                if !is_known.replace(true) {
                    hash.set(hash_bytes(bytes));
                }
                hash.get()
            }
            _ => string.hash,
        }
    }

    #[inline(always)]
    pub(super) fn bytes(&self, handle: u32) -> &[u8] {
        self.slab[handle].bytes.get()
    }

    fn footprint(length: usize) -> usize {
        size_of::<Interned>() + if length > INLINE { length } else { 0 }
    }

    fn find(&self, hash: u32, bytes: &[u8]) -> Option<Str> {
        let mut at = self.heads[hash as usize & (self.heads.len() - 1)];
        while at != NO_STRING {
            let string = &self.slab[at];
            if string.hash == hash && string.bytes.get() == bytes {
                return Some(name(at, hash, bytes.len()));
            }
            at = string.next;
        }
        None
    }

    /// Adds a string that is not there; gives the bytes that it took.
    fn add(&mut self, hash: u32, bytes: Bytes) -> (Str, usize) {
        if self.count >= self.heads.len() {
            self.grow();
        }
        let length = bytes.get().len();
        let place = hash as usize & (self.heads.len() - 1);
        let handle = self.slab.insert(Interned { bytes, hash, next: self.heads[place], pins: 0 });
        self.heads[place] = handle;
        self.count += 1;
        self.recent.push(handle);
        (name(handle, hash, length), Strings::footprint(length))
    }

    fn grow(&mut self) {
        let size = self.heads.len() * 2;
        self.heads = vec![NO_STRING; size];
        for handle in self.slab.handles() {
            if self.slab.is_live(handle) {
                let string = &mut self.slab[handle];
                let place = string.hash as usize & (size - 1);
                string.next = std::mem::replace(&mut self.heads[place], handle);
            }
        }
    }

    fn forget(&mut self, handle: u32) -> usize {
        let (hash, next) = (self.slab[handle].hash, self.slab[handle].next);
        let place = hash as usize & (self.heads.len() - 1);
        let mut at = self.heads[place];
        if at == handle {
            self.heads[place] = next;
        } else {
            while self.slab[at].next != handle {
                at = self.slab[at].next;
            }
            self.slab[at].next = next;
        }
        self.count -= 1;
        Strings::footprint(self.slab.remove(handle).bytes.get().len())
    }

    pub(super) fn mark(&mut self, handle: u32) {
        self.slab.mark(handle);
    }

    pub(super) fn sealed(&self) -> u32 {
        self.slab.sealed()
    }

    pub(super) fn pin(&mut self, string: Str) {
        self.slab[string.handle()].pins += 1;
    }

    pub(super) fn unpin(&mut self, string: Str) {
        let handle = string.handle();
        self.slab[handle].pins -= 1;
        if self.slab[handle].pins == 0 && handle >= self.slab.sealed() {
            self.recent.push(handle);
        }
    }

    /// Frees what is neither marked nor pinned; gives the freed bytes.
    pub(super) fn sweep(&mut self) -> usize {
        let mut freed = 0;
        self.recent.clear();
        for handle in self.slab.handles() {
            let keep = handle < self.slab.sealed() || self.slab[handle].pins > 0;
            match self.slab.states[handle as usize] {
                Slot::Free => {}
                Slot::Live if !keep => freed += self.forget(handle),
                _ => {
                    self.slab.states[handle as usize] = Slot::Live;
                    if !keep {
                        self.recent.push(handle);
                    }
                }
            }
        }
        freed
    }

    /// Frees what was made since the region began and is not pinned; gives the freed bytes.
    pub(super) fn reset(&mut self) -> usize {
        let mut freed = 0;
        let mut recent = std::mem::take(&mut self.recent);
        for handle in recent.drain(..).rev() {
            if handle >= self.slab.sealed() && self.slab.is_live(handle) && self.slab[handle].pins == 0 {
                freed += self.forget(handle);
            }
        }
        recent.shrink_to(4096);
        self.recent = recent;
        freed
    }
}

/// Everything that lives, and how many bytes it takes.
pub(super) struct Heap {
    pub(super) strings: Strings,
    pub(super) tables: Slab<Table>,
    pub(super) closures: Slab<Closure>,
    pub(super) natives: Slab<NativeClosure>,
    pub(super) upvalues: Upvalues,
    pub(super) coroutines: Slab<Thread>,
    pub(super) functions: Slab<Option<Box<Function>>>,
    /// Functions loaded since the region began.
    pub(super) recent_functions: Vec<u32>,
    /// The bytes of all objects.
    pub(super) bytes: usize,
    /// A collection is due when `bytes` passes this.
    pub(super) threshold: usize,
    /// The bytes that there may be.
    pub(super) limit: usize,
}

/// A collection never pays below this many bytes.
pub(super) const SMALLEST_THRESHOLD: usize = 1 << 20;

impl Heap {
    pub(super) fn new(limit: usize) -> Heap {
        Heap {
            strings: Strings::new(),
            tables: Slab::new(),
            closures: Slab::new(),
            natives: Slab::new(),
            upvalues: Upvalues::new(),
            coroutines: Slab::new(),
            functions: Slab::new(),
            recent_functions: Vec::new(),
            bytes: 0,
            threshold: SMALLEST_THRESHOLD,
            limit,
        }
    }

    /// Tells whether so many bytes more would still be within the limit.
    #[inline(always)]
    pub(super) fn fits(&self, bytes: usize) -> bool {
        self.bytes.saturating_add(bytes) <= self.limit
    }

    /// Interns a string, whatever the limit.
    pub(super) fn intern(&mut self, bytes: &[u8]) -> Str {
        let hash = hash_interned(bytes);
        self.strings.find(hash, bytes).unwrap_or_else(|| self.add_string(hash, Bytes::new(bytes)))
    }

    /// Interns bytes that are already owned, without a copy of a long string.
    pub(super) fn intern_owned(&mut self, bytes: Vec<u8>) -> Str {
        if bytes.len() <= INLINE {
            return self.intern(&bytes);
        }
        let hash = hash_interned(&bytes);
        self.strings.find(hash, &bytes).unwrap_or_else(|| self.add_string(hash, Bytes::owned(bytes.into())))
    }

    /// Interns a part of a string.
    pub(super) fn intern_part(&mut self, string: Str, start: usize, end: usize) -> Str {
        let part = &self.strings.bytes(string.handle())[start..end];
        let hash = hash_interned(part);
        match self.strings.find(hash, part) {
            Some(found) => found,
            None => {
                let part = Bytes::new(part);
                self.add_string(hash, part)
            }
        }
    }

    /// Finds a string that exists.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<Str> {
        self.strings.find(hash_interned(bytes), bytes)
    }

    fn add_string(&mut self, hash: u32, bytes: Bytes) -> Str {
        let (string, taken) = self.strings.add(hash, bytes);
        self.bytes += taken;
        string
    }

    pub(super) fn new_table(&mut self, table: Table) -> TableId {
        self.bytes += size_of::<Table>() + table.bytes();
        TableId(self.tables.insert(table))
    }

    /// Seals what exists.
    pub(super) fn seal(&mut self) {
        self.tables.seal();
        self.closures.seal();
        self.natives.seal();
        self.upvalues.seal();
        self.coroutines.seal();
        self.functions.seal();
        self.strings.slab.seal();
        self.strings.recent.clear();
        self.recent_functions.clear();
    }
}
