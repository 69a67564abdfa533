//! Streams: entries in the order of their identifiers, with the groups that consume them.
//!
//! Entries stand in nodes, each a [`Listpack`] under the identifier of its first entry, as in Redis. A node begins with
//! a head: the number of its entries, the number of those deleted from it, and the names of the fields of its first
//! entry. An entry is
//!
//! ```text
//! flags  ms  seq  [count]  ([name]  value)...  elements
//! ```
//!
//! where `ms` and `seq` count from the node's identifier, names stand only where they are not those of the head, and
//! `elements` is the number of elements before it, so that a node can be read backwards. A deleted entry keeps its
//! place and is flagged; a node goes with its last entry. So nodes split, and approximate trimming cuts, exactly where
//! Redis's do.

use super::bytes::Bytes;
use super::listpack::Listpack;
use super::packed::Entry;
use super::sorted::{self, SortedMap};
use super::stream_group::Group;
use super::stream_id::StreamId;
use super::stream_producers::{ProducerLimits, Producers};

const DELETED: i64 = 1;
const SAME_FIELDS: i64 = 2;
/// The most bytes of a node, and of the fields and values of one entry.
pub const NODE_BYTES: usize = 1 << 30;

/// When a node is full.
#[derive(Debug, Clone, Copy)]
pub struct NodeLimits {
    /// The most bytes; 0 is no limit of its own.
    pub bytes: usize,
    /// The most entries, deleted ones among them; 0 is no limit.
    pub entries: usize,
}

/// What happens to the references that groups hold to an entry that goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum References {
    /// They stay and refer to nothing.
    Keep,
    /// They go too.
    Delete,
    /// An entry goes only when every group has read and acknowledged it.
    Acked,
}

/// What to cut off the beginning of a stream.
#[derive(Debug, Clone, Copy)]
pub struct Trim {
    pub to: TrimTo,
    /// Cuts whole nodes only, where references are kept.
    pub approximate: bool,
    /// The most entries to delete; 0 is no limit.
    pub limit: usize,
    pub references: References,
}

#[derive(Debug, Clone, Copy)]
pub enum TrimTo {
    /// At most so many entries stay.
    Length(usize),
    /// Entries from this identifier on stay.
    Id(StreamId),
}

/// A stream.
#[derive(Debug, Clone, Default)]
pub struct Stream {
    nodes: SortedMap<StreamId, Listpack>,
    length: usize,
    first_id: StreamId,
    /// The greatest identifier that was ever added, or that XSETID set.
    pub last_id: StreamId,
    /// The greatest identifier that was deleted other than by trimming.
    pub max_deleted_id: StreamId,
    /// How many entries were ever added.
    pub entries_added: u64,
    pub groups: SortedMap<Bytes, Group>,
    /// What producers sent so as not to add it twice; made with the first of them.
    pub producers: Option<Box<Producers>>,
}

/// An entry.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub id: StreamId,
    pack: &'a Listpack,
    /// Where the names stand, if not before each value.
    names: Option<usize>,
    at: usize,
    pairs: usize,
}

impl<'a> Item<'a> {
    /// Counts the fields.
    pub fn len(&self) -> usize {
        self.pairs
    }

    pub fn is_empty(&self) -> bool {
        self.pairs == 0
    }

    /// Walks fields and values.
    pub fn pairs(self) -> impl Iterator<Item = (Entry<'a>, Entry<'a>)> {
        let Item { pack, mut names, mut at, .. } = self;
        (0..self.pairs).map_while(move |_| {
            let name = match &mut names {
                Some(names) => take(pack, names)?,
                None => take(pack, &mut at)?,
            };
            Some((name, take(pack, &mut at)?))
        })
    }
}

/// Reads the element at `at` and moves on.
#[inline]
fn take<'a>(pack: &'a Listpack, at: &mut usize) -> Option<Entry<'a>> {
    let (element, next) = pack.read(*at)?;
    *at = next;
    Some(element)
}

