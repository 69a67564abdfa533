//! A graph in which the vectors nearest to another are found by walking from link to link: the hierarchical navigable
//! small world of Malkov and Yashunin, <https://arxiv.org/abs/1603.09320>.
//!
//! Nodes stand in one dense vector; a removal swaps the last one into the hole. Each node is on the layers from 0 to its
//! height and has links on each of them. Deviations from the paper: links are mutual, so that a removal knows who points
//! at a node, and its neighbours are linked with one another in its place; a node that is full lets its farthest link
//! go only if that leaves the other end well linked; and few nodes, or many that are asked for, are all looked at, so
//! that the answer is exact.

use super::quantise::Vector;
use crate::structures::Bytes;
use crate::structures::order::sort_by;

/// The most nodes of which all are looked at.
const FEW: usize = 512;
/// The most nodes that a walk keeps in mind: whoever asks for more has all of them looked at.
const WIDEST: usize = 4096;
/// How many more nodes than it keeps in mind a walk looks at, about.
const LOOKED_AT: usize = 16;
/// With how many others a node that lost a link is compared to find another.
const REPAIRED: usize = 32;
/// The greatest height of a node.
const HIGHEST: usize = 15;

/// An element of the set.
#[derive(Debug, Clone)]
pub struct Node {
    pub name: Bytes,
    pub vector: Vector,
    pub attribute: Option<Bytes>,
    /// The links of each layer, from 0 up.
    pub layers: Vec<Vec<u32>>,
}

/// A node that a search came to.
#[derive(Debug, Clone, Copy)]
pub struct Near {
    pub distance: f32,
    pub node: u32,
    /// Its links have not been followed.
    open: bool,
}

/// The nodes with their links.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub nodes: Vec<Node>,
    /// The components of a vector.
    pub dim: usize,
    /// The links that a node gets on each layer. It may come to as many as these, on layer 0 to twice as many.
    pub links: usize,
    /// Where searches begin: a node of the greatest height.
    entry: u32,
}

impl Graph {
    pub fn new(dim: usize, links: usize) -> Graph {
        Graph { nodes: Vec::new(), dim, links, entry: 0 }
    }

    fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    fn links_of(&mut self, at: u32, layer: usize) -> &mut Vec<u32> {
        &mut self.nodes[at as usize].layers[layer]
    }

    fn degree(&self, at: u32, layer: usize) -> usize {
        self.node(at).layers[layer].len()
    }

    /// Answers how many links a node may come to on a layer.
    pub fn room(&self, layer: usize) -> usize {
        if layer == 0 { self.links * 2 } else { self.links }
    }

    /// Answers how far two nodes are apart.
    pub fn between(&self, left: u32, right: u32) -> f32 {
        self.node(left).vector.distance(&self.node(right).vector, self.dim)
    }

    /// Answers the height of the highest node.
    pub fn top(&self) -> usize {
        self.nodes.get(self.entry as usize).map_or(0, |node| node.layers.len() - 1)
    }

    /// Finds up to `limit` nodes nearest to a vector, the nearest first. `exact` has all nodes looked at.
    pub fn nearest(&self, query: &Vector, limit: usize, exact: bool) -> Vec<Near> {
        let (len, limit) = (self.nodes.len(), limit.min(self.nodes.len()));
        if !exact && len > FEW && limit <= WIDEST && limit * LOOKED_AT < len {
            let from = self.descend(query, 0);
            return self.walk(query, from, 0, limit);
        }
        let near = |(at, node): (usize, &Node)| Near {
            distance: node.vector.distance(query, self.dim),
            node: at as u32,
            open: false,
        };
        let mut all: Vec<Near> = self.nodes.iter().enumerate().map(near).collect();
        sort_by(&mut all, |left, right| left.distance.total_cmp(&right.distance));
        all.truncate(limit);
        all
    }

    /// Walks to the nearest node on the lowest layer above `layer`.
    fn descend(&self, query: &Vector, layer: usize) -> u32 {
        let above = (layer + 1..=self.top()).rev();
        above.fold(self.entry, |from, layer| self.walk(query, from, layer, 1).first().map_or(from, |near| near.node))
    }

