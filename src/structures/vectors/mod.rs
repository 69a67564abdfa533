//! Sets of elements with a vector each, which are asked for what is similar.

pub mod filter;
mod hnsw;
mod json;
pub mod quantise;

pub use filter::Filter;
pub use quantise::{COMPONENTS_MAX, ENTRIES_MAX, Precision, Vector, matrix, project};

use super::Bytes;
use super::sorted::SortedMap;
use hnsw::Graph;
pub use hnsw::{Near, Node};
use std::ops::Bound;

/// How many neighbours a new element is compared with, unless somebody says so.
pub const EFFORT: usize = 200;

/// The value of a vector set's key.
///
/// Two views of the same elements: a graph of their vectors and a map of their names, which gives positions in the graph.
/// An element is in both or in neither. See <https://redis.io/docs/latest/develop/data-types/vector-sets/>.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    pub precision: Precision,
    /// The components of the vectors that are given, where they are projected on fewer or as many.
    pub projected_from: Option<usize>,
    /// Tells this set from others that the engine made.
    pub uid: u64,
    graph: Graph,
    names: SortedMap<Bytes, u32>,
    attributes: usize,
    additions: u64,
}

impl Vectors {
    /// Makes an empty set of vectors with `dim` components, of which each gets `links` links in the graph.
    pub fn new(dim: usize, links: usize, precision: Precision, projected_from: Option<usize>, uid: u64) -> Vectors {
        let graph = Graph::new(dim, links);
        Vectors { precision, projected_from, uid, graph, ..Vectors::default() }
    }

    pub fn len(&self) -> usize {
        self.graph.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Answers the components of a vector as it is kept.
    pub fn dim(&self) -> usize {
        self.graph.dim
    }

    pub fn links(&self) -> usize {
        self.graph.links
    }

    /// Counts the elements with attributes.
    pub fn attributes(&self) -> usize {
        self.attributes
    }

    /// Counts the vectors that were ever added.
    pub fn additions(&self) -> u64 {
        self.additions
    }

    /// Answers the highest layer of the graph.
    pub fn top_layer(&self) -> usize {
        self.graph.top()
    }

    /// Names how the value is kept.
    pub fn encoding(&self) -> &'static str {
        "raw"
    }

    /// Finds the position of an element, good until the next insertion or removal.
    pub fn find(&self, name: &[u8]) -> Option<u32> {
        self.names.get(name).copied()
    }

    /// Shows the element at a position below `len()`.
    pub fn node(&self, at: u32) -> &Node {
        &self.graph.nodes[at as usize]
    }

    /// Answers how far the vectors of two elements are apart.
    pub fn distance(&self, left: u32, right: u32) -> f32 {
        self.graph.between(left, right)
    }

    /// Answers how many links an element may come to on a layer.
    pub fn room(&self, layer: usize) -> usize {
        self.graph.room(layer)
    }

    /// Shows the name of the element at a position below `len()`.
    pub fn name(&self, at: u32) -> &Bytes {
        &self.graph.nodes[at as usize].name
    }

    pub fn vector(&self, at: u32) -> &Vector {
        &self.graph.nodes[at as usize].vector
    }

    /// Shows the attributes of an element, if it has any.
    pub fn attribute(&self, at: u32) -> Option<&Bytes> {
        self.graph.nodes[at as usize].attribute.as_ref()
    }

    /// Gives an element attributes, or takes them away.
    pub fn set_attribute(&mut self, at: u32, attribute: Option<Bytes>) {
        self.attributes += usize::from(attribute.is_some());
        let old = std::mem::replace(&mut self.graph.nodes[at as usize].attribute, attribute);
        self.attributes -= usize::from(old.is_some());
    }

    /// Adds an element, or gives it another vector, and answers whether it is new.
    ///
    /// `effort` is how many neighbours are compared, `random_below` draws.
    pub fn insert(
        &mut self,
        name: &[u8],
        components: &[f32],
        effort: usize,
        random_below: &mut dyn FnMut(usize) -> usize,
    ) -> bool {
        let old = self.remove(name);
        let is_new = old.is_none();
        let attribute = old.and_then(|node| node.attribute);
        let node = Node {
            name: name.into(),
            vector: Vector::new(components, self.precision),
            attribute,
            layers: Vec::new(),
        };
        let height = self.graph.draw_height(random_below);
        self.attributes += usize::from(node.attribute.is_some());
        self.additions += 1;
        self.names.insert(name.into(), self.graph.nodes.len() as u32);
        self.graph.insert(node, height, effort);
        is_new
    }

    /// Adds an element that was in a set like this one, at the height that it had; `false` if the name is taken.
    pub fn restore(&mut self, node: Node, height: usize) -> bool {
        self.attributes += usize::from(node.attribute.is_some());
        self.additions += 1;
        let is_new = self.names.insert(node.name.clone(), self.graph.nodes.len() as u32).is_none();
        self.graph.insert(node, height, EFFORT);
        is_new
    }

    fn remove(&mut self, name: &[u8]) -> Option<Node> {
        let at = self.names.remove(name)?;
        let node = self.graph.remove(at);
        if let Some(moved) = self.graph.nodes.get(at as usize)
            && let Some(position) = self.names.get_mut(&*moved.name)
        {
            *position = at;
        }
        self.attributes -= usize::from(node.attribute.is_some());
        Some(node)
    }

    /// Removes an element and tells whether there was one.
    pub fn delete(&mut self, name: &[u8]) -> bool {
        self.remove(name).is_some()
    }

    /// Finds up to `limit` elements nearest to a vector, the nearest first. `exact` has all elements looked at.
    pub fn nearest(&self, query: &Vector, limit: usize, exact: bool) -> Vec<Near> {
        self.graph.nearest(query, limit, exact)
    }

    /// Lists the links of an element with their distances, on the layers from its highest down to 0.
    pub fn layers(&self, at: u32) -> impl Iterator<Item = Vec<(u32, f32)>> {
        let layers = self.graph.nodes[at as usize].layers.iter().rev();
        layers.map(move |links| links.iter().map(|link| (*link, self.graph.between(at, *link))).collect())
    }

    /// Lists the elements between two names, in the order of their bytes.
    pub fn range(&self, start: Bound<&[u8]>, end: Bound<&[u8]>) -> impl Iterator<Item = &Bytes> {
        self.names.range((start.map(Bytes::from), end.map(Bytes::from))).map(|(name, _)| name)
    }

    /// Counts the bytes that the elements own.
    pub fn heap_size(&self) -> usize {
        let owned = |node: &Node| {
            let links: usize = node.layers.iter().map(|links| links.capacity() * 4 + size_of::<Vec<u32>>()).sum();
            let attribute = node.attribute.as_ref().map_or(0, Bytes::heap_size);
            2 * node.name.heap_size() + node.vector.heap_size() + attribute + links
        };
        let nodes: usize = self.graph.nodes.iter().map(owned).sum();
        nodes + self.graph.nodes.capacity() * size_of::<Node>() + self.len() * size_of::<(Bytes, u32)>()
    }
}
