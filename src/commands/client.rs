//! CLIENT: connections, asked about themselves and each other.
//! See <https://redis.io/docs/latest/commands/client/>.

use crate::dispatch::session::{Replies, Session};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;
use crate::structures::order::sort_by_key;

const PLAIN: Flags = Flags::NOSCRIPT.and(Flags::LOADING).and(Flags::STALE);
const ADMIN: Flags = PLAIN.and(Flags::ADMIN);

const DEFAULT: Command = Command { complexity: "O(1)", group: Group::Connection, flags: PLAIN, ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "CLIENT",
        syntax: "CLIENT",
        summary: "A container for client connection commands.",
        since: "2.4.0",
        group: Group::Connection,
        flags: Flags::NO_GROUP_CATEGORY,
        ..Command::CONTAINER
    },
    Command {
        name: "CLIENT GETNAME",
        syntax: "CLIENT GETNAME",
        summary: "Returns the name of the connection.",
        since: "2.6.9",
        arity: 2,
        reply: "bulk | null",
        handler: Handler::Now(getname),
        ..DEFAULT
    },
    Command {
        name: "CLIENT HELP",
        syntax: "CLIENT HELP",
        since: "5.0.0",
        group: Group::Connection,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "CLIENT ID",
        syntax: "CLIENT ID",
        summary: "Returns the unique client ID of the connection.",
        since: "5.0.0",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(id),
        ..DEFAULT
    },
    Command {
        name: "CLIENT INFO",
        syntax: "CLIENT INFO",
        summary: "Returns information about the connection.",
        since: "6.2.0",
        arity: 2,
        reply: "bulk",
        handler: Handler::Now(info),
        tips: &["nondeterministic_output"],
        ..DEFAULT
    },
    Command {
        name: "CLIENT KILL",
        syntax: "CLIENT KILL <old-format | <[ID client-id:int] | [TYPE <NORMAL | MASTER | SLAVE | REPLICA | PUBSUB>] | \
            [USER username] | [ADDR addr] | [LADDR laddr] | [SKIPME <YES | NO>] | [MAXAGE maxage:int]>...>",
        summary: "Terminates open connections.",
        complexity: "O(N) where N is the number of client connections",
        since: "2.4.0",
        arity: -3,
        flags: ADMIN,
        reply: "integer; with old-format: OK",
        handler: Handler::Now(kill),
        history: &[
            ("2.8.12", "Added new filter format."),
            ("2.8.12", "`ID` option."),
            ("3.2.0", "Added `master` type in for `TYPE` option."),
            ("5.0.0", "Replaced `slave` `TYPE` with `replica`. `slave` still supported for backward compatibility."),
            ("6.2.0", "`LADDR` option."),
            ("7.4.0", "`MAXAGE` option."),
        ],
        ..DEFAULT
    },
    Command {
        name: "CLIENT LIST",
        syntax: "CLIENT LIST [TYPE <NORMAL | MASTER | REPLICA | PUBSUB>] [ID client-id:int...]",
        summary: "Lists open connections.",
        complexity: "O(N) where N is the number of client connections",
        since: "2.4.0",
        arity: -2,
        flags: ADMIN,
        reply: "bulk",
        handler: Handler::Now(list),
        history: &[
            ("2.8.12", "Added unique client `id` field."),
            ("5.0.0", "Added optional `TYPE` filter."),
            ("6.0.0", "Added `user` field."),
            ("6.2.0", "Added `argv-mem`, `tot-mem`, `laddr` and `redir` fields and the optional `ID` filter."),
            ("7.0.0", "Added `resp`, `multi-mem`, `rbs` and `rbp` fields."),
            ("7.0.3", "Added `ssub` field."),
            ("7.2.0", "Added `lib-name` and `lib-ver` fields."),
            ("7.4.0", "Added `watch` field."),
            ("8.0.0", "Added `io-thread` field."),
        ],
        tips: &["nondeterministic_output"],
        ..DEFAULT
    },
    Command {
        name: "CLIENT NO-EVICT",
        syntax: "CLIENT NO-EVICT <ON | OFF>",
        summary: "Sets the client eviction mode of the connection.",
        since: "7.0.0",
        arity: 3,
        flags: ADMIN,
        reply: "OK",
        handler: Handler::Now(no_evict),
        ..DEFAULT
    },
    Command {
        name: "CLIENT NO-TOUCH",
        syntax: "CLIENT NO-TOUCH <ON | OFF>",
        summary: "Controls whether commands sent by the client affect the LRU/LFU of accessed keys.",
        since: "7.2.0",
        arity: 3,
        reply: "OK",
        handler: Handler::Now(no_touch),
        ..DEFAULT
    },
    Command {
        name: "CLIENT REPLY",
        syntax: "CLIENT REPLY <ON | OFF | SKIP>",
        summary: "Instructs the server whether to reply to commands.",
        since: "3.2.0",
        arity: 3,
        reply: "OK",
        handler: Handler::Now(reply),
        ..DEFAULT
    },
    Command {
        name: "CLIENT SETINFO",
        syntax: "CLIENT SETINFO <LIB-NAME libname | LIB-VER libver>",
        summary: "Sets information specific to the client or connection.",
        since: "7.2.0",
        arity: 4,
        reply: "OK",
        handler: Handler::Now(setinfo),
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "CLIENT SETNAME",
        syntax: "CLIENT SETNAME connection-name",
        summary: "Sets the connection name.",
        since: "2.6.9",
        arity: 3,
        reply: "OK",
        handler: Handler::Now(setname),
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
];

