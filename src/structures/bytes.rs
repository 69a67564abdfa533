//! Immutable byte strings, short ones held in place.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

/// The longest byte string that costs no allocation: what fills three words with the tag and the length.
const INLINE: usize = 3 * size_of::<usize>() - 2;

/// A binary-safe, immutable string: a key, a field, a member, a value in a reply.
#[derive(Clone)]
pub struct Bytes(Repr);

#[derive(Clone)]
enum Repr {
    Inline(u8, [u8; INLINE]),
    Heap(Box<[u8]>),
}

impl Bytes {
    /// Copies `slice`.
    #[inline]
    pub fn new(slice: &[u8]) -> Bytes {
        if slice.len() <= INLINE {
            let mut short = [0; INLINE];
            // What is written in one piece can be read in one piece right after, as it is when the value is handed on.
            match word(slice) {
                Some(word) => short[..8].copy_from_slice(&word.to_le_bytes()),
                None => copy_short(&mut short[..slice.len()], slice),
            }
            Bytes(Repr::Inline(slice.len() as u8, short))
        } else {
            Bytes(Repr::Heap(slice.into()))
        }
    }

    /// Puts other bytes in place of these, where these stand if they are of a size.
    #[inline]
    pub fn assign(&mut self, slice: &[u8]) {
        match &mut self.0 {
            Repr::Inline(len, short) if slice.len() <= INLINE => {
                *len = slice.len() as u8;
                copy_short(&mut short[..slice.len()], slice);
            }
            Repr::Heap(long) if long.len() == slice.len() => long.copy_from_slice(slice),
            _ => *self = Bytes::new(slice),
        }
    }

    /// Shows the bytes.
    #[inline]
    pub fn as_slice(&self) -> &[u8] {
        match &self.0 {
            Repr::Inline(len, short) => &short[..*len as usize],
            Repr::Heap(long) => long,
        }
    }

    /// Counts the bytes allocated beside the value itself.
    pub fn heap_size(&self) -> usize {
        match &self.0 {
            Repr::Inline(..) => 0,
            Repr::Heap(long) => long.len(),
        }
    }
}

/// Packs up to eight bytes, the first lowest.
#[inline]
fn word(slice: &[u8]) -> Option<u64> {
    Some(match *slice {
        [] => 0,
        [a] => u64::from(a),
        [a, b] => u64::from(u16::from_le_bytes([a, b])),
        [a, b, c] => u64::from(u32::from_le_bytes([a, b, c, 0])),
        _ => {
            let beyond = 8usize.checked_sub(slice.len())? as u32 * 8;
            let [low, high] =
                [slice.first_chunk()?, slice.last_chunk()?].map(|half| u64::from(u32::from_le_bytes(*half)));
            low | high << 32 >> beyond
        }
    })
}

/// Copies a few bytes, for which there is room, by loads and stores of known sizes, two of which may overlap: on wasm, a
/// copy of a length that is not known beforehand is a call out of it.
#[inline]
pub(crate) fn copy_short(to: &mut [u8], slice: &[u8]) {
    if slice.len() <= 16
        && let (Some(head), Some(tail)) = (slice.first_chunk::<8>(), slice.last_chunk::<8>())
    {
        to[..8].copy_from_slice(head);
        to[slice.len() - 8..].copy_from_slice(tail);
    } else if slice.len() <= 8
        && let (Some(head), Some(tail)) = (slice.first_chunk::<4>(), slice.last_chunk::<4>())
    {
        to[..4].copy_from_slice(head);
        to[slice.len() - 4..].copy_from_slice(tail);
    } else {
        match *slice {
            [] => {}
            [a] => to[0] = a,
            [a, b] => to.copy_from_slice(&[a, b]),
            [a, b, c] => to.copy_from_slice(&[a, b, c]),
            _ => to.copy_from_slice(slice),
        }
    }
}

/// Tells whether two byte strings are the same; short ones as `copy_short` copies them.
#[inline]
pub(super) fn same(one: &[u8], two: &[u8]) -> bool {
    if one.len() != two.len() {
        return false;
    }
    match one.len() {
        0..4 => one.iter().zip(two).all(|(one, two)| one == two),
        4..8 => one.first_chunk::<4>() == two.first_chunk::<4>() && one.last_chunk::<4>() == two.last_chunk::<4>(),
        8..=16 => one.first_chunk::<8>() == two.first_chunk::<8>() && one.last_chunk::<8>() == two.last_chunk::<8>(),
        17..=32 => {
            one.first_chunk::<16>() == two.first_chunk::<16>() && one.last_chunk::<16>() == two.last_chunk::<16>()
        }
        _ => one == two,
    }
}

impl Default for Bytes {
    fn default() -> Self {
        Bytes::new(b"")
    }
}

impl Deref for Bytes {
    type Target = [u8];
    #[inline]
    fn deref(&self) -> &[u8] {
        self.as_slice()
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.as_slice()
    }
}

/// Byte strings compare as their slices do, so that maps can be searched by slices.
impl Borrow<[u8]> for Bytes {
    fn borrow(&self) -> &[u8] {
        self.as_slice()
    }
}

impl PartialEq for Bytes {
    #[inline]
    fn eq(&self, other: &Bytes) -> bool {
        same(self, other)
    }
}

impl Eq for Bytes {}

impl PartialOrd for Bytes {
    fn partial_cmp(&self, other: &Bytes) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bytes {
    #[inline]
    fn cmp(&self, other: &Bytes) -> std::cmp::Ordering {
        self.as_slice().cmp(other.as_slice())
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.as_slice().escape_ascii())
    }
}

impl From<&[u8]> for Bytes {
    fn from(slice: &[u8]) -> Bytes {
        Bytes::new(slice)
    }
}

impl<const N: usize> From<&[u8; N]> for Bytes {
    fn from(slice: &[u8; N]) -> Bytes {
        Bytes::new(slice)
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(vec: Vec<u8>) -> Bytes {
        if vec.len() <= INLINE { Bytes::new(&vec) } else { Bytes(Repr::Heap(vec.into_boxed_slice())) }
    }
}

impl From<&str> for Bytes {
    fn from(text: &str) -> Bytes {
        Bytes::new(text.as_bytes())
    }
}

impl From<String> for Bytes {
    fn from(text: String) -> Bytes {
        text.into_bytes().into()
    }
}
