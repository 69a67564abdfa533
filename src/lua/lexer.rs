//! Source text into tokens.
//!
//! Names and strings become [`Symbol`]s, so that everything behind the lexer compares and hashes numbers. Keywords and
//! operators are one enum; the sentences of syntax errors are made here, because they quote the token at hand.

use super::number;
use super::proto::chunk_id;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The sentence of a syntax error, with its position.
pub(super) type SyntaxError = Box<[u8]>;
pub(super) type Result<T> = std::result::Result<T, SyntaxError>;

/// The longest chunk id in a syntax error is one byte shorter than this.
const CHUNK_ID_SIZE: usize = 80;

/// A name or a string of the chunk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Symbol(pub u32);

/// The names and strings of a chunk, each kept once.
#[derive(Default)]
pub(super) struct Symbols {
    bytes: Vec<u8>,
    spans: Vec<(u32, u32)>,
    table: HashTable<u32>,
    hasher: foldhash::fast::FixedState,
}

impl Symbols {
    /// Returns the symbol of the bytes, which it makes when they are new.
    pub fn intern(&mut self, text: &[u8]) -> Symbol {
        let Symbols { bytes, spans, table, hasher } = self;
        let span = |id: u32| {
            let (start, end) = spans[id as usize];
            &bytes[start as usize..end as usize]
        };
        let hash = hasher.hash_one(text);
        if let Some(&id) = table.find(hash, |&id| span(id) == text) {
            return Symbol(id);
        }
        let id = spans.len() as u32;
        table.insert_unique(hash, id, |&id| hasher.hash_one(span(id)));
        let start = bytes.len() as u32;
        bytes.extend_from_slice(text);
        spans.push((start, bytes.len() as u32));
        Symbol(id)
    }

    pub fn bytes(&self, symbol: Symbol) -> &[u8] {
        let (start, end) = self.spans[symbol.0 as usize];
        &self.bytes[start as usize..end as usize]
    }
}

macro_rules! tokens {
    ($($token:ident $text:literal)*) => {
        /// A token; `Byte` is any single byte, an operator or not.
        #[derive(Clone, Copy, PartialEq, Debug)]
        pub(super) enum Token {
            Byte(u8),
            Name(Symbol),
            String(Symbol),
            Number(f64),
            End,
            $($token),*
        }

        impl Token {
            /// Gives the keyword that a word is.
            fn keyword(word: &[u8]) -> Option<Token> {
                Some(match std::str::from_utf8(word).ok()? {
                    $($text => Token::$token,)*
                    _ => return None,
                })
            }

            /// Names the kind of token for a message.
            fn describe(self) -> Vec<u8> {
                match self {
                    Token::Byte(byte) if byte.is_ascii_control() => format!("char({byte})").into_bytes(),
                    Token::Byte(byte) => vec![byte],
                    Token::Name(_) => b"<name>".to_vec(),
                    Token::String(_) => b"<string>".to_vec(),
                    Token::Number(_) => b"<number>".to_vec(),
                    Token::End => b"<eof>".to_vec(),
                    $(Token::$token => $text.into(),)*
                }
            }
        }
    };
}

tokens! {
    And "and" Break "break" Do "do" Else "else" ElseIf "elseif" EndBlock "end" False "false" For "for"
    Function "function" If "if" In "in" Local "local" Nil "nil" Not "not" Or "or" Repeat "repeat" Return "return"
    Then "then" True "true" Until "until" While "while"
    Concat ".." Dots "..." Equal "==" GreaterEqual ">=" LessEqual "<=" NotEqual "~="
}

/// What a message says a token is that was expected but is not there.
pub(super) const ANY_NAME: Token = Token::Name(Symbol(0));

/// Reads a chunk token by token, with one token of look-ahead on demand.
pub(super) struct Lexer<'s> {
    source: &'s [u8],
    /// The chunk's name, as [`chunk_id`] takes it.
    chunk: &'s [u8],
    /// The first byte that is not yet read.
    position: usize,
    /// Where the newest token begins.
    start: usize,
    /// The text of the string that is being read.
    text: Vec<u8>,
    ahead: Option<Token>,
    pub token: Token,
    /// The line of the newest token.
    pub line: u32,
    /// The line of the token before `token`.
    pub last_line: u32,
    pub symbols: Symbols,
}

impl<'s> Lexer<'s> {
    /// Stands before the first token; [`Lexer::next`] reads it.
    pub fn new(source: &'s [u8], chunk: &'s [u8]) -> Self {
        Lexer {
            source,
            chunk,
            position: 0,
            start: 0,
            text: Vec::new(),
            ahead: None,
            token: Token::End,
            line: 1,
            last_line: 1,
            symbols: Symbols::default(),
        }
    }

    /// Moves on to the next token.
    #[inline(never)]
    pub fn next(&mut self) -> Result<()> {
        self.last_line = self.line;
        self.token = match self.ahead.take() {
            Some(token) => token,
            None => self.read()?,
        };
        Ok(())
    }

