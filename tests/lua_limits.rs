//! Programs at the limits of the compiler answer here what they answer on lua5.1 (Debian's package): how many locals,
//! upvalues, registers, constants and levels there may be, how far a jump goes, and what is said of more.
//!
//! `REDMOON_PROGRAMS=100000 REDMOON_SEED=7 cargo test --release --test lua_limits` makes up more programs, or others.

use redmoon::lua::{Args, Host, Kill, Limits, Lua, Result, Value};
use std::path::Path;
use std::process::Command;

/// Loads and runs `program`, and tells of what came of it without addresses.
const JUDGE: &str = r#"
local function tell(...)
    local said = {}
    for i = 1, select('#', ...) do
        local value = select(i, ...)
        local kind = type(value)
        said[i] = (kind == 'string' or kind == 'number' or kind == 'boolean') and tostring(value):sub(1, 200) or kind
    end
    return table.concat(said, ' ', 1, math.min(#said, 4)) .. ' of ' .. #said
end
local made, message = loadstring(program, '=p')
if made then setfenv(made, setmetatable({}, {__index = _G})) end
print(made and tell(pcall(made)) or 'refused: ' .. message)
"#;

/// Between the programs of a file, and between their answers.
const SEPARATOR: &str = "\u{1}\u{2}\u{3}\n";

/// Collects what is printed.
struct Printer(String);

impl Host for Printer {
    fn call(&mut self, lua: &mut Lua, _: u32, args: Args) -> Result<usize> {
        let text = lua.arg(args, 1);
        self.0.push_str(&String::from_utf8_lossy(lua.as_bytes(text).unwrap_or_default()));
        Ok(0)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        None
    }
}

fn ours(program: &str) -> String {
    let mut lua = Lua::new(Limits { memory: 256 << 20, fuel: 100_000_000 });
    lua.open_libs().unwrap();
    lua.raw_set_name(lua.globals(), "print", Value::host_function(0)).unwrap();
    let program = lua.string(program.as_bytes()).unwrap();
    lua.raw_set_name(lua.globals(), "program", program).unwrap();
    // The reference's own program is two calls deeper than a script.
    let judge = format!("pcall(coroutine.wrap(function()\n{JUDGE}\nend))");
    let judge = lua.load(judge.as_bytes(), b"=judge").unwrap();
    let mut printer = Printer(String::new());
    if let Err(error) = lua.run(&mut printer, judge, &[]) {
        return format!("{error:?}");
    }
    printer.0
}

fn reference(test: &str, programs: &[String]) -> Vec<String> {
    let path = |kind: &str| Path::new("/tmp").join(format!("redmoon-limits-{}-{test}.{kind}", std::process::id()));
    let (list, driver) = (path("txt"), path("lua"));
    let all: String = programs.iter().flat_map(|program| [program.as_str(), SEPARATOR]).collect();
    std::fs::write(&list, all).unwrap();
    // In a coroutine there is no handler that adds to messages.
    let reads = format!(
        "local print = function(text) io.write(text, '\\1\\2\\3\\n') end\n\
         local function all() for text in io.open({list:?}):read('*a'):gmatch('(.-)\\1\\2\\3\\n') do\n\
         local program = text\n{JUDGE}\nend end\n\
         coroutine.wrap(all)()\n"
    );
    std::fs::write(&driver, reads).unwrap();
    let output = Command::new("timeout").args(["60", "lua5.1"]).arg(&driver).output();
    let output = output.expect("lua5.1 is needed: install the package lua5.1");
    let _ = (std::fs::remove_file(&list), std::fs::remove_file(&driver));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).split_terminator(SEPARATOR).map(String::from).collect()
}

/// Compares programs; files are named after the test.
fn compare(test: &str, programs: &[String]) {
    let expected = reference(test, programs);
    assert_eq!(expected.len(), programs.len());
    let mut differences = Vec::new();
    for (program, expected) in programs.iter().zip(&expected) {
        let found = ours(program);
        if found != *expected {
            let size = program.len();
            differences.push(format!("{program:.400}... ({size} bytes)\n  expected {expected}\n  found    {found}\n"));
        }
    }
    let shown = differences.iter().take(12).cloned().collect::<String>();
    assert!(differences.is_empty(), "{} of {} programs differ:\n{shown}", differences.len(), programs.len());
}

/// Writes items made of the numbers from 1 to `count`, with something between them.
fn list(count: usize, between: &str, item: impl Fn(usize) -> String) -> String {
    (1..=count).map(item).collect::<Vec<_>>().join(between)
}

fn name(n: usize) -> String {
    format!("a{n}")
}

/// Locals of `count` names, in statements of few enough.
fn locals(count: usize) -> String {
    list(count, "\n", |n| format!("local a{n} = {n}"))
}

/// What comes so many times over.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("locals", |n| locals(n) + "\nreturn a1"),
    ("locals of one statement", |n| format!("local {} = 1 return a1", list(n, ", ", name))),
    ("locals and what is read into them", |n| {
        format!("local {} = {} return a1", list(n, ",", name), list(n, ",", name))
    }),
    ("parameters", |n| format!("return (function({}) return a{n} end)(1)", list(n, ", ", name))),
    ("parameters before dots", |n| format!("return (function({}, ...) return ... end)(1)", list(n, ", ", name))),
    ("upvalues", |n| {
        format!("{}\nreturn (function() {} return a1 end)()", locals(n.min(190)), list(n, " ", |n| format!("a{n} = 2")))
    }),
    ("upvalues from two functions", |n| {
        let below = list(n / 2, " ", |n| format!("local b{n} = {n}"));
        let all =
            format!("{} {}", list(n - n / 2, " ", |n| format!("a{n} = 2")), list(n / 2, " ", |n| format!("b{n} = 2")));
        format!("{} return (function() {below} return (function() {all} return a1 end)() end)()", locals(n - n / 2))
    }),
    ("parentheses", |n| format!("return {}1{}", "(".repeat(n), ")".repeat(n))),
    ("tables", |n| format!("return {}{}", "{".repeat(n), "}".repeat(n))),
    ("functions", |n| format!("return {}1{}", "(function() return ".repeat(n), " end)()".repeat(n))),
    ("functions with an upvalue", |n| {
        format!("local a = 7 return {}a{}", "(function() return ".repeat(n), " end)()".repeat(n))
    }),
    ("blocks", |n| format!("{}x = 1{} return x", "do ".repeat(n), " end".repeat(n))),
    ("blocks with a local", |n| format!("{}x = a{} return x", "do local a = 1 ".repeat(n), " end".repeat(n))),
    ("conditions", |n| format!("{}x = 1{} return x", "if not x then ".repeat(n), " end".repeat(n))),
    ("loops", |n| format!("{}x = 1{} return x", "for i = 1, 1 do ".repeat(n), " end".repeat(n))),
    ("loops over entries", |n| format!("{}x = 1{} return x", "for k in next, {1} do ".repeat(n), " end".repeat(n))),
    ("loops until", |n| format!("{}x = 1{} return x", "repeat ".repeat(n), " until true".repeat(n))),
    ("loops while", |n| format!("{}x = 1{} return x", "while not x do ".repeat(n), " end".repeat(n))),
    ("other conditions", |n| {
        format!("x = {n} if x == 0 then {} end return y", list(n, " ", |n| format!("elseif x == {n} then y = {n}")))
    }),
    ("minus signs", |n| format!("x = 1 return {}x", "- ".repeat(n))),
    ("nots", |n| format!("return {}x", "not ".repeat(n))),
    ("strings joined", |n| format!("return {}", list(n, " .. ", |_| "'x'".into()))),
    ("globals joined", |n| format!("x = 'y' return {}", list(n, " .. ", |_| "x".into()))),
    ("powers", |n| format!("x = 1 return {}", list(n, " ^ ", |_| "x".into()))),
    ("sums", |n| format!("x = 1 return {}", list(n, " + ", |_| "x".into()))),
    ("sums to the right", |n| format!("x = 1 return {}x{}", "x + (".repeat(n), ")".repeat(n))),
    ("ands", |n| format!("x = 1 return {}", list(n, " and ", |_| "x".into()))),
    ("ors", |n| format!("return {}", list(n, " or ", |_| "x".into()))),
    ("comparisons to the right", |n| format!("x = 1 return {}x{}", "x == (".repeat(n), ")".repeat(n))),
    ("arguments", |n| format!("return select('#', {})", list(n, ",", |n| n.to_string()))),
    ("arguments of locals", |n| {
        format!("{}\nreturn select('#', {})", locals(100), list(n, ",", |n| format!("a{}", n % 100 + 1)))
    }),
    ("calls in calls", |n| format!("return {}1{}", "tostring(".repeat(n), ")".repeat(n))),
    ("calls one after another", |n| {
        format!("local t = {{}} function t:f() return self end return #t{}", ":f()".repeat(n))
    }),
    ("results", |n| format!("return {}", list(n, ",", |n| n.to_string()))),
    ("targets", |n| format!("{} = 1 return x1", list(n, ",", |n| format!("x{n}")))),
    ("targets of a table", |n| format!("local t = {{}} {} = 1 return t[1]", list(n, ",", |n| format!("t[{n}]")))),
    ("targets of globals", |n| format!("t = {{}} {} = 1 return t[1]", list(n, ",", |n| format!("t[{n}]")))),
    ("fields", |n| format!("local t = {{}} t.t = t return #t{}", ".t".repeat(n))),
    ("indices in indices", |n| format!("local t = {{}} t[1] = 1 return {}1{}", "t[".repeat(n), "]".repeat(n))),
    ("entries", |n| format!("local t = {{{}}} return #t, t[#t]", list(n, ",", |n| n.to_string()))),
    ("named entries", |n| format!("local t = {{{}}} return t.a{n}", list(n, ",", |n| format!("a{n} = {n}")))),
    ("entries and results", |n| {
        format!("local t = {{{}, unpack({{1, 2, 3}})}} return #t", list(n, ",", |n| n.to_string()))
    }),
    ("entries on locals", |n| {
        format!("{}\nlocal t = {{{}}} return #t", locals(n.min(200)), list(n, ",", |n| n.to_string()))
    }),
    ("constants", |n| format!("local x {} return x", list(n, " ", |n| format!("x = {n}.5")))),
    ("functions side by side", |n| {
        format!("local f {} return f()", list(n, " ", |n| format!("f = function() return {n} end")))
    }),
    ("equals signs of brackets", |n| format!("return [{0}[x]{0}]", "=".repeat(n))),
    ("letters", |n| format!("local {0} = 1 return {0}", "a".repeat(n))),
    ("digits", |n| format!("return {}", "1".repeat(n))),
    ("digits in hexadecimal", |n| format!("return 0x{}", "f".repeat(n))),
    ("digits of a fraction", |n| format!("return 0.{}", "7".repeat(n))),
    ("digits of an exponent", |n| format!("return 1e{}", "0".repeat(n) + "2")),
    ("letters of a wrong word", |n| format!("return x {}", "a".repeat(n))),
    ("letters of a wrong string", |n| format!("return x '{}", "a".repeat(n))),
    ("an escape", |n| format!("return '\\{n}x'")),
    ("lines", |n| format!("{}return x.y.z", "\n".repeat(n))),
];

