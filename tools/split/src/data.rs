//! What a module's memory holds at first, in a file of its own: it is read straight into memory, where a segment of the
//! module would be read, kept by the module and copied from there.

use anyhow::{Result, bail, ensure};
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, Module, ValType};

/// Takes the data out of a module. What is answered has to be in its memory before anything is called, from the address
/// that the module then exports as `data`.
pub fn take(module: &mut Module) -> Result<Vec<u8>> {
    let mut segments = Vec::new();
    for data in module.data.iter() {
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(address)), .. } = data.kind else {
            bail!("the module has data without a fixed address");
        };
        segments.push((usize::try_from(address)?, &data.value[..]));
    }
    segments.sort();
    let first = segments.first().map_or(0, |(address, _)| *address);
    let mut bytes = Vec::new();
    for (address, segment) in segments {
        ensure!(address - first >= bytes.len(), "the module has data that overlaps");
        bytes.resize(address - first, 0);
        bytes.extend(segment);
    }
    remove(module)?;
    let address = module.globals.add_local(ValType::I32, false, false, ConstExpr::Value(Value::I32(first as i32)));
    module.exports.add("data", address);
    Ok(bytes)
}

/// Takes the data out of a module whose memory another one fills.
pub fn remove(module: &mut Module) -> Result<()> {
    let segments: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for segment in segments {
        module.data.delete(segment);
    }
    let memory = module.get_memory_id()?;
    module.memories.get_mut(memory).data_segments.clear();
    Ok(())
}
