//! Where a command's keys stand among its arguments, in the terms of COMMAND INFO's key specifications.
//! See <https://redis.io/docs/latest/develop/reference/key-specs/>.

use crate::structures::number::leading_int;

/// The key specifications of one command.
#[derive(Clone, Copy)]
pub struct Keys(pub &'static [KeySpec]);

/// One run of keys.
#[derive(Clone, Copy)]
pub struct KeySpec {
    pub begin: Begin,
    pub find: Find,
    pub flags: KeyFlags,
}

/// Where a run of keys begins.
#[derive(Clone, Copy)]
pub enum Begin {
    /// At a word, the command's name being word 0.
    Index(usize),
    /// After a keyword, looked for from a word on; backwards from the end if negative.
    Keyword(&'static str, i32),
    /// At a word that only the command itself can find among the words of a call; clients are told `unknown`.
    Found(fn(&[&[u8]]) -> Option<usize>),
    /// In the content of other keys, which no call shows.
    Unknown,
}

/// How a run goes on from its beginning.
#[derive(Clone, Copy)]
pub enum Find {
    /// To `last`, counted from the beginning, or from the end if negative; `step` apart; with `limit` above 1 only the
    /// first part of what is left holds keys.
    Range {
        last: i32,
        step: usize,
        limit: usize,
    },
    /// A number of keys stands `at`, the first key `first`, both counted from the beginning.
    Numkeys {
        at: usize,
        first: usize,
        step: usize,
    },
    Unknown,
}

/// What is done to the keys of a run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyFlags(u16);

impl KeyFlags {
    pub const RO: KeyFlags = KeyFlags(1);
    pub const RW: KeyFlags = KeyFlags(1 << 1);
    pub const OW: KeyFlags = KeyFlags(1 << 2);
    pub const RM: KeyFlags = KeyFlags(1 << 3);
    pub const ACCESS: KeyFlags = KeyFlags(1 << 4);
    pub const UPDATE: KeyFlags = KeyFlags(1 << 5);
    pub const INSERT: KeyFlags = KeyFlags(1 << 6);
    pub const DELETE: KeyFlags = KeyFlags(1 << 7);
    pub const NOT_KEY: KeyFlags = KeyFlags(1 << 8);
    pub const INCOMPLETE: KeyFlags = KeyFlags(1 << 9);
    pub const VARIABLE: KeyFlags = KeyFlags(1 << 10);
    pub const RO_ACCESS: KeyFlags = KeyFlags::RO.and(KeyFlags::ACCESS);
    pub const RW_UPDATE: KeyFlags = KeyFlags::RW.and(KeyFlags::UPDATE);
    pub const RW_INSERT: KeyFlags = KeyFlags::RW.and(KeyFlags::INSERT);
    pub const RW_DELETE: KeyFlags = KeyFlags::RW.and(KeyFlags::DELETE);
    pub const RW_ACCESS_UPDATE: KeyFlags = KeyFlags::RW_UPDATE.and(KeyFlags::ACCESS);
    pub const RW_ACCESS_DELETE: KeyFlags = KeyFlags::RW_DELETE.and(KeyFlags::ACCESS);
    pub const OW_UPDATE: KeyFlags = KeyFlags::OW.and(KeyFlags::UPDATE);
    pub const OW_INSERT: KeyFlags = KeyFlags::OW.and(KeyFlags::INSERT);
    pub const RM_DELETE: KeyFlags = KeyFlags::RM.and(KeyFlags::DELETE);

    const NAMES: &'static [(KeyFlags, &'static str)] = &[
        (KeyFlags::RO, "RO"),
        (KeyFlags::RW, "RW"),
        (KeyFlags::OW, "OW"),
        (KeyFlags::RM, "RM"),
        (KeyFlags::ACCESS, "access"),
        (KeyFlags::UPDATE, "update"),
        (KeyFlags::INSERT, "insert"),
        (KeyFlags::DELETE, "delete"),
        (KeyFlags::NOT_KEY, "not_key"),
        (KeyFlags::INCOMPLETE, "incomplete"),
        (KeyFlags::VARIABLE, "variable_flags"),
    ];

    /// Joins two sets.
    pub const fn and(self, other: KeyFlags) -> KeyFlags {
        KeyFlags(self.0 | other.0)
    }

    pub const fn contains(self, other: KeyFlags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Names the flags as COMMAND INFO does.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        KeyFlags::NAMES.iter().filter(move |(flag, _)| self.contains(*flag)).map(|(_, name)| *name)
    }
}

