//! Expressions: operators by precedence, calls, table constructors, functions, and where a name leads.

use super::code::{Compiler, MULTIPLE};
use super::draft::{Binary, Draft, Expr, Kind, Unary, Upvalue};
use super::lexer::{Result, Symbol, Token};
use super::opcode::{self, FIELDS_PER_FLUSH, Op};
use super::proto::{HAS_ARG, NEEDS_ARG, VARARG};

/// How tightly the operators before an operand bind it.
const UNARY_PRIORITY: u32 = 8;
/// The most upvalues of a function.
const MAX_UPVALUES: usize = 60;

/// Gives an operator with its priorities to the left and to the right; a higher left one associates to the right.
fn binary_operator(token: Token) -> Option<(Binary, u32, u32)> {
    let arithmetic = |op| Binary::Arithmetic(op);
    let compare = |op, holds, swap| Binary::Compare { op, holds, swap };
    Some(match token {
        Token::Or => (Binary::Or, 1, 1),
        Token::And => (Binary::And, 2, 2),
        Token::Equal => (compare(Op::Eq, true, false), 3, 3),
        Token::NotEqual => (compare(Op::Eq, false, false), 3, 3),
        Token::Byte(b'<') => (compare(Op::Lt, true, false), 3, 3),
        Token::LessEqual => (compare(Op::Le, true, false), 3, 3),
        Token::Byte(b'>') => (compare(Op::Lt, true, true), 3, 3),
        Token::GreaterEqual => (compare(Op::Le, true, true), 3, 3),
        Token::Concat => (Binary::Concat, 5, 4),
        Token::Byte(b'+') => (arithmetic(Op::Add), 6, 6),
        Token::Byte(b'-') => (arithmetic(Op::Sub), 6, 6),
        Token::Byte(b'*') => (arithmetic(Op::Mul), 7, 7),
        Token::Byte(b'/') => (arithmetic(Op::Div), 7, 7),
        Token::Byte(b'%') => (arithmetic(Op::Mod), 7, 7),
        Token::Byte(b'^') => (arithmetic(Op::Pow), 10, 9),
        _ => return None,
    })
}

fn unary_operator(token: Token) -> Option<Unary> {
    Some(match token {
        Token::Not => Unary::Not,
        Token::Byte(b'-') => Unary::Minus,
        Token::Byte(b'#') => Unary::Length,
        _ => return None,
    })
}

