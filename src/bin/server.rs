//! `redmoon-server`: the engine behind RESP over TCP, natively.
//!
//! One thread and one poll. Each client has one turn at a time: a chunk read, the requests in it run, the replies
//! written. A client that does not take its replies is not read from, so it can fill no memory but its own.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Registry, Token};
use redmoon::dispatch::Host;
use redmoon::dispatch::busy::{Attendant, Desk};
use redmoon::dispatch::config::Parameter;
use redmoon::engine::line::{Counter, Line};
use redmoon::engine::{Engine, Options, SessionId};
use redmoon::structures::memory::Counting;

/// What `maxmemory` is held against.
#[global_allocator]
static MEMORY: Counting = Counting;

const HELP: &str = "redmoon-server: an in-memory Redis with Lua, over RESP

Usage: redmoon-server [--port N] [--host ADDRESS] [--PARAMETER VALUE]...

  --port N         port to listen on; 0 takes a free one (default 6379)
  --host ADDRESS   address to listen on (default 127.0.0.1)
  --PARAMETER ...  any parameter of CONFIG SET, and `--cluster-enabled yes`
  --help           this
  --version        the version";

/// Bytes read from a client in one turn.
const CHUNK: usize = 64 * 1024;
/// Bytes of replies that end a client's turn until they are sent.
const FULL: usize = 256 * 1024;
/// Bytes of pushes that a client may leave unread before it is let go, as `client-output-buffer-limit pubsub` has it.
const MAX_UNREAD: usize = 32 * 1024 * 1024;

const LISTENER: Token = Token(usize::MAX);

