//! A coroutine: its stack, its frames and its open upvalues.

use super::stack::{Code, Constants, Frames, Running, Stack, UpvalueRef};
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
    /// The same function.
    pub(super) running: Running,
    pub(super) shape: Shape,
    /// How many frames tail calls have replaced by this one.
    pub(super) tail_calls: u32,
}

/// How large a frame is and how it is left, in one word, for one look at it decides which way a return goes.
#[derive(Clone, Copy)]
pub(super) struct Shape(u32);

impl Shape {
    const ENTRY: u32 = 1 << 24;

    /// Of a frame with so many registers whose caller wants so many results; -1 for all.
    #[inline(always)]
    pub(super) const fn new(size: u8, wanted: i32) -> Shape {
        Shape(size as u32 | (wanted as u16 as u32) << 8)
    }

    /// The same where returning leaves the machine's loop.
    #[inline(always)]
    pub(super) const fn entry(self) -> Shape {
        Shape(self.0 | Shape::ENTRY)
    }

    #[inline(always)]
    fn size(self) -> usize {
        (self.0 & 0xff) as usize
    }

    #[inline(always)]
    pub(super) fn wanted(self) -> i32 {
        (self.0 >> 8) as i16 as i32
    }

    #[inline(always)]
    pub(super) fn is_entry(self) -> bool {
        self.0 & Shape::ENTRY != 0
    }

    /// Tells whether the machine goes on in the caller, with one result at most.
    #[inline(always)]
    pub(super) fn is_common(self) -> bool {
        self.0 < 2 << 8
    }

    /// Tells whether the machine is left with one result.
    #[inline(always)]
    pub(super) fn is_entry_for_one(self) -> bool {
        self.0 >> 8 == Shape::ENTRY >> 8 | 1
    }
}

/// In place of a closure's handle: the frame of a native function.
pub(super) const NATIVE_FRAME: u32 = u32::MAX;

impl Frame {
    pub(super) fn is_lua(&self) -> bool {
        self.closure != NATIVE_FRAME
    }

    /// Has a return from this frame leave the machine's loop.
    #[inline(always)]
    pub(super) fn make_entry(&mut self) {
        self.shape = self.shape.entry();
    }

    /// Gives the slot after the registers.
    pub(super) fn limit(&self) -> usize {
        self.base as usize + self.shape.size()
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
            running: Running::NONE,
            shape: Shape::new(0, 0),
            tail_calls: 0,
        }
    }
}

/// The state of a coroutine. That of the running one is in [`Lua`](super::Lua); in its place in the heap is the state of
/// the one that has resumed it, and so on down to the first, whose place is empty while another one runs.
pub(super) struct Thread {
    pub(super) stack: Stack,
    /// The first slot that a native (or the compiler of calls with an open number of arguments) has not used.
    pub(super) top: usize,
    pub(super) frames: Frames,
    /// The upvalues that still live in the stack, by rising slot.
    pub(super) open: Vec<UpvalueRef>,
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

    /// Makes the stack at least so long.
    pub(super) fn grow(&mut self, len: usize) {
        self.stack.grow(len, &self.open);
    }

    pub(super) fn bytes(&self) -> usize {
        size_of::<Thread>() + self.stack.len() * size_of::<Value>() + self.frames.bytes()
    }
}

impl Default for Thread {
    fn default() -> Thread {
        Thread::new(0, 0, TableId(0))
    }
}
