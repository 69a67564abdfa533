//! The lower floors of Redmoon as a crate of their own, because they hold the loops: they are built for speed, while the
//! many small commands above them are built for size (`wasm-pack.toml`). `lib.rs` shows the whole house.

pub mod dispatch;
pub mod keyspace;
pub mod lua;
pub mod protocol;
pub mod structures;
