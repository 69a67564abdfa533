//! The 80-bit floating-point numbers of x87, in software: INCRBYFLOAT and HINCRBYFLOAT add in them.
//!
//! Redis adds C's `long double`, which on x86 has a mantissa of 64 bits, and prints 17 digits after the point. Doubles
//! would show: `0.1 + 0.2` is `0.3` in the one and `0.30000000000000004` in the other. Here every operation is exact
//! and rounded once, to the nearest, ties to even. See <https://redis.io/docs/latest/commands/incrbyfloat/>.

use std::cmp::Ordering;

/// The longest text that Redis reads as a number, in bytes.
const TEXT_MAX: usize = 5 * 1024 - 1;
/// The exponents of the lowest bit of the mantissa: of the smallest numbers, and of the greatest.
const EXPONENT_MIN: i32 = -16445;
const EXPONENT_MAX: i32 = 16320;
/// The exponent of infinity.
const INFINITE: i32 = i32::MAX;
/// The digits after the point that are printed, and ten to that power.
const DECIMALS: usize = 17;
const DECIMAL_UNIT: u128 = 10u128.pow(DECIMALS as u32);

/// A number, `mantissa` times 2 to the power of `exponent`, or an infinity.
///
/// The highest bit of the mantissa is set, unless the exponent is the lowest that there is.
#[derive(Debug, Clone, Copy)]
pub struct LongDouble {
    negative: bool,
    mantissa: u64,
    exponent: i32,
}

impl LongDouble {
    pub const ZERO: LongDouble = LongDouble { negative: false, mantissa: 0, exponent: EXPONENT_MIN };
    /// The greatest number.
    pub const MAX: LongDouble = LongDouble { negative: false, mantissa: u64::MAX, exponent: EXPONENT_MAX };
    /// The least number.
    pub const MIN: LongDouble = LongDouble { negative: true, ..LongDouble::MAX };

    /// Reads a number as Redis does with C's strtold: decimal or hexadecimal, `inf` and `infinity` in any case. No
    /// spaces, no NaN, nothing left over, and no number that is written out but too great or too small to be held.
    pub fn parse(text: &[u8]) -> Option<LongDouble> {
        if text.len() > TEXT_MAX {
            return None;
        }
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        if digits.eq_ignore_ascii_case(b"inf") || digits.eq_ignore_ascii_case(b"infinity") {
            return Some(LongDouble { negative, mantissa: 0, exponent: INFINITE });
        }
        let magnitude = match digits {
            [b'0', b'x' | b'X', hex @ ..] => parse_hex(hex)?,
            _ => parse_decimal(digits)?,
        };
        Some(LongDouble { negative, ..magnitude })
    }

    /// Tells that the number is not an infinity.
    pub fn is_finite(self) -> bool {
        self.exponent != INFINITE
    }

    fn is_zero(self) -> bool {
        self.mantissa == 0 && self.is_finite()
    }

    /// Answers the sum, or `None` if that is an infinity or not a number.
    pub fn checked_add(self, other: LongDouble) -> Option<LongDouble> {
        if !self.is_finite() || !other.is_finite() {
            return None;
        }
        let (high, low) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // 62 bits below the greater number's mantissa keep the lesser one exactly, or leave only its being there to
        // be told by the lowest bit, far below where rounding looks.
        let distance = (high.exponent - low.exponent) as u32;
        let wide = u128::from(low.mantissa) << 62;
        let shifted = wide.checked_shr(distance).unwrap_or(0);
        let lost = wide != shifted.checked_shl(distance).unwrap_or(0);
        let (high_bits, low_bits) = (u128::from(high.mantissa) << 62, shifted | u128::from(lost));
        let (negative, bits) = if high.negative == low.negative {
            (high.negative, high_bits + low_bits)
        } else if high_bits >= low_bits {
            (high.negative, high_bits - low_bits)
        } else {
            (low.negative, low_bits - high_bits)
        };
        let sum = round(bits, high.exponent - 62, false);
        sum.is_finite().then_some(LongDouble { negative, ..sum })
    }

