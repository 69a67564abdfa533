//! The cursor over a command's arguments.

use super::command::Command;
use crate::protocol::{Error, Result};
use crate::structures::number::{parse_double, parse_int};

/// What is left of a command's arguments. Reading past the end is a syntax error.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    argv: &'a [&'a [u8]],
    at: usize,
}

impl<'a> Args<'a> {
    /// Begins after the first `skip` words, the command's name.
    pub fn new(argv: &'a [&'a [u8]], skip: usize) -> Args<'a> {
        Args { argv, at: skip }
    }

    /// Begins after the name of `command`, a subcommand's of two words.
    #[inline]
    pub fn of(command: &Command, argv: &'a [&'a [u8]]) -> Args<'a> {
        // The first word is the whole name unless there is a second.
        let words = if argv.first().is_some_and(|word| word.len() < command.name.len()) { 2 } else { 1 };
        Args::new(argv, words)
    }

    /// Shows the whole call, the name included.
    pub fn argv(&self) -> &'a [&'a [u8]] {
        self.argv
    }

    /// Words Redis's complaint about arguments that a subcommand of `container` does not take, though no arity forbids them.
    pub fn too_many(&self, container: &str) -> Error {
        let sub = self.argv.get(1).map_or(&b""[..], |sub| sub);
        let complaint = b"ERR unknown subcommand or wrong number of arguments for '";
        Error::quoting(&[complaint, sub, b"'. Try ", container.as_bytes(), b" HELP."])
    }

    /// Counts what is left.
    pub fn len(&self) -> usize {
        self.argv.len() - self.at
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shows the next argument without taking it.
    pub fn peek(&self) -> Option<&'a [u8]> {
        self.argv.get(self.at).copied()
    }

    /// Takes the next argument.
    #[inline]
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let arg = self.argv.get(self.at).copied().ok_or(Error::Syntax)?;
        self.at += 1;
        Ok(arg)
    }

    /// Takes the next argument as a key.
    #[inline]
    pub fn key(&mut self) -> Result<&'a [u8]> {
        self.bytes()
    }

    /// Takes a 64-bit integer, or fails with `value is not an integer or out of range`.
    pub fn int(&mut self) -> Result<i64> {
        parse_int(self.bytes()?).ok_or(Error::NotInteger)
    }

    /// Takes an integer within bounds, or fails with one sentence whatever is wrong with it.
    pub fn int_within(&mut self, bounds: std::ops::RangeInclusive<i64>, sentence: &'static str) -> Result<i64> {
        let value = parse_int(self.bytes()?).filter(|value| bounds.contains(value));
        value.ok_or(Error::Own(sentence.into()))
    }

    /// Takes an integer within bounds, or fails with a sentence that names them.
    pub fn int_between(&mut self, min: i64, max: i64) -> Result<i64> {
        let value = self.int()?;
        if (min..=max).contains(&value) {
            return Ok(value);
        }
        Err(Error::telling(format_args!("value is out of range, value must between {min} and {max}")))
    }

    /// Takes a number of things, which is an integer and not negative; `sentence` is the error if it is negative.
    pub fn count(&mut self, sentence: &'static str) -> Result<usize> {
        usize::try_from(self.int()?).map_err(|_| Error::Own(sentence.into()))
    }

    /// Takes a number of things that is not negative, or fails with `value is out of range, must be positive`.
    pub fn positive(&mut self) -> Result<usize> {
        parse_int(self.bytes()?).and_then(|count| usize::try_from(count).ok()).ok_or(Error::NotPositive)
    }

    /// Takes the first and the last index of a range, both included; negative ones count from the end.
    pub fn indices(&mut self) -> Result<Indices> {
        Ok(Indices { start: self.int()?, stop: self.int()? })
    }

    /// Takes the count of HRANDFIELD, SRANDMEMBER or ZRANDMEMBER, whose absolute value is an integer too.
    pub fn random_count(&mut self) -> Result<i64> {
        self.int_between(-i64::MAX, i64::MAX)
    }

    /// Takes a double that is a number, or fails with `value is not a valid float`.
    pub fn float(&mut self) -> Result<f64> {
        parse_double(self.bytes()?).ok_or(Error::NotFloat)
    }

    /// Takes the next argument as an option's name, whatever its case; `None` at the end.
    pub fn option(&mut self) -> Option<Keyword> {
        self.bytes().ok().map(Keyword::new)
    }

    /// Takes the next argument if it is this keyword (given in capitals).
    pub fn accept(&mut self, keyword: &str) -> bool {
        let hit = self.peek().is_some_and(|arg| arg.eq_ignore_ascii_case(keyword.as_bytes()));
        self.at += usize::from(hit);
        hit
    }

    /// Takes `count` arguments at once, or fails with a syntax error if there are fewer.
    pub fn take(&mut self, count: usize) -> Result<&'a [&'a [u8]]> {
        let end = self.at.checked_add(count).ok_or(Error::Syntax)?;
        let taken = self.argv.get(self.at..end).ok_or(Error::Syntax)?;
        self.at = end;
        Ok(taken)
    }

    /// Takes all that is left.
    pub fn rest(&mut self) -> &'a [&'a [u8]] {
        let rest = &self.argv[self.at..];
        self.at = self.argv.len();
        rest
    }

    /// Fails with a syntax error if anything is left.
    pub fn end(&self) -> Result<()> {
        if self.is_empty() { Ok(()) } else { Err(Error::Syntax) }
    }
}

/// The first and the last index of a range, both included; negative ones count from the end.
#[derive(Debug, Clone, Copy)]
pub struct Indices {
    start: i64,
    stop: i64,
}

impl Indices {
    /// Answers which of `len` elements are meant, as a range within `0..len`.
    pub fn of(self, len: usize) -> std::ops::Range<usize> {
        let count = len as i64;
        let absolute = |index: i64| if index < 0 { index.saturating_add(count) } else { index };
        let start = absolute(self.start).clamp(0, count) as usize;
        let end = absolute(self.stop).saturating_add(1).clamp(0, count) as usize;
        start..end.max(start)
    }
}

/// An option's name in capitals.
pub struct Keyword {
    text: [u8; 24],
    len: usize,
}

impl Keyword {
    fn new(arg: &[u8]) -> Keyword {
        let mut text = [0; 24];
        // A longer word, or one that is no word, is no option: it becomes the empty one.
        let len = if arg.len() <= text.len() && arg.is_ascii() { arg.len() } else { 0 };
        for (to, from) in text.iter_mut().zip(&arg[..len]) {
            *to = from.to_ascii_uppercase();
        }
        Keyword { text, len }
    }

    /// Shows the name, to be matched against literals in capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..self.len]).unwrap_or("")
    }
}
