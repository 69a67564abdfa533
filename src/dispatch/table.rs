//! The table of commands, as the engine hands it to dispatch.

use super::command::Command;
use super::unknown_subcommand;
use crate::protocol::{Error, until_zero};
use std::cell::Cell;

/// So many commands are found without a search, each in the place that its name gives.
const RECENT: usize = 64;

/// Counts the commands of groups.
pub const fn count(groups: &[&[Command]]) -> usize {
    let (mut sum, mut group) = (0, 0);
    while group < groups.len() {
        sum += groups[group].len();
        group += 1;
    }
    sum
}

/// Puts the commands of groups, `count` in all, in the order of their names. Made while Redmoon is compiled, it costs an
/// engine nothing to have them all.
pub const fn sorted<const COUNT: usize>(groups: &[&'static [Command]]) -> [&'static Command; COUNT] {
    let mut all = [&groups[0][0]; COUNT];
    let (mut len, mut group) = (0, 0);
    while group < groups.len() {
        let mut nth = 0;
        while nth < groups[group].len() {
            let mut at = len;
            while at > 0 && precedes(groups[group][nth].name, all[at - 1].name) {
                all[at] = all[at - 1];
                at -= 1;
            }
            all[at] = &groups[group][nth];
            (len, nth) = (len + 1, nth + 1);
        }
        group += 1;
    }
    all
}

const fn precedes(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() {
        if left[at] != right[at] {
            return left[at] < right[at];
        }
        at += 1;
    }
    left.len() < right.len()
}

type Recent = [Cell<Option<&'static Command>>; RECENT];

/// Every command by its name.
pub struct Table {
    /// In the order of their names; a subcommand's is as `OBJECT ENCODING`.
    commands: &'static [&'static Command],
    /// Commands that were found lately, and subcommands.
    recent: Recent,
    recent_subcommands: Recent,
    /// What the error for an unknown command says beyond Redis's words.
    hint: &'static str,
}

impl Table {
    /// Makes the table out of commands in the order of their names. `hint` is added to the error for an unknown command.
    pub fn new(commands: &'static [&'static Command], hint: &'static str) -> Table {
        let recent = [const { Cell::new(None) }; RECENT];
        Table { commands, recent: recent.clone(), recent_subcommands: recent, hint }
    }

    /// Walks all commands and subcommands.
    pub fn iter(&self) -> impl Iterator<Item = &'static Command> {
        self.commands.iter().copied()
    }

    /// Finds a command or a subcommand among those that were found lately, and the place where it is to be kept.
    #[inline]
    fn recall<'a>(recent: &'a Recent, name: &[u8]) -> (Option<&'static Command>, &'a Cell<Option<&'static Command>>) {
        let ends = name
            .first()
            .zip(name.last())
            .map_or(0, |(first, last)| usize::from(first | 32) + usize::from(last | 32) * 2);
        let place = &recent[(name.len() * 8 + ends) % RECENT];
        (place.get().filter(|command| command.name.as_bytes().eq_ignore_ascii_case(name)), place)
    }

    /// Finds a command of one word.
    #[inline]
    pub fn get_whole(&self, name: &[u8]) -> Option<&'static Command> {
        let (known, place) = Table::recall(&self.recent, name);
        if known.is_some() {
            return known;
        }
        let found = self.get(name).filter(|command| command.words() == 1);
        if found.is_some() {
            place.set(found);
        }
        found
    }

    /// Finds a command by `get`, a subcommand by `object encoding`; case does not matter.
    pub fn get(&self, name: &[u8]) -> Option<&'static Command> {
        self.place(name).map(|at| self.commands[at])
    }

    /// Finds its place in `iter`.
    pub fn place(&self, name: &[u8]) -> Option<usize> {
        let mut upper = [0u8; 64];
        let upper = upper.get_mut(..name.len())?;
        for (to, from) in upper.iter_mut().zip(name) {
            *to = from.to_ascii_uppercase();
        }
        self.commands.binary_search_by(|command| command.name.as_bytes().cmp(upper)).ok()
    }

    /// Finds the command of a call, with its subcommand if it has any.
    pub fn find(&self, argv: &[&[u8]]) -> Result<&'static Command, Error> {
        let Some(command) = argv.first().and_then(|name| self.get_whole(name)) else {
            return Err(unknown_command(argv, self.hint));
        };
        self.narrow(command, argv)
    }

    /// Finds the same by the place of the command in `iter`, for a caller that has looked its name up before.
    #[inline(never)]
    pub fn find_at(&self, at: usize, argv: &[&[u8]]) -> Result<&'static Command, Error> {
        self.commands
            .get(at)
            .map_or_else(|| Err(unknown_command(argv, self.hint)), |command| self.narrow(command, argv))
    }

    /// Shows the command at a place in `iter`.
    #[inline]
    pub fn at(&self, at: usize) -> Option<&'static Command> {
        self.commands.get(at).copied()
    }

    /// Finds the subcommand that a call of a container means.
    fn narrow(&self, command: &'static Command, argv: &[&[u8]]) -> Result<&'static Command, Error> {
        if !command.handler.is_container() || argv.len() < 2 {
            return Ok(command);
        }
        let name = [argv[0], argv[1]].join(&b' ');
        let (known, place) = Table::recall(&self.recent_subcommands, &name);
        let found = known.or_else(|| self.get(&name));
        place.set(found);
        found.ok_or_else(|| unknown_subcommand(argv))
    }

    /// Walks the subcommands of a container.
    pub fn subcommands(&self, container: &'static Command) -> impl Iterator<Item = &'static Command> {
        let prefix = format!("{} ", container.name);
        self.iter().filter(move |command| command.name.starts_with(&prefix))
    }
}

/// Words the error for a command that does not exist, with the beginning of its arguments.
fn unknown_command(argv: &[&[u8]], hint: &str) -> Error {
    let name = argv.first().map_or(&b""[..], |name| &name[..name.len().min(128)]);
    if argv.len() < 2 {
        return Error::quoting(&[b"ERR unknown command '", name, b"'", hint.as_bytes()]);
    }
    let mut arguments: Vec<u8> = Vec::new();
    for arg in argv.iter().skip(1) {
        if arguments.len() >= 128 {
            break;
        }
        let room = 128 - arguments.len();
        let arg = until_zero(&arg[..arg.len().min(room)]);
        arguments.extend([b"'", arg, b"' "].concat());
    }
    Error::quoting(&[b"ERR unknown command '", name, b"', with args beginning with: ", &arguments, hint.as_bytes()])
}
