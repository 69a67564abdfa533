//! SLOWLOG: the calls that took long. See <https://redis.io/docs/latest/commands/slowlog-get/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Reply, Result};

const DEFAULT: Command = Command {
    since: "2.2.12",
    group: Group::Server,
    flags: Flags::ADMIN.and(Flags::LOADING).and(Flags::STALE),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "SLOWLOG",
        syntax: "SLOWLOG",
        summary: "A container for slow log commands.",
        since: "2.2.12",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "SLOWLOG GET",
        syntax: "SLOWLOG GET [count:int]",
        summary: "Returns the calls that took long, the latest first.",
        complexity: "O(N) where N is the number of entries returned",
        arity: -2,
        reply: "any[]",
        handler: Handler::Now(get),
        history: &[("4.0.0", "Added client IP address, port and name to the reply."), ("8.10.0", "Added original command argument count to the reply.")],
        tips: &["request_policy:all_nodes", "nondeterministic_output"],
        ..DEFAULT
    },
    Command {
        name: "SLOWLOG HELP",
        syntax: "SLOWLOG HELP",
        since: "6.2.0",
        group: Group::Server,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "SLOWLOG LEN",
        syntax: "SLOWLOG LEN",
        summary: "Returns the number of entries in the slow log.",
        complexity: "O(1)",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(len),
        tips: &["request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output"],
        ..DEFAULT
    },
    Command {
        name: "SLOWLOG RESET",
        syntax: "SLOWLOG RESET",
        summary: "Clears the slow log.",
        complexity: "O(N) where N is the number of entries in the slowlog",
        arity: 2,
        reply: "OK",
        handler: Handler::Now(reset),
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
];

fn get(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let count = match args.is_empty() {
        true => 10,
        false => args.int_within(-1..=i64::MAX, "count should be greater than or equal to -1")?,
    };
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let entries = cx.server.slowlog.iter().take(count).map(|entry| {
        Reply::Array(vec![
            (entry.id as i64).into(),
            entry.at.into(),
            (entry.usec as i64).into(),
            entry.argv.iter().map(|word| Reply::bulk(word.clone())).collect(),
            Reply::bulk(entry.addr.clone()),
            Reply::bulk(entry.name.clone()),
            entry.argc.into(),
        ])
    });
    Ok(entries.collect())
}

fn len(cx: &mut Context, _: Args) -> Result<Reply> {
    Ok(cx.server.slowlog.iter().len().into())
}

fn reset(cx: &mut Context, _: Args) -> Result<Reply> {
    cx.server.slowlog.clear();
    Ok(Reply::OK)
}

/// What SLOWLOG HELP says of each subcommand.
const HELP: &[&str] = &[
    "GET [<count>]",
    "    Show the latest slow calls, 10 unless told otherwise; -1 shows all. Each is made of its number, the time",
    "    it ended, the microseconds it took, its words, the client's address and name, and the number of words.",
    "LEN",
    "    Count the slow calls that are kept.",
    "RESET",
    "    Forget them.",
];
