//! A coroutine: its stack, its frames and its open upvalues.

use super::stack::{Code, Constants, Frames, Stack};
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
    /// The current instruction; the one to begin with, of a frame that does not wait for a call's end.
    pub(super) pc: Code,
    pub(super) constants: Constants,
    /// The first register, or the first argument of a native.
    pub(super) base: u32,
    /// The stack slot of the called function; results go there.
    pub(super) function: u32,
    /// The handle of the Lua function, or [`NATIVE_FRAME`].
    pub(super) closure: u32,
    /// How many results the caller wants; -1 for all.
    pub(super) wanted: i16,
    /// How many registers the function has.
    pub(super) size: u8,
    /// Returning from this frame leaves the machine's loop.
    pub(super) is_entry: bool,
    /// How many frames tail calls have replaced by this one.
    pub(super) tail_calls: u32,
}

/// In place of a closure's handle: the frame of a native function.
pub(super) const NATIVE_FRAME: u32 = u32::MAX;

impl Frame {
    pub(super) fn is_lua(&self) -> bool {
        self.closure != NATIVE_FRAME
    }

    /// Gives the slot after the registers.
    pub(super) fn limit(&self) -> usize {
        self.base as usize + self.size as usize
    }
}

impl Default for Frame {
    fn default() -> Frame {
        Frame {
            pc: Code::NONE,
            constants: Constants::NONE,
            base: 0,
            function: 0,
            closure: NATIVE_FRAME,
            wanted: 0,
            size: 0,
            is_entry: false,
            tail_calls: 0,
        }
    }
}

/// The state of a coroutine. That of the running one is in [`Lua`](super::Lua), and its slot in the heap is empty.
pub(super) struct Thread {
    pub(super) stack: Stack,
    /// The first slot that a native (or the compiler of calls with an open number of arguments) has not used.
    pub(super) top: usize,
    pub(super) frames: Frames,
    /// Handles of the upvalues that still live in the stack, by rising slot.
    pub(super) open: Vec<u32>,
    /// The slot after the last of those; 0 if there is none.
    pub(super) open_end: u32,
    pub(super) status: Status,
    /// Where chunks loaded by this coroutine find their globals.
    pub(super) globals: TableId,
    /// The depth of native calls below which this coroutine cannot yield.
    pub(super) base_calls: u32,
}

impl Thread {
    pub(super) fn new(slots: usize, room: usize, globals: TableId) -> Thread {
        Thread {
            stack: Stack::new(slots, room),
            top: 0,
            frames: Frames::new(),
            open: Vec::new(),
            open_end: 0,
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
        Thread::new(0, 0, TableId(0))
    }
}
