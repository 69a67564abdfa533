//! The engine as JavaScript holds it: one thin class, one crossing a call, bytes in and bytes out.
//!
//! JavaScript writes into `input`, calls, and reads `output`. Where both stand it learns from the control block,
//! whose address never changes; `js/instance.ts` has the other half of the layout. Buffers begin at multiples of eight,
//! as all memory does that Rust's allocator gives on wasm.

use std::cell::RefCell;
use std::rc::Rc;

#[cfg(feature = "full")]
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::dispatch::session::Heard;
use crate::dispatch::table::Table;
use crate::dispatch::{Host, ScriptLimits};
#[cfg(feature = "full")]
use crate::engine::exchange::{Exchange, Porter};
use crate::engine::line::Line;
use crate::engine::{Engine as Core, Options};
use crate::protocol::resp::Protocol;
use crate::protocol::words;
use crate::protocol::{Error, Reply};
use crate::structures::memory::Counting;
use crate::structures::number::int_digits;

/// What `maxmemory` is held against.
#[global_allocator]
static MEMORY: Counting = Counting;

/// Bytes that each buffer has at rest. One that had to grow beyond `LARGE` goes back to this.
const ROOM: usize = 64 * 1024;
const LARGE: usize = 1024 * 1024;
/// Bytes of replies after which `feed` pauses, so that one client's pipeline cannot fill the memory.
const FULL: usize = 256 * 1024;

/// What JavaScript reads after a call. Addresses are those of linear memory.
#[repr(C)]
struct Control {
    input: usize,
    capacity: usize,
    output: usize,
    /// What `feed` says besides its replies: 1, the client is to be let go; 2, whole requests are left, call again.
    state: u32,
    /// The answer that `hear` has brought, as `call` gives one.
    answer: i32,
}

const GOES_ON: u32 = 0;
const CLOSING: u32 = 1;
const MORE: u32 = 2;
/// What `hear` has brought: the reply that a session waited for, a push, or that the session was closed.
const REPLY: u32 = 4;
const PUSH: u32 = 5;
const KILLED: u32 = 6;
/// `hear` has brought that there is something to `overhear`.
const HEARD: u32 = 7;

/// Kinds of answers of `call`.
#[derive(Clone, Copy)]
enum Answer {
    /// The output buffer holds the reply in words.
    Words,
    /// The number is the reply.
    Int,
    /// The output buffer begins with a string of so many bytes, then zeros up to the next whole word. All are ASCII.
    Ascii,
    /// The same, if they are not.
    Bytes,
    Ok,
    Null,
    /// The session wants no reply, or gets it later.
    Nothing,
}

/// A whole Redis and its two buffers.
#[wasm_bindgen]
pub struct Engine {
    core: Core,
    input: Vec<u8>,
    output: Vec<u8>,
    control: Box<Control>,
    names: Names,
    /// The clients that speak Redis's protocol, by session; none for the handles of this process.
    lines: Vec<Option<Line>>,
    /// The clients whose sockets another thread has.
    #[cfg(feature = "full")]
    exchange: Option<Rc<Exchange>>,
    bell: Bell,
    #[cfg(feature = "full")]
    exit: Bell,
    /// The session of whose hearing `hear` is telling.
    hearing: Option<u32>,
    /// The sessions that were closed from here, and of which `hear` has yet to tell.
    killed: Vec<u32>,
}

/// The names of commands in small letters, by their numbers.
struct Names {
    /// All of them, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Names {
    fn of(table: &Table) -> Names {
        let mut names = Names { text: String::with_capacity(8 * 1024), ends: Vec::with_capacity(512) };
        for command in table.iter() {
            names.text.push_str(command.name);
            names.ends.push(names.text.len());
        }
        names.text.make_ascii_lowercase();
        names
    }

    fn get(&self, number: usize) -> Option<&[u8]> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.as_bytes().get(start..end)
    }
}