    /// Looks at the token after the current one.
    pub fn look_ahead(&mut self) -> Result<Token> {
        let token = self.read()?;
        self.ahead = Some(token);
        Ok(token)
    }

    /// Makes an error at the current line that quotes nothing.
    pub fn error(&self, message: impl AsRef<[u8]>) -> SyntaxError {
        let mut sentence = chunk_id(self.chunk, CHUNK_ID_SIZE);
        sentence.push(b':');
        number::write_integer(&mut sentence, i64::from(self.line));
        sentence.extend_from_slice(b": ");
        sentence.extend_from_slice(message.as_ref());
        sentence.into_boxed_slice()
    }

    /// Makes an error at the current line that quotes the given text, up to its first zero byte.
    fn error_near(&self, message: impl AsRef<[u8]>, near: &[u8]) -> SyntaxError {
        let near = near.split(|&byte| byte == 0).next().unwrap_or_default();
        self.error([message.as_ref(), b" near '", near, b"'"].concat())
    }

    /// Makes an error that quotes the current token.
    pub fn error_here(&self, message: impl AsRef<[u8]>) -> SyntaxError {
        let near = match self.token {
            Token::Name(symbol) => self.symbols.bytes(symbol).to_vec(),
            Token::Number(_) => self.source[self.start..self.position].to_vec(),
            Token::String(symbol) => self.quoted(self.symbols.bytes(symbol)),
            // The reference implementation takes it for "no token".
            Token::Byte(0) => return self.error(message),
            token => token.describe(),
        };
        self.error_near(message, &near)
    }

    /// Makes the error for a missing token.
    pub fn expected(&self, token: Token) -> SyntaxError {
        self.error_here([b"'", &token.describe()[..], b"' expected"].concat())
    }

    /// Makes the error for a missing token that would close another one.
    pub fn expected_to_close(&self, token: Token, opener: Token, line: u32) -> SyntaxError {
        let (token, opener, line) = (token.describe(), opener.describe(), line.to_string());
        let message: [&[u8]; 7] =
            [b"'", &token, b"' expected (to close '", &opener, b"' at line ", line.as_bytes(), b")"];
        self.error_here(message.concat())
    }

    /// Puts the delimiters of the newest token, a string, around its text.
    fn quoted(&self, text: &[u8]) -> Vec<u8> {
        let token = &self.source[self.start..];
        let delimiter = match token.first() {
            Some(b'[') => 2 + token[1..].iter().position(|&byte| byte == b'[').unwrap_or(0),
            _ => 1,
        };
        let open = &token[..delimiter];
        let close: Vec<u8> = open.iter().map(|&byte| if byte == b'[' { b']' } else { byte }).collect();
        [open, text, &close].concat()
    }

    fn peek(&self) -> Option<u8> {
        self.source.get(self.position).copied()
    }

    /// Takes the next byte if it is the given one; a zero byte passes for anything, as it does in C's `strchr`.
    fn take(&mut self, wanted: u8) -> bool {
        let found = self.peek().is_some_and(|byte| byte == wanted || byte == 0);
        self.position += usize::from(found);
        found
    }

    /// Steps over a line break; two different bytes of it are one break.
    fn skip_line_break(&mut self) {
        let first = self.source[self.position];
        self.position += 1;
        if matches!(self.peek(), Some(second @ (b'\n' | b'\r')) if second != first) {
            self.position += 1;
        }
        self.line += 1;
    }

