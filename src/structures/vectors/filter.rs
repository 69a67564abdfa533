//! The expressions of VSIM's option FILTER, which are asked of an element's attributes.
//! See <https://redis.io/docs/latest/develop/data-types/vector-sets/filtered-search/>.
//!
//! An expression is cut into values and operators, which are laid out so that each operator follows its operands
//! (Dijkstra's shunting yard): neither reading nor asking goes deeper the deeper parentheses stand in one another.

use super::json;
use crate::structures::number::parse_double;
use std::rc::Rc;

/// What an expression computes with.
#[derive(Debug, Clone)]
pub enum Value {
    Null,
    Number(f64),
    Text(Vec<u8>),
    Tuple(Vec<Value>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Open,
    Close,
    Or,
    And,
    Equal,
    Unequal,
    AtLeast,
    AtMost,
    Greater,
    Less,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Not,
}

/// How operators are written, one that begins as another does before it, and how tightly each binds.
const OPERATORS: &[(&str, Operator, u8)] = &[
    ("(", Operator::Open, 0),
    (")", Operator::Close, 0),
    ("||", Operator::Or, 1),
    ("or", Operator::Or, 1),
    ("&&", Operator::And, 2),
    ("and", Operator::And, 2),
    ("==", Operator::Equal, 3),
    ("!=", Operator::Unequal, 3),
    (">=", Operator::AtLeast, 3),
    ("<=", Operator::AtMost, 3),
    (">", Operator::Greater, 3),
    ("<", Operator::Less, 3),
    ("in", Operator::In, 3),
    ("+", Operator::Add, 4),
    ("-", Operator::Subtract, 4),
    ("**", Operator::Power, 6),
    ("*", Operator::Multiply, 5),
    ("/", Operator::Divide, 5),
    ("%", Operator::Remainder, 5),
    ("not", Operator::Not, 7),
    ("!", Operator::Not, 7),
];

/// The longest number, in characters.
const LONGEST_NUMBER: usize = 255;

enum Step {
    Value(Rc<Value>),
    /// A field of the attributes.
    Field(Vec<u8>),
    Do(Operator),
}

/// An expression that has been read.
pub struct Filter(Vec<Step>);

impl Filter {
    /// Reads an expression. If it is none, answers from where on, or all of it where that is not known.
    pub fn parse(text: &[u8]) -> Result<Filter, &[u8]> {
        // The text ends at a zero, as everything in C does.
        let text = text.split(|byte| *byte == 0).next().unwrap_or(text);
        let mut reader = Reader { rest: text, after_value: false };
        let mut steps = Vec::new();
        while let Some(step) = reader.step() {
            steps.push(step.ok_or(if reader.rest.is_empty() { text } else { reader.rest })?);
        }
        arrange(steps).map(Filter).ok_or(text)
    }

    /// Tells whether an element with these attributes passes. Whoever has not all of the fields does not.
    pub fn passes(&self, attributes: &[u8]) -> bool {
        self.compute(attributes).is_some_and(|value| value.holds())
    }

