//! Loading: compiled functions are verified and laid out for the machine.

use super::error::{LuaError, Result};
use super::function::{Function, FunctionId};
use super::opcode::{self, Op, a, b, bx, c, sbx};
use super::proto::{self, Constant, Proto};
use super::value::Value;
use super::{Lua, compile, quick};

/// What is said of a compiled function that no compiler made.
const BAD_CODE: &[u8] = b"bad code in precompiled chunk";

/// More slots than a stack can have.
const NO_ROOM: u32 = u32::MAX >> 1;

impl Lua {
    /// Compiles and loads a chunk for the embedder: it outlives regions until [`Lua::unload`].
    ///
    /// Fails with the whole sentence of a syntax error, or with "not enough memory".
    pub fn load(&mut self, source: &[u8], chunk_name: &[u8]) -> std::result::Result<FunctionId, Vec<u8>> {
        let proto = compile(source, chunk_name)?;
        self.load_proto(&proto)
    }

    /// Loads a compiled chunk; see [`Lua::load`].
    pub fn load_proto(&mut self, proto: &Proto) -> std::result::Result<FunctionId, Vec<u8>> {
        // Nothing encloses a chunk.
        if proto.upvalue_count > 0 {
            return Err(BAD_CODE.to_vec());
        }
        match self.load_function(proto) {
            Ok(function) => {
                self.set_pinned(function, true);
                Ok(FunctionId(function))
            }
            Err(LuaError::Throw(message)) => Err(self.as_bytes(message).unwrap_or_default().to_vec()),
            Err(_) => Err(b"stopped".to_vec()),
        }
    }

    /// Gives up a loaded function. What was made of it stays until the region is reset or collected.
    pub fn unload(&mut self, function: FunctionId) {
        self.set_pinned(function.0, false);
    }

    fn set_pinned(&mut self, handle: u32, pinned: bool) {
        let Some(function) = &mut self.heap.functions[handle] else { return };
        if function.is_pinned == pinned {
            return;
        }
        function.is_pinned = pinned;
        for constant in function.constants.iter().filter_map(|constant| constant.as_str()) {
            if pinned {
                self.heap.strings.pin(constant);
            } else {
                self.heap.strings.unpin(constant);
            }
        }
        if !pinned {
            self.heap.recent_functions.push(handle);
        }
        // Functions nest no deeper than the compiler's levels.
        for child in self.heap.functions[handle].as_ref().map_or(Box::default(), |function| function.children.clone()) {
            self.set_pinned(child, pinned);
        }
    }

    /// Puts a compiled function into the heap, as an object of the region.
    pub(super) fn load_function(&mut self, proto: &Proto) -> Result<u32> {
        if !is_sound(proto) {
            return Err(self.throw(BAD_CODE));
        }
        let bytes = size_of::<Function>()
            + proto.code.len() * 16
            + proto.constants.len() * 8
            + proto.locals.len() * 48
            + proto.protos.len() * 4;
        self.reserve(bytes)?;
        let mut children = Vec::with_capacity(proto.protos.len());
        for child in &proto.protos {
            children.push(self.load_function(child)?);
        }
        let mut constants = Vec::with_capacity(proto.constants.len());
        for constant in &proto.constants {
            constants.push(match constant {
                Constant::Nil => Value::NIL,
                Constant::Boolean(value) => Value::boolean(*value),
                Constant::Number(number) => Value::number(*number),
                Constant::String(bytes) => self.string(bytes)?,
            });
        }
        self.heap.bytes += bytes;
        let is_simple = proto.is_vararg == 0 && proto.protos.is_empty();
        let quick = quick::translate(&proto.code, &constants, is_simple);
        let clean = proto.clean.max(proto.param_count).min(proto.max_stack);
        let handle = self.heap.functions.insert(Some(Box::new(Function {
            handle: 0,
            code: proto.code.as_slice().into(),
            quick,
            constants: constants.into(),
            children: children.into(),
            lines: proto.lines.as_slice().into(),
            locals: proto.locals.as_slice().into(),
            upvalue_names: proto.upvalue_names.as_slice().into(),
            source: proto.source.clone(),
            line_defined: proto.line_defined,
            last_line_defined: proto.last_line_defined,
            cost: proto.code.len() as u32 >> 5,
            upvalue_count: proto.upvalue_count,
            param_count: proto.param_count,
            is_vararg: proto.is_vararg,
            max_stack: proto.max_stack,
            clean,
            room: if proto.is_vararg == 0 { proto.max_stack.into() } else { NO_ROOM },
            enough: if clean == proto.param_count { u16::from(clean) + 1 } else { u16::MAX },
            is_pinned: false,
            bytes,
        })));
        if let Some(function) = &mut self.heap.functions[handle] {
            function.handle = handle;
        }
        self.heap.recent_functions.push(handle);
        Ok(handle)
    }
}

