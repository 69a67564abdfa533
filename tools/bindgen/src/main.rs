//! `bindgen TARGET IN.wasm OUT_DIR NAME FEATURE...`: writes NAME.js, NAME.d.ts and NAME_bg.wasm for one wasm-bindgen
//! target, without use of the features.
//!
//! The library behind wasm-bindgen's own command line, without the minutes that installing it takes.

mod doomed;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [target, input, out, name, renounced @ ..] = args.as_slice() else {
        bail!("usage: bindgen TARGET IN.wasm OUT_DIR NAME FEATURE...");
    };
    let mut wasm = fs::read(input)?;
    for feature in renounced {
        renounce(&mut wasm, feature);
    }
    let mut bindgen = Bindgen::new();
    match target.as_str() {
        "web" => bindgen.web(true)?,
        "bundler" => bindgen.bundler(true)?,
        "nodejs" => bindgen.nodejs(true)?,
        _ => bail!("unknown target `{target}`: one of web, bundler, nodejs"),
    };
    let mut output = bindgen
        .input_bytes(name, wasm)
        .out_name(name)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        // Each entry of the package says where its wasm lies; a second, hidden place would be bundled twice.
        .omit_default_module_path(true)
        .generate_output()?;
    doomed::trap_at_once(output.wasm_mut());
    output.emit(out)?;
    // A program that instantiates the module itself, in an environment of more than the glue, needs both its ends.
    append(out, &format!("{name}.js"), "export { __wbg_get_imports, __wbg_finalize_init };\n")?;
    append(
        out,
        &format!("{name}.d.ts"),
        "/** What the module imports from the glue. */\n\
         export function __wbg_get_imports(): WebAssembly.Imports;\n\
         /** Has the glue call an instance of the module. */\n\
         export function __wbg_finalize_init(instance: WebAssembly.Instance, module: WebAssembly.Module): InitOutput;\n",
    )
}

/// Has the section `target_features` say that a module does without a feature. The standard library, which rustup brings
/// compiled, may say there that it has it.
fn renounce(wasm: &mut [u8], feature: &str) {
    let mut entry = vec![b'+', feature.len() as u8];
    entry.extend(feature.as_bytes());
    if let Some(at) = wasm.windows(entry.len()).position(|window| window == entry) {
        wasm[at] = b'-';
    }
}

fn append(folder: &str, file: &str, text: &str) -> Result<()> {
    let mut file = OpenOptions::new().append(true).open(Path::new(folder).join(file))?;
    Ok(file.write_all(text.as_bytes())?)
}
