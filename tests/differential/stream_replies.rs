//! Compares what streams tell of times, which have passed a little differently on both sides.

use crate::rig::resp::Value;

/// Commands whose replies tell of times.
const TIMED: &[&str] = &["xpending", "xinfo", "xreadgroup"];
/// What XINFO tells that is not compared: times, what is forgotten with them, and how the radix tree of Redis looks
/// after removals.
const UNSAID: &[&str] =
    &["idle", "inactive", "seen-time", "active-time", "radix-tree-nodes", "pids-tracked", "iids-tracked"];

/// Compares replies that tell of times, and the one sentence that 8 worded anew; `None` if it is neither.
pub fn same(name: &str, ours: &Value, theirs: &Value) -> Option<bool> {
    if let (Value::Error(ours), Value::Error(theirs)) = (ours, theirs)
        && ours.starts_with(b"ERR Unbalanced")
        && theirs.starts_with(b"ERR Unbalanced XREAD")
    {
        return Some(true);
    }
    TIMED.contains(&name).then(|| alike(ours, theirs))
}

fn alike(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) | (Value::Map(ours), Value::Map(theirs)) => {
            // A pending entry: ID, consumer, time, deliveries; or without the consumer; or its fields in that place.
            let time = match &ours[..] {
                [Value::Bulk(_), Value::Bulk(_) | Value::Array(_), Value::Int(_), Value::Int(_)] => Some(2),
                [Value::Bulk(_), Value::Int(_), Value::Int(_)] => Some(1),
                _ => None,
            };
            let unsaid = |at: usize| match at.checked_sub(1).map(|before| &ours[before]) {
                Some(Value::Bulk(name)) => UNSAID.iter().any(|unsaid| unsaid.as_bytes() == name),
                _ => false,
            };
            ours.len() == theirs.len()
                && ours.iter().zip(theirs).enumerate().all(|(at, (ours, theirs))| match (ours, theirs) {
                    (Value::Int(ours), Value::Int(theirs)) if time == Some(at) => (ours - theirs).abs() < 100_000,
                    _ => unsaid(at) || alike(ours, theirs),
                })
        }
        _ => ours == theirs,
    }
}
