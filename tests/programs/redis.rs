//! Programs about what Redis adds to Lua, and about what it takes away.

use super::Writer;
use std::fmt::Write as _;

/// Functions and, behind each, how many arguments make sense.
const API: &[&str] = &[
    "redis.error_reply",
    "redis.status_reply",
    "redis.sha1hex",
    "redis.log",
    "redis.setresp",
    "redis.set_repl",
    "redis.replicate_commands",
    "redis.breakpoint",
    "redis.debug",
    "redis.acl_check_cmd",
    "redis.call",
    "redis.pcall",
];

const GLOBALS: &[&str] = &[
    "foo",
    "print",
    "os.time",
    "os",
    "io",
    "debug",
    "require",
    "module",
    "package",
    "dofile",
    "loadfile",
    "newproxy",
    "getfenv",
    "setfenv",
    "_G.foo",
    "_G._G",
    "_VERSION",
    "string",
    "table.foo",
    "redis.foo",
    "KEYS",
    "ARGV",
    "redis.REDIS_VERSION_NUM > 458752",
    "cjson._VERSION",
    "cjson._NAME",
    "cmsgpack._VERSION",
    "cmsgpack._NAME",
    "_G[1]",
    "_G[nil]",
    "_G[true]",
    "_G[{}]",
    "math.pi",
    "math.huge",
    "bit.foo",
    "struct.foo",
    "KEYS[1]",
    "ARGV[9]",
];

const DATA: &[&str] = &[
    "cjson.null",
    "1/0",
    "-1/0",
    "0/0",
    "{}",
    "{1, 2, 3}",
    "{1, nil, 3}",
    "{[3] = 'x'}",
    "{[12] = 1}",
    "{[1] = 1, [25] = 2}",
    "{[1.5] = 1}",
    "{[-1] = 1}",
    "{[0] = 'z'}",
    "{[true] = 1}",
    "{['1'] = 1}",
    "{1, 2, x = 3}",
    "{{}, {{}}, {{{1}}}}",
    "function() end",
    "coroutine.create(function() end)",
    "setmetatable({1}, {__index = {2, 3}})",
    "{[{}] = 1}",
    "2^53",
    "-2^63",
    "2^31",
    "-2^31",
    "2^32 - 1",
    "65536",
    "-129",
    "-32769",
    "127",
    "128",
    "1e-7",
    "0.1",
    "1e21",
    "123456789012345",
    "'\\0\\1\\127\\200'",
    "'/\"\\\\'",
    "('x'):rep(31)",
    "('x'):rep(32)",
    "('y'):rep(300)",
    "'\\xc3\\xa9'",
];

const JSON: &[&str] = &[
    "null",
    "true",
    "false",
    "1",
    "-1",
    "0",
    "-0",
    "1.5",
    "1e3",
    "1E-2",
    "01",
    "+1",
    ".5",
    "5.",
    "1e",
    "-",
    "0x1F",
    "1e400",
    "nan",
    "NaN",
    "inf",
    "Infinity",
    "-Infinity",
    "-inf",
    "infinity",
    "nul",
    "tru",
    "''",
    "\"\"",
    "\"a\"",
    "\"\\u0041\\n\\/\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00x\"",
    "\"\\uD800\\u0041\"",
    "\"\\u00e9\"",
    "\"\\u0000\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"open",
    "\"tab\tin\"",
    "[]",
    "{}",
    "[1,2]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{\"a\":1}",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{1:2}",
    "{\"a\":1,\"a\":2}",
    "[[[]]]",
    "{\"b\":{\"c\":[null]}}",
    "[1,\"a\",null,{}]",
    " 1 ",
    "1 2",
    "",
    " ",
    "\u{1}",
    "\u{7f}",
    "/* c */",
    "{\"1\":1,\"2\":2}",
    "123456789012345678901234567890",
    "0.1e+1",
    "1.7976931348623157e308",
    "5e-324",
    "\"\\ud800\\udc00\"",
    "[",
    "{",
    "]",
    "}",
    ",",
    ":",
    "\"\\b\\f\\r\\t\\\\\\\"\"",
    "{\"k\":\"v\",\"x\":[true,false]}",
    "1e-400",
    "--1",
    "1-",
    "0e0",
    "00",
];

