//! The machine: one loop over the instructions.
//!
//! Calls of Lua functions from Lua push a frame and stay in the loop; natives, metamethods and coroutines enter it
//! again. The registers are a window of the stack, which is taken anew after whatever may move the stack. Every
//! backward jump and every call spends a unit of fuel.

use super::call::MAX_FRAMES;
use super::error::{LuaError, Result};
use super::meta::{Event, NO_REGISTER, modulo, power};
use super::opcode::{self, FIELDS_PER_FLUSH, Op, a, b, bx, c, sbx};
use super::stack::{CLEARED, Code, Constants};
use super::thread::Frame;
use super::value::Value;
use super::{Host, Lua};

macro_rules! codes {
    ($($name:ident = $op:ident)*) => { $(const $name: u32 = Op::$op as u32;)* };
}

codes! {
    MOVE = Move LOADK = LoadK LOADBOOL = LoadBool LOADNIL = LoadNil GETUPVAL = GetUpval GETGLOBAL = GetGlobal
    GETTABLE = GetTable SETGLOBAL = SetGlobal SETUPVAL = SetUpval SETTABLE = SetTable NEWTABLE = NewTable SELF = SelfOp
    ADD = Add SUB = Sub MUL = Mul DIV = Div MOD = Mod POW = Pow UNM = Unm NOT = Not LEN = Len CONCAT = Concat JMP = Jmp
    EQ = Eq LT = Lt LE = Le TEST = Test TESTSET = TestSet CALL = Call TAILCALL = TailCall RETURN = Return
    FORLOOP = ForLoop FORPREP = ForPrep TFORLOOP = TForLoop SETLIST = SetList CLOSE = Close CLOSURE = Closure
    VARARG = Vararg
}

/// Why the loop was left.
enum Pause {
    /// The entry frame has returned.
    Returned,
    /// The budget is spent.
    Breath,
}

impl Lua {
    /// Runs the topmost frame until the frame marked as entry returns.
    pub(super) fn execute(&mut self, host: &mut dyn Host) -> Result<()> {
        // No optimiser may put the loop in here: see below.
        let run_frames = std::hint::black_box(Lua::run_frames as fn(&mut Lua, &mut dyn Host) -> Result<Pause>);
        loop {
            match run_frames(self, host) {
                Ok(Pause::Returned) => return Ok(()),
                // The machine is left and entered again now and then: an engine of WebAssembly that has compiled it
                // better meanwhile can change over only between two calls.
                Ok(Pause::Breath) => self.ask(host)?,
                Err(error) => {
                    if matches!(error, LuaError::Throw(_)) && self.fault.is_none() {
                        self.fault = self.current_line();
                    }
                    return Err(error);
                }
            }
        }
    }

