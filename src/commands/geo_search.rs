//! Members of a geospatial index in a circle or a box.

use super::geo::{coordinates, distance, place, point, unit};
use super::{zset, zset_range};
use crate::dispatch::keys::{Begin, Find, KeySpec};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Zset;
use crate::structures::geohash::{Point, Shape};
use crate::structures::order::sort_by;

/// A key after one of the words by which the older commands store.
const fn stored_after(word: &'static str, from: i32) -> KeySpec {
    let find = Find::Range { last: 0, step: 1, limit: 0 };
    KeySpec { begin: Begin::Keyword(word, from), find, flags: KeyFlags::OW_UPDATE.and(KeyFlags::INCOMPLETE) }
}

/// GEORADIUS and GEORADIUSBYMEMBER.
const RADIUS: Command = Command {
    complexity: "O(N+log(M)) where N is the number of elements inside the bounding box of the circular area delimited \
                 by center and radius and M is the number of items inside the index.",
    since: "3.2.0",
    group: Group::Geo,
    flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::MOVABLEKEYS),
    reply: "any[]; with STORE: integer; with STOREDIST: integer",
    history: &[
        ("6.2.0", "Added the `ANY` option for `COUNT`."),
        ("7.0.0", "Added support for uppercase unit names."),
    ],
    ..Command::DEFAULT
};
const RADIUS_RO: Command =
    Command { since: "3.2.10", flags: Flags::READONLY, keys: Keys::READ, reply: "any[]", ..RADIUS };

/// GEOSEARCH and GEOSEARCHSTORE.
const SEARCH: Command = Command {
    complexity: "O(N+log(M)) where N is the number of elements in the grid-aligned bounding box area around the shape \
                 provided as the filter and M is the number of items inside the shape",
    since: "6.2.0",
    group: Group::Geo,
    history: &[("7.0.0", "Added support for uppercase unit names.")],
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "GEORADIUS",
        syntax: "GEORADIUS key longitude:double latitude:double radius:double <M | KM | FT | MI> [WITHCOORD] \
                 [WITHDIST] [WITHHASH] [(COUNT count:int [ANY])] [<ASC | DESC>] [<STORE storekey:key | STOREDIST \
                 storedistkey:key>]",
        summary: "Queries a geospatial index for members within a distance from a coordinate, optionally stores the result.",
        arity: -6,
        keys: Keys(&[
            keys::range(1, 0, 1, KeyFlags::RO_ACCESS),
            stored_after("STORE", 6),
            stored_after("STOREDIST", 6),
        ]),
        handler: Handler::Now(georadius),
        deprecated: Some(("6.2.0", "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument")),
        ..RADIUS
    },
    Command {
        name: "GEORADIUS_RO",
        syntax: "GEORADIUS_RO key longitude:double latitude:double radius:double <M | KM | FT | MI> [WITHCOORD] \
                 [WITHDIST] [WITHHASH] [(COUNT count:int [ANY])] [<ASC | DESC>]",
        summary: "Returns members from a geospatial index that are within a distance from a coordinate.",
        arity: -6,
        handler: Handler::Now(georadius_ro),
        deprecated: Some(("6.2.0", "`GEOSEARCH` with the `BYRADIUS` argument")),
        ..RADIUS_RO
    },
    Command {
        name: "GEORADIUSBYMEMBER",
        syntax: "GEORADIUSBYMEMBER key member radius:double <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] \
                 [(COUNT count:int [ANY])] [<ASC | DESC>] [<STORE storekey:key | STOREDIST storedistkey:key>]",
        summary: "Queries a geospatial index for members within a distance from a member, optionally stores the result.",
        arity: -5,
        keys: Keys(&[
            keys::range(1, 0, 1, KeyFlags::RO_ACCESS),
            stored_after("STORE", 5),
            stored_after("STOREDIST", 5),
        ]),
        handler: Handler::Now(georadiusbymember),
        deprecated: Some(("6.2.0", "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments")),
        ..RADIUS
    },
    Command {
        name: "GEORADIUSBYMEMBER_RO",
        syntax: "GEORADIUSBYMEMBER_RO key member radius:double <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] \
                 [(COUNT count:int [ANY])] [<ASC | DESC>]",
        summary: "Returns members from a geospatial index that are within a distance from a member.",
        arity: -5,
        handler: Handler::Now(georadiusbymember_ro),
        deprecated: Some(("6.2.0", "`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments")),
        ..RADIUS_RO
    },
    Command {
        name: "GEOSEARCH",
        syntax: "GEOSEARCH key <FROMMEMBER member | FROMLONLAT (longitude:double latitude:double)> <(BYRADIUS \
                 radius:double <M | KM | FT | MI>) | (BYBOX width:double height:double <M | KM | FT | MI>)> [<ASC | \
                 DESC>] [(COUNT count:int [ANY])] [WITHCOORD] [WITHDIST] [WITHHASH]",
        summary: "Queries a geospatial index for members inside an area of a box or a circle.",
        arity: -7,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "any[]",
        handler: Handler::Now(geosearch),
        ..SEARCH
    },
    Command {
        name: "GEOSEARCHSTORE",
        syntax: "GEOSEARCHSTORE destination:key source:key <FROMMEMBER member | FROMLONLAT (longitude:double \
                 latitude:double)> <(BYRADIUS radius:double <M | KM | FT | MI>) | (BYBOX width:double height:double \
                 <M | KM | FT | MI>)> [<ASC | DESC>] [(COUNT count:int [ANY])] [STOREDIST]",
        summary: "Queries a geospatial index for members inside an area of a box or a circle, optionally stores the result.",
        arity: -8,
        flags: Flags::WRITE.and(Flags::DENYOOM),
        keys: Keys(&[keys::range(1, 0, 1, KeyFlags::OW_UPDATE), keys::range(2, 0, 1, KeyFlags::RO_ACCESS)]),
        reply: "integer",
        handler: Handler::Now(geosearchstore),
        ..SEARCH
    },
];

