//! Writes random Lua programs, for the tests that compare what they answer here and elsewhere. A program shows what it
//! computes by calling `show`, which the test provides.
#![allow(dead_code, reason = "each test crate uses its own part")]

mod random;
mod redis;
mod subjects;

pub use random::Random;
use std::fmt::Write as _;

/// Writes one program.
pub struct Writer {
    random: Random,
    text: String,
    /// Locals in scope.
    names: Vec<String>,
    depth: usize,
    loops: usize,
    serial: usize,
    /// Globals cannot be set, nor read before they are.
    sandboxed: bool,
    /// Commands to be called, drawn elsewhere.
    commands: Vec<Vec<Vec<u8>>>,
}

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "-7",
    "10",
    "100",
    "0.5",
    "1.5",
    "-2.25",
    "3.14159",
    "1e15",
    "1e100",
    "1e-5",
    "2^53",
    "1e308",
    "0x10",
    "0xff",
    "123456789",
    "1/3",
    "(0/0)",
    "(1/0)",
    "(-1/0)",
    "2^31",
    "-2^31",
    "255",
    "0.1",
    "65",
];

const STRINGS: &[&str] = &[
    "''",
    "'a'",
    "'abc'",
    "'hello world'",
    "'10'",
    "'0x1F'",
    "' 5 '",
    "'1e2'",
    "'abcabcabc'",
    "'a.b.c'",
    "'x=1, y=2'",
    "'(foo(bar)baz)'",
    "'a\\0b'",
    "'\\n\\t'",
    "'THE (quick) fox'",
    "'key'",
    "'%d'",
    "'-3'",
    "('ab'):rep(5)",
    "'\\255\\128'",
];

impl Writer {
    pub fn new(seed: u64) -> Writer {
        let names = Vec::new();
        let random = Random(seed);
        let (text, commands) = (String::new(), Vec::new());
        Writer { random, text, names, depth: 0, loops: 0, serial: 0, sandboxed: false, commands }
    }

    /// Begins a program for Redis, which may call these commands.
    pub fn sandboxed(seed: u64, commands: Vec<Vec<Vec<u8>>>) -> Writer {
        Writer { sandboxed: true, commands, ..Writer::new(seed) }
    }

    pub fn program(mut self) -> String {
        match self.random.below(13) {
            10 => self.table_order(),
            11 => self.closures(),
            12 => self.error_values(),
            0..=1 => self.patterns(),
            2 => self.formats(),
            3 => self.lists(),
            4 => self.sorting(),
            5 => self.wrong_types(),
            6 => self.library_calls(),
            _ => {
                let count = 4 + self.random.below(8);
                self.block(count);
            }
        }
        self.text
    }

    pub fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    pub fn fresh(&mut self) -> String {
        self.serial += 1;
        let letters = ["a", "b", "c", "d", "x", "y", "z", "t", "n"];
        format!("{}{}", letters[self.serial % letters.len()], self.serial)
    }

    // Expressions.

    pub fn number(&mut self) -> String {
        if self.random.one_in(4) {
            return format!("{}", self.random.below(20) as i64 - 5);
        }
        self.random.pick(NUMBERS).to_string()
    }

    pub fn string(&mut self) -> String {
        self.random.pick(STRINGS).to_string()
    }

    pub fn expression(&mut self) -> String {
        self.depth += 1;
        let text = if self.depth > 4 { self.leaf() } else { self.compound() };
        self.depth -= 1;
        text
    }

    pub fn leaf(&mut self) -> String {
        match self.random.below(9) {
            0..=2 => self.number(),
            3 => self.string(),
            4 => self.random.pick(&["nil", "true", "false", "{}", "...", "#'abc'"]).to_string().replace("...", "nil"),
            _ if !self.names.is_empty() => {
                let names = self.names.clone();
                self.random.pick_name(&names)
            }
            _ => self.number(),
        }
    }

