//! The engine as the Lua machine sees it while a script runs.

use super::{api, cjson};
use crate::dispatch::Context;
use crate::lua::{Args, Host, Kill, Lua, Result};

/// The running script's way to Redis.
pub struct ScriptHost<'a, 'b> {
    pub cx: &'a mut Context<'b>,
    json: &'a mut cjson::Settings,
    /// When the script must end, on the host's monotonic clock in microseconds.
    deadline: Option<u64>,
}

impl<'a, 'b> ScriptHost<'a, 'b> {
    /// Begins a run: its time counts from here.
    pub fn new(cx: &'a mut Context<'b>, json: &'a mut cjson::Settings) -> ScriptHost<'a, 'b> {
        let limit = cx.server.config.script_time;
        let deadline = (limit > 0).then(|| cx.server.host.monotonic_us().saturating_add(limit.saturating_mul(1000)));
        ScriptHost { cx, json, deadline }
    }
}

impl Host for ScriptHost<'_, '_> {
    fn call(&mut self, lua: &mut Lua, id: u32, args: Args) -> Result<usize> {
        if id >= cjson::FIRST { cjson::call(self.json, lua, id, args) } else { api::call(self.cx, lua, id, args) }
    }

    fn interrupt(&mut self) -> Option<Kill> {
        let late = self.deadline.is_some_and(|deadline| self.cx.server.host.monotonic_us() > deadline);
        late.then_some(Kill::Stopped)
    }
}
