//! What is particular to drawing commands about streams: IDs that hit, and calls whose keys and IDs come in pairs.

use super::{Call, Random, key};

/// Ends of ranges and thresholds beside plain IDs.
const ODD_IDS: &[&str] = &["-", "+", "0", "3", "(2", "(2-5", "18446744073709551615", "x", "", "5-", "(", "2-x", "0-0"];
/// No ms, and more than the test takes: whatever lies between depends on the moment.
const IDLE: &[&str] = &["0", "0", "0", "0", "0", "0", "100000000", "100000000", "100000000", "x", "-1"];

/// Draws an ID that is likely to be in a stream.
fn id(random: &mut Random) -> String {
    format!("{}-{}", [1, 2, 3, 3, 3][random.below(5)], random.below(30))
}

fn bytes(text: impl Into<String>) -> Option<Vec<u8>> {
    Some(text.into().into_bytes())
}

/// Draws the word for an argument of a command about streams; `None` if it is nothing particular.
pub fn word(random: &mut Random, command: &str, name: &str) -> Option<Vec<u8>> {
    match name {
        "group" | "groupname" => bytes(["g", "g", "g", "g", "h", "h", "h", "none"][random.below(8)]),
        "consumer" | "consumername" => bytes(*random.pick(&["alice", "bob", "carol"])),
        "min-idle-time" => bytes(*random.pick(IDLE)),
        "ms" => bytes(*random.pick(&["0", "1000000000", "-1", "x"])),
        "pid" => bytes(*random.pick(&["p", "q"])),
        "iid" => bytes(*random.pick(&["1", "2", "3"])),
        // New IDs grow on their own; after 4-0 few do.
        "id" if command == "xadd" && random.percent(90) => {
            bytes(if random.below(300) == 0 { "4-*" } else { ["2-*", "3-*", "3-*", "3-*"][random.below(4)] })
        }
        "threshold" if random.percent(50) => bytes(random.below(20).to_string()),
        "start" | "end" if random.percent(50) => bytes(*random.pick(&["-", "+", "(1-5", "2", "3"])),
        "id"
        | "start"
        | "end"
        | "threshold"
        | "lastid"
        | "last-id"
        | "stream-id"
        | "max-deleted-id"
        | "max_deleted_entry_id" => {
            let odd = random.percent(6);
            if odd { bytes(*random.pick(ODD_IDS)) } else { bytes(id(random)) }
        }
        _ => None,
    }
}

/// Takes out of a call what would depend on the moment, XADD's `*`, and lets most groups come to be.
pub fn mend(random: &mut Random, call: &mut Call) {
    if call.starts_with(&[b"xgroup".to_vec(), b"create".to_vec()]) && call.len() >= 5 && random.percent(60) {
        call.truncate(4);
        call.extend([random.pick(&["0", "$", "3-5"]).as_bytes().to_vec(), b"mkstream".to_vec()]);
    }
    if call[0] == b"xadd" {
        // What is recorded of producers goes with IDs that are times.
        let producer = call.iter().position(|word| word.starts_with(b"IDMP")).filter(|_| random.percent(90));
        if let Some(at) = producer {
            let words = if call[at] == b"IDMP" { 3 } else { 2 };
            call.drain(at..(at + words).min(call.len()));
        }
        call.iter_mut().skip(2).filter(|word| word[..] == *b"*").for_each(|word| *word = b"3-*".to_vec());
    }
}

/// Draws XREAD or XREADGROUP; `modern` is a server of 8.10.
pub fn read(random: &mut Random, modern: bool) -> Call {
    let grouped = random.percent(70);
    let mut call: Call = Vec::new();
    let mut say = |text: &str| call.push(text.as_bytes().to_vec());
    say(if grouped { "xreadgroup" } else { "xread" });
    if grouped && random.percent(98) {
        say("group");
        say(*random.pick(&["g", "g", "g", "h"]));
        say(*random.pick(&["alice", "bob", "carol"]));
    }
    if random.percent(60) {
        say("COUNT");
        say(["1", "2", "3", "10", "10", "3", "2", "0", "-1", "x"][random.below(10)]);
    }
    if modern && random.percent(20) {
        say(*random.pick(&["MAXCOUNT", "MAXSIZE"]));
        say(["1", "3", "40", "70", "100", "150", "40", "70", "100", "150", "0", "x"][random.below(12)]);
    }
    if modern && random.percent(30) {
        say("CLAIM");
        say(*random.pick(IDLE));
    }
    if random.percent(20) {
        say("NOACK");
    }
    say("STREAMS");
    let count = 1 + random.below(3);
    for _ in 0..count {
        call.push(key(random, "x"));
    }
    for _ in 0..if random.percent(97) { count } else { random.below(4) } {
        let text = match random.below(10) {
            0..=5 if grouped => ">".to_string(),
            6 => random.pick(&["$", ">", "x", "-", "0"]).to_string(),
            7 if modern && !grouped => "+".to_string(),
            8 => "0".to_string(),
            _ => id(random),
        };
        call.push(text.into_bytes());
    }
    call
}
