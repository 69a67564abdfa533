//! What all sessions share beside the keys.

use super::acl::{Acl, DEFAULT_USER};
use super::busy::{Attendant, Running};
use super::channels::Channels;
use super::command::Command;
use super::config::Config;
use super::host::Host;
use super::hotkeys::Hotkeys;
use super::latency::Latency;
use super::limits::Declared;
use super::session::Session;
use super::slowlog::Slowlog;
use super::stats::Stats;
use super::trace::Trace;
use super::tracking::Tracking;
use crate::keyspace::{Journal, Keyspace};
use crate::protocol::Reply;
use crate::structures::Bytes;
use crate::structures::sorted::SortedSet;
use std::any::Any;
use std::rc::Rc;

/// Something that a client did not ask for, on its way to the session's outbox.
pub enum Push {
    Whole(Reply),
    /// To one who tracks: these keys changed, or all are gone.
    Invalidate(Option<Vec<Bytes>>),
}

/// CLIENT PAUSE.
#[derive(Debug, Clone, Copy)]
pub struct Pause {
    /// When it ends, in ms since 1970.
    pub until: i64,
    /// Reads are put aside as well as writes.
    pub all: bool,
}

/// The state of an engine outside its keyspace.
pub struct Server {
    pub host: Box<dyn Host>,
    pub config: Config,
    pub acl: Acl,
    pub stats: Stats,
    pub slowlog: Slowlog,
    pub latency: Latency,
    /// Every call is timed: somebody has set what SLOWLOG or LATENCY keeps, or HOTKEYS tracks. A look at the clock costs as
    /// much as a small command does, and so calls within a process are otherwise not.
    pub timing: bool,
    /// Keys are, or were, counted by what their calls cost (HOTKEYS).
    pub hotkeys: Option<Box<Hotkeys>>,
    /// Scripts may call DEBUG and CLIENT (DEBUG SET-DISABLE-DENY-SCRIPTS).
    pub scripts_may_debug: bool,
    /// When the engine began, in ms since 1970.
    pub started: i64,
    /// Every session but the one that is calling, by slot.
    pub sessions: Vec<Option<Box<Session>>>,
    pub next_session_id: u64,
    /// CLIENT KILL has closed sessions that the embedder has not been told of.
    pub killed: bool,
    /// The sessions that have begun to wait, which the engine is to give a place among those who wait.
    pub parking: Vec<u32>,
    /// The sessions, by slot, whose wait CLIENT UNBLOCK has ended.
    pub unblocked: Vec<u32>,
    /// What is to be told to sessions, by slot, once the running command is over.
    pub pushes: Vec<(u32, Push)>,
    /// The sessions, by slot, for whom there is something new in their outboxes.
    pub heard: SortedSet<u32>,
    pub channels: Channels,
    pub tracking: Tracking,
    /// The sessions that see every call, by slot.
    pub monitors: SortedSet<u32>,
    pub pause: Option<Pause>,
    /// A call is not to take the straight way: somebody monitors, there is a pause, or the like.
    pub alert: bool,
    /// Or there is another reason, for calls of clients: a rule of ACL, a limit of memory, a busy script, or calls are
    /// timed. One look in place of many: [`Server::update_guard`] gathers them.
    pub(super) guarded: bool,
    /// The Lua state and the script cache, which belong to the floor above: taken out while a script runs.
    pub scripting: Option<Box<dyn Any>>,
    /// Tells whether a call that runs a script may change keys or publish.
    pub script_may_write: fn(&Server, &Command, &[&[u8]]) -> bool,
    /// The script that keeps everybody waiting, once it has run for `busy-reply-threshold`.
    pub running: Option<Running>,
    /// Who looks after the other clients meanwhile.
    pub attendant: Option<Rc<dyn Attendant>>,
    /// What the running script may use of keys, if it is held to that.
    pub declared: Option<Declared>,
    /// What scripts do is noted here, if there is a trace.
    pub trace: Option<Box<Trace>>,
    /// Where the functions were, a line each, of the script that has failed last.
    pub script_trail: String,
    /// The script that runs, or ran last, has called a command that writes.
    pub script_wrote: bool,
    /// There was more memory in use than there should be when the client's command began.
    pub over_memory: bool,
    /// The vector sets that there ever were.
    pub vector_sets: u64,
    random: u64,
    node_id: Option<String>,
}

