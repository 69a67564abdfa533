//! What a server has and an engine inside a process has not: backups into files, and keys counted by what they cost
//! its processor and its network.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};

const BACKUP: Command = Command {
    complexity: "O(1)",
    since: "8.10.0",
    group: Group::Server,
    arity: 2,
    flags: Flags::ADMIN.and(Flags::NOSCRIPT),
    reply: "OK",
    handler: Handler::Now(backup),
    ..Command::DEFAULT
};

const HOTKEYS: Command = Command { since: "8.6.0", tips: &["request_policy:special"], handler: Handler::Now(stop), ..BACKUP };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "BACKUP",
        syntax: "BACKUP",
        summary: "A container for backup commands.",
        complexity: "",
        arity: 2,
        since: "8.10.0",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command { name: "BACKUP ABORT", syntax: "BACKUP ABORT", summary: "Cancels a backup that has not been sealed.", ..BACKUP },
    Command { name: "BACKUP CLEANUP", syntax: "BACKUP CLEANUP", summary: "Removes the files of a backup.", ..BACKUP },
    Command {
        name: "BACKUP HELP",
        syntax: "BACKUP HELP",
        since: "8.10.0",
        group: Group::Server,
        handler: Handler::Help(BACKUP_HELP),
        ..Command::HELP
    },
    Command {
        name: "BACKUP LIST",
        syntax: "BACKUP LIST",
        summary: "Lists the files of a backup.",
        flags: Flags::ADMIN.and(Flags::STALE),
        reply: "bulk[]",
        ..BACKUP
    },
    Command { name: "BACKUP SEAL", syntax: "BACKUP SEAL", summary: "Freezes the files of a backup.", ..BACKUP },
    Command { name: "BACKUP START", syntax: "BACKUP START", summary: "Begins a backup.", ..BACKUP },
    Command {
        name: "BACKUP STATUS",
        syntax: "BACKUP STATUS",
        summary: "Returns the state of a backup.",
        flags: Flags::ADMIN.and(Flags::STALE),
        reply: "map",
        ..BACKUP
    },
    Command {
        name: "HOTKEYS",
        syntax: "HOTKEYS",
        summary: "A container for hot keys tracking commands.",
        complexity: "",
        since: "8.6.0",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "HOTKEYS GET",
        syntax: "HOTKEYS GET",
        summary: "Returns the keys that cost the most.",
        complexity: "O(K) where K is the number of hotkeys returned.",
        reply: "any[] | null",
        tips: &["nondeterministic_output", "request_policy:special", "response_policy:special"],
        ..HOTKEYS
    },
    Command {
        name: "HOTKEYS HELP",
        syntax: "HOTKEYS HELP",
        since: "8.6.1",
        group: Group::Server,
        handler: Handler::Help(HOTKEYS_HELP),
        ..Command::HELP
    },
    Command { name: "HOTKEYS RESET", syntax: "HOTKEYS RESET", summary: "Forgets what was tracked.", ..HOTKEYS },
    Command {
        name: "HOTKEYS START",
        syntax: "HOTKEYS START METRICS (count:int [CPU] [NET]) [COUNT k:int] [DURATION seconds:int] [SAMPLE ratio:int] \
                 [SLOTS (count:int slot:int...)]",
        summary: "Starts the tracking of hot keys.",
        arity: -2,
        handler: Handler::Now(start),
        ..HOTKEYS
    },
    Command {
        name: "HOTKEYS STOP",
        syntax: "HOTKEYS STOP",
        summary: "Stops the tracking of hot keys.",
        reply: "OK | null",
        ..HOTKEYS
    },
];

/// Answers as where no backup was ever begun, and begins none.
fn backup(cx: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own(match cx.command.name {
        "BACKUP ABORT" => "No backup in progress",
        "BACKUP CLEANUP" => return Ok(Reply::OK),
        "BACKUP LIST" => return Ok(Reply::Array(Vec::new())),
        "BACKUP SEAL" => "No backup ready to seal (must be in the incrementing state)",
        "BACKUP STATUS" => {
            let (none, never) = (|| Reply::bulk(""), || Reply::Int(0));
            let facts = [("state", "idle".into()), ("error", none()), ("start_time", never()), ("end_time", never())];
            return Ok(Reply::map(facts));
        }
        _ => super::saving::NO_FILES,
    }))
}

/// Refuses what nobody would see the end of.
fn start(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own("an engine inside a process tracks no hot keys: it has no processor and no network of its own"))
}

/// Answers as where nothing was ever tracked.
fn stop(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(if cx.command.name == "HOTKEYS RESET" { Reply::OK } else { Reply::Null })
}

const BACKUP_HELP: &[&str] = &[
    "STATUS",
    "    Tell how the backup is: there is none.",
    "LIST",
    "    List the files of the backup.",
];

const HOTKEYS_HELP: &[&str] = &["GET", "    Tell which keys cost the most: nothing is tracked."];
