//! What an engine that writes no files of its own says of saving and of its end.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};

const DEFAULT: Command =
    Command { complexity: "O(1)", since: "1.0.0", group: Group::Server, arity: 1, ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "BGREWRITEAOF",
        syntax: "BGREWRITEAOF",
        summary: "Rewrites the append-only file in the background.",
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT),
        reply: "status",
        handler: Handler::Now(bgrewriteaof),
        ..DEFAULT
    },
    Command {
        name: "BGSAVE",
        syntax: "BGSAVE [SCHEDULE]",
        summary: "Saves the databases in the background.",
        arity: -1,
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NOSCRIPT),
        reply: "status",
        handler: Handler::Now(bgsave),
        history: &[("3.2.2", "Added the `SCHEDULE` option.")],
        ..DEFAULT
    },
    Command {
        name: "LASTSAVE",
        syntax: "LASTSAVE",
        summary: "Returns the Unix time of the last successful save.",
        flags: Flags::FAST.and(Flags::LOADING).and(Flags::STALE).and(Flags::ADMINISTRATIVE),
        reply: "integer",
        handler: Handler::Now(lastsave),
        tips: &["nondeterministic_output"],
        ..DEFAULT
    },
    Command {
        name: "SAVE",
        syntax: "SAVE",
        summary: "Saves the databases.",
        complexity: "O(N) where N is the total number of keys in all databases",
        flags: Flags::ADMIN.and(Flags::NO_ASYNC_LOADING).and(Flags::NO_MULTI).and(Flags::NOSCRIPT),
        reply: "OK",
        handler: Handler::Now(save),
        ..DEFAULT
    },
    Command {
        name: "SHUTDOWN",
        syntax: "SHUTDOWN [<NOSAVE | SAVE>] [NOW] [FORCE] [ABORT]",
        summary: "Ends the server.",
        complexity: "O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)",
        arity: -1,
        flags: Flags::ADMIN.and(Flags::ALLOW_BUSY).and(Flags::LOADING).and(Flags::NO_MULTI).and(Flags::NOSCRIPT).and(Flags::STALE),
        reply: "OK",
        handler: Handler::Now(shutdown),
        history: &[("7.0.0", "Added the `NOW`, `FORCE` and `ABORT` modifiers.")],
        ..DEFAULT
    },
];

/// Says why nothing can be saved.
pub const NO_FILES: &str = "an engine inside a process writes no files of its own";

fn save(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own(NO_FILES))
}

fn bgsave(_: &mut Context, mut args: Args) -> Result<Reply> {
    match args.is_empty() || args.accept("SCHEDULE") && args.is_empty() {
        true => Err(Error::own(NO_FILES)),
        false => Err(Error::Syntax),
    }
}

fn bgrewriteaof(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own(NO_FILES))
}

/// Answers the time at which the engine began, as Redis does before the first save.
fn lastsave(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(cx.server.started.div_euclid(1000).into())
}

fn shutdown(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (mut save, mut nosave, mut abort) = (false, false, false);
    let alone = args.len() == 1;
    while let Some(option) = args.option() {
        match option.as_str() {
            "SAVE" if !nosave => save = true,
            "NOSAVE" if !save => nosave = true,
            "NOW" | "FORCE" => {}
            "ABORT" if alone => abort = true,
            _ => return Err(Error::Syntax),
        }
    }
    if abort {
        return Err(Error::own("No shutdown in progress."));
    }
    if let Some(running) = cx.server.running.as_ref().filter(|_| !nosave) {
        return Err(running.refusal());
    }
    if save {
        return Err(Error::own(NO_FILES));
    }
    cx.server.host.shut_down();
    Err(Error::own("an engine ends with the process that it is in"))
}
