//! The lower floors of Redmoon as a crate of their own, because they hold the loops: a flavour of the package may be
//! harder on the size of the many small commands above them (`wasm-pack.toml`). `src/lib.rs` shows the whole house.

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
