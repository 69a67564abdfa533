//! HyperLogLog: estimates how many different elements were seen, within 0.81 %, in 12 KB or less.
//!
//! The value is a string, byte for byte as Redis writes it: a header of 16 bytes (`HYLL`, the encoding, three unused
//! bytes, the last estimate in little endian with its highest bit set when it is out of date), then 16384 registers of
//! 6 bits. Dense registers stand one after another from the lowest bit of each byte; sparse ones are runs:
//!
//! ```text
//! 00xxxxxx            x + 1 registers of 0
//! 01xxxxxx yyyyyyyy   xy + 1 registers of 0
//! 1vvvvvxx            x + 1 registers of v + 1
//! ```
//!
//! The estimate is Otmar Ertl's, <https://arxiv.org/abs/1702.01284>, the hash MurmurHash64A. The bytes come from
//! clients too, so no run is believed before it is checked; what does not add up is [`Corrupt`].

/// Bits of a hash that choose the register.
const INDEX_BITS: u32 = 14;
/// The number of registers.
pub const REGISTERS: usize = 1 << INDEX_BITS;
/// Bits of a hash whose leading run of zeros is counted.
const RANK_BITS: usize = 64 - INDEX_BITS as usize;
const HEADER: usize = 16;
const DENSE_SIZE: usize = HEADER + REGISTERS * 6 / 8;
const DENSE: u8 = 0;
const SPARSE: u8 = 1;
/// The byte and the bit that say that the estimate is out of date.
const STALE: (usize, u8) = (15, 0x80);
/// What runs can hold.
const SHORT_ZEROS: usize = 64;
const LONGEST_VALUES: usize = 4;
const LARGEST_VALUE: u8 = 32;

/// The registers do not add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Corrupt;

/// A run of equal registers as the sparse form writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    pub value: u8,
    pub len: usize,
    /// Bytes taken.
    size: usize,
}

impl Run {
    fn read(bytes: &[u8]) -> Result<Run, Corrupt> {
        let first = *bytes.first().ok_or(Corrupt)?;
        let low = usize::from(first & 0x3f);
        Ok(match first >> 6 {
            0 => Run { value: 0, len: low + 1, size: 1 },
            1 => Run { value: 0, len: (low << 8 | usize::from(*bytes.get(1).ok_or(Corrupt)?)) + 1, size: 2 },
            _ => Run { value: (first >> 2 & 0x1f) + 1, len: usize::from(first & 3) + 1, size: 1 },
        })
    }

    /// Tells whether the run has the longer form of zeros.
    pub fn is_long(self) -> bool {
        self.size == 2
    }

    /// Writes a run of `len` registers, none if there are none; one of values has at most [`LONGEST_VALUES`].
    fn write(out: &mut Vec<u8>, value: u8, len: usize) {
        match (value, len) {
            (_, 0) => {}
            (0, 1..=SHORT_ZEROS) => out.push((len - 1) as u8),
            (0, _) => out.extend([0x40 | (len - 1 >> 8) as u8, (len - 1) as u8]),
            _ => out.push(0x80 | (value - 1) << 2 | (len - 1) as u8),
        }
    }
}

/// Makes the string of an empty HyperLogLog.
pub fn empty() -> Vec<u8> {
    let mut bytes = b"HYLL".to_vec();
    bytes.resize(HEADER, 0);
    bytes[4] = SPARSE;
    Run::write(&mut bytes, 0, REGISTERS);
    bytes
}

/// Tells whether a string has the header of a HyperLogLog and, if it is dense, the right length.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.len() >= HEADER
        && bytes.starts_with(b"HYLL")
        && (bytes[4] == SPARSE || (bytes[4] == DENSE && bytes.len() == DENSE_SIZE))
}

pub fn is_sparse(bytes: &[u8]) -> bool {
    bytes[4] == SPARSE
}

