//! A client's half of RESP2 and RESP3: reads replies, writes commands.

/// A reply as it stood on the wire.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Status(Vec<u8>),
    Error(Vec<u8>),
    Int(i64),
    Bulk(Vec<u8>),
    Verbatim(Vec<u8>),
    Nil,
    Double(String),
    Bool(bool),
    BigNumber(String),
    Array(Vec<Value>),
    Set(Vec<Value>),
    Push(Vec<Value>),
    /// Keys and values in turn.
    Map(Vec<Value>),
}

/// Reads one reply from the beginning of `bytes` and answers its length; `None` while it is incomplete.
pub fn read(bytes: &[u8]) -> Option<(Value, usize)> {
    let mut at = 0;
    let value = value(bytes, &mut at)?;
    Some((value, at))
}

fn value(bytes: &[u8], at: &mut usize) -> Option<Value> {
    let kind = *bytes.get(*at)?;
    let end = *at + bytes[*at..].windows(2).position(|pair| pair == b"\r\n")?;
    let line = &bytes[*at + 1..end];
    *at = end + 2;
    let text = || String::from_utf8_lossy(line).into_owned();
    let number = || -> i64 { text().parse().unwrap_or_else(|_| panic!("not a RESP number: {:?}", text())) };
    Some(match kind {
        b'+' => Value::Status(line.to_vec()),
        b'-' => Value::Error(line.to_vec()),
        b':' => Value::Int(number()),
        b'_' => Value::Nil,
        b',' => Value::Double(text()),
        b'#' => Value::Bool(line == b"t"),
        b'(' => Value::BigNumber(text()),
        b'$' | b'=' if number() < 0 => Value::Nil,
        b'$' | b'=' => {
            let body = bytes.get(*at..*at + number() as usize)?;
            bytes.get(*at + body.len() + 1)?;
            *at += body.len() + 2;
            if kind == b'=' { Value::Verbatim(body[4..].to_vec()) } else { Value::Bulk(body.to_vec()) }
        }
        b'*' if number() < 0 => Value::Nil,
        b'*' => Value::Array(items(bytes, at, number())?),
        b'~' => Value::Set(items(bytes, at, number())?),
        b'>' => Value::Push(items(bytes, at, number())?),
        b'%' => Value::Map(items(bytes, at, number() * 2)?),
        b'|' => {
            items(bytes, at, number() * 2)?;
            value(bytes, at)?
        }
        _ => panic!("not RESP: {}", bytes[end.saturating_sub(line.len() + 1)..].escape_ascii()),
    })
}

fn items(bytes: &[u8], at: &mut usize, count: i64) -> Option<Vec<Value>> {
    (0..count).map(|_| value(bytes, at)).collect()
}

/// Appends a command as clients send it.
pub fn write(out: &mut Vec<u8>, argv: &[impl AsRef<[u8]>]) {
    out.extend_from_slice(format!("*{}\r\n", argv.len()).as_bytes());
    for arg in argv {
        let arg = arg.as_ref();
        out.extend_from_slice(format!("${}\r\n", arg.len()).as_bytes());
        out.extend_from_slice(arg);
        out.extend_from_slice(b"\r\n");
    }
}
