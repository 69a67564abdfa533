//! SORT: lists, sets and sorted sets in the order of their elements, or of what other keys say about them.
//! See <https://redis.io/docs/latest/commands/sort/>.

use super::list;
use crate::dispatch::acl;
use crate::dispatch::keys::{Begin, Find, KeySpec};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, Origin, keys};
use crate::keyspace::{Class, Typed, Value};
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_double;
use crate::structures::{Bytes, List, Zset};
use std::cmp::Ordering;
use crate::structures::order::sort_by;

/// The keys of BY and GET: their names come out of the key that is sorted.
const PATTERNS: KeySpec = KeySpec { begin: Begin::Unknown, find: Find::Unknown, flags: KeyFlags::RO_ACCESS };
const STORE: KeySpec = KeySpec {
    begin: Begin::Found(destination),
    find: Find::Range { last: 0, step: 1, limit: 0 },
    flags: KeyFlags::OW_UPDATE,
};

const SORT: Command = Command {
    name: "SORT",
    syntax: "SORT key [BY by-pattern:pattern] [LIMIT (offset:int count:int)] [{GET get-pattern:pattern}...] \
             [<ASC | DESC>] [ALPHA] [STORE destination:key]",
    summary: "Sorts the elements in a list, a set, or a sorted set, optionally storing the result.",
    complexity: "O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M the number of \
                 returned elements. When the elements are not sorted, complexity is O(N).",
    since: "1.0.0",
    group: Group::Generic,
    arity: -2,
    flags: Flags::WRITE
        .and(Flags::DENYOOM)
        .and(Flags::MOVABLEKEYS)
        .and(Flags::DANGEROUS)
        .and(Flags::TOUCHES_SORTABLE)
        .and(Flags::NO_GROUP_CATEGORY),
    keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RO_ACCESS), PATTERNS, STORE]),
    reply: "(bulk | null)[]; with STORE: integer",
    handler: Handler::Now(sort),
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    SORT,
    Command {
        name: "SORT_RO",
        syntax: "SORT_RO key [BY by-pattern:pattern] [LIMIT (offset:int count:int)] [{GET get-pattern:pattern}...] \
                 [<ASC | DESC>] [ALPHA]",
        summary: "Returns the sorted elements of a list, a set, or a sorted set.",
        since: "7.0.0",
        flags: Flags::READONLY
            .and(Flags::MOVABLEKEYS)
            .and(Flags::DANGEROUS)
            .and(Flags::TOUCHES_SORTABLE)
            .and(Flags::NO_GROUP_CATEGORY),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::RO_ACCESS), PATTERNS]),
        reply: "(bulk | null)[]",
        handler: Handler::Now(sort_ro),
        ..SORT
    },
];

/// Finds the word after the last STORE that is not an option's argument.
fn destination(argv: &[&[u8]]) -> Option<usize> {
    let mut found = None;
    let mut at = 2;
    while let Some(word) = argv.get(at) {
        let is = |name: &str| word.eq_ignore_ascii_case(name.as_bytes());
        at += match () {
            _ if is("LIMIT") => 3,
            _ if is("GET") || is("BY") => 2,
            _ if is("STORE") && at + 1 < argv.len() => {
                found = Some(at + 1);
                2
            }
            _ => 1,
        };
    }
    found
}

/// What a call asks for.
#[derive(Default)]
struct Query<'a> {
    descending: bool,
    alpha: bool,
    /// The pattern of the weights; without `*` nothing is sorted at all.
    by: Option<&'a [u8]>,
    offset: i64,
    /// The most elements; all if negative.
    count: Option<i64>,
    get: Vec<&'a [u8]>,
    store: Option<&'a [u8]>,
}

