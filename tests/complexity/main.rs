//! No call that is documented as O(1) or O(log N) takes much longer among many items than among few. The bounds are
//! generous, for machines are busy; `npm run bench -- complexity` fits the growth to a million.

#[path = "../rig/mod.rs"]
mod rig;

use redmoon::engine::{Engine, SessionId};
use rig::engine::Core;
use std::time::Instant;

/// What is measured, and among what: its head says how it is written.
const CALLS: &str = include_str!("calls.txt");
const SIZES: [usize; 3] = [1000, 20_000, 300_000];
/// By how much a call may take longer among the most items than among the fewest: a time that grew with their number
/// would be longer 300 times, one with its square root 17 times. Caches and logarithms come to 2 to 5.
const BOUND: f64 = 10.0;
/// Calls of one round, and rounds of which the fastest counts.
const MANY: usize = 24;
const ROUNDS: usize = 9;
/// How often a call that seems too slow is measured again.
const TRIALS: usize = 5;

#[derive(Default)]
struct Type<'a> {
    first: Option<&'a str>,
    item: &'a str,
    then: Option<&'a str>,
    calls: Vec<Call<'a>>,
}

struct Call<'a> {
    title: &'a str,
    call: &'a str,
    undo: Option<&'a str>,
}

fn read() -> Vec<Type<'static>> {
    let mut types = Vec::new();
    for block in CALLS.split("\n\n").skip(1) {
        let mut one = Type::default();
        for line in block.lines() {
            match line.split_once(' ').expect("a line has words") {
                ("first", call) => one.first = Some(call),
                ("each", call) => one.item = call,
                ("then", call) => one.then = Some(call),
                _ => {
                    let (title, call) = line.split_once(": ").expect("a call has a title");
                    let (call, undo) = call.split_once(" <- ").map_or((call, None), |(call, undo)| (call, Some(undo)));
                    one.calls.push(Call { title, call, undo });
                }
            }
        }
        types.push(one);
    }
    types
}

/// The words of a call about the item `at`.
fn words(call: &str, at: usize) -> Vec<Vec<u8>> {
    let number = |text: &str| text.parse::<i64>().expect(text);
    let place = |word: &str| {
        let Some((before, (inside, after))) =
            word.split_once('{').map(|(before, rest)| (before, rest.split_once('}').expect(word)))
        else {
            return word.to_owned();
        };
        let (base, rest) = inside.split_once("+at").unwrap_or(("0", inside.trim_start_matches("at")));
        let (rest, modulus) = rest.split_once('%').unwrap_or((rest, "9000000000"));
        let factor = rest.strip_prefix('*').unwrap_or("1");
        let value = number(base) + at as i64 * number(factor) % number(modulus);
        format!("{before}{value}{after}")
    };
    call.split(' ').map(|word| place(word).into_bytes()).collect()
}

struct Run {
    engine: Engine,
    session: SessionId,
    out: Vec<u8>,
}

impl Run {
    fn call(&mut self, words: &[Vec<u8>]) {
        let argv: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
        self.out.clear();
        self.engine.call(self.session, &argv, &mut self.out);
        assert_ne!(self.out.first(), Some(&b'-'), "{}", self.out.escape_ascii());
    }

    /// Nanoseconds of a call among `size` items: those of the fastest round.
    fn measure(&mut self, call: &Call, size: usize) -> f64 {
        let items: Vec<usize> = (0..MANY).map(|nth| (2 * nth + 1) * size / (2 * MANY)).collect();
        let doing: Vec<_> = items.iter().map(|&at| words(call.call, at)).collect();
        let undoing: Vec<_> = call.undo.iter().flat_map(|undo| items.iter().map(|&at| words(undo, at))).collect();
        let round = |_| {
            let began = Instant::now();
            doing.iter().for_each(|words| self.call(words));
            let took = began.elapsed().as_nanos() as f64 / MANY as f64;
            undoing.iter().for_each(|words| self.call(words));
            took
        };
        (0..ROUNDS).map(round).fold(f64::MAX, f64::min)
    }
}

#[test]
fn no_call_grows_with_the_number_of_items() {
    let mut slow = Vec::new();
    for one in read() {
        let Core { mut engine, .. } = Core::new(3);
        let session = engine.open();
        let mut run = Run { engine, session, out: Vec::new() };
        let mut fastest = Vec::new();
        for size in SIZES {
            run.call(&words("FLUSHALL", 0));
            one.first.iter().for_each(|call| run.call(&words(call, 0)));
            (0..size).for_each(|at| run.call(&words(one.item, at)));
            one.then.iter().for_each(|call| run.call(&words(call, 0)));
            let mut times: Vec<f64> = one.calls.iter().map(|call| run.measure(call, size)).collect();
            if fastest.is_empty() {
                fastest.clone_from(&times);
            }
            for ((call, time), least) in one.calls.iter().zip(&mut times).zip(&fastest) {
                // A look at the clock takes its time too.
                let bound = (least + 100.0) * BOUND;
                for _ in 0..TRIALS {
                    if *time > bound {
                        *time = time.min(run.measure(call, size));
                    }
                }
                if *time > bound {
                    slow.push(format!("{}: {time:.0} ns among {size}, {least:.0} among {}", call.title, SIZES[0]));
                }
            }
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
