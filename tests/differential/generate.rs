//! Makes random commands out of the argument trees of COMMAND DOCS, as the server beside us describes itself: what it
//! does not know is never sent.

use crate::rig::resp::Value;
use std::collections::HashMap;

#[path = "special.rs"]
mod special;
#[path = "streams.rs"]
mod streams;
#[path = "vectors.rs"]
mod vectors;

/// A command as it is sent.
pub type Call = Vec<Vec<u8>>;

/// Random numbers by xorshift*; the same seed makes the same commands.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((u128::from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)) * bound as u128) >> 64) as usize
    }

    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// One argument of COMMAND DOCS.
#[derive(Debug)]
struct Argument {
    name: String,
    kind: String,
    token: Option<Vec<u8>>,
    optional: bool,
    multiple: bool,
    multiple_token: bool,
    arguments: Vec<Argument>,
}

/// One command of COMMAND DOCS.
struct Form {
    name: String,
    group: String,
    arguments: Vec<Argument>,
    weight: usize,
}

/// Commands that are not drawn at random, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    (
        "acl client command config info latency memory module slowlog object|help script pubsub cluster function",
        "tell about a server",
    ),
    (
        "auth hello reset quit select monitor sync psync replconf replicaof slaveof failover shutdown",
        "change the connection",
    ),
    (
        "time lolwut role lastsave save bgsave bgrewriteaof debug object|idletime object|freq object|refcount",
        "differ by nature",
    ),
    (
        "multi exec discard watch unwatch eval evalsha eval_ro evalsha_ro fcall fcall_ro",
        "come in sequences of their own",
    ),
    ("scan sscan hscan zscan randomkey", "have an order of their own: drawn by hand"),
    ("xread xreadgroup", "pair keys with IDs, and wait: drawn by hand"),
    ("himport", "names lists of fields that must be there: drawn by hand"),
    ("xgroup|help xinfo|help", "print what each release words anew"),
    (special::NAMES, "have arguments that must fit one another: drawn by hand"),
    (vectors::NAMES, "have vectors that must fit one another: drawn by hand"),
    ("hotkeys backup", "are refused within a process"),
    ("blpop brpop blmove blmovem brpoplpush blmpop bzpopmin bzpopmax bzmpop", "wait for others: drawn by hand"),
    (
        "subscribe unsubscribe psubscribe punsubscribe ssubscribe sunsubscribe publish spublish",
        "leave the order of replies",
    ),
    ("dbsize", "counts keys whose time is over but that nobody has touched since"),
    (
        "dump restore restore-asking migrate wait waitaof keys",
        "belong to a format or a network; KEYS is asked at the end",
    ),
];

/// How often a command is drawn; 10 unless it stands here.
const WEIGHTS: &[(&str, usize)] = &[
    ("set mset setex", 20),
    ("hset hmset lpush rpush sadd zadd", 40),
    ("xadd", 120),
    ("xgroup|create", 30),
    ("xsetid", 2),
    ("flushall flushdb swapdb", 0),
    ("del unlink rename renamenx move getdel expireat pexpireat", 4),
];

/// Tells whether a name stands in a line of names.
fn listed(line: &str, name: &str) -> bool {
    line.split(' ').any(|word| word == name)
}

/// Draws commands.
pub struct Generator {
    forms: Vec<Form>,
    total: usize,
    /// The server beside us is of 8.10.
    modern: bool,
    /// The server beside us has vector sets.
    vectors: bool,
}

impl Generator {
    /// Reads the reply to COMMAND DOCS; `known` says which commands we have. What differs by nature is left out.
    pub fn new(docs: &Value, known: impl Fn(&str) -> bool) -> Generator {
        let mut generator = Generator::of_all(docs);
        generator.forms.retain(|form| {
            let container = form.name.split('|').next().unwrap_or_default();
            let left_out = LEFT_OUT.iter().any(|(line, _)| listed(line, &form.name) || listed(line, container));
            known(&form.name) && !left_out
        });
        for form in &mut generator.forms {
            let weight = WEIGHTS.iter().find(|(line, _)| listed(line, &form.name));
            form.weight = weight.map_or(10, |(_, weight)| *weight);
        }
        generator.total = generator.forms.iter().map(|form| form.weight).sum();
        generator
    }

