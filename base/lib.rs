//! The lower floors of Redmoon as a crate of their own, because they hold the loops: they are built for speed, while the
//! many small commands above them are built for size (`wasm-pack.toml`). `src/lib.rs` shows the whole house.

#[path = "../src/dispatch/mod.rs"]
pub mod dispatch;
#[path = "../src/keyspace/mod.rs"]
pub mod keyspace;
#[path = "../src/lua/mod.rs"]
pub mod lua;
#[path = "../src/protocol/mod.rs"]
pub mod protocol;
#[path = "../src/structures/mod.rs"]
pub mod structures;
