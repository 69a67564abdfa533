//! Lists. See <https://redis.io/docs/latest/commands/?group=list>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::{Class, Typed};
use crate::protocol::{Error, Listing, Reply, Result, Strings};
use crate::structures::list::Limit;
use crate::structures::number::parse_int;
use crate::structures::{Bytes, List};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "LPUSH",
        syntax: "LPUSH key element...",
        summary: "Adds elements at the head of a list.",
        complexity: "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
        since: "1.0.0",
        group: Group::List,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(lpush),
        history: &[("2.4.0", "Accepts multiple `element` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "RPUSH",
        syntax: "RPUSH key element...",
        summary: "Adds elements at the tail of a list.",
        complexity: "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
        since: "1.0.0",
        group: Group::List,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(rpush),
        history: &[("2.4.0", "Accepts multiple `element` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "LPUSHX",
        syntax: "LPUSHX key element...",
        summary: "Adds elements at the head of a list that exists.",
        complexity: "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
        since: "2.2.0",
        group: Group::List,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(lpushx),
        history: &[("4.0.0", "Accepts multiple `element` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "RPUSHX",
        syntax: "RPUSHX key element...",
        summary: "Adds elements at the tail of a list that exists.",
        complexity: "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.",
        since: "2.2.0",
        group: Group::List,
        arity: -3,
        flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::FAST),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(rpushx),
        history: &[("4.0.0", "Accepts multiple `element` arguments.")],
        ..Command::DEFAULT
    },
    Command {
        name: "LPOP",
        syntax: "LPOP key [count:int]",
        summary: "Removes elements from the head of a list and returns them.",
        complexity: "O(N) where N is the number of elements returned",
        since: "1.0.0",
        group: Group::List,
        arity: -2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_DELETE,
        reply: "bulk | null; with count: bulk[] | null",
        handler: Handler::Now(lpop),
        history: &[("6.2.0", "Added the `count` argument.")],
        ..Command::DEFAULT
    },
    Command {
        name: "RPOP",
        syntax: "RPOP key [count:int]",
        summary: "Removes elements from the tail of a list and returns them.",
        complexity: "O(N) where N is the number of elements returned",
        since: "1.0.0",
        group: Group::List,
        arity: -2,
        flags: Flags::WRITE.and(Flags::FAST),
        keys: Keys::ACCESS_DELETE,
        reply: "bulk | null; with count: bulk[] | null",
        handler: Handler::Now(rpop),
        history: &[("6.2.0", "Added the `count` argument.")],
        ..Command::DEFAULT
    },
    Command {
        name: "LLEN",
        syntax: "LLEN key",
        summary: "Counts the elements of a list.",
        complexity: "O(1)",
        since: "1.0.0",
        group: Group::List,
        arity: 2,
        flags: Flags::READONLY.and(Flags::FAST),
        keys: Keys::META,
        reply: "integer",
        handler: Handler::Now(llen),
        ..Command::DEFAULT
    },
    Command {
        name: "LRANGE",
        syntax: "LRANGE key start:int stop:int",
        summary: "Returns a range of the elements of a list.",
        complexity: "O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or TAIL) for large lists; and N is the number of elements in the specified range.",
        since: "1.0.0",
        group: Group::List,
        arity: 4,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk[]",
        handler: Handler::Now(lrange),
        ..Command::DEFAULT
    },
    Command {
        name: "LINDEX",
        syntax: "LINDEX key index:int",
        summary: "Returns the element of a list at an index.",
        complexity: "O(N) where N is the number of elements to traverse to get to the element at index. This makes asking for the first or the last element of the list O(1).",
        since: "1.0.0",
        group: Group::List,
        arity: 3,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk | null",
        handler: Handler::Now(lindex),
        ..Command::DEFAULT
    },
    Command {
        name: "LSET",
        syntax: "LSET key index:int element",
        summary: "Sets the element of a list at an index.",
        complexity: "O(N) where N is the length of the list. Setting either the first or the last element of the list is O(1).",
        since: "1.0.0",
        group: Group::List,
        arity: 4,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys::UPDATE,
        reply: "OK",
        handler: Handler::Now(lset),
        ..Command::DEFAULT
    },
    Command {
        name: "LINSERT",
        syntax: "LINSERT key <BEFORE | AFTER> pivot element",
        summary: "Inserts an element before or after another one of a list.",
        complexity: "O(N) where N is the number of elements to traverse before seeing the value pivot. This means that inserting somewhere on the left end on the list (head) can be considered O(1) and inserting somewhere on the right end (tail) is O(N).",
        since: "2.2.0",
        group: Group::List,
        arity: 5,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys::INSERT,
        reply: "integer",
        handler: Handler::Now(linsert),
        ..Command::DEFAULT
    },
    Command {
        name: "LREM",
        syntax: "LREM key count:int element",
        summary: "Removes elements of one value from a list.",
        complexity: "O(N+M) where N is the length of the list and M is the number of elements removed.",
        since: "1.0.0",
        group: Group::List,
        arity: 4,
        flags: Flags::WRITE,
        keys: Keys::DELETE,
        reply: "integer",
        handler: Handler::Now(lrem),
        ..Command::DEFAULT
    },
    Command {
        name: "LTRIM",
        syntax: "LTRIM key start:int stop:int",
        summary: "Keeps only a range of the elements of a list.",
        complexity: "O(N) where N is the number of elements to be removed by the operation.",
        since: "1.0.0",
        group: Group::List,
        arity: 4,
        flags: Flags::WRITE,
        keys: Keys::DELETE,
        reply: "OK",
        handler: Handler::Now(ltrim),
        ..Command::DEFAULT
    },
    Command {
        name: "LPOS",
        syntax: "LPOS key element [RANK rank:int] [COUNT num-matches:int] [MAXLEN len:int]",
        summary: "Returns the indices at which an element stands in a list.",
        complexity: "O(N) where N is the number of elements in the list, for the average case. When searching for elements near the head or the tail of the list, or when the MAXLEN option is provided, the command may run in constant time.",
        since: "6.0.6",
        group: Group::List,
        arity: -3,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "integer | null; with COUNT: integer[]",
        handler: Handler::Now(lpos),
        ..Command::DEFAULT
    },
];

/// The end of a list at which something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Left,
    Right,
}

impl End {
    /// Takes LEFT or RIGHT.
    pub(super) fn parse(args: &mut Args) -> Result<End> {
        match args.option().as_ref().map(|word| word.as_str()) {
            Some("LEFT") => Ok(End::Left),
            Some("RIGHT") => Ok(End::Right),
            _ => Err(Error::Syntax),
        }
    }

    /// Adds an element.
    pub(super) fn push(self, list: &mut List, element: &[u8], limit: Limit) {
        match self {
            End::Left => list.push_front(element, limit),
            End::Right => list.push_back(element, limit),
        }
    }

    /// Removes up to `count` elements and answers them, the outermost first.
    pub(super) fn pop(self, list: &mut List, count: usize) -> Vec<Bytes> {
        let count = count.min(list.len());
        match self {
            End::Left => {
                let popped = list.range(0..count).map(Bytes::new).collect();
                list.remove_front(count);
                popped
            }
            End::Right => {
                let popped = list.iter().rev().take(count).map(Bytes::new).collect();
                list.remove_back(count);
                popped
            }
        }
    }

    /// Names the events.
    pub(super) fn push_event(self) -> &'static str {
        if self == End::Left { "lpush" } else { "rpush" }
    }

    pub(super) fn pop_event(self) -> &'static str {
        if self == End::Left { "lpop" } else { "rpop" }
    }
}

