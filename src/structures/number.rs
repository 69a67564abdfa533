//! Numbers as Redis reads and prints them.

use super::grisu::Digits;
use std::io::Write;

/// Reads a decimal 64-bit integer in the one spelling that Redis accepts: no spaces, no `+`, no leading zeros, no `-0`.
#[inline]
pub fn parse_int(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    match digits {
        [b'0'] if !negative => return Some(0),
        [b'1'..=b'9', ..] if digits.len() <= 19 => {}
        _ => return None,
    }
    let mut value: u64 = 0;
    for &digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u64::from(digit - b'0');
    }
    if negative { (value <= 1 << 63).then(|| (value as i64).wrapping_neg()) } else { i64::try_from(value).ok() }
}

/// Reads an unsigned 64-bit integer as cursors and the parts of IDs are read: in the one spelling of [`parse_int`], or as
/// C's strtoull does. There blanks, a sign and zeros may come before the digits, what follows a zero byte does not count,
/// and `-` stands for the distance from 2^64.
pub fn parse_unsigned(text: &[u8]) -> Option<u64> {
    if let Some(value) = parse_int(text) {
        return u64::try_from(value).ok();
    }
    let text = text.split(|byte| *byte == 0).next()?.trim_ascii_start();
    let digits = text.strip_prefix(b"+").or(text.strip_prefix(b"-")).unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(if text[0] == b'-' { value.wrapping_neg() } else { value })
}

/// Reads the 32-bit integer that a text begins with, as C's atoi does: blanks and a sign may come before the digits, and
/// anything after them. Without digits it is 0.
pub fn leading_int(text: &[u8]) -> i32 {
    let text = text.trim_ascii_start();
    let digits = text.strip_prefix(b"+").or(text.strip_prefix(b"-")).unwrap_or(text);
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    let sign = if text.starts_with(b"-") { -1 } else { 1 };
    let digits = digits.map(|digit| sign * i64::from(digit - b'0'));
    digits.fold(0i64, |value, digit| value.saturating_mul(10).saturating_add(digit)) as i32
}

/// Reads a double as Redis does with C's strtod: decimal or hexadecimal, `inf` and `infinity` in any case; no spaces,
/// no NaN, nothing left over. A number that is too large or too small for a double is none, unless Redis reads it in
/// its short way: up to 19 digits times a power of ten within reach.
pub fn parse_double(text: &[u8]) -> Option<f64> {
    let value = nearest_double(text)?;
    // strtod reports overflow and underflow as range errors: only a spelt-out infinity is one, only zeros are zero.
    let written = || text.iter().take_while(|byte| **byte | 32 != b'e' && **byte | 32 != b'p');
    let out_of_range = if value == 0.0 {
        let hex = text.iter().any(|byte| byte | 32 == b'x');
        written().any(|byte| matches!(byte, b'1'..=b'9') || hex && byte.is_ascii_hexdigit() && *byte != b'0')
    } else {
        value.is_infinite() && text.iter().any(u8::is_ascii_digit)
    };
    if out_of_range && !is_short(text) { None } else { Some(value) }
}

/// Tells whether a decimal number has no more than 19 digits that matter, and the last of them a place from -342 to 308.
fn is_short(text: &[u8]) -> bool {
    let text = std::str::from_utf8(text).unwrap_or_default().trim_start_matches(['-', '+']);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let digits = digits.trim_start_matches('0');
    let place = exponent.parse().map_or(i64::MAX, |exponent: i64| exponent.saturating_sub(fraction.len() as i64));
    digits.len() <= 19 && digits.bytes().all(|byte| byte.is_ascii_digit()) && (-342..=308).contains(&place)
}

/// Reads a double as [`parse_double`] does, but takes infinity for a number that is too large and 0 for one that is too
/// small.
pub fn nearest_double(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?;
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    let magnitude = match digits.as_bytes().first()? {
        b'0' if digits.len() > 1 && digits.as_bytes()[1] | 32 == b'x' => parse_hex(&digits[2..])?,
        b'0'..=b'9' | b'.' => digits.parse().ok()?,
        _ if digits.eq_ignore_ascii_case("inf") || digits.eq_ignore_ascii_case("infinity") => f64::INFINITY,
        _ => return None,
    };
    Some(sign * magnitude)
}

