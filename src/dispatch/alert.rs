//! What a call goes through while somebody looks on: CLIENT PAUSE, subscriber mode, MONITOR, and whoever listens to
//! changes. None of it costs anything while `Server::alert` is off.

use super::channels::Kind;
use super::command::{Command, Flags};
use super::config::{SUBKEYS, event_bit};
use super::context::{Context, Origin};
use super::secrets::is_secret;
use super::server::{Push, Server};
use super::tracking;
use crate::keyspace::{Class, Event, Journal};
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Reply};
use crate::structures::Bytes;

impl Server {
    /// Looks again whether anything asks for [`Server::alert`], and whether events are to be collected. Whoever changes
    /// one of the reasons calls this.
    pub fn update_alert(&mut self, journal: &mut Journal) {
        let listening = self.config.notify_keyspace_events != 0 || !self.tracking.trackers.is_empty();
        journal.listen(listening, self.config.notify_keyspace_events & SUBKEYS != 0);
        journal.news = "noc".chars().any(|letter| self.config.notify_keyspace_events & event_bit(letter) != 0);
        let subscribed =
            [Kind::Channel, Kind::Pattern, Kind::Shard].iter().any(|&kind| !self.channels.of(kind).is_empty());
        self.alert = listening || subscribed || self.pause.is_some() || !self.monitors.is_empty();
        self.update_guard();
    }

    /// Tells everybody who listens what the journal has recorded. `author` is the session that did it, by slot.
    pub fn announce(&mut self, journal: &mut Journal, author: Option<u32>) {
        for event in journal.take_events() {
            match event {
                Event::Touch { key, .. } => self.invalidate(&key, author),
                Event::Flush => self.invalidate_all(),
                Event::Change { class, name, db, key } => {
                    self.invalidate(&key, author.filter(|_| class != Class::Expired));
                    self.notify(class, name, db, &key);
                }
                Event::Aside { class, name, db, key } => self.notify(class, name, db, &key),
                Event::Fields { name, db, key, fields } => self.notify_fields(name, db, &key, &fields),
            }
        }
    }

    /// Publishes an event to those who subscribed to the key's channel or to the event's.
    fn notify(&mut self, class: Class, name: &str, db: usize, key: &[u8]) {
        let wanted = |letter| self.config.notify_keyspace_events & event_bit(letter) != 0;
        let (of_class, by_key, by_event) = (wanted(class.letter()), wanted('K'), wanted('E'));
        if of_class && by_key {
            let channel = [format!("__keyspace@{db}__:").as_bytes(), key].concat();
            self.publish(Kind::Channel, &channel, name.as_bytes());
        }
        if of_class && by_event {
            self.publish(Kind::Channel, format!("__keyevent@{db}__:{name}").as_bytes(), key);
        }
    }

    /// Publishes which fields of a hash an event was about, on the four kinds of channels that there are for it.
    fn notify_fields(&mut self, name: &str, db: usize, key: &[u8], fields: &[Bytes]) {
        let wanted = |letter| self.config.notify_keyspace_events & event_bit(letter) != 0;
        if !wanted(Class::Hash.letter()) {
            return;
        }
        let (by_key, by_event, by_field, by_both) = (wanted('S'), wanted('T'), wanted('I'), wanted('V'));
        let with_length = |text: &[u8]| [text.len().to_string().as_bytes(), b":", text].concat();
        let list = fields.iter().map(|field| with_length(field)).collect::<Vec<_>>().join(&b',');
        let name = name.as_bytes();
        let channel = |kind: &str, rest: &[u8]| [format!("__{kind}@{db}__:").as_bytes(), rest].concat();
        if by_key {
            self.publish(Kind::Channel, &channel("subkeyspace", key), &[name, b"|", &list].concat());
        }
        if by_event {
            self.publish(Kind::Channel, &channel("subkeyevent", name), &[&with_length(key), &b"|"[..], &list].concat());
        }
        // The end of a line stands between key and field.
        if by_field && !key.contains(&b'\n') {
            for field in fields {
                let item = [key, b"\n", field].concat();
                self.publish(Kind::Channel, &channel("subkeyspaceitem", &item), name);
            }
        }
        if by_both {
            self.publish(Kind::Channel, &channel("subkeyspaceevent", &[name, b"|", key].concat()), &list);
        }
    }
}