/// Answers the estimate that is kept in the header, if it is up to date.
pub fn cached(bytes: &[u8]) -> Option<u64> {
    let estimate = u64::from_le_bytes(*bytes[8..HEADER].first_chunk()?);
    (estimate >> 63 == 0).then_some(estimate)
}

/// Keeps an estimate in the header.
pub fn cache(bytes: &mut [u8], estimate: u64) {
    bytes[8..HEADER].copy_from_slice(&estimate.to_le_bytes());
}

/// Marks the estimate as out of date.
pub fn invalidate(bytes: &mut [u8]) {
    bytes[STALE.0] |= STALE.1;
}

/// Walks the runs of a sparse HyperLogLog; they may not add up.
pub fn runs(bytes: &[u8]) -> impl Iterator<Item = Result<Run, Corrupt>> {
    let mut at = HEADER;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let run = Run::read(&bytes[at..]);
        at += run.map_or(bytes.len(), |run| run.size);
        Some(run)
    })
}

/// Visits the value of every register, by its index.
fn each(bytes: &[u8], mut visit: impl FnMut(usize, u8)) -> Result<(), Corrupt> {
    if !is_sparse(bytes) {
        for (group, three) in bytes[HEADER..].as_chunks::<3>().0.iter().enumerate() {
            let word = u32::from_le_bytes([three[0], three[1], three[2], 0]);
            (0..4).for_each(|at| visit(group * 4 + at, (word >> (6 * at) & 0x3f) as u8));
        }
        return Ok(());
    }
    let mut index = 0;
    for run in runs(bytes) {
        let run = run?;
        if index + run.len > REGISTERS {
            return Err(Corrupt);
        }
        if run.value > 0 {
            (index..index + run.len).for_each(|at| visit(at, run.value));
        }
        index += run.len;
    }
    if index == REGISTERS { Ok(()) } else { Err(Corrupt) }
}

/// Adds an element and tells whether any register changed. A sparse one that would pass `sparse_max` bytes becomes
/// dense.
pub fn add(bytes: &mut Vec<u8>, element: &[u8], sparse_max: usize) -> Result<bool, Corrupt> {
    let (index, value) = place(element);
    set(bytes, index, value, sparse_max)
}

/// Answers the register of an element and the value that it asks for.
fn place(element: &[u8]) -> (usize, u8) {
    let hash = murmur64(element, 0xadc8_3b19);
    let rest = hash >> INDEX_BITS | 1 << RANK_BITS;
    (hash as usize % REGISTERS, rest.trailing_zeros() as u8 + 1)
}

/// Raises a register to a value and tells whether it was lower.
fn set(bytes: &mut Vec<u8>, index: usize, value: u8, sparse_max: usize) -> Result<bool, Corrupt> {
    if is_sparse(bytes) {
        match set_sparse(bytes, index, value, sparse_max)? {
            Some(raised) => return Ok(raised),
            None => densify(bytes)?,
        }
    }
    Ok(set_dense(&mut bytes[HEADER..], index, value))
}

fn set_dense(registers: &mut [u8], index: usize, value: u8) -> bool {
    let (byte, bit) = (index * 6 / 8, index * 6 % 8);
    let next = registers.get(byte + 1).copied().unwrap_or(0);
    let word = u16::from_le_bytes([registers[byte], next]);
    if (word >> bit & 0x3f) as u8 >= value {
        return false;
    }
    let [low, high] = (word & !(0x3f << bit) | u16::from(value) << bit).to_le_bytes();
    registers[byte] = low;
    if let Some(next) = registers.get_mut(byte + 1) {
        *next = high;
    }
    true
}

