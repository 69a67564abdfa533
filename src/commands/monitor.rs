//! MONITOR: every call, as it is made. See <https://redis.io/docs/latest/commands/monitor/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};

pub const COMMANDS: &[Command] = &[Command {
    name: "MONITOR",
    syntax: "MONITOR",
    summary: "Listens for all requests received by the server in real-time.",
    since: "1.0.0",
    group: Group::Server,
    arity: 1,
    flags: Flags::ADMIN.and(Flags::NOSCRIPT).and(Flags::LOADING).and(Flags::STALE),
    reply: "OK",
    handler: Handler::Now(monitor),
    ..Command::DEFAULT
}];

fn monitor(cx: &mut Context, _: Args) -> Result<Reply> {
    if !cx.may_park() {
        return Err(Error::own("MONITOR isn't allowed for DENY BLOCKING client"));
    }
    // Who monitors already is not answered again.
    if std::mem::replace(&mut cx.session.monitoring, true) {
        return Ok(Reply::Sequence(Vec::new()));
    }
    cx.server.monitors.insert(cx.session.slot);
    cx.server.update_alert(&mut cx.keyspace.journal);
    Ok(Reply::OK)
}
