//! What the machine does by a call: instructions that are long, and the general forms of those that are short.
//!
//! Each works on the newest frame, whose `pc` is at the instruction. An error is left in `failure`.

use super::error::Result;
use super::function::Closure;
use super::meta::{Event, NO_REGISTER};
use super::opcode::{self, FIELDS_PER_FLUSH, Op, a, b, bx, c};
use super::quick::*;
use super::thread::Frame;
use super::value::{TableId, Value};
use super::vm::Pause;
use super::{Host, Lua};

/// So many tables may stand behind one another by `__index` before a field is looked up the long way.
const SHORT_CHAIN: usize = 8;

/// The compiler's instruction that the newest frame is at, and the frame.
struct At {
    frame: Frame,
    instruction: u32,
}

impl At {
    fn slot(&self, register: u32) -> usize {
        self.frame.base as usize + register as usize
    }
}

/// The machine's instruction that the newest frame is at.
#[derive(Clone, Copy)]
struct Now {
    instruction: Instruction,
    base: usize,
}

impl Now {
    /// Gives the slot of a register operand.
    #[inline(always)]
    fn slot(self, register: u16) -> usize {
        self.base + register as usize / SIZE as usize
    }
}

impl Lua {
    #[inline(always)]
    fn now(&mut self) -> Now {
        let frame = self.thread.frames.top();
        Now { instruction: *frame.pc.now(), base: frame.base as usize }
    }

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

    /// Goes so many bytes on in the code, or back.
    #[inline(always)]
    fn advance(&mut self, distance: i32) {
        let frame = self.thread.frames.top();
        frame.pc = frame.pc.jump(distance);
    }

    #[inline(always)]
    fn note<T>(&mut self, done: Result<T>) -> Option<T> {
        match done {
            Ok(value) => Some(value),
            Err(error) => {
                self.failure = error;
                None
            }
        }
    }

    /// Does an instruction that goes on to the next one, and steps on; tells whether it succeeded.
    #[inline(never)]
    pub(super) fn step(&mut self, host: &mut dyn Host) -> bool {
        let now = self.now();
        if matches!(now.instruction.op, GETFIELD | METHOD) {
            let key = self.thread.frames.top().constants.get(now.instruction.c as u32);
            let object = self.thread.stack.get(now.slot(now.instruction.b));
            if let Some(value) = self.inherited(object, key) {
                // SELF has put the object beside it already.
                self.thread.stack.set(now.slot(now.instruction.a), value);
                self.advance(SIZE as i32);
                return true;
            }
        }
        let done = match self.add_field(now) {
            Some(done) => done,
            None => self.try_step(host),
        };
        match done {
            Ok(()) => {
                self.advance(SIZE as i32);
                true
            }
            Err(error) => {
                self.failure = error;
                false
            }
        }
    }

    /// Finds a field in the tables that stand behind a value by `__index`.
    fn inherited(&self, object: Value, key: Value) -> Option<Value> {
        let name = self.event_name(Event::Index);
        let mut object = object;
        for _ in 0..SHORT_CHAIN {
            let metatable = match object.as_table() {
                Some(table) => {
                    let table = &self.heap.tables[table.0];
                    let value = table.get_str(key, &self.heap.strings);
                    if !value.is_nil() {
                        return Some(value);
                    }
                    table.metatable()?
                }
                None if object.is_string() => self.string_metatable?.0,
                None => return None,
            };
            object = self.heap.tables[metatable].get_str(name, &self.heap.strings);
        }
        None
    }

    /// Writes to a field that a plain table does not have yet; `None` if the instruction is another, or the table.
    fn add_field(&mut self, now: Now) -> Option<Result<()>> {
        let Instruction { op, a, b, c } = now.instruction;
        let constants = self.thread.frames.top().constants;
        let key = match op {
            SETFIELD | SETFIELD_K => constants.get(b as u32),
            SETINDEX | SETINDEX_K => self.thread.stack.get(now.slot(b)),
            _ => return None,
        };
        let table = self.thread.stack.get(now.slot(a)).as_table();
        let table = table.filter(|table| !self.heap.tables[table.0].has_metatable())?;
        let value = match op {
            SETFIELD | SETINDEX => self.thread.stack.get(now.slot(c)),
            _ => constants.get(c as u32),
        };
        if matches!(op, SETFIELD | SETFIELD_K) && self.heap.tables[table.0].add_str(key, value, &self.heap.strings) {
            return Some(Ok(()));
        }
        Some(self.raw_set(table, key, value))
    }

