//! `redmoon-server`: the engine behind RESP over TCP, natively.
//!
//! One thread and one poll. Each client has one turn at a time: a chunk read, the requests in it run, the replies
//! written. A client that does not take its replies is not read from, so it can fill no memory but its own.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use redmoon::dispatch::Host;
use redmoon::engine::{Engine, Options, SessionId};
use redmoon::protocol::request::Parser;
use redmoon::structures::memory::Counting;
use redmoon::protocol::resp::{Protocol, encode};
use redmoon::protocol::{Error, Reply};

/// What `maxmemory` is held against.
#[global_allocator]
static MEMORY: Counting = Counting;

const HELP: &str = "redmoon-server: an in-memory Redis with Lua, over RESP

Usage: redmoon-server [--port N] [--host ADDRESS]

  --port N         port to listen on; 0 takes a free one (default 6379)
  --host ADDRESS   address to listen on (default 127.0.0.1)
  --help           this
  --version        the version";

/// Bytes read from a client in one turn.
const CHUNK: usize = 64 * 1024;
/// Bytes of replies that end a client's turn until they are sent.
const FULL: usize = 256 * 1024;
/// Bytes of one unfinished request after which a client is let go (`client-query-buffer-limit`).
const MAX_REQUEST: usize = 1024 * 1024 * 1024;

/// Bytes of pushes that a client may leave unread before it is let go, as `client-output-buffer-limit pubsub` has it.
const MAX_UNREAD: usize = 32 * 1024 * 1024;

const LISTENER: Token = Token(usize::MAX);

