//! The code as the machine runs it: made from the compiler's when a function is loaded, an instruction for each.
//!
//! What the compiler's code says in bits is spread over eight bytes here: operands are byte offsets into registers or
//! constants, jumps are distances in bytes, and an operation says what kinds its operands have, so that the loop
//! need not ask. As every instruction keeps its index, lines, names in messages and everything rare are looked up in
//! the compiler's code.

use super::opcode::{self, Op, a, b, bx, c, sbx};
use super::value::Value;

/// An instruction: an operation and three operands, of which the last two may be one of 32 bits.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub(super) struct Instruction {
    pub(super) op: u16,
    pub(super) a: u16,
    pub(super) b: u16,
    pub(super) c: u16,
}

/// The size of an instruction and of a value: what a distance of one is in bytes.
pub(super) const SIZE: u32 = 8;

macro_rules! operations {
    ($($name:ident $doc:literal)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u16)]
        enum Names { $($name),* }
        $(#[doc = $doc] pub(super) const $name: u16 = Names::$name as u16;)*
    };
}

operations! {
    MOVE "`R(A) := R(B)`"
    MOVE_MOVE "MOVE, and the next instruction, which is a MOVE"
    MOVE_LOADK "MOVE, and the next instruction, which is a LOADK"
    GETUPVAL_MOVE "GETUPVAL, and the next instruction, which is a MOVE"
    LOADK "`R(A) := K(BC)`"
    LOADBOOL "`R(A) := B`; then steps C bytes"
    LOADNIL "sets B registers from R(A) to nil"
    GETUPVAL "`R(A) := U(B)`"
    SETUPVAL "`U(B) := R(A)`"
    GETGLOBAL "`R(A) := globals[K(BC)]`, a short string"
    SETGLOBAL "`globals[K(BC)] := R(A)`"
    GETFIELD "`R(A) := R(B)[K(C)]`, a short string"
    GETNUMBER "`R(A) := R(B)[K(C)]`, a number"
    GETINDEX "`R(A) := R(B)[R(C)]`"
    SETFIELD "`R(A)[K(B)] := R(C)`, a short string"
    SETFIELD_K "`R(A)[K(B)] := K(C)`, a short string"
    SETINDEX "`R(A)[R(B)] := R(C)`"
    SETINDEX_K "`R(A)[R(B)] := K(C)`"
    METHOD "`R(A+1) := R(B); R(A) := R(B)[K(C)]`, a short string"
    ADD "`R(A) := R(B) + R(C)`"
    ADD_K "`R(A) := R(B) + K(C)`, a number"
    SUB "`R(A) := R(B) - R(C)`"
    SUB_K "`R(A) := R(B) - K(C)`, a number"
    K_SUB "`R(A) := K(B) - R(C)`, a number"
    MUL "`R(A) := R(B) * R(C)`"
    MUL_K "`R(A) := R(B) * K(C)`, a number"
    DIV "`R(A) := R(B) / R(C)`"
    DIV_K "`R(A) := R(B) / K(C)`, a number"
    MOD "`R(A) := R(B) % R(C)`"
    MOD_K "`R(A) := R(B) % K(C)`, a number"
    UNM "`R(A) := -R(B)`"
    NOT "`R(A) := not R(B)`"
    LEN "`R(A) := #R(B)`"
    JMP "goes BC bytes on"
    LOOP "goes BC bytes back (or nowhere)"
    EQ "takes the jump that follows if `R(B) == R(C)`"
    EQ_N "takes the jump that follows if `R(B) == K(C)`, a number"
    EQ_K "takes the jump that follows if `R(B) == K(C)`, no number"
    NE "takes the jump that follows if not `R(B) == R(C)`"
    NE_N "takes the jump that follows if not `R(B) == K(C)`, a number"
    NE_K "takes the jump that follows if not `R(B) == K(C)`, no number"
    LT "takes the jump that follows if `R(B) < R(C)`"
    LT_K "takes the jump that follows if `R(B) < K(C)`, a number"
    K_LT "takes the jump that follows if `K(B) < R(C)`, a number"
    NLT "takes the jump that follows if not `R(B) < R(C)`"
    NLT_K "takes the jump that follows if not `R(B) < K(C)`, a number"
    K_NLT "takes the jump that follows if not `K(B) < R(C)`, a number"
    LE "takes the jump that follows if `R(B) <= R(C)`"
    LE_K "takes the jump that follows if `R(B) <= K(C)`, a number"
    K_LE "takes the jump that follows if `K(B) <= R(C)`, a number"
    NLE "takes the jump that follows if not `R(B) <= R(C)`"
    NLE_K "takes the jump that follows if not `R(B) <= K(C)`, a number"
    K_NLE "takes the jump that follows if not `K(B) <= R(C)`, a number"
    TRUE "takes the jump that follows if R(A) is true"
    FALSE "takes the jump that follows if R(A) is false"
    TRUE_SET "as TRUE, of R(B), which goes to R(A) then"
    FALSE_SET "as FALSE, of R(B), which goes to R(A) then"
    CALL "calls R(A) with B-1 arguments for C-1 results, as the compiler's CALL"
    RETURN0 "returns nothing, from a function without `...` and without functions in it"
    RETURN1 "returns R(A), from such a function"
    FORLOOP "as the compiler's FORLOOP"
    FORLOOP_UP "as FORLOOP, with a step known to be positive"
    RETURN "returns B-1 values from R(A), or up to the top, as the compiler's RETURN"
    TAILCALL "as the compiler's TAILCALL"
    FORPREP "as the compiler's FORPREP"
    TFORLOOP "as the compiler's TFORLOOP"
    NEWTABLE "as the compiler's NEWTABLE"
    SETLIST "as the compiler's SETLIST; its word, if one follows, is in BC"
    CONCAT "`R(A) := R(B) .. ...`, C values"
    CLOSURE "as the compiler's CLOSURE"
    VARARG "as the compiler's VARARG"
    CLOSE "as the compiler's CLOSE"
    GENERIC "does what the compiler's instruction says"
    TEST "a comparison of the compiler's, of operands of other kinds"
}

