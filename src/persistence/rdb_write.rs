//! Values as payloads. Of the forms that a value may have the one is written that the oldest Redis understands, and the
//! payload says that version, so that it can be taken wherever the value can.

use super::rdb::Writer;
use super::rdb_array::write_array;
use super::rdb_stream::write_stream;
use super::rdb_value::*;
#[cfg(feature = "full")]
use super::rdb_vectors::write_vectors;
use crate::keyspace::Value;
use crate::structures::listpack::Listpack;
use crate::structures::number::format_double;
use crate::structures::{Entry, Hash, List, Set, Zset};

/// The versions of the format that brought what is written here, by the Redis that had them first.
const REDIS_2_6: u16 = 6;
const REDIS_4_0: u16 = 8;
pub(super) const REDIS_7_0: u16 = 10;
pub(super) const REDIS_7_2: u16 = 11;
const REDIS_7_4: u16 = 12;
pub(super) const REDIS_8_10: u16 = 15;

/// The most bytes of a list's node.
const NODE: usize = 8192;

/// Makes the payload of DUMP.
pub fn dump(value: &Value) -> Vec<u8> {
    let mut writer = Writer::default();
    let version = write(&mut writer, value);
    writer.seal(version)
}

/// Writes a value behind its type and answers the version of the format that it needs.
pub fn write(writer: &mut Writer, value: &Value) -> u16 {
    match value {
        Value::String(value) => {
            writer.byte(STRING);
            writer.string(&value.bytes());
            REDIS_2_6
        }
        Value::List(list) => write_list(writer, list),
        Value::Set(set) => write_set(writer, set),
        Value::Hash(hash) => write_hash(writer, hash),
        Value::Zset(zset) => write_zset(writer, zset),
        Value::Stream(stream) => write_stream(writer, stream),
        Value::Array(array) => write_array(writer, array),
        #[cfg(feature = "full")]
        Value::Vectors(vectors) => write_vectors(writer, vectors),
    }
}

fn write_list(writer: &mut Writer, list: &List) -> u16 {
    let mut nodes: Vec<(u64, Vec<u8>)> = Vec::new();
    let mut open = Listpack::default();
    let close = |open: &mut Listpack, nodes: &mut Vec<_>| {
        let full = std::mem::take(open);
        if !full.is_empty() {
            nodes.push((PACKED, full.as_bytes().to_vec()));
        }
    };
    for element in list.iter() {
        // An element has a head of five bytes at most and as many behind it.
        if open.size() + element.len() + 10 > NODE {
            close(&mut open, &mut nodes);
        }
        if element.len() > NODE {
            nodes.push((PLAIN, element.to_vec()));
        } else {
            open.push_bytes(element);
        }
    }
    close(&mut open, &mut nodes);
    writer.byte(LIST_QUICKLIST_2);
    writer.length(nodes.len() as u64);
    for (form, node) in nodes {
        writer.length(form);
        writer.string(&node);
    }
    REDIS_7_0
}

fn write_set(writer: &mut Writer, set: &Set) -> u16 {
    if set.encoding() != "intset" {
        writer.byte(SET);
        writer.length(set.len() as u64);
        set.iter().for_each(|member| writer.string(&member.bytes()));
        return REDIS_2_6;
    }
    let values: Vec<i64> = set.iter().filter_map(Entry::int).collect();
    let width = match (values.first(), values.last()) {
        (Some(-0x8000..), Some(..=0x7fff)) => 2,
        (Some(-0x8000_0000..), Some(..=0x7fff_ffff)) => 4,
        _ => 8,
    };
    let mut intset = Vec::with_capacity(8 + values.len() * width);
    intset.extend((width as u32).to_le_bytes());
    intset.extend((values.len() as u32).to_le_bytes());
    values.iter().for_each(|value| intset.extend_from_slice(&value.to_le_bytes()[..width]));
    writer.byte(SET_INTSET);
    writer.string(&intset);
    REDIS_2_6
}

fn push(listpack: &mut Listpack, entry: Entry) {
    match entry {
        Entry::Int(value) => listpack.push_int(value),
        Entry::Bytes(text) => listpack.push_bytes(text),
    }
}

fn write_hash(writer: &mut Writer, hash: &Hash) -> u16 {
    let packed = hash.encoding() != "hashtable";
    let Some(first) = hash.next_expiry() else {
        if packed {
            let mut listpack = Listpack::default();
            hash.iter().for_each(|(field, value)| [field, value].iter().for_each(|entry| push(&mut listpack, *entry)));
            writer.byte(HASH_LISTPACK);
            writer.string(listpack.as_bytes());
            return REDIS_7_0;
        }
        writer.byte(HASH);
        writer.length(hash.len() as u64);
        for (field, value) in hash.iter() {
            writer.string(&field.bytes());
            writer.string(&value.bytes());
        }
        return REDIS_2_6;
    };
    writer.byte(if packed { HASH_LISTPACK_EX } else { HASH_METADATA });
    writer.plain(&first.to_le_bytes());
    if packed {
        let mut listpack = Listpack::default();
        for (field, value) in hash.iter() {
            let at = hash.expire_at(&field.bytes()).unwrap_or(0);
            [field, value, Entry::Int(at)].into_iter().for_each(|entry| push(&mut listpack, entry));
        }
        writer.string(listpack.as_bytes());
        return REDIS_7_4;
    }
    writer.length(hash.len() as u64);
    for (field, value) in hash.iter() {
        let field = field.bytes();
        // How long after the first one; 0 is never.
        let after = hash.expire_at(&field).map_or(0, |at| at.saturating_sub(first).saturating_add(1));
        writer.length(after.max(0) as u64);
        writer.string(&field);
        writer.string(&value.bytes());
    }
    REDIS_7_4
}

fn write_zset(writer: &mut Writer, zset: &Zset) -> u16 {
    if zset.encoding() == "listpack" {
        let mut listpack = Listpack::default();
        zset.walk(0..zset.len(), false, |member, score| {
            listpack.push_bytes(member);
            listpack.push_bytes(&format_double(score));
        });
        writer.byte(ZSET_LISTPACK);
        writer.string(listpack.as_bytes());
        return REDIS_7_0;
    }
    writer.byte(ZSET_2);
    writer.length(zset.len() as u64);
    // From the highest score down, so that whoever reads them inserts at the front.
    zset.walk(0..zset.len(), true, |member, score| {
        writer.string(member);
        writer.plain(&score.to_le_bytes());
    });
    REDIS_4_0
}
