//! Lua patterns: the matcher behind `find`, `match`, `gmatch` and `gsub`.
//!
//! The alternatives that are still open stand on a list of choices, not on Rust's stack: no pattern is too deep. A
//! choice is made at one place of the pattern, and a path through the pattern only goes forward, so there are never
//! more choices than the pattern has bytes. Time may grow exponentially with them; it is paid in fuel.
//!
//! A deviation: the reference implementation recurses for each choice and crashes where we say "pattern too complex".

use crate::lua::{Lua, LuaError, Str, Value};

/// A pattern has at most so many captures.
pub const MAX_CAPTURES: usize = 32;
/// Alternatives that may be open at once.
const MAX_CHOICES: usize = 200_000;
/// Steps of the matcher for one unit of fuel.
const STEPS_PER_FUEL: usize = 4;
/// Steps between two payments.
const PAY_EVERY: usize = 4096;

const ESCAPE: u8 = b'%';
/// So many choices have room in the memory that is kept.
const MAX_KEPT: usize = 1024;

/// Why matching ended without an answer.
pub enum Failure {
    /// The pattern is wrong; the message wants a position.
    Malformed(&'static str),
    Ended(LuaError),
}

impl Failure {
    /// Makes it an error of the running native.
    pub fn raise(self, lua: &mut Lua) -> LuaError {
        match self {
            Failure::Malformed(message) => lua.error(message),
            Failure::Ended(error) => error,
        }
    }
}

type Outcome<T> = Result<T, Failure>;

#[derive(Clone, Copy, PartialEq)]
enum Extent {
    /// The capture's end has not been reached.
    Open,
    /// `()`: the position alone.
    Position,
    Length(usize),
}

/// What the last match captured. The machine keeps one for its memory.
#[derive(Default)]
pub struct Captures {
    list: Vec<(usize, Extent)>,
    choices: Vec<Choice>,
    /// Where the match begins and ends.
    pub start: usize,
    pub end: usize,
}

/// What a script sees of a capture.
pub enum Captured {
    Position(usize),
    Slice(usize, usize),
}

impl Captures {
    /// Takes the machine's own; one that matches meanwhile makes new ones.
    pub fn take(lua: &mut Lua) -> Captures {
        std::mem::take(&mut lua.captures)
    }

    /// Gives them back to the machine.
    pub fn give_back(self, lua: &mut Lua) {
        lua.captures = self;
    }

    /// The number of captures in the pattern.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// Gives a capture, the first being 0; the whole match stands for the first if the pattern has none.
    pub fn get(&self, index: usize) -> Outcome<Captured> {
        match self.list.get(index).copied() {
            None if index == 0 => Ok(Captured::Slice(self.start, self.end)),
            None => Err(Failure::Malformed("invalid capture index")),
            Some((_, Extent::Open)) => Err(Failure::Malformed("unfinished capture")),
            Some((start, Extent::Position)) => Ok(Captured::Position(start + 1)),
            Some((start, Extent::Length(length))) => Ok(Captured::Slice(start, start + length)),
        }
    }

    /// Makes a value of a capture of the string.
    pub fn value(&self, lua: &mut Lua, source: Str, index: usize) -> Result<Value, LuaError> {
        match self.get(index).map_err(|failure| failure.raise(lua))? {
            Captured::Position(position) => Ok((position as f64).into()),
            Captured::Slice(start, end) => lua.substring(source, start, end),
        }
    }
}

/// An alternative to come back to, or something to undo on the way back.
enum Choice {
    /// One repetition less: the repeated item began at `from` and now ends at `from + count`.
    Fewer { from: usize, count: usize, then: usize },
    /// One repetition more of the item from `item` to `end`.
    More { at: usize, item: usize, end: usize },
    /// Without the optional item.
    Without { at: usize, then: usize },
    /// Forget the newest capture.
    Reopen,
    /// Open a capture again.
    Unclose(usize),
}

/// A string and a pattern, and what is known while one is matched against the other.
pub struct Matcher<'a> {
    lua: &'a Lua,
    source: &'a [u8],
    /// The pattern up to its first zero byte, which ends it.
    pattern: &'a [u8],
    steps: usize,
}