/// Members looked at between two looks at whether there are enough.
const STRIDE: usize = 64;

#[derive(Clone, Copy, PartialEq)]
enum Order {
    Ascending,
    Descending,
}

/// What a search is for and what becomes of what it finds.
struct Query<'a> {
    /// `None` if the key that would say it does not exist.
    middle: Option<Point>,
    shape: Shape,
    /// The metres in the unit of distances.
    metres: f64,
    with_distance: bool,
    with_hash: bool,
    with_coordinates: bool,
    /// The most members; 0 is no limit.
    count: usize,
    /// Any `count` members will do.
    any: bool,
    order: Option<Order>,
    store: Option<&'a [u8]>,
    store_distance: bool,
}

impl Default for Query<'_> {
    fn default() -> Self {
        Query {
            middle: None,
            shape: Shape::Circle { radius: 0.0 },
            metres: 1.0,
            with_distance: false,
            with_hash: false,
            with_coordinates: false,
            count: 0,
            any: false,
            order: None,
            store: None,
            store_distance: false,
        }
    }
}

/// Takes a length, or fails with a sentence that says which one it is.
fn length(args: &mut Args, sentence: &'static str) -> Result<f64> {
    args.float().map_err(|_| Error::own(sentence))
}

impl<'a> Query<'a> {
    fn radius(&mut self, args: &mut Args) -> Result<()> {
        let radius = length(args, "need numeric radius")?;
        if radius < 0.0 {
            return Err(Error::own("radius cannot be negative"));
        }
        self.metres = unit(args)?;
        self.shape = Shape::Circle { radius: radius * self.metres };
        Ok(())
    }

    fn sides(&mut self, args: &mut Args) -> Result<()> {
        let (width, height) = (length(args, "need numeric width")?, length(args, "need numeric height")?);
        if width < 0.0 || height < 0.0 {
            return Err(Error::own("height or width cannot be negative"));
        }
        self.metres = unit(args)?;
        self.shape = Shape::Box { width: width * self.metres, height: height * self.metres };
        Ok(())
    }

