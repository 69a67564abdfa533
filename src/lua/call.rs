//! Calls and returns, protected calls, coroutines.

use super::error::{LuaError, Result};
use super::function::{Closure, Function, FunctionId};
use super::heap::Heap;
use super::meta::{Event, NO_REGISTER};
use super::proto;
use super::stack::{Code, Constants, MAX_FRAMES, Running, Upvalue, UpvalueRef};
use super::thread::{Frame, NATIVE_FRAME, Shape, Status, Thread};
use super::value::{ClosureId, CoroutineId, TableId, Value};
use super::{Args, Host, Lua};

/// Natives, metamethods and coroutines nest so deep.
const MAX_NATIVE_CALLS: u32 = 200;
/// A native finds at least so many free slots.
const NATIVE_SLOTS: usize = 20;

impl Lua {
    /// Runs a loaded function as a script of its own: the stack begins empty, and an error leaves nothing behind.
    /// Answers the results, which stay until the next run; [`Lua::fault`] then says where an error arose.
    pub fn run(&mut self, host: &mut dyn Host, function: FunctionId, args: &[Value]) -> Result<Args> {
        let closure = self.instantiate(function)?;
        if self.native_calls == 0 {
            self.thread.top = 0;
        }
        self.call_protected(host, closure, args)
    }

    /// Makes a function value of a loaded function.
    pub fn instantiate(&mut self, function: FunctionId) -> Result<Value> {
        self.closure(function.0, self.thread.globals.0).map(Value::from)
    }

    /// Makes a function value of a loaded function that finds its globals in a table of their own.
    pub fn instantiate_in(&mut self, function: FunctionId, globals: TableId) -> Result<Value> {
        self.closure(function.0, globals.0).map(Value::from)
    }

    /// Has all functions that found their globals in one table find them in another from here on.
    pub fn replace_globals(&mut self, from: TableId, to: TableId) {
        for handle in self.heap.closures.handles() {
            let closure = &mut self.heap.closures[handle];
            if closure.environment == from.0 {
                closure.environment = to.0;
            }
        }
    }

    pub(super) fn closure(&mut self, function: u32, environment: u32) -> Result<ClosureId> {
        self.add_closure(Closure::new(self.heap.functions[function].as_deref(), environment))
    }

    pub(super) fn add_closure(&mut self, closure: Closure) -> Result<ClosureId> {
        let bytes = closure.bytes();
        self.reserve(bytes)?;
        self.heap.bytes += bytes;
        let moves = self.heap.closures.is_full();
        let added = self.heap.closures.insert(closure);
        if moves {
            self.renew_frames();
        }
        Ok(ClosureId(added))
    }

    /// Tells the frames of all coroutines where their closures are now.
    #[cold]
    #[inline(never)]
    fn renew_frames(&mut self) {
        let Heap { closures, coroutines, .. } = &mut self.heap;
        let renew = |thread: &mut Thread| {
            for frame in thread.frames.as_mut_slice().iter_mut().filter(|frame| frame.is_lua()) {
                frame.running = Running::new(&closures[frame.closure]);
            }
        };
        renew(&mut self.thread);
        coroutines.handles().for_each(|handle| renew(&mut coroutines[handle]));
    }

    /// Calls a function value and answers all its results. An error passes through.
    pub fn call(&mut self, host: &mut dyn Host, function: Value, args: &[Value]) -> Result<Args> {
        let mark = self.thread.top;
        self.push(function);
        for &arg in args {
            self.push(arg);
        }
        self.call_pushed(host, mark)
    }

    /// Calls the function that was pushed when [`Lua::top`] was `mark`, with what was pushed after it as arguments,
    /// and answers all its results, which take their place.
    pub fn call_pushed(&mut self, host: &mut dyn Host, mark: usize) -> Result<Args> {
        self.call_at(host, mark, -1)?;
        Ok(Args::new(mark, self.thread.top - mark))
    }

    /// Calls a function value for its first result. Nothing is left on the stack.
    pub fn call_value(&mut self, host: &mut dyn Host, function: Value, args: &[Value]) -> Result<Value> {
        self.call_metamethod(host, function, args)
    }

