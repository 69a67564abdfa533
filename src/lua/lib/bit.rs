//! The bit library: operations on 32-bit integers. See <https://bitop.luajit.org/api.html>.

use crate::lua::{Args, Host, Lua, Native, Result};

/// In the order of the original, which `pairs` shows.
const FUNCTIONS: &[(&str, Native)] = &[
    ("tobit", |lua, _, args| map(lua, args, |x| x)),
    ("bnot", |lua, _, args| map(lua, args, |x| !x)),
    ("band", |lua, _, args| fold(lua, args, |x, y| x & y)),
    ("bor", |lua, _, args| fold(lua, args, |x, y| x | y)),
    ("bxor", |lua, _, args| fold(lua, args, |x, y| x ^ y)),
    ("lshift", |lua, _, args| shift(lua, args, |x, n| x << n)),
    ("rshift", |lua, _, args| shift(lua, args, |x, n| x >> n)),
    ("arshift", |lua, _, args| shift(lua, args, |x, n| (x as i32 >> n) as u32)),
    ("rol", |lua, _, args| shift(lua, args, u32::rotate_left)),
    ("ror", |lua, _, args| shift(lua, args, u32::rotate_right)),
    ("bswap", |lua, _, args| map(lua, args, u32::swap_bytes)),
    ("tohex", tohex),
];

/// Makes the library's table, the global `bit`.
pub fn open(lua: &mut Lua) -> Result<()> {
    let library = lua.table(0, FUNCTIONS.len())?;
    lua.register(library, FUNCTIONS)?;
    lua.raw_set_name(lua.globals(), "bit", library.into())
}

/// Reads a number modulo 2^32, rounded to the nearest: the sum has the integer in its low bits.
fn arg_bits(lua: &mut Lua, args: Args, n: usize) -> Result<u32> {
    const TWO_52_AND_51: f64 = 6_755_399_441_055_744.0;
    let sum = lua.arg_number(args, n)? + TWO_52_AND_51;
    Ok(if sum.is_nan() { 0 } else { sum.to_bits() as u32 })
}

fn push_bits(lua: &mut Lua, bits: u32) -> Result<usize> {
    lua.push(f64::from(bits as i32).into());
    Ok(1)
}

fn map(lua: &mut Lua, args: Args, operation: fn(u32) -> u32) -> Result<usize> {
    let bits = arg_bits(lua, args, 1)?;
    push_bits(lua, operation(bits))
}

fn fold(lua: &mut Lua, args: Args, operation: fn(u32, u32) -> u32) -> Result<usize> {
    let mut bits = arg_bits(lua, args, 1)?;
    // The original reads the others from the last to the second: messages show that.
    for n in (2..=args.count()).rev() {
        bits = operation(bits, arg_bits(lua, args, n)?);
    }
    push_bits(lua, bits)
}

fn shift(lua: &mut Lua, args: Args, operation: fn(u32, u32) -> u32) -> Result<usize> {
    let (bits, count) = (arg_bits(lua, args, 1)?, arg_bits(lua, args, 2)?);
    push_bits(lua, operation(bits, count & 31))
}

fn tohex(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let bits = arg_bits(lua, args, 1)?;
    let count = if args.count() < 2 { 8 } else { arg_bits(lua, args, 2)? as i32 };
    let digits = if count < 0 { format!("{bits:08X}") } else { format!("{bits:08x}") };
    let shown = count.unsigned_abs().min(8) as usize;
    lua.push_string(digits[8 - shown..].as_bytes())?;
    Ok(1)
}
