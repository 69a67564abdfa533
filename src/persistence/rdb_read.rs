//! Payloads as values. A payload is believed in nothing: what is not well-formed, not in order or holds anything twice
//! is no value, and no number in it makes more room than the payload itself takes.

use super::rdb::Reader;
use super::rdb_array::read_array;
use super::rdb_stream::read_stream;
use super::rdb_value::*;
#[cfg(feature = "full")]
use super::rdb_vectors::read_vectors;
use super::ziplist;
use crate::dispatch::Config;
use crate::keyspace::{Typed, Value};
use crate::structures::listpack::Listpack;
use crate::structures::number::parse_double;
use crate::structures::{Dict, Entry, Hash, HashLimits, List, Set, Str, Zset, list, zset};
use std::borrow::Cow;

/// Reads a value behind its type, in the encoding that `config` asks for; `None` if it is malformed or empty.
pub fn read(reader: &mut Reader, config: &Config) -> Option<Value> {
    let kind = reader.byte()?;
    Some(match kind {
        STRING => Str::new(&reader.string()?).into_value(),
        LIST | LIST_ZIPLIST | LIST_QUICKLIST | LIST_QUICKLIST_2 => read_list(reader, kind, config)?.into_value(),
        SET | SET_INTSET | SET_LISTPACK => read_set(reader, kind, config)?.into_value(),
        HASH | HASH_ZIPMAP | HASH_ZIPLIST | HASH_LISTPACK => read_hash(reader, kind, config)?.into_value(),
        HASH_METADATA | HASH_LISTPACK_EX => read_timed_hash(reader, kind, config)?.into_value(),
        ZSET | ZSET_2 | ZSET_ZIPLIST | ZSET_LISTPACK => read_zset(reader, kind, config)?.into_value(),
        STREAM_LISTPACKS | STREAM_LISTPACKS_2 | STREAM_LISTPACKS_3 | STREAM_LISTPACKS_4 | STREAM_LISTPACKS_5 => {
            read_stream(reader, kind)?.into_value()
        }
        ARRAY => read_array(reader)?.into_value(),
        #[cfg(feature = "full")]
        MODULE_2 => read_vectors(reader)?.into_value(),
        _ => return None,
    })
}

/// Reads the entries of a listpack or, in the older types, of a ziplist.
fn read_packed(reader: &mut Reader, old: bool, visit: &mut dyn FnMut(Entry) -> Option<()>) -> Option<()> {
    let bytes = reader.string()?;
    if old {
        return ziplist::read(&bytes)?.into_iter().try_for_each(visit);
    }
    Listpack::parse(bytes)?.iter().try_for_each(visit)
}

/// Gathers entries by twos.
fn pairs(
    mut visit: impl FnMut(Entry, Entry) -> Option<()>,
    run: impl FnOnce(&mut dyn FnMut(Entry) -> Option<()>) -> Option<()>,
) -> Option<()> {
    let mut first: Option<Vec<u8>> = None;
    run(&mut |entry| match first.take() {
        None => {
            first = Some(entry.bytes().into_owned());
            Some(())
        }
        Some(first) => visit(Entry::new(&first), entry),
    })?;
    first.is_none().then_some(())
}

fn read_list(reader: &mut Reader, kind: u8, config: &Config) -> Option<List> {
    let limit = list::Limit::new(config.list_max_listpack_size);
    let mut list = List::default();
    let mut push = |element: Entry| {
        let element = element.bytes();
        list.expect([&*element].into_iter(), limit);
        list.push_back(&element, limit);
        Some(())
    };
    let mut nodes = 1;
    match kind {
        LIST => {
            for _ in 0..reader.count()? {
                push(Entry::Bytes(&reader.string()?))?;
            }
        }
        LIST_ZIPLIST => read_packed(reader, true, &mut push)?,
        _ => {
            nodes = reader.count()?;
            for _ in 0..nodes {
                match kind {
                    LIST_QUICKLIST => read_packed(reader, true, &mut push)?,
                    _ => match reader.length()? as u64 {
                        PLAIN => push(Entry::Bytes(&reader.string()?))?,
                        PACKED => read_packed(reader, false, &mut push)?,
                        _ => return None,
                    },
                }
            }
        }
    }
    // A ziplist was the whole of a list before there were quicklists, and becomes one.
    if nodes > 1 || kind == LIST_ZIPLIST {
        list.make_quicklist();
    }
    (!list.is_empty()).then_some(list)
}

fn read_set(reader: &mut Reader, kind: u8, config: &Config) -> Option<Set> {
    let mut limits = config.set_limits();
    if kind == SET_LISTPACK {
        limits.value = usize::MAX;
    }
    let mut set = Set::default();
    let mut add = |member: &[u8]| set.add(member, limits).then_some(());
    match kind {
        SET_INTSET => read_intset(&reader.string()?)?.try_for_each(|value| add(&Entry::Int(value).bytes()))?,
        SET_LISTPACK => {
            let mut members = Vec::new();
            read_packed(reader, false, &mut |member| {
                members.push(member.bytes().into_owned());
                Some(())
            })?;
            set.reserve(members.first()?, members.len(), limits);
            members.iter().try_for_each(|member| set.add(member, limits).then_some(()))?;
        }
        _ => {
            let count = reader.count()?;
            for n in 0..count {
                let member = reader.string()?;
                if n == 0 {
                    set.reserve(&member, count, limits);
                }
                set.add(&member, limits).then_some(())?;
            }
        }
    }
    (!set.is_empty()).then_some(set)
}

