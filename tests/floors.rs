//! Holds the direction of the floors: a module names only its own floor and those below it.
//!
//! Every `src/**/*.rs` is read as tokens, and each path that starts at the crate (`crate::x`, `redmoon::x` in a
//! binary, or a chain of `super` that climbs to the crate) is held against `FLOORS`. Comments and strings do not count.

use std::fs;
use std::path::{Path, PathBuf};

/// The house from the ground up. A module that stands on no floor fails the test: give it one here and in `src/lib.rs`.
const FLOORS: &[&[&str]] = &[
    &["structures", "lua", "protocol"],
    &["keyspace"],
    &["dispatch"],
    &["scripting", "persistence"],
    &["commands"],
    &["engine"],
    &["wasm", "bin"],
];

/// Modules that know nothing of Redis: they may name only themselves.
const STRANGERS: &[&str] = &["lua"];

#[test]
fn no_module_looks_up() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    assert!(!files.is_empty(), "no sources under {}", src.display());
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let module = module_path(file.strip_prefix(&src).unwrap());
        for fault in faults(&module, &text) {
            found.push(format!("{}: {fault}", file.display()));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_look_upwards_is_found() {
    let count = |module: &[&str], text: &str| {
        let module: Vec<String> = module.iter().map(|s| s.to_string()).collect();
        faults(&module, text).len()
    };
    assert_eq!(count(&["keyspace", "db"], "use crate::structures::dict;"), 0);
    assert_eq!(count(&["keyspace", "db"], "// use crate::engine::Engine;\nlet s = \"crate::engine\";"), 0);
    assert_eq!(count(&["keyspace", "db"], "use crate::engine::Engine;"), 1);
    assert_eq!(count(&["keyspace", "db"], "fn f(e: &crate::engine::Engine) {}"), 1);
    assert_eq!(count(&["keyspace", "db"], "use crate::{structures::{dict, list}, dispatch::Context, engine};"), 2);
    assert_eq!(count(&["keyspace", "db"], "use super::super::commands::TABLE;"), 1);
    assert_eq!(count(&["keyspace", "db"], "mod tests { use super::super::engine; }"), 0);
    assert_eq!(count(&["keyspace", "db"], "mod tests { use super::super::super::engine; }"), 1);
    assert_eq!(count(&["keyspace"], "use super::commands::TABLE;"), 1);
    assert_eq!(count(&["lua", "vm"], "use crate::lua::heap; use super::value;"), 0);
    assert_eq!(count(&["lua", "vm"], "use crate::protocol::Reply;"), 1);
    assert_eq!(count(&["lua", "vm"], "fn f<'a>(c: char) -> bool { c == '\"' && crate::engine::x() }"), 1);
    assert_eq!(count(&["bin", "server"], "use redmoon::engine::Engine;"), 0);
    assert_eq!(count(&["attic"], ""), 1);
}

/// Answers what is wrong with one file: each upward look, or the file's own lack of a floor.
fn faults(module: &[String], text: &str) -> Vec<String> {
    let Some(own) = module.first() else { return Vec::new() };
    let Some(own_floor) = floor(own) else {
        return vec![format!("`{own}` stands on no floor")];
    };
    let stranger = STRANGERS.contains(&own.as_str());
    roots(module.len(), text)
        .into_iter()
        .filter(|name| name != own)
        .filter_map(|name| match floor(&name) {
            Some(_) if stranger => Some(format!("`{own}` knows nothing of Redis, but names `{name}`")),
            Some(f) if f > own_floor => Some(format!("`{own}` (floor {own_floor}) names `{name}` (floor {f})")),
            _ => None,
        })
        .collect()
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|names| names.contains(&name))
}

/// `keyspace/db.rs` is `[keyspace, db]`, `lua/mod.rs` is `[lua]`, `lib.rs` is `[]`: the crate's own map may name all.
fn module_path(file: &Path) -> Vec<String> {
    let mut path: Vec<String> =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if path.last().is_some_and(|name| name == "mod") || path == ["lib"] {
        path.pop();
    }
    path
}

/// The top-level modules that a file at this depth names.
fn roots(depth: usize, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let is = |at: usize, token: &str| tokens.get(at).is_some_and(|t| t == token);
    let mut found = Vec::new();
    let mut inline: Vec<usize> = Vec::new(); // brace depths at which an inline `mod` opened
    let mut braces = 0;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => {
                if at >= 2 && is(at - 2, "mod") {
                    inline.push(braces);
                }
                braces += 1;
            }
            "}" => {
                braces = braces.saturating_sub(1);
                inline.pop_if(|open| *open == braces);
            }
            "crate" | "redmoon" if is(at + 1, "::") => names(&tokens, at + 2, &mut found),
            "super" => {
                let mut climbed = 1;
                while is(at + 1, "::") && is(at + 2, "super") {
                    climbed += 1;
                    at += 2;
                }
                if climbed == depth + inline.len() && is(at + 1, "::") {
                    names(&tokens, at + 2, &mut found);
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The names that a path continues with: one, or each first name of a `{group}`.
fn names(tokens: &[String], at: usize, found: &mut Vec<String>) {
    match tokens.get(at).map(String::as_str) {
        Some("{") => {
            let (mut depth, mut first) = (1, true);
            for token in &tokens[at + 1..] {
                match token.as_str() {
                    "{" => depth += 1,
                    "}" => depth -= 1,
                    "," if depth == 1 => first = true,
                    name if depth == 1 && first => {
                        found.push(name.to_owned());
                        first = false;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
        Some(name) => found.push(name.to_owned()),
        None => {}
    }
}

/// Identifiers, `::` and single marks; comments, strings and characters are left out.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if c == '/' && get(at + 1) == '/' {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if c == '/' && get(at + 1) == '*' {
            let mut depth = 1;
            at += 2;
            while at < chars.len() && depth > 0 {
                match (chars[at], get(at + 1)) {
                    ('/', '*') => (depth, at) = (depth + 1, at + 2),
                    ('*', '/') => (depth, at) = (depth - 1, at + 2),
                    _ => at += 1,
                }
            }
        } else if c.is_alphabetic() || c == '_' {
            let start = at;
            while get(at).is_alphanumeric() || get(at) == '_' {
                at += 1;
            }
            let word: String = chars[start..at].iter().collect();
            let hashes = (at..).take_while(|&i| get(i) == '#').count();
            if matches!(word.as_str(), "r" | "br" | "cr") && get(at + hashes) == '"' {
                let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                at += hashes + 1;
                while at < chars.len() && !chars[at..].starts_with(&close) {
                    at += 1;
                }
                at += close.len();
            } else {
                out.push(word);
            }
        } else if c == '"' {
            at += 1;
            while at < chars.len() && chars[at] != '"' {
                at += if chars[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if c == '\'' && (get(at + 1) == '\\' || get(at + 2) == '\'') {
            at += if get(at + 1) == '\\' { 3 } else { 2 };
            while at < chars.len() && chars[at] != '\'' {
                at += 1;
            }
            at += 1;
        } else if c == ':' && get(at + 1) == ':' {
            out.push("::".into());
            at += 2;
        } else {
            if !c.is_whitespace() {
                out.push(c.into());
            }
            at += 1;
        }
    }
    out
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}
