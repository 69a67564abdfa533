//! Tells whether two servers said the same.

use crate::rig::resp::Value;
use crate::stream_replies;

/// What is known of the server beside us.
#[derive(Clone, Copy)]
pub struct Peer {
    /// It is older than 7.2: collections change their encodings at other moments, and doubles print with 17 digits.
    pub before_7_2: bool,
}

/// Commands whose replies have no order.
const UNORDERED: &[&str] =
    &["smembers", "sunion", "sinter", "sdiff", "hkeys", "hvals", "keys", "scan", "sscan", "spop"];
/// Commands whose replies are pairs without order, flat in RESP2.
const PAIRS: &[&str] = &["hgetall", "hscan", "zscan"];
/// Commands that answer what chance picks: only the form of the reply is compared.
const RANDOM: &[&str] = &["srandmember", "hrandfield", "zrandmember"];
/// Commands that answer times, which have passed a little differently on both sides.
const TIMES: &[&str] = &["ttl", "pttl", "expiretime", "pexpiretime", "httl", "hpttl", "hexpiretime", "hpexpiretime"];

/// Encodings of which Redis may say the one and we the other: a list that shrinks is one listpack when its nodes are one,
/// and where it was inserted into in the middle, ours are divided at other elements. HIMPORT's templates are Redis's own.
const EITHER: [&[u8]; 2] = [b"listpack", b"quicklist"];

/// Tells whether `ours` is what the server said to the same command.
pub fn same(peer: Peer, call: &[Vec<u8>], ours: &Value, theirs: &Value) -> bool {
    if ours == theirs {
        return true;
    }
    let name = String::from_utf8_lossy(&call[0]).to_lowercase();
    let listed = |list: &[&str]| list.contains(&name.as_str());
    if let Some(same) = stream_replies::same(&name, ours, theirs) {
        return same;
    }
    match (ours, theirs) {
        _ if listed(TIMES) => times(&name, ours, theirs),
        (Value::Error(ours), Value::Error(theirs))
            if String::from_utf8_lossy(ours) == String::from_utf8_lossy(theirs) =>
        {
            true
        }
        // 7.0 takes an empty text, or one that begins with spaces, as a number, and none at all after a range error.
        // A script may tell the length of the one or of the other.
        (Value::Int(_), Value::Int(_))
            if peer.before_7_2 && name.starts_with("sort") && !call.iter().any(|word| word == b"store") =>
        {
            true
        }
        (Value::Error(_), Value::Array(_)) | (Value::Array(_), Value::Error(_))
            if peer.before_7_2 && name.starts_with("sort") =>
        {
            true
        }
        (Value::Error(_), _) | (_, Value::Error(_)) => false,
        _ if listed(RANDOM) => form(ours) == form(theirs),
        (Value::Bulk(ours), Value::Bulk(_)) if name == "object" && peer.before_7_2 => {
            // What is embedded is so by the length of the key too since 8.0.
            matches!(&ours[..], b"listpack" | b"quicklist" | b"hashtable" | b"skiplist" | b"raw" | b"embstr")
        }
        (Value::Bulk(ours), Value::Bulk(theirs)) if name == "object" => {
            theirs.starts_with(b"template-") || EITHER.contains(&&ours[..]) && EITHER.contains(&&theirs[..])
        }
        _ if peer.before_7_2 && name.starts_with("geo") => near(ours, theirs),
        _ if listed(UNORDERED) || call.iter().any(|word| word == b"nosort") => sorted(ours, 1) == sorted(theirs, 1),
        _ if listed(PAIRS) => sorted(ours, 2) == sorted(theirs, 2),
        _ => alike(ours, theirs),
    }
}

/// Compares times that have passed a little differently.
fn times(name: &str, ours: &Value, theirs: &Value) -> bool {
    let tolerance = if name.starts_with('p') || name.starts_with("hp") { 3000 } else { 3 };
    match (ours, theirs) {
        (Value::Int(ours), Value::Int(theirs)) => {
            ours == theirs || (*ours > 0 && *theirs > 0 && (ours - theirs).abs() <= tolerance)
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| times(name, ours, theirs))
        }
        _ => ours == theirs,
    }
}

/// Compares with doubles by their value, however they are written.
fn alike(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Bulk(ours), Value::Bulk(theirs)) => {
            ours == theirs || number(ours).is_some_and(|n| Some(n) == number(theirs))
        }
        (Value::Double(ours), Value::Double(theirs)) => {
            ours == theirs || number(ours.as_bytes()).is_some_and(|n| Some(n) == number(theirs.as_bytes()))
        }
        (Value::Set(ours), Value::Set(theirs)) => canonical(ours, 1) == canonical(theirs, 1),
        (Value::Map(ours), Value::Map(theirs)) => canonical(ours, 2) == canonical(theirs, 2),
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| alike(ours, theirs))
        }
        _ => ours == theirs,
    }
}

/// Compares with coordinates to the 17 digits behind the point that 7.0 prints.
fn near(ours: &Value, theirs: &Value) -> bool {
    let digits = |value: &Value| match value {
        Value::Bulk(text) => number(text),
        Value::Double(text) => number(text.as_bytes()),
        _ => None,
    };
    match (ours, theirs) {
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| near(ours, theirs))
        }
        _ => {
            ours == theirs
                || digits(ours).zip(digits(theirs)).is_some_and(|(ours, theirs)| (ours - theirs).abs() < 1e-16)
        }
    }
}

fn number(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?;
    text.contains(|c: char| c.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Sorts the elements of an array, or of the array behind a SCAN's cursor.
fn sorted(value: &Value, each: usize) -> Vec<String> {
    match value {
        Value::Array(items) | Value::Set(items) | Value::Map(items) => match &items[..] {
            [Value::Bulk(cursor), Value::Array(items)] => {
                let mut all = canonical(items, each);
                all.push(String::from_utf8_lossy(cursor).into_owned());
                all
            }
            _ => canonical(items, each),
        },
        other => vec![format!("{other:?}")],
    }
}

fn canonical(items: &[Value], each: usize) -> Vec<String> {
    let print = |value: &Value| match value {
        Value::Bulk(text) if number(text).is_some() && each == 2 => format!("{:?}", number(text)),
        Value::Double(text) => format!("{:?}", number(text.as_bytes())),
        other => format!("{other:?}"),
    };
    let mut all: Vec<String> =
        items.chunks(each).map(|item| item.iter().map(print).collect::<Vec<_>>().join(" ")).collect();
    all.sort_unstable();
    all
}

/// Describes the form of a reply without its texts.
fn form(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(form).collect::<Vec<_>>().join(" ")),
        Value::Bulk(_) => "bulk".into(),
        Value::Double(_) => "double".into(),
        other => format!("{other:?}"),
    }
}