    /// Asks a function whether one value comes before another, for two units of fuel. Nothing is left on the stack.
    #[inline]
    pub(super) fn call_order(&mut self, host: &mut dyn Host, order: Value, left: Value, right: Value) -> Result<bool> {
        let mark = self.thread.top;
        // As `call_at` and `enter_closure`, without the detours.
        if let Some(closure) = order.as_closure()
            && let running = &self.heap.closures[closure.0]
            && let Some(code) = running.code.get()
            && code.cost == 0
            && mark + 3 + code.room as usize <= self.thread.stack.len()
            && self.native_calls + 1 < MAX_NATIVE_CALLS
            && self.thread.frames.try_push(Frame {
                pc: Code::new(&code.quick),
                constants: Constants::new(&code.constants),
                base: mark as u32 + 1,
                function: mark as u32,
                closure: closure.0,
                running: Running::new(running),
                shape: Shape::new(code.max_stack, 1).entry(),
                tail_calls: 0,
            })
        {
            self.thread.stack.place_three(mark, [order, left, right]);
            // The B of a CALL with two arguments.
            if code.enough > 3 {
                let given = (code.param_count as usize).min(2);
                self.thread.stack.fill(mark + 1 + given, mark + 1 + code.clean as usize, Value::NIL);
            }
            self.native_calls += 1;
            self.spend(2)?;
            self.execute(host)?;
            self.native_calls -= 1;
        } else {
            self.push(order);
            self.push(left);
            self.push(right);
            self.spend(1)?;
            self.call_at(host, mark, 1)?;
        }
        self.thread.top = mark;
        Ok(!self.thread.stack.get(mark).is_falsy())
    }

    /// As [`Lua::call`]; an error leaves the stack as it was before.
    pub fn call_protected(&mut self, host: &mut dyn Host, function: Value, args: &[Value]) -> Result<Args> {
        let mark = self.thread.top;
        self.push(function);
        for &arg in args {
            self.push(arg);
        }
        self.call_pushed_protected(host, mark)
    }

    /// As [`Lua::call_pushed`]; an error leaves the stack as it was before the function was pushed.
    pub fn call_pushed_protected(&mut self, host: &mut dyn Host, mark: usize) -> Result<Args> {
        let (frames, calls) = (self.thread.frames.len(), self.native_calls);
        self.fault = None;
        if calls == 0 {
            self.trail.clear();
        }
        let done = self.call_pushed(host, mark);
        if done.is_err() {
            if calls == 0 {
                self.trail = self.places();
            }
            self.close(mark);
            self.thread.frames.truncate(frames);
            self.thread.top = mark;
            self.native_calls = calls;
        }
        done
    }

    /// Calls the function in a slot with the arguments between it and the top. The results take its place: as many
    /// as wanted, or all up to the new top for -1.
    pub(super) fn call_at(&mut self, host: &mut dyn Host, function: usize, wanted: i32) -> Result<()> {
        self.native_calls += 1;
        if self.native_calls >= MAX_NATIVE_CALLS {
            return Err(self.run_error("C stack overflow"));
        }
        self.spend(1)?;
        let top = if wanted < 0 { None } else { Some(function + wanted as usize) };
        let entered = match self.thread.stack.get(function).as_closure() {
            Some(closure) => self.enter_closure(closure, function, wanted).map(|()| true),
            None => self.enter(host, function, wanted),
        };
        if entered? {
            self.thread.frames.top().make_entry();
            self.execute(host)?;
        }
        if let Some(top) = top {
            self.thread.top = top;
        }
        self.native_calls -= 1;
        Ok(())
    }

    /// Begins a call: pushes the frame of a Lua function and answers true, or runs a native one to its end.
    #[inline(always)]
    pub(super) fn enter(&mut self, host: &mut dyn Host, function: usize, wanted: i32) -> Result<bool> {
        let callee = self.thread.stack.get(function);
        if let Some(closure) = callee.as_closure() {
            return self.enter_closure(closure, function, wanted).map(|()| true);
        }
        let args = self.enter_native(function, wanted)?;
        let count = if let Some(native) = callee.as_native() {
            let native = self.heap.natives[native.0].function;
            native(self, host, args)?
        } else if let Some(id) = callee.as_host() {
            host.call(self, id, args)?
        } else {
            self.thread.frames.leave();
            return self.enter_handler(host, callee, function, wanted);
        };
        self.leave_native(count);
        Ok(false)
    }

