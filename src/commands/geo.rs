//! Places on the globe, kept in a sorted set. See <https://redis.io/docs/latest/develop/data-types/geospatial/>.

use super::zset;
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, Keys};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Zset;
use crate::structures::geohash::Point;

const READ: Command =
    Command { since: "3.2.0", group: Group::Geo, flags: Flags::READONLY, keys: Keys::READ, ..Command::DEFAULT };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "GEOADD",
        syntax: "GEOADD key [<NX | XX>] [CH] (longitude:double latitude:double member)...",
        summary: "Adds one or more members to a geospatial index. The key is created if it doesn't exist.",
        complexity: "O(log(N)) for each item added, where N is the number of elements in the sorted set.",
        since: "3.2.0",
        group: Group::Geo,
        arity: -5,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys::UPDATE,
        reply: "integer",
        handler: Handler::Now(geoadd),
        history: &[("6.2.0", "Added the `CH`, `NX` and `XX` options.")],
        ..Command::DEFAULT
    },
    Command {
        name: "GEODIST",
        syntax: "GEODIST key member1 member2 [<M | KM | FT | MI>]",
        summary: "Returns the distance between two members of a geospatial index.",
        complexity: "O(1)",
        arity: -4,
        reply: "bulk | null",
        handler: Handler::Now(geodist),
        ..READ
    },
    Command {
        name: "GEOHASH",
        syntax: "GEOHASH key [member...]",
        summary: "Returns members from a geospatial index as geohash strings.",
        complexity: "O(1) for each member requested.",
        arity: -2,
        reply: "(bulk | null)[]",
        handler: Handler::Now(geohash),
        ..READ
    },
    Command {
        name: "GEOPOS",
        syntax: "GEOPOS key [member...]",
        summary: "Returns the longitude and latitude of members from a geospatial index.",
        complexity: "O(1) for each member requested.",
        arity: -2,
        reply: "([double, double] | null)[]",
        handler: Handler::Now(geopos),
        ..READ
    },
];

/// Takes a longitude and a latitude.
pub(super) fn point(args: &mut Args) -> Result<Point> {
    let (longitude, latitude) = (args.float()?, args.float()?);
    let sentence = || format!("invalid longitude,latitude pair {longitude:.6},{latitude:.6}");
    Point::new(longitude, latitude).ok_or_else(|| Error::own(sentence()))
}

/// Takes a unit and answers the metres in it.
pub(super) fn unit(args: &mut Args) -> Result<f64> {
    match args.option().ok_or(Error::Syntax)?.as_str() {
        "M" => Ok(1.0),
        "KM" => Ok(1000.0),
        "FT" => Ok(0.3048),
        "MI" => Ok(1609.34),
        _ => Err(Error::own("unsupported unit provided. please use M, KM, FT, MI")),
    }
}

/// Answers the place that a score stands for.
pub(super) fn place(score: f64) -> Point {
    // A score that GEOADD never gave is cut to 64 bits as Redis's machines do it.
    let signed = |score: f64| if score.abs() < 2f64.powi(63) { score as i64 } else { i64::MIN };
    let bits = if score < 2f64.powi(63) { signed(score) } else { signed(score - 2f64.powi(63)) ^ i64::MIN };
    Point::decode(bits as u64)
}

/// Prints a distance with four digits behind the point.
pub(super) fn distance(distance: f64) -> Reply {
    let rounded = (distance * 10_000.0).round_ties_even() as u64;
    format!("{}.{:04}", rounded / 10_000, rounded % 10_000).into()
}

/// Answers a place as a pair of degrees.
pub(super) fn coordinates(point: Point) -> Reply {
    Reply::Array(vec![point.longitude.into(), point.latitude.into()])
}

fn geoadd(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    let (mut nx, mut xx, mut ch) = (false, false, false);
    loop {
        match () {
            _ if args.accept("NX") => nx = true,
            _ if args.accept("XX") => xx = true,
            _ if args.accept("CH") => ch = true,
            _ => break,
        }
    }
    if !args.len().is_multiple_of(3) || (nx && xx) {
        return Err(Error::Syntax);
    }
    let mut pairs = Vec::with_capacity(args.len() / 3);
    while !args.is_empty() {
        pairs.push((point(&mut args)?.encode() as f64, args.bytes()?));
    }
    zset::add_under(cx, key, &pairs, nx, xx, ch)
}

fn geodist(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, one, other) = (args.key()?, args.bytes()?, args.bytes()?);
    let metres = match args.len() {
        0 => 1.0,
        1 => unit(&mut args)?,
        _ => return Err(Error::Syntax),
    };
    let Some(zset) = cx.read::<Zset>(key)? else { return Ok(Reply::Null) };
    let (Some(one), Some(other)) = (zset.score(one), zset.score(other)) else { return Ok(Reply::Null) };
    Ok(distance(place(one).distance(place(other)) / metres))
}

fn geohash(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let zset = cx.read::<Zset>(args.key()?)?;
    let hash = |member: &&[u8]| zset?.score(member).map(|score| place(score).geohash());
    Ok(args.rest().iter().map(hash).collect())
}

fn geopos(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let zset = cx.read::<Zset>(args.key()?)?;
    let position = |member: &&[u8]| {
        let score = zset.and_then(|zset| zset.score(member));
        score.map_or(Reply::NullArray, |score| coordinates(place(score)))
    };
    Ok(args.rest().iter().map(position).collect())
}
