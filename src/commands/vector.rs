//! Vector sets: elements with their vectors. See <https://redis.io/docs/latest/develop/data-types/vector-sets/>.
//!
//! In Redis they are a module, and so it shows: the names are printed as they are registered, in capitals, and no change
//! has an event.

use super::vector_search::{INVALID_VECTOR, components, whole};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::keyspace::{Typed, Value};
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;
use crate::structures::vectors::quantise::Codes;
use crate::structures::vectors::{EFFORT, ENTRIES_MAX, Precision, project};
use crate::structures::{Bytes, Vectors};

/// What the commands that read share.
pub const READ: Command = Command {
    since: "8.0.0",
    group: Group::Module,
    flags: Flags::READONLY.and(Flags::MODULE),
    keys: Keys::ACCESS_UPDATE,
    ..Command::DEFAULT
};

/// What the commands that read one element share.
const GLANCE: Command = Command { flags: READ.flags.and(Flags::FAST), ..READ };

/// What the commands that write share.
const WRITE: Command = Command { flags: Flags::WRITE.and(Flags::MODULE), reply: "boolean", ..READ };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "VADD",
        syntax: "VADD key [REDUCE (dim:int)] <FP32 | VALUES> vector element [CAS] [<NOQUANT | BIN | Q8>] [EF \
                 build-exploration-factor:int] [SETATTR attributes] [M numlinks:int]",
        summary: "Adds an element to a vector set, or gives it another vector.",
        arity: -5,
        flags: WRITE.flags.and(Flags::DENYOOM),
        handler: Handler::Now(vadd),
        ..WRITE
    },
    Command {
        name: "VCARD",
        syntax: "VCARD key",
        summary: "Returns the number of elements of a vector set.",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(vcard),
        ..GLANCE
    },
    Command {
        name: "VDIM",
        syntax: "VDIM key",
        summary: "Returns the number of components of the vectors of a vector set.",
        arity: 2,
        reply: "integer",
        handler: Handler::Now(vdim),
        ..GLANCE
    },
    Command {
        name: "VEMB",
        syntax: "VEMB key element [RAW]",
        summary: "Returns the vector of an element, about as it was added.",
        arity: -3,
        reply: "double[] | null; with RAW: any[] | null",
        handler: Handler::Now(vemb),
        ..GLANCE
    },
    Command {
        name: "VGETATTR",
        syntax: "VGETATTR key element",
        summary: "Returns the attributes of an element.",
        arity: 3,
        reply: "bulk | null",
        handler: Handler::Now(vgetattr),
        ..GLANCE
    },
    Command {
        name: "VINFO",
        syntax: "VINFO key",
        summary: "Returns information about a vector set.",
        arity: 2,
        reply: "map | null",
        handler: Handler::Now(vinfo),
        ..GLANCE
    },
    Command {
        name: "VISMEMBER",
        syntax: "VISMEMBER key element",
        summary: "Determines whether an element belongs to a vector set.",
        since: "8.2.0",
        arity: 3,
        reply: "boolean",
        handler: Handler::Now(vismember),
        ..READ
    },
    Command {
        name: "VRANDMEMBER",
        syntax: "VRANDMEMBER key [count:int]",
        summary: "Returns one or more random elements of a vector set.",
        arity: -2,
        reply: "bulk | null; with count: bulk[]",
        handler: Handler::Now(vrandmember),
        ..READ
    },
    Command {
        name: "VRANGE",
        syntax: "VRANGE key start end [count:int]",
        summary: "Returns the elements of a vector set within a lexicographical range.",
        since: "8.4.0",
        arity: -4,
        reply: "bulk[]",
        handler: Handler::Now(vrange),
        ..READ
    },
    Command {
        name: "VREM",
        syntax: "VREM key element",
        summary: "Removes an element from a vector set.",
        arity: 3,
        handler: Handler::Now(vrem),
        ..WRITE
    },
    Command {
        name: "VSETATTR",
        syntax: "VSETATTR key element json",
        summary: "Sets the attributes of an element, or removes them if they are empty.",
        arity: 4,
        flags: WRITE.flags.and(Flags::FAST),
        handler: Handler::Now(vsetattr),
        ..WRITE
    },
];

/// The links of an element on each layer of the graph, unless M says so.
const LINKS: usize = 16;

/// Looks up an element for reading.
pub fn element<'a>(cx: &'a Context, args: &mut Args) -> Result<Option<(&'a Vectors, u32)>> {
    let (key, name) = (args.key()?, args.bytes()?);
    let vectors = cx.read::<Vectors>(key)?;
    Ok(vectors.and_then(|vectors| Some((vectors, vectors.find(name)?))))
}

