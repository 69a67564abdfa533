//! Runs every script of `tests/lua` here and by `lua5.1`: what they print must be the same bytes.

use redmoon::lua::{Args, Host, Kill, Limits, Lua, LuaError, Result, Value};
use std::path::Path;
use std::process::Command;

/// Has one function, `print`, and keeps what it prints.
#[derive(Default)]
struct Printer {
    out: Vec<u8>,
}

impl Host for Printer {
    fn call(&mut self, lua: &mut Lua, _: u32, args: Args) -> Result<usize> {
        for n in 1..=args.count() {
            let text = lua.display(self, lua.arg(args, n))?;
            self.out.extend_from_slice(if n > 1 { b"\t" } else { b"" });
            self.out.extend_from_slice(lua.as_bytes(text).unwrap_or_default());
        }
        self.out.push(b'\n');
        Ok(0)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        None
    }
}

fn sandbox(limits: Limits) -> Lua {
    let mut lua = Lua::new(limits);
    lua.open_libs().unwrap();
    lua.raw_set_name(lua.globals(), "print", Value::host_function(0)).unwrap();
    lua
}

/// Runs a script; answers what it printed and the error that ended it.
fn run(lua: &mut Lua, name: &str, source: &[u8]) -> (Vec<u8>, Option<LuaError>) {
    let mut printer = Printer::default();
    let chunk = match lua.load(source, format!("@{name}").as_bytes()) {
        Ok(chunk) => chunk,
        Err(message) => return (message, None),
    };
    let error = lua.run(&mut printer, chunk, &[]).err();
    if let Some(LuaError::Throw(value)) = error {
        printer.out.extend_from_slice(lua.as_bytes(value).unwrap_or(b"(no message)"));
    }
    lua.unload(chunk);
    (printer.out, error)
}

fn scripts() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lua"))
        .unwrap()
        .map(|entry| format!("tests/lua/{}", entry.unwrap().file_name().to_str().unwrap()))
        .filter(|name| name.ends_with(".lua"))
        .collect();
    names.sort();
    names
}

/// Says where two outputs part.
fn difference(ours: &[u8], theirs: &[u8]) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let (ours, theirs) = (String::from_utf8_lossy(ours), String::from_utf8_lossy(theirs));
    let (mut left, mut right) = (ours.lines(), theirs.lines());
    for line in 1.. {
        match (left.next(), right.next()) {
            (a, b) if a == b && a.is_some() => {}
            (a, b) => {
                let [a, b] = [a, b].map(|line| line.unwrap_or("(end)"));
                return Some(format!("line {line}\n  here:   {a}\n  lua5.1: {b}"));
            }
        }
    }
    None
}

