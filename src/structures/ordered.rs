//! Positions kept in an order, with ranks in O(log N).
//!
//! A B+-tree whose leaves hold nothing but 32-bit positions into a vector that somebody else owns. Each child of an
//! inner node carries the count of positions under it, which gives ranks, and the first of them with its score, so
//! that a descent touches what it orders only in the last leaf and where scores tie. Every operation brings a test
//! that says of a score and its position whether they lie before the place looked for.
//!
//! All leaves stand at the same depth. A node is split when it is full and joined with a neighbour when both are
//! nearly empty; a node that was split at its end, as when scores arrive in order, leaves the left half full.

use std::ops::Range;

/// The most positions in a leaf, and by how many its memory grows.
const LEAF: usize = 64;
const LEAF_STEP: usize = 8;
/// The most children of an inner node.
const INNER: usize = 32;

/// What the positions stand for.
pub trait Scores {
    fn score(&self, position: u32) -> f64;
}

/// Positions in order.
#[derive(Debug, Clone, Default)]
pub struct Ordered {
    root: Node,
}

#[derive(Debug, Clone)]
enum Node {
    Leaf(Vec<u32>),
    Inner(Vec<Child>),
}

#[derive(Debug, Clone)]
struct Child {
    node: Node,
    count: u32,
    first: u32,
    score: f64,
}

impl Default for Node {
    fn default() -> Node {
        Node::Leaf(Vec::new())
    }
}

impl Ordered {
    /// Makes the tree of positions that are in order already, in O(N).
    pub fn from_sorted(positions: &[u32], scores: &impl Scores) -> Ordered {
        let mut nodes: Vec<Node> = positions.chunks(LEAF).map(|run| Node::Leaf(run.to_vec())).collect();
        while nodes.len() > 1 {
            let mut rest = nodes.into_iter();
            nodes = Vec::new();
            loop {
                let children: Vec<Child> = rest.by_ref().take(INNER).map(|node| Child::of(node, scores)).collect();
                if children.is_empty() {
                    break;
                }
                nodes.push(Node::Inner(children));
            }
        }
        Ordered { root: nodes.pop().unwrap_or_default() }
    }

    /// Adds a position after those for which `before` holds.
    pub fn insert(&mut self, position: u32, scores: &impl Scores, before: impl Fn(f64, u32) -> bool) {
        if let Some(right) = self.root.insert(position, scores, &before) {
            let left = std::mem::take(&mut self.root);
            self.root = Node::Inner(vec![Child::of(left, scores), Child::of(right, scores)]);
        }
    }

    /// Removes the last position for which `upto` holds, of which there is one.
    pub fn remove(&mut self, scores: &impl Scores, upto: impl Fn(f64, u32) -> bool) {
        self.take(scores, &mut Last(upto));
    }

    /// Removes the position at a rank and answers it; `None` if there are not so many.
    pub fn remove_rank(&mut self, rank: usize, scores: &impl Scores) -> Option<u32> {
        self.take(scores, &mut Nth(rank))
    }

    fn take<S: Scores>(&mut self, scores: &S, seek: &mut impl Seek<S>) -> Option<u32> {
        let taken = self.root.remove(scores, seek);
        while let Node::Inner(children) = &mut self.root
            && children.len() < 2
        {
            self.root = children.pop().map(|child| child.node).unwrap_or_default();
        }
        taken
    }

    /// Puts `position` in the place of the last one for which `upto` holds, whose score it is about to take.
    pub fn replace(&mut self, position: u32, scores: &impl Scores, upto: impl Fn(f64, u32) -> bool) {
        self.root.replace(position, scores, &upto);
    }

    /// Counts the positions for which `before` holds.
    pub fn rank(&self, scores: &impl Scores, before: impl Fn(f64, u32) -> bool) -> usize {
        let (mut node, mut rank) = (&self.root, 0);
        loop {
            match node {
                Node::Leaf(items) => return rank + items.partition_point(|&item| before(scores.score(item), item)),
                Node::Inner(children) => {
                    let at = find(children, &before);
                    rank += children[..at].iter().map(|child| child.count as usize).sum::<usize>();
                    node = &children[at].node;
                }
            }
        }
    }

