//! The registers, the frames, the upvalues, the code and the constants as the machine's loop reads them: without a
//! bounds check each.
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
//! - Closures move only where one is added, and frames are told: see `Lua::add_closure`.
//! - An upvalue is freed only when neither a closure that lives nor a coroutine's list of open ones names it, or with
//!   all that was made since the seal. One that is open points into the stack of its coroutine: it is closed before
//!   that stack goes or is made short, and told when it moves.

use super::function::{Closure, Function};
use super::heap::Slot;
use super::quick::Instruction;
use super::thread::Frame;
use super::value::Value;
use std::cell::Cell;
use std::ptr::NonNull;

/// Calls nest so deep.
pub(super) const MAX_FRAMES: usize = 16383;
/// The room for so many frames is not counted.
const FEW_FRAMES: usize = 32;

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

    /// Writes three slots.
    #[inline(always)]
    pub(super) fn place_three(&mut self, from: usize, values: [Value; 3]) {
        assert!(from + 3 <= self.len);
        // SAFETY: the range was checked.
        unsafe { *self.slots.add(from).cast() = values }
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

    /// Makes the stack at least so long; `open` are the upvalues that live in it.
    #[cold]
    pub(super) fn grow(&mut self, len: usize, open: &[UpvalueRef]) {
        if len > self.capacity {
            let mut larger = Stack::new(len, len);
            // SAFETY: both have at least `self.len` slots and are different.
            unsafe { std::ptr::copy_nonoverlapping(self.slots, larger.slots, self.len) };
            for &upvalue in open {
                upvalue.open(larger.place(self.slot_of(upvalue)));
            }
            std::mem::swap(self, &mut larger);
        }
        self.len = self.len.max(len);
    }

    /// Makes the stack short again, and nil. No frame may be running, and no upvalue be open.
    pub(super) fn reset(&mut self, len: usize, capacity: usize) {
        if self.capacity > capacity {
            *self = Stack::new(len, capacity);
        } else {
            self.fill(0, self.len, Value::NIL);
            self.len = len.min(self.capacity);
        }
    }

    /// Gives where a slot is.
    #[inline(always)]
    pub(super) fn place(&self, slot: usize) -> *mut Value {
        assert!(slot < self.len);
        // SAFETY: the slot was checked.
        unsafe { self.slots.add(slot) }
    }

    /// Gives the slot that an open upvalue lives in; a large number if it is not open here.
    #[inline(always)]
    pub(super) fn slot_of(&self, upvalue: UpvalueRef) -> usize {
        (upvalue.get_place() as usize).wrapping_sub(self.slots as usize) / size_of::<Value>()
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

    /// Gives all frames, to be changed.
    pub(super) fn as_mut_slice(&mut self) -> &mut [Frame] {
        if self.first.is_null() {
            return &mut [];
        }
        // SAFETY: as in `as_slice`.
        unsafe { std::slice::from_raw_parts_mut(self.first, self.next.offset_from(self.first) as usize) }
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

    /// Gives the bytes of more frames than every coroutine has room for.
    pub(super) fn bytes(&self) -> usize {
        (self.end as usize - self.first as usize).saturating_sub(FEW_FRAMES * size_of::<Frame>())
    }

    /// Gives up the room for many frames. There may be none.
    pub(super) fn reset(&mut self) {
        debug_assert!(self.next == self.first);
        if self.bytes() > 0 {
            *self = Frames::new();
        }
    }

    /// Makes room for more frames.
    #[cold]
    #[inline(never)]
    pub(super) fn grow(&mut self) {
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

/// A variable shared by closures: in the stack while its block runs, here afterwards.
pub(super) struct Upvalue {
    /// Where the value is: in a stack, or in this very object.
    place: Cell<*mut Value>,
    state: Cell<Slot>,
    is_sealed: Cell<bool>,
    value: Cell<Value>,
}

/// Names an upvalue that is live.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct UpvalueRef(*const Upvalue);

impl UpvalueRef {
    /// Of no upvalue: what a closure has room for and does not use.
    pub(super) const NONE: UpvalueRef = UpvalueRef(std::ptr::null());

    #[inline(always)]
    fn here<'a>(self) -> &'a Upvalue {
        debug_assert!(!self.0.is_null());
        // SAFETY: who names an upvalue keeps it alive, and upvalues do not move.
        unsafe { &*self.0 }
    }

    #[inline(always)]
    fn get_place(self) -> *mut Value {
        self.here().place.get()
    }

    #[inline(always)]
    pub(super) fn get(self) -> Value {
        // SAFETY: the place is a slot of a stack that lives, or in the upvalue.
        unsafe { *self.get_place() }
    }

    #[inline(always)]
    pub(super) fn set(self, value: Value) {
        // SAFETY: as in `get`.
        unsafe { *self.get_place() = value }
    }

    /// Has the upvalue live in a slot of a stack.
    fn open(self, place: *mut Value) {
        self.here().place.set(place);
    }

    /// Takes the value out of the stack.
    #[inline]
    pub(super) fn close(self) {
        let upvalue = self.here();
        upvalue.value.set(self.get());
        upvalue.place.set(upvalue.value.as_ptr());
    }

    /// Marks it, if it is not marked; tells whether it did.
    pub(super) fn mark(self) -> bool {
        self.here().state.replace(Slot::Marked) == Slot::Live
    }
}

/// So many upvalues stand in one block.
const BLOCK: usize = 64;
/// Blocks that outlive a region.
const KEPT_BLOCKS: usize = 16;

/// All upvalues, each in a place that does not change.
pub(super) struct Upvalues {
    blocks: Vec<*mut [Upvalue; BLOCK]>,
    /// How many have ever been in use since the region began.
    len: usize,
    free: Vec<UpvalueRef>,
    /// How many are never freed.
    sealed: usize,
}

impl Upvalues {
    pub(super) const fn new() -> Upvalues {
        Upvalues { blocks: Vec::new(), len: 0, free: Vec::new(), sealed: 0 }
    }

    fn at(&self, index: usize) -> UpvalueRef {
        // SAFETY: the place in the block is below its length.
        UpvalueRef(unsafe { self.blocks[index / BLOCK].cast::<Upvalue>().add(index % BLOCK) })
    }

    /// Makes an upvalue that lives in a place of a stack.
    #[inline]
    pub(super) fn insert(&mut self, place: *mut Value) -> UpvalueRef {
        let upvalue = match self.free.pop() {
            Some(upvalue) => upvalue,
            None => self.next(),
        };
        upvalue.here().state.set(Slot::Live);
        upvalue.open(place);
        upvalue
    }

    fn next(&mut self) -> UpvalueRef {
        if self.len == self.blocks.len() * BLOCK {
            let block = Box::new(
                [const {
                    Upvalue {
                        place: Cell::new(std::ptr::null_mut()),
                        state: Cell::new(Slot::Free),
                        is_sealed: Cell::new(false),
                        value: Cell::new(Value::NIL),
                    }
                }; BLOCK],
            );
            self.blocks.push(Box::into_raw(block));
        }
        self.len += 1;
        self.at(self.len - 1)
    }

    fn all(&self) -> impl Iterator<Item = UpvalueRef> {
        (0..self.len).map(|index| self.at(index))
    }

    /// Gives those that are never freed.
    pub(super) fn sealed(&self) -> impl Iterator<Item = UpvalueRef> {
        self.all().take(self.sealed)
    }

    /// Keeps for ever what exists.
    pub(super) fn seal(&mut self) {
        self.sealed = self.len;
        self.free.clear();
        self.all().for_each(|upvalue| upvalue.here().is_sealed.set(true));
    }

    /// Frees what is not marked and unmarks the rest; gives the freed bytes.
    pub(super) fn sweep(&mut self) -> usize {
        let before = self.free.len();
        for index in 0..self.len {
            let upvalue = self.at(index);
            let state = &upvalue.here().state;
            match state.get() {
                Slot::Live if !upvalue.here().is_sealed.get() => {
                    state.set(Slot::Free);
                    self.free.push(upvalue);
                }
                Slot::Marked => state.set(Slot::Live),
                _ => {}
            }
        }
        (self.free.len() - before) * size_of::<Upvalue>()
    }

    /// Drops what was made since the seal; gives the freed bytes.
    pub(super) fn truncate(&mut self) -> usize {
        let freed = self.len - self.sealed - self.free.len();
        self.len = self.sealed;
        self.free.clear();
        let kept = self.sealed.div_ceil(BLOCK) + KEPT_BLOCKS;
        for block in self.blocks.drain(kept.min(self.blocks.len())..) {
            // SAFETY: the block came from a box, and nothing names what was in it.
            drop(unsafe { Box::from_raw(block) });
        }
        freed * size_of::<Upvalue>()
    }
}

impl Drop for Upvalues {
    fn drop(&mut self) {
        for block in self.blocks.drain(..) {
            // SAFETY: as in `truncate`.
            drop(unsafe { Box::from_raw(block) });
        }
    }
}

/// The closure that a frame runs.
#[derive(Clone, Copy)]
pub(super) struct Running(*const Closure);

impl Running {
    /// Of no closure written in Lua.
    pub(super) const NONE: Running = Running(std::ptr::null());

    #[inline(always)]
    pub(super) fn new(closure: &Closure) -> Running {
        Running(closure)
    }

    #[inline(always)]
    pub(super) fn get<'a>(self) -> &'a Closure {
        // SAFETY: a frame keeps its closure alive, and is told when it moves.
        unsafe { &*self.0 }
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

    /// Writes the slot before the first register: that of the function itself, if it has no `...`.
    #[inline(always)]
    pub(super) fn set_function(self, value: Value) {
        // SAFETY: a frame's function stands somewhere before its registers.
        unsafe { *self.0.sub(1) = value }
    }

    /// Gives the window from which a function was called whose slot is a register of it: the reverse of `called`.
    #[inline(always)]
    pub(super) fn caller(self, register: u16) -> Window {
        // SAFETY: as in `called`.
        Window(unsafe { self.0.sub(1).byte_sub(register as usize) })
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
        assert_eq!(frames.bytes(), (128 - FEW_FRAMES) * size_of::<Frame>());
        frames.truncate(200);
        assert_eq!(frames.len(), 100);
        frames.truncate(10);
        assert_eq!(frames.as_slice().iter().map(|frame| frame.base).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
        for base in (0..10).rev() {
            assert_eq!(frames.pop().map(|frame| frame.base), Some(base));
        }
        assert!(frames.pop().is_none());
        frames.reset();
        assert!(frames.is_full() && frames.bytes() == 0);
        frames.push(frame(7));
        assert_eq!((frames.pop().map(|frame| frame.base), frames.bytes()), (Some(7), 0));
        frames.reset();
        assert!(!frames.is_full());
    }

    #[test]
    fn a_stack_keeps_its_values_as_it_grows_and_loses_them_when_reset() {
        let mut stack = Stack::new(4, 8);
        stack.set(3, Value::TRUE);
        for len in [6, 8, 100] {
            stack.grow(len, &[]);
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
        stack.grow(100, &[]);
        assert!((0..100).all(|slot| stack.get(slot).is_nil()));
        stack.reset(4, 8);
        assert_eq!(stack.len(), 4);
    }

    #[test]
    fn upvalues_stay_where_they_are_while_their_values_move() {
        let (mut stack, mut upvalues) = (Stack::new(4, 4), Upvalues::new());
        stack.set(2, Value::number(2.0));
        let kept = upvalues.insert(stack.place(2));
        upvalues.seal();
        let open: Vec<UpvalueRef> = (0..300).map(|n| upvalues.insert(stack.place(n % 4))).collect();
        stack.grow(100, &[&[kept][..], &open].concat());
        stack.set(2, Value::TRUE);
        assert_eq!((kept.get(), open[2].get(), stack.slot_of(open[2])), (Value::TRUE, Value::TRUE, 2));
        open[2].set(Value::FALSE);
        assert_eq!((kept.get(), stack.get(2)), (Value::FALSE, Value::FALSE));
        kept.close();
        open[2].close();
        stack.set(2, Value::NIL);
        assert_eq!((kept.get(), open[2].get()), (Value::FALSE, Value::FALSE));
        drop(stack);
        // What is not marked goes, and its place is used again.
        assert!(open[2].mark() && !open[2].mark());
        assert_eq!(upvalues.sweep(), 299 * size_of::<Upvalue>());
        assert_eq!(open[2].get(), Value::FALSE);
        let mut slot = Stack::new(1, 1);
        slot.set(0, Value::TRUE);
        let again = upvalues.insert(slot.place(0));
        assert!(again.get() == Value::TRUE && again != open[2] && again != kept);
        assert_eq!(upvalues.truncate(), 2 * size_of::<Upvalue>());
        assert_eq!(upvalues.sealed().map(UpvalueRef::get).collect::<Vec<_>>(), [Value::FALSE]);
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