const fn ready(op: u16, a: u32, b: u32, c: u32) -> Instruction {
    Instruction { op, a: a as u16, b: b as u16, c: c as u16 }
}

fn long(op: u16, a: u32, long: u32) -> Instruction {
    ready(op, a, long & 0xffff, long >> 16)
}

/// What an operand is, where it matters.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Register,
    Number,
    String,
    Other,
}

/// Makes the machine's code of the compiler's, which was verified.
///
/// A simple function has no `...` and no function inside it: what called it stands just before its registers, and none
/// of them is the variable of a closure.
pub(super) fn translate(code: &[u32], constants: &[Value], is_simple: bool) -> Box<[Instruction]> {
    let mut quick = Vec::with_capacity(code.len());
    let mut is_target = vec![false; code.len()];
    for (pc, &instruction) in code.iter().enumerate() {
        if Op::of(instruction) == Op::Jmp
            && let Some(target) = is_target.get_mut((pc as i32 + 1 + sbx(instruction)) as usize)
        {
            *target = true;
        }
    }
    let mut data = 0;
    for (pc, &instruction) in code.iter().enumerate() {
        if data > 0 {
            data -= 1;
            quick.push(long(GENERIC, 0, instruction));
            continue;
        }
        if Op::of(instruction) == Op::SetList && c(instruction) == 0 {
            data = 1;
        }
        quick.push(match Op::of(instruction) {
            Op::ForLoop => {
                let prepares = (pc as i32 + sbx(instruction)) as usize;
                let is_passed = is_target.get(prepares) == Some(&false);
                let is_up = is_passed && has_positive_step(code, prepares, a(instruction), constants);
                let op = if is_up { FORLOOP_UP } else { FORLOOP };
                long(op, a(instruction) * SIZE, distance(sbx(instruction)))
            }
            _ => one(instruction, constants, is_simple),
        });
    }
    join(&mut quick);
    quick.into()
}

/// Has one instruction do the next one too, where two of what puts a function and its arguments into place follow each
/// other. The second stays where it is: its operands are read there, and jumps may lead to it.
fn join(quick: &mut [Instruction]) {
    for at in 1..quick.len() {
        quick[at - 1].op = match (quick[at - 1].op, quick[at].op) {
            (MOVE, MOVE) => MOVE_MOVE,
            (MOVE, LOADK) => MOVE_LOADK,
            (GETUPVAL, MOVE) => GETUPVAL_MOVE,
            (alone, _) => alone,
        };
    }
}

/// Gives the distance of a jump in bytes, from the jump itself.
fn distance(sbx: i32) -> u32 {
    ((sbx + 1) * SIZE as i32) as u32
}

