//! What ends objects: regions, and a mark-and-sweep collector for runs that outgrow their threshold.

use super::Lua;
use super::heap::{Heap, SMALLEST_THRESHOLD, Slab};
use super::meta::Event;
use super::stack::UpvalueRef;
use super::thread::{Status, Thread};
use super::value::{CoroutineId, Value, View};

/// At least so many bytes are made between two collections.
const SMALLEST_STEP: usize = 1 << 14;

/// A region begins with so many slots of the stack.
pub(super) const SMALL_STACK: usize = 64;
/// A stack with room for more does not outlive its region.
pub(super) const LARGE_STACK: usize = 1024;

/// Objects that are marked and whose contents are not.
struct Grey {
    values: Vec<Value>,
    functions: Vec<u32>,
    upvalues: Vec<UpvalueRef>,
    /// Tables whose metatable has `__mode`.
    weak: Vec<u32>,
    mode: Value,
}

impl Lua {
    /// Ends the building of the sandbox: all that exists now stays for ever and outlives regions.
    ///
    /// Every table that exists is read-only from here on. Where the embedder allows writing again by
    /// [`Lua::set_read_only`] and writes by [`Lua::raw_set`], the entry is nil again when the region is reset. It
    /// must forbid writing again before a script runs.
    pub fn seal(&mut self) {
        self.shorten_stack();
        self.thread.top = 0;
        self.collect();
        for table in self.heap.tables.handles().filter(|&table| table != self.registry.0) {
            self.heap.tables[table].set_read_only(true);
        }
        self.heap.seal();
    }

    /// Drops all that was made since the seal, save loaded functions. Only for use between runs.
    pub fn reset_region(&mut self) {
        for (table, key) in self.disturbed.drain(..) {
            self.heap.tables[table].clear_key(key, &self.heap.strings);
        }
        self.leave();
        for upvalue in self.heap.upvalues.sealed() {
            if self.heap.is_of_region(upvalue.get()) {
                upvalue.set(Value::NIL);
            }
        }
        self.heap.reset();
    }

    /// Ends a run whose objects are not to end with it: what nothing reaches goes when a collection is due.
    pub fn end_run(&mut self) {
        self.leave();
        self.safe_point();
    }

    fn leave(&mut self) {
        self.disturbed.clear();
        self.fault = None;
        self.thread.frames.truncate(0);
        self.shorten_stack();
        self.thread.top = 0;
        self.native_calls = 0;
        self.thread.globals = self.main_globals;
        if self.scratch.capacity() > 1 << 16 {
            self.scratch = Vec::new();
        }
    }

    /// Gives the stack the length that a region begins with, all nil. There may be no frame.
    fn shorten_stack(&mut self) {
        self.close(0);
        let before = self.thread.bytes();
        self.thread.stack.reset(SMALL_STACK, LARGE_STACK);
        self.thread.frames.reset();
        self.heap.bytes = self.heap.bytes.saturating_sub(before - self.thread.bytes());
    }

    /// Collects if the threshold is passed. To be called where every live value is in a stack.
    #[inline(always)]
    pub(super) fn safe_point(&mut self) {
        if self.heap.bytes > self.heap.threshold {
            self.collect();
        }
    }

    /// Frees what nothing reaches.
    #[cold]
    #[inline(never)]
    pub fn collect(&mut self) {
        let mut grey = Grey {
            values: Vec::new(),
            functions: Vec::new(),
            upvalues: Vec::new(),
            weak: Vec::new(),
            mode: self.event_name(Event::Mode),
        };
        let names = [self.names.not_enough_memory, self.names.next, self.names.ipairs_step];
        for value in [self.main_globals.into(), self.registry.into()].into_iter().chain(names) {
            self.heap.mark(value, &mut grey);
        }
        for name in self.names.metamethods.into_iter().chain(self.names.types) {
            self.heap.mark(name, &mut grey);
        }
        if let Some(metatable) = self.string_metatable {
            self.heap.mark(metatable.into(), &mut grey);
        }
        self.heap.mark_sealed(&mut grey);
        let limit = self.thread_limit(&self.thread);
        self.heap.mark_thread(&mut self.thread, limit, &mut grey);
        // The running coroutine and those that wait for it have one another's threads in their places.
        for handle in self.heap.coroutines.handles() {
            let waits = self.heap.coroutines.is_live(handle) && self.heap.coroutines[handle].status == Status::Normal;
            if waits || handle == self.running.0 {
                self.heap.mark(CoroutineId(handle).into(), &mut grey);
            }
        }
        self.propagate(&mut grey);
        self.heap.clear_weak(&grey.weak);
        self.heap.close_dead();
        self.heap.sweep();
        // Near the limit collections come often, and are paid for.
        self.charge(self.heap.bytes >> 7);
        let heap = &mut self.heap;
        let room = heap.limit.saturating_sub(heap.bytes) / 2;
        heap.threshold = heap.bytes + heap.bytes.max(SMALLEST_THRESHOLD).min(room.max(SMALLEST_STEP));
    }