fn main() -> ExitCode {
    let address = match parse_arguments(std::env::args().skip(1)) {
        Ok(Ask::Serve(address)) => address,
        Ok(Ask::Print(text)) => {
            println!("{text}");
            return ExitCode::SUCCESS;
        }
        Err(complaint) => {
            eprintln!("redmoon-server: {complaint}; --help says more");
            return ExitCode::from(2);
        }
    };
    match Server::bind(address).and_then(|mut server| server.run()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("redmoon-server: {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

enum Ask {
    Serve(SocketAddr),
    Print(&'static str),
}

fn parse_arguments(mut args: impl Iterator<Item = String>) -> Result<Ask, String> {
    let (mut host, mut port) = ("127.0.0.1".to_string(), 6379);
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
            other => return Err(format!("there is no option {other}")),
        }
    }
    let ip = if host == "localhost" { "127.0.0.1" } else { &host };
    let ip = ip.parse().map_err(|_| format!("{host} is no address"))?;
    Ok(Ask::Serve(SocketAddr::new(ip, port)))
}

struct Client {
    stream: TcpStream,
    session: SessionId,
    parser: Parser,
    /// Replies, of which `sent` bytes are gone.
    replies: Vec<u8>,
    sent: usize,
    /// The socket may have bytes that were not read.
    readable: bool,
    /// The client is to be let go once it has its replies.
    closing: bool,
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
    poll: Poll,
    listener: TcpListener,
    clients: Vec<Option<Client>>,
    /// Where the client of each session stands.
    by_session: Vec<usize>,
    turns: VecDeque<usize>,
}

impl Server {
    fn bind(address: SocketAddr) -> io::Result<Server> {
        let poll = Poll::new()?;
        let mut listener = TcpListener::bind(address)?;
        poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
        say(&format!("redmoon-server: listening on {}", listener.local_addr()?));
        let engine = Engine::new(Box::new(Machine::new()), Options::default());
        Ok(Server { engine, poll, listener, clients: Vec::new(), by_session: Vec::new(), turns: VecDeque::new() })
    }

    fn run(&mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(1024);
        loop {
            let timeout = if self.turns.is_empty() { self.until_wake() } else { Some(Duration::ZERO) };
            match self.poll.poll(&mut events, timeout) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other?,
            }
            self.engine.tick();
            for event in &events {
                match event.token() {
                    LISTENER => self.accept(),
                    Token(at) => self.wake(at, event.is_readable() || event.is_read_closed() || event.is_error()),
                }
            }
            // Those who queue anew in this round wait until the sockets were asked again.
            for _ in 0..self.turns.len() {
                let Some(at) = self.turns.pop_front() else { break };
                self.turn(at);
            }
            for session in self.engine.take_killed() {
                self.wake(self.by_session[session as usize], false);
            }
            while let Some(session) = self.engine.next_heard() {
                self.hear(session);
            }
        }
    }

    /// Takes what a session has heard to its client.
    fn hear(&mut self, session: SessionId) {
        let at = self.by_session[session as usize];
        if let Some(client) = self.clients.get_mut(at).and_then(Option::as_mut) {
            self.engine.hear(session, &mut client.replies);
            if client.replies.len() - client.sent > MAX_UNREAD {
                client.replies.truncate(client.sent);
                client.closing = true;
            }
        }
        self.wake(at, false);
    }

    fn until_wake(&self) -> Option<Duration> {
        let wake = self.engine.next_wake()?;
        Some(Duration::from_millis(wake.saturating_sub(unix_ms()).max(0) as u64))
    }

    fn accept(&mut self) {
        // An error is either that nobody waits or that this one cannot be had; the next event tries again.
        while let Ok((mut stream, from)) = self.listener.accept() {
            let free = self.clients.iter().position(Option::is_none);
            let at = free.unwrap_or_else(|| {
                self.clients.push(None);
                self.clients.len() - 1
            });
            let interest = Interest::READABLE | Interest::WRITABLE;
            if self.poll.registry().register(&mut stream, Token(at), interest).is_err() {
                continue;
            }
            let _ = stream.set_nodelay(true);
            let session = self.engine.open();
            let to = stream.local_addr().map_or(String::new(), |to| to.to_string());
            if self.by_session.len() <= session as usize {
                self.by_session.resize(session as usize + 1, 0);
            }
            self.by_session[session as usize] = at;
            self.engine.set_addresses(session, &from.to_string(), &to);
            self.clients[at] = Some(Client {
                stream,
                session,
                parser: Parser::new(),
                replies: Vec::new(),
                sent: 0,
                readable: false,
                closing: false,
                queued: false,
            });
        }
    }

    fn wake(&mut self, at: usize, readable: bool) {
        if let Some(client) = self.clients.get_mut(at).and_then(Option::as_mut) {
            client.readable |= readable;
            if !std::mem::replace(&mut client.queued, true) {
                self.turns.push_back(at);
            }
        }
    }

    fn turn(&mut self, at: usize) {
        let Some(client) = self.clients.get_mut(at).and_then(Option::as_mut) else { return };
        client.queued = false;
        match client.turn(&mut self.engine) {
            Ok(Turn::Again) => self.wake(at, false),
            Ok(Turn::Wait) => {}
            Ok(Turn::Over) | Err(_) => {
                if let Some(mut client) = self.clients[at].take() {
                    let _ = self.poll.registry().deregister(&mut client.stream);
                    self.engine.close(client.session);
                }
            }
        }
    }
}

impl Client {
    fn turn(&mut self, engine: &mut Engine) -> io::Result<Turn> {
        self.closing |= !engine.is_open(self.session);
        if !self.flush()? {
            return Ok(Turn::Wait);
        }
        if self.closing {
            return Ok(Turn::Over);
        }
        let whole = self.run(engine);
        if whole && !self.closing && self.readable && !self.read()? {
            self.closing = true;
        }
        let whole = whole && self.run(engine);
        let sent = self.flush()?;
        Ok(match (sent, self.closing) {
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
                self.parser.feed(&chunk[..length]);
                Ok(self.parser.pending() <= MAX_REQUEST)
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                self.readable = false;
                Ok(true)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Runs the whole requests that were read; false if some are left for the next turn.
    fn run(&mut self, engine: &mut Engine) -> bool {
        while !self.closing && !engine.is_parked(self.session) {
            if self.replies.len() >= FULL {
                return false;
            }
            match self.parser.advance() {
                Ok(false) => break,
                Ok(true) => {
                    let argv: Vec<&[u8]> = self.parser.args().collect();
                    engine.hear(self.session, &mut self.replies);
                    engine.call(self.session, &argv, &mut self.replies);
                    engine.hear(self.session, &mut self.replies);
                    self.closing = !engine.is_open(self.session);
                }
                Err(malformed) => {
                    let error = Reply::Error(Error::own(malformed.to_string()));
                    encode(&mut self.replies, &error, Protocol::Resp2);
                    self.closing = true;
                }
            }
        }
        true
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