/// Records a change that has no event.
fn changed(cx: &mut Context, key: &[u8]) {
    cx.keyspace.journal.dirty += 1;
    cx.keyspace.journal.touch(cx.session.db, key);
}

fn vadd(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let reduced = if args.accept("REDUCE") { Some(args.bytes().ok().and_then(parse_int)) } else { None };
    let mut vector = components(&mut args)?;
    let dim = match reduced {
        None => vector.len(),
        Some(dim) => {
            let dim = dim.and_then(|dim| usize::try_from(dim).ok()).filter(|dim| (1..=vector.len()).contains(dim));
            // A matrix of more entries could not be kept in a payload.
            dim.filter(|dim| vector.len() <= ENTRIES_MAX / dim).ok_or(INVALID_VECTOR)?
        }
    };
    let name = args.bytes().map_err(|_| Error::Arity("VADD".into()))?;
    let (mut precision, mut effort, mut links, mut attribute) = (Precision::Byte, EFFORT, LINKS, None);
    while let Some(option) = args.option() {
        match option.as_str() {
            "CAS" => {}
            "NOQUANT" => precision = Precision::Full,
            "BIN" => precision = Precision::Sign,
            "Q8" => precision = Precision::Byte,
            "EF" if !args.is_empty() => effort = whole(&mut args, 1..=1_000_000, "invalid EF")?,
            "M" if !args.is_empty() => links = whole(&mut args, 4..=4096, "invalid M")?,
            "SETATTR" if !args.is_empty() => attribute = Some(args.bytes()?),
            _ => return Err(Error::own("invalid option after element")),
        }
    }
    let given = vector.len();
    if let Some(vectors) = cx.write::<Vectors>(key)? {
        fits(vectors, (precision, links), given, reduced.map(|_| dim))?;
    } else {
        let uid = cx.server.vector_sets;
        cx.server.vector_sets += 1;
        let vectors = Vectors::new(dim, links, precision, reduced.map(|_| given), uid);
        cx.set_keeping_ttl(key, Value::Vectors(Box::new(vectors)));
    }
    if reduced.is_some() {
        vector = project(&vector, dim);
    }
    let (db, now) = (cx.session.db, cx.now());
    let Some(vectors) = cx.keyspace.dbs[db].get_mut(key, now).and_then(Vectors::of_mut) else { return Err(Error::WrongType) };
    let server = &mut *cx.server;
    let is_new = vectors.insert(name, &vector, effort, &mut |below| server.random_below(below));
    if let (Some(attribute), Some(at)) = (attribute, vectors.find(name)) {
        // An empty text removes what there was.
        vectors.set_attribute(at, Some(attribute.into()).filter(|_| is_new || !attribute.is_empty()));
    }
    changed(cx, key);
    Ok(Reply::Bool(is_new))
}

/// Checks that a vector of `given` components can be added to a set.
fn fits(vectors: &Vectors, (precision, links): (Precision, usize), given: usize, reduced: Option<usize>) -> Result<()> {
    let sentence = if precision != vectors.precision {
        "asked quantization mismatch with existing vector set".into()
    } else if links != vectors.links() {
        "asked M value mismatch with existing vector set".into()
    } else {
        let has = vectors.dim();
        match (vectors.projected_from, reduced) {
            (None, _) if given != has => mismatch(given, has),
            (None, Some(_)) => "cannot add projection to existing set without projection".into(),
            (Some(_), reduced) if reduced != Some(has) => mismatch(given, has),
            (Some(expected), _) if given != expected => projection_mismatch(given, expected),
            _ => return Ok(()),
        }
    };
    Err(Error::own(sentence))
}

/// Words that a vector has not as many components as those of a set.
pub fn mismatch(given: usize, has: usize) -> String {
    format!("Vector dimension mismatch - got {given} but set has {has}")
}

/// Words that a vector has not as many components as are projected.
pub fn projection_mismatch(given: usize, expected: usize) -> String {
    format!("Input dimension mismatch for projection - got {given} but projection expects {expected}")
}

fn vcard(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(cx.read::<Vectors>(args.key()?)?.map_or(0, Vectors::len).into())
}

fn vdim(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let vectors = cx.read::<Vectors>(args.key()?)?;
    Ok(vectors.ok_or(Error::own("key does not exist"))?.dim().into())
}

fn vemb(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let mut options = args;
    options.take(2)?;
    let raw = !options.is_empty();
    while let Some(option) = options.option() {
        if option.as_str() != "RAW" {
            return Err(Error::own("invalid option"));
        }
    }
    let Some((vectors, at)) = element(cx, &mut args)? else { return Ok(Reply::Null) };
    let vector = vectors.vector(at);
    if !raw {
        return Ok(vector.components(vectors.dim()).into_iter().map(f64::from).collect());
    }
    let mut facts =
        vec![Reply::status(vectors.precision.name()), vector.bytes().into(), f64::from(vector.norm).into()];
    if matches!(vector.codes, Codes::Byte(_)) {
        facts.push(f64::from(vector.range).into());
    }
    Ok(Reply::Array(facts))
}

