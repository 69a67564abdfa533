//! Redis's listpack, byte for byte: stream nodes are made of it, so that they split where Redis's split and can be
//! dumped as they stand. Small collections stand on [`super::packed`], which is smaller.
//!
//! ```text
//! <bytes: u32> <elements: u16> <element>... 0xff            an element: <encoding> <data> <length of both, backwards>
//!
//! 0xxxxxxx                 an integer from 0 to 127
//! 10xxxxxx ...             x bytes
//! 110xxxxx x               an integer of 13 bits
//! 1110xxxx x ...           x bytes (12 bits)
//! 11110000 x x x x ...     x bytes (32 bits)
//! 11110001 x x             an integer of 16 bits; ...0010 of 24, ...0011 of 32, ...0100 of 64
//! ```
//!
//! A byte string that reads as an integer is held as one. Positions are offsets of bytes. See
//! <https://github.com/antirez/listpack/blob/master/listpack.md>.

use super::number::parse_int;
use super::packed::Entry;

const HEADER: usize = 6;
const END: u8 = 0xff;
const STRING_32: u8 = 0xf0;
const INT_16: u8 = 0xf1;
const INT_24: u8 = 0xf2;
const INT_32: u8 = 0xf3;
const INT_64: u8 = 0xf4;

/// A run of elements that can be walked from either end.
#[derive(Debug, Clone)]
pub struct Listpack(Vec<u8>);

impl Default for Listpack {
    fn default() -> Self {
        Listpack(vec![HEADER as u8 + 1, 0, 0, 0, 0, 0, END])
    }
}

impl Listpack {
    /// The position of the first element.
    pub const FIRST: usize = HEADER;

    /// Takes what Redis wrote, or `None` if it is not well-formed to the last byte.
    pub fn parse(bytes: Vec<u8>) -> Option<Listpack> {
        let pack = Listpack(bytes);
        let [a, b, c, d, low, high] = *pack.0.first_chunk::<HEADER>()?;
        if u32::from_le_bytes([a, b, c, d]) as usize != pack.size() || *pack.0.get(HEADER..)?.last()? != END {
            return None;
        }
        let (mut at, mut count) = (HEADER, 0usize);
        while at < pack.end() {
            let (_, next) = pack.read(at)?;
            let total = next - at;
            let size = (1..=5).map(|length| total - length).find(|&size| length_size(size) == total - size)?;
            if next > pack.end() || pack.0[at + size..next] != *write_length(&mut [0; 5], size) {
                return None;
            }
            (at, count) = (next, count + 1);
        }
        // Of more elements than 16 bits hold the head says the most that they do.
        (usize::from(u16::from_le_bytes([low, high])) == count.min(u16::MAX.into())).then_some(pack)
    }

