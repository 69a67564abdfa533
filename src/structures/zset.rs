//! The value of a zset key.

/// The members with scores of one key.
#[derive(Debug, Clone, Default)]
pub struct Zset {}

impl Zset {
    pub fn len(&self) -> usize {
        0
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