    /// Answers the position at a rank.
    pub fn get(&self, mut rank: usize) -> Option<u32> {
        let mut node = &self.root;
        loop {
            match node {
                Node::Leaf(items) => return items.get(rank).copied(),
                Node::Inner(children) => {
                    node = &children
                        .iter()
                        .find(|child| {
                            let here = rank < child.count as usize;
                            rank -= if here { 0 } else { child.count as usize };
                            here
                        })?
                        .node;
                }
            }
        }
    }

    /// Visits the positions whose ranks lie in a range, from its end backwards if `reverse`.
    pub fn walk(&self, ranks: Range<usize>, reverse: bool, mut visit: impl FnMut(u32)) {
        self.root.walk(ranks, reverse, &mut visit);
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.root.heap_size()
    }
}

/// Finds the child under which the border between `before` and not lies.
#[inline]
fn find(children: &[Child], before: &impl Fn(f64, u32) -> bool) -> usize {
    children.partition_point(|child| before(child.score, child.first)).saturating_sub(1)
}

/// What leads down to one position.
trait Seek<S> {
    fn child(&mut self, children: &[Child]) -> usize;
    fn item(&mut self, items: &[u32], scores: &S) -> Option<usize>;
}

/// The last position for which a test holds.
struct Last<F>(F);

impl<S: Scores, F: Fn(f64, u32) -> bool> Seek<S> for Last<F> {
    fn child(&mut self, children: &[Child]) -> usize {
        find(children, &self.0)
    }

    fn item(&mut self, items: &[u32], scores: &S) -> Option<usize> {
        items.partition_point(|&item| (self.0)(scores.score(item), item)).checked_sub(1)
    }
}

/// The position with so many before it.
struct Nth(usize);

impl<S> Seek<S> for Nth {
    fn child(&mut self, children: &[Child]) -> usize {
        let mut at = 0;
        while let Some(child) = children.get(at)
            && self.0 >= child.count as usize
            && at + 1 < children.len()
        {
            self.0 -= child.count as usize;
            at += 1;
        }
        at
    }

    fn item(&mut self, items: &[u32], _: &S) -> Option<usize> {
        (self.0 < items.len()).then_some(self.0)
    }
}

impl Child {
    fn of(node: Node, scores: &impl Scores) -> Child {
        let count = match &node {
            Node::Leaf(items) => items.len() as u32,
            Node::Inner(children) => children.iter().map(|child| child.count).sum(),
        };
        let (first, score) = node.first(scores).unwrap_or_default();
        Child { node, count, first, score }
    }

    /// Takes note of the first position anew.
    fn refresh(&mut self, scores: &impl Scores) {
        (self.first, self.score) = self.node.first(scores).unwrap_or_default();
    }
}

impl Node {
    fn first(&self, scores: &impl Scores) -> Option<(u32, f64)> {
        match self {
            Node::Leaf(items) => items.first().map(|&item| (item, scores.score(item))),
            Node::Inner(children) => children.first().map(|child| (child.first, child.score)),
        }
    }

    /// Adds a position, and answers the right half if the node had to be split.
    fn insert(&mut self, position: u32, scores: &impl Scores, before: &impl Fn(f64, u32) -> bool) -> Option<Node> {
        match self {
            Node::Leaf(items) => {
                let at = items.partition_point(|&item| before(scores.score(item), item));
                if items.len() < LEAF {
                    insert_tight(items, at, position);
                    return None;
                }
                let mut right = items.split_off(if at == LEAF { LEAF } else { LEAF / 2 });
                items.shrink_to(items.len() + LEAF_STEP);
                if at > items.len() || at == LEAF {
                    insert_tight(&mut right, at - items.len(), position);
                } else {
                    insert_tight(items, at, position);
                }
                Some(Node::Leaf(right))
            }
            Node::Inner(children) => {
                let at = find(children, before);
                let right = children[at].node.insert(position, scores, before);
                let Some(right) = right else {
                    children[at].count += 1;
                    if before(children[at].score, children[at].first) {
                        return None;
                    }
                    children[at].refresh(scores);
                    return None;
                };
                children[at] = Child::of(std::mem::take(&mut children[at].node), scores);
                children.insert(at + 1, Child::of(right, scores));
                if children.len() <= INNER {
                    return None;
                }
                let last = children.len() - 1;
                Some(Node::Inner(children.split_off(if at + 1 == last { last } else { INNER / 2 })))
            }
        }
    }