    pub fn compound(&mut self) -> String {
        match self.random.below(22) {
            0..=3 => self.leaf(),
            4..=7 => {
                let op = self.random.pick(&["+", "-", "*", "/", "%", "^", "..", "..", "+"]);
                format!("{} {op} {}", self.expression(), self.expression())
            }
            8..=9 => {
                let op = self.random.pick(&["==", "~=", "<", "<=", ">", ">="]);
                format!("({} {op} {})", self.expression(), self.expression())
            }
            10..=12 => {
                let op = self.random.pick(&["and", "or", "and", "or"]);
                format!("({} {op} {})", self.expression(), self.expression())
            }
            13 => format!("not {}", self.expression()),
            14 => format!("-{}", self.expression()).replace("--", "- -"),
            15 => format!("({})", self.expression()),
            16 => self.table(),
            17 => format!("({})[{}]", self.table(), self.expression()),
            18 => format!("tostring({})", self.expression()),
            19 => format!("type({})", self.expression()),
            20 => format!("(function(...) return {}, ... end)({})", self.expression(), self.expression()),
            _ => format!("select('#', {}, {})", self.expression(), self.expression()),
        }
    }

    pub fn table(&mut self) -> String {
        let mut text = String::from("{");
        for _ in 0..self.random.below(5) {
            match self.random.below(4) {
                0 => {
                    let _ = write!(text, "{} = {}, ", self.random.pick(&["k", "x", "name", "n"]), self.expression());
                }
                1 => {
                    let _ = write!(text, "[{}] = {}; ", self.number().replace("(0/0)", "0"), self.expression());
                }
                _ => {
                    let _ = write!(text, "{}, ", self.expression());
                }
            }
        }
        text + "}"
    }

    // Statements.

    pub fn block(&mut self, count: usize) {
        let scope = self.names.len();
        for _ in 0..count {
            self.statement();
        }
        self.names.truncate(scope);
    }

    pub fn statement(&mut self) {
        if self.depth > 3 {
            let text = format!("show({})", self.expression());
            return self.line(&text);
        }
        self.depth += 1;
        match self.random.below(20) {
            0..=4 => {
                let name = self.fresh();
                let text = match self.random.below(6) {
                    0 => {
                        let other = self.fresh();
                        let text = format!("local {name}, {other} = {}, {}", self.expression(), self.expression());
                        self.names.push(other);
                        text
                    }
                    1 => format!("local {name} = {}", self.table()),
                    _ => format!("local {name} = {}", self.expression()),
                };
                self.line(&text);
                self.names.push(name);
            }
            5..=7 => {
                let text = format!("show({}, {})", self.expression(), self.expression());
                self.line(&text);
            }
            8 => {
                let text = format!("show(pcall(function() return {} end))", self.expression());
                self.line(&text);
            }
            9 if !self.names.is_empty() => {
                let names = self.names.clone();
                let (left, right) = (self.random.pick_name(&names), self.random.pick_name(&names));
                let text = format!("{left}, {right} = {}, {}", self.expression(), self.expression());
                self.line(&text);
            }
            10 => {
                let text = format!("if {} then", self.expression());
                self.line(&text);
                self.block(2);
                if self.random.one_in(2) {
                    let text = format!("elseif {} then", self.expression());
                    self.line(&text);
                    self.block(1);
                }
                if self.random.one_in(2) {
                    self.line("else");
                    self.block(2);
                }
                self.line("end");
            }
            11..=12 => self.numeric_loop(),
            13 => {
                let (key, value) = (self.fresh(), self.fresh());
                let iterator = self.random.pick(&["pairs", "ipairs"]);
                let text = format!("for {key}, {value} in {iterator}({}) do", self.table());
                self.line(&text);
                self.names.extend([key.clone(), value.clone()]);
                let text = format!("show({key}, {value})");
                self.line(&text);
                self.loops += 1;
                self.block(1);
                self.loops -= 1;
                self.names.truncate(self.names.len() - 2);
                self.line("end");
            }
            14..=15 => self.function(),
            16 => {
                let name = self.fresh();
                let limit = self.random.below(4);
                let text = format!("local {name} = 0 repeat local w = {name} {name} = {name} + 1");
                self.line(&text);
                // Nothing else may change the counter.
                self.block(2);
                let text = match self.random.below(3) {
                    0 => format!("local f = function() return w end until f() >= {limit}"),
                    _ => format!("until w >= {limit}"),
                };
                self.line(&text);
            }
            17 => self.coroutine(),
            18 => self.metatable(),
            _ => {
                let text = format!("glob = {} show(glob, type(glob))", self.expression());
                let text = if self.sandboxed { format!("show(pcall(function() {text} end))") } else { text };
                self.line(&text);
            }
        }
        self.depth -= 1;
    }

