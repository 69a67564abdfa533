//! Access control lists: who a client is, and which commands, keys and channels it may touch.
//!
//! See <https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/>.

mod log;
mod rules;
mod selector;
mod user;

pub use log::{Entry, Log};
pub use rules::{MAX_PASSWORD_BITS, digest_of, merge_selectors};
pub use selector::{Selector, channels_of};
pub use user::User;

use super::command::{Command, Flags};
use super::context::{Context, Origin};
use super::table::Table;
use crate::protocol::{Error, Result};
use crate::structures::sorted::SortedMap;

/// The user that a client is until it says otherwise.
pub const DEFAULT_USER: &str = "default";

/// What of a call a user may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denial {
    Command,
    /// The key at this word of the call.
    Key(usize),
    /// The channel at this word of the call.
    Channel(usize),
}

/// The refusals that INFO counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Denied {
    pub auth: u64,
    pub commands: u64,
    pub keys: u64,
    pub channels: u64,
}

/// The users of an engine.
pub struct Acl {
    users: SortedMap<Vec<u8>, User>,
    pub log: Log,
    pub denied: Denied,
    /// Nobody has said anything yet: each client is the default user, which may do everything.
    open: bool,
}

impl Default for Acl {
    fn default() -> Acl {
        let mut users = SortedMap::new();
        users.insert(DEFAULT_USER.into(), User::unlimited());
        Acl { users, log: Log::default(), denied: Denied::default(), open: true }
    }
}

impl Acl {
    /// Tells whether every client may do everything, so that no call needs a look at its user.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.open
    }

    pub fn user(&self, name: &[u8]) -> Option<&User> {
        self.users.get(name)
    }

    /// Walks the users by name.
    pub fn users(&self) -> impl Iterator<Item = (&[u8], &User)> {
        self.users.iter().map(|(name, user)| (name.as_slice(), user))
    }

    /// Adds a user, or puts it in the place of the one with its name.
    pub fn insert(&mut self, name: &[u8], user: User) {
        self.open = false;
        self.users.insert(name.into(), user);
    }

    /// Removes a user and tells whether there was one. Its clients are the caller's to close.
    pub fn remove(&mut self, name: &[u8]) -> bool {
        self.users.remove(name).is_some()
    }

    /// Sets the one password of the default user, or lets it in without (CONFIG SET requirepass).
    pub fn require_password(&mut self, password: &[u8]) {
        self.open = false;
        let user = self.users.get_or_insert_with(DEFAULT_USER.into(), User::unlimited);
        user.passwords.clear();
        user.nopass = password.is_empty();
        if !user.nopass {
            user.passwords.push(digest_of(password));
        }
    }

    /// Tells whether a client that never said who it is must do so first.
    pub fn requires_auth(&self) -> bool {
        self.user(DEFAULT_USER.as_bytes()).is_none_or(|user| !user.enabled || !user.nopass)
    }

    /// Tells whether the default user has a password.
    pub fn requires_password(&self) -> bool {
        self.user(DEFAULT_USER.as_bytes()).is_none_or(|user| !user.nopass)
    }

    /// Tells whether `name` with `password` is a user that may come in.
    pub fn admits(&self, name: &[u8], password: &[u8]) -> bool {
        self.user(name).is_some_and(|user| user.enabled && user.accepts(password))
    }
}

/// Tells whether the client must first say who it is.
pub fn is_stranger(cx: &Context) -> bool {
    let acl = &cx.server.acl;
    !acl.open && !cx.session.authenticated && acl.requires_auth()
}

/// Fails if the client must first say who it is.
pub fn demand_auth(cx: &Context, command: &Command) -> Result<()> {
    if !is_stranger(cx) || command.flags.contains(Flags::NO_AUTH) {
        return Ok(());
    }
    Err(Error::raw("NOAUTH Authentication required."))
}

