//! Numbers as text: what C's `strtod` reads and what `printf("%.14g")` writes.

/// Tells whether C's `isspace` holds for the byte.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Reads a number as `tonumber` does: `strtod` of C with blanks around it, and nothing else up to the first zero
/// byte. That takes hexadecimal numbers and fractions, `inf` and `nan`.
pub fn parse(text: &[u8]) -> Option<f64> {
    let end = text.iter().position(|&byte| byte == 0).unwrap_or(text.len());
    let text = &text[..end];
    let start = text.iter().position(|&byte| !is_space(byte))?;
    let (negative, unsigned) = match text[start] {
        b'-' => (true, &text[start + 1..]),
        b'+' => (false, &text[start + 1..]),
        _ => (false, &text[start..]),
    };
    let (value, length) = read_unsigned(unsigned)?;
    let blank = unsigned[length..].iter().all(|&byte| is_space(byte));
    blank.then_some(if negative { -value } else { value })
}

/// Reads the longest number at the start of the text, as `strtod` of C does after the blanks; returns it and its
/// length.
pub fn parse_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let sign = usize::from(matches!(text.first(), Some(b'-' | b'+')));
    let (value, length) = read_unsigned(&text[sign..])?;
    Some((if text[0] == b'-' { -value } else { value }, sign + length))
}

/// Reads the longest number at the start of the text; returns it and its length.
fn read_unsigned(text: &[u8]) -> Option<(f64, usize)> {
    match text.first()? {
        b'0' if text.get(1).is_some_and(|byte| byte | 32 == b'x') => read_hexadecimal(text),
        b'0'..=b'9' | b'.' => read_decimal(text),
        _ => read_word(text),
    }
}

fn read_word(text: &[u8]) -> Option<(f64, usize)> {
    let starts_with = |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if starts_with(b"infinity") {
        Some((f64::INFINITY, 8))
    } else if starts_with(b"inf") {
        Some((f64::INFINITY, 3))
    } else if starts_with(b"nan") {
        let tag = text[3..].strip_prefix(b"(").and_then(|tag| {
            let end = tag.iter().position(|&byte| !(byte.is_ascii_alphanumeric() || byte == b'_'))?;
            (tag[end] == b')').then_some(end + 2)
        });
        Some((f64::NAN.copysign(1.0), 3 + tag.unwrap_or(0)))
    } else {
        None
    }
}

fn count_digits(text: &[u8], is_digit: impl Fn(&u8) -> bool) -> usize {
    text.iter().position(|byte| !is_digit(byte)).unwrap_or(text.len())
}

