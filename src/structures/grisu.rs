//! The decimal digits of a double by Grisu2, which Redis prints scores with.
//!
//! Florian Loitsch, "Printing Floating-Point Numbers Quickly and Accurately with Integers" (PLDI 2010),
//! <https://doi.org/10.1145/1806596.1806623>. The digits always read back to the same number and are nearly always the
//! shortest that do; in a few of a thousand cases a longer row comes out, and Redis prints that one too. This is why
//! the standard library's digits, which are always the shortest, would not do.

/// The powers of ten from 10^-348 on in steps of 10^8: the upper 64 bits of each, rounded.
const POWERS: [u64; 87] = [
    0xfa8f_d5a0_081c_0288,
    0xbaae_e17f_a23e_bf76,
    0x8b16_fb20_3055_ac76,
    0xcf42_894a_5dce_35ea,
    0x9a6b_b0aa_5565_3b2d,
    0xe61a_cf03_3d1a_45df,
    0xab70_fe17_c79a_c6ca,
    0xff77_b1fc_bebc_dc4f,
    0xbe56_91ef_416b_d60c,
    0x8dd0_1fad_907f_fc3c,
    0xd351_5c28_3155_9a83,
    0x9d71_ac8f_ada6_c9b5,
    0xea9c_2277_23ee_8bcb,
    0xaecc_4991_4078_536d,
    0x823c_1279_5db6_ce57,
    0xc210_9436_4dfb_5637,
    0x9096_ea6f_3848_984f,
    0xd774_85cb_2582_3ac7,
    0xa086_cfcd_97bf_97f4,
    0xef34_0a98_172a_ace5,
    0xb238_67fb_2a35_b28e,
    0x84c8_d4df_d2c6_3f3b,
    0xc5dd_4427_1ad3_cdba,
    0x936b_9fce_bb25_c996,
    0xdbac_6c24_7d62_a584,
    0xa3ab_6658_0d5f_daf6,
    0xf3e2_f893_dec3_f126,
    0xb5b5_ada8_aaff_80b8,
    0x8762_5f05_6c7c_4a8b,
    0xc9bc_ff60_34c1_3053,
    0x964e_858c_91ba_2655,
    0xdff9_7724_7029_7ebd,
    0xa6df_bd9f_b8e5_b88f,
    0xf8a9_5fcf_8874_7d94,
    0xb944_7093_8fa8_9bcf,
    0x8a08_f0f8_bf0f_156b,
    0xcdb0_2555_6531_31b6,
    0x993f_e2c6_d07b_7fac,
    0xe45c_10c4_2a2b_3b06,
    0xaa24_2499_6973_92d3,
    0xfd87_b5f2_8300_ca0e,
    0xbce5_0864_9211_1aeb,
    0x8cbc_cc09_6f50_88cc,
    0xd1b7_1758_e219_652c,
    0x9c40_0000_0000_0000,
    0xe8d4_a510_0000_0000,
    0xad78_ebc5_ac62_0000,
    0x813f_3978_f894_0984,
    0xc097_ce7b_c907_15b3,
    0x8f7e_32ce_7bea_5c70,
    0xd5d2_38a4_abe9_8068,
    0x9f4f_2726_179a_2245,
    0xed63_a231_d4c4_fb27,
    0xb0de_6538_8cc8_ada8,
    0x83c7_088e_1aab_65db,
    0xc45d_1df9_4271_1d9a,
    0x924d_692c_a61b_e758,
    0xda01_ee64_1a70_8dea,
    0xa26d_a399_9aef_774a,
    0xf209_787b_b47d_6b85,
    0xb454_e4a1_79dd_1877,
    0x865b_8692_5b9b_c5c2,
    0xc835_53c5_c896_5d3d,
    0x952a_b45c_fa97_a0b3,
    0xde46_9fbd_99a0_5fe3,
    0xa59b_c234_db39_8c25,
    0xf6c6_9a72_a398_9f5c,
    0xb7dc_bf53_54e9_bece,
    0x88fc_f317_f222_41e2,
    0xcc20_ce9b_d35c_78a5,
    0x9816_5af3_7b21_53df,
    0xe2a0_b5dc_971f_303a,
    0xa8d9_d153_5ce3_b396,
    0xfb9b_7cd9_a4a7_443c,
    0xbb76_4c4c_a7a4_4410,
    0x8bab_8eef_b640_9c1a,
    0xd01f_ef10_a657_842c,
    0x9b10_a4e5_e991_3129,
    0xe710_9bfb_a19c_0c9d,
    0xac28_20d9_623b_f429,
    0x8044_4b5e_7aa7_cf85,
    0xbf21_e440_03ac_dd2d,
    0x8e67_9c2f_5e44_ff8f,
    0xd433_179d_9c8c_b841,
    0x9e19_db92_b4e3_1ba9,
    0xeb96_bf6e_badf_77d9,
    0xaf87_023b_9bf0_ee6b,
];
const FIRST_POWER: i32 = -348;
const POWER_STEP: i32 = 8;

/// The fraction's width in a double, and the bit that stands before it unseen.
const FRACTION: i32 = 52;
const HIDDEN: u64 = 1 << FRACTION;

/// A number: `fraction` times two to the power of `exponent`.
#[derive(Clone, Copy)]
struct Float {
    fraction: u64,
    exponent: i32,
}

impl Float {
    /// Shifts the fraction up until its highest bit is set.
    fn normalized(self) -> Float {
        let shift = self.fraction.leading_zeros();
        Float { fraction: self.fraction << shift, exponent: self.exponent - shift as i32 }
    }

