//! `cmsgpack`, the MessagePack library that Redis gives to scripts. See <https://github.com/antirez/lua-cmsgpack> and
//! <https://github.com/msgpack/msgpack/blob/master/spec.md>.
//!
//! Neither direction recurses: tables that wait stand on a list of their own.

use crate::lua::{Args, Host, Lua, LuaError, Native, Result, Str, TableId, Value, View};

const FUNCTIONS: &[(&str, Native)] =
    &[("pack", pack), ("unpack", unpack), ("unpack_one", unpack_one), ("unpack_limit", unpack_limit)];

/// Tables nested deeper than this are packed as nil.
const MAX_NESTING: usize = 16;

/// Makes the `cmsgpack` table.
pub fn table(lua: &mut Lua) -> Result<TableId> {
    let library = lua.table(0, FUNCTIONS.len())?;
    lua.push(library.into());
    lua.register(library, FUNCTIONS)?;
    for (name, text) in [
        ("_NAME", "cmsgpack"),
        ("_VERSION", "lua-cmsgpack 0.4.0"),
        ("_COPYRIGHT", "Copyright (C) 2012, Salvatore Sanfilippo"),
        ("_DESCRIPTION", "MessagePack C implementation for Lua"),
    ] {
        let text = lua.string(text.as_bytes())?;
        lua.raw_set_name(library, name, text)?;
    }
    lua.pop();
    Ok(library)
}

fn pack(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    if args.count() == 0 {
        return Err(lua.arg_error(0, "MessagePack pack needs input."));
    }
    let mut out = Vec::new();
    for n in 1..=args.count() {
        encode(lua, &mut out, lua.arg(args, n), 0)?;
    }
    let packed = lua.string_owned(out)?;
    lua.push(packed);
    Ok(1)
}

/// Packs a value; it nests at most [`MAX_NESTING`] deep.
fn encode(lua: &Lua, out: &mut Vec<u8>, value: Value, level: usize) -> Result<()> {
    lua.spend(1)?;
    match value.view() {
        View::String(text) => {
            let bytes = lua.str(text);
            lua.spend(bytes.len() / 64)?;
            lua.reserve_string(out.len() + bytes.len() + 5)?;
            match bytes.len() {
                length @ 0..32 => out.push(0xa0 | length as u8),
                length @ 32..0x100 => out.extend([0xd9, length as u8]),
                length => encode_length(out, length, 0xda, 0xdb),
            }
            out.extend_from_slice(bytes);
        }
        View::Boolean(truth) => out.push(0xc2 + u8::from(truth)),
        View::Number(x) => encode_number(out, x),
        View::Table(table) if level < MAX_NESTING => encode_table(lua, out, table, level)?,
        _ => out.push(0xc0),
    }
    lua.reserve_string(out.len())
}

/// Writes a length that has no short form, behind the byte for 16 or for 32 bits.
fn encode_length(out: &mut Vec<u8>, length: usize, short: u8, long: u8) {
    match u16::try_from(length) {
        Ok(length) => {
            out.push(short);
            out.extend(length.to_be_bytes());
        }
        Err(_) => {
            out.push(long);
            out.extend((length as u32).to_be_bytes());
        }
    }
}

/// Packs an integer in as few bytes as it needs, anything else as a float if that is exact, else as a double.
fn encode_number(out: &mut Vec<u8>, x: f64) {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if x.trunc() == x && (-TWO_63..TWO_63).contains(&x) {
        encode_integer(out, x as i64);
    } else if f64::from(x as f32) == x {
        out.push(0xca);
        out.extend((x as f32).to_be_bytes());
    } else {
        out.push(0xcb);
        out.extend(x.to_be_bytes());
    }
}

fn encode_integer(out: &mut Vec<u8>, n: i64) {
    let bytes = n.to_be_bytes();
    let (letter, size) = match n {
        -32..=127 => return out.push(n as u8),
        128..=0xff => (0xcc, 1),
        0x100..=0xffff => (0xcd, 2),
        0x1_0000..=0xffff_ffff => (0xce, 4),
        0.. => (0xcf, 8),
        -0x80.. => (0xd0, 1),
        -0x8000.. => (0xd1, 2),
        -0x8000_0000.. => (0xd2, 4),
        _ => (0xd3, 8),
    };
    out.push(letter);
    out.extend_from_slice(&bytes[8 - size..]);
}

