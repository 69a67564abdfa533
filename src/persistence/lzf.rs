//! LZF, the compression of long strings in Redis's payloads.
//!
//! A stream is a row of runs: a byte below 32 says that so many bytes and one more follow as they are; any other byte
//! holds the length of a reference in its upper three bits (7: the next byte says how much longer) and, with the byte
//! after it, how far back to copy from. Matches are found as liblzf finds them, so that the bytes come out the same.

const LONGEST_RUN: usize = 32;
const FARTHEST: usize = 1 << 13;
const LONGEST_MATCH: usize = (1 << 8) + (1 << 3);
const TABLE_BITS: u32 = 16;

/// Where three bytes are looked up.
fn place(three: [u8; 3]) -> usize {
    let word = u32::from_be_bytes([0, three[0], three[1], three[2]]);
    ((word >> (24 - TABLE_BITS)).wrapping_sub(word.wrapping_mul(5)) & ((1 << TABLE_BITS) - 1)) as usize
}

/// Compresses strings, with one table for all of them.
#[derive(Default)]
pub struct Compressor {
    /// Where three bytes were last seen, counted from the beginning of the first string.
    last_seen: Vec<u32>,
    /// Where the present string begins.
    base: u32,
}

impl Compressor {
    /// Compresses `input`, or answers `None` if `limit` bytes may not be enough for it.
    pub fn compress(&mut self, input: &[u8], limit: usize) -> Option<Vec<u8>> {
        let length = u32::try_from(input.len()).ok()?;
        // What was seen in strings before this one lies before its beginning.
        let end = self.base.checked_add(length);
        if self.last_seen.is_empty() || end.is_none() {
            *self = Compressor { last_seen: vec![0; 1 << TABLE_BITS], base: 0 };
        }
        let base = self.base;
        self.base = base.checked_add(length)?;
        compress(&mut self.last_seen, base, input, limit)
    }
}

fn compress(last_seen: &mut [u32], base: u32, input: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut output = Vec::with_capacity(limit.min(input.len()));
    let three = |at: usize| [input[at], input[at + 1], input[at + 2]];
    let end = input.len();
    let (mut at, mut literals) = (0, 0);
    while at + 2 < end {
        let slot = &mut last_seen[place(three(at))];
        let seen = std::mem::replace(slot, base + at as u32).saturating_sub(base) as usize;
        // The very first byte is never referred to.
        let is_match = seen > 0 && at - seen <= FARTHEST && three(seen) == three(at);
        if !is_match {
            at += 1;
            if at - literals == LONGEST_RUN {
                flush(&mut output, &input[literals..at]);
                literals = at;
            }
            if output.len() + (at - literals) + usize::from(at > literals) > limit {
                return None;
            }
            continue;
        }
        flush(&mut output, &input[literals..at]);
        let longest = (end - at - 2).min(LONGEST_MATCH);
        // liblzf compares sixteen bytes without asking for the end, and then takes one more.
        let longest = if longest > 16 { longest.max(19) } else { longest };
        let mut length = 3;
        while length < longest && input[seen + length] == input[at + length] {
            length += 1;
        }
        let (back, code) = (at - seen - 1, length - 2);
        if output.len() + 4 >= limit {
            return None;
        }
        if code < 7 {
            output.push((back >> 8) as u8 | (code as u8) << 5);
        } else {
            output.extend_from_slice(&[(back >> 8) as u8 | 7 << 5, (code - 7) as u8]);
        }
        output.push(back as u8);
        at += length;
        literals = at;
        if at + 2 >= end {
            break;
        }
        // Of the bytes matched only the last two are noted.
        for noted in [at - 2, at - 1] {
            last_seen[place(three(noted))] = base + noted as u32;
        }
    }
    if output.len() + (at - literals) + 4 > limit {
        return None;
    }
    for run in input[literals..].chunks(LONGEST_RUN) {
        flush(&mut output, run);
    }
    Some(output)
}

fn flush(output: &mut Vec<u8>, run: &[u8]) {
    if !run.is_empty() {
        output.push(run.len() as u8 - 1);
        output.extend_from_slice(run);
    }
}

/// Decompresses `input` into exactly `length` bytes; `None` if it is not such a stream.
pub fn decompress(input: &[u8], length: usize) -> Option<Vec<u8>> {
    // No byte of input gives more than this many of output.
    if length / LONGEST_MATCH > input.len() {
        return None;
    }
    let mut output = Vec::with_capacity(length);
    let mut rest = input;
    while let Some((&control, after)) = rest.split_first() {
        rest = after;
        if control < 32 {
            let (run, after) = rest.split_at_checked(usize::from(control) + 1)?;
            output.extend_from_slice(run);
            rest = after;
        } else {
            let mut next = || {
                let (&byte, after) = rest.split_first()?;
                rest = after;
                Some(usize::from(byte))
            };
            let more = if control >> 5 == 7 { next()? } else { 0 };
            let count = usize::from(control >> 5) + more + 2;
            let back = usize::from(control & 31) << 8 | next()?;
            let from = output.len().checked_sub(back + 1)?;
            for n in from..from + count {
                output.push(output[n]);
            }
        }
        if output.len() > length {
            return None;
        }
    }
    (output.len() == length).then_some(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back() {
        let words =
            [&b"redis"[..], b".call(", b"'GET', ", b"KEYS[1])", b"\n", b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"];
        let mut compressor = Compressor::default();
        let mut state = 1u32;
        for length in 0..400 {
            let mut text = Vec::new();
            while text.len() < length * 7 {
                state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
                text.extend_from_slice(words[(state >> 16) as usize % words.len()]);
                text.push((state >> 24) as u8);
            }
            if let Some(short) = compressor.compress(&text, text.len().saturating_sub(4)) {
                assert!(short.len() + 4 <= text.len());
                assert_eq!(decompress(&short, text.len()).as_deref(), Some(&text[..]));
                assert_eq!(decompress(&short, text.len() + 1), None);
                assert_eq!(decompress(&short[..short.len() - 1], text.len()), None);
            }
        }
        assert_eq!(compressor.compress(b"abcdefghijklmnopqrstuvwxyz", 22), None);
    }
}
