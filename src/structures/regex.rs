//! Regular expressions as ARGREP takes them: POSIX's extended ones on bytes, with the additions of the TRE library
//! (`\d \w \s \b \< \Q..\E \x41 (?i) (?:..)`), and without back references.
//!
//! A pattern becomes a small program, all of whose threads walk a text at once: the time is that of the text times the
//! program, whatever the pattern (Thompson, 1968). See <https://swtch.com/~rsc/regexp/regexp2.html>.

/// The most steps of a program, and the deepest nesting of a pattern.
const STEPS: usize = 20_000;
const DEPTH: usize = 100;

const NO_BRACKET: &str = "Missing ']'";
const NO_PAREN: &str = "Missing ')'";
const NO_BRACE: &str = "Missing '}'";
const BAD_REPEAT: &str = "Invalid use of repetition operators";
const BAD_BRACES: &str = "Invalid contents of {}";
const INVALID: &str = "Invalid regexp";
const TOO_LARGE: &str = "Out of memory";

/// A set of bytes.
type Set = [bool; 256];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    LineStart,
    LineEnd,
    WordStart,
    WordEnd,
    WordEdge,
    WithinWord,
}

enum Node {
    Set(Box<Set>),
    At(Place, bool),
    All(Vec<Node>),
    Any(Vec<Node>),
    Repeat(Box<Node>, u32, Option<u32>),
}

enum Step {
    Byte(Box<Set>),
    /// Goes on where the place is right; the flag says that lines begin and end at line feeds.
    At(Place, bool),
    Both(usize, usize),
    Goto(usize),
    Match,
}

/// A pattern that was understood.
pub struct Regex(Vec<Step>);

#[derive(Clone, Copy)]
struct Flags {
    nocase: bool,
    lines: bool,
}

struct Parser<'a> {
    rest: &'a [u8],
    flags: Flags,
    groups: u8,
    depth: usize,
    literal: bool,
}

type Parsed<T> = Result<T, &'static str>;