const STRUCT: &[&str] = &[
    "b",
    "B",
    "h",
    "H",
    "l",
    "L",
    "T",
    "i",
    "I",
    "i1",
    "i2",
    "I3",
    "i5",
    "I8",
    "i16",
    "i32",
    "i33",
    "f",
    "d",
    "s",
    "x",
    "c0",
    "c3",
    "c",
    "c10",
    ">",
    "<",
    "!",
    "!2",
    "!4",
    "!8",
    "!3",
    "=",
    " ",
    "z",
    "Q",
    "n",
    "i0",
    "c2147483648",
    "I0",
    "bc0",
    "Hc0",
    "!16",
    "!1",
    "!0",
];

const REPLIES: &[&str] = &[
    "{ok = 'fine'}",
    "{ok = 5}",
    "{ok = ''}",
    "{ok = 'a\\r\\nb'}",
    "{err = 'MY words'}",
    "{err = '-MY words'}",
    "{err = 'x'}",
    "{err = ''}",
    "{err = '\\n'}",
    "{err = 'a\\r\\nb'}",
    "{err = 5}",
    "{err = {}}",
    "{double = 1.5}",
    "{double = 1}",
    "{double = 1/0}",
    "{double = -1/0}",
    "{double = 0.1}",
    "{double = 1e300}",
    "{double = 3.0e-10}",
    "{double = '1'}",
    "{map = {}}",
    "{map = {a = 1}}",
    "{map = {a = 1, b = {1, 2}, [1] = 'x'}}",
    "{map = 5}",
    "{map = {a = {map = {b = 1}}}}",
    "{set = {}}",
    "{set = {a = true}}",
    "{set = {a = false, b = 1, c = 'x'}}",
    "{set = {1, 2, 3}}",
    "{set = 'x'}",
    "{big_number = '123456789012345678901234567890'}",
    "{big_number = '1\\n2'}",
    "{big_number = 5}",
    "{verbatim_string = {format = 'txt', string = 'words'}}",
    "{verbatim_string = {format = 'mkdn', string = 'words'}}",
    "{verbatim_string = {string = 'words'}}",
    "{verbatim_string = 'words'}",
    "{1, 2, nil, 4}",
    "{1, {2, {3, {}}}}",
    "{a = 1}",
    "{1, a = 2}",
    "{[2] = 1}",
    "{false, true, false}",
    "true",
    "false",
    "nil",
    "1.9",
    "-1.9",
    "2^53",
    "2^63",
    "-2^63",
    "1e300",
    "0/0",
    "'text'",
    "''",
    "'a\\0b\\r\\n'",
    "cjson.null",
    "function() end",
    "coroutine.create(function() end)",
    "redis.call",
    "{redis.call}",
    "setmetatable({}, {__index = function(t, k) if k == 1 then return 'by index' end end})",
    "setmetatable({}, {__index = {ok = 'by index'}})",
    "setmetatable({}, {__index = {err = 'by index'}})",
    "setmetatable({}, {__index = function() return nil end, __len = function() return 5 end})",
    "redis.status_reply('st')",
    "redis.error_reply('er')",
    "redis.error_reply('-er more')",
    "redis.error_reply('My Err')",
    "redis.error_reply('')",
    "redis.error_reply('\\n')",
    "redis.error_reply(' \\r\\n')",
    "redis.error_reply('--x y\\n')",
    "redis.error_reply('a\\0b c')",
    "redis.status_reply('a\\0b')",
    "{ok = 'a\\0b'}",
    "{err = 'a\\0b'}",
    "redis.error_reply(1)",
    "redis.status_reply({})",
    "redis.error_reply()",
    "{ok = 'a', err = 'b'}",
    "{err = 'b', double = 1}",
    "{double = 1, map = {}}",
    "{set = {}, map = {}}",
    "{{ok = 'in'}, {err = 'in'}, {double = 2}}",
    "KEYS",
    "ARGV",
    "_G.KEYS[1]",
    "#KEYS",
    "1, 2",
];

/// Commands whose replies have no order.
const UNORDERED: &[&str] =
    &["smembers", "sunion", "sinter", "sdiff", "hkeys", "hvals", "keys", "hgetall", "config", "command"];

