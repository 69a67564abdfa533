//! Adds random numbers by INCRBYFLOAT on the engine and on a real Redis, and compares what is printed.
//!
//! Redis adds in the `long double` of the machine that it was built for: let REDIS_URL name one on x86.

mod rig;

use rig::engine::Core;
use rig::oracle::Oracle;
use rig::resp::Value;

const PAIRS: usize = 20_000;

#[test]
fn sums_agree_with_redis() {
    let oracle = Oracle::from_environment("long-double");
    let (mut redis, mut core) = (oracle.connect(), Core::new(1));
    let mut random = Random(7);
    let mut calls = Vec::new();
    for _ in 0..PAIRS {
        let (a, b) = (random.number(), random.number());
        // Of two numbers of like size and opposite sign much is cancelled.
        let b =
            if random.below(4) == 0 { format!("-{}", a.trim_start_matches(['-', '+'])) + &random.digits(2) } else { b };
        calls.push(["SET", "k", &a].map(|word| word.as_bytes().to_vec()).to_vec());
        calls.push(["INCRBYFLOAT", "k", &b].map(|word| word.as_bytes().to_vec()).to_vec());
    }
    let (mut sums, mut before) = (0, String::new());
    for chunk in calls.chunks(1000) {
        for (call, expected) in chunk.iter().zip(redis.pipeline(chunk)) {
            let answer = core.call(1, call);
            let shown = String::from_utf8_lossy(&call.join(&b' ')).into_owned();
            assert_eq!(answer, [expected], "{shown}, after {before}");
            sums += usize::from(matches!(answer[0], Value::Bulk(_)));
            before = shown;
        }
    }
    assert!(sums > PAIRS / 2, "only {sums} of {PAIRS} pairs were numbers");
}

/// A linear congruential generator, so that every run adds the same numbers.
struct Random(u64);

impl Random {
    fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn digits(&mut self, most: u64) -> String {
        (0..self.below(most + 1)).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn number(&mut self) -> String {
        let sign = ["", "", "-", "+"][self.below(4) as usize];
        let (whole, part) = (self.digits(20), self.digits(22));
        let text = match self.below(12) {
            0 => format!("{whole}e{}", self.below(4930)),
            1 => format!("{}.{part}e{}", self.below(10), self.below(40)),
            2 => format!("{}.{part}e-{}", self.below(10), self.below(40)),
            3 => format!("{}.{part}e-{}", self.below(10), 4900 + self.below(100)),
            4 => format!("0x{:x}.{:x}p{}", self.below(1 << 31), self.below(1 << 31), self.below(80)),
            5 => format!("0x{:x}.{:x}p-{}", self.below(1 << 31), self.below(1 << 31), self.below(80)),
            6 => format!("{}.{}", self.below(1000), self.below(100)),
            7 => format!("{}", (1u128 << self.below(80)) - u128::from(self.below(2))),
            8 => format!("{}.5", 1u128 << self.below(64)),
            9 => whole,
            _ => format!("{whole}.{part}"),
        };
        format!("{sign}{text}")
    }
}