/// How much goes into a chunk of a list, by the configuration.
pub(super) fn limit(cx: &Context) -> Limit {
    Limit::new(cx.server.config.list_max_listpack_size)
}

/// Says that elements went from a key, which may be gone with them.
pub(super) fn removed(cx: &mut Context, key: &[u8], event: &'static str) {
    let limit = limit(cx);
    if let Ok(Some(list)) = cx.write::<List>(key) {
        list.settle(limit);
    }
    cx.event(Class::List, event, key);
    cx.delete_if_empty::<List>(key);
}

fn lpush(cx: &mut Context, args: Args) -> Result<Reply> {
    push(cx, args, End::Left, false)
}

fn rpush(cx: &mut Context, args: Args) -> Result<Reply> {
    push(cx, args, End::Right, false)
}

fn lpushx(cx: &mut Context, args: Args) -> Result<Reply> {
    push(cx, args, End::Left, true)
}

fn rpushx(cx: &mut Context, args: Args) -> Result<Reply> {
    push(cx, args, End::Right, true)
}

fn push(cx: &mut Context, mut args: Args, end: End, only_if_exists: bool) -> Result<Reply> {
    let (key, elements) = (args.key()?, args.rest());
    let limit = limit(cx);
    let add = |list: &mut List| {
        list.expect(elements.iter().copied(), limit);
        for element in elements {
            end.push(list, element, limit);
        }
        list.len()
    };
    let len = if let Some(list) = cx.write::<List>(key)? {
        add(list)
    } else if only_if_exists {
        return Ok(0usize.into());
    } else {
        let mut list = List::default();
        let len = add(&mut list);
        cx.set(key, list.into_value());
        len
    };
    cx.event(Class::List, end.push_event(), key);
    Ok(len.into())
}

fn lpop(cx: &mut Context, args: Args) -> Result<Reply> {
    pop(cx, args, End::Left)
}

fn rpop(cx: &mut Context, args: Args) -> Result<Reply> {
    pop(cx, args, End::Right)
}

fn pop(cx: &mut Context, mut args: Args, end: End) -> Result<Reply> {
    let key = args.key()?;
    if args.len() > 1 {
        return Err(Error::Arity(cx.command.full_name().into()));
    }
    let count = if args.is_empty() { None } else { Some(args.positive()?) };
    let Some(list) = cx.write::<List>(key)? else {
        return Ok(if count.is_some() { Reply::NullArray } else { Reply::Null });
    };
    let popped = end.pop(list, count.unwrap_or(1));
    if !popped.is_empty() {
        removed(cx, key, end.pop_event());
    }
    Ok(match count {
        None => popped.into_iter().next().into(),
        Some(_) => popped.into(),
    })
}

