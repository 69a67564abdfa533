//! One field of a JSON object, found without reading the rest of it.

use super::filter::Value;

/// The deepest that arrays may stand in one another.
const DEPTH: usize = 128;

/// Finds the value of a field of an object. `None` if the text is no object up to there, has no such field, or if its
/// value is an object.
pub fn find(text: &[u8], field: &[u8]) -> Option<Value> {
    let mut json = Json(text);
    json.take(b'{')?;
    loop {
        let name = json.string()?;
        json.take(b':')?;
        if name == field && !name.is_empty() {
            return json.value(DEPTH);
        }
        json.skip()?;
        json.take(b',')?;
    }
}

/// What is left of a text.
struct Json<'a>(&'a [u8]);

impl<'a> Json<'a> {
    /// Shows the next character that is no space.
    fn peek(&mut self) -> Option<u8> {
        let space = |byte: &u8| matches!(byte, b' ' | 9..=13);
        self.0 = &self.0[self.0.iter().take_while(|byte| space(byte)).count()..];
        self.0.first().copied()
    }

    /// Takes a character that must come next.
    fn take(&mut self, expected: u8) -> Option<()> {
        (self.peek()? == expected).then(|| self.0 = &self.0[1..])
    }

    /// Takes as many characters as `belongs` says.
    fn run(&mut self, belongs: impl Fn(&u8) -> bool) -> &'a [u8] {
        let (run, rest) = self.0.split_at(self.0.iter().take_while(|byte| belongs(byte)).count());
        self.0 = rest;
        run
    }

    /// Takes a string and answers what stands between the quotes.
    fn string(&mut self) -> Option<&'a [u8]> {
        self.take(b'"')?;
        let mut at = 0;
        while *self.0.get(at)? != b'"' {
            at += if self.0[at] == b'\\' { 2 } else { 1 };
        }
        let (string, rest) = self.0.split_at(at);
        self.0 = &rest[1..];
        Some(string)
    }

    fn number(&mut self) -> &'a [u8] {
        self.run(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'))
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        Some(match self.peek()? {
            b'"' => Value::Text(unescape(self.string()?)),
            b'[' => self.array(depth)?,
            b'0'..=b'9' | b'-' | b'+' => Value::Number(std::str::from_utf8(self.number()).ok()?.parse().ok()?),
            _ => self.word()?,
        })
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        self.take(b'[')?;
        let mut items = Vec::new();
        if self.peek()? != b']' {
            items.push(self.value(depth)?);
            while self.peek()? == b',' {
                self.take(b',')?;
                items.push(self.value(depth)?);
            }
        }
        self.take(b']')?;
        Some(Value::Tuple(items))
    }

    fn word(&mut self) -> Option<Value> {
        let word = self.run(|byte| !matches!(byte, b',' | b']' | b'}' | b' ' | 9..=13));
        Some(match word {
            b"true" => Value::Number(1.0),
            b"false" => Value::Number(0.0),
            b"null" => Value::Null,
            _ => return None,
        })
    }

    /// Passes over a value of whatever kind.
    fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            open @ (b'{' | b'[') => {
                let mut depth = 0usize;
                loop {
                    match self.peek()? {
                        b'"' => {
                            self.string()?;
                            continue;
                        }
                        byte if byte == open => depth += 1,
                        // The other bracket is the next but one.
                        byte if byte == open + 2 => depth -= 1,
                        _ => {}
                    }
                    self.0 = &self.0[1..];
                    if depth == 0 {
                        return Some(());
                    }
                }
            }
            b'0'..=b'9' | b'-' | b'+' => (!self.number().is_empty()).then_some(()),
            _ => self.word().map(drop),
        }
    }
}

/// Reads the escapes that are one character; others stand for the character itself.
fn unescape(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        out.push(match byte {
            b'\\' => match bytes.next() {
                Some(b'n') => b'\n',
                Some(b't') => b'\t',
                Some(b'r') => b'\r',
                Some(other) => *other,
                None => break,
            },
            other => other,
        });
    }
    out
}