/// One specification of keys from word `begin` to `last`, as most commands have.
pub const fn range(begin: usize, last: i32, step: usize, flags: KeyFlags) -> KeySpec {
    KeySpec { begin: Begin::Index(begin), find: Find::Range { last, step, limit: 0 }, flags }
}

/// One specification of counted keys: the number stands at word `at`, the keys follow it.
pub const fn counted(at: usize, flags: KeyFlags) -> KeySpec {
    KeySpec { begin: Begin::Index(at), find: Find::Numkeys { at: 0, first: 1, step: 1 }, flags }
}

impl Keys {
    pub const NONE: Keys = Keys(&[]);
    /// One key, read.
    pub const READ: Keys = Keys(&[range(1, 0, 1, KeyFlags::RO_ACCESS)]);
    /// One key of which only the metadata is read: EXISTS, TYPE, STRLEN, HLEN.
    pub const META: Keys = Keys(&[range(1, 0, 1, KeyFlags::RO)]);
    /// One key, updated from what it held.
    pub const UPDATE: Keys = Keys(&[range(1, 0, 1, KeyFlags::RW_UPDATE)]);
    /// One key, updated and its old content answered.
    pub const ACCESS_UPDATE: Keys = Keys(&[range(1, 0, 1, KeyFlags::RW_ACCESS_UPDATE)]);
    /// One key that gets more elements.
    pub const INSERT: Keys = Keys(&[range(1, 0, 1, KeyFlags::RW_INSERT)]);
    /// One key that loses elements.
    pub const DELETE: Keys = Keys(&[range(1, 0, 1, KeyFlags::RW_DELETE)]);
    /// One key that loses elements, which are answered.
    pub const ACCESS_DELETE: Keys = Keys(&[range(1, 0, 1, KeyFlags::RW_ACCESS_DELETE)]);
    /// One key, overwritten.
    pub const OVERWRITE: Keys = Keys(&[range(1, 0, 1, KeyFlags::OW_UPDATE)]);

    /// Answers the first key, the last and the step between them, as clients older than key specifications ask for
    /// them: those of the runs that begin at a known word and follow one another, or zeros.
    pub fn first_last_step(self) -> (i64, i64, i64) {
        let mut whole = (0, 0, 0);
        for spec in self.0 {
            let KeySpec { begin: Begin::Index(first), find: Find::Range { last, step, .. }, .. } = *spec else {
                continue;
            };
            let (first, step) = (first as i64, step as i64);
            let last = if last >= 0 { first + i64::from(last) } else { i64::from(last) };
            if whole == (0, 0, 0) {
                whole = (first, last, step);
            } else if whole.1 == first - 1 && step == 1 {
                whole.1 = last;
            }
        }
        whole
    }

    /// Answers the words at which keys stand, and what is done to each. `None` where the terms cannot say, or the
    /// call is malformed.
    pub fn positions(self, argv: &[&[u8]]) -> Option<Vec<(usize, KeyFlags)>> {
        let mut found = Vec::new();
        for spec in self.in_force(argv) {
            found.extend(spec.positions(argv)?);
        }
        Some(found)
    }

    /// Walks the specifications that hold for a call: of several that follow keywords (STORE and STOREDIST) only the one
    /// whose keyword stands last.
    fn in_force(self, argv: &[&[u8]]) -> impl Iterator<Item = &'static KeySpec> {
        let keyword_of = |spec: &KeySpec| match spec.begin {
            Begin::Keyword(word, from) => Some((word, from)),
            _ => None,
        };
        let several = self.0.len() > 2 && self.0.iter().filter_map(keyword_of).count() > 1;
        let place = move |spec: &KeySpec| keyword_of(spec).and_then(|(word, from)| keyword(argv, word, from));
        // A keyword that nothing follows is none.
        let place = move |spec: &KeySpec| place(spec).filter(|&at| at + 1 < argv.len());
        let last = if several { self.0.iter().filter_map(place).max() } else { None };
        let holds = move |spec: &KeySpec| place(spec).is_some_and(|at| Some(at) == last);
        self.0.iter().filter(move |spec| !several || keyword_of(spec).is_none() || holds(spec))
    }

    /// Answers the same for a call of `name`, as far as it can be told: what the terms cannot say is left out.
    pub fn of_call(self, name: &str, argv: &[&[u8]]) -> Vec<(usize, KeyFlags)> {
        let found = self.in_force(argv).filter_map(|spec| spec.positions(argv)).flatten();
        found.map(|(at, flags)| (at, settle(name, argv, flags))).collect()
    }
}

