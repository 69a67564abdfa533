//! The errors that a command may answer, each spelt once.

use std::borrow::Cow;
use std::fmt::{self, Write};

/// A handler's answer.
pub type Result<T> = std::result::Result<T, Error>;

/// An error reply. Sentences shared by several commands are variants; a command's own sentence is `Own`.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// `ERR syntax error`
    Syntax,
    /// `WRONGTYPE Operation against a key holding the wrong kind of value`
    WrongType,
    /// `ERR value is not an integer or out of range`
    NotInteger,
    /// `ERR value is not a valid float`
    NotFloat,
    /// `ERR value is out of range, must be positive`
    NotPositive,
    /// `ERR index out of range`
    IndexOutOfRange,
    /// `ERR no such key`
    NoSuchKey,
    /// `ERR increment or decrement would overflow`
    Overflow,
    /// `ERR invalid cursor`
    InvalidCursor,
    /// `ERR min or max is not a float`
    MinMaxNotFloat,
    /// `ERR string exceeds maximum allowed size (proto-max-bulk-len)`
    StringTooLong,
    /// `ERR invalid expire time in 'x' command`, with the command's name in lower case
    InvalidExpire(&'static str),
    /// `ERR wrong number of arguments for 'x' command`, with the full name in lower case, `object|encoding`
    Arity(Cow<'static, str>),
    /// `OOM command not allowed when used memory > 'maxmemory'.`
    OutOfMemory,
    /// `NOSCRIPT No matching script. Please use EVAL.`
    NoScript,
    /// `EXECABORT Transaction discarded because of previous errors.`
    ExecAbort,
    /// `ERR ` followed by one command's own sentence.
    Own(Cow<'static, str>),
    /// A whole line with its code, as a script or a module gives it.
    Raw(Vec<u8>),
    /// A whole line that was counted where it arose, in a command that a script called, and is passed on.
    Passed(Vec<u8>),
}

impl Error {
    /// Makes a command's own sentence into an error with the code ERR.
    pub fn own(sentence: impl Into<Cow<'static, str>>) -> Error {
        Error::Own(sentence.into())
    }

    /// Makes a command's own sentence that has values in it into an error with the code ERR.
    #[cold]
    pub fn telling(sentence: fmt::Arguments) -> Error {
        Error::Own(sentence.to_string().into())
    }

    /// Makes a whole line, its code included, into an error.
    pub fn raw(line: impl Into<Vec<u8>>) -> Error {
        Error::Raw(line.into())
    }

    /// Makes a whole line, its code included, out of pieces of which the caller has written some: they stand there byte
    /// for byte up to their first zero, as C prints them.
    pub fn quoting(pieces: &[&[u8]]) -> Error {
        Error::Raw(pieces.iter().flat_map(|piece| until_zero(piece)).copied().collect())
    }

    /// Writes the line with its code, without the `-` and the line end of the wire. A line never holds CR or LF.
    pub fn line(&self) -> Cow<'static, [u8]> {
        let text: Cow<'static, str> = match self {
            Error::Syntax => "ERR syntax error".into(),
            Error::WrongType => "WRONGTYPE Operation against a key holding the wrong kind of value".into(),
            Error::NotInteger => "ERR value is not an integer or out of range".into(),
            Error::NotFloat => "ERR value is not a valid float".into(),
            Error::NotPositive => "ERR value is out of range, must be positive".into(),
            Error::IndexOutOfRange => "ERR index out of range".into(),
            Error::NoSuchKey => "ERR no such key".into(),
            Error::Overflow => "ERR increment or decrement would overflow".into(),
            Error::InvalidCursor => "ERR invalid cursor".into(),
            Error::MinMaxNotFloat => "ERR min or max is not a float".into(),
            Error::StringTooLong => "ERR string exceeds maximum allowed size (proto-max-bulk-len)".into(),
            Error::InvalidExpire(name) => format!("ERR invalid expire time in '{name}' command").into(),
            Error::Arity(name) => format!("ERR wrong number of arguments for '{name}' command").into(),
            Error::OutOfMemory => "OOM command not allowed when used memory > 'maxmemory'.".into(),
            Error::NoScript => "NOSCRIPT No matching script. Please use EVAL.".into(),
            Error::ExecAbort => "EXECABORT Transaction discarded because of previous errors.".into(),
            Error::Own(sentence) => {
                let mut line = String::with_capacity(4 + sentence.len());
                let _ = write!(line, "ERR {sentence}");
                line.into()
            }
            Error::Raw(line) | Error::Passed(line) => return Cow::Owned(one_line(line)),
        };
        match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(one_line(text.as_bytes())),
        }
    }
}

/// Cuts off what follows the first zero byte, where Redis shows a text as C does.
pub fn until_zero(text: &[u8]) -> &[u8] {
    text.split(|&byte| byte == 0).next().unwrap_or_default()
}

/// Keeps an error on one line, as the wire demands: ends are trimmed, line ends inside become spaces.
fn one_line(line: &[u8]) -> Vec<u8> {
    let end = line.iter().rposition(|b| !matches!(b, b'\r' | b'\n')).map_or(0, |at| at + 1);
    line[..end].iter().map(|&b| if matches!(b, b'\r' | b'\n') { b' ' } else { b }).collect()
}
