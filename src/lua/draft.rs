//! A function that is being compiled: its code so far, its constants, its scopes, and the kinds of expressions.

use super::lexer::Symbol;
use super::opcode::{self, MAX_BX, Op};
use super::proto::{Constant, Proto};
use hashbrown::HashTable;
use std::rc::Rc;

/// The register operand that means "none".
pub(super) const NO_REGISTER: u32 = opcode::MAX_A;

/// A list of jumps that wait for their target: the first and the last one.
///
/// Each jump but the last holds the distance to the next one; the last holds -1, which would be a jump to itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Jumps {
    pub first: u32,
    pub last: u32,
}

impl Jumps {
    pub const NONE: Jumps = Jumps { first: u32::MAX, last: u32::MAX };

    pub fn one(pc: u32) -> Jumps {
        Jumps { first: pc, last: pc }
    }

    pub fn is_empty(self) -> bool {
        self == Jumps::NONE
    }
}

/// Where the value of an expression is, or how it will be made.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// No value: an empty list of expressions.
    Void,
    Nil,
    True,
    False,
    Number(f64),
    Constant(u32),
    Local(u32),
    Upvalue(u32),
    /// The name is a constant.
    Global(u32),
    /// A register that holds a table, and an RK operand.
    Indexed {
        table: u32,
        key: u32,
    },
    /// A comparison: the jump that is taken when it holds.
    Jump(Jumps),
    /// The instruction at this place computes the value; its A is still open.
    Relocatable(u32),
    /// The value is in this register.
    Register(u32),
    Call(u32),
    Vararg(u32),
}

/// An expression on its way into a register.
#[derive(Clone, Copy)]
pub(super) struct Expr {
    pub kind: Kind,
    /// The jumps that leave the expression when it is true, its value being theirs.
    pub if_true: Jumps,
    /// The jumps that leave the expression when it is false.
    pub if_false: Jumps,
}

impl Expr {
    pub fn new(kind: Kind) -> Expr {
        Expr { kind, if_true: Jumps::NONE, if_false: Jumps::NONE }
    }

    pub fn has_jumps(&self) -> bool {
        !self.if_true.is_empty() || !self.if_false.is_empty()
    }

    /// The number of a numeral that nothing has been done to yet.
    pub fn numeral(&self) -> Option<f64> {
        match self.kind {
            Kind::Number(x) if !self.has_jumps() => Some(x),
            _ => None,
        }
    }

    /// Tells whether the expression may give any number of values.
    pub fn is_multiple(&self) -> bool {
        matches!(self.kind, Kind::Call(_) | Kind::Vararg(_))
    }
}

/// An operator between two expressions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    Arithmetic(Op),
    Concat,
    /// The operation, the result that it is tested for, and whether the sides change places.
    Compare {
        op: Op,
        holds: bool,
        swap: bool,
    },
    And,
    Or,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unary {
    Minus,
    Not,
    Length,
}

/// Which variable of the enclosing function an upvalue captures.
#[derive(Clone, Copy)]
pub(super) struct Upvalue {
    pub name: Symbol,
    /// A register of the enclosing function; otherwise one of its upvalues.
    pub is_local: bool,
    pub index: u32,
}

/// A block of the source: what must be put right at its end.
pub(super) struct Block {
    /// The number of locals outside the block.
    pub active: usize,
    pub breaks: Jumps,
    pub is_loop: bool,
    /// A local of the block is captured by a closure.
    pub is_captured: bool,
}

/// A function that is being compiled.
pub(super) struct Draft {
    pub proto: Proto,
    /// The constants by value; see [`constant_key`].
    constant_table: HashTable<u32>,
    constant_keys: Vec<(u8, u64)>,
    pub upvalues: Vec<Upvalue>,
    /// The variables in scope, each with its place among the function's locals. They fill the registers from 0.
    pub active: Vec<(Symbol, u32)>,
    /// Declared variables whose scope has not begun.
    pub pending: Vec<(Symbol, u32)>,
    pub blocks: Vec<Block>,
    /// The first free register.
    pub free: u32,
    /// Jumps to the next instruction.
    pub jumps_here: Jumps,
    /// The newest place that a jump may lead to: what stands before it must not be changed any more.
    pub last_label: Option<u32>,
}

