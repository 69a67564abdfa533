//! One table entry and one handler for each command, in one file for each of Redis's groups.

mod script;
mod string;
mod transaction;

use crate::dispatch::Command;

/// Every group's entries.
pub const GROUPS: &[&[Command]] = &[script::COMMANDS, string::COMMANDS, transaction::COMMANDS];

/// Stands for the running command while there is none.
pub const NONE: &Command = &Command::DEFAULT;