    /// Reads the reply to COMMAND DOCS and leaves nothing out.
    pub fn of_all(docs: &Value) -> Generator {
        let mut forms = Vec::new();
        collect(docs, &mut forms);
        // A pause holds every session, and no time passes here.
        forms.retain(|form| form.name != "client|pause");
        Generator {
            total: forms.len(),
            modern: forms.iter().any(|form| form.name == "xnack"),
            vectors: forms.iter().any(|form| form.name == "VADD"),
            forms,
        }
    }

    /// Tells whether a command is drawn.
    fn has(&self, name: &str) -> bool {
        self.forms.iter().any(|form| form.name == name)
    }

    /// Counts the commands that are drawn.
    pub fn len(&self) -> usize {
        self.forms.iter().filter(|form| form.weight > 0).count() + special::NAMES.split(' ').count()
    }

    /// Draws one command, now and then a malformed one.
    pub fn draw(&self, random: &mut Random) -> Call {
        if random.percent(3) {
            return scan(random);
        }
        if self.has("xadd") && random.percent(6) {
            return streams::read(random, self.modern);
        }
        if self.modern && random.percent(1) {
            return import(random);
        }
        if self.vectors && random.percent(4) {
            return vectors::draw(random);
        }
        if random.percent(15) {
            return special::draw(random);
        }
        let mut at = random.below(self.total);
        let form = self.forms.iter().find(|form| {
            let hit = at < form.weight;
            at = at.saturating_sub(form.weight);
            hit
        });
        let form = form.expect("the weights add up");
        let mut call: Call = form.name.split('|').map(|word| word.as_bytes().to_vec()).collect();
        Drawer { random, form, out: &mut call }.sequence(&form.arguments);
        if form.name == "spop" && call.len() == 2 {
            call.push(b"100".to_vec());
        }
        if random.percent(3) {
            match random.below(3) {
                // 8.10 replies twice to SET with GET and a malformed digest, and every later reply is off by one.
                _ if form.name == "set" && call.len() > 4 => {}
                0 if form.name == "spop" => {}
                // A third argument came with 7.2.
                1 if form.name.ends_with("rank") => {}
                0 if call.len() > 1 => drop(call.pop()),
                1 => call.push(random.pick(JUNK).to_vec()),
                _ => {
                    // The first word of an argument list is most often a key, whose type matters less.
                    let at = 1 + random.below(call.len());
                    if let Some(word) = call.get_mut(at) {
                        *word = random.pick(JUNK).to_vec();
                    }
                }
            }
        }
        same_scores(random, &mut call);
        streams::mend(random, &mut call);
        call
    }
}

/// Turns a command about lexicographical ranges to the keys e0 to e3, all of whose members have the same score:
/// elsewhere Redis answers whatever its skiplist happens to pass by.
fn same_scores(random: &mut Random, call: &mut Call) {
    let by_lex =
        call[0].windows(3).any(|part| part == b"lex") || call.iter().any(|word| word.eq_ignore_ascii_case(b"BYLEX"));
    let source = if call[0] == b"zrangestore" { 2 } else { 1 };
    if by_lex && let Some(word) = call.get_mut(source) {
        *word = format!("e{}", random.below(4)).into_bytes();
        if random.percent(40) {
            *call = vec![b"zadd".to_vec(), word.clone(), b"0".to_vec(), random.pick(MEMBERS).as_bytes().to_vec()];
        }
    }
}