    /// Answers the nearest double.
    pub fn to_f64(self) -> f64 {
        let magnitude = if !self.is_finite() {
            f64::INFINITY
        } else if self.mantissa == 0 {
            0.0
        } else {
            nearest_f64(self.mantissa, self.exponent)
        };
        if self.negative { -magnitude } else { magnitude }
    }

    /// Prints the number as C's `%.17Lf` does, without zeros at the end.
    pub fn format(self) -> Vec<u8> {
        let mut text = Vec::new();
        if self.negative {
            text.push(b'-');
        }
        if !self.is_finite() {
            text.extend_from_slice(b"inf");
        } else if self.exponent >= 0 {
            let mut whole = Natural::from(self.mantissa);
            whole.shift_left(self.exponent as u32);
            whole.write(&mut text);
        } else {
            // Below 2^-128 nothing is left to print.
            let shift = self.exponent.unsigned_abs();
            let scaled = u128::from(self.mantissa) * DECIMAL_UNIT;
            let units = if shift < 128 { shift_right_to_even(scaled, shift, false) } else { 0 };
            let (whole, part) = (units / DECIMAL_UNIT, units % DECIMAL_UNIT);
            text.extend_from_slice(format!("{whole}.{part:0DECIMALS$}").as_bytes());
            let kept = text.iter().rposition(|&digit| digit != b'0').map_or(0, |at| at + 1);
            text.truncate(kept - usize::from(text[kept - 1] == b'.'));
            if text == b"-0" {
                text.remove(0);
            }
        }
        text
    }
}

/// The digits that AROP prints.
const SIGNIFICANT: usize = 17;

