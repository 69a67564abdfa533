//! What the machine does by a call: instructions in their general form, read in the compiler's code.
//!
//! Each works on the newest frame, whose `pc` is at the instruction, and leaves `pc` where the machine goes on. An
//! error is left in `failure`.

use super::error::Result;
use super::meta::{Event, NO_REGISTER};
use super::opcode::{self, FIELDS_PER_FLUSH, Op, a, b, bx, c, sbx};
use super::quick::SIZE;
use super::thread::Frame;
use super::value::{TableId, Value};
use super::vm::Pause;
use super::{Host, Lua};

/// The compiler's instruction that the newest frame is at, and what it needs.
struct At {
    frame: Frame,
    instruction: u32,
}

impl At {
    fn slot(&self, register: u32) -> usize {
        self.frame.base as usize + register as usize
    }
}

impl Lua {
    fn at(&self) -> At {
        let frame = self.thread.frames.last().copied().unwrap_or_default();
        let instruction =
            self.code_of(&frame).and_then(|function| function.code.get(frame.pc.index(&function.quick)).copied());
        At { frame, instruction: instruction.unwrap_or(0) }
    }

    fn read(&self, at: &At, register: u32) -> Value {
        self.thread.stack.get(at.slot(register))
    }

    fn constant(&self, at: &At, index: u32) -> Value {
        let function = self.code_of(&at.frame);
        function.and_then(|function| function.constants.get(index as usize).copied()).unwrap_or(Value::NIL)
    }

    /// Reads an operand that is a register or a constant.
    fn operand(&self, at: &At, operand: u32) -> Value {
        if opcode::is_constant(operand) { self.constant(at, operand & opcode::MAX_RK) } else { self.read(at, operand) }
    }

    /// Steps over so many instructions.
    fn advance(&mut self, count: i32) {
        let frame = self.thread.frames.top();
        frame.pc = frame.pc.jump(count * SIZE as i32);
    }

    fn note<T>(&mut self, done: Result<T>) -> Option<T> {
        match done {
            Ok(value) => Some(value),
            Err(error) => {
                self.failure = error;
                None
            }
        }
    }

    /// Does an instruction that goes on to the next one; tells whether it succeeded.
    #[inline(never)]
    pub(super) fn step(&mut self, host: &mut dyn Host) -> bool {
        let done = self.try_step(host);
        self.note(done).is_some()
    }

    fn try_step(&mut self, host: &mut dyn Host) -> Result<()> {
        let at = self.at();
        let i = at.instruction;
        self.thread.top = at.frame.limit();
        let result = match Op::of(i) {
            Op::GetUpval => {
                let handle = self.heap.closures[at.frame.closure].upvalue(b(i));
                let (slot, owner) = (self.heap.upvalues[handle].slot, self.heap.upvalues[handle].owner);
                self.open_upvalue(slot, owner)
            }
            Op::SetUpval => {
                let handle = self.heap.closures[at.frame.closure].upvalue(b(i));
                let (slot, owner) = (self.heap.upvalues[handle].slot, self.heap.upvalues[handle].owner);
                self.set_open_upvalue(slot, owner, self.read(&at, a(i)));
                self.advance(1);
                return Ok(());
            }
            Op::GetGlobal => {
                let globals = TableId(self.heap.closures[at.frame.closure].environment);
                self.index(host, globals.into(), self.constant(&at, bx(i)), NO_REGISTER)?
            }
            Op::SetGlobal => {
                let globals = TableId(self.heap.closures[at.frame.closure].environment);
                let (key, value) = (self.constant(&at, bx(i)), self.read(&at, a(i)));
                self.set_index(host, globals.into(), key, value, NO_REGISTER)?;
                self.advance(1);
                return Ok(());
            }
            // What SELF leaves in R(A+1) stands there already, or is put there below.
            Op::GetTable | Op::SelfOp => {
                let (object, key) = (self.read(&at, b(i)), self.operand(&at, c(i)));
                if Op::of(i) == Op::SelfOp {
                    self.thread.stack.set(at.slot(a(i) + 1), object);
                }
                self.index(host, object, key, b(i))?
            }
            Op::SetTable => {
                let (object, key, value) = (self.read(&at, a(i)), self.operand(&at, b(i)), self.operand(&at, c(i)));
                self.set_index(host, object, key, value, a(i))?;
                self.advance(1);
                return Ok(());
            }
            Op::NewTable => {
                let (list, hash) = (opcode::expand_size(b(i)), opcode::expand_size(c(i)));
                let table = self.table(list, hash)?;
                self.thread.stack.set(at.slot(a(i)), table.into());
                self.safe_point();
                self.advance(1);
                return Ok(());
            }
            Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Mod | Op::Pow | Op::Unm => {
                let left = (self.operand(&at, b(i)), b(i));
                let right = if Op::of(i) == Op::Unm { left } else { (self.operand(&at, c(i)), c(i)) };
                self.arithmetic(host, event_of(Op::of(i)), left, right)?
            }
            Op::Len => self.length(host, self.read(&at, b(i)), b(i))?,
            Op::Concat => {
                self.concat(host, at.slot(b(i)), (c(i) - b(i) + 1) as usize)?;
                let result = self.read(&at, b(i));
                self.thread.stack.set(at.slot(a(i)), result);
                self.safe_point();
                self.advance(1);
                return Ok(());
            }
            Op::Close => {
                self.close(at.slot(a(i)));
                self.advance(1);
                return Ok(());
            }
            Op::Closure => {
                let count = self.make_closure(&at)?;
                self.safe_point();
                self.advance(1 + count as i32);
                return Ok(());
            }
            Op::Vararg => {
                self.copy_varargs(&at)?;
                self.advance(1);
                return Ok(());
            }
            _ => return Err(self.run_error("bad code in precompiled chunk")),
        };
        self.thread.stack.set(at.slot(a(i)), result);
        self.advance(1);
        Ok(())
    }

