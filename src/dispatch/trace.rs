//! What a traced run of a script has done, in its order.

use crate::protocol::Reply;
use crate::structures::Bytes;

/// So many events are kept; a trace says if there were more.
const MOST_EVENTS: usize = 100_000;

/// One thing that a script has done. Times are in microseconds since the run began.
#[derive(Debug, Clone)]
pub enum Event {
    /// It has come to a line.
    Line { line: i64, at: u64 },
    /// It has called a command.
    Call { line: i64, at: u64, duration: u64, protected: bool, args: Vec<Bytes>, reply: Reply },
    /// It has written to the log.
    Log { line: i64, at: u64, level: u8, message: Bytes },
}

/// A run, or several of one call (EXEC).
#[derive(Debug, Clone, Default)]
pub struct Trace {
    pub events: Vec<Event>,
    /// There was more to be told than is kept.
    pub truncated: bool,
    /// The fuel spent.
    pub fuel: u64,
    /// The bytes that the script held at its end, garbage included.
    pub memory: usize,
    /// How long it took, in microseconds.
    pub duration: u64,
}

impl Trace {
    /// Adds an event, if there is room for it.
    pub fn push(&mut self, event: Event) {
        if self.events.len() < MOST_EVENTS {
            self.events.push(event);
        } else {
            self.truncated = true;
        }
    }

    /// Makes a reply of the trace and of what the call has answered: maps with the names that JavaScript knows, times in
    /// nanoseconds.
    pub fn into_reply(self, reply: Reply) -> Reply {
        let events: Reply = self.events.into_iter().map(Event::into_reply).collect();
        let fields: [(&str, Reply); 6] = [
            ("reply", reply),
            ("events", events),
            ("truncated", Reply::Bool(self.truncated)),
            ("fuel", Reply::Int(self.fuel as i64)),
            ("memory", self.memory.into()),
            ("ns", nanoseconds(self.duration)),
        ];
        Reply::map(fields)
    }
}

fn nanoseconds(microseconds: u64) -> Reply {
    Reply::Int((microseconds as i64).saturating_mul(1000))
}

impl Event {
    fn into_reply(self) -> Reply {
        match self {
            Event::Line { line, at } => {
                Reply::map([("kind", Reply::from("line")), ("line", Reply::Int(line)), ("at", nanoseconds(at))])
            }
            Event::Call { line, at, duration, protected, args, reply } => Reply::map([
                ("kind", Reply::from(if protected { "pcall" } else { "call" })),
                ("line", Reply::Int(line)),
                ("at", nanoseconds(at)),
                ("ns", nanoseconds(duration)),
                ("args", args.into()),
                ("reply", reply),
            ]),
            Event::Log { line, at, level, message } => Reply::map([
                ("kind", Reply::from("log")),
                ("line", Reply::Int(line)),
                ("at", nanoseconds(at)),
                ("level", Reply::Int(level.into())),
                ("message", message.into()),
            ]),
        }
    }
}