    /// Walks the elements.
    pub fn iter(&self) -> impl Iterator<Item = Entry<'_>> {
        let mut at = HEADER;
        std::iter::from_fn(move || {
            let (element, next) = self.read(at)?;
            at = next;
            Some(element)
        })
    }

    /// Tells whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.0.len() == HEADER + 1
    }

    /// Counts the bytes of the whole run, head and end included.
    #[inline]
    pub fn size(&self) -> usize {
        self.0.len()
    }

    /// Shows the whole run as Redis writes it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.0.capacity()
    }

    /// Gives back what was allocated for more elements.
    pub fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }

    /// Answers the position behind the last element.
    #[inline]
    pub fn end(&self) -> usize {
        self.0.len() - 1
    }

    /// Reads the element at `at` and the position after it; `None` at the end.
    #[inline]
    pub fn read(&self, at: usize) -> Option<(Entry<'_>, usize)> {
        let (&tag, rest) = self.0.get(at..)?.split_first()?;
        let (element, size) = match tag {
            0..=0x7f => return Some((Entry::Int(tag.into()), at + 2)),
            0x80..=0xbf => {
                let len = usize::from(tag & 0x3f);
                (Entry::Bytes(rest.get(..len)?), 1 + len)
            }
            0xc0..=0xdf => {
                let value = i64::from(tag & 0x1f) << 8 | i64::from(*rest.first()?);
                (Entry::Int(if value >= 1 << 12 { value - (1 << 13) } else { value }), 2)
            }
            0xe0..=0xef => {
                let len = usize::from(tag & 0x0f) << 8 | usize::from(*rest.first()?);
                (Entry::Bytes(rest.get(1..1 + len)?), 2 + len)
            }
            STRING_32 => {
                let len = u32::from_le_bytes(*rest.first_chunk()?) as usize;
                (Entry::Bytes(rest.get(4..4 + len)?), 5 + len)
            }
            INT_16 => (Entry::Int(i16::from_le_bytes(*rest.first_chunk()?).into()), 3),
            INT_24 => {
                let [low, middle, high] = *rest.first_chunk()?;
                (Entry::Int((i32::from_le_bytes([0, low, middle, high]) >> 8).into()), 4)
            }
            INT_32 => (Entry::Int(i32::from_le_bytes(*rest.first_chunk()?).into()), 5),
            INT_64 => (Entry::Int(i64::from_le_bytes(*rest.first_chunk()?)), 9),
            _ => return None,
        };
        Some((element, at + size + length_size(size)))
    }

    /// Reads the integer at `at` and the position after it; 0 at the end or where there is a byte string.
    #[inline]
    pub fn read_int(&self, at: usize) -> (i64, usize) {
        match self.read(at) {
            Some((Entry::Int(value), next)) => (value, next),
            Some((_, next)) => (0, next),
            None => (0, self.end()),
        }
    }

    /// Answers the position after the element at `at`, itself at the end.
    #[inline]
    pub fn next(&self, at: usize) -> usize {
        self.read(at).map_or(at, |(_, next)| next)
    }

    /// Answers the position of the element before `at`, `FIRST` at the first.
    #[inline]
    pub fn previous(&self, at: usize) -> usize {
        if at <= HEADER {
            return HEADER;
        }
        let mut size = 0;
        for (byte, shift) in self.0[..at].iter().rev().zip((0..).step_by(7)).take(5) {
            size |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        at.saturating_sub(size + length_size(size)).max(HEADER)
    }

    /// Appends an integer.
    #[inline]
    pub fn push_int(&mut self, value: i64) {
        let (encoding, size) = encode_int(value);
        self.push(&encoding[..size], &[]);
    }

    /// Appends a byte string, held as an integer if it reads as one.
    #[inline]
    pub fn push_bytes(&mut self, bytes: &[u8]) {
        if let Some(value) = parse_int(bytes) {
            return self.push_int(value);
        }
        let len = bytes.len();
        match len {
            0..=63 => self.push(&[0x80 | len as u8], bytes),
            64..=4095 => self.push(&[0xe0 | (len >> 8) as u8, len as u8], bytes),
            _ => {
                let [a, b, c, d] = (len as u32).to_le_bytes();
                self.push(&[STRING_32, a, b, c, d], bytes);
            }
        }
    }

    #[inline]
    fn push(&mut self, encoding: &[u8], data: &[u8]) {
        self.0.pop();
        self.0.extend_from_slice(encoding);
        self.0.extend_from_slice(data);
        let mut length = [0; 5];
        let length = write_length(&mut length, encoding.len() + data.len());
        self.0.extend_from_slice(length);
        self.0.push(END);
        self.update_head(1);
    }

    /// Puts an integer in the place of the element at `at`; those behind it move if the new one is longer or shorter.
    pub fn replace_int(&mut self, at: usize, value: i64) {
        let next = self.next(at);
        let (encoding, size) = encode_int(value);
        let element = encoding[..size].iter().copied().chain([size as u8]);
        if next - at == size + 1 {
            self.0[at..next].iter_mut().zip(element).for_each(|(to, from)| *to = from);
        } else {
            self.0.splice(at..next, element);
            self.update_head(0);
        }
    }

    /// Writes the number of bytes, and the number of elements as long as 16 bits hold it.
    #[inline]
    fn update_head(&mut self, added: u16) {
        let size = (self.0.len() as u32).to_le_bytes();
        let count = u16::from_le_bytes([self.0[4], self.0[5]]).saturating_add(added).to_le_bytes();
        self.0[..4].copy_from_slice(&size);
        self.0[4..HEADER].copy_from_slice(&count);
    }
}

/// Encodes an integer; answers the bytes and how many of them there are.
#[inline]
fn encode_int(value: i64) -> ([u8; 9], usize) {
    let mut out = [0; 9];
    let bytes = value.to_le_bytes();
    let (tag, data) = match value {
        0..=127 => (bytes[0], 0),
        -0x1000..=0xfff => {
            out[1] = bytes[0];
            out[0] = 0xc0 | bytes[1] & 0x1f;
            return (out, 2);
        }
        -0x8000..=0x7fff => (INT_16, 2),
        -0x80_0000..=0x7f_ffff => (INT_24, 3),
        -0x8000_0000..=0x7fff_ffff => (INT_32, 4),
        _ => (INT_64, 8),
    };
    out[0] = tag;
    out[1..=data].copy_from_slice(&bytes[..data]);
    (out, 1 + data)
}

