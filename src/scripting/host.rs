//! The engine as the Lua machine sees it while a script runs.

use super::{api, cjson};
use crate::dispatch::Context;
use crate::lua::{Args, Host, Kill, Lua, Result};

/// The running script's way to Redis.
pub struct ScriptHost<'a, 'b> {
    pub cx: &'a mut Context<'b>,
    json: &'a mut cjson::Settings,
    /// When the script must end, on the host's monotonic clock in microseconds: known once it has run for a while.
    deadline: Option<u64>,
}

impl<'a, 'b> ScriptHost<'a, 'b> {
    /// Begins a run. Its time counts from the first interrupt, so that a short script asks for no time.
    pub fn new(cx: &'a mut Context<'b>, json: &'a mut cjson::Settings) -> ScriptHost<'a, 'b> {
        ScriptHost { cx, json, deadline: None }
    }
}

impl Host for ScriptHost<'_, '_> {
    fn call(&mut self, lua: &mut Lua, id: u32, args: Args) -> Result<usize> {
        if id >= cjson::FIRST { cjson::call(self.json, lua, id, args) } else { api::call(self.cx, lua, id, args) }
    }

    fn interrupt(&mut self) -> Option<Kill> {
        let limit = self.cx.server.config.script_time;
        if limit == 0 {
            return None;
        }
        let now = self.cx.server.host.monotonic_us();
        let deadline = *self.deadline.get_or_insert_with(|| now.saturating_add(limit.saturating_mul(1000)));
        (now > deadline).then_some(Kill::Stopped)
    }
}