impl Writer {
    /// Writes what follows the words `return` or `error(` at the end of a script whose reply is looked at itself.
    pub fn bare_program(mut self) -> String {
        if self.random.one_in(2) {
            self.line("redis.setresp(3)");
        }
        match self.random.below(10) {
            0..=4 => {
                let value = self.reply();
                self.line(&format!("return {value}"));
            }
            5 => {
                while self.commands.last().is_some_and(|call| UNORDERED.iter().any(|name| call[0] == name.as_bytes())) {
                    self.commands.pop();
                }
                let call = self.call();
                let function = self.random.pick(&["call", "pcall"]);
                self.line(&format!("return redis.{function}({call})"));
            }
            6 => {
                let value = self.random.pick(&[
                    "'text'",
                    "'a\\nb'",
                    "5",
                    "'x', 0",
                    "'x', 2",
                    "'x', 1",
                    "'x', 3",
                    "{err = 'MY err'}",
                    "nil",
                    "true",
                    "{err = 'E', source = 'src', line = 7}",
                    "{err = 'E', line = 'l'}",
                    "{err = 'a\\r\\nb'}",
                    "{err = 7}",
                    "redis.error_reply('x')",
                    "redis.error_reply('-A b')",
                    "redis.pcall('nosuch')",
                    "{err = ''}",
                    "{err = 'E', ignore_error_stats_update = true}",
                    "('long '):rep(60)",
                    "'\\0zero'",
                    "false",
                ]);
                self.line("local function raise()");
                self.line(&format!("error({value})"));
                self.line("end");
                let call = self.random.pick(&[
                    "raise()",
                    "return raise()",
                    "local x = raise() return x",
                    "pcall(raise) raise()",
                    "coroutine.wrap(raise)()",
                    "table.sort({1, 2}, raise)",
                    "return (raise())",
                    "('x'):gsub('x', raise)",
                    "return setmetatable({}, {__index = raise}).x",
                    "return #tostring(setmetatable({}, {__tostring = raise}))",
                ]);
                self.line(call);
            }
            7 => {
                let (text, global) = (self.expression(), self.random.pick(GLOBALS));
                let value = if self.random.one_in(2) { text } else { global.to_string() };
                self.line(&format!("return tostring({value})"));
            }
            8 => {
                let global = self.random.pick(GLOBALS);
                let target = if global.contains([' ', '{']) || global == "_G[nil]" { "bar" } else { global };
                let value = self.expression();
                self.line(&format!("{target} = {value}"));
            }
            _ => {
                let count = 1 + self.random.below(4);
                self.block(count);
                let value = self.reply();
                self.line(&format!("return {value}"));
            }
        }
        self.text
    }

    /// Writes a program that shows what Redis's own functions answer.
    pub fn redis_program(mut self) -> String {
        match self.random.below(14) {
            0..=1 => self.json_encode(),
            2..=3 => self.json_decode(),
            4 => self.pack(),
            5 => self.unpack(),
            6..=7 => self.structs(),
            8 => self.bits(),
            9..=10 => self.calls(),
            11 => self.api(),
            12 => self.globals(),
            _ => self.numbers(),
        }
        self.text
    }

    fn reply(&mut self) -> String {
        if self.random.one_in(5) {
            let (first, second) = (self.reply(), self.random.pick(REPLIES));
            return match self.random.below(5) {
                0 => format!("{{{first}, {second}}}"),
                1 => format!(
                    "{{map = {{k = {}}}}}",
                    first.split(',').next().filter(|_| first == "1, 2").unwrap_or(&first)
                ),
                2 => format!("{{set = {{[{second}] = true, x = true}}}}")
                    .replace("[1, 2]", "[1]")
                    .replace("[nil]", "[0]")
                    .replace("[0/0]", "[0]"),
                3 => format!("{{ok = {second}}}").replace("{ok = 1, 2}", "{ok = 1}"),
                _ => format!("{{{first}}}"),
            };
        }
        self.random.pick(REPLIES).to_string()
    }

