//! What is noted of a value's use, in 32 bits: when it was last used, or how often.
//!
//! See <https://redis.io/docs/latest/develop/reference/eviction/>.

/// What the stamps of a database say. A change of this leaves old stamps to be overwritten by use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Usage {
    /// When the value was last read or written, in seconds since 1970.
    #[default]
    Access,
    /// When it was last written, in seconds since 1970.
    Write,
    /// How often it is used, in the lower 8 bits on a logarithmic scale, and when that was last looked at, above them
    /// in minutes.
    Frequency {
        /// How much slower the counter grows the higher it is; 0 counts every use.
        log_factor: u32,
        /// After how many minutes without use the counter falls by one; 0 never.
        decay_minutes: u32,
    },
}

/// The counter of a new value: it has a chance to be used again before it goes.
const FIRST_COUNT: u32 = 5;

/// Answers a time in ms as whole seconds. (The division of doubles is the faster one in WebAssembly.)
#[inline]
pub fn seconds(now: i64) -> u32 {
    (now as f64 / 1000.0) as u32
}

fn minutes(now: i64) -> u32 {
    (now / 60_000) as u32 & 0xff_ffff
}

impl Usage {
    /// Stamps a new value.
    #[inline]
    pub fn first(self, now: i64) -> u32 {
        match self {
            Usage::Access | Usage::Write => seconds(now),
            Usage::Frequency { .. } => minutes(now) << 8 | FIRST_COUNT,
        }
    }

    /// Stamps a new value of which it is known for how many seconds it was not used, or how often it was (0 to 255).
    pub fn known(self, idle: Option<u32>, frequency: Option<u32>, now: i64) -> u32 {
        match (self, idle, frequency) {
            (Usage::Access | Usage::Write, Some(idle), _) => seconds(now).saturating_sub(idle),
            (Usage::Frequency { .. }, _, Some(frequency)) => minutes(now) << 8 | frequency.min(255),
            _ => self.first(now),
        }
    }

    /// Stamps a value that was used; `random` is any number.
    pub fn next(self, stamp: u32, wrote: bool, now: i64, random: u32) -> u32 {
        match self {
            Usage::Access => seconds(now),
            Usage::Write if wrote => seconds(now),
            Usage::Write => stamp,
            Usage::Frequency { log_factor, .. } => {
                let count = self.frequency(stamp, now);
                let odds = count.saturating_sub(FIRST_COUNT).saturating_mul(log_factor).saturating_add(1);
                let counts = u64::from(random).wrapping_mul(u64::from(odds)) >> 32 == 0;
                minutes(now) << 8 | (count + u32::from(counts)).min(255)
            }
        }
    }

    /// Answers for how many seconds a value has not been used; 0 where that is not known.
    pub fn idle(self, stamp: u32, now: i64) -> u32 {
        match self {
            Usage::Access | Usage::Write => seconds(now).saturating_sub(stamp),
            Usage::Frequency { .. } => 0,
        }
    }

    /// Answers how often a value is used, 0 to 255; 0 where that is not known.
    pub fn frequency(self, stamp: u32, now: i64) -> u32 {
        let Usage::Frequency { decay_minutes, .. } = self else { return 0 };
        let since = minutes(now).wrapping_sub(stamp >> 8) & 0xff_ffff;
        (stamp & 255).saturating_sub(since.checked_div(decay_minutes).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_counter_grows_with_use_and_falls_with_time() {
        let usage = Usage::Frequency { log_factor: 10, decay_minutes: 1 };
        let mut stamp = usage.first(HOUR);
        assert_eq!(usage.frequency(stamp, HOUR), 5);
        let mut random = 1u32;
        for _ in 0..100_000 {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            stamp = usage.next(stamp, false, HOUR, random);
        }
        // Redis's documentation gives 142 or so for as many uses.
        assert!((120..=165).contains(&usage.frequency(stamp, HOUR)), "{}", usage.frequency(stamp, HOUR));
        assert_eq!(usage.frequency(stamp, HOUR + 60_000), usage.frequency(stamp, HOUR) - 1);
        assert_eq!(usage.frequency(stamp, 10 * HOUR), 0);
        let lasting = Usage::Frequency { log_factor: 0, decay_minutes: 0 };
        assert_eq!(lasting.frequency(lasting.next(7, false, HOUR, u32::MAX), 10 * HOUR), 8);
    }

    #[test]
    fn reading_is_no_writing() {
        assert_eq!(Usage::Write.next(1, false, HOUR, 0), 1);
        assert_eq!(Usage::Write.next(1, true, HOUR, 0), 3600);
        assert_eq!(Usage::Access.next(1, false, HOUR, 0), 3600);
    }
}
