//! `struct`, the library for packed C structures that Redis gives to scripts.
//! See <https://www.inf.puc-rio.br/~roberto/struct/>.

use crate::lua::{Args, Host, Lua, LuaError, Native, Result, Str, TableId, Value};

const FUNCTIONS: &[(&str, Native)] = &[("pack", pack), ("unpack", unpack), ("size", size)];

/// The largest integer, in bytes.
const MAX_INTEGER: u64 = 32;
/// The alignment that `!` alone asks for: that of a double.
const MAX_ALIGNMENT: u64 = 8;

/// Makes the `struct` table.
pub fn table(lua: &mut Lua) -> Result<TableId> {
    let library = lua.table(0, FUNCTIONS.len())?;
    lua.push(library.into());
    lua.register(library, FUNCTIONS)?;
    lua.pop();
    Ok(library)
}

/// A format, read option by option up to its first zero byte.
struct Format {
    text: Str,
    at: usize,
    is_big: bool,
    alignment: u64,
}

impl Format {
    /// Begins a format: the machine's own order of bytes is the little one, and nothing is aligned.
    fn new(text: Str) -> Format {
        Format { text, at: 0, is_big: false, alignment: 1 }
    }

    fn peek(&self, lua: &Lua) -> Option<u8> {
        lua.str(self.text).get(self.at).copied().filter(|&byte| byte != 0)
    }

    /// Takes the next option and the size that it has; 0 if it has none.
    fn next(&mut self, lua: &mut Lua) -> Result<Option<(u8, u64)>> {
        let Some(option) = self.peek(lua) else { return Ok(None) };
        self.at += 1;
        lua.spend(1)?;
        let size = match option {
            b'b' | b'B' | b'x' => 1,
            b'h' | b'H' => 2,
            b'f' => 4,
            b'l' | b'L' | b'T' | b'd' => 8,
            b'c' => self.number(lua, 1)?,
            b'i' | b'I' => {
                let size = self.number(lua, 4)?;
                if size > MAX_INTEGER {
                    let message = format!("integral size {size} is larger than limit of {MAX_INTEGER}");
                    return Err(lua.error(&message));
                }
                size
            }
            _ => 0,
        };
        Ok(Some((option, size)))
    }

    /// Takes the number behind an option.
    fn number(&mut self, lua: &mut Lua, default: u64) -> Result<u64> {
        let mut value = None;
        while let Some(digit) = self.peek(lua).filter(u8::is_ascii_digit) {
            let next = value.unwrap_or(0) * 10 + u64::from(digit - b'0');
            if next > i32::MAX as u64 {
                return Err(lua.error("integral size overflow"));
            }
            value = Some(next);
            self.at += 1;
        }
        Ok(value.unwrap_or(default))
    }

    /// The bytes to skip at a position so that what follows is aligned.
    fn padding(&self, position: u64, option: u8, size: u64) -> u64 {
        if size == 0 || option == b'c' {
            return 0;
        }
        let size = size.min(self.alignment);
        size.wrapping_sub(position & (size - 1)) & (size - 1)
    }

    /// Obeys an option that stands for no data.
    fn control(&mut self, lua: &mut Lua, option: u8) -> Result<()> {
        match option {
            b' ' => {}
            b'>' => self.is_big = true,
            b'<' => self.is_big = false,
            b'!' => {
                let alignment = self.number(lua, MAX_ALIGNMENT)?;
                if !alignment.is_power_of_two() {
                    let message = format!("alignment {alignment} is not a power of 2");
                    return Err(lua.error(&message));
                }
                self.alignment = alignment;
            }
            _ => return Err(lua.arg_error(1, &format!("invalid format option '{}'", option as char))),
        }
        Ok(())
    }

    /// Puts bytes, the lowest first, into the order of the format.
    fn ordered(&self, bytes: &mut [u8]) {
        if self.is_big {
            bytes.reverse();
        }
    }
}

/// Makes an integer of a number as C on x86-64 does.
fn to_integer(x: f64) -> u64 {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    match x {
        _ if x >= 2.0 * TWO_63 => 0,
        _ if x >= TWO_63 => x as u64,
        _ if x >= -TWO_63 => x as i64 as u64,
        _ => 1 << 63,
    }
}

/// Makes sure that there is an argument for an option. The original keeps a nil behind the last one.
fn check_argument(lua: &mut Lua, args: Args, n: usize, expected: &str) -> Result<()> {
    if n != args.count() + 1 {
        return Ok(());
    }
    Err(lua.arg_error(n, &format!("{expected} expected, got nil")))
}

