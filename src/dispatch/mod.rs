//! What a command is, and the one path that it takes.
//!
//! A client's call, EXEC and `redis.call` all arrive at [`run`]; what differs between them is the [`Origin`].

pub mod acl;
pub mod alert;
pub mod args;
pub mod blocking;
pub mod busy;
pub mod channels;
mod cluster;
pub mod command;
pub mod config;
mod config_parameter;
mod config_table;
pub mod context;
pub mod docs;
pub mod host;
pub mod hotkeys;
pub mod keys;
pub mod latency;
pub mod limits;
pub mod memory;
mod secrets;
pub mod server;
pub mod session;
pub mod slowlog;
pub mod stats;
pub mod syntax;
pub mod table;
pub mod trace;
pub mod tracking;
mod transaction;

pub use args::Args;
pub use blocking::{Outcome, Park};
pub use command::{Command, Flags, Group, Handler};
pub use config::Config;
pub use context::{Context, Origin};
pub use host::Host;
pub use keys::{KeyFlags, Keys};
pub use limits::ScriptLimits;
pub use server::Server;
pub use session::Session;
pub use table::Table;

use crate::protocol::{Error, Reply};

/// The release of Redis that the engine behaves as.
pub const VERSION: &str = "8.10.0";

/// Runs one command and answers its reply; an error is a reply too.
#[inline(never)]
pub fn run(cx: &mut Context, argv: &[&[u8]]) -> Reply {
    if let Some(command) = argv.first().and_then(|name| cx.table.get_whole(name))
        && let Some(handler) = command.straight(argv.len())
        && cx.is_unguarded()
    {
        return run_straight(cx, command, handler, argv).unwrap_or_else(Reply::from);
    }
    run_found(cx, cx.table.find(argv), argv)
}

/// Runs one command of a client that knows where it stands in the table. Most calls take the straight way: nothing keeps
/// them from running at once, and whatever is rare has its place on the way round.
#[inline(always)]
pub fn run_at(cx: &mut Context, at: usize, argv: &[&[u8]]) -> Result<Reply, Error> {
    if let Some(command) = cx.table.at(at)
        && let Some(handler) = command.straight(argv.len())
        && cx.is_unguarded()
    {
        return run_straight(cx, command, handler, argv);
    }
    Ok(run_found(cx, cx.table.find_at(at, argv), argv))
}

/// Runs a call that nothing keeps from running at once. What the handler answers is handed on as it is: taken apart and
/// put together again it would be copied by pieces, for which a processor waits as long as a short command takes.
#[inline(always)]
fn run_straight(
    cx: &mut Context,
    command: &'static Command,
    handler: command::Now,
    argv: &[&[u8]],
) -> Result<Reply, Error> {
    match cx.origin {
        Origin::Client => cx.session.last_command = command.name,
        Origin::Script { .. } => cx.server.script_wrote |= command.flags.contains(Flags::WRITE),
        Origin::Exec => {}
    }
    let outer = std::mem::replace(&mut cx.command, command);
    if !cx.db().is_timeless() {
        cx.purge_keys_of(command, argv);
    }
    let outcome = handler(cx, Args::new(argv, 1));
    cx.command = outer;
    let stats = &mut cx.server.stats;
    stats.of(command).calls += 1;
    if let Err(error) = &outcome {
        stats.count_failure(command, error);
    }
    outcome
}

/// Runs one command that the table has found, or has not.
#[inline(never)]
fn run_found(cx: &mut Context, found: Result<&'static Command, Error>, argv: &[&[u8]]) -> Reply {
    let command = match resolve(cx, found, argv) {
        Ok(command) => command,
        Err(error) => return refuse(cx, cx.table.find(argv).ok(), error),
    };
    guard(cx, command, argv).unwrap_or_else(|| execute(cx, command, argv))
}

