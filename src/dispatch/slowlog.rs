//! The calls that took long. See <https://redis.io/docs/latest/commands/slowlog-get/>.

use crate::structures::Bytes;
use std::collections::VecDeque;

/// One call that took long.
pub struct Entry {
    pub id: u64,
    /// When it ended, in seconds since 1970.
    pub at: i64,
    pub usec: u64,
    /// The words, cut short if they are many or long.
    pub argv: Vec<Bytes>,
    /// How many words there were.
    pub argc: usize,
    pub addr: Bytes,
    pub name: Bytes,
}

/// The latest of them.
#[derive(Default)]
pub struct Slowlog {
    entries: VecDeque<Entry>,
    next: u64,
}

impl Slowlog {
    /// Keeps a call under the next number, and no more than `most`.
    pub fn add(&mut self, entry: Entry, most: usize) {
        self.entries.push_front(Entry { id: self.next, ..entry });
        self.next += 1;
        self.entries.truncate(most);
    }

    /// Walks the calls, the latest first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.iter()
    }

    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// Copies the words of a call: of many only the first `most`, of a long one only the first `longest` bytes, and none of
/// those that `secret` names.
pub fn abridge(argv: &[&[u8]], secret: impl Fn(usize) -> bool, most: usize, longest: usize) -> Vec<Bytes> {
    let shown = if argv.len() > most { most.saturating_sub(1) } else { argv.len() };
    let mut words = Vec::with_capacity(argv.len().min(most));
    for (at, arg) in argv[..shown].iter().enumerate() {
        words.push(match arg.split_at_checked(longest) {
            _ if secret(at) => Bytes::new(b"(redacted)"),
            Some((head, tail)) if !tail.is_empty() => {
                Bytes::new(&[head, format!("... ({} more bytes)", tail.len()).as_bytes()].concat())
            }
            _ => Bytes::new(arg),
        });
    }
    if shown < argv.len() {
        words.push(Bytes::new(format!("... ({} more arguments)", argv.len() - shown).as_bytes()));
    }
    words
}