fn one(i: u32, constants: &[Value], is_simple: bool) -> Instruction {
    let kind = |operand: u32| {
        if !opcode::is_constant(operand) {
            return Kind::Register;
        }
        match constants[opcode::constant_index(operand)] {
            value if value.is_number() => Kind::Number,
            value if value.is_short_string() => Kind::String,
            _ => Kind::Other,
        }
    };
    let at = |operand: u32| (operand & opcode::MAX_RK) * SIZE;
    let (ra, rb, rc) = (a(i) * SIZE, at(b(i)), at(c(i)));
    let kinds = (kind_of(Op::of(i), b(i), &kind), kind_of(Op::of(i), c(i), &kind));
    let generic = ready(GENERIC, ra, 0, 0);
    use Kind::{Number, Register, String};
    match Op::of(i) {
        Op::Move => ready(MOVE, ra, b(i) * SIZE, 0),
        Op::LoadK => long(LOADK, ra, bx(i) * SIZE),
        Op::LoadBool => ready(LOADBOOL, ra, (b(i) != 0) as u32, SIZE << (c(i) != 0) as u32),
        Op::LoadNil => ready(LOADNIL, ra, b(i) - a(i) + 1, 0),
        Op::GetUpval => ready(GETUPVAL, ra, b(i), 0),
        Op::SetUpval => ready(SETUPVAL, ra, b(i), 0),
        Op::GetGlobal if constants[bx(i) as usize].is_short_string() => long(GETGLOBAL, ra, bx(i) * SIZE),
        Op::SetGlobal => long(SETGLOBAL, ra, bx(i) * SIZE),
        Op::GetTable => match kinds.1 {
            String => ready(GETFIELD, ra, b(i) * SIZE, rc),
            Number => ready(GETNUMBER, ra, b(i) * SIZE, rc),
            Register => ready(GETINDEX, ra, b(i) * SIZE, rc),
            Kind::Other => generic,
        },
        Op::SetTable => match kinds {
            (String, Register) => ready(SETFIELD, ra, rb, rc),
            (String, _) => ready(SETFIELD_K, ra, rb, rc),
            (Register, Register) => ready(SETINDEX, ra, rb, rc),
            (Register, _) => ready(SETINDEX_K, ra, rb, rc),
            _ => generic,
        },
        Op::SelfOp if kinds.1 == String => ready(METHOD, ra, b(i) * SIZE, rc),
        Op::Add | Op::Mul => {
            let (op, with_constant) = if Op::of(i) == Op::Add { (ADD, ADD_K) } else { (MUL, MUL_K) };
            match kinds {
                (Register, Register) => ready(op, ra, rb, rc),
                (Register, Number) => ready(with_constant, ra, rb, rc),
                // Numbers change places freely; an operand of another kind is seen in the compiler's order.
                (Number, Register) => ready(with_constant, ra, rc, rb),
                _ => generic,
            }
        }
        Op::Sub => match kinds {
            (Register, Register) => ready(SUB, ra, rb, rc),
            (Register, Number) => ready(SUB_K, ra, rb, rc),
            (Number, Register) => ready(K_SUB, ra, rb, rc),
            _ => generic,
        },
        Op::Div => match kinds {
            (Register, Register) => ready(DIV, ra, rb, rc),
            (Register, Number) => ready(DIV_K, ra, rb, rc),
            _ => generic,
        },
        Op::Mod => match kinds {
            (Register, Register) => ready(MOD, ra, rb, rc),
            (Register, Number) => ready(MOD_K, ra, rb, rc),
            _ => generic,
        },
        Op::Unm => ready(UNM, ra, b(i) * SIZE, 0),
        Op::Not => ready(NOT, ra, b(i) * SIZE, 0),
        Op::Len => ready(LEN, ra, b(i) * SIZE, 0),
        Op::Jmp => long(if sbx(i) < 0 { LOOP } else { JMP }, 0, distance(sbx(i))),
        Op::Eq => {
            let (left, right, kinds) = if kinds.0 == Register { (rb, rc, kinds) } else { (rc, rb, (kinds.1, kinds.0)) };
            let (registers, number, other) = if a(i) != 0 { (EQ, EQ_N, EQ_K) } else { (NE, NE_N, NE_K) };
            match kinds {
                (Register, Register) => ready(registers, 0, left, right),
                (Register, Number) => ready(number, 0, left, right),
                (Register, _) => ready(other, 0, left, right),
                _ => ready(TEST, 0, 0, 0),
            }
        }
        Op::Lt | Op::Le => {
            let (registers, right, left) = match (Op::of(i), a(i) != 0) {
                (Op::Lt, true) => (LT, LT_K, K_LT),
                (Op::Lt, false) => (NLT, NLT_K, K_NLT),
                (_, true) => (LE, LE_K, K_LE),
                (_, false) => (NLE, NLE_K, K_NLE),
            };
            match kinds {
                (Register, Register) => ready(registers, 0, rb, rc),
                (Register, Number) => ready(right, 0, rb, rc),
                (Number, Register) => ready(left, 0, rb, rc),
                _ => ready(TEST, 0, 0, 0),
            }
        }
        Op::Test => ready(if c(i) != 0 { TRUE } else { FALSE }, ra, 0, 0),
        Op::TestSet => ready(if c(i) != 0 { TRUE_SET } else { FALSE_SET }, ra, b(i) * SIZE, 0),
        Op::Call => ready(CALL, ra, b(i), c(i)),
        Op::Return if is_simple && b(i) == 1 => ready(RETURN0, ra, 0, 0),
        Op::Return if is_simple && b(i) == 2 => ready(RETURN1, ra, 0, 0),
        Op::Return => ready(RETURN, ra, b(i), 0),
        Op::TailCall => ready(TAILCALL, ra, b(i), 0),
        Op::ForPrep => long(FORPREP, ra, distance(sbx(i))),
        Op::TForLoop => ready(TFORLOOP, ra, 0, c(i)),
        Op::NewTable => ready(NEWTABLE, ra, b(i), c(i)),
        Op::SetList => ready(SETLIST, ra, b(i), c(i)),
        Op::Concat => ready(CONCAT, ra, b(i) * SIZE, c(i) - b(i) + 1),
        Op::Closure => long(CLOSURE, ra, bx(i)),
        Op::Vararg => ready(VARARG, ra, b(i), 0),
        Op::Close => ready(CLOSE, ra, 0, 0),
        _ => generic,
    }
}