impl<'a> Matcher<'a> {
    /// Readies a pattern, its anchor already taken off.
    pub fn new(lua: &'a Lua, source: &'a [u8], pattern: &'a [u8]) -> Matcher<'a> {
        let end = pattern.iter().position(|&byte| byte == 0).unwrap_or(pattern.len());
        Matcher { lua, source, pattern: &pattern[..end], steps: 0 }
    }

    /// Finds the first match that begins at `from` or, without an anchor, behind it.
    pub fn find(&mut self, from: usize, is_anchored: bool, captures: &mut Captures) -> Outcome<bool> {
        let mut start = from;
        let mut found = false;
        let first = if is_anchored { None } else { self.first() };
        while start <= self.source.len() {
            if let Some(first) = first {
                let skipped = self.source[start..].iter().take_while(|&&byte| !first.matches(byte)).count();
                self.step(skipped)?;
                start += skipped;
                if start == self.source.len() {
                    break;
                }
            }
            captures.list.clear();
            captures.choices.clear();
            if let Some(end) = self.run(start, captures)? {
                (captures.start, captures.end, found) = (start, end, true);
                break;
            }
            if is_anchored {
                break;
            }
            start += 1;
        }
        if captures.choices.capacity() > MAX_KEPT {
            captures.choices = Vec::new();
        }
        self.pay()?;
        Ok(found)
    }

    /// Gives what every match begins with, if the pattern says so at once.
    fn first(&self) -> Option<One<'a>> {
        let mut p = 0;
        while self.at(p)? == b'(' && self.at(p + 1) != Some(b')') {
            p += 1;
        }
        let is_plain = match self.at(p)? {
            b'(' | b')' => false,
            b'$' => p + 1 < self.pattern.len(),
            ESCAPE => !matches!(self.at(p + 1)?, b'b' | b'f' | b'0'..=b'9'),
            _ => true,
        };
        if !is_plain || p > MAX_CAPTURES {
            return None;
        }
        let end = self.item_end(p).ok()?;
        if matches!(self.at(end), Some(b'?' | b'*' | b'-')) { None } else { Some(self.one(p, end)) }
    }

    fn step(&mut self, count: usize) -> Outcome<()> {
        self.steps += count;
        if self.steps >= PAY_EVERY { self.pay() } else { Ok(()) }
    }

    fn pay(&mut self) -> Outcome<()> {
        let steps = std::mem::take(&mut self.steps);
        self.lua.spend(steps / STEPS_PER_FUEL).map_err(Failure::Ended)
    }

    fn at(&self, place: usize) -> Option<u8> {
        self.pattern.get(place).copied()
    }

    /// Matches the pattern from `at` on; returns where the match ends.
    fn run(&mut self, at: usize, captures: &mut Captures) -> Outcome<Option<usize>> {
        let (mut s, mut p) = (at, 0);
        loop {
            self.step(1)?;
            let advanced = match self.at(p) {
                None => return Ok(Some(s)),
                Some(b'(') => {
                    let is_position = self.at(p + 1) == Some(b')');
                    let extent = if is_position { Extent::Position } else { Extent::Open };
                    if captures.list.len() == MAX_CAPTURES {
                        return Err(Failure::Malformed("too many captures"));
                    }
                    captures.list.push((s, extent));
                    captures.choices.push(Choice::Reopen);
                    Some((s, p + 1 + usize::from(is_position)))
                }
                Some(b')') => {
                    let open = captures.list.iter().rposition(|&(_, extent)| extent == Extent::Open);
                    let index = open.ok_or(Failure::Malformed("invalid pattern capture"))?;
                    captures.list[index].1 = Extent::Length(s - captures.list[index].0);
                    captures.choices.push(Choice::Unclose(index));
                    Some((s, p + 1))
                }
                Some(b'$') if p + 1 == self.pattern.len() => {
                    if s == self.source.len() {
                        return Ok(Some(s));
                    } else {
                        None
                    }
                }
                Some(ESCAPE) => match self.at(p + 1) {
                    Some(b'b') => self.balance(s, p + 2)?.map(|end| (end, p + 4)),
                    Some(b'f') => self.frontier(s, p + 2)?.map(|then| (s, then)),
                    Some(digit) if digit.is_ascii_digit() => {
                        self.repeat_capture(s, digit, captures)?.map(|end| (end, p + 2))
                    }
                    _ => self.item(s, p, captures)?,
                },
                Some(_) => self.item(s, p, captures)?,
            };
            match advanced {
                Some(next) => (s, p) = next,
                None => match self.backtrack(captures)? {
                    Some(next) => (s, p) = next,
                    None => return Ok(None),
                },
            }
        }
    }