#[wasm_bindgen]
impl Engine {
    /// Makes an empty engine of so many databases. `log` is called with a level and a line of the log.
    #[wasm_bindgen(constructor)]
    pub fn new(databases: Option<u32>, log: js_sys::Function) -> Engine {
        let mut options = Options::default();
        options.databases = databases.map_or(options.databases, |databases| databases as usize);
        let control = Box::new(Control { input: 0, capacity: 0, output: 0, state: GOES_ON, answer: 0 });
        let (bell, exit) = (Bell::default(), Bell::default());
        let script = Script { random: Vec::new(), bell: bell.clone(), exit: exit.clone(), log };
        let core = Core::new(Box::new(script), options);
        let names = Names::of(core.table());
        let mut engine = Engine {
            core,
            names,
            input: vec![0; ROOM],
            output: Vec::with_capacity(ROOM),
            control,
            lines: Vec::new(),
            #[cfg(feature = "full")]
            exchange: None,
            bell,
            #[cfg(feature = "full")]
            exit,
            hearing: None,
            killed: Vec::new(),
        };
        engine.publish();
        engine
    }

    /// Sets a parameter as CONFIG SET does; fails with a sentence about what is wrong with it.
    pub fn configure(&mut self, name: &str, value: &str) -> Result<(), JsError> {
        self.core.configure(name, value).map_err(|why| JsError::new(&why))
    }

    /// Says what is to be called when there is something for `hear` to bring. It must not call back at once.
    pub fn on_heard(&mut self, ring: js_sys::Function) {
        self.bell.replace(Some(ring));
    }

    /// Answers the address of the control block.
    pub fn control(&self) -> usize {
        std::ptr::from_ref(&*self.control).addr()
    }

    /// Answers the number of a command by its name in small letters; -1 if there is none, it is a subcommand, or other
    /// letters are among them.
    pub fn number(&self, name: &str) -> i32 {
        let name = name.as_bytes();
        let place = self.core.table().place(name);
        let whole = place.filter(|&place| !name.contains(&b' ') && self.names.get(place) == Some(name));
        whole.map_or(-1, |place| place as i32)
    }

    /// Makes the input buffer at least `capacity` bytes large; false if there is no memory for it.
    pub fn reserve(&mut self, capacity: usize) -> bool {
        if let Some(more) = capacity.checked_sub(self.input.len()) {
            if self.input.try_reserve_exact(more).is_err() {
                return false;
            }
            self.input.resize(capacity, 0);
            self.publish();
        }
        true
    }

    /// Opens a session. CLIENT LIST shows its client to connect to `address`, and from a port of it that is the session's
    /// number.
    pub fn open(&mut self, address: &str) -> u32 {
        let session = self.core.open();
        let mut digits = [0; 20];
        let port = str::from_utf8(int_digits(session.into(), &mut digits)).unwrap_or_default();
        self.core.set_addresses(session, &[address, ":", port].concat(), address, false);
        session
    }

    pub fn close(&mut self, session: u32) {
        if let Some(line) = self.lines.get_mut(session as usize) {
            *line = None;
        }
        self.core.close(session);
    }

    /// Runs a command with the `count` arguments in the input buffer: the length of each as a u32 in little endian,
    /// then the bytes of each, filled up to a multiple of four. `command` is its number; if negative, the first argument
    /// is its name.
    ///
    /// Answers a kind in the low three bits and a number above: see `Answer`.
    pub fn call(&mut self, session: u32, command: i32, count: usize) -> i32 {
        self.clear_output();
        let at = usize::try_from(command).ok();
        let name = at.and_then(|at| self.names.get(at));
        let (core, output) = (&mut self.core, &mut self.output);
        let answer = argv(&self.input, name, count, |argv| {
            core.answer(session, at, argv, |outcome, protocol| tell(output, outcome, protocol))
        });
        let answer = match answer {
            Some(answer) => answer.unwrap_or(Answer::Nothing as i32),
            None => {
                let error = Error::own("Protocol error: the call has no such arguments");
                tell_reply(&mut self.output, Reply::Error(error), Protocol::Resp3)
            }
        };
        if self.input.len() > LARGE {
            self.input = vec![0; ROOM];
        }
        self.publish();
        answer
    }

