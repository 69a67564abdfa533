//! What is not compared, and why.

/// What is known of the server beside us.
#[derive(Clone, Copy)]
pub struct Peer {
    pub before_7_2: bool,
}

impl Peer {
    pub fn of(version: Vec<u32>) -> Peer {
        Peer { before_7_2: version < vec![7, 2] }
    }
}

/// Commands that answer chance, time, or what each server does its own way, or that take seconds.
const UNCERTAIN: &[&str] = &[
    "srandmember",
    "hrandfield",
    "zrandmember",
    "spop",
    "randomkey",
    "ttl",
    "pttl",
    "expiretime",
    "pexpiretime",
    "httl",
    "hpttl",
    "hexpiretime",
    "hpexpiretime",
    "object",
    "scan",
    "sscan",
    "hscan",
    "zscan",
    "time",
    "pfdebug",
    "pfselftest",
    "sort",
    "sort_ro",
];

/// Commands that older servers refuse to scripts, because they would block, or answer otherwise.
const CHANGED: &[&str] = &[
    "blpop",
    "brpop",
    "brpoplpush",
    "blmove",
    "blmpop",
    "bzpopmin",
    "bzpopmax",
    "bzmpop",
    "wait",
    "waitaof",
    "bitcount",
];

/// Tells whether both sides must answer the same to a command.
pub fn is_certain(peer: Peer, call: &[Vec<u8>]) -> bool {
    let name = String::from_utf8_lossy(&call[0]).to_lowercase();
    // Help is in our own words, streams follow the clock, and places are rounded.
    if name.starts_with('x')
        || name.starts_with("geo")
        || call.get(1).is_some_and(|word| word.eq_ignore_ascii_case(b"help"))
    {
        return false;
    }
    !UNCERTAIN.contains(&&*name) && !(peer.before_7_2 && CHANGED.contains(&&*name))
}

/// What an older server says otherwise: parts of its replies, or of scripts, and why.
const OLDER: &[(&str, &str)] = &[
    ("os.clock", "came with 7.4"),
    ("global variable 'os'", "came with 7.4"),
    ("redis.set_repl() requires two arguments", "it takes one, as newer servers say"),
    ("Invalid debug level", "became \"Invalid log level\""),
    ("redis.acl_check_cmd", "checks the number of arguments since 8.0"),
    ("$2\r\n-0\r\n", "arguments kept the sign of -0 before 7.2"),
    ("9223372036854775807", "doubles had 17 digits before 7.2"),
    ("9223372036854775808", "doubles had 17 digits before 7.2"),
];

/// Tells whether a difference to an older server is one that is known.
pub fn is_known(peer: Peer, script: &str, theirs: &[u8]) -> bool {
    let theirs = String::from_utf8_lossy(theirs);
    peer.before_7_2 && OLDER.iter().any(|(part, _)| script.contains(part) || theirs.contains(part))
}

/// Reads what `globals.lua` answered, without the version and without what an older server has not; that server's order
/// is not compared, as what it lacks has moved the rest.
pub fn globals(peer: Peer, reply: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(reply).into_owned();
    let lines = text.split("\r\n").filter(|line| line.contains(" = ") || line.contains(" keeps "));
    let mut lines: Vec<String> = lines.filter(|line| !line.contains("REDIS_VERSION")).map(String::from).collect();
    if peer.before_7_2 {
        let newer = ["_G.os", "_G.cjson.decode_array_with_array_mt"];
        lines.retain(|line| !newer.iter().any(|name| line.starts_with(name)));
        lines.sort();
    }
    lines
}

/// Takes the addresses that `tostring` shows out of a reply, and from beside an older server the forms of doubles.
pub fn comparable(peer: Peer, reply: &[u8]) -> Vec<u8> {
    if peer.before_7_2 {
        let mut lines: Vec<String> = Vec::new();
        for line in String::from_utf8_lossy(reply).split("\r\n") {
            let text = line.strip_prefix(',').unwrap_or(line);
            match text.parse::<f64>() {
                Ok(number) if text.contains(['.', 'e']) || text.len() > 17 => {
                    // With the length before it.
                    if lines.last().is_some_and(|line| line.starts_with('$')) {
                        lines.pop();
                    }
                    lines.push(format!("{number:e}"));
                }
                _ => lines.push(line.to_string()),
            }
        }
        return without_addresses(lines.join("\r\n").as_bytes());
    }
    without_addresses(reply)
}

fn without_addresses(reply: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(reply.len());
    let mut rest = reply;
    while let Some((&first, after)) = rest.split_first() {
        if rest.starts_with(b"0x") {
            let digits = rest[2..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
            if (11..=14).contains(&digits) {
                out.extend_from_slice(b"0x");
                rest = &rest[2 + digits..];
                continue;
            }
        }
        out.push(first);
        rest = after;
    }
    out
}
