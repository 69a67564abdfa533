//! Data structures that know nothing of Redis's commands: byte strings, tables, ordered members, numbers as Redis
//! prints them.

pub mod array;
pub mod bits;
pub mod bytes;
#[cfg(test)]
pub mod chance;
pub mod deadlines;
pub mod dict;
pub mod geohash;
pub mod glob;
mod grisu;
pub mod hash;
pub mod hasher;
pub mod hyperloglog;
mod index;
pub mod intset;
pub mod keys;
pub mod list;
mod list_chunk;
pub mod listpack;
pub mod long_double;
mod members;
pub mod memory;
mod names;
pub mod number;
pub mod order;
pub mod ordered;
pub mod packed;
mod pages;
pub mod regex;
pub mod set;
pub mod slot;
pub mod sorted;
pub mod str;
pub mod stream;
pub mod stream_group;
pub mod stream_id;
pub mod stream_producers;
mod texts;
#[cfg(feature = "full")]
pub mod vectors;
pub mod zset;
mod zset_packed;

pub use array::Array;
pub use bytes::Bytes;
pub use deadlines::Deadlines;
pub use dict::Dict;
pub use hash::{Hash, HashLimits};
pub use list::List;
pub use long_double::LongDouble;
pub use packed::{Entry, Packed};
pub use set::{Set, SetLimits};
pub use str::Str;
pub use stream::Stream;
pub use stream_id::StreamId;
#[cfg(feature = "full")]
pub use vectors::Vectors;
pub use zset::Zset;
