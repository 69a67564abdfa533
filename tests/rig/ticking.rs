//! A host for tests of what takes time.

use redmoon::dispatch::Host;

/// A host whose monotonic clock goes on by a step each time that it is asked, and whose other clock stands still.
pub struct Ticking {
    now: u64,
    step: u64,
}

impl Ticking {
    /// Makes a clock that goes by steps of so many microseconds.
    pub fn by(step: u64) -> Ticking {
        Ticking { now: 0, step }
    }
}

impl Host for Ticking {
    fn now_ms(&self) -> i64 {
        1_700_000_000_000
    }

    fn monotonic_us(&mut self) -> u64 {
        self.now += self.step;
        self.now
    }

    fn random(&mut self) -> u64 {
        7
    }

    fn log(&mut self, _: u8, _: &[u8]) {}
}
