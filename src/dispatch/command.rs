//! One command, one entry.

use super::args::Args;
use super::blocking::Outcome;
use super::context::Context;
use super::keys::Keys;
use super::syntax::{self, Argument};
use crate::protocol::{Reply, Result};

/// A command or a subcommand: all that dispatch, COMMAND, the documentation and the front's types are made of.
pub struct Command {
    /// The name in capitals; a subcommand's is `OBJECT ENCODING`.
    pub name: &'static str,
    /// The arguments in Redis's own notation, the name first: `LPOS key element [RANK rank:int]`.
    pub syntax: &'static str,
    pub summary: &'static str,
    pub complexity: &'static str,
    /// The release of Redis that brought the command.
    pub since: &'static str,
    pub group: Group,
    /// The number of words: exact, or a minimum if negative. The name counts, a subcommand's both words.
    pub arity: i32,
    pub flags: Flags,
    pub keys: Keys,
    /// The shape of the reply, as the front's types are made from it: `integer | null; with COUNT: integer[]`.
    pub reply: &'static str,
    pub handler: Handler,
    /// What later releases changed: release and sentence.
    pub history: &'static [(&'static str, &'static str)],
    /// Redis's hints for clients and proxies, `nondeterministic_output` and the like.
    pub tips: &'static [&'static str],
    /// The release that deprecated the command and what replaces it.
    pub deprecated: Option<(&'static str, &'static str)>,
}

/// How a command is run.
#[derive(Clone, Copy)]
pub enum Handler {
    /// Reads its arguments, looks up, acts, answers.
    Now(Now),
    /// Does the same, or has the client wait until it is worth another try.
    Blocking(fn(&mut Context, Args) -> Result<Outcome>),
    /// Only groups subcommands.
    Container,
    /// Groups subcommands and does something without one: COMMAND.
    WithSubcommands(Now),
    /// Answers these lines about the container's subcommands, between Redis's first and last.
    Help(&'static [&'static str]),
}

/// What answers at once.
pub type Now = fn(&mut Context, Args) -> Result<Reply>;

impl Handler {
    /// Tells whether the command has subcommands.
    pub fn is_container(self) -> bool {
        matches!(self, Handler::Container | Handler::WithSubcommands(_))
    }
}

/// Redis's command groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Generic,
    String,
    List,
    Set,
    SortedSet,
    Hash,
    PubSub,
    Transactions,
    Connection,
    Server,
    Scripting,
    Hyperloglog,
    Cluster,
    Geo,
    Stream,
    Bitmap,
    Array,
    /// Of a module: vector sets.
    Module,
}

impl Group {
    /// Names the group as COMMAND DOCS does.
    pub fn name(self) -> &'static str {
        match self {
            Group::Generic => "generic",
            Group::String => "string",
            Group::List => "list",
            Group::Set => "set",
            Group::SortedSet => "sorted-set",
            Group::Hash => "hash",
            Group::PubSub => "pubsub",
            Group::Transactions => "transactions",
            Group::Connection => "connection",
            Group::Server => "server",
            Group::Scripting => "scripting",
            Group::Hyperloglog => "hyperloglog",
            Group::Cluster => "cluster",
            Group::Geo => "geo",
            Group::Stream => "stream",
            Group::Bitmap => "bitmap",
            Group::Array => "array",
            Group::Module => "module",
        }
    }

    /// Names the ACL category that comes with the group, if there is one.
    pub fn category(self) -> Option<&'static str> {
        Some(match self {
            Group::Generic => "keyspace",
            Group::SortedSet => "sortedset",
            Group::Transactions => "transaction",
            Group::Server | Group::Cluster | Group::Module => return None,
            other => other.name(),
        })
    }
}

/// A set of command flags and ACL categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flags(u32);

