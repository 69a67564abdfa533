//! Draws commands whose arguments must fit one another to say anything: SORT, bitmaps, HyperLogLogs and places. Each
//! kind has keys of its own, b, p and g, beside those of the types that it stands on.

use super::{Call, MEMBERS, Random};

/// Commands that are drawn here and nowhere else.
pub const NAMES: &str = "sort sort_ro setbit getbit bitcount bitpos bitop bitfield bitfield_ro pfadd pfcount pfmerge \
                         pfdebug pfselftest geoadd geodist geohash geopos georadius georadius_ro georadiusbymember \
                         georadiusbymember_ro geosearch geosearchstore";

/// Draws one of them.
pub fn draw(random: &mut Random) -> Call {
    match random.below(5) {
        0 => sort(random),
        1 => bits(random),
        2 => bitfield(random),
        3 => hyperloglog(random),
        _ => place(random),
    }
}

fn key(random: &mut Random, kinds: &str) -> String {
    let kind = kinds.as_bytes()[random.below(kinds.len())] as char;
    format!("{kind}{}", random.below(4))
}

fn words(line: &str) -> Call {
    line.split(' ').map(|word| word.into()).collect()
}

/// Draws a SORT whose order is certain: where weights may be equal it sorts by numbers, which fall back on the texts;
/// where nothing is sorted there is an order already.
fn sort(random: &mut Random) -> Call {
    let mut line = match random.below(4) {
        0 => format!("sort {} by nosort", key(random, "lz")),
        1 => format!("sort {} alpha", key(random, "lSz")),
        2 => format!("sort {}", key(random, "lSz")),
        _ => format!("sort {} by {}", key(random, "lSz"), random.pick(&["s*", "h*->f1", "*", "missing*"])),
    };
    let stores = line.ends_with("nosort") || line.ends_with("alpha");
    if random.percent(30) {
        line += " desc";
    }
    // A set that nobody sorts is answered in the order in which it happens to stand.
    if !line.contains("nosort") && random.percent(40) {
        line += &format!(" limit {} {}", random.below(6) as i64 - 1, random.below(8) as i64 - 1);
    }
    for _ in 0..random.below(3) {
        line += *random.pick(&["", " get #", " get s*", " get h*->f2", " get nothing"]);
    }
    if stores && random.percent(30) {
        line += &format!(" store {}", key(random, "lllS"));
    } else if random.percent(20) {
        line = line.replacen("sort", "sort_ro", 1);
    }
    words(&line)
}

fn bits(random: &mut Random) -> Call {
    let key = key(random, "bbbbs");
    let at = |random: &mut Random| random.below(70) as i64 - 30;
    let (one, two, bit) = (at(random), at(random), random.below(2));
    let unit = *random.pick(&["", " byte", " bit", " BIT"]);
    words(&match random.below(10) {
        0..3 => format!("setbit {key} {} {bit}", random.below(300)),
        3 => format!("getbit {key} {}", random.below(320)),
        4 => format!("bitcount {key}"),
        5 => format!("bitcount {key} {one} {two}{unit}"),
        6 => format!("bitpos {key} {bit}"),
        7 => format!("bitpos {key} {bit} {one}"),
        8 => format!("bitpos {key} {bit} {one} {two}{unit}"),
        _ => {
            let name = *random.pick(&["and", "or", "xor", "not", "and", "xor"]);
            let sources: Vec<String> =
                (0..if name == "not" { 1 } else { 1 + random.below(4) }).map(|_| self::key(random, "bbbs")).collect();
            format!("bitop {name} {key} {}", sources.join(" "))
        }
    })
}

