//! Clients that wait, and who is served when something comes.
//!
//! A handler that finds nothing parks its client; the journal then knows which keys are waited for. After a whole
//! command (transaction, script) the keys that changed are gone through in the order of their changes, and for each of
//! them the clients in the order in which they came: the handler of each is run again from the start. What that changes
//! in turn is looked at in the next round.

use super::Engine;
use crate::dispatch::blocking::Parked;
use crate::dispatch::{Session, retry, run};
use crate::structures::sorted::{SortedMap, SortedSet};

/// Who waits.
#[derive(Default)]
pub struct Blocking {
    last_ticket: u64,
    /// When waits end or are to be tried again, each with ticket and slot.
    deadlines: SortedSet<(i64, u64, u32)>,
    /// Calls that are put aside until CLIENT PAUSE ends, by ticket.
    postponed: SortedMap<u64, u32>,
}

impl Engine {
    /// Does what the commands that just ran have left to be done for others.
    pub(super) fn settle(&mut self) {
        while std::mem::take(&mut self.keyspace.journal.attention) {
            for slot in std::mem::take(&mut self.server.parking) {
                self.seat(slot);
            }
            self.server.announce(&mut self.keyspace.journal, None);
            self.server.broadcast();
            self.deliver();
            if self.server.pause.is_none() {
                while let Some((_, slot)) = self.blocking.postponed.first_key_value() {
                    self.retry(*slot);
                    if self.server.pause.is_some() {
                        break;
                    }
                }
            }
            for (db, key) in self.keyspace.journal.take_ready() {
                for slot in self.keyspace.journal.waiters(db, &key) {
                    if self.is_worth_a_try(slot, db, &key) {
                        self.retry(slot);
                    }
                }
            }
            for slot in std::mem::take(&mut self.server.unblocked) {
                self.release(slot);
            }
        }
        if !self.server.heard.is_empty() || self.server.killed {
            self.server.host.ring();
        }
    }

    /// Gives a place to a session that has begun to wait.
    fn seat(&mut self, slot: u32) {
        let Some(session) = self.server.sessions.get_mut(slot as usize).and_then(Option::as_mut) else { return };
        let Some(parked) = session.parked.as_mut() else { return };
        if parked.ticket == 0 {
            self.blocking.last_ticket += 1;
            parked.ticket = self.blocking.last_ticket;
        }
        if parked.postponed {
            self.blocking.postponed.insert(parked.ticket, slot);
        }
        for time in [parked.park.deadline, parked.park.retry_at].into_iter().flatten() {
            self.blocking.deadlines.insert((time, parked.ticket, slot));
        }
        for key in &parked.park.keys {
            self.keyspace.journal.wait(session.db, key, parked.ticket, slot, parked.park.even_without);
        }
    }

    /// Ends a session's wait and answers what it waited for.
    pub(super) fn unseat(&mut self, session: &mut Session) -> Option<Box<Parked>> {
        let parked = session.parked.take()?;
        self.blocking.postponed.remove(&parked.ticket);
        for time in [parked.park.deadline, parked.park.retry_at].into_iter().flatten() {
            self.blocking.deadlines.remove(&(time, parked.ticket, session.slot));
        }
        for key in &parked.park.keys {
            self.keyspace.journal.stop_waiting(session.db, key, parked.ticket);
        }
        Some(parked)
    }

    /// Tells whether the key that changed is of the type that the session waits for.
    fn is_worth_a_try(&self, slot: u32, db: usize, key: &[u8]) -> bool {
        let session = self.server.sessions.get(slot as usize).and_then(Option::as_ref);
        let Some(parked) = session.and_then(|session| session.parked.as_ref()) else { return false };
        let value = self.keyspace.dbs[db].peek(key, self.keyspace.clock.last());
        let right = value.is_some_and(|value| value.type_name() == parked.park.kind);
        parked.ended.is_none() && (right || parked.park.even_without)
    }

    /// Runs again what a session waits for, and answers it unless there is still nothing.
    fn retry(&mut self, slot: u32) {
        let Some(mut session) = self.server.sessions.get_mut(slot as usize).and_then(Option::take) else { return };
        if let Some(parked) = self.unseat(&mut session) {
            let argv: Vec<&[u8]> = parked.argv.iter().map(Vec::as_slice).collect();
            let mut cx = self.context(&mut session);
            let reply = if parked.postponed { run(&mut cx, &argv) } else { retry(&mut cx, parked.command, &argv) };
            match session.parked.as_mut() {
                // It goes on waiting, in its old place and no longer than it would have.
                Some(again) if !parked.postponed => {
                    again.ticket = parked.ticket;
                    again.park.deadline = parked.park.deadline;
                }
                Some(_) => {}
                None => {
                    session.answer(reply);
                    self.server.heard.insert(slot);
                }
            }
        }
        self.server.sessions[slot as usize] = Some(session);
        for slot in std::mem::take(&mut self.server.parking) {
            self.seat(slot);
        }
        self.deliver();
    }

    /// Ends the wait of a session that CLIENT UNBLOCK has named.
    fn release(&mut self, slot: u32) {
        let Some(mut session) = self.server.sessions.get_mut(slot as usize).and_then(Option::take) else { return };
        if let Some(parked) = session.parked.as_mut()
            && let Some(reply) = parked.ended.take()
        {
            self.unseat(&mut session);
            session.answer(reply);
            self.server.heard.insert(slot);
        }
        self.server.sessions[slot as usize] = Some(session);
    }

    /// Ends the waits whose time is over, and tries again those for which it is time.
    pub(super) fn end_waits(&mut self, now: i64) {
        while let Some(&(deadline, ticket, slot)) = self.blocking.deadlines.first() {
            if deadline > now {
                break;
            }
            self.blocking.deadlines.remove(&(deadline, ticket, slot));
            let session = self.server.sessions.get_mut(slot as usize).and_then(Option::as_mut);
            let Some(parked) = session.and_then(|session| session.parked.as_mut()) else { continue };
            if parked.park.deadline.is_some_and(|deadline| deadline <= now) {
                parked.ended = Some(parked.park.otherwise.clone());
                self.release(slot);
            } else {
                self.retry(slot);
            }
        }
        if self.server.pause.is_some_and(|pause| pause.until <= now) {
            self.server.pause = None;
            self.server.update_alert(&mut self.keyspace.journal);
            self.keyspace.journal.attention = true;
        }
    }

    /// Answers the time in ms at which the next wait ends.
    pub(super) fn next_wait_end(&self) -> Option<i64> {
        let first = self.blocking.deadlines.first().map(|(deadline, ..)| *deadline);
        let pause = self.server.pause.map(|pause| pause.until);
        [first, pause].into_iter().flatten().min()
    }
}
