//! `redmoon-server` over real sockets: what clients may do to it and to each other.
#![cfg(feature = "server")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_redmoon-server"))
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut line).expect("it says where it listens");
        let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        Server { child, port }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout");
        stream
    }

    /// Sends bytes and gives all that comes back until the server closes.
    fn exchange(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).expect("the bytes go");
        let mut text = Vec::new();
        stream.read_to_end(&mut text).expect("the server closes");
        String::from_utf8_lossy(&text).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn expect(stream: &mut TcpStream, reply: &str) {
    let mut bytes = vec![0; reply.len()];
    stream.read_exact(&mut bytes).expect("a reply");
    assert_eq!(String::from_utf8_lossy(&bytes), reply);
}

#[test]
fn requests_come_whole_in_pieces_and_in_plain_lines() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all(b"PING\r\n*1\r\n$4\r\nPING\r\nECHO 'a b'\n").expect("the bytes go");
    expect(&mut stream, "+PONG\r\n+PONG\r\n$3\r\na b\r\n");
    stream.set_nodelay(true).expect("no delay");
    for byte in b"*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n" {
        stream.write_all(&[*byte]).expect("a byte goes");
    }
    expect(&mut stream, "$2\r\nhi\r\n");
    stream.shutdown(Shutdown::Write).expect("the end of what we send");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("the server closes too");
    assert!(rest.is_empty());
}

#[test]
fn a_client_that_is_killed_is_let_go() {
    let server = Server::start();
    let (mut first, mut second) = (server.connect(), server.connect());
    let address = second.local_addr().expect("an address").to_string();
    second.write_all(b"CLIENT SETNAME second\r\n").expect("the bytes go");
    expect(&mut second, "+OK\r\n");
    first.write_all(format!("CLIENT KILL {address}\r\n").as_bytes()).expect("the bytes go");
    expect(&mut first, "+OK\r\n");
    let mut rest = Vec::new();
    second.read_to_end(&mut rest).expect("the server closes");
    assert!(rest.is_empty());
    first.write_all(format!("CLIENT KILL ADDR {address}\r\n").as_bytes()).expect("the bytes go");
    expect(&mut first, ":0\r\n");
}

#[test]
fn hostile_bytes_get_redis_s_error_and_the_end() {
    let server = Server::start();
    for (bytes, sentence) in [
        (&b"*1\r\n:4\r\n"[..], "expected '$', got ':'"),
        (b"*x\r\n", "invalid multibulk length"),
        (b"*1\r\n$99999999999\r\n", "invalid bulk length"),
        (b"PING \"\r\n", "unbalanced quotes in request"),
        (&[0xff; 70_000], "too big inline request"),
    ] {
        assert_eq!(server.exchange(bytes), format!("-ERR Protocol error: {sentence}\r\n"));
    }
    assert_eq!(server.exchange(b"QUIT\r\nPING\r\n"), "+OK\r\n");
}

#[test]
fn a_client_that_does_not_read_holds_up_nobody() {
    let server = Server::start();
    let value = "x".repeat(1_000_000);
    let mut slow = server.connect();
    slow.write_all(format!("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000000\r\n{value}\r\n").as_bytes())
        .expect("the value goes");
    expect(&mut slow, "+OK\r\n");
    slow.write_all("GET k\r\n".repeat(100).as_bytes()).expect("the requests go");
    let started = Instant::now();
    let mut other = server.connect();
    for n in 1..=20 {
        other.write_all(b"INCR n\r\n").expect("a request goes");
        expect(&mut other, &format!(":{n}\r\n"));
    }
    assert!(started.elapsed() < Duration::from_secs(5));
    let reply = format!("$1000000\r\n{value}\r\n");
    for _ in 0..100 {
        expect(&mut slow, &reply);
    }
}

#[test]
fn clients_that_vanish_leave_the_others_alone() {
    let server = Server::start();
    for _ in 0..50 {
        let mut gone = server.connect();
        gone.write_all(b"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1000\r\nabc").expect("half a request goes");
    }
    let mut clients: Vec<TcpStream> = (0..50).map(|_| server.connect()).collect();
    for client in &mut clients {
        client.write_all(b"EXISTS k\r\n").expect("a request goes");
    }
    for client in &mut clients {
        expect(client, ":0\r\n");
    }
}

#[test]
fn the_command_line_says_what_it_takes() {
    let run = |args: &[&str]| Command::new(env!("CARGO_BIN_EXE_redmoon-server")).args(args).output().expect("it runs");
    let help = run(&["--help"]);
    assert!(help.status.success() && String::from_utf8_lossy(&help.stdout).contains("--port N"));
    for args in [&["--nope"][..], &["--port"], &["--port", "70000"], &["--host", "nowhere"]] {
        let refused = run(args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("--help says more"));
    }
}

