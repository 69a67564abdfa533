//! The parts of the RDB format that payloads share: lengths, strings, and the footer of version and checksum.
//!
//! See <https://github.com/sripathikrishnan/redis-rdb-tools/wiki/Redis-RDB-Dump-File-Format>.

use super::crc64::crc64;
use super::lzf::{self, Compressor};
use crate::structures::number::{format_int, parse_int};

/// The newest version of the format that is read: that of Redis 8.10.
pub const VERSION: u16 = 15;
/// The version that brought functions; whoever reads them knows it.
pub const VERSION_OF_FUNCTIONS: u16 = 10;

/// What stands before the code of a library.
pub const FUNCTION: u8 = 245;

const FOOTER: usize = 10;
/// In the two upper bits of a first byte: the other six are the length, or with the next byte, or say which of the
/// special strings follows.
const LENGTH_14: u8 = 1 << 6;
const LENGTH_32: u8 = 0x80;
const LENGTH_64: u8 = 0x81;
const SPECIAL: u8 = 3 << 6;
const INT_8: u8 = 0;
const INT_16: u8 = 1;
const INT_32: u8 = 2;
const LZF: u8 = 3;

/// Strings of more bytes than this are compressed.
const SHORT: usize = 20;

/// Writes a payload.
#[derive(Default)]
pub struct Writer {
    bytes: Vec<u8>,
    compressor: Compressor,
}

