//! The engine as the Lua machine sees it while a script runs.

use super::{api, cjson};
use crate::dispatch::Context;
use crate::dispatch::busy::{Desk, Running};
use crate::lua::{Args, Host, Kill, Lua, Result, Value};

/// The number that the Lua machine knows `os.clock` by.
pub const CLOCK: u32 = 255;

/// What is told of a run.
pub struct Title<'a> {
    /// The SHA1 of a script, the name of a function.
    pub name: &'a [u8],
    pub is_function: bool,
    /// The call that runs it.
    pub call: &'a [&'a [u8]],
    /// How many libraries and functions there are.
    pub counts: (usize, usize),
}

/// The running script's way to Redis.
pub struct ScriptHost<'a, 'b> {
    pub cx: &'a mut Context<'b>,
    json: &'a mut cjson::Settings,
    pub title: Title<'a>,
    /// The most ms that it may take; 0 is no limit.
    most_ms: u64,
    /// When it was first interrupted, on the host's monotonic clock in microseconds: its time counts from there, so
    /// that a short script asks for no time.
    began: Option<u64>,
}

impl<'a, 'b> ScriptHost<'a, 'b> {
    /// Begins a run.
    pub fn new(cx: &'a mut Context<'b>, json: &'a mut cjson::Settings, title: Title<'a>) -> ScriptHost<'a, 'b> {
        let most_ms = cx.session.script_limits.time.unwrap_or(cx.server.config.script_time);
        ScriptHost { cx, json, title, most_ms, began: None }
    }

    /// Says why the run was stopped, if it was.
    pub fn why_stopped(&self) -> String {
        match &self.cx.server.running {
            Some(Running { killed: true, .. }) => "Script killed by user with SCRIPT KILL...".into(),
            _ => format!("Script killed: it took more than {} ms (script-time).", self.most_ms),
        }
    }

    /// Serves the other clients if the script has run for long, and tells whether one of them has killed it.
    fn attend(&mut self, duration_ms: u64) -> bool {
        let threshold = self.cx.server.config.busy_reply_threshold;
        if threshold == 0 || duration_ms < threshold {
            return false;
        }
        let Some(attendant) = self.cx.server.attendant.clone() else { return false };
        let session = self.cx.session.slot;
        let title = &self.title;
        let running = self.cx.server.running.get_or_insert_with(|| Running {
            name: title.name.into(),
            is_function: title.is_function,
            session,
            command: title.call.iter().map(|&word| word.into()).collect(),
            duration_ms: 0,
            functions: title.counts,
            killed: false,
        });
        running.duration_ms = duration_ms;
        self.cx.server.update_guard();
        attendant.attend(&mut Desk::new(self.cx));
        self.cx.server.running.as_ref().is_some_and(|running| running.killed)
    }
}

impl Host for ScriptHost<'_, '_> {
    fn call(&mut self, lua: &mut Lua, id: u32, args: Args) -> Result<usize> {
        match id {
            CLOCK => {
                let seconds = self.cx.server.host.monotonic_us() as f64 / 1e6;
                lua.push(Value::number(seconds));
                Ok(1)
            }
            cjson::FIRST.. => cjson::call(self.json, lua, id, args),
            _ => api::call(self.cx, lua, id, args),
        }
    }

    fn interrupt(&mut self) -> Option<Kill> {
        let now = self.cx.server.host.monotonic_us();
        let duration_ms = now.saturating_sub(*self.began.get_or_insert(now)) / 1000;
        let late = self.most_ms > 0 && duration_ms > self.most_ms;
        (late || self.attend(duration_ms)).then_some(Kill::Stopped)
    }
}
