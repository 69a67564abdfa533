//! A native's arguments, checked with the messages of the reference implementation's auxiliary library.

use super::Lua;
use super::error::{LuaError, Result};
use super::value::{Str, TableId, Value};

/// A window of the stack: the arguments of a native, or the results of a call. Arguments count from 1.
#[derive(Clone, Copy, Debug)]
pub struct Args {
    pub(super) base: usize,
    count: usize,
}

impl Args {
    pub(super) fn new(base: usize, count: usize) -> Args {
        Args { base, count }
    }

    /// Gives the number of values.
    #[inline(always)]
    pub fn count(self) -> usize {
        self.count
    }

    /// Gives the stack slot of the first value, for [`Lua::slot`].
    pub fn first_slot(self) -> usize {
        self.base
    }
}

impl Lua {
    /// Reads an argument; nil if there is none.
    #[inline]
    pub fn arg(&self, args: Args, n: usize) -> Value {
        if n <= args.count && n > 0 { self.thread.stack.get(args.base + n - 1) } else { Value::NIL }
    }

    /// Reads an argument that must be there, nil or not.
    pub fn arg_any(&mut self, args: Args, n: usize) -> Result<Value> {
        if n > args.count {
            return Err(self.arg_error(n, "value expected"));
        }
        Ok(self.arg(args, n))
    }

    /// Reads a number, or a string that reads as one.
    #[inline]
    pub fn arg_number(&mut self, args: Args, n: usize) -> Result<f64> {
        let value = self.arg(args, n);
        match self.to_number(value) {
            Some(number) => Ok(number),
            None => Err(self.type_error(args, n, "number")),
        }
    }

    /// Reads a number and drops its fraction; what no 64-bit integer holds reads as the least one.
    #[inline]
    pub fn arg_int(&mut self, args: Args, n: usize) -> Result<i64> {
        Ok(to_int(self.arg_number(args, n)?))
    }

    /// Reads a string; a number is converted, in the argument's slot too.
    #[inline]
    pub fn arg_string(&mut self, args: Args, n: usize) -> Result<Str> {
        let value = self.arg(args, n);
        if let Some(string) = value.as_str() {
            return Ok(string);
        }
        match self.to_string(value)? {
            Some(string) => {
                self.thread.stack.set(args.base + n - 1, string.into());
                Ok(string)
            }
            None => Err(self.type_error(args, n, "string")),
        }
    }

    pub fn arg_table(&mut self, args: Args, n: usize) -> Result<TableId> {
        match self.arg(args, n).as_table() {
            Some(table) => Ok(table),
            None => Err(self.type_error(args, n, "table")),
        }
    }

    pub fn arg_function(&mut self, args: Args, n: usize) -> Result<Value> {
        let value = self.arg(args, n);
        if value.is_function() { Ok(value) } else { Err(self.type_error(args, n, "function")) }
    }

    /// Reads a number; the default stands for nil or nothing.
    pub fn opt_number(&mut self, args: Args, n: usize, default: f64) -> Result<f64> {
        if self.arg(args, n).is_nil() { Ok(default) } else { self.arg_number(args, n) }
    }

    /// Reads an integer; the default stands for nil or nothing.
    pub fn opt_int(&mut self, args: Args, n: usize, default: i64) -> Result<i64> {
        if self.arg(args, n).is_nil() { Ok(default) } else { self.arg_int(args, n) }
    }

    /// Reads a string, or `None` for nil or nothing.
    pub fn opt_string(&mut self, args: Args, n: usize) -> Result<Option<Str>> {
        if self.arg(args, n).is_nil() { Ok(None) } else { self.arg_string(args, n).map(Some) }
    }

    /// Makes "bad argument #N to 'NAME' (MESSAGE)", the name found in the calling code.
    #[cold]
    #[inline(never)]
    pub fn arg_error(&mut self, n: usize, message: impl AsRef<[u8]>) -> LuaError {
        let (kind, name) = match self.native_name() {
            Some(found) => found,
            None => ("", b"?".to_vec()),
        };
        // A method's self is not counted.
        let (before, after) = match n {
            1 if kind == "method" => ("calling '".to_string(), "' on bad self ("),
            n => (format!("bad argument #{} to '", n.saturating_sub(usize::from(kind == "method"))), "' ("),
        };
        self.error_bytes(&[before.as_bytes(), &name, after.as_bytes(), message.as_ref(), b")"].concat())
    }

    /// Makes "bad argument #N to 'NAME' (EXPECTED expected, got TYPE)".
    #[cold]
    #[inline(never)]
    pub fn type_error(&mut self, args: Args, n: usize, expected: &str) -> LuaError {
        let got = if n > args.count { "no value" } else { self.arg(args, n).kind().name() };
        self.arg_error(n, &format!("{expected} expected, got {got}"))
    }
}

/// Drops the fraction; what no 64-bit integer holds becomes the least one, as on x86-64.
fn to_int(number: f64) -> i64 {
    const LIMIT: f64 = (1u64 << 63) as f64;
    if (-LIMIT..LIMIT).contains(&number) { number as i64 } else { i64::MIN }
}
