//! One set of permissions.

use super::Denial;
use crate::dispatch::command::Command;
use crate::dispatch::keys::KeyFlags;
use crate::dispatch::table::Table;
use crate::structures::glob;

/// Commands, keys and channels that may be used together.
#[derive(Debug, Clone, Default)]
pub struct Selector {
    pub all_keys: bool,
    pub all_channels: bool,
    pub keys: Vec<KeyPattern>,
    pub channels: Vec<Vec<u8>>,
    pub commands: Commands,
}

/// Keys by a glob pattern, and what may be done to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPattern {
    pub pattern: Vec<u8>,
    pub read: bool,
    pub write: bool,
}

/// Which commands are allowed: all or none, then rule after rule.
#[derive(Debug, Clone, Default)]
pub struct Commands {
    pub all: bool,
    pub rules: Vec<Rule>,
}

/// `+get`, `-config|set`, `+select|0`, `-@dangerous`.
#[derive(Debug, Clone)]
pub struct Rule {
    pub allow: bool,
    pub what: What,
}

#[derive(Debug, Clone)]
pub enum What {
    /// A category without its `@`.
    Category(&'static str),
    /// A command, or a subcommand as `config|get`, in lower case.
    Command(String),
    /// A command with its first argument, in lower case.
    FirstArgument(String, String),
}

impl What {
    /// Writes what follows the sign.
    pub fn text(&self) -> String {
        match self {
            What::Category(category) => format!("@{category}"),
            What::Command(name) => name.clone(),
            What::FirstArgument(name, argument) => format!("{name}|{argument}"),
        }
    }
}

impl Commands {
    /// Adds a rule. Earlier ones about the same, or about a part of it, are overruled and go.
    pub fn add(&mut self, rule: Rule) {
        let text = rule.what.text();
        let part = format!("{text}|");
        self.rules.retain(|old| {
            let old = old.what.text();
            old != text && !old.starts_with(&part)
        });
        self.rules.push(rule);
    }

    /// Tells whether a call is allowed: the last rule that speaks of it decides.
    fn allow(&self, table: &Table, command: &Command, argv: &[&[u8]]) -> bool {
        if self.rules.is_empty() {
            return self.all;
        }
        let name = command.full_name();
        let container = name.split_once('|').map(|(container, _)| container);
        let is_in = |category: &str| {
            let of = |command: &Command| command.categories().contains(&category);
            of(command) || container.and_then(|name| table.get(name.as_bytes())).is_some_and(of)
        };
        let speaks = |what: &What| match what {
            What::Category(category) => is_in(category),
            What::Command(rule) => rule.eq_ignore_ascii_case(&name) || Some(rule.as_str()) == container,
            What::FirstArgument(rule, argument) => {
                rule.eq_ignore_ascii_case(&name)
                    && argv.get(1).is_some_and(|word| word.eq_ignore_ascii_case(argument.as_bytes()))
            }
        };
        self.rules.iter().rev().find(|rule| speaks(&rule.what)).map_or(self.all, |rule| rule.allow)
    }

    /// Writes the rules as ACL LIST does: `-@all +get`.
    pub fn describe(&self) -> String {
        let mut text = String::from(if self.all { "+@all" } else { "-@all" });
        for rule in &self.rules {
            text.push_str(if rule.allow { " +" } else { " -" });
            text += &rule.what.text();
        }
        text
    }
}

impl KeyPattern {
    /// Writes the pattern with its prefix: `~x`, `%R~x`, `%W~x`.
    fn describe(&self) -> Vec<u8> {
        let prefix: &[u8] = match (self.read, self.write) {
            (true, false) => b"%R~",
            (false, true) => b"%W~",
            _ => b"~",
        };
        [prefix, &self.pattern].concat()
    }
}

impl Selector {
    /// Makes the set of everything.
    pub fn unlimited() -> Selector {
        let commands = Commands { all: true, rules: Vec::new() };
        Selector { all_keys: true, all_channels: true, commands, ..Selector::default() }
    }

    /// Tells what of a call these permissions lack.
    pub fn denial(&self, table: &Table, command: &Command, argv: &[&[u8]]) -> Option<Denial> {
        let always = command.flags.contains(crate::dispatch::Flags::NO_AUTH);
        if !always && !self.commands.allow(table, command, argv) {
            return Some(Denial::Command);
        }
        if !self.all_keys {
            for (at, flags) in command.keys.of_call(command.name, argv) {
                if !self.allows_key(argv[at], flags) {
                    return Some(Denial::Key(at));
                }
            }
        }
        if !self.all_channels {
            let (channels, pattern) = channels_of(command, argv);
            return channels.into_iter().find(|&at| !self.allows_channel(argv[at], pattern)).map(Denial::Channel);
        }
        None
    }

    fn allows_key(&self, key: &[u8], flags: KeyFlags) -> bool {
        let reads = flags.contains(KeyFlags::ACCESS);
        let writes = [KeyFlags::INSERT, KeyFlags::DELETE, KeyFlags::UPDATE].iter().any(|&flag| flags.contains(flag));
        let fits = |rule: &KeyPattern| (rule.read || !reads) && (rule.write || !writes);
        self.keys.iter().any(|rule| fits(rule) && glob::matches(&rule.pattern, key, false))
    }

    /// Tells whether a channel is allowed; a pattern to subscribe to must be one of the allowed ones, letter for letter.
    pub fn allows_channel(&self, channel: &[u8], pattern: bool) -> bool {
        let fits = |allowed: &Vec<u8>| match pattern {
            true => allowed == channel,
            false => glob::matches(allowed, channel, false),
        };
        self.all_channels || self.channels.iter().any(fits)
    }

    /// Tells whether every key may be read, as SORT's BY and GET demand, for they name keys that no one can foresee.
    pub fn reads_every_key(&self) -> bool {
        self.all_keys || self.keys.iter().any(|rule| rule.read && rule.pattern == b"*")
    }

    /// Lists the key patterns as ACL GETUSER does: `~a %R~b`.
    pub fn describe_keys(&self) -> Vec<u8> {
        if self.all_keys {
            return b"~*".to_vec();
        }
        self.keys.iter().map(KeyPattern::describe).collect::<Vec<_>>().join(&b' ')
    }

    /// Lists the channel patterns as ACL GETUSER does: `&a &b`.
    pub fn describe_channels(&self) -> Vec<u8> {
        if self.all_channels {
            return b"&*".to_vec();
        }
        self.channels.iter().map(|channel| [b"&", channel.as_slice()].concat()).collect::<Vec<_>>().join(&b' ')
    }

    /// Writes the rules that make this selector.
    pub fn describe(&self) -> Vec<u8> {
        let reset: &[u8] = if self.all_channels { b"" } else { b"resetchannels" };
        let commands = self.commands.describe().into_bytes();
        let parts = [self.describe_keys(), reset.to_vec(), self.describe_channels(), commands];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(&b' ')
    }
}

/// Answers the words of a call at which channels stand, and whether they are patterns.
pub fn channels_of(command: &Command, argv: &[&[u8]]) -> (std::ops::Range<usize>, bool) {
    match command.name {
        "PUBLISH" | "SPUBLISH" => (1..2, false),
        "SUBSCRIBE" | "SSUBSCRIBE" => (1..argv.len(), false),
        "PSUBSCRIBE" => (1..argv.len(), true),
        _ => (0..0, false),
    }
}