    fn run_frames(&mut self, host: &mut dyn Host) -> Result<Pause> {
        // The last call had a fixed number of results, so that the top is the end of the registers again.
        let mut is_fixed = false;
        'frame: loop {
            let Some(&(mut frame)) = self.thread.frames.last() else { return Ok(Pause::Returned) };
            let mut at = self.thread.frames.len() - 1;
            let mut closure = frame.closure;
            let mut base = frame.base as usize;
            let mut environment = self.heap.closures[closure].environment;
            let Some(function) = &self.heap.functions[self.heap.closures[closure].function] else {
                return Ok(Pause::Returned);
            };
            let mut size = function.max_stack as usize;
            let mut registers = self.thread.stack.window(base, size);
            let mut constants = Constants::new(&function.constants);
            let mut start = Code::new(&function.code, 0);
            let mut code = Code::new(&function.code, frame.pc);
            if is_fixed {
                self.thread.top = base + size;
            }

            macro_rules! rk {
                ($operand:expr) => {{
                    let operand = $operand;
                    if opcode::is_constant(operand) {
                        constants.get(operand & opcode::MAX_RK)
                    } else {
                        registers.get(operand)
                    }
                }};
            }
            // Notes where the machine is: errors and calls look there.
            macro_rules! save {
                () => {
                    self.thread.frames[at].pc = code.index(start)
                };
            }
            // After whatever may have run other code.
            macro_rules! refresh {
                () => {{
                    registers = self.thread.stack.window(base, size);
                    environment = self.heap.closures[closure].environment;
                }};
            }
            macro_rules! spend {
                () => {{
                    let left = self.budget.get() - 1;
                    self.budget.set(left);
                    if left < 0 {
                        save!();
                        return Ok(Pause::Breath);
                    }
                }};
            }
            // As `spend`, before anything was done: the instruction begins anew.
            macro_rules! spend_call {
                () => {{
                    let left = self.budget.get() - 1;
                    self.budget.set(left);
                    if left < 0 {
                        self.thread.frames[at].pc -= 1;
                        return Ok(Pause::Breath);
                    }
                }};
            }
            // A test: takes the jump that follows, or skips it.
            macro_rules! branch {
                ($taken:expr) => {{
                    if $taken {
                        let distance = sbx(code.peek());
                        code.jump(distance + 1);
                        if distance < 0 {
                            spend!();
                        }
                    } else {
                        code.jump(1);
                    }
                }};
            }
            macro_rules! arithmetic {
                ($i:expr, $event:ident, |$l:ident, $r:ident| $result:expr) => {{
                    let i = $i;
                    let (left, right) = (rk!(b(i)), rk!(c(i)));
                    if left.is_number() && right.is_number() {
                        let ($l, $r) = (left.number_bits(), right.number_bits());
                        registers.set(a(i), Value::arithmetic($result));
                    } else {
                        save!();
                        let value = self.arithmetic(host, Event::$event, (left, b(i)), (right, c(i)))?;
                        refresh!();
                        registers.set(a(i), value);
                    }
                }};
            }

            loop {
                let i = code.next();
                match i & 63 {
                    MOVE => registers.set(a(i), registers.get(b(i))),
                    LOADK => registers.set(a(i), constants.get(bx(i))),
                    LOADBOOL => {
                        registers.set(a(i), Value::boolean(b(i) != 0));
                        if c(i) != 0 {
                            code.jump(1);
                        }
                    }
                    LOADNIL => {
                        for register in a(i)..=b(i) {
                            registers.set(register, Value::NIL);
                        }
                    }
                    GETUPVAL => {
                        let upvalue = &self.heap.upvalues[self.heap.closures[closure].upvalue(b(i))];
                        let value = if upvalue.slot == super::function::CLOSED {
                            upvalue.value
                        } else {
                            self.open_upvalue(upvalue.slot, upvalue.owner)
                        };
                        registers.set(a(i), value);
                    }
                    SETUPVAL => {
                        let value = registers.get(a(i));
                        let handle = self.heap.closures[closure].upvalue(b(i));
                        let upvalue = &mut self.heap.upvalues[handle];
                        if upvalue.slot == super::function::CLOSED {
                            upvalue.value = value;
                        } else {
                            let (slot, owner) = (upvalue.slot, upvalue.owner);
                            self.set_open_upvalue(slot, owner, value);
                        }
                    }
                    GETGLOBAL => {
                        let key = constants.get(bx(i));
                        let table = &self.heap.tables[environment];
                        let value = table.get_str(key, &self.heap.strings);
                        if !value.is_nil() || !table.has_metatable() {
                            registers.set(a(i), value);
                        } else {
                            save!();
                            let value = self.index(host, super::TableId(environment).into(), key, NO_REGISTER)?;
                            refresh!();
                            registers.set(a(i), value);
                        }
                    }
                    SETGLOBAL => {
                        let (key, value) = (constants.get(bx(i)), registers.get(a(i)));
                        let table = &mut self.heap.tables[environment];
                        if !table.is_read_only()
                            && let Some(slot) = table.slot_str(key, &self.heap.strings)
                            && !slot.is_nil()
                        {
                            *slot = value;
                        } else {
                            save!();
                            self.set_index(host, super::TableId(environment).into(), key, value, NO_REGISTER)?;
                            refresh!();
                        }
                    }
                    GETTABLE => {
                        let (object, key) = (registers.get(b(i)), rk!(c(i)));
                        if let Some(table) = object.as_table() {
                            let table = &self.heap.tables[table.0];
                            let value = table.get(key, &self.heap.strings);
                            if !value.is_nil() || !table.has_metatable() {
                                registers.set(a(i), value);
                                continue;
                            }
                        }
                        save!();
                        let value = self.index(host, object, key, b(i))?;
                        refresh!();
                        registers.set(a(i), value);
                    }
                    SETTABLE => {
                        let (object, key, value) = (registers.get(a(i)), rk!(b(i)), rk!(c(i)));
                        if let Some(table) = object.as_table() {
                            let table = &mut self.heap.tables[table.0];
                            let is_plain = !table.has_metatable();
                            if !table.is_read_only() {
                                let slot = if key.is_string() {
                                    table.slot_str(key, &self.heap.strings)
                                } else if let Some(number) = key.as_number() {
                                    table.list_slot(number)
                                } else {
                                    None
                                };
                                if let Some(slot) = slot
                                    && (is_plain || !slot.is_nil())
                                {
                                    let was_nil = slot.is_nil();
                                    *slot = value;
                                    if was_nil {
                                        table.absent = 0;
                                    }
                                    continue;
                                }
                            }
                        }
                        save!();
                        self.set_index(host, object, key, value, a(i))?;
                        refresh!();
                    }
                    NEWTABLE => {
                        let (list, hash) = (opcode::expand_size(b(i)), opcode::expand_size(c(i)));
                        save!();
                        let table = self.table(list, hash)?;
                        registers.set(a(i), table.into());
                        self.safe_point();
                    }
                    SELF => {
                        let (object, key) = (registers.get(b(i)), rk!(c(i)));
                        registers.set(a(i) + 1, object);
                        if let Some(table) = object.as_table() {
                            let table = &self.heap.tables[table.0];
                            let value = table.get(key, &self.heap.strings);
                            if !value.is_nil() || !table.has_metatable() {
                                registers.set(a(i), value);
                                continue;
                            }
                        }
                        save!();
                        let value = self.index(host, object, key, b(i))?;
                        refresh!();
                        registers.set(a(i), value);
                    }
                    ADD => arithmetic!(i, Add, |l, r| l + r),
                    SUB => arithmetic!(i, Sub, |l, r| l - r),
                    MUL => arithmetic!(i, Mul, |l, r| l * r),
                    DIV => arithmetic!(i, Div, |l, r| l / r),
                    MOD => arithmetic!(i, Mod, |l, r| modulo(l, r)),
                    POW => arithmetic!(i, Pow, |l, r| power(l, r)),
                    UNM => {
                        let operand = registers.get(b(i));
                        if operand.is_number() {
                            registers.set(a(i), Value::arithmetic(-operand.number_bits()));
                        } else {
                            save!();
                            let operand = (operand, b(i));
                            let value = self.arithmetic(host, Event::Unm, operand, operand)?;
                            refresh!();
                            registers.set(a(i), value);
                        }
                    }
                    NOT => registers.set(a(i), Value::boolean(registers.get(b(i)).is_falsy())),
                    LEN => {
                        let operand = registers.get(b(i));
                        if let Some(table) = operand.as_table() {
                            let length = self.raw_len(table);
                            registers.set(a(i), Value::arithmetic(length as f64));
                        } else {
                            save!();
                            let value = self.length(host, operand, b(i))?;
                            refresh!();
                            registers.set(a(i), value);
                        }
                    }
                    CONCAT => {
                        save!();
                        self.concat(host, base + b(i) as usize, (c(i) - b(i) + 1) as usize)?;
                        refresh!();
                        registers.set(a(i), registers.get(b(i)));
                        self.safe_point();
                    }
                    JMP => {
                        let distance = sbx(i);
                        code.jump(distance);
                        if distance < 0 {
                            spend!();
                        }
                    }
                    EQ => {
                        let (left, right) = (rk!(b(i)), rk!(c(i)));
                        let mut equal = left.raw_equals(right);
                        if !equal && left.is_table() && right.is_table() {
                            save!();
                            equal = self.equals(host, left, right)?;
                            refresh!();
                        }
                        branch!(equal == (a(i) != 0));
                    }
                    LT => {
                        let (left, right) = (rk!(b(i)), rk!(c(i)));
                        let less = if left.is_number() && right.is_number() {
                            left.number_bits() < right.number_bits()
                        } else {
                            save!();
                            let less = self.less_than(host, left, right)?;
                            refresh!();
                            less
                        };
                        branch!(less == (a(i) != 0));
                    }
                    LE => {
                        let (left, right) = (rk!(b(i)), rk!(c(i)));
                        let less = if left.is_number() && right.is_number() {
                            left.number_bits() <= right.number_bits()
                        } else {
                            save!();
                            let less = self.less_equal(host, left, right)?;
                            refresh!();
                            less
                        };
                        branch!(less == (a(i) != 0));
                    }
                    TEST => branch!(registers.get(a(i)).is_falsy() == (c(i) == 0)),
                    TESTSET => {
                        let value = registers.get(b(i));
                        let taken = value.is_falsy() == (c(i) == 0);
                        if taken {
                            registers.set(a(i), value);
                        }
                        branch!(taken);
                    }
                    CALL => {
                        let callee = registers.get(a(i));
                        let function = base + a(i) as usize;
                        if b(i) != 0 {
                            self.thread.top = function + b(i) as usize;
                        }
                        let wanted = c(i) as i32 - 1;
                        save!();
                        spend_call!();
                        if let Some(callee) = callee.as_closure()
                            && let Some(code_of) = &self.heap.functions[self.heap.closures[callee.0].function]
                            && code_of.is_vararg == 0
                            && function + 1 + CLEARED + code_of.max_stack as usize <= self.thread.stack.len()
                            && self.thread.frames.len() < MAX_FRAMES
                        {
                            // As `enter_closure` and the beginning of the outer loop do, without the detour.
                            self.charge(code_of.cost as usize);
                            closure = callee.0;
                            base = function + 1;
                            size = code_of.max_stack as usize;
                            environment = self.heap.closures[closure].environment;
                            constants = Constants::new(&code_of.constants);
                            start = Code::new(&code_of.code, 0);
                            code = start;
                            let given = (self.thread.top - base).min(code_of.param_count as usize);
                            if size - given <= CLEARED {
                                self.thread.stack.clear_few(base + given);
                            } else {
                                self.thread.stack.fill(base + given, base + size, Value::NIL);
                            }
                            registers = self.thread.stack.window(base, size);
                            self.thread.top = base + size;
                            frame = Frame {
                                function: function as u32,
                                base: base as u32,
                                closure,
                                pc: 0,
                                wanted,
                                tail_calls: 0,
                                is_entry: false,
                            };
                            self.thread.frames.push(frame);
                            at += 1;
                            continue;
                        }
                        if self.enter(host, function, wanted)? {
                            is_fixed = false;
                            continue 'frame;
                        }
                        if wanted >= 0 {
                            self.thread.top = base + size;
                        }
                        self.safe_point();
                        refresh!();
                    }
                    TAILCALL => {
                        let callee = registers.get(a(i));
                        let function = base + a(i) as usize;
                        if b(i) != 0 {
                            self.thread.top = function + b(i) as usize;
                        }
                        save!();
                        spend_call!();
                        is_fixed = false;
                        if let Some(callee) = callee.as_closure() {
                            self.close(base);
                            let count = self.thread.top - function;
                            self.thread.stack.copy(function, frame.function as usize, count);
                            self.thread.top = frame.function as usize + count;
                            self.thread.frames.pop();
                            self.enter_closure(callee, frame.function as usize, frame.wanted)?;
                            self.thread.frames[at].tail_calls = frame.tail_calls + 1;
                            self.thread.frames[at].is_entry = frame.is_entry;
                            continue 'frame;
                        }
                        if self.enter(host, function, -1)? {
                            continue 'frame;
                        }
                        self.safe_point();
                        refresh!();
                    }
                    RETURN => {
                        let first = base + a(i) as usize;
                        let count = if b(i) == 0 { self.thread.top - first } else { b(i) as usize - 1 };
                        if !self.thread.open.is_empty() {
                            self.close(base);
                        }
                        self.thread.frames.pop();
                        self.place_results(frame.function as usize, frame.wanted, first, count);
                        if frame.is_entry {
                            return Ok(Pause::Returned);
                        }
                        is_fixed = frame.wanted >= 0;
                        continue 'frame;
                    }
                    FORLOOP => {
                        let step = registers.get(a(i) + 2).number_bits();
                        let limit = registers.get(a(i) + 1).number_bits();
                        let index = registers.get(a(i)).number_bits() + step;
                        if if step > 0.0 { index <= limit } else { limit <= index } {
                            code.jump(sbx(i));
                            registers.set(a(i), Value::arithmetic(index));
                            registers.set(a(i) + 3, Value::arithmetic(index));
                            spend!();
                        }
                    }
                    FORPREP => {
                        save!();
                        let mut numbers = [0.0; 3];
                        for (n, what) in (0..).zip(["initial value", "limit", "step"]) {
                            let value = registers.get(a(i) + n);
                            let Some(number) = self.to_number(value) else {
                                return Err(self.run_error(&format!("'for' {what} must be a number")));
                            };
                            numbers[n as usize] = number;
                            registers.set(a(i) + n, Value::number(number));
                        }
                        registers.set(a(i), Value::arithmetic(numbers[0] - numbers[2]));
                        code.jump(sbx(i));
                    }
                    TFORLOOP => {
                        let first = base + a(i) as usize + 3;
                        if let Some(entry) =
                            self.next_entry(registers.get(a(i)), registers.get(a(i) + 1), registers.get(a(i) + 2))
                        {
                            // `pairs` and `ipairs`, without a call.
                            let Some((key, value)) = entry else {
                                code.jump(1);
                                continue;
                            };
                            registers.set(a(i) + 2, key);
                            registers.set(a(i) + 3, key);
                            registers.set(a(i) + 4, value);
                            for n in 2..c(i) {
                                registers.set(a(i) + 3 + n, Value::NIL);
                            }
                            let distance = sbx(code.peek());
                            code.jump(distance + 1);
                            spend!();
                            continue;
                        }
                        for n in 0..3 {
                            registers.set(a(i) + 3 + n, registers.get(a(i) + n));
                        }
                        self.thread.top = first + 3;
                        save!();
                        spend_call!();
                        self.call_at(host, first, c(i) as i32)?;
                        self.thread.top = base + size;
                        self.safe_point();
                        refresh!();
                        let control = registers.get(a(i) + 3);
                        if !control.is_nil() {
                            registers.set(a(i) + 2, control);
                            let distance = sbx(code.peek());
                            code.jump(distance + 1);
                        } else {
                            code.jump(1);
                        }
                    }
                    SETLIST => {
                        let open = b(i) == 0;
                        let first = base + a(i) as usize + 1;
                        let count = if open { self.thread.top - first } else { b(i) as usize };
                        let block = if c(i) == 0 { code.next() } else { c(i) };
                        save!();
                        self.set_list(first, count, (block as usize - 1) * FIELDS_PER_FLUSH as usize)?;
                        self.thread.top = base + size;
                    }
                    CLOSE => self.close(base + a(i) as usize),
                    CLOSURE => {
                        save!();
                        let outer = self.heap.closures[closure].function;
                        let child =
                            self.heap.functions[outer].as_ref().map_or(0, |outer| outer.children[bx(i) as usize]);
                        let made = self.closure(child, environment)?;
                        for n in 0..self.heap.closures[made.0].upvalue_count() {
                            let name = code.next();
                            let upvalue = if name & 63 == MOVE {
                                self.capture(base + b(name) as usize)?
                            } else {
                                self.heap.closures[closure].upvalue(b(name))
                            };
                            self.heap.closures[made.0].set_upvalue(n, upvalue);
                        }
                        registers.set(a(i), made.into());
                        self.safe_point();
                    }
                    VARARG => {
                        let params = self.params_of(closure);
                        let extra = base - frame.function as usize - 1 - params;
                        let first = base + a(i) as usize;
                        let wanted = if b(i) == 0 { extra } else { b(i) as usize - 1 };
                        if b(i) == 0 {
                            if first + extra > self.thread.stack.len() {
                                save!();
                                self.grow_stack(first + extra)?;
                                refresh!();
                            }
                            self.thread.top = first + extra;
                        }
                        let count = wanted.min(extra);
                        self.thread.stack.copy(base - extra, first, count);
                        self.thread.stack.fill(first + count, first + wanted, Value::NIL);
                    }
                    _ => return Err(self.run_error("bad code in precompiled chunk")),
                }
            }
        }
    }

    /// Gives what the iterators of `pairs` and `ipairs` would answer: the outer `None` means that it is another one,
    /// or that it would fail; the inner one is the end.
    #[inline(always)]
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

    fn params_of(&self, closure: u32) -> usize {
        let function = &self.heap.functions[self.heap.closures[closure].function];
        function.as_ref().map_or(0, |function| function.param_count as usize)
    }

    /// Stores values of the stack in the list of the table before them.
    #[inline(never)]
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
    fn reserve_list(&mut self, table: super::TableId, count: usize) -> Result<()> {
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