impl Flags {
    pub const NONE: Flags = Flags(0);
    pub const WRITE: Flags = Flags(1);
    pub const READONLY: Flags = Flags(1 << 1);
    pub const DENYOOM: Flags = Flags(1 << 2);
    pub const ADMIN: Flags = Flags(1 << 3);
    pub const PUBSUB: Flags = Flags(1 << 4);
    pub const NOSCRIPT: Flags = Flags(1 << 5);
    pub const BLOCKING: Flags = Flags(1 << 6);
    pub const LOADING: Flags = Flags(1 << 7);
    pub const STALE: Flags = Flags(1 << 8);
    pub const SKIP_MONITOR: Flags = Flags(1 << 9);
    pub const SKIP_SLOWLOG: Flags = Flags(1 << 10);
    pub const FAST: Flags = Flags(1 << 11);
    pub const NO_AUTH: Flags = Flags(1 << 12);
    /// May publish, or write without saying so: CLIENT PAUSE WRITE puts it aside. COMMAND INFO does not print it.
    pub const MAY_REPLICATE: Flags = Flags(1 << 13);
    pub const NO_MANDATORY_KEYS: Flags = Flags(1 << 14);
    pub const NO_ASYNC_LOADING: Flags = Flags(1 << 15);
    pub const NO_MULTI: Flags = Flags(1 << 16);
    pub const ALLOW_BUSY: Flags = Flags(1 << 17);
    pub const MOVABLEKEYS: Flags = Flags(1 << 18);
    pub const ASKING: Flags = Flags(1 << 19);
    pub const SCRIPT_RUNNER: Flags = Flags(1 << 27);
    pub const MODULE: Flags = Flags(1 << 30);
    /// Runs inside MULTI instead of being queued: MULTI, EXEC, DISCARD, WATCH, QUIT, RESET. Not one of Redis's flags.
    pub const IMMEDIATE: Flags = Flags(1 << 20);
    /// ACL categories that neither the flags nor the group imply.
    pub const KEYSPACE: Flags = Flags(1 << 21);
    pub const DANGEROUS: Flags = Flags(1 << 22);
    pub const TOUCHES_STRING: Flags = Flags(1 << 23);
    pub const CONNECTION: Flags = Flags(1 << 24);
    /// Belongs to no group's category although its group has one.
    pub const NO_GROUP_CATEGORY: Flags = Flags(1 << 25);
    /// Categories of SORT, which reads three types.
    pub const TOUCHES_SORTABLE: Flags = Flags(1 << 26);
    /// The category `admin` without the flag: ROLE.
    pub const ADMINISTRATIVE: Flags = Flags(1 << 29);
    /// Is meant for Redis itself and those who work on it, as COMMAND DOCS says.
    pub const SYSTEM: Flags = Flags(1 << 28);

    /// The flags that COMMAND INFO prints, in its order.
    const NAMES: &'static [(Flags, &'static str)] = &[
        (Flags::WRITE, "write"),
        (Flags::READONLY, "readonly"),
        (Flags::DENYOOM, "denyoom"),
        (Flags::MODULE, "module"),
        (Flags::ADMIN, "admin"),
        (Flags::PUBSUB, "pubsub"),
        (Flags::NOSCRIPT, "noscript"),
        (Flags::BLOCKING, "blocking"),
        (Flags::LOADING, "loading"),
        (Flags::STALE, "stale"),
        (Flags::SKIP_MONITOR, "skip_monitor"),
        (Flags::SKIP_SLOWLOG, "skip_slowlog"),
        (Flags::ASKING, "asking"),
        (Flags::FAST, "fast"),
        (Flags::NO_AUTH, "no_auth"),
        (Flags::NO_MANDATORY_KEYS, "no_mandatory_keys"),
        (Flags::NO_ASYNC_LOADING, "no_async_loading"),
        (Flags::NO_MULTI, "no_multi"),
        (Flags::MOVABLEKEYS, "movablekeys"),
        (Flags::ALLOW_BUSY, "allow_busy"),
        (Flags::SCRIPT_RUNNER, "script_runner"),
    ];

    /// Joins two sets.
    pub const fn and(self, other: Flags) -> Flags {
        let both = Flags(self.0 | other.0);
        assert!(both.0 & 3 != 3, "a command cannot be both write and readonly");
        both
    }

    /// Whatever may change what `Server::guarded` stands for, or has more than its own error to be counted, has one of
    /// these.
    pub(super) const MAY_CHANGE_GUARD: Flags =
        Flags(Flags::ADMIN.0 | Flags::NOSCRIPT.0 | Flags::PUBSUB.0 | Flags::SCRIPT_RUNNER.0);

    pub(super) const fn intersects(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }

    pub const fn contains(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Names the flags as COMMAND INFO does.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Flags::NAMES.iter().filter(move |(flag, _)| self.contains(*flag)).map(|(_, name)| *name)
    }
}