#[test]
fn small_limits_are_those_of_the_reference() {
    let counts = [1..=3, 15..=18, 30..=34, 48..=52, 57..=63, 97..=103, 124..=130, 190..=206, 240..=262, 508..=516];
    let counts: Vec<usize> = counts.into_iter().flatten().collect();
    let programs: Vec<String> = SHAPES.iter().flat_map(|(_, shape)| counts.iter().map(|&n| shape(n))).collect();
    compare("small", &programs);
}

#[test]
fn large_limits_are_those_of_the_reference() {
    let shape = |wanted: &str| SHAPES.iter().find(|(name, _)| *name == wanted).unwrap().1;
    let mut programs = Vec::new();
    // The blocks of a list are counted in nine bits, then in a word of its own.
    programs.extend([25_548, 25_550, 25_551, 25_600, 60_000].map(shape("entries")));
    programs.extend([25_549, 25_550, 25_551].map(shape("entries and results")));
    programs.extend([262_142, 262_143, 262_144, 262_145].map(shape("constants")));
    // A jump has eighteen bits, of both directions.
    for count in [131_064, 131_066, 131_067, 131_068, 131_069, 131_070, 131_071, 131_072, 131_073] {
        let body = "x = y ".repeat(count / 2) + if count % 2 == 1 { "local z = y " } else { "" };
        programs.push(format!("while z do {body} end return 1"));
        programs.push(format!("repeat {body} until true return 1"));
        programs.push(format!("if z then {body} else y = 1 end return 1"));
        programs.push(format!("for i = 1, 0 do {body} end return 1"));
        programs.push(format!("for k in next, {{}} do {body} end return 1"));
    }
    compare("large", &programs);
}