    /// Multiplies and keeps the upper 64 bits, rounded.
    fn times(self, other: Float) -> Float {
        let product = u128::from(self.fraction) * u128::from(other.fraction) + (1 << 63);
        Float { fraction: (product >> 64) as u64, exponent: self.exponent + other.exponent + 64 }
    }
}

/// Finds the power of ten that brings a binary exponent into -60..=-32, with its decimal exponent.
fn power_for(exponent: i32) -> (Float, i32) {
    let decimal = |at: usize| FIRST_POWER + at as i32 * POWER_STEP;
    // Two to the power of (decimal * 217706 / 65536) is ten to the power of `decimal`, near enough for this range.
    let float = |at: usize| Float { fraction: POWERS[at], exponent: ((decimal(at) * 217_706) >> 16) - 63 };
    let guess = (-f64::from(exponent + POWERS.len() as i32) * std::f64::consts::LOG10_2) as i32;
    let mut at = ((guess - FIRST_POWER) / POWER_STEP).clamp(0, POWERS.len() as i32 - 1) as usize;
    loop {
        match exponent + float(at).exponent + 64 {
            ..-60 if at + 1 < POWERS.len() => at += 1,
            -31.. if at > 0 => at -= 1,
            _ => return (float(at), decimal(at)),
        }
    }
}

/// Decimal digits without leading zeros.
pub struct Digits {
    digits: [u8; 20],
    len: usize,
    /// The power of ten with which the digits, read as a whole number, are to be multiplied.
    pub scale: i32,
}

impl Digits {
    /// Finds the digits of a positive, finite number.
    pub fn of(value: f64) -> Digits {
        let bits = value.to_bits();
        let (fraction, biased) = (bits & (HIDDEN - 1), (bits >> FRACTION) as i32 & 0x7ff);
        let exact = match biased {
            0 => Float { fraction, exponent: -1022 - FRACTION },
            _ => Float { fraction: fraction | HIDDEN, exponent: biased - 1023 - FRACTION },
        };
        // All numbers between the borders read back to `value`. Below a power of two the lower one is nearer.
        let upper = Float { fraction: (exact.fraction << 1) + 1, exponent: exact.exponent - 1 }.normalized();
        let shift = if exact.fraction == HIDDEN { 2 } else { 1 };
        let lower = (exact.fraction << shift) - 1;
        let lower = Float { fraction: lower << (exact.exponent - shift - upper.exponent), exponent: upper.exponent };
        let (power, decimal) = power_for(upper.exponent);
        let mut high = upper.times(power);
        let mut low = lower.times(power);
        // The product may be wrong in its last bit: stay on the safe side of both borders.
        low.fraction += 1;
        high.fraction -= 1;
        let mut digits = Digits { digits: [0; 20], len: 0, scale: -decimal };
        digits.generate(exact.normalized().times(power), high, high.fraction - low.fraction);
        digits
    }

    /// Shows the digits as ASCII.
    pub fn as_slice(&self) -> &[u8] {
        &self.digits[..self.len]
    }

    /// Writes digits of `high` from the first on until what is left is less than `delta`, the room between the borders.
    fn generate(&mut self, exact: Float, high: Float, mut delta: u64) {
        let shift = -high.exponent as u32;
        let mask = (1u64 << shift) - 1;
        let mut distance = high.fraction - exact.fraction;
        let (mut whole, mut part) = (high.fraction >> shift, high.fraction & mask);
        // Before the point: up to ten digits.
        for kappa in (0..10).rev() {
            let unit = 10u64.pow(kappa);
            self.push(whole / unit);
            whole %= unit;
            let rest = (whole << shift) + part;
            if rest <= delta {
                self.scale += kappa as i32;
                return self.round(delta, rest, unit << shift, distance);
            }
        }
        // After it.
        loop {
            part = part.wrapping_mul(10);
            delta = delta.wrapping_mul(10);
            distance = distance.wrapping_mul(10);
            self.scale -= 1;
            self.push(part >> shift);
            part &= mask;
            if part < delta || self.len == self.digits.len() {
                return self.round(delta, part, 1 << shift, distance);
            }
        }
    }

    fn push(&mut self, digit: u64) {
        if (digit > 0 || self.len > 0) && self.len < self.digits.len() {
            self.digits[self.len] = b'0' + digit as u8;
            self.len += 1;
        }
    }

    /// Lowers the last digit while that brings the number nearer to the exact one, `distance` below the upper border.
    fn round(&mut self, delta: u64, mut rest: u64, unit: u64, distance: u64) {
        while rest < distance
            && delta - rest >= unit
            && (rest + unit < distance || distance - rest > rest + unit - distance)
        {
            self.digits[self.len - 1] -= 1;
            rest += unit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the bits, the digits read back to the same number.
    #[test]
    fn digits_read_back() {
        let mut state = 1u64;
        for step in 0..200_000u64 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let bits = match step % 4 {
                0 => state,
                1 => state >> 12 | 0x3ff0_0000_0000_0000,
                2 => (state >> 52) << 52,
                _ => (state >> 33).pow(2),
            };
            let value = f64::from_bits(bits).abs();
            if !value.is_finite() || value == 0.0 {
                continue;
            }
            let digits = Digits::of(value);
            let text = format!("{}e{}", String::from_utf8_lossy(digits.as_slice()), digits.scale);
            assert_eq!(text.parse(), Ok(value), "{value:e} printed as {text}");
        }
        for value in [f64::MAX, f64::MIN_POSITIVE, 5e-324, 1.0, 0.1, 1e23] {
            let digits = Digits::of(value);
            let text = format!("{}e{}", String::from_utf8_lossy(digits.as_slice()), digits.scale);
            assert_eq!(text.parse(), Ok(value), "{value:e} printed as {text}");
        }
    }
}