impl LongDouble {
    /// Prints the number as C's `%.17Lg` does.
    pub fn format_general(self) -> Vec<u8> {
        let sign = if self.negative { "-" } else { "" };
        if !self.is_finite() {
            return format!("{sign}inf").into_bytes();
        }
        if self.is_zero() {
            return format!("{sign}0").into_bytes();
        }
        // The digits of the whole number that is left when the point is moved to the end.
        let decimals = (-self.exponent).max(0) as u32;
        let halved = self.mantissa.trailing_zeros().min(decimals);
        let decimals = decimals - halved;
        let mut whole = Natural::from(self.mantissa >> halved);
        whole.shift_left(self.exponent.max(0) as u32);
        (0..decimals).for_each(|_| whole.multiply_add(5, 0));
        let mut digits = Vec::new();
        whole.write(&mut digits);
        let mut exponent = digits.len() as i32 - 1 - decimals as i32;
        if digits.len() > SIGNIFICANT {
            let rest = digits.split_off(SIGNIFICANT);
            let beyond = rest[1..].iter().any(|&digit| digit != b'0');
            let odd = digits[SIGNIFICANT - 1] % 2 == 1;
            if rest[0] > b'5' || (rest[0] == b'5' && (beyond || odd)) {
                match digits.iter().rposition(|&digit| digit != b'9') {
                    Some(at) => {
                        digits[at] += 1;
                        digits.truncate(at + 1);
                    }
                    None => {
                        digits = vec![b'1'];
                        exponent += 1;
                    }
                }
            }
        }
        let kept = digits.iter().rposition(|&digit| digit != b'0').map_or(1, |at| at + 1);
        digits.truncate(kept);
        let digits = String::from_utf8_lossy(&digits).into_owned();
        let point = |text: &str, at: usize| match text.split_at_checked(at) {
            Some((head, tail)) if !tail.is_empty() => format!("{head}.{tail}"),
            _ => text.to_string(),
        };
        let text = match exponent {
            0..17 => {
                let whole = exponent as usize + 1;
                point(&format!("{digits:0<whole$}"), whole)
            }
            -4..0 => format!("0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
            _ => {
                let direction = if exponent < 0 { '-' } else { '+' };
                format!("{}e{direction}{:02}", point(&digits, 1), exponent.abs())
            }
        };
        format!("{sign}{text}").into_bytes()
    }

    /// Answers the sum, an infinity if it is too great. Opposite infinities come to the first of them.
    pub fn sum(self, other: LongDouble) -> LongDouble {
        match (self.is_finite(), other.is_finite()) {
            (false, _) => self,
            (_, false) => other,
            _ => self.checked_add(other).unwrap_or(LongDouble {
                negative: self.negative,
                mantissa: 0,
                exponent: INFINITE,
            }),
        }
    }

    /// Answers the whole part, cut off towards zero; `None` if 64 bits do not hold it.
    pub fn to_int(self) -> Option<i64> {
        if !self.is_finite() {
            return None;
        }
        let whole = match self.exponent {
            0 => self.mantissa,
            i32::MIN..0 => self.mantissa.checked_shr(self.exponent.unsigned_abs()).unwrap_or(0),
            _ if self.mantissa == 0 => 0,
            _ => return None,
        };
        let whole = i128::from(whole);
        i64::try_from(if self.negative { -whole } else { whole }).ok()
    }
}

impl From<i64> for LongDouble {
    fn from(value: i64) -> LongDouble {
        LongDouble { negative: value < 0, ..round(value.unsigned_abs().into(), 0, false) }
    }
}

impl std::ops::Neg for LongDouble {
    type Output = LongDouble;
    fn neg(self) -> LongDouble {
        LongDouble { negative: !self.negative, ..self }
    }
}

impl PartialEq for LongDouble {
    fn eq(&self, other: &LongDouble) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for LongDouble {
    fn partial_cmp(&self, other: &LongDouble) -> Option<Ordering> {
        if self.is_zero() && other.is_zero() {
            return Some(Ordering::Equal);
        }
        // The mantissa's highest bit is set, so that a greater exponent is a greater number.
        let magnitudes = || (self.exponent, self.mantissa).cmp(&(other.exponent, other.mantissa));
        Some(match (self.negative, other.negative) {
            (false, false) => magnitudes(),
            (true, true) => magnitudes().reverse(),
            (true, false) if !(self.is_zero() && other.is_zero()) => Ordering::Less,
            _ => Ordering::Greater,
        })
    }
}

/// Rounds `bits` times 2 to the power of `exponent` to a number; `sticky` says that there is a little more.
fn round(bits: u128, exponent: i32, sticky: bool) -> LongDouble {
    let excess = 64 - bits.leading_zeros() as i32;
    let shift = excess.max(EXPONENT_MIN.saturating_sub(exponent));
    let (mut mantissa, mut exponent) = if shift <= 0 {
        // Fewer bits than a mantissa has: they move up as far as the least exponent allows.
        (bits << shift.unsigned_abs(), exponent + shift)
    } else {
        let kept = if shift <= 128 { shift_right_to_even(bits, shift as u32, sticky) } else { 0 };
        (kept, exponent.saturating_add(shift))
    };
    if mantissa > u128::from(u64::MAX) {
        mantissa >>= 1;
        exponent += 1;
    }
    if mantissa == 0 {
        return LongDouble::ZERO;
    }
    if exponent > EXPONENT_MAX {
        return LongDouble { negative: false, mantissa: 0, exponent: INFINITE };
    }
    LongDouble { negative: false, mantissa: mantissa as u64, exponent }
}

/// Shifts by 1 to 128 bits and rounds to the nearest, ties to even; `sticky` says that there is a little more.
fn shift_right_to_even(bits: u128, shift: u32, sticky: bool) -> u128 {
    let kept = bits.checked_shr(shift).unwrap_or(0);
    let lost = bits ^ kept.checked_shl(shift).unwrap_or(0);
    let half = 1 << (shift - 1);
    let up = lost > half || (lost == half && (sticky || kept & 1 == 1));
    kept + u128::from(up)
}

/// Rounds `mantissa` times 2 to the power of `exponent` to a double.
fn nearest_f64(mantissa: u64, exponent: i32) -> f64 {
    // The lowest bit that a double of this size has. Mantissas without their highest bit are far below all doubles.
    let lowest = (exponent + 11).max(-1074);
    let shift = (lowest - exponent).unsigned_abs();
    let whole = if shift <= 128 { shift_right_to_even(mantissa.into(), shift, false) } else { 0 };
    // Two factors, as the least powers of 2 are not to be had by powi at once.
    let half = lowest / 2;
    whole as f64 * f64::powi(2.0, half) * f64::powi(2.0, lowest - half)
}

/// Reads digits with a point and an exponent; `None` as well if the number is too great or too small.
fn parse_decimal(text: &[u8]) -> Option<LongDouble> {
    let (digits, exponent) = split_exponent(text, b'e')?;
    let (whole, part) = split_point(digits, u8::is_ascii_digit)?;
    let significant = || whole.iter().chain(part).copied().skip_while(|&digit| digit == b'0');
    let count = significant().count() as i64;
    if count == 0 {
        return Some(LongDouble::ZERO);
    }
    // The number is its significant digits times ten to the power of `scale`.
    let scale = exponent.saturating_sub(part.len() as i64);
    if !(-5000..5000).contains(&scale.saturating_add(count)) {
        return None;
    }
    let mut natural = Natural::default();
    let digits: Vec<u8> = significant().collect();
    for group in digits.chunks(9) {
        let value = group.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
        natural.multiply_add(10u32.pow(group.len() as u32), value);
    }
    // Of ten to the power of `scale`, the twos go into the exponent.
    let mut exponent = scale as i32;
    let mut sticky = false;
    if scale >= 0 {
        for five in fives(exponent) {
            natural.multiply_add(five, 0);
        }
    } else {
        // Three bits for each five, and 130 more, so that the quotient has more bits than a mantissa.
        let shift = exponent.unsigned_abs() * 3 + 130;
        natural.shift_left(shift);
        exponent -= shift as i32;
        for five in fives(scale as i32) {
            sticky |= natural.divide(five) != 0;
        }
    }
    let (bits, lowest, more) = natural.top();
    held(round(bits, lowest + exponent, sticky || more))
}

/// Splits five to the power of `count`, whatever its sign, into factors of 32 bits.
fn fives(count: i32) -> impl Iterator<Item = u32> {
    let count = count.unsigned_abs();
    std::iter::repeat_n(5u32.pow(13), count as usize / 13).chain([5u32.pow(count % 13)])
}

/// Reads C's hexadecimal floating notation after the `0x`.
fn parse_hex(text: &[u8]) -> Option<LongDouble> {
    let (digits, exponent) = split_exponent(text, b'p')?;
    let (whole, part) = split_point(digits, u8::is_ascii_hexdigit)?;
    let (mut bits, mut sticky) = (0u128, false);
    let mut exponent = exponent.saturating_sub(4 * part.len() as i64);
    for &digit in whole.iter().chain(part) {
        let value = char::from(digit).to_digit(16)?;
        if bits >> 124 == 0 {
            bits = bits << 4 | u128::from(value);
        } else {
            sticky |= value != 0;
            exponent = exponent.saturating_add(4);
        }
    }
    if bits == 0 {
        return Some(LongDouble::ZERO);
    }
    held(round(bits, exponent.clamp(-100_000, 100_000) as i32, sticky))
}

/// Refuses what rounding made an infinity or nothing.
fn held(number: LongDouble) -> Option<LongDouble> {
    (number.is_finite() && number.mantissa != 0).then_some(number)
}

/// Splits off the exponent, which is 0 if there is none; far outside 64 bits it is as good as their limits.
fn split_exponent(text: &[u8], mark: u8) -> Option<(&[u8], i64)> {
    let Some(at) = text.iter().position(|&byte| byte.to_ascii_lowercase() == mark) else { return Some((text, 0)) };
    let (negative, digits) = match &text[at + 1..] {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0i64, |sum, &digit| sum.saturating_mul(10).saturating_add((digit - b'0').into()));
    Some((&text[..at], if negative { -value } else { value }))
}

/// Splits at the point into digits of which there is at least one.
fn split_point(text: &[u8], is_digit: fn(&u8) -> bool) -> Option<(&[u8], &[u8])> {
    let (whole, part) = match text.iter().position(|&byte| byte == b'.') {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &text[text.len()..]),
    };
    let valid = whole.iter().chain(part).all(is_digit) && whole.len() + part.len() > 0;
    valid.then_some((whole, part))
}

/// A whole number of any size: its 32-bit digits, the lowest first, the last not 0.
///
/// It stays below 60,000 bits: the text has some 5,000 digits at most, and the exponent is bounded.
#[derive(Default)]
struct Natural(Vec<u32>);

impl From<u64> for Natural {
    fn from(value: u64) -> Natural {
        let mut natural = Natural(vec![value as u32, (value >> 32) as u32]);
        natural.trim();
        natural
    }
}

impl Natural {
    fn trim(&mut self) {
        let kept = self.0.iter().rposition(|&digit| digit != 0).map_or(0, |at| at + 1);
        self.0.truncate(kept);
    }

