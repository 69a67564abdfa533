//! Statements: the grammar of Lua 5.1 by recursive descent, one function a rule, code made on the way.
//!
//! [`parser_expr`](super::parser_expr) holds the expressions, [`code`](super::code) makes the instructions.

use super::code::{Compiler, MULTIPLE};
use super::draft::{Block, Draft, Expr, Jumps, Kind};
use super::lexer::{ANY_NAME, Lexer, Result, Symbol, Token};
use super::opcode::{self, Op};
use super::proto::{self, Proto};

/// How deep blocks and expressions may be nested.
pub(super) const MAX_LEVELS: u32 = 200;

/// Compiles a chunk.
///
/// The chunk's name is `@file`, `=label` or the text itself; see [`proto::chunk_id`]. An error is a whole sentence
/// with its position: `user_script:1: '=' expected near 'x'`.
pub fn compile(source: &[u8], chunk_name: &[u8]) -> std::result::Result<Proto, Vec<u8>> {
    compile_within(source, chunk_name, 0)
}

/// As [`compile`], where so many calls of natives are under way: they leave fewer levels for the chunk.
pub(super) fn compile_within(source: &[u8], chunk_name: &[u8], calls: u32) -> std::result::Result<Proto, Vec<u8>> {
    let mut main = Draft::new(chunk_name.into(), 0);
    main.proto.is_vararg = proto::VARARG;
    let mut compiler = Compiler {
        lexer: Lexer::new(source, chunk_name),
        f: main,
        enclosing: Vec::new(),
        in_scope: Vec::new(),
        level: calls,
    };
    compiler.main().map_err(Vec::from)
}

