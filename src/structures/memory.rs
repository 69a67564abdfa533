//! How many bytes are allocated: the one number that `maxmemory` is held against.
//!
//! Whoever makes a program registers [`Counting`] as its allocator; the core only reads [`live`], which is 0 in a
//! program that did not. The count is of one thread, as an engine is.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static LIVE: Cell<usize> = const { Cell::new(0) };
}

/// Answers the bytes that this thread has allocated and not given back.
#[inline]
pub fn live() -> usize {
    LIVE.with(Cell::get).cast_signed().max(0).cast_unsigned()
}

/// The system's allocator, counting.
pub struct Counting;

/// What is freed here may come from another thread, so that the count may pass below nought and return.
#[inline]
fn count(grown: usize, shrunk: usize) {
    // A thread that ends frees without counting.
    let _ = LIVE.try_with(|live| live.set(live.get().wrapping_add(grown).wrapping_sub(shrunk)));
}

// SAFETY: every call is handed on to the system's allocator as it is; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count(0, layout.size());
        unsafe { System.dealloc(memory, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        unsafe { System.realloc(memory, layout, size) }
    }
}
