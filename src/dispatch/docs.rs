//! What COMMAND INFO and COMMAND DOCS answer about an entry.
//! See <https://redis.io/docs/latest/commands/command-docs/>.

use super::command::{Command, Flags, Group};
use super::keys::{Begin, Find, KeySpec};
use super::syntax::{Argument, Kind};
use super::table::Table;
use crate::protocol::Reply;

/// Answers the ten facts of COMMAND INFO, those of the subcommands last.
pub fn info(command: &'static Command, table: &Table) -> Reply {
    let statuses = |names: Vec<String>| Reply::Set(names.into_iter().map(Reply::status).collect());
    let (first, last, step) = command.keys.first_last_step();
    let flags = command.flags.names().map(str::to_string).collect();
    let subcommands: Vec<Reply> = subcommands(command, table).map(|sub| info(sub, table)).collect();
    let categories = command.categories().iter().map(|name| format!("@{name}")).collect();
    Reply::Array(vec![
        command.full_name().into(),
        i64::from(command.arity).into(),
        statuses(flags),
        first.into(),
        last.into(),
        step.into(),
        statuses(categories),
        Reply::set(command.tips.iter().copied()),
        Reply::Set(command.keys.0.iter().map(key_spec).collect()),
        if subcommands.is_empty() { Reply::Set(subcommands) } else { Reply::Array(subcommands) },
    ])
}

/// Walks the subcommands, of which an ordinary command has none.
pub fn subcommands(command: &'static Command, table: &Table) -> impl Iterator<Item = &'static Command> {
    let container = command.handler.is_container();
    container.then(|| table.subcommands(command)).into_iter().flatten()
}

fn key_spec(spec: &KeySpec) -> Reply {
    let empty: [(&str, i64); 0] = [];
    let (begin, begin_spec) = match spec.begin {
        Begin::Index(at) => ("index", Reply::map([("index", at)])),
        Begin::Keyword(word, from) => {
            let pairs: [(&str, Reply); 2] = [("keyword", word.into()), ("startfrom", i64::from(from).into())];
            ("keyword", Reply::map(pairs))
        }
        Begin::Found(_) | Begin::Unknown => ("unknown", Reply::map(empty)),
    };
    let (find, find_spec) = match spec.find {
        _ if begin == "unknown" => ("unknown", Reply::map(empty)),
        Find::Range { last, step, limit } => {
            let pairs = [("lastkey", i64::from(last)), ("keystep", step as i64), ("limit", limit as i64)];
            ("range", Reply::map(pairs))
        }
        Find::Numkeys { at, first, step } => {
            ("keynum", Reply::map([("keynumidx", at), ("firstkey", first), ("keystep", step)]))
        }
        Find::Unknown => ("unknown", Reply::map(empty)),
    };
    let search = |kind: &str, spec: Reply| Reply::map([("type", kind.into()), ("spec", spec)]);
    let flags = Reply::Set(spec.flags.names().map(Reply::status).collect());
    Reply::map([("flags", flags), ("begin_search", search(begin, begin_spec)), ("find_keys", search(find, find_spec))])
}

/// Answers the map of COMMAND DOCS for one command.
pub fn docs(command: &'static Command, table: &Table) -> Reply {
    let mut pairs: Vec<(Reply, Reply)> = Vec::new();
    let mut add = |name: &str, value: Reply| pairs.push((name.into(), value));
    add("summary", command.summary.into());
    add("since", command.since.into());
    add("group", command.group.name().into());
    if command.group == Group::Module {
        add("module", "vectorset".into());
    } else if !command.complexity.is_empty() {
        add("complexity", command.complexity.into());
    }
    let marks = [(command.deprecated.is_some(), "deprecated"), (command.flags.contains(Flags::SYSTEM), "syscmd")];
    let marks: Vec<Reply> = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| Reply::status(*mark)).collect();
    if !marks.is_empty() {
        add("doc_flags", Reply::Set(marks));
    }
    if let Some((since, replacement)) = command.deprecated {
        add("deprecated_since", since.into());
        add("replaced_by", replacement.into());
    }
    if !command.history.is_empty() {
        let entry = |(release, change): &(&'static str, &'static str)| Reply::set([*release, *change]);
        add("history", Reply::Set(command.history.iter().map(|pair| as_array(entry(pair))).collect()));
    }
    let arguments = command.arguments();
    if !arguments.is_empty() {
        let mut specs = KeySpecIndex { specs: command.keys.0, next: 0 };
        add("arguments", arguments.iter().map(|argument| self::argument(argument, &mut specs)).collect());
    }
    let subcommands: Vec<_> = subcommands(command, table).map(|sub| (sub.full_name(), docs(sub, table))).collect();
    if !subcommands.is_empty() {
        add("subcommands", Reply::map(subcommands));
    }
    Reply::Map(pairs)
}

fn as_array(reply: Reply) -> Reply {
    if let Reply::Set(items) = reply { Reply::Array(items) } else { reply }
}

/// Gives each key argument the key specification that finds it: the next one that is certain, and the last one to
/// those that are left. Patterns of keys (SORT's) share the one that nothing can find.
struct KeySpecIndex {
    specs: &'static [KeySpec],
    next: usize,
}

impl KeySpecIndex {
    fn take(&mut self) -> Option<usize> {
        let certain = |at: &usize| !matches!(self.specs[*at].begin, Begin::Unknown);
        let found = (self.next..self.specs.len()).find(certain).or((0..self.specs.len()).rfind(certain))?;
        self.next = found + 1;
        Some(found)
    }

    fn of_patterns(&self) -> Option<usize> {
        self.specs.iter().position(|spec| matches!(spec.begin, Begin::Unknown))
    }
}

fn argument(argument: &Argument, specs: &mut KeySpecIndex) -> Reply {
    let mut pairs: Vec<(Reply, Reply)> = Vec::new();
    let mut add = |name: &str, value: Reply| pairs.push((name.into(), value));
    add("name", argument.name.as_str().into());
    add("type", argument.kind.name().into());
    if argument.arguments.is_empty() {
        add("display_text", argument.name.as_str().into());
    }
    let spec = match argument.kind {
        Kind::Key => specs.take(),
        Kind::Pattern => specs.of_patterns(),
        _ => None,
    };
    if let Some(at) = spec {
        add("key_spec_index", at.into());
    }
    if let Some(token) = &argument.token {
        add("token", token.as_str().into());
    }
    let flags =
        [(argument.optional, "optional"), (argument.multiple, "multiple"), (argument.multiple_token, "multiple_token")];
    let flags: Vec<Reply> = flags.into_iter().filter(|(on, _)| *on).map(|(_, name)| Reply::status(name)).collect();
    if !flags.is_empty() {
        add("flags", Reply::Set(flags));
    }
    if !argument.arguments.is_empty() {
        add("arguments", argument.arguments.iter().map(|inner| self::argument(inner, specs)).collect());
    }
    Reply::Map(pairs)
}

/// Answers the text of a HELP subcommand: Redis's first and last lines around the container's own.
/// `name` may name the subcommand: what counts is its first word.
#[cold]
pub fn help(name: &str, lines: &[&'static str]) -> Reply {
    let container = name.split(' ').next().unwrap_or_default();
    let first = format!("{container} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    let lines = lines.iter().chain(&["HELP", "    Print this help."]);
    std::iter::once(Reply::status(first)).chain(lines.map(|line| Reply::status(*line))).collect()
}
