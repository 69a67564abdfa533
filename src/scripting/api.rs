//! The `redis` table: every function that a script may call on its server.

use super::cache::sha1_hex;
use super::convert;
use crate::dispatch::acl;
use crate::dispatch::{Context, VERSION, run};
use crate::lua::{Args, Lua, LuaError, Result, TableId, Value, View};
use crate::protocol::resp::Protocol;
use crate::protocol::{Reply, until_zero};
use crate::structures::number::{format_double, format_int};

/// The name and the number of the function that makes libraries.
const REGISTER: &str = "register_function";
pub const REGISTER_ID: u32 = 0;
/// The numbers of those that a trace tells of.
pub const CALL_ID: u32 = 1;
pub const PCALL_ID: u32 = 2;
pub const LOG_ID: u32 = 5;

/// The functions, by the numbers that the Lua machine knows them by.
const FUNCTIONS: &[(&str, fn(&mut Context, &mut Lua, Args) -> Result<usize>)] = &[
    (REGISTER, register_function),
    ("call", redis_call),
    ("pcall", redis_pcall),
    ("error_reply", error_reply),
    ("status_reply", status_reply),
    ("log", log),
    ("sha1hex", sha1hex),
    ("setresp", setresp),
    ("replicate_commands", replicate_commands),
    ("set_repl", set_repl),
    ("breakpoint", breakpoint),
    ("debug", debug),
    ("acl_check_cmd", acl_check_cmd),
];

const NUMBERS: &[(&str, f64)] = &[
    ("LOG_DEBUG", 0.0),
    ("LOG_VERBOSE", 1.0),
    ("LOG_NOTICE", 2.0),
    ("LOG_WARNING", 3.0),
    ("REPL_NONE", 0.0),
    ("REPL_AOF", 1.0),
    ("REPL_SLAVE", 2.0),
    ("REPL_REPLICA", 2.0),
    ("REPL_ALL", 3.0),
];

/// Who sees a `redis` table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// EVAL and its kin.
    Script,
    /// A function of a library.
    Function,
    /// A library while it is loaded.
    Library,
}

/// What only scripts have, the debugger's and what came before functions did.
const OF_SCRIPTS: &[&str] = &["replicate_commands", "breakpoint", "debug"];

impl Caller {
    fn sees(self, name: &str) -> bool {
        match self {
            Caller::Script => name != REGISTER,
            Caller::Function => name != REGISTER && !OF_SCRIPTS.contains(&name),
            Caller::Library => name == REGISTER || name == "log" || name.starts_with("LOG_"),
        }
    }
}

/// Makes the `redis` table.
pub fn table(lua: &mut Lua, caller: Caller) -> Result<TableId> {
    let redis = lua.table(0, FUNCTIONS.len() + NUMBERS.len() + 2)?;
    for (id, (name, _)) in FUNCTIONS.iter().enumerate().filter(|(_, (name, _))| caller.sees(name)) {
        lua.raw_set_name(redis, name, Value::host_function(id as u32))?;
    }
    for (name, number) in NUMBERS.iter().filter(|(name, _)| caller.sees(name)) {
        lua.raw_set_name(redis, name, Value::number(*number))?;
    }
    let version = lua.string(VERSION.as_bytes())?;
    lua.raw_set_name(redis, "REDIS_VERSION", version)?;
    let number = VERSION.split('.').filter_map(|part| part.parse().ok()).fold(0, |number: u32, part: u32| number << 8 | part);
    lua.raw_set_name(redis, "REDIS_VERSION_NUM", Value::number(f64::from(number)))?;
    Ok(redis)
}

/// Calls a function by its number.
pub fn call(cx: &mut Context, lua: &mut Lua, id: u32, args: Args) -> Result<usize> {
    match FUNCTIONS.get(id as usize) {
        Some((_, function)) => function(cx, lua, args),
        None => Ok(0),
    }
}

/// Refuses: while a library is loaded its own host answers instead.
fn register_function(_: &mut Context, lua: &mut Lua, _: Args) -> Result<usize> {
    Err(fail(lua, "redis.register_function can only be called on FUNCTION LOAD command"))
}

/// Makes the error that Redis's own functions raise: a table with the line in `err`.
pub fn fail(lua: &mut Lua, sentence: &str) -> LuaError {
    let made = lua.string(format!("ERR {sentence}").as_bytes()).and_then(|line| {
        let table = lua.table(0, 1)?;
        lua.raw_set_name(table, "err", line)?;
        Ok(Value::from(table))
    });
    made.map_or_else(|error| error, LuaError::Throw)
}

fn redis_call(cx: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    let outcome = command(cx, lua, args)?;
    answer(cx, lua, outcome, false)
}

