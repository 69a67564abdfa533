//! Runs Lua files on one engine, for `npm run bench -- lua`: reads the path of a file from each line of the standard
//! input and answers with the milliseconds that the run took on the processor, or with `error: ...`.
//!
//! `rivals redmoon | piccolo | rilua`

use std::io::{BufRead, Write};

type Run = Box<dyn FnMut(&[u8]) -> Result<(), String>>;

/// Runs each file in a state that lives on, as an engine's does.
fn redmoon() -> Run {
    use redmoon::lua::{Alone, Limits, Lua};
    let mut lua = Lua::new(Limits::default());
    lua.open_libs().expect("the libraries fit");
    lua.seal();
    Box::new(move |source| {
        let chunk = lua.load(source, b"@bench").map_err(|error| String::from_utf8_lossy(&error).into_owned())?;
        lua.refuel();
        let done = lua.run(&mut Alone, chunk, &[]).map(drop).map_err(|error| format!("{error:?}"));
        lua.unload(chunk);
        lua.reset_region();
        done
    })
}

fn piccolo() -> Run {
    use piccolo::{Closure, Executor, Lua};
    Box::new(|source| {
        let mut lua = Lua::core();
        let made = lua.try_enter(|ctx| {
            let closure = Closure::load(ctx, None, source)?;
            Ok(ctx.stash(Executor::start(ctx, closure.into(), ())))
        });
        made.and_then(|executor| lua.execute::<()>(&executor)).map_err(|error| error.to_string())
    })
}

fn rilua() -> Run {
    let mut lua = rilua::Lua::new().expect("a state");
    Box::new(move |source| lua.exec_bytes(source, "bench").map_err(|error| error.to_string()))
}

/// Gives the ms that this process has run, as `os.clock` does.
fn clock() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: it writes to what it is given, which is a `timespec`.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let mut run = match name.as_str() {
        "redmoon" => redmoon(),
        "piccolo" => piccolo(),
        "rilua" => rilua(),
        _ => panic!("say redmoon, piccolo or rilua"),
    };
    for path in std::io::stdin().lock().lines().map_while(Result::ok) {
        let source = std::fs::read(&path).expect("a file to read");
        let before = clock();
        let answer = match run(&source) {
            Ok(()) => (clock() - before).to_string(),
            Err(error) => format!("error: {}", error.replace('\n', " ")),
        };
        println!("{answer}");
        std::io::stdout().flush().expect("a reader");
    }
}
