//! JSON text to Lua values, as leniently as `cjson` reads it and with its error sentences.

use super::cjson::{IS_ARRAY, NULL, Settings};
use crate::lua::{Lua, LuaError, Result, TableId, Value};

/// The deepest nesting whatever the settings say: the reference implementation's stack holds no more either.
const DEEPEST: i64 = 2600;

/// Decodes a text.
pub fn decode(lua: &mut Lua, text: &[u8], settings: &Settings) -> Result<Value> {
    if let [first, second, ..] = text
        && (*first == 0 || *second == 0)
    {
        return Err(lua.error("JSON parser does not support UTF-16 or UTF-32"));
    }
    let mark = lua.top();
    let mut decoder = Decoder { lua, text, at: 0, settings, scratch: Vec::new() };
    let value = decoder.document();
    lua.set_top(mark);
    value
}

struct Decoder<'a> {
    lua: &'a mut Lua,
    text: &'a [u8],
    at: usize,
    settings: &'a Settings,
    scratch: Vec<u8>,
}

enum Token {
    ObjectBegin,
    ObjectEnd,
    ArrayBegin,
    ArrayEnd,
    String(Value),
    Number(f64),
    Boolean(bool),
    Null,
    Colon,
    Comma,
    End,
    Wrong(&'static str),
}

impl Token {
    /// Names the token as error messages do.
    fn name(&self) -> &'static str {
        match self {
            Token::ObjectBegin => "T_OBJ_BEGIN",
            Token::ObjectEnd => "T_OBJ_END",
            Token::ArrayBegin => "T_ARR_BEGIN",
            Token::ArrayEnd => "T_ARR_END",
            Token::String(_) => "T_STRING",
            Token::Number(_) => "T_NUMBER",
            Token::Boolean(_) => "T_BOOLEAN",
            Token::Null => "T_NULL",
            Token::Colon => "T_COLON",
            Token::Comma => "T_COMMA",
            Token::End => "T_END",
            Token::Wrong(what) => what,
        }
    }
}

/// A table that is being filled. The table itself stands on the Lua stack, and an object's pending key above it.
enum Open {
    Array(TableId, i64),
    Object(TableId),
}

