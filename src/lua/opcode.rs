//! The instructions of the register machine: one table, a line each.
//!
//! The set, the numbering and the encoding are those of the reference implementation of Lua 5.1, because the names
//! that its error messages give to values ("attempt to call global 'f'") are read back from the code.
//!
//! ```text
//! 31      23 22      14 13     6 5      0
//! |    B    |    C     |   A    |   op   |      ABC
//! |         Bx         |   A    |   op   |      ABx; AsBx stores Bx = sBx + 131071
//! ```
//!
//! `R(x)` is a register, `K(x)` a constant, `U(x)` an upvalue; `RK(x)` is `K(x - 256)` from 256 on, else `R(x)`.

/// What an operand field of an instruction means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operand {
    /// The field is not read.
    Unused,
    /// A number of any other kind: a count, a flag, an upvalue, the index of a nested function.
    Plain,
    /// A register, or the distance of a jump.
    Register,
    /// A constant (in Bx), or a register or constant (in B and C).
    Constant,
}

/// How the fields of an instruction are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    ABC,
    ABx,
    AsBx,
}

/// What code that reads code (debug names, the listing) knows about an operation.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name as `luac -l` prints it.
    pub name: &'static str,
    /// A test: the next instruction is a jump, taken or skipped.
    pub is_test: bool,
    /// Writes R(A).
    pub sets_a: bool,
    pub b: Operand,
    pub c: Operand,
    pub layout: Layout,
}

macro_rules! opcodes {
    ($($op:ident $name:literal $test:literal $sets_a:literal $b:ident $c:ident $layout:ident: $doc:literal)*) => {
        /// An operation of the register machine.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub enum Op { $(#[doc = $doc] $op),* }

        const SHAPES: &[Shape] = &[$(Shape {
            name: $name, is_test: $test == 1, sets_a: $sets_a == 1,
            b: Operand::$b, c: Operand::$c, layout: Layout::$layout,
        }),*];

        /// Every value of the six bits; those past the last operation are never made by the compiler.
        const DECODE: [Op; 64] = {
            let mut table = [Op::Move; 64];
            $(table[Op::$op as usize] = Op::$op;)*
            table
        };
    };
}

