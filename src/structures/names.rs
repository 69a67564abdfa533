//! Where the texts of names stand, by position.
//!
//! Texts of one length that were put one after another stand at equal distances, as items of an array do: of a page of
//! such positions only the first and the distance are kept, and finding a name takes one look at memory less. Other pages
//! list all their identifiers.

/// The positions of a page.
const PAGE: usize = 128;

/// Identifiers of texts at positions below `len()`. All pages but the last are full.
#[derive(Clone, Default)]
pub struct Names {
    pages: Vec<Page>,
    len: usize,
}

#[derive(Clone, Default)]
struct Page {
    /// The identifiers, or none if they are those at equal distances.
    listed: Vec<u32>,
    first: u32,
    step: u32,
}

impl Page {
    #[inline]
    fn get(&self, at: usize) -> u32 {
        match self.listed.get(at) {
            Some(&id) => id,
            None => self.first.wrapping_add(self.step.wrapping_mul(at as u32)),
        }
    }

    /// Lists the `count` identifiers of the page.
    fn list(&mut self, count: usize) -> &mut Vec<u32> {
        if self.listed.is_empty() {
            self.listed = (0..count).map(|at| self.get(at)).collect();
        }
        &mut self.listed
    }
}

impl Names {
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub fn get(&self, position: usize) -> Option<u32> {
        if position < self.len { Some(self.pages.get(position / PAGE)?.get(position % PAGE)) } else { None }
    }

    /// Appends an identifier.
    pub fn push(&mut self, id: u32) {
        let at = self.len % PAGE;
        self.len += 1;
        if at == 0 {
            self.pages.push(Page { first: id, ..Page::default() });
            return;
        }
        let Some(page) = self.pages.last_mut() else { return };
        if at == 1 && page.listed.is_empty() {
            page.step = id.wrapping_sub(page.first);
        }
        if page.listed.is_empty() && page.get(at) == id {
            return;
        }
        let listed = page.list(at);
        if listed.len() == listed.capacity() {
            // Few items double their room, many grow by a page.
            listed.reserve_exact((self.len / 2).clamp(4, PAGE).min(PAGE - at));
        }
        listed.push(id);
    }

    /// Puts another identifier at a position below `len()`.
    pub fn set(&mut self, position: usize, id: u32) {
        let count = self.len.saturating_sub(position - position % PAGE).min(PAGE);
        if let Some(page) = self.pages.get_mut(position / PAGE)
            && page.get(position % PAGE) != id
            && let Some(place) = page.list(count).get_mut(position % PAGE)
        {
            *place = id;
        }
    }

    /// Removes the identifier at a position; the last one takes it.
    pub fn swap_remove(&mut self, position: usize) -> Option<u32> {
        let removed = self.get(position)?;
        let last = self.get(self.len - 1)?;
        self.len -= 1;
        let (left, page) = (self.len % PAGE, self.pages.last_mut()?);
        if left == 0 {
            self.pages.pop();
        } else {
            page.listed.truncate(left);
            if page.listed.capacity() > 64 && left * 4 < page.listed.capacity() {
                page.listed.shrink_to(left * 2);
            }
        }
        if position < self.len {
            self.set(position, last);
        }
        Some(removed)
    }

    /// Counts the bytes that stand empty for names to come.
    pub fn slack(&self) -> usize {
        self.pages.last().map_or(0, |page| (page.listed.capacity() - page.listed.len()) * size_of::<u32>())
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let listed: usize = self.pages.iter().map(|page| page.listed.capacity()).sum();
        self.pages.capacity() * size_of::<Page>() + listed * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::structures::chance::random_below;

    /// Runs of equal and of other distances are appended, changed and removed; all that is left is as in a vector.
    #[test]
    fn agrees_with_a_vector() {
        let mut random = random_below::<usize>(5);
        let (mut names, mut model) = (Names::default(), Vec::new());
        for round in 0..2000 {
            let (mut id, step) = (random(1 << 20) as u32, random(30) as u32);
            for _ in 0..random(300) {
                names.push(id);
                model.push(id);
                id += if round % 3 == 0 { random(30) as u32 } else { step };
            }
            for _ in 0..random(if round % 400 < 200 { 100 } else { 500 }) {
                let position = random(model.len() + 1);
                if position == model.len() {
                    assert_eq!((names.get(position), names.swap_remove(position)), (None, None));
                } else if round % 5 == 0 {
                    (model[position], id) = (id, id + 1);
                    names.set(position, model[position]);
                } else {
                    assert_eq!(names.swap_remove(position), Some(model.swap_remove(position)));
                }
            }
            assert_eq!(names.len(), model.len());
            if round % 20 == 0 {
                assert!(model.iter().enumerate().all(|(at, id)| names.get(at) == Some(*id)));
            }
        }
    }
}
