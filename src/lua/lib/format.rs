//! `string.format`: C's `printf`, digit by digit.

use crate::lua::heap::append_short;
use crate::lua::{Args, Host, Lua, Result, number};
use std::io::Write;

/// A conversion: what stands between `%` and its letter.
#[derive(Default)]
struct Spec {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

/// The flags that a conversion may have, each at most once in all.
const MAX_FLAGS: usize = 5;
/// A string of so many bytes is not padded, if it has no precision.
const LONG_STRING: usize = 100;

impl Spec {
    /// Reads flags, width and precision; returns how many bytes they take.
    fn read(text: &[u8]) -> std::result::Result<(Spec, usize), &'static str> {
        let mut spec = Spec::default();
        let mut at = 0;
        while let Some(&flag) = text.get(at) {
            match flag {
                b'-' => spec.left = true,
                b'+' => spec.plus = true,
                b' ' => spec.space = true,
                b'#' => spec.alternate = true,
                b'0' => spec.zero = true,
                _ => break,
            }
            at += 1;
        }
        if at > MAX_FLAGS {
            return Err("invalid format (repeated flags)");
        }
        let two_digits = |at: &mut usize| {
            let mut value = 0;
            for _ in 0..2 {
                if let Some(digit) = text.get(*at).filter(|byte| byte.is_ascii_digit()) {
                    value = value * 10 + usize::from(digit - b'0');
                    *at += 1;
                }
            }
            value
        };
        spec.width = two_digits(&mut at);
        if text.get(at) == Some(&b'.') {
            at += 1;
            spec.precision = Some(two_digits(&mut at));
        }
        if text.get(at).is_some_and(u8::is_ascii_digit) {
            return Err("invalid format (width or precision too long)");
        }
        Ok((spec, at))
    }

    /// Appends a number, its sign or prefix and its digits, filled up to the width.
    fn pad(&self, out: &mut Vec<u8>, prefix: &[u8], digits: &[u8], zero: bool) {
        let missing = self.width.saturating_sub(prefix.len() + digits.len());
        if missing > 0 && !self.left && !zero {
            out.extend(std::iter::repeat_n(b' ', missing));
        }
        append_short(out, prefix);
        if missing > 0 && !self.left && zero {
            out.extend(std::iter::repeat_n(b'0', missing));
        }
        append_short(out, digits);
        if missing > 0 && self.left {
            out.extend(std::iter::repeat_n(b' ', missing));
        }
    }

    fn sign(&self, is_negative: bool) -> &'static [u8] {
        match (is_negative, self.plus, self.space) {
            (true, ..) => b"-",
            (_, true, _) => b"+",
            (_, _, true) => b" ",
            _ => b"",
        }
    }

    /// Appends an integer in digits, as many at least as the precision says, or `least`.
    fn integer(&self, out: &mut Vec<u8>, prefix: &[u8], digits: &[u8], least: usize) {
        let digits = if self.precision == Some(0) && digits == b"0" { b"" } else { digits };
        let missing = self.precision.unwrap_or(0).max(least).saturating_sub(digits.len());
        let zero = self.zero && self.precision.is_none();
        if missing == 0 {
            return self.pad(out, prefix, digits, zero);
        }
        let mut longer = vec![b'0'; missing];
        longer.extend_from_slice(digits);
        self.pad(out, prefix, &longer, zero);
    }

    fn signed(&self, out: &mut Vec<u8>, value: i64) {
        self.integer(out, self.sign(value < 0), Digits::new::<10>(value.unsigned_abs(), false).get(), 0);
    }

    fn unsigned(&self, out: &mut Vec<u8>, value: u64, letter: u8) {
        let digits = match letter {
            b'o' => Digits::new::<8>(value, false),
            b'x' | b'X' => Digits::new::<16>(value, letter == b'X'),
            _ => Digits::new::<10>(value, false),
        };
        let prefix: &[u8] = match letter {
            b'x' if self.alternate && value != 0 => b"0x",
            b'X' if self.alternate && value != 0 => b"0X",
            _ => b"",
        };
        // The first digit of an octal number must be 0, whatever the precision leaves.
        let least = if letter == b'o' && self.alternate { digits.get().len() + usize::from(value != 0) } else { 0 };
        self.integer(out, prefix, digits.get(), least);
    }

    fn float(&self, out: &mut Vec<u8>, x: f64, letter: u8) {
        let start = out.len();
        out.extend_from_slice(self.sign(x.is_sign_negative()));
        let after_sign = out.len();
        let precision = self.precision.unwrap_or(6);
        let absolute = x.abs();
        if !x.is_finite() {
            out.extend_from_slice(if x.is_nan() { b"nan" } else { b"inf" });
        } else {
            match letter.to_ascii_lowercase() {
                b'f' => {
                    if !number::write_fixed(out, absolute, precision) {
                        let _ = write!(out, "{absolute:.precision$}");
                    }
                    if self.alternate && precision == 0 {
                        out.push(b'.');
                    }
                }
                b'e' => scientific(out, absolute, precision, self.alternate),
                _ => number::write_general(out, absolute, precision, self.alternate),
            }
        }
        if letter.is_ascii_uppercase() {
            out[after_sign..].make_ascii_uppercase();
        }
        let missing = self.width.saturating_sub(out.len() - start);
        if missing > 0 {
            let zero = self.zero && x.is_finite() && !self.left;
            out.extend(std::iter::repeat_n(if zero { b'0' } else { b' ' }, missing));
            if !self.left {
                out[if zero { after_sign } else { start }..].rotate_right(missing);
            }
        }
    }

    /// Appends text as C would: up to its first zero byte.
    fn text(&self, out: &mut Vec<u8>, text: &[u8]) {
        let end = text.iter().position(|&byte| byte == 0).unwrap_or(text.len());
        let shown = end.min(self.precision.unwrap_or(end));
        self.pad(out, b"", &text[..shown], false);
    }
}

