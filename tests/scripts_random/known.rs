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

/// Commands that answer chance, time, or what each server does its own way.
const UNCERTAIN: &[&str] = &[
    "srandmember", "hrandfield", "zrandmember", "spop", "randomkey", "ttl", "pttl", "expiretime", "pexpiretime", "httl",
    "hpttl", "hexpiretime", "hpexpiretime", "object", "scan", "sscan", "hscan", "zscan", "time",
];

/// Tells whether both sides must answer the same to a command.
pub fn is_certain(call: &[Vec<u8>]) -> bool {
    let name = String::from_utf8_lossy(&call[0]).to_lowercase();
    !UNCERTAIN.contains(&&*name)
}

/// Takes out of a reply what is each server's own: the addresses that `tostring` shows, and a script's digest.
pub fn comparable(_: Peer, reply: &[u8]) -> Vec<u8> {
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