/// Returns the exponent behind the letter at `at`, and where it ends, if there is one.
fn read_exponent(text: &[u8], at: usize, letter: u8) -> Option<(i32, usize)> {
    if text.get(at)? | 32 != letter {
        return None;
    }
    let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
    let from = at + 1 + sign;
    let digits = count_digits(&text[from..], u8::is_ascii_digit);
    let value = text[from..from + digits]
        .iter()
        .fold(0i32, |value, digit| value.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
    let negative = text.get(at + 1) == Some(&b'-');
    (digits > 0).then_some((if negative { -value } else { value }, from + digits))
}

/// So many decimal digits a double keeps, whatever they are.
const MOST_DIGITS: usize = 15;

/// The powers of ten up to that of [`MOST_DIGITS`].
const POWERS: [f64; MOST_DIGITS + 1] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

fn read_decimal(text: &[u8]) -> Option<(f64, usize)> {
    let whole = count_digits(text, u8::is_ascii_digit);
    if whole == text.len() && whole <= 15 {
        // Below 2^53 an integer is itself.
        return Some((text.iter().fold(0u64, |value, digit| value * 10 + u64::from(digit - b'0')) as f64, whole));
    }
    let (mut length, mut digits) = (whole, whole);
    if text.get(whole) == Some(&b'.') {
        let fraction = count_digits(&text[whole + 1..], u8::is_ascii_digit);
        length += 1 + fraction;
        digits += fraction;
    }
    if digits == 0 {
        return None;
    }
    if let Some((_, end)) = read_exponent(text, length, b'e') {
        length = end;
    } else if digits <= MOST_DIGITS {
        // Two numbers that are exact give the nearest quotient.
        let digit = |value: u64, byte: &u8| if *byte == b'.' { value } else { value * 10 + u64::from(byte - b'0') };
        let mantissa = text[..length].iter().fold(0, digit);
        return Some((mantissa as f64 / POWERS[digits - whole], length));
    }
    let value = std::str::from_utf8(&text[..length]).ok()?.parse().ok()?;
    Some((value, length))
}

fn read_hexadecimal(text: &[u8]) -> Option<(f64, usize)> {
    let whole = count_digits(&text[2..], u8::is_ascii_hexdigit);
    let mut length = 2 + whole;
    let mut fraction = 0;
    if text.get(length) == Some(&b'.') {
        fraction = count_digits(&text[length + 1..], u8::is_ascii_hexdigit);
        length += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    // 64 bits of the mantissa, the last of them sticky, and the power of two that it still lacks.
    let (mut mantissa, mut power) = (0u64, 0i64);
    let mut in_fraction = false;
    for &byte in &text[2..length] {
        let Some(digit) = (byte as char).to_digit(16) else {
            in_fraction = true;
            continue;
        };
        if mantissa >> 60 == 0 {
            mantissa = mantissa << 4 | u64::from(digit);
            power -= if in_fraction { 4 } else { 0 };
        } else {
            mantissa |= u64::from(digit != 0);
            power += if in_fraction { 0 } else { 4 };
        }
    }
    if let Some((exponent, end)) = read_exponent(text, length, b'p') {
        power += i64::from(exponent);
        length = end;
    }
    Some((scale(mantissa, power), length))
}

/// Returns `mantissa * 2^power`, rounded once to the nearest, ties to even; bit 0 of the mantissa is sticky.
fn scale(mantissa: u64, power: i64) -> f64 {
    if mantissa == 0 {
        return 0.0;
    }
    let shift = i64::from(mantissa.leading_zeros());
    let (mantissa, power) = (mantissa << shift, power - shift);
    if power + 63 > 1023 {
        return f64::INFINITY;
    }
    if power + 63 < -1022 {
        let lost = -1074 - power;
        if lost > 64 {
            return 0.0;
        }
        let (kept, rest, half) =
            (u128::from(mantissa) >> lost, u128::from(mantissa) & ((1 << lost) - 1), 1u128 << (lost - 1));
        let up = rest > half || rest == half && kept & 1 == 1;
        return f64::from_bits(kept as u64 + u64::from(up));
    }
    ldexp(mantissa as f64, power)
}

/// Returns `x * 2^power` as C's `ldexp` does.
pub fn ldexp(x: f64, power: i64) -> f64 {
    let two_to = |power: i64| f64::from_bits(((power + 1023) as u64) << 52);
    let (mut x, mut power) = (x, power.clamp(-3000, 3000));
    while power > 1023 {
        x *= two_to(1023);
        power -= 1023;
    }
    // A step that reaches the subnormals is the last, unless the end is zero: nothing is rounded twice.
    while power < -1022 {
        x *= two_to(-969);
        power += 969;
    }
    x * two_to(power)
}

/// Appends the number as `tostring` prints it: `%.14g`.
pub fn write(out: &mut Vec<u8>, x: f64) {
    let whole = x as i64;
    if whole as f64 == x && whole.unsigned_abs() < 100_000_000_000_000 && (whole != 0 || x.is_sign_positive()) {
        write_integer(out, whole);
    } else if !x.is_finite() {
        out.extend_from_slice(non_finite(x));
    } else {
        write_general(out, x, 14, false);
    }
}

/// Appends an integer in decimal digits.
pub fn write_integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

/// Gives the name that C prints for a number that is not finite.
pub fn non_finite(x: f64) -> &'static [u8] {
    match (x.is_nan(), x.is_sign_negative()) {
        (true, true) => b"-nan",
        (true, false) => b"nan",
        (false, true) => b"-inf",
        (false, false) => b"inf",
    }
}

/// Appends a finite number as C's `%.{precision}g` does; `alternate` (the flag `#`) keeps the point and the zeros at
/// the end.
pub fn write_general(out: &mut Vec<u8>, x: f64, precision: usize, alternate: bool) {
    let precision = precision.max(1);
    if alternate || !write_short(out, x, precision) {
        write_digits(out, x, precision, alternate);
    }
}

/// Appends a finite number digit by digit, as [`write_general`] says.
fn write_digits(out: &mut Vec<u8>, x: f64, precision: usize, alternate: bool) {
    if x.is_sign_negative() {
        out.push(b'-');
    }
    let magnitude = x.abs();
    let mut digits = Vec::with_capacity(precision.min(20));
    let exponent = match leading(magnitude, precision) {
        Some((first, exponent)) if magnitude != 0.0 => {
            write_integer(&mut digits, first as i64);
            exponent
        }
        _ => expand(&mut digits, magnitude, precision),
    };
    let last = digits.iter().rposition(|&digit| digit != b'0').unwrap_or(0);
    let digits = if alternate { &digits[..] } else { &digits[..=last] };
    if exponent < -4 || exponent >= precision as i32 {
        set_point(out, digits, 1, alternate);
        write_exponent(out, exponent);
    } else if exponent < 0 {
        out.extend_from_slice(b"0.");
        out.extend(std::iter::repeat_n(b'0', exponent.unsigned_abs() as usize - 1));
        out.extend_from_slice(digits);
    } else {
        set_point(out, digits, exponent as usize + 1, alternate);
    }
}

/// Appends the first digits of any number that is not negative; returns its decimal exponent.
fn expand(digits: &mut Vec<u8>, x: f64, precision: usize) -> i32 {
    use std::io::Write;
    // "d.ddde-x"
    let _ = write!(digits, "{:.*e}", precision - 1, x);
    let split = digits.iter().position(|&byte| byte == b'e').unwrap_or(digits.len());
    let exponent = digits.get(split + 1..).and_then(|text| std::str::from_utf8(text).ok()?.parse().ok());
    digits.truncate(split);
    digits.retain(u8::is_ascii_digit);
    exponent.unwrap_or(0)
}

/// Appends a number that few decimal places write in full; false if this is none, and nothing was appended.
///
/// A double whose nearest decimal of at most fifteen digits reads back as itself is closer to that than to any other
/// so long, so that rounding it to the precision finds the same digits.
fn write_short(out: &mut Vec<u8>, x: f64, precision: usize) -> bool {
    /// More places are not tried.
    const MOST_PLACES: usize = 9;
    let magnitude = x.abs();
    if precision > MOST_DIGITS || magnitude != 0.0 && magnitude < 1e-4 {
        return false;
    }
    for (places, &power) in POWERS[..=MOST_PLACES].iter().enumerate() {
        let scaled = magnitude * power;
        // Also where the number is infinite or no number.
        if !(scaled < POWERS[precision]) {
            return false;
        }
        let mut whole = scaled as u64;
        if whole as f64 != scaled || scaled / power != magnitude {
            continue;
        }
        let mut places = places;
        while places > 0 && whole % 10 == 0 {
            whole /= 10;
            places -= 1;
        }
        if x.is_sign_negative() {
            out.push(b'-');
        }
        write_places(out, whole, places);
        return true;
    }
    false
}

/// Appends a whole number of steps of `10^-places`.
fn write_places(out: &mut Vec<u8>, steps: u64, places: usize) {
    let mut divisor = 10u64.pow(places as u32);
    write_integer(out, (steps / divisor) as i64);
    if places > 0 {
        out.push(b'.');
        let mut rest = steps % divisor;
        for _ in 0..places {
            divisor /= 10;
            out.push(b'0' + (rest / divisor) as u8);
            rest %= divisor;
        }
    }
}

/// Appends a number that is not negative as C's `%.{places}f` does; false if it is too large for this way, or has too
/// many places, and nothing was appended.
pub fn write_fixed(out: &mut Vec<u8>, x: f64, places: usize) -> bool {
    match scaled(x, places) {
        Some(steps) if places <= MOST_DIGITS && steps < 1 << 63 => {
            write_places(out, steps, places);
            true
        }
        _ => false,
    }
}

/// Multiplies a number that is finite and not negative by a power of ten, and rounds once, ties to even; `None` if 128
/// bits do not hold the product, or 64 the result.
fn scaled(x: f64, power: usize) -> Option<u64> {
    /// Times 53 bits this still fits.
    const MOST: usize = 22;
    let bits = x.to_bits();
    let exponent = (bits >> 52) as i32 - 1075;
    // Subnormal numbers are left to others, and what has no fraction to round is large enough to be.
    if power > MOST || !(-1074..=0).contains(&exponent) && x != 0.0 {
        return None;
    }
    let mantissa = if x == 0.0 { 0 } else { bits & ((1 << 52) - 1) | 1 << 52 };
    let product = u128::from(mantissa) * 10u128.pow(power as u32);
    let shift = exponent.unsigned_abs();
    if shift == 0 || x == 0.0 {
        return u64::try_from(product).ok();
    }
    if shift > 127 {
        // Less than half: the product has at most 126 bits.
        return Some(0);
    }
    let (whole, rest, half) = (product >> shift, product & ((1 << shift) - 1), 1 << (shift - 1));
    u64::try_from(whole + u128::from(rest > half || rest == half && whole & 1 == 1)).ok()
}

/// Gives the first digits of a number as one number, rounded, and its decimal exponent; `None` if that takes more than
/// [`scaled`] can do.
fn leading(x: f64, digits: usize) -> Option<(u64, i32)> {
    let limit = 10u64.checked_pow(digits as u32).filter(|_| digits <= 17)?;
    let two = (x.to_bits() >> 52) as i32 - 1023;
    // The logarithm of 2, a little less: this exponent is right or too small by one.
    let mut exponent = (two * if two < 0 { 78_914 } else { 78_912 }) >> 18;
    loop {
        let first = scaled(x, usize::try_from(digits as i32 - 1 - exponent).ok()?)?;
        if first < limit {
            return Some((first, exponent));
        }
        exponent += 1;
    }
}

/// Appends digits with a point behind the first `whole` of them, filled up with zeros where they are fewer.
fn set_point(out: &mut Vec<u8>, digits: &[u8], whole: usize, always: bool) {
    let (before, after) = digits.split_at(whole.min(digits.len()));
    out.extend_from_slice(before);
    out.extend(std::iter::repeat_n(b'0', whole - before.len()));
    if always || !after.is_empty() {
        out.push(b'.');
        out.extend_from_slice(after);
    }
}

/// Appends an exponent as C does: a sign and at least two digits.
pub fn write_exponent(out: &mut Vec<u8>, exponent: i32) {
    out.extend_from_slice(if exponent < 0 { b"e-" } else { b"e+" });
    if exponent.unsigned_abs() < 10 {
        out.push(b'0');
    }
    write_integer(out, i64::from(exponent).abs());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of few digits, their neighbours, and any.
    fn numbers() -> impl Iterator<Item = f64> {
        let mut state = 1u64;
        (0..60_000).map(move |turn| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let whole = (state >> 33) as f64 - (1u64 << 30) as f64;
            let number = whole / POWERS[turn % 14] * POWERS[turn % 5];
            match turn % 7 {
                0 => f64::from_bits(number.to_bits() + 1),
                1 => f64::from_bits(state),
                2 => (whole % 1000.0).round() / POWERS[turn % 4],
                _ => number,
            }
        })
    }

    #[test]
    fn the_short_way_writes_what_the_long_one_does() {
        let (mut short, mut long, mut shorts) = (Vec::new(), Vec::new(), 0);
        for x in numbers().chain([0.0, -0.0, 0.5, -1.25, 1e14, 1e15, 99_999_999_999_999.5]).filter(|x| x.is_finite()) {
            for precision in [1, 5, 14, 15, 17] {
                (short.clear(), long.clear());
                if write_short(&mut short, x, precision) {
                    write_digits(&mut long, x, precision, false);
                    assert_eq!(short, long, "{x:?} with {precision} digits");
                    shorts += 1;
                } else {
                    assert!(short.is_empty());
                }
            }
        }
        assert!(shorts > 50_000);
    }

    #[test]
    fn exact_products_round_as_the_long_way_does() {
        let (mut short, mut long, mut shorts) = (Vec::new(), Vec::new(), 0);
        let edges =
            [0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 9.5, 99.995, 0.96, 0.999_999_999_999_99, 1e15, 1e22, 1e-9, 5e-324];
        for x in numbers().chain(edges).filter(|x| x.is_finite()).map(f64::abs) {
            for precision in [0, 1, 2, 6, 14, 15, 17] {
                short.clear();
                if write_fixed(&mut short, x, precision) {
                    assert_eq!(
                        String::from_utf8_lossy(&short),
                        format!("{x:.precision$}"),
                        "{x:?}, {precision} places"
                    );
                    shorts += 1;
                }
                if precision > 0
                    && x != 0.0
                    && let Some((first, exponent)) = leading(x, precision)
                {
                    long.clear();
                    assert_eq!(expand(&mut long, x, precision), exponent, "{x:?}, {precision} digits");
                    assert_eq!(long, first.to_string().as_bytes(), "{x:?}, {precision} digits");
                    shorts += 1;
                }
            }
        }
        assert!(shorts > 200_000, "{shorts}");
    }

    #[test]
    fn few_digits_are_read_as_the_nearest_number() {
        for x in numbers().filter(|x| x.is_finite()) {
            for text in [format!("{x}"), format!("{x:.3}"), format!("{:.9}", x % 1e5), format!("{:e}", x)] {
                assert_eq!(parse(text.as_bytes()).map(f64::to_bits), text.parse().ok().map(f64::to_bits), "{text}");
            }
        }
    }
}