    /// Walks from a node to the nearest ones on a layer, always keeping the `width` nearest in mind.
    fn walk(&self, query: &Vector, from: u32, layer: usize, width: usize) -> Vec<Near> {
        let mut seen = vec![0u64; self.nodes.len() / 64 + 1];
        let mut found: Vec<Near> = Vec::new();
        let mut look = |found: &mut Vec<Near>, node: u32| {
            let (word, bit) = (&mut seen[node as usize / 64], 1 << (node % 64));
            if *word & bit != 0 {
                return usize::MAX;
            }
            *word |= bit;
            let distance = self.node(node).vector.distance(query, self.dim);
            let at = found.partition_point(|near| near.distance.total_cmp(&distance).is_le());
            if at < width {
                found.truncate(width - 1);
                found.insert(at, Near { distance, node, open: true });
            }
            at
        };
        look(&mut found, from);
        let mut at = 0;
        while let Some(near) = found.get_mut(at) {
            let (node, open) = (near.node, std::mem::take(&mut near.open));
            at += 1;
            if open {
                for &link in &self.node(node).layers[layer] {
                    at = at.min(look(&mut found, link));
                }
            }
        }
        found
    }

    /// Draws a height: each is `links` times as rare as the one below.
    pub fn draw_height(&self, random_below: &mut dyn FnMut(usize) -> usize) -> usize {
        (0..HIGHEST).take_while(|_| random_below(self.links) == 0).count()
    }

    /// Adds a node of a height, keeping `width` nodes in mind to choose its links from.
    pub fn insert(&mut self, mut node: Node, height: usize, width: usize) {
        let height = height.min(HIGHEST);
        node.layers = vec![Vec::new(); height + 1];
        let (at, top) = (self.nodes.len() as u32, self.top());
        self.nodes.push(node);
        if at == 0 {
            return;
        }
        let query = self.node(at).vector.clone();
        let mut from = self.descend(&query, height);
        for layer in (0..=height.min(top)).rev() {
            let near = self.walk(&query, from, layer, width.clamp(self.links, WIDEST));
            from = near.first().map_or(from, |near| near.node);
            self.connect(at, layer, &near);
        }
        if height > top {
            self.entry = at;
        }
    }

    /// Links a new node with the nearest, but with none that is nearer to one chosen before, unless there is room for
    /// more: so links lead in different directions.
    fn connect(&mut self, at: u32, layer: usize, near: &[Near]) {
        let (mut chosen, mut rest): (Vec<Near>, Vec<Near>) = (Vec::new(), Vec::new());
        for one in near {
            if chosen.len() == self.links {
                break;
            }
            let apart = chosen.iter().all(|other| one.distance < self.between(one.node, other.node));
            if apart { chosen.push(*one) } else { rest.push(*one) }
        }
        let more = self.links - chosen.len();
        chosen.extend(rest.into_iter().take(more));
        let well = self.links / 2;
        for one in &chosen {
            if self.make_room(one.node, layer, one.distance, well) {
                self.link(at, one.node, layer);
            }
        }
        let Some(first) = chosen.first().filter(|_| self.degree(at, layer) == 0) else { return };
        if self.make_room(first.node, layer, f32::NEG_INFINITY, 1) {
            self.link(at, first.node, layer);
        } else if let Some(&other) = self.node(first.node).layers[layer].first() {
            // Whatever the nearest is linked with has no other link, and so has room.
            self.link(at, other, layer);
        }
    }

    /// Sees to it that a node has room for a link to another at a distance: at need it loses its farthest link, if that
    /// is no nearer and leads to a node that has more than `well` links.
    fn make_room(&mut self, at: u32, layer: usize, distance: f32, well: usize) -> bool {
        if self.degree(at, layer) < self.room(layer) {
            return true;
        }
        let spared = self.node(at).layers[layer].iter().filter(|other| self.degree(**other, layer) > well);
        let farthest =
            spared.map(|other| (self.between(at, *other), *other)).max_by(|one, two| one.0.total_cmp(&two.0));
        let Some((_, other)) = farthest.filter(|(farthest, _)| *farthest >= distance) else { return false };
        self.unlink(at, other, layer);
        self.unlink(other, at, layer);
        true
    }

    fn link(&mut self, left: u32, right: u32, layer: usize) {
        self.links_of(left, layer).push(right);
        self.links_of(right, layer).push(left);
    }

    /// Takes a link away at one of its ends.
    fn unlink(&mut self, from: u32, to: u32, layer: usize) {
        self.links_of(from, layer).retain(|link| *link != to);
    }

