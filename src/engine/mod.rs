//! Owns everything: databases, sessions, parked clients, timers.

mod blocking;
pub mod exchange;
mod hearing;
pub mod line;

use crate::commands;
use crate::dispatch::busy::Attendant;
use crate::dispatch::config::Parameter;
use crate::dispatch::memory;
use crate::dispatch::trace::Trace;
use crate::dispatch::{Config, Context, Host, Origin, ScriptLimits, Server, Session, Table, run, run_at};
use crate::keyspace::Keyspace;
use crate::protocol::resp::{Protocol, encode};
use crate::protocol::{Reply, Result};
use crate::scripting;
use hearing::hear;
use std::borrow::Cow;
use std::rc::Rc;

/// The number of databases that an engine has unless it is told otherwise.
pub const DATABASES: usize = 16;

/// How an engine is made.
#[derive(Debug, Clone)]
pub struct Options {
    pub databases: usize,
    pub config: Config,
}

impl Default for Options {
    fn default() -> Options {
        Options { databases: DATABASES, config: Config::default() }
    }
}

/// Names a session within its engine.
pub type SessionId = u32;

/// A whole Redis: one thread, no sockets, no files.
pub struct Engine {
    keyspace: Keyspace,
    server: Server,
    table: Table,
    blocking: blocking::Blocking,
}

impl Engine {
    /// Makes an empty engine. The host is asked for nothing yet.
    pub fn new(host: Box<dyn Host>, options: Options) -> Engine {
        let mut server = Server::new(host, options.config);
        server.script_may_write = scripting::may_write;
        Engine {
            keyspace: Keyspace::new(options.databases.clamp(1, 1 << 14)),
            server,
            table: Table::new(commands::COMMANDS, commands::HINT),
            blocking: blocking::Blocking::default(),
        }
    }

    /// Sets a parameter of an engine that nobody has called yet: whatever CONFIG SET takes, and what can only be chosen
    /// now. Fails with a sentence about what is wrong.
    pub fn configure(&mut self, name: &str, value: &str) -> std::result::Result<(), String> {
        let parameter = Parameter::find(name.as_bytes()).ok_or_else(|| format!("there is no parameter {name}"))?;
        if parameter.set_initially(&mut self.server.config, value.as_bytes()).map_err(|why| format!("{name}: {why}"))? {
            self.server.update_guard();
            return Ok(());
        }
        let session = self.open();
        let reply = self.execute(session, &[b"CONFIG", b"SET", name.as_bytes(), value.as_bytes()]);
        self.close(session);
        match reply {
            Some(Reply::Error(error)) => Err(String::from_utf8_lossy(&error.line()).into_owned()),
            _ => Ok(()),
        }
    }

    /// Opens a session.
    pub fn open(&mut self) -> SessionId {
        self.server.open(&mut self.keyspace)
    }

    /// Closes a session: its transaction, its watches and its subscriptions are gone, and it waits no more.
    pub fn close(&mut self, id: SessionId) {
        if let Some(mut session) = self.server.sessions.get_mut(id as usize).and_then(Option::take) {
            self.unseat(&mut session);
            self.server.forget(&mut session, &mut self.keyspace.journal);
            for watch in &session.watched {
                self.keyspace.journal.unwatch(watch.db, &watch.key);
            }
        }
    }

    /// Names who looks after the other clients while a script keeps the engine.
    pub fn set_attendant(&mut self, attendant: Rc<dyn Attendant>) {
        self.server.attendant = Some(attendant);
    }

    /// Tells whether the session is open and wants to stay so; QUIT ends it.
    pub fn is_open(&self, id: SessionId) -> bool {
        self.server.is_open(id)
    }

    /// Says where a session's client connects from and to, as CLIENT LIST shows it: `127.0.0.1:50000`; and
    /// whether its calls are timed: beside a socket a look at the clock costs nothing, without one as much as a short
    /// call.
    pub fn set_addresses(&mut self, id: SessionId, from: &str, to: &str, timed: bool) {
        self.server.set_addresses(id, from, to, timed);
    }

    /// Gives the scripts of a session limits of their own, from its next call on.
    pub fn set_script_limits(&mut self, id: SessionId, limits: ScriptLimits) {
        if let Some(session) = self.server.sessions.get_mut(id as usize).and_then(Option::as_mut) {
            session.script_limits = limits;
        }
    }

    /// Answers the sessions that CLIENT KILL has closed since the last call: their connections are to be closed.
    pub fn take_killed(&mut self) -> Vec<SessionId> {
        if !std::mem::take(&mut self.server.killed) {
            return Vec::new();
        }
        let sessions = self.server.sessions.iter().enumerate();
        let closing = sessions.filter(|(_, session)| session.as_ref().is_some_and(|session| session.closing));
        closing.map(|(slot, _)| slot as SessionId).collect()
    }

    /// Runs one command and appends its reply to `out`, in the protocol that the session chose.
    pub fn call(&mut self, id: SessionId, argv: &[&[u8]], out: &mut Vec<u8>) {
        if self.server.config.maxmemory > 0 {
            self.make_room();
            self.hear(id, out);
        }
        let Some(session) = self.summon(id, argv) else { return };
        let reply = self.step(session, id, argv);
        let Some(session) = self.server.sessions[id as usize].as_mut() else { return };
        if std::mem::take(&mut session.hears_first) {
            hear(session, out);
        }
        if session.takes_reply() || reply.is_push() {
            encode(out, &reply, session.protocol);
        }
    }