/// Raises a register of the sparse form; `None` if the form cannot hold it.
fn set_sparse(bytes: &mut Vec<u8>, index: usize, value: u8, sparse_max: usize) -> Result<Option<bool>, Corrupt> {
    if value > LARGEST_VALUE {
        return Ok(None);
    }
    let (mut at, mut previous, mut first) = (HEADER, None, 0);
    let run = loop {
        let run = Run::read(bytes.get(at..).ok_or(Corrupt)?)?;
        if index < first + run.len {
            break run;
        }
        previous = Some(at);
        at += run.size;
        first += run.len;
    };
    if run.value >= value {
        return Ok(Some(false));
    }
    // The run is cut in three: what comes before the register, the register, what comes after it.
    let mut parts = Vec::with_capacity(5);
    Run::write(&mut parts, run.value, index - first);
    Run::write(&mut parts, value, 1);
    Run::write(&mut parts, run.value, first + run.len - 1 - index);
    if parts.len() > run.size && bytes.len() + parts.len() - run.size > sparse_max {
        return Ok(None);
    }
    bytes.splice(at..at + run.size, parts);
    join_equal(bytes, previous.unwrap_or(HEADER));
    invalidate(bytes);
    Ok(Some(true))
}

/// Makes neighbouring runs of one value one run where it can hold them, among the five from `at` on.
fn join_equal(bytes: &mut Vec<u8>, mut at: usize) {
    for _ in 0..5 {
        let Some(Ok(run)) = bytes.get(at..).map(Run::read) else { return };
        let next = bytes.get(at + run.size..).map(Run::read);
        match next {
            Some(Ok(next)) if run.value > 0 && next.value == run.value && run.len + next.len <= LONGEST_VALUES => {
                let mut joined = Vec::with_capacity(1);
                Run::write(&mut joined, run.value, run.len + next.len);
                bytes.splice(at..at + 2, joined);
            }
            _ => at += run.size,
        }
    }
}

/// Makes a sparse HyperLogLog dense.
pub fn densify(bytes: &mut Vec<u8>) -> Result<(), Corrupt> {
    let mut dense = bytes[..HEADER].to_vec();
    dense[4] = DENSE;
    dense.resize(DENSE_SIZE, 0);
    each(bytes, |index, value| {
        set_dense(&mut dense[HEADER..], index, value);
    })?;
    *bytes = dense;
    Ok(())
}

/// Every register in a byte of its own: what several HyperLogLogs have seen together.
pub struct Registers(Box<[u8; REGISTERS]>);

impl Default for Registers {
    fn default() -> Registers {
        Registers(Box::new([0; REGISTERS]))
    }
}

impl Registers {
    /// Adds an element.
    pub fn add(&mut self, element: &[u8]) {
        let (index, value) = place(element);
        self.0[index] = self.0[index].max(value);
    }

    /// Reads the registers of one HyperLogLog.
    pub fn of(bytes: &[u8]) -> Result<Registers, Corrupt> {
        let mut registers = Registers::default();
        registers.merge(bytes)?;
        Ok(registers)
    }

    /// Adds what another HyperLogLog has seen.
    pub fn merge(&mut self, bytes: &[u8]) -> Result<(), Corrupt> {
        each(bytes, |index, value| self.0[index] = self.0[index].max(value))
    }

    /// Raises the registers of a HyperLogLog to these.
    pub fn write_to(&self, bytes: &mut Vec<u8>, sparse_max: usize) -> Result<(), Corrupt> {
        for (index, &value) in self.0.iter().enumerate().filter(|(_, value)| **value > 0) {
            set(bytes, index, value, sparse_max)?;
        }
        invalidate(bytes);
        Ok(())
    }

    /// Walks the values.
    pub fn iter(&self) -> impl Iterator<Item = u8> {
        self.0.iter().copied()
    }

    /// Estimates how many elements were seen.
    pub fn estimate(&self) -> u64 {
        let mut counts = [0; 64];
        self.iter().for_each(|value| counts[usize::from(value & 0x3f)] += 1);
        estimate(&counts)
    }
}

/// Estimates how many elements one HyperLogLog has seen.
pub fn count(bytes: &[u8]) -> Result<u64, Corrupt> {
    let (mut counts, mut seen) = ([0; 64], 0);
    each(bytes, |_, value| {
        counts[usize::from(value)] += 1;
        seen += 1;
    })?;
    // The zeros of a sparse one are not visited.
    counts[0] += REGISTERS - seen;
    Ok(estimate(&counts))
}

