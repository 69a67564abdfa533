//! Access control lists. See <https://redis.io/docs/latest/commands/?group=server>.

use crate::dispatch::acl::{self, DEFAULT_USER, MAX_PASSWORD_BITS, Selector, User, merge_selectors};
use crate::dispatch::session::Session;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};

const ANYONE: Flags = Flags::NOSCRIPT.and(Flags::LOADING).and(Flags::STALE);
const ADMIN: Flags = ANYONE.and(Flags::ADMIN);

/// Entries that ACL LOG answers unless told otherwise.
const LOG_ENTRIES: usize = 10;

const DEFAULT: Command =
    Command { complexity: "O(1)", since: "6.0.0", group: Group::Server, flags: ADMIN, ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ACL",
        syntax: "ACL",
        summary: "A container for Access List Control commands.",
        since: "6.0.0",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "ACL CAT",
        syntax: "ACL CAT [category]",
        summary: "Lists the ACL categories, or the commands inside a category.",
        complexity: "O(1) since the categories and commands are a fixed set.",
        arity: -2,
        flags: ANYONE,
        reply: "bulk[]",
        handler: Handler::Now(cat),
        ..DEFAULT
    },
    Command {
        name: "ACL DELUSER",
        syntax: "ACL DELUSER username...",
        summary: "Deletes ACL users, and terminates their connections.",
        complexity: "O(1) amortized time considering the typical user.",
        arity: -3,
        reply: "integer",
        handler: Handler::Now(deluser),
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "ACL DRYRUN",
        syntax: "ACL DRYRUN username command [arg...]",
        summary: "Simulates the execution of a command by a user, without executing the command.",
        complexity: "O(1).",
        since: "7.0.0",
        arity: -4,
        reply: "OK | bulk",
        handler: Handler::Now(dryrun),
        ..DEFAULT
    },
    Command {
        name: "ACL GENPASS",
        syntax: "ACL GENPASS [bits:int]",
        summary: "Generates a pseudorandom, secure password that can be used to identify ACL users.",
        arity: -2,
        flags: ANYONE,
        reply: "bulk",
        handler: Handler::Now(genpass),
        ..DEFAULT
    },
    Command {
        name: "ACL GETUSER",
        syntax: "ACL GETUSER username",
        summary: "Lists the ACL rules of a user.",
        complexity: "O(N). Where N is the number of password, command and pattern rules that the user has.",
        arity: 3,
        reply: "map | null",
        handler: Handler::Now(getuser),
        history: &[
            ("6.2.0", "Added Pub/Sub channel patterns."),
            (
                "7.0.0",
                "Added selectors and changed the format of key and channel patterns from a list to their rule representation.",
            ),
        ],
        ..DEFAULT
    },
    Command {
        name: "ACL HELP",
        syntax: "ACL HELP",
        since: "6.0.0",
        group: Group::Server,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "ACL LIST",
        syntax: "ACL LIST",
        summary: "Dumps the effective rules in ACL file format.",
        complexity: "O(N). Where N is the number of configured users.",
        arity: 2,
        reply: "bulk[]",
        handler: Handler::Now(list),
        ..DEFAULT
    },
    Command {
        name: "ACL LOAD",
        syntax: "ACL LOAD",
        summary: "Reloads the rules from the configured ACL file.",
        complexity: "O(N). Where N is the number of configured users.",
        arity: 2,
        reply: "OK",
        handler: Handler::Now(no_file),
        ..DEFAULT
    },
    Command {
        name: "ACL LOG",
        syntax: "ACL LOG [<count:int | RESET>]",
        summary: "Lists recent security events generated due to ACL rules.",
        complexity: "O(N) with N being the number of entries shown.",
        arity: -2,
        reply: "map[]; with RESET: OK",
        handler: Handler::Now(log),
        history: &[("7.2.0", "Added entry ID, timestamp created, and timestamp last updated.")],
        ..DEFAULT
    },
    Command {
        name: "ACL SAVE",
        syntax: "ACL SAVE",
        summary: "Saves the effective ACL rules in the configured ACL file.",
        complexity: "O(N). Where N is the number of configured users.",
        arity: 2,
        reply: "OK",
        handler: Handler::Now(no_file),
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "ACL SETUSER",
        syntax: "ACL SETUSER username [rule...]",
        summary: "Creates and modifies an ACL user and its rules.",
        complexity: "O(N). Where N is the number of rules provided.",
        arity: -3,
        reply: "OK",
        handler: Handler::Now(setuser),
        history: &[
            ("6.2.0", "Added Pub/Sub channel patterns."),
            ("7.0.0", "Added selectors and key based permissions."),
        ],
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "ACL USERS",
        syntax: "ACL USERS",
        summary: "Lists all ACL users.",
        complexity: "O(N). Where N is the number of configured users.",
        arity: 2,
        reply: "bulk[]",
        handler: Handler::Now(users),
        ..DEFAULT
    },
    Command {
        name: "ACL WHOAMI",
        syntax: "ACL WHOAMI",
        summary: "Returns the authenticated username of the current connection.",
        arity: 2,
        flags: ANYONE,
        reply: "bulk",
        handler: Handler::Now(whoami),
        ..DEFAULT
    },
];