/// The digits of an integer.
struct Digits {
    bytes: [u8; 22],
    start: usize,
}

impl Digits {
    fn new<const RADIX: u64>(mut value: u64, is_upper: bool) -> Digits {
        let names = if is_upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
        let mut digits = Digits { bytes: [0; 22], start: 22 };
        loop {
            digits.start -= 1;
            digits.bytes[digits.start] = names[(value % RADIX) as usize];
            value /= RADIX;
            if value == 0 {
                return digits;
            }
        }
    }

    fn get(&self) -> &[u8] {
        &self.bytes[self.start..]
    }
}

fn exponent_of(scientific: &[u8]) -> (usize, i32) {
    let split = scientific.iter().position(|&byte| byte == b'e').unwrap_or(scientific.len());
    let exponent = scientific.get(split + 1..).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
    (split, exponent.unwrap_or(0))
}

/// `%e` of a number that is finite and not negative.
fn scientific(out: &mut Vec<u8>, x: f64, precision: usize, alternate: bool) {
    let start = out.len();
    let _ = write!(out, "{x:.precision$e}");
    let (split, exponent) = exponent_of(&out[start..]);
    out.truncate(start + split);
    if alternate && precision == 0 {
        out.push(b'.');
    }
    number::write_exponent(out, exponent);
}

/// Converts as C on x86-64 does: a negative number wraps, 2^64 and more is 0, what is no number is 2^63.
fn to_unsigned(x: f64) -> u64 {
    const TWO_63: f64 = 9_223_372_036_854_775_808.0;
    if x >= 2.0 * TWO_63 {
        0
    } else if x >= TWO_63 {
        x as u64
    } else if x >= -TWO_63 {
        x as i64 as u64
    } else {
        1 << 63
    }
}

/// Appends a string so that Lua reads it back.
fn quote(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    for &byte in text {
        match byte {
            b'"' | b'\\' | b'\n' => out.extend_from_slice(&[b'\\', byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            0 => out.extend_from_slice(b"\\000"),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}

/// `string.format(format, ...)`
pub fn format(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let format = lua.arg_string(args, 1)?;
    let length = lua.str(format).len();
    lua.spend(length / 8)?;
    let mut out = std::mem::take(&mut lua.scratch);
    out.clear();
    let (mut at, mut arg) = (0, 1);
    while at < length {
        let rest = &lua.str(format)[at..];
        if rest[0] != b'%' {
            let plain = rest.iter().position(|&byte| byte == b'%').unwrap_or(rest.len());
            append_short(&mut out, &rest[..plain]);
            at += plain;
            continue;
        }
        if rest.get(1) == Some(&b'%') {
            out.push(b'%');
            at += 2;
            continue;
        }
        arg += 1;
        if arg > args.count() {
            return Err(lua.arg_error(arg, "no value"));
        }
        let (spec, used) = match Spec::read(&rest[1..]) {
            Ok(read) => read,
            Err(message) => return Err(lua.error(message)),
        };
        let letter = lua.str(format).get(at + 1 + used).copied().unwrap_or(0);
        at += used + 2;
        match letter {
            b'c' => {
                // C makes an int of it: what does not fit is the least one.
                let byte = i32::try_from(lua.arg_int(args, arg)?).unwrap_or(i32::MIN) as u8;
                let start = out.len();
                spec.pad(&mut out, b"", &[byte], false);
                if byte == 0
                    && let Some(end) = out[start..].iter().position(|&byte| byte == 0)
                {
                    out.truncate(start + end);
                }
            }
            b'd' | b'i' => spec.signed(&mut out, lua.arg_int(args, arg)?),
            b'o' | b'u' | b'x' | b'X' => spec.unsigned(&mut out, to_unsigned(lua.arg_number(args, arg)?), letter),
            b'e' | b'E' | b'f' | b'g' | b'G' => spec.float(&mut out, lua.arg_number(args, arg)?, letter),
            b'q' => {
                let string = lua.arg_string(args, arg)?;
                let most = lua.str(string).len().saturating_mul(4).saturating_add(2);
                lua.spend(most / 32)?;
                lua.reserve_string(out.len().saturating_add(most))?;
                quote(&mut out, lua.str(string));
            }
            b's' => {
                let string = lua.arg_string(args, arg)?;
                let bytes = lua.str(string);
                lua.spend(bytes.len() / 64)?;
                lua.reserve_string(out.len().saturating_add(bytes.len()))?;
                if spec.precision.is_none() && bytes.len() >= LONG_STRING {
                    out.extend_from_slice(bytes);
                } else {
                    spec.text(&mut out, bytes);
                }
            }
            _ => {
                let mut message = b"invalid option '%".to_vec();
                message.extend((letter != 0).then_some(letter));
                message.extend_from_slice(b"' to 'format'");
                return Err(lua.error_bytes(&message));
            }
        }
        lua.reserve_string(out.len())?;
        lua.spend(1)?;
    }
    lua.push_string(&out)?;
    lua.scratch = out;
    Ok(1)
}
