//! Requests as clients send them: RESP arrays of bulk strings, or inline lines as typed into a terminal.
//!
//! The parser is fed bytes as they come and gives back whole requests. It remembers how far it read inside a
//! request, so bytes that arrive one at a time cost no more than bytes that arrive at once, and it reserves nothing
//! because a header says so: memory grows only with what was received.
//! See <https://redis.io/docs/latest/develop/reference/protocol-spec/>.

use std::fmt;
use std::ops::Range;

/// Bytes that an inline request or a header line may have before its end of line.
const MAX_LINE: usize = 64 * 1024;
/// Bytes that one argument may have (`proto-max-bulk-len`).
const MAX_BULK: i64 = 512 * 1024 * 1024;
/// Arguments that one request may have.
const MAX_ARGS: i64 = i32::MAX as i64;
/// Bytes of a spent buffer that are kept for the next request.
const KEEP: usize = 64 * 1024;

/// What is wrong with the bytes of a client. After one of these the connection cannot be understood any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    ArrayLength,
    BulkLength,
    NotBulk(u8),
    LongInline,
    LongArrayHeader,
    LongBulkHeader,
    Quotes,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Protocol error: ")?;
        match self {
            Malformed::ArrayLength => f.write_str("invalid multibulk length"),
            Malformed::BulkLength => f.write_str("invalid bulk length"),
            Malformed::NotBulk(got) => {
                let got = if matches!(got, b'\r' | b'\n') { b' ' } else { *got };
                write!(f, "expected '$', got '{}'", char::from(got))
            }
            Malformed::LongInline => f.write_str("too big inline request"),
            Malformed::LongArrayHeader => f.write_str("too big mbulk count string"),
            Malformed::LongBulkHeader => f.write_str("too big bulk count string"),
            Malformed::Quotes => f.write_str("unbalanced quotes in request"),
        }
    }
}

/// Splits a client's bytes into requests.
#[derive(Default)]
pub struct Parser {
    buffer: Vec<u8>,
    /// Where the next unread byte stands in `buffer`.
    at: usize,
    /// Arguments of the array that are still to come; none between requests.
    missing: usize,
    /// Length of the argument whose header was read.
    bulk: Option<usize>,
    /// Where the arguments of the request stand in `buffer`, or in `unquoted` after an inline line.
    args: Vec<Range<usize>>,
    unquoted: Vec<u8>,
    inline: bool,
    /// Bytes after `at` that were searched for an end of line in vain.
    searched: usize,
    failed: Option<Malformed>,
}

impl Parser {
    pub fn new() -> Parser {
        Parser::default()
    }

    /// Takes in bytes; `advance` then finds the requests in them.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Bytes that wait for the rest of their request.
    pub fn pending(&self) -> usize {
        self.buffer.len() - self.at
    }

    /// Moves to the next whole request and says whether there is one: `args` then has it until the next call.
    ///
    /// Empty arrays and blank lines are skipped, as Redis skips them. An error stays: every later call repeats it.
    pub fn advance(&mut self) -> Result<bool, Malformed> {
        if let Some(failure) = self.failed {
            return Err(failure);
        }
        if self.missing == 0 && self.bulk.is_none() {
            self.args.clear();
            self.unquoted.clear();
            self.inline = false;
            self.compact();
        }
        let result = self.read();
        self.failed = result.err();
        result
    }

    /// The arguments of the request that `advance` found, the command's name first.
    pub fn args(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        let bytes = if self.inline { &self.unquoted } else { &self.buffer };
        self.args.iter().map(move |range| bytes.get(range.clone()).unwrap_or_default())
    }

    fn read(&mut self) -> Result<bool, Malformed> {
        while self.missing == 0 {
            match self.buffer.get(self.at) {
                None => return Ok(false),
                Some(b'*') => match self.header(Malformed::LongArrayHeader)? {
                    None => return Ok(false),
                    Some(count) => match parse_int(&self.buffer[count]) {
                        Some(count) if count <= MAX_ARGS => self.missing = count.max(0) as usize,
                        _ => return Err(Malformed::ArrayLength),
                    },
                },
                Some(_) => match self.line()? {
                    None => return Ok(false),
                    Some(line) => {
                        self.inline = true;
                        split_quoted(&self.buffer[line], &mut self.unquoted, &mut self.args)?;
                        if !self.args.is_empty() {
                            return Ok(true);
                        }
                    }
                },
            }
        }
        self.inline = false;
        while self.missing > 0 {
            let length = match self.bulk {
                Some(length) => length,
                None => match self.buffer.get(self.at) {
                    None => return Ok(false),
                    Some(b'$') => match self.header(Malformed::LongBulkHeader)? {
                        None => return Ok(false),
                        Some(length) => match parse_int(&self.buffer[length]) {
                            Some(length @ 0..=MAX_BULK) => *self.bulk.insert(length as usize),
                            _ => return Err(Malformed::BulkLength),
                        },
                    },
                    Some(&other) => return Err(Malformed::NotBulk(other)),
                },
            };
            if self.pending() < length + 2 {
                return Ok(false);
            }
            self.args.push(self.at..self.at + length);
            self.at += length + 2;
            self.bulk = None;
            self.missing -= 1;
        }
        Ok(true)
    }