    /// Gives the scripts of a session limits of their own from its next call on; what is undefined is as the
    /// configuration says. `time` is in ms, `memory` in bytes.
    pub fn limit(
        &mut self,
        session: u32,
        fuel: Option<f64>,
        memory: Option<f64>,
        time: Option<f64>,
        strict: Option<bool>,
    ) {
        let whole = |number: f64| number as u64;
        let limits = ScriptLimits {
            fuel: fuel.map(whole),
            memory: memory.map(|bytes| bytes as usize),
            time: time.map(whole),
            strict,
        };
        self.core.set_script_limits(session, limits);
    }

    /// Gives where the functions were of the script that has failed last: a line each, the innermost first.
    pub fn script_trail(&self) -> String {
        self.core.script_trail().to_owned()
    }

    /// Runs a command by its name, as `call` does, and answers a map of what its scripts have done and of the reply.
    pub fn trace(&mut self, session: u32, count: usize) -> i32 {
        self.clear_output();
        let outcome = argv(&self.input, None, count, |argv| self.core.trace(session, argv));
        let reply = match outcome.flatten() {
            Some((reply, trace)) => trace.into_reply(reply),
            None => Error::own("Protocol error: the call has no such arguments").into(),
        };
        let answer = tell_reply(&mut self.output, reply, Protocol::Resp3);
        self.publish();
        answer
    }

    /// Tells whether a session waits: the reply to its call comes by `hear`.
    pub fn is_parked(&self, session: u32) -> bool {
        self.core.is_parked(session)
    }

    /// Brings something that a session is to hear, and answers which session; -1 if there is nothing. The control block
    /// says what it is, and has the answer.
    pub fn hear(&mut self) -> i32 {
        self.clear_output();
        for session in self.core.take_killed() {
            if !self.killed.contains(&session) {
                self.killed.push(session);
            }
        }
        while let Some(session) = self.killed.pop() {
            #[cfg(feature = "full")]
            if self.exchange.as_ref().is_some_and(|exchange| exchange.let_go(session, &mut self.core)) {
                continue;
            }
            self.control.state = KILLED;
            return session as i32;
        }
        loop {
            let Some(session) = self.hearing.or_else(|| self.core.next_heard()) else { return -1 };
            #[cfg(feature = "full")]
            if self.exchange.as_ref().is_some_and(|exchange| exchange.hear(session, &mut self.core)) {
                continue;
            }
            if self.lines.get(session as usize).is_some_and(Option::is_some) {
                self.control.state = HEARD;
                return session as i32;
            }
            self.hearing = Some(session);
            let Some((heard, protocol)) = self.core.hear_one(session) else {
                self.hearing = None;
                continue;
            };
            let (state, reply) = match heard {
                Heard::Reply(reply) => (REPLY, reply),
                Heard::Push(reply) => (PUSH, reply),
            };
            let protocol = if state == PUSH { Protocol::Resp2 } else { protocol };
            self.control.state = state;
            self.control.answer = tell_reply(&mut self.output, reply, protocol);
            self.publish();
            return session as i32;
        }
    }

    /// Takes all that a session on a socket has heard and answers its length.
    pub fn overhear(&mut self, session: u32) -> usize {
        self.clear_output();
        self.core.hear(session, &mut self.output);
        self.publish();
        self.output.len()
    }

    /// Ends a session's wait, for a caller who cannot wait, and answers as `call` does.
    pub fn give_up(&mut self, session: u32) -> i32 {
        self.clear_output();
        let reply = self.core.give_up(session).unwrap_or(Reply::Null);
        let answer = tell_reply(&mut self.output, reply, Protocol::Resp3);
        self.publish();
        answer
    }

    /// Takes in `length` bytes of a client on a socket and runs the whole requests in them. Answers the length of
    /// the replies; the control block says how to go on.
    pub fn feed(&mut self, session: u32, length: usize) -> usize {
        self.clear_output();
        let at = session as usize;
        if self.lines.len() <= at {
            self.lines.resize_with(at + 1, || None);
        }
        let line = self.lines[at].get_or_insert_with(|| Line::new(session));
        line.feed(self.input.get(..length).unwrap_or_default());
        let whole = line.run(&mut self.core, &mut self.output, FULL);
        self.control.state = match (whole, line.closing) {
            (_, true) => CLOSING,
            (true, false) => GOES_ON,
            (false, false) => MORE,
        };
        self.publish();
        self.output.len()
    }

