//! A wasm module as two, so that a cold start compiles little: a primary module with the functions that a profile has
//! seen called, and a secondary one with all of them, which takes over when any other is called.
//!
//! - `split trace IN.wasm OUT.wasm OUT.data`: the same module, except that each function tells its number to the import
//!   `trace.enter` as it is called.
//! - `split cut IN.wasm PROFILE STACK PRIMARY.wasm PRIMARY.data SECONDARY.wasm`: `PROFILE` is a file of such numbers
//!   between spaces, `STACK` the bytes of stack that the primary module has.
//!
//! What memory holds at first is in the files `.data`.
//!
//! The terms are those of Binaryen's `wasm-split`, which is not in its npm package; other than that tool's, the secondary
//! module calls nothing of the primary one and is as quick as the whole.

mod cut;
mod data;
mod trace;

use std::fs;

use anyhow::{Context, Result, bail};
use walrus::{FunctionId, Module, ModuleConfig};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["trace", input, output, memory] => {
            let mut module = read(input)?;
            trace::tell_of_calls(&mut module);
            fs::write(memory, data::take(&mut module)?)?;
            module.emit_wasm_file(output)
        }
        ["cut", input, profile, stack, primary, memory, secondary] => {
            let text = fs::read_to_string(profile).with_context(|| profile.to_owned())?;
            let called = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
            let (mut first, mut second) = (read(input)?, read(input)?);
            cut::cut(&mut first, &mut second, &called, stack.parse()?)?;
            fs::write(memory, data::take(&mut first)?)?;
            first.emit_wasm_file(primary)?;
            second.emit_wasm_file(secondary)
        }
        _ => bail!("usage: split trace IN OUT DATA | split cut IN PROFILE STACK PRIMARY DATA SECONDARY"),
    }
}

fn read(path: &str) -> Result<Module> {
    ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse_file(path)
}

/// The functions of a module that has just been read, by their numbers.
fn functions(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter_local().map(|(id, _)| id).collect()
}
