//! Who hears what is published.

use super::server::{Push, Server};
use super::session::Session;
use crate::protocol::Reply;
use crate::structures::sorted::SortedSet;
use crate::structures::{Bytes, Dict, glob};

/// The three ways to subscribe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Channel,
    Pattern,
    Shard,
}

/// What one client is subscribed to.
#[derive(Default)]
pub struct Subscriptions {
    names: [Dict<()>; 3],
}

impl Subscriptions {
    /// Shows the names of one kind.
    pub fn of(&self, kind: Kind) -> &Dict<()> {
        &self.names[kind as usize]
    }

    /// Counts what SUBSCRIBE and PSUBSCRIBE (or SSUBSCRIBE, for a shard's channel) count together.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Shard => self.of(Kind::Shard).len(),
            _ => self.of(Kind::Channel).len() + self.of(Kind::Pattern).len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.names.iter().all(Dict::is_empty)
    }
}

/// The subscribers, by their slots, of every name.
#[derive(Default)]
pub struct Channels {
    names: [Dict<SortedSet<u32>>; 3],
}

impl Channels {
    /// Shows the subscribers of every name of one kind.
    pub fn of(&self, kind: Kind) -> &Dict<SortedSet<u32>> {
        &self.names[kind as usize]
    }

    /// Subscribes a session, and tells whether it was not subscribed before.
    pub fn subscribe(&mut self, session: &mut Session, kind: Kind, name: &[u8]) -> bool {
        let new = session.subscriptions.names[kind as usize].insert(name, ()).is_none();
        if new {
            self.names[kind as usize].get_or_insert_with(name, SortedSet::new).0.insert(session.slot);
        }
        new
    }

    /// Ends one subscription, and tells whether there was one.
    pub fn unsubscribe(&mut self, session: &mut Session, kind: Kind, name: &[u8]) -> bool {
        let was = session.subscriptions.names[kind as usize].remove(name).is_some();
        let names = &mut self.names[kind as usize];
        if was && let Some(subscribers) = names.get_mut(name) {
            subscribers.remove(&session.slot);
            if subscribers.is_empty() {
                names.remove(name);
            }
        }
        was
    }

    /// Ends all subscriptions of a session.
    pub fn leave(&mut self, session: &mut Session) {
        for kind in [Kind::Channel, Kind::Pattern, Kind::Shard] {
            let names: Vec<Bytes> = session.subscriptions.of(kind).keys().map(Bytes::from).collect();
            for name in names {
                self.unsubscribe(session, kind, &name);
            }
        }
    }
}

impl Server {
    /// Tells all subscribers of a channel, those by pattern too unless it is a shard's, and answers how many there are.
    pub fn publish(&mut self, kind: Kind, channel: &[u8], message: &[u8]) -> usize {
        let mut heard = 0;
        let mut tell = |slot: u32, push: &[Reply]| {
            self.pushes.push((slot, Push::Whole(Reply::Push(push.to_vec()))));
            heard += 1;
        };
        if let Some(subscribers) = self.channels.of(kind).get(channel) {
            let word = if kind == Kind::Shard { "smessage" } else { "message" };
            let push = [word.into(), channel.into(), message.into()];
            subscribers.iter().for_each(|&slot| tell(slot, &push));
        }
        if kind == Kind::Channel {
            for (pattern, subscribers) in self.channels.of(Kind::Pattern).iter() {
                if glob::matches(pattern, channel, false) {
                    let push = ["pmessage".into(), pattern.into(), channel.into(), message.into()];
                    subscribers.iter().for_each(|&slot| tell(slot, &push));
                }
            }
        }
        heard
    }
}
