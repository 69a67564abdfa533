//! What a server has and an engine inside a process has not: backups into files.

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

pub const COMMANDS: &[Command] = &[
    Command {
        name: "BACKUP",
        syntax: "BACKUP",
        summary: "A container for backup commands.",
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

const BACKUP_HELP: &[&str] = &[
    "STATUS",
    "    Tell how the backup is: there is none.",
    "LIST",
    "    List the files of the backup.",
];