fn vgetattr(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(element(cx, &mut args)?.and_then(|(vectors, at)| vectors.attribute(at)).into())
}

fn vinfo(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let Some(vectors) = cx.read::<Vectors>(args.key()?)? else { return Ok(Reply::NullArray) };
    let facts: [(&str, Reply); 9] = [
        ("quant-type", Reply::status(vectors.precision.name())),
        ("hnsw-m", vectors.links().into()),
        ("vector-dim", vectors.dim().into()),
        ("projection-input-dim", vectors.projected_from.unwrap_or(0).into()),
        ("size", vectors.len().into()),
        ("max-level", vectors.top_layer().into()),
        ("attributes-count", vectors.attributes().into()),
        ("vset-uid", Reply::Int(vectors.uid as i64)),
        ("hnsw-max-node-uid", Reply::Int(vectors.additions() as i64)),
    ];
    Ok(Reply::Map(facts.into_iter().map(|(name, fact)| (Reply::status(name), fact)).collect()))
}

fn vismember(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(Reply::Bool(element(cx, &mut args)?.is_some()))
}

fn vrandmember(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    if args.len() > 1 {
        return Err(Error::Arity("VRANDMEMBER".into()));
    }
    let count = match args.option() {
        None => None,
        Some(_) => Some(parse_int(args.argv()[2]).ok_or(Error::own("COUNT value is not an integer"))?),
    };
    if count == Some(i64::MIN) {
        return Err(Error::own("COUNT value is out of range"));
    }
    if count == Some(0) {
        return Ok(Reply::Array(Vec::new()));
    }
    let len = cx.read::<Vectors>(key)?.map_or(0, Vectors::len);
    let picked = cx.random_positions(count.unwrap_or(-1), len)?;
    let Some(vectors) = cx.look::<Vectors>(key)? else {
        return Ok(if count.is_some() { Reply::Array(Vec::new()) } else { Reply::Null });
    };
    let names: Vec<&Bytes> = picked.into_iter().map(|at| vectors.name(at as u32)).collect();
    cx.admit_repeats(count.unwrap_or(1), names.iter().map(|name| name.len()).sum())?;
    Ok(if count.is_some() { names.into_iter().collect() } else { names.first().copied().into() })
}

fn vrange(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, start, end) = (args.key()?, args.bytes()?, args.bytes()?);
    if args.len() > 1 {
        return Err(Error::Arity("VRANGE".into()));
    }
    let count = match args.bytes() {
        Err(_) => -1,
        Ok(count) => parse_int(count).ok_or(Error::own("invalid COUNT value"))?,
    };
    let bound = |text: &'_ [u8], sentence: &'static str| match text {
        b"-" | b"+" => Ok(None),
        [b'[' | b'(', _, ..] => Ok(Some(text[0] == b'[')),
        _ => Err(Error::own(sentence)),
    };
    let (from, to) = (bound(start, "invalid start range format")?, bound(end, "invalid end range format")?);
    if start == b"+" || end == b"-" {
        return Err(Error::own("'-' can only be used as first argument, '+' only as second"));
    }
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let Some(vectors) = cx.read::<Vectors>(key)? else { return Ok(Reply::Array(Vec::new())) };
    let first = from.map_or(0, |included| vectors.rank(&start[1..], !included));
    let end = to.map_or(vectors.len(), |included| vectors.rank(&end[1..], included));
    let range = vectors.by_name().get(first..end).unwrap_or_default();
    Ok(range.iter().take(count).map(|at| vectors.name(*at)).collect())
}

fn vrem(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name) = (args.key()?, args.bytes()?);
    let Some(vectors) = cx.write::<Vectors>(key)? else { return Ok(Reply::Bool(false)) };
    if !vectors.delete(name) {
        return Ok(Reply::Bool(false));
    }
    if vectors.is_empty() {
        cx.delete(key);
    }
    changed(cx, key);
    Ok(Reply::Bool(true))
}

fn vsetattr(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, name, attribute) = (args.key()?, args.bytes()?, args.bytes()?);
    let Some(vectors) = cx.write::<Vectors>(key)? else { return Ok(Reply::Bool(false)) };
    let Some(at) = vectors.find(name) else { return Ok(Reply::Bool(false)) };
    vectors.set_attribute(at, Some(attribute.into()).filter(|_| !attribute.is_empty()));
    changed(cx, key);
    Ok(Reply::Bool(true))
}
