//! Lua values to JSON text, with `cjson`'s rules for what is an array.

use super::cjson::{IS_ARRAY, Invalid, NULL, Settings};
use crate::lua::number::{non_finite, write_general};
use crate::lua::{Lua, LuaError, Result, TableId, Value, View};

/// The deepest nesting whatever the settings say: the reference implementation's stack holds no more either.
const DEEPEST: i64 = 2600;

/// Encodes a value.
pub fn encode(lua: &mut Lua, value: Value, settings: &Settings) -> Result<Vec<u8>> {
    let mut encoder = Encoder { lua, settings, out: Vec::new() };
    encoder.value(value, 0)?;
    Ok(encoder.out)
}

struct Encoder<'a> {
    lua: &'a mut Lua,
    settings: &'a Settings,
    out: Vec<u8>,
}

impl Encoder<'_> {
    fn value(&mut self, value: Value, depth: i64) -> Result<()> {
        match value.view() {
            View::String(text) => string(&mut self.out, self.lua.str(text)),
            View::Number(number) => self.number(number)?,
            View::Boolean(true) => self.out.extend_from_slice(b"true"),
            View::Boolean(false) => self.out.extend_from_slice(b"false"),
            View::Table(table) => return self.table(table, depth + 1),
            View::Nil | View::Light(NULL) => self.out.extend_from_slice(b"null"),
            _ => return Err(self.refuse(value, "type not supported")),
        }
        Ok(())
    }

    #[cold]
    fn refuse(&mut self, value: Value, reason: &str) -> LuaError {
        self.lua.error(&format!("Cannot serialise {}: {reason}", value.kind().name()))
    }

    fn table(&mut self, table: TableId, depth: i64) -> Result<()> {
        if depth > self.settings.encode_max_depth.min(DEEPEST) {
            return Err(self.lua.error(&format!("Cannot serialise, excessive nesting ({depth})")));
        }
        if self.is_marked(table) {
            return self.array(table, self.lua.raw_len(table) as i64, depth);
        }
        match self.array_length(table)? {
            Some(length) if length > 0 => self.array(table, length, depth),
            _ => self.object(table, depth),
        }
    }

    /// Tells whether its metatable says that a table is an array, empty or not.
    fn is_marked(&self, table: TableId) -> bool {
        let metatable = self.lua.metatable(table.into());
        metatable.is_some_and(|metatable| !self.lua.raw_get_name(metatable, IS_ARRAY).is_falsy())
    }

    /// Answers the greatest index of a table whose keys are all positive integers; `None` for any other.
    fn array_length(&mut self, table: TableId) -> Result<Option<i64>> {
        let (mut most, mut items) = (0.0f64, 0i64);
        let mut is_array = true;
        for (key, _) in self.lua.entries(table) {
            match key.as_number() {
                Some(index) if index >= 1.0 && index.floor() == index => {
                    most = most.max(index);
                    items += 1;
                }
                _ => {
                    is_array = false;
                    break;
                }
            }
        }
        self.lua.spend(items as usize / 4)?;
        if !is_array {
            return Ok(None);
        }
        let (settings, most) = (self.settings, most as i64);
        let sparse = settings.sparse_ratio > 0
            && most > items.saturating_mul(settings.sparse_ratio)
            && most > settings.sparse_safe;
        match (sparse, settings.sparse_convert) {
            (false, _) => Ok(Some(most)),
            (true, true) => Ok(None),
            (true, false) => Err(self.lua.error("Cannot serialise table: excessively sparse array")),
        }
    }

    fn array(&mut self, table: TableId, length: i64, depth: i64) -> Result<()> {
        self.out.push(b'[');
        for at in 1..=length {
            if at > 1 {
                self.out.push(b',');
            }
            let item = self.lua.raw_get_int(table, at);
            self.value(item, depth)?;
            self.account()?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn object(&mut self, table: TableId, depth: i64) -> Result<()> {
        self.out.push(b'{');
        let mut key = Value::NIL;
        let mut first = true;
        while let Some((name, value)) = self.lua.next(table, key)? {
            if !std::mem::take(&mut first) {
                self.out.push(b',');
            }
            match name.view() {
                View::String(text) => string(&mut self.out, self.lua.str(text)),
                View::Number(number) => {
                    self.out.push(b'"');
                    self.number(number)?;
                    self.out.push(b'"');
                }
                _ => return Err(self.refuse(name, "table key must be a number or string")),
            }
            self.out.push(b':');
            self.value(value, depth)?;
            self.account()?;
            key = name;
        }
        self.out.push(b'}');
        Ok(())
    }

    /// Counts the work and what it has written: tables that share others can grow without bound.
    fn account(&mut self) -> Result<()> {
        self.lua.spend(1)?;
        self.lua.reserve_string(self.out.len())
    }

    fn number(&mut self, number: f64) -> Result<()> {
        if !number.is_finite() {
            match self.settings.encode_invalid {
                Invalid::Refuse => return Err(self.refuse(Value::number(number), "must not be NaN or Inf")),
                Invalid::Null => {
                    self.out.extend_from_slice(b"null");
                    return Ok(());
                }
                Invalid::Allow if number.is_nan() => {
                    self.out.extend_from_slice(b"nan");
                    return Ok(());
                }
                Invalid::Allow => {
                    self.out.extend_from_slice(non_finite(number));
                    return Ok(());
                }
            }
        }
        write_general(&mut self.out, number, self.settings.precision as usize, false);
        Ok(())
    }
}

/// Appends a string in quotes. Control characters, quotes, backslashes and slashes are escaped.
fn string(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    let mut plain = 0;
    for (at, &byte) in text.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'/' => b"\\/",
            8 => b"\\b",
            9 => b"\\t",
            10 => b"\\n",
            12 => b"\\f",
            13 => b"\\r",
            0..32 | 127 => b"",
            _ => continue,
        };
        out.extend_from_slice(&text[plain..at]);
        plain = at + 1;
        if escape.is_empty() {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(escape);
        }
    }
    out.extend_from_slice(&text[plain..]);
    out.push(b'"');
}