#[test]
fn scripts_print_what_the_reference_prints() {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut failures = Vec::new();
    for name in scripts() {
        let source = std::fs::read(Path::new(root).join(&name)).unwrap();
        let (ours, _) = run(&mut sandbox(Limits::default()), &name, &source);
        let reference = Command::new("lua5.1").current_dir(root).arg(&name).output();
        let reference = reference.expect("lua5.1 must be installed: it is what the engine is compared with");
        assert!(reference.status.success(), "{name}: {}", String::from_utf8_lossy(&reference.stderr));
        if let Some(difference) = difference(&ours, &reference.stdout) {
            failures.push(format!("{name}: {difference}"));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// The same scripts again and again in one state, with the region reset between them: nothing may be left behind.
#[test]
fn a_region_ends_with_its_run() {
    let mut lua = sandbox(Limits::default());
    lua.seal();
    let sealed = lua.memory();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in &scripts() {
        let source = std::fs::read(root.join(name)).unwrap();
        // Scripts of the corpus write globals, which a sealed table refuses.
        let own = b"local env = setmetatable({}, {__index = _G}) env._G = env setfenv(0, env) setfenv(1, env) ";
        let source = [own, source.as_slice()].concat();
        let mut outputs = Vec::new();
        for _ in 0..2 {
            outputs.push(run(&mut lua, name, &source).0);
            lua.reset_region();
            assert_eq!(lua.memory(), sealed, "{name} left something behind");
        }
        assert_eq!(outputs[0], outputs[1], "{name}");
    }
}

#[test]
fn a_script_without_end_is_stopped() {
    let mut lua = sandbox(Limits { memory: 32 << 20, fuel: 1_000_000 });
    for source in [
        "while true do end",
        "for i = 1, 1e300 do end",
        "repeat until false",
        "local function f() return f() end f()",
        "while true do pcall(error) end",
        "pcall(function() while true do end end)",
        "coroutine.wrap(function() while true do end end)()",
        "while true do coroutine.wrap(function() coroutine.yield() end)() end",
        // Steps that each touch much.
        "local t = {} for i = 1, 1e5 do t['k' .. i] = i end for k in pairs(t) do t[k] = nil end while true do next(t) end",
        "local t = {} for i = 1, 2^16 do t['k' .. i] = i end local i = 0 while true do i = i + 1 t['k' .. i] = nil t['n' .. i] = 1 end",
        "local t = {} for i = 1, 1e5 do t[i] = i end for i = 0, 31 do t[2 ^ i] = i end while true do local n = #t end",
        "local f = loadstring(('local a ' ):rep(100) .. ('a = 1 '):rep(1e5) .. 'a.b.c = 1') while true do pcall(f) end",
        "local t = {} for i = 1, 2e5 do t[i] = {} end while true do collectgarbage() end",
        "local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) while true do pcall(function() return t[1] end) end",
        "return (('a'):rep(40)):find(('a?'):rep(40) .. ('a'):rep(40))",
        "return (('a'):rep(30000)):find(('.-'):rep(20) .. 'b')",
        "return (('a'):rep(3000)):gsub('(a*)(a*)(a*)b', '')",
        "return (('('):rep(100000)):find('%b()')",
        "return (('a'):rep(1e5)):find(('a'):rep(5e4) .. 'b', 1, true)",
        "return pcall(table.insert, {}, -2^31, 1)",
        "while true do table.remove({1, 2, 3}, 1) end",
        "while true do local s = ('x'):rep(1e5) end",
        "while true do local s = ('%s'):format(('x'):rep(1e3)) end",
        "table.foreach({1}, function() while true do end end)",
        "table.sort({2, 1}, function() while true do end end)",
        "return ('x'):gsub('x', function() while true do end end)",
        "for word in ('x'):gmatch('x') do while true do end end",
    ] {
        lua.refuel();
        let (_, error) = run(&mut lua, "script", source.as_bytes());
        assert_eq!(error, Some(LuaError::Kill(Kill::Fuel)), "{source}");
        lua.refuel();
        assert_eq!(run(&mut lua, "script", b"print(1)").0, b"1\n", "after {source}");
    }
}

#[test]
fn a_script_without_bounds_is_refused_memory() {
    let mut lua = sandbox(Limits { memory: 32 << 20, fuel: u64::MAX });
    lua.seal();
    for source in [
        "local t = {} while true do t[#t + 1] = {} end",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "local t = {} for i = 1, 1e9 do t['k' .. i] = i end",
        "local t for i = 1, 1e9 do local u = t t = function() return u end end",
        "local t = {} for i = 1, 1e9 do t[i] = coroutine.create(function() end) end",
        "local s = 'local x = 1 ' while true do s = s .. s loadstring(s) end",
        "local t = {} local function f(...) t[#t + 1] = coroutine.wrap(f) return f(..., ...) end f(1)",
        "return ('x'):rep(2^31 - 1)",
        "return ('xyz'):rep(2^30)",
        "return (('x'):rep(1e6)):gsub('x', ('y'):rep(1e4))",
        "return (('x'):rep(1e6)):gsub('x', '%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0%0')",
        "return (('x'):rep(1e5)):gsub('', function() return ('y'):rep(1e5) end)",
        "return ('%q'):format(('\\0'):rep(1e7))",
        "local s, t = ('x'):rep(1e6), {} for i = 1, 1e3 do t[i] = s end return table.concat(t)",
        "local t = {} for i = 1, 1e3 do t[i] = '' end return table.concat(t, ('x'):rep(1e6))",
        "local s = ('x'):rep(1e6) while true do s = s .. s:upper() .. s:reverse() end",
        "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e5 + i) end",
    ] {
        let (out, error) = run(&mut lua, "script", source.as_bytes());
        assert!(matches!(error, Some(LuaError::Throw(_))), "{source}: {error:?}");
        assert_eq!(String::from_utf8_lossy(&out), "not enough memory", "{source}");
        lua.reset_region();
        assert_eq!(run(&mut lua, "script", b"print(1)").0, b"1\n", "after {source}");
        lua.reset_region();
    }
}

/// A run that makes much garbage lives within its limit.
#[test]
fn garbage_is_collected() {
    let mut lua = sandbox(Limits { memory: 8 << 20, fuel: u64::MAX });
    let source = "
        local keep = {}
        for i = 1, 300000 do
            local t = {i, tostring(i), function() return i end}
            keep[i % 100 + 1] = t
        end
        for i = 1, 100 do
            local n = keep[i][1]
            assert(n % 100 + 1 == i and keep[i][2] == tostring(n) and keep[i][3]() == n)
        end
        print('kept')";
    assert_eq!(String::from_utf8_lossy(&run(&mut lua, "script", source.as_bytes()).0), "kept\n");
}

/// What the embedder gives a script in sealed tables is gone with the script.
#[test]
fn sealed_tables_stay_as_they_were() {
    let mut lua = sandbox(Limits::default());
    lua.seal();
    let globals = lua.globals();
    for n in [1.0, 2.0] {
        let keys = lua.table(1, 0).unwrap();
        lua.raw_set_int(keys, 1, Value::number(n)).unwrap();
        lua.set_read_only(globals, false);
        lua.raw_set_name(globals, "KEYS", keys.into()).unwrap();
        lua.set_read_only(globals, true);
        let (out, error) = run(&mut lua, "script", b"print(KEYS[1]) KEYS[2] = {} print(#KEYS) x = 1");
        assert_eq!(String::from_utf8_lossy(&out), format!("{n}\n2\nscript:1: Attempt to modify a readonly table"));
        assert!(matches!(error, Some(LuaError::Throw(_))));
        let fault = lua.fault().unwrap();
        assert_eq!((&*fault.source, fault.line), (&b"@script"[..], 1));
        lua.reset_region();
        assert_eq!(run(&mut lua, "script", b"print(KEYS, x)").0, b"nil\tnil\n");
        for source in [
            "string.x = 1",
            "rawset(_G, 'x', 1)",
            "setmetatable(_G, {})",
            "table.insert(math, 1)",
            "getmetatable('').__index = 1",
        ] {
            let (out, _) = run(&mut lua, "script", source.as_bytes());
            assert!(String::from_utf8_lossy(&out).contains("Attempt to modify a readonly table"), "{source}");
        }
        lua.reset_region();
    }
}

/// A loaded chunk outlives regions, its strings too, until it is unloaded.
#[test]
fn loaded_chunks_outlive_regions() {
    let mut lua = sandbox(Limits::default());
    lua.seal();
    let sealed = lua.memory();
    let source = b"local t = {first = 'a string longer than twenty-two bytes', second = function() return 'inner' end} return t.first .. t.second()";
    let chunk = lua.load(source, b"@kept").unwrap();
    for n in 0..100 {
        let results = lua.run(&mut Printer::default(), chunk, &[]).unwrap();
        assert_eq!(lua.as_bytes(lua.arg(results, 1)).unwrap(), b"a string longer than twenty-two bytesinner");
        let noise: String = (0..n).map(|n| format!("local x{n} = 'noise {n} {n} {n} {n} {n}' ")).collect();
        run(&mut lua, "noise", noise.as_bytes());
        if n % 2 == 0 {
            lua.collect();
        }
        lua.reset_region();
    }
    lua.unload(chunk);
    lua.reset_region();
    assert_eq!(lua.memory(), sealed);
}
