//! The two modules of a split.
//!
//! They have one memory and one set of tables, which the primary module makes. In the place of a function that it lacks
//! it has one that asks the import `secondary.load` for the secondary module, once, and calls what that has put into the
//! table. The secondary module writes itself into every place of the table as it is instantiated: calls through pointers
//! then come to it, and never go back.
//!
//! So calls cross in one direction only, and each module can have a stack pointer of its own, where a shared one would
//! cost every function a load: the primary module's stack is the lowest part of the whole's, above address 0, which traps
//! when it overflows; the secondary module's begins where the whole's does.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{UnaryOp, Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalId,
    GlobalKind, Module, TableId, passes,
};

/// Cuts a module, of which `primary` and `secondary` are two copies. `called` has the numbers of the functions that the
/// primary module is to have; its stack is of `stack` bytes.
pub fn cut(primary: &mut Module, secondary: &mut Module, called: &HashSet<usize>, stack: i32) -> Result<()> {
    check(primary)?;
    let table = primary.tables.main_function_table()?.context("the module has no table of functions")?;
    let first = primary.tables.get(table).initial;
    let places = places(primary)?;
    let (found, added): (Vec<usize>, Vec<usize>) =
        missing(primary, called)?.into_iter().partition(|number| places.contains_key(number));
    let replaced = found.into_iter().map(|number| (number, places[&number]));
    let replaced: Vec<(usize, u64)> = replaced.chain(added.iter().copied().zip(first..)).collect();

    lower_stack(primary, stack)?;
    widen(primary, table, added.len());
    replace(primary, table, &replaced);
    export_shared(primary)?;
    passes::gc::run(primary);

    let table = secondary.tables.main_function_table()?.context("the module has no table of functions")?;
    widen(secondary, table, added.len());
    let all = crate::functions(secondary);
    let functions = ElementItems::Functions(added.iter().map(|&number| all[number]).collect());
    let offset = ConstExpr::Value(Value::I32(first as i32));
    let segment = secondary.elements.add(ElementKind::Active { table, offset }, functions);
    secondary.tables.get_mut(table).elem_segments.insert(segment);
    import_shared(secondary)?;
    passes::gc::run(secondary);
    Ok(())
}

/// The places in the table at which functions stand, by their numbers.
fn places(module: &Module) -> Result<HashMap<usize, u64>> {
    let numbers = crate::functions(module).into_iter().enumerate().map(|(number, id)| (id, number));
    let numbers: HashMap<FunctionId, usize> = numbers.collect();
    let mut places = HashMap::new();
    for element in module.elements.iter() {
        let (ElementKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. }, ElementItems::Functions(ids)) =
            (&element.kind, &element.items)
        else {
            bail!("a table is filled in a way that is not known here");
        };
        let found = (*offset as u64..).zip(ids).filter_map(|(place, id)| Some((*numbers.get(id)?, place)));
        places.extend(found);
    }
    Ok(places)
}

/// Fails if the module has what could not be in two.
fn check(module: &Module) -> Result<()> {
    ensure!(module.start.is_none(), "the module has a start function, which would run twice");
    let active = module.data.iter().all(|data| matches!(data.kind, DataKind::Active { .. }));
    ensure!(active, "the module has passive data");
    Ok(())
}

/// The functions that the primary module names without having them, by their numbers.
fn missing(module: &Module, called: &HashSet<usize>) -> Result<Vec<usize>> {
    struct Named(HashSet<FunctionId>);
    impl Visitor<'_> for Named {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.insert(*function);
        }
    }

    let functions = crate::functions(module);
    let mut named = Named(HashSet::new());
    for &number in called {
        let id = *functions.get(number).context("the profile is of another module")?;
        let function = module.funcs.get(id).kind.unwrap_local();
        dfs_in_order(&mut named, function, function.entry_block());
    }
    for export in module.exports.iter() {
        if let ExportItem::Function(id) = export.item {
            named.0.insert(id);
        }
    }
    for element in module.elements.iter() {
        if let ElementItems::Functions(ids) = &element.items {
            named.0.extend(ids);
        }
    }
    Ok((0..functions.len()).filter(|number| !called.contains(number) && named.0.contains(&functions[*number])).collect())
}