    fn remove<S: Scores>(&mut self, scores: &S, seek: &mut impl Seek<S>) -> Option<u32> {
        match self {
            Node::Leaf(items) => seek.item(items, scores).map(|at| items.remove(at)),
            Node::Inner(children) => {
                let at = seek.child(children);
                let child = children.get_mut(at)?;
                let taken = child.node.remove(scores, seek)?;
                child.count -= 1;
                if child.count == 0 {
                    children.remove(at);
                    return Some(taken);
                }
                child.refresh(scores);
                if child.node.sparse() {
                    let sparse = |right: &usize| {
                        *right > 0
                            && children
                                .get(*right)
                                .is_some_and(|r| r.node.sparse() && children[right - 1].node.sparse())
                    };
                    if let Some(right) = [at + 1, at].into_iter().find(sparse) {
                        let gone = children.remove(right);
                        children[right - 1].count += gone.count;
                        children[right - 1].node.append(gone.node);
                    }
                }
                Some(taken)
            }
        }
    }

    fn replace(&mut self, position: u32, scores: &impl Scores, upto: &impl Fn(f64, u32) -> bool) {
        match self {
            Node::Leaf(items) => {
                if let Some(at) = items.partition_point(|&item| upto(scores.score(item), item)).checked_sub(1) {
                    items[at] = position;
                }
            }
            Node::Inner(children) => {
                let at = find(children, upto);
                let child = &mut children[at];
                child.node.replace(position, scores, upto);
                child.first = match &child.node {
                    Node::Leaf(items) => items.first().copied(),
                    Node::Inner(children) => children.first().map(|child| child.first),
                }
                .unwrap_or_default();
            }
        }
    }

    /// Tells that the node is so empty that two like it fit into one with room to spare.
    fn sparse(&self) -> bool {
        match self {
            Node::Leaf(items) => items.len() <= LEAF / 3,
            Node::Inner(children) => children.len() <= INNER / 3,
        }
    }

    /// Adds the content of a right neighbour of the same depth.
    fn append(&mut self, right: Node) {
        match (self, right) {
            (Node::Leaf(items), Node::Leaf(more)) => items.extend(more),
            (Node::Inner(children), Node::Inner(more)) => children.extend(more),
            _ => unreachable!("all leaves stand at the same depth"),
        }
    }

    fn walk(&self, ranks: Range<usize>, reverse: bool, visit: &mut impl FnMut(u32)) {
        match self {
            Node::Leaf(items) => {
                let items = items.get(ranks.start..ranks.end.min(items.len())).unwrap_or_default();
                if reverse {
                    items.iter().rev().for_each(|&item| visit(item));
                } else {
                    items.iter().for_each(|&item| visit(item));
                }
            }
            Node::Inner(children) => {
                let mut under = |child: &Child, from: usize| {
                    let to = from + child.count as usize;
                    if from < ranks.end && ranks.start < to {
                        child.node.walk(ranks.start.saturating_sub(from)..ranks.end - from, reverse, visit);
                    }
                };
                if reverse {
                    let mut to: usize = children.iter().map(|child| child.count as usize).sum();
                    for child in children.iter().rev() {
                        to -= child.count as usize;
                        under(child, to);
                    }
                } else {
                    let mut from = 0;
                    for child in children {
                        under(child, from);
                        from += child.count as usize;
                    }
                }
            }
        }
    }

