//! Vector sets in payloads, as the module writes them whose they are in Redis: each value behind a code for its kind.
//!
//! The set comes first: components, elements, links and precision in one number, and which parts follow. Then each
//! element: its name, its attributes if any element has some, its vector, and numbers: how many there are, its id, its
//! height, the links of each layer, and range and length of the vector in one.

use super::rdb::{Reader, Writer};
use super::rdb_value::MODULE_2;
use super::rdb_write::REDIS_8_10;
use crate::structures::Vectors;
use crate::structures::vectors::quantise::{COMPONENTS_MAX, Codes, Precision, Vector};
use crate::structures::vectors::{ENTRIES_MAX, Node, matrix};

/// Names the module's type: nine letters of six bits each, and the version of its encoding.
const VECTORSET: u64 = 0xbde7_2da2_bb1e_b400;
const END: u64 = 0;
const NUMBER: u64 = 2;
const STRING: u64 = 5;
/// Which parts follow.
const PROJECTION: u64 = 1;
const ATTRIBUTES: u64 = 2;
/// Stands above an element's height.
const NODE_VERSION: u64 = 1 << 24;

const PRECISIONS: [Precision; 3] = [Precision::Full, Precision::Byte, Precision::Sign];

fn write_number(writer: &mut Writer, number: u64) {
    writer.length(NUMBER);
    writer.length(number);
}

fn write_string(writer: &mut Writer, string: &[u8]) {
    writer.length(STRING);
    writer.string(string);
}

/// Puts two floats into one number.
fn pair(high: f32, low: u32) -> u64 {
    u64::from(high.to_bits()) << 32 | u64::from(low)
}

/// Writes a vector set behind its type and answers the version of the format that it needs.
pub fn write_vectors(writer: &mut Writer, vectors: &Vectors) -> u16 {
    writer.byte(MODULE_2);
    writer.length(VECTORSET);
    let precision = PRECISIONS.iter().position(|precision| *precision == vectors.precision).unwrap_or(0);
    let has_attributes = vectors.attributes() > 0;
    let parts =
        if vectors.projected_from.is_some() { PROJECTION } else { 0 } | if has_attributes { ATTRIBUTES } else { 0 };
    let head = [vectors.dim(), vectors.len(), vectors.links() << 8 | precision, parts as usize];
    head.into_iter().for_each(|number| write_number(writer, number as u64));
    if let Some(given) = vectors.projected_from {
        write_number(writer, given as u64);
        let matrix: Vec<u8> = matrix(given, vectors.dim()).flat_map(f32::to_le_bytes).collect();
        write_string(writer, &matrix);
    }
    for at in (0..vectors.len() as u32).rev() {
        let node = vectors.node(at);
        write_string(writer, &node.name);
        if has_attributes {
            write_string(writer, node.attribute.as_deref().unwrap_or_default());
        }
        write_string(writer, &node.vector.bytes());
        let mut numbers = vec![u64::from(at) + 1, NODE_VERSION | (node.layers.len() - 1) as u64];
        for (layer, links) in node.layers.iter().enumerate() {
            numbers.extend([links.len() as u64, vectors.room(layer) as u64]);
            numbers.extend(links.iter().map(|link| u64::from(*link) + 1));
            let distances = links.iter().map(|link| vectors.distance(at, *link)).zip(0..);
            let worst = distances.max_by(|one, two| one.0.total_cmp(&two.0));
            numbers.push(worst.map_or(0, |(distance, nth)| pair(distance, nth)));
        }
        numbers.push(pair(node.vector.range, node.vector.norm.to_bits()));
        write_number(writer, numbers.len() as u64);
        numbers.into_iter().for_each(|number| write_number(writer, number));
    }
    writer.length(END);
    REDIS_8_10
}

fn read_number(reader: &mut Reader) -> Option<u64> {
    if reader.number()? == NUMBER { reader.number() } else { None }
}

fn read_size(reader: &mut Reader) -> Option<usize> {
    usize::try_from(read_number(reader)?).ok()
}

fn read_string(reader: &mut Reader) -> Option<Vec<u8>> {
    if reader.number()? == STRING { reader.string() } else { None }
}

/// Reads a vector set; `None` if it is malformed or empty. Links are found anew: those of another graph need not fit.
pub fn read_vectors(reader: &mut Reader) -> Option<Vectors> {
    if reader.number()? != VECTORSET {
        return None;
    }
    let dim = read_size(reader).filter(|dim| (1..=COMPONENTS_MAX).contains(dim))?;
    let (count, form, parts) = (read_size(reader)?, read_size(reader)?, read_number(reader)?);
    let precision = *PRECISIONS.get(form & 0xff)?;
    let links = Some(form >> 8).filter(|links| (4..=4096).contains(links))?;
    let mut projected_from = None;
    if parts & PROJECTION != 0 {
        let given = read_size(reader).filter(|given| (dim..=COMPONENTS_MAX).contains(given))?;
        // Another matrix would bring later vectors into another space.
        let same = |(bytes, entry): (&[u8; 4], f32)| (f32::from_le_bytes(*bytes) - entry).abs() < 1e-6;
        let read = read_string(reader).filter(|read| given <= ENTRIES_MAX / dim && read.len() == given * dim * 4)?;
        read.as_chunks().0.iter().zip(matrix(given, dim)).all(same).then_some(())?;
        projected_from = Some(given);
    }
    let mut vectors = Vectors::new(dim, links, precision, projected_from, 0);
    for _ in 0..count {
        let name = read_string(reader)?;
        let attribute = if parts & ATTRIBUTES == 0 { Vec::new() } else { read_string(reader)? };
        let codes = Codes::from_bytes(&read_string(reader)?, precision, dim)?;
        let mut left = read_size(reader).filter(|left| *left > 2)?;
        let (_id, height) = (read_number(reader)?, read_size(reader)? & (NODE_VERSION as usize - 1));
        left -= 2;
        while left > 1 {
            read_number(reader)?;
            left -= 1;
        }
        let last = read_number(reader)?;
        let vector = Vector { norm: f32::from_bits(last as u32), range: f32::from_bits((last >> 32) as u32), codes };
        let attribute = Some(attribute).filter(|text| !text.is_empty()).map(Into::into);
        let node = Node { name: name.into(), vector, attribute, layers: Vec::new() };
        vectors.restore(node, height).then_some(())?;
    }
    (reader.number()? == END && !vectors.is_empty()).then_some(vectors)
}
