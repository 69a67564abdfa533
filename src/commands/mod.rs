//! One table entry and one handler for each command, in one file for each of Redis's groups.

mod list;
mod list_move;
mod script;
mod string;
mod transaction;
mod zset;
mod zset_range;

use crate::dispatch::Command;

/// Every group's entries.
pub const GROUPS: &[&[Command]] = &[list::COMMANDS, list_move::COMMANDS, script::COMMANDS, string::COMMANDS, transaction::COMMANDS, zset::COMMANDS, zset_range::COMMANDS];

/// Stands for the running command while there is none.
pub const NONE: &Command = &Command::DEFAULT;