impl Parser<'_> {
    fn next(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn accept(&mut self, text: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn alternatives(&mut self) -> Parsed<Node> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(TOO_LARGE);
        }
        let mut choices = vec![self.sequence()?];
        while self.accept(b"|") {
            choices.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(Node::Any(choices))
    }

    fn sequence(&mut self) -> Parsed<Node> {
        let mut parts = Vec::new();
        while let Some(&first) = self.rest.first() {
            if !self.literal && (first == b'|' || (first == b')' && self.depth > 1)) {
                break;
            }
            let atom = self.atom()?;
            let atom = if matches!(atom, Node::At(..)) { atom } else { self.repeated(atom)? };
            parts.push(atom);
        }
        Ok(Node::All(parts))
    }

    /// Takes the repetitions behind an atom.
    fn repeated(&mut self, mut atom: Node) -> Parsed<Node> {
        while !self.literal {
            let (least, most) = match self.rest.first() {
                Some(b'*') => (0, None),
                Some(b'+') => (1, None),
                Some(b'?') => (0, Some(1)),
                Some(b'{') => {
                    self.next();
                    let (least, most) = self.braces()?;
                    atom = Node::Repeat(Box::new(atom), least, most);
                    continue;
                }
                _ => break,
            };
            self.next();
            // Whether as few as possible are wanted makes no difference to whether there is a match.
            if !self.accept(b"?") && matches!(self.rest.first(), Some(b'*' | b'+')) {
                return Err(BAD_REPEAT);
            }
            atom = Node::Repeat(Box::new(atom), least, most);
        }
        Ok(atom)
    }

    fn braces(&mut self) -> Parsed<(u32, Option<u32>)> {
        let least = self.number()?;
        let comma = self.accept(b",");
        let most = if comma { self.number()? } else { least };
        match self.next() {
            None => return Err(NO_BRACE),
            Some(b'}') => {}
            Some(_) => return Err(BAD_BRACES),
        }
        if (!comma && least.is_none()) || most.is_some_and(|most| most < least.unwrap_or(0)) {
            return Err(BAD_BRACES);
        }
        if least.max(most).is_some_and(|number| number > 255) {
            return Err("Maximum repetition in {} larger than 255");
        }
        Ok((least.unwrap_or(0), most))
    }

    fn number(&mut self) -> Parsed<Option<u32>> {
        let mut number = None;
        while let Some(digit @ b'0'..=b'9') = self.rest.first().copied() {
            self.next();
            number = Some(number.unwrap_or(0u32).saturating_mul(10).saturating_add(u32::from(digit - b'0')));
        }
        if self.rest.is_empty() { Err(NO_BRACE) } else { Ok(number) }
    }

    fn one(&self, byte: u8) -> Node {
        self.set(|other| other == byte)
    }

    /// Makes the set of those bytes that `belongs` names, in either case if that is not to matter.
    fn set(&self, belongs: impl Fn(u8) -> bool) -> Node {
        let nocase = self.flags.nocase;
        let mut set = Box::new([false; 256]);
        for (byte, place) in (0..=255u8).zip(set.iter_mut()) {
            let other = if byte.is_ascii_uppercase() { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
            *place = belongs(byte) || (nocase && belongs(other));
        }
        Node::Set(set)
    }

    fn atom(&mut self) -> Parsed<Node> {
        if self.literal {
            if self.accept(b"\\E") {
                self.literal = false;
                return Ok(Node::All(Vec::new()));
            }
            return Ok(self.next().map_or(Node::All(Vec::new()), |byte| self.one(byte)));
        }
        let lines = self.flags.lines;
        match self.rest.first().copied() {
            // A repetition of nothing.
            None | Some(b'*' | b'+' | b'?' | b'{') => Ok(Node::All(Vec::new())),
            Some(first) => {
                self.next();
                match first {
                    b'(' => self.group(),
                    b'[' => self.bracket(),
                    b'.' => Ok(self.set(|byte| !(lines && byte == b'\n'))),
                    b'^' => Ok(Node::At(Place::LineStart, lines)),
                    b'$' => Ok(Node::At(Place::LineEnd, lines)),
                    b'\\' => self.escape(),
                    byte => Ok(self.one(byte)),
                }
            }
        }
    }

    fn group(&mut self) -> Parsed<Node> {
        let outer = self.flags;
        if self.accept(b"?") {
            let mut on = true;
            loop {
                match self.next() {
                    None => return Err(NO_PAREN),
                    Some(b'i') => self.flags.nocase = on,
                    Some(b'n') => self.flags.lines = on,
                    Some(b'r' | b'U') => {}
                    Some(b'-') => on = false,
                    Some(b'#') => {
                        while self.next().ok_or(NO_PAREN)? != b')' {}
                        return Ok(Node::All(Vec::new()));
                    }
                    // To the end of the group around it.
                    Some(b')') => return Ok(Node::All(Vec::new())),
                    Some(b':') => break,
                    Some(_) => return Err(INVALID),
                }
            }
        } else {
            self.groups = self.groups.saturating_add(1);
        }
        let inside = self.alternatives()?;
        if !self.accept(b")") {
            return Err(NO_PAREN);
        }
        self.flags = outer;
        Ok(inside)
    }

    fn escape(&mut self) -> Parsed<Node> {
        let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let Some(byte) = self.next() else { return Err("Trailing backslash") };
        Ok(match byte {
            b'd' => self.set(|byte| byte.is_ascii_digit()),
            b'D' => complement(self.set(|byte| byte.is_ascii_digit())),
            b'w' => self.set(word),
            b'W' => complement(self.set(word)),
            b's' => self.set(is_space),
            b'S' => complement(self.set(is_space)),
            b'b' => Node::At(Place::WordEdge, false),
            b'B' => Node::At(Place::WithinWord, false),
            b'<' => Node::At(Place::WordStart, false),
            b'>' => Node::At(Place::WordEnd, false),
            b't' => self.one(b'\t'),
            b'n' => self.one(b'\n'),
            b'r' => self.one(b'\r'),
            b'f' => self.one(0x0c),
            b'a' => self.one(0x07),
            b'e' => self.one(0x1b),
            b'Q' => {
                self.literal = true;
                Node::All(Vec::new())
            }
            b'x' => {
                let code = self.hexadecimal();
                self.one(code)
            }
            b'0'..=b'9' if byte - b'0' > self.groups => return Err("Invalid back reference"),
            b'0'..=b'9' => return Err(BACK_REFERENCE),
            other => self.one(other),
        })
    }

    /// Takes up to two hexadecimal digits, or as many as stand in braces; none at all are 0.
    fn hexadecimal(&mut self) -> u8 {
        let braced = self.accept(b"{");
        let (mut code, mut digits) = (0u8, 0);
        while let Some(digit) = self.rest.first().and_then(|byte| char::from(*byte).to_digit(16)) {
            if !braced && digits == 2 {
                break;
            }
            self.next();
            code = code.wrapping_mul(16).wrapping_add(digit as u8);
            digits += 1;
        }
        if braced {
            self.accept(b"}");
        }
        code
    }

    fn bracket(&mut self) -> Parsed<Node> {
        let negated = self.accept(b"^");
        let mut listed = [false; 256];
        let mut first = true;
        loop {
            let byte = self.next().ok_or(NO_BRACKET)?;
            if byte == b']' && !first {
                break;
            }
            first = false;
            if byte == b'[' {
                match self.rest.first() {
                    Some(b':') => {
                        self.next();
                        let end = self.rest.windows(2).position(|two| two == b":]").ok_or(NO_BRACKET)?;
                        let class = class(&self.rest[..end]).ok_or("Unknown character class name")?;
                        self.rest = &self.rest[end + 2..];
                        listed.iter_mut().zip(0..=255).for_each(|(place, byte)| *place |= class(byte));
                        continue;
                    }
                    Some(b'.' | b'=') => return Err("Unknown collating element"),
                    _ => {}
                }
            }
            let mut last = byte;
            if let [b'-', end, ..] = self.rest
                && *end != b']'
            {
                last = *end;
                self.rest = &self.rest[2..];
                if last < byte || matches!(self.rest, [b'-', after, ..] if *after != b']') {
                    return Err("Invalid character range");
                }
            }
            listed[usize::from(byte)..=usize::from(last)].fill(true);
        }
        let set = self.set(|byte| listed[usize::from(byte)]);
        if !negated {
            return Ok(set);
        }
        let Node::Set(mut set) = complement(set) else { return Err(INVALID) };
        set[usize::from(b'\n')] &= !self.flags.lines;
        Ok(Node::Set(set))
    }
}

/// Says that a pattern refers back to one of its groups.
pub const BACK_REFERENCE: &str = "backreferences are not supported";

fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

fn complement(node: Node) -> Node {
    let Node::Set(mut set) = node else { return node };
    set.iter_mut().for_each(|place| *place = !*place);
    Node::Set(set)
}

/// Finds a class of POSIX by its name.
fn class(name: &[u8]) -> Option<fn(u8) -> bool> {
    Some(match name {
        b"alnum" => |byte| byte.is_ascii_alphanumeric(),
        b"alpha" => |byte| byte.is_ascii_alphabetic(),
        b"blank" => |byte| byte == b' ' || byte == b'\t',
        b"cntrl" => |byte| byte.is_ascii_control(),
        b"digit" => |byte| byte.is_ascii_digit(),
        b"graph" => |byte| byte.is_ascii_graphic(),
        b"lower" => |byte| byte.is_ascii_lowercase(),
        b"print" => |byte| byte.is_ascii_graphic() || byte == b' ',
        b"punct" => |byte| byte.is_ascii_punctuation(),
        b"space" => is_space,
        b"upper" => |byte| byte.is_ascii_uppercase(),
        b"xdigit" => |byte| byte.is_ascii_hexdigit(),
        _ => return None,
    })
}

impl Regex {
    /// Reads a pattern, or says what is wrong with it.
    pub fn new(pattern: &[u8], nocase: bool) -> Result<Regex, &'static str> {
        let flags = Flags { nocase, lines: false };
        let mut parser = Parser { rest: pattern, flags, groups: 0, depth: 0, literal: false };
        let node = parser.alternatives()?;
        let mut steps = Vec::new();
        emit(&mut steps, &node, &mut 0)?;
        steps.push(Step::Match);
        Ok(Regex(steps))
    }

    /// Tells whether a text matches anywhere.
    pub fn matches(&self, text: &[u8]) -> bool {
        let mut threads = Threads { steps: &self.0, seen: vec![0; self.0.len()], now: 0, todo: Vec::new() };
        let (mut alive, mut next) = (Vec::new(), Vec::new());
        for at in 0..=text.len() {
            threads.now += 1;
            next.clear();
            for &step in alive.iter().chain(&[0]) {
                if threads.follow(step, text, at, &mut next) {
                    return true;
                }
            }
            alive.clear();
            let Some(byte) = text.get(at) else { break };
            for &step in &next {
                if matches!(&self.0[step], Step::Byte(set) if set[usize::from(*byte)]) {
                    alive.push(step + 1);
                }
            }
        }
        false
    }
}

