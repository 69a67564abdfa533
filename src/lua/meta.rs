//! Metamethods, and the operations that fall back to them.

use super::error::Result;
use super::heap::Heap;
use super::value::{TableId, Value, View};
use super::{Host, Lua};

/// What a metatable can define. Of the first eight a table remembers that it lacks them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Event {
    Index,
    NewIndex,
    Eq,
    Len,
    Call,
    Mode,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    Unm,
    Lt,
    Le,
    Concat,
    ToString,
}

/// The names of the events, in their order.
pub(super) const EVENTS: [&str; 17] = [
    "__index",
    "__newindex",
    "__eq",
    "__len",
    "__call",
    "__mode",
    "__add",
    "__sub",
    "__mul",
    "__div",
    "__mod",
    "__pow",
    "__unm",
    "__lt",
    "__le",
    "__concat",
    "__tostring",
];

/// A chain of `__index` or `__newindex` may be so long.
const MAX_CHAIN: u32 = 100;

/// A concatenation that may be longer than this is built in memory of its own.
const LONG_JOIN: usize = 1 << 10;
/// No number is written with more bytes.
const LONGEST_NUMBER: usize = 32;

/// In place of a register: the value is in none.
pub(super) const NO_REGISTER: u32 = u32::MAX;

impl Heap {
    /// Reads an event's metamethod from a metatable, remembering that it is absent.
    #[inline(always)]
    pub(super) fn fast_metamethod(&mut self, metatable: u32, event: Event, name: Value) -> Value {
        let bit = 1u8 << event as u8;
        if self.tables[metatable].absent & bit != 0 {
            return Value::NIL;
        }
        let found = self.tables[metatable].get_str(name, &self.strings);
        if found.is_nil() {
            self.tables[metatable].absent |= bit;
        }
        found
    }
}

impl Lua {
    pub(super) fn event_name(&self, event: Event) -> Value {
        self.names.metamethods[event as usize]
    }

    /// Finds the metamethod of a value.
    pub(super) fn metamethod(&self, value: Value, event: Event) -> Value {
        match self.metatable(value) {
            Some(metatable) => self.raw_get(metatable, self.event_name(event)),
            None => Value::NIL,
        }
    }

    /// Reads a field of a value's metatable, as `luaL_getmetafield`; nil if there is none.
    pub fn metafield(&self, value: Value, name: &str) -> Value {
        self.metatable(value).map_or(Value::NIL, |metatable| self.raw_get_name(metatable, name))
    }

    /// Calls a metamethod for its first result.
    pub(super) fn call_metamethod(&mut self, host: &mut dyn Host, function: Value, args: &[Value]) -> Result<Value> {
        let mark = self.thread.top;
        self.push(function);
        for &arg in args {
            self.push(arg);
        }
        self.call_at(host, mark, 1)?;
        let result = self.thread.stack.get(mark);
        self.thread.top = mark;
        Ok(result)
    }

    /// Reads `object[key]`, with metamethods.
    pub fn get(&mut self, host: &mut dyn Host, object: Value, key: Value) -> Result<Value> {
        self.index(host, object, key, NO_REGISTER)
    }

    /// Writes `object[key] = value`, with metamethods.
    pub fn set(&mut self, host: &mut dyn Host, object: Value, key: Value, value: Value) -> Result<()> {
        self.set_index(host, object, key, value, NO_REGISTER)
    }

    /// Reads `object[key]`; the register names the object in messages.
    #[inline(never)]
    pub(super) fn index(&mut self, host: &mut dyn Host, object: Value, key: Value, register: u32) -> Result<Value> {
        let (mut object, mut register) = (object, register);
        for _ in 0..MAX_CHAIN {
            let handler = match object.as_table() {
                Some(table) => {
                    let value = self.raw_get(table, key);
                    if !value.is_nil() {
                        return Ok(value);
                    }
                    let Some(metatable) = self.heap.tables[table.0].metatable() else { return Ok(Value::NIL) };
                    let handler = self.heap.fast_metamethod(metatable, Event::Index, self.event_name(Event::Index));
                    if handler.is_nil() {
                        return Ok(Value::NIL);
                    }
                    handler
                }
                None => {
                    let handler = self.metamethod(object, Event::Index);
                    if handler.is_nil() {
                        return Err(self.operand_error(object, register, "index"));
                    }
                    handler
                }
            };
            if handler.is_function() {
                return self.call_metamethod(host, handler, &[object, key]);
            }
            object = handler;
            register = NO_REGISTER;
        }
        Err(self.run_error("loop in gettable"))
    }

