//! What the tests against Redis share: a client, redis-cli's way of reading and printing, a clock that stands still,
//! and a redis-server of their own.
#![allow(dead_code, reason = "each test crate uses its own part")]

pub mod cli;
pub mod engine;
pub mod oracle;
pub mod resp;
