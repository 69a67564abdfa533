//! MODULE: there are none.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, docs};
use crate::protocol::{Error, Reply, Result};

const DEFAULT: Command = Command { group: Group::Server, ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "MODULE",
        syntax: "MODULE",
        summary: "A container for module commands.",
        complexity: "Depends on subcommand.",
        since: "4.0.0",
        arity: -2,
        handler: Handler::Container,
        ..DEFAULT
    },
    Command {
        name: "MODULE HELP",
        syntax: "MODULE HELP",
        summary: "Returns helpful text about the different subcommands.",
        complexity: "O(1)",
        since: "5.0.0",
        arity: 2,
        flags: Flags::LOADING.and(Flags::STALE),
        reply: "status[]",
        handler: Handler::Now(help),
        ..DEFAULT
    },
    Command {
        name: "MODULE LIST",
        syntax: "MODULE LIST",
        summary: "Lists the loaded modules.",
        complexity: "O(N) where N is the number of loaded modules.",
        since: "4.0.0",
        arity: 2,
        flags: Flags::ADMIN.and(Flags::NOSCRIPT),
        reply: "any[]",
        handler: Handler::Now(list),
        tips: &["nondeterministic_output_order"],
        ..DEFAULT
    },
    Command {
        name: "MODULE LOAD",
        syntax: "MODULE LOAD path [arg...]",
        summary: "Loads a module.",
        complexity: "O(1)",
        since: "4.0.0",
        arity: -3,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT),
        reply: "OK",
        handler: Handler::Now(load),
        ..DEFAULT
    },
    Command {
        name: "MODULE LOADEX",
        syntax: "MODULE LOADEX path [{CONFIG (name value)}...] [ARGS args...]",
        summary: "Loads a module with its configuration.",
        complexity: "O(1)",
        since: "7.0.0",
        arity: -3,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT),
        reply: "OK",
        handler: Handler::Now(load),
        ..DEFAULT
    },
    Command {
        name: "MODULE UNLOAD",
        syntax: "MODULE UNLOAD name",
        summary: "Unloads a module.",
        complexity: "O(1)",
        since: "4.0.0",
        arity: 3,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT),
        reply: "OK",
        handler: Handler::Now(unload),
        ..DEFAULT
    },
];

fn list(_: &mut Context, _: Args) -> Result<Reply> {
    Ok(Reply::Array(Vec::new()))
}

fn load(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own("an engine inside a process loads no modules"))
}

fn unload(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own("Error unloading module: no such module with that name"))
}

fn help(_: &mut Context, _: Args) -> Result<Reply> {
    Ok(docs::help("MODULE", &["LIST", "    List the loaded modules: there are none."]))
}
