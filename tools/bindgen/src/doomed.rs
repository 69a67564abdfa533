//! Functions that cannot return: `panic_bounds_check`, `unwrap_failed` and their like.
//!
//! Without a console they write a sentence that nobody will read, then trap. Here they trap at once, and `wasm-opt` sees
//! that the thousands of places that call them need to pass nothing: no index, no length, no line of the source.

use std::collections::HashSet;

use walrus::ir::{Instr, InstrSeqId, Return, ReturnCall, ReturnCallIndirect, Unreachable, Visitor, dfs_in_order};
use walrus::{FunctionId, FunctionKind, LocalFunction, Module};

/// Has every function trap as it is called that cannot return. What calls JavaScript stays as it is: it may throw.
pub fn trap_at_once(module: &mut Module) {
    let functions = module.funcs.iter_local().filter(|(_, function)| !returns(function)).map(|(id, _)| id);
    let doomed: Vec<FunctionId> = functions.filter(|id| !calls_javascript(module, *id)).collect();
    for id in doomed {
        let function = module.funcs.get_mut(id).kind.unwrap_local_mut();
        let body = function.entry_block();
        function.block_mut(body).instrs = vec![(Unreachable {}.into(), Default::default())];
    }
}

/// Whether there may be a way out of a function: its end, `return`, or a branch out of its outermost block.
fn returns(function: &LocalFunction) -> bool {
    struct Exits {
        body: InstrSeqId,
        found: bool,
    }
    impl Visitor<'_> for Exits {
        fn visit_instr_seq_id(&mut self, target: &InstrSeqId) {
            self.found |= *target == self.body;
        }
        fn visit_return(&mut self, _: &Return) {
            self.found = true;
        }
        fn visit_return_call(&mut self, _: &ReturnCall) {
            self.found = true;
        }
        fn visit_return_call_indirect(&mut self, _: &ReturnCallIndirect) {
            self.found = true;
        }
    }

    let body = function.entry_block();
    let ends = !matches!(function.block(body).instrs.last(), Some((Instr::Unreachable(_), _)));
    let mut exits = Exits { body, found: ends };
    dfs_in_order(&mut exits, function, body);
    exits.found
}

/// Whether a function comes to an import by direct calls.
fn calls_javascript(module: &Module, function: FunctionId) -> bool {
    struct Calls(Vec<FunctionId>);
    impl Visitor<'_> for Calls {
        fn visit_function_id(&mut self, callee: &FunctionId) {
            self.0.push(*callee);
        }
    }

    let mut calls = Calls(vec![function]);
    let mut seen = HashSet::new();
    while let Some(id) = calls.0.pop() {
        match &module.funcs.get(id).kind {
            FunctionKind::Local(local) if seen.insert(id) => dfs_in_order(&mut calls, local, local.entry_block()),
            FunctionKind::Local(_) => {}
            _ => return true,
        }
    }
    false
}
