//! The value of a string key.

use super::bytes::Bytes;
use super::number;
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// The longest string that Redis embeds in its object, and so reports as `embstr`.
const EMBSTR_MAX: usize = 44;

/// A string, in one of the encodings that OBJECT ENCODING tells apart. It is as small as a [`Bytes`].
#[derive(Debug, Clone, PartialEq)]
pub struct Str(Repr);

#[derive(Debug, Clone, PartialEq)]
enum Repr {
    /// A number in the one spelling that [`number::parse_int`] reads.
    Int(Int),
    /// Bytes that were set at once.
    Fixed(Bytes),
    /// Bytes that were written in place (APPEND, SETRANGE, SETBIT): reported as `raw` whatever their length.
    #[expect(clippy::box_collection, reason = "few strings are written in place, and the others must not pay for it")]
    Raw(Box<Vec<u8>>),
}

/// A 64-bit integer that may stand at any multiple of four bytes, lest its alignment widen every value of wasm.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(Rust, packed(4))]
struct Int(i64);

impl Default for Str {
    fn default() -> Self {
        Str(Repr::Fixed(Bytes::default()))
    }
}

impl From<i64> for Str {
    #[inline]
    fn from(value: i64) -> Str {
        Str(Repr::Int(Int(value)))
    }
}

impl Str {
    /// Makes a string as SET does, held as a number if it reads as one.
    #[inline]
    pub fn new(bytes: &[u8]) -> Str {
        number::parse_int(bytes).map_or_else(|| Str::text(bytes), Str::from)
    }

    /// Puts other bytes in place of these, as SET does.
    #[inline]
    pub fn assign(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Repr::Fixed(fixed) if number::parse_int(bytes).is_none() => fixed.assign(bytes),
            _ => *self = Str::new(bytes),
        }
    }

    /// Makes a string that is not held as a number although it may read as one (INCRBYFLOAT).
    #[inline]
    pub fn text(bytes: &[u8]) -> Str {
        Str(Repr::Fixed(bytes.into()))
    }

    /// Makes a string out of bytes that were built in place.
    pub fn raw(bytes: Vec<u8>) -> Str {
        Str(Repr::Raw(Box::new(bytes)))
    }

    /// Shows the bytes; those of a number are made on the spot.
    #[inline]
    pub fn bytes(&self) -> Cow<'_, [u8]> {
        match &self.0 {
            Repr::Int(value) => Cow::Owned(number::format_int(value.0)),
            Repr::Fixed(bytes) => Cow::Borrowed(bytes),
            Repr::Raw(bytes) => Cow::Borrowed(bytes),
        }
    }

    /// Copies the bytes.
    #[inline]
    pub fn to_bytes(&self) -> Bytes {
        match &self.0 {
            Repr::Int(value) => number::int_digits(value.0, &mut [0; 20]).into(),
            Repr::Fixed(bytes) => bytes.clone(),
            Repr::Raw(bytes) => bytes.as_slice().into(),
        }
    }

    /// Opens the bytes for writing in place.
    pub fn bytes_mut(&mut self) -> &mut Vec<u8> {
        if !matches!(self.0, Repr::Raw(_)) {
            *self = Str::raw(self.bytes().into_owned());
        }
        match &mut self.0 {
            Repr::Raw(bytes) => bytes,
            _ => unreachable!("the line above made it raw"),
        }
    }

    /// Counts the bytes.
    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Repr::Int(value) => number::int_digits(value.0, &mut [0; 20]).len(),
            Repr::Fixed(bytes) => bytes.len(),
            Repr::Raw(bytes) => bytes.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads the string as a 64-bit integer.
    #[inline]
    pub fn int(&self) -> Option<i64> {
        match &self.0 {
            Repr::Int(value) => Some(value.0),
            Repr::Fixed(bytes) => number::parse_int(bytes),
            Repr::Raw(bytes) => number::parse_int(bytes),
        }
    }

    /// Prints the 64-bit XXH3 hash of the bytes in hexadecimal. See <https://xxhash.com>.
    pub fn digest(&self) -> String {
        format!("{:016x}", xxh3_64(&self.bytes()))
    }

    /// Names the encoding.
    pub fn encoding(&self) -> &'static str {
        match &self.0 {
            Repr::Int(_) => "int",
            Repr::Fixed(bytes) if bytes.len() <= EMBSTR_MAX => "embstr",
            _ => "raw",
        }
    }

    /// Counts the bytes allocated beside the value itself.
    pub fn heap_size(&self) -> usize {
        match &self.0 {
            Repr::Int(_) => 0,
            Repr::Fixed(bytes) => bytes.heap_size(),
            Repr::Raw(bytes) => size_of::<Vec<u8>>() + bytes.capacity(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_as_small_as_its_bytes() {
        assert_eq!(size_of::<Str>(), size_of::<Bytes>());
    }
}