opcodes! {
//  op        name        test A B        C        layout
    Move      "MOVE"      0 1 Register Unused   ABC:  "`R(A) := R(B)`"
    LoadK     "LOADK"     0 1 Constant Unused   ABx:  "`R(A) := K(Bx)`"
    LoadBool  "LOADBOOL"  0 1 Plain    Plain    ABC:  "`R(A) := B != 0; if C != 0 then pc++`"
    LoadNil   "LOADNIL"   0 1 Register Unused   ABC:  "`R(A), ..., R(B) := nil`"
    GetUpval  "GETUPVAL"  0 1 Plain    Unused   ABC:  "`R(A) := U(B)`"
    GetGlobal "GETGLOBAL" 0 1 Constant Unused   ABx:  "`R(A) := globals[K(Bx)]`"
    GetTable  "GETTABLE"  0 1 Register Constant ABC:  "`R(A) := R(B)[RK(C)]`"
    SetGlobal "SETGLOBAL" 0 0 Constant Unused   ABx:  "`globals[K(Bx)] := R(A)`"
    SetUpval  "SETUPVAL"  0 0 Plain    Unused   ABC:  "`U(B) := R(A)`"
    SetTable  "SETTABLE"  0 0 Constant Constant ABC:  "`R(A)[RK(B)] := RK(C)`"
    NewTable  "NEWTABLE"  0 1 Plain    Plain    ABC:  "`R(A) := {}`, with room for B list and C hash entries (both [`expand_size`])"
    SelfOp    "SELF"      0 1 Register Constant ABC:  "`R(A+1) := R(B); R(A) := R(B)[RK(C)]`"
    Add       "ADD"       0 1 Constant Constant ABC:  "`R(A) := RK(B) + RK(C)`"
    Sub       "SUB"       0 1 Constant Constant ABC:  "`R(A) := RK(B) - RK(C)`"
    Mul       "MUL"       0 1 Constant Constant ABC:  "`R(A) := RK(B) * RK(C)`"
    Div       "DIV"       0 1 Constant Constant ABC:  "`R(A) := RK(B) / RK(C)`"
    Mod       "MOD"       0 1 Constant Constant ABC:  "`R(A) := RK(B) % RK(C)`"
    Pow       "POW"       0 1 Constant Constant ABC:  "`R(A) := RK(B) ^ RK(C)`"
    Unm       "UNM"       0 1 Register Unused   ABC:  "`R(A) := -R(B)`"
    Not       "NOT"       0 1 Register Unused   ABC:  "`R(A) := not R(B)`"
    Len       "LEN"       0 1 Register Unused   ABC:  "`R(A) := #R(B)`"
    Concat    "CONCAT"    0 1 Register Register ABC:  "`R(A) := R(B) .. ... .. R(C)`"
    Jmp       "JMP"       0 0 Register Unused   AsBx: "`pc += sBx`"
    Eq        "EQ"        1 0 Constant Constant ABC:  "`if (RK(B) == RK(C)) != A then pc++`"
    Lt        "LT"        1 0 Constant Constant ABC:  "`if (RK(B) < RK(C)) != A then pc++`"
    Le        "LE"        1 0 Constant Constant ABC:  "`if (RK(B) <= RK(C)) != A then pc++`"
    Test      "TEST"      1 1 Register Plain    ABC:  "`if truth(R(A)) != C then pc++`"
    TestSet   "TESTSET"   1 1 Register Plain    ABC:  "`if truth(R(B)) == C then R(A) := R(B) else pc++`"
    Call      "CALL"      0 1 Plain    Plain    ABC:  "`R(A), ..., R(A+C-2) := R(A)(R(A+1), ..., R(A+B-1))`; B = 0: arguments up to the top; C = 0: keeps all results and sets the top"
    TailCall  "TAILCALL"  0 1 Plain    Plain    ABC:  "`return R(A)(R(A+1), ..., R(A+B-1))`"
    Return    "RETURN"    0 0 Plain    Unused   ABC:  "`return R(A), ..., R(A+B-2)`; B = 0: up to the top"
    ForLoop   "FORLOOP"   0 1 Register Unused   AsBx: "`R(A) += R(A+2); if R(A) <?= R(A+1) then { pc += sBx; R(A+3) := R(A) }`"
    ForPrep   "FORPREP"   0 1 Register Unused   AsBx: "`R(A) -= R(A+2); pc += sBx`"
    TForLoop  "TFORLOOP"  1 0 Unused   Plain    ABC:  "`R(A+3), ..., R(A+2+C) := R(A)(R(A+1), R(A+2)); if R(A+3) ~= nil then R(A+2) := R(A+3) else pc++`"
    SetList   "SETLIST"   0 0 Plain    Plain    ABC:  "`R(A)[(C-1)*50 + i] := R(A+i)`, i = 1..B; B = 0: up to the top; C = 0: the next word is the real C"
    Close     "CLOSE"     0 0 Unused   Unused   ABC:  "closes the upvalues that live in R(A) or above"
    Closure   "CLOSURE"   0 1 Plain    Unused   ABx:  "`R(A) := closure(protos[Bx])`; one `MOVE 0 B` (register B) or `GETUPVAL 0 B` (upvalue B) follows for each upvalue"
    Vararg    "VARARG"    0 1 Plain    Unused   ABC:  "`R(A), ..., R(A+B-2) := ...`; B = 0: all of them, and sets the top"
    Line      "LINE"      0 0 Unused   Unused   ABC:  "tells the host of the line; only traced code has it"
}

