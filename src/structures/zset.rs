//! The value of a zset key.

use super::Dict;
use super::members::Members;
use super::order::sort_positions;
use super::ordered::{Ordered, Scores};
use super::zset_packed::PackedZset;
use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

/// Members ordered by (score, member), with rank in O(log N).
///
/// A small zset is one run of bytes. A large one is two views of the same members: a table for scores and an ordered
/// index for ranks, which holds positions in the table. A member is in both or in neither; `insert`, `remove` and
/// `remove_ranks` are the only writers. A score is never NaN. See <https://redis.io/docs/latest/develop/data-types/sorted-sets/>.
#[derive(Clone)]
pub struct Zset(Repr);

#[derive(Clone)]
enum Repr {
    Packed(PackedZset),
    Indexed { members: Members, order: Ordered },
}

/// Up to what a zset stays small: `zset-max-listpack-entries` and `zset-max-listpack-value`.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub entries: usize,
    pub value: usize,
}

impl fmt::Debug for Zset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        self.walk(0..self.len(), false, |member, score| {
            map.entry(&format_args!("\"{}\"", member.escape_ascii()), &score);
        });
        map.finish()
    }
}

impl Default for Zset {
    fn default() -> Zset {
        Zset(Repr::Packed(PackedZset::default()))
    }
}

/// Orders members as a zset does: by score, then bytewise. The two zeros are one score.
#[inline]
pub fn compare(left: (f64, &[u8]), right: (f64, &[u8])) -> Ordering {
    left.0.partial_cmp(&right.0).unwrap_or(Ordering::Equal).then_with(|| left.1.cmp(right.1))
}

impl Zset {
    /// Makes an empty zset in the form that will suit `count` members, the longest of `longest` bytes.
    pub fn for_members(count: usize, longest: usize, limits: Limits) -> Zset {
        if count <= limits.entries && longest <= limits.value {
            Zset::default()
        } else {
            Zset(Repr::Indexed { members: Members::default(), order: Ordered::default() })
        }
    }

    /// Makes the zset of distinct members in any order, in O(N log N).
    pub fn from_members(scores: Dict<f64>, limits: Limits) -> Zset {
        let longest = scores.keys().map(|member| member.len()).max().unwrap_or(0);
        if scores.len() <= limits.entries && longest <= limits.value {
            let mut zset = Zset::default();
            for (member, &score) in scores.iter() {
                zset.insert(member, score, limits);
            }
            return zset;
        }
        let mut members = Members::default();
        for (member, &score) in scores.iter() {
            members.push(member, score);
        }
        Zset(index(members))
    }

    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Repr::Packed(packed) => packed.len(),
            Repr::Indexed { members, .. } => members.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Answers the score of a member.
    #[inline]
    pub fn score(&self, member: &[u8]) -> Option<f64> {
        match &self.0 {
            Repr::Packed(packed) => packed.find(member).map(|(_, entry)| entry.score),
            Repr::Indexed { members, .. } => members.find(member).map(|at| members.score(at)),
        }
    }

    /// Takes the large form if `count` members are about to be added that would not all fit, were they all new.
    pub fn expect(&mut self, count: usize, limits: Limits) {
        if count > limits.entries {
            self.unpack();
        }
    }

    /// Takes the large form.
    pub fn unpack(&mut self) {
        if let Repr::Packed(packed) = &self.0 {
            let mut members = Members::default();
            for entry in packed.iter() {
                members.push(entry.member, entry.score);
            }
            self.0 = index(members);
        }
    }

    /// Sets the score of a member, which must not be NaN, and answers the one that it had.
    pub fn insert(&mut self, member: &[u8], score: f64, limits: Limits) -> Option<f64> {
        if let Repr::Packed(packed) = &mut self.0 {
            let old = packed.find(member).map(|(_, entry)| (entry.score, entry.span));
            if let Some((old, span)) = old {
                if old == score {
                    return Some(old);
                }
                packed.cut(span);
            }
            if old.is_some() || (packed.len() < limits.entries && member.len() <= limits.value) {
                // Redis packs whole scores as integers, which know no negative zero.
                packed.insert(member, score + 0.0, |s, m| compare((s, m), (score, member)).is_lt());
                return old.map(|(score, _)| score);
            }
            self.unpack();
        }
        let Repr::Indexed { members, order } = &mut self.0 else { return None };
        let (at, old) = match members.find(member) {
            Some(at) => {
                let old = members.score(at);
                if old == score {
                    return Some(old);
                }
                order.remove(members, upto(members, at));
                members.set_score(at, score);
                (at, Some(old))
            }
            None => (members.push(member, score), None),
        };
        order.insert(at, members, below(members, score, member));
        old
    }

    /// Removes a member and answers its score.
    pub fn remove(&mut self, member: &[u8]) -> Option<f64> {
        match &mut self.0 {
            Repr::Packed(packed) => {
                let (score, span) = packed.find(member).map(|(_, entry)| (entry.score, entry.span))?;
                packed.cut(span);
                Some(score)
            }
            Repr::Indexed { members, order } => {
                let at = members.find(member)?;
                let score = members.score(at);
                order.remove(members, upto(members, at));
                forget(members, order, at);
                Some(score)
            }
        }
    }

    /// Removes the members whose ranks lie in a range and answers how many there were.
    pub fn remove_ranks(&mut self, ranks: Range<usize>) -> usize {
        let before = self.len();
        match &mut self.0 {
            Repr::Packed(packed) => packed.remove(ranks),
            Repr::Indexed { members, order } => {
                for _ in ranks.start..ranks.end.min(before) {
                    let Some(at) = order.remove_rank(ranks.start, members) else { break };
                    forget(members, order, at);
                }
            }
        }
        before - self.len()
    }

