//! The types of values in the RDB format.

pub const STRING: u8 = 0;
/// A row of strings.
pub const LIST: u8 = 1;
pub const SET: u8 = 2;
/// Members with scores in decimal digits.
pub const ZSET: u8 = 3;
pub const HASH: u8 = 4;
/// Members with scores of eight bytes.
pub const ZSET_2: u8 = 5;
/// A module's own type, each of its values behind a code.
#[cfg(feature = "full")]
pub const MODULE_2: u8 = 7;
pub const HASH_ZIPMAP: u8 = 9;
pub const LIST_ZIPLIST: u8 = 10;
pub const SET_INTSET: u8 = 11;
pub const ZSET_ZIPLIST: u8 = 12;
pub const HASH_ZIPLIST: u8 = 13;
/// Nodes that are ziplists.
pub const LIST_QUICKLIST: u8 = 14;
/// Nodes that are listpacks, and groups.
pub const STREAM_LISTPACKS: u8 = 15;
pub const HASH_LISTPACK: u8 = 16;
pub const ZSET_LISTPACK: u8 = 17;
/// Nodes that are listpacks or single large elements.
pub const LIST_QUICKLIST_2: u8 = 18;
/// With what was deleted and how many were added.
pub const STREAM_LISTPACKS_2: u8 = 19;
pub const SET_LISTPACK: u8 = 20;
/// With the times at which consumers last got something.
pub const STREAM_LISTPACKS_3: u8 = 21;
/// Fields with their times to live.
pub const HASH_METADATA: u8 = 24;
pub const HASH_LISTPACK_EX: u8 = 25;
/// With what producers sent.
pub const STREAM_LISTPACKS_4: u8 = 26;
/// With pending entries that nobody has.
pub const STREAM_LISTPACKS_5: u8 = 27;
pub const ARRAY: u8 = 28;

/// The forms of a list's node.
pub const PLAIN: u64 = 1;
pub const PACKED: u64 = 2;