    /// Writes `object[key] = value`; the register names the object in messages.
    #[inline(never)]
    pub(super) fn set_index(
        &mut self,
        host: &mut dyn Host,
        object: Value,
        key: Value,
        value: Value,
        register: u32,
    ) -> Result<()> {
        let (mut object, mut register) = (object, register);
        for _ in 0..MAX_CHAIN {
            let handler = match object.as_table() {
                Some(table) => {
                    let Some(metatable) = self.heap.tables[table.0].metatable() else {
                        return self.raw_set(table, key, value);
                    };
                    if !self.raw_get(table, key).is_nil() {
                        return self.raw_set(table, key, value);
                    }
                    let name = self.event_name(Event::NewIndex);
                    let handler = self.heap.fast_metamethod(metatable, Event::NewIndex, name);
                    if handler.is_nil() {
                        return self.raw_set(table, key, value);
                    }
                    handler
                }
                None => {
                    let handler = self.metamethod(object, Event::NewIndex);
                    if handler.is_nil() {
                        return Err(self.operand_error(object, register, "index"));
                    }
                    handler
                }
            };
            if handler.is_function() {
                let mark = self.thread.top;
                for value in [handler, object, key, value] {
                    self.push(value);
                }
                self.call_at(host, mark, 0)?;
                self.thread.top = mark;
                return Ok(());
            }
            object = handler;
            register = NO_REGISTER;
        }
        Err(self.run_error("loop in settable"))
    }

    /// Computes arithmetic on what is not two numbers: converts strings, or calls a metamethod.
    #[inline(never)]
    pub(super) fn arithmetic(
        &mut self,
        host: &mut dyn Host,
        event: Event,
        left: (Value, u32),
        right: (Value, u32),
    ) -> Result<Value> {
        let (a, b) = (self.to_number(left.0), self.to_number(right.0));
        if let (Some(a), Some(b)) = (a, b) {
            return Ok(Value::number(compute(event, a, b)));
        }
        let mut handler = self.metamethod(left.0, event);
        if handler.is_nil() {
            handler = self.metamethod(right.0, event);
        }
        if handler.is_nil() {
            let (value, register) = if a.is_none() { left } else { right };
            return Err(self.operand_error(value, register, "perform arithmetic on"));
        }
        self.call_metamethod(host, handler, &[left.0, right.0])
    }

    /// Gives `#value`; the register names it in messages.
    #[inline(never)]
    pub(super) fn length(&mut self, host: &mut dyn Host, value: Value, register: u32) -> Result<Value> {
        match value.view() {
            View::Table(table) => Ok(Value::number(self.raw_len(table) as f64)),
            View::String(string) => Ok(Value::number(self.str(string).len() as f64)),
            _ => {
                let handler = self.metamethod(value, Event::Len);
                if handler.is_nil() {
                    return Err(self.operand_error(value, register, "get length of"));
                }
                self.call_metamethod(host, handler, &[value, Value::NIL])
            }
        }
    }

    /// Tells whether two values are equal, with metamethods.
    pub fn equals(&mut self, host: &mut dyn Host, left: Value, right: Value) -> Result<bool> {
        if left.raw_equals(right) {
            return Ok(true);
        }
        let (Some(a), Some(b)) = (left.as_table(), right.as_table()) else { return Ok(false) };
        let (Some(a), Some(b)) = (self.heap.tables[a.0].metatable(), self.heap.tables[b.0].metatable()) else {
            return Ok(false);
        };
        let name = self.event_name(Event::Eq);
        let handler = self.heap.fast_metamethod(a, Event::Eq, name);
        if handler.is_nil() || a != b && !self.heap.fast_metamethod(b, Event::Eq, name).raw_equals(handler) {
            return Ok(false);
        }
        Ok(!self.call_metamethod(host, handler, &[left, right])?.is_falsy())
    }

    /// Tells whether `left < right`, with metamethods.
    pub fn less_than(&mut self, host: &mut dyn Host, left: Value, right: Value) -> Result<bool> {
        if let (Some(a), Some(b)) = (left.as_number(), right.as_number()) {
            return Ok(a < b);
        }
        if let (Some(a), Some(b)) = (left.as_str(), right.as_str()) {
            return Ok(self.str(a) < self.str(b));
        }
        match self.order(host, Event::Lt, left, right)? {
            Some(answer) => Ok(answer),
            None => Err(self.order_error(left, right)),
        }
    }

    /// Tells whether `left <= right`, with metamethods.
    pub fn less_equal(&mut self, host: &mut dyn Host, left: Value, right: Value) -> Result<bool> {
        if let (Some(a), Some(b)) = (left.as_number(), right.as_number()) {
            return Ok(a <= b);
        }
        if let (Some(a), Some(b)) = (left.as_str(), right.as_str()) {
            return Ok(self.str(a) <= self.str(b));
        }
        if let Some(answer) = self.order(host, Event::Le, left, right)? {
            return Ok(answer);
        }
        match self.order(host, Event::Lt, right, left)? {
            Some(answer) => Ok(!answer),
            None => Err(self.order_error(left, right)),
        }
    }

    /// Asks the metamethod that both values share.
    fn order(&mut self, host: &mut dyn Host, event: Event, left: Value, right: Value) -> Result<Option<bool>> {
        if left.kind() != right.kind() {
            return Ok(None);
        }
        let handler = self.metamethod(left, event);
        if handler.is_nil() || !handler.raw_equals(self.metamethod(right, event)) {
            return Ok(None);
        }
        Ok(Some(!self.call_metamethod(host, handler, &[left, right])?.is_falsy()))
    }