    /// Takes back what was done since the newest alternative, and takes that.
    fn backtrack(&mut self, captures: &mut Captures) -> Outcome<Option<(usize, usize)>> {
        while let Some(choice) = captures.choices.pop() {
            match choice {
                Choice::Reopen => drop(captures.list.pop()),
                Choice::Unclose(index) => captures.list[index].1 = Extent::Open,
                Choice::Without { at, then } => return Ok(Some((at, then))),
                Choice::Fewer { from, count, then } => {
                    let count = count - 1;
                    if count > 0 {
                        captures.choices.push(Choice::Fewer { from, count, then });
                    }
                    return Ok(Some((from + count, then)));
                }
                Choice::More { at, item, end } => {
                    if self.matches_one(at, self.one(item, end)) {
                        captures.choices.push(Choice::More { at: at + 1, item, end });
                        return Ok(Some((at + 1, end + 1)));
                    }
                }
            }
        }
        Ok(None)
    }

    /// Matches a single character with what says how often it may come.
    fn item(&mut self, s: usize, p: usize, captures: &mut Captures) -> Outcome<Option<(usize, usize)>> {
        let end = self.item_end(p)?;
        let one = self.one(p, end);
        let choices = &mut captures.choices;
        if choices.len() >= MAX_CHOICES {
            return Err(Failure::Malformed("pattern too complex"));
        }
        let (from, least) = match self.at(end) {
            Some(b'?') => {
                return Ok(Some(if self.matches_one(s, one) {
                    choices.push(Choice::Without { at: s, then: end + 1 });
                    (s + 1, end + 1)
                } else {
                    (s, end + 1)
                }));
            }
            Some(b'-') => {
                choices.push(Choice::More { at: s, item: p, end });
                return Ok(Some((s, end + 1)));
            }
            Some(b'+') => (s + 1, 1),
            Some(b'*') => (s, 0),
            _ => return Ok(self.matches_one(s, one).then_some((s + 1, end))),
        };
        if least == 1 && !self.matches_one(s, one) {
            return Ok(None);
        }
        let count = self.count_matches(from, one);
        self.step(count)?;
        if count > 0 {
            choices.push(Choice::Fewer { from, count, then: end + 1 });
        }
        Ok(Some((from + count, end + 1)))
    }

    /// Finds the end of the single character that begins at `p`.
    fn item_end(&self, p: usize) -> Outcome<usize> {
        match self.pattern[p] {
            ESCAPE if p + 1 >= self.pattern.len() => Err(Failure::Malformed("malformed pattern (ends with '%')")),
            ESCAPE => Ok(p + 2),
            b'[' => {
                let mut at = p + 1;
                if self.at(at) == Some(b'^') {
                    at += 1;
                }
                // The first character of a set belongs to it, even `]`.
                loop {
                    let Some(byte) = self.at(at) else {
                        return Err(Failure::Malformed("malformed pattern (missing ']')"));
                    };
                    at += 1;
                    if byte == ESCAPE && at < self.pattern.len() {
                        at += 1;
                    }
                    if self.at(at) == Some(b']') {
                        return Ok(at + 1);
                    }
                }
            }
            _ => Ok(p + 1),
        }
    }