    /// Some value that a serialiser may be given.
    pub fn datum(&mut self, depth: usize) -> String {
        match self.random.below(if depth > 2 { 5 } else { 8 }) {
            0..=1 => self.random.pick(DATA).to_string(),
            2 => self.number(),
            3 => self.string(),
            4 => self.random.pick(&["true", "false", "nil", "'key'", "7"]).to_string(),
            _ => {
                let mut text = String::from("{");
                for _ in 0..self.random.below(5) {
                    let item = self.datum(depth + 1);
                    let _ = match self.random.below(4) {
                        0 => write!(text, "{} = {item}, ", self.random.pick(&["a", "b", "c", "name", "id"])),
                        1 => write!(text, "[{}] = {item}, ", self.random.below(8)),
                        _ => write!(text, "{item}, "),
                    };
                }
                text + "}"
            }
        }
    }

    fn json_settings(&mut self) -> String {
        let setting = self.random.pick(&[
            "encode_sparse_array(true)",
            "encode_sparse_array(false, 2, 3)",
            "encode_sparse_array(true, 0)",
            "encode_sparse_array('on', 5, 1)",
            "encode_sparse_array('off', 0, 0)",
            "encode_sparse_array(nil, nil, 4)",
            "encode_sparse_array(1)",
            "encode_sparse_array(true, -1)",
            "encode_sparse_array(1, 2, 3, 4)",
            "encode_max_depth(2)",
            "encode_max_depth(0)",
            "encode_max_depth('4')",
            "encode_max_depth(1.9)",
            "encode_max_depth(2^31)",
            "decode_max_depth(2)",
            "decode_max_depth(-1)",
            "decode_max_depth({})",
            "decode_max_depth(1, 2)",
            "encode_number_precision(3)",
            "encode_number_precision(1)",
            "encode_number_precision(14)",
            "encode_number_precision(15)",
            "encode_number_precision(0)",
            "encode_number_precision('6')",
            "encode_keep_buffer(false)",
            "encode_keep_buffer('off')",
            "encode_keep_buffer('maybe')",
            "encode_keep_buffer()",
            "encode_invalid_numbers(true)",
            "encode_invalid_numbers('null')",
            "encode_invalid_numbers('off')",
            "encode_invalid_numbers(2)",
            "encode_invalid_numbers('')",
            "decode_invalid_numbers(false)",
            "decode_invalid_numbers('on')",
            "decode_invalid_numbers({})",
            "encode_max_depth()",
            "decode_max_depth()",
            "encode_sparse_array()",
            "encode_invalid_numbers()",
            "decode_invalid_numbers()",
            "encode_number_precision()",
        ]);
        let (name, arguments) = setting.split_at(setting.find('(').unwrap_or(0));
        let arguments = arguments.trim_start_matches('(').trim_end_matches(')');
        let comma = if arguments.is_empty() { "" } else { ", " };
        format!("show(pcall(json.{name}{comma}{arguments}))")
    }

    fn json_begin(&mut self) {
        // The settings of `cjson` itself stay for later scripts.
        let json = if self.random.one_in(6) { "cjson" } else { "cjson.new()" };
        self.line(&format!("local json = {json}"));
        if json != "cjson" || self.random.one_in(3) {
            for _ in 0..self.random.below(3) {
                let text = self.json_settings();
                self.line(&text);
            }
        }
    }

    fn json_encode(&mut self) {
        self.json_begin();
        for _ in 0..5 {
            let value = self.datum(0);
            let text = match self.random.below(8) {
                0 => format!("show(pcall(function() return json.encode({value}) end))"),
                1 => format!("show(pcall(json.encode, {value}, 1))"),
                2 => format!("show(pcall(cjson.encode, {value}))"),
                3 => format!(
                    "local ok, s = pcall(json.encode, {value}) show(s) if ok then dump(pcall(json.decode, s)) end"
                ),
                _ => format!("show(pcall(json.encode, {value}))"),
            };
            self.line(&text);
        }
        if self.random.one_in(8) {
            let depth = self.random.pick(&["3", "20", "999", "1000", "1001"]);
            self.line(&format!("local d = {{}} for i = 1, {depth} do d = {{d}} end show(pcall(json.encode, d))"));
        }
    }

