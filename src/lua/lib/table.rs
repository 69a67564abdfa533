//! The table library.
//!
//! As in the reference implementation of 5.1 the library reads and writes entries without metamethods.

use crate::lua::{Args, Host, Lua, Native, Result, TableId, Value};

/// In the order of the reference implementation, which `pairs` shows.
const FUNCTIONS: &[(&str, Native)] = &[
    ("concat", concat),
    ("foreach", foreach),
    ("foreachi", foreachi),
    ("getn", getn),
    ("maxn", maxn),
    ("insert", insert),
    ("remove", remove),
    ("setn", setn),
    ("sort", sort),
];

/// Makes the library's table, the global `table`.
pub fn open(lua: &mut Lua) -> Result<()> {
    let library = lua.table(0, FUNCTIONS.len())?;
    lua.register(library, FUNCTIONS)?;
    lua.raw_set_name(lua.globals(), "table", library.into())
}

fn getn(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let length = lua.raw_len(table) as f64;
    lua.push(length.into());
    Ok(1)
}

fn setn(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    lua.arg_table(args, 1)?;
    Err(lua.error("'setn' is obsolete"))
}

fn maxn(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let (mut most, mut entries) = (0.0, 0);
    for (key, _) in lua.entries(table) {
        entries += 1;
        if let Some(number) = key.as_number()
            && number > most
        {
            most = number;
        }
    }
    lua.spend(entries)?;
    lua.push(most.into());
    Ok(1)
}

fn insert(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let end = lua.raw_len(table) as i64 + 1;
    let place = match args.count() {
        2 => end,
        3 => {
            let place = i64::from(lua.arg_int(args, 2)? as i32);
            let mut to = end.max(place);
            while to > place {
                let moved = lua.raw_get_int(table, to - 1);
                lua.raw_set_int(table, to, moved)?;
                lua.spend(1)?;
                to -= 1;
            }
            place
        }
        _ => return Err(lua.error("wrong number of arguments to 'insert'")),
    };
    let value = lua.arg(args, args.count());
    lua.raw_set_int(table, place, value)?;
    Ok(0)
}

fn remove(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let end = lua.raw_len(table) as i64;
    let place = i64::from(lua.opt_int(args, 2, end)? as i32);
    if place < 1 || place > end {
        return Ok(0);
    }
    let removed = lua.raw_get_int(table, place);
    for to in place..end {
        let moved = lua.raw_get_int(table, to + 1);
        lua.raw_set_int(table, to, moved)?;
        lua.spend(1)?;
    }
    lua.raw_set_int(table, end, Value::NIL)?;
    lua.push(removed);
    Ok(1)
}

fn concat(lua: &mut Lua, _: &mut dyn Host, args: Args) -> Result<usize> {
    let separator = lua.opt_string(args, 2)?;
    let table = lua.arg_table(args, 1)?;
    let first = i64::from(lua.opt_int(args, 3, 1)? as i32);
    let last = if lua.arg(args, 4).is_nil() { lua.raw_len(table) as i64 } else { lua.arg_int(args, 4)? };
    let last = i64::from(last as i32);
    let mut out = Vec::new();
    for index in first..=last {
        let value = lua.raw_get_int(table, index);
        let Some(text) = lua.to_string(value)? else {
            let message = format!("invalid value ({}) at index {index} in table for 'concat'", value.kind().name());
            return Err(lua.error(&message));
        };
        append(lua, &mut out, lua.str(text))?;
        if let (Some(separator), true) = (separator, index < last) {
            append(lua, &mut out, lua.str(separator))?;
        }
    }
    let value = lua.string_owned(out)?;
    lua.push(value);
    Ok(1)
}

fn append(lua: &Lua, out: &mut Vec<u8>, bytes: &[u8]) -> Result<()> {
    lua.spend(1 + bytes.len() / 64)?;
    lua.reserve_string(out.len() + bytes.len())?;
    out.extend_from_slice(bytes);
    Ok(())
}

fn foreach(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let function = lua.arg_function(args, 2)?;
    // The key keeps its place on the stack while the function runs.
    let mark = lua.top();
    lua.push(Value::NIL);
    while let Some((key, value)) = lua.next(table, lua.slot(mark))? {
        lua.set_slot(mark, key);
        let result = lua.call_value(host, function, &[key, value])?;
        if !result.is_nil() {
            lua.push(result);
            return Ok(1);
        }
        lua.spend(1)?;
    }
    Ok(0)
}

fn foreachi(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let length = lua.raw_len(table) as i64;
    let function = lua.arg_function(args, 2)?;
    for index in 1..=length {
        let value = lua.raw_get_int(table, index);
        let result = lua.call_value(host, function, &[(index as f64).into(), value])?;
        if !result.is_nil() {
            lua.push(result);
            return Ok(1);
        }
        lua.spend(1)?;
    }
    Ok(0)
}

fn sort(lua: &mut Lua, host: &mut dyn Host, args: Args) -> Result<usize> {
    let table = lua.arg_table(args, 1)?;
    let length = lua.raw_len(table) as i64;
    let order = if lua.arg(args, 2).is_nil() { None } else { Some(lua.arg_function(args, 2)?) };
    if order.is_none()
        && let Some(mut list) = lua.take_numbers(table, length as usize)
    {
        let done = range(&mut Numbers { lua, list: &mut list }, 1, length);
        lua.put_list(table, list);
        return done.map(|_| 0);
    }
    let mark = lua.top();
    // Three values must outlive the calls of the order: the pivot and the two that are to change places.
    for _ in 0..3 {
        lua.push(Value::NIL);
    }
    if !range(&mut Entries { lua, host, table, order, kept: mark }, 1, length)? {
        return Err(lua.error("invalid order function for sorting"));
    }
    lua.set_top(mark);
    Ok(0)
}

