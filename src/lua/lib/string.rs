//! The string library.

use super::dump::dump;
use super::format;
use super::pattern::{Captured, Captures, Matcher};
use crate::lua::heap::append_short;
use crate::lua::{Args, Host, Lua, Native, Result, Str, Value, View};

/// In the order of the reference implementation, which `pairs` shows.
const FUNCTIONS: &[(&str, Native)] = &[
    ("byte", byte),
    ("char", char),
    ("dump", dump),
    ("find", find),
    ("format", format::format),
    ("gfind", gmatch),
    ("gmatch", gmatch),
    ("gsub", gsub),
    ("len", len),
    ("lower", lower),
    ("match", match_),
    ("rep", rep),
    ("reverse", reverse),
    ("sub", sub),
    ("upper", upper),
];

/// Bytes copied or compared for one unit of fuel.
const BYTES_PER_FUEL: usize = 64;

/// A pattern with none of these is searched for as it is.
const SPECIALS: &[u8] = b"^$*+?.([%-";

/// Makes the library's table, the global `string`, and lets strings have methods.
pub fn open(lua: &mut Lua) -> Result<()> {
    let library = lua.table(0, FUNCTIONS.len())?;
    lua.register(library, FUNCTIONS)?;
    let gmatch = lua.raw_get_name(library, "gmatch");
    lua.raw_set_name(library, "gfind", gmatch)?;
    lua.raw_set_name(lua.globals(), "string", library.into())?;
    let metatable = lua.table(0, 1)?;
    lua.raw_set_name(metatable, "__index", library.into())?;
    lua.set_string_metatable(metatable);
    Ok(())
}

/// Reads a position: a negative one counts from the end; what lies before the beginning is 0.
fn position(position: i64, length: usize) -> i64 {
    let position = if position < 0 { position.saturating_add(length as i64 + 1) } else { position };
    position.max(0)
}

/// Pushes a string made of an argument's bytes, one by one.
fn push_mapped(lua: &mut Lua, string: Str, map: impl FnOnce(&mut Vec<u8>)) -> Result<usize> {
    let length = lua.str(string).len();
    lua.spend(length / BYTES_PER_FUEL)?;
    lua.reserve_string(length)?;
    let mut bytes = std::mem::take(&mut lua.scratch);
    bytes.clear();
    append_short(&mut bytes, lua.str(string));
    map(&mut bytes);
    lua.push_string(&bytes)?;
    lua.scratch = bytes;
    Ok(1)
}

fn push_slice(lua: &mut Lua, string: Str, start: usize, end: usize) -> Result<()> {
    let value = lua.substring(string, start, end)?;
    lua.push(value);
    Ok(())
}

impl Lua {
    /// Makes a string of a part of another one; the range must lie within it.
    pub fn substring(&mut self, string: Str, start: usize, end: usize) -> Result<Value> {
        self.reserve_string(end - start)?;
        Ok(self.heap.intern_part(string, start, end).into())
    }
}

fn len(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let string = lua.arg_string(args, 1)?;
    let length = lua.str(string).len() as f64;
    lua.push(length.into());
    Ok(1)
}

fn sub(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let string = lua.arg_string(args, 1)?;
    let length = lua.str(string).len();
    let start = position(lua.arg_int(args, 2)?, length).max(1);
    let end = position(lua.opt_int(args, 3, -1)?, length).min(length as i64);
    let (start, end) = if start <= end { (start as usize - 1, end as usize) } else { (0, 0) };
    lua.spend((end - start) / BYTES_PER_FUEL)?;
    push_slice(lua, string, start, end)?;
    Ok(1)
}

fn reverse(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let string = lua.arg_string(args, 1)?;
    push_mapped(lua, string, |bytes| bytes.reverse())
}

fn lower(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let string = lua.arg_string(args, 1)?;
    push_mapped(lua, string, |bytes| bytes.make_ascii_lowercase())
}

fn upper(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let string = lua.arg_string(args, 1)?;
    push_mapped(lua, string, |bytes| bytes.make_ascii_uppercase())
}