    /// Makes a JSON text, most often a valid one.
    fn json_text(&mut self, depth: usize) -> String {
        if depth > 2 || self.random.one_in(3) {
            return self.random.pick(JSON).to_string();
        }
        let mut text = String::new();
        let count = self.random.below(4);
        let object = self.random.one_in(2);
        for n in 0..count {
            if n > 0 {
                text.push_str(self.random.pick(&[",", ",", ",", ", ", " ,\n"]));
            }
            if object {
                let key = self.random.pick(&["\"a\"", "\"b\"", "\"key\"", "\"\"", "\"10\"", "\"\\u0061\""]);
                let _ = write!(text, "{key}{}", self.random.pick(&[":", ":", ": ", " : "]));
            }
            let item = self.json_text(depth + 1);
            text.push_str(&item);
        }
        let mut text = if object { format!("{{{text}}}") } else { format!("[{text}]") };
        if self.random.one_in(8) {
            let at = self.random.below(text.chars().count());
            text = text.chars().take(at).chain(text.chars().skip(at + 1)).collect();
        }
        text
    }

    fn json_decode(&mut self) {
        self.json_begin();
        for _ in 0..6 {
            let text = self.json_text(0);
            let literal = literal(text.as_bytes());
            let text = match self.random.below(10) {
                0 => format!("show(pcall(function() return json.decode({literal}) end))"),
                1 => format!("show(pcall(json.decode, {literal}, 1))"),
                2 => {
                    let value = self.expression();
                    format!("dump(pcall(json.decode, {value}))")
                }
                3 => format!(
                    "local ok, v = pcall(json.decode, {literal}) dump(v) if ok then show(pcall(json.encode, v)) end"
                ),
                4 => format!("dump(pcall(json.decode, {literal} .. '\\0'))"),
                _ => format!("dump(pcall(json.decode, {literal}))"),
            };
            self.line(&text);
        }
        if self.random.one_in(8) {
            let depth = self.random.pick(&["3", "20", "1000", "1001"]);
            self.line(&format!("show(pcall(json.decode, ('['):rep({depth}) .. (']'):rep({depth})))"));
        }
    }

    fn pack(&mut self) {
        for _ in 0..6 {
            let mut values = Vec::new();
            for _ in 0..1 + self.random.below(3) {
                values.push(self.datum(0));
            }
            let values = values.join(", ");
            let text = match self.random.below(4) {
                0 => format!("local p = cmsgpack.pack({values}) hex(p) dump(cmsgpack.unpack(p))"),
                1 => "show(pcall(cmsgpack.pack))".to_string(),
                _ => format!("hex(cmsgpack.pack({values}))"),
            };
            self.line(&format!("show(pcall(function() {text} end))"));
        }
        if self.random.one_in(6) {
            let depth = self.random.pick(&["15", "16", "17", "40"]);
            self.line(&format!("local d = {{}} for i = 1, {depth} do d = {{d}} end hex(cmsgpack.pack(d))"));
        }
    }

    fn bytes(&mut self, most: usize) -> String {
        let count = self.random.below(most);
        let bytes: Vec<u8> = (0..count)
            .map(|_| match self.random.below(4) {
                0 => self.random.below(256) as u8,
                1 => (0xc0 + self.random.below(32)) as u8,
                2 => (0x80 + self.random.below(40)) as u8,
                _ => self.random.below(5) as u8,
            })
            .collect();
        literal(&bytes)
    }

    fn unpack(&mut self) {
        for _ in 0..8 {
            let data = match self.random.below(3) {
                0 => {
                    let value = self.datum(0).replace("function() end", "1").replace("coroutine.create(1)", "2");
                    format!(
                        "cmsgpack.pack({value}):sub({}, {})",
                        1 + self.random.below(2),
                        self.random.below(6) as i64 - 4
                    )
                }
                _ => self.bytes(14),
            };
            let text = match self.random.below(7) {
                0 => {
                    format!("cmsgpack.unpack_one({data}, {})", self.number_small())
                }
                1 => format!("cmsgpack.unpack_limit({data}, {}, {})", self.number_small(), self.number_small()),
                2 => format!("cmsgpack.unpack_one({data})"),
                3 => format!("cmsgpack.unpack_limit({data}, {})", self.number_small()),
                4 => format!(
                    "cmsgpack.{}({})",
                    self.random.pick(&["unpack", "unpack_one", "unpack_limit"]),
                    self.arguments()
                ),
                _ => format!("cmsgpack.unpack({data})"),
            };
            self.line(&format!("dump(pcall(function() return {text} end))"));
        }
    }