    /// Answers the rank of a member from the lowest, with its score.
    pub fn rank(&self, member: &[u8]) -> Option<(usize, f64)> {
        match &self.0 {
            Repr::Packed(packed) => packed.find(member).map(|(rank, entry)| (rank, entry.score)),
            Repr::Indexed { members, order } => {
                let score = members.score(members.find(member)?);
                Some((order.rank(members, below(members, score, member)), score))
            }
        }
    }

    /// Counts the members for whose score `before` holds. It must hold for the first so many and for none after them.
    pub fn count_scores(&self, before: impl Fn(f64) -> bool) -> usize {
        match &self.0 {
            Repr::Packed(packed) => packed.iter().take_while(|entry| before(entry.score)).count(),
            Repr::Indexed { members, order } => order.rank(members, |score, _| before(score)),
        }
    }

    /// Counts the members for which `before` holds. It must hold for the first so many and for none after them.
    pub fn count_members(&self, before: impl Fn(&[u8]) -> bool) -> usize {
        match &self.0 {
            Repr::Packed(packed) => packed.iter().take_while(|entry| before(entry.member)).count(),
            Repr::Indexed { members, order } => order.rank(members, |_, at| before(members.name(at))),
        }
    }

    /// Visits the members whose ranks lie in a range, from its end backwards if `reverse`.
    pub fn walk<'a>(&'a self, ranks: Range<usize>, reverse: bool, mut visit: impl FnMut(&'a [u8], f64)) {
        match &self.0 {
            Repr::Packed(packed) => {
                let entries = packed.iter().skip(ranks.start).take(ranks.len());
                if reverse {
                    let entries: Vec<_> = entries.collect();
                    entries.iter().rev().for_each(|entry| visit(entry.member, entry.score));
                } else {
                    entries.for_each(|entry| visit(entry.member, entry.score));
                }
            }
            Repr::Indexed { members, order } => {
                order.walk(ranks, reverse, |at| visit(members.name(at), members.score(at)))
            }
        }
    }

    /// Visits all members in the order that costs least.
    pub fn each<'a>(&'a self, mut visit: impl FnMut(&'a [u8], f64)) {
        match &self.0 {
            Repr::Packed(packed) => packed.iter().for_each(|entry| visit(entry.member, entry.score)),
            Repr::Indexed { members, .. } => members.iter().for_each(|(member, score)| visit(member, score)),
        }
    }

    /// Shows the member at a position below `len()`. Positions are in no order, which makes a random one a fair pick.
    pub fn at(&self, position: usize) -> Option<(&[u8], f64)> {
        match &self.0 {
            Repr::Packed(packed) => packed.iter().nth(position).map(|entry| (entry.member, entry.score)),
            Repr::Indexed { members, .. } => {
                (position < members.len()).then(|| (members.name(position as u32), members.score(position as u32)))
            }
        }
    }

    /// Visits the members at positions, as [`Zset::at`] shows them.
    pub fn pick<'a>(&'a self, positions: &[usize], mut visit: impl FnMut(&'a [u8], f64)) {
        match &self.0 {
            Repr::Packed(packed) => {
                let entries: Vec<_> = packed.iter().collect();
                positions.iter().filter_map(|&at| entries.get(at)).for_each(|entry| visit(entry.member, entry.score));
            }
            Repr::Indexed { members, .. } => positions
                .iter()
                .filter(|&&at| at < members.len())
                .for_each(|&at| visit(members.name(at as u32), members.score(at as u32))),
        }
    }

    /// Visits members as ZSCAN does: all at once if the zset is small, else as [`Members::scan`].
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(&[u8], f64)) -> u64 {
        match &self.0 {
            Repr::Packed(packed) => {
                packed.iter().for_each(|entry| visit(entry.member, entry.score));
                0
            }
            Repr::Indexed { members, .. } => members.scan(cursor, count, visit),
        }
    }

    /// Names the encoding.
    pub fn encoding(&self) -> &'static str {
        match &self.0 {
            Repr::Packed(_) => "listpack",
            Repr::Indexed { .. } => "skiplist",
        }
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        match &self.0 {
            Repr::Packed(packed) => packed.heap_size(),
            Repr::Indexed { members, order } => members.heap_size() + order.heap_size(),
        }
    }
}

/// Makes the large form of members that are in the table already.
fn index(members: Members) -> Repr {
    let mut positions: Vec<u32> = (0..members.len() as u32).collect();
    sort_positions(&mut positions, &mut |left, right| {
        compare((members.score(left), members.name(left)), (members.score(right), members.name(right)))
    });
    let order = Ordered::from_sorted(&positions, &members);
    Repr::Indexed { members, order }
}

/// Removes the member at a position from the table, when it has gone from the order. The last one takes its position, so
/// the order must learn of that.
fn forget(members: &mut Members, order: &mut Ordered, at: u32) {
    let last = members.len() as u32 - 1;
    if at != last {
        order.replace(at, members, upto(members, last));
    }
    members.remove(at);
}

/// Tells of what stands in the table whether it comes before a score and member.
fn below(members: &Members, score: f64, member: &[u8]) -> impl Fn(f64, u32) -> bool {
    move |other, at| other < score || (other == score && members.name(at) < member)
}

/// Tells of what stands in the table whether it comes before the member at a position or is it. Names are looked at only
/// where scores tie.
fn upto(members: &Members, at: u32) -> impl Fn(f64, u32) -> bool {
    let score = members.score(at);
    move |other, item| other < score || (other == score && (item == at || members.name(item) <= members.name(at)))
}
