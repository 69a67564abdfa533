//! The identifiers of stream entries.

use super::bytes::Bytes;
use super::number::parse_unsigned;

/// A time in ms since 1970 and a number within that ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct StreamId {
    pub ms: u64,
    pub seq: u64,
}

impl StreamId {
    pub const MIN: StreamId = StreamId { ms: 0, seq: 0 };
    pub const MAX: StreamId = StreamId { ms: u64::MAX, seq: u64::MAX };

    /// Reads `ms-seq`, or `ms` alone, whose second part is then `missing`. Spaces and zeros may stand before each
    /// number, as Redis has it.
    pub fn parse(text: &[u8], missing: u64) -> Option<StreamId> {
        if text.len() > 127 {
            return None;
        }
        let Some(dash) = text.iter().position(|&byte| byte == b'-') else {
            return Some(StreamId { ms: parse_unsigned(text)?, seq: missing });
        };
        Some(StreamId { ms: parse_unsigned(&text[..dash])?, seq: parse_unsigned(&text[dash + 1..])? })
    }

    /// Answers the smallest identifier above this one; `None` at the end of all.
    pub fn next(self) -> Option<StreamId> {
        match (self.ms, self.seq) {
            (u64::MAX, u64::MAX) => None,
            (ms, u64::MAX) => Some(StreamId { ms: ms + 1, seq: 0 }),
            (ms, seq) => Some(StreamId { ms, seq: seq + 1 }),
        }
    }

    /// Answers the largest identifier below this one; `None` at 0-0.
    pub fn previous(self) -> Option<StreamId> {
        match (self.ms, self.seq) {
            (0, 0) => None,
            (ms, 0) => Some(StreamId { ms: ms - 1, seq: u64::MAX }),
            (ms, seq) => Some(StreamId { ms, seq: seq - 1 }),
        }
    }

    /// Prints `ms-seq`.
    pub fn text(self) -> Bytes {
        let mut buffer = [0; 41];
        let at = digits(self.seq, &mut buffer, 41) - 1;
        buffer[at] = b'-';
        let at = digits(self.ms, &mut buffer, at);
        Bytes::new(&buffer[at..])
    }
}

/// Writes decimal digits so that they end before `end`, and answers where they begin.
fn digits(mut value: u64, buffer: &mut [u8; 41], end: usize) -> usize {
    let mut at = end;
    loop {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            return at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_read_back() {
        for id in [StreamId::MIN, StreamId::MAX, StreamId { ms: 1, seq: 0 }, StreamId { ms: 1526919030474, seq: 55 }] {
            assert_eq!(StreamId::parse(&id.text(), 0), Some(id));
            assert_eq!(id.next().map_or(Some(id), StreamId::previous), Some(id));
        }
        assert_eq!(&*StreamId::MAX.text(), b"18446744073709551615-18446744073709551615");
    }
}
