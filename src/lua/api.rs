//! The engine as the embedder and natives see it.
//!
//! Values are not references: a native may keep them in locals as long as no Lua code runs. A collection happens only
//! while the machine runs Lua code, so a native that calls back (`call`, `call_value`, `get`, `set`, `compare`) must
//! keep what it still needs on the stack: its arguments are there, and so is what it pushed.

use super::collector::{LARGE_STACK, SMALL_STACK};
use super::error::{Kill, LuaError, Result};
use super::function::{Native, NativeClosure};
use super::heap::Heap;
use super::table::{Table, TableError};
use super::thread::{Status, Thread};
use super::value::{CoroutineId, NativeId, Str, TableId, Value, View};
use super::{Args, number};
use std::cell::Cell;
use std::rc::Rc;

/// What a script may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of all objects together, those of the embedder's sandbox included.
    pub memory: usize,
    /// Steps of a run: loop iterations, calls, and work of natives in proportion to what they touch.
    pub fuel: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { memory: 512 << 20, fuel: u64::MAX }
    }
}

/// What the embedder does for scripts.
pub trait Host {
    /// Calls the function that [`Value::host_function`] made with this number; as a [`Native`].
    fn call(&mut self, lua: &mut Lua, id: u32, args: Args) -> Result<usize>;

    /// Says whether the script must end. Asked every twenty thousand steps or so.
    fn interrupt(&mut self) -> Option<Kill>;

    /// Hears that a line begins. Only code from [`Lua::load_traced`] says so.
    fn line(&mut self, _lua: &mut Lua, _line: i64) {}
}

/// A host that has no functions and never interrupts.
pub struct Alone;

impl Host for Alone {
    fn call(&mut self, _: &mut Lua, _: u32, _: Args) -> Result<usize> {
        Ok(0)
    }

    fn interrupt(&mut self) -> Option<Kill> {
        None
    }
}

/// Where an error arose: the function that was running, or the caller of a native.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The chunk's name, as given to `load`; `=[C]` for a native, `=(tail call)` for a lost caller.
    pub source: Rc<[u8]>,
    /// The line, or -1 where there is none.
    pub line: i64,
}

/// No string is longer than this.
pub const MAX_STRING: usize = 512 << 20;
/// The host is asked whether to go on after so much fuel.
const ASK_EVERY: i64 = 20_000;
/// A native may have this many values on its stack.
const MAX_NATIVE_STACK: usize = 8000;

/// The pause and the step multiplier of a new state, in percent.
const COLLECTOR_SETTINGS: [i32; 2] = [200, 200];

/// Strings that the machine itself uses, made once.
pub(super) struct Names {
    pub(super) metamethods: [Value; super::meta::EVENTS.len()],
    pub(super) types: [Value; super::value::TYPES.len()],
    pub(super) not_enough_memory: Value,
    /// The function `next`, and the iterator of `ipairs`.
    pub(super) next: Value,
    pub(super) ipairs_step: Value,
}

/// A Lua state.
pub struct Lua {
    pub(super) heap: Heap,
    /// The running coroutine.
    pub(super) thread: Thread,
    pub(super) running: CoroutineId,
    pub(super) names: Names,
    /// The metatable of all strings, the only type besides tables that has one.
    pub(super) string_metatable: Option<TableId>,
    pub(super) main_globals: TableId,
    pub(super) registry: TableId,
    /// How deep natives, metamethods and coroutines are nested in Rust's stack.
    pub(super) native_calls: u32,
    /// Fuel until the host is asked; below 0 means now.
    pub(super) budget: Cell<i64>,
    /// Fuel beyond the budget.
    pub(super) reserve: Cell<u64>,
    pub(super) limits: Limits,
    pub(super) fault: Option<Fault>,
    /// Where the script was that has failed last: see [`Lua::trail`].
    pub(super) trail: Vec<Fault>,
    /// Why the machine's loop was left.
    pub(super) failure: LuaError,
    /// What scripts have set by `collectgarbage`: the pause and the step multiplier, in percent.
    pub(super) collector_settings: [i32; 2],
    /// The 48 bits of state of `math.random`.
    pub(super) random: u64,
    /// Entries written to sealed tables since the region began.
    pub(super) disturbed: Vec<(u32, Value)>,
    /// A buffer for building strings.
    pub(super) scratch: Vec<u8>,
    /// Memory for matching patterns.
    pub(super) captures: super::lib::Captures,
}