/// What an error calls the names that clients give themselves.
pub const CLIENT_NAMES: &[u8] = b"Client names";

/// Checks that a name can stand in a field of CLIENT LIST; `what` opens the error.
pub fn check_attribute(what: &[u8], value: &[u8]) -> Result<()> {
    if value.iter().all(|byte| (b'!'..=b'~').contains(byte)) {
        return Ok(());
    }
    let what = String::from_utf8_lossy(what);
    Err(Error::telling(format_args!("{what} cannot contain spaces, newlines or special characters.")))
}

fn getname(cx: &mut Context, _: Args) -> Result<Reply> {
    let name = &cx.session.name;
    Ok((!name.is_empty()).then(|| Reply::from(name)).into())
}

fn id(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok((cx.session.id as i64).into())
}

fn setname(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let name = args.bytes()?;
    check_attribute(CLIENT_NAMES, name)?;
    cx.session.name = name.into();
    Ok(Reply::OK)
}

fn setinfo(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let option = args.bytes()?;
    let value = args.bytes()?;
    let session = &mut *cx.session;
    let field = match option.to_ascii_uppercase().as_slice() {
        b"LIB-NAME" => &mut session.lib_name,
        b"LIB-VER" => &mut session.lib_ver,
        _ => return Err(Error::quoting(&[b"ERR Unrecognized option '", option, b"'"])),
    };
    check_attribute(option, value)?;
    *field = value.into();
    Ok(Reply::OK)
}

/// Reads ON or OFF.
fn switch(args: &mut Args) -> Result<bool> {
    let on = args.accept("ON");
    if on || args.accept("OFF") { Ok(on) } else { Err(Error::Syntax) }
}

fn no_evict(cx: &mut Context, mut args: Args) -> Result<Reply> {
    cx.session.no_evict = switch(&mut args)?;
    Ok(Reply::OK)
}

fn no_touch(cx: &mut Context, mut args: Args) -> Result<Reply> {
    cx.session.no_touch = switch(&mut args)?;
    Ok(Reply::OK)
}

fn reply(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let replies = &mut cx.session.replies;
    match args.option().as_ref().map_or("", |option| option.as_str()) {
        "ON" => *replies = Replies::On,
        "OFF" => *replies = Replies::Off,
        "SKIP" if *replies != Replies::Off => *replies = Replies::SkipNext,
        "SKIP" => {}
        _ => return Err(Error::Syntax),
    }
    Ok(Reply::OK)
}

/// Tells of which type a client is. Replicas and masters never connect here.
fn type_of(session: &Session) -> &'static str {
    if session.subscriptions.is_empty() { "normal" } else { "pubsub" }
}

/// Reads a type of client.
fn client_type(args: &mut Args) -> Result<&'static str> {
    let word = args.bytes()?;
    let types = [
        ("normal", "normal"),
        ("slave", "replica"),
        ("replica", "replica"),
        ("master", "master"),
        ("pubsub", "pubsub"),
    ];
    let found = types.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(word));
    found
        .map(|(_, kind)| *kind)
        .ok_or_else(|| Error::quoting(&[b"ERR Unknown client type '", word, b"'"]))
}

/// Visits every session, the calling one among them, in the order of their ids.
fn visit_all(cx: &mut Context, mut visit: impl FnMut(&mut Session, bool)) {
    let own = cx.session.id;
    let mut sessions: Vec<&mut Session> =
        cx.server.sessions.iter_mut().flatten().map(|session| &mut **session).collect();
    sessions.push(cx.session);
    sort_by_key(&mut sessions, |session| session.id);
    for session in sessions {
        let is_own = session.id == own;
        visit(session, is_own);
    }
}

/// Describes the session that is calling: its query buffer holds the call.
fn describe_caller(session: &Session, now: i64, argv: &[&[u8]]) -> String {
    let digits = |number: usize| number.to_string().len();
    let words = argv.iter().map(|word| 5 + digits(word.len()) + word.len());
    let bytes = 3 + digits(argv.len()) + words.sum::<usize>();
    session.describe(now).replacen(" qbuf=0 ", &format!(" qbuf={bytes} "), 1)
}

fn info(cx: &mut Context, args: Args) -> Result<Reply> {
    Ok(Reply::Verbatim(*b"txt", (describe_caller(cx.session, cx.now(), args.argv()) + "\n").into()))
}

