//! CONFIG: parameters at run time. See <https://redis.io/docs/latest/commands/config-set/>.

use crate::dispatch::config::{PARAMETERS, Parameter};
use crate::dispatch::memory;
use crate::dispatch::stats::Stats;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::protocol::{Error, Reply, Result};
use crate::structures::{Bytes, glob};

const DEFAULT: Command = Command {
    group: Group::Server,
    since: "2.0.0",
    complexity: "O(1)",
    flags: Flags::ADMIN.and(Flags::NOSCRIPT).and(Flags::LOADING).and(Flags::STALE),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "CONFIG",
        syntax: "CONFIG",
        summary: "A container for server configuration commands.",
        since: "2.0.0",
        group: Group::Server,
        ..Command::CONTAINER
    },
    Command {
        name: "CONFIG GET",
        syntax: "CONFIG GET parameter...",
        summary: "Returns the effective values of configuration parameters.",
        complexity: "O(N) when N is the number of configuration parameters provided",
        arity: -3,
        reply: "map",
        handler: Handler::Now(get),
        history: &[("7.0.0", "Added the ability to pass multiple pattern parameters in one call")],
        ..DEFAULT
    },
    Command {
        name: "CONFIG HELP",
        syntax: "CONFIG HELP",
        since: "5.0.0",
        group: Group::Server,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "CONFIG RESETSTAT",
        syntax: "CONFIG RESETSTAT",
        summary: "Resets the server's statistics.",
        arity: 2,
        reply: "OK",
        handler: Handler::Now(resetstat),
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "CONFIG REWRITE",
        syntax: "CONFIG REWRITE",
        summary: "Persists the effective configuration to file.",
        since: "2.8.0",
        arity: 2,
        reply: "OK",
        handler: Handler::Now(rewrite),
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
    Command {
        name: "CONFIG SET",
        syntax: "CONFIG SET (parameter value)...",
        summary: "Sets configuration parameters in-flight.",
        complexity: "O(N) when N is the number of configuration parameters provided",
        arity: -4,
        reply: "OK",
        handler: Handler::Now(set),
        history: &[("7.0.0", "Added the ability to set multiple parameters in one call.")],
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        ..DEFAULT
    },
];

fn get(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let mut pairs: Vec<(String, Bytes)> = Vec::new();
    for &pattern in args.rest() {
        // A whole name is answered as it was written.
        let named =
            Parameter::find(pattern).map(|parameter| (String::from_utf8_lossy(pattern).into_owned(), parameter));
        let matching = PARAMETERS
            .iter()
            .filter(|parameter| named.is_none() && glob::matches(pattern, parameter.name.as_bytes(), true));
        let matching = matching.map(|parameter| (parameter.name.to_string(), parameter));
        for (name, parameter) in named.iter().cloned().chain(matching) {
            if !pairs.iter().any(|(other, _)| *other == name) {
                pairs.push((name, parameter.get(&mut cx.server.config)));
            }
        }
    }
    Ok(Reply::map(pairs))
}

fn set(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let words = args.rest();
    if words.len() % 2 != 0 {
        return Err(Error::Syntax);
    }
    let failed = |name: &[u8], why: &str| {
        let complaint = b"ERR CONFIG SET failed (possibly related to argument '";
        Error::quoting(&[complaint, name, b"') - ", why.as_bytes()])
    };
    let mut settings: Vec<(&[u8], &Parameter, &[u8])> = Vec::new();
    for pair in words.chunks_exact(2) {
        let Some(parameter) = Parameter::find(pair[0]) else {
            let sentence = "Unknown option or number of arguments for CONFIG SET";
            return Err(Error::quoting(&[b"ERR ", sentence.as_bytes(), b" - '", pair[0], b"'"]));
        };
        if parameter.is_fixed()
            && let Err(why) = parameter.set(&mut cx.server.config, pair[1])
        {
            return Err(failed(pair[0], &why));
        }
        if settings.iter().any(|(_, other, _)| other.name == parameter.name) {
            return Err(failed(pair[0], "duplicate parameter"));
        }
        settings.push((pair[0], parameter, pair[1]));
    }
    let mut config = cx.server.config.clone();
    for (name, parameter, value) in settings {
        parameter.set(&mut config, value).map_err(|why| failed(name, &why))?;
    }
    if config.requirepass != cx.server.config.requirepass {
        cx.server.acl.require_password(&config.requirepass);
    }
    cx.keyspace.set_usage(config.usage());
    let tightened = config.maxmemory != cx.server.config.maxmemory;
    cx.server.config = config;
    cx.server.update_timing();
    cx.server.update_alert(&mut cx.keyspace.journal);
    cx.server.limit_copies();
    // There may be copies to be forgotten.
    cx.keyspace.journal.attention = true;
    if tightened {
        memory::make_room(cx.keyspace, cx.server);
    }
    Ok(Reply::OK)
}

fn resetstat(cx: &mut Context, _: Args) -> Result<Reply> {
    cx.server.stats = Stats::default();
    cx.keyspace.expired = 0;
    cx.keyspace.expired_fields = 0;
    Ok(Reply::OK)
}

fn rewrite(_: &mut Context, _: Args) -> Result<Reply> {
    Err(Error::own("The server is running without a config file"))
}

/// What CONFIG HELP says of each subcommand.
const HELP: &[&str] = &[
    "GET <pattern> [<pattern> ...]",
    "    Show the parameters whose names match, and their values.",
    "SET <parameter> <value> [<parameter> <value> ...]",
    "    Set parameters, all of them or none.",
    "RESETSTAT",
    "    Let the counters of INFO begin again.",
    "REWRITE",
    "    Write the parameters to the configuration file, if there is one.",
];