/// What is sorted: entries counted from 1.
trait Sorted {
    fn get(&self, index: i64) -> Value;

    fn set(&mut self, index: i64, value: Value) -> Result<()>;

    /// Keeps a value while others are compared: one in each place.
    fn keep(&mut self, _place: usize, _value: Value) {}

    fn less(&mut self, left: Value, right: Value) -> Result<bool>;
}

/// Any entries of a table, in any order: comparing them may run scripts, which may change the table.
struct Entries<'a> {
    lua: &'a mut Lua,
    host: &'a mut dyn Host,
    table: TableId,
    order: Option<Value>,
    /// The stack slot of the first value that is kept.
    kept: usize,
}

/// Where the value that all others are compared with is kept, and those found on its left and on its right.
const PIVOT: usize = 0;
const LEFT: usize = 1;
const RIGHT: usize = 2;

impl Sorted for Entries<'_> {
    #[inline(always)]
    fn get(&self, index: i64) -> Value {
        self.lua.raw_get_int(self.table, index)
    }

    fn set(&mut self, index: i64, value: Value) -> Result<()> {
        self.lua.raw_set_int(self.table, index, value)
    }

    fn keep(&mut self, place: usize, value: Value) {
        self.lua.set_slot(self.kept + place, value);
    }

    fn less(&mut self, left: Value, right: Value) -> Result<bool> {
        if let Some(order) = self.order {
            return self.lua.call_order(self.host, order, left, right);
        }
        self.lua.spend(1)?;
        self.lua.less_than(self.host, left, right)
    }
}

/// A list of nothing but numbers, taken out of its table while it is sorted.
struct Numbers<'a> {
    lua: &'a Lua,
    list: &'a mut [Value],
}

impl Sorted for Numbers<'_> {
    fn get(&self, index: i64) -> Value {
        self.list[index as usize - 1]
    }

    fn set(&mut self, index: i64, value: Value) -> Result<()> {
        self.list[index as usize - 1] = value;
        Ok(())
    }

    fn less(&mut self, left: Value, right: Value) -> Result<bool> {
        self.lua.spend(1)?;
        Ok(left.number_bits() < right.number_bits())
    }
}

/// Puts two entries, as they were found, in order: afterwards the second is not less than the first. Returns whether
/// they changed places.
fn order_pair(entries: &mut impl Sorted, (low, small): (i64, Value), (high, large): (i64, Value)) -> Result<bool> {
    entries.keep(LEFT, small);
    entries.keep(RIGHT, large);
    let swap = entries.less(large, small)?;
    if swap {
        entries.set(low, large)?;
        entries.set(high, small)?;
    }
    Ok(swap)
}

/// Quicksort with the median of three, as the reference implementation does it: which pairs are compared, and in what
/// order, can be seen by the order function, and by whoever gives a wrong one. Answers false if that is found out.
fn range(entries: &mut impl Sorted, mut low: i64, mut high: i64) -> Result<bool> {
    while low < high {
        let ends = ((low, entries.get(low)), (high, entries.get(high)));
        order_pair(entries, ends.0, ends.1)?;
        if high - low == 1 {
            break;
        }
        let middle = (low + high) / 2;
        let (first, found) = ((low, entries.get(low)), (middle, entries.get(middle)));
        if !order_pair(entries, first, found)? {
            let last = (high, entries.get(high));
            order_pair(entries, found, last)?;
        }
        if high - low == 2 {
            break;
        }
        let pivot = entries.get(middle);
        entries.keep(PIVOT, pivot);
        let last = entries.get(high - 1);
        entries.set(middle, last)?;
        entries.set(high - 1, pivot)?;
        let Some(split) = partition(entries, pivot, low, high)? else { return Ok(false) };
        // The pivot waits at high - 1; now it takes its place.
        let (pivot, moved) = (entries.get(high - 1), entries.get(split));
        entries.set(high - 1, moved)?;
        entries.set(split, pivot)?;
        // The smaller side first, so that the sides nest only as deep as the logarithm.
        let smaller = if split - low < high - split {
            let smaller = (low, split - 1);
            low = split + 1;
            smaller
        } else {
            let smaller = (split + 1, high);
            high = split - 1;
            smaller
        };
        if !range(entries, smaller.0, smaller.1)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Moves what is less than the pivot to the left of what is not; returns where the right side begins, or `None` if the
/// order cannot be one.
fn partition(entries: &mut impl Sorted, pivot: Value, low: i64, high: i64) -> Result<Option<i64>> {
    let (mut left, mut right) = (low, high - 1);
    loop {
        let from_left = loop {
            left += 1;
            let value = entries.get(left);
            entries.keep(LEFT, value);
            if !entries.less(value, pivot)? {
                break value;
            }
            if left > high {
                return Ok(None);
            }
        };
        let from_right = loop {
            right -= 1;
            let value = entries.get(right);
            entries.keep(RIGHT, value);
            if !entries.less(pivot, value)? {
                break value;
            }
            if right < low {
                return Ok(None);
            }
        };
        if right < left {
            return Ok(Some(left));
        }
        entries.set(left, from_right)?;
        entries.set(right, from_left)?;
    }
}
