//! What there is of a transaction beside its calls: the keys that its client watches.

use super::context::Context;

impl Context<'_> {
    /// Ends every watch and tells whether a watched key changed, its expiry being a change too.
    pub fn end_watches(&mut self) -> bool {
        let mut changed = false;
        for watch in std::mem::take(&mut self.session.watched) {
            let expired = self.keyspace.dbs[watch.db].is_expired(&watch.key, self.now());
            changed |= self.keyspace.journal.unwatch(watch.db, &watch.key) != watch.changes || expired;
        }
        changed
    }

    /// Forgets an open transaction and every watch (DISCARD, RESET, an EXEC that may not run).
    pub fn abandon_transaction(&mut self) {
        self.session.queue = None;
        self.session.refused = false;
        self.end_watches();
    }
}
