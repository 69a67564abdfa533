//! What the engine knows of one client.

use crate::protocol::resp::Protocol;
use crate::structures::{Bytes, Dict};

/// A connection, or a handle in the same process.
#[derive(Default)]
pub struct Session {
    pub id: u64,
    pub db: usize,
    pub protocol: Protocol,
    pub name: Bytes,
    pub lib_name: Bytes,
    pub lib_ver: Bytes,
    /// The commands queued since MULTI.
    pub queue: Option<Vec<Vec<Vec<u8>>>>,
    /// A command was refused while queueing: EXEC must refuse the whole.
    pub refused: bool,
    pub watched: Vec<Watch>,
    /// The sets of fields that HIMPORT PREPARE named: each field with the position of its value, in their order.
    pub fieldsets: Dict<Vec<(Bytes, u32)>>,
    /// Where the client connects from and to, if it has an address (CLIENT LIST).
    pub addr: Bytes,
    pub laddr: Bytes,
    /// Is not to be evicted (CLIENT NO-EVICT).
    pub no_evict: bool,
    /// Reads do not count as use (CLIENT NO-TOUCH).
    pub no_touch: bool,
    /// Whether replies are sent (CLIENT REPLY).
    pub replies: Replies,
    /// When the session was opened and when it last called, in ms since 1970.
    pub opened: i64,
    pub called: i64,
    /// The name of the last command, `NULL` before the first.
    pub last_command: &'static str,
    /// Ask the embedder to close the connection once its replies are sent (QUIT, CLIENT KILL).
    pub closing: bool,
}

/// A key under WATCH and its count of changes at that time.
pub struct Watch {
    pub db: usize,
    pub key: Bytes,
    pub changes: u64,
}

/// Which replies a client wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Replies {
    #[default]
    On,
    Off,
    /// Not the next one.
    SkipNext,
    /// Not this one.
    Skip,
}