/// A generator of pseudo-random numbers: xorshift.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// What nests: what stands before and behind, around expressions and around statements.
const AROUND_EXPRESSIONS: &[(&str, &str)] = &[
    ("(", ")"),
    ("{", "}"),
    ("{x = ", "}"),
    ("{1, 2, [3] = ", "}"),
    ("- ", ""),
    ("not ", ""),
    ("#", ""),
    ("x + (", ")"),
    ("x .. ", ""),
    ("x ^ ", ""),
    ("x and (", ")"),
    ("f(", ")"),
    ("f(1, 2, ", ")"),
    ("t[", "]"),
    ("f{", "}"),
    ("t:m(1, ", ")"),
    ("function(a, ...) return a, ", " end"),
    ("function() local b, c = 1 return b == ", " end"),
];

const AROUND_STATEMENTS: &[(&str, &str)] = &[
    ("do ", " end "),
    ("do local a, b ", " end "),
    ("if x then ", " end "),
    ("if x then else ", " end "),
    ("while x do ", " break end "),
    ("repeat local a ", " until a or true "),
    ("for i = 1, 0 do ", " end "),
    ("for k, v in f do ", " end "),
    ("function g(a) ", " end "),
    ("local function g(...) ", " end "),
    ("local a, b, c = 1 ", ""),
    ("local t = {function() ", " end} "),
];

