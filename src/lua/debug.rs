//! What messages say of running code: lines, and the names of values, found by reading the code as if running it.

use super::error::LuaError;
use super::function::Function;
use super::meta::NO_REGISTER;
use super::opcode::{self, Op};
use super::proto;
use super::thread::Frame;
use super::value::Value;
use super::{Fault, Lua};

/// A chunk's name in a message is shorter than this.
const ID_SIZE: usize = 60;

/// So many functions are told of when a script fails.
const MAX_PLACES: usize = 20;

/// What a value is to the code ("global", "local", "method", ...) and its name there.
type Name = (&'static str, Vec<u8>);

impl Lua {
    pub(super) fn code_of(&self, frame: &Frame) -> Option<&Function> {
        if !frame.is_lua() {
            return None;
        }
        self.heap.closures[frame.closure].code.get()
    }

    fn upvalues_of(&self, code: &Function, child: u32) -> u32 {
        let child = code.children.get(child as usize).and_then(|&child| self.heap.functions[child].as_ref());
        child.map_or(0, |child| child.upvalue_count as u32)
    }

    fn line_of(&self, frame: &Frame) -> u32 {
        self.code_of(frame).and_then(|code| code.lines.get(frame.pc.index(&code.quick)).copied()).unwrap_or(0)
    }

    /// Finds the frame of a level: 0 is the running function, 1 its caller. `None` for a lost tail call.
    fn frame_at(&self, level: usize) -> Option<&Frame> {
        let mut level = level;
        for frame in self.thread.frames.as_slice().iter().rev() {
            if level == 0 {
                return Some(frame);
            }
            level -= 1;
            if frame.is_lua() {
                let lost = frame.tail_calls as usize;
                if level < lost {
                    return None;
                }
                level -= lost;
            }
        }
        None
    }

    /// Gives "CHUNK:LINE: " for the Lua function at a level, or nothing: 0 is the running function, 1 its caller.
    pub fn where_(&self, level: usize) -> Vec<u8> {
        self.frame_at(level).map_or(Vec::new(), |frame| self.position(frame))
    }

    fn position(&self, frame: &Frame) -> Vec<u8> {
        let Some(code) = self.code_of(frame) else { return Vec::new() };
        // Of a script's text no more than a line's beginning is shown.
        let shown = if code.source.starts_with(b"@") { code.source.len() } else { code.source.len().min(4 * ID_SIZE) };
        let mut text = proto::chunk_id(&code.source[..shown], ID_SIZE);
        text.extend_from_slice(format!(":{}: ", self.line_of(frame)).as_bytes());
        text
    }

    /// Gives the source line that the innermost Lua function is at, and its chunk's name.
    pub fn current_line(&self) -> Option<Fault> {
        let frame = self.thread.frames.as_slice().iter().rev().find(|frame| frame.is_lua())?;
        let source = self.code_of(frame)?.source.clone();
        Some(Fault { source, line: i64::from(self.line_of(frame)) })
    }

    /// Gives the places of the running Lua functions, the innermost first: as many as anybody reads.
    pub(super) fn places(&self) -> Vec<Fault> {
        let running = self.thread.frames.as_slice().iter().rev().filter_map(|frame| {
            let source = self.code_of(frame)?.source.clone();
            Some(Fault { source, line: i64::from(self.line_of(frame)) })
        });
        running.take(MAX_PLACES).collect()
    }

    /// Says whose error is being raised: the running function's or, if that is a native, its caller's.
    pub(super) fn culprit(&self) -> Option<Fault> {
        self.place(0)
    }

    /// Says where the running native was called or, if a native called it, where that was called.
    pub fn caller(&self) -> Option<Fault> {
        self.place(1)
    }

    fn place(&self, level: usize) -> Option<Fault> {
        let is_native = self.frame_at(level).is_some_and(|frame| !frame.is_lua());
        let level = level + usize::from(is_native);
        if !self.has_level(level) {
            return None;
        }
        let nowhere = |source: &[u8]| Some(Fault { source: source.into(), line: -1 });
        match self.frame_at(level) {
            Some(frame) => match self.code_of(frame) {
                Some(code) => Some(Fault { source: code.source.clone(), line: i64::from(self.line_of(frame)) }),
                None => nowhere(b"=[C]"),
            },
            None => nowhere(b"=(tail call)"),
        }
    }

    /// Tells whether a level of the call stack exists.
    pub(super) fn has_level(&self, level: usize) -> bool {
        let lost: usize = self.thread.frames.as_slice().iter().map(|frame| frame.tail_calls as usize).sum();
        level < self.thread.frames.len() + lost
    }

    /// Gives the slot of the function at a level.
    pub(super) fn function_at(&self, level: usize) -> Option<Value> {
        self.frame_at(level).map(|frame| self.thread.stack.get(frame.function as usize))
    }

    /// Makes an error of the machine: with the position, if the running function is written in Lua.
    #[cold]
    #[inline(never)]
    pub(super) fn run_error(&mut self, message: &str) -> LuaError {
        let mut text = self.where_(0);
        text.extend_from_slice(message.as_bytes());
        self.throw(&text)
    }

    /// Makes "attempt to OPERATION local 'x' (a nil value)"; the register says where the name is looked for.
    #[cold]
    #[inline(never)]
    pub(super) fn operand_error(&mut self, value: Value, register: u32, operation: &str) -> LuaError {
        let found = match self.thread.frames.last() {
            Some(frame) if register != NO_REGISTER => {
                self.code_of(frame).and_then(|code| {
                    let pc = frame.pc.index(&code.quick);
                    // The code is read from its beginning.
                    self.charge(pc >> 3);
                    object_name(self, code, register, pc as u32)
                })
            }
            _ => None,
        };
        let kind = value.kind().name();
        let mut text = self.where_(0);
        text.extend_from_slice(format!("attempt to {operation} ").as_bytes());
        match found {
            Some((what, name)) => {
                text.extend_from_slice(format!("{what} '").as_bytes());
                text.extend_from_slice(&name);
                text.extend_from_slice(format!("' (a {kind} value)").as_bytes());
            }
            None => text.extend_from_slice(format!("a {kind} value").as_bytes()),
        }
        self.throw(&text)
    }

    /// Makes "attempt to compare ...".
    #[cold]
    #[inline(never)]
    pub(super) fn order_error(&mut self, left: Value, right: Value) -> LuaError {
        let (left, right) = (left.kind().name(), right.kind().name());
        // The reference tells types apart by their third letter.
        if left.as_bytes()[2] == right.as_bytes()[2] {
            self.run_error(&format!("attempt to compare two {left} values"))
        } else {
            self.run_error(&format!("attempt to compare {left} with {right}"))
        }
    }

    /// Gives what the running native is called by the Lua code that called it.
    pub(super) fn native_name(&self) -> Option<Name> {
        let [.., caller, callee] = self.thread.frames.as_slice() else { return None };
        if callee.is_lua() && callee.tail_calls > 0 {
            return None;
        }
        let code = self.code_of(caller)?;
        let pc = caller.pc.index(&code.quick) as u32;
        self.charge(pc as usize >> 3);
        let instruction = *code.code.get(pc as usize)?;
        match Op::of(instruction) {
            Op::Call | Op::TailCall | Op::TForLoop => object_name(self, code, opcode::a(instruction), pc),
            _ => None,
        }
    }
}

/// Gives the name of the local variable that lives in a register.
fn local_name(code: &Function, register: u32, pc: u32) -> Option<Vec<u8>> {
    let alive = code.locals.iter().take_while(|local| local.start_pc <= pc).filter(|local| pc < local.end_pc);
    alive.into_iter().nth(register as usize).map(|local| local.name.to_vec())
}

fn constant_name(lua: &Lua, code: &Function, operand: u32) -> Vec<u8> {
    let constant = opcode::is_constant(operand).then(|| code.constants.get(opcode::constant_index(operand)));
    let name = constant.flatten().and_then(|&constant| lua.as_bytes(constant)).unwrap_or(b"?");
    // A message shows a name up to its first zero byte.
    name.split(|&byte| byte == 0).next().unwrap_or_default().to_vec()
}

/// Gives what a register holds at an instruction, from the instruction that set it.
fn object_name(lua: &Lua, code: &Function, register: u32, pc: u32) -> Option<Name> {
    let mut register = register;
    loop {
        if let Some(name) = local_name(code, register, pc) {
            return Some(("local", name));
        }
        let setter = setter(lua, code, register, pc);
        let instruction = *code.code.get(setter as usize)?;
        return match Op::of(instruction) {
            Op::GetGlobal => {
                let name = code.constants.get(opcode::bx(instruction) as usize).copied()?;
                Some(("global", lua.as_bytes(name)?.to_vec()))
            }
            Op::Move => {
                // Only a copy from a lower register leads back to a variable.
                if opcode::b(instruction) >= opcode::a(instruction) {
                    return None;
                }
                register = opcode::b(instruction);
                continue;
            }
            Op::GetTable => Some(("field", constant_name(lua, code, opcode::c(instruction)))),
            Op::GetUpval => {
                let name = code.upvalue_names.get(opcode::b(instruction) as usize);
                Some(("upvalue", name.map_or(b"?".to_vec(), |name| name.to_vec())))
            }
            Op::SelfOp => Some(("method", constant_name(lua, code, opcode::c(instruction)))),
            _ => None,
        };
    }
}

/// Finds the last instruction before `last` that changed the register; the final RETURN if none did.
fn setter(lua: &Lua, code: &Function, register: u32, last: u32) -> u32 {
    let mut found = code.code.len() as u32 - 1;
    let mut pc = 0;
    while pc < last {
        let instruction = code.code[pc as usize];
        let (op, a, b) = (Op::of(instruction), opcode::a(instruction), opcode::b(instruction));
        if op.shape().sets_a && a == register {
            found = pc;
        }
        match op {
            Op::LoadNil if (a..=b).contains(&register) => found = pc,
            Op::SelfOp if register == a + 1 => found = pc,
            Op::TForLoop if register >= a + 2 => found = pc,
            Op::Call | Op::TailCall if register >= a => found = pc,
            Op::SetList if opcode::c(instruction) == 0 => pc += 1,
            Op::Jmp | Op::ForPrep => {
                let target = (pc as i32 + 1 + opcode::sbx(instruction)) as u32;
                if pc < target && target <= last {
                    pc = target;
                    continue;
                }
            }
            // What follows names upvalues, and runs never.
            Op::Closure => pc += lua.upvalues_of(code, opcode::bx(instruction)),
            _ => {}
        }
        pc += 1;
    }
    found
}