    /// The text of a header line without its mark and end, once the end is there.
    fn header(&mut self, too_long: Malformed) -> Result<Option<Range<usize>>, Malformed> {
        let unread = &self.buffer[self.at..];
        match find(unread, b'\r', self.searched) {
            // Redis reads the byte after the carriage return without asking what it is.
            Some(end) if end + 1 < unread.len() => {
                let text = self.at + 1..self.at + end;
                self.at += end + 2;
                self.searched = 0;
                Ok(Some(text))
            }
            Some(_) => Ok(None),
            None if unread.len() > MAX_LINE => Err(too_long),
            None => {
                self.searched = unread.len();
                Ok(None)
            }
        }
    }

    fn line(&mut self) -> Result<Option<Range<usize>>, Malformed> {
        let unread = &self.buffer[self.at..];
        match find(unread, b'\n', self.searched) {
            Some(end) => {
                let text = if end > 0 && unread[end - 1] == b'\r' { end - 1 } else { end };
                let text = self.at..self.at + text;
                self.at += end + 1;
                self.searched = 0;
                Ok(Some(text))
            }
            None if unread.len() > MAX_LINE => Err(Malformed::LongInline),
            None => {
                self.searched = unread.len();
                Ok(None)
            }
        }
    }

    /// Drops what was read. Unread bytes move to the front only when they are the smaller part, so that a long
    /// pipeline is moved a constant number of times.
    fn compact(&mut self) {
        if self.at == self.buffer.len() {
            self.buffer.clear();
            self.buffer.shrink_to(KEEP);
        } else if self.at >= self.buffer.len() - self.at && self.at >= KEEP {
            self.buffer.drain(..self.at);
        } else {
            return;
        }
        self.at = 0;
    }
}

fn find(bytes: &[u8], wanted: u8, from: usize) -> Option<usize> {
    let at = bytes.get(from..)?.iter().position(|&byte| byte == wanted)?;
    Some(from + at)
}

