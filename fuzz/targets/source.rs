//! Any text compiles or is refused; what compiles runs within its limits, again and again in one state.
#![no_main]

use libfuzzer_sys::fuzz_target;
use redmoon_fuzz::{LIMITS, Watch, program, state};

fuzz_target!(|data: &[u8]| {
    let mut lua = state();
    lua.seal();
    let Ok(chunk) = lua.load(&program(data), b"@fuzz") else { return };
    for _ in 0..2 {
        lua.refuel();
        let _ = lua.run(&mut Watch, chunk, &[1.0.into()]);
        assert!(lua.memory() <= LIMITS.memory + (1 << 16), "{} bytes", lua.memory());
        lua.reset_region();
    }
    lua.unload(chunk);
});