    /// Gives the slot after the last that a thread may use.
    fn thread_limit(&self, thread: &Thread) -> usize {
        let limit = match thread.frames.as_slice().iter().rev().find(|frame| frame.is_lua()) {
            Some(frame) => frame.limit().max(thread.top),
            None => thread.top,
        };
        limit.min(thread.stack.len())
    }

    fn propagate(&mut self, grey: &mut Grey) {
        loop {
            if let Some(value) = grey.values.pop() {
                match value.view() {
                    View::Table(table) => self.heap.scan_table(table.0, grey),
                    View::Closure(closure) => {
                        let (code, environment) =
                            (self.heap.closures[closure.0].code, self.heap.closures[closure.0].environment);
                        if let Some(function) = code.get() {
                            self.heap.mark_function(function.handle, grey);
                        }
                        self.heap.mark(super::TableId(environment).into(), grey);
                        for index in 0..self.heap.closures[closure.0].upvalue_count() {
                            let upvalue = self.heap.closures[closure.0].upvalue(index);
                            if upvalue.mark() {
                                grey.upvalues.push(upvalue);
                            }
                        }
                    }
                    View::Native(native) => {
                        for index in 0..self.heap.natives[native.0].upvalues.len() {
                            let value = self.heap.natives[native.0].upvalues[index];
                            self.heap.mark(value, grey);
                        }
                    }
                    View::Coroutine(coroutine) => {
                        let mut thread = std::mem::take(&mut self.heap.coroutines[coroutine.0]);
                        let limit = self.thread_limit(&thread);
                        self.heap.mark_thread(&mut thread, limit, grey);
                        self.heap.coroutines[coroutine.0] = thread;
                    }
                    _ => {}
                }
            } else if let Some(function) = grey.functions.pop() {
                let Some(code) = self.heap.functions[function].take() else { continue };
                for &constant in &code.constants {
                    self.heap.mark(constant, grey);
                }
                for &child in &code.children {
                    self.heap.mark_function(child, grey);
                }
                self.heap.functions[function] = Some(code);
            } else if let Some(upvalue) = grey.upvalues.pop() {
                // If it is open, its coroutine may be reached through nothing else.
                self.heap.mark(upvalue.get(), grey);
            } else {
                return;
            }
        }
    }
}

impl Heap {
    fn mark(&mut self, value: Value, grey: &mut Grey) {
        let fresh = match value.view() {
            View::String(string) => {
                self.strings.mark(string.handle());
                false
            }
            View::Table(table) => self.tables.mark(table.0),
            View::Closure(closure) => self.closures.mark(closure.0),
            View::Native(native) => self.natives.mark(native.0),
            View::Coroutine(coroutine) => self.coroutines.mark(coroutine.0),
            _ => false,
        };
        if fresh {
            grey.values.push(value);
        }
    }

    fn mark_function(&mut self, function: u32, grey: &mut Grey) {
        if self.functions.mark(function) {
            grey.functions.push(function);
        }
    }

    fn mark_sealed(&mut self, grey: &mut Grey) {
        for handle in 0..self.tables.sealed() {
            self.mark(super::TableId(handle).into(), grey);
        }
        for handle in 0..self.closures.sealed() {
            self.mark(super::ClosureId(handle).into(), grey);
        }
        for handle in 0..self.natives.sealed() {
            self.mark(super::NativeId(handle).into(), grey);
        }
    }

    fn mark_thread(&mut self, thread: &mut Thread, limit: usize, grey: &mut Grey) {
        self.mark(thread.globals.into(), grey);
        for slot in 0..limit {
            let value = thread.stack.get(slot);
            if value.is_object() {
                self.mark(value, grey);
            }
        }
        for &upvalue in &thread.open {
            upvalue.mark();
        }
        for frame in thread.frames.as_slice().iter().filter(|frame| frame.is_lua()) {
            self.mark(super::ClosureId(frame.closure).into(), grey);
        }
        // What is left above could name what is freed now.
        thread.stack.fill(limit, thread.stack.len(), Value::NIL);
    }

