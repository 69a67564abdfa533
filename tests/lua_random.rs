//! Random programs answer here what they answer on lua5.1 (Debian's package), errors included.
//!
//! `REDMOON_PROGRAMS=100000 REDMOON_SEED=7 cargo test --release --test lua_random` runs more, or others. A difference
//! is shown with the program that makes it.

mod programs;

use programs::Writer;
use redmoon::lua::{Args, Host, Kill, Limits, Lua, LuaError, Result, Value};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// Programs for one process of the reference.
const BATCH: usize = 500;
const SEPARATOR: &str = "\u{1}\u{2}\u{3}";

/// What every program may use: `show` prints values without addresses.
const PRELUDE: &str = r#"
function show(...)
    local texts = {}
    for i = 1, select('#', ...) do
        local value = select(i, ...)
        local kind = type(value)
        if kind == 'table' or kind == 'function' or kind == 'thread' then value = kind end
        if kind == 'number' and value == value then value = string.format('%.17g', value) end
        texts[i] = tostring(value)
    end
    print(table.concat(texts, ' '))
end
"#;
/// Collects what `print` prints.
struct Printer(Vec<u8>);

impl Host for Printer {
    fn call(&mut self, lua: &mut Lua, _: u32, args: Args) -> Result<usize> {
        for n in 1..=args.count() {
            if n > 1 {
                self.0.push(b'\t');
            }
            let value = lua.arg(args, n);
            let text = lua.display(self, value)?;
            self.0.extend_from_slice(lua.as_bytes(text).unwrap_or_default());
        }
        self.0.push(b'\n');
        Ok(0)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        None
    }
}

fn ours(program: &str) -> String {
    let mut lua = Lua::new(Limits { memory: 64 << 20, fuel: 50_000_000 });
    lua.open_libs().unwrap();
    lua.raw_set_name(lua.globals(), "print", Value::host_function(0)).unwrap();
    let mut printer = Printer(Vec::new());
    let prelude = lua.load(PRELUDE.as_bytes(), b"=prelude").unwrap();
    lua.run(&mut printer, prelude, &[]).unwrap();
    match lua.load(program.as_bytes(), b"=p") {
        Err(message) => printer.0.extend_from_slice(&[&message[..], b"\n"].concat()),
        Ok(function) => match lua.run(&mut printer, function, &[]) {
            Ok(_) => {}
            Err(LuaError::Throw(value)) => {
                let text = match lua.to_string(value) {
                    Ok(Some(text)) => lua.str(text).to_vec(),
                    _ => value.kind().name().into(),
                };
                printer.0.extend_from_slice(&[&text[..], b"\n"].concat());
            }
            Err(error) => printer.0.extend_from_slice(format!("{error:?}\n").as_bytes()),
        },
    }
    printer.0.iter().map(|&byte| byte as char).collect()
}

/// Runs programs on lua5.1, each with globals of its own.
fn reference(programs: &[String]) -> Vec<String> {
    // Its own `print` ends at a zero byte.
    let mut driver = String::from(
        "function print(...) for i = 1, select('#', ...) do if i > 1 then io.write('\\t') end \
         io.write(tostring((select(i, ...)))) end io.write('\\n') end\n",
    );
    driver.push_str(PRELUDE);
    for program in programs {
        let quoted = program.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let _ = write!(
            driver,
            "do local f, e = loadstring(\"{quoted}\", '=p') local ok = true if f then\n\
             setfenv(f, setmetatable({{}}, {{__index = _G}})) ok, e = pcall(f) end\n\
             if not f or not ok then print((type(e) == 'string' or type(e) == 'number') and e or type(e)) end\n\
             io.write('\\1\\2\\3') io.flush() end\n"
        );
    }
    let path = Path::new("/tmp").join(format!("redmoon-lua-{}.lua", std::process::id()));
    std::fs::write(&path, driver).unwrap();
    let run = Command::new("timeout").args(["20", "lua5.1"]).arg(&path).output();
    let output = run.expect("lua5.1 is needed: install the package lua5.1");
    let _ = std::fs::remove_file(&path);
    let text: String = output.stdout.iter().map(|&byte| byte as char).collect();
    let answers: Vec<String> = text.split_terminator(SEPARATOR).map(String::from).collect();
    if !output.status.success() {
        let stopped = programs.get(answers.len()).map_or("", |program| program);
        panic!("{} {}\n{stopped}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    answers
}

/// Hides the addresses that `tostring` shows, and where the driver stands.
fn masked(output: &str) -> String {
    let mut output = output.to_string();
    while let Some(start) = output.find("/tmp/redmoon-lua-") {
        let end = output[start..].find(": ").map_or(output.len(), |length| start + length + 2);
        output.replace_range(start..end, "");
    }
    let mut parts = output.split("0x");
    let mut text = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let digits = part.bytes().take(12).take_while(u8::is_ascii_hexdigit).count();
        text.push_str("0x");
        text.push_str(if digits == 12 { &part[12..] } else { part });
    }
    text
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

#[test]
fn random_programs_answer_as_on_the_reference() {
    let count = setting("REDMOON_PROGRAMS", 3000) as usize;
    let first = setting("REDMOON_SEED", 1).wrapping_mul(1_000_000_007);
    let mut differences = Vec::new();
    for batch in (0..count).step_by(BATCH) {
        let numbers = batch..count.min(batch + BATCH);
        let programs: Vec<String> = numbers.map(|number| Writer::new(first + number as u64).program()).collect();
        let expected = reference(&programs);
        assert_eq!(expected.len(), programs.len());
        for (program, expected) in programs.iter().zip(&expected) {
            let (expected, found) = (masked(expected), masked(&ours(program)));
            if found != expected {
                let pairs = expected.lines().zip(found.lines().chain(std::iter::repeat("(nothing)")));
                let (expected, found) =
                    pairs.into_iter().find(|(expected, found)| expected != found).unwrap_or(("(the end)", "(more)"));
                differences.push(format!("{program}\n  expected {expected}\n  found    {found}\n"));
            }
        }
    }
    let shown = differences.iter().take(12).cloned().collect::<Vec<_>>().join("\n--------\n");
    assert!(differences.is_empty(), "{} of {count} programs differ:\n{shown}", differences.len());
}
