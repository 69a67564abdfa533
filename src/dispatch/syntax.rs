//! Reads a command's syntax line as the tree of arguments that COMMAND DOCS answers.
//!
//! The notation is Redis's own, made exact where its pages leave the types out:
//!
//! ```text
//! name             a string; the name `key` means a key
//! name:int         an integer; also :double, :key, :pattern, :unix (a Unix time)
//! TOKEN            a word without small letters is a pure token
//! TOKEN name       the argument with its token; `TOKEN (a b)` and `TOKEN <A | B>` likewise
//! [x]   <x | y>    optional; one of
//! (x y)            a block: arguments that belong together
//! x...  {TOKEN x}...     several times; several times and the token each time
//! ```

/// One argument.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The name; that of a token is the token in small letters, that of a group is made of its members' names.
    pub name: String,
    pub kind: Kind,
    /// The word that stands before the argument, or is the argument if it is a pure token.
    pub token: Option<String>,
    pub optional: bool,
    pub multiple: bool,
    /// With `multiple`: the token is repeated too.
    pub multiple_token: bool,
    /// The members of a block or the choices of a oneof.
    pub arguments: Vec<Argument>,
}

/// What an argument may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    String,
    Integer,
    Double,
    Key,
    Pattern,
    UnixTime,
    PureToken,
    OneOf,
    Block,
}

impl Kind {
    /// Names the type as COMMAND DOCS does.
    pub fn name(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Double => "double",
            Kind::Key => "key",
            Kind::Pattern => "pattern",
            Kind::UnixTime => "unix-time",
            Kind::PureToken => "pure-token",
            Kind::OneOf => "oneof",
            Kind::Block => "block",
        }
    }
}

/// Reads the arguments of a syntax line, without the command's name; `None` if the line is not in the notation.
pub fn parse(line: &str) -> Option<Vec<Argument>> {
    let mut parser = Parser { signs: signs(line), at: 0 };
    let arguments = parser.sequence()?;
    (parser.at == parser.signs.len()).then_some(arguments)
}

/// Cuts a line into words, brackets, bars and dots.
fn signs(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '[' | ']' | '<' | '>' | '(' | ')' | '{' | '}' | '|' => 1,
            _ if rest.starts_with("...") => 3,
            _ => {
                let end = |c: char| c.is_whitespace() || "[]<>(){}|".contains(c);
                let word = rest.find(end).map_or(rest, |at| &rest[..at]);
                word.find("...").unwrap_or(word.len())
            }
        };
        found.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    found
}

struct Parser<'a> {
    signs: Vec<&'a str>,
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.signs.get(self.at).copied()
    }

    fn accept(&mut self, sign: &str) -> bool {
        let hit = self.peek() == Some(sign);
        self.at += usize::from(hit);
        hit
    }

    fn expect(&mut self, sign: &str) -> Option<()> {
        self.accept(sign).then_some(())
    }

    fn sequence(&mut self) -> Option<Vec<Argument>> {
        let mut arguments = Vec::new();
        while self.peek().is_some_and(|sign| !matches!(sign, "]" | ">" | ")" | "}" | "|" | "...")) {
            arguments.push(self.argument()?);
        }
        Some(arguments)
    }

    fn argument(&mut self) -> Option<Argument> {
        let mut argument = if self.accept("[") {
            let inner = self.argument()?;
            self.expect("]")?;
            Argument { optional: true, ..inner }
        } else if self.accept("{") {
            let inner = self.argument()?;
            self.expect("}")?;
            Argument { multiple_token: true, ..inner }
        } else {
            self.plain()?
        };
        argument.multiple |= self.accept("...");
        Some(argument)
    }

    /// Reads a group or a word, with the token before it.
    fn plain(&mut self) -> Option<Argument> {
        if self.accept("(") {
            let members = self.sequence()?;
            self.expect(")")?;
            return Some(group(Kind::Block, members));
        }
        if self.accept("<") {
            let mut choices = Vec::new();
            while choices.is_empty() || self.accept("|") {
                // A choice of nothing is an empty token.
                let empty = matches!(self.peek(), Some("|" | ">"));
                choices.push(if empty { leaf("", Kind::PureToken, Some("")) } else { self.argument()? });
            }
            self.expect(">")?;
            return Some(group(Kind::OneOf, choices));
        }
        let word = self.peek()?;
        self.at += 1;
        if !is_token(word) {
            let (name, kind) = typed(word);
            return Some(leaf(name, kind, None));
        }
        match self.peek() {
            Some("(" | "<") => {}
            Some(next) if next.starts_with(|c: char| c.is_alphanumeric()) && !is_token(next) => {}
            _ => return Some(leaf(&word.to_ascii_lowercase(), Kind::PureToken, Some(word))),
        }
        Some(Argument { token: Some(word.to_string()), ..self.plain()? })
    }
}

fn is_token(word: &str) -> bool {
    !word.contains(|c: char| c.is_ascii_lowercase())
}

/// Takes the type off a name.
fn typed(word: &str) -> (&str, Kind) {
    let (name, kind) = word.split_once(':').unwrap_or((word, ""));
    match kind {
        "int" => (name, Kind::Integer),
        "double" => (name, Kind::Double),
        "key" => (name, Kind::Key),
        "pattern" => (name, Kind::Pattern),
        "unix" => (name, Kind::UnixTime),
        _ if word == "key" => (word, Kind::Key),
        _ => (word, Kind::String),
    }
}

fn leaf(name: &str, kind: Kind, token: Option<&str>) -> Argument {
    Argument {
        name: name.to_string(),
        kind,
        token: token.map(str::to_string),
        optional: false,
        multiple: false,
        multiple_token: false,
        arguments: Vec::new(),
    }
}

fn group(kind: Kind, arguments: Vec<Argument>) -> Argument {
    let names = arguments.iter().map(|argument| argument.name.as_str()).collect::<Vec<_>>().join("_");
    Argument { arguments, ..leaf(&names, kind, None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_lines_are_refused() {
        for line in ["[key", "key]", "<A | B", "(a", "a)", "A | B", "{X x", "...", "[a b]"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn tokens_bind_to_what_follows_them() {
        let one = |line: &str| parse(line).unwrap().remove(0);
        assert_eq!((one("COUNT n:int").kind, one("COUNT n:int").token.as_deref()), (Kind::Integer, Some("COUNT")));
        assert_eq!(parse("NO ONE").unwrap().len(), 2);
        assert_eq!(parse("COPY [REPLACE]").unwrap()[0].kind, Kind::PureToken);
        assert_eq!(one("<= | ~>").arguments[0].token.as_deref(), Some("="));
        assert_eq!(one("<key | >").arguments[1].token.as_deref(), Some(""));
        let get = one("[{GET pattern:pattern}...]");
        assert!(get.optional && get.multiple && get.multiple_token && get.kind == Kind::Pattern);
        let keys = one("KEYS keys:key...");
        assert!(keys.multiple && !keys.multiple_token && keys.name == "keys");
    }
}