/// Answers the position `count` elements after `at`.
#[inline]
fn skip(pack: &Listpack, at: usize, count: usize) -> usize {
    (0..count).fold(at, |at, _| pack.next(at))
}

/// A node with its head read.
#[derive(Clone, Copy)]
struct Node<'a> {
    id: StreamId,
    pack: &'a Listpack,
    /// The number of entries that are not deleted.
    live: usize,
    deleted: usize,
    /// Where the names of the head stand, and how many of them there are.
    names: usize,
    width: usize,
    /// Where the first entry stands.
    first: usize,
}

/// An entry of a node as it stands.
struct Place {
    id: StreamId,
    /// Where its flags stand.
    at: usize,
    flags: i64,
    /// Where its names and values begin.
    data: usize,
    pairs: usize,
    /// Where the next entry stands.
    next: usize,
}

impl Place {
    fn is_live(&self) -> bool {
        self.flags & DELETED == 0
    }
}

impl<'a> Node<'a> {
    #[inline]
    fn open(id: StreamId, pack: &'a Listpack) -> Node<'a> {
        let (live, at) = pack.read_int(Listpack::FIRST);
        let (deleted, at) = pack.read_int(at);
        let (width, names) = pack.read_int(at);
        let count = |value: i64| usize::try_from(value).unwrap_or(0);
        // The head ends with a zero.
        let first = skip(pack, names, count(width).saturating_add(1));
        Node { id, pack, live: count(live), deleted: count(deleted), names, width: count(width), first }
    }

    /// Reads a node from its beginning to its end. Answers how many entries are not deleted, of which there is one at
    /// least, and the identifier of the last; `None` if anything is not as it should be.
    fn check(id: StreamId, pack: &Listpack) -> Option<(usize, StreamId)> {
        let mut at = Listpack::FIRST;
        let mut count = || match take(pack, &mut at)? {
            Entry::Int(value) => usize::try_from(value).ok(),
            Entry::Bytes(_) => None,
        };
        let (live, deleted, width) = (count()?, count()?, count()?);
        (0..width).try_for_each(|_| take(pack, &mut at).map(drop))?;
        (take(pack, &mut at)? == Entry::Int(0)).then_some(())?;
        let node = Node::open(id, pack);
        let (mut seen, mut last) = ((0, 0), None);
        while at < pack.end() {
            let mut int = || match take(pack, &mut at)? {
                Entry::Int(value) => Some(value),
                Entry::Bytes(_) => None,
            };
            let (flags, _, _) = (int()?, int()?, int()?);
            let own = flags & SAME_FIELDS == 0;
            let pairs = if own { usize::try_from(int()?).ok()? } else { width };
            let elements = if own { pairs.checked_mul(2)? } else { pairs };
            (0..elements).try_for_each(|_| take(pack, &mut at).map(drop))?;
            let before = Entry::Int(i64::try_from(elements).ok()? + 3 + i64::from(own));
            let place = node.read(last.as_ref().map_or(node.first, |last: &Place| last.next))?;
            let ascends = last.as_ref().map_or(place.id >= id, |last| place.id > last.id);
            if pairs == 0 || flags & !(DELETED | SAME_FIELDS) != 0 || take(pack, &mut at)? != before || !ascends {
                return None;
            }
            seen = if place.is_live() { (seen.0 + 1, seen.1) } else { (seen.0, seen.1 + 1) };
            last = Some(place);
        }
        (seen == (live, deleted) && live > 0).then_some((live, last?.id))
    }

    /// Reads the entry at a position; `None` at the end.
    #[inline]
    fn read(&self, at: usize) -> Option<Place> {
        if at >= self.pack.end() {
            return None;
        }
        let (flags, next) = self.pack.read_int(at);
        let (ms, next) = self.pack.read_int(next);
        let (seq, mut data) = self.pack.read_int(next);
        let id = StreamId { ms: self.id.ms.wrapping_add(ms as u64), seq: self.id.seq.wrapping_add(seq as u64) };
        let (pairs, elements) = if flags & SAME_FIELDS != 0 {
            (self.width, self.width)
        } else {
            let (pairs, after) = self.pack.read_int(data);
            data = after;
            let pairs = usize::try_from(pairs).unwrap_or(0);
            (pairs, pairs.saturating_mul(2))
        };
        let next = skip(self.pack, data, elements.saturating_add(1));
        Some(Place { id, at, flags, data, pairs, next })
    }

    /// Answers where the entry before a position stands; `None` at the first.
    fn before(&self, at: usize) -> Option<usize> {
        if at <= self.first {
            return None;
        }
        let last = self.pack.previous(at);
        let (elements, _) = self.pack.read_int(last);
        Some((0..elements).fold(last, |at, _| self.pack.previous(at)).max(self.first))
    }

    /// Walks the entries, deleted ones too.
    fn places(self) -> impl Iterator<Item = Place> {
        let mut at = self.first;
        std::iter::from_fn(move || {
            let place = self.read(at)?;
            at = place.next;
            Some(place)
        })
    }

    /// Answers the identifier of the last entry, deleted or not.
    fn last_id(&self) -> StreamId {
        self.before(self.pack.end()).and_then(|at| self.read(at)).map_or(self.id, |place| place.id)
    }

    fn item(&self, place: &Place) -> Item<'a> {
        let names = (place.flags & SAME_FIELDS != 0).then_some(self.names);
        Item { id: place.id, pack: self.pack, names, at: place.data, pairs: place.pairs }
    }
}