/// The number of list entries that one [`Op::SetList`] stores.
pub const FIELDS_PER_FLUSH: u32 = 50;
/// The bit of a B or C operand that says "constant".
pub const CONSTANT_BIT: u32 = 1 << 8;
/// The largest constant index that fits an RK operand.
pub const MAX_RK: u32 = CONSTANT_BIT - 1;
pub const MAX_A: u32 = (1 << 8) - 1;
pub const MAX_B: u32 = (1 << 9) - 1;
pub const MAX_C: u32 = (1 << 9) - 1;
pub const MAX_BX: u32 = (1 << 18) - 1;
/// The excess of a signed Bx, and so its largest value.
pub const MAX_SBX: i32 = (MAX_BX >> 1) as i32;

impl Op {
    /// Reads the operation of an instruction.
    #[inline(always)]
    pub const fn of(instruction: u32) -> Op {
        DECODE[(instruction & 63) as usize]
    }

    /// Gives what is known about the operation.
    pub fn shape(self) -> &'static Shape {
        &SHAPES[self as usize]
    }
}

/// Makes an instruction of layout ABC.
pub const fn abc(op: Op, a: u32, b: u32, c: u32) -> u32 {
    op as u32 | a << 6 | c << 14 | b << 23
}

/// Makes an instruction of layout ABx.
pub const fn abx(op: Op, a: u32, bx: u32) -> u32 {
    op as u32 | a << 6 | bx << 14
}

/// Reads field A.
#[inline(always)]
pub const fn a(instruction: u32) -> u32 {
    instruction >> 6 & MAX_A
}

/// Reads field B.
#[inline(always)]
pub const fn b(instruction: u32) -> u32 {
    instruction >> 23
}

/// Reads field C.
#[inline(always)]
pub const fn c(instruction: u32) -> u32 {
    instruction >> 14 & MAX_C
}

/// Reads field Bx.
#[inline(always)]
pub const fn bx(instruction: u32) -> u32 {
    instruction >> 14
}

/// Reads field sBx: the signed distance of a jump, from the instruction after it.
#[inline(always)]
pub const fn sbx(instruction: u32) -> i32 {
    bx(instruction) as i32 - MAX_SBX
}

/// Returns the instruction with another operation.
pub const fn with_op(instruction: u32, op: Op) -> u32 {
    instruction & !63 | op as u32
}

/// Returns the instruction with another field A.
pub const fn with_a(instruction: u32, a: u32) -> u32 {
    instruction & !(MAX_A << 6) | a << 6
}

/// Returns the instruction with another field B.
pub const fn with_b(instruction: u32, b: u32) -> u32 {
    instruction & !(MAX_B << 23) | b << 23
}

/// Returns the instruction with another field C.
pub const fn with_c(instruction: u32, c: u32) -> u32 {
    instruction & !(MAX_C << 14) | c << 14
}

/// Returns the instruction with another field sBx; the distance must lie within ±[`MAX_SBX`].
pub const fn with_sbx(instruction: u32, sbx: i32) -> u32 {
    instruction & ((1 << 14) - 1) | ((sbx + MAX_SBX) as u32) << 14
}

/// Tells whether a B or C operand names a constant.
#[inline(always)]
pub const fn is_constant(operand: u32) -> bool {
    operand & CONSTANT_BIT != 0
}

/// Gives the constant's index of an operand for which [`is_constant`] holds.
#[inline(always)]
pub const fn constant_index(operand: u32) -> usize {
    (operand & !CONSTANT_BIT) as usize
}

/// Packs a size hint into nine bits: `eeeeexxx` stands for `1xxx * 2^(eeeee - 1)`, rounded up; small sizes for
/// themselves.
pub const fn pack_size(size: u32) -> u32 {
    let (mut mantissa, mut exponent) = (size, 0);
    while mantissa >= 16 {
        mantissa = mantissa.div_ceil(2);
        exponent += 1;
    }
    if mantissa < 8 { mantissa } else { (exponent + 1) << 3 | (mantissa - 8) }
}

/// Unpacks a size hint of [`Op::NewTable`].
pub const fn expand_size(packed: u32) -> usize {
    let exponent = packed >> 3 & 31;
    if exponent == 0 { packed as usize } else { ((packed & 7) as usize + 8) << (exponent - 1) }
}
