//! The standard libraries, as natives.

mod base;
mod coroutine;

use super::{Lua, Result};

impl Lua {
    /// Puts the standard libraries into the table of globals.
    pub fn open_libs(&mut self) -> Result<()> {
        base::open(self)?;
        coroutine::open(self)
    }
}
