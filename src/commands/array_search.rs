//! Arrays walked: scanned, searched and summed up.

use super::array::{READ, number, parse_index};
use crate::dispatch::{Args, Command, Context, Flags, Handler};
use crate::protocol::{Error, Reply, Result};
use crate::structures::regex::{BACK_REFERENCE, Regex};
use crate::structures::{Array, LongDouble, Str, glob};
use std::ops::ControlFlow;

const WALK: &str = "O(P) where P is visited positions in touched slices (dense scanned slots + sparse entries), with \
                    worst-case O(|end-start|+1) and typical case close to O(N), where N is the number of existing \
                    elements in range.";

pub const COMMANDS: &[Command] = &[
    Command {
        name: "ARGREP",
        syntax: "ARGREP key start end <(EXACT string) | (MATCH string) | (GLOB pattern) | (RE pattern)>... [<AND | OR | LIMIT limit:int | WITHVALUES | NOCASE>...]",
        summary: "Returns the indices of a range whose values are as asked for.",
        complexity: "O(P * C) where P is the number of visited positions in touched slices and C is the cost of \
                     evaluating the predicates on one existing element.",
        arity: -6,
        flags: Flags::READONLY,
        reply: "integer[]; with WITHVALUES: [integer, bulk][]",
        handler: Handler::Now(argrep),
        ..READ
    },
    Command {
        name: "AROP",
        syntax: "AROP key start:int end:int <SUM | MIN | MAX | AND | OR | XOR | (MATCH value) | USED>",
        summary: "Returns what the values of a range come to.",
        complexity: WALK,
        arity: -5,
        flags: Flags::READONLY,
        reply: "bulk | integer | null",
        handler: Handler::Now(arop),
        ..READ
    },
    Command {
        name: "ARSCAN",
        syntax: "ARSCAN key start:int end:int [LIMIT limit:int]",
        summary: "Returns the indices of a range that have values, with them.",
        complexity: WALK,
        arity: -4,
        flags: Flags::READONLY,
        reply: "[integer, bulk][]",
        handler: Handler::Now(arscan),
        ..READ
    },
];

/// Takes a limit, which is at least 1.
fn limit(args: &mut Args) -> Result<usize> {
    let limit = args.int()?;
    usize::try_from(limit).ok().filter(|limit| *limit > 0).ok_or(Error::own("LIMIT must be positive"))
}

/// Answers an index with its value.
fn pair(index: u64, value: &Str) -> Reply {
    Reply::Array(vec![number(index), value.to_bytes().into()])
}