/// Answers in place of a call that may not run, or not yet.
pub(super) fn hold(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Option<Reply> {
    if let Some(error) = refusal(cx, command) {
        return Some(super::refuse(cx, Some(command), error));
    }
    let pause = cx.server.pause.filter(|pause| pause.until > cx.now())?;
    (pause.all || may_write(cx, command, argv)).then(|| cx.postpone(command, argv))
}

fn refusal(cx: &Context, command: &Command) -> Option<Error> {
    let subscriber = cx.session.protocol == Protocol::Resp2 && !cx.session.subscriptions.is_empty();
    if subscriber && !matches!(command.name, "PING" | "QUIT" | "RESET") && !is_subscription(command) {
        let name = command.full_name();
        return Some(Error::telling(format_args!(
            "Can't execute '{name}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context"
        )));
    }
    let keys = !command.keys.0.is_empty() && !command.flags.contains(Flags::PUBSUB);
    (cx.session.monitoring && keys).then(|| Error::own("Replica can't interact with the keyspace"))
}

fn is_subscription(command: &Command) -> bool {
    command.flags.contains(Flags::PUBSUB.and(Flags::NOSCRIPT))
}

/// Tells whether CLIENT PAUSE WRITE concerns a call: it may change keys or publish, or is an EXEC of what may.
fn may_write(cx: &Context, command: &Command, argv: &[&[u8]]) -> bool {
    let flags = command.flags;
    let script = flags.contains(Flags::SCRIPT_RUNNER) && (cx.server.script_may_write)(cx.server, command, argv);
    let queue = cx.session.queue.as_ref().filter(|_| command.name == "EXEC");
    flags.contains(Flags::WRITE)
        || flags.contains(Flags::MAY_REPLICATE)
        || script
        || queue.is_some_and(|queue| {
            queue.iter().any(|call| {
                let argv: Vec<&[u8]> = call.iter().map(Vec::as_slice).collect();
                cx.table.find(&argv).is_ok_and(|queued| may_write(cx, queued, &argv))
            })
        })
}

/// Runs a command for those who look on.
pub(super) fn execute(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Reply {
    // A script is seen before what it calls.
    let script = command.flags.contains(Flags::SCRIPT_RUNNER);
    let secret = command.flags.contains(Flags::ADMIN) || (command.flags.contains(Flags::SKIP_MONITOR) && !script);
    let shown = !cx.server.monitors.is_empty() && !secret;
    if shown && script {
        show(cx, argv);
    }
    let reply = unseen(cx, command, argv);
    if shown && !script {
        show(cx, argv);
    }
    reply
}

/// Runs a command for those who listen to changes, and not for those who monitor.
pub(super) fn unseen(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Reply {
    let reply = super::invoke(cx, command, argv);
    if cx.keyspace.journal.has_events() {
        cx.server.announce(&mut cx.keyspace.journal, Some(cx.session.slot));
        cx.keyspace.journal.attention = true;
    }
    if cx.session.redirection.is_some() {
        tracking::remember(cx, command, argv);
        tracking::end_caching(cx, command);
    }
    reply
}

/// Shows a call to those who monitor.
fn show(cx: &mut Context, argv: &[&[u8]]) {
    let now = cx.now();
    let mut line =
        format!("{}.{:06} [{} ", now.div_euclid(1000), now.rem_euclid(1000) * 1000, cx.session.db).into_bytes();
    match cx.origin {
        Origin::Script { .. } => line.extend_from_slice(b"lua"),
        _ => line.extend_from_slice(&cx.session.addr),
    }
    line.push(b']');
    for (at, arg) in argv.iter().enumerate() {
        line.push(b' ');
        quote(&mut line, if is_secret(argv, at) { b"(redacted)" } else { arg });
    }
    let line = Reply::Status(line.into());
    for &slot in cx.server.monitors.iter() {
        cx.server.pushes.push((slot, Push::Whole(line.clone())));
    }
    cx.keyspace.journal.attention = true;
}

/// Appends a string in double quotes, what is not printable escaped.
fn quote(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    for &byte in text {
        match byte {
            b'\\' | b'"' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            7 => out.extend_from_slice(b"\\a"),
            8 => out.extend_from_slice(b"\\b"),
            b' '..=b'~' => out.push(byte),
            _ => out.extend_from_slice(format!("\\x{byte:02x}").as_bytes()),
        }
    }
    out.push(b'"');
}
