//! A script that runs for long, and what other clients may do meanwhile: stop it, for the most part.

use super::context::{Context, Origin};
use super::run;
use crate::protocol::resp::encode;
use crate::protocol::{Error, Reply};
use crate::structures::Bytes;

/// The script that keeps everybody waiting.
pub struct Running {
    /// The SHA1 of a script, the name of a function.
    pub name: Bytes,
    pub is_function: bool,
    /// Whose call it is, by slot.
    pub session: u32,
    /// The call that runs it.
    pub command: Vec<Bytes>,
    pub duration_ms: u64,
    /// How many libraries and functions there are; they cannot be counted while one runs.
    pub functions: (usize, usize),
    /// It is to end (SCRIPT KILL, FUNCTION KILL).
    pub killed: bool,
}

impl Running {
    /// Words what commands are told that cannot run now.
    pub fn refusal(&self) -> Error {
        let kind = if self.is_function { "FUNCTION" } else { "SCRIPT" };
        Error::raw(format!("BUSY Redis is busy running a script. You can only call {kind} KILL or SHUTDOWN NOSAVE."))
    }
}

/// Who looks after the other clients while a script keeps the engine.
pub trait Attendant {
    /// Serves them for a moment, and does not wait.
    fn attend(&self, desk: &mut Desk);
}

/// Where other clients are served while a script runs.
pub struct Desk<'a, 'b> {
    cx: &'a mut Context<'b>,
}

impl<'a, 'b> Desk<'a, 'b> {
    pub fn new(cx: &'a mut Context<'b>) -> Desk<'a, 'b> {
        Desk { cx }
    }

    /// Opens a session.
    pub fn open(&mut self) -> u32 {
        self.cx.server.open(self.cx.keyspace)
    }

    /// Says where a session's client connects from and to.
    pub fn set_addresses(&mut self, slot: u32, from: &str, to: &str) {
        self.cx.server.set_addresses(slot, from, to, true);
    }

    /// Tells whether the session is open and wants to stay so.
    pub fn is_open(&self, slot: u32) -> bool {
        self.cx.server.is_open(slot)
    }

    /// Tells whether the session waits for something, the running one for its script.
    pub fn is_parked(&self, slot: u32) -> bool {
        let session = self.cx.server.sessions.get(slot as usize).and_then(Option::as_ref);
        session.is_none_or(|session| session.parked.is_some())
    }

    /// Runs one command, of which few are allowed now, and appends its reply to `out`.
    pub fn call(&mut self, slot: u32, argv: &[&[u8]], out: &mut Vec<u8>) {
        let Some(mut session) = self.cx.server.sessions.get_mut(slot as usize).and_then(Option::take) else { return };
        if !argv.is_empty() {
            let reply = self.run(&mut session, argv);
            if session.takes_reply() || reply.is_push() {
                encode(out, &reply, session.protocol);
            }
        }
        self.cx.server.sessions[slot as usize] = Some(session);
    }

    fn run(&mut self, session: &mut super::Session, argv: &[&[u8]]) -> Reply {
        let mut cx = Context {
            keyspace: self.cx.keyspace,
            session,
            server: self.cx.server,
            table: self.cx.table,
            origin: Origin::Client,
            command: self.cx.command,
        };
        run(&mut cx, argv)
    }
}