    fn heap_size(&self) -> usize {
        match self {
            Node::Leaf(items) => items.capacity() * size_of::<u32>(),
            Node::Inner(children) => {
                children.capacity() * size_of::<Child>()
                    + children.iter().map(|child| child.node.heap_size()).sum::<usize>()
            }
        }
    }
}

/// Inserts into a leaf whose memory grows by small steps, so that little of it stands empty.
fn insert_tight(items: &mut Vec<u32>, at: usize, position: u32) {
    if items.len() == items.capacity() {
        items.reserve_exact(LEAF_STEP);
    }
    items.insert(at, position);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;

    struct Keys(Vec<u64>);

    impl Scores for Keys {
        fn score(&self, position: u32) -> f64 {
            (self.0[position as usize] >> 32) as f64
        }
    }

    /// Random insertions, removals and moves leave the tree equal to a sorted vector, ranks and walks included.
    #[test]
    fn agrees_with_a_sorted_vector() {
        let mut random = random_below(7);
        // Position n has the key keys.0[n], whose upper half is its score; the keys are distinct.
        let mut keys = Keys(Vec::new());
        let mut sorted: Vec<u64> = Vec::new();
        let mut tree = Ordered::default();
        for step in 0..60_000usize {
            let growing = (step / 10_000).is_multiple_of(2);
            if sorted.is_empty() || random(10) < if growing { 8 } else { 2 } {
                // Some keys arrive in order, some anywhere, some with a score that many share.
                let key = match random(3) {
                    0 => (step as u64) << 32 | 1,
                    1 => (random(60_000) as u64) << 32 | step as u64,
                    _ => (random(3) as u64) << 32 | step as u64,
                };
                if sorted.binary_search(&key).is_ok() {
                    continue;
                }
                keys.0.push(key);
                tree.insert(keys.0.len() as u32 - 1, &keys, |_, other| keys.0[other as usize] < key);
                sorted.insert(sorted.partition_point(|&other| other < key), key);
            } else {
                let (at, last) = (random(keys.0.len()), keys.0.len() - 1);
                let upto = |limit: u64| {
                    let keys = &keys;
                    move |score: f64, other: u32| {
                        assert_eq!(score, keys.score(other));
                        keys.0[other as usize] <= limit
                    }
                };
                tree.remove(&keys, upto(keys.0[at]));
                if at != last {
                    tree.replace(at as u32, &keys, upto(keys.0[last]));
                }
                sorted.remove(sorted.binary_search(&keys.0[at]).unwrap());
                keys.0.swap_remove(at);
            }
            if !sorted.is_empty() {
                let at = random(sorted.len());
                let rank = tree.rank(&keys, |_, other| keys.0[other as usize] < keys.0[at]);
                assert_eq!(sorted[rank], keys.0[at]);
                assert_eq!(tree.get(rank), Some(at as u32));
            }
            if step % 500 == 0 {
                let from = random(sorted.len() + 1);
                let to = from + random(sorted.len() + 1 - from);
                for reverse in [false, true] {
                    let mut seen = Vec::new();
                    tree.walk(from..to, reverse, |position| seen.push(keys.0[position as usize]));
                    if reverse {
                        seen.reverse();
                    }
                    assert_eq!(seen, sorted[from..to]);
                }
            }
        }
    }

    #[test]
    fn from_sorted_builds_the_same_tree() {
        for len in [0, 1, 63, 64, 65, 5000, 100_000] {
            let positions: Vec<u32> = (0..len).collect();
            let keys = Keys((0..=u64::from(len)).map(|n| n << 32).collect());
            let mut tree = Ordered::from_sorted(&positions, &keys);
            tree.insert(len, &keys, |_, _| true);
            let mut seen = Vec::new();
            tree.walk(0..usize::MAX, false, |position| seen.push(position));
            assert_eq!(seen, (0..=len).collect::<Vec<u32>>());
            assert_eq!(tree.rank(&keys, |_, other| other < len / 2), len as usize / 2);
        }
    }
}