    fn multiply_add(&mut self, factor: u32, summand: u32) {
        let mut carry = summand;
        for digit in &mut self.0 {
            let product = u64::from(*digit) * u64::from(factor) + u64::from(carry);
            *digit = product as u32;
            carry = (product >> 32) as u32;
        }
        if carry != 0 {
            self.0.push(carry);
        }
    }

    /// Divides by `divisor`, which is not 0, and answers the remainder.
    fn divide(&mut self, divisor: u32) -> u32 {
        let mut rest = 0u64;
        for digit in self.0.iter_mut().rev() {
            let dividend = rest << 32 | u64::from(*digit);
            *digit = (dividend / u64::from(divisor)) as u32;
            rest = dividend % u64::from(divisor);
        }
        self.trim();
        rest as u32
    }

    fn shift_left(&mut self, bits: u32) {
        self.multiply_add(1 << (bits % 32), 0);
        self.0.splice(0..0, std::iter::repeat_n(0, bits as usize / 32));
    }

    /// Answers the highest digits, the exponent of their lowest bit, and whether a little more lies below.
    fn top(&self) -> (u128, i32, bool) {
        let from = self.0.len().saturating_sub(4);
        let bits = self.0[from..].iter().rev().fold(0u128, |bits, &digit| bits << 32 | u128::from(digit));
        (bits, from as i32 * 32, self.0[..from].iter().any(|&digit| digit != 0))
    }