    fn compute(&self, attributes: &[u8]) -> Option<Rc<Value>> {
        let mut stack: Vec<Rc<Value>> = Vec::new();
        for step in &self.0 {
            let value = match step {
                Step::Value(value) => value.clone(),
                Step::Field(name) => json::find(attributes, name)?.into(),
                Step::Do(operator) => {
                    let right = stack.pop()?;
                    // The one operand of `not` stands for both.
                    let left = if *operator == Operator::Not { right.clone() } else { stack.pop()? };
                    Value::Number(operator.apply(&left, &right)).into()
                }
            };
            stack.push(value);
        }
        stack.pop()
    }
}

/// Lays values and operators out so that each operator follows its operands; `None` if they do not come to one value.
fn arrange(steps: Vec<Step>) -> Option<Vec<Step>> {
    let (mut out, mut waiting): (Vec<Step>, Vec<Operator>) = (Vec::new(), Vec::new());
    let mut values = 0usize;
    let put = |operator: Operator, out: &mut Vec<Step>, values: &mut usize| {
        // Two values become one; `not` needs one.
        *values = values.checked_sub(usize::from(operator != Operator::Not)).filter(|left| *left > 0)?;
        out.push(Step::Do(operator));
        Some(())
    };
    for step in steps {
        let Step::Do(operator) = step else {
            values += 1;
            out.push(step);
            continue;
        };
        match operator {
            Operator::Open => waiting.push(operator),
            Operator::Close => loop {
                match waiting.pop()? {
                    Operator::Open => break,
                    other => put(other, &mut out, &mut values)?,
                }
            },
            _ => {
                // Powers are taken from the right.
                let least = operator.binding() + u8::from(operator == Operator::Power);
                while let Some(other) = waiting.pop_if(|other| *other != Operator::Open && other.binding() >= least) {
                    put(other, &mut out, &mut values)?;
                }
                waiting.push(operator);
            }
        }
    }
    while let Some(operator) = waiting.pop() {
        (operator != Operator::Open).then(|| put(operator, &mut out, &mut values))??;
    }
    (values == 1).then_some(out)
}

impl Operator {
    fn binding(self) -> u8 {
        OPERATORS.iter().find(|(_, operator, _)| *operator == self).map_or(0, |(_, _, binding)| *binding)
    }

    fn apply(self, left: &Value, right: &Value) -> f64 {
        let (x, y) = (left.number(), right.number());
        let holds = match self {
            Operator::Add => return x + y,
            Operator::Subtract => return x - y,
            Operator::Multiply => return x * y,
            Operator::Divide => return x / y,
            Operator::Remainder => return x % y,
            Operator::Power => return x.powf(y),
            Operator::Or => left.holds() || right.holds(),
            Operator::And => left.holds() && right.holds(),
            Operator::Equal => left.equals(right),
            Operator::Unequal => !left.equals(right),
            Operator::AtLeast => x >= y,
            Operator::AtMost => x <= y,
            Operator::Greater => x > y,
            Operator::Less => x < y,
            Operator::In => right.contains(left),
            Operator::Not => !right.holds(),
            Operator::Open | Operator::Close => false,
        };
        f64::from(u8::from(holds))
    }
}

impl Value {
    /// Answers the number that the value stands for, 0 if for none.
    fn number(&self) -> f64 {
        match self {
            Value::Number(number) => *number,
            Value::Text(text) => parse_double(text.trim_ascii_start()).unwrap_or(0.0),
            Value::Null | Value::Tuple(_) => 0.0,
        }
    }

    fn holds(&self) -> bool {
        match self {
            Value::Null => false,
            Value::Number(number) => *number != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Tuple(_) => true,
        }
    }

    fn equals(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Text(left), Value::Text(right)) => left == right,
            (Value::Null, Value::Null) => true,
            (Value::Null, _) | (_, Value::Null) => false,
            _ => self.number() == other.number(),
        }
    }

    /// Tells whether a tuple has an item, or a text a part.
    fn contains(&self, item: &Value) -> bool {
        match (self, item) {
            (Value::Tuple(items), _) => items.iter().any(|other| other.equals(item)),
            (Value::Text(text), Value::Text(part)) => is_within(part, text),
            _ => false,
        }
    }
}

/// Tells whether `part` stands somewhere in `text`, in time that grows with their lengths (Knuth, Morris and Pratt).
fn is_within(part: &[u8], text: &[u8]) -> bool {
    // For each beginning of the part, the longest shorter beginning that it ends with.
    let mut shorter = vec![0usize; part.len()];
    let mut matched = 0;
    let step = |mut matched: usize, byte: u8, shorter: &[usize]| {
        while matched > 0 && part[matched] != byte {
            matched = shorter[matched - 1];
        }
        matched + usize::from(part[matched] == byte)
    };
    for at in 1..part.len() {
        matched = step(matched, part[at], &shorter);
        shorter[at] = matched;
    }
    matched = 0;
    part.is_empty()
        || text.iter().any(|byte| {
            matched = step(matched, *byte, &shorter);
            matched == part.len()
        })
}