    /// Reads the single character that stands from `p` to `end`.
    fn one(&self, p: usize, end: usize) -> One<'a> {
        match self.pattern[p] {
            b'.' => One::Any,
            ESCAPE => One::of_class(self.pattern[p + 1]),
            b'[' => One::Set(&self.pattern[p + 1..end - 1]),
            other => One::Byte(other),
        }
    }

    #[inline(always)]
    fn matches_one(&self, s: usize, one: One) -> bool {
        self.source.get(s).is_some_and(|&byte| one.matches(byte))
    }

    fn count_matches(&self, s: usize, one: One) -> usize {
        let rest = self.source.get(s..).unwrap_or_default();
        let end = match one {
            One::Any => None,
            One::Class(class, listed) => rest.iter().position(|&byte| is_in(byte, class) != listed),
            other => rest.iter().position(|&byte| !other.matches(byte)),
        };
        end.unwrap_or(rest.len())
    }

    /// `%bxy`: from x to the y that closes it. Returns where that ends.
    fn balance(&mut self, s: usize, p: usize) -> Outcome<Option<usize>> {
        let (Some(open), Some(close)) = (self.at(p), self.at(p + 1)) else {
            return Err(Failure::Malformed("unbalanced pattern"));
        };
        if self.source.get(s) != Some(&open) {
            return Ok(None);
        }
        let mut depth = 1u32;
        for (offset, &byte) in self.source[s + 1..].iter().enumerate() {
            if byte == close {
                depth -= 1;
                if depth == 0 {
                    self.step(offset)?;
                    return Ok(Some(s + 2 + offset));
                }
            } else if byte == open {
                depth += 1;
            }
        }
        self.step(self.source.len() - s)?;
        Ok(None)
    }

    /// `%f[set]`: a place where the set begins to hold. Returns what follows in the pattern.
    fn frontier(&self, s: usize, p: usize) -> Outcome<Option<usize>> {
        if self.at(p) != Some(b'[') {
            return Err(Failure::Malformed("missing '[' after '%f' in pattern"));
        }
        let end = self.item_end(p)?;
        let set = &self.pattern[p + 1..end - 1];
        let before = if s == 0 { 0 } else { self.source[s - 1] };
        let after = self.source.get(s).copied().unwrap_or(0);
        Ok((!is_in_set(before, set) && is_in_set(after, set)).then_some(end))
    }

    /// `%1`: what that capture holds, once more.
    fn repeat_capture(&mut self, s: usize, digit: u8, captures: &Captures) -> Outcome<Option<usize>> {
        let index = usize::from(digit.wrapping_sub(b'1'));
        let (start, extent) = captures
            .list
            .get(index)
            .copied()
            .filter(|&(_, extent)| extent != Extent::Open)
            .ok_or(Failure::Malformed("invalid capture index"))?;
        let Extent::Length(length) = extent else { return Ok(None) };
        self.step(length)?;
        let held = &self.source[start..start + length];
        Ok(self.source[s..].starts_with(held).then_some(s + length))
    }
}

/// What matches a single character.
#[derive(Clone, Copy)]
enum One<'a> {
    Any,
    Byte(u8),
    /// The bytes of a class, by its bit; all others if not listed.
    Class(u16, bool),
    /// What stands between brackets.
    Set(&'a [u8]),
}

impl One<'_> {
    /// Reads what follows `%`: a letter that names a class, or a character that stands for itself.
    fn of_class(letter: u8) -> One<'static> {
        match CLASSES.iter().position(|&name| name == letter.to_ascii_lowercase()) {
            Some(class) => One::Class(1 << class, letter.is_ascii_lowercase()),
            None => One::Byte(letter),
        }
    }

    #[inline(always)]
    fn matches(self, byte: u8) -> bool {
        match self {
            One::Any => true,
            One::Byte(wanted) => wanted == byte,
            One::Class(class, listed) => is_in(byte, class) == listed,
            One::Set(set) => is_in_set(byte, set),
        }
    }
}

/// The letters that name classes.
const CLASSES: [u8; 10] = *b"acdlpsuwxz";

/// The classes that each byte belongs to, a bit each.
const BELONGS: [u16; 256] = {
    let mut belongs = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let classes = [
            byte.is_ascii_alphabetic(),
            byte.is_ascii_control(),
            byte.is_ascii_digit(),
            byte.is_ascii_lowercase(),
            byte.is_ascii_punctuation(),
            matches!(byte, b' ' | b'\t'..=b'\r'),
            byte.is_ascii_uppercase(),
            byte.is_ascii_alphanumeric(),
            byte.is_ascii_hexdigit(),
            byte == 0,
        ];
        let mut class = 0;
        while class < classes.len() {
            belongs[at] |= (classes[class] as u16) << class;
            class += 1;
        }
        at += 1;
    }
    belongs
};

/// Tells whether a byte belongs to a class, given by its bit.
#[inline(always)]
fn is_in(byte: u8, class: u16) -> bool {
    BELONGS[byte as usize] & class != 0
}

/// Tells whether a byte belongs to a set, given as what stands between its brackets.
fn is_in_set(byte: u8, set: &[u8]) -> bool {
    let (set, listed) = match set.split_first() {
        Some((b'^', rest)) => (rest, false),
        _ => (set, true),
    };
    let mut at = 0;
    while at < set.len() {
        let (belongs, length) = match (set[at], set.get(at + 1), set.get(at + 2)) {
            (ESCAPE, Some(&class), _) => (One::of_class(class).matches(byte), 2),
            (low, Some(b'-'), Some(&high)) => (low <= byte && byte <= high, 3),
            (other, ..) => (other == byte, 1),
        };
        if belongs {
            return listed;
        }
        at += length;
    }
    !listed
}