/// Gives the kind of an operand where the operation reads it as a register or constant.
fn kind_of(op: Op, operand: u32, kind: &dyn Fn(u32) -> Kind) -> Kind {
    match op {
        Op::GetTable | Op::SetTable | Op::SelfOp | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Mod => kind(operand),
        Op::Eq | Op::Lt | Op::Le => kind(operand),
        _ => Kind::Register,
    }
}

/// Tells whether what precedes a FORPREP loads a positive step. `for i = 1, 9, a or 1` jumps between the two: the
/// caller has looked.
fn has_positive_step(code: &[u32], prepares: usize, first: u32, constants: &[Value]) -> bool {
    let Some(&load) = prepares.checked_sub(1).and_then(|pc| code.get(pc)) else { return false };
    Op::of(code[prepares]) == Op::ForPrep
        && Op::of(load) == Op::LoadK
        && a(load) == first + 2
        && constants[bx(load) as usize].as_number().is_some_and(|step| step > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::opcode::{MAX_SBX, abc, abx};

    fn jump(op: Op, a: u32, distance: i32) -> u32 {
        abx(op, a, (distance + MAX_SBX) as u32)
    }

    #[test]
    fn only_a_step_that_is_surely_positive_makes_a_loop_go_up() {
        let constants = [Value::number(1.0), Value::number(-1.0)];
        let last = |code: &[u32]| translate(code, &constants, true)[code.len() - 2].op;
        let prepare = jump(Op::ForPrep, 0, 0);
        let (repeat, end) = (jump(Op::ForLoop, 0, -1), abc(Op::Return, 0, 1, 0));
        assert_eq!(last(&[abx(Op::LoadK, 2, 0), prepare, repeat, end]), FORLOOP_UP);
        assert_eq!(last(&[abx(Op::LoadK, 2, 1), prepare, repeat, end]), FORLOOP);
        assert_eq!(last(&[abx(Op::LoadK, 1, 0), prepare, repeat, end]), FORLOOP);
        // A jump leads past the load.
        assert_eq!(last(&[jump(Op::Jmp, 0, 1), abx(Op::LoadK, 2, 0), prepare, repeat, end]), FORLOOP);
        // Code that no compiler makes: a loop back to the very beginning.
        assert_eq!(last(&[repeat, end]), FORLOOP);
        assert_eq!(last(&[prepare, repeat, end]), FORLOOP);
    }

    #[test]
    fn operands_are_distances_and_jumps_count_from_themselves() {
        let constants = [Value::number(2.0), Value::TRUE];
        let code = [
            abc(Op::Add, 1, 2, 256),
            abc(Op::Add, 1, 256, 2),
            abc(Op::Add, 1, 257, 2),
            abc(Op::Lt, 0, 3, 256),
            jump(Op::Jmp, 0, -5),
            abc(Op::SetList, 1, 2, 0),
            0x0012_3456,
            abc(Op::Return, 0, 1, 0),
        ];
        let quick = translate(&code, &constants, true);
        let fields = |at: usize| (quick[at].op, quick[at].a, quick[at].b, quick[at].c);
        assert_eq!((fields(0), fields(1), quick[2].op), ((ADD_K, 8, 16, 0), (ADD_K, 8, 16, 0), GENERIC));
        assert_eq!((fields(3), quick[4].op), ((NLT_K, 0, 24, 0), LOOP));
        assert_eq!(quick[4].b as u32 | (quick[4].c as u32) << 16, (-32i32) as u32);
        assert_eq!(quick[6].b as u32 | (quick[6].c as u32) << 16, 0x0012_3456);
    }
}
