//! DEBUG, as far as it says something true of an engine inside a process.

use super::digest::Digest;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, docs};
use crate::keyspace::{Class, Typed};
use crate::persistence::{rdb, rdb_read, rdb_write};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Str;
use crate::structures::number::{parse_double, parse_int};

pub const COMMANDS: &[Command] = &[Command {
    name: "DEBUG",
    syntax: "DEBUG",
    summary: "A container for debugging commands.",
    complexity: "Depends on subcommand.",
    since: "1.0.0",
    group: Group::Server,
    arity: -2,
    flags: Flags::ADMIN.and(Flags::NOSCRIPT).and(Flags::LOADING).and(Flags::STALE).and(Flags::SYSTEM),
    reply: "any",
    handler: Handler::Now(debug),
    ..Command::DEFAULT
}];

/// Seconds that DEBUG SLEEP may ask for: whatever stands in the input, the engine comes back.
const LONGEST_SLEEP: f64 = 60.0;
/// Keys that one DEBUG POPULATE may make, and the bytes that they may have together.
const MOST_KEYS: usize = 10_000_000;
const MOST_BYTES: usize = 1 << 30;

/// Whole numbers as C's atoi reads them, where anything else is 0.
fn flag(word: &[u8]) -> bool {
    parse_int(word).unwrap_or(0) != 0
}

fn debug(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let words = args.rest();
    let name = words[0].to_ascii_uppercase();
    match (name.as_slice(), &words[1..]) {
        (b"DIGEST", []) => Ok(Reply::status(Digest::of_all(&cx.keyspace.dbs).hex())),
        (b"DIGEST-VALUE", keys) => {
            let digest = |key: &&[u8]| {
                let found = cx.db().peek(key, cx.now());
                Reply::status(found.map_or(Digest::default(), |value| Digest::of_value(value, cx.db(), key)).hex())
            };
            Ok(keys.iter().map(digest).collect())
        }
        (b"ERROR", [text]) => Err(Error::raw(*text)),
        (b"LOG", [line]) => {
            cx.server.host.log(3, &[b"DEBUG LOG: ", *line].concat());
            Ok(Reply::OK)
        }
        (b"OBJECT", [key]) => object(cx, key),
        (b"POPULATE", [count, rest @ ..]) if rest.len() < 3 => populate(cx, count, rest),
        (b"PAUSE-CRON", [on]) => {
            // That keys go whose time is over is all that the clock has an engine do.
            cx.keyspace.active_expire = !flag(on);
            Ok(Reply::OK)
        }
        (b"PROTOCOL", [kind]) => protocol(kind),
        (b"QUICKLIST-PACKED-THRESHOLD", [size]) => {
            // How large an element may be before it stands alone in a list shows in nothing but speed.
            let digits = size.iter().take_while(|byte| byte.is_ascii_digit()).count();
            match parse_int(&size[..digits]) {
                Some(_) => Ok(Reply::OK),
                None => Err(Error::own("argument must be a memory value bigger than 1 and smaller than 4gb")),
            }
        }
        (b"RELOAD", options) => reload(cx, options),
        (b"SET-DISABLE-DENY-SCRIPTS", [on]) => {
            cx.server.scripts_may_debug = flag(on);
            Ok(Reply::OK)
        }
        (b"SET-ACTIVE-EXPIRE", [on]) => {
            cx.keyspace.active_expire = flag(on);
            Ok(Reply::OK)
        }
        (b"SLEEP", [seconds]) => {
            let seconds = parse_double(seconds).unwrap_or(0.0).clamp(0.0, LONGEST_SLEEP);
            match cx.server.host.sleep((seconds * 1000.0) as u64) {
                true => Ok(Reply::OK),
                false => Err(Error::own("this runtime has no way to wait")),
            }
        }
        (b"HELP", []) => Ok(help()),
        _ => {
            Err(args.too_many("DEBUG"))
        }
    }
}

fn object(cx: &mut Context, key: &[u8]) -> Result<Reply> {
    let now = cx.now();
    // A key whose time is over is shown too while nobody has removed it.
    let Some(value) = cx.db().peek(key, i64::MIN) else { return Err(Error::own("no such key")) };
    let used = cx.db().used(key).unwrap_or(0);
    let text = format!(
        "Value at:{:#x} refcount:1 encoding:{} lru:{} lru_seconds_idle:{}",
        std::ptr::from_ref(value).addr(),
        value.encoding(),
        used & 0xff_ffff,
        cx.db().usage.idle(used, now)
    );
    Ok(Reply::status(text))
}