impl<'a> Query<'a> {
    fn read(cx: &Context, args: &mut Args<'a>, may_store: bool) -> Result<Query<'a>> {
        let mut query = Query::default();
        // The keys that a pattern leads to are known to no one beforehand.
        let argv = args.argv();
        let demand = |option: &str| match acl::reads_every_key(cx, argv) {
            true => Ok(()),
            false => Err(Error::telling(format_args!("{option} option of SORT denied due to insufficient ACL permissions."))),
        };
        while let Some(option) = args.option() {
            match option.as_str() {
                "ASC" => query.descending = false,
                "DESC" => query.descending = true,
                "ALPHA" => query.alpha = true,
                "LIMIT" if args.len() >= 2 => (query.offset, query.count) = (args.int()?, Some(args.int()?)),
                "STORE" if may_store => query.store = Some(args.key()?),
                "BY" => {
                    let pattern = args.bytes()?;
                    if pattern.contains(&b'*') {
                        demand("BY")?;
                    }
                    query.by = Some(pattern);
                }
                "GET" => {
                    let pattern = args.bytes()?;
                    demand("GET")?;
                    query.get.push(pattern);
                }
                _ => return Err(Error::Syntax),
            }
        }
        Ok(query)
    }

    /// Answers which of `len` elements are meant.
    fn range(&self, len: usize) -> std::ops::Range<usize> {
        let start = usize::try_from(self.offset.max(0)).unwrap_or(usize::MAX).min(len);
        let count = self.count.and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX);
        let count = if self.count.is_some_and(|count| count < 0) { usize::MAX } else { count };
        start..start.saturating_add(count).min(len)
    }
}

fn sort(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, true)
}

fn sort_ro(cx: &mut Context, args: Args) -> Result<Reply> {
    run(cx, args, false)
}

fn run(cx: &mut Context, mut args: Args, may_store: bool) -> Result<Reply> {
    let key = args.key()?;
    let mut query = Query::read(cx, &mut args, may_store)?;
    let mut sorted = query.by.is_none_or(|pattern| pattern.contains(&b'*'));
    // Redis sorts a sorted set in its large form, and leaves it so.
    if let Ok(Some(zset)) = cx.write::<Zset>(key) {
        zset.unpack();
    }
    let value = cx.value(key);
    // What depends on the order of a set's members must not depend on how the set is held.
    if !sorted
        && matches!(value, Some(Value::Set(_)))
        && (query.store.is_some() || matches!(cx.origin, Origin::Script { .. }))
    {
        (sorted, query.alpha, query.by) = (true, true, None);
    }
    let elements = if sorted {
        let elements = collect(value)?;
        let range = query.range(elements.len());
        order(cx, elements, &query)?.drain(range).collect()
    } else {
        unsorted(value, &query)?
    };
    let rows = elements.into_iter().flat_map(|element| {
        let columns: Vec<Option<Bytes>> = match query.get.is_empty() {
            true => vec![Some(element)],
            false => query.get.iter().map(|pattern| look_up(cx, pattern, &element)).collect(),
        };
        columns
    });
    let Some(destination) = query.store else { return Ok(rows.collect()) };
    let rows: Vec<Bytes> = rows.map(Option::unwrap_or_default).collect();
    store(cx, destination, &rows)
}

/// Puts a list in the place of whatever a key held, or deletes the key if there is nothing to put.
fn store(cx: &mut Context, destination: &[u8], rows: &[Bytes]) -> Result<Reply> {
    if rows.is_empty() {
        if cx.delete(destination) {
            cx.event(Class::Generic, "del", destination);
        }
        return Ok(0usize.into());
    }
    let limit = list::limit(cx);
    let mut list = List::default();
    for row in rows {
        list.expect([&**row].into_iter(), limit);
        list.push_back(row, limit);
    }
    cx.set(destination, list.into_value());
    cx.event(Class::List, "sortstore", destination);
    Ok(rows.len().into())
}

/// Copies all elements.
fn collect(value: Option<&Value>) -> Result<Vec<Bytes>> {
    Ok(match value {
        None => Vec::new(),
        Some(Value::List(list)) => list.iter().map(Bytes::new).collect(),
        Some(Value::Set(set)) => set.iter().map(Bytes::from).collect(),
        Some(Value::Zset(zset)) => {
            let mut members = Vec::with_capacity(zset.len());
            zset.walk(0..zset.len(), false, |member, _| members.push(Bytes::new(member)));
            members
        }
        Some(_) => return Err(Error::WrongType),
    })
}

