//! Random scripts answer here what they answer on redis-server, byte for byte.
//!
//! `REDMOON_SCRIPTS=1000000 REDMOON_SEED=7 cargo test --release --test scripts_random` runs more, or others; `REDIS_URL`
//! names another server, WHOSE DATA IS DELETED. A script that answers otherwise is made as short as it can be before
//! it is shown.

#[path = "../differential/generate.rs"]
#[allow(dead_code, reason = "each test crate uses its own part")]
mod generate;
mod known;
#[path = "../programs/mod.rs"]
mod programs;
#[path = "../rig/mod.rs"]
mod rig;
mod shrink;

use generate::{Call, Generator};
use known::{Peer, comparable};
use programs::Writer;
use redmoon::engine::SessionId;
use rig::engine::Core;
use rig::oracle::{Client, Oracle};
use std::time::{SystemTime, UNIX_EPOCH};

/// Scripts sent at once.
const BATCH: usize = 250;
/// Batches after which both sides forget everything.
const ROUND: usize = 4;
/// Differences after which the test gives up.
const ENOUGH: usize = 20;

/// What a script may use to show values, on one line. `show` leaves tables alone, `dump` writes them in the order of
/// `pairs`, `reply` in an order of its own: that of some commands' replies is nobody's business here.
const PRELUDE: &str = concat!(
    "local out = {} local function show(...) local texts = {} for i = 1, select('#', ...) do ",
    "local value = select(i, ...) local kind = type(value) ",
    "if kind == 'table' or kind == 'function' or kind == 'thread' or kind == 'userdata' then value = kind end ",
    "if kind == 'number' and value == value then value = string.format('%.17g', value) end ",
    "texts[i] = tostring(value) end out[#out + 1] = table.concat(texts, ' ') end ",
    "local function text(v, own) local kind = type(v) ",
    "if kind == 'number' then return v == v and string.format('%.17g', v) or tostring(v) end ",
    "if kind == 'string' then return own and (#v > 17 or v:find('[.e]')) and tonumber(v) and string.format('%.13g', v) ",
    "or string.format('%q', v) end ",
    "if kind ~= 'table' then return kind == 'boolean' and tostring(v) or v == cjson.null and 'null' or kind end ",
    "local parts = {} for k, x in pairs(v) do ",
    "parts[#parts + 1] = (own and type(k) == 'number' and '' or text(k, own) .. '=') .. text(x, own) end ",
    "if own then table.sort(parts) end return '{' .. table.concat(parts, ' ') .. '}' end ",
    "local function dump(...) local texts = {} for i = 1, select('#', ...) do texts[i] = text((select(i, ...))) end ",
    "out[#out + 1] = table.concat(texts, ' ') end ",
    "local function reply(...) for i = 1, select('#', ...) do out[#out + 1] = text((select(i, ...)), true) end end ",
    "local function hex(s) out[#out + 1] = s:gsub('.', function(c) return ('%02x'):format(c:byte()) end) end ",
    "local function main(...)\n",
);
const EPILOGUE: &str = "end show('=', pcall(main, 1, 'two')) return out";

#[test]
fn random_scripts_answer_as_on_redis() {
    let number = |name: &str, default: u64| std::env::var(name).map_or(default, |text| text.parse().expect(name));
    let (count, seed) = (number("REDMOON_SCRIPTS", 50_000) as usize, number("REDMOON_SEED", 1));
    println!("REDMOON_SCRIPTS={count} REDMOON_SEED={seed}");
    let oracle = Oracle::from_environment("scripts");
    let mut both = Both::new(&oracle);
    let mut random = generate::Random::new(seed);
    let mut faults = Vec::new();
    let mut serial = seed.wrapping_mul(1_000_000_007);
    for batch in 0..count.div_ceil(BATCH) {
        if batch % ROUND == 0 {
            both.forget(2 + batch / ROUND % 2);
        }
        let scripts: Vec<String> = (0..BATCH.min(count - batch * BATCH))
            .map(|_| {
                serial += 1;
                script(serial, both.commands(&mut random))
            })
            .collect();
        for (script, (ours, theirs)) in scripts.iter().zip(both.run(&scripts)) {
            if ours != theirs && !known::is_known(both.peer, script, &theirs) {
                faults.push(both.report(script, &ours, &theirs));
            }
        }
        if faults.len() >= ENOUGH {
            break;
        }
    }
    assert!(faults.is_empty(), "{} differences with REDMOON_SEED={seed}\n{}", faults.len(), faults.join("\n\n"));
}

/// Everything that scripts and functions can reach is there, with its value, and nothing else is, in the same order.
#[test]
fn the_globals_are_those_of_redis() {
    let oracle = Oracle::from_environment("globals");
    let mut both = Both::new(&oracle);
    let body = include_str!("globals.lua");
    let library = format!("#!lua name=globals\nredis.register_function('globals', function()\n{body}end)");
    let words = |line: &str| line.split(' ').map(|word| word.into()).collect::<Call>();
    let load: Call = ["FUNCTION", "LOAD", "REPLACE", &library].map(|word| word.into()).to_vec();
    both.client.call(&load);
    both.ours(&load);
    for call in [eval(body), words("FCALL globals 0")] {
        let (ours, theirs) = (both.ours(&call), both.client.pipeline_bytes(std::slice::from_ref(&call)).remove(0));
        let (ours, theirs) = (known::globals(both.peer, &ours), known::globals(both.peer, &theirs));
        assert!(theirs.len() > 100, "{theirs:?}");
        let differing = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
        assert!(ours == theirs, "{:?}: {differing:?}, {} and {}", call[0].escape_ascii(), ours.len(), theirs.len());
    }
    both.client.call(&words("FUNCTION FLUSH"));
}

