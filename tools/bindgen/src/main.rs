//! `bindgen TARGET IN.wasm OUT_DIR NAME`: writes NAME.js, NAME.d.ts and NAME_bg.wasm for one wasm-bindgen target.
//!
//! The library behind wasm-bindgen's own command line, without the minutes that installing it takes.

mod doomed;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [target, input, out, name] = args.as_slice() else {
        bail!("usage: bindgen TARGET IN.wasm OUT_DIR NAME");
    };
    let mut bindgen = Bindgen::new();
    match target.as_str() {
        "web" => bindgen.web(true)?,
        "bundler" => bindgen.bundler(true)?,
        "nodejs" => bindgen.nodejs(true)?,
        _ => bail!("unknown target `{target}`: one of web, bundler, nodejs"),
    };
    let mut output = bindgen
        .input_path(input)
        .out_name(name)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // Each entry of the package says where its wasm lies; a second, hidden place would be bundled twice.
        .omit_default_module_path(true)
        .generate_output()?;
    doomed::trap_at_once(output.wasm_mut());
    output.emit(out)
}