fn bitfield(random: &mut Random) -> Call {
    let read_only = random.percent(20);
    let mut line = format!("bitfield{} {}", if read_only { "_ro" } else { "" }, key(random, "bbbbs"));
    for _ in 0..1 + random.below(5) {
        if random.percent(30) {
            line += *random.pick(&[" overflow wrap", " overflow sat", " overflow fail"]);
        }
        let width = [1, 2, 5, 8, 16, 31, 32, 63, 64][random.below(9)];
        let kind = if random.percent(50) { 'i' } else { 'u' };
        let hash = if random.percent(30) { "#" } else { "" };
        let field = format!("{kind}{width} {hash}{}", random.below(40));
        let edge = [1i64 << (width - 1).min(62), 1, 0, -1, 100, i64::MAX, i64::MIN, -(1 << (width - 1).min(62))];
        let value = edge[random.below(8)].wrapping_add(random.below(3) as i64 - 1);
        line += &match random.below(if read_only { 1 } else { 3 }) {
            0 => format!(" get {field}"),
            1 => format!(" set {field} {value}"),
            _ => format!(" incrby {field} {value}"),
        };
    }
    words(&line)
}

fn hyperloglog(random: &mut Random) -> Call {
    let keys =
        |random: &mut Random, count: usize| (0..count).map(|_| key(random, "ppppppppps")).collect::<Vec<_>>().join(" ");
    let count = 1 + random.below(3);
    words(&match random.below(8) {
        0..4 => {
            let many = [0, 1, 3, 20, 300][random.below(5)];
            let elements: Vec<String> = (0..many).map(|_| format!(" e{}", random.below(5000))).collect();
            format!("pfadd {}{}", keys(random, 1), elements.concat())
        }
        4 | 5 => format!("pfcount {}", keys(random, count)),
        6 => format!("pfmerge {}", keys(random, count + 1)),
        _ => match random.below(8) {
            0 => format!("pfdebug todense {}", keys(random, 1)),
            1 => format!("pfdebug decode {}", keys(random, 1)),
            _ => format!("del {}", keys(random, 1)),
        },
    })
}

fn place(random: &mut Random) -> Call {
    // Scores that are no places stand for the same few, of which Redis takes the first that its sorting comes upon.
    let kind = random.below(12);
    let key = key(random, if kind < 7 { "ggggggggz" } else { "g" });
    let degrees = |random: &mut Random| {
        let (longitude, latitude) =
            (random.below(3_700_000) as i64 - 1_850_000, random.below(1_720_000) as i64 - 860_000);
        // Some are near one another, and some nowhere.
        let scale = [1, 1, 20, 20, 1000][random.below(5)];
        format!("{}e-4 {}e-4", longitude / scale, latitude / scale)
    };
    let unit = *random.pick(&["m", "km", "ft", "mi", "KM"]);
    let length = |random: &mut Random| ["0", "1", "75.5", "500", "5000", "20000", "1e6"][random.below(7)];
    let member = |random: &mut Random| random.pick(&MEMBERS[..9]).to_string();
    let options = |random: &mut Random| {
        let mut options = String::new();
        for option in [" withdist", " withcoord", " withhash", " asc", " desc", " count 3", " count 2 any"] {
            if random.percent(20) {
                options += option;
            }
        }
        options
    };
    let shape = |random: &mut Random| {
        let from = match random.percent(50) {
            true => format!("fromlonlat {}", degrees(random)),
            false => format!("frommember {}", member(random)),
        };
        match random.percent(50) {
            true => format!("{from} byradius {} {unit}", length(random)),
            false => format!("{from} bybox {} {} {unit}", length(random), length(random)),
        }
    };
    words(&match kind {
        0..4 => {
            let condition = *random.pick(&["", "", "", " nx", " xx", " ch", " xx ch"]);
            let places: Vec<String> =
                (0..1 + random.below(4)).map(|_| format!(" {} {}", degrees(random), member(random))).collect();
            format!("geoadd {key}{condition}{}", places.concat())
        }
        4 => format!("geodist {key} {} {} {unit}", member(random), member(random)),
        5 => format!("geohash {key} {} {}", member(random), member(random)),
        6 => format!("geopos {key} {} {}", member(random), member(random)),
        7 => format!("georadius {key} {} {} {unit}{}", degrees(random), length(random), options(random)),
        8 => format!("georadiusbymember {key} {} {} {unit}{}", member(random), length(random), options(random)),
        9 | 10 => format!("geosearch {key} {}{}", shape(random), options(random)),
        _ => format!("geosearchstore {} {key} {} count {}", self::key(random, "g"), shape(random), 1 + random.below(6)),
    })
}
