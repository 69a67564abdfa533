//! Redmoon: Redis, with its Lua scripting, as an engine without threads, sockets or files of its own.
//!
//! The house has floors; a module uses what lies below it and never what lies above (`tests/floors.rs` holds this).
//!
//! ```text
//! 6  wasm  bin/server  bin/describe
//! 5  engine       owns everything: sessions, timers, databases
//! 4  commands     one table entry and one handler for each command
//! 3  scripting    EVAL and what a script may see of Redis      persistence  the serialized form
//! 2  dispatch     what a command is, and the one path that it takes
//! 1  keyspace     databases, typed lookup, expiry, the journal of effects
//! 0  structures   lua   protocol
//! ```

// Floors 0 to 2 are the crate `redmoon-base`: see `base/lib.rs`.
pub use redmoon_base::{dispatch, keyspace, lua, protocol, structures};

pub mod commands;
pub mod engine;
pub mod persistence;
pub mod scripting;
#[cfg(target_arch = "wasm32")]
mod wasm;