impl Lua {
    /// Makes a state without libraries.
    pub fn new(limits: Limits) -> Lua {
        let mut heap = Heap::new(limits.memory);
        let globals = heap.new_table(Table::default());
        let registry = heap.new_table(Table::default());
        let metamethods = super::meta::EVENTS.map(|name| heap.intern(name.as_bytes()).into());
        let types = super::value::TYPES.map(|kind| heap.intern(kind.name().as_bytes()).into());
        let not_enough_memory = heap.intern(b"not enough memory").into();
        let main = heap.coroutines.insert(Thread::default());
        heap.coroutines.seal();
        let mut thread = Thread::new(SMALL_STACK, LARGE_STACK, globals);
        thread.status = Status::Running;
        let lua = Lua {
            heap,
            thread,
            running: CoroutineId(main),
            names: Names { metamethods, types, not_enough_memory, next: Value::NIL, ipairs_step: Value::NIL },
            string_metatable: None,
            main_globals: globals,
            registry,
            native_calls: 0,
            budget: Cell::new(0),
            reserve: Cell::new(0),
            limits,
            fault: None,
            trail: Vec::new(),
            failure: LuaError::Yield,
            collector_settings: COLLECTOR_SETTINGS,
            random: super::lib::FIRST_RANDOM,
            disturbed: Vec::new(),
            scratch: Vec::new(),
            captures: super::lib::Captures::default(),
        };
        lua.refuel();
        lua
    }

