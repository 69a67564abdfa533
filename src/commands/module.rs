//! MODULE: there is the one of vector sets, which Redis has built in too, and no other.

use super::connection::modules;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};

const CHANGE: Command = Command {
    complexity: "O(1)",
    since: "4.0.0",
    group: Group::Server,
    arity: -3,
    flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT),
    reply: "OK",
    handler: Handler::Now(load),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "MODULE",
        syntax: "MODULE",
        summary: "A container for module commands.",
        since: "4.0.0",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "MODULE HELP",
        syntax: "MODULE HELP",
        since: "5.0.0",
        group: Group::Server,
        handler: Handler::Help(HELP),
        ..Command::HELP
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
        group: Group::Server,
        tips: &["nondeterministic_output_order"],
        ..Command::DEFAULT
    },
    Command {
        name: "MODULE LOAD",
        syntax: "MODULE LOAD path [arg...]",
        summary: "Loads a module.",
        ..CHANGE
    },
    Command {
        name: "MODULE LOADEX",
        syntax: "MODULE LOADEX path [{CONFIG (name value)}...] [ARGS args...]",
        summary: "Loads a module with its configuration.",
        since: "7.0.0",
        ..CHANGE
    },
    Command {
        name: "MODULE UNLOAD",
        syntax: "MODULE UNLOAD name",
        summary: "Unloads a module.",
        arity: 3,
        handler: Handler::Now(unload),
        ..CHANGE
    },
];

fn list(_: &mut Context, _: Args) -> Result<Reply> {
    Ok(modules())
}

fn load(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own("an engine inside a process loads no modules"))
}

fn unload(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own("Error unloading module: no such module with that name"))
}

/// What MODULE HELP says of each subcommand.
const HELP: &[&str] = &[
    "LIST",
    "    List the loaded modules.",
];