/// Walks entries in either direction.
pub struct Range<'a> {
    nodes: sorted::Range<'a, StreamId, Listpack>,
    open: Option<(Node<'a>, usize)>,
    start: StreamId,
    end: StreamId,
    reverse: bool,
}

impl<'a> Iterator for Range<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        loop {
            let Some((node, at)) = &mut self.open else {
                let (id, pack) = if self.reverse { self.nodes.next_back()? } else { self.nodes.next()? };
                let node = Node::open(*id, pack);
                self.open = Some((node, if self.reverse { pack.end() } else { node.first }));
                continue;
            };
            let place = if self.reverse { node.before(*at).and_then(|at| node.read(at)) } else { node.read(*at) };
            let Some(place) = place else {
                self.open = None;
                continue;
            };
            *at = if self.reverse { place.at } else { place.next };
            let (too_low, too_high) = (place.id < self.start, place.id > self.end);
            if (self.reverse && too_low) || (!self.reverse && too_high) {
                return None;
            }
            if place.is_live() && !too_low && !too_high {
                return Some(node.item(&place));
            }
        }
    }
}

/// What becomes of an entry that trimming comes upon.
enum Verdict {
    Delete,
    Keep,
    /// Keep it and all behind it.
    Stop,
}

impl Stream {
    /// Counts the entries.
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Names the encoding.
    pub fn encoding(&self) -> &'static str {
        "stream"
    }

    /// Answers the identifier of the first entry, 0-0 if there is none.
    pub fn first_id(&self) -> StreamId {
        self.first_id
    }

    /// Answers the identifier of the last entry, 0-0 if there is none.
    pub fn top_id(&self) -> StreamId {
        self.range(StreamId::MIN, StreamId::MAX, true).next().map_or(StreamId::MIN, |item| item.id)
    }

    /// Shows the nodes with the identifiers that they stand under.
    pub fn nodes(&self) -> &SortedMap<StreamId, Listpack> {
        &self.nodes
    }

    /// Appends a node that Redis wrote, and tells whether it is well-formed and its entries come after all others.
    pub fn append_node(&mut self, id: StreamId, pack: Listpack) -> bool {
        let Some((live, last)) = Node::check(id, &pack) else { return false };
        if self.nodes.last_key_value().is_some_and(|(last, pack)| Node::open(*last, pack).last_id() >= id) {
            return false;
        }
        self.nodes.insert(id, pack);
        self.length += live;
        self.last_id = self.last_id.max(last);
        if self.first_id == StreamId::MIN {
            self.first_id =
                self.range(StreamId::MIN, StreamId::MAX, false).next().map_or(StreamId::MIN, |item| item.id);
        }
        true
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let nodes: usize = self.nodes.values().map(|pack| size_of::<(StreamId, Listpack)>() + pack.heap_size()).sum();
        let groups: usize = self.groups.iter().map(|(name, group)| name.heap_size() + group.heap_size()).sum();
        nodes + groups + self.producers.as_ref().map_or(0, |producers| producers.heap_size())
    }

    /// Opens what producers sent, with `limits` if they are the first.
    pub fn producers_mut(&mut self, limits: ProducerLimits) -> &mut Producers {
        self.producers.get_or_insert_with(|| Box::new(Producers::new(limits)))
    }

    /// Walks the entries from `start` to `end`, both included; from the last to the first if `reverse`.
    pub fn range(&self, start: StreamId, end: StreamId, reverse: bool) -> Range<'_> {
        let nodes = if start > end {
            self.nodes.range(..StreamId::MIN)
        } else {
            let first = self.nodes.range(..=start).next_back().map_or(start, |(id, _)| *id);
            self.nodes.range(first..=end)
        };
        Range { nodes, open: None, start, end, reverse }
    }

    /// Walks the entries behind an identifier.
    pub fn range_after(&self, id: StreamId) -> Range<'_> {
        match id.next() {
            Some(start) => self.range(start, StreamId::MAX, false),
            None => self.range(StreamId::MAX, StreamId::MIN, false),
        }
    }

    /// Shows one entry.
    pub fn get(&self, id: StreamId) -> Option<Item<'_>> {
        self.range(id, id, false).next()
    }

    pub fn contains(&self, id: StreamId) -> bool {
        id <= self.last_id && self.get(id).is_some()
    }

    /// Appends an entry. Its identifier is above `last_id`, its fields and values take no more than [`NODE_BYTES`].
    pub fn append(&mut self, id: StreamId, pairs: &[(&[u8], &[u8])], limits: NodeLimits) {
        let size: usize = pairs.iter().map(|(field, value)| field.len() + value.len()).sum();
        let most = if limits.bytes == 0 { NODE_BYTES } else { limits.bytes.min(NODE_BYTES) };
        let mut last = self.nodes.last_mut();
        if let Some((master, pack)) = &mut last {
            let node = Node::open(**master, pack);
            let count = node.live + node.deleted;
            if node.pack.size() + size >= most || (limits.entries > 0 && count >= limits.entries) {
                pack.shrink();
                last = None;
            }
        }
        match last {
            Some((&master, pack)) => {
                let node = Node::open(master, pack);
                let (live, same) = (node.live, has_names(&node, pairs));
                pack.replace_int(Listpack::FIRST, live as i64 + 1);
                push_entry(pack, master, id, pairs, same);
            }
            None => {
                let mut pack = Listpack::default();
                pack.push_int(1);
                pack.push_int(0);
                pack.push_int(pairs.len() as i64);
                pairs.iter().for_each(|(field, _)| pack.push_bytes(field));
                pack.push_int(0);
                push_entry(&mut pack, id, id, pairs, true);
                self.nodes.insert(id, pack);
            }
        }
        self.length += 1;
        // Redis counts in 63 bits.
        self.entries_added = self.entries_added.saturating_add(1).min(i64::MAX as u64);
        self.last_id = id;
        if self.length == 1 {
            self.first_id = id;
        }
    }

    /// Deletes an entry and tells whether it was there.
    pub fn delete(&mut self, id: StreamId) -> bool {
        let Some(master) = self.nodes.range(..=id).next_back().map(|(id, _)| *id) else { return false };
        let judge = |at: StreamId| match at.cmp(&id) {
            std::cmp::Ordering::Less => Verdict::Keep,
            std::cmp::Ordering::Equal => Verdict::Delete,
            std::cmp::Ordering::Greater => Verdict::Stop,
        };
        let deleted = self.sweep(master, true, judge).0 > 0;
        if deleted {
            self.max_deleted_id = self.max_deleted_id.max(id);
            if id == self.first_id {
                self.find_first_id();
            }
        }
        deleted
    }

    /// Deletes an entry as `references` says.
    pub fn delete_with(&mut self, id: StreamId, references: References) -> Deletion {
        match references {
            References::Acked if self.is_referenced(id) => return Deletion::Referenced,
            References::Delete => self.forget(id),
            _ => {}
        }
        if self.delete(id) { Deletion::Done } else { Deletion::Absent }
    }

    /// Tells whether some group has yet to read or to acknowledge an entry.
    pub fn is_referenced(&self, id: StreamId) -> bool {
        self.groups.values().any(|group| group.refers_to(id))
    }

    /// Removes what groups hold of an entry.
    pub fn forget(&mut self, id: StreamId) {
        for group in self.groups.values_mut() {
            group.remove(id);
        }
    }

    /// Cuts entries off the beginning, and answers how many.
    pub fn trim(&mut self, trim: Trim) -> usize {
        let mut deleted = 0;
        let mut next = self.nodes.keys().next().copied();
        while let Some(master) = next {
            if matches!(trim.to, TrimTo::Length(most) if self.length <= most) {
                break;
            }
            let Some(pack) = self.nodes.get(&master) else { break };
            let node = Node::open(master, pack);
            let live = node.live;
            if trim.limit > 0 && deleted + live > trim.limit {
                break;
            }
            let whole = match trim.to {
                TrimTo::Length(most) => self.length - live >= most,
                TrimTo::Id(least) => node.last_id() < least,
            };
            let stopped = if trim.references != References::Keep {
                let (count, stopped) = self.trim_node(master, whole, trim);
                deleted += count;
                stopped
            } else if whole {
                self.nodes.remove(&master);
                self.length -= live;
                deleted += live;
                false
            } else {
                if !trim.approximate {
                    deleted += self.trim_node(master, false, trim).0;
                }
                true
            };
            if stopped {
                break;
            }
            next = master.next().and_then(|id| self.nodes.range(id..).next()).map(|(id, _)| *id);
        }
        if deleted > 0 {
            self.find_first_id();
        }
        deleted
    }

    /// Trims within one node, which goes with its last entry if all of it lies before the end. Answers how many entries
    /// went, and whether all behind them stay.
    fn trim_node(&mut self, master: StreamId, whole: bool, trim: Trim) -> (usize, bool) {
        let mut length = self.length;
        let mut groups = std::mem::take(&mut self.groups);
        let outcome = self.sweep(master, whole, |id| {
            let enough = match trim.to {
                TrimTo::Length(most) => length <= most,
                TrimTo::Id(least) => id >= least,
            };
            if enough {
                return Verdict::Stop;
            }
            match trim.references {
                References::Acked if groups.values().any(|group| group.refers_to(id)) => return Verdict::Keep,
                References::Delete => groups.values_mut().for_each(|group| {
                    group.remove(id);
                }),
                _ => {}
            }
            length -= 1;
            Verdict::Delete
        });
        self.groups = groups;
        outcome
    }

    /// Deletes those entries of a node that `judge` condemns, and with the last of them the node, if it may go. Answers
    /// how many went, and whether it was told to stop.
    fn sweep(&mut self, master: StreamId, may_go: bool, mut judge: impl FnMut(StreamId) -> Verdict) -> (usize, bool) {
        let Some(pack) = self.nodes.get_mut(&master) else { return (0, true) };
        let node = Node::open(master, pack);
        let (live, deleted) = (node.live, node.deleted);
        let (mut doomed, mut stopped) = (Vec::new(), false);
        for place in node.places().filter(Place::is_live) {
            match judge(place.id) {
                Verdict::Delete => doomed.push((place.at, place.flags)),
                Verdict::Keep => {}
                Verdict::Stop => {
                    stopped = true;
                    break;
                }
            }
        }
        self.length -= doomed.len();
        if may_go && doomed.len() == live {
            self.nodes.remove(&master);
        } else if !doomed.is_empty() {
            for (at, flags) in &doomed {
                pack.replace_int(*at, flags | DELETED);
            }
            pack.replace_int(Listpack::FIRST, (live - doomed.len()) as i64);
            pack.replace_int(pack.next(Listpack::FIRST), (deleted + doomed.len()) as i64);
        }
        (doomed.len(), stopped)
    }

    /// Counts the nodes of the radix tree in which Redis would keep the nodes of this stream: one where keys part, and
    /// one for each run of bytes that no key parts in.
    pub fn radix_nodes(&self) -> usize {
        let bytes = |id: &StreamId| [id.ms.to_be_bytes(), id.seq.to_be_bytes()].concat();
        let keys: Vec<Vec<u8>> = self.nodes.keys().map(bytes).collect();
        radix_nodes(&keys, 0).max(1)
    }

    fn find_first_id(&mut self) {
        self.first_id = self.range(StreamId::MIN, StreamId::MAX, false).next().map_or(StreamId::MIN, |item| item.id);
    }

    /// Tells whether entries may be missing behind `id`.
    pub fn has_tombstones_from(&self, id: StreamId) -> bool {
        self.length > 0
            && self.max_deleted_id != StreamId::MIN
            && self.first_id <= self.max_deleted_id
            && id <= self.max_deleted_id
    }

    /// Counts how many entries were ever added up to `id`; `None` where deletions leave it unknown.
    pub fn entries_up_to(&self, id: StreamId) -> Option<u64> {
        if self.entries_added == 0 {
            return Some(0);
        }
        if self.length == 0 && id <= self.last_id {
            return Some(self.entries_added);
        }
        if id != StreamId::MIN && id < self.max_deleted_id {
            return None;
        }
        if id >= self.last_id {
            return (id == self.last_id).then_some(self.entries_added);
        }
        if self.max_deleted_id == StreamId::MIN || self.max_deleted_id < self.first_id {
            let before = self.entries_added.saturating_sub(self.length as u64);
            match id.cmp(&self.first_id) {
                std::cmp::Ordering::Less => return Some(before),
                std::cmp::Ordering::Equal => return Some(before + 1),
                std::cmp::Ordering::Greater => {}
            }
        }
        None
    }
}

