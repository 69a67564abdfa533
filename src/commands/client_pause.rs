//! CLIENT PAUSE, UNPAUSE and UNBLOCK: clients that wait, and their release.

use crate::dispatch::blocking::deadline_ms;
use crate::dispatch::server::Pause;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};

const DEFAULT: Command = Command {
    complexity: "O(1)",
    group: Group::Connection,
    flags: Flags::ADMIN.and(Flags::NOSCRIPT).and(Flags::LOADING).and(Flags::STALE),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "CLIENT PAUSE",
        syntax: "CLIENT PAUSE timeout:int [<WRITE | ALL>]",
        summary: "Suspends commands processing.",
        since: "3.0.0",
        arity: -3,
        reply: "OK",
        handler: Handler::Now(pause),
        history: &[("6.2.0", "`CLIENT PAUSE WRITE` mode added along with the `mode` option.")],
        ..DEFAULT
    },
    Command {
        name: "CLIENT UNBLOCK",
        syntax: "CLIENT UNBLOCK client-id:int [<TIMEOUT | ERROR>]",
        summary: "Unblocks a client blocked by a blocking command from a different connection.",
        complexity: "O(log N) where N is the number of client connections",
        since: "5.0.0",
        arity: -3,
        reply: "integer",
        handler: Handler::Now(unblock),
        ..DEFAULT
    },
    Command {
        name: "CLIENT UNPAUSE",
        syntax: "CLIENT UNPAUSE",
        summary: "Resumes processing commands from paused clients.",
        complexity: "O(N) Where N is the number of paused clients",
        since: "6.2.0",
        arity: 2,
        reply: "OK",
        handler: Handler::Now(unpause),
        ..DEFAULT
    },
];

/// Reads which of two words stands behind the first argument, without taking either: the first if there is none.
/// Fails with `sentence` if it is another, and if there are more.
fn choice(args: &Args, words: [&str; 2], sentence: &'static str) -> Result<usize> {
    let mut args = *args;
    if args.len() > 2 {
        return Err(args.too_many("CLIENT"));
    }
    let Ok(word) = args.bytes().and_then(|_| args.bytes()) else { return Ok(0) };
    words.iter().position(|known| word.eq_ignore_ascii_case(known.as_bytes())).ok_or(Error::own(sentence))
}

fn pause(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let all = choice(&args, ["ALL", "WRITE"], "CLIENT PAUSE mode must be WRITE or ALL")? == 0;
    let until = deadline_ms(cx, &mut args)?.unwrap_or(cx.now());
    // A shorter pause does not cut a longer one short.
    let until = cx.server.pause.map_or(until, |pause| pause.until.max(until));
    if until > cx.now() {
        cx.server.pause = Some(Pause { until, all });
        cx.server.update_alert(&mut cx.keyspace.journal);
    }
    Ok(Reply::OK)
}

fn unpause(cx: &mut Context, _: Args) -> Result<Reply> {
    cx.server.pause = None;
    cx.server.update_alert(&mut cx.keyspace.journal);
    cx.keyspace.journal.attention = true;
    Ok(Reply::OK)
}

fn unblock(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let sentence = "CLIENT UNBLOCK reason should be TIMEOUT or ERROR";
    let with_error = choice(&args, ["TIMEOUT", "ERROR"], sentence)? == 1;
    let id = args.int()?;
    let session = cx.server.sessions.iter_mut().flatten().find(|session| session.id as i64 == id);
    let Some((slot, parked)) = session.and_then(|session| Some((session.slot, session.parked.as_mut()?))) else {
        return Ok(false.into());
    };
    if parked.postponed || parked.ended.is_some() {
        return Ok(false.into());
    }
    parked.ended = Some(match with_error {
        true => Error::raw("UNBLOCKED client unblocked via CLIENT UNBLOCK").into(),
        false => parked.park.otherwise.clone(),
    });
    cx.server.unblocked.push(slot);
    cx.keyspace.journal.attention = true;
    Ok(true.into())
}