/// A decimal integer in the one spelling that Redis takes: no sign but a minus, no leading zeros, no spaces.
fn parse_int(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let spelled = match digits {
        [b'0'] => text.len() == 1,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    if !spelled {
        return None;
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Splits a line into words as an inline request is split; `None` if its quotes are not balanced.
pub fn split_line(line: &[u8]) -> Option<Vec<Vec<u8>>> {
    let (mut text, mut words) = (Vec::new(), Vec::new());
    split_quoted(line, &mut text, &mut words).ok()?;
    Some(words.into_iter().map(|word| text[word].to_vec()).collect())
}

/// Splits an inline line into arguments: blanks part them, "..." may hold escapes, '...' only \'.
fn split_quoted(line: &[u8], text: &mut Vec<u8>, args: &mut Vec<Range<usize>>) -> Result<(), Malformed> {
    let blank = |byte: u8| byte.is_ascii_whitespace() || byte == 0x0b;
    let mut rest = line;
    loop {
        while let [first, tail @ ..] = rest {
            if !blank(*first) {
                break;
            }
            rest = tail;
        }
        if rest.is_empty() || rest[0] == 0 {
            return Ok(());
        }
        let start = text.len();
        loop {
            match rest {
                [] | [0, ..] => break,
                [byte, ..] if blank(*byte) => break,
                [quote @ (b'"' | b'\''), tail @ ..] => {
                    rest = read_quoted(tail, *quote, text)?;
                    if rest.first().is_some_and(|&next| !blank(next)) {
                        return Err(Malformed::Quotes);
                    }
                    break;
                }
                [byte, tail @ ..] => {
                    text.push(*byte);
                    rest = tail;
                }
            }
        }
        args.push(start..text.len());
    }
}

/// Reads up to the closing quote and answers what stands after it.
fn read_quoted<'a>(mut rest: &'a [u8], quote: u8, text: &mut Vec<u8>) -> Result<&'a [u8], Malformed> {
    let nibble = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    loop {
        match rest {
            [] => return Err(Malformed::Quotes),
            [byte, tail @ ..] if *byte == quote => return Ok(tail),
            [b'\\', b'\'', tail @ ..] if quote == b'\'' => {
                text.push(b'\'');
                rest = tail;
            }
            [b'\\', b'x', high, low, tail @ ..]
                if quote == b'"' && high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                text.push(nibble(*high).unwrap_or(0) << 4 | nibble(*low).unwrap_or(0));
                rest = tail;
            }
            [b'\\', escaped, tail @ ..] if quote == b'"' => {
                text.push(match escaped {
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'b' => 0x08,
                    b'a' => 0x07,
                    other => *other,
                });
                rest = tail;
            }
            [byte, tail @ ..] => {
                text.push(*byte);
                rest = tail;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requests(parser: &mut Parser) -> Result<Vec<Vec<Vec<u8>>>, Malformed> {
        let mut found = Vec::new();
        while parser.advance()? {
            found.push(parser.args().map(<[u8]>::to_vec).collect());
        }
        Ok(found)
    }

    fn parse(bytes: &[u8]) -> Result<Vec<Vec<Vec<u8>>>, Malformed> {
        let mut parser = Parser::new();
        parser.feed(bytes);
        requests(&mut parser)
    }

    fn words(lines: &[&[&str]]) -> Vec<Vec<Vec<u8>>> {
        lines.iter().map(|line| line.iter().map(|word| word.as_bytes().to_vec()).collect()).collect()
    }

    const MIXED: &[u8] =
        b"*2\r\n$3\r\nGET\r\n$1\r\na\r\n\r\n*0\r\nPING \"x\\x41\\n\" 'it\\'s'\r\n*-5\r\n*1\r\n$0\r\n\r\nECHO b\n";

    fn mixed() -> Vec<Vec<Vec<u8>>> {
        words(&[&["GET", "a"], &["PING", "xA\n", "it's"], &[""], &["ECHO", "b"]])
    }

    #[test]
    fn bytes_may_be_split_anywhere() {
        assert_eq!(parse(MIXED), Ok(mixed()));
        for cut in 0..=MIXED.len() {
            let mut parser = Parser::new();
            parser.feed(&MIXED[..cut]);
            let mut found = requests(&mut parser).unwrap();
            parser.feed(&MIXED[cut..]);
            found.extend(requests(&mut parser).unwrap());
            assert_eq!(found, mixed(), "cut at {cut}");
            assert_eq!(parser.pending(), 0);
        }
        let mut parser = Parser::new();
        let mut found = Vec::new();
        for byte in MIXED {
            parser.feed(&[*byte]);
            found.extend(requests(&mut parser).unwrap());
        }
        assert_eq!(found, mixed());
    }

    #[test]
    fn what_redis_refuses_is_refused_in_its_words() {
        let long = |first: &str| format!("{first}{}", "1".repeat(MAX_LINE + 1)).into_bytes();
        for (bytes, sentence) in [
            (b"*abc\r\n".to_vec(), "invalid multibulk length"),
            (b"*01\r\n".to_vec(), "invalid multibulk length"),
            (b"*2147483648\r\n".to_vec(), "invalid multibulk length"),
            (b"*99999999999999999999\r\n".to_vec(), "invalid multibulk length"),
            (b"*1\r\n:4\r\n".to_vec(), "expected '$', got ':'"),
            (b"*1\r\n\r\n".to_vec(), "expected '$', got ' '"),
            (b"*1\r\n$-1\r\n".to_vec(), "invalid bulk length"),
            (b"*1\r\n$536870913\r\n".to_vec(), "invalid bulk length"),
            (b"PING \"a\r\n".to_vec(), "unbalanced quotes in request"),
            (b"ECHO \"a\"b\r\n".to_vec(), "unbalanced quotes in request"),
            (long("a"), "too big inline request"),
            (long("*"), "too big mbulk count string"),
            (long("*1\r\n$"), "too big bulk count string"),
        ] {
            let failure = parse(&bytes).unwrap_err();
            assert_eq!(failure.to_string(), format!("Protocol error: {sentence}"));
        }
    }

    #[test]
    fn a_failure_lasts() {
        let mut parser = Parser::new();
        parser.feed(b"*x\r\nPING\r\n");
        assert_eq!(parser.advance(), Err(Malformed::ArrayLength));
        assert_eq!(parser.advance(), Err(Malformed::ArrayLength));
    }

    #[test]
    fn a_header_reserves_nothing() {
        let mut parser = Parser::new();
        parser.feed(b"*2147483647\r\n$536870912\r\nabc");
        assert_eq!(parser.advance(), Ok(false));
        assert!(parser.buffer.capacity() + parser.args.capacity() < 4096);
    }

    #[test]
    fn random_bytes_never_panic() {
        let alphabet = b"*$\r\n\"'\\x0123-a \0\xff";
        let mut state = 1u64;
        for _ in 0..20_000 {
            let mut parser = Parser::new();
            for _ in 0..40 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                parser.feed(&[alphabet[(state >> 33) as usize % alphabet.len()]]);
                while let Ok(true) = parser.advance() {
                    assert!(parser.args().len() > 0);
                }
            }
        }
    }
}