impl Draft {
    pub fn new(source: Rc<[u8]>, line_defined: u32) -> Draft {
        Draft {
            proto: Proto {
                code: Vec::new(),
                constants: Vec::new(),
                protos: Vec::new(),
                lines: Vec::new(),
                locals: Vec::new(),
                upvalue_names: Vec::new(),
                source,
                line_defined,
                last_line_defined: 0,
                upvalue_count: 0,
                param_count: 0,
                is_vararg: 0,
                max_stack: 2,
                clean: 0,
            },
            constant_table: HashTable::new(),
            constant_keys: Vec::new(),
            upvalues: Vec::new(),
            active: Vec::new(),
            pending: Vec::new(),
            blocks: Vec::new(),
            free: 0,
            jumps_here: Jumps::NONE,
            last_label: None,
        }
    }

    pub fn pc(&self) -> u32 {
        self.proto.code.len() as u32
    }

    pub fn instruction(&mut self, pc: u32) -> &mut u32 {
        &mut self.proto.code[pc as usize]
    }

    /// Marks the next instruction as a target of jumps and returns its place.
    pub fn label(&mut self) -> u32 {
        self.last_label = Some(self.pc());
        self.pc()
    }

    /// Says that the newest instruction belongs to another line than its last token does.
    pub fn fix_line(&mut self, line: u32) {
        if let Some(last) = self.proto.lines.last_mut() {
            *last = line;
        }
    }

    pub fn set_a(&mut self, pc: u32, a: u32) {
        let instruction = self.instruction(pc);
        *instruction = opcode::with_a(*instruction, a);
    }

    pub fn set_b(&mut self, pc: u32, b: u32) {
        let instruction = self.instruction(pc);
        *instruction = opcode::with_b(*instruction, b);
    }

    pub fn set_c(&mut self, pc: u32, c: u32) {
        let instruction = self.instruction(pc);
        *instruction = opcode::with_c(*instruction, c);
    }

    pub fn set_op(&mut self, pc: u32, op: Op) {
        let instruction = self.instruction(pc);
        *instruction = opcode::with_op(*instruction, op);
    }

    pub fn next_jump(&self, pc: u32) -> Option<u32> {
        match opcode::sbx(self.proto.code[pc as usize]) {
            -1 => None,
            distance => Some((pc as i32 + 1 + distance) as u32),
        }
    }

    /// The instruction that decides a jump: the test before it, or the jump itself.
    pub fn decider(&mut self, pc: u32) -> &mut u32 {
        let before = pc.saturating_sub(1);
        let is_test = pc > 0 && Op::of(self.proto.code[before as usize]).shape().is_test;
        self.instruction(if is_test { before } else { pc })
    }

    /// Tells whether some jump of the list does not bring a value with it.
    pub fn needs_value(&mut self, list: Jumps) -> bool {
        let mut next = (!list.is_empty()).then_some(list.first);
        while let Some(pc) = next {
            if Op::of(*self.decider(pc)) != Op::TestSet {
                return true;
            }
            next = self.next_jump(pc);
        }
        false
    }

    /// Makes the test of a jump put its value into the register; a test that need not becomes a plain one. Returns
    /// whether the test can put a value anywhere.
    pub fn aim_test(&mut self, pc: u32, register: u32) -> bool {
        let test = self.decider(pc);
        if Op::of(*test) != Op::TestSet {
            return false;
        }
        *test = if register != NO_REGISTER && register != opcode::b(*test) {
            opcode::with_a(*test, register)
        } else {
            opcode::abc(Op::Test, opcode::b(*test), 0, opcode::c(*test))
        };
        true
    }

    pub fn drop_values(&mut self, list: Jumps) {
        let mut next = (!list.is_empty()).then_some(list.first);
        while let Some(pc) = next {
            self.aim_test(pc, NO_REGISTER);
            next = self.next_jump(pc);
        }
    }

    pub fn find_constant(&mut self, key: (u8, u64), make: impl FnOnce() -> Constant) -> Option<u32> {
        let hash =
            |key: (u8, u64)| (key.1 ^ u64::from(key.0) << 56).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
        let keys = &mut self.constant_keys;
        if let Some(&index) = self.constant_table.find(hash(key), |&index| keys[index as usize] == key) {
            return Some(index);
        }
        let index = keys.len() as u32;
        if index >= MAX_BX {
            return None;
        }
        keys.push(key);
        self.proto.constants.push(make());
        self.constant_table.insert_unique(hash(key), index, |&index| hash(keys[index as usize]));
        Some(index)
    }

    /// Frees a register, if it is one and no local has it. Registers are freed in the opposite order of their taking.
    pub fn free_register(&mut self, operand: u32) {
        if !opcode::is_constant(operand) && operand as usize >= self.active.len() {
            self.free -= 1;
            debug_assert_eq!(operand, self.free);
        }
    }

    pub fn free_expr(&mut self, expr: &Expr) {
        if let Kind::Register(register) = expr.kind {
            self.free_register(register);
        }
    }
}
