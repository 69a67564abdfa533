//! Streams in the RDB format: their nodes as they stand, their groups and producers.

use super::rdb::{Reader, Writer};
use super::rdb_value::*;
use super::rdb_write::{REDIS_7_0, REDIS_7_2, REDIS_8_10};
use crate::structures::Stream;
use crate::structures::listpack::Listpack;
use crate::structures::stream_group::{Consumer, Group};
use crate::structures::stream_id::StreamId;
use crate::structures::stream_producers::{ProducerLimits, Producers};

/// The form of a count that is not known.
const UNKNOWN: u64 = u64::MAX;

/// Writes a stream behind the oldest type that can hold all of it.
pub fn write_stream(writer: &mut Writer, stream: &Stream) -> u16 {
    let consumers = || stream.groups.values().flat_map(Group::consumers);
    let (kind, version) = if stream.producers.is_some() || stream.groups.values().any(|group| group.ownerless_len() > 0)
    {
        (STREAM_LISTPACKS_5, REDIS_8_10)
    } else if consumers().any(|consumer| consumer.active != Some(consumer.seen)) {
        (STREAM_LISTPACKS_3, REDIS_7_2)
    } else {
        (STREAM_LISTPACKS_2, REDIS_7_0)
    };
    writer.byte(kind);
    writer.length(stream.nodes().len() as u64);
    for (id, node) in stream.nodes() {
        writer.length(16);
        plain_id(writer, *id);
        writer.string(node.as_bytes());
    }
    writer.length(stream.len() as u64);
    for id in [stream.last_id, stream.first_id(), stream.max_deleted_id] {
        length_id(writer, id);
    }
    writer.length(stream.entries_added);
    writer.length(stream.groups.len() as u64);
    for (name, group) in &stream.groups {
        writer.string(name);
        write_group(writer, group, kind);
    }
    if kind == STREAM_LISTPACKS_5 {
        write_producers(writer, stream.producers.as_deref());
    }
    version
}

fn write_group(writer: &mut Writer, group: &Group, kind: u8) {
    length_id(writer, group.last_id);
    writer.length(group.entries_read.unwrap_or(UNKNOWN));
    writer.length(group.pending_len() as u64);
    let all = || group.pending_range(StreamId::MIN, StreamId::MAX);
    for (id, pending) in all() {
        plain_id(writer, id);
        writer.plain(&pending.time.to_le_bytes());
        writer.length(pending.count.max(0) as u64);
    }
    writer.length(group.consumers_len() as u64);
    for consumer in group.consumers() {
        writer.string(&consumer.name);
        writer.plain(&consumer.seen.to_le_bytes());
        if kind >= STREAM_LISTPACKS_3 {
            writer.plain(&consumer.active.unwrap_or(-1).to_le_bytes());
        }
        writer.length(consumer.pending_len() as u64);
        consumer.pending_from(StreamId::MIN).for_each(|id| plain_id(writer, id));
    }
    if kind == STREAM_LISTPACKS_5 {
        writer.length(group.ownerless_len() as u64);
        all().filter(|(_, pending)| pending.owner.is_none()).for_each(|(id, _)| plain_id(writer, id));
    }
}

fn write_producers(writer: &mut Writer, producers: Option<&Producers>) {
    let none = Producers::new(ProducerLimits::DEFAULT);
    let producers = producers.unwrap_or(&none);
    let limits = producers.limits();
    writer.length(limits.duration.into());
    writer.length(limits.maxsize.into());
    writer.length(producers.len() as u64);
    for (name, sent) in producers.iter() {
        writer.string(name);
        writer.length(sent.len() as u64);
        for (name, id) in sent {
            writer.string(name);
            length_id(writer, id);
        }
    }
    writer.length(producers.added);
    writer.length(producers.duplicates);
}

/// Writes an identifier as two lengths.
fn length_id(writer: &mut Writer, id: StreamId) {
    writer.length(id.ms);
    writer.length(id.seq);
}

/// Writes an identifier as sixteen bytes in the order in which they compare.
fn plain_id(writer: &mut Writer, id: StreamId) {
    writer.plain(&id.ms.to_be_bytes());
    writer.plain(&id.seq.to_be_bytes());
}