fn main() -> ExitCode {
    let (address, parameters) = match parse_arguments(std::env::args().skip(1)) {
        Ok(Ask::Serve(address, parameters)) => (address, parameters),
        Ok(Ask::Print(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(complaint) => {
            eprintln!("redmoon-server: {complaint}; --help says more");
            return ExitCode::from(2);
        }
    };
    match Server::bind(address, &parameters).and_then(|mut server| server.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("redmoon-server: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

enum Ask {
    /// With parameters and their values.
    Serve(SocketAddr, Vec<(String, String)>),
    Print(&'static str),
}

fn parse_arguments(mut args: impl Iterator<Item = String>) -> Result<Ask, String> {
    let (mut host, mut port) = ("127.0.0.1".to_string(), 6379);
    let mut parameters = Vec::new();
    while let Some(arg) = args.next() {
        let (name, joined) = match arg.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (arg.as_str(), None),
        };
        let mut value = || joined.clone().or_else(|| args.next()).ok_or(format!("{name} needs a value"));
        match name {
            "--help" | "-h" => return Ok(Ask::Print(HELP)),
            "--version" | "-v" => return Ok(Ask::Print(env!("CARGO_PKG_VERSION"))),
            "--host" | "--bind" => host = value()?,
            "--port" | "-p" => {
                let given = value()?;
                port = given.parse().map_err(|_| format!("{given} is no port"))?;
            }
            other => match other.strip_prefix("--").filter(|name| Parameter::find(name.as_bytes()).is_some()) {
                Some(parameter) => parameters.push((parameter.to_string(), value()?)),
                None => return Err(format!("there is no option {other}")),
            },
        }
    }
    let ip = if host == "localhost" { "127.0.0.1" } else { &host };
    let ip = ip.parse().map_err(|_| format!("{host} is no address"))?;
    Ok(Ask::Serve(SocketAddr::new(ip, port), parameters))
}

struct Client {
    stream: TcpStream,
    line: Line,
    /// Replies, of which `sent` bytes are gone.
    replies: Vec<u8>,
    sent: usize,
    /// The socket may have bytes that were not read.
    readable: bool,
    /// Stands in the queue for a turn.
    queued: bool,
}

/// How a turn ended.
enum Turn {
    /// There may be more to do at once.
    Again,
    /// Nothing to do until the socket says so.
    Wait,
    /// The client is gone.
    Over,
}

struct Server {
    engine: Engine,
    net: Rc<Net>,
}

/// The sockets, which have to be looked after while a script keeps the engine too.
struct Net {
    poll: RefCell<Poll>,
    sockets: RefCell<Sockets>,
}

struct Sockets {
    registry: Registry,
    listener: TcpListener,
    /// The clients; the one whose turn it is has left its place.
    clients: Vec<Option<Client>>,
    /// The places that are free.
    free: Vec<usize>,
    /// Where the client of each session stands.
    by_session: Vec<usize>,
    turns: VecDeque<usize>,
    /// The place of the client whose turn it is, and whether its socket has come to have bytes meanwhile.
    away: Vec<(usize, bool)>,
}

impl Server {
    fn bind(address: SocketAddr, parameters: &[(String, String)]) -> io::Result<Server> {
        let poll = Poll::new()?;
        let mut listener = TcpListener::bind(address)?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        say(&format!("redmoon-server: listening on {}", listener.local_addr()?));
        let mut options = Options::default();
        // Whoever waits for a script here can end it by SCRIPT KILL.
        (options.config.script_time, options.config.script_fuel) = (0, 0);
        let mut engine = Engine::new(Box::new(Machine::new()), options);
        for (name, value) in parameters {
            engine.configure(name, value).map_err(io::Error::other)?;
        }
        let sockets = Sockets {
            registry: poll.registry().try_clone()?,
            listener,
            clients: Vec::new(),
            free: Vec::new(),
            by_session: Vec::new(),
            turns: VecDeque::new(),
            away: Vec::new(),
        };
        let net = Rc::new(Net { poll: RefCell::new(poll), sockets: RefCell::new(sockets) });
        engine.set_attendant(net.clone());
        Ok(Server { engine, net })
    }

    fn run(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        loop {
            let idle = self.net.sockets.borrow().turns.is_empty();
            let timeout = if idle { self.until_wake() } else { Some(Duration::ZERO) };
            let polled = self.net.poll.borrow_mut().poll(&mut events, timeout);
            match polled {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            }
            self.engine.tick();
            self.net.sockets.borrow_mut().take_in(&events, &mut self.engine);
            self.net.give_turns(&mut self.engine);
            let mut sockets = self.net.sockets.borrow_mut();
            for session in self.engine.take_killed() {
                sockets.wake_session(session);
            }
            while let Some(session) = self.engine.next_heard() {
                sockets.hear(session, &mut self.engine);
            }
        }
    }

    fn until_wake(&self) -> Option<Duration> {
        let wake = self.engine.next_wake()?;
        Some(Duration::from_millis(wake.saturating_sub(unix_ms()).max(0) as u64))
    }
}

impl Attendant for Net {
    fn attend(&self, desk: &mut Desk) {
        let mut events = Events::with_capacity(256);
        if self.poll.borrow_mut().poll(&mut events, Some(Duration::ZERO)).is_ok() {
            self.sockets.borrow_mut().take_in(&events, desk);
            self.give_turns(desk);
        }
    }
}

impl Net {
    /// Gives a turn to everybody who has queued. Those who queue anew meanwhile wait until the sockets were asked again.
    fn give_turns(&self, counter: &mut dyn Counter) {
        let count = self.sockets.borrow().turns.len();
        for _ in 0..count {
            let Some(at) = self.sockets.borrow_mut().turns.pop_front() else { break };
            let Some(mut client) = self.sockets.borrow_mut().clients[at].take() else { continue };
            client.queued = false;
            self.sockets.borrow_mut().away.push((at, false));
            // A script may run now, and others be served meanwhile.
            let turn = client.turn(counter);
            let mut sockets = self.sockets.borrow_mut();
            let woken = sockets.away.pop().is_some_and(|(_, woken)| woken);
            let over = matches!(turn, Ok(Turn::Over) | Err(_));
            if over && counter.close(client.line.session) {
                let _ = sockets.registry.deregister(&mut client.stream);
                sockets.free.push(at);
                continue;
            }
            client.line.closing |= over;
            client.readable |= woken;
            sockets.clients[at] = Some(client);
            if over || woken || matches!(turn, Ok(Turn::Again)) {
                sockets.wake(at, false);
            }
        }
    }
}

impl Sockets {
    /// Takes in what the sockets have to say.
    fn take_in(&mut self, events: &Events, counter: &mut dyn Counter) {
        for event in events {
            match event.token() {
                LISTENER => self.accept(counter),
                Token(at) => self.wake(at, event.is_readable() || event.is_read_closed() || event.is_error()),
            }
        }
    }

    /// Takes what a session has heard to its client.
    fn hear(&mut self, session: SessionId, engine: &mut Engine) {
        let at = self.by_session[session as usize];
        if let Some(client) = self.clients.get_mut(at).and_then(Option::as_mut) {
            engine.hear(session, &mut client.replies);
            if client.replies.len() - client.sent > MAX_UNREAD {
                client.replies.truncate(client.sent);
                client.line.closing = true;
            }
        }
        self.wake(at, false);
    }

    fn accept(&mut self, counter: &mut dyn Counter) {
        // An error is either that nobody waits or that this one cannot be had; the next event tries again.
        while let Ok((mut stream, from)) = self.listener.accept() {
            let at = self.free.pop().unwrap_or_else(|| {
                self.clients.push(None);
                self.clients.len() - 1
            });
            let interest = Interest::READABLE | Interest::WRITABLE;
            if self.registry.register(&mut stream, Token(at), interest).is_err() {
                self.free.push(at);
                continue;
            }
            let _ = stream.set_nodelay(true);
            let session = counter.open();
            let to = stream.local_addr().map_or(String::new(), |to| to.to_string());
            if self.by_session.len() <= session as usize {
                self.by_session.resize(session as usize + 1, 0);
            }
            self.by_session[session as usize] = at;
            counter.set_addresses(session, &from.to_string(), &to);
            self.clients[at] = Some(Client {
                stream,
                line: Line::new(session),
                replies: Vec::new(),
                sent: 0,
                readable: false,
                queued: false,
            });
        }
    }

    fn wake_session(&mut self, session: SessionId) {
        self.wake(self.by_session[session as usize], false);
    }

    fn wake(&mut self, at: usize, readable: bool) {
        if let Some(client) = self.clients.get_mut(at).and_then(Option::as_mut) {
            client.readable |= readable;
            if !std::mem::replace(&mut client.queued, true) {
                self.turns.push_back(at);
            }
        } else if let Some((_, woken)) = self.away.iter_mut().find(|(place, _)| *place == at) {
            *woken |= readable;
        }
    }
}

impl Client {
    fn turn(&mut self, counter: &mut dyn Counter) -> io::Result<Turn> {
        self.line.closing |= !counter.is_open(self.line.session);
        if !self.flush()? {
            return Ok(Turn::Wait);
        }
        if self.line.closing {
            return Ok(Turn::Over);
        }
        let whole = self.line.run(counter, &mut self.replies, FULL);
        if whole && !self.line.closing && self.readable && !self.read()? {
            self.line.closing = true;
        }
        let whole = whole && self.line.run(counter, &mut self.replies, FULL);
        let sent = self.flush()?;
        Ok(match (sent, self.line.closing) {
            (true, true) => Turn::Over,
            (true, false) if self.readable || !whole => Turn::Again,
            _ => Turn::Wait,
        })
    }

    /// Reads one chunk; false at the end of the client's bytes.
    fn read(&mut self) -> io::Result<bool> {
        let mut chunk = [0; CHUNK];
        match self.stream.read(&mut chunk) {
            Ok(0) => Ok(false),
            Ok(length) => {
                self.line.feed(&chunk[..length]);
                Ok(!self.line.closing)
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                self.readable = false;
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Writes what the socket takes; false if some is left.
    fn flush(&mut self) -> io::Result<bool> {
        while self.sent < self.replies.len() {
            match self.stream.write(&self.replies[self.sent..]) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(length) => self.sent += length,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.replies.clear();
        self.replies.shrink_to(FULL);
        self.sent = 0;
        Ok(true)
    }
}

/// The world as the operating system shows it.
struct Machine {
    started: Instant,
}

impl Machine {
    fn new() -> Machine {
        Machine { started: Instant::now() }
    }
}

impl Host for Machine {
    fn now_ms(&self) -> i64 {
        unix_ms()
    }

    fn monotonic_us(&mut self) -> u64 {
        self.started.elapsed().as_micros() as u64
    }

    fn random(&mut self) -> u64 {
        getrandom::u64().unwrap_or_else(|_| self.monotonic_us())
    }

    fn sleep(&mut self, ms: u64) -> bool {
        std::thread::sleep(Duration::from_millis(ms));
        true
    }

    fn shut_down(&mut self) {
        std::process::exit(0);
    }

    fn log(&mut self, _level: u8, line: &[u8]) {
        say(&String::from_utf8_lossy(line));
    }
}

/// Prints a line; that nobody reads it is no reason to stop.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

fn unix_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
