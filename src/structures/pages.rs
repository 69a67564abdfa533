//! A vector in pages: it grows without moving what is in it and without room for as much again.

/// The most items of a page.
const PAGE: usize = 512;

/// Items at positions below `len()`. All pages but the last are full.
#[derive(Debug, Clone)]
pub struct Pages<T> {
    pages: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Pages { pages: Vec::new(), len: 0 }
    }
}

impl<T> Pages<T> {
    #[inline]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub fn get(&self, position: usize) -> Option<&T> {
        self.pages.get(position / PAGE)?.get(position % PAGE)
    }

    #[inline]
    pub fn get_mut(&mut self, position: usize) -> Option<&mut T> {
        self.pages.get_mut(position / PAGE)?.get_mut(position % PAGE)
    }

    /// Appends an item.
    pub fn push(&mut self, item: T) {
        if self.len.is_multiple_of(PAGE) {
            self.pages.push(Vec::new());
        }
        let Some(page) = self.pages.last_mut() else { return };
        if page.len() == page.capacity() {
            // Few items double their room, many grow by a page.
            page.reserve_exact((self.len / 2).clamp(4, PAGE).min(PAGE - page.len()));
        }
        page.push(item);
        self.len += 1;
    }

    /// Removes the item at a position; the last one takes it.
    pub fn swap_remove(&mut self, position: usize) -> Option<T> {
        let page = self.pages.last_mut()?;
        let last = page.pop()?;
        self.len -= 1;
        if page.is_empty() {
            self.pages.pop();
        } else if page.capacity() > 64 && page.len() * 4 < page.capacity() {
            page.shrink_to(page.len() * 2);
        }
        if position == self.len {
            return Some(last);
        }
        self.get_mut(position).map(|place| std::mem::replace(place, last))
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.pages.iter().flatten()
    }

    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.pages.iter_mut().flatten()
    }

    /// Counts the bytes that stand empty for items to come.
    pub fn slack(&self) -> usize {
        self.pages.last().map_or(0, |page| (page.capacity() - page.len()) * size_of::<T>())
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let items: usize = self.pages.iter().map(Vec::capacity).sum();
        self.pages.capacity() * size_of::<Vec<T>>() + if size_of::<T>() == 0 { 0 } else { items * size_of::<T>() }
    }
}