fn cat(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.len() > 1 {
        return Err(args.too_many("ACL"));
    }
    let Ok(wanted) = args.bytes() else {
        return Ok(Command::CATEGORIES.iter().map(|category| Reply::from(*category)).collect());
    };
    let known = Command::CATEGORIES.iter().find(|category| category.as_bytes().eq_ignore_ascii_case(wanted));
    let category = known.ok_or_else(|| Error::quoting(&[b"ERR Unknown category '", wanted, b"'"]))?;
    Ok(cx.table.iter().filter(|command| command.categories().contains(category)).map(Command::full_name).collect())
}

/// Closes the clients of a user. The one that is calling goes when it has its reply.
fn disconnect(cx: &mut Context, name: &[u8]) {
    let close = |session: &mut Session| {
        let hit = &*session.user == name;
        session.closing |= hit;
        hit
    };
    let others = cx.server.sessions.iter_mut().flatten();
    cx.server.killed |= others.map(|session| close(session)).fold(false, |some, hit| some | hit);
    cx.keyspace.journal.attention = true;
    close(cx.session);
}

fn deluser(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let names = args.rest();
    if names.contains(&DEFAULT_USER.as_bytes()) {
        return Err(Error::own("The 'default' user cannot be removed"));
    }
    let mut removed = 0i64;
    for name in names {
        if cx.server.acl.remove(name) {
            removed += 1;
            disconnect(cx, name);
        }
    }
    Ok(removed.into())
}

fn dryrun(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let name = args.bytes()?;
    let call = args.rest();
    let acl = &cx.server.acl;
    let user = acl.user(name).ok_or_else(|| Error::quoting(&[b"ERR User '", name, b"' not found"]))?;
    let unknown = |_| Error::quoting(&[b"ERR Command '", call[0], b"' not found"]);
    let command = cx.table.find(call).map_err(unknown)?;
    if !command.accepts(call.len()) {
        return Err(Error::Arity(command.full_name().into()));
    }
    Ok(match acl::denial(Some(user), cx.table, command, call) {
        None => Reply::OK,
        Some(denial) => acl::describe(denial, name, command, call).into(),
    })
}

fn genpass(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.len() > 1 {
        return Err(args.too_many("ACL"));
    }
    let bits = if args.is_empty() { 256 } else { args.int()? };
    let digits = usize::try_from(bits).ok().filter(|bits| (1..=MAX_PASSWORD_BITS).contains(bits));
    let digits = digits.map(|bits| bits.div_ceil(4)).ok_or(Error::own(
        "ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096",
    ))?;
    let mut password = String::with_capacity(digits + 16);
    while password.len() < digits {
        // The host's own randomness: the engine's generator is fair but can be foreseen.
        password += &format!("{:016x}", cx.server.host.random());
    }
    password.truncate(digits);
    Ok(password.into())
}