/// Reads a stream of a type; `None` if it is malformed.
pub fn read_stream(reader: &mut Reader, kind: u8) -> Option<Stream> {
    let mut stream = Stream::default();
    for _ in 0..reader.count()? {
        let name = reader.string()?;
        let (ms, seq) = name.split_first_chunk::<8>()?;
        let id = StreamId { ms: u64::from_be_bytes(*ms), seq: u64::from_be_bytes(seq.try_into().ok()?) };
        stream.append_node(id, Listpack::parse(reader.string()?)?).then_some(())?;
    }
    (reader.number()? == stream.len() as u64).then_some(())?;
    let last_id = read_id(reader)?;
    (last_id >= stream.last_id).then_some(())?;
    stream.last_id = last_id;
    stream.entries_added = stream.len() as u64;
    if kind >= STREAM_LISTPACKS_2 {
        // Where the first entry is shows in the nodes.
        read_id(reader)?;
        stream.max_deleted_id = read_id(reader)?;
        stream.entries_added = reader.number()?;
        (stream.max_deleted_id <= last_id && stream.entries_added >= stream.len() as u64).then_some(())?;
    }
    for _ in 0..reader.count()? {
        let name = reader.string()?;
        let group = read_group(reader, kind, &stream)?;
        stream.groups.insert(name.into(), group).is_none().then_some(())?;
    }
    if kind >= STREAM_LISTPACKS_4 {
        stream.producers = read_producers(reader)?;
    }
    Some(stream)
}

fn read_group(reader: &mut Reader, kind: u8, stream: &Stream) -> Option<Group> {
    let last_id = read_id(reader)?;
    let entries_read = match kind {
        STREAM_LISTPACKS => stream.entries_up_to(last_id),
        _ => Some(reader.number()?).filter(|&read| read != UNKNOWN),
    };
    let mut group = Group::new(last_id, entries_read);
    for _ in 0..reader.count()? {
        let (id, time) = (read_plain_id(reader)?, i64::from_le_bytes(reader.array()?));
        let count = i64::try_from(reader.number()?).ok()?;
        (time >= 0 && group.pending(id).is_none()).then_some(())?;
        group.put(id, None, time, count);
    }
    for _ in 0..reader.count()? {
        let name = reader.string()?;
        let seen = i64::from_le_bytes(reader.array()?);
        let active = if kind >= STREAM_LISTPACKS_3 { i64::from_le_bytes(reader.array()?) } else { seen };
        let (at, created) = group.find_or_create(&name, seen);
        (created && seen >= 0).then_some(())?;
        if let Some(Consumer { active: last, .. }) = group.consumer_mut(at) {
            *last = (active >= 0).then_some(active);
        }
        for _ in 0..reader.count()? {
            let id = read_plain_id(reader)?;
            let pending = group.pending(id).filter(|pending| pending.owner.is_none())?;
            group.put(id, Some(at), pending.time, pending.count);
        }
    }
    let mut ownerless = 0;
    if kind >= STREAM_LISTPACKS_5 {
        ownerless = reader.count()?;
        for _ in 0..ownerless {
            let id = read_plain_id(reader)?;
            group.pending(id).filter(|pending| pending.owner.is_none())?;
        }
    }
    (group.ownerless_len() == ownerless).then_some(group)
}

/// Reads what producers sent; nothing if there never was one.
fn read_producers(reader: &mut Reader) -> Option<Option<Box<Producers>>> {
    let mut small = || u32::try_from(reader.number()?).ok().filter(|&value| value > 0);
    let limits = ProducerLimits { duration: small()?, maxsize: small()? };
    let mut producers = Producers::new(limits);
    for _ in 0..reader.count()? {
        let name = reader.string()?;
        for _ in 0..reader.count()? {
            let (sent, id) = (reader.string()?, read_id(reader)?);
            // An identifier is made of the time at which the entry came.
            producers.remember(&name, &sent, id, i64::try_from(id.ms).ok()?);
        }
    }
    (producers.added, producers.duplicates) = (reader.number()?, reader.number()?);
    let used = limits != ProducerLimits::DEFAULT || producers.added > 0 || producers.duplicates > 0;
    Some(used.then(|| Box::new(producers)))
}

fn read_id(reader: &mut Reader) -> Option<StreamId> {
    Some(StreamId { ms: reader.number()?, seq: reader.number()? })
}

fn read_plain_id(reader: &mut Reader) -> Option<StreamId> {
    Some(StreamId { ms: u64::from_be_bytes(reader.array()?), seq: u64::from_be_bytes(reader.array()?) })
}
