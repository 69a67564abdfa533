//! What a key may hold.

#[cfg(feature = "full")]
use crate::structures::Vectors;
use crate::structures::{Array, Hash, List, Set, Str, Stream, Zset};

/// The value of a key.
#[derive(Debug, Clone)]
pub enum Value {
    String(Str),
    List(Box<List>),
    Set(Box<Set>),
    /// Small hashes are so common that they stand here themselves.
    Hash(Hash),
    Zset(Box<Zset>),
    Stream(Box<Stream>),
    Array(Box<Array>),
    #[cfg(feature = "full")]
    Vectors(Box<Vectors>),
}

impl Value {
    /// Answers the time in ms at which the first field of a hash expires.
    #[inline]
    pub fn next_field_expiry(&self) -> Option<i64> {
        if let Value::Hash(hash) = self { hash.next_expiry() } else { None }
    }

    /// Tells whether commands wait for values of this type.
    pub fn is_awaited(&self) -> bool {
        matches!(self, Value::List(_) | Value::Zset(_) | Value::Stream(_))
    }

    /// Names the type as TYPE does.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::String(_) => "string",
            Value::List(_) => "list",
            Value::Set(_) => "set",
            Value::Hash(_) => "hash",
            Value::Zset(_) => "zset",
            Value::Stream(_) => "stream",
            Value::Array(_) => "array",
            #[cfg(feature = "full")]
            Value::Vectors(_) => "vectorset",
        }
    }

    /// Names the encoding as OBJECT ENCODING does.
    pub fn encoding(&self) -> &'static str {
        match self {
            Value::String(value) => value.encoding(),
            Value::List(value) => value.encoding(),
            Value::Set(value) => value.encoding(),
            Value::Hash(value) => value.encoding(),
            Value::Zset(value) => value.encoding(),
            Value::Stream(value) => value.encoding(),
            Value::Array(value) => value.encoding(),
            #[cfg(feature = "full")]
            Value::Vectors(value) => value.encoding(),
        }
    }
}

// Every key has one.
#[cfg(target_pointer_width = "32")]
const _: () = assert!(size_of::<Value>() == 20);

/// A structure that a key may hold, so that lookups are typed: `cx.read::<Hash>(key)?`.
pub trait Typed: Default {
    fn of(value: &Value) -> Option<&Self>;
    fn of_mut(value: &mut Value) -> Option<&mut Self>;
    fn into_value(self) -> Value;
    /// Tells that nothing is left, so that the key must go. A string may be empty and stay.
    fn vanished(&self) -> bool;
}

macro_rules! typed {
    ($type:ident, $variant:ident, $wrap:expr, $vanished:expr) => {
        impl Typed for $type {
            fn of(value: &Value) -> Option<&Self> {
                if let Value::$variant(inner) = value { Some(inner) } else { None }
            }
            fn of_mut(value: &mut Value) -> Option<&mut Self> {
                if let Value::$variant(inner) = value { Some(inner) } else { None }
            }
            fn into_value(self) -> Value {
                Value::$variant($wrap(self))
            }
            fn vanished(&self) -> bool {
                $vanished(self)
            }
        }
    };
}

typed!(Str, String, std::convert::identity, |_| false);
typed!(List, List, Box::new, List::is_empty);
typed!(Set, Set, Box::new, Set::is_empty);
typed!(Hash, Hash, std::convert::identity, Hash::is_empty);
typed!(Zset, Zset, Box::new, Zset::is_empty);
// A stream without entries stays: its groups and its last identifier are in it.
typed!(Stream, Stream, Box::new, |_| false);
typed!(Array, Array, Box::new, Array::is_empty);
#[cfg(feature = "full")]
typed!(Vectors, Vectors, Box::new, Vectors::is_empty);
