//! Functions. See <https://redis.io/docs/latest/develop/programmability/functions-intro/>.

use super::script::{self, apart, counted_keys};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler};
use crate::persistence::rdb;
use crate::protocol::{Error, Reply, Result};
use crate::scripting::{self, Call, Function, Library, Policy};
use crate::structures::glob;

const FUNCTION: Command =
    Command { group: Group::Scripting, flags: Flags::NOSCRIPT, since: "7.0.0", ..Command::DEFAULT };

const WRITES: Flags = Flags::NOSCRIPT.and(Flags::WRITE);

const TO_ALL: &[&str] = &["request_policy:all_shards", "response_policy:all_succeeded"];

const FCALL: Command =
    Command { complexity: "Depends on the function that is executed.", since: "7.0.0", ..script::EVAL };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "FCALL",
        syntax: "FCALL function numkeys:int [key...] [arg...]",
        summary: "Invokes a function.",
        handler: Handler::Now(fcall),
        ..FCALL
    },
    Command {
        name: "FCALL_RO",
        syntax: "FCALL_RO function numkeys:int [key...] [arg...]",
        summary: "Invokes a read-only function.",
        flags: script::EVAL_RO.flags,
        keys: script::EVAL_RO.keys,
        handler: Handler::Now(fcall_ro),
        ..FCALL
    },
    Command {
        name: "FUNCTION",
        syntax: "FUNCTION",
        summary: "A container for function commands.",
        since: "7.0.0",
        group: Group::Scripting,
        flags: Flags::NO_GROUP_CATEGORY,
        ..Command::CONTAINER
    },
    Command {
        name: "FUNCTION DELETE",
        syntax: "FUNCTION DELETE library-name",
        summary: "Deletes a library and its functions.",
        complexity: "O(1)",
        arity: 3,
        flags: WRITES,
        reply: "OK",
        tips: TO_ALL,
        handler: Handler::Now(delete),
        ..FUNCTION
    },
    Command {
        name: "FUNCTION DUMP",
        syntax: "FUNCTION DUMP",
        summary: "Dumps all libraries into a serialized binary payload.",
        complexity: "O(N) where N is the number of functions",
        arity: 2,
        reply: "bulk",
        handler: Handler::Now(dump),
        ..FUNCTION
    },
    Command {
        name: "FUNCTION FLUSH",
        syntax: "FUNCTION FLUSH [<ASYNC | SYNC>]",
        summary: "Deletes all libraries and functions.",
        complexity: "O(N) where N is the number of functions deleted",
        arity: -2,
        flags: WRITES,
        reply: "OK",
        tips: TO_ALL,
        handler: Handler::Now(flush),
        ..FUNCTION
    },
    Command {
        name: "FUNCTION HELP",
        syntax: "FUNCTION HELP",
        since: "7.0.0",
        group: Group::Scripting,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "FUNCTION KILL",
        syntax: "FUNCTION KILL",
        summary: "Terminates a function during execution.",
        complexity: "O(1)",
        arity: 2,
        flags: Flags::NOSCRIPT.and(Flags::ALLOW_BUSY),
        reply: "OK",
        tips: &["request_policy:all_shards", "response_policy:one_succeeded"],
        handler: Handler::Now(kill),
        ..FUNCTION
    },
    Command {
        name: "FUNCTION LIST",
        syntax: "FUNCTION LIST [LIBRARYNAME library-name-pattern] [WITHCODE]",
        summary: "Returns information about all libraries.",
        complexity: "O(N) where N is the number of functions",
        arity: -2,
        reply: "map[]",
        tips: &["nondeterministic_output_order"],
        handler: Handler::Now(list),
        ..FUNCTION
    },
    Command {
        name: "FUNCTION LOAD",
        syntax: "FUNCTION LOAD [REPLACE] function-code",
        summary: "Creates a library.",
        complexity: "O(1) (considering compilation time is redundant)",
        arity: -3,
        flags: WRITES.and(Flags::DENYOOM),
        reply: "bulk",
        tips: TO_ALL,
        handler: Handler::Now(load),
        ..FUNCTION
    },
    Command {
        name: "FUNCTION RESTORE",
        syntax: "FUNCTION RESTORE serialized-value [<FLUSH | APPEND | REPLACE>]",
        summary: "Restores all libraries from a payload.",
        complexity: "O(N) where N is the number of functions on the payload",
        arity: -3,
        flags: WRITES.and(Flags::DENYOOM),
        reply: "OK",
        tips: TO_ALL,
        handler: Handler::Now(restore),
        ..FUNCTION
    },
    Command {
        name: "FUNCTION STATS",
        syntax: "FUNCTION STATS",
        summary: "Returns information about a function during execution.",
        complexity: "O(1)",
        arity: 2,
        flags: Flags::NOSCRIPT.and(Flags::ALLOW_BUSY),
        reply: "map",
        tips: &["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        handler: Handler::Now(stats),
        ..FUNCTION
    },
];

