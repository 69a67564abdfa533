//! A compiled function, as the compiler leaves it and the machine loads it.

use std::rc::Rc;

/// A constant of a function.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    Nil,
    Boolean(bool),
    Number(f64),
    String(Box<[u8]>),
}

/// The life of a local variable: it holds its register from `start_pc` up to, and without, `end_pc`.
///
/// The locals of a function stand in the order of their declaration; those alive at one instruction fill the
/// registers from 0 upwards.
#[derive(Clone, Debug)]
pub struct Local {
    pub name: Box<[u8]>,
    pub start_pc: u32,
    pub end_pc: u32,
}

/// The function has `...`.
pub const VARARG: u8 = 2;
/// The function declares `arg`, the table of extra arguments of Lua 5.0, in the register after its parameters.
pub const HAS_ARG: u8 = 1;
/// The function does not use `...`, so `arg` must be filled in.
pub const NEEDS_ARG: u8 = 4;

/// A compiled function.
#[derive(Clone, Debug)]
pub struct Proto {
    /// The instructions; see [`opcode`](super::opcode).
    pub code: Vec<u32>,
    pub constants: Vec<Constant>,
    /// The functions defined directly inside this one.
    pub protos: Vec<Proto>,
    /// The source line of each instruction.
    pub lines: Vec<u32>,
    pub locals: Vec<Local>,
    pub upvalue_names: Vec<Box<[u8]>>,
    /// The chunk's name: `@file`, `=label` or the source text itself.
    pub source: Rc<[u8]>,
    /// The line of `function`; 0 for a main chunk.
    pub line_defined: u32,
    pub last_line_defined: u32,
    pub upvalue_count: u8,
    pub param_count: u8,
    /// A sum of [`VARARG`], [`HAS_ARG`] and [`NEEDS_ARG`].
    pub is_vararg: u8,
    /// The number of registers that the function needs, at least 2.
    pub max_stack: u8,
    /// The registers below this one must be nil when the function begins, its parameters aside: no instruction sets
    /// them to nil first.
    pub clean: u8,
}

/// Makes the name that messages give to a chunk, shorter than `size` bytes: `@file` reads `file`, `=label` reads
/// `label`, and the text of a script reads `[string "its first line"]`. What is too long is cut and marked with `...`.
///
/// Errors at run time have 60 bytes for it, syntax errors 80.
pub fn chunk_id(source: &[u8], size: usize) -> Vec<u8> {
    let source = source.split(|&byte| byte == 0).next().unwrap_or_default();
    match source.first() {
        Some(b'=') => source[1..].iter().copied().take(size - 1).collect(),
        Some(b'@') => {
            let (file, room) = (&source[1..], size - " '...' \0".len());
            match file.len().checked_sub(room) {
                None | Some(0) => file.to_vec(),
                Some(cut) => [b"...", &file[cut..]].concat(),
            }
        }
        _ => {
            let line = source.iter().position(|byte| b"\r\n".contains(byte)).unwrap_or(source.len());
            let shown = line.min(size - " [string \"...\"] \0".len());
            let cut: &[u8] = if shown < source.len() { b"..." } else { b"" };
            [b"[string \"", &source[..shown], cut, b"\"]"].concat()
        }
    }
}