    /// Begins a call of a value that is no function.
    #[cold]
    #[inline(never)]
    fn enter_handler(&mut self, host: &mut dyn Host, callee: Value, function: usize, wanted: i32) -> Result<bool> {
        self.insert_handler(callee, function)?;
        self.enter(host, function, wanted)
    }

    /// Puts the `__call` metamethod of a value that is no function before it.
    #[cold]
    fn insert_handler(&mut self, callee: Value, function: usize) -> Result<()> {
        let handler = self.metamethod(callee, Event::Call);
        if !handler.is_function() {
            let register = match self.thread.frames.last() {
                Some(frame) if function >= frame.base as usize => (function - frame.base as usize) as u32,
                _ => NO_REGISTER,
            };
            return Err(self.operand_error(callee, register, "call"));
        }
        self.push(Value::NIL);
        let count = self.thread.top - 1 - function;
        self.thread.stack.copy(function, function + 1, count);
        self.thread.stack.set(function, handler);
        Ok(())
    }

    #[inline]
    pub(super) fn enter_closure(&mut self, closure: ClosureId, function: usize, wanted: i32) -> Result<()> {
        let Some(code) = self.heap.closures[closure.0].code.get() else { return Ok(()) };
        let (max_stack, params) = (code.max_stack as usize, code.param_count as usize);
        if code.cost > 0 {
            self.charge(code.cost as usize);
        }
        let needed = self.thread.top + max_stack + params + 1;
        if needed > self.thread.stack.len() {
            self.grow_stack(needed)?;
        }
        let base = if code.is_vararg == 0 {
            let base = function + 1;
            let given = (self.thread.top - base).min(params);
            self.thread.stack.fill(base + given, base + code.clean as usize, Value::NIL);
            base
        } else {
            self.shift_varargs(function, code)?
        };
        self.thread.top = base + max_stack;
        self.push_frame(Frame {
            pc: Code::new(&code.quick),
            constants: Constants::new(&code.constants),
            base: base as u32,
            function: function as u32,
            closure: closure.0,
            running: Running::new(&self.heap.closures[closure.0]),
            shape: Shape::new(max_stack as u8, wanted),
            tail_calls: 0,
        })
    }

    /// Moves the fixed parameters above the other arguments; answers the base.
    fn shift_varargs(&mut self, function: usize, code: &Function) -> Result<usize> {
        let params = code.param_count as usize;
        let given = self.thread.top - function - 1;
        let list = if code.is_vararg & proto::NEEDS_ARG != 0 {
            Some(self.list_varargs(function + params, given.saturating_sub(params))?)
        } else {
            None
        };
        let base = function + 1 + given.max(params);
        for n in 0..params {
            let (from, to) = (function + 1 + n, base + n);
            let value = if n < given { self.thread.stack.get(from) } else { Value::NIL };
            self.thread.stack.set(from, Value::NIL);
            self.thread.stack.set(to, value);
        }
        self.thread.stack.fill(base + params, base + code.clean as usize, Value::NIL);
        if code.is_vararg & proto::HAS_ARG != 0 {
            self.thread.stack.set(base + params, list.map_or(Value::NIL, Value::from));
        }
        Ok(base)
    }

    /// Makes the table `arg` of the arguments after a slot.
    #[cold]
    fn list_varargs(&mut self, slot: usize, count: usize) -> Result<TableId> {
        let list = self.table(count, 1)?;
        for n in 1..=count {
            let value = self.thread.stack.get(slot + n);
            self.raw_set_int(list, n as i64, value)?;
        }
        self.raw_set_name(list, "n", Value::number(count as f64))?;
        Ok(list)
    }