    /// Removes a node. The last one takes its position.
    pub fn remove(&mut self, at: u32) -> Node {
        let layers = std::mem::take(&mut self.nodes[at as usize].layers);
        for (layer, links) in layers.iter().enumerate() {
            for &other in links {
                self.unlink(other, at, layer);
            }
            self.mend(links, layer);
        }
        if self.entry == at {
            let beside = layers.iter().rev().find_map(|links| links.first().copied());
            // Who stood beside it on its highest layer is as high, and otherwise nobody may be.
            let high = beside.filter(|other| self.node(*other).layers.len() == layers.len());
            let highest = || (0..self.nodes.len()).max_by_key(|other| self.nodes[*other].layers.len()).unwrap_or(0);
            self.entry = high.unwrap_or_else(|| highest() as u32);
        }
        let last = self.nodes.len() as u32 - 1;
        let node = self.nodes.swap_remove(at as usize);
        if at != last {
            for layer in 0..self.node(at).layers.len() {
                for other in self.node(at).layers[layer].clone() {
                    for link in self.links_of(other, layer).iter_mut().filter(|link| **link == last) {
                        *link = at;
                    }
                }
            }
        }
        if self.entry == last {
            self.entry = at;
        }
        node
    }

    /// Links each of some nodes that lost a link with the nearest of the others that has room.
    fn mend(&mut self, nodes: &[u32], layer: usize) {
        let room = self.room(layer);
        for (at, &one) in nodes.iter().enumerate() {
            if self.degree(one, layer) >= room {
                continue;
            }
            let others = nodes[at + 1..].iter().take(REPAIRED).copied();
            let free = others.filter(|other| self.degree(*other, layer) < room);
            let fresh = free.filter(|other| !self.node(one).layers[layer].contains(other));
            let nearest =
                fresh.map(|other| (self.between(one, other), other)).min_by(|one, two| one.0.total_cmp(&two.0));
            if let Some((_, other)) = nearest {
                self.link(one, other, layer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::quantise::Precision;
    use super::*;

    const DIM: usize = 8;

    fn random() -> impl FnMut(usize) -> usize {
        let mut state = 9u64;
        move |below| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as usize % below
        }
    }

    fn vector(random: &mut dyn FnMut(usize) -> usize) -> Vector {
        let components: Vec<f32> = (0..DIM).map(|_| random(2001) as f32 - 1000.0).collect();
        Vector::new(&components, Precision::Byte)
    }

    fn add(graph: &mut Graph, name: usize, random: &mut dyn FnMut(usize) -> usize) {
        let name = name.to_string().into();
        let node = Node { name, vector: vector(random), attribute: None, layers: Vec::new() };
        let height = graph.draw_height(random);
        graph.insert(node, height, 60);
    }

    /// Links are mutual, on layers that both ends have, no more than there is room for, and none is twice there.
    fn check(graph: &Graph) {
        assert!(graph.nodes.iter().all(|node| node.layers.len() <= graph.top() + 1));
        for (at, node) in graph.nodes.iter().enumerate() {
            for (layer, links) in node.layers.iter().enumerate() {
                assert!(links.len() <= graph.room(layer), "node {at} has {} links on layer {layer}", links.len());
                for (nth, &link) in links.iter().enumerate() {
                    assert!(!links[..nth].contains(&link) && link as usize != at);
                    assert!(graph.node(link).layers[layer].contains(&(at as u32)), "{at} and {link} on layer {layer}");
                }
            }
        }
    }

    #[test]
    fn links_stay_mutual_whatever_comes_and_goes() {
        let mut random = random();
        let mut graph = Graph::new(DIM, 4);
        for round in 0..3000 {
            let (len, growing) = (graph.nodes.len(), round % 1000 < 600);
            if len == 0 || random(10) < if growing { 8 } else { 2 } {
                add(&mut graph, round, &mut random);
            } else {
                graph.remove(random(len) as u32);
            }
            if round % 10 == 0 {
                check(&graph);
            }
        }
        while !graph.nodes.is_empty() {
            graph.remove(graph.entry);
            check(&graph);
        }
    }

    /// Of the ten nearest a walk finds nearly all, after many nodes have gone as well.
    #[test]
    fn a_walk_finds_what_is_nearest() {
        let mut random = random();
        let mut graph = Graph::new(DIM, 16);
        (0..4000).for_each(|name| add(&mut graph, name, &mut random));
        for _ in 0..2 {
            let (mut found, mut asked) = (0, 0);
            for _ in 0..50 {
                let query = vector(&mut random);
                let best: Vec<u32> = graph.nearest(&query, 10, true).iter().map(|near| near.node).collect();
                let walked = graph.nearest(&query, 100, false);
                found += best.iter().filter(|node| walked.iter().any(|near| near.node == **node)).count();
                asked += best.len();
            }
            assert!(found * 100 >= asked * 97, "{found} of {asked}");
            (0..2000).for_each(|_| drop(graph.remove(random(graph.nodes.len()) as u32)));
        }
    }
}