struct Reader<'a> {
    rest: &'a [u8],
    /// What came last is a value, so that a minus is an operator.
    after_value: bool,
}

impl<'a> Reader<'a> {
    fn skip_spaces(&mut self) {
        self.rest = &self.rest[self.rest.iter().take_while(|byte| matches!(byte, b' ' | 9..=13)).count()..];
    }

    fn run(&mut self, from: usize, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().skip(from).take_while(|byte| belongs(**byte)).count();
        let (run, rest) = self.rest.split_at(from + length);
        self.rest = rest;
        run
    }

    /// Takes a value or an operator: `None` at the end, `Some(None)` if there is neither.
    fn step(&mut self) -> Option<Option<Step>> {
        self.skip_spaces();
        let value = |value: Value| Step::Value(value.into());
        let step = match *self.rest.first()? {
            b'.' => self.field(),
            b'[' => self.tuple().map(value),
            b'a'..=b'z' | b'A'..=b'Z' if self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).eq(b"null") => {
                self.rest = &self.rest[4..];
                Some(Step::Value(Value::Null.into()))
            }
            _ if self.begins_literal() => self.literal().map(value),
            _ => {
                let operator = self.operator();
                self.after_value = operator == Some(Operator::Close);
                return Some(operator.map(Step::Do));
            }
        };
        self.after_value = true;
        Some(step)
    }

    fn field(&mut self) -> Option<Step> {
        let belongs = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if self.rest.get(1).is_some_and(|byte| !belongs(*byte)) {
            return None;
        }
        Some(Step::Field(self.run(1, belongs)[1..].to_vec()))
    }

    fn begins_literal(&self) -> bool {
        match self.rest {
            [b'0'..=b'9' | b'"' | b'\'', ..] => true,
            [b'-', b'0'..=b'9', ..] => !self.after_value,
            _ => false,
        }
    }

    /// Takes a number or a text.
    fn literal(&mut self) -> Option<Value> {
        let quote = self.rest[0];
        if !matches!(quote, b'"' | b'\'') {
            let whole = self.rest;
            let belongs = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E');
            let number = self.run(1, belongs);
            if number.len() > LONGEST_NUMBER {
                self.rest = &whole[LONGEST_NUMBER..];
                return None;
            }
            return std::str::from_utf8(number).ok()?.parse().ok().map(Value::Number);
        }
        let mut at = 1;
        while self.rest.get(at).is_some_and(|byte| *byte != quote) {
            at += if self.rest[at] == b'\\' { 2 } else { 1 };
        }
        let text = self.rest.get(1..at).filter(|_| at < self.rest.len());
        self.rest = self.rest.get(at + 1..).unwrap_or_default();
        text.map(|text| Value::Text(text.to_vec()))
    }

    fn tuple(&mut self) -> Option<Value> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        loop {
            self.skip_spaces();
            if self.rest.first() == Some(&b']') {
                break;
            }
            self.after_value = false;
            if !self.begins_literal() {
                return None;
            }
            items.push(self.literal()?);
            self.skip_spaces();
            match self.rest.first() {
                Some(b',') => self.rest = &self.rest[1..],
                Some(b']') => break,
                _ => return None,
            }
        }
        self.rest = &self.rest[1..];
        Some(Value::Tuple(items))
    }

    /// Takes the longest operator that comes next; if there is none, passes over what looks like one.
    fn operator(&mut self) -> Option<Operator> {
        let found = OPERATORS.iter().find(|(name, ..)| self.rest.starts_with(name.as_bytes()));
        let Some((name, operator, _)) = found else {
            self.run(0, |byte| byte.is_ascii_alphabetic() || b"+-*%/!<>=&|".contains(&byte));
            return None;
        };
        self.rest = &self.rest[name.len()..];
        Some(*operator)
    }
}