/// Writes the steps of a node. `work` counts the nodes that were written, of which some take no step.
fn emit(steps: &mut Vec<Step>, node: &Node, work: &mut usize) -> Parsed<()> {
    *work += 1;
    if steps.len() > STEPS || *work > 10 * STEPS {
        return Err(TOO_LARGE);
    }
    match node {
        Node::Set(set) => steps.push(Step::Byte(set.clone())),
        Node::At(place, lines) => steps.push(Step::At(*place, *lines)),
        Node::All(parts) => parts.iter().try_for_each(|part| emit(steps, part, work))?,
        Node::Any(choices) => {
            let mut ends = Vec::new();
            for (at, choice) in choices.iter().enumerate() {
                let fork = steps.len();
                let is_last = at + 1 == choices.len();
                if !is_last {
                    steps.push(Step::Match);
                }
                emit(steps, choice, work)?;
                if !is_last {
                    ends.push(steps.len());
                    steps.push(Step::Match);
                    steps[fork] = Step::Both(fork + 1, steps.len());
                }
            }
            let end = steps.len();
            ends.into_iter().for_each(|at| steps[at] = Step::Goto(end));
        }
        Node::Repeat(inside, least, most) => {
            (0..*least).try_for_each(|_| emit(steps, inside, work))?;
            match most {
                None => {
                    let fork = steps.len();
                    steps.push(Step::Match);
                    emit(steps, inside, work)?;
                    steps.push(Step::Goto(fork));
                    steps[fork] = Step::Both(fork + 1, steps.len());
                }
                Some(most) => {
                    let mut forks = Vec::new();
                    for _ in *least..*most {
                        forks.push(steps.len());
                        steps.push(Step::Match);
                        emit(steps, inside, work)?;
                    }
                    let end = steps.len();
                    forks.into_iter().for_each(|at| steps[at] = Step::Both(at + 1, end));
                }
            }
        }
    }
    Ok(())
}

