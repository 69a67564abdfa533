//! Programs about one thing.

use super::Writer;
use std::fmt::Write as _;

impl Writer {
    pub fn pattern(&mut self) -> String {
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

    pub fn patterns(&mut self) {
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

    pub fn formats(&mut self) {
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

    pub fn lists(&mut self) {
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

    pub fn number_small(&mut self) -> String {
        format!("{}", self.random.below(12) as i64 - 3)
    }

    /// Entries that come and go: the order of `pairs` and the border that `#` finds are the reference's.
    pub fn table_order(&mut self) {
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
                // Redis hashes all bytes of a long string, the reference only some.
                _ => format!("('x'):rep({})", self.random.below(if self.sandboxed { 60 } else { 32 })),
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
    pub fn closures(&mut self) {
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
    pub fn error_values(&mut self) {
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

    pub fn sorting(&mut self) {
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
    pub fn wrong_types(&mut self) {
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
    pub fn library_calls(&mut self) {
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
            // Redis's own pcall reads beyond its arguments if there is none.
            let least = usize::from(self.sandboxed && function == "pcall");
            let count = least + self.random.below(5);
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
