//! The math library; its random numbers are those of Redis, the same in every server.

use crate::lua::{Args, Host, Lua, Native, Result, number};
use std::f64::consts::PI;

/// In the order of the reference implementation, which `pairs` shows.
const FUNCTIONS: &[(&str, Native)] = &[
    ("abs", |lua, _, args| map(lua, args, f64::abs)),
    ("acos", |lua, _, args| map(lua, args, f64::acos)),
    ("asin", |lua, _, args| map(lua, args, f64::asin)),
    ("atan2", |lua, _, args| map_pair(lua, args, f64::atan2)),
    ("atan", |lua, _, args| map(lua, args, f64::atan)),
    ("ceil", |lua, _, args| map(lua, args, f64::ceil)),
    ("cosh", |lua, _, args| map(lua, args, f64::cosh)),
    ("cos", |lua, _, args| map(lua, args, f64::cos)),
    ("deg", |lua, _, args| map(lua, args, |x| x / (PI / 180.0))),
    ("exp", |lua, _, args| map(lua, args, f64::exp)),
    ("floor", |lua, _, args| map(lua, args, f64::floor)),
    ("fmod", fmod),
    ("frexp", frexp),
    ("ldexp", ldexp),
    ("log10", |lua, _, args| map(lua, args, f64::log10)),
    ("log", |lua, _, args| map(lua, args, f64::ln)),
    ("max", max),
    ("min", min),
    ("modf", modf),
    ("pow", |lua, _, args| map_pair(lua, args, f64::powf)),
    ("rad", |lua, _, args| map(lua, args, |x| x * (PI / 180.0))),
    ("random", random),
    ("randomseed", randomseed),
    ("sinh", |lua, _, args| map(lua, args, f64::sinh)),
    ("sin", |lua, _, args| map(lua, args, f64::sin)),
    ("sqrt", |lua, _, args| map(lua, args, f64::sqrt)),
    ("tanh", |lua, _, args| map(lua, args, f64::tanh)),
    ("tan", |lua, _, args| map(lua, args, f64::tan)),
];

/// Makes the library's table, the global `math`.
pub fn open(lua: &mut Lua) -> Result<()> {
    let library = lua.table(0, FUNCTIONS.len())?;
    lua.register(library, FUNCTIONS)?;
    lua.raw_set_name(library, "pi", PI.into())?;
    lua.raw_set_name(library, "huge", f64::INFINITY.into())?;
    let fmod = lua.raw_get_name(library, "fmod");
    lua.raw_set_name(library, "mod", fmod)?;
    lua.raw_set_name(lua.globals(), "math", library.into())
}

fn map(lua: &mut Lua, args: Args, function: fn(f64) -> f64) -> Result<usize> {
    let result = function(lua.arg_number(args, 1)?);
    lua.push(result.into());
    Ok(1)
}

/// The second argument is read first, as the compilers of the reference implementation have it: messages show that.
fn map_pair(lua: &mut Lua, args: Args, function: fn(f64, f64) -> f64) -> Result<usize> {
    let y = lua.arg_number(args, 2)?;
    let x = lua.arg_number(args, 1)?;
    lua.push(function(x, y).into());
    Ok(1)
}

fn fmod(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    map_pair(lua, args, |x, y| x % y)
}

fn modf(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let x = lua.arg_number(args, 1)?;
    let fraction = if x.is_infinite() { 0.0 } else { x - x.trunc() };
    lua.push(x.trunc().into());
    lua.push(fraction.copysign(x).into());
    Ok(2)
}

/// Splits a number into a fraction from 1/2 up to 1 and a power of two.
fn frexp(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let x = lua.arg_number(args, 1)?;
    let (fraction, exponent) = if x == 0.0 || !x.is_finite() {
        (x, 0)
    } else {
        // Make a subnormal number normal first.
        let (normal, lift) = if x.is_normal() { (x, 0) } else { (x * (1u64 << 54) as f64, 54) };
        let bits = normal.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32 - 1022 - lift;
        (f64::from_bits(bits & !(0x7ff << 52) | 1022 << 52), exponent)
    };
    lua.push(fraction.into());
    lua.push(f64::from(exponent).into());
    Ok(2)
}

fn ldexp(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let power = i64::from(lua.arg_int(args, 2)? as i32);
    let x = lua.arg_number(args, 1)?;
    lua.push(number::ldexp(x, power).into());
    Ok(1)
}

fn max(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let mut best = lua.arg_number(args, 1)?;
    for n in 2..=args.count() {
        let x = lua.arg_number(args, n)?;
        if x > best {
            best = x;
        }
    }
    lua.push(best.into());
    Ok(1)
}

fn min(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let mut best = lua.arg_number(args, 1)?;
    for n in 2..=args.count() {
        let x = lua.arg_number(args, n)?;
        if x < best {
            best = x;
        }
    }
    lua.push(best.into());
    Ok(1)
}

/// The state of the generator before anything seeds it: Redis never does, from one script to the next.
pub const FIRST_RANDOM: u64 = 0x1234_abcd_330e;

/// Gives the next number below 2^31 of the 48-bit generator of POSIX's `lrand48`.
/// See <https://pubs.opengroup.org/onlinepubs/9799919799/functions/drand48.html>.
fn next_random(lua: &mut Lua) -> u32 {
    lua.random = lua.random.wrapping_mul(0x5_deec_e66d).wrapping_add(0xb) & ((1 << 48) - 1);
    (lua.random >> 17) as u32
}

fn random(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    const MOST: u32 = i32::MAX as u32;
    let unit = f64::from(next_random(lua) % MOST) / f64::from(MOST);
    let result = match args.count() {
        0 => unit,
        1 => {
            let high = lua.arg_int(args, 1)? as i32;
            if high < 1 {
                return Err(lua.arg_error(1, "interval is empty"));
            }
            (unit * f64::from(high)).floor() + 1.0
        }
        2 => {
            let (low, high) = (lua.arg_int(args, 1)? as i32, lua.arg_int(args, 2)? as i32);
            if low > high {
                return Err(lua.arg_error(2, "interval is empty"));
            }
            (unit * f64::from(high.wrapping_sub(low).wrapping_add(1))).floor() + f64::from(low)
        }
        _ => return Err(lua.error("wrong number of arguments")),
    };
    lua.push(result.into());
    Ok(1)
}

fn randomseed(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let seed = lua.arg_int(args, 1)? as i32;
    lua.random = u64::from(seed as u32) << 16 | 0x330e;
    Ok(0)
}
