//! What ends a computation early.

use super::value::Value;

/// Why a script was stopped for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kill {
    /// It spent all the fuel of its [`Limits`](super::Limits).
    Fuel,
    /// The host asked for it.
    Stopped,
}

/// What a call answers instead of results.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum LuaError {
    /// A Lua error with its value, which `pcall` catches.
    Throw(Value),
    /// The script must end; nothing inside Lua can catch this.
    Kill(Kill),
    /// `coroutine.yield` on its way to `coroutine.resume`; natives pass it on like any error.
    Yield,
}

pub type Result<T> = std::result::Result<T, LuaError>;