    /// Does what is due by the clock, and looks at it, as is wanted after a rest.
    pub fn tick(&mut self) {
        self.core.tick();
    }

    /// Answers when `tick` has something to do, in ms since 1970; infinite if never.
    pub fn wake(&self) -> f64 {
        self.core.next_wake().map_or(f64::INFINITY, |at| at as f64)
    }

    fn clear_output(&mut self) {
        self.output.clear();
        if self.output.capacity() > LARGE {
            self.output.shrink_to(ROOM);
        }
    }

    /// Writes down where the buffers stand, for JavaScript to read.
    fn publish(&mut self) {
        self.control.input = self.input.as_ptr().addr();
        self.control.capacity = self.input.len();
        self.control.output = self.output.as_ptr().addr();
    }
}

/// For clients whose sockets another thread has: `engine::exchange` says what their frames are.
#[cfg(feature = "full")]
#[wasm_bindgen]
impl Engine {
    /// Says who carries frames while a script keeps the engine: `carry` is given those that are to go and answers those
    /// that have come, or undefined. `exit` ends the process, for SHUTDOWN.
    pub fn serve(&mut self, carry: js_sys::Function, exit: js_sys::Function) {
        self.exchange = Some(Exchange::new(&mut self.core, Box::new(Carrier(carry))));
        self.exit.replace(Some(exit));
    }

    /// Takes in the frames that stand in the input buffer.
    pub fn take_in(&mut self, length: usize) {
        if let Some(exchange) = &self.exchange {
            exchange.take_in(self.input.get(..length).unwrap_or_default(), &mut self.core);
        }
    }

    /// Takes the frames that are to go into the output buffer and answers their length.
    pub fn take_out(&mut self) -> usize {
        self.clear_output();
        if let Some(exchange) = &self.exchange {
            self.output = exchange.take_out(&mut self.core);
        }
        self.publish();
        self.output.len()
    }
}

#[cfg(feature = "full")]
struct Carrier(js_sys::Function);

#[cfg(feature = "full")]
impl Porter for Carrier {
    fn carry(&self, frames: &[u8]) -> Option<Vec<u8>> {
        let frames = js_sys::Uint8Array::from(frames);
        let come = self.0.call1(&JsValue::NULL, &frames).ok()?;
        come.dyn_into::<js_sys::Uint8Array>().ok().map(|frames| frames.to_vec())
    }
}

/// Writes a reply to the output buffer, save what the answer itself can hold.
#[inline(always)]
fn tell(output: &mut Vec<u8>, outcome: &Result<Reply, Error>, protocol: Protocol) -> i32 {
    let text = match outcome {
        Ok(Reply::Int(value)) if (-(1 << 28)..1 << 28).contains(value) => {
            return (*value as i32) << 3 | Answer::Int as i32;
        }
        Ok(Reply::Null | Reply::NullArray) => return Answer::Null as i32,
        Ok(Reply::Bulk(bytes)) if bytes.len() < 1 << 28 => &bytes[..],
        Ok(Reply::Status(text)) if text[..] == *b"OK" => return Answer::Ok as i32,
        Ok(Reply::Status(text)) => text,
        Ok(reply) => return tell_more(output, reply, protocol),
        Err(error) => return tell_more(output, &Reply::Error(error.clone()), protocol),
    };
    let kind = if words::append_telling(output, text) { Answer::Ascii } else { Answer::Bytes };
    (text.len() as i32) << 3 | kind as i32
}

/// Does what `tell` does, where it need not be quick.
#[inline(never)]
fn tell_reply(output: &mut Vec<u8>, reply: Reply, protocol: Protocol) -> i32 {
    tell(output, &Ok(reply), protocol)
}

/// Writes a reply that takes words.
#[inline(never)]
fn tell_more(output: &mut Vec<u8>, reply: &Reply, protocol: Protocol) -> i32 {
    match reply {
        Reply::Sequence(replies) if replies.is_empty() => return Answer::Nothing as i32,
        // Confirmations of SUBSCRIBE, one a channel: one array of arrays.
        Reply::Sequence(replies) => words::encode(output, &Reply::Array(replies.clone()), Protocol::Resp2),
        reply => words::encode(output, reply, protocol),
    }
    Answer::Words as i32
}

