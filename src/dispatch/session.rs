//! What the engine knows of one client.

use super::blocking::Parked;
use super::channels::{Kind, Subscriptions};
use super::limits::ScriptLimits;
use crate::protocol::Reply;
use crate::protocol::resp::Protocol;
use crate::structures::{Bytes, Dict};
use std::collections::VecDeque;

/// A connection, or a handle in the same process.
#[derive(Default)]
pub struct Session {
    pub id: u64,
    /// Where it stands among the sessions of the engine.
    pub slot: u32,
    pub db: usize,
    pub protocol: Protocol,
    pub name: Bytes,
    /// The ACL user that the client is, and whether it has proved so.
    pub user: Bytes,
    pub authenticated: bool,
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
    /// Its calls are timed (SLOWLOG, INFO commandstats).
    pub timed: bool,
    /// Is not to be evicted (CLIENT NO-EVICT).
    pub no_evict: bool,
    /// Reads do not count as use (CLIENT NO-TOUCH).
    pub no_touch: bool,
    /// What the client waits for; until then it can call nothing else.
    pub parked: Option<Box<Parked>>,
    /// What the client hears besides the replies to its calls: pushes, and the reply that it waited for.
    pub outbox: VecDeque<Heard>,
    /// What it hears comes before the reply to the call that has just run, not after it.
    pub hears_first: bool,
    pub subscriptions: Subscriptions,
    /// Who is told of changes to the keys that the client tracks, by id: 0 for itself; none if it does not track.
    pub redirection: Option<u64>,
    /// Sees every call (MONITOR).
    pub monitoring: bool,
    /// What its scripts may use, where that is not what the configuration says.
    pub script_limits: ScriptLimits,
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

/// Something on its way to a client that has not just called.
#[derive(Debug)]
pub enum Heard {
    /// The reply that the client waited for: an empty sequence if it wants none.
    Reply(Reply),
    Push(Reply),
}

impl Session {
    /// Tells whether the reply to the command that has just run is wanted, and is one nearer to wanting replies.
    #[inline]
    pub fn takes_reply(&mut self) -> bool {
        let takes = self.replies == Replies::On;
        if !takes {
            self.skip_reply();
        }
        takes
    }

    #[cold]
    fn skip_reply(&mut self) {
        match self.replies {
            Replies::SkipNext => self.replies = Replies::Skip,
            // A client that waits has its reply skipped later.
            Replies::Skip if self.parked.is_some() => {}
            Replies::Skip => self.replies = Replies::On,
            Replies::On | Replies::Off => {}
        }
    }

    /// Answers a call that waited.
    pub fn answer(&mut self, reply: Reply) {
        let wanted = self.replies == Replies::On;
        match self.replies {
            Replies::SkipNext => self.replies = Replies::Skip,
            Replies::Skip => self.replies = Replies::On,
            Replies::On | Replies::Off => {}
        }
        self.outbox.push_back(Heard::Reply(if wanted { reply } else { Reply::Sequence(Vec::new()) }));
    }

    /// Tells something that was not asked for.
    pub fn push(&mut self, reply: Reply) {
        self.outbox.push_back(Heard::Push(reply));
    }
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

impl Session {
    /// Writes the line of CLIENT LIST about the session. Nothing waits in buffers here, and so they are all empty.
    pub fn describe(&self, now: i64) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut flags = String::new();
        for (on, flag) in [
            (self.monitoring, 'O'),
            (!self.subscriptions.is_empty(), 'P'),
            (self.queue.is_some(), 'x'),
            (self.parked.is_some(), 'b'),
            (self.redirection.is_some(), 't'),
            (self.closing, 'c'),
            (self.no_evict, 'e'),
            (self.no_touch, 'T'),
        ] {
            flags.extend(on.then_some(flag));
        }
        if flags.is_empty() {
            flags.push('N');
        }
        let (name, lib_name, lib_ver) = (text(&self.name), text(&self.lib_name), text(&self.lib_ver));
        let (addr, laddr, user) = (text(&self.addr), text(&self.laddr), text(&self.user));
        let (age, idle) = ((now - self.opened).max(0) / 1000, (now - self.called).max(0) / 1000);
        let multi = self.queue.as_ref().map_or(-1, |queue| queue.len() as i64);
        let (watch, resp) = (self.watched.len(), if self.protocol == Protocol::Resp3 { 3 } else { 2 });
        let command = match self.last_command {
            "NULL" => "NULL".to_string(),
            command => command.to_ascii_lowercase().replace(' ', "|"),
        };
        let redirection = self.redirection.map_or(-1, |id| id as i64);
        let of = |kind| self.subscriptions.of(kind).len();
        let (sub, psub, ssub) = (of(Kind::Channel), of(Kind::Pattern), of(Kind::Shard));
        format!(
            "id={} addr={addr} laddr={laddr} fd=-1 name={name} age={age} idle={idle} flags={flags} db={} sub={sub} psub={psub} \
             ssub={ssub} multi={multi} watch={watch} qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem=0 \
             tot-mem=0 events=r cmd={command} user={user} redir={redirection} resp={resp} lib-name={lib_name} lib-ver={lib_ver} \
             io-thread=0",
            self.id, self.db,
        )
    }
}
