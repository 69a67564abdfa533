//! The members of a large zset with their scores, found by name.

use super::dict::Dict;
use super::ordered::Scores;

/// Names with scores, each at a position below `len()`.
#[derive(Clone, Default)]
pub struct Members {
    /// A score's bytes, so that it need not be aligned to 8.
    scores: Dict<[u8; 8]>,
}

impl Members {
    #[inline]
    pub fn len(&self) -> usize {
        self.scores.len()
    }

    /// Finds the position of a member, good until the next removal.
    #[inline]
    pub fn find(&self, name: &[u8]) -> Option<u32> {
        self.scores.find(name).map(|at| at as u32)
    }

    /// Shows the name at a position; the empty one where there is none.
    #[inline]
    pub fn name(&self, position: u32) -> &[u8] {
        self.scores.key(position as usize)
    }

    /// Adds a member that is not there and answers its position.
    pub fn push(&mut self, name: &[u8], score: f64) -> u32 {
        self.scores.insert(name, score.to_le_bytes());
        self.len() as u32 - 1
    }

    /// Sets the score at a position.
    pub fn set_score(&mut self, position: u32, score: f64) {
        if let Some(place) = self.scores.at_mut(position as usize) {
            *place = score.to_le_bytes();
        }
    }

    /// Removes the member at a position below `len()`. The last one takes its position.
    pub fn remove(&mut self, position: u32) {
        self.scores.drop_at(position as usize);
    }

    /// Walks the members by position.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], f64)> {
        self.scores.iter().map(|(name, score)| (name, f64::from_le_bytes(*score)))
    }

    /// Visits up to `count` members from `cursor` on as [`Dict::scan`] does, with its guarantee.
    pub fn scan(&self, cursor: u64, count: usize, mut visit: impl FnMut(&[u8], f64)) -> u64 {
        self.scores.scan(cursor, count, |name, score| visit(name, f64::from_le_bytes(*score)))
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        self.scores.heap_size()
    }
}

impl Scores for Members {
    #[inline]
    fn score(&self, position: u32) -> f64 {
        self.scores.value(position as usize).map_or(0.0, |score| f64::from_le_bytes(*score))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;
    use std::collections::HashMap;

    /// Members come and go in waves, which closes gaps and gives memory back; those that are there are always found.
    #[test]
    fn agrees_with_a_map() {
        let mut random = random_below(11);
        let (mut members, mut model) = (Members::default(), HashMap::new());
        for step in 0..60_000usize {
            let number = random(4000);
            let name = format!("{number}{}", "x".repeat(number % 300)).into_bytes();
            let growing = (step / 10_000).is_multiple_of(2);
            match members.find(&name) {
                None if growing => {
                    members.push(&name, step as f64);
                    model.insert(name, step as f64);
                }
                Some(at) if random(4) > 0 && !growing => {
                    members.remove(at);
                    model.remove(&name);
                }
                Some(at) => {
                    members.set_score(at, -1.0);
                    model.insert(name, -1.0);
                }
                None => {}
            }
            if step % 1000 == 999 {
                assert_eq!(members.len(), model.len());
                assert!(members.iter().all(|(name, score)| model.get(name) == Some(&score)));
                for (name, &score) in &model {
                    let at = members.find(name).unwrap();
                    assert_eq!((members.name(at), members.score(at)), (&name[..], score));
                }
            }
        }
    }
}
