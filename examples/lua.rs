//! Runs a Lua file with the engine alone: `cargo run --example lua file.lua`. `print` and `clock` are this
//! program's.

use redmoon::lua::{Args, Host, Kill, Limits, Lua, LuaError, Result, Value};
use std::io::Write;

struct Console {
    start: std::time::Instant,
}

impl Console {
    /// Gives the time that this thread has run, as `os.clock` does; where the system does not say, the time since the
    /// start.
    fn seconds(&self) -> f64 {
        let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let spent = spent.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
        spent.map_or(self.start.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
    }
}

impl Host for Console {
    fn call(&mut self, lua: &mut Lua, id: u32, args: Args) -> Result<usize> {
        if id == 1 {
            lua.push(Value::number(self.seconds()));
            return Ok(1);
        }
        let mut line = Vec::new();
        for n in 1..=args.count() {
            let text = lua.display(self, lua.arg(args, n))?;
            line.extend_from_slice(if n > 1 { b"\t" } else { b"" });
            line.extend_from_slice(lua.as_bytes(text).unwrap_or_default());
        }
        line.push(b'\n');
        let _ = std::io::stdout().write_all(&line);
        Ok(0)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        None
    }
}

fn run(file: &str) -> std::result::Result<(), String> {
    let source = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let mut lua = Lua::new(Limits::default());
    let describe = |lua: &Lua, error: LuaError| match error {
        LuaError::Throw(value) => String::from_utf8_lossy(lua.as_bytes(value).unwrap_or(b"(no message)")).into_owned(),
        other => format!("{other:?}"),
    };
    let open = |lua: &mut Lua| {
        lua.open_libs()?;
        lua.raw_set_name(lua.globals(), "print", Value::host_function(0))?;
        lua.raw_set_name(lua.globals(), "clock", Value::host_function(1))
    };
    open(&mut lua).map_err(|error| describe(&lua, error))?;
    let chunk = lua
        .load(&source, format!("@{file}").as_bytes())
        .map_err(|message| String::from_utf8_lossy(&message).into_owned())?;
    let mut console = Console { start: std::time::Instant::now() };
    match lua.run(&mut console, chunk, &[]) {
        Ok(_) => Ok(()),
        Err(error) => Err(describe(&lua, error)),
    }
}

fn main() -> std::process::ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    for file in &files {
        if let Err(message) = run(file) {
            eprintln!("{message}");
            return std::process::ExitCode::FAILURE;
        }
    }
    std::process::ExitCode::SUCCESS
}