    fn try_step(&mut self, host: &mut dyn Host) -> Result<()> {
        let at = self.at();
        let i = at.instruction;
        self.thread.top = at.frame.limit();
        let result = match Op::of(i) {
            Op::GetGlobal => {
                let globals = TableId(self.heap.closures[at.frame.closure].environment);
                self.index(host, globals.into(), self.constant(&at, bx(i)), NO_REGISTER)?
            }
            Op::SetGlobal => {
                let globals = TableId(self.heap.closures[at.frame.closure].environment);
                let (key, value) = (self.constant(&at, bx(i)), self.read(&at, a(i)));
                return self.set_index(host, globals.into(), key, value, NO_REGISTER);
            }
            Op::GetTable | Op::SelfOp => {
                let (object, key) = (self.read(&at, b(i)), self.operand(&at, c(i)));
                if Op::of(i) == Op::SelfOp {
                    self.thread.stack.set(at.slot(a(i) + 1), object);
                }
                self.index(host, object, key, b(i))?
            }
            Op::SetTable => {
                let (object, key, value) = (self.read(&at, a(i)), self.operand(&at, b(i)), self.operand(&at, c(i)));
                return self.set_index(host, object, key, value, a(i));
            }
            Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Mod | Op::Pow | Op::Unm => {
                let left = (self.operand(&at, b(i)), b(i));
                let right = if Op::of(i) == Op::Unm { left } else { (self.operand(&at, c(i)), c(i)) };
                self.arithmetic(host, event_of(Op::of(i)), left, right)?
            }
            Op::Len => self.length(host, self.read(&at, b(i)), b(i))?,
            Op::Line => {
                let line = self.current_line().map_or(0, |place| place.line);
                host.line(self, line);
                return Ok(());
            }
            _ => return Err(self.run_error("bad code in precompiled chunk")),
        };
        self.thread.stack.set(at.slot(a(i)), result);
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

    // Calls and returns.

    /// Calls what is no Lua function of the common kind; tells whether it succeeded. The machine goes on in the new
    /// frame, or after the call.
    #[inline(never)]
    pub(super) fn call_other(&mut self, host: &mut dyn Host) -> bool {
        let now = self.now();
        let function = now.slot(now.instruction.a);
        let (count, wanted) = (now.instruction.b as usize, now.instruction.c as i32 - 1);
        if count != 0 {
            self.thread.top = function + count;
        }
        let done = self.enter(host, function, wanted);
        match done {
            Ok(true) => true,
            Ok(false) => {
                self.safe_point();
                self.advance(SIZE as i32);
                true
            }
            Err(error) => {
                self.failure = error;
                false
            }
        }
    }

    /// Does TAILCALL. `Returned` means that the machine goes on.
    #[inline(never)]
    pub(super) fn call_last(&mut self, host: &mut dyn Host) -> Pause {
        let done = self.try_call_last(host);
        self.note(done).unwrap_or(Pause::Failed)
    }

    fn try_call_last(&mut self, host: &mut dyn Host) -> Result<Pause> {
        let (now, frame) = (self.now(), *self.thread.frames.top());
        let function = now.slot(now.instruction.a);
        if now.instruction.b != 0 {
            self.thread.top = function + now.instruction.b as usize;
        }
        if self.is_spent() {
            return Ok(Pause::Breath);
        }
        if let Some(called) = self.thread.stack.get(function).as_closure() {
            self.close(frame.base as usize);
            let (count, target) = (self.thread.top - function, frame.function as usize);
            self.thread.stack.copy(function, target, count);
            self.thread.top = target + count;
            self.thread.frames.pop();
            self.enter_closure(called, target, frame.shape.wanted())?;
            let last = self.thread.frames.top();
            last.tail_calls = frame.tail_calls + 1;
            if frame.shape.is_entry() {
                last.make_entry();
            }
        } else if !self.enter(host, function, -1)? {
            self.safe_point();
            self.advance(SIZE as i32);
        }
        Ok(Pause::Returned)
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
        let (now, frame) = (self.now(), *self.thread.frames.top());
        let first = now.slot(now.instruction.a);
        let count = match now.instruction {
            Instruction { op: RETURN0, .. } => 0,
            Instruction { op: RETURN1, .. } => 1,
            Instruction { b: 0, .. } => self.thread.top - first,
            Instruction { b, .. } => b as usize - 1,
        };
        if self.thread.open_end > frame.base {
            self.close(frame.base as usize);
        }
        self.thread.frames.pop();
        self.place_results(frame.function as usize, frame.shape.wanted(), first, count);
        frame.shape.is_entry()
    }

    // Loops.

    /// Does what `pairs` and `ipairs` make of TFORLOOP, without a call; false if the iterator is another one, or
    /// would fail.
    #[inline(never)]
    pub(super) fn iterate(&mut self) -> bool {
        let now = self.now();
        let first = now.slot(now.instruction.a);
        let stack = &self.thread.stack;
        let (iterator, table, control) = (stack.get(first), stack.get(first + 1), stack.get(first + 2));
        let Some(table) = table.as_table() else { return false };
        let entry = if iterator == self.names.next {
            let entry = self.heap.tables[table.0].next(control, &self.heap.strings);
            self.charge_work(table);
            let Some(entry) = entry else { return false };
            entry
        } else if iterator == self.names.ipairs_step
            && let Some(number) = control.as_number()
            && let index = (number as i32).wrapping_add(1)
            && f64::from(index) == number + 1.0
        {
            let value = self.heap.tables[table.0].get_int(index.into());
            if value.is_nil() { None } else { Some((Value::arithmetic(index.into()), value)) }
        } else {
            return false;
        };
        let Some((key, value)) = entry else {
            self.advance(2 * SIZE as i32);
            return true;
        };
        let stack = &mut self.thread.stack;
        stack.set(first + 2, key);
        stack.set(first + 3, key);
        stack.set(first + 4, value);
        for extra in 2..now.instruction.c as usize {
            stack.set(first + 3 + extra, Value::NIL);
        }
        self.advance(SIZE as i32);
        true
    }

    /// Does TFORLOOP. `Returned` means that the machine goes on.
    #[inline(never)]
    pub(super) fn iterate_by_call(&mut self, host: &mut dyn Host) -> Pause {
        let now = self.now();
        let first = now.slot(now.instruction.a) + 3;
        self.thread.stack.copy(first - 3, first, 3);
        self.thread.top = first + 3;
        if self.is_spent() {
            return Pause::Breath;
        }
        if let Err(error) = self.call_at(host, first, now.instruction.c as i32) {
            self.failure = error;
            return Pause::Failed;
        }
        self.safe_point();
        let control = self.thread.stack.get(first);
        if control.is_nil() {
            self.advance(2 * SIZE as i32);
        } else {
            self.thread.stack.set(first - 1, control);
            self.advance(SIZE as i32);
        }
        Pause::Returned
    }

    // What makes things.

    /// Does NEWTABLE and goes on; tells whether it succeeded.
    #[inline(never)]
    pub(super) fn make_table(&mut self) -> bool {
        let now = self.now();
        let (list, hash) = (now.instruction.b as u32, now.instruction.c as u32);
        match self.table(opcode::expand_size(list), opcode::expand_size(hash)) {
            Ok(table) => {
                self.thread.stack.set(now.slot(now.instruction.a), table.into());
                self.safe_point();
                self.advance(SIZE as i32);
                true
            }
            Err(error) => {
                self.failure = error;
                false
            }
        }
    }

    /// Does CONCAT and goes on; tells whether it succeeded.
    #[inline(never)]
    pub(super) fn join_registers(&mut self, host: &mut dyn Host) -> bool {
        let now = self.now();
        self.thread.top = self.thread.frames.top().limit();
        let first = now.slot(now.instruction.b);
        if let Err(error) = self.concat(host, first, now.instruction.c as usize) {
            self.failure = error;
            return false;
        }
        let result = self.thread.stack.get(first);
        self.thread.stack.set(now.slot(now.instruction.a), result);
        self.safe_point();
        self.advance(SIZE as i32);
        true
    }

    /// Does CLOSURE and goes on after the words that name its upvalues; tells whether it succeeded.
    #[inline(never)]
    pub(super) fn make_closure(&mut self) -> bool {
        let done = self.try_make_closure();
        self.note(done).is_some()
    }

    fn try_make_closure(&mut self) -> Result<()> {
        let (now, frame) = (self.now(), self.thread.frames.top());
        let (outer, mut pc) = (frame.closure, frame.pc);
        let child = now.instruction.b as usize | (now.instruction.c as usize) << 16;
        let Closure { code, environment, .. } = self.heap.closures[outer];
        let child = code.get().and_then(|function| function.children.get(child).copied()).unwrap_or(0);
        let code = self.heap.functions[child].as_deref();
        let count = code.map_or(0, |code| code.upvalue_count as u32);
        let mut closure = Closure::new(code, environment);
        for n in 0..count {
            pc = pc.next();
            let name = pc.now();
            let upvalue = if matches!(name.op, MOVE | MOVE_MOVE | MOVE_LOADK) {
                self.capture(now.slot(name.b))?
            } else {
                self.heap.closures[outer].upvalue(name.b as u32)
            };
            closure.set_upvalue(n, upvalue);
        }
        let made = self.add_closure(closure)?;
        self.thread.stack.set(now.slot(now.instruction.a), made.into());
        self.thread.frames.top().pc = pc.next();
        self.safe_point();
        Ok(())
    }

    // What stands before loops, lists and calls.

    /// Does FORPREP, SETLIST or VARARG and goes on; tells whether it succeeded.
    #[inline(never)]
    pub(super) fn prepare(&mut self) -> bool {
        let now = self.now();
        let done = match now.instruction.op {
            FORPREP => self.prepare_loop(now),
            SETLIST => self.store_list(now),
            _ => self.copy_varargs(now),
        };
        self.note(done).is_some()
    }

    fn prepare_loop(&mut self, now: Now) -> Result<()> {
        let first = now.slot(now.instruction.a);
        let mut numbers = [0.0; 3];
        for (n, what) in ["initial value", "limit", "step"].into_iter().enumerate() {
            let Some(number) = self.to_number(self.thread.stack.get(first + n)) else {
                return Err(self.run_error(&format!("'for' {what} must be a number")));
            };
            numbers[n] = number;
            self.thread.stack.set(first + n, Value::number(number));
        }
        self.thread.stack.set(first, Value::arithmetic(numbers[0] - numbers[2]));
        let frame = self.thread.frames.top();
        frame.pc = frame.pc.jump(frame.pc.long() as i32);
        Ok(())
    }

    fn store_list(&mut self, now: Now) -> Result<()> {
        let first = now.slot(now.instruction.a) + 1;
        let count = match now.instruction.b {
            0 => self.thread.top - first,
            count => count as usize,
        };
        let (block, words) = match now.instruction.c {
            0 => (self.thread.frames.top().pc.next().long() as usize, 2),
            block => (block as usize, 1),
        };
        self.set_list(first, count, block.saturating_sub(1).saturating_mul(FIELDS_PER_FLUSH as usize))?;
        self.advance(words * SIZE as i32);
        Ok(())
    }

    fn copy_varargs(&mut self, now: Now) -> Result<()> {
        let frame = *self.thread.frames.top();
        let function = self.heap.closures[frame.closure].code.get();
        let params = function.map_or(0, |function| function.param_count as usize);
        let extra = now.base - frame.function as usize - 1 - params;
        let first = now.slot(now.instruction.a);
        let wanted = match now.instruction.b {
            0 => extra,
            wanted => wanted as usize - 1,
        };
        if now.instruction.b == 0 {
            if first + extra > self.thread.stack.len() {
                self.grow_stack(first + extra)?;
            }
            self.thread.top = first + extra;
        }
        let count = wanted.min(extra);
        self.thread.stack.copy(now.base - extra, first, count);
        self.thread.stack.fill(first + count, first + wanted, Value::NIL);
        self.advance(SIZE as i32);
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