impl Compiler<'_> {
    pub(super) fn expression(&mut self) -> Result<Expr> {
        self.operation(0).map(|(expr, _)| expr)
    }

    /// Compiles `a, b, c`: all but the last are put into registers. Returns how many there are, and the last.
    pub(super) fn expression_list(&mut self) -> Result<(i32, Expr)> {
        let mut count = 1;
        let mut expr = self.expression()?;
        while self.accept(Token::Byte(b','))? {
            self.put_next(&mut expr)?;
            expr = self.expression()?;
            count += 1;
        }
        Ok((count, expr))
    }

    /// Compiles an operand and every operator behind it that binds more tightly than `limit`. Returns the operator
    /// that does not, too.
    fn operation(&mut self, limit: u32) -> Result<(Expr, Option<(Binary, u32, u32)>)> {
        self.enter_level()?;
        let mut left = if let Some(op) = unary_operator(self.lexer.token) {
            self.lexer.next()?;
            let (mut operand, _) = self.operation(UNARY_PRIORITY)?;
            self.unary(op, &mut operand)?;
            operand
        } else {
            self.simple_expression()?
        };
        let mut operator = binary_operator(self.lexer.token);
        while let Some((op, _, right_priority)) = operator.filter(|&(_, priority, _)| priority > limit) {
            self.lexer.next()?;
            self.begin_binary(op, &mut left)?;
            let (right, next) = self.operation(right_priority)?;
            self.end_binary(op, &mut left, right)?;
            operator = next;
        }
        self.leave_level();
        Ok((left, operator))
    }

    fn simple_expression(&mut self) -> Result<Expr> {
        let kind = match self.lexer.token {
            Token::Number(x) => Kind::Number(x),
            Token::String(text) => Kind::Constant(self.string_constant(text)?),
            Token::Nil => Kind::Nil,
            Token::True => Kind::True,
            Token::False => Kind::False,
            Token::Dots => {
                if self.f.proto.is_vararg == 0 {
                    return Err(self.lexer.error_here("cannot use '...' outside a vararg function"));
                }
                self.f.proto.is_vararg &= !NEEDS_ARG;
                Kind::Vararg(self.emit_abc(Op::Vararg, 0, 1, 0)?)
            }
            Token::Byte(b'{') => return self.table(),
            Token::Function => {
                self.lexer.next()?;
                return self.function_body(false, self.lexer.line);
            }
            _ => return self.primary_expression(),
        };
        self.lexer.next()?;
        Ok(Expr::new(kind))
    }

    /// Compiles a name or an expression in parentheses, and every index, field, method and call behind it.
    pub(super) fn primary_expression(&mut self) -> Result<Expr> {
        let mut expr = match self.lexer.token {
            Token::Name(name) => {
                self.lexer.next()?;
                self.variable(name)?
            }
            Token::Byte(b'(') => {
                let line = self.lexer.line;
                self.lexer.next()?;
                let mut inner = self.expression()?;
                self.expect_to_close(Token::Byte(b')'), Token::Byte(b'('), line)?;
                self.discharge(&mut inner)?;
                inner
            }
            _ => return Err(self.lexer.error_here("unexpected symbol")),
        };
        loop {
            match self.lexer.token {
                Token::Byte(b'.') => self.field(&mut expr)?,
                Token::Byte(b'[') => {
                    self.put_anywhere(&mut expr)?;
                    let mut key = self.bracketed_key()?;
                    self.index(&mut expr, &mut key)?;
                }
                Token::Byte(b':') => {
                    self.lexer.next()?;
                    let mut method = self.name_constant()?;
                    self.select_method(&mut expr, &mut method)?;
                    self.call(&mut expr)?;
                }
                Token::Byte(b'(' | b'{') | Token::String(_) => {
                    self.put_next(&mut expr)?;
                    self.call(&mut expr)?;
                }
                _ => return Ok(expr),
            }
        }
    }

    fn name_constant(&mut self) -> Result<Expr> {
        let name = self.expect_name()?;
        Ok(Expr::new(Kind::Constant(self.string_constant(name)?)))
    }

    /// Compiles `.name` or `:name` behind a table.
    pub(super) fn field(&mut self, table: &mut Expr) -> Result<()> {
        self.put_anywhere(table)?;
        self.lexer.next()?;
        let mut key = self.name_constant()?;
        self.index(table, &mut key)
    }

    fn bracketed_key(&mut self) -> Result<Expr> {
        self.lexer.next()?;
        let mut key = self.expression()?;
        self.make_value(&mut key)?;
        self.expect(Token::Byte(b']'))?;
        Ok(key)
    }

    /// Compiles the arguments of a call; the function is in the newest register (a method's object behind it).
    fn call(&mut self, function: &mut Expr) -> Result<()> {
        let line = self.lexer.line;
        let mut last = match self.lexer.token {
            Token::Byte(b'(') => {
                if line != self.lexer.last_line {
                    return Err(self.lexer.error_here("ambiguous syntax (function call x new statement)"));
                }
                self.lexer.next()?;
                let mut last = Expr::new(Kind::Void);
                if self.lexer.token != Token::Byte(b')') {
                    (_, last) = self.expression_list()?;
                    if last.is_multiple() {
                        self.set_returns(&last, MULTIPLE)?;
                    }
                }
                self.expect_to_close(Token::Byte(b')'), Token::Byte(b'('), line)?;
                last
            }
            Token::Byte(b'{') => self.table()?,
            Token::String(text) => {
                let text = self.string_constant(text)?;
                self.lexer.next()?;
                Expr::new(Kind::Constant(text))
            }
            _ => return Err(self.lexer.error_here("function arguments expected")),
        };
        let Kind::Register(base) = function.kind else { return Ok(()) };
        let arguments = if last.is_multiple() {
            0
        } else {
            if last.kind != Kind::Void {
                self.put_next(&mut last)?;
            }
            self.f.free - base
        };
        function.kind = Kind::Call(self.emit_abc(Op::Call, base, arguments, 2)?);
        self.f.fix_line(line);
        // The call leaves one value where the function was.
        self.f.free = base + 1;
        Ok(())
    }

    fn table(&mut self) -> Result<Expr> {
        let line = self.lexer.line;
        let pc = self.emit_abc(Op::NewTable, 0, 0, 0)?;
        let mut table = Expr::new(Kind::Relocatable(pc));
        self.put_next(&mut table)?;
        let Kind::Register(register) = table.kind else { return Ok(table) };
        self.expect(Token::Byte(b'{'))?;
        // `last` is the newest list entry, not in a register yet; `waiting` ones are not stored yet, with that one.
        let (mut list, mut hash, mut waiting) = (0, 0, 0);
        let mut last = Expr::new(Kind::Void);
        while self.lexer.token != Token::Byte(b'}') {
            if last.kind != Kind::Void {
                self.put_next(&mut last)?;
                last.kind = Kind::Void;
                if waiting == FIELDS_PER_FLUSH {
                    self.emit_set_list(register, list, waiting as i32)?;
                    waiting = 0;
                }
            }
            let has_key = match self.lexer.token {
                Token::Name(_) => self.lexer.look_ahead()? == Token::Byte(b'='),
                token => token == Token::Byte(b'['),
            };
            if has_key {
                self.table_field(register)?;
                hash += 1;
            } else {
                last = self.expression()?;
                list += 1;
                waiting += 1;
            }
            if !self.accept(Token::Byte(b','))? && !self.accept(Token::Byte(b';'))? {
                break;
            }
        }
        self.expect_to_close(Token::Byte(b'}'), Token::Byte(b'{'), line)?;
        if waiting > 0 {
            if last.is_multiple() {
                self.set_returns(&last, MULTIPLE)?;
                self.emit_set_list(register, list, MULTIPLE)?;
                list -= 1;
            } else {
                if last.kind != Kind::Void {
                    self.put_next(&mut last)?;
                }
                self.emit_set_list(register, list, waiting as i32)?;
            }
        }
        self.f.set_b(pc, opcode::pack_size(list));
        self.f.set_c(pc, opcode::pack_size(hash));
        Ok(table)
    }

    /// Compiles `name = value` or `[key] = value` in a table constructor.
    fn table_field(&mut self, table: u32) -> Result<()> {
        let free = self.f.free;
        let mut key = match self.lexer.token {
            Token::Name(_) => self.name_constant()?,
            _ => self.bracketed_key()?,
        };
        self.expect(Token::Byte(b'='))?;
        let key = self.operand(&mut key)?;
        let mut value = self.expression()?;
        let value = self.operand(&mut value)?;
        self.emit_abc(Op::SetTable, table, key, value)?;
        self.f.free = free;
        Ok(())
    }

    /// Compiles a function from its parameters on; `line` is that of the word `function`.
    pub(super) fn function_body(&mut self, is_method: bool, line: u32) -> Result<Expr> {
        let function = Draft::new(self.f.proto.source.clone(), line);
        self.enclosing.push(std::mem::replace(&mut self.f, function));
        self.expect(Token::Byte(b'('))?;
        if is_method {
            let name = self.lexer.symbols.intern(b"self");
            self.declare(name)?;
            self.add_locals(1);
        }
        self.parameters()?;
        self.expect(Token::Byte(b')'))?;
        self.chunk()?;
        let last_line = self.lexer.line;
        self.expect_to_close(Token::EndBlock, Token::Function, line)?;
        let done = self.take_function(last_line)?;
        let index = self.f.proto.protos.len() as u32;
        if index >= opcode::MAX_BX {
            return Err(b"constant table overflow"[..].into());
        }
        self.f.proto.protos.push(done.proto);
        let pc = self.emit_abx(Op::Closure, 0, index)?;
        for upvalue in done.upvalues {
            let op = if upvalue.is_local { Op::Move } else { Op::GetUpval };
            self.emit_abc(op, 0, upvalue.index, 0)?;
        }
        Ok(Expr::new(Kind::Relocatable(pc)))
    }

    fn parameters(&mut self) -> Result<()> {
        let mut count = 0;
        if self.lexer.token != Token::Byte(b')') {
            loop {
                match self.lexer.token {
                    Token::Name(name) => {
                        self.lexer.next()?;
                        self.declare(name)?;
                    }
                    Token::Dots => {
                        self.lexer.next()?;
                        let name = self.lexer.symbols.intern(b"arg");
                        self.declare(name)?;
                        self.f.proto.is_vararg = HAS_ARG | NEEDS_ARG | VARARG;
                    }
                    _ => return Err(self.lexer.error_here("<name> or '...' expected")),
                }
                count += 1;
                if self.f.proto.is_vararg != 0 || !self.accept(Token::Byte(b','))? {
                    break;
                }
            }
        }
        self.add_locals(count);
        let registers = self.f.active.len() as u32;
        self.f.proto.param_count = (registers - u32::from(self.f.proto.is_vararg & HAS_ARG)) as u8;
        self.reserve(registers)
    }

    /// Finds what a name means here: a local, an upvalue or a global variable.
    pub(super) fn variable(&mut self, name: Symbol) -> Result<Expr> {
        let kind = if self.in_scope.get(name.0 as usize).is_none_or(|&count| count == 0) {
            Kind::Global(self.string_constant(name)?)
        } else if let Some(register) = find_local(&self.f, name) {
            Kind::Local(register)
        } else {
            Kind::Upvalue(self.upvalue(name)?)
        };
        Ok(Expr::new(kind))
    }

    /// Finds or adds the upvalue of that name, which some enclosing function has as a local, in every function between.
    fn upvalue(&mut self, name: Symbol) -> Result<u32> {
        // While a function is open, a name cannot change its meaning in those around it.
        let find = |f: &Draft| f.upvalues.iter().position(|upvalue| upvalue.name == name);
        if let Some(known) = find(&self.f) {
            return Ok(known as u32);
        }
        let mut depth = self.enclosing.len();
        let (mut is_local, mut index) = (false, 0);
        while depth > 0 {
            depth -= 1;
            let f = &mut self.enclosing[depth];
            if let Some(register) = find_local(f, name) {
                // The block of the local has to close it.
                if let Some(block) = f.blocks.iter_mut().rev().find(|block| block.active <= register as usize) {
                    block.is_captured = true;
                }
                (is_local, index) = (true, register);
                break;
            } else if let Some(known) = find(f) {
                index = known as u32;
                break;
            }
        }
        for _ in depth + 1..self.enclosing.len() {
            depth += 1;
            // The limit's message names the function that has too many.
            std::mem::swap(&mut self.f, &mut self.enclosing[depth]);
            let added = self.add_upvalue(Upvalue { name, is_local, index });
            std::mem::swap(&mut self.f, &mut self.enclosing[depth]);
            (is_local, index) = (false, added?);
        }
        self.add_upvalue(Upvalue { name, is_local, index })
    }

    fn add_upvalue(&mut self, upvalue: Upvalue) -> Result<u32> {
        let index = self.f.upvalues.len();
        self.limit(index + 1, MAX_UPVALUES, "upvalues")?;
        self.f.upvalues.push(upvalue);
        Ok(index as u32)
    }
}

fn find_local(f: &Draft, name: Symbol) -> Option<u32> {
    f.active.iter().rposition(|&(local, _)| local == name).map(|register| register as u32)
}