fn list(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (mut kind, mut ids) = (None, None);
    if !args.is_empty() {
        if args.len() == 2 && args.accept("TYPE") {
            kind = Some(client_type(&mut args)?);
        } else if args.len() > 1 && args.accept("ID") {
            let parse = |word: &&[u8]| parse_int(word).ok_or(Error::own("Invalid client ID"));
            ids = Some(args.rest().iter().map(parse).collect::<Result<Vec<i64>>>()?);
        } else {
            return Err(Error::Syntax);
        }
    }
    let (now, argv) = (cx.now(), args.argv());
    let mut out = String::new();
    visit_all(cx, |session, own| {
        let listed = ids.as_ref().is_none_or(|ids| ids.contains(&(session.id as i64)));
        if listed && kind.is_none_or(|kind| kind == type_of(session)) {
            out += &if own { describe_caller(session, now, argv) } else { session.describe(now) };
            out.push('\n');
        }
    });
    Ok(Reply::Verbatim(*b"txt", out.into()))
}

fn kill(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.len() == 1 {
        let addr = args.bytes()?;
        let mut found = false;
        visit_all(cx, |session, _| {
            let hit = !found && !session.addr.is_empty() && &*session.addr == addr;
            session.closing |= hit;
            found |= hit;
        });
        cx.server.killed |= found;
        cx.keyspace.journal.attention = true;
        return if found { Ok(Reply::OK) } else { Err(Error::own("No such client")) };
    }
    let (mut id, mut kind, mut addr, mut laddr, mut max_age) = (None, None, None, None, None);
    let (mut user, mut skip_me) = (None, true);
    while let Some(option) = args.option() {
        if args.is_empty() {
            return Err(Error::Syntax);
        }
        match option.as_str() {
            "ID" => id = Some(args.int_within(1..=i64::MAX, "client-id should be greater than 0")?),
            "MAXAGE" => {
                let age = args.int_within(i64::MIN..=i64::MAX, "maxage is not an integer or out of range")?;
                if age <= 0 {
                    return Err(Error::own("maxage should be greater than 0"));
                }
                max_age = Some(age);
            }
            "TYPE" => kind = Some(client_type(&mut args)?),
            "ADDR" => addr = Some(args.bytes()?),
            "LADDR" => laddr = Some(args.bytes()?),
            "USER" => {
                let name = args.bytes()?;
                if cx.server.acl.user(name).is_none() {
                    return Err(Error::quoting(&[b"ERR No such user '", name, b"'"]));
                }
                user = Some(name);
            }
            "SKIPME" if args.accept("YES") => skip_me = true,
            "SKIPME" if args.accept("NO") => skip_me = false,
            _ => return Err(Error::Syntax),
        }
    }
    let now = cx.now();
    let mut killed = 0i64;
    visit_all(cx, |session, is_own| {
        let hit = id.is_none_or(|id| id == session.id as i64)
            && kind.is_none_or(|kind| kind == type_of(session))
            && user.is_none_or(|user| user == &*session.user)
            && addr.is_none_or(|addr| addr == &*session.addr)
            && laddr.is_none_or(|laddr| laddr == &*session.laddr)
            && max_age.is_none_or(|age| (now - session.opened) / 1000 >= age)
            && !(is_own && skip_me)
            && !session.closing;
        session.closing |= hit;
        killed += i64::from(hit);
    });
    cx.server.killed |= killed > 0;
    cx.keyspace.journal.attention = true;
    Ok(killed.into())
}

/// What CLIENT HELP says of each subcommand.
const HELP: &[&str] = &[
    "CACHING (YES|NO)",
    "    Say whether the keys of the next command are to be tracked.",
    "GETNAME",
    "    Tell the name of this connection.",
    "GETREDIR",
    "    Tell where notifications about tracked keys are redirected.",
    "ID",
    "    Tell the ID of this connection.",
    "INFO",
    "    Describe this connection.",
    "KILL <ip:port>",
    "    Close the connection from an address.",
    "KILL <option> <value> [<option> <value> [...]]",
    "    Close the connections that all options select: ADDR, LADDR, ID, TYPE, USER, MAXAGE;",
    "    SKIPME NO selects this connection too.",
    "LIST [TYPE (NORMAL|MASTER|REPLICA|PUBSUB) | ID <id> [<id> ...]]",
    "    Describe connections.",
    "NO-EVICT (ON|OFF)",
    "    Protect this connection from eviction.",
    "NO-TOUCH (ON|OFF)",
    "    Do not count the reads of this connection as use of keys.",
    "PAUSE <timeout> [WRITE|ALL]",
    "    Put aside all commands, or those that write, for so many milliseconds.",
    "REPLY (ON|OFF|SKIP)",
    "    Choose whether commands are replied to.",
    "SETINFO (LIB-NAME|LIB-VER) <value>",
    "    Tell which library speaks.",
    "SETNAME <name>",
    "    Name this connection.",
    "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]] [OPTIN] [OPTOUT] [NOLOOP]",
    "    Tell this connection of changes to keys that it has read.",
    "TRACKINGINFO",
    "    Tell how this connection tracks keys.",
    "UNBLOCK <clientid> [TIMEOUT|ERROR]",
    "    End the wait of a connection in a blocking command.",
    "UNPAUSE",
    "    End a pause.",
];
