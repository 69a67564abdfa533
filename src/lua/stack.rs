//! The registers, the frames, the code and the constants as the machine's loop reads them: without a bounds check
//! each.
//!
//! This is the only file of the engine with unsafe code. What it relies on:
//!
//! - [`Function`](super::function::Function)s are made only by `load`, which verifies that every register, constant,
//!   upvalue and jump of the code is within bounds, and that no path runs past its end.
//! - A frame of a Lua function is pushed only when the stack has `max_stack` slots from its base; the stack is never
//!   shortened while frames run, and a [`Window`] is taken anew after anything that may grow it or switch coroutines.
//! - The code and constants of a function stay where they are as long as a frame runs it.
//! - The collector and the reset of a region free a function only with all closures of it.
//! - The machine's loop runs only while there is a frame.

use super::function::Function;
use super::quick::Instruction;
use super::thread::Frame;
use super::value::Value;
use std::ptr::NonNull;

/// Calls nest so deep.
pub(super) const MAX_FRAMES: usize = 16383;

/// The slots of a coroutine. Those up to `len` are in use or have been; what lies above is nil.
pub(super) struct Stack {
    slots: *mut Value,
    len: usize,
    capacity: usize,
}

impl Stack {
    /// Makes a stack of `len` slots with room for `capacity`.
    pub(super) fn new(len: usize, capacity: usize) -> Stack {
        let capacity = capacity.max(len);
        let slots = Box::into_raw(vec![Value::NIL; capacity].into_boxed_slice()) as *mut Value;
        Stack { slots, len, capacity }
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

    /// Copies `count` slots; the ranges may overlap.
    #[inline]
    pub(super) fn copy(&mut self, from: usize, to: usize, count: usize) {
        assert!(from.max(to).checked_add(count).is_some_and(|end| end <= self.len));
        // SAFETY: both ranges were checked.
        unsafe {
            let (from, to) = (self.slots.add(from), self.slots.add(to));
            // A few are moved by hand: a block copy is a call out of WebAssembly.
            match count {
                0 => {}
                1 => *to = *from,
                2 => {
                    let both = (*from, *from.add(1));
                    (*to, *to.add(1)) = both;
                }
                3 => {
                    let three = (*from, *from.add(1), *from.add(2));
                    (*to, *to.add(1), *to.add(2)) = three;
                }
                _ => std::ptr::copy(from, to, count),
            }
        }
    }

    /// Makes the stack at least so long.
    #[cold]
    pub(super) fn grow(&mut self, len: usize) {
        if len > self.capacity {
            let mut larger = Stack::new(len, len);
            // SAFETY: both have at least `self.len` slots and are different.
            unsafe { std::ptr::copy_nonoverlapping(self.slots, larger.slots, self.len) };
            std::mem::swap(self, &mut larger);
        }
        self.len = self.len.max(len);
    }

    /// Makes the stack short again, and nil. No frame may be running.
    pub(super) fn reset(&mut self, len: usize, capacity: usize) {
        if self.capacity > capacity {
            *self = Stack::new(len, capacity);
        } else {
            self.fill(0, self.len, Value::NIL);
            self.len = len.min(self.capacity);
        }
    }

    /// Gives the registers from a frame's base, which has its function's number of slots.
    #[inline(always)]
    pub(super) fn window(&self, base: u32) -> Window {
        debug_assert!(base as usize <= self.len);
        // SAFETY: the frame's slots exist.
        Window(unsafe { self.slots.add(base as usize) })
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: `slots` came from a boxed slice of this length.
        drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.slots, self.capacity)) });
    }
}

/// The calls in progress of a coroutine, the newest last.
pub(super) struct Frames {
    first: *mut Frame,
    /// Where the next one goes.
    next: *mut Frame,
    end: *mut Frame,
}

impl Frames {
    pub(super) const fn new() -> Frames {
        Frames { first: std::ptr::null_mut(), next: std::ptr::null_mut(), end: std::ptr::null_mut() }
    }

    #[inline(always)]
    pub(super) fn as_slice(&self) -> &[Frame] {
        if self.first.is_null() {
            return &[];
        }
        // SAFETY: frames from `first` to `next` were written.
        unsafe { std::slice::from_raw_parts(self.first, self.next.offset_from(self.first) as usize) }
    }

    pub(super) fn len(&self) -> usize {
        self.as_slice().len()
    }

    #[inline(always)]
    pub(super) fn last(&self) -> Option<&Frame> {
        // SAFETY: below `next` is a frame unless there is none.
        if self.next == self.first { None } else { Some(unsafe { &*self.next.sub(1) }) }
    }

