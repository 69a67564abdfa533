//! Sets of elements with a vector each, which are asked for what is similar.

pub mod filter;
mod hnsw;
mod json;
pub mod quantise;

pub use filter::Filter;
pub use quantise::{COMPONENTS_MAX, ENTRIES_MAX, Precision, Vector, matrix, project};

use super::Bytes;
use hnsw::Graph;
pub use hnsw::{Near, Node};

/// How many neighbours a new element is compared with, unless somebody says so.
pub const EFFORT: usize = 200;

/// The value of a vector set's key.
///
/// Two views of the same elements: a graph of their vectors and the order of their names. An element is in both or in
/// neither. A new name moves half the order at worst, 4 bytes an element, which is little beside a walk through the graph. See <https://redis.io/docs/latest/develop/data-types/vector-sets/>.
#[derive(Debug, Clone, Default)]
pub struct Vectors {
    pub precision: Precision,
    /// The components of the vectors that are given, where they are projected on fewer or as many.
    pub projected_from: Option<usize>,
    /// Tells this set from others that the engine made.
    pub uid: u64,
    graph: Graph,
    /// The positions in the order of the names.
    order: Vec<u32>,
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
        self.seek(name).ok().map(|rank| self.order[rank])
    }

    /// Finds the rank of a name, or the one that it would have.
    fn seek(&self, name: &[u8]) -> Result<usize, usize> {
        self.order.binary_search_by(|at| self.name(*at)[..].cmp(name))
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
        let attribute = self.find(name).map(|at| self.node(at).attribute.clone());
        let is_new = !self.delete(name);
        let attribute = attribute.flatten();
        let node =
            Node { name: name.into(), vector: Vector::new(components, self.precision), attribute, layers: Vec::new() };
        let height = self.graph.draw_height(random_below);
        self.place(node, height, effort);
        is_new
    }

    fn place(&mut self, node: Node, height: usize, effort: usize) -> bool {
        let Err(rank) = self.seek(&node.name) else { return false };
        self.attributes += usize::from(node.attribute.is_some());
        self.additions += 1;
        self.order.insert(rank, self.graph.nodes.len() as u32);
        self.graph.insert(node, height, effort);
        true
    }

    /// Adds an element that was in a set like this one, at the height that it had; `false` if the name is taken.
    pub fn restore(&mut self, node: Node, height: usize) -> bool {
        self.place(node, height, EFFORT)
    }

    /// Removes an element and tells whether there was one.
    pub fn delete(&mut self, name: &[u8]) -> bool {
        let Ok(rank) = self.seek(name) else { return false };
        // The last position becomes that of the one that goes.
        let last = self.order.len() as u32 - 1;
        let moved = self.seek(self.name(last));
        let at = self.order[rank];
        if let Ok(moved) = moved {
            self.order[moved] = at;
        }
        self.order.remove(rank);
        self.attributes -= usize::from(self.graph.remove(at).attribute.is_some());
        true
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

    /// Answers how many names stand before one, itself among them if it is to be `within`.
    pub fn rank(&self, name: &[u8], within: bool) -> usize {
        self.seek(name).map_or_else(|rank| rank, |rank| rank + usize::from(within))
    }

    /// Shows the positions of the elements in the order of the bytes of their names.
    pub fn by_name(&self) -> &[u32] {
        &self.order
    }

    /// Counts the bytes that the elements own.
    pub fn heap_size(&self) -> usize {
        let owned = |node: &Node| {
            let links: usize = node.layers.iter().map(|links| links.capacity() * 4 + size_of::<Vec<u32>>()).sum();
            let attribute = node.attribute.as_ref().map_or(0, Bytes::heap_size);
            node.name.heap_size() + node.vector.heap_size() + attribute + links
        };
        let nodes: usize = self.graph.nodes.iter().map(owned).sum();
        nodes + self.graph.nodes.capacity() * size_of::<Node>() + self.order.capacity() * 4
    }
}
