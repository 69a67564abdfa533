//! `string.dump`: a compiled function in the reference implementation's format, as on a little-endian 64-bit machine.
//! Nothing here loads it again.

use crate::lua::function::Function;
use crate::lua::heap::Heap;
use crate::lua::value::{Value, View};
use crate::lua::{Args, Host, Lua, Result};

/// The signature, the version 5.1 and the sizes of int, size_t, instruction and number.
const HEADER: &[u8] = b"\x1bLua\x51\0\x01\x04\x08\x04\x08\0";

/// `string.dump(function)`
pub fn dump(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let View::Closure(closure) = lua.arg_function(args, 1)?.view() else {
        return Err(lua.error("unable to dump given function"));
    };
    let mut out = HEADER.to_vec();
    let code = lua.heap.closures[closure.0].code.get();
    if let Some(function) = code {
        lua.spend(function.bytes / 8)?;
        write_function(&lua.heap, &mut out, function, Some(&function.source));
    }
    let out = lua.string_owned(out)?;
    lua.push(out);
    Ok(1)
}

/// Functions nest no deeper than the compiler's levels. Those inside another have no name of their own.
fn write_function(heap: &Heap, out: &mut Vec<u8>, function: &Function, source: Option<&[u8]>) {
    write_string(out, source);
    write_count(out, function.line_defined as usize);
    write_count(out, function.last_line_defined as usize);
    out.extend([function.upvalue_count, function.param_count, function.is_vararg, function.max_stack]);
    write_list(out, &function.code, |out, instruction| out.extend(instruction.to_le_bytes()));
    write_list(out, &function.constants, |out, constant| write_constant(heap, out, *constant));
    write_count(out, function.children.len());
    for child in function.children.iter().filter_map(|&child| heap.functions[child].as_deref()) {
        write_function(heap, out, child, None);
    }
    write_list(out, &function.lines, |out, line| out.extend(line.to_le_bytes()));
    write_list(out, &function.locals, |out, local| {
        write_string(out, Some(&local.name));
        out.extend(local.start_pc.to_le_bytes());
        out.extend(local.end_pc.to_le_bytes());
    });
    write_list(out, &function.upvalue_names, |out, name| write_string(out, Some(name)));
}

fn write_constant(heap: &Heap, out: &mut Vec<u8>, constant: Value) {
    match constant.view() {
        View::Boolean(value) => out.extend([1, u8::from(value)]),
        View::Number(number) => {
            out.push(3);
            out.extend(number.to_le_bytes());
        }
        View::String(string) => {
            out.push(4);
            write_string(out, Some(heap.strings.bytes(string.handle())));
        }
        _ => out.push(0),
    }
}

fn write_count(out: &mut Vec<u8>, count: usize) {
    out.extend((count as u32).to_le_bytes());
}

fn write_list<T>(out: &mut Vec<u8>, items: &[T], write: impl Fn(&mut Vec<u8>, &T)) {
    write_count(out, items.len());
    items.iter().for_each(|item| write(out, item));
}

/// A string stands behind its length and before a zero byte; none has the length 0.
fn write_string(out: &mut Vec<u8>, text: Option<&[u8]>) {
    match text {
        Some(text) => {
            out.extend((text.len() as u64 + 1).to_le_bytes());
            out.extend_from_slice(text);
            out.push(0);
        }
        None => out.extend(0u64.to_le_bytes()),
    }
}