    /// Makes a comparison: tells whether its jump is to be taken.
    #[inline(never)]
    pub(super) fn test(&mut self, host: &mut dyn Host) -> Option<bool> {
        let at = self.at();
        let i = at.instruction;
        self.thread.top = at.frame.limit();
        let (left, right) = (self.operand(&at, b(i)), self.operand(&at, c(i)));
        let done = match Op::of(i) {
            Op::Eq => self.equals(host, left, right),
            Op::Lt => self.less_than(host, left, right),
            _ => self.less_equal(host, left, right),
        };
        self.note(done).map(|holds| holds == (a(i) != 0))
    }

    /// Calls what is no Lua function of the common kind; tells whether it succeeded. The machine goes on in the new
    /// frame, or after the call.
    #[inline(never)]
    pub(super) fn call_other(&mut self, host: &mut dyn Host) -> bool {
        let frame = self.thread.frames.top();
        let instruction = frame.pc.now();
        let function = frame.base as usize + instruction.a as usize / SIZE as usize;
        let (count, wanted) = (instruction.b as usize, instruction.c as i32 - 1);
        if count != 0 {
            self.thread.top = function + count;
        }
        match self.enter(host, function, wanted) {
            Ok(true) => {}
            Ok(false) => {
                self.safe_point();
                self.advance(1);
            }
            Err(error) => {
                self.failure = error;
                return false;
            }
        }
        true
    }

    /// Does an instruction that may go elsewhere than to the next one.
    #[inline(never)]
    pub(super) fn control(&mut self, host: &mut dyn Host) -> Option<Pause> {
        match self.try_control(host) {
            Ok(pause) => pause,
            Err(error) => {
                self.failure = error;
                Some(Pause::Failed)
            }
        }
    }

