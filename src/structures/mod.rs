//! Data structures that know nothing of Redis's commands: byte strings, tables, ordered members, numbers as Redis
//! prints them.

pub mod bytes;
pub mod dict;
pub mod glob;
pub mod hash;
pub mod hasher;
pub mod list;
pub mod number;
pub mod packed;
pub mod set;
pub mod str;
pub mod zset;

pub use bytes::Bytes;
pub use dict::Dict;
pub use hash::Hash;
pub use list::List;
pub use packed::{Entry, Packed};
pub use set::Set;
pub use str::Str;
pub use zset::Zset;