fn llen(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(cx.read::<List>(args.key()?)?.map_or(0, List::len).into())
}

fn lrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, indices) = (args.key()?, args.indices()?);
    let Some(list) = cx.read::<List>(key)? else { return Ok(Reply::Array(Vec::new())) };
    let range = indices.of(list.len());
    let mut elements = Strings::with_capacity(range.len());
    elements.extend(list.range(range));
    Ok(Reply::Strings(Listing::Array, elements))
}

fn lindex(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, index) = (args.key()?, args.bytes()?);
    let Some(list) = cx.read::<List>(key)? else { return Ok(Reply::Null) };
    let index = parse_int(index).ok_or(Error::NotInteger)?;
    Ok(position(index, list.len()).and_then(|at| list.get(at)).into())
}

/// Answers the position that an index means, a negative one counting from the end.
fn position(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index.checked_add(len as i64)? } else { index };
    usize::try_from(index).ok().filter(|&at| at < len)
}

fn lset(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, index, element) = (args.key()?, args.bytes()?, args.bytes()?);
    let limit = limit(cx);
    let Some(list) = cx.write::<List>(key)? else { return Err(Error::NoSuchKey) };
    let index = parse_int(index).ok_or(Error::NotInteger)?;
    // Redis makes room before it looks for the index, and keeps it made.
    list.expect([element].into_iter(), limit);
    let at = position(index, list.len()).ok_or(Error::IndexOutOfRange)?;
    list.replace(at, element);
    list.settle(limit);
    cx.event(Class::List, "lset", key);
    Ok(Reply::OK)
}

fn linsert(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let after = match args.option().as_ref().map(|word| word.as_str()) {
        Some("AFTER") => true,
        Some("BEFORE") => false,
        _ => return Err(Error::Syntax),
    };
    let (pivot, element) = (args.bytes()?, args.bytes()?);
    let limit = limit(cx);
    let Some(list) = cx.write::<List>(key)? else { return Ok(0usize.into()) };
    // Redis makes room before it looks for the pivot, and keeps it made.
    list.expect([element].into_iter(), limit);
    let Some(at) = list.iter().position(|other| other == pivot) else { return Ok(Reply::Int(-1)) };
    if after && at + 1 == list.len() {
        list.push_back(element, limit);
    } else {
        list.insert(at + usize::from(after), element, limit);
    }
    let len = list.len();
    cx.event(Class::List, "linsert", key);
    Ok(len.into())
}

fn lrem(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, count, element) = (args.key()?, args.int_between(-i64::MAX, i64::MAX)?, args.bytes()?);
    let Some(list) = cx.write::<List>(key)? else { return Ok(0usize.into()) };
    let most = if count == 0 { usize::MAX } else { usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX) };
    let gone = list.remove_equal(element, most, count < 0);
    if gone > 0 {
        removed(cx, key, "lrem");
    }
    Ok(gone.into())
}

fn ltrim(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, indices) = (args.key()?, args.indices()?);
    if let Some(list) = cx.write::<List>(key)? {
        let keep = indices.of(list.len());
        list.remove_back(list.len() - keep.end);
        list.remove_front(keep.start);
        removed(cx, key, "ltrim");
    }
    Ok(Reply::OK)
}

fn lpos(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, element) = (args.key()?, args.bytes()?);
    let (mut rank, mut count, mut maxlen) = (1, None, 0);
    while let Some(option) = args.option() {
        match option.as_str() {
            "RANK" => {
                rank = args.int_between(-i64::MAX, i64::MAX)?;
                if rank == 0 {
                    return Err(Error::own(
                        "RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list",
                    ));
                }
            }
            "COUNT" => count = Some(args.int_within(0..=i64::MAX, "COUNT can't be negative")?),
            "MAXLEN" => maxlen = args.int_within(0..=i64::MAX, "MAXLEN can't be negative")?,
            _ => return Err(Error::Syntax),
        }
    }
    let mut hits = Vec::new();
    if let Some(list) = cx.read::<List>(key)? {
        let most = match count {
            None => 1,
            Some(0) => usize::MAX,
            Some(count) => usize::try_from(count).unwrap_or(usize::MAX),
        };
        let looked_at = if maxlen == 0 { usize::MAX } else { usize::try_from(maxlen).unwrap_or(usize::MAX) };
        let skipped = usize::try_from(rank.unsigned_abs() - 1).unwrap_or(usize::MAX);
        let equal = |(at, other): (usize, &[u8])| (other == element).then_some(at);
        hits = if rank > 0 {
            list.iter().enumerate().take(looked_at).filter_map(equal).skip(skipped).take(most).collect()
        } else {
            let last = list.len().saturating_sub(1);
            let backwards = list.iter().rev().enumerate().take(looked_at).filter_map(equal);
            backwards.skip(skipped).take(most).map(|at| last - at).collect()
        };
    }
    Ok(match count {
        None => hits.first().copied().into(),
        Some(_) => hits.into_iter().collect(),
    })
}
