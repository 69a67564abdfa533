//! What the tests against Redis share: a client, redis-cli's way of reading and printing, a clock that stands still,
//! and a redis-server of their own.
#![allow(dead_code, reason = "each test crate uses its own part")]

use redmoon::structures::memory::Counting;

/// What `maxmemory` is held against.
#[global_allocator]
static MEMORY: Counting = Counting;

pub mod cli;
pub mod engine;
pub mod oracle;
pub mod resp;