fn encode_table(lua: &Lua, out: &mut Vec<u8>, table: TableId, level: usize) -> Result<()> {
    if let Some(length) = array_length(lua, table) {
        match length {
            0..16 => out.push(0x90 | length as u8),
            _ => encode_length(out, length, 0xdc, 0xdd),
        }
        for index in 1..=length {
            encode(lua, out, lua.raw_get_int(table, index as i64), level + 1)?;
        }
    } else {
        match lua.entries(table).count() {
            length @ 0..16 => out.push(0x80 | length as u8),
            length => encode_length(out, length, 0xde, 0xdf),
        }
        for (key, value) in lua.entries(table) {
            encode(lua, out, key, level + 1)?;
            encode(lua, out, value, level + 1)?;
        }
    }
    Ok(())
}

/// Gives the length of a table whose keys are the integers from 1 to it.
fn array_length(lua: &Lua, table: TableId) -> Option<usize> {
    let (mut count, mut most) = (0usize, 0.0f64);
    for (key, _) in lua.entries(table) {
        let n = key.as_number().filter(|&n| n > 0.0 && n.trunc() == n && n <= f64::from(i32::MAX))?;
        most = most.max(n);
        count += 1;
    }
    (most == count as f64).then_some(count)
}

fn unpack(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    decode_all(lua, args, 0, 0)
}

fn unpack_one(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let offset = lua.opt_int(args, 2, 0)?;
    decode_all(lua, args, 1, offset)
}

fn unpack_limit(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let limit = lua.arg_int(args, 2)?;
    let offset = lua.opt_int(args, 3, 0)?;
    decode_all(lua, args, limit, offset)
}

/// Pushes up to `limit` values from `offset` on, behind the offset of what follows them (-1 at the end); without a
/// limit and an offset, all the values alone.
fn decode_all(lua: &mut Lua, args: Args, limit: i64, offset: i64) -> Result<usize> {
    let source = lua.arg_string(args, 1)?;
    let length = lua.str(source).len();
    if limit < 0 || offset < 0 {
        let offset = offset as i32;
        let message = format!("Invalid request to unpack with offset of {offset} and limit of {length}.");
        return Err(lua.error(&message));
    }
    if offset > length as i64 {
        let offset = offset as i32;
        let message = format!("Start offset {offset} greater than input length {length}.");
        return Err(lua.error(&message));
    }
    let is_whole = limit == 0 && offset == 0;
    let limit = if is_whole { i64::MAX } else { limit };
    let mark = lua.top();
    if !is_whole {
        lua.push(Value::NIL);
    }
    let mut input = Input { source, at: offset as usize };
    let mut count = 0;
    while input.at < length && (count as i64) < limit {
        if let Err(failure) = decode(lua, &mut input) {
            return Err(match failure {
                Failure::Missing => lua.error("Missing bytes in input."),
                Failure::Malformed => lua.error("Bad data format in input."),
                Failure::Raised(error) => error,
            });
        }
        count += 1;
    }
    if !is_whole {
        let next = if input.at == length { -1.0 } else { input.at as f64 };
        lua.set_slot(mark, next.into());
        count += 1;
    }
    Ok(count)
}

/// Why a value cannot be unpacked.
enum Failure {
    Missing,
    Malformed,
    Raised(LuaError),
}

impl From<LuaError> for Failure {
    fn from(error: LuaError) -> Failure {
        Failure::Raised(error)
    }
}

struct Input {
    source: Str,
    at: usize,
}

impl Input {
    /// Takes so many bytes, eight at most, as a big-endian number.
    fn number(&mut self, lua: &Lua, size: usize) -> std::result::Result<u64, Failure> {
        let rest = lua.str(self.source).get(self.at..).ok_or(Failure::Missing)?;
        let number = match rest.first_chunk() {
            Some(eight) => u64::from_be_bytes(*eight) >> (64 - 8 * size),
            None => {
                rest.get(..size).ok_or(Failure::Missing)?.iter().fold(0, |value, &byte| value << 8 | u64::from(byte))
            }
        };
        self.at += size;
        Ok(number)
    }

