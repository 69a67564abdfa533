//! What a command that may have to wait says, and what is kept of a client while it waits.
//!
//! A blocking handler tries, and either answers or says what is to be waited for. The engine parks the client and, once
//! something has happened to one of the keys, runs the handler again from the start.

use super::args::Args;
use super::command::Command;
use super::context::{Context, Origin};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Bytes;
use crate::structures::LongDouble;
use crate::structures::number::parse_int;

/// What a blocking handler comes to.
pub enum Outcome {
    Reply(Reply),
    /// There is nothing yet.
    Park(Park),
}

impl<T: Into<Reply>> From<T> for Outcome {
    fn from(reply: T) -> Outcome {
        Outcome::Reply(reply.into())
    }
}

/// What to wait for.
pub struct Park {
    /// A change of any of these is worth another try.
    pub keys: Vec<Bytes>,
    /// The type, as TYPE names it, that the changed key must have.
    pub kind: &'static str,
    /// A try is worth it even if the key is gone or of another type: there is an error to be answered.
    pub even_without: bool,
    /// The time in ms since 1970 at which the client waits no longer.
    pub deadline: Option<i64>,
    /// A time in ms since 1970 at which another try is worth it although no key changes.
    pub retry_at: Option<i64>,
    /// What is answered at the deadline, and where nobody may wait: in a transaction or a script.
    pub otherwise: Reply,
    /// The call to be tried again, where it is not the one that was made.
    pub again: Option<Vec<Vec<u8>>>,
}

impl Park {
    /// Waits for `keys` to hold a value of a type, by the name that TYPE gives it.
    pub fn on<K: AsRef<[u8]>>(kind: &'static str, keys: &[K], deadline: Option<i64>) -> Park {
        Park {
            keys: keys.iter().map(|key| Bytes::new(key.as_ref())).collect(),
            kind,
            even_without: false,
            deadline,
            retry_at: None,
            otherwise: Reply::NullArray,
            again: None,
        }
    }
}

/// A client that waits.
pub struct Parked {
    pub park: Park,
    pub command: &'static Command,
    pub argv: Vec<Vec<u8>>,
    /// The call has not begun: it waits for the end of CLIENT PAUSE.
    pub postponed: bool,
    /// The place among those who wait; 0 until there is one.
    pub ticket: u64,
    /// CLIENT UNBLOCK has ended the wait, with this.
    pub ended: Option<Reply>,
}

/// Reads a timeout in seconds, which may have decimals, and answers the time in ms at which it ends; 0 never ends.
pub fn deadline(cx: &Context, args: &mut Args) -> Result<Option<i64>> {
    let seconds = LongDouble::parse(args.bytes()?).ok_or(Error::own("timeout is not a float or out of range"))?;
    let ms = (seconds.to_f64() * 1000.0).ceil();
    if ms > i64::MAX as f64 {
        return Err(Error::own("timeout is out of range"));
    }
    ends_at(cx, ms as i64)
}

/// Reads a timeout in whole milliseconds as [`deadline`] reads one in seconds.
pub fn deadline_ms(cx: &Context, args: &mut Args) -> Result<Option<i64>> {
    let ms = parse_int(args.bytes()?).ok_or(Error::own("timeout is not an integer or out of range"))?;
    ends_at(cx, ms)
}

fn ends_at(cx: &Context, ms: i64) -> Result<Option<i64>> {
    match ms {
        i64::MIN..=-1 => Err(Error::own("timeout is negative")),
        0 => Ok(None),
        _ => cx.now().checked_add(ms).map(Some).ok_or(Error::own("timeout is out of range")),
    }
}

impl Context<'_> {
    /// Tells whether the client could wait: not within a transaction or a script.
    pub fn may_park(&self) -> bool {
        self.origin == Origin::Client
    }

    /// Parks the client, or answers what there is for those who may not wait.
    #[inline(never)]
    pub(super) fn park(&mut self, mut park: Park, command: &'static Command, argv: &[&[u8]]) -> Reply {
        if !self.may_park() {
            return park.otherwise;
        }
        let argv = park.again.take().unwrap_or_else(|| argv.iter().map(|arg| arg.to_vec()).collect());
        self.put_aside(Parked { park, command, argv, postponed: false, ticket: 0, ended: None })
    }

    /// Puts the call aside until CLIENT PAUSE has ended.
    pub(super) fn postpone(&mut self, command: &'static Command, argv: &[&[u8]]) -> Reply {
        let park = Park::on::<&[u8]>("none", &[], None);
        let argv = argv.iter().map(|arg| arg.to_vec()).collect();
        self.put_aside(Parked { park, command, argv, postponed: true, ticket: 0, ended: None })
    }

    fn put_aside(&mut self, parked: Parked) -> Reply {
        self.session.parked = Some(Box::new(parked));
        self.server.parking.push(self.session.slot);
        self.keyspace.journal.attention = true;
        Reply::Sequence(Vec::new())
    }
}
