//! Vectors as a set keeps them: a direction of length 1 in one of three precisions, beside the length that it had.

/// The most components of a vector.
pub const COMPONENTS_MAX: usize = 65_536;

/// How exactly the directions of a set are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Precision {
    /// As 32-bit floats.
    Full,
    /// As integers from -127 to 127, times the greatest component.
    #[default]
    Byte,
    /// As the signs alone.
    Sign,
}

impl Precision {
    /// Names the precision as VINFO does.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Full => "f32",
            Precision::Byte => "int8",
            Precision::Sign => "bin",
        }
    }
}

/// A vector in the precision of its set.
#[derive(Debug, Clone)]
pub struct Vector {
    /// The length that the vector had; 1 if it was 0.
    pub norm: f32,
    /// The greatest component of the direction, where components are bytes.
    pub range: f32,
    pub codes: Codes,
}

/// The components of a direction.
#[derive(Debug, Clone)]
pub enum Codes {
    Full(Box<[f32]>),
    Byte(Box<[i8]>),
    /// 64 signs a word, from the lowest bit up; 1 is above 0.
    Sign(Box<[u64]>),
}

impl Codes {
    /// Reads the codes of `dim` components from bytes, the lowest of each first; `None` if they are not so many.
    pub fn from_bytes(bytes: &[u8], precision: Precision, dim: usize) -> Option<Codes> {
        let width = match precision {
            Precision::Full => dim * 4,
            Precision::Byte => dim,
            Precision::Sign => dim.div_ceil(64) * 8,
        };
        (bytes.len() == width).then(|| match precision {
            Precision::Full => Codes::Full(bytes.as_chunks().0.iter().map(|code| f32::from_le_bytes(*code)).collect()),
            Precision::Byte => Codes::Byte(bytes.iter().map(|code| code.cast_signed()).collect()),
            Precision::Sign => Codes::Sign(bytes.as_chunks().0.iter().map(|word| u64::from_le_bytes(*word)).collect()),
        })
    }
}

impl Vector {
    /// Brings components into a precision.
    pub fn new(components: &[f32], precision: Precision) -> Vector {
        let squares = squares(components);
        let norm = if squares == 0.0 { 1.0 } else { squares.sqrt() };
        // What is too short for its square to count is left as it is.
        let direction = || components.iter().map(|component| component / norm);
        let mut range = 0.0;
        let codes = match precision {
            Precision::Full => Codes::Full(direction().collect()),
            Precision::Byte => {
                range = direction()
                    .fold(0.0, |range, component| if component.abs() > range { component.abs() } else { range });
                let scale = if range == 0.0 { 0.0 } else { 127.0 / range };
                // A component that is no number becomes 0.
                Codes::Byte(direction().map(|component| (component * scale).round() as i8).collect())
            }
            Precision::Sign => Codes::Sign(
                components
                    .chunks(64)
                    .map(|run| run.iter().rev().fold(0, |word, component| word << 1 | u64::from(*component > 0.0)))
                    .collect(),
            ),
        };
        Vector { norm, range, codes }
    }

    /// Answers the `dim` components, about as they were.
    pub fn components(&self, dim: usize) -> Vec<f32> {
        match &self.codes {
            Codes::Full(codes) => codes.iter().map(|code| code * self.norm).collect(),
            Codes::Byte(codes) => codes.iter().map(|code| f32::from(*code) * self.range / 127.0 * self.norm).collect(),
            Codes::Sign(words) => {
                (0..dim).map(|at| if words[at / 64] >> (at % 64) & 1 == 1 { 1.0 } else { -1.0 }).collect()
            }
        }
    }

    /// Shows the codes as bytes, the lowest of each first.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.codes {
            Codes::Full(codes) => codes.iter().flat_map(|code| code.to_le_bytes()).collect(),
            Codes::Byte(codes) => codes.iter().map(|code| code.cast_unsigned()).collect(),
            Codes::Sign(words) => words.iter().flat_map(|word| word.to_le_bytes()).collect(),
        }
    }

    /// Answers how far two vectors of one precision and of `dim` components point apart: 0 the same way, 2 opposite ways.
    pub fn distance(&self, other: &Vector, dim: usize) -> f32 {
        let distance = match (&self.codes, &other.codes) {
            (Codes::Full(left), Codes::Full(right)) => 1.0 - dot(left, right),
            (Codes::Byte(left), Codes::Byte(right)) => {
                // As many products of 127 times 127 as a vector may have components fit.
                let dot: i32 = left.iter().zip(right).map(|(left, right)| i32::from(*left) * i32::from(*right)).sum();
                let cosine = dot as f32 * ((self.range / 127.0) * (other.range / 127.0));
                (1.0 - cosine).clamp(0.0, 2.0)
            }
            (Codes::Sign(left), Codes::Sign(right)) => {
                let differ: u32 = left.iter().zip(right).map(|(left, right)| (left ^ right).count_ones()).sum();
                differ as f32 * 2.0 / dim as f32
            }
            _ => f32::NAN,
        };
        // What is no number stands before all others, and there is one of it only.
        if distance.is_nan() { f32::from_bits(0xffc0_0000) } else { distance }
    }

    /// Counts the bytes that the vector owns.
    pub fn heap_size(&self) -> usize {
        match &self.codes {
            Codes::Full(codes) => size_of_val(&**codes),
            Codes::Byte(codes) => codes.len(),
            Codes::Sign(words) => size_of_val(&**words),
        }
    }
}

// The order of additions decides the last digit. It is Redis's, where that does not follow the processor: it does for the
// cosines of 16 components and more.

/// Adds up squares, four at a time.
fn squares(components: &[f32]) -> f32 {
    let (fours, rest) = components.as_chunks::<4>();
    let sum = fours.iter().fold(0.0, |sum, [a, b, c, d]| sum + (a * a + b * b + c * c + d * d));
    rest.iter().fold(sum, |sum, component| sum + component * component)
}

/// Adds up products, four and four at a time.
fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (lefts, left) = left.as_chunks::<8>();
    let (rights, right) = right.as_chunks::<8>();
    let (mut low, mut high) = (0.0, 0.0);
    for (l, r) in lefts.iter().zip(rights) {
        low += l[0] * r[0] + l[1] * r[1] + l[2] * r[2] + l[3] * r[3];
        high += l[4] * r[4] + l[5] * r[5] + l[6] * r[6] + l[7] * r[7];
    }
    left.iter().zip(right).fold(low, |sum, (left, right)| sum + left * right) + high
}

/// The most entries of a projection's matrix.
pub const ENTRIES_MAX: usize = 1 << 24;

/// Walks the matrix that projects `given` components on `dim` others, row by row: in row `i` and column `j` stands the
/// sign of the parity of `i & j` (Walsh's functions), over the root of the number of columns.
pub fn matrix(given: usize, dim: usize) -> impl Iterator<Item = f32> {
    let scale = 1.0 / (given as f32).sqrt();
    let entry = move |row: usize, column: usize| if (row & column).count_ones() % 2 == 0 { scale } else { -scale };
    (0..dim).flat_map(move |row| (0..given).map(move |column| entry(row, column)))
}

/// Projects components on `dim` others.
pub fn project(components: &[f32], dim: usize) -> Vec<f32> {
    let mut entries = matrix(components.len(), dim);
    (0..dim).map(|_| components.iter().zip(entries.by_ref()).fold(0.0, |sum, (it, entry)| sum + it * entry)).collect()
}
