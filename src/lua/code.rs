//! Expressions into instructions.
//!
//! An [`Expr`] is a value that is not computed yet, or not put anywhere yet: the parser hands it about until it is
//! known where the value must be, so that most values are computed straight into their place. Truth is compiled to
//! jumps whose targets are not known at first; such jumps form lists, threaded through the jumps' own distances.

use super::draft::{Binary, Draft, Expr, Jumps, Kind, NO_REGISTER, Unary};
use super::lexer::{Lexer, Result, Symbol};
use super::opcode::{self, FIELDS_PER_FLUSH, MAX_C, MAX_RK, MAX_SBX, Op};
use super::proto::{Constant, Local};

/// The most registers of a function.
const MAX_STACK: u32 = 250;
/// "All of them", where a number of values is asked for.
pub(super) const MULTIPLE: i32 = -1;

/// The compiler: the lexer, the function at hand and, around it, those that enclose it.
pub(super) struct Compiler<'s> {
    pub lexer: Lexer<'s>,
    pub f: Draft,
    pub enclosing: Vec<Draft>,
    /// How many variables of each name are in scope anywhere: a name without one is global.
    pub in_scope: Vec<u32>,
    /// How deep the syntax at hand is nested.
    pub level: u32,
}

impl Compiler<'_> {
    fn emit(&mut self, instruction: u32) -> Result<u32> {
        self.emit_at(instruction, self.lexer.last_line)
    }

    #[inline(never)]
    fn emit_at(&mut self, instruction: u32, line: u32) -> Result<u32> {
        let pc = self.f.pc();
        let waiting = std::mem::replace(&mut self.f.jumps_here, Jumps::NONE);
        self.aim_jumps(waiting, pc, NO_REGISTER, pc)?;
        self.f.proto.code.push(instruction);
        self.f.proto.lines.push(line);
        Ok(pc)
    }

    pub fn emit_abc(&mut self, op: Op, a: u32, b: u32, c: u32) -> Result<u32> {
        self.emit(opcode::abc(op, a, b, c))
    }

    pub fn emit_abx(&mut self, op: Op, a: u32, bx: u32) -> Result<u32> {
        self.emit(opcode::abx(op, a, bx))
    }

    /// Emits a jump, or a loop instruction, whose target is not known yet.
    pub fn emit_open(&mut self, op: Op, a: u32) -> Result<u32> {
        self.emit(opcode::with_sbx(opcode::abx(op, a, 0), -1))
    }

    /// Emits a jump and returns it as a list; jumps that lead here join it instead of leading to a jump.
    pub fn emit_jump(&mut self) -> Result<Jumps> {
        let waiting = std::mem::replace(&mut self.f.jumps_here, Jumps::NONE);
        let jump = Jumps::one(self.emit_open(Op::Jmp, 0)?);
        self.join(jump, waiting)
    }

    fn emit_test(&mut self, op: Op, a: u32, b: u32, c: u32) -> Result<Jumps> {
        self.emit_abc(op, a, b, c)?;
        self.emit_jump()
    }

    pub fn emit_return(&mut self, first: u32, count: i32) -> Result<u32> {
        self.emit_abc(Op::Return, first, (count + 1) as u32, 0)
    }

    /// Emits what sets registers to nil; at the start of a function they are, and a neighbouring instruction can
    /// do more of it.
    pub fn emit_nil(&mut self, from: u32, count: u32) -> Result<()> {
        let pc = self.f.pc();
        if self.f.last_label.is_none_or(|label| pc > label) {
            if pc == 0 {
                if from as usize >= self.f.active.len() {
                    self.f.proto.clean = self.f.proto.clean.max((from + count) as u8);
                    return Ok(());
                }
            } else {
                let previous = self.f.proto.code[pc as usize - 1];
                let (first, last) = (opcode::a(previous), opcode::b(previous));
                if Op::of(previous) == Op::LoadNil && first <= from && from <= last + 1 {
                    self.f.set_b(pc - 1, last.max(from + count - 1));
                    return Ok(());
                }
            }
        }
        self.emit_abc(Op::LoadNil, from, from + count - 1, 0).map(drop)
    }

    fn aim_jump(&mut self, pc: u32, target: u32) -> Result<()> {
        let distance = target as i32 - (pc as i32 + 1);
        if distance.abs() > MAX_SBX {
            return Err(self.lexer.error_here("control structure too long"));
        }
        let jump = self.f.instruction(pc);
        *jump = opcode::with_sbx(*jump, distance);
        Ok(())
    }

    /// Leads the jumps that bring a value to one place, with the value in the register, and the others to another.
    fn aim_jumps(&mut self, list: Jumps, with_value: u32, register: u32, without: u32) -> Result<()> {
        let mut next = (!list.is_empty()).then_some(list.first);
        while let Some(pc) = next {
            next = self.f.next_jump(pc);
            let target = if self.f.aim_test(pc, register) { with_value } else { without };
            self.aim_jump(pc, target)?;
        }
        Ok(())
    }

    /// Leads a list of jumps to a place.
    pub fn patch(&mut self, list: Jumps, target: u32) -> Result<()> {
        if target == self.f.pc() { self.patch_here(list) } else { self.aim_jumps(list, target, NO_REGISTER, target) }
    }

    /// Leads a list of jumps to the next instruction.
    pub fn patch_here(&mut self, list: Jumps) -> Result<()> {
        self.f.label();
        self.f.jumps_here = self.join(self.f.jumps_here, list)?;
        Ok(())
    }

    /// Makes one list of two.
    #[inline(never)]
    pub fn join(&mut self, list: Jumps, tail: Jumps) -> Result<Jumps> {
        if tail.is_empty() {
            return Ok(list);
        }
        if list.is_empty() {
            return Ok(tail);
        }
        self.aim_jump(list.last, tail.first)?;
        Ok(Jumps { first: list.first, last: tail.last })
    }

    /// Makes sure that so many more registers exist.
    pub fn check_stack(&mut self, count: u32) -> Result<()> {
        let needed = self.f.free + count;
        if needed > u32::from(self.f.proto.max_stack) {
            if needed >= MAX_STACK {
                return Err(self.lexer.error_here("function or expression too complex"));
            }
            self.f.proto.max_stack = needed as u8;
        }
        Ok(())
    }

    pub fn reserve(&mut self, count: u32) -> Result<()> {
        self.check_stack(count)?;
        self.f.free += count;
        Ok(())
    }

    fn constant(&mut self, key: (u8, u64), make: impl FnOnce() -> Constant) -> Result<u32> {
        // The reference implementation raises this one without a position.
        self.f.find_constant(key, make).ok_or_else(|| b"constant table overflow"[..].into())
    }

    pub fn string_constant(&mut self, symbol: Symbol) -> Result<u32> {
        let text = self.lexer.symbols.bytes(symbol);
        let found = self.f.find_constant((0, u64::from(symbol.0)), || Constant::String(text.into()));
        found.ok_or_else(|| b"constant table overflow"[..].into())
    }

    /// Finds or adds a number; 0 and -0 are one constant, whichever came first.
    pub fn number_constant(&mut self, x: f64) -> Result<u32> {
        let key = if x == 0.0 { 0 } else { x.to_bits() };
        self.constant((1, key), || Constant::Number(x))
    }

    fn simple_constant(&mut self, kind: Kind) -> Result<u32> {
        match kind {
            Kind::Number(x) => self.number_constant(x),
            Kind::Nil => self.constant((2, 0), || Constant::Nil),
            kind => self.constant((3, u64::from(kind == Kind::True)), || Constant::Boolean(kind == Kind::True)),
        }
    }

    /// Asks a call or `...` for a number of values, the first of them in the next register.
    pub fn set_returns(&mut self, expr: &Expr, count: i32) -> Result<()> {
        let values = (count + 1) as u32;
        match expr.kind {
            Kind::Call(pc) => self.f.set_c(pc, values),
            Kind::Vararg(pc) => {
                self.f.set_b(pc, values);
                self.f.set_a(pc, self.f.free);
                self.reserve(1)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Asks a call or `...` for exactly one value.
    pub fn set_one_return(&mut self, expr: &mut Expr) {
        match expr.kind {
            Kind::Call(pc) => expr.kind = Kind::Register(opcode::a(*self.f.instruction(pc))),
            Kind::Vararg(pc) => {
                self.f.set_b(pc, 2);
                expr.kind = Kind::Relocatable(pc);
            }
            _ => {}
        }
    }

    /// Makes a variable a value.
    pub fn discharge(&mut self, expr: &mut Expr) -> Result<()> {
        expr.kind = match expr.kind {
            Kind::Local(register) => Kind::Register(register),
            Kind::Upvalue(index) => Kind::Relocatable(self.emit_abc(Op::GetUpval, 0, index, 0)?),
            Kind::Global(name) => Kind::Relocatable(self.emit_abx(Op::GetGlobal, 0, name)?),
            Kind::Indexed { table, key } => {
                self.f.free_register(key);
                self.f.free_register(table);
                Kind::Relocatable(self.emit_abc(Op::GetTable, 0, table, key)?)
            }
            _ => return Ok(self.set_one_return(expr)),
        };
        Ok(())
    }

    /// Puts a value into a register, its jumps left open.
    fn discharge_to(&mut self, expr: &mut Expr, register: u32) -> Result<()> {
        self.discharge(expr)?;
        match expr.kind {
            Kind::Nil => self.emit_nil(register, 1)?,
            Kind::True | Kind::False => {
                self.emit_abc(Op::LoadBool, register, u32::from(expr.kind == Kind::True), 0)?;
            }
            Kind::Constant(index) => {
                self.emit_abx(Op::LoadK, register, index)?;
            }
            Kind::Number(x) => {
                let index = self.number_constant(x)?;
                self.emit_abx(Op::LoadK, register, index)?;
            }
            Kind::Relocatable(pc) => self.f.set_a(pc, register),
            Kind::Register(from) if from != register => {
                self.emit_abc(Op::Move, register, from, 0)?;
            }
            Kind::Register(_) => {}
            _ => return Ok(()),
        }
        expr.kind = Kind::Register(register);
        Ok(())
    }

    fn discharge_anywhere(&mut self, expr: &mut Expr) -> Result<u32> {
        if let Kind::Register(register) = expr.kind {
            return Ok(register);
        }
        self.reserve(1)?;
        let register = self.f.free - 1;
        self.discharge_to(expr, register)?;
        Ok(register)
    }

    /// Puts a value into a register, whichever way the expression is left.
    fn put_in(&mut self, expr: &mut Expr, register: u32) -> Result<()> {
        self.discharge_to(expr, register)?;
        if let Kind::Jump(jump) = expr.kind {
            expr.if_true = self.join(expr.if_true, jump)?;
        }
        if expr.has_jumps() {
            let (mut load_false, mut load_true) = (u32::MAX, u32::MAX);
            if self.f.needs_value(expr.if_true) || self.f.needs_value(expr.if_false) {
                let over = if matches!(expr.kind, Kind::Jump(_)) { Jumps::NONE } else { self.emit_jump()? };
                self.f.label();
                load_false = self.emit_abc(Op::LoadBool, register, 0, 1)?;
                self.f.label();
                load_true = self.emit_abc(Op::LoadBool, register, 1, 0)?;
                self.patch_here(over)?;
            }
            let end = self.f.label();
            self.aim_jumps(expr.if_false, end, register, load_false)?;
            self.aim_jumps(expr.if_true, end, register, load_true)?;
        }
        *expr = Expr::new(Kind::Register(register));
        Ok(())
    }

    /// Puts a value into the next free register.
    #[inline(never)]
    pub fn put_next(&mut self, expr: &mut Expr) -> Result<()> {
        self.discharge(expr)?;
        self.f.free_expr(expr);
        self.reserve(1)?;
        self.put_in(expr, self.f.free - 1)
    }

    /// Puts a value into some register, which is returned: the one where it is, if it is in one.
    pub fn put_anywhere(&mut self, expr: &mut Expr) -> Result<u32> {
        self.discharge(expr)?;
        if let Kind::Register(register) = expr.kind {
            if !expr.has_jumps() {
                return Ok(register);
            }
            if register as usize >= self.f.active.len() {
                self.put_in(expr, register)?;
                return Ok(register);
            }
        }
        self.put_next(expr)?;
        Ok(self.f.free - 1)
    }

    /// Makes an expression a value, in a register only if its jumps ask for one.
    pub fn make_value(&mut self, expr: &mut Expr) -> Result<()> {
        if expr.has_jumps() { self.put_anywhere(expr).map(drop) } else { self.discharge(expr) }
    }

    /// Makes an expression an RK operand.
    pub fn operand(&mut self, expr: &mut Expr) -> Result<u32> {
        self.make_value(expr)?;
        match expr.kind {
            Kind::Number(_) | Kind::True | Kind::False | Kind::Nil if self.f.proto.constants.len() as u32 <= MAX_RK => {
                let index = self.simple_constant(expr.kind)?;
                expr.kind = Kind::Constant(index);
                Ok(index | opcode::CONSTANT_BIT)
            }
            Kind::Constant(index) if index <= MAX_RK => Ok(index | opcode::CONSTANT_BIT),
            _ => self.put_anywhere(expr),
        }
    }

    /// Emits an assignment to a variable.
    pub fn store(&mut self, variable: &Expr, value: &mut Expr) -> Result<()> {
        match variable.kind {
            Kind::Local(register) => {
                self.f.free_expr(value);
                return self.put_in(value, register);
            }
            Kind::Upvalue(index) => {
                let register = self.put_anywhere(value)?;
                self.emit_abc(Op::SetUpval, register, index, 0)?;
            }
            Kind::Global(name) => {
                let register = self.put_anywhere(value)?;
                self.emit_abx(Op::SetGlobal, register, name)?;
            }
            Kind::Indexed { table, key } => {
                let operand = self.operand(value)?;
                self.emit_abc(Op::SetTable, table, key, operand)?;
            }
            _ => {}
        }
        self.f.free_expr(value);
        Ok(())
    }

    /// Makes `object:method`, the function and its first argument, of an object.
    pub fn select_method(&mut self, object: &mut Expr, method: &mut Expr) -> Result<()> {
        self.put_anywhere(object)?;
        self.f.free_expr(object);
        let function = self.f.free;
        self.reserve(2)?;
        let key = self.operand(method)?;
        if let Kind::Register(register) = object.kind {
            self.emit_abc(Op::SelfOp, function, register, key)?;
        }
        self.f.free_expr(method);
        object.kind = Kind::Register(function);
        Ok(())
    }

    /// Makes `table[key]`; the table is in a register.
    pub fn index(&mut self, table: &mut Expr, key: &mut Expr) -> Result<()> {
        let key = self.operand(key)?;
        if let Kind::Register(register) | Kind::Local(register) = table.kind {
            table.kind = Kind::Indexed { table: register, key };
        }
        Ok(())
    }

    fn jump_if(&mut self, expr: &mut Expr, truth: bool) -> Result<Jumps> {
        if let Kind::Relocatable(pc) = expr.kind {
            let instruction = *self.f.instruction(pc);
            if Op::of(instruction) == Op::Not {
                // `not x`, tested: test x itself.
                self.f.proto.code.pop();
                self.f.proto.lines.pop();
                return self.emit_test(Op::Test, opcode::b(instruction), 0, u32::from(!truth));
            }
        }
        let register = self.discharge_anywhere(expr)?;
        self.f.free_expr(expr);
        self.emit_test(Op::TestSet, NO_REGISTER, register, u32::from(truth))
    }

    fn invert(&mut self, comparison: Jumps) {
        let test = self.f.decider(comparison.first);
        *test = opcode::with_a(*test, u32::from(opcode::a(*test) == 0));
    }

    /// Goes on if the expression is true, else leaves by its `if_false` jumps.
    pub fn go_if_true(&mut self, expr: &mut Expr) -> Result<()> {
        self.discharge(expr)?;
        let jump = match expr.kind {
            Kind::Constant(_) | Kind::Number(_) | Kind::True => Jumps::NONE,
            Kind::Jump(jump) => {
                self.invert(jump);
                jump
            }
            _ => self.jump_if(expr, false)?,
        };
        expr.if_false = self.join(expr.if_false, jump)?;
        self.patch_here(std::mem::replace(&mut expr.if_true, Jumps::NONE))
    }

    /// Goes on if the expression is false, else leaves by its `if_true` jumps.
    fn go_if_false(&mut self, expr: &mut Expr) -> Result<()> {
        self.discharge(expr)?;
        let jump = match expr.kind {
            Kind::Nil | Kind::False => Jumps::NONE,
            Kind::Jump(jump) => jump,
            _ => self.jump_if(expr, true)?,
        };
        expr.if_true = self.join(expr.if_true, jump)?;
        self.patch_here(std::mem::replace(&mut expr.if_false, Jumps::NONE))
    }

    fn negate(&mut self, expr: &mut Expr) -> Result<()> {
        self.discharge(expr)?;
        expr.kind = match expr.kind {
            Kind::Nil | Kind::False => Kind::True,
            Kind::Constant(_) | Kind::Number(_) | Kind::True => Kind::False,
            Kind::Jump(jump) => {
                self.invert(jump);
                Kind::Jump(jump)
            }
            _ => {
                let register = self.discharge_anywhere(expr)?;
                self.f.free_expr(expr);
                Kind::Relocatable(self.emit_abc(Op::Not, 0, register, 0)?)
            }
        };
        std::mem::swap(&mut expr.if_true, &mut expr.if_false);
        self.f.drop_values(expr.if_false);
        self.f.drop_values(expr.if_true);
        Ok(())
    }

    fn arithmetic(&mut self, op: Op, left: &mut Expr, right: &mut Expr) -> Result<()> {
        if let (Some(x), Some(y)) = (left.numeral(), right.numeral())
            && let Some(result) = fold(op, x, y)
        {
            left.kind = Kind::Number(result);
            return Ok(());
        }
        let second = if matches!(op, Op::Unm | Op::Len) { 0 } else { self.operand(right)? };
        let first = self.operand(left)?;
        if first > second {
            self.f.free_expr(left);
            self.f.free_expr(right);
        } else {
            self.f.free_expr(right);
            self.f.free_expr(left);
        }
        left.kind = Kind::Relocatable(self.emit_abc(op, 0, first, second)?);
        Ok(())
    }

    pub fn unary(&mut self, op: Unary, expr: &mut Expr) -> Result<()> {
        let mut none = Expr::new(Kind::Number(0.0));
        match op {
            Unary::Minus => {
                if expr.numeral().is_none() {
                    self.put_anywhere(expr)?;
                }
                self.arithmetic(Op::Unm, expr, &mut none)
            }
            Unary::Not => self.negate(expr),
            Unary::Length => {
                self.put_anywhere(expr)?;
                self.arithmetic(Op::Len, expr, &mut none)
            }
        }
    }

    /// Readies the left side of an operator before the right side is read.
    pub fn begin_binary(&mut self, op: Binary, left: &mut Expr) -> Result<()> {
        match op {
            Binary::And => self.go_if_true(left),
            Binary::Or => self.go_if_false(left),
            Binary::Concat => self.put_next(left),
            Binary::Arithmetic(_) if left.numeral().is_some() => Ok(()),
            _ => self.operand(left).map(drop),
        }
    }

    /// Makes one expression of both sides, in `left`.
    pub fn end_binary(&mut self, op: Binary, left: &mut Expr, mut right: Expr) -> Result<()> {
        match op {
            Binary::And => {
                self.discharge(&mut right)?;
                right.if_false = self.join(right.if_false, left.if_false)?;
                *left = right;
            }
            Binary::Or => {
                self.discharge(&mut right)?;
                right.if_true = self.join(right.if_true, left.if_true)?;
                *left = right;
            }
            Binary::Concat => {
                self.make_value(&mut right)?;
                // The right side is a chain itself: let it begin one register earlier.
                if let (Kind::Relocatable(pc), Kind::Register(first)) = (right.kind, left.kind)
                    && Op::of(*self.f.instruction(pc)) == Op::Concat
                {
                    self.f.free_expr(left);
                    self.f.set_b(pc, first);
                    left.kind = right.kind;
                } else {
                    self.put_next(&mut right)?;
                    self.arithmetic(Op::Concat, left, &mut right)?;
                }
            }
            Binary::Arithmetic(op) => self.arithmetic(op, left, &mut right)?,
            Binary::Compare { op, holds, swap } => {
                let first = self.operand(left)?;
                let second = self.operand(&mut right)?;
                self.f.free_expr(&right);
                self.f.free_expr(left);
                let (first, second) = if swap { (second, first) } else { (first, second) };
                left.kind = Kind::Jump(self.emit_test(op, u32::from(holds), first, second)?);
            }
        }
        Ok(())
    }

    /// Stores the list entries that wait in registers: `waiting` of them, which make it `total`.
    pub fn emit_set_list(&mut self, table: u32, total: u32, waiting: i32) -> Result<()> {
        let batch = (total - 1) / FIELDS_PER_FLUSH + 1;
        let count = if waiting == MULTIPLE { 0 } else { waiting as u32 };
        if batch <= MAX_C {
            self.emit_abc(Op::SetList, table, count, batch)?;
        } else {
            self.emit_abc(Op::SetList, table, count, 0)?;
            self.emit_at(batch, self.lexer.line)?;
        }
        self.f.free = table + 1;
        Ok(())
    }

    /// Closes the function at hand and returns to the enclosing one, if there is one.
    pub fn take_function(&mut self, last_line: u32) -> Result<Draft> {
        self.remove_locals(0);
        self.emit_return(0, 0)?;
        let outer = self.enclosing.pop();
        let outer = outer.unwrap_or_else(|| Draft::new(self.f.proto.source.clone(), 0));
        let mut done = std::mem::replace(&mut self.f, outer);
        done.proto.last_line_defined = last_line;
        done.proto.upvalue_count = done.upvalues.len() as u8;
        done.proto.upvalue_names =
            done.upvalues.iter().map(|upvalue| self.lexer.symbols.bytes(upvalue.name).into()).collect();
        Ok(done)
    }

    /// Ends the scope of all locals but the first `keep`.
    pub fn remove_locals(&mut self, keep: usize) {
        let pc = self.f.pc();
        for (name, local) in self.f.active.drain(keep..) {
            self.f.proto.locals[local as usize].end_pc = pc;
            self.in_scope[name.0 as usize] -= 1;
        }
    }

    /// Begins the scope of the first `count` declared locals.
    pub fn add_locals(&mut self, count: usize) {
        let pc = self.f.pc();
        for (name, local) in self.f.pending.drain(..count) {
            self.f.proto.locals[local as usize].start_pc = pc;
            self.f.active.push((name, local));
            let id = name.0 as usize;
            if self.in_scope.len() <= id {
                self.in_scope.resize(id + 1, 0);
            }
            self.in_scope[id] += 1;
        }
    }

    /// Declares a local whose scope begins at [`Compiler::add_locals`].
    pub fn declare(&mut self, name: Symbol) -> Result<()> {
        self.limit(self.f.active.len() + self.f.pending.len() + 1, 200, "local variables")?;
        let local = self.f.proto.locals.len();
        if local >= i16::MAX as usize {
            return Err(b"too many local variables"[..].into());
        }
        let name_text = self.lexer.symbols.bytes(name).into();
        self.f.proto.locals.push(Local { name: name_text, start_pc: 0, end_pc: 0 });
        self.f.pending.push((name, local as u32));
        Ok(())
    }

    /// Fails if a function has more of something than it may.
    pub fn limit(&self, count: usize, most: usize, what: &str) -> Result<()> {
        if count <= most {
            return Ok(());
        }
        Err(self.lexer.error(match self.f.proto.line_defined {
            0 => format!("main function has more than {most} {what}"),
            line => format!("function at line {line} has more than {most} {what}"),
        }))
    }
}

/// Computes an operation between numerals, unless the machine must do it: a division by zero, or what gives no number.
fn fold(op: Op, x: f64, y: f64) -> Option<f64> {
    let result = match op {
        Op::Add => x + y,
        Op::Sub => x - y,
        Op::Mul => x * y,
        Op::Div if y != 0.0 => x / y,
        Op::Mod if y != 0.0 => x - (x / y).floor() * y,
        Op::Pow => x.powf(y),
        Op::Unm => -x,
        _ => return None,
    };
    (!result.is_nan()).then_some(result)
}
