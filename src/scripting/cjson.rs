//! `cjson`, the JSON library that Redis gives to scripts, with its settings.
//! See <https://kyne.com.au/~mark/software/lua-cjson-manual.html>.

use super::{cjson_decode, cjson_encode};
use crate::lua::{Args, Host, Lua, Result, TableId, Value};

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
    ("decode_array_with_array_mt", decode_array_with_array_mt),
    ("new", new),
];

/// The number of the first function, beyond those of `redis`.
pub const FIRST: u32 = 256;

/// JSON's null, which no Lua value is: the null pointer as a light userdata.
pub const NULL: u32 = 0;

/// The field of a metatable whose tables are encoded as arrays.
pub const IS_ARRAY: &str = "__is_cjson_array";

/// What `cjson`'s setters set, for every later script too; what `cjson.new` makes has its own.
#[derive(Debug, Clone, PartialEq)]
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
    /// Arrays get a metatable with [`IS_ARRAY`].
    pub marks_arrays: bool,
}

/// What becomes of NaN and infinities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invalid {
    Refuse,
    Allow,
    Null,
}

const INVALID: [Invalid; 3] = [Invalid::Refuse, Invalid::Allow, Invalid::Null];

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
            marks_arrays: false,
        }
    }
}

/// Makes the `cjson` table.
pub fn table(lua: &mut Lua) -> Result<TableId> {
    fill(lua, |_, id| Ok(Value::host_function(id)))
}

fn fill(lua: &mut Lua, make: impl Fn(&mut Lua, u32) -> Result<Value>) -> Result<TableId> {
    // It grows as the original's does, whose order `pairs` shows.
    let cjson = lua.table(0, 0)?;
    lua.push(cjson.into());
    for (id, (name, _)) in (FIRST..).zip(FUNCTIONS) {
        let function = make(lua, id)?;
        lua.raw_set_name(cjson, name, function)?;
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
    let Some((_, function)) = FUNCTIONS.get((id - FIRST) as usize) else { return Ok(0) };
    // The natives that `new` makes know where their settings are.
    let Some(store) = lua.upvalue(1).as_table() else { return function(settings, lua, args) };
    let before = Settings::read(lua, store);
    let mut own = before.clone();
    let outcome = function(&mut own, lua, args);
    if own != before {
        own.write(lua, store)?;
    }
    outcome
}

impl Settings {
    /// Reads the settings that a Lua table keeps for [`new`].
    fn read(lua: &Lua, store: TableId) -> Settings {
        let integer = |at| lua.raw_get_int(store, at).as_number().unwrap_or_default() as i64;
        let flag = |at| lua.raw_get_int(store, at) == Value::TRUE;
        Settings {
            sparse_convert: flag(1),
            sparse_ratio: integer(2),
            sparse_safe: integer(3),
            encode_max_depth: integer(4),
            decode_max_depth: integer(5),
            precision: integer(6),
            keep_buffer: flag(7),
            encode_invalid: INVALID[integer(8) as usize % INVALID.len()],
            decode_invalid: flag(9),
            marks_arrays: flag(10),
        }
    }

    fn write(&self, lua: &mut Lua, store: TableId) -> Result<()> {
        let integer = |value: i64| Value::number(value as f64);
        let values = [
            Value::boolean(self.sparse_convert),
            integer(self.sparse_ratio),
            integer(self.sparse_safe),
            integer(self.encode_max_depth),
            integer(self.decode_max_depth),
            integer(self.precision),
            Value::boolean(self.keep_buffer),
            integer(self.encode_invalid as i64),
            Value::boolean(self.decode_invalid),
            Value::boolean(self.marks_arrays),
        ];
        for (at, value) in values.into_iter().enumerate() {
            lua.raw_set_int(store, at as i64 + 1, value)?;
        }
        Ok(())
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

/// Makes another table with the same functions, and settings of its own.
fn new(_: &mut Settings, lua: &mut Lua, _: Args) -> Result<usize> {
    let store = lua.table(10, 0)?;
    lua.push(store.into());
    Settings::default().write(lua, store)?;
    let cjson =
        fill(lua, |lua, id| lua.native_closure(with_own_settings, &[Value::number(f64::from(id)), store.into()]))?;
    lua.push(cjson.into());
    Ok(1)
}

fn with_own_settings(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let id = lua.upvalue(0).as_number().unwrap_or_default() as u32;
    host.call(lua, id, args)
}

fn at_most(lua: &mut Lua, args: Args, count: usize) -> Result<()> {
    if args.count() <= count { Ok(()) } else { Err(lua.arg_error(count + 1, "found too many arguments")) }
}

fn set_integer(lua: &mut Lua, args: Args, n: usize, setting: &mut i64, least: i64, most: i64) -> Result<()> {
    if !lua.arg(args, n).is_nil() {
        let value = lua.arg_int(args, n)?;
        if !(least..=most).contains(&value) {
            // The original names the first argument, whichever it is.
            return Err(lua.arg_error(1, format!("expected integer between {least} and {most}")));
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
    match names.iter().position(|name| name.as_bytes() == lua.str(text)) {
        Some(at) => Ok(Some(at)),
        None => {
            let message = [b"invalid option '", lua.str(text), b"'"].concat();
            Err(lua.arg_error(n, message))
        }
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
        settings.encode_invalid = INVALID[at];
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

fn decode_array_with_array_mt(settings: &mut Settings, lua: &mut Lua, args: Args) -> Result<usize> {
    at_most(lua, args, 1)?;
    set_flag(lua, args, 1, &mut settings.marks_arrays)?;
    Ok(1)
}