fn widen(module: &mut Module, table: TableId, by: usize) {
    let table = module.tables.get_mut(table);
    table.initial += by as u64;
    table.maximum = table.maximum.map(|maximum| maximum + by as u64);
}

/// Has functions load the secondary module and call what then stands at their places in the table.
fn replace(module: &mut Module, table: TableId, functions_at: &[(usize, u64)]) {
    let functions = crate::functions(module);
    let nothing = module.types.add(&[], &[]);
    let (load, _) = module.add_import_func("secondary", "load", nothing);
    let loaded = module.globals.add_local(walrus::ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
    for &(number, at) in functions_at {
        let id = functions[number];
        let ty = module.funcs.get(id).ty();
        let (params, results) = module.types.params_results(ty);
        let (params, results) = (params.to_vec(), results.to_vec());
        let args: Vec<_> = params.iter().map(|&param| module.locals.add(param)).collect();
        let mut builder = FunctionBuilder::new(&mut module.types, &params, &results);
        let mut body = builder.func_body();
        let ask = |then: &mut walrus::InstrSeqBuilder<'_>| {
            then.call(load).i32_const(1).global_set(loaded);
        };
        body.global_get(loaded).unop(UnaryOp::I32Eqz).if_else(None, ask, |_| {});
        for &arg in &args {
            body.local_get(arg);
        }
        body.i32_const(at as i32).call_indirect(ty, table);
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(args));
    }
}

/// The only global that changes: the stack pointer.
fn stack_pointer(module: &Module) -> Result<GlobalId> {
    let mut mutable = module.globals.iter().filter(|global| global.mutable);
    let pointer = mutable.next().context("the module has no stack pointer")?;
    ensure!(mutable.next().is_none(), "the module has a global besides the stack pointer that changes");
    Ok(pointer.id())
}

fn lower_stack(module: &mut Module, bytes: i32) -> Result<()> {
    let pointer = stack_pointer(module)?;
    let top = &mut module.globals.get_mut(pointer).kind;
    match top {
        GlobalKind::Local(ConstExpr::Value(Value::I32(top))) if bytes < *top => *top = bytes,
        _ => bail!("the stack pointer does not begin above {bytes}"),
    }
    Ok(())
}

/// The name under which both modules know a table.
fn shared_table(number: usize) -> String {
    format!("table{number}")
}

fn export_shared(module: &mut Module) -> Result<()> {
    let tables: Vec<TableId> = module.tables.iter().map(|table| table.id()).collect();
    for (number, table) in tables.into_iter().enumerate() {
        module.exports.add(&shared_table(number), table);
    }
    let memory = module.get_memory_id()?;
    let exported = module.exports.get_exported_memory(memory).is_some_and(|export| export.name == "memory");
    ensure!(exported, "the module does not export its memory as `memory`");
    Ok(())
}

/// Has a module take its memory and its tables from the primary one, and export and fill nothing itself.
fn import_shared(module: &mut Module) -> Result<()> {
    let exports: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    for export in exports {
        module.exports.delete(export);
    }
    let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for data in data {
        module.data.delete(data);
    }
    let memory = module.get_memory_id()?;
    let import = module.imports.add("primary", "memory", memory);
    let memory = module.memories.get_mut(memory);
    memory.import = Some(import);
    memory.data_segments.clear();
    let tables: Vec<TableId> = module.tables.iter().map(|table| table.id()).collect();
    for (number, table) in tables.into_iter().enumerate() {
        let import = module.imports.add("primary", &shared_table(number), table);
        module.tables.get_mut(table).import = Some(import);
    }
    Ok(())
}
