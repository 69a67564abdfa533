//! One sort for everything that is sorted seldom: the standard library's makes 6 KB of wasm for each type.

use std::cmp::Ordering;

/// Sorts `items` by `compare`, equal ones staying in their order. O(n log n), with 4 bytes an item beside them.
pub fn sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut order: Vec<u32> = (0..items.len() as u32).collect();
    sort_positions(&mut order, &mut |left, right| compare(&items[left as usize], &items[right as usize]));
    for start in 0..items.len() {
        // Each item moves once, along the circle of positions that it belongs to.
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at as u32) as usize;
            if from == start || from == at {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts `items` by what `key` says of them, equal ones staying in their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |left, right| key(left).cmp(&key(right)));
}

/// Sorts positions by `compare`.
pub fn sort_positions(order: &mut [u32], compare: &mut dyn FnMut(u32, u32) -> Ordering) {
    order.sort_by(|&left, &right| compare(left, right));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut state = 7u64;
        for len in [0usize, 1, 2, 3, 10, 100, 1000] {
            let mut items: Vec<(u64, usize)> = Vec::new();
            for at in 0..len {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                items.push(((state >> 33) % 50, at));
            }
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            assert_eq!(items, expected);
        }
    }
}