    /// Concatenates `count` values that end before `end` and leaves the result in the first one's slot.
    pub(super) fn concat(&mut self, host: &mut dyn Host, first: usize, count: usize) -> Result<()> {
        let mut left = count;
        while left > 1 {
            let last = first + left - 1;
            let (a, b) = (self.thread.stack.get(last - 1), self.thread.stack.get(last));
            let is_text = |value: Value| value.is_string() || value.is_number();
            if !is_text(a) || !is_text(b) {
                let mut handler = self.metamethod(a, Event::Concat);
                if handler.is_nil() {
                    handler = self.metamethod(b, Event::Concat);
                }
                if handler.is_nil() {
                    let wrong = if is_text(a) { last } else { last - 1 };
                    let base = self.thread.frames.last().map_or(0, |frame| frame.base as usize);
                    let value = self.thread.stack.get(wrong);
                    return Err(self.operand_error(value, (wrong - base) as u32, "concatenate"));
                }
                let result = self.call_metamethod(host, handler, &[a, b])?;
                self.thread.stack.set(last - 1, result);
                left -= 1;
                continue;
            }
            let run = (0..left).take_while(|back| is_text(self.thread.stack.get(last - back))).count();
            let start = last + 1 - run;
            let string = self.join(start, run)?;
            self.thread.stack.set(start, string);
            left -= run - 1;
        }
        Ok(())
    }

    /// Joins strings and numbers.
    fn join(&mut self, start: usize, count: usize) -> Result<Value> {
        let length = self.joined_length(start, count)?;
        if length > LONG_JOIN {
            // It is built where it will stay.
            let mut buffer = Vec::with_capacity(length);
            self.write_joined(start, count, &mut buffer);
            self.spend(buffer.len() >> 6)?;
            return self.string_owned(buffer);
        }
        let mut buffer = std::mem::take(&mut self.scratch);
        buffer.clear();
        self.write_joined(start, count, &mut buffer);
        let result = self.spend(buffer.len() >> 6).and_then(|()| self.string(&buffer));
        self.scratch = buffer;
        result
    }

    /// Gives the length of strings and numbers side by side, numbers counted as the longest.
    fn joined_length(&self, start: usize, count: usize) -> Result<usize> {
        let mut length = 0usize;
        for slot in start..start + count {
            length = length.saturating_add(match self.thread.stack.get(slot).as_str() {
                Some(string) => self.str(string).len(),
                None => LONGEST_NUMBER,
            });
        }
        self.reserve_string(length)?;
        Ok(length)
    }

    fn write_joined(&self, start: usize, count: usize, buffer: &mut Vec<u8>) {
        for slot in start..start + count {
            match self.thread.stack.get(slot).view() {
                View::String(string) => buffer.extend_from_slice(self.str(string)),
                View::Number(number) => super::number::write(buffer, number),
                _ => {}
            }
        }
    }

    /// Converts to text as `tostring` does, with `__tostring`.
    pub fn display(&mut self, host: &mut dyn Host, value: Value) -> Result<Value> {
        let handler = self.metamethod(value, Event::ToString);
        if !handler.is_nil() {
            return self.call_metamethod(host, handler, &[value]);
        }
        let (name, address) = match value.view() {
            View::String(_) => return Ok(value),
            View::Number(_) => return Ok(self.to_string(value)?.map_or(value, Value::from)),
            View::Nil => return self.string(b"nil"),
            View::Boolean(value) => return self.string(if value { b"true" } else { b"false" }),
            View::Light(0) => return self.string(b"userdata: (nil)"),
            View::Light(id) => ("userdata", id as u64),
            View::Table(TableId(handle)) => ("table", handle as u64 * 2 + 2),
            View::Closure(closure) => ("function", closure.0 as u64 * 4 + 4),
            View::Native(native) => ("function", native.0 as u64 * 4 + 5),
            View::Host(id) => ("function", id as u64 * 4 + 6),
            View::Coroutine(coroutine) => ("thread", coroutine.0 as u64 * 2 + 3),
        };
        self.string(format!("{name}: {:#x}", 0x5500_0000_0000 + (address << 5)).as_bytes())
    }
}

/// Computes arithmetic on numbers.
pub(super) fn compute(event: Event, a: f64, b: f64) -> f64 {
    match event {
        Event::Add => a + b,
        Event::Sub => a - b,
        Event::Mul => a * b,
        Event::Div => a / b,
        Event::Mod => modulo(a, b),
        Event::Pow => power(a, b),
        _ => -a,
    }
}

/// Gives the remainder with the sign of the divisor.
#[inline]
pub(super) fn modulo(a: f64, b: f64) -> f64 {
    a - (a / b).floor() * b
}

#[inline]
pub(super) fn power(a: f64, b: f64) -> f64 {
    a.powf(b)
}
