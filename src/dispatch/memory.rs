//! What `maxmemory` means: before a client's command keys are evicted, and if that is not enough, or no key may go, what
//! needs memory is refused. See <https://redis.io/docs/latest/develop/reference/eviction/>.

use super::command::{Command, Flags};
use super::context::Context;
use super::server::Server;
use crate::keyspace::Keyspace;
use crate::protocol::Error;
use crate::structures::memory;

/// The most keys that are evicted before one command. If there are more to go the command runs all the same, and the
/// next one goes on.
const MOST_EVICTED: usize = 10_000;

/// Makes room for a client's command, or fails if it needs memory and there is none.
#[inline]
pub(super) fn admit(cx: &mut Context, command: &Command) -> Result<(), Error> {
    if cx.server.config.maxmemory == 0 {
        cx.server.over_memory = false;
        return Ok(());
    }
    // What a script has seen when it began holds to its end.
    if cx.server.running.is_none() {
        make_room(cx.keyspace, cx.server);
    }
    let refused = cx.server.over_memory && command.flags.contains(Flags::DENYOOM);
    if refused { Err(Error::OutOfMemory) } else { Ok(()) }
}

/// Refuses a script's command that needs memory, unless the script has written already: then it may go on.
#[cold]
pub(super) fn refuse_from_script(cx: &Context, command: &Command) -> Result<(), Error> {
    let refused = command.flags.contains(Flags::DENYOOM) && !cx.server.script_wrote;
    if refused { Err(Error::OutOfMemory) } else { Ok(()) }
}

/// Evicts keys until memory is within its limit, and notes whether that is so.
#[cold]
pub fn make_room(keyspace: &mut Keyspace, server: &mut Server) {
    let mut evicted = 0;
    server.over_memory = loop {
        let most = server.config.maxmemory;
        if most == 0 || used(keyspace) <= most || evicted == MOST_EVICTED {
            break false;
        }
        let Some(policy) = server.config.maxmemory_policy else { break true };
        let now = keyspace.clock.now(|| server.host.now_ms());
        let samples = server.config.maxmemory_samples;
        if !keyspace.evict(policy, samples, now, &mut |below| server.random_below(below)) {
            break true;
        }
        server.stats.evicted += 1;
        evicted += 1;
    };
}

/// Counts the bytes in use, without those that stand empty for keys to come.
fn used(keyspace: &Keyspace) -> usize {
    memory::live().saturating_sub(keyspace.slack())
}

impl Context<'_> {
    /// Counts the bytes in use, without those that stand empty for keys to come; 0 if nobody counts.
    pub fn used_memory(&self) -> usize {
        used(self.keyspace)
    }

    /// Tells whether there is too little memory for one of the calls that a transaction has queued.
    pub fn lacks_memory_for(&self, queue: &[Vec<Vec<u8>>]) -> bool {
        self.server.over_memory
            && queue.iter().any(|call| {
                let argv: Vec<&[u8]> = call.iter().map(Vec::as_slice).collect();
                self.table.find(&argv).is_ok_and(|command| command.flags.contains(Flags::DENYOOM))
            })
    }
}
