//! The time as commands see it.

use std::cell::Cell;

/// Commands that may run in a row by the time that an earlier one asked for.
const STALE_AFTER: u32 = 256;

/// The time in ms since 1970, asked for at most once a command, and only by a command that needs to know.
///
/// What only needs to be about right (when a key was last used, when a client last called) takes the time as it was
/// last asked for, as Redis takes what its cron has noted. That time is some commands old, or as old as the last
/// `set`: whoever embeds the engine sets the clock when it has rested.
#[derive(Debug, Default)]
pub struct Clock {
    last: Cell<i64>,
    /// The running command has asked.
    asked: Cell<bool>,
    /// Commands since somebody asked.
    unasked: Cell<u32>,
}

impl Clock {
    /// Begins a command.
    #[inline]
    pub fn begin(&self, ask: impl FnOnce() -> i64) {
        self.asked.set(false);
        self.unasked.set(self.unasked.get() + 1);
        if self.unasked.get() > STALE_AFTER {
            self.set(ask());
        }
    }

    /// Sets the clock.
    pub fn set(&self, now: i64) {
        self.last.set(now);
        self.asked.set(true);
        self.unasked.set(0);
    }

    /// Answers the time of the running command.
    #[inline]
    pub fn now(&self, ask: impl FnOnce() -> i64) -> i64 {
        if !self.asked.get() {
            self.set(ask());
        }
        self.last.get()
    }

    /// Answers the time as it was last asked for.
    #[inline]
    pub fn last(&self) -> i64 {
        self.last.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_asks_once_and_sees_one_time() {
        let (clock, mut world) = (Clock::default(), 1000..);
        let mut ask = || world.next().unwrap();
        clock.begin(&mut ask);
        assert_eq!((clock.now(&mut ask), clock.now(&mut ask)), (1000, 1000));
        clock.begin(&mut ask);
        assert_eq!((clock.last(), clock.now(&mut ask)), (1000, 1001));
    }

    #[test]
    fn commands_that_need_no_time_ask_now_and_then() {
        let clock = Clock::default();
        clock.set(1);
        for command in 0..STALE_AFTER {
            clock.begin(|| panic!("asked before command {command}"));
        }
        clock.begin(|| 2);
        assert_eq!(clock.last(), 2);
    }
}