    /// Gives the newest frame.
    #[inline(always)]
    pub(super) fn top(&mut self) -> &mut Frame {
        debug_assert!(self.next != self.first);
        // SAFETY: the machine runs, so there is a frame.
        unsafe { &mut *self.next.sub(1) }
    }

    /// Tells whether `push` would have to find more room.
    #[inline(always)]
    pub(super) fn is_full(&self) -> bool {
        self.next == self.end
    }

    #[inline(always)]
    pub(super) fn push(&mut self, frame: Frame) {
        if self.is_full() {
            self.grow();
        }
        self.try_push(frame);
    }

    /// Pushes a frame if there is room for one; tells whether there was.
    #[inline(always)]
    pub(super) fn try_push(&mut self, frame: Frame) -> bool {
        if self.is_full() {
            return false;
        }
        // SAFETY: there is room between `next` and `end`.
        unsafe {
            self.next.write(frame);
            self.next = self.next.add(1);
        }
        true
    }

    /// Drops the newest frame.
    #[inline(always)]
    pub(super) fn leave(&mut self) {
        debug_assert!(self.next != self.first);
        // SAFETY: the machine runs, so there is a frame.
        self.next = unsafe { self.next.sub(1) };
    }

    #[inline(always)]
    pub(super) fn pop(&mut self) -> Option<Frame> {
        let frame = self.last().copied()?;
        // SAFETY: there is a frame below `next`.
        self.next = unsafe { self.next.sub(1) };
        Some(frame)
    }

    pub(super) fn truncate(&mut self, len: usize) {
        if len < self.len() {
            // SAFETY: there are that many frames.
            self.next = unsafe { self.first.add(len) };
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let len = self.len();
        let capacity = (len * 2).clamp(8, MAX_FRAMES.max(len + 1));
        let mut larger = Vec::with_capacity(capacity);
        larger.extend_from_slice(self.as_slice());
        larger.resize(capacity, Frame::default());
        let first = Box::into_raw(larger.into_boxed_slice()) as *mut Frame;
        // SAFETY: the new slice has more than `len` frames.
        let moved = unsafe { Frames { first, next: first.add(len), end: first.add(capacity) } };
        drop(std::mem::replace(self, moved));
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if !self.first.is_null() {
            // SAFETY: `first` came from a boxed slice that ends at `end`.
            unsafe {
                let len = self.end.offset_from(self.first) as usize;
                drop(Box::from_raw(std::ptr::slice_from_raw_parts_mut(self.first, len)));
            }
        }
    }
}

/// The function of a closure.
#[derive(Clone, Copy, Default)]
pub(super) struct Loaded(Option<NonNull<Function>>);

impl Loaded {
    pub(super) fn new(function: Option<&Function>) -> Loaded {
        Loaded(function.map(NonNull::from))
    }

    /// Gives the function, if the closure is one that lives.
    #[inline(always)]
    pub(super) fn get<'a>(self) -> Option<&'a Function> {
        // SAFETY: functions do not move, and one is freed only when no closure of it lives.
        self.0.map(|function| unsafe { function.as_ref() })
    }
}

/// The registers of the running frame. Operands are distances in bytes.
#[derive(Clone, Copy)]
pub(super) struct Window(*mut Value);

impl Window {
    #[inline(always)]
    pub(super) fn get(self, register: u16) -> Value {
        // SAFETY: the loader verified the register, and the window was taken with room for it.
        unsafe { *self.0.byte_add(register as usize) }
    }

    /// Reads the register so many after another.
    #[inline(always)]
    pub(super) fn after(self, register: u16, count: usize) -> Value {
        // SAFETY: as in `get`.
        unsafe { *self.0.byte_add(register as usize).add(count) }
    }

    #[inline(always)]
    pub(super) fn set(self, register: u16, value: Value) {
        // SAFETY: as in `get`.
        unsafe { *self.0.byte_add(register as usize) = value }
    }

    /// Writes the register so many after another.
    #[inline(always)]
    pub(super) fn set_after(self, register: u16, count: usize, value: Value) {
        // SAFETY: as in `get`.
        unsafe { *self.0.byte_add(register as usize).add(count) = value }
    }

    /// Gives the window that begins after a register: that of a function called there.
    #[inline(always)]
    pub(super) fn called(self, register: u16) -> Window {
        // SAFETY: the register is within the window.
        Window(unsafe { self.0.byte_add(register as usize).add(1) })
    }
}

/// The constants of the running function. Operands are distances in bytes.
#[derive(Clone, Copy)]
pub(super) struct Constants(*const Value);

impl Constants {
    /// Of no function.
    pub(super) const NONE: Constants = Constants(std::ptr::null());

    #[inline(always)]
    pub(super) fn new(constants: &[Value]) -> Constants {
        Constants(constants.as_ptr())
    }