    fn try_control(&mut self, host: &mut dyn Host) -> Result<Option<Pause>> {
        let at = self.at();
        let i = at.instruction;
        match Op::of(i) {
            Op::Return => {
                if self.finish_call() {
                    return Ok(Some(Pause::Returned));
                }
                self.advance(1);
            }
            Op::TailCall => {
                let function = at.slot(a(i));
                if b(i) != 0 {
                    self.thread.top = function + b(i) as usize;
                }
                if self.is_spent() {
                    return Ok(Some(Pause::Breath));
                }
                if let Some(called) = self.read(&at, a(i)).as_closure() {
                    self.close(at.frame.base as usize);
                    let (count, target) = (self.thread.top - function, at.frame.function as usize);
                    self.thread.stack.copy(function, target, count);
                    self.thread.top = target + count;
                    self.thread.frames.pop();
                    self.enter_closure(called, target, at.frame.wanted as i32)?;
                    let frame = self.thread.frames.top();
                    frame.tail_calls = at.frame.tail_calls + 1;
                    frame.is_entry = at.frame.is_entry;
                } else if !self.enter(host, function, -1)? {
                    self.safe_point();
                    self.advance(1);
                }
            }
            Op::ForPrep => {
                let mut numbers = [0.0; 3];
                for (n, what) in (0..).zip(["initial value", "limit", "step"]) {
                    let value = self.read(&at, a(i) + n);
                    let Some(number) = self.to_number(value) else {
                        return Err(self.run_error(&format!("'for' {what} must be a number")));
                    };
                    numbers[n as usize] = number;
                    self.thread.stack.set(at.slot(a(i) + n), Value::number(number));
                }
                self.thread.stack.set(at.slot(a(i)), Value::arithmetic(numbers[0] - numbers[2]));
                self.advance(1 + sbx(i));
            }
            Op::TForLoop => return self.iterate(host, &at),
            Op::SetList => {
                let first = at.slot(a(i)) + 1;
                let count = if b(i) == 0 { self.thread.top - first } else { b(i) as usize };
                let (block, length) = match c(i) {
                    0 => (self.word_after(&at), 2),
                    block => (block, 1),
                };
                let offset = (block as usize).saturating_sub(1).saturating_mul(FIELDS_PER_FLUSH as usize);
                self.set_list(first, count, offset)?;
                self.advance(length);
            }
            _ => return Err(self.run_error("bad code in precompiled chunk")),
        }
        Ok(None)
    }

    /// Reads the word after an instruction.
    fn word_after(&self, at: &At) -> u32 {
        let function = self.code_of(&at.frame);
        let word = function.and_then(|function| function.code.get(at.frame.pc.index(&function.quick) + 1));
        word.copied().unwrap_or(0)
    }

    /// Spends a unit of fuel; tells whether the machine must pause before it does anything.
    fn is_spent(&self) -> bool {
        let left = self.budget.get() - 1;
        self.budget.set(left);
        left < 0
    }

    /// Returns from the frame with what its RETURN says; tells whether it was an entry.
    #[inline(never)]
    pub(super) fn finish_call(&mut self) -> bool {
        let at = self.at();
        let i = at.instruction;
        let first = at.slot(a(i));
        let count = if b(i) == 0 { self.thread.top - first } else { b(i) as usize - 1 };
        self.close(at.frame.base as usize);
        self.thread.frames.pop();
        self.place_results(at.frame.function as usize, at.frame.wanted as i32, first, count);
        at.frame.is_entry
    }

    /// Does TFORLOOP.
    fn iterate(&mut self, host: &mut dyn Host, at: &At) -> Result<Option<Pause>> {
        let i = at.instruction;
        let [iterator, table, control] = [0, 1, 2].map(|n| self.read(at, a(i) + n));
        if let Some(entry) = self.next_entry(iterator, table, control) {
            // `pairs` and `ipairs`, without a call.
            let Some((key, value)) = entry else {
                self.advance(2);
                return Ok(None);
            };
            let first = at.slot(a(i));
            self.thread.stack.set(first + 2, key);
            self.thread.stack.set(first + 3, key);
            self.thread.stack.set(first + 4, value);
            if c(i) > 2 {
                self.thread.stack.fill(first + 5, first + 3 + c(i) as usize, Value::NIL);
            }
            self.advance(1);
            return Ok(None);
        }
        let first = at.slot(a(i)) + 3;
        self.thread.stack.copy(first - 3, first, 3);
        self.thread.top = first + 3;
        if self.is_spent() {
            return Ok(Some(Pause::Breath));
        }
        self.call_at(host, first, c(i) as i32)?;
        self.safe_point();
        let control = self.thread.stack.get(first);
        if control.is_nil() {
            self.advance(2);
        } else {
            self.thread.stack.set(first - 1, control);
            self.advance(1);
        }
        Ok(None)
    }