/// Tells whether every operand of the code is within bounds and no path runs past its end: what `stack.rs` relies on.
fn is_sound(proto: &Proto) -> bool {
    let code = &proto.code;
    let Some(&last) = code.last() else { return false };
    let mut is_data = vec![false; code.len()];
    let mut pc = 0;
    while pc < code.len() {
        if Op::of(code[pc]) == Op::SetList && c(code[pc]) == 0 {
            pc += 1;
            if pc < code.len() {
                is_data[pc] = true;
            }
        }
        pc += 1;
    }
    let is_code = |pc: i64| usize::try_from(pc).is_ok_and(|pc| pc < code.len() && !is_data[pc]);
    Op::of(last) == Op::Return
        && is_code(code.len() as i64 - 1)
        && proto.lines.len() == code.len()
        && proto.param_count.saturating_add(proto.is_vararg & proto::HAS_ARG) <= proto.max_stack
        && proto.max_stack >= 2
        && proto.upvalue_names.len() <= proto.upvalue_count as usize
        && (0..code.len()).filter(|&pc| !is_data[pc]).all(|pc| is_sound_at(proto, pc, &is_code))
        && open_lists_are_paired(code, &is_data)
}

/// Tells whether what leaves a list of any length above a register is followed at once, and only, by what takes it.
fn open_lists_are_paired(code: &[u32], is_data: &[bool]) -> bool {
    let leaves = |pc: usize| {
        let instruction = code.get(pc).copied().filter(|_| !is_data[pc])?;
        match Op::of(instruction) {
            Op::Call if c(instruction) == 0 => Some(a(instruction)),
            Op::TailCall => Some(a(instruction)),
            Op::Vararg if b(instruction) == 0 => Some(a(instruction)),
            _ => None,
        }
    };
    // The lowest register at which the list may begin.
    let takes = |pc: usize| {
        let instruction = code.get(pc).copied().filter(|_| !is_data[pc])?;
        match Op::of(instruction) {
            Op::Call | Op::TailCall | Op::SetList if b(instruction) == 0 => Some(a(instruction) + 1),
            Op::Return if b(instruction) == 0 => Some(a(instruction)),
            _ => None,
        }
    };
    (0..code.len()).all(|pc| {
        let target = match Op::of(code[pc]) {
            _ if is_data[pc] => None,
            Op::Jmp | Op::ForLoop | Op::ForPrep => usize::try_from(pc as i64 + 1 + sbx(code[pc]) as i64).ok(),
            Op::Eq | Op::Lt | Op::Le | Op::Test | Op::TestSet | Op::TForLoop => Some(pc + 2),
            Op::LoadBool if c(code[pc]) != 0 => Some(pc + 2),
            _ => None,
        };
        let follows = leaves(pc).is_none_or(|from| takes(pc + 1).is_some_and(|least| from >= least));
        let precedes = takes(pc).is_none() || pc > 0 && leaves(pc - 1).is_some();
        follows && precedes && target.is_none_or(|target| takes(target).is_none())
    })
}

