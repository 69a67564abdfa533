//! Functions: loaded code, closures, upvalues, natives.

use super::proto::Local;
use super::quick::Instruction;
use super::stack::{Loaded, UpvalueRef};
use super::value::Value;
use super::{Args, Host, Lua, Result};
use std::rc::Rc;

/// A function written in Rust: it finds its arguments in a window of the stack, pushes its results and returns
/// their number.
pub type Native = fn(&mut Lua, &mut dyn Host, Args) -> Result<usize>;

/// A compiled function in the heap, its constants interned.
pub(super) struct Function {
    /// Its own handle.
    pub(super) handle: u32,
    /// As the compiler made it: lines, names and rare instructions are looked up here.
    pub(super) code: Box<[u32]>,
    /// As the machine runs it.
    pub(super) quick: Box<[Instruction]>,
    pub(super) constants: Box<[Value]>,
    /// Handles of the functions defined inside this one.
    pub(super) children: Box<[u32]>,
    pub(super) lines: Box<[u32]>,
    pub(super) locals: Box<[Local]>,
    pub(super) upvalue_names: Box<[Box<[u8]>]>,
    pub(super) source: Rc<[u8]>,
    /// The lines of `function` and of its `end`; 0 for a main chunk.
    pub(super) line_defined: u32,
    pub(super) last_line_defined: u32,
    /// The fuel that a call costs beyond a step, for code that is long without a loop.
    pub(super) cost: u32,
    pub(super) upvalue_count: u8,
    pub(super) param_count: u8,
    pub(super) is_vararg: u8,
    pub(super) max_stack: u8,
    /// The registers below this one must be nil when it begins, as far as no arguments fill parameters.
    pub(super) clean: u8,
    /// The slots that a call needs, for a function whose arguments stay where they are; without end for one with `...`.
    pub(super) room: u32,
    /// A CALL whose B is at least this leaves nothing to be set to nil.
    pub(super) enough: u16,
    /// Loaded by the embedder: it outlives regions until unloaded.
    pub(super) is_pinned: bool,
    /// What was counted for it.
    pub(super) bytes: usize,
}

/// The handle of a loaded function, which outlives regions until [`Lua::unload`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FunctionId(pub(super) u32);

/// Upvalues that fit in a closure's slot.
const INLINE: usize = 4;

/// A Lua function: code and upvalues.
pub(super) struct Closure {
    pub(super) code: Loaded,
    /// The handle of the table of globals.
    pub(super) environment: u32,
    inline: [UpvalueRef; INLINE],
    more: Option<Box<[UpvalueRef]>>,
}

impl Default for Closure {
    fn default() -> Closure {
        Closure::new(None, 0)
    }
}

impl Closure {
    pub(super) fn new(code: Option<&Function>, environment: u32) -> Closure {
        let count = code.map_or(0, |code| code.upvalue_count as usize);
        let more = (count > INLINE).then(|| vec![UpvalueRef::NONE; count - INLINE].into());
        Closure { code: Loaded::new(code), environment, inline: [UpvalueRef::NONE; INLINE], more }
    }

    /// Gives an upvalue.
    #[inline(always)]
    pub(super) fn upvalue(&self, index: u32) -> UpvalueRef {
        match self.inline.get(index as usize) {
            Some(&upvalue) => upvalue,
            None => self.more.as_ref().map_or(UpvalueRef::NONE, |more| more[index as usize - INLINE]),
        }
    }

    pub(super) fn set_upvalue(&mut self, index: u32, upvalue: UpvalueRef) {
        match self.inline.get_mut(index as usize) {
            Some(slot) => *slot = upvalue,
            None => {
                if let Some(more) = &mut self.more {
                    more[index as usize - INLINE] = upvalue;
                }
            }
        }
    }

    pub(super) fn upvalue_count(&self) -> u32 {
        self.code.get().map_or(0, |code| code.upvalue_count as u32)
    }

    pub(super) fn bytes(&self) -> usize {
        size_of::<Closure>() + self.more.as_ref().map_or(0, |more| size_of_val(&**more))
    }
}

/// A native function with values of its own.
pub(super) struct NativeClosure {
    pub(super) function: Native,
    pub(super) upvalues: Box<[Value]>,
}

impl NativeClosure {
    pub(super) fn bytes(&self) -> usize {
        size_of::<NativeClosure>() + size_of_val(&*self.upvalues)
    }
}

impl Default for NativeClosure {
    fn default() -> NativeClosure {
        NativeClosure { function: |_, _, _| Ok(0), upvalues: Box::default() }
    }
}