impl Writer {
    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Writes bytes as they are, without a length.
    pub fn plain(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes a count or a length.
    pub fn length(&mut self, length: u64) {
        match length {
            0..=0x3f => self.bytes.push(length as u8),
            0x40..=0x3fff => self.bytes.extend_from_slice(&[LENGTH_14 | (length >> 8) as u8, length as u8]),
            0x4000..=0xffff_ffff => {
                self.bytes.push(LENGTH_32);
                self.bytes.extend_from_slice(&(length as u32).to_be_bytes());
            }
            _ => {
                self.bytes.push(LENGTH_64);
                self.bytes.extend_from_slice(&length.to_be_bytes());
            }
        }
    }

    /// Writes a string in the shortest of its forms: as an integer, compressed, or as it is.
    pub fn string(&mut self, string: &[u8]) {
        if string.len() <= 11
            && let Some(value) = parse_int(string)
            && format_int(value) == string
            && self.integer(value)
        {
            return;
        }
        if string.len() > SHORT
            && let Some(short) = self.compressor.compress(string, string.len() - 4)
        {
            self.bytes.push(SPECIAL | LZF);
            self.length(short.len() as u64);
            self.length(string.len() as u64);
            self.bytes.extend_from_slice(&short);
            return;
        }
        self.length(string.len() as u64);
        self.bytes.extend_from_slice(string);
    }

    /// Writes a string that is an integer of at most 32 bits.
    fn integer(&mut self, value: i64) -> bool {
        if let Ok(value) = i8::try_from(value) {
            self.bytes.extend_from_slice(&[SPECIAL | INT_8, value as u8]);
        } else if let Ok(value) = i16::try_from(value) {
            self.bytes.push(SPECIAL | INT_16);
            self.bytes.extend_from_slice(&value.to_le_bytes());
        } else if let Ok(value) = i32::try_from(value) {
            self.bytes.push(SPECIAL | INT_32);
            self.bytes.extend_from_slice(&value.to_le_bytes());
        } else {
            return false;
        }
        true
    }

    /// Ends the payload with the version of the format and the checksum.
    pub fn seal(mut self, version: u16) -> Vec<u8> {
        self.bytes.extend_from_slice(&version.to_le_bytes());
        let sum = crc64(0, &self.bytes);
        self.bytes.extend_from_slice(&sum.to_le_bytes());
        self.bytes
    }
}

/// Reads a payload; every method answers `None` where it is not well-formed.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Opens a payload if its version is known and its checksum right.
    pub fn open(payload: &'a [u8]) -> Option<Reader<'a>> {
        let (rest, footer) = payload.split_at_checked(payload.len().checked_sub(FOOTER)?)?;
        let (version, sum) = footer.split_first_chunk::<2>()?;
        let summed = &payload[..payload.len() - sum.len()];
        let is_known = u16::from_le_bytes(*version) <= VERSION;
        (is_known && crc64(0, summed).to_le_bytes() == sum).then_some(Reader { rest })
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    /// Reads so many bytes that have no length before them.
    pub fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(bytes)
    }

    /// Reads the number of things that follow, each of which takes a byte at least.
    pub fn count(&mut self) -> Option<usize> {
        self.length().filter(|&count| count <= self.rest.len())
    }

    /// Reads bytes that have no length before them.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    /// Reads a count or a length.
    pub fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// Reads an unsigned number, which is written as a length.
    pub fn number(&mut self) -> Option<u64> {
        self.length_or_special()?.ok()
    }

    /// Reads a length, or which special string follows.
    fn length_or_special(&mut self) -> Option<Result<u64, u8>> {
        let first = self.byte()?;
        let low = first & 0x3f;
        Some(match first & SPECIAL {
            0 => Ok(u64::from(low)),
            LENGTH_14 => Ok(u64::from(low) << 8 | u64::from(self.byte()?)),
            SPECIAL => Err(low),
            _ if first == LENGTH_32 => Ok(u64::from(u32::from_be_bytes(self.array()?))),
            _ if first == LENGTH_64 => Ok(u64::from_be_bytes(self.array()?)),
            _ => return None,
        })
    }

    /// Reads a string in any of its forms.
    pub fn string(&mut self) -> Option<Vec<u8>> {
        let value = match self.length_or_special()? {
            Ok(length) => return self.bytes(usize::try_from(length).ok()?).map(<[u8]>::to_vec),
            Err(INT_8) => i64::from(i8::from_le_bytes(self.array()?)),
            Err(INT_16) => i64::from(i16::from_le_bytes(self.array()?)),
            Err(INT_32) => i64::from(i32::from_le_bytes(self.array()?)),
            Err(LZF) => {
                let (short, length) = (self.length()?, self.length()?);
                return lzf::decompress(self.bytes(short)?, length);
            }
            Err(_) => return None,
        };
        Some(format_int(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_lengths_come_back() {
        let strings: Vec<Vec<u8>> =
            ["", "0", "-1", "127", "128", "-129", "32768", "-2147483648", "2147483648", "007", "x"]
                .iter()
                .map(|text| text.as_bytes().to_vec())
                .chain([vec![7; 63], vec![8; 64], vec![9; 20_000], (0..20_000).map(|n| (n * n / 7) as u8).collect()])
                .collect();
        let lengths = [0, 63, 64, 16383, 16384, 0xffff_ffff];
        let mut writer = Writer::default();
        strings.iter().for_each(|string| writer.string(string));
        lengths.iter().for_each(|&length| writer.length(length));
        let payload = writer.seal(VERSION);
        let mut reader = Reader::open(&payload).unwrap();
        for string in strings {
            assert_eq!(reader.string(), Some(string));
        }
        for length in lengths {
            assert_eq!(reader.length(), Some(length as usize));
        }
        assert!(reader.is_empty());
        assert_eq!(reader.string(), None);
    }

    #[test]
    fn a_damaged_payload_does_not_open() {
        let mut writer = Writer::default();
        writer.string(b"some text");
        let payload = writer.seal(VERSION);
        for at in 0..payload.len() {
            let mut damaged = payload.clone();
            damaged[at] ^= 1;
            assert!(Reader::open(&damaged).is_none(), "byte {at}");
        }
        assert!(Reader::open(b"").is_none());
        assert!(Reader::open(&Writer::default().seal(VERSION + 1)).is_none());
    }
}