/// Answers in place of a call that may not run, or not yet.
fn guard(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Option<Reply> {
    if let Err(error) = permit(cx, command, argv) {
        return Some(refuse(cx, Some(command), error));
    }
    if cx.origin != Origin::Client {
        return None;
    }
    cx.session.last_command = command.name;
    if cx.server.alert
        && let Some(reply) = alert::hold(cx, command, argv)
    {
        return Some(reply);
    }
    let queue = cx.session.queue.as_mut().filter(|_| !command.flags.contains(Flags::IMMEDIATE))?;
    queue.push(argv.iter().map(|arg| arg.to_vec()).collect());
    Some(Reply::QUEUED)
}

/// Answers a call that is not let run; an open transaction is spoilt by it, and over if the call was to end it.
#[cold]
fn refuse(cx: &mut Context, command: Option<&'static Command>, error: Error) -> Reply {
    let mut error = error;
    if let Some(command) = command {
        cx.server.stats.of(command).rejected += 1;
        if command.name == "EXEC" && cx.origin == Origin::Client {
            cx.abandon_transaction();
            let line = error.line();
            let reason = line.strip_prefix(b"ERR ").unwrap_or(&line);
            // What a cluster has to say stands as it is, for clients that follow it.
            if !reason.starts_with(b"CROSSSLOT ") {
                error = Error::raw([b"EXECABORT Transaction discarded because of: ", reason].concat());
            }
        }
    }
    if cx.origin == Origin::Client && cx.session.queue.is_some() {
        cx.session.refused = true;
    }
    cx.server.stats.count_error(&error);
    error.into()
}

/// Checks the number of a command's arguments. A script is told in words of its own.
#[inline]
fn resolve(cx: &Context, found: Result<&'static Command, Error>, argv: &[&[u8]]) -> Result<&'static Command, Error> {
    let in_script = matches!(cx.origin, Origin::Script { .. });
    let command = match found {
        Err(_) if in_script => return Err(Error::own("Unknown Redis command called from script")),
        other => other?,
    };
    match command.accepts(argv.len()) {
        true => Ok(command),
        false if in_script => Err(Error::own("Wrong number of args calling Redis command from script")),
        false => Err(Error::Arity(command.full_name().into())),
    }
}

/// Checks whether the command may run here and now.
fn permit(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Result<(), Error> {
    match cx.origin {
        Origin::Script { read_only, allow_oom } => {
            if command.flags.contains(Flags::NOSCRIPT) && !may_debug(cx, command) {
                return Err(Error::own("This Redis command is not allowed from script"));
            }
            acl::admit(cx, command, argv)?;
            if read_only && (command.flags.contains(Flags::WRITE) || command.flags.contains(Flags::MAY_REPLICATE)) {
                return Err(Error::own("Write commands are not allowed from read-only scripts."));
            }
            if cx.server.declared.is_some() {
                limits::admit(cx, command, argv)?;
            }
            if cx.server.over_memory && !allow_oom {
                memory::refuse_from_script(cx, command)?;
            }
            if command.flags.contains(Flags::WRITE) {
                cx.server.script_wrote = true;
            }
            Ok(())
        }
        Origin::Client => {
            acl::demand_auth(cx, command)?;
            if cx.server.config.cluster_enabled {
                cluster::admit(cx, command, argv)?;
            }
            if cx.session.queue.is_some() && command.flags.contains(Flags::NO_MULTI) {
                return Err(Error::own("Command not allowed inside a transaction"));
            }
            acl::admit(cx, command, argv)?;
            memory::admit(cx, command)?;
            match &cx.server.running {
                Some(running) if !command.flags.contains(Flags::ALLOW_BUSY) => Err(running.refusal()),
                _ => Ok(()),
            }
        }
        Origin::Exec => acl::admit(cx, command, argv),
    }
}

/// Tells whether a script may call what scripts may not (DEBUG SET-DISABLE-DENY-SCRIPTS).
#[cold]
fn may_debug(cx: &Context, command: &Command) -> bool {
    cx.server.scripts_may_debug && (command.name == "DEBUG" || command.name.starts_with("CLIENT "))
}

/// Runs a command that was found and permitted.
#[inline]
pub fn execute(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Reply {
    if cx.server.alert { alert::execute(cx, command, argv) } else { invoke(cx, command, argv) }
}

/// Runs once more a command that found nothing when it was made.
pub fn retry(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Reply {
    if cx.server.alert { alert::unseen(cx, command, argv) } else { invoke(cx, command, argv) }
}

/// Runs a command that was found and permitted, whoever looks on.
pub fn invoke(cx: &mut Context, command: &'static Command, argv: &[&[u8]]) -> Reply {
    let began = (cx.session.timed || cx.server.timing).then(|| cx.server.host.monotonic_us());
    if !cx.db().is_timeless() {
        cx.purge_keys_of(command, argv);
    }
    let outer = std::mem::replace(&mut cx.command, command);
    let args = Args::of(command, argv);
    let reply = match command.handler {
        Handler::Now(handler) | Handler::WithSubcommands(handler) => handler(cx, args),
        Handler::Blocking(handler) => handler(cx, args).map(|outcome| match outcome {
            Outcome::Reply(reply) => reply,
            Outcome::Park(park) => cx.park(park, command, argv),
        }),
        Handler::Container => Err(unknown_subcommand(argv)),
        Handler::Help(lines) => Ok(docs::help(command.name, lines)),
    };
    cx.command = outer;
    if command.flags.intersects(Flags::MAY_CHANGE_GUARD) {
        cx.server.update_guard();
    }
    if matches!(command.handler, Handler::Blocking(_)) && cx.session.parked.is_some() {
        // It counts when it comes to its end.
        return reply.unwrap_or_else(Reply::from);
    }
    cx.server.stats.of(command).calls += 1;
    let usec = began.map(|began| clock(cx, command, argv, began));
    let failed = reply.is_err() || command.flags.contains(Flags::SCRIPT_RUNNER);
    let reply = reply.unwrap_or_else(Reply::from);
    if failed {
        cx.server.stats.count_errors(command, &reply);
    }
    if let Some(usec) = usec
        && cfg!(feature = "full")
        && cx.server.hotkeys.is_some()
    {
        hotkeys::note(cx, command, argv, usec, &reply);
    }
    reply
}

/// Takes note of how long a call took, and answers it in microseconds.
#[inline(never)]
fn clock(cx: &mut Context, command: &'static Command, argv: &[&[u8]], began: u64) -> u64 {
    let usec = cx.server.host.monotonic_us().saturating_sub(began);
    let config = &cx.server.config;
    let counts = cx.server.stats.of(command);
    counts.usec += usec;
    if config.latency_tracking {
        counts.times.get_or_insert_default().add(usec);
    }
    if matches!(cx.origin, Origin::Script { .. }) {
        return usec;
    }
    let (slow, threshold) = (config.slowlog_slower_than, config.latency_monitor_threshold);
    if u64::try_from(slow).is_ok_and(|slow| usec >= slow) && !command.flags.contains(Flags::SKIP_SLOWLOG) {
        let secret = |at| secrets::is_secret(argv, at);
        let words = slowlog::abridge(argv, secret, config.slowlog_words, config.slowlog_longest_word);
        let (addr, name) = (cx.session.addr.clone(), cx.session.name.clone());
        let at = cx.now().div_euclid(1000);
        let entry = slowlog::Entry { id: 0, at, usec, argv: words, argc: argv.len(), addr, name };
        cx.server.slowlog.add(entry, cx.server.config.slowlog_max_len);
        let stats = &mut cx.server.stats;
        stats.slow_calls += 1;
        stats.slow_us += usec;
        stats.slowest_us = stats.slowest_us.max(usec);
    }
    if threshold > 0 && usec / 1000 >= threshold {
        let event = if command.flags.contains(Flags::FAST) { "fast-command" } else { "command" };
        let at = cx.now().div_euclid(1000);
        cx.server.latency.add(event, at, usec / 1000);
    }
    usec
}

/// Words the error for a container without a subcommand that it knows.
pub fn unknown_subcommand(argv: &[&[u8]]) -> Error {
    let text = |at: usize| argv.get(at).map_or(&b""[..], |arg| &arg[..arg.len().min(128)]);
    let name = text(0).to_ascii_uppercase();
    Error::quoting(&[b"ERR unknown subcommand '", text(1), b"'. Try ", &name, b" HELP."])
}