/// Counts the nodes for sorted keys of one length that have their first `depth` bytes in common.
fn radix_nodes(keys: &[Vec<u8>], depth: usize) -> usize {
    let [first, .., last] = keys else {
        return keys.iter().filter(|key| depth < key.len()).count();
    };
    let common = first.iter().zip(last).take_while(|(a, b)| a == b).count();
    let parts = keys.chunk_by(|a, b| a[common] == b[common]);
    usize::from(common > depth) + 1 + parts.map(|part| radix_nodes(part, common + 1)).sum::<usize>()
}

/// What became of an entry that was to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    Absent,
    Done,
    /// It stays, because groups refer to it.
    Referenced,
}

/// Tells whether an entry's fields are those of the node's head.
fn has_names(node: &Node, pairs: &[(&[u8], &[u8])]) -> bool {
    let mut at = node.names;
    node.width == pairs.len()
        && pairs.iter().all(|(field, _)| take(node.pack, &mut at).is_some_and(|name| name == Entry::new(field)))
}

fn push_entry(pack: &mut Listpack, master: StreamId, id: StreamId, pairs: &[(&[u8], &[u8])], same: bool) {
    pack.push_int(if same { SAME_FIELDS } else { 0 });
    pack.push_int(id.ms.wrapping_sub(master.ms) as i64);
    pack.push_int(id.seq.wrapping_sub(master.seq) as i64);
    if !same {
        pack.push_int(pairs.len() as i64);
    }
    for (field, value) in pairs {
        if !same {
            pack.push_bytes(field);
        }
        pack.push_bytes(value);
    }
    let elements = if same { pairs.len() } else { 1 + 2 * pairs.len() };
    pack.push_int(3 + elements as i64);
}
