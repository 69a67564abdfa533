//! Clients whose sockets another thread looks after: what they send and what they are sent goes through here in frames.
//!
//! A frame is its kind, the number of a client and a length, each a u32 in little endian, then so many bytes. Whoever
//! has the sockets numbers the clients, and never gives a number twice. A client's frames end with one `END` to it, or
//! one `GONE` from it; what crosses with these on its way is for nobody.
//!
//! Each side sends a client's bytes only up to `FULL` ahead of those that the other side said it `TOOK`, so a client that
//! takes no replies, or one that sends without end, fills nobody's memory.
//!
//! While a script keeps the engine the frames go on, to its desk: then the client whose call runs the script is away from
//! its place, and what comes for it is put off until it is back.

use super::line::{Counter, Line};
use super::{Engine, SessionId};
use crate::dispatch::busy::{Attendant, Desk};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// A client has come. In the frame: its address and the one that it came to, a line each.
const OPEN: u32 = 0;
/// Bytes of requests, or of replies.
const DATA: u32 = 1;
/// So many of a client's bytes were taken, as a u32: of its requests into the engine, of its replies by its socket.
const TOOK: u32 = 2;
/// From a client: it sends no more. To it: it is to be let go once it has its replies.
const END: u32 = 3;
/// From a client: it is gone. To it: it is to be let go at once.
const GONE: u32 = 4;

/// Bytes of replies not taken after which a client's requests wait.
const FULL: usize = 256 * 1024;
/// Bytes of requests that have been run after which the other side is told.
const HALF: usize = FULL / 2;
/// Bytes of messages that a client may leave unread before it is let go, as `client-output-buffer-limit pubsub` has it.
const MAX_UNREAD: usize = 32 * 1024 * 1024;

/// Who brings frames in and takes them out while a script keeps the engine.
pub trait Porter {
    /// Sends frames, if there are any, and answers those that have come meanwhile. Does not wait.
    fn carry(&self, frames: &[u8]) -> Option<Vec<u8>>;
}

/// The clients and the frames that are on their way. It stands beside the engine, which may be busy.
pub struct Exchange {
    porter: Box<dyn Porter>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    clients: BTreeMap<u32, Client>,
    /// The number of each session's client.
    by_session: Vec<Option<u32>>,
    /// The client whose turn it is, if a script of its has not ended yet.
    away: Option<u32>,
    coming: VecDeque<Frame>,
    /// What came for the client that is away.
    put_off: VecDeque<Frame>,
    going: Vec<u8>,
    /// Sessions that are to be closed when the engine is free.
    closing: Vec<SessionId>,
}

struct Client {
    line: Line,
    /// Bytes of replies that its socket has yet to take.
    unsent: usize,
    /// Bytes of requests of which the other side was not told that they were taken.
    untold: usize,
    /// Its requests wait until its replies are taken.
    full: bool,
    /// It sends no more.
    ended: bool,
}

struct Frame {
    kind: u32,
    client: u32,
    bytes: Vec<u8>,
}

impl Exchange {
    /// Makes one and has it look after the clients while a script keeps the engine.
    pub fn new(engine: &mut Engine, porter: Box<dyn Porter>) -> Rc<Exchange> {
        let exchange = Rc::new(Exchange { porter, state: RefCell::default() });
        engine.set_attendant(exchange.clone());
        exchange
    }

    /// Takes frames in and does what they ask for.
    pub fn take_in(&self, frames: &[u8], engine: &mut Engine) {
        self.state.borrow_mut().receive(frames);
        self.work(engine);
    }

    /// Does what was left while the engine was busy, and takes the frames that are to go.
    pub fn take_out(&self, engine: &mut Engine) -> Vec<u8> {
        self.work(engine);
        let mut state = self.state.borrow_mut();
        for session in std::mem::take(&mut state.closing) {
            engine.close(session);
        }
        std::mem::take(&mut state.going)
    }

    /// Brings a session's client what it has heard, and runs what stood behind a call that waited. False if the session
    /// has no client here.
    pub fn hear(&self, session: SessionId, engine: &mut Engine) -> bool {
        let Some(number) = self.state.borrow().number(session) else { return false };
        let mut heard = Vec::new();
        engine.hear(session, &mut heard);
        let unsent = self.state.borrow_mut().send(number, &heard);
        if unsent > MAX_UNREAD {
            self.state.borrow_mut().let_go(number, GONE, engine);
        } else {
            self.give_turn(number, engine);
        }
        true
    }

    /// Lets the client of a session go that was closed (CLIENT KILL). False if the session has no client here.
    pub fn let_go(&self, session: SessionId, engine: &mut Engine) -> bool {
        let Some(number) = self.state.borrow().number(session) else { return false };
        self.state.borrow_mut().let_go(number, END, engine);
        true
    }

