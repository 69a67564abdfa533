//! The machine: one loop over the instructions.
//!
//! Calls of Lua functions from Lua push a frame and stay in the loop; natives, metamethods and coroutines enter it
//! again. Every backward jump and every call spends a unit of fuel.
//!
//! The loop holds three things in locals: where it is in the code, the registers and the constants. Before it calls
//! anything it writes the first into the frame, and afterwards takes all three from there, so that none lives across
//! a call: what does is spilled by engines of WebAssembly at every instruction. What is rare is done by calls (see
//! `vm_rare`) for the same reason.

use super::Host;
use super::Lua;
use super::error::{LuaError, Result};
use super::meta::{Event, modulo};
use super::quick::*;
use super::stack::{Code, Constants, Running, Window};
use super::thread::{Frame, Shape};
use super::value::Value;

/// Why the loop was left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pause {
    /// The entry frame has returned.
    Returned,
    /// The budget is spent.
    Breath,
    /// The error is in `failure`.
    Failed,
}

impl Lua {
    /// Runs the topmost frame until the frame marked as entry returns.
    #[inline(always)]
    pub(super) fn execute(&mut self, host: &mut dyn Host) -> Result<()> {
        match self.run_frames(host) {
            Pause::Returned => Ok(()),
            pause => self.go_on(host, pause),
        }
    }

    /// Does what the machine has paused for, and lets it run on.
    #[inline(never)]
    fn go_on(&mut self, host: &mut dyn Host, mut pause: Pause) -> Result<()> {
        loop {
            match pause {
                Pause::Returned => return Ok(()),
                // The machine is left and entered again now and then: an engine of WebAssembly that has compiled it
                // better meanwhile can change over only between two calls.
                Pause::Breath => {
                    // No optimiser may put the loop in here: wasm-opt leaves alone what is also called by address.
                    std::hint::black_box(Lua::run_frames as fn(&mut Lua, &mut dyn Host) -> Pause);
                    self.ask(host).inspect_err(|_| self.fault = self.current_line())?;
                }
                Pause::Failed => {
                    let error = self.failure;
                    if !matches!(error, LuaError::Yield) && self.fault.is_none() {
                        self.fault = self.culprit();
                    }
                    return Err(error);
                }
            }
            pause = self.run_frames(host);
        }
    }