    /// Gives what scripts may use.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Changes what scripts may use, and fills the tank.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
        self.heap.limit = limits.memory;
        self.refuel();
    }

    /// Gives the bytes of all objects.
    pub fn memory(&self) -> usize {
        self.heap.bytes
    }

    /// Gives the table of globals of the running coroutine.
    pub fn globals(&self) -> TableId {
        self.thread.globals
    }

    /// Gives a table that scripts cannot reach, for the embedder's own values.
    pub fn registry(&self) -> TableId {
        self.registry
    }

    // Fuel.

    /// Fills the tank; every run begins so.
    pub fn refuel(&self) {
        let first = self.limits.fuel.min(ASK_EVERY as u64);
        self.budget.set(first as i64);
        self.reserve.set(self.limits.fuel - first);
    }

    /// Gives the fuel spent since the tank was filled.
    pub fn fuel_spent(&self) -> u64 {
        let left = i128::from(self.reserve.get()) + i128::from(self.budget.get());
        (i128::from(self.limits.fuel) - left).max(0) as u64
    }

    /// Spends fuel for work of a native: about a unit for each byte or value touched, divided by what a step costs.
    #[inline]
    pub fn spend(&self, fuel: usize) -> Result<()> {
        let left = self.budget.get() - (fuel as i64).max(0);
        self.budget.set(left);
        if left < 0 { self.draw() } else { Ok(()) }
    }

    /// Spends fuel that has been used already; running out shows at the next step.
    #[inline]
    pub(super) fn charge(&self, fuel: usize) {
        self.budget.set(self.budget.get().saturating_sub_unsigned(fuel as u64));
    }

    /// Charges the work that a table has done beyond a step.
    #[inline(always)]
    pub(super) fn charge_work(&self, table: TableId) {
        let work = &self.heap.tables[table.0].work;
        if work.get() > 0 {
            self.charge(work.replace(0) as usize >> 3);
        }
    }

    #[cold]
    fn draw(&self) -> Result<()> {
        let debt = self.budget.get().unsigned_abs();
        if debt > self.reserve.get() {
            return Err(LuaError::Kill(Kill::Fuel));
        }
        // What is left keeps the budget at nought, so that the machine soon asks the host.
        self.reserve.set(self.reserve.get() - debt);
        self.budget.set(0);
        Ok(())
    }

    /// Fills the budget from the reserve and asks the host whether to go on.
    #[cold]
    #[inline(never)]
    pub(super) fn ask(&self, host: &mut dyn Host) -> Result<()> {
        self.draw()?;
        if let Some(kill) = host.interrupt() {
            return Err(LuaError::Kill(kill));
        }
        let next = self.reserve.get().min(ASK_EVERY as u64);
        if next == 0 {
            return Err(LuaError::Kill(Kill::Fuel));
        }
        self.budget.set(next as i64);
        self.reserve.set(self.reserve.get() - next);
        Ok(())
    }

    // Memory.

    /// Refuses an allocation beyond the limit before it is made.
    #[inline]
    pub fn reserve(&self, bytes: usize) -> Result<()> {
        if self.heap.fits(bytes) { Ok(()) } else { Err(self.out_of_memory()) }
    }

    /// Counts bytes that a native keeps outside of the heap, until it lets go of them by [`Lua::release`].
    #[inline]
    pub fn hold(&mut self, bytes: usize) -> Result<()> {
        self.reserve(bytes)?;
        self.heap.bytes += bytes;
        Ok(())
    }

    /// Counts bytes no longer that were counted by [`Lua::hold`].
    #[inline]
    pub fn release(&mut self, bytes: usize) {
        self.heap.bytes -= bytes;
    }

    /// Makes the error of a script that may have no more memory.
    #[cold]
    pub fn out_of_memory(&self) -> LuaError {
        LuaError::Throw(self.names.not_enough_memory)
    }

    // Strings.

    /// Makes a string. Fails beyond the memory limit or 512 MB.
    pub fn string(&mut self, bytes: &[u8]) -> Result<Value> {
        self.reserve_string(bytes.len())?;
        Ok(self.heap.intern(bytes).into())
    }

    /// Makes a string of bytes already owned.
    pub fn string_owned(&mut self, bytes: Vec<u8>) -> Result<Value> {
        self.reserve_string(bytes.len())?;
        Ok(self.heap.intern_owned(bytes).into())
    }

    /// Refuses a string of so many bytes that could not be made.
    pub fn reserve_string(&self, length: usize) -> Result<()> {
        if length > MAX_STRING { Err(self.out_of_memory()) } else { self.reserve(length + 64) }
    }

    /// Reads a string's bytes.
    #[inline]
    pub fn str(&self, string: Str) -> &[u8] {
        self.heap.strings.bytes(string.handle())
    }

    /// Reads the bytes of a value that is a string; numbers are not converted.
    pub fn as_bytes(&self, value: Value) -> Option<&[u8]> {
        value.as_str().map(|string| self.str(string))
    }

    /// Converts to a string as `..` does: strings as they are, numbers by `%.14g`, nothing else.
    pub fn to_string(&mut self, value: Value) -> Result<Option<Str>> {
        match value.view() {
            View::String(string) => Ok(Some(string)),
            View::Number(number) => {
                self.reserve(64)?;
                self.scratch.clear();
                number::write(&mut self.scratch, number);
                Ok(Some(self.heap.intern(&self.scratch)))
            }
            _ => Ok(None),
        }
    }

    /// Converts to a number as arithmetic does: numbers as they are, strings that read as one.
    #[inline]
    pub fn to_number(&self, value: Value) -> Option<f64> {
        match value.as_number() {
            Some(number) => Some(number),
            None => value.as_str().and_then(|string| number::parse(self.str(string))),
        }
    }

    // Tables.

    /// Makes a table with room for list and hash entries.
    pub fn table(&mut self, list: usize, hash: usize) -> Result<TableId> {
        self.reserve(list.saturating_mul(8).saturating_add(hash.saturating_mul(48)).saturating_add(96))?;
        Ok(self.heap.new_table(Table::new(list, hash)))
    }

    /// Empties a table: it is as if made anew, with room for so many hash entries.
    pub fn renew(&mut self, table: TableId, hash: usize) {
        let old = std::mem::replace(&mut self.heap.tables[table.0], Table::new(0, hash));
        self.heap.bytes = self.heap.bytes - old.bytes() + self.heap.tables[table.0].bytes();
    }

    /// Reads an entry without metamethods.
    #[inline]
    pub fn raw_get(&self, table: TableId, key: Value) -> Value {
        self.heap.tables[table.0].get(key, &self.heap.strings)
    }

    /// Reads an entry of a list without metamethods; 1 is the first.
    #[inline]
    pub fn raw_get_int(&self, table: TableId, index: i64) -> Value {
        self.heap.tables[table.0].get_int(index)
    }

    /// Takes the list part out of a table that may be written, if its first entries are numbers that can be ordered.
    pub(super) fn take_numbers(&mut self, table: TableId, count: usize) -> Option<Box<[Value]>> {
        let can_write = table.0 >= self.heap.tables.sealed() && !self.is_read_only(table);
        if can_write { self.heap.tables[table.0].take_numbers(count) } else { None }
    }

    /// Puts back what [`Lua::take_numbers`] took.
    pub(super) fn put_list(&mut self, table: TableId, list: Box<[Value]>) {
        self.heap.tables[table.0].put_list(list);
    }

    /// Reads the entry of a name without metamethods; nil if no such string exists.
    pub fn raw_get_name(&self, table: TableId, name: &str) -> Value {
        match self.heap.find(name.as_bytes()) {
            Some(name) => self.raw_get(table, name.into()),
            None => Value::NIL,
        }
    }

    /// Writes an entry without metamethods. Fails on a read-only table, a nil or NaN key, and beyond the limits.
    pub fn raw_set(&mut self, table: TableId, key: Value, value: Value) -> Result<()> {
        let heap = &mut self.heap;
        let target = &mut heap.tables[table.0];
        target.absent = 0;
        let before = target.bytes();
        if heap.bytes.saturating_add(before) > heap.limit && target.get(key, &heap.strings).is_nil() {
            // The table may be about to double.
            return Err(self.out_of_memory());
        }
        let done = target.set(key, value, &heap.strings);
        let after = target.bytes();
        if table.0 < heap.tables.sealed() && done.is_ok() {
            self.disturbed.push((table.0, key));
        }
        heap.bytes = heap.bytes - before + after;
        self.charge_work(table);
        done.map_err(|error| self.table_error(error))
    }

    /// Writes an entry of a list without metamethods.
    #[inline]
    pub fn raw_set_int(&mut self, table: TableId, index: i64, value: Value) -> Result<()> {
        if table.0 >= self.heap.tables.sealed()
            && let Some(slot) = self.heap.tables[table.0].slot_int(index)
        {
            *slot = value;
            return Ok(());
        }
        self.raw_set(table, Value::number(index as f64), value)
    }

    /// Writes the entry of a name without metamethods.
    #[inline(never)]
    pub fn raw_set_name(&mut self, table: TableId, name: &str, value: Value) -> Result<()> {
        let name = self.string(name.as_bytes())?;
        self.raw_set(table, name, value)
    }

    #[cold]
    pub(super) fn table_error(&mut self, error: TableError) -> LuaError {
        match error {
            TableError::ReadOnly => self.run_error("Attempt to modify a readonly table"),
            TableError::NilIndex => self.run_error("table index is nil"),
            TableError::NanIndex => self.run_error("table index is NaN"),
            TableError::Overflow => self.run_error("table overflow"),
        }
    }

    /// Tells whether a table has a list part at most: no names.
    pub fn is_list(&self, table: TableId) -> bool {
        self.heap.tables[table.0].is_list()
    }

    /// Gives a border of a table, as `#` does.
    #[inline]
    pub fn raw_len(&self, table: TableId) -> usize {
        let length = self.heap.tables[table.0].len();
        self.charge_work(table);
        length
    }

    /// Gives the entry after a key (the first after nil), `None` at the end. Fails if the key is not in the table.
    pub fn next(&mut self, table: TableId, key: Value) -> Result<Option<(Value, Value)>> {
        let entry = self.heap.tables[table.0].next(key, &self.heap.strings);
        self.charge_work(table);
        match entry {
            Some(entry) => Ok(entry),
            None => Err(self.run_error("invalid key to 'next'")),
        }
    }

    /// Walks over a table's entries in the order of `next`.
    pub fn entries(&self, table: TableId) -> impl Iterator<Item = (Value, Value)> + '_ {
        self.heap.tables[table.0].entries()
    }

    /// Forbids or allows writing to a table, by `rawset` and the table library too.
    pub fn set_read_only(&mut self, table: TableId, read_only: bool) {
        self.heap.tables[table.0].set_read_only(read_only);
    }

    pub fn is_read_only(&self, table: TableId) -> bool {
        self.heap.tables[table.0].is_read_only()
    }

    /// Gives the metatable of a table or of strings.
    pub fn metatable(&self, value: Value) -> Option<TableId> {
        match value.view() {
            View::Table(table) => self.heap.tables[table.0].metatable().map(TableId),
            View::String(_) => self.string_metatable,
            _ => None,
        }
    }

    /// Sets a table's metatable. Fails on a read-only table.
    pub fn set_metatable(&mut self, table: TableId, metatable: Option<TableId>) -> Result<()> {
        if self.is_read_only(table) {
            return Err(self.table_error(TableError::ReadOnly));
        }
        self.heap.tables[table.0].set_metatable(metatable.map(|metatable| metatable.0));
        Ok(())
    }

    /// Sets the metatable of all strings.
    pub fn set_string_metatable(&mut self, metatable: TableId) {
        self.string_metatable = Some(metatable);
    }

    // Functions.

    /// Makes a value of a native function.
    pub fn native(&mut self, function: Native) -> Result<Value> {
        self.native_closure(function, &[])
    }

    /// Makes a native function with values of its own, which it reads by [`Lua::upvalue`].
    pub fn native_closure(&mut self, function: Native, upvalues: &[Value]) -> Result<Value> {
        let bytes = size_of::<NativeClosure>() + size_of_val(upvalues);
        self.reserve(bytes)?;
        self.heap.bytes += bytes;
        Ok(NativeId(self.heap.natives.insert(NativeClosure { function, upvalues: upvalues.into() })).into())
    }

    /// Registers natives in a table under their names.
    #[inline(never)]
    pub fn register(&mut self, table: TableId, natives: &[(&str, Native)]) -> Result<()> {
        for &(name, function) in natives {
            let function = self.native(function)?;
            self.raw_set_name(table, name, function)?;
        }
        Ok(())
    }

    fn running_native(&self) -> Option<u32> {
        let frame = self.thread.frames.last()?;
        match self.thread.stack.get(frame.function as usize).view() {
            View::Native(native) => Some(native.0),
            _ => None,
        }
    }

    /// Reads a value of the running native function's own; 0 is the first.
    pub fn upvalue(&self, index: usize) -> Value {
        let native = self.running_native().map(|native| &self.heap.natives[native]);
        native.and_then(|native| native.upvalues.get(index).copied()).unwrap_or(Value::NIL)
    }

    /// Writes a value of the running native function's own.
    pub fn set_upvalue(&mut self, index: usize, value: Value) {
        if let Some(native) = self.running_native()
            && let Some(slot) = self.heap.natives[native].upvalues.get_mut(index)
        {
            *slot = value;
        }
    }

    // The stack.

    /// Pushes a result, or an argument of `call`.
    #[inline]
    pub fn push(&mut self, value: Value) {
        if self.thread.top >= self.thread.stack.len() {
            self.double_stack();
        }
        let top = self.thread.top;
        self.thread.stack.set(top, value);
        self.thread.top = top + 1;
    }

    /// Pushes a new string.
    pub fn push_string(&mut self, bytes: &[u8]) -> Result<()> {
        let string = self.string(bytes)?;
        self.push(string);
        Ok(())
    }

    /// Tells whether the caller of the running native uses any result: one that nobody sees need not be made.
    pub fn wants_results(&self) -> bool {
        self.thread.frames.last().is_none_or(|frame| frame.shape.wanted() != 0)
    }

    /// Takes the last pushed value.
    pub fn pop(&mut self) -> Value {
        let Some(top) = self.thread.top.checked_sub(1) else { return Value::NIL };
        self.thread.top = top;
        self.thread.stack.get(top)
    }

    /// Gives the number of values on the whole stack: a mark for [`Lua::set_top`].
    pub fn top(&self) -> usize {
        self.thread.top
    }

    /// Drops what was pushed since the mark.
    pub fn set_top(&mut self, mark: usize) {
        self.thread.top = self.thread.top.min(mark);
    }

    /// Reads a slot below the top, by the mark that [`Lua::top`] gave before it was pushed.
    pub fn slot(&self, index: usize) -> Value {
        self.thread.stack.get(index)
    }

    /// Writes such a slot.
    pub fn set_slot(&mut self, index: usize, value: Value) {
        self.thread.stack.set(index, value);
    }

    /// Fails with "stack overflow (MESSAGE)" if a native may not push so many values more.
    pub fn check_stack(&mut self, count: usize, message: &str) -> Result<()> {
        let base = self.thread.frames.last().map_or(0, |frame| frame.base as usize);
        if count > MAX_NATIVE_STACK || self.thread.top - base + count > MAX_NATIVE_STACK {
            return Err(self.error(&format!("stack overflow ({message})")));
        }
        Ok(())
    }

    /// Tells whether a native may push so many values more.
    pub fn has_room(&self, count: usize) -> bool {
        let base = self.thread.frames.last().map_or(0, |frame| frame.base as usize);
        count <= MAX_NATIVE_STACK && self.thread.top - base + count <= MAX_NATIVE_STACK
    }

    // Errors.

    /// Makes an error of a message, with the position of the function that called the running native in front.
    #[cold]
    pub fn error(&mut self, message: &str) -> LuaError {
        self.error_bytes(message.as_bytes())
    }

    /// As [`Lua::error`], for messages that are not text.
    #[cold]
    pub fn error_bytes(&mut self, message: &[u8]) -> LuaError {
        let mut text = self.where_(1);
        text.extend_from_slice(message);
        self.throw(&text)
    }

    /// Makes an error of a message as it is.
    #[cold]
    pub fn throw(&mut self, message: &[u8]) -> LuaError {
        match self.string(message) {
            Ok(message) => LuaError::Throw(message),
            Err(error) => error,
        }
    }

    /// Gives where the error arose that [`Lua::run`] or [`Lua::call`] last answered.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Gives the places of the functions that ran when the last failing run failed, the innermost first.
    pub fn trail(&self) -> &[Fault] {
        &self.trail
    }

    /// Forgets where an error arose that was caught.
    pub(super) fn forget_fault(&mut self) {
        self.fault = None;
    }

    // Coroutines.

    /// Gives the running coroutine, `None` for the main one.
    pub fn running_coroutine(&self) -> Option<CoroutineId> {
        (self.running.0 != 0).then_some(self.running)
    }

    /// Tells whether a value is a function written in Lua.
    pub(super) fn is_lua_function(&self, value: Value) -> bool {
        matches!(value.view(), View::Closure(_))
    }

    /// Forgets what scripts have set by `collectgarbage`.
    pub fn reset_collector_settings(&mut self) {
        self.collector_settings = COLLECTOR_SETTINGS;
    }

    /// Makes the machine collect as soon as it can.
    pub(super) fn collect_at_next_point(&mut self) {
        self.heap.threshold = 0;
    }
}