/// Estimates from how many registers have each value.
fn estimate(counts: &[usize; 64]) -> u64 {
    let m = REGISTERS as f64;
    let mut z = m * tau((m - counts[RANK_BITS + 1] as f64) / m);
    for value in (1..=RANK_BITS).rev() {
        z = (z + counts[value] as f64) * 0.5;
    }
    z += m * sigma(counts[0] as f64 / m);
    let alpha = std::f64::consts::LOG2_E / 2.0;
    (alpha * m * m / z).round() as u64
}

fn sigma(mut x: f64) -> f64 {
    if x == 1.0 {
        return f64::INFINITY;
    }
    let (mut y, mut z) = (1.0, x);
    loop {
        x *= x;
        let before = z;
        z += x * y;
        y += y;
        if before == z {
            return z;
        }
    }
}

fn tau(mut x: f64) -> f64 {
    if x == 0.0 || x == 1.0 {
        return 0.0;
    }
    let (mut y, mut z) = (1.0, 1.0 - x);
    loop {
        x = x.sqrt();
        let before = z;
        y *= 0.5;
        z -= (1.0 - x) * (1.0 - x) * y;
        if before == z {
            return z / 3.0;
        }
    }
}

/// MurmurHash64A, words read in little endian. See <https://github.com/aappleby/smhasher>.
fn murmur64(data: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mix = |word: u64| {
        let word = word.wrapping_mul(M);
        (word ^ word >> 47).wrapping_mul(M)
    };
    let (words, rest) = data.as_chunks::<8>();
    let mut hash = seed ^ (data.len() as u64).wrapping_mul(M);
    for word in words {
        hash = (hash ^ mix(u64::from_le_bytes(*word))).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(M);
    }
    hash = (hash ^ hash >> 47).wrapping_mul(M);
    hash ^ hash >> 47
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sparse form, the dense form and bare registers tell the same at every step, and the estimate is near.
    #[test]
    fn forms_agree() {
        let (mut sparse, mut dense, mut raw) = (empty(), empty(), vec![0; REGISTERS]);
        densify(&mut dense).unwrap();
        for n in 0..20_000u64 {
            let element = n.to_le_bytes();
            let raised = add(&mut dense, &element, 0).unwrap();
            assert_eq!(add(&mut sparse, &element, 3000 + n as usize / 2).unwrap(), raised);
            let (index, value) = place(&element);
            assert_eq!(raised, raw[index] < value);
            raw[index] = raw[index].max(value);
            if n % 700 == 0 {
                assert!(Registers::of(&sparse).unwrap().iter().eq(raw.iter().copied()));
                assert!(Registers::of(&dense).unwrap().iter().eq(raw.iter().copied()));
                assert_eq!(count(&sparse), count(&dense));
                assert_eq!(count(&sparse).unwrap(), Registers::of(&dense).unwrap().estimate());
                let error = (count(&dense).unwrap() as f64 - (n + 1) as f64).abs() / (n + 1) as f64;
                assert!(error < 0.04, "{n}: {error}");
            }
        }
    }

    /// No string panics, whatever it holds behind a header.
    #[test]
    fn nonsense_is_refused_or_harmless() {
        let mut state = 1u64;
        let mut random = move || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) as u8
        };
        for _ in 0..3000 {
            let mut bytes = empty();
            bytes.truncate(HEADER);
            bytes.extend((0..random() % 200).map(|_| random()));
            bytes[4] = random() % 3;
            if !is_one(&bytes) {
                continue;
            }
            assert_eq!(count(&bytes).is_ok(), Registers::of(&bytes).is_ok());
            let _ = densify(&mut bytes.clone());
            let _ = set(&mut bytes, random() as usize * 64, 1 + random() % 51, 3000);
        }
    }
}
