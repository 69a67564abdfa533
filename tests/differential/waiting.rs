//! Clients that wait, on both sides, and what wakes them.
//!
//! An episode: up to three clients call what may block, one after the other; then the first client does things to the
//! keys that they wait for; at last whoever still waits is let go by CLIENT UNBLOCK. Every reply is compared, and who has
//! one by then. The keys are w0 to w3, of no certain type and mostly not there.

use crate::compare::same;
use crate::generate::{Call, MEMBERS, Random};
use crate::rig::resp::Value;
use crate::{Run, line, words};
use std::time::Duration;

/// The sessions of those who wait; the first client's is 1.
pub const WAITERS: [u32; 3] = [2, 3, 4];
/// How long a reply that the engine has given may take to come from redis-server too.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long redis-server is asked for a reply that is not to come.
const MOMENT: Duration = Duration::from_millis(1);

fn key(random: &mut Random) -> String {
    format!("w{}", random.below(4))
}

fn keys(random: &mut Random) -> String {
    (0..1 + random.below(3)).map(|_| key(random)).collect::<Vec<_>>().join(" ")
}

/// Draws a command that waits until somebody wakes it or lets it go. Before 7.2 it looked at no key but the one that woke
/// it: there it gets only one.
fn blocking(random: &mut Random, before_7_2: bool) -> Call {
    let (one, other, many) = (key(random), key(random), if before_7_2 { key(random) } else { keys(random) });
    let count = many.split(' ').count();
    let side = |random: &mut Random| *random.pick(&["left", "right"]);
    let end = |random: &mut Random| *random.pick(&["min", "max"]);
    let some = |random: &mut Random| *random.pick(&["", "", " count 1", " count 2", " count 10"]);
    let ids =
        |random: &mut Random, ids: &[&str]| (0..count).map(|_| format!(" {}", random.pick(ids))).collect::<String>();
    words(&match random.below(if before_7_2 { 9 } else { 12 }) {
        0 => format!("blpop {many} 0"),
        1 => format!("brpop {many} 0"),
        2 => format!("blmove {one} {other} {} {} 0", side(random), side(random)),
        3 => format!("brpoplpush {one} {other} 0"),
        4 => format!("blmpop 0 {count} {many} {}{}", side(random), some(random)),
        5 => format!("bzpopmin {many} 0"),
        6 => format!("bzpopmax {many} 0"),
        7 => format!("bzmpop 0 {count} {many} {}{}", end(random), some(random)),
        8 if before_7_2 => format!("xread{} block 0 streams {many} $", some(random)),
        8 => format!("xread{} block 0 streams {many}{}", some(random), ids(random, &["$", "0", "5", "3-3"])),
        9 => {
            let how = *random.pick(&["", " count 2 obo", " count 3 bulk", " exactly 2 obo", " exactly 3 bulk"]);
            format!("blmovem {one} {other} {} {} 0{how}", side(random), side(random))
        }
        _ => {
            let noack = *random.pick(&["", "", " noack"]);
            let ids = ids(random, &[">", ">", ">", "0"]);
            format!(
                "xreadgroup group g {}{} block 0{noack} streams {many}{ids}",
                random.pick(&["alice", "bob"]),
                some(random)
            )
        }
    })
}

/// Draws what may wake somebody. What stores in place of a key of another type is left out: ZUNIONSTORE and its like
/// wake nobody in Redis then, nor did SORT in 7.0.
///
/// `alone` says that only one client waits: in which order SWAPDB wakes several is a matter of Redis's table of them.
/// `before_7_2` leaves out whole streams that come under a key: see `tells_of_no_entries`.
fn waking(random: &mut Random, alone: bool, before_7_2: bool) -> Call {
    let kinds: &[&str] = if before_7_2 { &["l", "z", "s"] } else { &["l", "z", "s", "x"] };
    let (one, other) = (key(random), key(random));
    let members = |random: &mut Random| {
        (0..1 + random.below(3)).map(|_| random.pick(&MEMBERS[..9]).to_string()).collect::<Vec<_>>()
    };
    let joined = members(random).join(" ");
    let scored: String = members(random).iter().map(|member| format!(" {} {member}", random.below(4))).collect();
    let n = random.below(4);
    words(&match random.below(34) {
        0..4 => format!("rpush {one} {joined}"),
        4..6 => format!("lpush {one} {joined}"),
        6 => format!("linsert {one} before a x"),
        7 => format!("lmove l{n} {one} left right"),
        8 => format!("rpoplpush {one} {other}"),
        9..12 => format!("zadd {one}{scored}"),
        12 => format!("zincrby {one} 1 a"),
        13..15 => format!("rename z{n} {one}"),
        15..18 => format!("xadd {one} {}-* f {n}", 5 + n),
        18 => format!("xgroup create {one} g {} mkstream", random.pick(&["0", "$"])),
        19 => format!("xgroup destroy {one} g"),
        20 => format!("rename {one} {other}"),
        21 => format!("rename {}{n} {one}", random.pick(kinds)),
        22 => format!("copy {}{n} {one} replace", random.pick(kinds)),
        23 => format!("geoadd {one} 1 {n} a"),
        24 | 25 => format!("del {one}"),
        26 => format!("set {one} v"),
        27 => format!("lpop {one}"),
        28 => format!("zpopmin {one}"),
        29 => format!("expire {one} {}", random.pick(&["-1", "0", "100000"])),
        30 => format!("move {one} {}", 1 + n % 2),
        31 if alone => "swapdb 0 1".to_string(),
        32 => "flushdb".to_string(),
        _ => format!("sadd {one} {joined}"),
    })
}