fn rep(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let string = lua.arg_string(args, 1)?;
    let count = (lua.arg_int(args, 2)? as i32).max(0) as usize;
    let length = lua.str(string).len().saturating_mul(count);
    lua.reserve_string(length)?;
    lua.spend(length / BYTES_PER_FUEL)?;
    let value = lua.string_owned(lua.str(string).repeat(if length == 0 { 0 } else { count }))?;
    lua.push(value);
    Ok(1)
}

fn byte(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    // One byte of a string is what most ask for.
    if args.count() == 2
        && let (Some(string), Some(place)) = (lua.arg(args, 1).as_str(), lua.arg(args, 2).as_number())
        && place >= 1.0
        && let Some(&byte) = lua.str(string).get(place as usize - 1)
    {
        lua.spend(1)?;
        lua.push(f64::from(byte).into());
        return Ok(1);
    }
    let string = lua.arg_string(args, 1)?;
    let length = lua.str(string).len();
    let start = position(lua.opt_int(args, 2, 1)?, length);
    let end = position(lua.opt_int(args, 3, start)?, length).min(length as i64);
    let start = start.max(1);
    if start > end {
        return Ok(0);
    }
    let count = (end - start + 1) as usize;
    if i32::try_from(count).is_err() {
        return Err(lua.error("string slice too long"));
    }
    lua.check_stack(count, "string slice too long")?;
    lua.spend(count)?;
    for index in start as usize - 1..end as usize {
        let byte = lua.str(string)[index];
        lua.push(f64::from(byte).into());
    }
    Ok(count)
}

fn char(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let mut bytes = Vec::with_capacity(args.count());
    for n in 1..=args.count() {
        let code = lua.arg_int(args, n)? as i32;
        match u8::try_from(code) {
            Ok(byte) => bytes.push(byte),
            Err(_) => return Err(lua.arg_error(n, "invalid value")),
        }
    }
    lua.push_string(&bytes)?;
    Ok(1)
}

fn find(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let (source, pattern) = (lua.arg_string(args, 1)?, lua.arg_string(args, 2)?);
    let from = search_start(lua, args, source)?;
    let specials = lua.str(pattern).iter().take_while(|&&byte| byte != 0).any(|byte| SPECIALS.contains(byte));
    if specials && lua.arg(args, 4).is_falsy() {
        let mut captures = Captures::take(lua);
        if !search(lua, source, pattern, from, &mut captures)? {
            captures.give_back(lua);
            lua.push(Value::NIL);
            return Ok(1);
        }
        lua.push((captures.start as f64 + 1.0).into());
        lua.push((captures.end as f64).into());
        for index in 0..captures.count() {
            push_capture(lua, source, &captures, index)?;
        }
        let count = 2 + captures.count();
        captures.give_back(lua);
        return Ok(count);
    }
    match find_plain(lua, source, pattern, from)? {
        Some(start) => {
            let length = lua.str(pattern).len();
            lua.push((start as f64 + 1.0).into());
            lua.push(((start + length) as f64).into());
            Ok(2)
        }
        None => {
            lua.push(Value::NIL);
            Ok(1)
        }
    }
}

fn match_(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let (source, pattern) = (lua.arg_string(args, 1)?, lua.arg_string(args, 2)?);
    let from = search_start(lua, args, source)?;
    let mut captures = Captures::take(lua);
    let mut count = 1;
    if search(lua, source, pattern, from, &mut captures)? {
        count = push_captures(lua, source, &captures)?;
    } else {
        lua.push(Value::NIL);
    }
    captures.give_back(lua);
    Ok(count)
}

/// Reads where a search begins; behind the end of the string means at its end.
fn search_start(lua: &mut Lua, args: Args, source: Str) -> Result<usize> {
    let length = lua.str(source).len();
    let start = position(lua.opt_int(args, 3, 1)?, length) - 1;
    Ok(start.clamp(0, length as i64) as usize)
}

