//! COMMAND: the table of commands, asked about itself. See <https://redis.io/docs/latest/commands/command/>.

use crate::dispatch::docs::{docs, info};
use crate::dispatch::keys::settle;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags};
use crate::protocol::{Error, Reply, Result};
use crate::structures::glob;

const DEFAULT: Command = Command {
    since: "2.8.13",
    group: Group::Server,
    flags: Flags::LOADING.and(Flags::STALE).and(Flags::CONNECTION),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "COMMAND",
        syntax: "COMMAND",
        summary: "Returns detailed information about all commands.",
        complexity: "O(N) where N is the total number of Redis commands",
        arity: -1,
        reply: "any[]",
        handler: Handler::WithSubcommands(command),
        tips: &["nondeterministic_output_order"],
        ..DEFAULT
    },
    Command {
        name: "COMMAND COUNT",
        syntax: "COMMAND COUNT",
        summary: "Returns a count of commands.",
        complexity: "O(1)",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(count),
        ..DEFAULT
    },
    Command {
        name: "COMMAND DOCS",
        syntax: "COMMAND DOCS [command-name...]",
        summary: "Returns documentary information about one, multiple or all commands.",
        complexity: "O(N) where N is the number of commands to look up",
        since: "7.0.0",
        arity: -2,
        reply: "map",
        handler: Handler::Now(command_docs),
        tips: &["nondeterministic_output_order"],
        ..DEFAULT
    },
    Command {
        name: "COMMAND GETKEYS",
        syntax: "COMMAND GETKEYS command [arg...]",
        summary: "Extracts the key names from an arbitrary command.",
        complexity: "O(N) where N is the number of arguments to the command",
        arity: -3,
        reply: "bulk[]",
        handler: Handler::Now(getkeys),
        ..DEFAULT
    },
    Command {
        name: "COMMAND GETKEYSANDFLAGS",
        syntax: "COMMAND GETKEYSANDFLAGS command [arg...]",
        summary: "Extracts the key names and access flags from an arbitrary command.",
        complexity: "O(N) where N is the number of arguments to the command",
        since: "7.0.0",
        arity: -3,
        reply: "any[]",
        handler: Handler::Now(getkeysandflags),
        ..DEFAULT
    },
    Command {
        name: "COMMAND HELP",
        syntax: "COMMAND HELP",
        since: "5.0.0",
        group: Group::Server,
        flags: DEFAULT.flags,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "COMMAND INFO",
        syntax: "COMMAND INFO [command-name...]",
        summary: "Returns information about one, multiple or all commands.",
        complexity: "O(N) where N is the number of commands to look up",
        arity: -2,
        reply: "any[]",
        handler: Handler::Now(command_info),
        history: &[("7.0.0", "Allowed to be called with no argument to get info on all commands.")],
        tips: &["nondeterministic_output_order"],
        ..DEFAULT
    },
    Command {
        name: "COMMAND LIST",
        syntax: "COMMAND LIST [FILTERBY <MODULE module-name | ACLCAT category | PATTERN pattern:pattern>]",
        summary: "Returns a list of command names.",
        complexity: "O(N) where N is the total number of Redis commands",
        since: "7.0.0",
        arity: -2,
        reply: "bulk[]",
        handler: Handler::Now(list),
        tips: &["nondeterministic_output_order"],
        ..DEFAULT
    },
];

/// Walks the commands without their subcommands.
fn top<'a>(cx: &'a Context) -> impl Iterator<Item = &'static Command> + use<'a> {
    cx.table.iter().filter(|command| command.words() == 1)
}

/// Finds a command by its name, `get` or `object|encoding`.
fn named(cx: &Context, name: &[u8]) -> Option<&'static Command> {
    // A name with a space in it would find a subcommand, which is not how clients may write one.
    if name.contains(&b' ') {
        return None;
    }
    cx.table.get(&name.iter().map(|&b| if b == b'|' { b' ' } else { b }).collect::<Vec<u8>>())
}

fn command(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(top(cx).map(|command| info(command, cx.table)).collect())
}

fn count(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(top(cx).count().into())
}

fn command_info(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.is_empty() {
        return command(cx, args);
    }
    let infos = args.rest().iter().map(|name| match named(cx, name) {
        Some(command) => info(command, cx.table),
        None => Reply::NullArray,
    });
    Ok(infos.collect())
}

fn command_docs(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let commands: Vec<&'static Command> = if args.is_empty() {
        top(cx).collect()
    } else {
        args.rest().iter().filter_map(|name| named(cx, name)).collect()
    };
    Ok(Reply::map(commands.into_iter().map(|command| (command.full_name(), docs(command, cx.table)))))
}

fn list(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let keep: Box<dyn Fn(&Command) -> bool> = if args.is_empty() {
        Box::new(|_| true)
    } else {
        if !args.accept("FILTERBY") {
            return Err(Error::Syntax);
        }
        let filter = args.option();
        let value = args.bytes()?;
        match filter.as_ref().map_or("", |filter| filter.as_str()) {
            "MODULE" => Box::new(move |command| command.group == Group::Module && value == b"vectorset"),
            "ACLCAT" => Box::new(move |command| {
                command.categories().iter().any(|name| name.as_bytes().eq_ignore_ascii_case(value))
            }),
            "PATTERN" => Box::new(move |command| glob::matches(value, command.full_name().as_bytes(), true)),
            _ => return Err(Error::Syntax),
        }
    };
    args.end()?;
    Ok(cx.table.iter().filter(|command| keep(command)).map(Command::full_name).collect())
}

/// Finds the keys of a call that is given as arguments.
fn keys_of<'a>(cx: &Context, call: &'a [&'a [u8]]) -> Result<Vec<(&'a [u8], KeyFlags)>> {
    let Ok(command) = cx.table.find(call) else {
        return Err(Error::own("Invalid command specified"));
    };
    if command.keys.0.iter().all(|spec| spec.flags.contains(KeyFlags::NOT_KEY)) {
        return Err(Error::own("The command has no key arguments"));
    }
    if !command.accepts(call.len()) {
        return Err(Error::own("Invalid number of arguments specified for command"));
    }
    match command.keys.positions(call) {
        Some(found) => Ok(found.into_iter().map(|(at, flags)| (call[at], settle(command.name, call, flags))).collect()),
        None if command.flags.contains(Flags::NO_MANDATORY_KEYS) => Ok(Vec::new()),
        None => Err(Error::own("Invalid arguments specified for command")),
    }
}

fn getkeys(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(keys_of(cx, args.rest())?.into_iter().map(|(key, _)| key).collect())
}

fn getkeysandflags(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let pair = |(key, flags): (&[u8], KeyFlags)| {
        Reply::Array(vec![key.into(), Reply::Set(flags.names().map(Reply::status).collect())])
    };
    Ok(keys_of(cx, args.rest())?.into_iter().map(pair).collect())
}

/// What COMMAND HELP says of each subcommand.
const HELP: &[&str] = &[
    "(no subcommand)",
    "    Describe every command.",
    "COUNT",
    "    Count the commands.",
    "LIST [FILTERBY (MODULE <module>|ACLCAT <category>|PATTERN <pattern>)]",
    "    Name the commands and subcommands.",
    "INFO [<command-name> ...]",
    "    Describe some commands, or all: arity, flags, keys, categories.",
    "DOCS [<command-name> ...]",
    "    Document some commands, or all: summary, arguments, history.",
    "GETKEYS <full-command>",
    "    Find the keys in a call.",
    "GETKEYSANDFLAGS <full-command>",
    "    Find the keys in a call and what is done to each.",
];
