//! Scripts. See <https://redis.io/docs/latest/develop/programmability/eval-intro/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::protocol::{Error, Reply, Result};
use crate::scripting::{self, Call, Scripting};

/// What EVAL and its like share.
pub(super) const EVAL: Command = Command {
    complexity: "Depends on the script that is executed.",
    since: "2.6.0",
    group: Group::Scripting,
    arity: -3,
    flags: Flags::NOSCRIPT
        .and(Flags::STALE)
        .and(Flags::SKIP_MONITOR)
        .and(Flags::SCRIPT_RUNNER)
        .and(Flags::NO_MANDATORY_KEYS)
        .and(Flags::MOVABLEKEYS),
    keys: Keys(&[keys::counted(2, KeyFlags::RW.and(KeyFlags::ACCESS).and(KeyFlags::UPDATE))]),
    reply: "any",
    ..Command::DEFAULT
};

/// The same of those that only read.
pub(super) const EVAL_RO: Command = Command {
    since: "7.0.0",
    flags: EVAL.flags.and(Flags::READONLY),
    keys: Keys(&[keys::counted(2, KeyFlags::RO_ACCESS)]),
    ..EVAL
};

const SCRIPT: Command = Command { group: Group::Scripting, flags: Flags::NOSCRIPT, since: "2.6.0", ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "EVAL",
        syntax: "EVAL script numkeys:int [key...] [arg...]",
        summary: "Executes a server-side Lua script.",
        handler: Handler::Now(eval),
        ..EVAL
    },
    Command {
        name: "EVALSHA",
        syntax: "EVALSHA sha1 numkeys:int [key...] [arg...]",
        summary: "Executes a server-side Lua script by SHA1 digest.",
        handler: Handler::Now(evalsha),
        ..EVAL
    },
    Command {
        name: "EVAL_RO",
        syntax: "EVAL_RO script numkeys:int [key...] [arg...]",
        summary: "Executes a read-only server-side Lua script.",
        handler: Handler::Now(eval_ro),
        ..EVAL_RO
    },
    Command {
        name: "EVALSHA_RO",
        syntax: "EVALSHA_RO sha1 numkeys:int [key...] [arg...]",
        summary: "Executes a read-only server-side Lua script by SHA1 digest.",
        handler: Handler::Now(evalsha_ro),
        ..EVAL_RO
    },
    Command {
        name: "SCRIPT",
        syntax: "SCRIPT",
        summary: "A container for Lua scripts management commands.",
        since: "2.6.0",
        group: Group::Scripting,
        flags: Flags::NO_GROUP_CATEGORY,
        ..Command::CONTAINER
    },
    #[cfg(feature = "full")]
    Command {
        name: "SCRIPT DEBUG",
        syntax: "SCRIPT DEBUG <YES | SYNC | NO>",
        summary: "Sets the debug mode of server-side Lua scripts.",
        complexity: "O(1)",
        since: "3.2.0",
        arity: 3,
        flags: Flags::NOSCRIPT,
        reply: "OK",
        handler: Handler::Now(debug),
        ..SCRIPT
    },
    Command {
        name: "SCRIPT EXISTS",
        syntax: "SCRIPT EXISTS sha1...",
        summary: "Determines whether server-side Lua scripts exist in the script cache.",
        complexity: "O(N) with N being the number of scripts to check.",
        arity: -3,
        reply: "integer[]",
        tips: &["request_policy:all_shards", "response_policy:agg_logical_and"],
        handler: Handler::Now(exists),
        ..SCRIPT
    },
    Command {
        name: "SCRIPT FLUSH",
        syntax: "SCRIPT FLUSH [<ASYNC | SYNC>]",
        summary: "Removes all server-side Lua scripts from the script cache.",
        complexity: "O(N) with N being the number of scripts in cache.",
        arity: -2,
        reply: "OK",
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        history: &[("6.2.0", "Added the `ASYNC` and `SYNC` flushing mode modifiers.")],
        handler: Handler::Now(flush),
        ..SCRIPT
    },
    Command {
        name: "SCRIPT HELP",
        syntax: "SCRIPT HELP",
        since: "5.0.0",
        group: Group::Scripting,
        handler: Handler::Help(HELP),
        ..Command::HELP
    },
    Command {
        name: "SCRIPT KILL",
        syntax: "SCRIPT KILL",
        summary: "Terminates a server-side Lua script during execution.",
        complexity: "O(1)",
        arity: 2,
        flags: Flags::NOSCRIPT.and(Flags::ALLOW_BUSY),
        reply: "OK",
        tips: &["request_policy:all_shards", "response_policy:one_succeeded"],
        handler: Handler::Now(kill),
        ..SCRIPT
    },
    Command {
        name: "SCRIPT LOAD",
        syntax: "SCRIPT LOAD script",
        summary: "Loads a server-side Lua script to the script cache.",
        complexity: "O(N) with N being the length in bytes of the script body.",
        arity: 3,
        flags: Flags::NOSCRIPT.and(Flags::STALE),
        reply: "bulk",
        tips: &["request_policy:all_nodes", "response_policy:all_succeeded"],
        handler: Handler::Now(load),
        ..SCRIPT
    },
];