/// Reads an intset: the bytes of each value, their number (32 bits each), and the values in ascending order.
fn read_intset(bytes: &[u8]) -> Option<impl Iterator<Item = i64>> {
    let (width, rest) = bytes.split_first_chunk::<4>()?;
    let (count, values) = rest.split_first_chunk::<4>()?;
    let width = u32::from_le_bytes(*width) as usize;
    if !matches!(width, 2 | 4 | 8) || !values.len().is_multiple_of(width) {
        return None;
    }
    let value = move |bytes: &[u8]| {
        let mut wide = [if bytes[width - 1] & 0x80 == 0 { 0 } else { 0xff }; 8];
        wide[..width].copy_from_slice(bytes);
        i64::from_le_bytes(wide)
    };
    let counted = values.len() / width == u32::from_le_bytes(*count) as usize;
    let ordered = values.chunks(width).map(value).is_sorted_by(|a, b| a < b);
    (counted && ordered).then(|| values.chunks(width).map(value).collect::<Vec<_>>().into_iter())
}

/// A hash in the making.
struct Hashing {
    hash: Hash,
    limits: HashLimits,
}

impl Hashing {
    /// Begins a hash out of a packed form.
    fn packed(config: &Config) -> Hashing {
        Hashing { hash: Hash::default(), limits: HashLimits { value: usize::MAX, ..config.hash_limits() } }
    }

    /// Begins a hash of `count` fields out of a row of strings.
    fn of(count: usize, config: &Config) -> Hashing {
        let limits = config.hash_limits();
        let mut hash = Hash::default();
        hash.reserve(count, std::iter::empty(), limits);
        Hashing { hash, limits }
    }

    /// Adds a field that is not there yet.
    fn add(&mut self, field: &[u8], value: &[u8]) -> Option<()> {
        let limits = self.limits;
        self.hash.reserve(1, [field.len(), value.len()].into_iter(), limits);
        self.hash.settle(limits);
        self.hash.set(field, value).then_some(())
    }

    fn finish(mut self) -> Option<Hash> {
        self.hash.settle(self.limits);
        (!self.hash.is_empty()).then_some(self.hash)
    }
}

fn read_hash(reader: &mut Reader, kind: u8, config: &Config) -> Option<Hash> {
    let mut hashing = Hashing::packed(config);
    match kind {
        HASH => {
            let count = reader.count()?;
            hashing = Hashing::of(count, config);
            for _ in 0..count {
                hashing.add(&reader.string()?, &reader.string()?)?;
            }
        }
        HASH_ZIPMAP => {
            let bytes = reader.string()?;
            ziplist::read_zipmap(&bytes)?.into_iter().try_for_each(|(field, value)| hashing.add(field, value))?;
        }
        _ => pairs(
            |field, value| hashing.add(&field.bytes(), &value.bytes()),
            |visit| read_packed(reader, kind == HASH_ZIPLIST, visit),
        )?,
    }
    hashing.finish()
}

fn read_timed_hash(reader: &mut Reader, kind: u8, config: &Config) -> Option<Hash> {
    let first = i64::from_le_bytes(reader.array()?);
    let mut times: Vec<(Vec<u8>, i64)> = Vec::new();
    let mut hashing = Hashing::packed(config);
    if kind == HASH_METADATA {
        let count = reader.count()?;
        hashing = Hashing::of(count, config);
        for _ in 0..count {
            let after = i64::try_from(reader.length()?).ok()?;
            let (field, value) = (reader.string()?, reader.string()?);
            hashing.add(&field, &value)?;
            if after > 0 {
                times.push((field, first.checked_add(after - 1)?));
            }
        }
    } else {
        let mut triple: Vec<Cow<[u8]>> = Vec::with_capacity(2);
        let listpack = Listpack::parse(reader.string()?)?;
        for entry in listpack.iter() {
            let [field, value] = &triple[..] else {
                triple.push(entry.bytes());
                continue;
            };
            hashing.add(field, value)?;
            let at = entry.int()?;
            if at != 0 {
                times.push((field.to_vec(), at));
            }
            triple.clear();
        }
        triple.is_empty().then_some(())?;
        hashing.hash.prepare_times();
    }
    for (field, at) in times {
        // The order in a packed hash and the queue of a table hold times since 1970 only.
        (at > 0).then_some(())?;
        hashing.hash.set_expire(&field, Some(at));
    }
    hashing.finish()
}

fn read_zset(reader: &mut Reader, kind: u8, config: &Config) -> Option<Zset> {
    let mut scores = Dict::default();
    let mut add = |member: &[u8], score: f64| (!score.is_nan() && scores.insert(member, score).is_none()).then_some(());
    match kind {
        ZSET | ZSET_2 => {
            for _ in 0..reader.count()? {
                let member = reader.string()?;
                let score = if kind == ZSET { read_decimal(reader)? } else { f64::from_le_bytes(reader.array()?) };
                add(&member, score)?;
            }
        }
        _ => pairs(
            |member, score| {
                let score = match score {
                    Entry::Int(score) => score as f64,
                    Entry::Bytes(score) => parse_double(score)?,
                };
                add(&member.bytes(), score)
            },
            |visit| read_packed(reader, kind == ZSET_ZIPLIST, visit),
        )?,
    }
    // What comes packed is unpacked by its number of members only, here and above.
    let longest = if matches!(kind, ZSET | ZSET_2) { config.zset_max_listpack_value } else { usize::MAX };
    let limits = zset::Limits { entries: config.zset_max_listpack_entries, value: longest };
    (!scores.is_empty()).then(|| Zset::from_members(scores, limits))
}

/// Reads a score in decimal digits behind their number, which may also stand for what has no digits.
fn read_decimal(reader: &mut Reader) -> Option<f64> {
    match reader.byte()? {
        253 => None,
        254 => Some(f64::INFINITY),
        255 => Some(f64::NEG_INFINITY),
        digits => parse_double(reader.bytes(digits.into())?),
    }
}
