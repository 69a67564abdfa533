//! The engine in this process, with a clock that moves only when it is told to.

use super::resp::{self, Value};
use redmoon::dispatch::Host;
use redmoon::engine::{Engine, Options, SessionId};
use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

/// The first moment of 2026, in ms since 1970.
const START: i64 = 1_767_225_600_000;

struct FakeHost {
    now: Rc<Cell<i64>>,
    seed: u64,
}

impl Host for FakeHost {
    fn now_ms(&self) -> i64 {
        self.now.get()
    }

    fn monotonic_us(&mut self) -> u64 {
        self.now.get() as u64 * 1000
    }

    fn random(&mut self) -> u64 {
        self.seed
    }

    fn log(&mut self, _level: u8, _line: &[u8]) {}
}

/// An engine and its sessions by number.
pub struct Core {
    pub engine: Engine,
    now: Rc<Cell<i64>>,
    sessions: HashMap<u32, SessionId>,
}

impl Core {
    /// Makes an empty engine at [`START`].
    pub fn new(seed: u64) -> Core {
        Core::starting_at(START, seed)
    }

    /// Makes an empty engine whose clock shows `now`, in ms since 1970.
    pub fn starting_at(now: i64, seed: u64) -> Core {
        let now = Rc::new(Cell::new(now));
        let host = FakeHost { now: now.clone(), seed };
        Core { engine: Engine::new(Box::new(host), Options::default()), now, sessions: HashMap::new() }
    }

    /// Shows the clock, in ms since 1970.
    pub fn now(&self) -> i64 {
        self.now.get()
    }

    /// Moves the clock and lets what is due happen.
    pub fn advance(&mut self, ms: i64) {
        self.now.set(self.now.get() + ms);
        self.engine.tick();
    }

    /// Runs one command in a session, which is opened when first named, and answers what came over the wire.
    pub fn call(&mut self, session: u32, argv: &[impl AsRef<[u8]>]) -> Vec<Value> {
        let id = self.session(session);
        let mut out = Vec::new();
        self.engine.hear(id, &mut out);
        self.engine.call(id, &argv.iter().map(AsRef::as_ref).collect::<Vec<_>>(), &mut out);
        read_all(&out)
    }

    /// Answers what a session has heard since it last called.
    pub fn hear(&mut self, session: u32) -> Vec<Value> {
        let id = self.session(session);
        let mut out = Vec::new();
        self.engine.hear(id, &mut out);
        read_all(&out)
    }

    fn session(&mut self, session: u32) -> SessionId {
        let engine = &mut self.engine;
        *self.sessions.entry(session).or_insert_with(|| engine.open())
    }
}

fn read_all(out: &[u8]) -> Vec<Value> {
    let (mut at, mut replies) = (0, Vec::new());
    while at < out.len() {
        let (reply, length) = resp::read(&out[at..]).expect("a whole reply");
        replies.push(reply);
        at += length;
    }
    replies
}
