//! What all sessions share beside the keys.

use super::acl::Acl;
use super::config::Config;
use super::host::Host;
use super::session::Session;
use std::any::Any;

/// Counters for INFO.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    pub commands: u64,
    pub errors: u64,
}

/// The state of an engine outside its keyspace.
pub struct Server {
    pub host: Box<dyn Host>,
    pub config: Config,
    pub acl: Acl,
    pub stats: Stats,
    /// When the engine began, in ms since 1970.
    pub started: i64,
    /// Every session but the one that is calling, by slot.
    pub sessions: Vec<Option<Box<Session>>>,
    pub next_session_id: u64,
    /// CLIENT KILL has closed sessions that the embedder has not been told of.
    pub killed: bool,
    /// The Lua state and the script cache, which belong to the floor above: taken out while a script runs.
    pub scripting: Option<Box<dyn Any>>,
    random: u64,
}

impl Server {
    pub fn new(host: Box<dyn Host>, config: Config) -> Server {
        Server {
            host,
            config,
            acl: Acl::default(),
            stats: Stats::default(),
            started: 0,
            sessions: Vec::new(),
            next_session_id: 1,
            killed: false,
            scripting: None,
            random: 0,
        }
    }

    /// Answers 64 random bits by splitmix64, seeded by the host when first asked.
    /// See <https://prng.di.unimi.it/splitmix64.c> (public domain).
    pub fn random(&mut self) -> u64 {
        if self.random == 0 {
            self.random = self.host.random() | 1;
        }
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.random;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Picks one of `below` numbers, each as likely as another. `below` is at least 1.
    pub fn random_below(&mut self, below: usize) -> usize {
        ((u128::from(self.random()) * below as u128) >> 64) as usize
    }
}
