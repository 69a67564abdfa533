//! The value of a string key.

use super::bytes::{Bytes, copy_short};
use super::number;
use std::borrow::Cow;
use xxhash_rust::xxh3::xxh3_64;

/// The longest string that Redis embeds in its object, and so reports as `embstr`.
const EMBSTR_MAX: usize = 44;

/// The longest string that costs no allocation: with the tag and the length, five words of wasm.
const SHORT: usize = if size_of::<usize>() == 4 { 18 } else { 22 };

/// A string, in one of the encodings that OBJECT ENCODING tells apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Str(Repr);

#[derive(Debug, Clone, PartialEq)]
enum Repr {
    /// A number in the one spelling that [`number::parse_int`] reads.
    Int(Int),
    /// Bytes that were set at once, few or many.
    Short(u8, [u8; SHORT]),
    Long(Box<[u8]>),
    /// Bytes that were written in place (APPEND, SETRANGE, SETBIT): reported as `raw` whatever their length.
    #[expect(clippy::box_collection, reason = "few strings are written in place, and the others must not pay for it")]
    Raw(Box<Vec<u8>>),
}

/// A 64-bit integer that may stand at any multiple of four bytes, lest its alignment widen every value of wasm.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(Rust, packed(4))]
struct Int(i64);

impl Repr {
    /// Shows the bytes that are held as such; a number holds none.
    #[inline]
    fn held(&self) -> &[u8] {
        match self {
            Repr::Int(_) => b"",
            Repr::Short(len, bytes) => &bytes[..usize::from(*len)],
            Repr::Long(bytes) => bytes,
            Repr::Raw(bytes) => bytes,
        }
    }
}

impl Default for Str {
    fn default() -> Self {
        Str(Repr::Short(0, [0; SHORT]))
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
            Repr::Long(long) if long.len() == bytes.len() && number::parse_int(bytes).is_none() => {
                long.copy_from_slice(bytes);
            }
            _ => *self = Str::new(bytes),
        }
    }

    /// Makes a string that is not held as a number although it may read as one (INCRBYFLOAT).
    #[inline]
    pub fn text(bytes: &[u8]) -> Str {
        if bytes.len() > SHORT {
            return Str(Repr::Long(bytes.into()));
        }
        let mut short = [0; SHORT];
        copy_short(&mut short[..bytes.len()], bytes);
        Str(Repr::Short(bytes.len() as u8, short))
    }

    /// Has the string reported as `raw` from now on.
    pub fn make_raw(&mut self) {
        self.bytes_mut();
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
            other => Cow::Borrowed(other.held()),
        }
    }

    /// Copies the bytes.
    #[inline]
    pub fn to_bytes(&self) -> Bytes {
        match &self.0 {
            Repr::Int(value) => number::int_digits(value.0, &mut [0; 20]).into(),
            other => Bytes::new(other.held()),
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
            Repr::Short(len, _) => usize::from(*len),
            Repr::Long(bytes) => bytes.len(),
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
            other => number::parse_int(other.held()),
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
            Repr::Short(..) => "embstr",
            Repr::Long(bytes) if bytes.len() <= EMBSTR_MAX => "embstr",
            _ => "raw",
        }
    }

    /// Counts the bytes allocated beside the value itself.
    pub fn heap_size(&self) -> usize {
        match &self.0 {
            Repr::Int(_) | Repr::Short(..) => 0,
            Repr::Long(bytes) => bytes.len(),
            Repr::Raw(bytes) => size_of::<Vec<u8>>() + bytes.capacity(),
        }
    }
}