/// Searches for a pattern that may be anchored.
fn search(lua: &mut Lua, source: Str, pattern: Str, from: usize, captures: &mut Captures) -> Result<bool> {
    let pattern = lua.str(pattern);
    let (pattern, is_anchored) = match pattern.strip_prefix(b"^") {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let found = Matcher::new(lua, lua.str(source), pattern).find(from, is_anchored, captures);
    found.map_err(|failure| failure.raise(lua))
}

fn find_plain(lua: &Lua, source: Str, needle: Str, from: usize) -> Result<Option<usize>> {
    let (source, needle) = (lua.str(source), lua.str(needle));
    let Some((&first, _)) = needle.split_first() else { return Ok(Some(from)) };
    let mut at = from;
    while at + needle.len() <= source.len() {
        let candidates = &source[at..=source.len() - needle.len()];
        let Some(skipped) = find_byte(candidates, first) else {
            lua.spend(candidates.len() / BYTES_PER_FUEL)?;
            return Ok(None);
        };
        at += skipped;
        lua.spend((skipped + needle.len()) / BYTES_PER_FUEL)?;
        if source[at..].starts_with(needle) {
            return Ok(Some(at));
        }
        at += 1;
    }
    Ok(None)
}

/// Finds a byte: a block at a time, which compilers make fast, then within the block.
fn find_byte(bytes: &[u8], wanted: u8) -> Option<usize> {
    const BLOCK: usize = 32;
    let holds = |block: &[u8]| block.iter().fold(false, |found, &byte| found | (byte == wanted));
    let skipped = bytes.chunks_exact(BLOCK).take_while(|block| !holds(block)).count() * BLOCK;
    let place = bytes[skipped..].iter().position(|&byte| byte == wanted)?;
    Some(skipped + place)
}

fn push_capture(lua: &mut Lua, source: Str, captures: &Captures, index: usize) -> Result<()> {
    let value = captures.value(lua, source, index)?;
    lua.push(value);
    Ok(())
}

/// Pushes all captures, or the whole match if the pattern has none.
fn push_captures(lua: &mut Lua, source: Str, captures: &Captures) -> Result<usize> {
    let count = captures.count().max(1);
    for index in 0..count {
        push_capture(lua, source, captures, index)?;
    }
    Ok(count)
}

fn gmatch(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let (source, pattern) = (lua.arg_string(args, 1)?, lua.arg_string(args, 2)?);
    let iterator = lua.native_closure(gmatch_next, &[source.into(), pattern.into(), 0.0.into()])?;
    lua.push(iterator);
    Ok(1)
}

/// The iterator of `gmatch`: its values are the string, the pattern and where the next match may begin.
fn gmatch_next(lua: &mut Lua, _: &mut dyn Host, _: Args) -> Result<usize> {
    let (View::String(source), View::String(pattern), View::Number(from)) =
        (lua.upvalue(0).view(), lua.upvalue(1).view(), lua.upvalue(2).view())
    else {
        return Ok(0);
    };
    let mut captures = Captures::take(lua);
    // An anchor has no meaning here: `^` stands for itself.
    let found = Matcher::new(lua, lua.str(source), lua.str(pattern)).find(from as usize, false, &mut captures);
    if !found.map_err(|failure| failure.raise(lua))? {
        captures.give_back(lua);
        return Ok(0);
    }
    let next = captures.end + usize::from(captures.end == captures.start);
    lua.set_upvalue(2, (next as f64).into());
    let count = push_captures(lua, source, &captures)?;
    captures.give_back(lua);
    Ok(count)
}

fn gsub(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let (source, pattern) = (lua.arg_string(args, 1)?, lua.arg_string(args, 2)?);
    let replacement = lua.arg(args, 3);
    let length = lua.str(source).len();
    let most = lua.opt_int(args, 4, length as i64 + 1)? as i32;
    let replacement = match replacement.view() {
        View::Number(_) | View::String(_) => lua.arg_string(args, 3)?.into(),
        _ if replacement.is_table() || replacement.is_function() => replacement,
        _ => return Err(lua.arg_error(3, "string/function/table expected")),
    };
    let is_anchored = lua.str(pattern).first() == Some(&b'^');
    let mut captures = Captures::take(lua);
    let mut out = std::mem::take(&mut lua.scratch);
    out.clear();
    let (mut at, mut count) = (0, 0);
    while count < most {
        let bytes = &lua.str(pattern)[usize::from(is_anchored)..];
        let found = Matcher::new(lua, lua.str(source), bytes).find(at, is_anchored, &mut captures);
        if !found.map_err(|failure| failure.raise(lua))? {
            break;
        }
        count += 1;
        append(lua, &mut out, source, at, captures.start)?;
        append_replacement(lua, host, &mut out, source, replacement, &captures)?;
        at = captures.end;
        if captures.end == captures.start {
            // An empty match: go on behind the next character.
            if at >= length {
                break;
            }
            append(lua, &mut out, source, at, at + 1)?;
            at += 1;
        }
        if is_anchored {
            break;
        }
    }
    captures.give_back(lua);
    append(lua, &mut out, source, at, length)?;
    lua.push_string(&out)?;
    lua.scratch = out;
    lua.push(f64::from(count).into());
    Ok(2)
}

/// Appends a part of a string, if the result may be so long.
fn append(lua: &Lua, out: &mut Vec<u8>, source: Str, start: usize, end: usize) -> Result<()> {
    lua.spend((end - start) / BYTES_PER_FUEL)?;
    lua.reserve_string(out.len() + end - start)?;
    append_short(out, &lua.str(source)[start..end]);
    Ok(())
}

fn append_replacement(
    lua: &mut Lua,
    host: &mut dyn Host,
    out: &mut Vec<u8>,
    source: Str,
    replacement: Value,
    captures: &Captures,
) -> Result<()> {
    let value = match replacement.view() {
        View::String(template) => return append_template(lua, out, source, template, captures),
        View::Table(_) => {
            let key = captures.value(lua, source, 0)?;
            holding(lua, out, |lua| lua.get(host, replacement, key))?
        }
        _ => {
            let mark = lua.top();
            lua.push(replacement);
            push_captures(lua, source, captures)?;
            let results = holding(lua, out, |lua| lua.call_pushed(host, mark))?;
            let value = lua.arg(results, 1);
            lua.set_top(mark);
            value
        }
    };
    if value.is_falsy() {
        return append(lua, out, source, captures.start, captures.end);
    }
    match lua.to_string(value)? {
        Some(text) => append(lua, out, text, 0, lua.str(text).len()),
        None => Err(lua.error(&format!("invalid replacement value (a {})", value.kind().name()))),
    }
}

/// Calls back while a native keeps bytes: those of all that are in progress count.
pub(super) fn holding<T>(lua: &mut Lua, bytes: &Vec<u8>, call: impl FnOnce(&mut Lua) -> Result<T>) -> Result<T> {
    lua.hold(bytes.capacity())?;
    let done = call(lua);
    lua.release(bytes.capacity());
    done
}

/// Appends a template, in which `%1` is a capture, `%0` the whole match and `%` before anything else that thing.
fn append_template(lua: &mut Lua, out: &mut Vec<u8>, source: Str, template: Str, captures: &Captures) -> Result<()> {
    let length = lua.str(template).len();
    let mut at = 0;
    while let Some(plain) = lua.str(template)[at..].iter().position(|&byte| byte == b'%') {
        append(lua, out, template, at, at + plain)?;
        // The byte behind the end of a string is zero.
        let escaped = lua.str(template).get(at + plain + 1).copied().unwrap_or(0);
        at = (at + plain + 2).min(length);
        match escaped {
            b'0' => append(lua, out, source, captures.start, captures.end)?,
            b'1'..=b'9' => match captures.get(usize::from(escaped - b'1')).map_err(|failure| failure.raise(lua))? {
                Captured::Slice(start, end) => append(lua, out, source, start, end)?,
                Captured::Position(position) => out.extend_from_slice(position.to_string().as_bytes()),
            },
            other => {
                lua.reserve_string(out.len() + 1)?;
                out.push(other);
            }
        }
    }
    append(lua, out, template, at, length)
}