    /// Gives what the iterators of `pairs` and `ipairs` would answer: the outer `None` means that it is another one,
    /// or that it would fail; the inner one is the end.
    fn next_entry(&self, iterator: Value, table: Value, control: Value) -> Option<Option<(Value, Value)>> {
        let id = table.as_table()?;
        let table = &self.heap.tables[id.0];
        if iterator == self.names.next {
            let entry = table.next(control, &self.heap.strings);
            self.charge_work(id);
            entry
        } else if iterator == self.names.ipairs_step {
            let index = Value::arithmetic(control.as_number()? + 1.0);
            let value = table.get_number(index.number_bits());
            Some(if value.is_nil() { None } else { Some((index, value)) })
        } else {
            None
        }
    }

    /// Does CLOSURE; answers how many words after it name upvalues.
    fn make_closure(&mut self, at: &At) -> Result<u32> {
        let i = at.instruction;
        let (outer, environment) = {
            let closure = &self.heap.closures[at.frame.closure];
            (closure.function, closure.environment)
        };
        let Some(function) = &self.heap.functions[outer] else { return Ok(0) };
        let child = function.children.get(bx(i) as usize).copied().unwrap_or(0);
        let pc = at.frame.pc.index(&function.quick);
        let made = self.closure(child, environment)?;
        let count = self.heap.closures[made.0].upvalue_count();
        for n in 0..count {
            let function = self.heap.functions[outer].as_ref();
            let name = function.and_then(|function| function.code.get(pc + 1 + n as usize).copied()).unwrap_or(0);
            let upvalue = if Op::of(name) == Op::Move {
                self.capture(at.slot(b(name)))?
            } else {
                self.heap.closures[at.frame.closure].upvalue(b(name))
            };
            self.heap.closures[made.0].set_upvalue(n, upvalue);
        }
        self.thread.stack.set(at.slot(a(i)), made.into());
        Ok(count)
    }

    /// Does VARARG.
    fn copy_varargs(&mut self, at: &At) -> Result<()> {
        let i = at.instruction;
        let params = self.code_of(&at.frame).map_or(0, |function| function.param_count as usize);
        let base = at.frame.base as usize;
        let extra = base - at.frame.function as usize - 1 - params;
        let first = at.slot(a(i));
        let wanted = if b(i) == 0 { extra } else { b(i) as usize - 1 };
        if b(i) == 0 {
            if first + extra > self.thread.stack.len() {
                self.grow_stack(first + extra)?;
            }
            self.thread.top = first + extra;
        }
        let count = wanted.min(extra);
        self.thread.stack.copy(base - extra, first, count);
        self.thread.stack.fill(first + count, first + wanted, Value::NIL);
        Ok(())
    }

    /// Stores values of the stack in the list of the table before them.
    fn set_list(&mut self, first: usize, count: usize, offset: usize) -> Result<()> {
        let Some(table) = self.thread.stack.get(first - 1).as_table() else { return Ok(()) };
        self.reserve_list(table, offset + count)?;
        for n in 0..count {
            let value = self.thread.stack.get(first + n);
            self.raw_set_int(table, (offset + n + 1) as i64, value)?;
        }
        Ok(())
    }

    /// Gives a table's list part room for so many values.
    fn reserve_list(&mut self, table: TableId, count: usize) -> Result<()> {
        let heap = &mut self.heap;
        let target = &mut heap.tables[table.0];
        if count <= target.list().len() {
            return Ok(());
        }
        let before = target.bytes();
        if heap.bytes.saturating_add(count * 8) > heap.limit {
            return Err(self.out_of_memory());
        }
        let done = target.resize_list(count, &heap.strings);
        heap.bytes = heap.bytes - before + heap.tables[table.0].bytes();
        done.map_err(|error| self.table_error(error))
    }
}

fn event_of(op: Op) -> Event {
    match op {
        Op::Add => Event::Add,
        Op::Sub => Event::Sub,
        Op::Mul => Event::Mul,
        Op::Div => Event::Div,
        Op::Mod => Event::Mod,
        Op::Pow => Event::Pow,
        _ => Event::Unm,
    }
}
