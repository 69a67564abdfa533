//! The standard libraries, as natives.

mod base;
mod bit;
mod coroutine;
mod dump;
mod format;
mod math;
mod pattern;
mod string;
mod table;

use super::{Lua, Result};

pub(super) use math::FIRST_RANDOM;
pub(super) use pattern::Captures;

impl Lua {
    /// Puts the standard libraries into the table of globals.
    pub fn open_libs(&mut self) -> Result<()> {
        base::open(self)?;
        coroutine::open(self)?;
        string::open(self)?;
        table::open(self)?;
        math::open(self)?;
        bit::open(self)
    }
}