    /// Takes the member in the middle. Without a zset it is not missed before all is read.
    fn member(&mut self, args: &mut Args, zset: Option<&Zset>) -> Result<()> {
        let member = args.bytes()?;
        if let Some(zset) = zset {
            let score = zset.score(member).ok_or(Error::own("could not decode requested zset member"))?;
            self.middle = Some(place(score));
        }
        Ok(())
    }

    /// Takes an option that all searches have, and tells whether it is one.
    fn option(&mut self, name: &str, args: &mut Args) -> Result<bool> {
        match name {
            "WITHDIST" => self.with_distance = true,
            "WITHHASH" => self.with_hash = true,
            "WITHCOORD" => self.with_coordinates = true,
            "ANY" => self.any = true,
            "ASC" => self.order = Some(Order::Ascending),
            "DESC" => self.order = Some(Order::Descending),
            "COUNT" if !args.is_empty() => {
                let count = args.int()?;
                if count <= 0 {
                    return Err(Error::own("COUNT must be > 0"));
                }
                self.count = usize::try_from(count).unwrap_or(usize::MAX);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Checks what options mean together; `storing` names what stores in the error.
    fn check(&mut self, storing: &str) -> Result<()> {
        if self.store.is_some() && (self.with_distance || self.with_hash || self.with_coordinates) {
            return Err(Error::telling(format_args!("{storing} is not compatible with WITHDIST, WITHHASH and WITHCOORD options")));
        }
        Ok(())
    }

    fn check_any(&mut self) -> Result<()> {
        if self.any && self.count == 0 {
            return Err(Error::own("the ANY argument requires COUNT argument"));
        }
        // Some of those found are the nearest, unless any will do.
        if self.count > 0 && !self.any {
            self.order.get_or_insert(Order::Ascending);
        }
        Ok(())
    }
}

/// A member that was found.
struct Found<'a> {
    member: &'a [u8],
    score: f64,
    point: Point,
    /// In the unit of the query.
    distance: f64,
}

/// Looks through the areas that the shape touches, in their order.
fn search<'a>(zset: &'a Zset, query: &Query, middle: Point) -> Vec<Found<'a>> {
    let enough = if query.any { query.count } else { usize::MAX };
    let mut found = Vec::new();
    for range in query.shape.ranges(middle) {
        let below = |bound: u64| zset.count_scores(|score| score < bound as f64);
        let (mut from, to) = (below(range.start), below(range.end));
        while from < to && found.len() < enough {
            let next = to.min(from + STRIDE);
            zset.walk(from..next, false, |member, score| {
                let point = place(score);
                if found.len() < enough
                    && let Some(metres) = query.shape.reach(middle, point)
                {
                    found.push(Found { member, score, point, distance: metres / query.metres });
                }
            });
            from = next;
        }
    }
    match query.order {
        Some(Order::Ascending) => sort_by(&mut found, |a, b| a.distance.total_cmp(&b.distance)),
        Some(Order::Descending) => sort_by(&mut found, |a, b| b.distance.total_cmp(&a.distance)),
        None => {}
    }
    if query.count > 0 {
        found.truncate(query.count);
    }
    found
}

/// Runs a query and answers or stores what it finds.
fn run(cx: &mut Context, key: &[u8], query: &Query, event: &'static str) -> Result<Reply> {
    let limits = zset::limits(cx);
    let zset = cx.look::<Zset>(key)?;
    let found = match (zset, query.middle) {
        (Some(zset), Some(middle)) => search(zset, query, middle),
        _ => Vec::new(),
    };
    let Some(destination) = query.store else {
        return Ok(found.iter().map(|found| row(found, query)).collect());
    };
    let longest = found.iter().map(|found| found.member.len()).max().unwrap_or(0);
    let mut stored = Zset::for_members(found.len(), longest, limits);
    for found in found {
        let score = if query.store_distance { found.distance } else { found.score };
        stored.insert(found.member, score, limits);
    }
    zset_range::store(cx, destination, stored, event)
}