    /// Evicts keys until memory is within its limit, and has those told who are to hear of it before the next reply.
    #[cold]
    fn make_room(&mut self) {
        self.keyspace.clock.begin(|| self.server.host.now_ms());
        memory::make_room(&mut self.keyspace, &mut self.server);
        if self.keyspace.journal.has_events() {
            self.server.announce(&mut self.keyspace.journal, None);
            self.deliver();
        }
    }

    /// Runs one command and gives what it has come to to `tell`, with the protocol that the session speaks; `None` if it
    /// wants no reply. `at` says where the command stands in the table, if the caller knows; the name in `argv` is then
    /// only shown.
    #[inline(always)]
    pub fn answer<T>(
        &mut self,
        id: SessionId,
        at: Option<usize>,
        argv: &[&[u8]],
        tell: impl FnOnce(&Result<Reply>, Protocol) -> T,
    ) -> Option<T> {
        let mut session = self.summon(id, argv)?;
        let mut cx = self.begin(&mut session);
        let outcome = match at {
            Some(at) => run_at(&mut cx, at, argv),
            None => Ok(run(&mut cx, argv)),
        };
        let wanted = session.takes_reply() || outcome.as_ref().is_ok_and(Reply::is_push);
        let protocol = session.protocol;
        self.end(id, session);
        let answer = wanted.then(|| tell(&outcome, protocol));
        // Most replies own nothing, which is sooner seen here than where every kind is taken apart.
        if let Ok(Reply::Int(_) | Reply::Null | Reply::Status(Cow::Borrowed(_))) = outcome {
            std::mem::forget(outcome);
        }
        answer
    }

    /// Runs one command as [`Engine::execute`] does and notes what its scripts do: EVAL and FCALL tell of lines, calls and
    /// the log, EVALSHA of calls and the log. A function is run in a fresh copy of its library.
    pub fn trace(&mut self, id: SessionId, argv: &[&[u8]]) -> Option<(Reply, Trace)> {
        self.server.trace = Some(Box::default());
        let reply = self.execute(id, argv);
        let trace = self.server.trace.take()?;
        Some((reply?, *trace))
    }

    /// Gives where the functions were of the script that has failed last: a line each, the innermost first.
    pub fn script_trail(&self) -> &str {
        &self.server.script_trail
    }

    /// Runs one command and answers its typed reply; `None` if there is no such session or no command at all.
    pub fn execute(&mut self, id: SessionId, argv: &[&[u8]]) -> Option<Reply> {
        let session = self.summon(id, argv)?;
        Some(self.step(session, id, argv))
    }

    /// Takes the session of a call from its place; `None` if there is none, or no command at all.
    #[inline(always)]
    fn summon(&mut self, id: SessionId, argv: &[&[u8]]) -> Option<Box<Session>> {
        if argv.is_empty() { None } else { self.server.sessions.get_mut(id as usize)?.take() }
    }

    /// Runs one command of a session and puts the session back.
    fn step(&mut self, mut session: Box<Session>, id: SessionId, argv: &[&[u8]]) -> Reply {
        let reply = run(&mut self.begin(&mut session), argv);
        self.end(id, session);
        reply
    }

    /// Begins a call of a session.
    #[inline(always)]
    fn begin<'a>(&'a mut self, session: &'a mut Session) -> Context<'a> {
        self.keyspace.clock.begin(|| self.server.host.now_ms());
        session.called = self.keyspace.clock.last();
        self.context(session)
    }

    /// Ends it: puts the session back, and does what is left to be done for others.
    #[inline(always)]
    fn end(&mut self, id: SessionId, session: Box<Session>) {
        self.server.sessions[id as usize] = Some(session);
        if self.keyspace.journal.attention {
            self.settle();
        }
    }

    /// Makes what a session's own call works on.
    #[inline]
    fn context<'a>(&'a mut self, session: &'a mut Session) -> Context<'a> {
        Context {
            keyspace: &mut self.keyspace,
            session,
            server: &mut self.server,
            table: &self.table,
            origin: Origin::Client,
            command: commands::NONE,
        }
    }

    /// Does what is due and sets the clock, as is wanted after a rest: ends waits, and removes keys whose time is over, up
    /// to some thousands at once.
    pub fn tick(&mut self) {
        let now = self.server.host.now_ms();
        self.keyspace.clock.set(now);
        self.end_waits(now);
        let threshold = self.server.config.latency_monitor_threshold;
        let began = (threshold > 0).then(|| self.server.host.monotonic_us());
        if self.server.pause.is_none() {
            self.keyspace.purge_expired(10_000, now);
        }
        if let Some(began) = began {
            let ms = self.server.host.monotonic_us().saturating_sub(began) / 1000;
            if ms >= threshold {
                self.server.latency.add("expire-cycle", now.div_euclid(1000), ms);
            }
        }
        self.settle();
    }

    /// Answers the time in ms since 1970 at which `tick` has something to do.
    pub fn next_wake(&self) -> Option<i64> {
        // Nothing goes while there is a pause, which has an end of its own.
        let expiry = self.keyspace.next_expiry().filter(|_| self.server.pause.is_none());
        // The millisecond of its time still belongs to a key.
        let expiry = expiry.map(|at| at.saturating_add(1));
        [expiry, self.next_wait_end()].into_iter().flatten().min()
    }

    /// Shows the table of commands.
    pub fn table(&self) -> &Table {
        &self.table
    }
}