    #[inline(always)]
    pub(super) fn get(self, constant: u32) -> Value {
        // SAFETY: the loader verified the constant.
        unsafe { *self.0.byte_add(constant as usize) }
    }
}

/// Points at an instruction of verified code.
#[derive(Clone, Copy)]
pub(super) struct Code(*const Instruction);

impl Code {
    /// Of no function.
    pub(super) const NONE: Code = Code(std::ptr::null());

    /// Points at the first instruction.
    #[inline(always)]
    pub(super) fn new(code: &[Instruction]) -> Code {
        Code(code.as_ptr())
    }

    /// Reads the instruction.
    #[inline(always)]
    pub(super) fn now<'a>(self) -> &'a Instruction {
        // SAFETY: the loader verified that every path stays inside the code, which outlives the frame.
        unsafe { &*self.0 }
    }

    #[inline(always)]
    pub(super) fn op(self) -> u16 {
        self.now().op
    }

    #[inline(always)]
    pub(super) fn a(self) -> u16 {
        self.now().a
    }

    #[inline(always)]
    pub(super) fn b(self) -> u16 {
        self.now().b
    }

    #[inline(always)]
    pub(super) fn c(self) -> u16 {
        self.now().c
    }

    /// Reads the operand of 32 bits.
    #[inline(always)]
    pub(super) fn long(self) -> u32 {
        self.now().b as u32 | (self.now().c as u32) << 16
    }

    /// Points at the next instruction.
    #[inline(always)]
    pub(super) fn next(self) -> Code {
        // SAFETY: the loader verified that no path runs past the end.
        Code(unsafe { self.0.add(1) })
    }

    /// Points so many bytes on, or back.
    #[inline(always)]
    pub(super) fn jump(self, distance: i32) -> Code {
        // SAFETY: the loader verified that jumps land inside the code.
        Code(unsafe { self.0.byte_offset(distance as isize) })
    }

    /// Gives the index of the instruction in its function's code; 0 if it is not there.
    pub(super) fn index(self, code: &[Instruction]) -> usize {
        let distance = (self.0 as usize).wrapping_sub(code.as_ptr() as usize) / size_of::<Instruction>();
        if distance < code.len() { distance } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(base: u32) -> Frame {
        Frame { base, ..Frame::default() }
    }

    #[test]
    fn frames_stack_up_and_down() {
        let mut frames = Frames::new();
        assert!(frames.last().is_none() && frames.pop().is_none() && frames.is_full());
        for base in 0..100 {
            frames.push(frame(base));
            assert_eq!((frames.top().base, frames.len()), (base, base as usize + 1));
        }
        frames.truncate(200);
        assert_eq!(frames.len(), 100);
        frames.truncate(10);
        assert_eq!(frames.as_slice().iter().map(|frame| frame.base).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
        for base in (0..10).rev() {
            assert_eq!(frames.pop().map(|frame| frame.base), Some(base));
        }
        assert!(frames.pop().is_none());
    }

    #[test]
    fn a_stack_keeps_its_values_as_it_grows_and_loses_them_when_reset() {
        let mut stack = Stack::new(4, 8);
        stack.set(3, Value::TRUE);
        for len in [6, 8, 100] {
            stack.grow(len);
            assert_eq!((stack.len(), stack.get(3), stack.get(len - 1)), (len, Value::TRUE, Value::NIL));
        }
        for count in 0..=5 {
            let number = |n: usize| Value::number(n as f64);
            (0..8).for_each(|n| stack.set(10 + n, number(n)));
            stack.copy(11, 10, count);
            stack.copy(13, 15, count);
            assert!((0..count.min(3)).all(|n| stack.get(10 + n) == number(n + 1)));
            (0..8).for_each(|n| stack.set(10 + n, number(n)));
            stack.copy(10, 11, count);
            assert!((0..count).all(|n| stack.get(11 + n) == number(n)));
        }
        stack.set(50, Value::TRUE);
        stack.reset(4, 100);
        stack.grow(100);
        assert!((0..100).all(|slot| stack.get(slot).is_nil()));
        stack.reset(4, 8);
        assert_eq!(stack.len(), 4);
    }

    #[test]
    fn code_is_walked_by_bytes() {
        let code: Vec<Instruction> = (0..4).map(|op| Instruction { op, a: 1, b: 2, c: 3 }).collect();
        let first = Code::new(&code);
        assert_eq!((first.next().op(), first.jump(24).op(), first.jump(24).jump(-16).index(&code)), (1, 3, 1));
        assert_eq!((first.a(), first.b(), first.c(), first.long()), (1, 2, 3, 0x3_0002));
        assert_eq!(Code::NONE.index(&code), 0);
    }
}
