//! The words of ACL SETUSER.

use super::selector::{KeyPattern, Rule, Selector, What};
use super::user::User;
use crate::dispatch::command::Command;
use crate::dispatch::table::Table;
use crate::protocol::{Error, Result};
use sha2::{Digest, Sha256};

/// The most bits that ACL GENPASS makes.
pub const MAX_PASSWORD_BITS: usize = 4096;

const SYNTAX: &str = "Syntax error";
const UNKNOWN: &str = "Unknown command or category name in ACL";
const SUBCOMMAND_ARGUMENT: &str = "Allowing first-arg of a subcommand is not supported";
const AFTER_ALL_KEYS: &str = "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not have \
    any effect. Try 'resetkeys' to start with an empty list of patterns";
const AFTER_ALL_CHANNELS: &str = "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does \
    not have any effect. Try 'resetchannels' to start with an empty list of channels";
const NO_SUCH_PASSWORD: &str = "The password you are trying to remove from the user does not exist";
const BAD_DIGEST: &str =
    "The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters";

type Outcome = std::result::Result<(), &'static str>;

/// Answers the SHA-256 of a password in lower-case hexadecimal.
pub fn digest_of(password: &[u8]) -> String {
    Sha256::digest(password).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Joins the words of each selector, `(+get` and `~x)`, into one.
pub fn merge_selectors(words: &[&[u8]]) -> Result<Vec<Vec<u8>>> {
    let mut merged: Vec<Vec<u8>> = Vec::new();
    let mut open: Option<Vec<u8>> = None;
    for &word in words {
        let whole = match open.take() {
            Some(begun) => [&begun, word].join(&b' '),
            None => word.to_vec(),
        };
        if whole.first() == Some(&b'(') && whole.last() != Some(&b')') {
            open = Some(whole);
        } else {
            merged.push(whole);
        }
    }
    match open {
        None => Ok(merged),
        Some(begun) => {
            Err(Error::quoting(&[b"ERR Unmatched parenthesis in acl selector starting at '", &begun, b"'."]))
        }
    }
}

impl User {
    /// Follows one word of ACL SETUSER. `all_channels` says what `reset` leaves (acl-pubsub-default). Fails with
    /// Redis's sentence about the word, which then has changed nothing.
    pub fn apply(&mut self, word: &[u8], table: &Table, all_channels: bool) -> Outcome {
        let lower = word.to_ascii_lowercase();
        match lower.as_slice() {
            b"on" => self.enabled = true,
            b"off" => self.enabled = false,
            b"nopass" => (self.nopass, self.passwords) = (true, Vec::new()),
            b"resetpass" => (self.nopass, self.passwords) = (false, Vec::new()),
            b"sanitize-payload" => self.sanitize_payload = true,
            b"skip-sanitize-payload" => self.sanitize_payload = false,
            b"clearselectors" => self.selectors.truncate(1),
            b"reset" => *self = User::new(all_channels),
            _ => return self.apply_sign(word, table),
        }
        Ok(())
    }

    fn apply_sign(&mut self, word: &[u8], table: &Table) -> Outcome {
        match word {
            [b'>', password @ ..] => self.add_password(digest_of(password)),
            [b'#', digest @ ..] => self.add_password(checked_digest(digest)?),
            [b'<', password @ ..] => self.remove_password(&digest_of(password))?,
            [b'!', digest @ ..] => self.remove_password(&checked_digest(digest)?)?,
            [b'(', inner @ .., b')'] => {
                let mut selector = Selector::default();
                for word in inner.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
                    selector.apply(word, table)?;
                }
                self.selectors.push(selector);
            }
            _ => self.selectors[0].apply(word, table)?,
        }
        Ok(())
    }

    fn add_password(&mut self, digest: String) {
        self.nopass = false;
        if !self.passwords.contains(&digest) {
            self.passwords.push(digest);
        }
    }

    fn remove_password(&mut self, digest: &str) -> Outcome {
        let at = self.passwords.iter().position(|password| password == digest).ok_or(NO_SUCH_PASSWORD)?;
        self.passwords.remove(at);
        Ok(())
    }
}

fn checked_digest(digest: &[u8]) -> std::result::Result<String, &'static str> {
    let valid = digest.len() == 64 && digest.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if valid { Ok(String::from_utf8_lossy(digest).into_owned()) } else { Err(BAD_DIGEST) }
}