    #[inline(always)]
    pub(super) fn push_frame(&mut self, frame: Frame) -> Result<()> {
        if self.thread.frames.is_full() {
            self.grow_frames()?;
        }
        self.thread.frames.push(frame);
        Ok(())
    }

    #[cold]
    fn grow_frames(&mut self) -> Result<()> {
        if self.thread.frames.len() >= MAX_FRAMES {
            return Err(self.run_error("stack overflow"));
        }
        let before = self.thread.frames.bytes();
        self.thread.frames.grow();
        self.heap.bytes += self.thread.frames.bytes() - before;
        self.reserve(0)
    }

    /// Makes room for a pushed value; a native pushes within what `check_stack` allows.
    #[cold]
    pub(super) fn double_stack(&mut self) {
        let size = (self.thread.stack.len() * 2).max(64);
        self.heap.bytes += (size - self.thread.stack.len()) * size_of::<Value>();
        self.thread.grow(size);
    }

    #[cold]
    pub(super) fn grow_stack(&mut self, needed: usize) -> Result<()> {
        let size = needed.max(self.thread.stack.len() * 2);
        self.reserve(size * size_of::<Value>())?;
        self.heap.bytes += (size - self.thread.stack.len()) * size_of::<Value>();
        self.thread.grow(size);
        Ok(())
    }

    #[inline(always)]
    pub(super) fn enter_native(&mut self, function: usize, wanted: i32) -> Result<Args> {
        let needed = self.thread.top + NATIVE_SLOTS;
        if needed > self.thread.stack.len() {
            self.grow_stack(needed)?;
        }
        self.push_frame(Frame {
            base: function as u32 + 1,
            function: function as u32,
            closure: NATIVE_FRAME,
            shape: Shape::new(0, wanted),
            ..Frame::default()
        })?;
        Ok(Args::new(function + 1, self.thread.top - function - 1))
    }

    /// Ends a native's call: moves its last `count` pushed values to where the caller wants them.
    #[inline(always)]
    pub(super) fn leave_native(&mut self, count: usize) {
        if let Some(frame) = self.thread.frames.pop() {
            let first = self.thread.top - count;
            self.place_results(frame.function as usize, frame.shape.wanted(), first, count);
        }
    }

    /// Moves results down to a slot and adjusts their number; the top ends after them.
    #[inline(always)]
    pub(super) fn place_results(&mut self, to: usize, wanted: i32, first: usize, count: usize) {
        let stack = &mut self.thread.stack;
        if wanted == 1 {
            let value = if count > 0 { stack.get(first) } else { Value::NIL };
            stack.set(to, value);
            self.thread.top = to + 1;
        } else if wanted < 0 || wanted as usize <= count {
            let count = if wanted < 0 { count } else { wanted as usize };
            stack.copy(first, to, count);
            self.thread.top = to + count;
        } else {
            stack.copy(first, to, count);
            stack.fill(to + count, to + wanted as usize, Value::NIL);
            self.thread.top = to + wanted as usize;
        }
    }

    // Upvalues.

    /// Finds or makes the open upvalue of a slot of the running coroutine.
    pub(super) fn capture(&mut self, slot: usize) -> Result<UpvalueRef> {
        let mut at = self.thread.open.len();
        while at > 0 {
            let upvalue = self.thread.open[at - 1];
            let open = self.thread.stack.slot_of(upvalue);
            if open == slot {
                return Ok(upvalue);
            }
            if open < slot {
                break;
            }
            at -= 1;
        }
        self.reserve(size_of::<Upvalue>())?;
        self.heap.bytes += size_of::<Upvalue>();
        let upvalue = self.heap.upvalues.insert(self.thread.stack.place(slot));
        self.thread.open.insert(at, upvalue);
        self.thread.open_end = self.thread.open_end.max(slot as u32 + 1);
        Ok(upvalue)
    }

    /// Closes the upvalues that live in a slot or above.
    #[inline(never)]
    pub(super) fn close(&mut self, from: usize) {
        while let Some(&upvalue) = self.thread.open.last() {
            let slot = self.thread.stack.slot_of(upvalue);
            if slot < from {
                self.thread.open_end = slot as u32 + 1;
                return;
            }
            upvalue.close();
            self.thread.open.pop();
        }
        self.thread.open_end = 0;
    }

