//! A run that is looked at: the script's host, noting all that passes through it.

use super::api;
use super::host::ScriptHost;
use crate::dispatch::trace::{Event, Trace};
use crate::lua::{Args, Host, Kill, Lua, Result};
use crate::structures::Bytes;

/// A host that notes lines, calls and the log of the run.
pub struct TracingHost<'h, 'a, 'b> {
    inner: &'h mut ScriptHost<'a, 'b>,
    pub trace: Trace,
    began: u64,
}

impl<'h, 'a, 'b> TracingHost<'h, 'a, 'b> {
    /// Goes on with a trace that may have runs in it already.
    pub fn new(inner: &'h mut ScriptHost<'a, 'b>, trace: Trace) -> TracingHost<'h, 'a, 'b> {
        let began = inner.cx.server.host.monotonic_us().saturating_sub(trace.duration);
        TracingHost { inner, trace, began }
    }

    /// Answers how long it has taken, in microseconds.
    fn now(&mut self) -> u64 {
        self.inner.cx.server.host.monotonic_us().saturating_sub(self.began)
    }

    /// Ends the trace with the totals of the run, which had `held` bytes when it began.
    pub fn finish(mut self, lua: &Lua, held: usize) -> Trace {
        self.trace.duration = self.now();
        self.trace.fuel += lua.fuel_spent();
        self.trace.memory = self.trace.memory.max(lua.memory().saturating_sub(held));
        self.trace
    }
}

/// Runs a script, by a tracing host if a trace is asked for.
pub fn traced(
    lua: &mut Lua,
    host: &mut ScriptHost,
    run: impl FnOnce(&mut Lua, &mut dyn Host) -> Result<Args>,
) -> Result<Args> {
    let Some(trace) = host.cx.server.trace.take() else { return run(lua, host) };
    let held = lua.memory();
    let mut tracing = TracingHost::new(host, *trace);
    let outcome = run(lua, &mut tracing);
    let trace = tracing.finish(lua, held);
    host.cx.server.trace = Some(Box::new(trace));
    outcome
}

impl Host for TracingHost<'_, '_, '_> {
    fn call(&mut self, lua: &mut Lua, id: u32, args: Args) -> Result<usize> {
        if !matches!(id, api::CALL_ID | api::PCALL_ID | api::LOG_ID) {
            return self.inner.call(lua, id, args);
        }
        let (line, at) = (lua.current_line().map_or(0, |place| place.line), self.now());
        if id == api::LOG_ID {
            let entry = api::log_entry(lua, args)?;
            self.trace.push(Event::Log { line, at, level: entry.0, message: entry.1.as_slice().into() });
            self.inner.cx.server.host.log(entry.0, &entry.1);
            return Ok(0);
        }
        let words: Vec<Bytes> = api::words(lua, args).into_iter().map(Bytes::from).collect();
        let outcome = api::command(self.inner.cx, lua, args)?;
        let duration = self.now().saturating_sub(at);
        let reply = match &outcome {
            (reply, None) => reply.clone(),
            (_, Some(sentence)) => crate::protocol::Error::own(*sentence).into(),
        };
        let protected = id == api::PCALL_ID;
        self.trace.push(Event::Call { line, at, duration, protected, args: words, reply });
        api::answer(self.inner.cx, lua, outcome, protected)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        self.inner.interrupt()
    }

    fn line(&mut self, _: &mut Lua, line: i64) {
        let at = self.now();
        self.trace.push(Event::Line { line, at });
    }
}
