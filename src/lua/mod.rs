//! A plain Lua 5.1 that knows nothing of Redis.

pub mod opcode;
pub mod proto;