    fn structs(&mut self) {
        for _ in 0..8 {
            let mut format = String::new();
            for _ in 0..1 + self.random.below(5) {
                format.push_str(self.random.pick(STRUCT));
            }
            let text = match self.random.below(6) {
                0..=1 => {
                    let mut values = String::new();
                    for _ in 0..self.random.below(6) {
                        let value = match self.random.below(6) {
                            0 => self.random.pick(DATA).to_string(),
                            1 => self.string(),
                            2 => self.number(),
                            _ => format!("{}", self.random.below(1000) as i64 - 300),
                        };
                        let _ = write!(values, ", {value}");
                    }
                    format!("hex(struct.pack('{format}'{values}))")
                }
                2 => format!("show(struct.size('{format}'))"),
                3 => format!("dump(struct.unpack('{format}', {}, {}))", self.bytes(24), self.number_small()),
                4 => format!("dump(struct.unpack('{format}', ('abc\\0\\255\\127'):rep(9)))"),
                _ => format!("dump(struct.unpack('{format}', {}))", self.bytes(40)),
            };
            self.line(&format!("show(pcall(function() {text} end))"));
        }
    }

    fn bits(&mut self) {
        for _ in 0..10 {
            let function = self.random.pick(&[
                "tobit", "tohex", "bnot", "band", "bor", "bxor", "lshift", "rshift", "arshift", "rol", "ror", "bswap",
            ]);
            let mut arguments = Vec::new();
            for _ in 0..self.random.below(4) {
                arguments.push(match self.random.below(6) {
                    0 => self.expression(),
                    1 => format!("{}", self.random.next() as i64),
                    2 => format!("{}.5", self.random.below(10)),
                    3 => self.number(),
                    _ => format!("{}", self.random.below(80) as i64 - 20),
                });
            }
            self.line(&format!("show(pcall(bit.{function}, {}))", arguments.join(", ")).replace(", ))", "))"));
        }
    }

    fn numbers(&mut self) {
        for _ in 0..10 {
            let number = match self.random.below(5) {
                0 => {
                    format!("{:e}", f64::from_bits(self.random.next())).replace("inf", "(1/0)").replace("NaN", "(0/0)")
                }
                1 => format!("{}", (self.random.next() as i64) as f64 / 1000.0),
                2 => format!("{}", self.random.next() as i32),
                _ => self.number(),
            };
            let text = match self.random.below(9) {
                0 => format!("show(tostring({number}), {number} .. '')"),
                1 => format!(
                    "show(tonumber('{}', {}))",
                    self.random.pick(&[
                        "ff",
                        "0x10",
                        "zz",
                        " 7 ",
                        "-9",
                        "12_",
                        "1e2",
                        "",
                        "777",
                        "0b1",
                        "ffffffffffffffffff"
                    ]),
                    self.random.below(40)
                ),
                2 => format!("show(tonumber({}))", literal(number.as_bytes())),
                3 => format!("show(pcall(math.random, {}, {}))", self.number_small(), self.number_small()),
                4 => format!(
                    "show(math.random(), math.random({})) math.randomseed({number}) show(math.random())",
                    1 + self.random.below(100)
                ),
                5 => format!(
                    "show(math.{}({number}))",
                    self.random
                        .pick(&["floor", "ceil", "sqrt", "abs", "exp", "log", "log10", "frexp", "modf", "deg", "rad"])
                ),
                6 => format!("show({number} % {}, {number} / {}, {number} ^ 2)", self.number(), self.number()),
                7 => format!("redis.call('set', 'n', {number}) show(redis.call('get', 'n'))"),
                _ => format!(
                    "show(pcall(string.format, '%{}', {number}))",
                    self.random.pick(&[
                        "d", "5.1f", "g", ".14g", ".17g", "x", "i", "e", "s", "c", "q", "010.3f", "+d", "o", "u", "X",
                        "G", "E"
                    ])
                ),
            };
            self.line(&text);
        }
    }

