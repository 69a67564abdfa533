//! A user: whether it may come in, with which passwords, and what it may then do.

use super::rules::digest_of;
use super::selector::Selector;

/// A user of ACL SETUSER.
#[derive(Debug, Clone)]
pub struct User {
    pub enabled: bool,
    /// Any password is right.
    pub nopass: bool,
    /// RESTORE checks this user's payloads. They are always checked here; the flag is kept as it was said.
    pub sanitize_payload: bool,
    /// SHA-256 in lower-case hexadecimal.
    pub passwords: Vec<String>,
    /// The user may do what any of them allows; the first is the user's own, the others stood in parentheses.
    pub selectors: Vec<Selector>,
}

impl User {
    /// Makes the user that ACL SETUSER begins with: it is off and may do nothing.
    pub fn new(all_channels: bool) -> User {
        User {
            enabled: false,
            nopass: false,
            sanitize_payload: true,
            passwords: Vec::new(),
            selectors: vec![Selector { all_channels, ..Selector::default() }],
        }
    }

    /// Makes a user that needs no password and may do everything.
    pub fn unlimited() -> User {
        User { enabled: true, nopass: true, selectors: vec![Selector::unlimited()], ..User::new(true) }
    }

    pub fn accepts(&self, password: &[u8]) -> bool {
        self.nopass || self.passwords.contains(&digest_of(password))
    }

    /// Names the flags as ACL GETUSER does.
    pub fn flags(&self) -> impl Iterator<Item = &'static str> {
        let payload = if self.sanitize_payload { "sanitize-payload" } else { "skip-sanitize-payload" };
        let flags = [Some(if self.enabled { "on" } else { "off" }), self.nopass.then_some("nopass"), Some(payload)];
        flags.into_iter().flatten()
    }

    /// Writes the rules that make this user, as ACL LIST does after the name.
    pub fn describe(&self) -> Vec<u8> {
        let mut line = self.flags().collect::<Vec<_>>().join(" ").into_bytes();
        for password in &self.passwords {
            line.extend_from_slice(b" #");
            line.extend_from_slice(password.as_bytes());
        }
        for (at, selector) in self.selectors.iter().enumerate() {
            line.extend_from_slice(if at == 0 { b" " } else { b" (" });
            line.extend(selector.describe());
            line.extend_from_slice(if at == 0 { b"" } else { b")" });
        }
        line
    }
}
