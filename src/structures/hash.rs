//! The value of a hash key.

/// The fields of one key.
#[derive(Debug, Clone, Default)]
pub struct Hash {}

impl Hash {
    pub fn len(&self) -> usize {
        0
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
