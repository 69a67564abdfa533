//! The connection. See <https://redis.io/docs/latest/commands/?group=connection>.

use super::client::{CLIENT_NAMES, check_attribute};
use crate::dispatch::acl::{self, DEFAULT_USER};
use crate::dispatch::session::Session;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, VERSION};
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Reply, Result};
use std::borrow::Cow;

const HANDSHAKE: Flags =
    Flags::NOSCRIPT.and(Flags::LOADING).and(Flags::STALE).and(Flags::FAST).and(Flags::NO_AUTH).and(Flags::ALLOW_BUSY);

pub const COMMANDS: &[Command] = &[
    Command {
        name: "AUTH",
        syntax: "AUTH [username] password",
        summary: "Authenticates the connection.",
        complexity: "O(N) where N is the number of passwords defined for the user",
        since: "1.0.0",
        group: Group::Connection,
        arity: -2,
        flags: HANDSHAKE,
        reply: "OK",
        handler: Handler::Now(auth),
        history: &[("6.0.0", "Added ACL style (username and password).")],
        ..Command::DEFAULT
    },
    Command {
        name: "ECHO",
        syntax: "ECHO message",
        summary: "Returns the given string.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Connection,
        arity: 2,
        flags: Flags::LOADING.and(Flags::STALE).and(Flags::FAST),
        reply: "bulk",
        handler: Handler::Now(echo),
        ..Command::DEFAULT
    },
    Command {
        name: "HELLO",
        syntax: "HELLO [(protover:int [AUTH (username password)] [SETNAME clientname])]",
        summary: "Handshakes with the server: chooses the protocol, authenticates, names the connection.",
        complexity: "O(1)",
        since: "6.0.0",
        group: Group::Connection,
        arity: -1,
        flags: HANDSHAKE,
        reply: "map",
        handler: Handler::Now(hello),
        history: &[(
            "6.2.0",
            "`protover` made optional; when called without arguments the command reports the current connection's context.",
        )],
        ..Command::DEFAULT
    },
    Command {
        name: "PING",
        syntax: "PING [message]",
        summary: "Returns the server's liveliness response.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Connection,
        arity: -1,
        flags: Flags::FAST,
        reply: "status; with message: bulk",
        handler: Handler::Now(ping),
        tips: &["request_policy:all_shards", "response_policy:all_succeeded"],
        ..Command::DEFAULT
    },
    Command {
        name: "QUIT",
        syntax: "QUIT",
        summary: "Closes the connection.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Connection,
        arity: -1,
        flags: HANDSHAKE.and(Flags::IMMEDIATE),
        reply: "OK",
        handler: Handler::Now(quit),
        deprecated: Some(("7.2.0", "just closing the connection")),
        ..Command::DEFAULT
    },
    Command {
        name: "RESET",
        syntax: "RESET",
        summary: "Resets the connection.",
        complexity: "O(1)",
        since: "6.2.0",
        group: Group::Connection,
        arity: 1,
        flags: HANDSHAKE.and(Flags::IMMEDIATE),
        reply: "status",
        handler: Handler::Now(reset),
        ..Command::DEFAULT
    },
    Command {
        name: "SELECT",
        syntax: "SELECT index:int",
        summary: "Changes the selected database.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::Connection,
        arity: 2,
        flags: Flags::LOADING.and(Flags::STALE).and(Flags::FAST),
        reply: "OK",
        handler: Handler::Now(select),
        ..Command::DEFAULT
    },
];

/// Makes the client the user that it says it is.
fn authenticate(cx: &mut Context, argv: &[&[u8]], user: &[u8], password: &[u8]) -> Result<()> {
    if !cx.server.acl.admits(user, password) {
        acl::record_refused_login(cx, argv, user);
        return Err(Error::raw("WRONGPASS invalid username-password pair or user is disabled."));
    }
    cx.session.user = user.into();
    cx.session.authenticated = true;
    Ok(())
}

fn auth(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (argv, words) = (args.argv(), args.rest());
    match *words {
        [user, password] => authenticate(cx, argv, user, password)?,
        [_] if !cx.server.acl.requires_password() => {
            return Err(Error::own(
                "AUTH <password> called without any password configured for the default user. \
                 Are you sure your configuration is correct?",
            ));
        }
        [password] => authenticate(cx, argv, DEFAULT_USER.as_bytes(), password)?,
        _ => return Err(Error::Syntax),
    }
    Ok(Reply::OK)
}

