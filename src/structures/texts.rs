//! Byte strings one after another in pages, so that a short one costs neither an allocation nor a pointer of its own.
//!
//! What was removed leaves a gap. A page of which three quarters are gaps is to be cleared: whoever owns the texts moves those that
//! are left ([`Texts::open`], [`Texts::put`]), so that no more than a page is ever moved at once.

/// The most bytes of a page, and the bits of a place in it.
const BITS: u32 = 15;
const PAGE: usize = 1 << BITS;
/// The longest text in a page; longer ones are allocated one by one.
const SHORT: usize = 1000;
/// The bit of an identifier that says that the text stands alone.
const ALONE: u32 = 1 << 31;
/// How many pages identifiers can name.
const PAGES: usize = (ALONE >> BITS) as usize;

/// Byte strings by identifiers.
#[derive(Clone, Default)]
pub struct Texts {
    pages: Vec<Page>,
    /// The page that texts are put into.
    current: usize,
    /// Pages without bytes, and the identifiers of long texts that are gone.
    empty: Vec<usize>,
    long: Vec<Box<[u8]>>,
    gone: Vec<u32>,
    /// The bytes of all pages, and those of them that texts take.
    room: usize,
    taken: usize,
}

/// Each text as its length (7 bits a byte, the high bit set on all but the last) and its bytes.
#[derive(Clone, Default)]
struct Page {
    bytes: Vec<u8>,
    gaps: usize,
}

impl Texts {
    /// Shows a text.
    #[inline]
    pub fn get(&self, id: u32) -> &[u8] {
        if id & ALONE != 0 {
            return self.long.get((id & !ALONE) as usize).map_or(b"", |text| text);
        }
        let Some(page) = self.pages.get((id >> BITS) as usize) else { return b"" };
        let (start, end) = span(&page.bytes, id as usize % PAGE);
        page.bytes.get(start..end).unwrap_or_default()
    }

    /// Opens a text for changes that keep its length.
    pub fn get_mut(&mut self, id: u32) -> &mut [u8] {
        if id & ALONE != 0 {
            return self.long.get_mut((id & !ALONE) as usize).map_or(&mut [], |text| text);
        }
        let Some(page) = self.pages.get_mut((id >> BITS) as usize) else { return &mut [] };
        let (start, end) = span(&page.bytes, id as usize % PAGE);
        page.bytes.get_mut(start..end).unwrap_or_default()
    }

    /// Adds the text that `parts` make and answers its identifier.
    pub fn put(&mut self, parts: [&[u8]; 3]) -> u32 {
        let len: usize = parts.iter().map(|part| part.len()).sum();
        let size = len + 1 + usize::from(len > 0x7f);
        if len > SHORT || !self.make_room(size) {
            return self.put_alone(parts.concat().into());
        }
        self.taken += size;
        let page = &mut self.pages[self.current].bytes;
        let id = (self.current << BITS | page.len()) as u32;
        if len > 0x7f {
            page.push(len as u8 | 0x80);
        }
        page.push((if len > 0x7f { len >> 7 } else { len }) as u8);
        for part in parts {
            page.extend_from_slice(part);
        }
        id
    }

    /// Takes a page with room for `size` bytes; false if there are too many pages.
    #[inline]
    fn make_room(&mut self, size: usize) -> bool {
        let used = self.pages.get(self.current).map_or(PAGE, |page| page.bytes.len());
        if used + size > PAGE {
            match self.empty.pop() {
                Some(page) => self.current = page,
                None if self.pages.len() >= PAGES => return false,
                None => {
                    self.current = self.pages.len();
                    self.pages.reserve_exact(1 + self.pages.len() / 8);
                    self.pages.push(Page::default());
                }
            }
        }
        let many = self.pages.len();
        let page = &mut self.pages[self.current].bytes;
        if page.capacity() - page.len() < size {
            // Few texts double their room, many grow by a page.
            let more = if many > 4 { PAGE } else { page.len().max(64) };
            self.room -= page.capacity();
            page.reserve_exact(more.max(size).min(PAGE - page.len()));
            self.room += page.capacity();
        }
        true
    }

    fn put_alone(&mut self, text: Box<[u8]>) -> u32 {
        match self.gone.pop() {
            Some(id) => {
                self.long[(id & !ALONE) as usize] = text;
                id
            }
            None => {
                self.long.push(text);
                (self.long.len() - 1) as u32 | ALONE
            }
        }
    }

    /// Removes a text. Answers the page that is to be cleared for it, if one is.
    pub fn remove(&mut self, id: u32) -> Option<usize> {
        if id & ALONE != 0 {
            self.long[(id & !ALONE) as usize] = Box::default();
            self.gone.push(id);
            return None;
        }
        let at = (id >> BITS) as usize;
        let page = self.pages.get_mut(at)?;
        let from = id as usize % PAGE;
        let size = span(&page.bytes, from).1 - from;
        page.gaps += size;
        self.taken -= size;
        if page.gaps == page.bytes.len() {
            self.room -= page.bytes.capacity();
            *page = Page::default();
            if at != self.current {
                self.empty.push(at);
            }
            return None;
        }
        (page.gaps * 4 > page.bytes.len() * 3 && page.bytes.len() > PAGE / 32).then_some(at)
    }

    /// Takes a page out, for its texts to be put anew. [`Opened::next`] walks them, and `close` ends it.
    pub fn open(&mut self, page: usize) -> Opened {
        let Page { bytes, gaps } = std::mem::take(&mut self.pages[page]);
        self.room -= bytes.capacity();
        self.taken -= bytes.len() - gaps;
        if page == self.current {
            // Nothing is put where the old identifiers still count.
            self.current = usize::MAX;
        }
        Opened { page, bytes, at: 0 }
    }

    pub fn close(&mut self, opened: Opened) {
        self.empty.push(opened.page);
    }

    /// Counts the bytes of pages that no text takes.
    pub fn slack(&self) -> usize {
        self.room - self.taken
    }

    /// Counts the bytes allocated.
    pub fn heap_size(&self) -> usize {
        let long: usize = self.long.iter().map(|text| size_of::<Box<[u8]>>() + text.len()).sum();
        self.pages.capacity() * size_of::<Page>() + self.room + long
    }
}

/// A page that is being cleared.
pub struct Opened {
    page: usize,
    bytes: Vec<u8>,
    at: usize,
}

impl Opened {
    /// Counts the bytes of the page.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Shows the text with an identifier, if it stood on the page.
    #[inline]
    pub fn get(&self, id: u32) -> Option<&[u8]> {
        if (id >> BITS) as usize != self.page {
            return None;
        }
        let (start, end) = span(&self.bytes, id as usize % PAGE);
        self.bytes.get(start..end)
    }

    /// Answers the next text and the identifier that it had, whether or not it was removed.
    pub fn next(&mut self) -> Option<(u32, &[u8])> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let id = (self.page << BITS | self.at) as u32;
        let (start, end) = span(&self.bytes, self.at);
        self.at = end;
        Some((id, &self.bytes[start..end]))
    }
}

/// Finds where the bytes of the text that begins at `from` stand.
#[inline]
fn span(page: &[u8], from: usize) -> (usize, usize) {
    match (page.get(from), page.get(from + 1)) {
        (Some(&len), _) if len < 0x80 => (from + 1, from + 1 + usize::from(len)),
        (Some(&low), Some(&high)) => (from + 2, from + 2 + (usize::from(low & 0x7f) | usize::from(high) << 7)),
        _ => (0, 0),
    }
}