/// Fails, and logs it, if the client's user may not make this call.
#[inline]
pub fn admit(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Result<()> {
    if cx.server.acl.open { Ok(()) } else { judge(cx, command, argv) }
}

fn judge(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Result<()> {
    let Some(denial) = denial(cx.server.acl.user(&cx.session.user), cx.table, command, argv) else { return Ok(()) };
    record(cx, command, argv, denial);
    let sentence = match denial {
        Denial::Command => describe(denial, &cx.session.user, command, argv),
        Denial::Key(_) => "No permissions to access a key".into(),
        Denial::Channel(_) => "No permissions to access a channel".into(),
    };
    Err(match cx.origin {
        Origin::Script { .. } => Error::quoting(&[b"ERR ACL failure in script: ", &sentence]),
        Origin::Client => Error::quoting(&[b"NOPERM ", &sentence]),
        Origin::Exec => {
            let reason = match denial {
                Denial::Command => "no permission to execute the command or subcommand",
                Denial::Key(_) => "no permission to touch the specified keys",
                Denial::Channel(_) => "no permission to access one of the channels used as arguments to the command",
            };
            Error::raw(format!(
                "NOPERM ACLs rules changed between the moment the transaction was accumulated and the EXEC call. This \
                 command is no longer allowed for the following reason: {reason}"
            ))
        }
    })
}

/// Tells what of a call a user may not do; a user that is gone may do nothing.
pub fn denial(user: Option<&User>, table: &Table, command: &Command, argv: &[&[u8]]) -> Option<Denial> {
    let Some(user) = user else { return Some(Denial::Command) };
    let mut worst = Denial::Command;
    for selector in &user.selectors {
        worst = worst.max(selector.denial(table, command, argv)?);
    }
    Some(worst)
}

/// Tells whether the client's user may make this call and read every key on the way.
pub fn reads_every_key(cx: &Context, argv: &[&[u8]]) -> bool {
    let may = |selector: &Selector| selector.reads_every_key() && selector.denial(cx.table, cx.command, argv).is_none();
    let acl = &cx.server.acl;
    acl.open || acl.user(&cx.session.user).is_some_and(|user| user.selectors.iter().any(may))
}

/// Says in a sentence what a user may not do, naming it.
pub fn describe(denial: Denial, user: &[u8], command: &Command, argv: &[&[u8]]) -> Vec<u8> {
    let name = command.full_name();
    let (what, object, kind): (&[u8], &[u8], &[u8]) = match denial {
        Denial::Command => (b"run", name.as_bytes(), b"command"),
        Denial::Key(at) => (b"access", argv[at], b"key"),
        Denial::Channel(at) => (b"access", argv[at], b"channel"),
    };
    [b"User ", user, b" has no permissions to ", what, b" the '", object, b"' ", kind].concat()
}

fn record(cx: &mut Context, command: &Command, argv: &[&[u8]], denial: Denial) {
    let denied = &mut cx.server.acl.denied;
    let (reason, object) = match denial {
        Denial::Command => ("command", command.full_name().into_bytes()),
        Denial::Key(at) => ("key", argv[at].to_vec()),
        Denial::Channel(at) => ("channel", argv[at].to_vec()),
    };
    *match denial {
        Denial::Command => &mut denied.commands,
        Denial::Key(_) => &mut denied.keys,
        Denial::Channel(_) => &mut denied.channels,
    } += 1;
    let user = cx.session.user.to_vec();
    log_entry(cx, reason, object, user);
}

/// Logs a name or a password that was refused.
pub fn record_refused_login(cx: &mut Context, argv: &[&[u8]], user: &[u8]) {
    cx.server.acl.denied.auth += 1;
    log_entry(cx, "auth", argv[0].to_vec(), user.to_vec());
}

fn log_entry(cx: &mut Context, reason: &'static str, object: Vec<u8>, user: Vec<u8>) {
    let context = match cx.origin {
        Origin::Script { .. } => "lua",
        Origin::Exec => "multi",
        Origin::Client if cx.session.queue.is_some() => "multi",
        Origin::Client => "toplevel",
    };
    let (now, client) = (cx.now(), cx.session.describe(cx.now()));
    let entry = Entry { count: 1, reason, context, object, user, client, id: 0, created: now, updated: now };
    cx.server.acl.log.add(entry, cx.server.config.acllog_max_len);
}
