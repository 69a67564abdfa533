//! The value of a string key.

use super::number;
use std::borrow::Cow;

/// The longest string that Redis embeds in its object, and so reports as `embstr`.
const EMBSTR_MAX: usize = 44;

/// A string, in one of the three encodings that OBJECT ENCODING tells apart.
#[derive(Debug, Clone, PartialEq)]
pub enum Str {
    /// A number in the one spelling that [`number::parse_int`] reads.
    Int(i64),
    /// Bytes that were set at once.
    Fixed(Box<[u8]>),
    /// Bytes that were written in place (APPEND, SETRANGE, SETBIT): reported as `raw` whatever their length.
    Raw(Vec<u8>),
}

impl Default for Str {
    fn default() -> Self {
        Str::Raw(Vec::new())
    }
}

impl Str {
    /// Makes a string as SET does, held as a number if it reads as one.
    #[inline]
    pub fn new(bytes: &[u8]) -> Str {
        number::parse_int(bytes).map_or_else(|| Str::Fixed(bytes.into()), Str::Int)
    }

    /// Shows the bytes; those of a number are made on the spot.
    #[inline]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match self {
            Str::Int(value) => Cow::Owned(number::format_int(*value)),
            Str::Fixed(bytes) => Cow::Borrowed(bytes),
            Str::Raw(bytes) => Cow::Borrowed(bytes),
        }
    }

    /// Opens the bytes for writing in place.
    pub fn bytes_mut(&mut self) -> &mut Vec<u8> {
        if !matches!(self, Str::Raw(_)) {
            *self = Str::Raw(self.bytes().into_owned());
        }
        match self {
            Str::Raw(bytes) => bytes,
            _ => unreachable!("the line above made it raw"),
        }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.bytes().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the string as a 64-bit integer.
    #[inline]
    pub fn int(&self) -> Option<i64> {
        match self {
            Str::Int(value) => Some(*value),
            other => number::parse_int(&other.bytes()),
        }
    }

    /// Names the encoding.
    pub fn encoding(&self) -> &'static str {
        match self {
            Str::Int(_) => "int",
            Str::Fixed(bytes) if bytes.len() <= EMBSTR_MAX => "embstr",
            _ => "raw",
        }
    }
}