    pub fn numeric_loop(&mut self) {
        let name = self.fresh();
        let (from, to) = (self.random.below(5), self.random.below(8));
        let step = self.random.pick(&["", ", 1", ", 2", ", -1", ", 0.5"]);
        let text = format!("for {name} = {from}, {to}{step} do");
        self.line(&text);
        self.names.push(name.clone());
        self.loops += 1;
        self.block(2);
        if self.random.one_in(3) {
            let text = format!("if {} then break end", self.expression());
            self.line(&text);
        }
        if self.random.one_in(4) {
            self.line("local keep keep = function() return keep, ");
            let text = format!("{name} end show(keep())");
            self.line(&text);
        }
        self.loops -= 1;
        self.names.pop();
        self.line("end");
    }

    pub fn function(&mut self) {
        let name = self.fresh();
        let (first, second) = (self.fresh(), self.fresh());
        let vararg = self.random.one_in(3);
        let dots = if vararg { ", ..." } else { "" };
        let text = format!("local function {name}({first}, {second}{dots})");
        self.line(&text);
        let scope = self.names.len();
        self.names.extend([first, second]);
        self.block(2);
        let mut text = format!("return {}", self.expression());
        if vararg {
            text.push_str(", ...");
        }
        self.line(&text);
        self.names.truncate(scope);
        self.line("end");
        let text = format!("show(pcall({name}, {}, {}, {}))", self.expression(), self.expression(), self.expression());
        self.line(&text);
        let text = format!("show({name}({}))", self.expression());
        self.line(&text);
    }

    pub fn coroutine(&mut self) {
        let (name, value) = (self.fresh(), self.fresh());
        let text = format!("local {name} = coroutine.wrap(function({value}, ...)");
        self.line(&text);
        self.names.push(value.clone());
        let text = format!("for i = 1, 3 do {value} = coroutine.yield(i, {}) end", self.expression());
        self.line(&text);
        self.block(1);
        let text = format!("return {value}, {} end)", self.expression());
        self.line(&text);
        self.names.pop();
        for _ in 0..self.random.below(6) {
            let text = format!("show(pcall({name}, {}))", self.expression());
            self.line(&text);
        }
    }

    pub fn metatable(&mut self) {
        let name = self.fresh();
        let event = self.random.pick(&[
            "__add",
            "__sub",
            "__concat",
            "__unm",
            "__eq",
            "__lt",
            "__le",
            "__index",
            "__newindex",
            "__call",
            "__tostring",
            "__mul",
            "__div",
            "__mod",
            "__pow",
            "__len",
        ]);
        let operation = match event {
            "__add" => "M + 1",
            "__sub" => "2 - M",
            "__mul" => "M * M",
            "__div" => "M / 2",
            "__mod" => "M % 2",
            "__pow" => "M ^ 2",
            "__concat" => "'x' .. M",
            "__unm" => "-M",
            "__eq" => "M == N",
            "__lt" => "M < N",
            "__le" => "M <= N",
            "__index" => "M.some, M[1]",
            "__call" => "M(1, 2)",
            "__tostring" => "tostring(M)",
            "__len" => "#M",
            _ => "rawget(M, 1)",
        };
        let handler = match self.random.below(3) {
            0 => format!("function(...) return {} end", self.expression()),
            1 => "function(...) show(...) return select('#', ...) end".to_string(),
            _ => format!("({})", self.expression()),
        };
        let text = format!(
            "local {name} = {{{event} = {handler}}} local M, N = setmetatable({{}}, {name}), setmetatable({{}}, {name})"
        );
        self.line(&text);
        let text =
            format!("show(pcall(function() return {operation} end)) show(pcall(function() M.k = 1 return M.k end))");
        self.line(&text);
    }
}
