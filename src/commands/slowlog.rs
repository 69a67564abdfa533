//! SLOWLOG: the calls that took long. See <https://redis.io/docs/latest/commands/slowlog-get/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, docs};
use crate::protocol::{Reply, Result};

const DEFAULT: Command = Command { group: Group::Server, ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "SLOWLOG",
        syntax: "SLOWLOG",
        summary: "A container for slow log commands.",
        complexity: "Depends on subcommand.",
        since: "2.2.12",
        arity: -2,
        handler: Handler::Container,
        ..DEFAULT
    },
    Command {
        name: "SLOWLOG GET",
        syntax: "SLOWLOG GET [count:int]",
        summary: "Returns the calls that took long, the latest first.",
        complexity: "O(N) where N is the number of entries returned",
        since: "2.2.12",
        arity: -2,
        flags: Flags::ADMIN.and(Flags::LOADING).and(Flags::STALE),
        reply: "any[]",
        handler: Handler::Now(get),
        history: &[("4.0.0", "Added client IP address, port and name to the reply."), ("8.10.0", "Added original command argument count to the reply.")],
        tips: &["request_policy:all_nodes", "nondeterministic_output"],
        ..DEFAULT
    },
    Command {
        name: "SLOWLOG HELP",
        syntax: "SLOWLOG HELP",
        summary: "Returns helpful text about the different subcommands.",
        complexity: "O(1)",
        since: "6.2.0",
        arity: 2,
        flags: Flags::LOADING.and(Flags::STALE),
        reply: "status[]",
        handler: Handler::Now(help),
        ..DEFAULT
    },
    Command {
        name: "SLOWLOG LEN",
        syntax: "SLOWLOG LEN",
        summary: "Returns the number of entries in the slow log.",
        complexity: "O(1)",
        since: "2.2.12",
        arity: 2,
        flags: Flags::ADMIN.and(Flags::LOADING).and(Flags::STALE),
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
        since: "2.2.12",
        arity: 2,
        flags: Flags::ADMIN.and(Flags::LOADING).and(Flags::STALE),
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

fn help(_: &mut Context, _: Args) -> Result<Reply> {
    Ok(docs::help(
        "SLOWLOG",
        &[
            "GET [<count>]",
            "    Show the latest slow calls, 10 unless told otherwise; -1 shows all. Each is made of its number, the time",
            "    it ended, the microseconds it took, its words, the client's address and name, and the number of words.",
            "LEN",
            "    Count the slow calls that are kept.",
            "RESET",
            "    Forget them.",
        ],
    ))
}
