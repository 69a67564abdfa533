//! Code that no compiler made is refused, or runs within its limits: what the unchecked reads rely on.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redmoon::lua::compile;
use redmoon::lua::proto::Proto;
use redmoon_fuzz::{LIMITS, Watch, program, state};

/// Changes one thing of a function, or of one inside it.
fn mutate(proto: &mut Proto, change: &[u8; 6]) {
    let [what, at @ .., value] = change;
    let [a, b, c, d] = at.map(usize::from);
    let value = *value;
    if let Some(inner) = proto.protos.get_mut(a)
        && what & 1 == 0
    {
        return mutate(inner, &[what >> 1, b as u8, c as u8, d as u8, a as u8, value]);
    }
    match what >> 1 & 15 {
        0..=7 => {
            let length = proto.code.len().max(1);
            if let Some(instruction) = proto.code.get_mut((a | b << 8) % length) {
                let shift = [0, 6, 14, 23][c & 3];
                let mask = [0x3f, 0xff, 0x1ff, 0x1ff][c & 3] << shift;
                *instruction = *instruction & !mask | ((u32::from(value) | (d as u32 & 1) << 8) << shift) & mask;
            }
        }
        8 => proto.max_stack = value,
        9 => proto.param_count = value,
        10 => proto.is_vararg = value & 7,
        11 => proto.upvalue_count = value,
        12 => drop(proto.constants.pop()),
        13 => drop(proto.code.pop()),
        14 => {
            let at = a % (proto.code.len() + 1);
            proto.code.insert(at, u32::from_le_bytes([b as u8, c as u8, d as u8, value]));
            let line = proto.lines.last().copied().unwrap_or(1);
            proto.lines.push(line);
        }
        _ => drop(proto.locals.pop()),
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((&count, data)) = data.split_first() else { return };
    let changes = usize::from(count & 15) * 6;
    let Some((changes, text)) = data.split_at_checked(changes) else { return };
    let Ok(mut proto) = compile(&program(text), b"@fuzz") else { return };
    for change in changes.chunks_exact(6) {
        if let Ok(change) = change.try_into() {
            mutate(&mut proto, change);
        }
    }
    let mut lua = state();
    lua.seal();
    let Ok(chunk) = lua.load_proto(&proto) else { return };
    let _ = lua.run(&mut Watch, chunk, &[1.0.into()]);
    assert!(lua.memory() <= LIMITS.memory + (1 << 16), "{} bytes", lua.memory());
    lua.reset_region();
});
