//! Strings. See <https://redis.io/docs/latest/commands/?group=string>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::protocol::{Reply, Result};
use crate::structures::Str;

pub const COMMANDS: &[Command] = &[Command {
    name: "GET",
    syntax: "GET key",
    summary: "Returns the string value of a key.",
    complexity: "O(1)",
    since: "1.0.0",
    group: Group::String,
    arity: 2,
    flags: Flags::READONLY.and(Flags::FAST),
    keys: Keys::READ,
    reply: "bulk | null",
    handler: Handler::Now(get),
    ..Command::DEFAULT
}];

fn get(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    Ok(cx.read::<Str>(key)?.map(|value| Reply::bulk(&*value.bytes())).into())
}