    /// Takes a string.
    fn text(&mut self, lua: &mut Lua, length: usize) -> std::result::Result<Value, Failure> {
        lua.spend(length / 64)?;
        let (start, whole) = (self.at, lua.str(self.source).len());
        let end = start.checked_add(length).filter(|end| *end <= whole).ok_or(Failure::Missing)?;
        self.at = end;
        Ok(lua.substring(self.source, start, end)?)
    }
}

/// A table that is being filled. It is on Lua's stack, and behind it the key of the entry at hand.
struct Open {
    table: TableId,
    is_map: bool,
    has_key: bool,
    /// The index of the newest entry of an array.
    index: usize,
    /// Entries to come.
    left: usize,
}

enum Item {
    Value(Value),
    Array(usize),
    Map(usize),
}

fn read_item(lua: &mut Lua, input: &mut Input) -> std::result::Result<Item, Failure> {
    let letter = input.number(lua, 1)? as u8;
    let value: Value = match letter {
        0..0x80 => f64::from(letter).into(),
        0x80..0x90 => return Ok(Item::Map(usize::from(letter & 15))),
        0x90..0xa0 => return Ok(Item::Array(usize::from(letter & 15))),
        0xa0..0xc0 => input.text(lua, usize::from(letter & 31))?,
        0xc0 => Value::NIL,
        0xc2 | 0xc3 => (letter == 0xc3).into(),
        0xca => f64::from(f32::from_bits(input.number(lua, 4)? as u32)).into(),
        0xcb => f64::from_bits(input.number(lua, 8)?).into(),
        // As Redis has it: of 2^63 and more it makes a negative number.
        0xcc..=0xcf => (input.number(lua, 1 << (letter - 0xcc))? as i64 as f64).into(),
        0xd0 => f64::from(input.number(lua, 1)? as i8).into(),
        0xd1 => f64::from(input.number(lua, 2)? as i16).into(),
        0xd2 => f64::from(input.number(lua, 4)? as i32).into(),
        0xd3 => (input.number(lua, 8)? as i64 as f64).into(),
        0xd9..=0xdb => {
            let length = input.number(lua, 1 << (letter - 0xd9))? as usize;
            input.text(lua, length)?
        }
        0xdc | 0xdd => return Ok(Item::Array(input.number(lua, 2 << (letter - 0xdc))? as usize)),
        0xde | 0xdf => return Ok(Item::Map(input.number(lua, 2 << (letter - 0xde))? as usize)),
        0xe0.. => f64::from(letter as i8).into(),
        _ => return Err(Failure::Malformed),
    };
    Ok(Item::Value(value))
}

/// Reads one value and pushes it.
fn decode(lua: &mut Lua, input: &mut Input) -> std::result::Result<(), Failure> {
    let mut open: Vec<Open> = Vec::new();
    loop {
        lua.spend(1)?;
        lua.check_stack(1, "too many return values at once; use unpack_one or unpack_limit instead.")?;
        let mut done = match read_item(lua, input)? {
            Item::Value(value) => value,
            item @ (Item::Array(left) | Item::Map(left)) => {
                let is_map = matches!(item, Item::Map(_));
                let table = lua.table(0, 0)?;
                lua.push(table.into());
                let kind =
                    if is_map { "in function mp_decode_to_lua_hash" } else { "in function mp_decode_to_lua_array" };
                lua.check_stack(1, kind)?;
                open.push(Open { table, is_map, has_key: false, index: 0, left });
                match close_full(lua, &mut open) {
                    Some(table) => table,
                    None => continue,
                }
            }
        };
        // Put the value where it belongs, and then every table that it completes.
        loop {
            let Some(outer) = open.last_mut() else {
                lua.push(done);
                return Ok(());
            };
            if outer.is_map && !outer.has_key {
                outer.has_key = true;
                lua.push(done);
                break;
            }
            outer.left -= 1;
            if outer.is_map {
                outer.has_key = false;
                let key = lua.pop();
                lua.raw_set(outer.table, key, done)?;
            } else {
                outer.index += 1;
                lua.raw_set_int(outer.table, outer.index as i64, done)?;
            }
            match close_full(lua, &mut open) {
                Some(table) => done = table,
                None => break,
            }
        }
    }
}

/// Takes the innermost table off if it has all its entries.
fn close_full(lua: &mut Lua, open: &mut Vec<Open>) -> Option<Value> {
    open.pop_if(|table| table.left == 0)?;
    Some(lua.pop())
}
