//! Code that tells its host of every line that it comes to: what a trace or a debugger runs in place of the code itself.
//!
//! Where a line begins an instruction is put in, and everything that counts instructions is counted anew. The
//! machine's loop knows nothing of it, so that code without such instructions runs as ever.

use super::function::FunctionId;
use super::opcode::{self, Op, bx, c, sbx};
use super::proto::Proto;
use super::{Lua, compile};

impl Lua {
    /// As [`Lua::load`], of code that calls [`Host::line`](super::Host::line).
    pub fn load_traced(&mut self, source: &[u8], chunk_name: &[u8]) -> Result<FunctionId, Vec<u8>> {
        let proto = compile(source, chunk_name)?;
        self.load_proto(&instrument(&proto))
    }
}

/// Puts in an instruction at the beginning of each line, and where a loop begins anew.
fn instrument(proto: &Proto) -> Proto {
    let begins = beginnings(proto);
    // Where each instruction comes to stand, with what is put in before it.
    let mut places = Vec::with_capacity(begins.len() + 1);
    let mut place = 0;
    for &begin in &begins {
        places.push(place);
        place += 1 + u32::from(begin);
    }
    places.push(place);
    if place as i32 > opcode::MAX_SBX {
        // Its jumps might be too long.
        return proto.clone();
    }
    let (mut code, mut lines) = (Vec::with_capacity(place as usize), Vec::with_capacity(place as usize));
    for (pc, &instruction) in proto.code.iter().enumerate() {
        if begins[pc] {
            code.push(opcode::abc(Op::Line, 0, 0, 0));
            lines.push(proto.lines[pc]);
        }
        code.push(match jump_target(proto, pc) {
            Some(target) => {
                let distance = places[target] as i32 - (code.len() as i32 + 1);
                opcode::abx(Op::of(instruction), opcode::a(instruction), (distance + opcode::MAX_SBX) as u32)
            }
            None => instruction,
        });
        lines.push(proto.lines[pc]);
    }
    let mut locals = proto.locals.clone();
    for local in &mut locals {
        local.start_pc = places.get(local.start_pc as usize).copied().unwrap_or(place);
        local.end_pc = places.get(local.end_pc as usize).copied().unwrap_or(place);
    }
    let protos = proto.protos.iter().map(instrument).collect();
    Proto { code, lines, locals, protos, ..proto.clone() }
}

/// Tells of each instruction whether one is to be put in before it.
fn beginnings(proto: &Proto) -> Vec<bool> {
    let mut begins = vec![false; proto.code.len()];
    for pc in 0..proto.code.len() {
        begins[pc] |= pc == 0 || proto.lines[pc] != proto.lines[pc - 1];
        if let Some(target) = jump_target(proto, pc).filter(|&target| target <= pc) {
            begins[target] = true;
        }
    }
    // What belongs to the instruction before it stays with it.
    let mut pc = 0;
    while pc < proto.code.len() {
        let bound = bound_to(proto, pc);
        begins[pc + 1..].iter_mut().take(bound).for_each(|begin| *begin = false);
        pc += 1 + if is_data_after(proto.code[pc]) { bound } else { 0 };
    }
    begins
}

/// Counts the instructions after one that must stand right after it.
fn bound_to(proto: &Proto, pc: usize) -> usize {
    let instruction = proto.code[pc];
    match Op::of(instruction) {
        Op::Closure => proto.protos[bx(instruction) as usize].upvalue_count as usize,
        Op::SetList if c(instruction) == 0 => 1,
        Op::LoadBool if c(instruction) != 0 => 1,
        op if op.shape().is_test => 1,
        _ => 0,
    }
}

/// Tells whether what is bound to an instruction is no instruction of its own.
fn is_data_after(instruction: u32) -> bool {
    matches!(Op::of(instruction), Op::Closure | Op::SetList)
}

/// Gives where a jump goes.
fn jump_target(proto: &Proto, pc: usize) -> Option<usize> {
    let instruction = proto.code[pc];
    let jumps = matches!(Op::of(instruction), Op::Jmp | Op::ForLoop | Op::ForPrep) && !is_data(proto, pc);
    jumps.then(|| (pc as i32 + 1 + sbx(instruction)) as usize)
}

/// Tells whether a word is the count of a SETLIST.
fn is_data(proto: &Proto, pc: usize) -> bool {
    let before = pc.checked_sub(1).map(|before| proto.code[before]);
    before.is_some_and(|before| Op::of(before) == Op::SetList && c(before) == 0)
}

#[cfg(test)]
mod tests {
    use super::super::{Alone, Args, Host, Kill, Limits, Lua, Result};

    struct Lines(Vec<i64>);

    impl Host for Lines {
        fn call(&mut self, _: &mut Lua, _: u32, _: Args) -> Result<usize> {
            Ok(0)
        }

        fn interrupt(&mut self) -> Option<Kill> {
            None
        }

        fn line(&mut self, _: &mut Lua, line: i64) {
            self.0.push(line);
        }
    }

    fn lines_of(source: &str) -> Vec<i64> {
        let mut lua = Lua::new(Limits::default());
        lua.open_libs().unwrap();
        let chunk = lua.load_traced(source.as_bytes(), b"@traced").unwrap();
        let mut host = Lines(Vec::new());
        lua.run(&mut host, chunk, &[]).unwrap();
        host.0
    }

    #[test]
    fn every_line_is_told() {
        assert_eq!(
            lines_of("local a = 1\n\nlocal b = a\nif a == b then\n b = 2\nelse\n b = 3\nend\nreturn b"),
            [1, 3, 4, 5, 9]
        );
        assert_eq!(lines_of("for i = 1, 3 do local x = i end"), [1, 1, 1, 1]);
        assert_eq!(lines_of("local i = 0\nwhile i < 2 do\n i = i + 1\nend"), [1, 2, 3, 2, 3, 2, 4]);
        assert_eq!(lines_of("local function f(x)\n return x\nend\nreturn f(1) + f(2)"), [3, 4, 2, 2]);
    }

    /// Instrumented code does what the code itself does.
    #[test]
    fn nothing_else_changes() {
        let source = "local t, out = {}, {}\nfor i = 1, 120 do t[i] = i % 7 == 0 and i or\n nil end\n\
            for k, v in\n pairs(t) do out[#out + 1] = k .. ':' .. v end\nlocal function g(a, ...)\n local b = a\n\
            return function() b = b + 1 return b end, ...\nend\nlocal f, x = g(5, 'x')\nout[#out + 1] = f() + f()\n\
            local big = {1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,\n\
            34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,f(),g(1,2)}\n\
            out[#out + 1] = #big\nlocal eq = not (x == 'x' and\n #out > 3)\nout[#out + 1] = tostring(eq)\n\
            repeat local y = (y or 0) + 1 until\n y == 1\nlocal ok, e = pcall(function()\n local z = nil\n return z.q end)\n\
            out[#out + 1] = e\nreturn table.concat(out, ' ')";
        let mut results = Vec::new();
        for traced in [false, true] {
            let mut lua = Lua::new(Limits::default());
            lua.open_libs().unwrap();
            let source = source.as_bytes();
            let chunk = if traced { lua.load_traced(source, b"@t") } else { lua.load(source, b"@t") }.unwrap();
            let args = lua.run(&mut Alone, chunk, &[]).unwrap();
            results.push(String::from_utf8_lossy(lua.as_bytes(lua.arg(args, 1)).unwrap()).into_owned());
        }
        assert_eq!(results[0], results[1]);
    }
}