/// Draws a SCAN of one step: where more are needed, the order of steps is each server's own.
fn scan(random: &mut Random) -> Call {
    let mut call: Call = match random.below(4) {
        0 => vec![b"scan".to_vec(), b"0".to_vec()],
        n => {
            let (name, prefix) = [("sscan", "S"), ("hscan", "h"), ("zscan", "z")][n - 1];
            vec![name.into(), key(random, prefix), b"0".to_vec()]
        }
    };
    if random.percent(30) {
        call.extend([b"MATCH".to_vec(), random.pick(PATTERNS).as_bytes().to_vec()]);
    }
    call.extend([b"COUNT".to_vec(), b"100000".to_vec()]);
    if call[0] == b"scan" && random.percent(30) {
        let kind = random.pick(&["string", "list", "set", "hash", "zset", "stream"]);
        call.extend([b"TYPE".to_vec(), kind.as_bytes().to_vec()]);
    }
    call
}

/// Draws a HIMPORT about one of two lists of fields, or a command about what it made: the keys i0 to i3, which nobody
/// lets expire, for of those Redis makes another form than of ordinary hashes.
fn import(random: &mut Random) -> Call {
    let (list, key, count) = (*random.pick(&["t", "u"]), format!("i{}", random.below(4)), 2 + random.below(2));
    let line = match random.below(12) {
        0..=2 => format!("himport prepare {list}"),
        3..=7 => format!("himport set {key} {list}"),
        8 => return [b"himport".to_vec(), b"discardall".to_vec()].into(),
        9 => format!("hset {key} f1 1 f{}", random.below(9)),
        10 => format!("hdel {key}"),
        _ => format!("hmget {key}"),
    };
    let mut call: Call = line.split(' ').map(|word| word.into()).collect();
    match &*call[1] {
        b"set" => call.extend((0..count).map(|_| random.pick(VALUES).as_bytes().to_vec())),
        _ if call[0] == b"hset" => call.push(random.pick(VALUES).as_bytes().to_vec()),
        _ => call.extend((0..count).map(|_| random.pick(FIELDS).as_bytes().to_vec())),
    }
    call
}

const JUNK: &[&[u8]] = &[b"", b"abc", b"-1", b"0", b"9223372036854775808", b"nan", b"1.5", b"\xff\x01", b"(", b"LIMIT"];
const PATTERNS: &[&str] = &["*", "?", "?1", "[sh]*", "m*", "[^l]?", "f[1-3]", "nothing", "\\*", "*1*"];
const VALUES: &[&str] = &[
    "",
    "a",
    "b",
    "c",
    "hello",
    "10",
    "-3",
    "0",
    "3.5",
    "-0",
    "1e3",
    "007",
    "+1",
    " 1",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775806",
    "0.1",
    "1.0e-5",
    "inf",
    "\u{1}\u{0}",
    "a string that is longer than forty-four bytes and is stored raw by Redis",
];
pub const MEMBERS: &[&str] = &[
    "m1",
    "m2",
    "m3",
    "m4",
    "m5",
    "a",
    "b",
    "c",
    "1",
    "2",
    "3",
    "-7",
    "40000",
    "5000000000",
    "aa",
    "ab",
    "",
    "a member of more than sixty-four bytes, so that a small collection becomes a large one",
];
const FIELDS: &[&str] =
    &["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "1", "", "a field that is longer than sixteen bytes"];
const INTEGERS: &[&str] = &["0", "1", "2", "3", "4", "5", "7", "10", "-1", "-2", "-3", "-5"];
const WIDE: &[&str] = &["9223372036854775807", "-9223372036854775808", "9223372036854775808", "x", "", "1.5", "01"];
const DOUBLES: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "-1",
    "1.5",
    "2.25",
    "0.1",
    "0.3",
    "-2.75",
    "1e3",
    "inf",
    "-inf",
    "1e300",
    "3.0",
    "1e-10",
    "100000000000000000000",
    "nan",
    "abc",
    "5e-324",
];
const REGEXES: &[&str] = &[
    "a",
    "^a",
    "[0-9]+$",
    "(a|b)c?",
    ".",
    "^$",
    "\\d",
    "\\w{3}",
    "[^a-z]",
    "e+l*",
    "(",
    "[",
    "*a",
    "a{2}",
    "\\bh",
    "(?i)HELLO",
];
const SCORES: &[&str] =
    &["-inf", "+inf", "inf", "0", "1", "2", "3", "(1", "(2", "1.5", "(-inf", "(", "x", "-1", "0.3", "(inf", "1e3"];