    fn read(&mut self) -> Result<Token> {
        loop {
            self.start = self.position;
            let Some(byte) = self.peek() else { return Ok(Token::End) };
            match byte {
                b'\n' | b'\r' => self.skip_line_break(),
                b' ' | b'\t' | 0x0b | 0x0c => self.position += 1,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => return Ok(self.read_word()),
                b'0'..=b'9' => return self.read_number(),
                b'"' | b'\'' => return self.read_string(byte),
                b'-' if self.source.get(self.position + 1) == Some(&b'-') => self.skip_comment()?,
                b'[' => {
                    return match self.skip_long_bracket(b'[') {
                        Ok(level) => {
                            self.text.clear();
                            self.read_long(level, true)?;
                            Ok(Token::String(self.symbols.intern(&self.text)))
                        }
                        Err(0) => Ok(Token::Byte(b'[')),
                        Err(_) => {
                            let read = &self.source[self.start..self.position];
                            Err(self.error_near("invalid long string delimiter", read))
                        }
                    };
                }
                b'.' => {
                    self.position += 1;
                    return if self.take(b'.') {
                        Ok(if self.take(b'.') { Token::Dots } else { Token::Concat })
                    } else if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                        self.read_number()
                    } else {
                        Ok(Token::Byte(b'.'))
                    };
                }
                b'=' => return Ok(self.with_equal(byte, Token::Equal)),
                b'<' => return Ok(self.with_equal(byte, Token::LessEqual)),
                b'>' => return Ok(self.with_equal(byte, Token::GreaterEqual)),
                b'~' => return Ok(self.with_equal(byte, Token::NotEqual)),
                _ => {
                    self.position += 1;
                    return Ok(Token::Byte(byte));
                }
            }
        }
    }

    fn with_equal(&mut self, byte: u8, both: Token) -> Token {
        self.position += 1;
        if self.peek() == Some(b'=') {
            self.position += 1;
            both
        } else {
            Token::Byte(byte)
        }
    }

    fn read_word(&mut self) -> Token {
        let rest = &self.source[self.start..];
        let length = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'));
        let word = &rest[..length.unwrap_or(rest.len())];
        self.position += word.len();
        let keyword = if word.len() <= 8 { Token::keyword(word) } else { None };
        keyword.unwrap_or_else(|| Token::Name(self.symbols.intern(word)))
    }

    fn read_number(&mut self) -> Result<Token> {
        while self.peek().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.') {
            self.position += 1;
        }
        if (self.take(b'E') || self.take(b'e')) && !self.take(b'+') {
            self.take(b'-');
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            self.position += 1;
        }
        let text = &self.source[self.start..self.position];
        number::parse(text).map(Token::Number).ok_or_else(|| self.error_near("malformed number", text))
    }

    /// Makes an error inside a string, which quotes what is read of it.
    fn string_error(&self, message: &str) -> SyntaxError {
        self.error_near(message, &[&self.source[self.start..self.start + 1], &self.text].concat())
    }

    fn read_string(&mut self, quote: u8) -> Result<Token> {
        self.position += 1;
        self.text.clear();
        loop {
            let rest = &self.source[self.position..];
            let plain = rest.iter().position(|&byte| byte == quote || matches!(byte, b'\\' | b'\n' | b'\r'));
            let Some(plain) = plain else {
                self.position = self.source.len();
                return Err(self.error_near("unfinished string", b"<eof>"));
            };
            self.text.extend_from_slice(&rest[..plain]);
            self.position += plain;
            match rest[plain] {
                b'\\' => self.read_escape()?,
                b'\n' | b'\r' => return Err(self.string_error("unfinished string")),
                _ => {
                    self.position += 1;
                    return Ok(Token::String(self.symbols.intern(&self.text)));
                }
            }
        }
    }

    fn read_escape(&mut self) -> Result<()> {
        self.position += 1;
        let Some(byte) = self.peek() else { return Ok(()) };
        let meant = match byte {
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'\n' | b'\r' => {
                self.text.push(b'\n');
                self.skip_line_break();
                return Ok(());
            }
            b'0'..=b'9' => {
                let digits = self.source[self.position..].iter().take(3).take_while(|byte| byte.is_ascii_digit());
                let (count, code) =
                    digits.fold((0, 0u32), |(count, code), digit| (count + 1, code * 10 + u32::from(digit - b'0')));
                self.position += count;
                let code = u8::try_from(code).map_err(|_| self.string_error("escape sequence too large"))?;
                self.text.push(code);
                return Ok(());
            }
            other => other,
        };
        self.text.push(meant);
        self.position += 1;
        Ok(())
    }

    /// Steps over `[==[` or `]==]`, all but its last byte, and returns the level. Otherwise returns how many `=` came
    /// before something else.
    fn skip_long_bracket(&mut self, bracket: u8) -> std::result::Result<usize, usize> {
        self.position += 1;
        let level = self.source[self.position..].iter().take_while(|&&byte| byte == b'=').count();
        self.position += level;
        if self.peek() == Some(bracket) { Ok(level) } else { Err(level) }
    }

    /// Reads what a long bracket encloses, from its second `[` on; only a string keeps the text.
    fn read_long(&mut self, level: usize, is_string: bool) -> Result<()> {
        self.position += 1;
        if matches!(self.peek(), Some(b'\n' | b'\r')) {
            self.skip_line_break();
        }
        loop {
            let rest = &self.source[self.position..];
            let plain = rest.iter().position(|byte| matches!(byte, b'[' | b']' | b'\n' | b'\r'));
            let Some(plain) = plain else {
                self.position = self.source.len();
                let message = if is_string { "unfinished long string" } else { "unfinished long comment" };
                return Err(self.error_near(message, b"<eof>"));
            };
            if is_string {
                self.text.extend_from_slice(&rest[..plain]);
            }
            self.position += plain;
            match rest[plain] {
                bracket @ (b'[' | b']') => {
                    let from = self.position;
                    if self.skip_long_bracket(bracket) == Ok(level) {
                        self.position += 1;
                        if bracket == b']' {
                            return Ok(());
                        }
                        if level == 0 {
                            return Err(self.error_near("nesting of [[...]] is deprecated", b"["));
                        }
                    }
                    if is_string {
                        self.text.extend_from_slice(&self.source[from..self.position]);
                    }
                }
                _ => {
                    if is_string {
                        self.text.push(b'\n');
                    }
                    self.skip_line_break();
                }
            }
        }
    }

    fn skip_comment(&mut self) -> Result<()> {
        self.position += 2;
        if self.peek() == Some(b'[')
            && let Ok(level) = self.skip_long_bracket(b'[')
        {
            return self.read_long(level, false);
        }
        let rest = &self.source[self.position..];
        self.position += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        Ok(())
    }
}