/// Says what a call of `name` does to a key, where that depends on its options too.
pub fn settle(name: &str, argv: &[&[u8]], flags: KeyFlags) -> KeyFlags {
    let flags = KeyFlags(flags.0 & !KeyFlags::INCOMPLETE.0);
    if !flags.contains(KeyFlags::VARIABLE) {
        return flags;
    }
    let has = |option: &str| argv.iter().skip(2).any(|word| word.eq_ignore_ascii_case(option.as_bytes()));
    match name {
        "SET" if has("GET") => KeyFlags::RW_ACCESS_UPDATE,
        "SET" if ["IFEQ", "IFNE", "IFDEQ", "IFDNE"].into_iter().any(has) => KeyFlags::RW_UPDATE,
        "SET" => KeyFlags::OW_UPDATE,
        "DELEX" if argv.len() == 2 => KeyFlags::RM_DELETE,
        "DELEX" => KeyFlags::RW_DELETE,
        "BITFIELD" if argv.get(2..).unwrap_or_default().chunks(3).all(is_get) => KeyFlags::RO_ACCESS,
        "BITFIELD" => KeyFlags::RW_ACCESS_UPDATE,
        _ => flags,
    }
}

/// Tells whether the words are a whole GET of BITFIELD.
fn is_get(words: &[&[u8]]) -> bool {
    matches!(words, [name, _, _] if name.eq_ignore_ascii_case(b"GET"))
}

impl KeySpec {
    /// Answers the words at which the keys of this run stand; `None` where the terms cannot say.
    fn positions(&self, argv: &[&[u8]]) -> Option<Vec<(usize, KeyFlags)>> {
        let begin = match self.begin {
            Begin::Index(at) => at,
            Begin::Keyword(word, from) => match keyword(argv, word, from) {
                Some(at) => at + 1,
                None => return Some(Vec::new()),
            },
            Begin::Found(find) => match find(argv) {
                Some(at) => at,
                None => return Some(Vec::new()),
            },
            Begin::Unknown => return Some(Vec::new()),
        };
        let (first, count, step) = match self.find {
            Find::Range { last, step, limit } => {
                let last = if last >= 0 {
                    begin + last as usize
                } else if limit > 1 {
                    let left = argv.len().checked_sub(begin).filter(|left| left % limit == 0)?;
                    begin + left / limit - 1
                } else {
                    argv.len().checked_sub(last.unsigned_abs() as usize)?
                };
                (begin, (last + 1).saturating_sub(begin).div_ceil(step), step)
            }
            Find::Numkeys { at, first, step } => {
                let count = usize::try_from(leading_int(argv.get(begin + at)?)).ok().filter(|&count| count > 0)?;
                (begin + first, count, step)
            }
            Find::Unknown => return None,
        };
        if count > argv.len() || (count > 0 && first + (count - 1) * step >= argv.len()) {
            return None;
        }
        if self.flags.contains(KeyFlags::NOT_KEY) {
            return Some(Vec::new());
        }
        Some((0..count).map(|n| (first + n * step, self.flags)).collect())
    }
}

fn keyword(argv: &[&[u8]], word: &str, from: i32) -> Option<usize> {
    let hit = |at: &usize| argv[*at].eq_ignore_ascii_case(word.as_bytes());
    if from >= 0 {
        (from as usize..argv.len()).find(hit)
    } else {
        (1..argv.len().checked_sub(from.unsigned_abs() as usize - 1)?).rev().find(hit)
    }
}