impl Selector {
    fn apply(&mut self, word: &[u8], table: &Table) -> Outcome {
        match word.to_ascii_lowercase().as_slice() {
            b"allkeys" | b"~*" => (self.all_keys, self.keys) = (true, Vec::new()),
            b"resetkeys" => (self.all_keys, self.keys) = (false, Vec::new()),
            b"allchannels" | b"&*" => (self.all_channels, self.channels) = (true, Vec::new()),
            b"resetchannels" => (self.all_channels, self.channels) = (false, Vec::new()),
            b"allcommands" | b"+@all" => (self.commands.all, self.commands.rules) = (true, Vec::new()),
            b"nocommands" | b"-@all" => (self.commands.all, self.commands.rules) = (false, Vec::new()),
            lower => match word {
                [b'~', pattern @ ..] => self.add_keys(pattern, true, true)?,
                [b'%', rest @ ..] => {
                    let (rights, pattern) = split_once(rest, b'~').ok_or(SYNTAX)?;
                    let has = |right: u8| rights.iter().any(|byte| byte.eq_ignore_ascii_case(&right));
                    let (read, write) = (has(b'R'), has(b'W'));
                    if rights.is_empty() || rights.len() != usize::from(read) + usize::from(write) {
                        return Err(SYNTAX);
                    }
                    self.add_keys(pattern, read, write)?;
                }
                [b'&', channel @ ..] => self.add_channel(channel)?,
                [b'+' | b'-', ..] => {
                    let what = command_rule(&lower[1..], word[0] == b'+', table)?;
                    self.commands.add(Rule { allow: word[0] == b'+', what });
                }
                _ => return Err(SYNTAX),
            },
        }
        Ok(())
    }

    fn add_keys(&mut self, pattern: &[u8], read: bool, write: bool) -> Outcome {
        if self.all_keys {
            return Err(AFTER_ALL_KEYS);
        }
        if has_space(pattern) {
            return Err(SYNTAX);
        }
        if pattern == b"*" && read && write {
            (self.all_keys, self.keys) = (true, Vec::new());
            return Ok(());
        }
        match self.keys.iter_mut().find(|old| old.pattern == pattern) {
            Some(old) => (old.read, old.write) = (old.read || read, old.write || write),
            None => self.keys.push(KeyPattern { pattern: pattern.into(), read, write }),
        }
        Ok(())
    }

    fn add_channel(&mut self, channel: &[u8]) -> Outcome {
        if self.all_channels {
            return Err(AFTER_ALL_CHANNELS);
        }
        if has_space(channel) {
            return Err(SYNTAX);
        }
        if !self.channels.iter().any(|old| old == channel) {
            self.channels.push(channel.into());
        }
        Ok(())
    }
}

/// Reads what follows the sign of a rule about commands.
fn command_rule(lower: &[u8], allow: bool, table: &Table) -> std::result::Result<What, &'static str> {
    let text = std::str::from_utf8(lower).map_err(|_| UNKNOWN)?;
    if let Some(name) = text.strip_prefix('@') {
        let known = Command::CATEGORIES.iter().find(|category| **category == name);
        return known.map(|category| What::Category(category)).ok_or(UNKNOWN);
    }
    let find = |name: &str| table.get(name.replacen('|', " ", 1).as_bytes());
    if find(text).is_some() && !text.contains(' ') {
        return Ok(What::Command(text.into()));
    }
    let (name, argument) = text.rsplit_once('|').filter(|_| allow).ok_or(UNKNOWN)?;
    let command = find(name).filter(|_| !name.contains(' ')).ok_or(UNKNOWN)?;
    if command.words() > 1 {
        return Err(SUBCOMMAND_ARGUMENT);
    }
    if argument.is_empty() {
        return Err(SYNTAX);
    }
    if table.subcommands(command).next().is_some() {
        return Err(UNKNOWN);
    }
    Ok(What::FirstArgument(name.into(), argument.into()))
}

fn split_once(bytes: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().position(|&byte| byte == separator)?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

/// Tells whether a name or a pattern has what would not survive a file of users.
pub(super) fn has_space(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| byte.is_ascii_whitespace() || *byte == 0)
}