/// Sends a command until its reply begins as it should.
fn poll(stream: &mut TcpStream, command: &str, begins: &str) -> String {
    let begun = Instant::now();
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    loop {
        stream.write_all(format!("{command}\r\n").as_bytes()).expect("the bytes go");
        let mut line = String::new();
        reader.read_line(&mut line).expect("a reply");
        if line.starts_with(begins) {
            return line;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{command} answers {line}");
    }
}

#[test]
fn a_script_that_runs_for_long_can_be_killed() {
    let server = Server::start();
    let (mut busy, mut early) = (server.connect(), server.connect());
    busy.write_all(b"CONFIG SET busy-reply-threshold 20\r\n").expect("the bytes go");
    expect(&mut busy, "+OK\r\n");
    busy.write_all(b"EVAL 'while true do pcall(function() while true do end end) end' 0\r\nPING\r\n")
        .expect("the bytes go");
    let refusal = poll(&mut early, "PING", "-BUSY");
    assert_eq!(refusal, "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.\r\n");
    // Whoever comes only now is served too, and may prepare a transaction but not more.
    let mut late = server.connect();
    late.write_all(b"FUNCTION KILL\r\nFUNCTION STATS\r\nMULTI\r\nGET x\r\nDISCARD\r\n").expect("the bytes go");
    expect(&mut late, &format!("{refusal}{refusal}+OK\r\n{refusal}+OK\r\n"));
    // A transaction that is to be run now is over, whatever was queued.
    late.write_all(b"MULTI\r\nEXEC\r\nDISCARD\r\n").expect("the bytes go");
    let reason = &refusal[1..];
    let aborted = format!("-EXECABORT Transaction discarded because of: {reason}");
    expect(&mut late, &format!("+OK\r\n{aborted}-ERR DISCARD without MULTI\r\n"));
    late.write_all(b"SCRIPT KILL\r\n").expect("the bytes go");
    expect(&mut late, "+OK\r\n");
    let digest = "3d7b0cfd4124d0a72b8a39e531e7c806bc453d3e";
    let place = format!("script: {digest}, on @user_script:1.");
    expect(&mut busy, &format!("-ERR Script killed by user with SCRIPT KILL... {place}\r\n+PONG\r\n"));
    late.write_all(b"SCRIPT KILL\r\n").expect("the bytes go");
    expect(&mut late, "-NOTBUSY No scripts in execution right now.\r\n");
}

#[test]
fn a_function_is_killed_by_its_own_command_and_not_once_it_has_written() {
    let server = Server::start();
    let (mut busy, mut other) = (server.connect(), server.connect());
    let code = "#!lua name=lib\\nredis.register_function('spin', function(keys) if keys[1] then redis.call('SET', keys[1], 1) \
                end local n = 0 while n < 2e7 or not keys[1] do n = n + 1 end return n end)";
    busy.write_all(format!("CONFIG SET busy-reply-threshold 20\r\nFUNCTION LOAD \"{code}\"\r\n").as_bytes())
        .expect("it goes");
    expect(&mut busy, "+OK\r\n$3\r\nlib\r\n");
    busy.write_all(b"FCALL spin 0\r\n").expect("the bytes go");
    let refusal = poll(&mut other, "SCRIPT KILL", "-BUSY");
    assert_eq!(
        refusal,
        "-BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.\r\n"
    );
    other.write_all(b"FUNCTION STATS\r\n").expect("the bytes go");
    expect(
        &mut other,
        "*4\r\n$14\r\nrunning_script\r\n*6\r\n$4\r\nname\r\n$4\r\nspin\r\n$7\r\ncommand\r\n*3\r\n$5\r\nFCALL\r\n$4\r\nspin\r\n$1\r\n0\r\n$11\r\n\
         duration_ms\r\n:",
    );
    let mut rest = BufReader::new(other.try_clone().expect("a second handle"));
    for begins in
        ["", "$7", "engines", "*2", "$3", "LUA", "*4", "$15", "libraries_count", ":1", "$15", "functions_count", ":1"]
    {
        let mut line = String::new();
        rest.read_line(&mut line).expect("a line");
        assert!(line.starts_with(begins), "{line} does not begin with {begins}");
    }
    other.write_all(b"FUNCTION KILL\r\n").expect("the bytes go");
    expect(&mut other, "+OK\r\n");
    expect(&mut busy, "-ERR Script killed by user with SCRIPT KILL... script: spin, on @user_function:2.\r\n");
    busy.write_all(b"FCALL spin 1 k\r\n").expect("the bytes go");
    poll(&mut other, "FUNCTION KILL", "-UNKILLABLE");
    expect(&mut busy, ":20000000\r\n");
    other.write_all(b"GET k\r\n").expect("the bytes go");
    expect(&mut other, "$1\r\n1\r\n");
}
