//! Random programs answer here what they answer on lua5.1 (Debian's package), errors included.
//!
//! `REDMOON_PROGRAMS=100000 REDMOON_SEED=7 cargo test --release --test lua_random` runs more, or others. A difference
//! is shown with the program that makes it.

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

/// A small generator of numbers (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn pick_name(&mut self, list: &[String]) -> String {
        list[self.below(list.len())].clone()
    }
}

/// Writes one program.
struct Writer {
    random: Random,
    text: String,
    /// Locals in scope.
    names: Vec<String>,
    depth: usize,
    loops: usize,
    serial: usize,
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
    fn new(seed: u64) -> Writer {
        let names = Vec::new();
        Writer { random: Random(seed), text: String::new(), names, depth: 0, loops: 0, serial: 0 }
    }

    fn program(mut self) -> String {
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

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn fresh(&mut self) -> String {
        self.serial += 1;
        let letters = ["a", "b", "c", "d", "x", "y", "z", "t", "n"];
        format!("{}{}", letters[self.serial % letters.len()], self.serial)
    }

    // Expressions.

    fn number(&mut self) -> String {
        if self.random.one_in(4) {
            return format!("{}", self.random.below(20) as i64 - 5);
        }
        self.random.pick(NUMBERS).to_string()
    }

    fn string(&mut self) -> String {
        self.random.pick(STRINGS).to_string()
    }

    fn expression(&mut self) -> String {
        self.depth += 1;
        let text = if self.depth > 4 { self.leaf() } else { self.compound() };
        self.depth -= 1;
        text
    }

    fn leaf(&mut self) -> String {
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

    fn compound(&mut self) -> String {
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

    fn table(&mut self) -> String {
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

    fn block(&mut self, count: usize) {
        let scope = self.names.len();
        for _ in 0..count {
            self.statement();
        }
        self.names.truncate(scope);
    }

    fn statement(&mut self) {
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
                self.line(&text);
            }
        }
        self.depth -= 1;
    }

    fn numeric_loop(&mut self) {
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
            self.line("local keep = function() return keep, ");
            let text = format!("{name} end show(keep())");
            self.line(&text);
        }
        self.loops -= 1;
        self.names.pop();
        self.line("end");
    }

    fn function(&mut self) {
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

    fn coroutine(&mut self) {
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

    fn metatable(&mut self) {
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

    // Programs about one thing.

    fn pattern(&mut self) -> String {
        let mut text = String::new();
        if self.random.one_in(6) {
            text.push('^');
        }
        let mut open = 0;
        for _ in 0..1 + self.random.below(5) {
            match self.random.below(14) {
                0..=2 => text.push_str(self.random.pick(&["a", "b", "c", "o", "x", "=", "-", "]", "0"])),
                3..=4 => text.push_str(
                    self.random.pick(&["%a", "%d", "%s", "%w", "%p", "%l", "%u", "%x", "%c", "%z", "%A", "%S"]),
                ),
                5 => text.push('.'),
                6 => text.push_str(self.random.pick(&[
                    "[abc]", "[^abc]", "[a-c]", "[%w_]", "[]]", "[^]]", "[a-]", "[%]]", "[", "[a", "[^", "[%",
                ])),
                7..=8 => {
                    text.push('(');
                    open += 1;
                }
                9 => {
                    text.push(')');
                    open -= 1;
                }
                10 => text.push_str(
                    self.random.pick(&["()", "%1", "%2", "%b()", "%bxx", "%f[%w]", "%f[^a]", "%b", "%f", "%", "%0"]),
                ),
                11 => text.push('$'),
                _ => text.push_str(self.random.pick(&["%.", "%(", "%%", "bc", "ab"])),
            }
            if self.random.one_in(3) {
                text.push_str(self.random.pick(&["*", "+", "-", "?"]));
            }
        }
        while open > 0 && !self.random.one_in(8) {
            text.push(')');
            open -= 1;
        }
        if self.random.one_in(8) {
            text.push('$');
        }
        format!("[=[{text}]=]")
    }

    fn patterns(&mut self) {
        for _ in 0..8 {
            let (subject, pattern) = (self.string(), self.pattern());
            let init =
                self.random.pick(&["", "", ", 2", ", -2", ", 0", ", 100", ", -100", ", 1, true", ", nil, false"]);
            let text = match self.random.below(7) {
                0..=1 => format!("show(pcall(string.find, {subject}, {pattern}{init}))"),
                2 => format!("show(pcall(string.match, {subject}, {pattern}{}))", init.split(", n").next().unwrap()),
                3 => {
                    let replacement = self.random.pick(&[
                        "''",
                        "'<%0>'",
                        "'%1'",
                        "'[%1%2]'",
                        "'%'",
                        "'%%'",
                        "'%x'",
                        "{a = 'A', abc = 1, b = false}",
                        "'\\0'",
                        "function(...) return (...) end",
                        "function(...) show(...) end",
                        "string.upper",
                        "{true}",
                        "42",
                        "function() return {} end",
                        "nil",
                        "setmetatable({}, {__index = function(_, k) return k .. '!' end})",
                    ]);
                    let most = self.random.pick(&["", ", 0", ", 1", ", 2", ", -1"]);
                    format!("show(pcall(string.gsub, {subject}, {pattern}, {replacement}{most}))")
                }
                4 => format!("show(pcall(function() for a, b in ({subject}):gmatch({pattern}) do show(a, b) end end))"),
                5 => format!("local s = {subject} show(pcall(s.find, s, {pattern}))"),
                _ => format!("show(({subject}):find({}, 1, true))", self.string()),
            };
            self.line(&text);
        }
    }

    fn formats(&mut self) {
        for _ in 0..8 {
            let mut spec = String::from("%");
            for _ in 0..self.random.below(3) {
                spec.push_str(self.random.pick(&["-", "+", " ", "#", "0"]));
            }
            if self.random.one_in(2) {
                let _ = write!(spec, "{}", self.random.below(25));
            }
            if self.random.one_in(2) {
                let _ = write!(spec, ".{}", self.random.below(22));
            }
            let letter = self
                .random
                .pick(&["d", "i", "u", "c", "x", "X", "o", "e", "E", "f", "g", "G", "q", "s", "d", "g", "s", "y", ""]);
            spec.push_str(letter);
            // What C leaves undefined is not compared: flags of %c, %s and %q that mean nothing there.
            if matches!(letter, "c" | "s" | "q") {
                spec = spec.replace(['+', ' ', '#'], "");
                while spec.contains("%0") || spec.contains("%-0") {
                    spec = spec.replace("%0", "%").replace("%-0", "%-");
                }
            }
            if letter == "c" {
                spec = spec.split('.').next().unwrap().trim_end_matches('c').to_string() + "c";
            }
            let value = match self.random.below(6) {
                0 => self.string(),
                1 => format!("{}", self.random.next() as i32),
                2 => {
                    format!("{:e}", f64::from_bits(self.random.next())).replace("inf", "(1/0)").replace("NaN", "(0/0)")
                }
                3 => format!("{}", (self.random.next() as i32) as f64 / 1000.0),
                4 => format!("{}", self.random.below(300)),
                _ => self.number(),
            };
            let text = format!("show(pcall(string.format, '<{spec}>', {value}))");
            self.line(&text);
        }
    }

    fn lists(&mut self) {
        let text = format!("local t = {}", self.table());
        self.line(&text);
        for _ in 0..12 {
            let text = match self.random.below(11) {
                0 => format!("show(pcall(table.insert, t, ({})))", self.expression()),
                1 => format!("show(pcall(table.insert, t, {}, {}))", self.number_small(), self.number()),
                2 => "show(pcall(table.remove, t))".to_string(),
                3 => format!("show(pcall(table.remove, t, {}))", self.number_small()),
                4 => format!("show(pcall(table.concat, t, {}))", self.random.pick(&["nil", "','", "', '", "1", "{}"])),
                5 => format!("show(pcall(table.concat, t, '-', {}, {}))", self.number_small(), self.number_small()),
                6 => format!("t[{}] = {}", self.random.below(12), self.expression()),
                7 => format!("t[{}] = nil", self.random.below(12)),
                8 => "show(#t, table.maxn(t), table.getn(t))".to_string(),
                9 => format!("show(pcall(unpack, t, {}, {}))", self.number_small(), self.number_small()),
                _ => format!("t[{}] = {}", self.string(), self.number()),
            };
            self.line(&text);
        }
        self.line("for k, v in pairs(t) do show(k, v) end");
        self.line("table.foreachi(t, function(k, v) show('i', k, v) end) show(next({})) show(#t)");
    }

    fn number_small(&mut self) -> String {
        format!("{}", self.random.below(12) as i64 - 3)
    }

    /// Entries that come and go: the order of `pairs` and the border that `#` finds are the reference's.
    fn table_order(&mut self) {
        let text = format!(
            "local t = {}",
            self.random.pick(&["{}", "{1, 2, 3}", "{x = 1}", "{nil, nil, 3}", "{n = 1, 2, [3] = 3, [4] = 4}"])
        );
        self.line(&text);
        for _ in 0..10 + self.random.below(60) {
            let key = match self.random.below(8) {
                0..=3 => format!("{}", self.random.below(40) as i64 - 4),
                4 => format!("'k{}'", self.random.below(30)),
                5 => format!("{}.5", self.random.below(10)),
                6 => self
                    .random
                    .pick(&["true", "false", "2^31", "2^53", "-2^31", "1e300", "1/0", "-1/0", "'1'", "0.1", "-0"])
                    .to_string(),
                _ => format!("('x'):rep({})", self.random.below(60)),
            };
            let value = if self.random.one_in(3) { "nil" } else { "#t" };
            let text = match self.random.below(12) {
                0 => "show(#t, next(t))".to_string(),
                1 => "for k in pairs(t) do t[k] = nil break end".to_string(),
                2 => format!("for i = {}, {} do t[i] = i end", self.random.below(9), self.random.below(30)),
                3 => format!("for i = {}, {} do t[i] = nil end", self.random.below(9), self.random.below(30)),
                _ => format!("t[{key}] = {value}"),
            };
            self.line(&text);
        }
        self.line("local n = 0 for k, v in pairs(t) do show(k, v) n = n + 1 end show(n, #t)");
        self.line("for i, v in ipairs(t) do show(i, v) end show(pcall(next, t, 'missing'))");
    }

    /// Closures that share variables of loops and blocks, and live on.
    fn closures(&mut self) {
        self.line("local list = {}");
        for _ in 0..3 {
            let (from, to) = (self.random.below(3), self.random.below(6));
            let name = self.fresh();
            let header = match self.random.below(4) {
                0 => format!("for {name} = {from}, {to} do"),
                1 => format!("for {name} in pairs({{10, 20, 30}}) do"),
                2 => format!("local c{name} = 0 while c{name} < {to} do c{name} = c{name} + 1 local {name} = c{name}"),
                _ => format!("local c{name} = 0 repeat c{name} = c{name} + 1 local {name} = c{name} * 2"),
            };
            self.line(&header);
            let text = format!("local own, s = {}, 0", self.number());
            self.line(&text);
            let body = self.random.pick(&[
                "s = s + 1 return V, own, s",
                "own = V return own",
                "V = V + 1 s = s - V return V, s",
                "local function deep() s = s + V return s, own end return deep()",
            ]);
            let text = format!("list[#list + 1] = function() {} end", body.replace('V', &name));
            self.line(&text);
            if self.random.one_in(2) {
                let text =
                    format!("list[#list + 1] = function(x) own = x or own {name} = {name} + 1 return own, {name} end");
                self.line(&text);
            }
            if self.random.one_in(3) {
                let text = format!("if {name} > {} then break end", self.random.below(5));
                self.line(&text);
            }
            self.line(if header.contains("repeat") { "until own == nil or s == 0" } else { "end" });
        }
        for _ in 0..10 {
            let text = format!(
                "if list[{0}] then show(list[{0}]({1})) end",
                1 + self.random.below(8),
                self.random.pick(&["", "7", "'v'"])
            );
            self.line(&text);
        }
        self.line("for i, f in ipairs(list) do show(i, f()) end");
    }

    /// Errors of every kind of value through every kind of frame.
    fn error_values(&mut self) {
        for _ in 0..6 {
            let value = self.random.pick(&[
                "'text'",
                "{code = 5}",
                "nil",
                "42",
                "true",
                "'a\\nb'",
                "setmetatable({}, {__tostring = function() return 'T' end})",
            ]);
            let level = self.random.pick(&["", ", 0", ", 1", ", 2", ", 3"]);
            let raise = match self.random.below(6) {
                0 => "local x = nil return x.y".to_string(),
                1 => "return #nil".to_string(),
                2 => format!("assert(false, {value})"),
                3 => format!("assert(nil{})", self.random.pick(&["", ", nil", ", {}", ", 5"])),
                _ => format!("error({value}{level})"),
            };
            let wrap = match self.random.below(9) {
                0 => "pcall(raise)",
                1 => "xpcall(raise, function(e) return type(e), e end)",
                2 => "xpcall(raise, function(e) error('again') end)",
                3 => "pcall(function() return raise() end)",
                4 => "pcall(function() local r = raise() return r end)",
                5 => "pcall(pcall, raise)",
                6 => "coroutine.resume(coroutine.create(raise))",
                7 => "pcall(coroutine.wrap(function() coroutine.yield(1) raise() end))",
                _ => "pcall(table.sort, {3, 2, 1}, function(a, b) raise() end)",
            };
            let text = format!("do local function raise()\n{raise}\nend\nshow({wrap})\nshow(select('#', {wrap})) end");
            self.line(&text);
        }
        self.line(
            "local co = coroutine.create(function(...) show('in', ...) local r = coroutine.yield(...) error(r) end)",
        );
        self.line("show(coroutine.resume(co, 1, 2)) show(coroutine.status(co)) show(coroutine.resume(co, 'bad')) show(coroutine.status(co))");
        self.line("show(coroutine.resume(co)) show(pcall(coroutine.yield, 1)) show(pcall(coroutine.resume, 5)) show(pcall(coroutine.wrap(error), 'x'))");
    }

    fn sorting(&mut self) {
        let count = self.random.below(30);
        let kind = self.random.below(3);
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(match kind {
                0 => format!("{}", self.random.below(15)),
                1 => format!(
                    "'{}'",
                    self.random.pick(&["a", "b", "ab", "abc", "B", "", "z", "10", "9", "a\\0b", "a\\0a"])
                ),
                _ => self.random.pick(&["1", "2", "'x'", "3", "4", "true"]).to_string(),
            });
        }
        let text = format!("local t = {{{}}} local n = 0", list.join(", "));
        self.line(&text);
        let order = self.random.pick(&[
            "",
            ", function(a, b) n = n + 1 return a < b end",
            ", function(a, b) show(a, b) return a > b end",
            ", function(a, b) n = n + 1 return true end",
            ", function(a, b) n = n + 1 return a <= b end",
            ", function(a, b) n = n + 1 return n % 3 == 0 end",
            ", 5",
        ]);
        let text = format!("show(pcall(table.sort, t{order})) show(n, #t) for i, v in ipairs(t) do show(i, v) end");
        self.line(&text);
    }

    /// Errors of operations on values of the wrong type, whose names the message must tell.
    fn wrong_types(&mut self) {
        self.line("local up, num, str, tab, fun = nil, 5, 'text', {inner = {}}, function() end");
        for _ in 0..8 {
            let value = self.random.pick(&[
                "up",
                "num",
                "str",
                "tab",
                "fun",
                "glob",
                "tab.field",
                "tab.inner",
                "tab.inner.deep",
                "tab[num]",
                "tab[1]",
                "(up)",
                "nil",
                "true",
                "{}",
                "tab['a b']",
                "str.field",
                "tab[str]",
                "string.missing",
                "loc",
                "loc.x",
                "par",
                "par.y",
                "par[num]",
                "(function() end)()",
                "tab.inner['x']",
                "1",
                "'lit'",
            ]);
            let value = if matches!(value, "nil" | "true" | "{}" | "1" | "'lit'") {
                format!("({value})")
            } else {
                value.to_string()
            };
            let operation = match self.random.below(18) {
                0 => format!("return {value} + 1"),
                1 => format!("return 1 - {value}"),
                2 => format!("return {value} .. 'x'"),
                3 => format!("return 'x' .. {value} .. 'y'"),
                4 => format!("return {value}.a.b"),
                5 => format!("return {value}(1)"),
                6 => format!("return {value}:method()"),
                7 => format!("local r = {value}.a(1) return r"),
                8 => format!("return -{value}"),
                9 => format!("return #{value}"),
                10 => format!("return {value} < 1"),
                11 => format!("return 1 <= {value}"),
                12 => format!("return {value} < {value}"),
                13 => format!("{value}.x = 1 return {value}.x"),
                14 => format!("for i = {value}, 2 do end"),
                15 => format!("for i = 1, 2, {value} do end"),
                16 => format!("for k in {value} do end"),
                _ => format!("return {value} == nil, not {value}"),
            };
            let operation =
                if operation.starts_with('(') { format!("do local z = 1 end ; {operation}") } else { operation };
            let text = format!(
                "show(pcall(function(par) local loc = {}\n {operation} end, {}))",
                self.random.pick(&["nil", "1", "'s'", "{}", "true"]),
                self.random.pick(&["nil", "1", "'s'", "{}", "true"]),
            );
            self.line(&text);
        }
    }

    /// Library functions with arguments of any type and number.
    fn library_calls(&mut self) {
        for _ in 0..10 {
            let function = self.random.pick(&[
                "string.byte",
                "string.char",
                "string.len",
                "string.lower",
                "string.rep",
                "string.reverse",
                "string.sub",
                "string.upper",
                "string.format",
                "string.find",
                "string.match",
                "string.gmatch",
                "string.gsub",
                "string.gfind",
                "table.concat",
                "table.insert",
                "table.remove",
                "table.sort",
                "table.getn",
                "table.maxn",
                "table.setn",
                "table.foreach",
                "table.foreachi",
                "math.abs",
                "math.ceil",
                "math.floor",
                "math.max",
                "math.min",
                "math.fmod",
                "math.modf",
                "math.frexp",
                "math.ldexp",
                "math.sqrt",
                "math.pow",
                "math.deg",
                "math.mod",
                "tonumber",
                "tostring",
                "type",
                "select",
                "unpack",
                "pairs",
                "ipairs",
                "next",
                "rawget",
                "rawset",
                "rawequal",
                "setmetatable",
                "getmetatable",
                "error",
                "assert",
                "pcall",
                "xpcall",
                "loadstring",
                "coroutine.create",
                "coroutine.wrap",
                "coroutine.status",
                "coroutine.resume",
            ]);
            // With a large number these would take all memory, or for ever.
            let endless = matches!(function, "string.rep" | "table.insert" | "table.concat" | "unpack");
            let count = self.random.below(5);
            let mut arguments = String::new();
            for _ in 0..count {
                let argument = match self.random.below(10) {
                    0 => "nil".to_string(),
                    1 => "true".to_string(),
                    2 => self.table(),
                    3 => "function(...) return ... end".to_string(),
                    4..=6 => self.number_small(),
                    7 if !endless => self.number(),
                    _ => self.string(),
                };
                arguments.push_str(", ");
                arguments.push_str(&argument);
            }
            let text = if self.random.one_in(2) {
                format!("show(pcall({function}{arguments}))")
            } else {
                format!("show(pcall(function() return {function}({}) end))", arguments.trim_start_matches(", "))
            };
            self.line(&text);
        }
    }
}

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