/// Some of the pieces around one another, so many deep in all.
fn nested(random: &mut Random, pieces: &[(&str, &str)], depth: usize, inner: &str) -> String {
    let (mut before, mut behind) = (String::new(), Vec::new());
    let mut left = depth;
    while left > 0 {
        let (open, close) = pieces[random.below(pieces.len())];
        let run = 1 + random.below(left.min(60));
        for _ in 0..run {
            before.push_str(open);
            behind.push(close);
        }
        left -= run;
    }
    before + inner + &behind.into_iter().rev().collect::<String>()
}

/// A program that nests about as deep, and holds about as much, as any may.
fn made_up(random: &mut Random) -> String {
    let held = [0, 10, 60, 150, 190, 199][random.below(6)] + random.below(3);
    let deep = [3, 20, 60, 120, 180, 197][random.below(6)] + random.below(6);
    let outer = [0, 0, 4, 90, 190][random.below(5)] + random.below(4);
    let uses = list(random.below(80), ", ", |n| format!("a{}", n * 7 % held.max(1) + 1));
    let core = nested(random, AROUND_EXPRESSIONS, deep, if uses.is_empty() { "x" } else { "a1" });
    let call = if uses.is_empty() { core } else { format!("f({uses}, {core})") };
    let statement = ["local r = ", "return ", "x, y = 1, ", "t[1], t.x = x, ", "if x then return 1 end local r = 1, "];
    let statement = format!("{}{call}", statement[random.below(statement.len())]);
    format!("{}\nif false then {} end return 1", locals(held), nested(random, AROUND_STATEMENTS, outer, &statement))
}

#[test]
fn made_up_programs_at_the_limits_answer_as_on_the_reference() {
    let setting = |name, default: u64| std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default);
    let mut random = Random(setting("REDMOON_SEED", 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut left = setting("REDMOON_PROGRAMS", 1500);
    while left > 0 {
        let batch = left.min(500);
        compare("made-up", &(0..batch).map(|_| made_up(&mut random)).collect::<Vec<_>>());
        left -= batch;
    }
}