/// Reads C's hexadecimal floating notation after the `0x`, rounded to the nearest double.
fn parse_hex(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.find(['p', 'P']) {
        Some(at) => (&text[..at], exponent(&text[at + 1..])?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // The first digits that matter; the last bit stands for all that follow.
    let (mut bits, mut scale) = (0u64, exponent);
    for (at, digit) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = u64::from(digit.to_digit(16)?);
        if bits >> 60 == 0 {
            bits = bits << 4 | digit;
        } else {
            bits |= u64::from(digit > 0);
            scale = scale.saturating_add(4);
        }
        scale = scale.saturating_sub(if at >= whole.len() { 4 } else { 0 });
    }
    Some(scaled(bits, scale))
}

/// Reads the exponent of a hexadecimal number; one that is far too large is as large as can be.
fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    const FAR: i64 = i64::MAX / 4;
    let exponent = digits.parse().unwrap_or(FAR).min(FAR);
    Some(if text.starts_with('-') { -exponent } else { exponent })
}

/// Answers the double nearest to `bits` times two to the power of `scale`, the even one of two.
fn scaled(bits: u64, scale: i64) -> f64 {
    if bits == 0 {
        return 0.0;
    }
    let (bits, scale) = (bits << bits.leading_zeros(), scale.saturating_sub(bits.leading_zeros().into()));
    // Of 64 bits so many are dropped: 11, and more of a number below the least normal one.
    let dropped = (-1074 - scale).max(11);
    if dropped > 64 {
        return 0.0;
    }
    let (kept, rest) = (u128::from(bits) >> dropped, u128::from(bits) & ((1 << dropped) - 1));
    let half = 1u128 << (dropped - 1);
    let kept = kept + u128::from(rest > half || rest == half && kept & 1 == 1);
    let scale = (scale + dropped).clamp(-1074, 2000) as i32;
    // Two steps, for neither of the factors may leave the range.
    kept as f64 * f64::powi(2.0, scale / 2) * f64::powi(2.0, scale - scale / 2)
}

/// Prints a 64-bit integer.
pub fn format_int(value: i64) -> Vec<u8> {
    let mut out = Vec::with_capacity(20);
    write_int(&mut out, value);
    out
}

/// Appends a 64-bit integer in decimal.
#[inline]
pub fn write_int(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(int_digits(value, &mut [0; 20]));
}

/// Prints a 64-bit integer into `buffer` and shows the part of it that was needed.
#[inline]
pub fn int_digits(value: i64, buffer: &mut [u8; 20]) -> &[u8] {
    let mut at = buffer.len();
    let mut wide = value.unsigned_abs();
    // Division by a constant is cheap for 32 bits, and for 64 it is not on wasm.
    while wide > u64::from(u32::MAX) {
        at -= 1;
        buffer[at] = b'0' + (wide % 10) as u8;
        wide /= 10;
    }
    let mut rest = wide as u32;
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    &buffer[at..]
}

/// Prints a double as scores are printed since Redis 7.2: the shortest digits that read back to the same number.
pub fn format_double(value: f64) -> Vec<u8> {
    let mut out = Vec::with_capacity(24);
    write_double(&mut out, value);
    out
}