    fn work(&self, counter: &mut dyn Counter) {
        loop {
            let Some(Frame { kind, client, bytes }) = self.state.borrow_mut().next() else { break };
            let mut state = self.state.borrow_mut();
            match kind {
                OPEN => {
                    state.open(client, &bytes, counter);
                    continue;
                }
                GONE => {
                    state.forget(client, counter);
                    continue;
                }
                _ => {}
            }
            let Some(place) = state.clients.get_mut(&client) else { continue };
            match kind {
                DATA => {
                    place.line.feed(&bytes);
                    place.untold += bytes.len();
                }
                TOOK => {
                    let count = bytes.first_chunk().map_or(0, |count| u32::from_le_bytes(*count));
                    place.unsent = place.unsent.saturating_sub(count as usize);
                    if !place.full {
                        continue;
                    }
                }
                END => place.ended = true,
                _ => continue,
            }
            drop(state);
            self.give_turn(client, counter);
        }
    }

    /// Runs what a client has asked for and may have now.
    fn give_turn(&self, number: u32, counter: &mut dyn Counter) {
        let Some(mut client) = self.state.borrow_mut().leave(number) else { return };
        let mut out = Vec::new();
        // A script may run now, and others be served meanwhile.
        let room = FULL.saturating_sub(client.unsent);
        client.full = !client.line.run(counter, &mut out, room);
        let mut state = self.state.borrow_mut();
        let over = client.line.closing || client.ended && !client.full;
        let waits = client.full || counter.is_parked(client.line.session);
        let told = if !waits && client.untold >= HALF { std::mem::take(&mut client.untold) } else { 0 };
        state.come_back(number, client);
        state.send(number, &out);
        if over {
            state.let_go(number, END, counter);
        } else if told > 0 {
            state.going.extend(frame(TOOK, number, 4));
            state.going.extend((told as u32).to_le_bytes());
        }
    }
}

impl Attendant for Exchange {
    fn attend(&self, desk: &mut Desk) {
        loop {
            let going = std::mem::take(&mut self.state.borrow_mut().going);
            let coming = self.porter.carry(&going);
            if let Some(frames) = &coming {
                self.state.borrow_mut().receive(frames);
            }
            self.work(desk);
            if coming.is_none() && self.state.borrow().going.is_empty() {
                break;
            }
        }
    }
}

impl State {
    fn receive(&mut self, mut frames: &[u8]) {
        while let Some((head, rest)) = frames.split_first_chunk::<12>() {
            let word = |at: usize| head[at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
            let (bytes, rest) = rest.split_at(rest.len().min(word(8) as usize));
            self.coming.push_back(Frame { kind: word(0), client: word(4), bytes: bytes.to_vec() });
            frames = rest;
        }
    }

    /// The next frame whose client is at its place.
    fn next(&mut self) -> Option<Frame> {
        if self.away.is_none()
            && let Some(frame) = self.put_off.pop_front()
        {
            return Some(frame);
        }
        loop {
            let frame = self.coming.pop_front()?;
            if self.away != Some(frame.client) {
                return Some(frame);
            }
            self.put_off.push_back(frame);
        }
    }

    fn open(&mut self, number: u32, addresses: &[u8], counter: &mut dyn Counter) {
        let session = counter.open();
        let addresses = String::from_utf8_lossy(addresses);
        let (from, to) = addresses.split_once('\n').unwrap_or_default();
        counter.set_addresses(session, from, to);
        let at = session as usize;
        if self.by_session.len() <= at {
            self.by_session.resize(at + 1, None);
        }
        self.by_session[at] = Some(number);
        let client = Client { line: Line::new(session), unsent: 0, untold: 0, full: false, ended: false };
        self.clients.insert(number, client);
    }

    fn number(&self, session: SessionId) -> Option<u32> {
        self.by_session.get(session as usize).copied().flatten()
    }

    /// Takes a client from its place. Who has a turn while another is away runs no script, and is back before any frame.
    fn leave(&mut self, number: u32) -> Option<Client> {
        let client = self.clients.remove(&number)?;
        self.away.get_or_insert(number);
        Some(client)
    }

    fn come_back(&mut self, number: u32, client: Client) {
        self.away.take_if(|away| *away == number);
        self.clients.insert(number, client);
    }

    /// Sends bytes to a client and answers how many it has yet to take.
    fn send(&mut self, number: u32, bytes: &[u8]) -> usize {
        let Some(client) = self.clients.get_mut(&number) else { return 0 };
        client.unsent += bytes.len();
        if !bytes.is_empty() {
            self.going.extend(frame(DATA, number, bytes.len()));
            self.going.extend(bytes);
        }
        client.unsent
    }

    fn let_go(&mut self, number: u32, kind: u32, counter: &mut dyn Counter) {
        self.going.extend(frame(kind, number, 0));
        self.forget(number, counter);
    }

    fn forget(&mut self, number: u32, counter: &mut dyn Counter) {
        let Some(Client { line, .. }) = self.clients.remove(&number) else { return };
        if let Some(place) = self.by_session.get_mut(line.session as usize) {
            *place = None;
        }
        if !counter.close(line.session) {
            self.closing.push(line.session);
        }
    }
}

fn frame(kind: u32, client: u32, length: usize) -> impl Iterator<Item = u8> {
    [kind, client, length as u32].into_iter().flat_map(u32::to_le_bytes)
}
