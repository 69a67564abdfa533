//! redis-cli's manners: how it splits a line into arguments and how it prints replies on a terminal.

use super::resp::Value;

/// Splits a line as redis-cli does: "..." with \n \r \t \a \b \xHH, '...' with \' only. `None` if a quote is wrong.
pub fn split(line: &str) -> Option<Vec<Vec<u8>>> {
    let bytes = line.as_bytes();
    let mut argv = Vec::new();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        if at == bytes.len() {
            return Some(argv);
        }
        let mut arg = Vec::new();
        while let Some(&byte) = bytes.get(at).filter(|b| !b.is_ascii_whitespace()) {
            at += 1;
            match byte {
                b'"' | b'\'' => {
                    quoted(bytes, &mut at, byte, &mut arg)?;
                    if bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace()) {
                        return None;
                    }
                }
                _ => arg.push(byte),
            }
        }
        argv.push(arg);
    }
}

fn quoted(bytes: &[u8], at: &mut usize, quote: u8, arg: &mut Vec<u8>) -> Option<()> {
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        match byte {
            _ if byte == quote => return Some(()),
            b'\\' if quote == b'\'' && bytes.get(*at) == Some(&b'\'') => {
                arg.push(b'\'');
                *at += 1;
            }
            b'\\' if quote == b'"' => {
                let escaped = *bytes.get(*at)?;
                *at += 1;
                let hex = bytes.get(*at..*at + 2).and_then(|two| std::str::from_utf8(two).ok());
                match (escaped, hex.and_then(|two| u8::from_str_radix(two, 16).ok())) {
                    (b'x', Some(byte)) => {
                        arg.push(byte);
                        *at += 2;
                    }
                    (b'n', _) => arg.push(b'\n'),
                    (b'r', _) => arg.push(b'\r'),
                    (b't', _) => arg.push(b'\t'),
                    (b'a', _) => arg.push(7),
                    (b'b', _) => arg.push(8),
                    _ => arg.push(escaped),
                }
            }
            _ => arg.push(byte),
        }
    }
}

/// Prints a reply as redis-cli does on a terminal, without the last line end. `argv` is the command that was sent:
/// the text of INFO and of some others is printed as it is.
pub fn print(argv: &[Vec<u8>], reply: &Value) -> String {
    let mut out = String::new();
    match reply {
        Value::Bulk(text) | Value::Error(text) if prints_raw(argv) => out.push_str(&String::from_utf8_lossy(text)),
        reply => format(&mut out, reply, ""),
    }
    out.truncate(out.trim_end_matches(['\r', '\n']).len());
    out
}

fn prints_raw(argv: &[Vec<u8>]) -> bool {
    let word = |at: usize| argv.get(at).map(|arg| arg.to_ascii_lowercase()).unwrap_or_default();
    match (&*word(0), &*word(1)) {
        (b"info" | b"lolwut", _) => true,
        (b"client", b"list" | b"info") => true,
        (b"cluster", b"nodes" | b"info") => true,
        (b"memory", b"malloc-stats" | b"doctor") => true,
        (b"latency", b"graph" | b"doctor") => true,
        _ => false,
    }
}

fn format(out: &mut String, reply: &Value, prefix: &str) {
    match reply {
        Value::Status(text) => *out += &(String::from_utf8_lossy(text) + "\n"),
        Value::Error(text) => *out += &format!("(error) {}\n", String::from_utf8_lossy(text)),
        Value::Int(value) => *out += &format!("(integer) {value}\n"),
        Value::Bulk(text) => *out += &(quote(text) + "\n"),
        Value::Verbatim(text) => *out += &(String::from_utf8_lossy(text) + "\n"),
        Value::Nil => *out += "(nil)\n",
        Value::Double(text) => *out += &format!("(double) {text}\n"),
        Value::Bool(true) => *out += "(true)\n",
        Value::Bool(false) => *out += "(false)\n",
        Value::BigNumber(digits) => *out += &format!("(big number) {digits}\n"),
        Value::Array(items) => list(out, items, prefix, ')', "(empty array)\n"),
        Value::Set(items) => list(out, items, prefix, '~', "(empty set)\n"),
        Value::Push(items) => list(out, items, prefix, ')', "(empty push)\n"),
        Value::Map(items) => list(out, items, prefix, '#', "(empty hash)\n"),
    }
}

/// Prints the items under their numbers; a map's (sign `#`) in pairs.
fn list(out: &mut String, items: &[Value], prefix: &str, sign: char, empty: &str) {
    if items.is_empty() {
        *out += empty;
        return;
    }
    let each = if sign == '#' { 2 } else { 1 };
    let width = (items.len() / each).to_string().len();
    let inner = format!("{prefix}{:1$}", "", width + 2);
    for (n, entry) in items.chunks(each).enumerate() {
        // The caller has written the first line's prefix.
        *out += &format!("{}{:>width$}{sign} ", if n == 0 { "" } else { prefix }, n + 1);
        format(out, &entry[0], &inner);
        if let Some(value) = entry.get(1) {
            out.pop();
            *out += " => ";
            // In a map, an array or a map begins on a line of its own; a set does not.
            if matches!(value, Value::Array(items) | Value::Map(items) if !items.is_empty()) {
                *out += &format!("\n{inner}");
            }
            format(out, value, &inner);
        }
    }
}

/// Puts a string in quotes with C's escapes.
pub fn quote(text: &[u8]) -> String {
    let mut out = String::from('"');
    for &byte in text {
        match byte {
            b'\\' | b'"' => out.extend(['\\', byte as char]),
            b'\n' => out += "\\n",
            b'\r' => out += "\\r",
            b'\t' => out += "\\t",
            7 => out += "\\a",
            8 => out += "\\b",
            b' '..=b'~' => out.push(byte as char),
            _ => out += &format!("\\x{byte:02x}"),
        }
    }
    out + "\""
}