/// Appends a double in the form of [`format_double`].
///
/// Whole numbers up to 2^62 print as integers. Otherwise the decimal point is written out while that takes few zeros,
/// as the fpconv library lays the digits of Grisu2 out.
pub fn write_double(out: &mut Vec<u8>, value: f64) {
    if value.is_nan() {
        return out.extend_from_slice(b"nan");
    }
    if value.is_infinite() {
        return out.extend_from_slice(if value > 0.0 { b"inf" } else { b"-inf" });
    }
    if value == 0.0 {
        return out.extend_from_slice(if value.is_sign_negative() { b"-0" } else { b"0" });
    }
    if value.fract() == 0.0 && value.abs() <= (1u64 << 62) as f64 {
        return write_int(out, value as i64);
    }
    let digits = Digits::of(value.abs());
    // The number is `digits` times ten to the power of `scale`.
    let (digits, scale) = (digits.as_slice(), digits.scale);
    let count = digits.len() as i32;
    let exponent = scale + count - 1;
    if value < 0.0 {
        out.push(b'-');
    }
    if scale >= 0 && exponent < count + 7 {
        out.extend_from_slice(digits);
        out.resize(out.len() + scale as usize, b'0');
    } else if scale < 0 && (scale > -7 || exponent.abs() < 4) {
        let whole = count + scale;
        if whole <= 0 {
            out.extend_from_slice(b"0.");
            out.resize(out.len() + whole.unsigned_abs() as usize, b'0');
            out.extend_from_slice(digits);
        } else {
            out.extend_from_slice(&digits[..whole as usize]);
            out.push(b'.');
            out.extend_from_slice(&digits[whole as usize..]);
        }
    } else {
        out.push(digits[0]);
        if count > 1 {
            out.push(b'.');
            out.extend_from_slice(&digits[1..]);
        }
        let _ = write!(out, "e{exponent:+}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_one_spelling() {
        for (text, value) in [
            ("0", Some(0)),
            ("-1", Some(-1)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("-9223372036854775809", None),
            ("18446744073709551616", None),
            ("99999999999999999999", None),
            ("", None),
            ("-", None),
            ("-0", None),
            ("01", None),
            ("+1", None),
            (" 1", None),
            ("1 ", None),
        ] {
            assert_eq!(parse_int(text.as_bytes()), value, "{text:?}");
        }
    }

    #[test]
    fn integers_in_the_spellings_of_c() {
        for (text, value) in [
            ("0", Some(0)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("-1", None),
            ("-0", Some(0)),
            ("-18446744073709551614", Some(2)),
            (" +007", Some(7)),
            ("5\0x", Some(5)),
            ("5x", None),
            ("+-5", None),
            ("", None),
            ("\0", None),
        ] {
            assert_eq!(parse_unsigned(text.as_bytes()), value, "{text:?}");
        }
        for (text, value) in [
            ("12", 12),
            (" -3x", -3),
            ("1e2", 1),
            ("x", 0),
            ("", 0),
            ("99999999999999999999", -1),
            ("-99999999999999999999", 0),
        ] {
            assert_eq!(leading_int(text.as_bytes()), value, "{text:?}");
        }
    }

    #[test]
    fn doubles() {
        for (value, text) in [
            (0.1, "0.1"),
            (3.0, "3"),
            (-0.0, "-0"),
            (1e20, "1e+20"),
            (1.5e300, "1.5e+300"),
            (1e-7, "1e-7"),
            (1e-6, "0.000001"),
            (1234.5678, "1234.5678"),
            (-17.25, "-17.25"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(String::from_utf8_lossy(&format_double(value)), text);
        }
        for (text, value) in [
            ("1e3", Some(1000.0)),
            ("0x10", Some(16.0)),
            ("0x1p-2", Some(0.25)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("-inf", Some(f64::NEG_INFINITY)),
            ("+Infinity", Some(f64::INFINITY)),
            ("nan", None),
            ("1e400", None),
            ("1e-400", None),
            ("0e-999", Some(0.0)),
            ("5e-324", Some(5e-324)),
            ("0x1p-1074", Some(5e-324)),
            ("0x1.8p-1074", Some(1e-323)),
            ("0x0.8p-1074", None),
            ("0x1.1p-1075", Some(5e-324)),
            ("0x1p1024", None),
            ("0x1.fffffffffffff7p1023", Some(f64::MAX)),
            ("0x1.fffffffffffff8p1023", None),
            ("0x1.000000000000080p0", Some(1.0)),
            ("0x1.000000000000081p0", Some(1.0 + f64::EPSILON)),
            ("0x10000000000000000000p-76", Some(1.0)),
            ("0x0p99999999999999999999", Some(0.0)),
            ("0x1p99999999999999999999", None),
            ("0x1p", None),
            ("0x.", None),
            (" 1", None),
            ("1x", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(parse_double(text.as_bytes()), value, "{text:?}");
        }
    }
}