fn row(found: &Found, query: &Query) -> Reply {
    let member = Reply::bulk(found.member);
    let mut row = vec![member.clone()];
    if query.with_distance {
        row.push(distance(found.distance));
    }
    if query.with_hash {
        row.push((found.score as i64).into());
    }
    if query.with_coordinates {
        row.push(coordinates(found.point));
    }
    if row.len() == 1 { member } else { Reply::Array(row) }
}

fn georadius(cx: &mut Context, args: Args) -> Result<Reply> {
    by_radius(cx, args, false, true)
}

fn georadius_ro(cx: &mut Context, args: Args) -> Result<Reply> {
    by_radius(cx, args, false, false)
}

fn georadiusbymember(cx: &mut Context, args: Args) -> Result<Reply> {
    by_radius(cx, args, true, true)
}

fn georadiusbymember_ro(cx: &mut Context, args: Args) -> Result<Reply> {
    by_radius(cx, args, true, false)
}

fn by_radius(cx: &mut Context, mut args: Args, by_member: bool, may_store: bool) -> Result<Reply> {
    let key = args.key()?;
    let zset = cx.read::<Zset>(key)?;
    let mut query = Query::default();
    match (by_member, zset) {
        (false, _) => {
            query.middle = Some(point(&mut args)?);
            query.radius(&mut args)?;
        }
        (true, Some(_)) => {
            query.member(&mut args, zset)?;
            query.radius(&mut args)?;
        }
        // As in Redis, nothing is checked that the missing key has made pointless.
        (true, None) => drop(args.take(3)?),
    }
    while let Some(option) = args.option() {
        match option.as_str() {
            "STORE" if may_store && !args.is_empty() => {
                (query.store, query.store_distance) = (Some(args.key()?), false)
            }
            "STOREDIST" if may_store && !args.is_empty() => {
                (query.store, query.store_distance) = (Some(args.key()?), true);
            }
            name => {
                if !query.option(name, &mut args)? {
                    return Err(Error::Syntax);
                }
            }
        }
    }
    query.check("STORE option in GEORADIUS")?;
    query.check_any()?;
    run(cx, key, &query, "georadiusstore")
}

fn geosearch(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let key = args.key()?;
    by_shape(cx, key, args, None)
}

fn geosearchstore(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (destination, key) = (args.key()?, args.key()?);
    by_shape(cx, key, args, Some(destination))
}

fn by_shape<'a>(cx: &mut Context, key: &[u8], mut args: Args<'a>, store: Option<&'a [u8]>) -> Result<Reply> {
    let zset = cx.read::<Zset>(key)?;
    let mut query = Query { store, ..Query::default() };
    let (mut from_member, mut from_point, mut circle, mut sides) = (false, false, false, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "FROMMEMBER" if !from_point && !args.is_empty() => {
                query.member(&mut args, zset)?;
                from_member = true;
            }
            "FROMLONLAT" if !from_member && args.len() >= 2 => {
                query.middle = Some(point(&mut args)?);
                from_point = true;
            }
            "BYRADIUS" if !sides && args.len() >= 2 => {
                query.radius(&mut args)?;
                circle = true;
            }
            "BYBOX" if !circle && args.len() >= 3 => {
                query.sides(&mut args)?;
                sides = true;
            }
            "STOREDIST" if store.is_some() => query.store_distance = true,
            name => {
                if !query.option(name, &mut args)? {
                    return Err(Error::Syntax);
                }
            }
        }
    }
    query.check("GEOSEARCHSTORE")?;
    let name = String::from_utf8_lossy(args.argv()[0]);
    if !from_member && !from_point {
        return Err(Error::telling(format_args!("exactly one of FROMMEMBER or FROMLONLAT can be specified for {name}")));
    }
    if !circle && !sides {
        return Err(Error::telling(format_args!("exactly one of BYRADIUS and BYBOX can be specified for {name}")));
    }
    query.check_any()?;
    run(cx, key, &query, "geosearchstore")
}