fn eval(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, false, false)
}

fn evalsha(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, true, false)
}

fn eval_ro(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, false, true)
}

fn evalsha_ro(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, true, true)
}

fn run(cx: &mut Context, mut args: Args, by_sha: bool, read_only: bool) -> Result<Reply> {
    let script = args.bytes()?;
    if by_sha && script.len() != 40 {
        return Err(Error::NoScript);
    }
    let numkeys = args.int()?;
    let keys = counted_keys(&mut args, numkeys)?;
    let call = Call { argv: args.argv(), keys, args: args.rest(), read_only };
    apart(
        cx,
        |scripting, cx| {
            if by_sha { scripting.eval_sha(cx, script, call) } else { scripting.eval(cx, script, call) }
        },
    )
}

/// Lends the scripts to a call, whose HIMPORT has sets of fields of its own: they end with it.
pub fn apart(
    cx: &mut Context,
    body: impl FnOnce(&mut Scripting, &mut Context) -> Result<Reply>,
) -> Result<Reply> {
    let fieldsets = std::mem::take(&mut cx.session.fieldsets);
    let outcome = scripting::lend(cx, body);
    cx.session.fieldsets = fieldsets;
    outcome
}

/// Takes as many keys as their number says.
pub fn counted_keys<'a>(args: &mut Args<'a>, numkeys: i64) -> Result<&'a [&'a [u8]]> {
    if numkeys > args.len() as i64 {
        return Err(Error::own("Number of keys can't be greater than number of args"));
    }
    args.take(usize::try_from(numkeys).map_err(|_| Error::own("Number of keys can't be negative"))?)
}

fn load(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let script = args.bytes()?;
    scripting::lend(cx, |scripting, _| Ok(scripting.load(script)?.as_bytes().into()))
}

fn exists(cx: &mut Context, mut args: Args) -> Result<Reply> {
    scripting::lend(cx, |scripting, _| Ok(args.rest().iter().map(|sha1| scripting.contains(sha1)).collect()))
}

fn flush(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let known = args.is_empty() || args.accept("ASYNC") || args.accept("SYNC");
    if !known || !args.is_empty() {
        return Err(Error::own("SCRIPT FLUSH only support SYNC|ASYNC option"));
    }
    scripting::lend(cx, |scripting, _| {
        scripting.flush();
        Ok(Reply::OK)
    })
}

fn kill(cx: &mut Context, _: Args) -> Result<Reply> {
    kill_running(cx, false)
}

/// Has the script (or the function) end that keeps everybody waiting, unless it has written.
pub fn kill_running(cx: &mut Context, is_function: bool) -> Result<Reply> {
    let wrote = cx.server.script_wrote;
    let running = cx.server.running.as_mut();
    let running = running.ok_or(Error::Raw(b"NOTBUSY No scripts in execution right now.".to_vec()))?;
    if wrote {
        return Err(Error::raw(
            "UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the \
             script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command.",
        ));
    }
    if running.is_function != is_function {
        return Err(running.refusal());
    }
    running.killed = true;
    Ok(Reply::OK)
}

#[cfg(feature = "full")]
fn debug(_: &mut Context, mut args: Args) -> Result<Reply> {
    Err(Error::own(match args.option().as_ref().map_or("", |mode| mode.as_str()) {
        "NO" => return Ok(Reply::OK),
        "YES" | "SYNC" => "an engine inside a process has no debugger of scripts",
        _ => "Use SCRIPT DEBUG YES/SYNC/NO",
    }))
}

/// What SCRIPT HELP says of each subcommand.
const HELP: &[&str] = &[
    "EXISTS <sha1> [<sha1> ...]",
    "    Tell which scripts are in the script cache.",
    "FLUSH [ASYNC|SYNC]",
    "    Empty the script cache.",
    "KILL",
    "    Stop the script that is running.",
    "LOAD <script>",
    "    Put a script into the script cache without running it.",
];
