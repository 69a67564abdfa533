//! `cjson`, the JSON library that Redis gives to scripts, with its settings.
//! See <https://kyne.com.au/~mark/software/lua-cjson-manual.html>.

use super::{cjson_decode, cjson_encode};
use crate::lua::{Args, Lua, Result, TableId, Value};

/// The functions, by the numbers that the Lua machine knows them by, counted from [`FIRST`].
const FUNCTIONS: &[(&str, fn(&mut Settings, &mut Lua, Args) -> Result<usize>)] = &[
    ("encode", encode),
    ("decode", decode),
    ("encode_sparse_array", encode_sparse_array),
    ("encode_max_depth", encode_max_depth),
    ("decode_max_depth", decode_max_depth),
    ("encode_number_precision", encode_number_precision),
    ("encode_keep_buffer", encode_keep_buffer),
    ("encode_invalid_numbers", encode_invalid_numbers),
    ("decode_invalid_numbers", decode_invalid_numbers),
    ("new", new),
];

/// The number of the first function, beyond those of `redis`.
pub const FIRST: u32 = 256;

/// JSON's null, which no Lua value is: the null pointer as a light userdata.
pub const NULL: u32 = 0;

/// What `cjson`'s setters set, for every later script too.
#[derive(Debug, Clone)]
pub struct Settings {
    pub sparse_convert: bool,
    pub sparse_ratio: i64,
    pub sparse_safe: i64,
    pub encode_max_depth: i64,
    pub decode_max_depth: i64,
    pub precision: i64,
    pub keep_buffer: bool,
    pub encode_invalid: Invalid,
    pub decode_invalid: bool,
}

/// What becomes of NaN and infinities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invalid {
    Refuse,
    Allow,
    Null,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            sparse_convert: false,
            sparse_ratio: 2,
            sparse_safe: 10,
            encode_max_depth: 1000,
            decode_max_depth: 1000,
            precision: 14,
            keep_buffer: true,
            encode_invalid: Invalid::Refuse,
            decode_invalid: true,
        }
    }
}

/// Makes the `cjson` table.
pub fn table(lua: &mut Lua) -> Result<TableId> {
    let cjson = lua.table(0, FUNCTIONS.len() + 3)?;
    lua.push(cjson.into());
    for (id, (name, _)) in FUNCTIONS.iter().enumerate() {
        lua.raw_set_name(cjson, name, Value::host_function(FIRST + id as u32))?;
    }
    lua.raw_set_name(cjson, "null", Value::light(NULL))?;
    for (name, text) in [("_NAME", "cjson"), ("_VERSION", "2.1.0")] {
        let text = lua.string(text.as_bytes())?;
        lua.raw_set_name(cjson, name, text)?;
    }
    lua.pop();
    Ok(cjson)
}

/// Calls a function by its number.
pub fn call(settings: &mut Settings, lua: &mut Lua, id: u32, args: Args) -> Result<usize> {
    match FUNCTIONS.get((id - FIRST) as usize) {
        Some((_, function)) => function(settings, lua, args),
        None => Ok(0),
    }
}

fn one_argument(lua: &mut Lua, args: Args) -> Result<()> {
    if args.count() == 1 { Ok(()) } else { Err(lua.arg_error(1, "expected 1 argument")) }
}

fn encode(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    one_argument(lua, args)?;
    let text = cjson_encode::encode(lua, lua.arg(args, 1), settings)?;
    let text = lua.string_owned(text)?;
    lua.push(text);
    Ok(1)
}

fn decode(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    one_argument(lua, args)?;
    let text = lua.arg_string(args, 1)?;
    // The machine owns the text and cannot lend it while it builds tables.
    let text = lua.str(text).to_vec();
    lua.spend(text.len() / 4)?;
    let value = cjson_decode::decode(lua, &text, settings)?;
    lua.push(value);
    Ok(1)
}

/// Makes another table with the same functions and settings.
fn new(_: &mut Settings, lua: &mut Lua, _: Args) -> Result<usize> {
    let cjson = table(lua)?;
    lua.push(cjson.into());
    Ok(1)
}

fn at_most(lua: &mut Lua, args: Args, count: usize) -> Result<()> {
    if args.count() <= count { Ok(()) } else { Err(lua.arg_error(count + 1, "found too many arguments")) }
}

fn set_integer(lua: &mut Lua, args: Args, n: usize, setting: &mut i64, least: i64, most: i64) -> Result<()> {
    if !lua.arg(args, n).is_nil() {
        let value = lua.arg_int(args, n)?;
        if !(least..=most).contains(&value) {
            return Err(lua.arg_error(n, &format!("expected integer between {least} and {most}")));
        }
        *setting = value;
    }
    lua.push(Value::number(*setting as f64));
    Ok(())
}

/// Reads a boolean, or one of its names, and answers which of `names` it is; 0 and 1 are `off` and `on`.
fn option(lua: &mut Lua, args: Args, n: usize, names: &[&str]) -> Result<Option<usize>> {
    let value = lua.arg(args, n);
    if value.is_nil() {
        return Ok(None);
    }
    if value == Value::TRUE || value == Value::FALSE {
        return Ok(Some(usize::from(value == Value::TRUE)));
    }
    let text = lua.arg_string(args, n)?;
    let text = String::from_utf8_lossy(lua.str(text)).into_owned();
    match names.iter().position(|name| *name == text) {
        Some(at) => Ok(Some(at)),
        None => Err(lua.arg_error(n, &format!("invalid option '{text}'"))),
    }
}

fn set_flag(lua: &mut Lua, args: Args, n: usize, setting: &mut bool) -> Result<()> {
    if let Some(on) = option(lua, args, n, &["off", "on"])? {
        *setting = on == 1;
    }
    lua.push(Value::boolean(*setting));
    Ok(())
}

fn encode_sparse_array(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 3)?;
    set_flag(lua, args, 1, &mut settings.sparse_convert)?;
    set_integer(lua, args, 2, &mut settings.sparse_ratio, 0, i32::MAX.into())?;
    set_integer(lua, args, 3, &mut settings.sparse_safe, 0, i32::MAX.into())?;
    Ok(3)
}

fn encode_max_depth(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 1)?;
    set_integer(lua, args, 1, &mut settings.encode_max_depth, 1, i32::MAX.into())?;
    Ok(1)
}

fn decode_max_depth(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 1)?;
    set_integer(lua, args, 1, &mut settings.decode_max_depth, 1, i32::MAX.into())?;
    Ok(1)
}

fn encode_number_precision(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 1)?;
    set_integer(lua, args, 1, &mut settings.precision, 1, 14)?;
    Ok(1)
}

fn encode_keep_buffer(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 1)?;
    set_flag(lua, args, 1, &mut settings.keep_buffer)?;
    Ok(1)
}

fn encode_invalid_numbers(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 1)?;
    if let Some(at) = option(lua, args, 1, &["off", "on", "null"])? {
        settings.encode_invalid = [Invalid::Refuse, Invalid::Allow, Invalid::Null][at];
    }
    match settings.encode_invalid {
        Invalid::Null => lua.push_string(b"null")?,
        other => lua.push(Value::boolean(other == Invalid::Allow)),
    }
    Ok(1)
}

fn decode_invalid_numbers(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 1)?;
    set_flag(lua, args, 1, &mut settings.decode_invalid)?;
    Ok(1)
}
