//! Vector sets asked for what is similar. See <https://redis.io/docs/latest/commands/vsim/>.

use super::vector::{READ, element, mismatch, projection_mismatch};
use crate::dispatch::{Args, Command, Context, Flags, Handler};
use crate::protocol::resp::Protocol;
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::{parse_double, parse_int};
use crate::structures::vectors::{COMPONENTS_MAX, Filter, Vector, project};
use crate::structures::Vectors;
use std::ops::RangeInclusive;

pub const COMMANDS: &[Command] = &[
    Command {
        name: "VLINKS",
        syntax: "VLINKS key element [WITHSCORES]",
        summary: "Returns the neighbours of an element on each layer of the graph.",
        arity: -3,
        flags: READ.flags.and(Flags::FAST),
        reply: "any[] | null",
        handler: Handler::Now(vlinks),
        ..READ
    },
    Command {
        name: "VSIM",
        syntax: "VSIM key <ELE | FP32 | VALUES> vector_or_element [WITHSCORES] [WITHATTRIBS] [COUNT count:int] [EPSILON \
                 max_distance:double] [EF search-exploration-factor:int] [FILTER expression] [FILTER-EF \
                 max-filtering-effort:int] [TRUTH] [NOTHREAD]",
        summary: "Returns the elements that are the most similar to a vector or to an element.",
        arity: -4,
        reply: "bulk[]; with WITHSCORES: map; with WITHATTRIBS: map",
        handler: Handler::Now(vsim),
        ..READ
    },
];

pub const INVALID_VECTOR: Error = Error::Own(std::borrow::Cow::Borrowed("invalid vector specification"));

/// How many elements are answered, unless COUNT says so.
const COUNT: usize = 10;
/// How many neighbours are compared, unless EF says so.
const EFFORT: usize = 100;
/// How many elements are asked whether they pass a filter for each that is wanted, unless FILTER-EF says so.
const FILTERED: usize = 100;

/// Takes a whole number within bounds.
pub fn whole(args: &mut Args, bounds: RangeInclusive<i64>, sentence: &'static str) -> Result<usize> {
    Ok(usize::try_from(args.int_within(bounds, sentence)?).unwrap_or(usize::MAX))
}

