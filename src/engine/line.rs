//! A client on a wire: the bytes that it sends, and the requests in them.

use super::{Engine, SessionId};
use crate::dispatch::busy::Desk;
use crate::protocol::request::Parser;
use crate::protocol::resp::{Protocol, encode};
use crate::protocol::{Error, Reply};

/// Bytes of one unfinished request after which a client is let go (`client-query-buffer-limit`).
const MAX_REQUEST: usize = 1024 * 1024 * 1024;

/// Who runs the clients' commands: the engine, or, while a script keeps it, its desk.
pub trait Counter {
    /// Opens a session.
    fn open(&mut self) -> SessionId;
    /// Says where a session's client connects from and to.
    fn set_addresses(&mut self, session: SessionId, from: &str, to: &str);
    /// Tells whether the session is open and wants to stay so.
    fn is_open(&self, session: SessionId) -> bool;
    /// Tells whether the session waits: its next request has to wait too.
    fn is_parked(&self, session: SessionId) -> bool;
    /// Runs a command and appends to `out` what is to be sent.
    fn call(&mut self, session: SessionId, argv: &[&[u8]], out: &mut Vec<u8>);
    /// Closes a session; false if that has to wait.
    fn close(&mut self, session: SessionId) -> bool;
}

impl Counter for Engine {
    fn open(&mut self) -> SessionId {
        Engine::open(self)
    }

    fn set_addresses(&mut self, session: SessionId, from: &str, to: &str) {
        Engine::set_addresses(self, session, from, to, true);
    }

    fn is_open(&self, session: SessionId) -> bool {
        Engine::is_open(self, session)
    }

    fn is_parked(&self, session: SessionId) -> bool {
        Engine::is_parked(self, session)
    }

    fn call(&mut self, session: SessionId, argv: &[&[u8]], out: &mut Vec<u8>) {
        self.hear(session, out);
        Engine::call(self, session, argv, out);
        self.hear(session, out);
    }

    fn close(&mut self, session: SessionId) -> bool {
        Engine::close(self, session);
        true
    }
}

impl Counter for Desk<'_, '_> {
    fn open(&mut self) -> SessionId {
        Desk::open(self)
    }

    fn set_addresses(&mut self, session: SessionId, from: &str, to: &str) {
        Desk::set_addresses(self, session, from, to);
    }

    fn is_open(&self, session: SessionId) -> bool {
        Desk::is_open(self, session)
    }

    fn is_parked(&self, session: SessionId) -> bool {
        Desk::is_parked(self, session)
    }

    fn call(&mut self, session: SessionId, argv: &[&[u8]], out: &mut Vec<u8>) {
        Desk::call(self, session, argv, out);
    }

    fn close(&mut self, _: SessionId) -> bool {
        false
    }
}

/// One client's session and what it has sent of a request that is not whole yet.
pub struct Line {
    pub session: SessionId,
    /// The client is to be let go once it has its replies.
    pub closing: bool,
    parser: Parser,
}

impl Line {
    pub fn new(session: SessionId) -> Line {
        Line { session, closing: false, parser: Parser::new() }
    }

    /// Takes in bytes that the client has sent; `run` runs the requests in them.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.parser.feed(bytes);
        self.closing |= self.parser.pending() > MAX_REQUEST;
    }

    /// Runs the whole requests that have come, until one has to wait, and appends their replies to `out`. False if some
    /// are left because `out` has come to hold `room` bytes.
    pub fn run(&mut self, counter: &mut dyn Counter, out: &mut Vec<u8>, room: usize) -> bool {
        while !self.closing && !counter.is_parked(self.session) {
            if out.len() >= room {
                return false;
            }
            match self.parser.advance() {
                Ok(false) => break,
                Ok(true) => {
                    // Short commands, which most are, get along without an allocation.
                    let args = self.parser.args();
                    let mut few: [&[u8]; 8] = [&[]; 8];
                    if let Some(few) = few.get_mut(..args.len()) {
                        few.iter_mut().zip(args).for_each(|(slot, arg)| *slot = arg);
                        counter.call(self.session, few, out);
                    } else {
                        counter.call(self.session, &args.collect::<Vec<_>>(), out);
                    }
                    self.closing = !counter.is_open(self.session);
                }
                Err(malformed) => {
                    let error = Reply::Error(Error::own(malformed.to_string()));
                    encode(out, &error, Protocol::Resp2);
                    self.closing = true;
                }
            }
        }
        true
    }
}