    fn scan_table(&mut self, table: u32, grey: &mut Grey) {
        let (mut weak_keys, mut weak_values) = (false, false);
        if let Some(metatable) = self.tables[table].metatable() {
            self.mark(super::TableId(metatable).into(), grey);
            let mode = self.fast_metamethod(metatable, Event::Mode, grey.mode);
            if let Some(mode) = mode.as_str() {
                let mode = self.strings.bytes(mode.handle());
                (weak_keys, weak_values) = (mode.contains(&b'k'), mode.contains(&b'v'));
            }
        }
        if weak_keys || weak_values {
            grey.weak.push(table);
        }
        let contents = std::mem::take(&mut self.tables[table]);
        // Strings are values, never weak.
        for &value in contents.list().iter().filter(|value| value.is_object()) {
            if !weak_values || value.is_string() {
                self.mark(value, grey);
            }
        }
        for (key, value) in contents.hashed_entries() {
            if key.is_object() && (!weak_keys || key.is_string()) {
                self.mark(key, grey);
            }
            if value.is_object() && (!weak_values || value.is_string()) {
                self.mark(value, grey);
            }
        }
        self.tables[table] = contents;
    }

    fn clear_weak(&mut self, weak: &[u32]) {
        for &table in weak {
            let mut contents = std::mem::take(&mut self.tables[table]);
            contents.clear_if(|key, value| self.is_dead(key) || self.is_dead(value));
            self.tables[table] = contents;
        }
    }

    fn is_dead(&self, value: Value) -> bool {
        match value.view() {
            View::Table(table) => !self.tables.is_marked(table.0),
            View::Closure(closure) => !self.closures.is_marked(closure.0),
            View::Native(native) => !self.natives.is_marked(native.0),
            View::Coroutine(coroutine) => !self.coroutines.is_marked(coroutine.0),
            _ => false,
        }
    }

    /// Closes the upvalues that live in the stacks of coroutines about to go.
    fn close_dead(&mut self) {
        for handle in self.coroutines.handles() {
            if !self.coroutines.is_live(handle) || self.coroutines.is_marked(handle) {
                continue;
            }
            self.coroutines[handle].open_end = 0;
            for upvalue in std::mem::take(&mut self.coroutines[handle].open) {
                upvalue.close();
            }
        }
    }

    fn sweep(&mut self) {
        let mut freed = self.strings.sweep();
        let size = size_of::<super::table::Table>();
        self.tables.sweep(|table| freed += size + table.bytes());
        self.closures.sweep(|closure| freed += closure.bytes());
        self.natives.sweep(|native| freed += native.bytes());
        freed += self.upvalues.sweep();
        self.coroutines.sweep(|thread| freed += thread.bytes());
        let functions = &mut self.functions;
        for handle in functions.handles() {
            if functions[handle].as_ref().is_some_and(|function| function.is_pinned) {
                functions.mark(handle);
            }
        }
        functions.sweep(|function| freed += function.as_ref().map_or(0, |function| function.bytes));
        self.recent_functions.retain(|&handle| functions.is_live(handle));
        self.bytes = self.bytes.saturating_sub(freed);
    }

    /// Tells whether a value ends with the region, or may.
    fn is_of_region(&self, value: Value) -> bool {
        match value.view() {
            View::String(string) => string.handle() >= self.strings.sealed(),
            View::Table(table) => table.0 >= self.tables.sealed(),
            View::Closure(closure) => closure.0 >= self.closures.sealed(),
            View::Native(native) => native.0 >= self.natives.sealed(),
            View::Coroutine(coroutine) => coroutine.0 >= self.coroutines.sealed(),
            _ => false,
        }
    }

    /// Drops the region.
    fn reset(&mut self) {
        let mut freed = self.strings.reset();
        let size = size_of::<super::table::Table>();
        freed += self.tables.truncate(|table| size + table.bytes());
        freed += self.closures.truncate(|closure| closure.bytes());
        freed += self.natives.truncate(|native| native.bytes());
        freed += self.upvalues.truncate();
        freed += self.coroutines.truncate(Thread::bytes);
        for handle in std::mem::take(&mut self.recent_functions) {
            let functions: &mut Slab<_> = &mut self.functions;
            if functions.is_live(handle) && functions[handle].as_ref().is_some_and(|function| !function.is_pinned) {
                freed += functions.remove(handle).map_or(0, |function| function.bytes);
            }
        }
        self.bytes = self.bytes.saturating_sub(freed);
        self.threshold = self.bytes + SMALLEST_THRESHOLD;
    }
}
