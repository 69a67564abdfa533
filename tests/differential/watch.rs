//! Ends the run when one command takes the engine too long: what hangs in this process cannot be interrupted, only told.

use crate::generate::Call;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The longest that one command may take on either side.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the engine is at, and since when.
#[derive(Clone, Default)]
pub struct Watch(Arc<Mutex<Option<(Instant, Call)>>>);

impl Watch {
    /// Begins to look on, in a thread of its own.
    pub fn begin(describe: fn(&Call) -> String) -> Watch {
        let watch = Watch::default();
        let seen = watch.clone();
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                if let Some((began, call)) = &*seen.0.lock().expect("the other thread has not panicked")
                    && began.elapsed() > PATIENCE
                {
                    eprintln!("the engine has not come to an end within {PATIENCE:?} with\n> {}", describe(call));
                    std::process::abort();
                }
            }
        });
        watch
    }

    /// Runs what a command means for the engine.
    pub fn over<T>(&self, call: &Call, run: impl FnOnce() -> T) -> T {
        *self.0.lock().expect("the other thread has not panicked") = Some((Instant::now(), call.clone()));
        let outcome = run();
        *self.0.lock().expect("the other thread has not panicked") = None;
        outcome
    }
}
