//! Prints the table of commands as JSON: the front's TypeScript and the documentation are made from it.
//!
//! An array of objects, one for each command and subcommand, in the order of the names.

use redmoon::commands::COMMANDS;
use redmoon::dispatch::command::Command;
use redmoon::dispatch::keys::{Begin, Find, KeySpec};
use redmoon::dispatch::syntax::Argument;
use std::fmt::Write;

fn main() {
    let commands = COMMANDS.iter().copied().map(command);
    println!("[\n{}\n]", commands.map(|command| command.done()).collect::<Vec<_>>().join(",\n"));
}

fn command(command: &Command) -> Object {
    let pair = |(release, sentence): &(&str, &str)| array([string(release), string(sentence)]);
    Object::default()
        .with("name", string(command.name))
        .with("syntax", string(command.syntax))
        .with("summary", string(command.summary))
        .with("complexity", string(command.complexity))
        .with("since", string(command.since))
        .with("group", string(command.group.name()))
        .with("arity", command.arity.to_string())
        .with("container", command.handler.is_container().to_string())
        .with("flags", array(command.flags.names().map(string)))
        .with("categories", array(command.categories().into_iter().map(string)))
        .with("keys", array(command.keys.0.iter().map(|spec| key_spec(spec).done())))
        .with("reply", string(command.reply))
        .with("history", array(command.history.iter().map(pair)))
        .with("deprecated", command.deprecated.as_ref().map_or("null".into(), pair))
        .with("tips", array(command.tips.iter().map(|tip| string(tip))))
        .with("arguments", array(command.arguments().iter().map(|inner| argument(inner).done())))
}

fn argument(argument: &Argument) -> Object {
    Object::default()
        .with("name", string(&argument.name))
        .with("type", string(argument.kind.name()))
        .with("token", argument.token.as_deref().map_or("null".into(), string))
        .with("optional", argument.optional.to_string())
        .with("multiple", argument.multiple.to_string())
        .with("multipleToken", argument.multiple_token.to_string())
        .with("arguments", array(argument.arguments.iter().map(|inner| self::argument(inner).done())))
}

fn key_spec(spec: &KeySpec) -> Object {
    let begin = match spec.begin {
        Begin::Index(at) => Object::default().with("index", at.to_string()),
        Begin::Keyword(word, from) => Object::default().with("keyword", string(word)).with("from", from.to_string()),
        Begin::Found(_) | Begin::Unknown => Object::default(),
    };
    let find = match spec.find {
        Find::Range { last, step, limit } => Object::default()
            .with("last", last.to_string())
            .with("step", step.to_string())
            .with("limit", limit.to_string()),
        Find::Numkeys { at, first, step } => Object::default()
            .with("numkeys", at.to_string())
            .with("first", first.to_string())
            .with("step", step.to_string()),
        Find::Unknown => Object::default(),
    };
    Object::default()
        .with("begin", begin.done())
        .with("find", find.done())
        .with("flags", array(spec.flags.names().map(string)))
}

/// A JSON object in the making; values are JSON already.
#[derive(Default)]
struct Object(Vec<String>);

impl Object {
    fn with(mut self, name: &str, value: String) -> Object {
        self.0.push(format!("{}:{value}", string(name)));
        self
    }

    fn done(self) -> String {
        format!("{{{}}}", self.0.join(","))
    }
}

fn array(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(","))
}

fn string(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..='\u{1f}' => write!(out, "\\u{:04x}", c as u32).expect("a string takes everything"),
            _ => out.push(c),
        }
    }
    out + "\""
}