impl Server {
    pub fn new(host: Box<dyn Host>, config: Config) -> Server {
        let mut server = Server {
            host,
            config,
            acl: Acl::default(),
            stats: Stats::default(),
            slowlog: Slowlog::default(),
            latency: Latency::default(),
            timing: false,
            hotkeys: None,
            scripts_may_debug: false,
            started: 0,
            sessions: Vec::new(),
            next_session_id: 1,
            killed: false,
            parking: Vec::new(),
            unblocked: Vec::new(),
            pushes: Vec::new(),
            heard: SortedSet::new(),
            channels: Channels::default(),
            tracking: Tracking::default(),
            monitors: SortedSet::new(),
            pause: None,
            alert: false,
            guarded: false,
            scripting: None,
            script_may_write: |_, _, _| true,
            running: None,
            attendant: None,
            declared: None,
            trace: None,
            script_trail: String::new(),
            script_wrote: false,
            over_memory: false,
            vector_sets: 0,
            random: 0,
            node_id: None,
        };
        server.update_guard();
        server
    }

    /// Tells whether anything here keeps clients' calls from running at once.
    pub(super) fn is_guarded(&self) -> bool {
        !self.acl.is_open()
            || self.alert
            || self.timing
            || self.config.cluster_enabled
            || self.config.maxmemory > 0
            || self.over_memory
            || self.running.is_some()
    }

    /// Looks again for a reason of [`Server::guarded`]. Whoever changes one outside of a command calls this; after the
    /// commands that may do so dispatch does.
    pub fn update_guard(&mut self) {
        self.guarded = self.is_guarded();
    }

    /// Looks again whether anything asks for [`Server::timing`], which is a reason of [`Server::guarded`].
    pub fn update_timing(&mut self) {
        let default = Config::default();
        self.timing = self.config.latency_monitor_threshold != default.latency_monitor_threshold
            || self.config.slowlog_slower_than != default.slowlog_slower_than
            || self.hotkeys.as_ref().is_some_and(|hotkeys| hotkeys.ended.is_none());
        self.update_guard();
    }

    /// Opens a session and answers its slot.
    pub fn open(&mut self, keyspace: &mut Keyspace) -> u32 {
        let now = self.host.now_ms();
        if self.running.is_none() {
            keyspace.clock.set(now);
        }
        if self.started == 0 {
            self.started = now;
        }
        let id = self.next_session_id;
        self.next_session_id += 1;
        // Who came in while there was no password stays in when there comes to be one.
        let authenticated = !self.acl.requires_auth();
        let taken = self.running.as_ref().map(|running| running.session);
        let free = self
            .sessions
            .iter()
            .enumerate()
            .position(|(slot, session)| session.is_none() && taken != Some(slot as u32));
        let slot = free.unwrap_or_else(|| {
            self.sessions.push(None);
            self.sessions.len() - 1
        });
        self.sessions[slot] = Some(Box::new(Session {
            id,
            slot: slot as u32,
            opened: now,
            called: now,
            last_command: "NULL",
            user: DEFAULT_USER.into(),
            authenticated,
            ..Session::default()
        }));
        slot as u32
    }

    /// Tells whether a session is open and wants to stay so.
    pub fn is_open(&self, slot: u32) -> bool {
        self.sessions.get(slot as usize).and_then(Option::as_ref).is_some_and(|session| !session.closing)
    }

    /// Says where a session's client connects from and to, and whether its calls are timed.
    pub fn set_addresses(&mut self, slot: u32, from: &str, to: &str, timed: bool) {
        if let Some(session) = self.sessions.get_mut(slot as usize).and_then(Option::as_mut) {
            session.addr = from.into();
            session.laddr = to.into();
            session.timed = timed;
        }
    }

    /// Forgets what a session has subscribed to or listens to (RESET, and its end).
    pub fn forget(&mut self, session: &mut Session, journal: &mut Journal) {
        self.channels.leave(session);
        self.tracking.end(session.slot);
        session.redirection = None;
        self.monitors.remove(&session.slot);
        session.monitoring = false;
        self.heard.remove(&session.slot);
        self.update_alert(journal);
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

    /// Answers the id of the engine as a cluster's node: 40 hexadecimal digits, made when first asked for.
    pub fn node_id(&mut self) -> String {
        if self.node_id.is_none() {
            let digits = [self.random(), self.random(), self.random()].map(|bits| format!("{bits:016x}")).concat();
            self.node_id = Some(digits[..40].to_string());
        }
        self.node_id.clone().unwrap_or_default()
    }

    /// Picks one of `below` numbers, each as likely as another. `below` is at least 1.
    pub fn random_below(&mut self, below: usize) -> usize {
        ((u128::from(self.random()) * below as u128) >> 64) as usize
    }
}