/// Copies the elements that are asked for in the order in which they stand: a set's has no direction.
fn unsorted(value: Option<&Value>, query: &Query) -> Result<Vec<Bytes>> {
    Ok(match value {
        None => Vec::new(),
        Some(Value::List(list)) if query.descending => {
            let range = query.range(list.len());
            list.iter().rev().skip(range.start).take(range.len()).map(Bytes::new).collect()
        }
        Some(Value::List(list)) => list.range(query.range(list.len())).map(Bytes::new).collect(),
        Some(Value::Set(set)) => {
            let range = query.range(set.len());
            set.iter().skip(range.start).take(range.len()).map(Bytes::from).collect()
        }
        Some(Value::Zset(zset)) => {
            let mut range = query.range(zset.len());
            if query.descending {
                range = zset.len() - range.end..zset.len() - range.start;
            }
            let mut members = Vec::with_capacity(range.len());
            zset.walk(range, query.descending, |member, _| members.push(Bytes::new(member)));
            members
        }
        Some(_) => return Err(Error::WrongType),
    })
}

/// Sorts elements by their weights.
fn order(cx: &Context, elements: Vec<Bytes>, query: &Query) -> Result<Vec<Bytes>> {
    let weight = |element: &Bytes| match query.by {
        Some(pattern) => look_up(cx, pattern, element),
        None => Some(element.clone()),
    };
    let direct = |order: Ordering| if query.descending { order.reverse() } else { order };
    if query.alpha {
        // A result that is stored compares whole strings; one that is answered ends them at a zero byte, as C does.
        let whole = query.store.is_some();
        let text = |weight: Option<Bytes>| match weight {
            Some(text) if !whole && let Some(end) = text.iter().position(|&byte| byte == 0) => Some(text[..end].into()),
            other => other,
        };
        let mut weighed: Vec<_> = elements.into_iter().map(|element| (text(weight(&element)), element)).collect();
        sort_by(&mut weighed, |left, right| direct(left.0.cmp(&right.0)));
        return Ok(weighed.into_iter().map(|(_, element)| element).collect());
    }
    let mut weighed = Vec::with_capacity(elements.len());
    for element in elements {
        let number = weight(&element).map_or(Some(0.0), |text| parse_double(&text));
        weighed.push((number.ok_or(Error::own("One or more scores can't be converted into double"))?, element));
    }
    let compare = |left: &(f64, Bytes), right: &(f64, Bytes)| {
        left.0.partial_cmp(&right.0).unwrap_or(Ordering::Equal).then_with(|| left.1.cmp(&right.1))
    };
    sort_by(&mut weighed, |left, right| direct(compare(left, right)));
    Ok(weighed.into_iter().map(|(_, element)| element).collect())
}

/// Looks up what `pattern` says of an element: the element itself for `#`; else the string of the key that the pattern
/// names with the element in the place of `*`, or after `->` a field of that hash.
fn look_up(cx: &Context, pattern: &[u8], element: &Bytes) -> Option<Bytes> {
    if pattern == b"#" {
        return Some(element.clone());
    }
    let star = pattern.iter().position(|&byte| byte == b'*')?;
    let (prefix, rest) = (&pattern[..star], &pattern[star + 1..]);
    let arrow = rest.windows(2).position(|pair| pair == b"->").filter(|at| at + 2 < rest.len());
    let (suffix, field) = match arrow {
        Some(at) => (&rest[..at], Some(&rest[at + 2..])),
        None => (rest, None),
    };
    match (cx.value(&[prefix, element, suffix].concat())?, field) {
        (Value::String(value), None) => Some(value.to_bytes()),
        (Value::Hash(hash), Some(field)) => hash.get(field).map(Bytes::from),
        _ => None,
    }
}