const DIGESTS: &[&str] = &["0123456789abcdef", "0000000000000000", "FEDCBA9876543210"];
const LEXES: &[&str] = &["-", "+", "[a", "(a", "[b", "(m2", "[m5", "(aa", "[", "(", "a", "", "[m1", "[z"];

/// Draws a key whose name begins like its type: s, l, S, h, z, x, a.
pub fn key(random: &mut Random, prefix: &str) -> Vec<u8> {
    let prefix = if random.percent(4) { *random.pick(&["s", "l", "S", "h", "z", "x", "a"]) } else { prefix };
    format!("{prefix}{}", random.below(4)).into_bytes()
}

struct Drawer<'a> {
    random: &'a mut Random,
    form: &'a Form,
    out: &'a mut Call,
}

impl Drawer<'_> {
    fn sequence(&mut self, arguments: &[Argument]) {
        // A number that says how many things follow, and how many.
        let mut counted = None;
        for argument in arguments {
            if argument.name.starts_with("num") && argument.kind == "integer" && argument.token.is_none() {
                let count = 1 + self.random.below(3);
                counted = Some(count);
                let said = if self.random.percent(97) { count } else { self.random.below(5) };
                self.out.push(said.to_string().into_bytes());
                continue;
            }
            if argument.optional && !self.random.percent(if argument.kind == "key" { 70 } else { 30 }) {
                continue;
            }
            let times = match argument.multiple {
                true => counted.unwrap_or(1 + [0, 0, 0, 1, 2, 4][self.random.below(6)]),
                false => 1,
            };
            for n in 0..times {
                if let Some(token) = argument.token.as_ref().filter(|_| n == 0 || argument.multiple_token) {
                    self.out.push(token.clone());
                }
                self.one(argument);
            }
        }
    }

    fn one(&mut self, argument: &Argument) {
        match argument.kind.as_str() {
            "pure-token" => {}
            "block" => self.sequence(&argument.arguments),
            "oneof" => {
                let choice = self.random.below(argument.arguments.len());
                self.sequence(&argument.arguments[choice..=choice]);
            }
            _ => {
                let word = self.word(argument);
                self.out.push(word);
            }
        }
    }

    fn word(&mut self, argument: &Argument) -> Vec<u8> {
        let random = &mut *self.random;
        let (command, name) = (self.form.name.as_str(), argument.name.as_str());
        if self.form.group == "stream"
            && argument.kind != "key"
            && let Some(word) = streams::word(random, command, name)
        {
            return word;
        }
        let text = match argument.kind.as_str() {
            "key" => {
                let prefix = match self.form.group.as_str() {
                    "string" | "bitmap" | "hyperloglog" => "s",
                    "list" => "l",
                    "set" => "S",
                    "hash" => "h",
                    // Set operations on sorted sets take sets too.
                    "sorted-set" if name == "key" && argument.multiple && random.percent(20) => "S",
                    "sorted-set" => "z",
                    "stream" => "x",
                    "array" => "a",
                    _ => *random.pick(&["s", "l", "S", "h", "z", "x", "a"]),
                };
                return key(random, prefix);
            }
            "unix-time" => {
                let scale = if name.contains("milli") { 1000 } else { 1 };
                let seconds = match random.below(8) {
                    0 => 1,
                    1 => -1,
                    _ => 4_000_000_000 + random.below(1_000_000_000) as i64,
                };
                return (seconds * scale).to_string().into_bytes();
            }
            "integer" if name.contains("milliseconds") || (name == "milliseconds") => {
                return duration(random, 1000);
            }
            "integer" if name.contains("seconds") => return duration(random, 1),
            "integer" if command.ends_with("randfield") || command.ends_with("randmember") => random.pick(INTEGERS),
            // Popping some of many is a matter of chance; popping all is not.
            "integer" if command == "spop" => random.pick(&["0", "100", "-1", "x"]),
            "integer" if name.contains("db") => random.pick(&["0", "1", "1", "2", "-1", "x", "99"]),
            "integer" if name == "offset" && command == "setrange" => {
                random.pick(&["0", "1", "5", "30", "-1", "9223372036854775807", "x"])
            }
            // 7.0 took the least integer, which has no opposite.
            "integer" if command == "lrem" || command == "lpos" => random.pick(INTEGERS),
            // An index beyond 32 bits is cut off in a listpack by Redis.
            "integer" if name == "index" => random.pick(INTEGERS),
            "integer" => {
                let pool = if random.percent(8) { WIDE } else { INTEGERS };
                random.pick(pool)
            }
            _ if command == "argrep" && (name == "start" || name == "end") => {
                random.pick(&["-", "+", "0", "3", "9", "x"])
            }
            _ if command == "argrep" && name == "pattern" => random.pick(REGEXES),
            "double" => random.pick(DOUBLES),
            "pattern" => random.pick(PATTERNS),
            _ => match name {
                "min" | "max" | "start" | "stop" | "end" => match command {
                    "zrangebylex" | "zrevrangebylex" | "zlexcount" | "zremrangebylex" => random.pick(LEXES),
                    "zrange" | "zrangestore" => {
                        let pools = [LEXES, SCORES, INTEGERS];
                        let pool = *random.pick(&pools);
                        random.pick(pool)
                    }
                    _ => random.pick(SCORES),
                },
                "ifdeq-digest" | "ifdne-digest" => random.pick(DIGESTS),
                "field" => random.pick(FIELDS),
                "member" => random.pick(MEMBERS),
                "value" | "element" | "pivot" if self.form.group == "hash" || self.form.group == "string" => {
                    random.pick(VALUES)
                }
                "element" | "pivot" => random.pick(MEMBERS),
                "increment" => random.pick(DOUBLES),
                _ => random.pick(VALUES),
            },
        };
        text.as_bytes().to_vec()
    }
}

