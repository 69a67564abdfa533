//! A real Redis: one that the tests start themselves, or the one that REDIS_URL names.

use super::resp::{self, Value};
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server to connect to. One that was started here ends with this value.
pub enum Oracle {
    Own { process: Child, directory: PathBuf },
    Given { address: String },
}

impl Oracle {
    /// Starts a redis-server without persistence on a Unix socket in a directory of its own.
    pub fn start(name: &str) -> Oracle {
        let directory = std::env::temp_dir().join(format!("redmoon-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&directory).expect("a temporary directory");
        let process = Command::new("redis-server")
            .args(["--port", "0", "--unixsocket", "socket", "--save", "", "--appendonly", "no"])
            .args(["--daemonize", "no", "--enable-debug-command", "yes"])
            .current_dir(&directory)
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server is needed for this test: install it, or set REDIS_URL");
        let oracle = Oracle::Own { process, directory };
        let begin = Instant::now();
        while oracle.try_connect().is_none() {
            assert!(begin.elapsed() < Duration::from_secs(20), "redis-server does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
        oracle
    }

    /// Takes the server that `redis://host:port` names.
    pub fn given(url: &str) -> Oracle {
        let address = url.trim_start_matches("redis://").trim_end_matches('/').to_string();
        Oracle::Given { address }
    }

    /// Takes the server of REDIS_URL, or starts one.
    pub fn from_environment(name: &str) -> Oracle {
        std::env::var("REDIS_URL").map_or_else(|_| Oracle::start(name), |url| Oracle::given(&url))
    }

    fn try_connect(&self) -> Option<Client> {
        let stream: Box<dyn Stream> = match self {
            Oracle::Own { directory, .. } => Box::new(UnixStream::connect(directory.join("socket")).ok()?),
            Oracle::Given { address } => {
                let stream = TcpStream::connect(address).ok()?;
                stream.set_nodelay(true).ok()?;
                Box::new(stream)
            }
        };
        Some(Client { stream, input: Vec::new(), at: 0 })
    }

    /// Opens a connection.
    pub fn connect(&self) -> Client {
        self.try_connect().expect("a connection to redis-server")
    }

    /// Asks the server for its version as numbers, to be compared with others.
    pub fn version(&self) -> Vec<u32> {
        let Value::Bulk(info) = self.connect().call(&["INFO", "server"]) else { panic!("INFO failed") };
        let info = String::from_utf8_lossy(&info).into_owned();
        let line = info.lines().find_map(|line| line.strip_prefix("redis_version:")).expect("a version");
        version(line)
    }
}

/// Reads `7.0.15` as numbers.
pub fn version(text: &str) -> Vec<u32> {
    text.trim().split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

impl Drop for Oracle {
    fn drop(&mut self) {
        if let Oracle::Own { process, directory } = self {
            let _ = process.kill();
            let _ = process.wait();
            let _ = std::fs::remove_dir_all(directory);
        }
    }
}

/// The longest that a reply is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

trait Stream: Read + Write {
    fn set_timeout(&self, timeout: Option<Duration>);
}

impl Stream for UnixStream {
    fn set_timeout(&self, timeout: Option<Duration>) {
        self.set_read_timeout(timeout).expect("a timeout above zero");
    }
}

impl Stream for TcpStream {
    fn set_timeout(&self, timeout: Option<Duration>) {
        self.set_read_timeout(timeout).expect("a timeout above zero");
    }
}

/// A connection.
pub struct Client {
    stream: Box<dyn Stream>,
    input: Vec<u8>,
    at: usize,
}

impl Client {
    /// Sends one command and reads one reply.
    pub fn call(&mut self, argv: &[impl AsRef<[u8]>]) -> Value {
        self.send(argv);
        self.receive()
    }

    /// Sends one command.
    pub fn send(&mut self, argv: &[impl AsRef<[u8]>]) {
        let mut out = Vec::new();
        resp::write(&mut out, argv);
        self.stream.write_all(&out).expect("redis-server takes the command");
    }

    /// Sends many commands at once and reads their replies.
    pub fn pipeline(&mut self, calls: &[Vec<Vec<u8>>]) -> VecDeque<Value> {
        let mut out = Vec::new();
        for argv in calls {
            resp::write(&mut out, argv);
        }
        self.stream.write_all(&out).expect("redis-server takes the commands");
        calls.iter().map(|argv| self.receive_for(argv)).collect()
    }

    /// Sends many commands at once and reads their replies but the last one's, which may not come.
    pub fn pipeline_but_last(&mut self, calls: &[Vec<Vec<u8>>]) -> VecDeque<Value> {
        let mut out = Vec::new();
        for argv in calls {
            resp::write(&mut out, argv);
        }
        self.stream.write_all(&out).expect("redis-server takes the commands");
        calls
            .split_last()
            .map_or(VecDeque::new(), |(_, calls)| calls.iter().map(|argv| self.receive_for(argv)).collect())
    }

    /// Reads the reply to a command, for which there is a time.
    fn receive_for(&mut self, argv: &[Vec<u8>]) -> Value {
        self.receive_within(PATIENCE).unwrap_or_else(|| {
            let words: Vec<String> = argv.iter().map(|word| word.escape_ascii().to_string()).collect();
            panic!("redis-server has not answered within {PATIENCE:?}:\n> {}", words.join(" "))
        })
    }

    /// Sends many commands at once and answers the bytes of each reply.
    pub fn pipeline_bytes(&mut self, calls: &[Vec<Vec<u8>>]) -> Vec<Vec<u8>> {
        let mut out = Vec::new();
        for argv in calls {
            resp::write(&mut out, argv);
        }
        self.stream.write_all(&out).expect("redis-server takes the commands");
        self.stream.set_timeout(None);
        let mut receive = || self.try_receive_with(|_, bytes| bytes.to_vec()).expect("redis-server answers");
        calls.iter().map(|_| receive()).collect()
    }

    /// Reads one reply.
    pub fn receive(&mut self) -> Value {
        self.stream.set_timeout(None);
        self.try_receive().expect("redis-server answers")
    }

    /// Reads one reply or push, or answers `None` if none comes in time.
    pub fn receive_within(&mut self, timeout: Duration) -> Option<Value> {
        self.stream.set_timeout(Some(timeout));
        self.try_receive().ok()
    }

    fn try_receive(&mut self) -> std::io::Result<Value> {
        self.try_receive_with(|value, _| value)
    }

    /// Reads one reply and makes something of it and its bytes.
    fn try_receive_with<T>(&mut self, make: impl FnOnce(Value, &[u8]) -> T) -> std::io::Result<T> {
        loop {
            if let Some((value, length)) = resp::read(&self.input[self.at..]) {
                let made = make(value, &self.input[self.at..self.at + length]);
                self.at += length;
                if self.at == self.input.len() {
                    self.input.clear();
                    self.at = 0;
                }
                return Ok(made);
            }
            let mut chunk = [0; 1 << 16];
            let count = self.stream.read(&mut chunk)?;
            assert!(count > 0, "redis-server closed the connection");
            self.input.extend_from_slice(&chunk[..count]);
        }
    }
}