fn redis_pcall(cx: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    let outcome = command(cx, lua, args)?;
    answer(cx, lua, outcome, true)
}

/// What a command has answered, or what is wrong with its arguments.
pub type Outcome = (Reply, Option<&'static str>);

/// Gives the script what a command has come to: an error is raised, or answered if the call was protected.
#[inline]
pub fn answer(cx: &Context, lua: &mut Lua, outcome: Outcome, protected: bool) -> Result<usize> {
    match outcome {
        (_, Some(sentence)) if protected => {
            let LuaError::Throw(error) = fail(lua, sentence) else { return Err(lua.error("not enough memory")) };
            lua.push(error);
            Ok(1)
        }
        (_, Some(sentence)) => Err(fail(lua, sentence)),
        (error @ Reply::Error(_), None) if !protected => {
            let value = convert::to_lua(lua, &error, cx.session.protocol)?;
            Err(LuaError::Throw(value))
        }
        (reply, None) => push_reply(cx, lua, &reply),
    }
}

fn push_reply(cx: &Context, lua: &mut Lua, reply: &Reply) -> Result<usize> {
    if !lua.wants_results() {
        return Ok(0);
    }
    let value = convert::to_lua(lua, reply, cx.session.protocol)?;
    lua.push(value);
    Ok(1)
}

/// So many words of a command need no allocation.
const FEW: usize = 8;

/// Runs the command that the arguments spell. A sentence in place of a reply says what is wrong with the arguments.
#[inline]
pub fn command(cx: &mut Context, lua: &mut Lua, args: Args) -> Result<Outcome> {
    if args.count() == 0 {
        return Ok((Reply::Null, Some("Please specify at least one argument for this redis lib call")));
    }
    let mut few: [&[u8]; FEW] = [b""; FEW];
    if let Some(argv) = few.get_mut(..args.count())
        && all_strings(lua, args, argv)
    {
        lua.spend(10 + args.count())?;
        return Ok((run(cx, argv), None));
    }
    let mut numbers = Vec::new();
    for n in 1..=args.count() {
        match lua.arg(args, n).view() {
            View::String(_) => {}
            View::Number(number) => numbers.push(spell(number)),
            _ => return Ok((Reply::Null, Some("Lua redis lib command arguments must be strings or integers"))),
        }
    }
    lua.spend(10 + args.count())?;
    let mut spelt = numbers.iter();
    let mut word = |n| match lua.as_bytes(lua.arg(args, n)) {
        Some(text) => text,
        None => spelt.next().map_or(&b""[..], Vec::as_slice),
    };
    if let Some(argv) = few.get_mut(..args.count()) {
        for (at, arg) in argv.iter_mut().enumerate() {
            *arg = word(at + 1);
        }
        return Ok((run(cx, argv), None));
    }
    let argv: Vec<&[u8]> = (1..=args.count()).map(word).collect();
    Ok((run(cx, &argv), None))
}

/// Reads arguments that are all strings; false if one is not.
#[inline]
fn all_strings<'a>(lua: &'a Lua, args: Args, argv: &mut [&'a [u8]]) -> bool {
    argv.iter_mut().enumerate().all(|(at, word)| lua.as_bytes(lua.arg(args, at + 1)).map(|text| *word = text).is_some())
}

/// Shows the words of a command as the arguments spell them; what is no word is left empty.
pub fn words(lua: &Lua, args: Args) -> Vec<Vec<u8>> {
    let word = |value: Value| match value.view() {
        View::Number(number) => spell(number),
        _ => lua.as_bytes(value).unwrap_or_default().to_vec(),
    };
    (1..=args.count()).map(|n| word(lua.arg(args, n))).collect()
}

/// Spells a number argument: whole ones as integers, others in the shortest digits that read back.
fn spell(number: f64) -> Vec<u8> {
    const EXACT: f64 = (1u64 << 52) as f64;
    match number {
        whole if whole.fract() == 0.0 && whole.abs() <= EXACT => format_int(whole as i64),
        nan if nan.is_nan() && nan.is_sign_negative() => b"-nan".to_vec(),
        number => format_double(number),
    }
}

fn error_reply(_: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    let Some(text) = lone_string(lua, args) else { return wrong_arguments(lua) };
    let text = until_zero(&text);
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let (code, sentence) = match text.iter().position(|&byte| byte == b' ') {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (&b"ERR"[..], text),
    };
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let start = sentence.iter().position(|byte| !is_end(byte)).unwrap_or(sentence.len());
    let end = sentence.iter().rposition(|byte| !is_end(byte)).map_or(start, |last| last + 1);
    single_field(lua, "err", &[code, b" ", &sentence[start..end]].concat())
}

fn status_reply(_: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    let Some(text) = lone_string(lua, args) else { return wrong_arguments(lua) };
    single_field(lua, "ok", &text)
}

fn lone_string(lua: &Lua, args: Args) -> Option<Vec<u8>> {
    if args.count() != 1 {
        return None;
    }
    lua.as_bytes(lua.arg(args, 1)).map(<[u8]>::to_vec)
}

fn wrong_arguments(lua: &mut Lua) -> Result<usize> {
    single_field(lua, "err", b"ERR wrong number or type of arguments")
}

fn single_field(lua: &mut Lua, name: &str, text: &[u8]) -> Result<usize> {
    let table = lua.table(0, 1)?;
    let text = lua.string(text)?;
    lua.raw_set_name(table, name, text)?;
    lua.push(table.into());
    Ok(1)
}

fn log(cx: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    let (level, line) = log_entry(lua, args)?;
    cx.server.host.log(level, &line);
    Ok(0)
}

/// Reads the level and the line of `redis.log`, or fails.
pub fn log_entry(lua: &mut Lua, args: Args) -> Result<(u8, Vec<u8>)> {
    if args.count() < 2 {
        return Err(fail(lua, "redis.log() requires two arguments or more."));
    }
    let level = lua.arg(args, 1);
    let Some(level) = lua.to_number(level) else {
        return Err(fail(lua, "First argument must be a number (log level)."));
    };
    if !(0.0..4.0).contains(&level) {
        return Err(fail(lua, "Invalid log level."));
    }
    let mut line = Vec::new();
    for n in 2..=args.count() {
        let value = lua.arg(args, n);
        if let Some(text) = lua.to_string(value)? {
            if n > 2 {
                line.push(b' ');
            }
            line.extend_from_slice(lua.str(text));
        }
    }
    Ok((level as u8, line))
}

fn sha1hex(_: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    if args.count() != 1 {
        return Err(fail(lua, "wrong number of arguments"));
    }
    let value = lua.arg(args, 1);
    let text = lua.to_string(value)?;
    let bytes = text.map_or(&b""[..], |text| lua.str(text));
    lua.spend(bytes.len() / 8)?;
    let digits = sha1_hex(bytes);
    lua.push_string(&digits)?;
    Ok(1)
}

fn setresp(cx: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    if args.count() != 1 {
        return Err(fail(lua, "redis.setresp() requires one argument."));
    }
    let value = lua.arg(args, 1);
    cx.session.protocol = match lua.to_number(value).map(f64::trunc) {
        Some(2.0) => Protocol::Resp2,
        Some(3.0) => Protocol::Resp3,
        _ => return Err(fail(lua, "RESP version must be 2 or 3.")),
    };
    Ok(0)
}

/// Answers true: effects are all that is ever replicated.
fn replicate_commands(_: &mut Context, lua: &mut Lua, _: Args) -> Result<usize> {
    lua.push(Value::TRUE);
    Ok(1)
}

/// Checks its argument; there is no replica to choose.
fn set_repl(_: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    if args.count() != 1 {
        return Err(fail(lua, "redis.set_repl() requires one argument."));
    }
    let value = lua.arg(args, 1);
    // What is no number counts as none.
    match lua.to_number(value).unwrap_or_default() {
        flags if flags > -1.0 && flags < 4.0 => Ok(0),
        _ => Err(fail(lua, "Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.")),
    }
}

/// Answers false: no debugger is attached.
fn breakpoint(_: &mut Context, lua: &mut Lua, _: Args) -> Result<usize> {
    lua.push(Value::FALSE);
    Ok(1)
}

fn debug(_: &mut Context, _: &mut Lua, _: Args) -> Result<usize> {
    Ok(0)
}

/// Tells whether the user may run a command.
fn acl_check_cmd(cx: &mut Context, lua: &mut Lua, args: Args) -> Result<usize> {
    if args.count() == 0 {
        return Err(fail(lua, "Please specify at least one argument for this redis lib call"));
    }
    let mut argv = Vec::new();
    for n in 1..=args.count() {
        let value = lua.arg(args, n);
        let Some(text) = lua.to_string(value)? else {
            return Err(fail(lua, "Lua redis lib command arguments must be strings or integers"));
        };
        argv.push(lua.str(text).to_vec());
    }
    let words: Vec<&[u8]> = argv.iter().map(Vec::as_slice).collect();
    let Ok(command) = cx.table.find(&words) else {
        return Err(fail(lua, "Invalid command passed to redis.acl_check_cmd()"));
    };
    if !command.accepts(words.len()) {
        return Err(fail(lua, "Wrong number of args for redis.acl_check_cmd()"));
    }
    let user = cx.server.acl.user(&cx.session.user);
    lua.push(if acl::denial(user, cx.table, command, &words).is_none() { Value::TRUE } else { Value::FALSE });
    Ok(1)
}
