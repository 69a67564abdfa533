//! Typed replies. RESP2, RESP3, JavaScript and Lua are four readers of one `Reply`.

use super::error::Error;
use super::strings::{Listing, Strings};
use crate::structures::{Bytes, Entry};
use std::borrow::Cow;

/// What a command answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A simple string: `OK`, `PONG`, `QUEUED`.
    Status(Cow<'static, [u8]>),
    Error(Error),
    Int(i64),
    Bulk(Bytes),
    /// No value: the null bulk string of RESP2.
    Null,
    /// No value where an array was asked for: the null array of RESP2, null in RESP3.
    NullArray,
    Array(Vec<Reply>),
    /// Bulk strings and nothing else: the same as an `Array`, `Set` or `Map` of them, in one allocation.
    Strings(Listing, Strings),
    /// Pairs: a flat array in RESP2.
    Map(Vec<(Reply, Reply)>),
    /// Distinct members: an array in RESP2.
    Set(Vec<Reply>),
    /// A bulk string in RESP2.
    Double(f64),
    /// 1 or 0 in RESP2.
    Bool(bool),
    /// A number of any length in decimal digits: a bulk string in RESP2.
    BigNumber(Bytes),
    /// Text with its format (`txt` or `mkd`): a bulk string in RESP2.
    Verbatim([u8; 3], Bytes),
    /// Out-of-band data: an array in RESP2.
    Push(Vec<Reply>),
    /// Attached pairs before the reply proper: left out in RESP2.
    Attribute(Vec<(Reply, Reply)>, Box<Reply>),
    /// Several replies in a row, as SUBSCRIBE gives one for each channel; none at all when empty.
    Sequence(Vec<Reply>),
}

impl Reply {
    pub const OK: Reply = Reply::Status(Cow::Borrowed(b"OK"));
    pub const QUEUED: Reply = Reply::Status(Cow::Borrowed(b"QUEUED"));

    /// Makes a simple string.
    pub fn status(text: impl Into<Cow<'static, str>>) -> Reply {
        Reply::Status(match text.into() {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        })
    }

    /// Makes a bulk string.
    pub fn bulk(bytes: impl Into<Bytes>) -> Reply {
        Reply::Bulk(bytes.into())
    }

    /// Tells whether it is out-of-band data, which is sent even to who wants no replies.
    #[cold]
    pub fn is_push(&self) -> bool {
        match self {
            Reply::Push(_) => true,
            Reply::Sequence(replies) => replies.first().is_some_and(Reply::is_push),
            _ => false,
        }
    }

    /// Makes the map of `pairs`.
    pub fn map<K: Into<Reply>, V: Into<Reply>>(pairs: impl IntoIterator<Item = (K, V)>) -> Reply {
        Reply::Map(pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }

    /// Makes the set of `members`.
    pub fn set<T: Into<Reply>>(members: impl IntoIterator<Item = T>) -> Reply {
        Reply::Set(members.into_iter().map(Into::into).collect())
    }
}

impl From<i64> for Reply {
    fn from(value: i64) -> Reply {
        Reply::Int(value)
    }
}

impl From<usize> for Reply {
    fn from(value: usize) -> Reply {
        Reply::Int(value as i64)
    }
}

/// 1 or 0, as most commands say yes or no; a true boolean is `Reply::Bool`.
impl From<bool> for Reply {
    fn from(value: bool) -> Reply {
        Reply::Int(value.into())
    }
}

/// A double of RESP3.
impl From<f64> for Reply {
    fn from(value: f64) -> Reply {
        Reply::Double(value)
    }
}

impl From<Bytes> for Reply {
    fn from(value: Bytes) -> Reply {
        Reply::Bulk(value)
    }
}

impl From<&Bytes> for Reply {
    fn from(value: &Bytes) -> Reply {
        Reply::Bulk(value.clone())
    }
}

impl From<Entry<'_>> for Reply {
    fn from(value: Entry) -> Reply {
        Reply::Bulk(value.into())
    }
}

impl From<&[u8]> for Reply {
    fn from(value: &[u8]) -> Reply {
        Reply::Bulk(value.into())
    }
}

impl From<Vec<u8>> for Reply {
    fn from(value: Vec<u8>) -> Reply {
        Reply::Bulk(value.into())
    }
}

impl From<&str> for Reply {
    fn from(value: &str) -> Reply {
        Reply::Bulk(value.into())
    }
}

impl From<String> for Reply {
    fn from(value: String) -> Reply {
        Reply::Bulk(value.into())
    }
}

impl From<Error> for Reply {
    fn from(error: Error) -> Reply {
        Reply::Error(error)
    }
}

impl<T: Into<Reply>> From<Option<T>> for Reply {
    fn from(value: Option<T>) -> Reply {
        value.map_or(Reply::Null, Into::into)
    }
}

impl<T: Into<Reply>> From<Vec<T>> for Reply
where
    Vec<T>: NotBytes,
{
    fn from(values: Vec<T>) -> Reply {
        values.into_iter().collect()
    }
}

/// Marks the vectors that are arrays of replies; a vector of bytes is a bulk string.
pub trait NotBytes {}
impl NotBytes for Vec<Reply> {}
impl NotBytes for Vec<Bytes> {}
impl NotBytes for Vec<Option<Bytes>> {}
impl NotBytes for Vec<i64> {}
impl NotBytes for Vec<Option<f64>> {}

impl<T: Into<Reply>> FromIterator<T> for Reply {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Reply {
        Reply::Array(values.into_iter().map(Into::into).collect())
    }
}