fn populate(cx: &mut Context, count: &[u8], rest: &[&[u8]]) -> Result<Reply> {
    let positive = |word: &[u8]| {
        let number = parse_int(word).and_then(|number| usize::try_from(number).ok());
        number.ok_or(Error::own("value is out of range, must be positive"))
    };
    let count = positive(count)?;
    let prefix = rest.first().map_or(&b"key"[..], |prefix| *prefix);
    let size = rest.get(1).map(|size| positive(size)).transpose()?;
    if count > MOST_KEYS || count.saturating_mul(size.unwrap_or(0)) > MOST_BYTES {
        return Err(Error::own("value is out of range"));
    }
    for at in 0..count {
        let key = [prefix, format!(":{at}").as_bytes()].concat();
        if cx.exists(&key) {
            continue;
        }
        let mut text = format!("value:{at}").into_bytes();
        if let Some(size) = size {
            text.resize(size, 0);
        }
        cx.set(&key, Str::new(&text).into_value());
        cx.event(Class::String, "set", &key);
    }
    Ok(Reply::OK)
}

/// Writes every value as a snapshot has it and reads it back; what has expired by now is gone.
fn reload(cx: &mut Context, options: &[&[u8]]) -> Result<Reply> {
    let failed = Error::own("Error trying to load the RDB dump, check server logs.");
    for option in options {
        match option.to_ascii_uppercase().as_slice() {
            b"MERGE" => {}
            // There is no file to load, and where nothing is flushed every key is there twice.
            b"NOSAVE" | b"NOFLUSH" => return Err(failed),
            _ => return Err(Error::own("DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.")),
        }
    }
    let now = cx.now();
    for index in 0..cx.keyspace.dbs.len() {
        let old = std::mem::take(&mut cx.keyspace.dbs[index]);
        cx.keyspace.dbs[index].usage = old.usage;
        for (key, value) in old.iter() {
            if old.is_expired(key, now) {
                continue;
            }
            let payload = rdb_write::dump(value);
            let value = rdb::Reader::open(&payload).and_then(|mut reader| rdb_read::read(&mut reader, &cx.server.config));
            let Some(value) = value else { return Err(failed) };
            let db = &mut cx.keyspace.dbs[index];
            db.insert(key, value, now);
            db.set_expire(key, old.expire_at(key));
        }
        cx.keyspace.journal.touch_all(index, |key| old.peek(key, i64::MIN).is_some(), |_| true);
    }
    Ok(Reply::OK)
}

/// Answers an example of each type of reply.
fn protocol(kind: &[u8]) -> Result<Reply> {
    let numbers = || (0..3).map(Reply::Int).collect::<Vec<Reply>>();
    Ok(match kind.to_ascii_lowercase().as_slice() {
        b"string" => Reply::bulk("Hello World"),
        b"integer" => Reply::Int(12345),
        b"double" => Reply::Double(3.141),
        b"bignum" => Reply::BigNumber("1234567999999999999999999999999999999".into()),
        b"null" => Reply::Null,
        b"array" => Reply::Array(numbers()),
        b"set" => Reply::Set(numbers()),
        b"map" => Reply::Map((0..3).map(|at| (Reply::Int(at), Reply::Bool(at == 1))).collect()),
        b"attrib" => {
            let popularity = Reply::Array(vec![Reply::bulk("key:123"), Reply::Int(90)]);
            let told = Reply::bulk("Some real reply following the attribute");
            Reply::Attribute(vec![(Reply::bulk("key-popularity"), popularity)], Box::new(told))
        }
        b"push" => Reply::Sequence(vec![
            Reply::Push(vec![Reply::bulk("server-cpu-usage"), Reply::Int(42)]),
            Reply::bulk("Some real reply following the push reply"),
        ]),
        b"verbatim" => Reply::Verbatim(*b"txt", "This is a verbatim\nstring".into()),
        b"true" => Reply::Bool(true),
        b"false" => Reply::Bool(false),
        _ => {
            return Err(Error::own(
                "Wrong protocol type name. Please use one of the following: \
                 string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false",
            ));
        }
    })
}

fn help() -> Reply {
    docs::help(
        "DEBUG",
        &[
            "DIGEST",
            "    Print a digest of all keys and values, the same as that of any Redis with the same.",
            "DIGEST-VALUE <key> [<key> ...]",
            "    Print the digests of some values.",
            "ERROR <string>",
            "    Answer an error of these words.",
            "LOG <message>",
            "    Write a line to the log.",
            "OBJECT <key>",
            "    Tell how a value is kept.",
            "PAUSE-CRON <0|1>",
            "    Do nothing by the clock, or go on.",
            "POPULATE <count> [<prefix>] [<size>]",
            "    Make so many strings, named key:<number> or <prefix>:<number>.",
            "PROTOCOL <type>",
            "    Answer an example of a type: string, integer, double, bignum, null, array, set, map, attrib, push, verbatim,",
            "    true or false.",
            "QUICKLIST-PACKED-THRESHOLD <size>",
            "    Do nothing: lists here keep large elements as they keep small ones.",
            "RELOAD [MERGE]",
            "    Write all values as a snapshot has them and read them back.",
            "SET-DISABLE-DENY-SCRIPTS <0|1>",
            "    Let scripts call DEBUG and CLIENT, or not.",
            "SET-ACTIVE-EXPIRE <0|1>",
            "    Leave keys whose time is over until somebody asks for them, or not.",
            "SLEEP <seconds>",
            "    Let the engine rest, where the runtime can.",
        ],
    )
}