impl Command {
    /// What an entry need not say.
    pub const DEFAULT: Command = Command {
        name: "",
        syntax: "",
        summary: "",
        complexity: "",
        since: "",
        group: Group::Generic,
        arity: 0,
        flags: Flags::NONE,
        keys: Keys::NONE,
        reply: "",
        handler: Handler::Container,
        history: &[],
        tips: &[],
        deprecated: None,
    };

    /// What the entries of all containers share.
    pub const CONTAINER: Command =
        Command { complexity: "Depends on subcommand.", arity: -2, handler: Handler::Container, ..Command::DEFAULT };

    /// What the entries of all HELP subcommands share.
    pub const HELP: Command = Command {
        summary: "Returns helpful text about the different subcommands.",
        complexity: "O(1)",
        arity: 2,
        flags: Flags::LOADING.and(Flags::STALE),
        reply: "status[]",
        ..Command::DEFAULT
    };

    /// Counts the words of the name: 2 for a subcommand.
    pub fn words(&self) -> usize {
        1 + usize::from(self.name.contains(' '))
    }

    /// Shows the handler, if a call of `argc` words may go straight to it and needs nothing done after it.
    #[inline(always)]
    pub(super) fn straight(&self, argc: usize) -> Option<Now> {
        match self.handler {
            Handler::Now(handler) if !self.flags.intersects(Flags::MAY_CHANGE_GUARD) && self.accepts(argc) => {
                Some(handler)
            }
            _ => None,
        }
    }

    /// Tells whether a call of `argc` words has as many as it should.
    pub fn accepts(&self, argc: usize) -> bool {
        let words = self.arity.unsigned_abs() as usize;
        if self.arity < 0 { argc >= words } else { argc == words }
    }

    /// Reads the arguments out of the syntax line.
    pub fn arguments(&self) -> Vec<Argument> {
        self.syntax.strip_prefix(self.name).and_then(syntax::parse).unwrap_or_default()
    }

    /// Names the command as error messages and COMMAND do: `object|encoding`.
    pub fn full_name(&self) -> String {
        // A module's commands are called as it registered them.
        if self.group == Group::Module { self.name.into() } else { self.name.to_ascii_lowercase().replace(' ', "|") }
    }

    /// Redis's ACL categories, in the order in which it lists them.
    pub const CATEGORIES: &[&str] = &[
        "keyspace",
        "read",
        "write",
        "set",
        "sortedset",
        "list",
        "hash",
        "string",
        "array",
        "bitmap",
        "hyperloglog",
        "geo",
        "stream",
        "pubsub",
        "admin",
        "fast",
        "slow",
        "blocking",
        "dangerous",
        "connection",
        "transaction",
        "scripting",
    ];

    /// Lists the ACL categories, as COMMAND INFO does but without the `@`.
    pub fn categories(&self) -> Vec<&'static str> {
        let flags = self.flags;
        let group = self.group.category().filter(|_| !flags.contains(Flags::NO_GROUP_CATEGORY));
        let sortable = flags.contains(Flags::TOUCHES_SORTABLE);
        let implied = |category: &str| match category {
            "keyspace" => flags.contains(Flags::KEYSPACE),
            "read" => flags.contains(Flags::READONLY) && self.group != Group::Scripting,
            "write" => flags.contains(Flags::WRITE),
            "set" | "sortedset" | "list" => sortable,
            "string" => flags.contains(Flags::TOUCHES_STRING),
            "pubsub" => flags.contains(Flags::PUBSUB),
            "admin" => flags.contains(Flags::ADMIN) || flags.contains(Flags::ADMINISTRATIVE),
            "fast" => flags.contains(Flags::FAST),
            "slow" => !flags.contains(Flags::FAST),
            "blocking" => flags.contains(Flags::BLOCKING),
            "dangerous" => {
                [Flags::ADMIN, Flags::ADMINISTRATIVE, Flags::DANGEROUS].iter().any(|flag| flags.contains(*flag))
            }
            "connection" => flags.contains(Flags::CONNECTION),
            _ => false,
        };
        if self.group == Group::Module {
            return Vec::new();
        }
        let belongs = |category: &&&str| group == Some(**category) || implied(category);
        Command::CATEGORIES.iter().filter(belongs).copied().collect()
    }
}