    #[inline(never)]
    fn run_frames(&mut self, host: &mut dyn Host) -> Pause {
        let (mut code, mut registers, mut constants): (Code, Window, Constants);

        // Takes from the frame where the machine is.
        macro_rules! resume {
            () => {{
                let frame = self.thread.frames.top();
                (code, constants) = (frame.pc, frame.constants);
                let base = frame.base;
                registers = self.thread.stack.window(base);
            }};
        }
        // Notes where the machine is: errors and calls look there.
        macro_rules! save {
            () => {
                self.thread.frames.top().pc = code
            };
        }
        macro_rules! spend {
            () => {{
                let left = self.budget.get() - 1;
                self.budget.set(left);
                if left < 0 {
                    save!();
                    return Pause::Breath;
                }
            }};
        }

        resume!();
        'next: loop {
            // Does an instruction by a call that steps on itself, and tells whether it succeeded.
            macro_rules! by_call {
                ($done:expr) => {{
                    save!();
                    if !$done {
                        return Pause::Failed;
                    }
                    resume!();
                    continue 'next;
                }};
            }
            // As `by_call`, of what may have to pause.
            macro_rules! by_long_call {
                ($done:expr) => {{
                    save!();
                    match $done {
                        Pause::Returned => resume!(),
                        pause => return pause,
                    }
                    continue 'next;
                }};
            }
            // The blocks end in what the instructions have in common that cannot be done at once.
            'test: {
                'rare: {
                    macro_rules! finish {
                        ($value:expr) => {{
                            registers.set(code.a(), $value);
                            code = code.next();
                            continue 'next;
                        }};
                    }
                    // A result that is no NaN was made of two numbers, for all other values are NaNs as numbers.
                    macro_rules! arithmetic {
                        ($result:expr) => {{
                            let result: f64 = $result;
                            if !result.is_nan() {
                                finish!(Value::arithmetic(result));
                            }
                            break 'rare;
                        }};
                    }
                    macro_rules! r {
                        ($operand:ident) => {
                            registers.get(code.$operand()).number_bits()
                        };
                    }
                    macro_rules! k {
                        ($operand:ident) => {
                            constants.get(code.$operand() as u32).number_bits()
                        };
                    }
                    // Takes the jump that follows, or skips it. A jump back is taken by the jump itself, which spends.
                    macro_rules! branch {
                        ($taken:expr) => {{
                            let taken = $taken;
                            code = code.next();
                            if !taken {
                                code = code.next();
                            } else {
                                let distance = code.long() as i32;
                                if distance > 0 {
                                    code = code.jump(distance);
                                }
                            }
                            continue 'next;
                        }};
                    }
                    // One of the two answers is certain if both are numbers; neither if one is not.
                    macro_rules! compare {
                        ($left:expr, $op:tt, $right:expr, $otherwise:tt, $wanted:literal) => {{
                            let (left, right) = ($left, $right);
                            if left $op right {
                                branch!($wanted);
                            }
                            if left $otherwise right {
                                branch!(!$wanted);
                            }
                            break 'test;
                        }};
                    }
                    macro_rules! equal {
                        ($wanted:literal) => {{
                            let (left, right) = (registers.get(code.b()), registers.get(code.c()));
                            if left.is_table() && right.is_table() && left != right {
                                break 'test;
                            }
                            branch!(left.raw_equals(right) == $wanted);
                        }};
                    }
                    macro_rules! choose {
                        ($wanted:literal) => {{
                            let value = registers.get(code.b());
                            if value.is_falsy() == $wanted {
                                branch!(false);
                            }
                            registers.set(code.a(), value);
                            branch!(true);
                        }};
                    }
                    macro_rules! go_round {
                        ($index:ident, $again:expr) => {{
                            if $again {
                                registers.set(code.a(), Value::arithmetic($index));
                                registers.set_after(code.a(), 3, Value::arithmetic($index));
                                code = code.jump(code.long() as i32);
                                spend!();
                                continue 'next;
                            }
                            code = code.next();
                            continue 'next;
                        }};
                    }
                    macro_rules! finish_call {
                        () => {{
                            save!();
                            if self.finish_call() {
                                return Pause::Returned;
                            }
                            resume!();
                            code = code.next();
                            continue 'next;
                        }};
                    }
                    macro_rules! field {
                        ($object:expr, $value:ident = |$table:ident| $found:expr) => {{
                            if let Some(table) = $object.as_table() {
                                let $table = &self.heap.tables[table.0];
                                let $value = $found;
                                if !$value.is_nil() || !$table.has_metatable() {
                                    finish!($value);
                                }
                            }
                            break 'rare;
                        }};
                    }
                    macro_rules! set_field {
                        (|$table:ident| $slot:expr, $value:expr) => {{
                            if let Some(table) = registers.get(code.a()).as_table() {
                                let $table = &mut self.heap.tables[table.0];
                                let is_plain = !$table.has_metatable();
                                if !$table.is_read_only()
                                    && let Some(slot) = $slot
                                {
                                    if !slot.is_nil() {
                                        *slot = $value;
                                        code = code.next();
                                        continue 'next;
                                    }
                                    if is_plain {
                                        *slot = $value;
                                        $table.absent = 0;
                                        code = code.next();
                                        continue 'next;
                                    }
                                }
                            }
                            break 'rare;
                        }};
                    }

                    match code.op() {
                        MOVE => finish!(registers.get(code.b())),
                        MOVE_MOVE => {
                            registers.set(code.a(), registers.get(code.b()));
                            code = code.next();
                            finish!(registers.get(code.b()));
                        }
                        MOVE_LOADK => {
                            registers.set(code.a(), registers.get(code.b()));
                            code = code.next();
                            finish!(constants.get(code.long()));
                        }
                        GETUPVAL_MOVE => {
                            let closure = self.thread.frames.top().running.get();
                            registers.set(code.a(), closure.upvalue(code.b() as u32).get());
                            code = code.next();
                            finish!(registers.get(code.b()));
                        }
                        LOADK => finish!(constants.get(code.long())),
                        LOADBOOL => {
                            registers.set(code.a(), Value::boolean(code.b() != 0));
                            code = code.jump(code.c() as i32);
                            continue 'next;
                        }
                        LOADNIL => {
                            for n in 0..code.b() {
                                registers.set_after(code.a(), n as usize, Value::NIL);
                            }
                            code = code.next();
                            continue 'next;
                        }
                        GETUPVAL => {
                            let closure = self.thread.frames.top().running.get();
                            finish!(closure.upvalue(code.b() as u32).get());
                        }
                        SETUPVAL => {
                            let closure = self.thread.frames.top().running.get();
                            closure.upvalue(code.b() as u32).set(registers.get(code.a()));
                            code = code.next();
                            continue 'next;
                        }
                        GETGLOBAL => {
                            let table = &self.heap.tables[self.thread.frames.top().running.get().environment];
                            let value = table.get_str(constants.get(code.long()), &self.heap.strings);
                            if !value.is_nil() || !table.has_metatable() {
                                finish!(value);
                            }
                            break 'rare;
                        }
                        GETFIELD => field!(
                            registers.get(code.b()),
                            value = |table| { table.get_str(constants.get(code.c() as u32), &self.heap.strings) }
                        ),
                        GETNUMBER => field!(registers.get(code.b()), value = |table| table.get_number(k!(c))),
                        GETINDEX => {
                            let key = registers.get(code.c());
                            if let Some(table) = registers.get(code.b()).as_table() {
                                let table = &self.heap.tables[table.0];
                                if let Some(value) = table.list_value(key.number_bits())
                                    && !value.is_nil()
                                {
                                    finish!(value);
                                }
                                if key.is_short_string() {
                                    let value = table.get_str(key, &self.heap.strings);
                                    if !value.is_nil() || !table.has_metatable() {
                                        finish!(value);
                                    }
                                }
                            }
                            break 'rare;
                        }
                        METHOD => {
                            let (object, key) = (registers.get(code.b()), constants.get(code.c() as u32));
                            registers.set_after(code.a(), 1, object);
                            let strings = &self.heap.strings;
                            let metatable = match object.as_table() {
                                Some(table) => {
                                    let table = &self.heap.tables[table.0];
                                    let value = table.get_str(key, strings);
                                    if !value.is_nil() {
                                        finish!(value);
                                    }
                                    table.metatable()
                                }
                                None if object.is_string() => self.string_metatable.map(|table| table.0),
                                None => None,
                            };
                            if let Some(metatable) = metatable {
                                let name = self.event_name(Event::Index);
                                let methods = self.heap.tables[metatable].get_str(name, strings);
                                field!(methods, value = |table| table.get_str(key, strings));
                            }
                            break 'rare;
                        }
                        SETFIELD => set_field!(
                            |table| table.slot_str(constants.get(code.b() as u32), &self.heap.strings),
                            registers.get(code.c())
                        ),
                        SETFIELD_K => set_field!(
                            |table| table.slot_str(constants.get(code.b() as u32), &self.heap.strings),
                            constants.get(code.c() as u32)
                        ),
                        SETINDEX => {
                            set_field!(|table| table.list_slot(r!(b)), registers.get(code.c()))
                        }
                        SETINDEX_K => {
                            set_field!(|table| table.list_slot(r!(b)), constants.get(code.c() as u32))
                        }
                        ADD => arithmetic!(r!(b) + r!(c)),
                        ADD_K => arithmetic!(r!(b) + k!(c)),
                        SUB => arithmetic!(r!(b) - r!(c)),
                        SUB_K => arithmetic!(r!(b) - k!(c)),
                        K_SUB => arithmetic!(k!(b) - r!(c)),
                        MUL => arithmetic!(r!(b) * r!(c)),
                        MUL_K => arithmetic!(r!(b) * k!(c)),
                        DIV => arithmetic!(r!(b) / r!(c)),
                        DIV_K => arithmetic!(r!(b) / k!(c)),
                        MOD => arithmetic!(modulo(r!(b), r!(c))),
                        MOD_K => arithmetic!(modulo(r!(b), k!(c))),
                        UNM => arithmetic!(-r!(b)),
                        NOT => finish!(Value::boolean(registers.get(code.b()).is_falsy())),
                        LEN => {
                            if let Some(table) = registers.get(code.b()).as_table()
                                && let Some(length) = self.heap.tables[table.0].plain_len()
                            {
                                finish!(Value::arithmetic(length as f64));
                            }
                            break 'rare;
                        }
                        JMP => {
                            code = code.jump(code.long() as i32);
                            continue 'next;
                        }
                        LOOP => {
                            code = code.jump(code.long() as i32);
                            spend!();
                            continue 'next;
                        }
                        EQ => equal!(true),
                        NE => equal!(false),
                        EQ_N => branch!(r!(b) == k!(c)),
                        NE_N => branch!(r!(b) != k!(c)),
                        EQ_K => branch!(registers.get(code.b()) == constants.get(code.c() as u32)),
                        NE_K => branch!(registers.get(code.b()) != constants.get(code.c() as u32)),
                        LT => compare!(r!(b), <, r!(c), >=, true),
                        LT_K => compare!(r!(b), <, k!(c), >=, true),
                        K_LT => compare!(k!(b), <, r!(c), >=, true),
                        NLT => compare!(r!(b), <, r!(c), >=, false),
                        NLT_K => compare!(r!(b), <, k!(c), >=, false),
                        K_NLT => compare!(k!(b), <, r!(c), >=, false),
                        LE => compare!(r!(b), <=, r!(c), >, true),
                        LE_K => compare!(r!(b), <=, k!(c), >, true),
                        K_LE => compare!(k!(b), <=, r!(c), >, true),
                        NLE => compare!(r!(b), <=, r!(c), >, false),
                        NLE_K => compare!(r!(b), <=, k!(c), >, false),
                        K_NLE => compare!(k!(b), <=, r!(c), >, false),
                        TRUE => branch!(!registers.get(code.a()).is_falsy()),
                        FALSE => branch!(registers.get(code.a()).is_falsy()),
                        TRUE_SET => choose!(true),
                        FALSE_SET => choose!(false),
                        CALL => {
                            let called = registers.get(code.a());
                            let frame = self.thread.frames.top();
                            frame.pc = code;
                            let base = frame.base + (code.a() as u32 / SIZE) + 1;
                            let left = self.budget.get() - 1;
                            self.budget.set(left);
                            if left < 0 {
                                // Nothing was done: the instruction begins anew.
                                return Pause::Breath;
                            }
                            if let Some(called) = called.as_closure()
                                && let running = &self.heap.closures[called.0]
                                && let Some(function) = running.code.get()
                                && base as usize + function.room as usize <= self.thread.stack.len()
                                && self.thread.frames.try_push(Frame {
                                    pc: Code::new(&function.quick),
                                    constants: Constants::new(&function.constants),
                                    base,
                                    function: base - 1,
                                    closure: called.0,
                                    running: Running::new(running),
                                    shape: Shape::new(function.max_stack, code.c() as i32 - 1),
                                    tail_calls: 0,
                                })
                            {
                                // As `enter_closure`, without the detour.
                                self.budget.set(left - function.cost as i64);
                                registers = registers.called(code.a());
                                let count = code.b();
                                code = Code::new(&function.quick);
                                constants = Constants::new(&function.constants);
                                if count < function.enough {
                                    let given = match count {
                                        0 => self.thread.top - base as usize,
                                        count => count as usize - 1,
                                    };
                                    for clean in given.min(function.param_count as usize)..function.clean as usize {
                                        registers.set_after(0, clean, Value::NIL);
                                    }
                                }
                                continue 'next;
                            }
                            by_call!(self.call_other(host));
                        }
                        RETURN0 | RETURN1 => {
                            let shape = self.thread.frames.top().shape;
                            let value = if code.op() == RETURN1 { registers.get(code.a()) } else { Value::NIL };
                            if shape.is_common() {
                                // Where nothing is wanted, nobody looks there.
                                registers.set_function(value);
                                self.thread.frames.leave();
                                let frame = self.thread.frames.top();
                                (code, constants) = (frame.pc, frame.constants);
                                registers = registers.caller(code.a());
                                code = code.next();
                                continue 'next;
                            }
                            if shape.is_entry_for_one() {
                                registers.set_function(value);
                                self.thread.frames.leave();
                                return Pause::Returned;
                            }
                            finish_call!();
                        }
                        RETURN => finish_call!(),
                        FORPREP => {
                            let (index, step) = (registers.get(code.a()), registers.after(code.a(), 2));
                            if index.is_number() && registers.after(code.a(), 1).is_number() && step.is_number() {
                                let before = Value::arithmetic(index.number_bits() - step.number_bits());
                                registers.set(code.a(), before);
                                code = code.jump(code.long() as i32);
                                continue 'next;
                            }
                            by_call!(self.prepare());
                        }
                        FORLOOP_UP => {
                            let index = r!(a) + registers.after(code.a(), 2).number_bits();
                            go_round!(index, index <= registers.after(code.a(), 1).number_bits());
                        }
                        FORLOOP => {
                            let step = registers.after(code.a(), 2).number_bits();
                            let limit = registers.after(code.a(), 1).number_bits();
                            let index = r!(a) + step;
                            go_round!(index, if step > 0.0 { index <= limit } else { limit <= index });
                        }
                        TFORLOOP => {
                            save!();
                            if self.iterate() {
                                resume!();
                                continue 'next;
                            }
                            by_long_call!(self.iterate_by_call(host));
                        }
                        TAILCALL => by_long_call!(self.call_last(host)),
                        NEWTABLE => by_call!(self.make_table()),
                        CONCAT => by_call!(self.join_registers(host)),
                        CLOSURE => by_call!(self.make_closure()),
                        SETLIST | VARARG => by_call!(self.prepare()),
                        CLOSE => {
                            let from = self.thread.frames.top().base + code.a() as u32 / SIZE;
                            if self.thread.open_end > from {
                                save!();
                                self.close(from as usize);
                                resume!();
                            }
                            code = code.next();
                            continue 'next;
                        }
                        TEST => break 'test,
                        _ => break 'rare,
                    }
                }
                by_call!(self.step(host));
            }
            save!();
            let Some(taken) = self.test(host) else { return Pause::Failed };
            resume!();
            code = code.next();
            if !taken {
                code = code.next();
            }
        }
    }
}
