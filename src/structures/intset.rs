//! Small sets of integers: sorted, in the fewest bytes that hold the widest of them.

/// Distinct integers in ascending order.
#[derive(Debug, Clone)]
pub struct Intset(Width);

/// Only widens, as in Redis: removing the wide ones does not make the rest narrow again.
#[derive(Debug, Clone)]
enum Width {
    I16(Vec<i16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
}

impl Default for Intset {
    fn default() -> Self {
        Intset(Width::I16(Vec::new()))
    }
}

/// Runs one expression on the vector, whatever its width.
macro_rules! each {
    ($set:expr, $vec:ident => $then:expr) => {
        match $set {
            Width::I16($vec) => $then,
            Width::I32($vec) => $then,
            Width::I64($vec) => $then,
        }
    };
}

fn search<T: Ord + Copy + TryFrom<i64>>(vec: &[T], value: i64) -> Option<usize> {
    vec.binary_search(&T::try_from(value).ok()?).ok()
}

/// Inserts a value; the inner error says that it is present, the outer `None` that it needs more bytes.
fn insert<T: Ord + Copy + TryFrom<i64>>(vec: &mut Vec<T>, value: i64) -> Option<bool> {
    let value = T::try_from(value).ok()?;
    let place = vec.binary_search(&value);
    if let Err(at) = place {
        if vec.len() == vec.capacity() {
            vec.reserve_exact(4.max(vec.len() / 4));
        }
        vec.insert(at, value);
    }
    Some(place.is_err())
}

impl Intset {
    #[inline]
    pub fn len(&self) -> usize {
        each!(&self.0, vec => vec.len())
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        each!(&self.0, vec => vec.capacity() * vec.first().map_or(2, size_of_val))
    }

    #[inline]
    pub fn contains(&self, value: i64) -> bool {
        each!(&self.0, vec => search(vec, value).is_some())
    }

    /// Adds a value and tells whether it is new.
    pub fn insert(&mut self, value: i64) -> bool {
        loop {
            if let Some(new) = each!(&mut self.0, vec => insert(vec, value)) {
                return new;
            }
            self.widen(value);
        }
    }

    /// Takes the width that `value` needs.
    fn widen(&mut self, value: i64) {
        self.0 = match i32::try_from(value) {
            Ok(_) => Width::I32(self.iter().map(|value| value as i32).collect()),
            Err(_) => Width::I64(self.iter().collect()),
        };
    }

    /// Removes a value and tells whether it was present.
    pub fn remove(&mut self, value: i64) -> bool {
        each!(&mut self.0, vec => search(vec, value).map(|at| vec.remove(at)).is_some())
    }

    /// Removes the value at a position.
    pub fn remove_at(&mut self, position: usize) -> Option<i64> {
        each!(&mut self.0, vec => (position < vec.len()).then(|| vec.remove(position).into()))
    }

    /// Shows the value at a position.
    #[inline]
    pub fn at(&self, position: usize) -> Option<i64> {
        each!(&self.0, vec => vec.get(position).map(|&value| value.into()))
    }

    /// Walks the values, the smallest first.
    pub fn iter(&self) -> impl Iterator<Item = i64> {
        (0..self.len()).map_while(|position| self.at(position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_grow_with_the_values() {
        let mut set = Intset::default();
        for value in [5, -1, 32767, 5] {
            set.insert(value);
        }
        assert!(matches!(set.0, Width::I16(_)));
        assert!(set.insert(32768));
        assert!(matches!(set.0, Width::I32(_)));
        assert!(set.insert(i64::MIN));
        assert!(matches!(set.0, Width::I64(_)));
        assert_eq!(set.iter().collect::<Vec<_>>(), [i64::MIN, -1, 5, 32767, 32768]);
        assert!(!set.contains(6) && !set.remove(6) && set.remove(5) && !set.contains(5));
        let mut narrow = Intset::default();
        narrow.insert(1);
        assert!(!narrow.contains(65537), "a value too wide is not cut short");
    }
}