    /// Arguments of any type and number.
    pub fn arguments(&mut self) -> String {
        let mut arguments = Vec::new();
        for _ in 0..self.random.below(5) {
            arguments.push(match self.random.below(8) {
                0 => self.random.pick(DATA).to_string(),
                1 => self.number(),
                2 => self.string(),
                3 => self.random.pick(&["nil", "true", "{}", "{err = 'x'}", "'2'", "'3'"]).to_string(),
                4 => self
                    .random
                    .pick(&["'get'", "'set'", "'nosuch'", "'hset'", "'config'", "'eval'", "'client'"])
                    .to_string(),
                _ => self.number_small(),
            });
        }
        arguments.join(", ")
    }

    fn api(&mut self) {
        for _ in 0..8 {
            let (function, arguments) = (self.random.pick(API), self.arguments());
            let shown = if arguments.is_empty() { String::new() } else { format!(", {arguments}") };
            let text = match self.random.below(3) {
                0 => format!("dump(pcall({function}{shown}))"),
                1 => format!("dump(pcall(function() return {function}({arguments}) end))"),
                _ => format!("show(select('#', pcall({function}{shown})))"),
            };
            self.line(&text);
        }
        self.line("redis.setresp(2)");
    }

    /// The arguments of a command as Lua literals.
    pub fn call(&mut self) -> String {
        let Some(call) = self.commands.pop() else { return "'ping'".into() };
        call.iter().map(|word| literal(word)).collect::<Vec<_>>().join(", ")
    }

    fn calls(&mut self) {
        for _ in 0..6 {
            if self.random.one_in(5) {
                let version = self.random.pick(&["2", "3"]);
                self.line(&format!("redis.setresp({version})"));
            }
            let call = self.call();
            let text = match self.random.below(6) {
                0 => format!("reply(pcall(redis.call, {call}))"),
                1 => format!("reply(pcall(function() return redis.call({call}) end))"),
                2 => format!("reply(coroutine.wrap(function() return redis.pcall({call}) end)())"),
                _ => format!("reply(redis.pcall({call}))"),
            };
            self.line(&text);
        }
        if self.random.one_in(2) {
            self.line("redis.setresp(2)");
        }
    }

    fn globals(&mut self) {
        for _ in 0..8 {
            let global = self.random.pick(GLOBALS);
            let library = self.random.pick(&[
                "_G",
                "string",
                "table",
                "math",
                "redis",
                "cjson",
                "cmsgpack",
                "struct",
                "bit",
                "coroutine",
                "getmetatable('')",
                "getmetatable(_G)",
                "KEYS",
                "ARGV",
            ]);
            let value = self.expression();
            let text = match self.random.below(10) {
                0..=2 => format!("show(pcall(function() return {global} end))"),
                3 => format!("show(pcall(function() {library}.x = {value} end))"),
                4 => format!("show(pcall(rawset, {library}, 'x', {value}))"),
                5 => format!("show(pcall(setmetatable, {library}, {{}}))"),
                6 => format!("show(rawget({library}, 'x'), type(getmetatable({library})))"),
                7 => format!("show(pcall(table.insert, {library}, 1, {value}))"),
                8 => format!("show(pcall(function() for k, v in pairs({library}) do {library}[k] = 1 break end end))"),
                _ => format!("show(pcall(getmetatable(_G).__index, {}))", self.arguments()).replace(", ))", "))"),
            };
            self.line(&text);
        }
    }
}

/// Writes a string in Lua.
pub fn literal(word: &[u8]) -> String {
    let mut text = String::from("'");
    for (at, &byte) in word.iter().enumerate() {
        let digit_follows = word.get(at + 1).is_some_and(u8::is_ascii_digit);
        let _ = match byte {
            b'\'' | b'\\' => write!(text, "\\{}", byte as char),
            b' '..=b'~' => write!(text, "{}", byte as char),
            _ if digit_follows => write!(text, "\\{byte:03}"),
            _ => write!(text, "\\{byte}"),
        };
    }
    text + "'"
}