fn pack(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let mut format = Format::new(lua.arg_string(args, 1)?);
    let mut out: Vec<u8> = Vec::new();
    // The position as the original counts it: not the bytes written.
    let (mut n, mut position) = (2, 0u64);
    while let Some((option, size)) = format.next(lua)? {
        let mut size = size;
        let padding = format.padding(position, option, size);
        lua.reserve_string(out.len() + padding as usize + 64)?;
        lua.spend(padding as usize / 64)?;
        out.resize(out.len() + padding as usize, 0);
        position += padding;
        match option {
            b'b' | b'B' | b'h' | b'H' | b'l' | b'L' | b'T' | b'i' | b'I' => {
                check_argument(lua, args, n, "number")?;
                let mut bytes = [0; MAX_INTEGER as usize];
                bytes[..8].copy_from_slice(&to_integer(lua.arg_number(args, n)?).to_le_bytes());
                let bytes = &mut bytes[..size as usize];
                format.ordered(bytes);
                out.extend_from_slice(bytes);
                n += 1;
            }
            b'x' => out.push(0),
            b'f' | b'd' => {
                check_argument(lua, args, n, "number")?;
                let x = lua.arg_number(args, n)?;
                let mut bytes =
                    if option == b'f' { (x as f32).to_le_bytes().to_vec() } else { x.to_le_bytes().to_vec() };
                format.ordered(&mut bytes);
                out.extend(bytes);
                n += 1;
            }
            b'c' | b's' => {
                check_argument(lua, args, n, "string")?;
                let text = lua.arg_string(args, n)?;
                n += 1;
                let bytes = lua.str(text);
                if size == 0 {
                    size = bytes.len() as u64;
                }
                let Some(bytes) = bytes.get(..size as usize) else {
                    return Err(lua.arg_error(n, "string too short"));
                };
                lua.spend(bytes.len() / 64)?;
                lua.reserve_string(out.len() + bytes.len() + 1)?;
                out.extend_from_slice(bytes);
                if option == b's' {
                    out.push(0);
                    size += 1;
                }
            }
            _ => format.control(lua, option)?,
        }
        position += size;
    }
    let packed = lua.string_owned(out)?;
    lua.push(packed);
    Ok(1)
}

/// Reads an integer of any size, its lowest byte first; only the low 64 bits count.
fn read_integer(bytes: &[u8], is_signed: bool) -> f64 {
    let value = bytes.iter().rev().fold(0u64, |value, &byte| value << 8 | u64::from(byte));
    if !is_signed {
        return value as f64;
    }
    // Beyond 64 bits the shift wraps, as x86-64 has it.
    let sign = u64::MAX.wrapping_shl((bytes.len() as u32 * 8).wrapping_sub(1));
    (if value & sign != 0 { value | sign } else { value }) as i64 as f64
}

fn unpack(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let mut format = Format::new(lua.arg_string(args, 1)?);
    let data = lua.arg_string(args, 2)?;
    let length = lua.str(data).len() as u64;
    // A negative offset is a large one.
    let offset = lua.opt_int(args, 3, 1)? as u64;
    if offset == 0 {
        return Err(lua.arg_error(3, "offset must be 1 or greater"));
    }
    let (mut position, mut count) = (offset - 1, 0);
    while let Some((option, size)) = format.next(lua)? {
        let mut size = size;
        position = position.wrapping_add(format.padding(position, option, size));
        check_room(lua, position, size, length)?;
        lua.check_stack(2, "too many results")?;
        let at = position as usize;
        match option {
            b'b' | b'B' | b'h' | b'H' | b'l' | b'L' | b'T' | b'i' | b'I' | b'f' | b'd' => {
                let mut bytes = lua.str(data)[at..at + size as usize].to_vec();
                format.ordered(&mut bytes);
                let low = bytes.iter().rev().fold(0u64, |value, &byte| value << 8 | u64::from(byte));
                let x = match option {
                    b'f' => f64::from(f32::from_bits(low as u32)),
                    b'd' => f64::from_bits(low),
                    _ => read_integer(&bytes, option.is_ascii_lowercase()),
                };
                lua.push(x.into());
                count += 1;
            }
            b'c' => {
                if size == 0 {
                    let previous = if count > 0 { lua.slot(lua.top() - 1) } else { Value::NIL };
                    let Some(wanted) = lua.to_number(previous) else {
                        return Err(lua.error("format 'c0' needs a previous size"));
                    };
                    lua.pop();
                    count -= 1;
                    size = to_integer(wanted);
                    check_room(lua, position, size, length)?;
                }
                push_part(lua, data, at, size as usize)?;
                count += 1;
            }
            b's' => {
                let Some(end) = lua.str(data)[at..].iter().position(|&byte| byte == 0) else {
                    return Err(lua.error("unfinished string in data"));
                };
                push_part(lua, data, at, end)?;
                size = end as u64 + 1;
                count += 1;
            }
            b'x' => {}
            _ => format.control(lua, option)?,
        }
        position += size;
    }
    lua.push((position.wrapping_add(1) as i64 as f64).into());
    Ok(count + 1)
}

fn check_room(lua: &mut Lua, position: u64, size: u64, length: u64) -> std::result::Result<(), LuaError> {
    if size <= length && position <= length - size { Ok(()) } else { Err(lua.arg_error(2, "data string too short")) }
}

fn push_part(lua: &mut Lua, data: Str, at: usize, length: usize) -> Result<()> {
    lua.spend(length / 64)?;
    lua.reserve_string(length)?;
    let bytes = lua.str(data)[at..at + length].to_vec();
    let part = lua.string_owned(bytes)?;
    lua.push(part);
    Ok(())
}

fn size(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let mut format = Format::new(lua.arg_string(args, 1)?);
    let mut position = 0u64;
    while let Some((option, size)) = format.next(lua)? {
        position += format.padding(position, option, size);
        match option {
            b's' => return Err(lua.arg_error(1, "option 's' has no fixed size")),
            b'c' if size == 0 => return Err(lua.arg_error(1, "option 'c0' has no fixed size")),
            _ if !option.is_ascii_alphanumeric() => format.control(lua, option)?,
            _ => {}
        }
        position += size;
    }
    lua.push((position as i64 as f64).into());
    Ok(1)
}