/// Gives the name and the `count` arguments written in `input` to `run`; nothing if they are not whole.
fn argv<T>(input: &[u8], name: Option<&[u8]>, count: usize, run: impl FnOnce(&[&[u8]]) -> T) -> Option<T> {
    let (lengths, mut rest) = input.split_at_checked(count.checked_mul(4)?)?;
    let (lengths, _) = lengths.as_chunks::<4>();
    let mut next = |length: &[u8; 4]| {
        let length = u32::from_le_bytes(*length) as usize;
        let (arg, _) = rest.split_at_checked(length)?;
        rest = rest.get(length.next_multiple_of(4)..)?;
        Some(arg)
    };
    let (named, total) = (usize::from(name.is_some()), count + usize::from(name.is_some()));
    // Short commands, which most are, get along without an allocation.
    let mut few: [&[u8]; 8] = [b""; 8];
    let mut many: Vec<&[u8]>;
    let argv = match few.get_mut(..total) {
        Some(few) => few,
        None => {
            many = vec![b""; total];
            &mut many[..]
        }
    };
    if let (Some(first), Some(name)) = (argv.first_mut(), name) {
        *first = name;
    }
    for (slot, length) in argv.iter_mut().skip(named).zip(lengths) {
        *slot = next(length)?;
    }
    Some(run(argv))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = now)]
    fn date_now() -> f64;
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]);
    type SharedArrayBuffer;
    #[wasm_bindgen(constructor, catch)]
    fn new(length: u32) -> Result<SharedArrayBuffer, JsValue>;
    #[wasm_bindgen(js_namespace = Atomics, js_name = wait, catch)]
    fn atomics_wait(array: &js_sys::Int32Array, index: u32, value: i32, ms: f64) -> Result<JsValue, JsValue>;
}

/// What JavaScript wants to be called when something is up.
type Bell = Rc<RefCell<Option<js_sys::Function>>>;

/// The world as JavaScript shows it.
struct Script {
    /// There is something for sessions to hear.
    bell: Bell,
    /// The process is to end.
    exit: Bell,
    /// Random bytes not handed out yet: crossing over for each number would be slow.
    random: Vec<u8>,
    /// Who hears the log: called with a level and a line.
    log: js_sys::Function,
}

impl Host for Script {
    fn now_ms(&self) -> i64 {
        date_now() as i64
    }

    fn monotonic_us(&mut self) -> u64 {
        (performance_now() * 1000.0) as u64
    }

    fn random(&mut self) -> u64 {
        if self.random.is_empty() {
            self.random.resize(512, 0);
            get_random_values(&mut self.random);
        }
        let rest = self.random.len().saturating_sub(8);
        let number =
            self.random.get(rest..).and_then(<[u8]>::first_chunk).map_or(0, |bytes| u64::from_le_bytes(*bytes));
        self.random.truncate(rest);
        number
    }

    fn ring(&mut self) {
        if let Some(ring) = self.bell.borrow().as_ref() {
            let _ = ring.call0(&JsValue::NULL);
        }
    }

    fn shut_down(&mut self) {
        if let Some(exit) = self.exit.borrow().as_ref() {
            let _ = exit.call0(&JsValue::NULL);
        }
    }

    /// Waits for what never comes: Node and workers of the web allow it, a page does not.
    fn sleep(&mut self, ms: u64) -> bool {
        let Ok(buffer) = SharedArrayBuffer::new(4) else { return false };
        atomics_wait(&js_sys::Int32Array::new(&buffer), 0, 0, ms as f64).is_ok()
    }

    fn log(&mut self, level: u8, line: &[u8]) {
        const LEVELS: [&str; 4] = ["debug", "verbose", "notice", "warning"];
        let level = LEVELS[usize::from(level).min(3)];
        // What a listener throws is no business of the script.
        let _ = self.log.call2(&JsValue::NULL, &level.into(), &(&*String::from_utf8_lossy(line)).into());
    }
}