fn is_sound_at(proto: &Proto, pc: usize, is_code: &dyn Fn(i64) -> bool) -> bool {
    let instruction = proto.code[pc];
    let (a, b, c, bx) = (a(instruction), b(instruction), c(instruction), bx(instruction));
    let register = |register: u32| register < proto.max_stack as u32;
    let constant = |index: u32| (index as usize) < proto.constants.len();
    let name = |index: u32| matches!(proto.constants.get(index as usize), Some(Constant::String(_)));
    let rk = |operand: u32| {
        if opcode::is_constant(operand) { constant(operand - opcode::CONSTANT_BIT) } else { register(operand) }
    };
    let upvalue = |index: u32| index < proto.upvalue_count as u32;
    let skips = is_code(pc as i64 + 2);
    let jumps = is_code(pc as i64 + 1 + sbx(instruction) as i64);
    let tests = skips && Op::of(proto.code[pc + 1]) == Op::Jmp;
    let follows = Op::of(instruction) == Op::Return || pc + 1 < proto.code.len();
    let op = Op::of(instruction);
    follows
        && (op as u32) == instruction & 63
        && match op {
            Op::Move | Op::Unm | Op::Not | Op::Len => register(a) && register(b),
            Op::LoadK => register(a) && constant(bx),
            Op::LoadBool => register(a) && (c == 0 || skips),
            Op::LoadNil => register(a) && a <= b && register(b),
            Op::GetUpval | Op::SetUpval => register(a) && upvalue(b),
            Op::GetGlobal | Op::SetGlobal => register(a) && name(bx),
            Op::GetTable => register(a) && register(b) && rk(c),
            Op::SetTable | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Mod | Op::Pow => register(a) && rk(b) && rk(c),
            Op::Line => true,
            Op::NewTable | Op::Close => register(a),
            Op::SelfOp => register(a + 1) && register(b) && rk(c),
            Op::Concat => register(a) && b < c && register(c),
            Op::Jmp => jumps,
            Op::Eq | Op::Lt | Op::Le => rk(b) && rk(c) && tests,
            Op::Test => register(a) && tests,
            Op::TestSet => register(a) && register(b) && tests,
            Op::Call => register(a) && (b == 0 || register(a + b - 1)) && (c < 2 || register(a + c - 2)),
            Op::TailCall => register(a) && (b == 0 || register(a + b - 1)),
            // Nothing may be returned from just behind the registers.
            Op::Return if b == 1 => a <= proto.max_stack as u32,
            Op::Return => register(a) && (b == 0 || register(a + b - 2)),
            Op::ForLoop | Op::ForPrep => register(a + 3) && jumps,
            Op::TForLoop => c >= 1 && register(a + 5) && register(a + 2 + c) && tests,
            Op::SetList => register(a) && register(a + b),
            Op::Closure => {
                register(a)
                    && proto.protos.get(bx as usize).is_some_and(|child| {
                        let names = (1..=child.upvalue_count as usize).map(|n| proto.code.get(pc + n));
                        names
                            .into_iter()
                            .all(|name| name.is_some_and(|&name| matches!(Op::of(name), Op::Move | Op::GetUpval)))
                            && is_code(pc as i64 + 1 + child.upvalue_count as i64)
                    })
            }
            Op::Vararg => register(a) && (b < 2 || register(a + b - 2)) && proto.is_vararg & proto::VARARG != 0,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::Limits;

    /// The code of a chunk, its only function, after a change.
    fn changed(source: &str, change: impl FnOnce(&mut Proto)) -> bool {
        let mut proto = compile(source.as_bytes(), b"=test").expect("it compiles");
        change(&mut proto);
        Lua::new(Limits::default()).load_proto(&proto).is_ok()
    }

    #[test]
    fn code_that_no_compiler_made_is_refused() {
        let set_a = |instruction: u32, a: u32| instruction & !(0xff << 6) | a << 6;
        let set_b = |instruction: u32, b: u32| instruction & !(0x1ff << 23) | b << 23;
        assert!(changed("local a, b", |_| ()));
        // A final RETURN far above the registers.
        assert!(!changed("", |proto| proto.code[0] = set_a(proto.code[0], 0x55)));
        // A list that nothing has left, and one that nothing takes.
        assert!(!changed("return 1", |proto| proto.code[1] = set_b(proto.code[1], 0)));
        assert!(changed("return ...", |_| ()));
        assert!(!changed("return ...", |proto| proto.code[1] = set_b(proto.code[1], 1)));
        // More parameters than a byte counts, and upvalues of nothing.
        assert!(!changed("", |proto| (proto.param_count, proto.is_vararg) = (255, 3)));
        assert!(!changed("return x", |proto| proto.upvalue_count = 1));
    }
}
