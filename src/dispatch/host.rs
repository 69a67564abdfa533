//! What an engine asks of the world outside it.

/// Time, randomness and the log. Each is asked for only when it is needed: a Worker has neither time nor randomness
/// while its modules load.
pub trait Host {
    /// Answers the time in ms since 1970.
    fn now_ms(&self) -> i64;

    /// Answers a time in microseconds that never goes back, from any origin.
    fn monotonic_us(&mut self) -> u64;

    /// Answers 64 random bits.
    fn random(&mut self) -> u64;

    /// Waits, for DEBUG SLEEP; false if the host has no way to.
    fn sleep(&mut self, _ms: u64) -> bool {
        false
    }

    /// Is told that there is something for sessions to hear, or somebody to be let go, who did not just call.
    fn ring(&mut self) {}

    /// Ends the process, for SHUTDOWN, if the process is the engine's own.
    fn shut_down(&mut self) {}

    /// Receives a line of the log. Levels are Redis's: 0 debug, 1 verbose, 2 notice, 3 warning.
    fn log(&mut self, level: u8, line: &[u8]);
}