fn fcall(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, false)
}

fn fcall_ro(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, true)
}

fn run(cx: &mut Context, mut args: Args, read_only: bool) -> Result<Reply> {
    let name = args.bytes()?;
    apart(cx, |scripting, cx| {
        let function = scripting.shelf().and_then(|shelf| shelf.find(name)).cloned();
        let function = function.ok_or(Error::own("Function not found"))?;
        let numkeys = args.int().map_err(|_| Error::own("Bad number of keys provided"))?;
        let keys = counted_keys(&mut args, numkeys)?;
        scripting.fcall(cx, &function, Call { argv: args.argv(), keys, args: args.rest(), read_only })
    })
}

fn load(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let mut replace = false;
    while args.len() > 1 {
        let option = args.bytes()?;
        if !option.eq_ignore_ascii_case(b"REPLACE") {
            return Err(Error::quoting(&[b"ERR Unknown option given: ", option]));
        }
        replace = true;
    }
    let code = args.bytes()?;
    scripting::lend(cx, |scripting, cx| {
        let name = scripting.functions().load(cx, code, replace)?;
        cx.keyspace.journal.dirty += 1;
        Ok(name.into())
    })
}

fn delete(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let library = args.bytes()?;
    scripting::lend(cx, |scripting, cx| {
        if !scripting.functions().delete(library) {
            return Err(Error::own("Library not found"));
        }
        cx.keyspace.journal.dirty += 1;
        Ok(Reply::OK)
    })
}

fn flush(cx: &mut Context, mut args: Args) -> Result<Reply> {
    if args.len() > 1 {
        return Err(args.too_many("FUNCTION"));
    }
    if !args.is_empty() && !args.accept("ASYNC") && !args.accept("SYNC") {
        return Err(Error::own("FUNCTION FLUSH only supports SYNC|ASYNC option"));
    }
    scripting::lend(cx, |scripting, cx| {
        scripting.flush_functions();
        cx.keyspace.journal.dirty += 1;
        Ok(Reply::OK)
    })
}

fn list(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (mut pattern, mut with_code) = (None, false);
    while !args.is_empty() {
        if !with_code && args.accept("WITHCODE") {
            with_code = true;
        } else if pattern.is_none() && args.accept("LIBRARYNAME") {
            pattern = Some(args.bytes().map_err(|_| Error::own("library name argument was not given"))?);
        } else {
            return Err(Error::quoting(&[b"ERR Unknown argument ", args.bytes()?]));
        }
    }
    scripting::lend(cx, |scripting, _| {
        let Some(shelf) = scripting.shelf() else { return Ok(Reply::Array(Vec::new())) };
        let wanted = |name: &[u8]| pattern.is_none_or(|pattern| glob::matches(pattern, name, true));
        let libraries = shelf.libraries.iter().filter(|(name, _)| wanted(name));
        Ok(libraries
            .map(|(name, library)| {
                let functions = library.functions.iter().filter_map(|function| shelf.functions.get(function));
                describe(name, library, functions.map(describe_function).collect(), with_code)
            })
            .collect())
    })
}

fn describe(name: &[u8], library: &Library, functions: Reply, with_code: bool) -> Reply {
    let mut fields: Vec<(Reply, Reply)> = vec![
        ("library_name".into(), name.into()),
        ("engine".into(), "LUA".into()),
        ("functions".into(), functions),
    ];
    if with_code {
        fields.push(("library_code".into(), (&library.code).into()));
    }
    Reply::Map(fields)
}

