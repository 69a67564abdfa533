//! Clients whose sockets another thread has: the order of what they send while a script keeps the engine.

use redmoon::dispatch::Host;
use redmoon::engine::exchange::{Exchange, Porter};
use redmoon::engine::{Engine, Options};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

const OPEN: u32 = 0;
const DATA: u32 = 1;
const TOOK: u32 = 2;
const END: u32 = 3;
const GONE: u32 = 4;

/// A world whose clock runs a millisecond each time it is asked.
struct Fast(u64);

impl Host for Fast {
    fn now_ms(&self) -> i64 {
        1_700_000_000_000
    }

    fn monotonic_us(&mut self) -> u64 {
        self.0 += 1000;
        self.0
    }

    fn random(&mut self) -> u64 {
        7
    }

    fn log(&mut self, _: u8, _: &[u8]) {}
}

/// Brings the batches that were prepared, one each time, and keeps what it is given.
#[derive(Default, Clone)]
struct Van {
    coming: Rc<RefCell<VecDeque<Vec<u8>>>>,
    gone: Rc<RefCell<Vec<u8>>>,
}

impl Porter for Van {
    fn carry(&self, frames: &[u8]) -> Option<Vec<u8>> {
        self.gone.borrow_mut().extend(frames);
        self.coming.borrow_mut().pop_front()
    }
}

struct Rig {
    engine: Engine,
    exchange: Rc<Exchange>,
    van: Van,
}

impl Rig {
    fn new() -> Rig {
        let mut engine = Engine::new(Box::new(Fast(0)), Options::default());
        engine.configure("busy-reply-threshold", "5").expect("a parameter");
        let van = Van::default();
        let exchange = Exchange::new(&mut engine, Box::new(van.clone()));
        Rig { engine, exchange, van }
    }

    /// Brings frames and answers all that went out since the last call, in words.
    fn bring(&mut self, frames: &[Vec<u8>]) -> Vec<String> {
        self.exchange.take_in(&frames.concat(), &mut self.engine);
        while let Some(session) = self.engine.next_heard() {
            assert!(self.exchange.hear(session, &mut self.engine));
        }
        for session in self.engine.take_killed() {
            self.exchange.let_go(session, &mut self.engine);
        }
        let mut out = std::mem::take(&mut *self.van.gone.borrow_mut());
        out.extend(self.exchange.take_out(&mut self.engine));
        told(&out)
    }
}

fn frame(kind: u32, client: u32, bytes: &[u8]) -> Vec<u8> {
    let head = [kind, client, bytes.len() as u32].map(u32::to_le_bytes);
    [head.as_flattened(), bytes].concat()
}

fn open(client: u32) -> Vec<u8> {
    frame(OPEN, client, format!("127.0.0.1:{client}\n127.0.0.1:6379").as_bytes())
}

fn data(client: u32, text: &str) -> Vec<u8> {
    frame(DATA, client, text.as_bytes())
}

fn told(mut frames: &[u8]) -> Vec<String> {
    let mut words = Vec::new();
    while let Some((head, rest)) = frames.split_first_chunk::<12>() {
        let [kind, client, length] = [0, 4, 8].map(|at| u32::from_le_bytes(*head[at..].first_chunk().expect("a word")));
        let (bytes, rest) = rest.split_at(length as usize);
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "|");
        words.push(match kind {
            DATA if text.len() > 100 => format!("{client}: {} bytes", bytes.len()),
            DATA => format!("{client}: {text}"),
            TOOK => format!("{client} took {}", u32::from_le_bytes(*bytes.first_chunk().expect("a number"))),
            END => format!("{client} ends"),
            GONE => format!("{client} goes"),
            _ => panic!("frames of kind {kind} do not go out"),
        });
        frames = rest;
    }
    words
}