/// Takes a vector: `FP32 blob` or `VALUES n v1 ... vn`.
pub fn components(args: &mut Args) -> Result<Vec<f32>> {
    let vector: Option<Vec<f32>> = if args.accept("FP32") {
        let (components, rest) = args.bytes().unwrap_or_default().as_chunks::<4>();
        let within = rest.is_empty() && components.len() <= COMPONENTS_MAX;
        within.then(|| components.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    } else if args.accept("VALUES") {
        let count = args.bytes().ok().and_then(parse_int).and_then(|count| usize::try_from(count).ok());
        let values = count.filter(|count| *count <= COMPONENTS_MAX).and_then(|count| args.take(count).ok());
        values.and_then(|values| values.iter().map(|value| parse_double(value).map(|value| value as f32)).collect())
    } else {
        None
    };
    vector.filter(|vector| !vector.is_empty()).ok_or(INVALID_VECTOR)
}

/// Answers how similar two vectors are that are so far apart: 1 the same way, 0 opposite ways.
fn score(distance: f32) -> f64 {
    1.0 - f64::from(distance) / 2.0
}

fn vlinks(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let mut options = args;
    options.take(2)?;
    let with_scores = options.accept("WITHSCORES");
    if !options.is_empty() {
        return Err(Error::Arity("VLINKS".into()));
    }
    let Some((vectors, at)) = element(cx, &mut args)? else { return Ok(Reply::Null) };
    let layers = vectors.layers(at).map(|links| {
        if with_scores {
            Reply::map(links.into_iter().map(|(link, distance)| (vectors.name(link), f64::from(1.0 - distance / 2.0))))
        } else {
            links.into_iter().map(|(link, _)| vectors.name(link)).collect()
        }
    });
    Ok(layers.collect())
}

fn vsim(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let Some(vectors) = cx.read::<Vectors>(args.key()?)? else { return Ok(Reply::Array(Vec::new())) };
    let query = query(vectors, &mut args)?;
    let (mut with_scores, mut with_attributes, mut exact) = (false, false, false);
    let (mut count, mut effort, mut epsilon) = (COUNT, EFFORT, f64::INFINITY);
    let (mut filter, mut filter_effort) = (None, None);
    let syntax = || Error::own("syntax error in VSIM command");
    while let Some(option) = args.option() {
        match option.as_str() {
            "WITHSCORES" => with_scores = true,
            "WITHATTRIBS" => with_attributes = true,
            "TRUTH" => exact = true,
            "NOTHREAD" => {}
            _ if args.is_empty() => return Err(syntax()),
            "COUNT" => count = whole(&mut args, 1..=i64::MAX, "invalid COUNT")?,
            "EF" => effort = whole(&mut args, 1..=1_000_000, "invalid EF")?,
            "FILTER-EF" => filter_effort = Some(whole(&mut args, 1..=i64::MAX, "invalid FILTER-EF")?),
            "EPSILON" => {
                let distance = parse_double(args.bytes()?).filter(|distance| *distance > 0.0);
                epsilon = distance.ok_or(Error::own("invalid EPSILON"))?;
            }
            "FILTER" => filter = Some(Filter::parse(args.bytes()?).map_err(no_filter)?),
            _ => return Err(syntax()),
        }
    }
    let mut hits: Vec<(u32, f64)> = Vec::new();
    // With a filter ever more elements are asked, until enough have passed or the effort is spent.
    let most = match filter {
        _ if exact => vectors.len(),
        None => effort.max(count),
        Some(_) => filter_effort.unwrap_or(count.saturating_mul(FILTERED)),
    };
    let mut limit = effort.max(count).min(most);
    loop {
        hits.clear();
        for near in vectors.nearest(&query, if exact { most } else { limit }, exact) {
            let passes = |filter: &Filter| vectors.attribute(near.node).is_some_and(|text| filter.passes(text));
            if hits.len() == count || f64::from(near.distance) / 2.0 > epsilon {
                break;
            }
            if filter.as_ref().is_none_or(passes) {
                hits.push((near.node, score(near.distance)));
            }
        }
        if exact || hits.len() == count || limit >= most.min(vectors.len()) {
            break;
        }
        limit = limit.saturating_mul(4).min(most);
    }
    let nested = cx.session.protocol == Protocol::Resp3;
    let (mut flat, mut pairs) = (Vec::new(), Vec::new());
    for (at, score) in hits {
        let mut facts: Vec<Reply> = if with_scores { vec![score.into()] } else { Vec::new() };
        if with_attributes {
            facts.push(vectors.attribute(at).into());
        }
        let name = vectors.name(at).into();
        match facts.len() {
            1.. if !nested => {
                flat.push(name);
                flat.extend(facts);
            }
            0 => flat.push(name),
            1 => pairs.push((name, facts.remove(0))),
            _ => pairs.push((name, Reply::Array(facts))),
        }
    }
    Ok(if nested && (with_scores || with_attributes) { Reply::Map(pairs) } else { Reply::Array(flat) })
}

/// Takes what VSIM is to compare with: `ELE element` or a vector.
fn query(vectors: &Vectors, args: &mut Args) -> Result<Vector> {
    let dim = vectors.dim();
    let mut query = if args.accept("ELE") {
        let at = vectors.find(args.bytes()?).ok_or(Error::own("element not found in set"))?;
        vectors.vector(at).components(dim)
    } else {
        components(args)?
    };
    match vectors.projected_from {
        _ if query.len() == dim => {}
        None => return Err(Error::own(mismatch(query.len(), dim))),
        Some(expected) if query.len() != expected => {
            return Err(Error::own(projection_mismatch(query.len(), expected)));
        }
        Some(_) => query = project(&query, dim),
    }
    Ok(Vector::new(&query, vectors.precision))
}

/// Says from where on an expression is none.
fn no_filter(rest: &[u8]) -> Error {
    Error::raw([b"ERR syntax error in FILTER expression near: ", rest].concat())
}