    /// Appends the number in decimal.
    fn write(mut self, text: &mut Vec<u8>) {
        let mut groups = Vec::new();
        while !self.0.is_empty() {
            groups.push(self.divide(1_000_000_000));
        }
        let highest = groups.pop().unwrap_or(0);
        text.extend_from_slice(highest.to_string().as_bytes());
        for group in groups.iter().rev() {
            text.extend_from_slice(format!("{group:09}").as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_format_is_that_of_c() {
        for (text, general) in [
            ("0.1", "0.10000000000000000"),
            ("3.999", "3.999"),
            ("0.00001", "1e-05"),
            ("123456789012345678", "1.2345678901234568e+17"),
            ("9223372036854775807", "9.2233720368547758e+18"),
            ("12345678901234567", "12345678901234567"),
            ("-0", "-0"),
            ("1e30", "1e+30"),
            ("0.0001", "0.0001"),
            ("99999999999999999.9", "1e+17"),
            ("1000", "1000"),
            ("-2.5", "-2.5"),
            ("inf", "inf"),
        ] {
            let general =
                if general.contains('.') && !general.contains('e') { general.trim_end_matches('0') } else { general };
            let printed = LongDouble::parse(text.as_bytes()).unwrap().format_general();
            assert_eq!(String::from_utf8_lossy(&printed), general);
        }
    }

    fn read(text: &str) -> Option<LongDouble> {
        LongDouble::parse(text.as_bytes())
    }

    fn printed(text: &str) -> Option<String> {
        read(text).map(|number| String::from_utf8(number.format()).unwrap())
    }

    /// What redis-server 7.0.15 prints for `INCRBYFLOAT key <text>` on a missing key.
    #[test]
    fn numbers_are_read_and_printed_as_redis_does() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("5.", "5"),
            (".5", "0.5"),
            ("+3", "3"),
            ("3.14", "3.14"),
            ("0.1", "0.1"),
            ("1e-17", "0.00000000000000001"),
            ("0.000000000000000015", "0.00000000000000002"),
            ("-0.000000000000000001", "0"),
            ("1e20", "100000000000000000000"),
            ("1e28", "9999999999999999999731564544"),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551617", "18446744073709551616"),
            ("0x1.8p1", "3"),
            ("0X10", "16"),
            ("inf", "inf"),
            ("-Infinity", "-inf"),
        ] {
            assert_eq!(printed(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "-",
            "+",
            ".",
            "e5",
            "1e",
            "1e+",
            "0x",
            "0xp1",
            "0x1p",
            " 1",
            "1 ",
            "1_0",
            "nan",
            "-nan",
            "infi",
            "--1",
            "1e4933",
            "1e-5000",
            "1e99999999999999999999",
            "1e-99999999999999999999",
            "0x1p99999999999999999999",
        ] {
            assert_eq!(printed(text), None, "{text:?}");
        }
        assert_eq!(printed(&"1".repeat(TEXT_MAX + 1)), None);
        assert_eq!(printed(&format!("{}1", "0".repeat(TEXT_MAX - 1))).as_deref(), Some("1"));
    }

    #[test]
    fn sums_round_once() {
        let sum = |a: &str, b: &str| {
            let sum = read(a).unwrap().checked_add(read(b).unwrap());
            sum.map(|sum| String::from_utf8(sum.format()).unwrap())
        };
        for (a, b, expected) in [
            ("0.1", "0.2", "0.3"),
            ("18446744073709551615", "0.5", "18446744073709551616"),
            ("18446744073709551614", "0.5", "18446744073709551614"),
            ("1e4000", "-1e4000", "0"),
            ("3", "-3.000000000000000001", "0"),
            ("9223372036854775808", "-1e-4900", "9223372036854775808"),
        ] {
            assert_eq!(sum(a, b).as_deref(), Some(expected), "{a} + {b}");
        }
        assert_eq!(sum("1e4932", "1e4932"), None);
        assert_eq!(sum("inf", "-inf"), None);
        assert_eq!(sum("inf", "1"), None);
    }

    #[test]
    fn the_smallest_and_the_greatest() {
        let smallest = LongDouble { negative: false, mantissa: 1, exponent: EXPONENT_MIN };
        assert_eq!(read("3.6451995318824746025e-4951"), Some(smallest));
        assert_eq!(read("1e-4951"), None);
        assert_eq!(read("1.18973149535723176502126385303e4932"), Some(LongDouble::MAX));
        assert_eq!(read("1.18973149535723176509e4932"), None);
    }

    #[test]
    fn order_and_doubles() {
        let values = ["-inf", "-1e300", "-2", "-1.5", "0", "1e-4940", "1e-4000", "1", "1.0000000000000000002", "inf"];
        for pair in values.windows(2) {
            assert!(read(pair[0]) < read(pair[1]), "{pair:?}");
        }
        assert_eq!(read("-0"), read("0"));
        for text in ["0.1", "-1e300", "5e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "123456789"] {
            assert_eq!(read(text).map(LongDouble::to_f64), text.parse().ok(), "{text}");
        }
        assert_eq!(read("1e400").map(LongDouble::to_f64), Some(f64::INFINITY));
        assert_eq!(LongDouble::from(i64::MIN).format(), b"-9223372036854775808");
    }
}
