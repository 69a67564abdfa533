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
use walrus::ir::{CallIndirect, UnaryOp, Value, Visitor, dfs_in_order};
use walrus::{
    ConstExpr, ElementId, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind,
    GlobalId, GlobalKind, LocalFunction, Module, TableId, TypeId, ValType, passes,
};

use crate::data;

/// Cuts a module, of which `primary` and `secondary` are two copies. `called` has the numbers of the functions that the
/// primary module is to have; its stack is of `stack` bytes.
pub fn cut(primary: &mut Module, secondary: &mut Module, called: &HashSet<usize>, stack: i32) -> Result<()> {
    ensure!(primary.start.is_none(), "the module has a start function, which would run twice");
    empty_places(primary, called)?;
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
    let added = added.iter().map(|&number| all[number]).collect();
    fill(secondary, table, ConstExpr::Value(Value::I32(first as i32)), added);
    import_shared(secondary)?;
    passes::gc::run(secondary);
    Ok(())
}

/// The functions that the primary module is to have.
fn kept<'a>(module: &'a Module, called: &HashSet<usize>) -> Result<Vec<&'a LocalFunction>> {
    let functions = crate::functions(module);
    let ids = called.iter().map(|&number| functions.get(number).context("the profile is of another module"));
    ids.map(|id| Ok(module.funcs.get(*id?).kind.unwrap_local())).collect()
}

/// Empties the places of the table that no call of the primary module can come to, for want of a call of such a type.
fn empty_places(module: &mut Module, called: &HashSet<usize>) -> Result<()> {
    struct Types(HashSet<TypeId>);
    impl Visitor<'_> for Types {
        fn visit_call_indirect(&mut self, call: &CallIndirect) {
            self.0.insert(call.ty);
        }
    }

    let mut types = Types(HashSet::new());
    for function in kept(module, called)? {
        dfs_in_order(&mut types, function, function.entry_block());
    }
    let shapes = types.0.iter().map(|&ty| module.types.params_results(ty));
    let shapes: HashSet<(Vec<ValType>, Vec<ValType>)> = shapes.map(|(from, to)| (from.to_vec(), to.to_vec())).collect();
    let elements: Vec<ElementId> = module.elements.iter().map(|element| element.id()).collect();
    for element in elements {
        let (table, first, ids) = filling(module, element)?;
        module.elements.delete(element);
        module.tables.get_mut(table).elem_segments.remove(&element);
        let is_needed = |id: &FunctionId| {
            let (from, to) = module.types.params_results(module.funcs.get(*id).ty());
            shapes.contains(&(from.to_vec(), to.to_vec()))
        };
        let places: Vec<(i32, FunctionId)> = (first..).zip(ids).filter(|(_, id)| is_needed(id)).collect();
        for run in places.chunk_by(|(before, _), (after, _)| before + 1 == *after) {
            let offset = ConstExpr::Value(Value::I32(run[0].0));
            let ids = run.iter().map(|(_, id)| *id).collect();
            fill(module, table, offset, ids);
        }
    }
    Ok(())
}

/// What a segment puts into which table, and where.
fn filling(module: &Module, element: ElementId) -> Result<(TableId, i32, Vec<FunctionId>)> {
    let element = module.elements.get(element);
    match (&element.kind, &element.items) {
        (
            ElementKind::Active { table, offset: ConstExpr::Value(Value::I32(first)) },
            ElementItems::Functions(ids),
        ) => Ok((*table, *first, ids.clone())),
        _ => bail!("a table is filled in a way that is not known here"),
    }
}

fn fill(module: &mut Module, table: TableId, offset: ConstExpr, functions: Vec<FunctionId>) {
    let functions = ElementItems::Functions(functions);
    let segment = module.elements.add(ElementKind::Active { table, offset }, functions);
    module.tables.get_mut(table).elem_segments.insert(segment);
}

/// The places in the table at which functions stand, by their numbers.
fn places(module: &Module) -> Result<HashMap<usize, u64>> {
    let numbers = crate::functions(module).into_iter().enumerate().map(|(number, id)| (id, number));
    let numbers: HashMap<FunctionId, usize> = numbers.collect();
    let mut places = HashMap::new();
    for element in module.elements.iter() {
        let (_, first, ids) = filling(module, element.id())?;
        places.extend((first as u64..).zip(ids).filter_map(|(place, id)| Some((*numbers.get(&id)?, place))));
    }
    Ok(places)
}

/// The functions that the primary module names without having them, by their numbers.
fn missing(module: &Module, called: &HashSet<usize>) -> Result<Vec<usize>> {
    struct Named(HashSet<FunctionId>);
    impl Visitor<'_> for Named {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.insert(*function);
        }
    }

    let mut named = Named(HashSet::new());
    for function in kept(module, called)? {
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
    let functions = crate::functions(module);
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
    let loaded = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
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
    data::remove(module)?;
    let memory = module.get_memory_id()?;
    let import = module.imports.add("primary", "memory", memory);
    module.memories.get_mut(memory).import = Some(import);
    let tables: Vec<TableId> = module.tables.iter().map(|table| table.id()).collect();
    for (number, table) in tables.into_iter().enumerate() {
        let import = module.imports.add("primary", &shared_table(number), table);
        module.tables.get_mut(table).import = Some(import);
    }
    Ok(())
}
