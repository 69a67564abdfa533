//! What sessions hear that they did not ask for.

use super::{Engine, SessionId};
use crate::dispatch::server::Push;
use crate::dispatch::session::{Heard, Session};
use crate::protocol::Reply;
use crate::protocol::resp::{Protocol, encode};
use crate::structures::Bytes;

impl Engine {
    /// Puts what was told to sessions into their outboxes.
    pub(super) fn deliver(&mut self) {
        for (slot, push) in std::mem::take(&mut self.server.pushes) {
            let Some(session) = self.server.sessions.get_mut(slot as usize).and_then(Option::as_mut) else { continue };
            match push {
                Push::Whole(reply) => session.push(reply),
                Push::Invalidate(keys) => {
                    self.invalidate(slot, keys);
                    continue;
                }
            }
            self.server.heard.insert(slot);
        }
    }

    /// Tells one who tracks, or the one in its stead, that keys have changed.
    fn invalidate(&mut self, slot: u32, keys: Option<Vec<Bytes>>) {
        let keys = keys.map_or(Reply::Null, |keys| keys.into_iter().collect());
        let Some(tracker) = self.server.tracking.trackers.get_mut(&slot) else { return };
        let sessions = &mut self.server.sessions;
        let to = match tracker.redirect {
            None => slot,
            Some(id) => match sessions.iter().flatten().find(|session| session.id == id) {
                Some(session) => session.slot,
                None => {
                    tracker.broken = true;
                    if let Some(session) = sessions.get_mut(slot as usize).and_then(Option::as_mut)
                        && session.protocol == Protocol::Resp3
                    {
                        session.push(Reply::Push(vec!["tracking-redir-broken".into(), Reply::Int(id as i64)]));
                        self.server.heard.insert(slot);
                    }
                    return;
                }
            },
        };
        let Some(session) = sessions.get_mut(to as usize).and_then(Option::as_mut) else { return };
        if session.protocol == Protocol::Resp3 {
            session.push(Reply::Push(vec!["invalidate".into(), keys]));
        } else if tracker.redirect.is_some() && !session.subscriptions.is_empty() {
            session.push(Reply::Push(vec!["message".into(), "__redis__:invalidate".into(), keys]));
        }
        self.server.heard.insert(to);
    }

    /// Appends to `out` what a session has heard since the last call. Who speaks for a session on a wire calls this
    /// before and after each of its calls, and for each session that [`Engine::next_heard`] names.
    pub fn hear(&mut self, id: SessionId, out: &mut Vec<u8>) {
        let Some(session) = self.server.sessions.get_mut(id as usize).and_then(Option::as_mut) else { return };
        hear(session, out);
    }

    /// Takes the first of what a session has heard, with the protocol that it speaks.
    pub fn hear_one(&mut self, id: SessionId) -> Option<(Heard, Protocol)> {
        let session = self.server.sessions.get_mut(id as usize).and_then(Option::as_mut)?;
        Some((session.outbox.pop_front()?, session.protocol))
    }

    /// Ends a session's wait, if it waits, and answers what it would have been answered when the time was over. For
    /// callers who cannot wait.
    pub fn give_up(&mut self, id: SessionId) -> Option<Reply> {
        let mut session = self.server.sessions.get_mut(id as usize).and_then(Option::take)?;
        let reply = self.unseat(&mut session).map(|parked| parked.park.otherwise);
        self.server.sessions[id as usize] = Some(session);
        reply
    }

    /// Answers a session that has heard something since it was last named, or waits no more.
    pub fn next_heard(&mut self) -> Option<SessionId> {
        self.server.heard.pop_first()
    }

    /// Tells whether a session waits: its next call has to wait too.
    pub fn is_parked(&self, id: SessionId) -> bool {
        let session = self.server.sessions.get(id as usize).and_then(Option::as_ref);
        session.is_some_and(|session| session.parked.is_some())
    }
}

/// Appends to `out` what a session has heard.
pub(super) fn hear(session: &mut Session, out: &mut Vec<u8>) {
    for heard in session.outbox.drain(..) {
        let (Heard::Reply(reply) | Heard::Push(reply)) = heard;
        encode(out, &reply, session.protocol);
    }
}