    // Coroutines.

    /// Makes a coroutine that will run a function.
    pub fn coroutine(&mut self, function: Value) -> Result<CoroutineId> {
        let mut thread = Thread::new(64, 64, self.thread.globals);
        let bytes = thread.bytes();
        self.reserve(bytes)?;
        self.heap.bytes += bytes;
        thread.stack.set(0, function);
        thread.top = 1;
        Ok(CoroutineId(self.heap.coroutines.insert(thread)))
    }

    pub(super) fn status(&self, coroutine: CoroutineId) -> Status {
        if coroutine == self.running { Status::Running } else { self.heap.coroutines[coroutine.0].status }
    }

    /// Resumes a suspended coroutine with the last `count` pushed values, which are taken; what it yields or returns
    /// is pushed, and counted in the answer. An error of its own is `Err(Throw)`, and it is dead.
    pub(super) fn resume(&mut self, host: &mut dyn Host, coroutine: CoroutineId, count: usize) -> Result<usize> {
        if self.native_calls >= MAX_NATIVE_CALLS {
            let top = self.thread.top - count;
            self.thread.top = top;
            return Err(self.throw(b"C stack overflow"));
        }
        let caller = self.running;
        self.switch(coroutine, count, Status::Normal);
        self.running = coroutine;
        let (calls, ran) = (self.native_calls, self.continue_coroutine(host));
        self.native_calls = calls;
        let (status, count) = match ran {
            // The function and its frames are gone: all that is left is results.
            Ok(()) => (Status::Dead, self.thread.top),
            Err(LuaError::Yield) => {
                let first = self.thread.frames.last().map_or(0, |frame| frame.base as usize);
                (Status::Suspended, self.thread.top - first)
            }
            Err(_) => {
                self.close(0);
                (Status::Dead, 0)
            }
        };
        self.switch(coroutine, count, status);
        self.running = caller;
        match ran {
            Ok(()) | Err(LuaError::Yield) => Ok(count),
            Err(error) => Err(error),
        }
    }

    fn continue_coroutine(&mut self, host: &mut dyn Host) -> Result<()> {
        self.native_calls += 1;
        self.thread.base_calls = self.native_calls;
        match self.thread.frames.last() {
            None => {
                if self.enter(host, 0, -1)? {
                    self.thread.frames.top().make_entry();
                    self.execute(host)?;
                }
            }
            Some(frame) => {
                // The call of `yield` returns what `resume` was given.
                let (count, is_open) = (self.thread.top - frame.base as usize, frame.shape.wanted() < 0);
                self.leave_native(count);
                if self.thread.frames.last().is_some() {
                    let frame = self.thread.frames.top();
                    frame.pc = frame.pc.next();
                    if !is_open {
                        self.thread.top = frame.limit();
                    }
                    self.execute(host)?;
                }
            }
        }
        Ok(())
    }

    /// Exchanges the running thread for the one in a coroutine's place, and moves the last `count` values over.
    fn switch(&mut self, coroutine: CoroutineId, count: usize, status: Status) {
        let target = &mut self.heap.coroutines[coroutine.0];
        let first = self.thread.top - count;
        if target.top + count + NATIVE_SLOTS > target.stack.len() {
            let size = (target.top + count + NATIVE_SLOTS).max(target.stack.len() * 2);
            self.heap.bytes += (size - target.stack.len()) * size_of::<Value>();
            target.grow(size);
        }
        for n in 0..count {
            target.stack.set(target.top + n, self.thread.stack.get(first + n));
        }
        target.top += count;
        target.status = Status::Running;
        self.thread.top = first;
        self.thread.status = status;
        std::mem::swap(&mut self.thread, target);
    }

    /// Answers `Yield` if the running coroutine may yield the arguments of the running native.
    pub(super) fn yield_(&mut self) -> LuaError {
        if self.native_calls > self.thread.base_calls {
            return self.run_error("attempt to yield across metamethod/C-call boundary");
        }
        LuaError::Yield
    }
}
