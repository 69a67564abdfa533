//! What a cluster asks of every call: its keys in one slot, and one database.
//! See <https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/>.

use super::command::Command;
use super::context::Context;
use crate::protocol::Error;
use crate::structures::slot::slot_of;

/// Fails for a call that no node of a cluster would run.
#[cold]
pub(super) fn admit(cx: &Context, command: &Command, argv: &[&[u8]]) -> Result<(), Error> {
    let alone = match command.name {
        "SELECT" => argv.get(1).is_some_and(|index| *index != b"0"),
        "SWAPDB" | "MOVE" => true,
        _ => false,
    };
    if alone {
        return Err(Error::telling(format_args!("{} is not allowed in cluster mode", command.name)));
    }
    let mut first = None;
    let mut is_elsewhere = |command: &Command, argv: &[&[u8]]| {
        let positions = command.keys.positions(argv).unwrap_or_default();
        positions.iter().any(|(at, _)| {
            let slot = slot_of(argv[*at]);
            *first.get_or_insert(slot) != slot
        })
    };
    let queue = cx.session.queue.as_deref().filter(|_| command.name == "EXEC").unwrap_or_default();
    let crosses = is_elsewhere(command, argv)
        || queue.iter().any(|call| {
            let argv: Vec<&[u8]> = call.iter().map(Vec::as_slice).collect();
            cx.table.find(&argv).is_ok_and(|command| is_elsewhere(command, &argv))
        });
    match crosses {
        true => Err(Error::raw("CROSSSLOT Keys in request don't hash to the same slot")),
        false => Ok(()),
    }
}
