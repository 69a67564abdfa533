//! The registers, the code and the constants as the machine's loop reads them: without a bounds check each.
//!
//! This is the only file of the engine with unsafe code. What it relies on:
//!
//! - [`Function`](super::function::Function)s are made only by `function::load`, which verifies that every register,
//!   constant, upvalue and jump of the code is within bounds, and that no path runs past its end.
//! - A [`Window`] is taken for a frame whose function needs `max_stack` registers, with that many slots checked to
//!   exist, and is taken anew after anything that may grow the stack or switch coroutines.
//! - The code and constants of a function stay where they are as long as a frame runs it.

use super::value::Value;

/// So many slots are made nil with a few wide stores.
pub(super) const CLEARED: usize = 8;

/// The slots of a coroutine, which grow and never shrink.
pub(super) struct Stack {
    slots: *mut Value,
    len: usize,
}

impl Stack {
    pub(super) fn new(len: usize) -> Stack {
        let slots = Box::into_raw(vec![Value::NIL; len].into_boxed_slice()) as *mut Value;
        Stack { slots, len }
    }

    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    pub(super) fn get(&self, index: usize) -> Value {
        assert!(index < self.len);
        // SAFETY: the index was checked, and `slots` has `len` values.
        unsafe { *self.slots.add(index) }
    }

    #[inline(always)]
    pub(super) fn set(&mut self, index: usize, value: Value) {
        assert!(index < self.len);
        // SAFETY: as in `get`.
        unsafe { *self.slots.add(index) = value }
    }

    pub(super) fn fill(&mut self, from: usize, to: usize, value: Value) {
        assert!(from <= to && to <= self.len);
        for index in from..to {
            // SAFETY: the range was checked.
            unsafe { *self.slots.add(index) = value }
        }
    }

    /// Makes [`CLEARED`] slots nil, at once.
    #[inline(always)]
    pub(super) fn clear_few(&mut self, from: usize) {
        assert!(from + CLEARED <= self.len);
        for index in from..from + CLEARED {
            // SAFETY: the range was checked.
            unsafe { *self.slots.add(index) = Value::NIL }
        }
    }

    /// Copies `count` slots; the ranges may overlap.
    pub(super) fn copy(&mut self, from: usize, to: usize, count: usize) {
        assert!(from.max(to).checked_add(count).is_some_and(|end| end <= self.len));
        // SAFETY: both ranges were checked.
        unsafe { std::ptr::copy(self.slots.add(from), self.slots.add(to), count) }
    }

    /// Makes the stack at least so long.
    #[cold]
    pub(super) fn grow(&mut self, len: usize) {
        if len > self.len {
            let mut larger = Stack::new(len);
            // SAFETY: both have at least `self.len` slots and are different.
            unsafe { std::ptr::copy_nonoverlapping(self.slots, larger.slots, self.len) };
            std::mem::swap(self, &mut larger);
        }
    }

    /// Gives the registers of a frame; `count` slots from `base` must exist.
    #[inline(always)]
    pub(super) fn window(&self, base: usize, count: usize) -> Window {
        assert!(base + count <= self.len);
        // SAFETY: the base was checked to be within the slots.
        Window(unsafe { self.slots.add(base) })
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: `slots` came from a boxed slice of this length.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.slots, self.len)) });
    }
}

/// The registers of the running frame.
#[derive(Clone, Copy)]
pub(super) struct Window(*mut Value);

impl Window {
    #[inline(always)]
    pub(super) fn get(self, register: u32) -> Value {
        // SAFETY: the loader verified the register, and the window was taken with room for it.
        unsafe { *self.0.add(register as usize) }
    }

    #[inline(always)]
    pub(super) fn set(self, register: u32, value: Value) {
        // SAFETY: as in `get`.
        unsafe { *self.0.add(register as usize) = value }
    }
}

/// The constants of the running function.
#[derive(Clone, Copy)]
pub(super) struct Constants(*const Value);

impl Constants {
    #[inline(always)]
    pub(super) fn new(constants: &[Value]) -> Constants {
        Constants(constants.as_ptr())
    }

    #[inline(always)]
    pub(super) fn get(self, index: u32) -> Value {
        // SAFETY: the loader verified the index.
        unsafe { *self.0.add(index as usize) }
    }
}

/// Where the running function reads its next instruction.
#[derive(Clone, Copy)]
pub(super) struct Code(*const u32);

impl Code {
    /// Points at an instruction of verified code.
    #[inline(always)]
    pub(super) fn new(code: &[u32], pc: u32) -> Code {
        assert!((pc as usize) < code.len());
        // SAFETY: the place was checked.
        Code(unsafe { code.as_ptr().add(pc as usize) })
    }

    /// Reads an instruction and steps over it.
    #[inline(always)]
    pub(super) fn next(&mut self) -> u32 {
        // SAFETY: the loader verified that no path runs past the end.
        unsafe {
            let instruction = *self.0;
            self.0 = self.0.add(1);
            instruction
        }
    }

    /// Reads the next instruction and stays.
    #[inline(always)]
    pub(super) fn peek(self) -> u32 {
        // SAFETY: as in `next`.
        unsafe { *self.0 }
    }

    #[inline(always)]
    pub(super) fn jump(&mut self, distance: i32) {
        // SAFETY: the loader verified that jumps land inside the code.
        self.0 = unsafe { self.0.offset(distance as isize) };
    }

    /// Gives the index of the next instruction.
    #[inline(always)]
    pub(super) fn index(self, code: Code) -> u32 {
        // SAFETY: both point into the same function's code.
        unsafe { self.0.offset_from(code.0) as u32 }
    }
}
