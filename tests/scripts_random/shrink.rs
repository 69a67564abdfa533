//! Makes a script that fails shorter, as long as it fails.

/// Candidates that are tried for one script.
const TRIES: usize = 600;

/// Leaves out lines, then words, while `fails` says that what is left still fails.
pub fn shorten(script: &str, fails: &mut dyn FnMut(&str) -> bool) -> String {
    let mut tries = TRIES;
    let lines = script.split_inclusive('\n').map(String::from).collect();
    let lines = fewer(lines, &mut tries, fails);
    fewer(words(&lines.concat()), &mut tries, fails).concat()
}

/// Splits text after each word, number or sign.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = ' ';
    for c in text.chars() {
        let joins = c.is_ascii_alphanumeric() && last.is_ascii_alphanumeric();
        if !joins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
        last = c;
    }
    words
}

/// Takes out ever smaller runs of parts.
fn fewer(mut parts: Vec<String>, tries: &mut usize, fails: &mut dyn FnMut(&str) -> bool) -> Vec<String> {
    let mut size = parts.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < parts.len() && *tries > 0 {
            *tries -= 1;
            let end = (at + size).min(parts.len());
            let candidate = [&parts[..at], &parts[end..]].concat();
            if fails(&candidate.concat()) {
                parts = candidate;
            } else {
                at = end;
            }
        }
        size /= 2;
    }
    parts
}