/// Draws a time to live that ends at once or long after the test.
fn duration(random: &mut Random, scale: i64) -> Vec<u8> {
    let text = match random.below(12) {
        0 => "0".to_string(),
        1 => "-1".to_string(),
        2 => random.pick(WIDE).to_string(),
        _ => ((1000 + random.below(1_000_000) as i64) * scale).to_string(),
    };
    text.into_bytes()
}

fn collect(docs: &Value, forms: &mut Vec<Form>) {
    let Value::Map(items) = docs else { panic!("COMMAND DOCS is no map") };
    for pair in items.chunks(2) {
        let facts = map(&pair[1]);
        if let Some(subcommands) = facts.get("subcommands") {
            collect(subcommands, forms);
            continue;
        }
        let list = facts.get("arguments").map_or(Vec::new(), |list| arguments(list));
        forms.push(Form { name: text(&pair[0]), group: text(facts["group"]), arguments: list, weight: 1 });
    }
}

fn arguments(list: &Value) -> Vec<Argument> {
    let Value::Array(items) = list else { panic!("no list of arguments") };
    let argument = |item: &Value| {
        let facts = map(item);
        let flags: Vec<String> = match facts.get("flags") {
            Some(Value::Set(flags) | Value::Array(flags)) => flags.iter().map(text).collect(),
            _ => Vec::new(),
        };
        let flag = |name: &str| flags.iter().any(|flag| flag == name);
        let kind = text(facts["type"]);
        let token = facts.get("token").map(|token| text(token).into_bytes());
        Argument {
            name: text(facts["name"]),
            optional: flag("optional"),
            multiple: flag("multiple"),
            multiple_token: flag("multiple_token"),
            arguments: facts.get("arguments").map_or(Vec::new(), |list| arguments(list)),
            kind,
            token,
        }
    };
    items.iter().map(argument).collect()
}

fn map(value: &Value) -> HashMap<String, &Value> {
    let Value::Map(items) = value else { panic!("not a map: {value:?}") };
    items.chunks(2).map(|pair| (text(&pair[0]), &pair[1])).collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Bulk(text) | Value::Status(text) => String::from_utf8_lossy(text).into_owned(),
        other => panic!("not a text: {other:?}"),
    }
}