fn echo(_: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(args.bytes()?.into())
}

fn hello(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let argv = args.argv();
    let mut protocol = cx.session.protocol;
    if !args.is_empty() {
        protocol = match args.int_within(i64::MIN..=i64::MAX, "Protocol version is not an integer or out of range")? {
            2 => Protocol::Resp2,
            3 => Protocol::Resp3,
            _ => return Err(Error::raw("NOPROTO unsupported protocol version")),
        };
    }
    let (mut login, mut name) = (None, None);
    while let Some(word) = args.peek() {
        match args.option().as_ref().map_or("", |option| option.as_str()) {
            "AUTH" if args.len() >= 2 => login = Some((args.bytes()?, args.bytes()?)),
            "SETNAME" if !args.is_empty() => {
                let wanted = args.bytes()?;
                check_attribute(CLIENT_NAMES, wanted)?;
                name = Some(wanted);
            }
            _ => {
                return Err(Error::quoting(&[b"ERR Syntax error in HELLO option '", word, b"'"]));
            }
        }
    }
    if let Some((user, password)) = login {
        authenticate(cx, argv, user, password)?;
    }
    if acl::is_stranger(cx) {
        return Err(Error::raw(
            "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> \
             <pass> option can be used to authenticate the client and select the RESP protocol version at the same time",
        ));
    }
    if let Some(name) = name {
        cx.session.name = name.into();
    }
    cx.session.protocol = protocol;
    let pairs: [(&str, Reply); 7] = [
        ("server", "redis".into()),
        ("version", VERSION.into()),
        ("proto", if protocol == Protocol::Resp3 { 3i64 } else { 2 }.into()),
        ("id", (cx.session.id as i64).into()),
        ("mode", "standalone".into()),
        ("role", "master".into()),
        ("modules", modules()),
    ];
    Ok(Reply::map(pairs))
}

/// Lists the modules of Redis that are in this build: it has vector sets as one.
pub(super) fn modules() -> Reply {
    let facts: [(&str, Reply); 4] =
        [("name", "vectorset".into()), ("ver", 1i64.into()), ("path", "".into()), ("args", Reply::Array(Vec::new()))];
    Reply::Array(if cfg!(feature = "full") { vec![Reply::map(facts)] } else { Vec::new() })
}

const PONG: Reply = Reply::Status(Cow::Borrowed(b"PONG"));

fn ping(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.len() > 1 {
        return Err(Error::Arity(cx.command.full_name().into()));
    }
    // To a subscriber in RESP2 everything comes in the form of a message.
    if cx.session.protocol == Protocol::Resp2 && !cx.session.subscriptions.is_empty() {
        return Ok(Reply::Array(vec!["pong".into(), args.bytes().unwrap_or_default().into()]));
    }
    Ok(args.peek().map_or(PONG, Reply::from))
}

fn quit(cx: &mut Context, _: Args) -> Result<Reply> {
    cx.session.closing = true;
    Ok(Reply::OK)
}

fn reset(cx: &mut Context, _: Args) -> Result<Reply> {
    cx.abandon_transaction();
    cx.server.forget(cx.session, &mut cx.keyspace.journal);
    let old = std::mem::take(cx.session);
    *cx.session = Session {
        id: old.id,
        slot: old.slot,
        outbox: old.outbox,
        addr: old.addr,
        laddr: old.laddr,
        user: DEFAULT_USER.into(),
        authenticated: !cx.server.acl.requires_auth(),
        lib_name: old.lib_name,
        lib_ver: old.lib_ver,
        opened: old.opened,
        called: old.called,
        last_command: old.last_command,
        ..Session::default()
    };
    Ok(Reply::status("RESET"))
}

fn select(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let index = args.int()?;
    if i32::try_from(index).is_err() {
        return Err(Error::own("value is out of range, value must between -2147483648 and 2147483647"));
    }
    let index = usize::try_from(index).ok().filter(|&index| index < cx.keyspace.dbs.len());
    cx.session.db = index.ok_or(Error::own("DB index is out of range"))?;
    Ok(Reply::OK)
}