impl Decoder<'_> {
    /// Reads the one value of the text. Open tables stand on a stack of our own, so that nesting costs no recursion.
    fn document(&mut self) -> Result<Value> {
        let mut open: Vec<Open> = Vec::new();
        let mut value = self.value(&mut open)?;
        loop {
            // A whole value has been read: give it to the table that waits for it.
            let Some(finished) = value else {
                value = self.value(&mut open)?;
                continue;
            };
            let Some(innermost) = open.last_mut() else {
                let (token, place) = self.token()?;
                return match token {
                    Token::End => Ok(finished),
                    other => Err(self.unexpected("the end", &other, place)),
                };
            };
            let closed = match innermost {
                Open::Array(table, length) => {
                    *length += 1;
                    let (table, length) = (*table, *length);
                    self.lua.raw_set_int(table, length, finished)?;
                    match self.token()? {
                        (Token::Comma, _) => None,
                        (Token::ArrayEnd, _) => Some(table),
                        (other, place) => return Err(self.unexpected("comma or array end", &other, place)),
                    }
                }
                Open::Object(table) => {
                    let table = *table;
                    let key = self.lua.pop();
                    self.lua.raw_set(table, key, finished)?;
                    match self.token()? {
                        (Token::Comma, _) => {
                            let token = self.token()?;
                            self.key(token)?;
                            None
                        }
                        (Token::ObjectEnd, _) => Some(table),
                        (other, place) => return Err(self.unexpected("comma or object end", &other, place)),
                    }
                }
            };
            value = closed.map(|table| {
                open.pop();
                self.lua.pop();
                table.into()
            });
        }
    }

    /// Reads a value, or opens a table and answers none yet.
    fn value(&mut self, open: &mut Vec<Open>) -> Result<Option<Value>> {
        let token = self.token()?;
        self.begin(token, open)
    }

    fn begin(&mut self, (token, place): (Token, usize), open: &mut Vec<Open>) -> Result<Option<Value>> {
        Ok(Some(match token {
            Token::String(text) => text,
            Token::Number(number) => Value::number(number),
            Token::Boolean(value) => Value::boolean(value),
            Token::Null => Value::light(NULL),
            Token::ObjectBegin => {
                let table = self.descend(open.len())?;
                let next = self.token()?;
                if let Token::ObjectEnd = next.0 {
                    self.lua.pop();
                    return Ok(Some(table.into()));
                }
                open.push(Open::Object(table));
                self.key(next)?;
                return Ok(None);
            }
            Token::ArrayBegin => {
                let table = self.descend(open.len())?;
                if self.settings.marks_arrays {
                    let mark = self.lua.table(0, 1)?;
                    self.lua.raw_set_name(mark, IS_ARRAY, Value::TRUE)?;
                    self.lua.set_read_only(mark, true);
                    self.lua.set_metatable(table, Some(mark))?;
                }
                let next = self.token()?;
                if let Token::ArrayEnd = next.0 {
                    self.lua.pop();
                    return Ok(Some(table.into()));
                }
                open.push(Open::Array(table, 0));
                return match next.0 {
                    Token::ObjectBegin | Token::ArrayBegin => {
                        // Step back, so that nested openings take turns instead of the call stack.
                        self.at = next.1;
                        Ok(None)
                    }
                    _ => self.begin(next, open),
                };
            }
            other => return Err(self.unexpected("value", &other, place)),
        }))
    }

    /// Makes a table one level deeper and leaves it on the Lua stack.
    fn descend(&mut self, depth: usize) -> Result<TableId> {
        let depth = depth as i64 + 1;
        if depth > self.settings.decode_max_depth.min(DEEPEST) {
            let at = self.at;
            return Err(self.lua.error(&format!("Found too many nested data structures ({depth}) at character {at}")));
        }
        let table = self.lua.table(0, 0)?;
        self.lua.push(table.into());
        Ok(table)
    }

    /// Leaves a key on the Lua stack, its colon read.
    fn key(&mut self, (token, place): (Token, usize)) -> Result<()> {
        let Token::String(key) = token else { return Err(self.unexpected("object key string", &token, place)) };
        self.lua.push(key);
        match self.token()? {
            (Token::Colon, _) => Ok(()),
            (other, place) => Err(self.unexpected("colon", &other, place)),
        }
    }

    #[cold]
    fn unexpected(&mut self, expected: &str, found: &Token, place: usize) -> LuaError {
        let found = found.name();
        self.lua.error(&format!("Expected {expected} but found {found} at character {}", place + 1))
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    /// Reads a token and where it begins (for a malformed string: where it is wrong).
    fn token(&mut self) -> Result<(Token, usize)> {
        while matches!(self.byte(self.at), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
        let place = self.at;
        let single = match self.byte(place) {
            b'{' => Token::ObjectBegin,
            b'}' => Token::ObjectEnd,
            b'[' => Token::ArrayBegin,
            b']' => Token::ArrayEnd,
            b',' => Token::Comma,
            b':' => Token::Colon,
            0 => return Ok((Token::End, place)),
            b'"' => return self.string(),
            _ => return Ok((self.word(), place)),
        };
        self.at += 1;
        Ok((single, place))
    }

    fn word(&mut self) -> Token {
        let rest = &self.text[self.at..];
        match rest[0] {
            b'-' | b'0'..=b'9' if !self.settings.decode_invalid && is_invalid_number(rest) => {
                return Token::Wrong("invalid number");
            }
            b'-' | b'0'..=b'9' => return self.number(),
            _ => {}
        }
        for (word, token) in
            [(&b"true"[..], Token::Boolean(true)), (&b"false"[..], Token::Boolean(false)), (&b"null"[..], Token::Null)]
        {
            if rest.starts_with(word) {
                self.at += word.len();
                return token;
            }
        }
        let may_be_number = matches!(rest[0] | 32, b'i' | b'n') || rest[0] == b'+';
        if may_be_number && self.settings.decode_invalid && is_invalid_number(rest) {
            return self.number();
        }
        Token::Wrong("invalid token")
    }

    fn number(&mut self) -> Token {
        match crate::lua::number::parse_prefix(&self.text[self.at..]) {
            Some((number, length)) => {
                self.at += length;
                Token::Number(number)
            }
            None => Token::Wrong("invalid number"),
        }
    }

    fn string(&mut self) -> Result<(Token, usize)> {
        let place = self.at;
        let mut from = place + 1;
        let mut at = from;
        self.scratch.clear();
        loop {
            match self.text.get(at) {
                None | Some(0) => return Ok((Token::Wrong("unexpected end of string"), at)),
                Some(b'"') => break,
                Some(b'\\') => {
                    self.scratch.extend_from_slice(&self.text[from..at]);
                    let plain = match self.byte(at + 1) {
                        b'b' => 8,
                        b'f' => 12,
                        b'n' => 10,
                        b'r' => 13,
                        b't' => 9,
                        same @ (b'"' | b'\\' | b'/') => same,
                        b'u' => match self.unicode(at) {
                            Some(length) => {
                                at += length;
                                from = at;
                                continue;
                            }
                            None => return Ok((Token::Wrong("invalid unicode escape code"), at)),
                        },
                        _ => return Ok((Token::Wrong("invalid escape code"), at)),
                    };
                    self.scratch.push(plain);
                    at += 2;
                    from = at;
                }
                Some(_) => at += 1,
            }
        }
        let value = if self.scratch.is_empty() {
            self.lua.string(&self.text[from..at])?
        } else {
            self.scratch.extend_from_slice(&self.text[from..at]);
            self.lua.string(&self.scratch)?
        };
        self.at = at + 1;
        Ok((Token::String(value), place))
    }

    /// Reads `\uXXXX`, or a pair of surrogates, into the scratch as UTF-8 and answers its length.
    fn unicode(&mut self, at: usize) -> Option<usize> {
        let unit = |at: usize| -> Option<u32> {
            let digits = self.text.get(at..at + 6)?.strip_prefix(b"\\u")?;
            digits.iter().try_fold(0, |sum, &digit| Some(sum * 16 + char::from(digit).to_digit(16)?))
        };
        let high = unit(at)?;
        let (code, length) = match high {
            0xd800..0xdc00 => {
                let low = unit(at + 6).filter(|low| (0xdc00..0xe000).contains(low))?;
                (0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff), 12)
            }
            0xdc00..0xe000 => return None,
            other => (other, 6),
        };
        let mut utf8 = [0; 4];
        let text = char::from_u32(code)?.encode_utf8(&mut utf8);
        self.scratch.extend_from_slice(text.as_bytes());
        Some(length)
    }
}

/// Tells whether a number is written in a way that JSON has not: hexadecimal, leading zeros, `inf`, `nan`, `+`.
fn is_invalid_number(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let begins = |word: &[u8]| digits.get(..3).is_some_and(|head| head.eq_ignore_ascii_case(word));
    match digits {
        _ if text.first() == Some(&b'+') => true,
        [b'0', next, ..] => next | 32 == b'x' || next.is_ascii_digit(),
        _ => begins(b"inf") || begins(b"nan"),
    }
}