impl Compiler<'_> {
    fn main(&mut self) -> Result<Proto> {
        self.lexer.next()?;
        self.chunk()?;
        self.check(Token::End)?;
        Ok(self.take_function(0)?.proto)
    }

    pub(super) fn enter_level(&mut self) -> Result<()> {
        self.level += 1;
        if self.level > MAX_LEVELS {
            return Err(self.lexer.error("chunk has too many syntax levels"));
        }
        Ok(())
    }

    pub(super) fn leave_level(&mut self) {
        self.level -= 1;
    }

    /// Steps over the token if it is the next one.
    pub(super) fn accept(&mut self, token: Token) -> Result<bool> {
        let found = self.lexer.token == token;
        if found {
            self.lexer.next()?;
        }
        Ok(found)
    }

    fn check(&self, token: Token) -> Result<()> {
        if self.lexer.token == token { Ok(()) } else { Err(self.lexer.expected(token)) }
    }

    pub(super) fn expect(&mut self, token: Token) -> Result<()> {
        self.check(token)?;
        self.lexer.next()
    }

    pub(super) fn expect_name(&mut self) -> Result<Symbol> {
        let Token::Name(name) = self.lexer.token else { return Err(self.lexer.expected(ANY_NAME)) };
        self.lexer.next()?;
        Ok(name)
    }

    /// Steps over the token that closes `opener`, which stands in the given line.
    pub(super) fn expect_to_close(&mut self, token: Token, opener: Token, line: u32) -> Result<()> {
        if self.accept(token)? {
            Ok(())
        } else if line == self.lexer.line {
            Err(self.lexer.expected(token))
        } else {
            Err(self.lexer.expected_to_close(token, opener, line))
        }
    }

    fn declare_internal(&mut self, name: &str) -> Result<()> {
        let name = self.lexer.symbols.intern(name.as_bytes());
        self.declare(name)
    }

    fn enter_block(&mut self, is_loop: bool) {
        let active = self.f.active.len();
        self.f.blocks.push(Block { active, breaks: Jumps::NONE, is_loop, is_captured: false });
    }

    fn leave_block(&mut self) -> Result<()> {
        let Some(block) = self.f.blocks.pop() else { return Ok(()) };
        self.remove_locals(block.active);
        if block.is_captured {
            self.emit_abc(Op::Close, block.active as u32, 0, 0)?;
        }
        self.f.free = block.active as u32;
        self.patch_here(block.breaks)
    }

    /// Tells whether the current token ends a block.
    fn at_block_end(&self) -> bool {
        use Token::{Else, ElseIf, End, EndBlock, Until};
        matches!(self.lexer.token, Else | ElseIf | EndBlock | End | Until)
    }

    pub(super) fn chunk(&mut self) -> Result<()> {
        self.enter_level()?;
        let mut is_last = false;
        while !is_last && !self.at_block_end() {
            is_last = self.statement()?;
            self.accept(Token::Byte(b';'))?;
            self.f.free = self.f.active.len() as u32;
        }
        self.leave_level();
        Ok(())
    }

    fn block(&mut self) -> Result<()> {
        self.enter_block(false);
        self.chunk()?;
        self.leave_block()
    }

    /// Compiles a statement; returns whether it must be the last one of its block.
    fn statement(&mut self) -> Result<bool> {
        let line = self.lexer.line;
        match self.lexer.token {
            Token::If => self.if_statement(line)?,
            Token::While => self.while_statement(line)?,
            Token::Do => {
                self.lexer.next()?;
                self.block()?;
                self.expect_to_close(Token::EndBlock, Token::Do, line)?;
            }
            Token::For => self.for_statement(line)?,
            Token::Repeat => self.repeat_statement(line)?,
            Token::Function => self.function_statement(line)?,
            Token::Local => {
                self.lexer.next()?;
                if self.accept(Token::Function)? { self.local_function()? } else { self.local_statement()? }
            }
            Token::Return => {
                self.return_statement()?;
                return Ok(true);
            }
            Token::Break => {
                self.lexer.next()?;
                self.break_statement()?;
                return Ok(true);
            }
            _ => self.expression_statement()?,
        }
        Ok(false)
    }

    /// Compiles `condition`; returns the jumps that leave when it is false.
    fn condition(&mut self) -> Result<Jumps> {
        let mut condition = self.expression()?;
        if condition.kind == Kind::Nil {
            condition.kind = Kind::False;
        }
        self.go_if_true(&mut condition)?;
        Ok(condition.if_false)
    }

    /// Compiles `if condition then block`, from the first word on.
    fn then_block(&mut self) -> Result<Jumps> {
        self.lexer.next()?;
        let unless = self.condition()?;
        self.expect(Token::Then)?;
        self.block()?;
        Ok(unless)
    }

    fn if_statement(&mut self, line: u32) -> Result<()> {
        let mut to_end = Jumps::NONE;
        let mut unless = self.then_block()?;
        while self.lexer.token == Token::ElseIf {
            let jump = self.emit_jump()?;
            to_end = self.join(to_end, jump)?;
            self.patch_here(unless)?;
            unless = self.then_block()?;
        }
        if self.lexer.token == Token::Else {
            let jump = self.emit_jump()?;
            to_end = self.join(to_end, jump)?;
            self.patch_here(unless)?;
            self.lexer.next()?;
            self.block()?;
        } else {
            to_end = self.join(to_end, unless)?;
        }
        self.patch_here(to_end)?;
        self.expect_to_close(Token::EndBlock, Token::If, line)
    }

    fn while_statement(&mut self, line: u32) -> Result<()> {
        self.lexer.next()?;
        let start = self.f.label();
        let unless = self.condition()?;
        self.enter_block(true);
        self.expect(Token::Do)?;
        self.block()?;
        let back = self.emit_jump()?;
        self.patch(back, start)?;
        self.expect_to_close(Token::EndBlock, Token::While, line)?;
        self.leave_block()?;
        self.patch_here(unless)
    }

    fn repeat_statement(&mut self, line: u32) -> Result<()> {
        let start = self.f.label();
        self.enter_block(true);
        self.enter_block(false);
        self.lexer.next()?;
        self.chunk()?;
        self.expect_to_close(Token::Until, Token::Repeat, line)?;
        // The condition sees the locals of the block.
        let unless = self.condition()?;
        if self.f.blocks.last().is_some_and(|block| block.is_captured) {
            self.break_statement()?;
            self.patch_here(unless)?;
            self.leave_block()?;
            let back = self.emit_jump()?;
            self.patch(back, start)?;
        } else {
            self.leave_block()?;
            self.patch(unless, start)?;
        }
        self.leave_block()
    }

    fn break_statement(&mut self) -> Result<()> {
        let Some(depth) = self.f.blocks.iter().rposition(|block| block.is_loop) else {
            return Err(self.lexer.error_here("no loop to break"));
        };
        let is_captured = self.f.blocks[depth + 1..].iter().any(|block| block.is_captured);
        if is_captured {
            let active = self.f.blocks[depth].active as u32;
            self.emit_abc(Op::Close, active, 0, 0)?;
        }
        let jump = self.emit_jump()?;
        self.f.blocks[depth].breaks = self.join(self.f.blocks[depth].breaks, jump)?;
        Ok(())
    }

    fn for_statement(&mut self, line: u32) -> Result<()> {
        self.enter_block(true);
        self.lexer.next()?;
        let name = self.expect_name()?;
        match self.lexer.token {
            Token::Byte(b'=') => self.numeric_for(name, line)?,
            Token::Byte(b',') | Token::In => self.generic_for(name)?,
            _ => return Err(self.lexer.error_here("'=' or 'in' expected")),
        }
        self.expect_to_close(Token::EndBlock, Token::For, line)?;
        self.leave_block()
    }

    fn next_expression(&mut self) -> Result<()> {
        let mut expr = self.expression()?;
        self.put_next(&mut expr)
    }

    fn numeric_for(&mut self, name: Symbol, line: u32) -> Result<()> {
        let base = self.f.free;
        self.declare_internal("(for index)")?;
        self.declare_internal("(for limit)")?;
        self.declare_internal("(for step)")?;
        self.declare(name)?;
        self.expect(Token::Byte(b'='))?;
        self.next_expression()?;
        self.expect(Token::Byte(b','))?;
        self.next_expression()?;
        if self.accept(Token::Byte(b','))? {
            self.next_expression()?;
        } else {
            let one = self.number_constant(1.0)?;
            self.emit_abx(Op::LoadK, self.f.free, one)?;
            self.reserve(1)?;
        }
        self.for_body(base, line, 1, true)
    }

    fn generic_for(&mut self, name: Symbol) -> Result<()> {
        let base = self.f.free;
        self.declare_internal("(for generator)")?;
        self.declare_internal("(for state)")?;
        self.declare_internal("(for control)")?;
        self.declare(name)?;
        let mut variables = 1;
        while self.accept(Token::Byte(b','))? {
            let name = self.expect_name()?;
            self.declare(name)?;
            variables += 1;
        }
        self.expect(Token::In)?;
        let line = self.lexer.line;
        let (count, mut last) = self.expression_list()?;
        self.adjust(3, count, &mut last)?;
        self.check_stack(3)?;
        self.for_body(base, line, variables, false)
    }

    fn for_body(&mut self, base: u32, line: u32, variables: u32, is_numeric: bool) -> Result<()> {
        self.add_locals(3);
        self.expect(Token::Do)?;
        let prepare = if is_numeric { Jumps::one(self.emit_open(Op::ForPrep, base)?) } else { self.emit_jump()? };
        let start = self.f.pc();
        self.enter_block(false);
        self.add_locals(variables as usize);
        self.reserve(variables)?;
        self.block()?;
        self.leave_block()?;
        self.patch_here(prepare)?;
        let back = if is_numeric {
            let pc = self.emit_open(Op::ForLoop, base)?;
            self.f.fix_line(line);
            Jumps::one(pc)
        } else {
            self.emit_abc(Op::TForLoop, base, 0, variables)?;
            self.f.fix_line(line);
            self.emit_jump()?
        };
        self.patch(back, start)
    }

    fn function_statement(&mut self, line: u32) -> Result<()> {
        self.lexer.next()?;
        let name = self.expect_name()?;
        let mut variable = self.variable(name)?;
        while self.lexer.token == Token::Byte(b'.') {
            self.field(&mut variable)?;
        }
        let is_method = self.lexer.token == Token::Byte(b':');
        if is_method {
            self.field(&mut variable)?;
        }
        let mut function = self.function_body(is_method, line)?;
        self.store(&variable, &mut function)?;
        self.f.fix_line(line);
        Ok(())
    }

    fn local_function(&mut self) -> Result<()> {
        let name = self.expect_name()?;
        self.declare(name)?;
        let variable = Expr::new(Kind::Local(self.f.free));
        self.reserve(1)?;
        self.add_locals(1);
        let mut function = self.function_body(false, self.lexer.line)?;
        self.store(&variable, &mut function)?;
        // For debug names the variable begins to live behind its function.
        let pc = self.f.pc();
        if let Some(&(_, local)) = self.f.active.last() {
            self.f.proto.locals[local as usize].start_pc = pc;
        }
        Ok(())
    }

    fn local_statement(&mut self) -> Result<()> {
        let mut variables = 0;
        loop {
            let name = self.expect_name()?;
            self.declare(name)?;
            variables += 1;
            if !self.accept(Token::Byte(b','))? {
                break;
            }
        }
        let (count, mut last) =
            if self.accept(Token::Byte(b'='))? { self.expression_list()? } else { (0, Expr::new(Kind::Void)) };
        self.adjust(variables, count, &mut last)?;
        self.add_locals(variables as usize);
        Ok(())
    }

    /// Makes `values` expressions, all but the last in registers, the values of so many variables.
    fn adjust(&mut self, variables: i32, values: i32, last: &mut Expr) -> Result<()> {
        let missing = variables - values;
        if last.is_multiple() {
            let wanted = (missing + 1).max(0);
            self.set_returns(last, wanted)?;
            return if wanted > 1 { self.reserve(wanted as u32 - 1) } else { Ok(()) };
        }
        if last.kind != Kind::Void {
            self.put_next(last)?;
        }
        if missing > 0 {
            let first = self.f.free;
            self.reserve(missing as u32)?;
            self.emit_nil(first, missing as u32)?;
        }
        Ok(())
    }

    fn expression_statement(&mut self) -> Result<()> {
        let first = self.primary_expression()?;
        if let Kind::Call(pc) = first.kind {
            self.f.set_c(pc, 1);
            return Ok(());
        }
        let mut targets = vec![self.target(first)?];
        while self.accept(Token::Byte(b','))? {
            let next = self.primary_expression()?;
            if let Kind::Local(register) = next.kind {
                self.keep_from_conflict(&mut targets, register)?;
            }
            let most = MAX_LEVELS - self.level;
            self.limit(targets.len(), most as usize, "variables in assignment")?;
            targets.push(self.target(next)?);
        }
        self.expect(Token::Byte(b'='))?;
        self.assign(targets)
    }

    fn target(&self, expr: Expr) -> Result<Expr> {
        match expr.kind {
            Kind::Local(_) | Kind::Upvalue(_) | Kind::Global(_) | Kind::Indexed { .. } => Ok(expr),
            _ => Err(self.lexer.error_here("syntax error")),
        }
    }

    /// Copies a local that is assigned to, if targets before it use it as a table or a key: they mean its old value.
    fn keep_from_conflict(&mut self, targets: &mut [Expr], local: u32) -> Result<()> {
        let copy = self.f.free;
        let mut is_used = false;
        for target in targets {
            if let Kind::Indexed { table, key } = &mut target.kind {
                for operand in [table, key] {
                    if *operand == local {
                        is_used = true;
                        *operand = copy;
                    }
                }
            }
        }
        if is_used {
            self.emit_abc(Op::Move, copy, local, 0)?;
            self.reserve(1)?;
        }
        Ok(())
    }

    fn assign(&mut self, mut targets: Vec<Expr>) -> Result<()> {
        let variables = targets.len() as i32;
        let (count, mut last) = self.expression_list()?;
        if count == variables {
            self.set_one_return(&mut last);
            if let Some(target) = targets.pop() {
                self.store(&target, &mut last)?;
            }
        } else {
            self.adjust(variables, count, &mut last)?;
            self.f.free -= (count - variables).max(0) as u32;
        }
        // The other values wait in the newest registers.
        while let Some(target) = targets.pop() {
            let mut value = Expr::new(Kind::Register(self.f.free - 1));
            self.store(&target, &mut value)?;
        }
        Ok(())
    }

    fn return_statement(&mut self) -> Result<()> {
        self.lexer.next()?;
        if self.at_block_end() || self.lexer.token == Token::Byte(b';') {
            return self.emit_return(0, 0).map(drop);
        }
        let (count, mut last) = self.expression_list()?;
        let locals = self.f.active.len() as u32;
        if last.is_multiple() {
            self.set_returns(&last, MULTIPLE)?;
            if let (Kind::Call(pc), 1) = (last.kind, count) {
                self.f.set_op(pc, Op::TailCall);
                debug_assert_eq!(opcode::a(self.f.proto.code[pc as usize]), locals);
            }
            self.emit_return(locals, MULTIPLE)?;
        } else if count == 1 {
            let register = self.put_anywhere(&mut last)?;
            self.emit_return(register, 1)?;
        } else {
            self.put_next(&mut last)?;
            self.emit_return(locals, count)?;
        }
        Ok(())
    }
}