fn getuser(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let Some(user) = cx.server.acl.user(args.bytes()?) else { return Ok(Reply::Null) };
    let rules = |selector: &Selector| {
        [
            ("commands", selector.commands.describe().into()),
            ("keys", selector.describe_keys().as_slice().into()),
            ("channels", selector.describe_channels().as_slice().into()),
        ]
    };
    let mut fields: Vec<(&str, Reply)> = vec![
        ("flags", Reply::set(user.flags())),
        ("passwords", user.passwords.iter().map(|password| password.as_str()).collect()),
    ];
    fields.extend(rules(&user.selectors[0]));
    fields.push(("selectors", user.selectors[1..].iter().map(|selector| Reply::map(rules(selector))).collect()));
    Ok(Reply::map(fields))
}

/// What ACL HELP says of each subcommand.
const HELP: &[&str] = &[
    "CAT [<category>]",
    "    Name the categories, or the commands of one.",
    "DELUSER <username> [<username> ...]",
    "    Delete users and close their connections.",
    "DRYRUN <username> <command> [<arg> ...]",
    "    Say whether a user may run a command, without running it.",
    "GETUSER <username>",
    "    Show the rules of a user.",
    "GENPASS [<bits>]",
    "    Make a password of 256 random bits, or of as many as said.",
    "LIST",
    "    Show the rules of every user.",
    "LOAD",
    "    Read the users from the ACL file.",
    "LOG [<count> | RESET]",
    "    Show the newest refusals, or forget them.",
    "SAVE",
    "    Write the users to the ACL file.",
    "SETUSER <username> <attribute> [<attribute> ...]",
    "    Make a user, or change one.",
    "USERS",
    "    Name the users.",
    "WHOAMI",
    "    Name the user of this connection.",
];

fn list(cx: &mut Context, _: Args) -> Result<Reply> {
    let line = |(name, user): (&[u8], &User)| [b"user ", name, b" ", &user.describe()].concat();
    Ok(cx.server.acl.users().map(|user| Reply::from(line(user).as_slice())).collect())
}

fn no_file(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own(
        "This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER \
         command and then issue a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store \
         users in the Redis configuration.",
    ))
}

fn log(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.len() > 1 {
        return Err(args.too_many("ACL"));
    }
    if args.accept("RESET") {
        cx.server.acl.log.clear();
        return Ok(Reply::OK);
    }
    let count = if args.is_empty() { LOG_ENTRIES } else { usize::try_from(args.int()?).unwrap_or(0) };
    let now = cx.now();
    let describe = |entry: &acl::Entry| {
        Reply::map([
            ("count", Reply::from(entry.count as i64)),
            ("reason", entry.reason.into()),
            ("context", entry.context.into()),
            ("object", entry.object.as_slice().into()),
            ("username", entry.user.as_slice().into()),
            ("age-seconds", Reply::Double((now - entry.created).max(0) as f64 / 1000.0)),
            ("client-info", entry.client.as_str().into()),
            ("entry-id", (entry.id as i64).into()),
            ("timestamp-created", entry.created.into()),
            ("timestamp-last-updated", entry.updated.into()),
        ])
    };
    Ok(cx.server.acl.log.newest(count).map(describe).collect())
}

fn setuser(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let name = args.bytes()?;
    if name.iter().any(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(Error::own("Usernames can't contain spaces or null characters"));
    }
    let words = merge_selectors(args.rest())?;
    let all_channels = cx.server.config.acl_pubsub_default;
    let mut user = cx.server.acl.user(name).cloned().unwrap_or_else(|| User::new(all_channels));
    for word in words.iter().filter(|word| !word.is_empty()) {
        let explain = |why| Error::quoting(&[b"ERR Error in ACL SETUSER modifier '", word, b"': ", str::as_bytes(why)]);
        user.apply(word, cx.table, all_channels).map_err(explain)?;
    }
    cx.server.acl.insert(name, user);
    Ok(Reply::OK)
}

fn users(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(cx.server.acl.users().map(|(name, _)| Reply::from(name)).collect())
}

fn whoami(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok((&*cx.session.user).into())
}
