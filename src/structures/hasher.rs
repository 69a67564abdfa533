//! The one hash function under every table, seeded once in a process so that no client can choose colliding keys.

use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;

static SEED: OnceLock<foldhash::fast::FixedState> = OnceLock::new();

/// Sets the seed of every table of this process. Only the first call counts, and only before the first table is used:
/// an entry's place depends on the seed, its position in the order of iteration does not.
pub fn seed(seed: u64) {
    let _ = SEED.set(foldhash::fast::FixedState::with_seed(seed));
}

/// Hashes a byte string.
#[inline]
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = SEED.get_or_init(|| foldhash::fast::FixedState::with_seed(0)).build_hasher();
    hasher.write(bytes);
    hasher.finish()
}