/// Collects up to `limit` replies from the values of a range.
fn collect(
    array: Option<&Array>,
    (start, end): (u64, u64),
    limit: usize,
    mut reply: impl FnMut(u64, &Str) -> Option<Reply>,
) -> Reply {
    let mut found = Vec::new();
    if let Some(array) = array {
        let _ = array.each(start, end, |index, value| {
            found.extend(reply(index, value));
            if found.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }
    Reply::Array(found)
}

fn arscan(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let range = (parse_index(args.bytes()?)?, parse_index(args.bytes()?)?);
    if !matches!(args.len(), 0 | 2) {
        return Err(Error::Arity("arscan".into()));
    }
    let mut most = usize::MAX;
    if !args.is_empty() {
        if !args.accept("LIMIT") {
            return Err(Error::Syntax);
        }
        most = limit(&mut args)?;
    }
    Ok(collect(cx.read::<Array>(key)?, range, most, |index, value| Some(pair(index, value))))
}

/// What ARGREP looks for in a value.
enum Predicate<'a> {
    Exact(&'a [u8]),
    Match(&'a [u8]),
    Glob(&'a [u8]),
    Pattern(Regex),
}

impl Predicate<'_> {
    fn holds(&self, value: &[u8], nocase: bool) -> bool {
        let same = |a: &[u8], b: &[u8]| if nocase { a.eq_ignore_ascii_case(b) } else { a == b };
        match self {
            Predicate::Exact(text) => same(value, text),
            Predicate::Match(text) => text.is_empty() || value.windows(text.len()).any(|part| same(part, text)),
            Predicate::Glob(pattern) => glob::matches(pattern, value, nocase),
            Predicate::Pattern(regex) => regex.matches(value),
        }
    }
}

fn argrep(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (start, end) = (args.bytes()?, args.bytes()?);
    // The last index in use is not known before the array is.
    let bound = |text: &[u8]| match text {
        b"-" => Ok(Some(0)),
        b"+" => Ok(None),
        _ => parse_index(text).map(Some),
    };
    let (start, end) = (bound(start)?, bound(end)?);
    let (mut words, mut all, mut most, mut values, mut nocase) = (Vec::new(), false, usize::MAX, false, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "EXACT" if !args.is_empty() => words.push(("EXACT", args.bytes()?)),
            "MATCH" if !args.is_empty() => words.push(("MATCH", args.bytes()?)),
            "GLOB" if !args.is_empty() => words.push(("GLOB", args.bytes()?)),
            "RE" if !args.is_empty() => words.push(("RE", args.bytes()?)),
            "AND" => all = true,
            "OR" => all = false,
            "LIMIT" if !args.is_empty() => most = limit(&mut args)?,
            "WITHVALUES" => values = true,
            "NOCASE" => nocase = true,
            _ => return Err(Error::Syntax),
        }
    }
    if words.is_empty() {
        return Err(Error::Syntax);
    }
    let mut predicates = Vec::with_capacity(words.len());
    for (kind, text) in words {
        predicates.push(match kind {
            "EXACT" => Predicate::Exact(text),
            "MATCH" => Predicate::Match(text),
            "GLOB" => Predicate::Glob(text),
            _ => Predicate::Pattern(pattern(text, nocase)?),
        });
    }
    let array = cx.read::<Array>(key)?;
    let last = array.map_or(0, |array| array.len().saturating_sub(1));
    let range = (start.unwrap_or(last), end.unwrap_or(last));
    Ok(collect(array, range, most, |index, value| {
        let bytes = value.bytes();
        let mut hits = predicates.iter().map(|predicate| predicate.holds(&bytes, nocase));
        let hit = if all { hits.all(|hit| hit) } else { hits.any(|hit| hit) };
        hit.then(|| if values { pair(index, value) } else { number(index) })
    }))
}

fn pattern(text: &[u8], nocase: bool) -> Result<Regex> {
    if text.is_empty() {
        return Err(Error::own("regular expression is empty"));
    }
    Regex::new(text, nocase).map_err(|fault| match fault {
        BACK_REFERENCE => Error::telling(format_args!("regular expression {fault}")),
        _ => Error::telling(format_args!("invalid regular expression: {fault}")),
    })
}

fn arop(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (start, end) = (parse_index(args.bytes()?)?, parse_index(args.bytes()?)?);
    let operation = args.option();
    let name = operation.as_ref().map_or("", |name| name.as_str());
    if name == "MATCH" && args.len() != 1 {
        return Err(Error::own("MATCH requires a value argument"));
    }
    if !matches!(name, "SUM" | "MIN" | "MAX" | "AND" | "OR" | "XOR" | "MATCH" | "USED") {
        return Err(Error::own("unknown operation"));
    }
    let wanted = args.bytes().ok();
    if name != "MATCH" && wanted.is_some() {
        return Err(Error::Arity("arop".into()));
    }
    let array = cx.read::<Array>(key)?;
    let each = |visit: &mut dyn FnMut(&Str)| {
        if let Some(array) = array {
            let _ = array.each(start, end, |_, value| {
                visit(value);
                ControlFlow::Continue(())
            });
        }
    };
    let float = |value: &Str| LongDouble::parse(&value.bytes());
    Ok(match name {
        "USED" | "MATCH" => {
            let mut count = 0usize;
            each(&mut |value| count += usize::from(wanted.is_none_or(|wanted| *value.bytes() == *wanted)));
            count.into()
        }
        "SUM" | "MIN" | "MAX" => {
            let mut outcome: Option<LongDouble> = None;
            each(&mut |value| {
                let Some(number) = float(value) else { return };
                outcome = Some(match outcome {
                    None => number,
                    Some(before) => match name {
                        "SUM" => before.sum(number),
                        "MIN" if number < before => number,
                        "MAX" if number > before => number,
                        _ => before,
                    },
                });
            });
            outcome.map(LongDouble::format_general).into()
        }
        _ => {
            let mut outcome: Option<i64> = None;
            each(&mut |value| {
                let Some(number) = float(value).and_then(LongDouble::to_int) else { return };
                outcome = Some(match (outcome, name) {
                    (None, _) => number,
                    (Some(before), "AND") => before & number,
                    (Some(before), "OR") => before | number,
                    (Some(before), _) => before ^ number,
                });
            });
            outcome.into()
        }
    })
}