/// Draws what the first client does: commands, transactions, and scripts of several commands.
fn doings(random: &mut Random, alone: bool, before_7_2: bool) -> Vec<Call> {
    let mut calls = Vec::new();
    for _ in 0..1 + random.below(5) {
        let several: Vec<Call> = (0..2 + random.below(3)).map(|_| waking(random, alone, before_7_2)).collect();
        match random.below(10) {
            0 => {
                calls.push(words("multi"));
                calls.extend(several);
                calls.push(words("exec"));
            }
            1 => {
                let inside: String = several
                    .iter()
                    .map(|call| format!("r[#r+1] = redis.pcall('{}') ", line(call).replace(' ', "','")))
                    .collect();
                calls.push(vec!["eval".into(), format!("local r = {{}} {inside}return r").into(), "0".into()]);
            }
            _ => calls.push(waking(random, alone, before_7_2)),
        }
    }
    calls
}

/// Ends the wait of the client of this CLIENT ID.
fn release(id: &Value, how: &str) -> Call {
    let Value::Int(id) = id else { panic!("CLIENT ID is a number") };
    words(&format!("client unblock {id} {how}"))
}

/// Tells whether XREAD was answered by a stream without entries: so 7.0 does where a whole stream comes under the key
/// whose entries are gone.
fn tells_of_no_entries(call: &Call, reply: &Value) -> bool {
    let stream = match reply {
        Value::Map(stream) => stream,
        Value::Array(streams) => match &streams[..] {
            [Value::Array(stream)] => stream,
            _ => return false,
        },
        _ => return false,
    };
    call[0] == b"xread" && stream.get(1) == Some(&Value::Array(Vec::new()))
}

impl Run {
    /// Plays one episode; false after a difference, when both sides may hold different things.
    pub fn episode(&mut self) -> bool {
        let mut calls = vec![words("select 0")];
        if self.random.percent(70) {
            calls.push(words("del w0 w1 w2 w3"));
        }
        if !calls.into_iter().all(|call| self.compare(call)) {
            return false;
        }
        let mut waiting: Vec<(u32, Call)> = Vec::new();
        for session in WAITERS {
            if !self.random.percent(70) {
                continue;
            }
            let call = blocking(&mut self.random, self.peer.before_7_2);
            let ours = self.watch.over(&call, || self.core.call(session, &call)).pop();
            let client = &mut self.waiters[session as usize - 2];
            // Once the PING has its answer, what came with it has begun.
            let pong = client.pipeline_but_last(&[words("ping"), call.clone()]).pop_front();
            assert_eq!(pong, Some(Value::Status(b"PONG".to_vec())), "a client that waited has an answer left");
            self.sent += 1;
            if !self.settle(session, &call, ours, &mut waiting) {
                return false;
            }
        }
        for call in doings(&mut self.random, waiting.len() < 2, self.peer.before_7_2) {
            if !self.compare(call) {
                return false;
            }
        }
        // Who was answered has been answered by now.
        self.client.call(&["PING"]);
        for (session, call) in std::mem::take(&mut waiting) {
            let ours = self.core.hear(session).pop();
            if !self.settle(session, &call, ours, &mut waiting) {
                return false;
            }
        }
        for (session, call) in waiting {
            let how = if self.random.percent(50) { "timeout" } else { "error" };
            let (our_id, their_id) = self.ids[session as usize - 2].clone();
            let ours = self.core.call(1, &release(&our_id, how)).pop();
            let theirs = self.client.call(&release(&their_id, how));
            let both = self.core.hear(session).pop().zip(self.waiters[session as usize - 2].receive_within(PATIENCE));
            let right = ours.as_ref() == Some(&theirs)
                && both.as_ref().is_some_and(|(ours, theirs)| same(self.peer, &call, ours, theirs));
            if !right {
                let (ours, theirs) = both.map_or((None, None), |(ours, theirs)| (Some(ours), Some(theirs)));
                return self.differ(&call, ours, theirs);
            }
        }
        true
    }

    /// Compares what one who waits has been answered, or that there is nothing yet: then it is among `waiting`.
    fn settle(&mut self, session: u32, call: &Call, ours: Option<Value>, waiting: &mut Vec<(u32, Call)>) -> bool {
        let patience = if ours.is_some() { PATIENCE } else { MOMENT };
        let theirs = self.waiters[session as usize - 2].receive_within(patience);
        let note: Call = [words(&format!("(session {session})")), call.clone()].concat();
        match (ours, theirs) {
            (None, None) => waiting.push((session, call.clone())),
            (Some(ours), Some(theirs)) if same(self.peer, call, &ours, &theirs) => {}
            (None, Some(theirs)) if self.peer.before_7_2 && tells_of_no_entries(call, &theirs) => {
                let (our_id, _) = &self.ids[session as usize - 2];
                self.core.call(1, &release(our_id, "timeout"));
                self.core.hear(session);
            }
            (ours, theirs) => return self.differ(call, ours, theirs),
        }
        self.kinds.insert(call[0].clone());
        self.history.push(note);
        true
    }

    fn differ(&mut self, call: &Call, ours: Option<Value>, theirs: Option<Value>) -> bool {
        let silence = || Value::Status(b"(no reply)".to_vec());
        let report = self.report(call, &ours.unwrap_or_else(silence), &theirs.unwrap_or_else(silence));
        let begin = self.history.iter().rposition(|call| *call == words("select 0")).unwrap_or(0);
        let episode: Vec<String> = self.history[begin..].iter().map(line).collect();
        self.fault(format!("{report}\nin\n{}", episode.join("\n")))
    }
}