fn describe_function(function: &Function) -> Reply {
    let fields: [(&str, Reply); 3] = [
        ("name", (&function.name).into()),
        ("description", function.description.as_ref().map(Reply::from).unwrap_or(Reply::Null)),
        ("flags", Reply::set(function.flags.names().map(Reply::status))),
    ];
    Reply::map(fields)
}

/// Tells of the function that keeps everybody waiting, and counts what there is.
fn stats(cx: &mut Context, _: Args) -> Result<Reply> {
    if let Some(running) = &cx.server.running {
        if !running.is_function {
            return Err(running.refusal());
        }
        let fields: [(&str, Reply); 3] = [
            ("name", (&running.name).into()),
            ("command", running.command.iter().collect()),
            ("duration_ms", Reply::Int(running.duration_ms as i64)),
        ];
        return Ok(describe_engine(Reply::map(fields), running.functions));
    }
    scripting::lend(cx, |scripting, _| {
        let counts = scripting.shelf().map_or((0, 0), |shelf| shelf.counts());
        Ok(describe_engine(Reply::Null, counts))
    })
}

fn kill(cx: &mut Context, _: Args) -> Result<Reply> {
    script::kill_running(cx, true)
}

fn describe_engine(running: Reply, (libraries, functions): (usize, usize)) -> Reply {
    let counts = Reply::map([("libraries_count", libraries), ("functions_count", functions)]);
    Reply::map([("running_script", running), ("engines", Reply::map([("LUA", counts)]))])
}

fn dump(cx: &mut Context, _: Args) -> Result<Reply> {
    scripting::lend(cx, |scripting, _| {
        let mut payload = rdb::Writer::default();
        for library in scripting.shelf().into_iter().flat_map(|shelf| shelf.libraries.values()) {
            payload.byte(rdb::FUNCTION);
            payload.string(&library.code);
        }
        Ok(payload.seal(rdb::VERSION_OF_FUNCTIONS).into())
    })
}

fn restore(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let payload = args.bytes()?;
    if args.len() > 1 {
        return Err(args.too_many("FUNCTION"));
    }
    let policy = match args.option().as_ref().map(|option| option.as_str()) {
        None | Some("APPEND") => Policy::Append,
        Some("REPLACE") => Policy::Replace,
        Some("FLUSH") => Policy::Flush,
        Some(_) => {
            let sentence = "Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.";
            return Err(Error::own(sentence));
        }
    };
    let sources = read_payload(payload)?;
    scripting::lend(cx, |scripting, cx| {
        scripting.functions().restore(cx, &sources, policy)?;
        cx.keyspace.journal.dirty += 1;
        Ok(Reply::OK)
    })
}

/// Reads the codes of libraries out of a payload.
fn read_payload(payload: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut payload =
        rdb::Reader::open(payload).ok_or(Error::own("DUMP payload version or checksum are wrong"))?;
    let mut sources = Vec::new();
    while !payload.is_empty() {
        if payload.byte() != Some(rdb::FUNCTION) {
            return Err(Error::own("given type is not a function"));
        }
        sources.push(payload.string().ok_or(Error::own("Failed loading library payload"))?);
    }
    Ok(sources)
}

/// What FUNCTION HELP says of each subcommand.
const HELP: &[&str] = &[
    "LOAD [REPLACE] <FUNCTION CODE>",
    "    Add a library; with REPLACE, in place of the one of the same name.",
    "DELETE <LIBRARY NAME>",
    "    Remove a library and its functions.",
    "LIST [LIBRARYNAME PATTERN] [WITHCODE]",
    "    Tell of every library its name, its engine and its functions, WITHCODE also its code.",
    "    LIBRARYNAME picks those whose name matches a pattern.",
    "STATS",
    "    Tell of the function that is running its name, its command and its duration in ms,",
    "    and count libraries and functions.",
    "KILL",
    "    Stop the function that is running.",
    "FLUSH [ASYNC|SYNC]",
    "    Remove all libraries.",
    "DUMP",
    "    Give all libraries as one payload, for FUNCTION RESTORE.",
    "RESTORE <PAYLOAD> [FLUSH|APPEND|REPLACE]",
    "    Add the libraries of a payload. Those that are there go (FLUSH), go if a new one has their name",
    "    (REPLACE), or stay, and none may have the name of a new one (APPEND, the default).",
];
