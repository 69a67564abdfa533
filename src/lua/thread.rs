//! A coroutine: its stack, its frames and its open upvalues.

use super::stack::Stack;
use super::value::{TableId, Value};

/// What a coroutine is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Status {
    /// Not started, or waiting in `yield`.
    #[default]
    Suspended,
    Running,
    /// Has resumed another one.
    Normal,
    /// Has returned or failed.
    Dead,
}

/// A call in progress.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// The stack slot of the called function; results go there.
    pub(super) function: u32,
    /// The first register, or the first argument of a native.
    pub(super) base: u32,
    /// The handle of the Lua function, or [`NATIVE_FRAME`].
    pub(super) closure: u32,
    /// The index of the instruction after the current one.
    pub(super) pc: u32,
    /// How many results the caller wants; -1 for all.
    pub(super) wanted: i32,
    /// How many frames tail calls have replaced by this one.
    pub(super) tail_calls: u32,
    /// Returning from this frame leaves the machine's loop.
    pub(super) is_entry: bool,
}

/// In place of a closure's handle: the frame of a native function.
pub(super) const NATIVE_FRAME: u32 = u32::MAX;

impl Frame {
    pub(super) fn is_lua(&self) -> bool {
        self.closure != NATIVE_FRAME
    }
}

/// The state of a coroutine. That of the running one is in [`Lua`](super::Lua), and its slot in the heap is empty.
pub(super) struct Thread {
    pub(super) stack: Stack,
    /// The first slot that a native (or the compiler of calls with an open number of arguments) has not used.
    pub(super) top: usize,
    pub(super) frames: Vec<Frame>,
    /// Handles of the upvalues that still live in the stack, by rising slot.
    pub(super) open: Vec<u32>,
    pub(super) status: Status,
    /// Where chunks loaded by this coroutine find their globals.
    pub(super) globals: TableId,
    /// The depth of native calls below which this coroutine cannot yield.
    pub(super) base_calls: u32,
}

impl Thread {
    pub(super) fn new(slots: usize, globals: TableId) -> Thread {
        Thread {
            stack: Stack::new(slots),
            top: 0,
            frames: Vec::new(),
            open: Vec::new(),
            status: Status::Suspended,
            globals,
            base_calls: 0,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        size_of::<Thread>() + self.stack.len() * size_of::<Value>()
    }
}

impl Default for Thread {
    fn default() -> Thread {
        Thread::new(0, TableId(0))
    }
}
