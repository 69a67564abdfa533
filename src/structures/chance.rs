//! Chance for tests: the same numbers in every run.

/// Answers what gives numbers below a bound: a linear congruential generator that begins at `state`.
pub fn random_below<N: TryFrom<u64> + TryInto<u64>>(mut state: u64) -> impl FnMut(N) -> N {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let below = below.try_into().unwrap_or(u64::MAX);
        N::try_from((state >> 33) % below).unwrap_or_else(|_| unreachable!("it is below what is an N"))
    }
}