/// The threads of one position of a text.
struct Threads<'a> {
    steps: &'a [Step],
    /// The last position, counted from 1, at which each step was come upon.
    seen: Vec<usize>,
    now: usize,
    todo: Vec<usize>,
}

impl Threads<'_> {
    /// Follows a thread up to the steps that take a byte; true if it comes to the end.
    fn follow(&mut self, step: usize, text: &[u8], at: usize, waiting: &mut Vec<usize>) -> bool {
        self.todo.push(step);
        while let Some(step) = self.todo.pop() {
            if std::mem::replace(&mut self.seen[step], self.now) == self.now {
                continue;
            }
            match &self.steps[step] {
                Step::Byte(_) => waiting.push(step),
                Step::At(place, lines) if is_at(*place, *lines, text, at) => self.todo.push(step + 1),
                Step::At(..) => {}
                Step::Both(one, other) => self.todo.extend([*one, *other]),
                Step::Goto(other) => self.todo.push(*other),
                Step::Match => return true,
            }
        }
        false
    }
}

fn is_at(place: Place, lines: bool, text: &[u8], at: usize) -> bool {
    let (before, after) = (at.checked_sub(1).map(|at| text[at]), text.get(at).copied());
    let is_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_end = before.is_none() || after.is_none();
    match place {
        Place::LineStart => before.is_none() || (lines && before == Some(b'\n')),
        Place::LineEnd => after.is_none() || (lines && after == Some(b'\n')),
        Place::WordStart => !is_word(before) && is_word(after),
        Place::WordEnd => is_word(before) && !is_word(after),
        Place::WordEdge => is_end || is_word(before) != is_word(after),
        Place::WithinWord => !is_end && is_word(before) == is_word(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is slow with back-tracking, and what would take more room than there is.
    #[test]
    fn patterns_cannot_make_trouble() {
        assert!(!Regex::new(b"(a*)*b", false).unwrap().matches(&[b'a'; 5000]));
        assert!(Regex::new(b"(x+x+)+y", false).unwrap().matches(&[&[b'x'; 3000][..], b"y"].concat()));
        assert_eq!(Regex::new(b"((a{255}){255}){255}", false).err(), Some(TOO_LARGE));
        assert_eq!(Regex::new(&[b'('; 100_000], false).err(), Some(TOO_LARGE));
        assert_eq!(Regex::new(b"(((){255}){255}){255}", false).err(), Some(TOO_LARGE));
    }
}