#[test]
fn requests_are_answered_and_sessions_end() {
    let mut rig = Rig::new();
    assert_eq!(rig.bring(&[open(7), data(7, "PING\r\nEC"), open(8), data(7, "HO a\r\n")]), ["7: +PONG|", "7: $1|a|"]);
    assert_eq!(rig.bring(&[data(8, "CLIENT KILL ADDR 127.0.0.1:7\r\n")]), ["8: :1|", "7 ends"]);
    assert_eq!(rig.bring(&[data(7, "PING\r\n"), data(8, "QUIT\r\nPING\r\n")]), ["8: +OK|", "8 ends"]);
    assert_eq!(
        rig.bring(&[open(9), data(9, "*x\r\n")]),
        ["9: -ERR Protocol error: invalid multibulk length|", "9 ends"]
    );
    assert_eq!(rig.bring(&[open(10), data(10, "PING\r\n"), frame(END, 10, b"")]), ["10: +PONG|", "10 ends"]);
}

#[test]
fn while_a_script_runs_others_are_served_and_its_own_client_waits() {
    let mut rig = Rig::new();
    let busy = "-BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.|";
    let later = [data(1, "ECHO 3\r\n"), open(3), data(3, "PING\r\n"), frame(END, 3, b"")].concat();
    let end = [data(2, "SCRIPT KILL\r\n"), data(1, "ECHO 4\r\n")].concat();
    rig.van.coming.borrow_mut().extend([later, end]);
    let told = rig.bring(&[
        open(1),
        open(2),
        data(1, "EVAL 'while true do end' 0\r\nECHO 1\r\n"),
        data(1, "ECHO 2\r\n"),
        data(2, "PING\r\n"),
    ]);
    assert_eq!(&told[..4], [format!("2: {busy}"), format!("3: {busy}"), "3 ends".into(), "2: +OK|".into()].as_slice());
    assert!(told[4].starts_with("1: ") && told[4].ends_with("bytes"), "the script's error, and what came with it");
    assert_eq!(&told[5..], ["1: $1|2|", "1: $1|3|", "1: $1|4|"]);
    let lists = [data(2, "INFO clients\r\n"), data(1, "QUIT\r\n")];
    assert!(rig.bring(&lists).len() == 3);
    let info = rig.engine.open();
    let reply = format!("{:?}", rig.engine.execute(info, &[b"INFO", b"clients"]));
    assert!(reply.contains("connected_clients:2"), "the sessions of clients 1 and 3 are closed: {reply}");
}

#[test]
fn replies_that_nobody_takes_hold_up_their_client() {
    let mut rig = Rig::new();
    rig.bring(&[open(1), data(1, "SETRANGE k 99999 x\r\n")]);
    let first = rig.bring(&[data(1, &"GET k\r\n".repeat(10))]);
    assert_eq!(first, ["1: 300033 bytes"]);
    assert!(rig.bring(&[frame(TOOK, 1, &1000u32.to_le_bytes())]).is_empty());
    assert_eq!(rig.bring(&[frame(TOOK, 1, &299_000u32.to_le_bytes())]), ["1: 300033 bytes"]);
    // It sends no more, and gets all that it has asked for first.
    assert!(rig.bring(&[frame(END, 1, b"")]).is_empty());
    assert_eq!(rig.bring(&[frame(TOOK, 1, &300_000u32.to_le_bytes())]), ["1: 300033 bytes"]);
    assert_eq!(rig.bring(&[frame(TOOK, 1, &300_000u32.to_le_bytes())]), ["1: 100011 bytes", "1 ends"]);
}

#[test]
fn requests_are_taken_only_once_they_have_run() {
    let mut rig = Rig::new();
    let large = format!("*2\r\n$4\r\nECHO\r\n$200000\r\n{}", "x".repeat(150_000));
    assert_eq!(rig.bring(&[open(1), open(2), data(1, &large)]), [format!("1 took {}", large.len())]);
    assert_eq!(rig.bring(&[data(1, &"x".repeat(50_000)), data(1, "\r\n")]), ["1: 200011 bytes"]);
    rig.bring(&[frame(TOOK, 1, &200_011u32.to_le_bytes())]);
    let many = "ECHO 1\r\n".repeat(20_000);
    assert!(rig.bring(&[data(1, "BLPOP q 0\r\n"), data(1, &many)]).is_empty());
    let told = rig.bring(&[data(2, "RPUSH q x\r\n")]);
    assert_eq!(&told[..2], ["2: :1|", "1: *2|$1|q|$1|x|"]);
    assert_eq!(&told[2..], ["1: 140000 bytes".to_string(), format!("1 took {}", 50_002 + 11 + many.len())]);
}
