//! The value of a list key.

/// The elements of one key.
#[derive(Debug, Clone, Default)]
pub struct List {}

impl List {
    pub fn len(&self) -> usize {
        0
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
