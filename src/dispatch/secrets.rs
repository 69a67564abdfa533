//! Which words of a call nobody else is to see: names of users and their passwords.

/// Parameters of CONFIG SET that are secret.
const PARAMETERS: &[&str] =
    &["masterauth", "masteruser", "requirepass", "tls-client-key-file-pass", "tls-key-file-pass"];

/// Tells whether the word at `at` is to be shown to nobody (MONITOR, SLOWLOG).
pub(super) fn is_secret(argv: &[&[u8]], at: usize) -> bool {
    let is = |at: usize, word: &str| argv.get(at).is_some_and(|arg| arg.eq_ignore_ascii_case(word.as_bytes()));
    let follows = |word: &str, reach: usize| (1..=reach).any(|back| at > back && is(at - back, word));
    let name = argv.first().copied().unwrap_or_default().to_ascii_lowercase();
    match name.as_slice() {
        b"auth" => at > 0,
        b"acl" => at > 1 && is(1, "setuser"),
        b"hello" => follows("AUTH", 2),
        b"migrate" => follows("AUTH", 1) || follows("AUTH2", 2),
        b"config" => is(1, "set") && at % 2 == 1 && at > 2 && PARAMETERS.iter().any(|name| is(at - 1, name)),
        _ => false,
    }
}