/// Writes a script.
fn script(seed: u64, commands: Vec<Call>) -> String {
    let writer = Writer::sandboxed(seed, commands);
    let body = match seed % 20 {
        0..=8 => writer.program(),
        9..=15 => writer.redis_program(),
        _ => return writer.bare_program(),
    };
    format!("{PRELUDE}{body}{EPILOGUE}")
}

/// The engine and the server, which are told the same.
pub struct Both {
    peer: Peer,
    client: Client,
    core: Core,
    session: SessionId,
    generator: Generator,
    protocol: usize,
}

impl Both {
    fn new(oracle: &Oracle) -> Both {
        let mut client = oracle.connect();
        client.call(&["HELLO", "3"]);
        let docs = client.call(&["COMMAND", "DOCS"]);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_millis() as i64;
        let mut core = Core::starting_at(now, 1);
        let session = core.engine.open();
        let table = core.engine.table();
        let generator = Generator::new(&docs, |name| table.get(name.replace('|', " ").as_bytes()).is_some());
        Both { peer: Peer::of(oracle.version()), client, core, session, generator, protocol: 2 }
    }

    /// Draws the commands that one script may call.
    fn commands(&self, random: &mut generate::Random) -> Vec<Call> {
        let mut commands = Vec::new();
        while commands.len() < 6 {
            let mut call = self.generator.draw(random);
            if random.percent(4) {
                call.truncate(1 + random.below(2));
            }
            if random.percent(2) {
                call[0] = random
                    .pick(&["nosuch", "", "EVAL", "multi", "config", "client", "object", "script", "exec"])
                    .as_bytes()
                    .to_vec();
            }
            if known::is_certain(self.peer, &call) {
                commands.push(call);
            }
        }
        commands
    }

    /// Empties both sides, their Lua states too.
    fn forget(&mut self, protocol: usize) {
        self.protocol = protocol;
        let words = |line: &str| line.split(' ').map(|word| word.into()).collect::<Call>();
        let seed = ["EVAL", "math.randomseed(1)", "0"].map(|word| word.into()).to_vec();
        for call in [words("FLUSHALL"), words("SCRIPT FLUSH"), seed, words(&format!("HELLO {protocol}"))] {
            self.client.call(&call);
            self.ours(&call);
        }
    }

    fn ours(&mut self, call: &[Vec<u8>]) -> Vec<u8> {
        let mut out = Vec::new();
        self.core.engine.call(self.session, &call.iter().map(Vec::as_slice).collect::<Vec<_>>(), &mut out);
        out
    }

    /// Runs scripts on both sides and answers what can be compared of their replies.
    fn run(&mut self, scripts: &[String]) -> Vec<(Vec<u8>, Vec<u8>)> {
        let calls: Vec<Call> = scripts.iter().map(|script| eval(script)).collect();
        let theirs = self.client.pipeline_bytes(&calls);
        let pairs = calls.iter().zip(theirs);
        pairs.map(|(call, theirs)| (comparable(self.peer, &self.ours(call)), comparable(self.peer, &theirs))).collect()
    }

    /// Describes a difference by the shortest script that shows it.
    fn report(&mut self, script: &str, ours: &[u8], theirs: &[u8]) -> String {
        let protocol = self.protocol;
        let body = script.strip_prefix(PRELUDE).and_then(|script| script.strip_suffix(EPILOGUE));
        let (head, tail) = if body.is_some() { (PRELUDE, EPILOGUE) } else { ("", "") };
        let mut body = body.unwrap_or(script).to_string();
        let (mut ours, mut theirs) = (ours.to_vec(), theirs.to_vec());
        let mut differs = |body: &str| {
            self.forget(protocol);
            let (ours, theirs) = self.run(&[format!("{head}{body}\n{tail}")]).remove(0);
            let differs = ours != theirs && !known::is_known(self.peer, body, &theirs);
            differs.then_some((ours, theirs))
        };
        let mut title = "-- a script";
        if differs(&body).is_some() {
            body = shrink::shorten(&body, &mut |candidate| differs(candidate).is_some());
            (ours, theirs) = differs(&body).unwrap_or((ours, theirs));
        } else {
            title = "-- after the scripts before it";
        }
        self.forget(protocol);
        let (ours, theirs) = (ours.escape_ascii(), theirs.escape_ascii());
        format!("{title}\n{body}\n-- engine (RESP{protocol}):\n{ours}\n-- redis:\n{theirs}")
    }
}

fn eval(script: &str) -> Call {
    ["EVAL", script, "2", "s0", "key two", "1", "arg", "3.5"].map(|word| word.as_bytes().to_vec()).to_vec()
}
