//! Strings as runs of bits, the highest bit of a byte first, worked on a word at a time.

/// The bytes of a word.
const WORD: usize = 8;

/// Reads the bit at an offset; those past the end are 0.
pub fn get(bytes: &[u8], offset: u64) -> bool {
    let byte = usize::try_from(offset / 8).ok().and_then(|at| bytes.get(at)).copied().unwrap_or(0);
    byte & (0x80 >> (offset % 8)) != 0
}

/// Sets the bit at an offset inside `bytes` and answers what it was.
pub fn set(bytes: &mut [u8], offset: u64, on: bool) -> bool {
    let mask = 0x80 >> (offset % 8);
    let Some(byte) = usize::try_from(offset / 8).ok().and_then(|at| bytes.get_mut(at)) else { return false };
    let old = *byte & mask != 0;
    *byte = if on { *byte | mask } else { *byte & !mask };
    old
}

/// Counts the bits that are set.
pub fn count(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<WORD>();
    let words: u64 = words.iter().map(|word| u64::from(u64::from_ne_bytes(*word).count_ones())).sum();
    words + rest.iter().map(|byte| u64::from(byte.count_ones())).sum::<u64>()
}

/// Counts the bits that are set among those at `first..=last`, which lie inside `bytes`.
pub fn count_within(bytes: &[u8], first: u64, last: u64) -> u64 {
    let Some(part) = bytes.get((first / 8) as usize..=(last / 8) as usize) else { return 0 };
    let outside = |byte: Option<&u8>, mask: u8| byte.map_or(0, |byte| u64::from((byte & mask).count_ones()));
    let before = outside(part.first(), !(0xff >> (first % 8)));
    let after = outside(part.last(), 0x7f >> (last % 8));
    count(part) - before - after
}

/// Finds the first bit with a value among those at `first..=last`, which lie inside `bytes`.
pub fn find(bytes: &[u8], on: bool, first: u64, last: u64) -> Option<u64> {
    let part = bytes.get((first / 8) as usize..=(last / 8) as usize)?;
    let flip = if on { 0 } else { 0xff };
    let base = first / 8 * 8;
    let hit = |at: usize, byte: u8| base + at as u64 * 8 + u64::from((byte ^ flip).leading_zeros());
    let head = (part[0] ^ flip) & (0xff >> (first % 8)) ^ flip;
    let found = if head != flip {
        hit(0, head)
    } else {
        let (words, _) = part[1..].as_chunks::<WORD>();
        let same = words.iter().take_while(|word| **word == [flip; WORD]).count();
        let from = 1 + same * WORD;
        let at = from + part[from..].iter().position(|&byte| byte != flip)?;
        hit(at, part[at])
    };
    (found <= last).then_some(found)
}

/// Puts `join` of each word with that of `other` in its place; past the end of `other` there are zeros.
pub fn combine(bytes: &mut [u8], other: &[u8], join: impl Fn(u64, u64) -> u64) {
    let common = bytes.len().min(other.len()) / WORD * WORD;
    let (head, tail) = bytes.split_at_mut(common);
    for (word, with) in head.as_chunks_mut::<WORD>().0.iter_mut().zip(other[..common].as_chunks::<WORD>().0) {
        *word = join(u64::from_ne_bytes(*word), u64::from_ne_bytes(*with)).to_ne_bytes();
    }
    let mut rest = other[common..].iter();
    for word in tail.chunks_mut(WORD) {
        let (mut left, mut right) = ([0; WORD], [0; WORD]);
        left[..word.len()].copy_from_slice(word);
        right.iter_mut().zip(rest.by_ref()).for_each(|(to, from)| *to = *from);
        let joined = join(u64::from_ne_bytes(left), u64::from_ne_bytes(right)).to_ne_bytes();
        word.copy_from_slice(&joined[..word.len()]);
    }
}

/// Reads the `width` bits (1 to 64) at an offset as an unsigned number; bits past the end are 0.
pub fn read(bytes: &[u8], offset: u64, width: u32) -> u64 {
    let mut window = [0; 16];
    let part = usize::try_from(offset / 8).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
    let part = &part[..part.len().min(9)];
    window[..part.len()].copy_from_slice(part);
    ((u128::from_be_bytes(window) << (offset % 8)) >> (128 - width)) as u64
}

/// Writes the lowest `width` bits (1 to 64) of a number at an offset; all of them lie inside `bytes`.
pub fn write(bytes: &mut [u8], offset: u64, width: u32, value: u64) {
    let Some(part) = usize::try_from(offset / 8).ok().and_then(|at| bytes.get_mut(at..)) else { return };
    let len = part.len().min(9);
    let mut window = [0; 16];
    window[..len].copy_from_slice(&part[..len]);
    let shift = 128 - width - (offset % 8) as u32;
    let mask = (u128::MAX >> (128 - width)) << shift;
    let joined = (u128::from_be_bytes(window) & !mask) | ((u128::from(value) << shift) & mask);
    part[..len].copy_from_slice(&joined.to_be_bytes()[..len]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(state: &mut u64) -> u64 {
        *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        *state >> 20
    }

    /// Every function against one bit after another, over lengths about a word's.
    #[test]
    fn words_agree_with_bits() {
        let mut state = 9;
        for round in 0..4000 {
            let len = 1 + random(&mut state) as usize % 40;
            let fill = [0, 0xff, 0x5a][round % 3];
            let mut bytes = vec![fill; len];
            for _ in 0..random(&mut state) % 4 {
                let at = random(&mut state) as usize % len;
                bytes[at] = random(&mut state) as u8;
            }
            let bits = len as u64 * 8;
            let (one, two) = (random(&mut state) % bits, random(&mut state) % bits);
            let (first, last) = (one.min(two), one.max(two));
            let set = |at: &u64| get(&bytes, *at);
            assert_eq!(count(&bytes), (0..bits).filter(set).count() as u64);
            assert_eq!(count_within(&bytes, first, last), (first..=last).filter(set).count() as u64);
            for on in [true, false] {
                assert_eq!(find(&bytes, on, first, last), (first..=last).find(|at| set(at) == on));
            }
            let width = 1 + random(&mut state) as u32 % 64;
            let read_slowly =
                |bytes: &[u8]| (0..width).fold(0, |n, at| n << 1 | u64::from(get(bytes, one + u64::from(at))));
            assert_eq!(read(&bytes, one, width), read_slowly(&bytes));
            if one + u64::from(width) <= bits {
                let value = random(&mut state) << 30 ^ random(&mut state);
                let mut written = bytes.clone();
                write(&mut written, one, width, value);
                assert_eq!(read_slowly(&written), value & (u64::MAX >> (64 - width)));
                let kept = |at: &u64| *at < one || *at >= one + u64::from(width);
                assert!((0..bits).filter(kept).all(|at| get(&written, at) == get(&bytes, at)));
            }
            let other: Vec<u8> = (0..random(&mut state) as usize % 50).map(|_| random(&mut state) as u8).collect();
            let mut joined = bytes.clone();
            combine(&mut joined, &other, |left, right| left & !right);
            let slowly = bytes.iter().enumerate().map(|(at, byte)| byte & !other.get(at).copied().unwrap_or(0));
            assert!(slowly.eq(joined));
        }
    }
}