/// Counts the bytes that the length of an element of `size` bytes takes. The bounds are Redis's own.
#[inline]
fn length_size(size: usize) -> usize {
    match size {
        0..=127 => 1,
        128..=16382 => 2,
        16383..=2097150 => 3,
        2097151..=268435454 => 4,
        _ => 5,
    }
}

/// Writes the length of an element so that it can be read backwards: 7 bits a byte, the last byte first.
#[inline]
fn write_length(out: &mut [u8; 5], size: usize) -> &[u8] {
    let count = length_size(size);
    for (at, byte) in out[..count].iter_mut().rev().enumerate() {
        *byte = (size >> (7 * at)) as u8 & 0x7f | if at + 1 < count { 0x80 } else { 0 };
    }
    &out[..count]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What redis-server's DUMP shows of a list of these elements.
    #[test]
    fn the_bytes_are_those_of_redis() {
        let mut pack = Listpack::default();
        pack.push_bytes(b"a");
        pack.push_bytes(b"127");
        pack.push_bytes(b"-1");
        pack.push_bytes(b"4096");
        pack.push_bytes(b"-40000");
        let bytes =
            [28, 0, 0, 0, 5, 0, 0x81, b'a', 2, 127, 1, 0xdf, 0xff, 2, 0xf1, 0, 16, 3, 0xf2, 0xc0, 0x63, 0xff, 4, 0xff];
        assert_eq!(pack.as_bytes()[6..], bytes[6..]);
        assert_eq!(pack.size(), pack.as_bytes()[0] as usize);
    }

    #[test]
    fn every_element_reads_from_both_ends() {
        let texts: Vec<Vec<u8>> = [0, 1, 127, 128, 4095, 4096, -4096, -4097, 32767, 32768, -32769, 8388607, 8388608]
            .into_iter()
            .chain([-8388609, i64::from(i32::MAX), i64::from(i32::MAX) + 1, i64::MIN, i64::MAX])
            .map(|value| value.to_string().into_bytes())
            .chain([0, 1, 63, 64, 125, 126, 127, 4095, 4096, 16380, 16383, 70000, 3 << 20].map(|len| vec![b'x'; len]))
            .chain([b"007".to_vec(), b"-0".to_vec()])
            .collect();
        let mut pack = Listpack::default();
        texts.iter().for_each(|text| pack.push_bytes(text));
        let mut positions = Vec::new();
        let mut at = Listpack::FIRST;
        for text in &texts {
            let (element, next) = pack.read(at).unwrap();
            assert_eq!(*element.bytes(), text[..]);
            positions.push(at);
            at = next;
        }
        assert_eq!((at, pack.read(at)), (pack.end(), None));
        for position in positions.into_iter().rev() {
            at = pack.previous(at);
            assert_eq!(at, position);
        }
    }

    #[test]
    fn only_what_is_well_formed_is_taken() {
        let mut pack = Listpack::default();
        for text in [&b"a"[..], b"-5", b"70000", &[b'x'; 300], b"123456789012345"] {
            pack.push_bytes(text);
        }
        let bytes = pack.as_bytes().to_vec();
        assert!(Listpack::parse(bytes.clone()).unwrap().iter().eq(pack.iter()));
        for cut in 0..bytes.len() {
            assert!(Listpack::parse(bytes[..cut].to_vec()).is_none());
        }
        for at in 0..bytes.len() {
            for flip in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << flip;
                // What passes can be walked from either end.
                if let Some(damaged) = Listpack::parse(damaged) {
                    let back = damaged.iter().fold(damaged.end(), |at, _| damaged.previous(at));
                    assert_eq!(back, Listpack::FIRST);
                }
            }
        }
        assert!(Listpack::parse(Listpack::default().as_bytes().to_vec()).unwrap().is_empty());
    }

    #[test]
    fn a_replaced_integer_moves_what_follows() {
        let mut pack = Listpack::default();
        pack.push_int(127);
        pack.push_bytes(b"behind");
        for value in [128, 1, i64::MAX, 0, 3] {
            pack.replace_int(Listpack::FIRST, value);
            let (read, next) = pack.read_int(Listpack::FIRST);
            assert_eq!(read, value);
            assert_eq!(pack.read(next).unwrap().0, Entry::Bytes(b"behind"));
            assert_eq!(pack.size(), usize::from(pack.as_bytes()[0]));
        }
    }
}
