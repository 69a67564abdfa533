//! Places on the globe as 52-bit integers whose neighbours are near one another, and the areas that a search must visit.
//!
//! Longitude and latitude are halved in turn, a bit for each half, 26 times: the bits interleave to a Z-order curve
//! (<https://en.wikipedia.org/wiki/Geohash>). The first `2 * step` bits name an area. Latitudes end where the Web
//! Mercator projection does.

use std::f64::consts::PI;
use std::ops::Range;

/// How often each axis is halved at most.
const STEPS: u32 = 26;
/// In metres.
const EARTH_RADIUS: f64 = 6372797.560856;
/// Half the equator of the projection, in metres.
const MERCATOR_MAX: f64 = 20037726.37;

/// The bits of latitudes in an interleaved number; those of longitudes are the others.
const LATITUDES: u64 = 0x5555_5555_5555_5555;
const LONGITUDES: u64 = !LATITUDES;

/// A place, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub longitude: f64,
    pub latitude: f64,
}

/// The least and the greatest degree of an axis.
type Bounds = (f64, f64);
const LONGITUDE: Bounds = (-180.0, 180.0);
const LATITUDE: Bounds = (-85.05112878, 85.05112878);

fn radians(degrees: f64) -> f64 {
    degrees * (PI / 180.0)
}

fn degrees(radians: f64) -> f64 {
    radians / (PI / 180.0)
}

/// Spreads the bits of a number over the even places.
fn spread(value: u32) -> u64 {
    let masks = [0x0000_ffff_0000_ffff, 0x00ff_00ff_00ff_00ff, 0x0f0f_0f0f_0f0f_0f0f, 0x3333_3333_3333_3333, LATITUDES];
    masks.into_iter().zip([16, 8, 4, 2, 1]).fold(value.into(), |bits, (mask, shift)| (bits | bits << shift) & mask)
}

/// Gathers the bits at the even places.
fn gather(bits: u64) -> u32 {
    let masks = [0x3333_3333_3333_3333, 0x0f0f_0f0f_0f0f_0f0f, 0x00ff_00ff_00ff_00ff, 0x0000_ffff_0000_ffff, u64::MAX];
    let gather = |bits, (mask, shift)| (bits | bits >> shift) & mask;
    masks.into_iter().zip([1, 2, 4, 8, 16]).fold(bits & LATITUDES, gather) as u32
}

impl Point {
    /// Makes a point, `None` if it lies outside of what can be stored.
    pub fn new(longitude: f64, latitude: f64) -> Option<Point> {
        let inside = |degree: f64, bounds: Bounds| (bounds.0..=bounds.1).contains(&degree);
        (inside(longitude, LONGITUDE) && inside(latitude, LATITUDE)).then_some(Point { longitude, latitude })
    }

    /// Answers the number under which the point is stored.
    pub fn encode(self) -> u64 {
        Area::around(self, STEPS, LATITUDE).bits
    }

    /// Answers the middle of the smallest area that a number names.
    pub fn decode(bits: u64) -> Point {
        let (west, east, south, north) = Area { bits, step: STEPS }.bounds();
        Point {
            longitude: ((west + east) / 2.0).clamp(LONGITUDE.0, LONGITUDE.1),
            latitude: ((south + north) / 2.0).clamp(LATITUDE.0, LATITUDE.1),
        }
    }

    /// Prints the point as the Geohash that others use, where latitudes end at the poles.
    pub fn geohash(self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";
        let bits = Area::around(self, STEPS, (-90.0, 90.0)).bits;
        // 52 bits make ten letters and two fifths of another.
        let letters = (1..=10).map(|n| ALPHABET[(bits >> (52 - n * 5)) as usize & 31]).chain([ALPHABET[0]]);
        letters.map(char::from).collect()
    }

    /// Answers the distance to another point in metres, by the haversine formula.
    pub fn distance(self, other: Point) -> f64 {
        let half = ((radians(other.longitude) - radians(self.longitude)) / 2.0).sin();
        if half == 0.0 {
            return self.latitude_distance(other);
        }
        let (from, to) = (radians(self.latitude), radians(other.latitude));
        let up = ((to - from) / 2.0).sin();
        2.0 * EARTH_RADIUS * (up * up + from.cos() * to.cos() * half * half).sqrt().asin()
    }

    /// Answers the distance in metres between the parallels of two points.
    fn latitude_distance(self, other: Point) -> f64 {
        EARTH_RADIUS * (radians(other.latitude) - radians(self.latitude)).abs()
    }
}

/// What a search is for, in metres.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    Circle { radius: f64 },
    Box { width: f64, height: f64 },
}

impl Shape {
    /// Answers the distance of a point from the middle if it lies inside.
    pub fn reach(self, middle: Point, point: Point) -> Option<f64> {
        match self {
            Shape::Circle { radius } => Some(middle.distance(point)).filter(|&distance| distance <= radius),
            Shape::Box { width, height } => {
                // The width is measured along the point's own parallel.
                let beside = Point { longitude: middle.longitude, latitude: point.latitude };
                let inside = middle.latitude_distance(point) <= height / 2.0 && point.distance(beside) <= width / 2.0;
                inside.then(|| middle.distance(point))
            }
        }
    }

    /// Answers the ranges of numbers in which all points inside are stored, with many that are not inside: the area of
    /// the middle and its neighbours, those left out that the shape does not touch.
    pub fn ranges(self, middle: Point) -> Vec<Range<u64>> {
        let (west, east, south, north) = self.bounds(middle);
        let radius = match self {
            Shape::Circle { radius } => radius,
            Shape::Box { width, height } => (width / 2.0 * (width / 2.0) + height / 2.0 * (height / 2.0)).sqrt(),
        };
        let step = steps(radius, middle.latitude);
        let mut area = Area::around(middle, step, LATITUDE);
        let reaches = |area: Area| {
            area.moved(0, 1).bounds().3 >= north
                && area.moved(0, -1).bounds().2 <= south
                && area.moved(1, 0).bounds().1 >= east
                && area.moved(-1, 0).bounds().0 <= west
        };
        if step > 1 && !reaches(area) {
            area = Area::around(middle, step - 1, LATITUDE);
        }
        let (area_west, area_east, area_south, area_north) = area.bounds();
        let touched = |&(x, y): &(i32, i32)| {
            area.step < 2
                || !((y < 0 && area_south < south)
                    || (y > 0 && area_north > north)
                    || (x < 0 && area_west < west)
                    || (x > 0 && area_east > east))
        };
        let around = [(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)];
        let mut areas: Vec<Area> = around.into_iter().filter(touched).map(|(x, y)| area.moved(x, y)).collect();
        // Where there are few areas the neighbours on both sides are one.
        areas.dedup();
        areas.into_iter().map(Area::range).collect()
    }

    /// Answers the degrees west, east, south and north between which the shape lies.
    fn bounds(self, middle: Point) -> (f64, f64, f64, f64) {
        let (across, up) = match self {
            Shape::Circle { radius } => (radius, radius),
            Shape::Box { width, height } => (width / 2.0, height / 2.0),
        };
        let Point { longitude, latitude } = middle;
        let north = degrees(up / EARTH_RADIUS);
        // A degree is shortest on the side of the nearer pole.
        let widest = if latitude < 0.0 { latitude - north } else { latitude + north };
        let east = degrees(across / EARTH_RADIUS / radians(widest).cos());
        (longitude - east, longitude + east, latitude - north, latitude + north)
    }
}

/// Answers how often the axes may be halved so that an area and its neighbours hold a circle of `radius` metres.
fn steps(mut radius: f64, latitude: f64) -> u32 {
    if radius == 0.0 {
        return STEPS;
    }
    let mut step = 1i32;
    while radius < MERCATOR_MAX {
        radius *= 2.0;
        step += 1;
    }
    step -= 2;
    // Areas narrow towards the poles.
    step -= i32::from(latitude.abs() > 66.0) + i32::from(latitude.abs() > 80.0);
    step.clamp(1, STEPS as i32) as u32
}

/// An area that came of halving each axis `step` times.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    bits: u64,
    step: u32,
}

impl Area {
    /// Answers the area in which a point lies.
    fn around(point: Point, step: u32, latitude: Bounds) -> Area {
        let cells = (1u64 << step) as f64;
        let cell = |degree: f64, bounds: Bounds| ((degree - bounds.0) / (bounds.1 - bounds.0) * cells) as u32;
        let bits = spread(cell(point.latitude, latitude)) | spread(cell(point.longitude, LONGITUDE)) << 1;
        Area { bits, step }
    }

    /// Answers its degrees west, east, south and north.
    fn bounds(self) -> (f64, f64, f64, f64) {
        let cells = (1u64 << self.step) as f64;
        let degree = |cell: f64, bounds: Bounds| bounds.0 + cell / cells * (bounds.1 - bounds.0);
        let (x, y) = (f64::from(gather(self.bits >> 1)), f64::from(gather(self.bits)));
        (degree(x, LONGITUDE), degree(x + 1.0, LONGITUDE), degree(y, LATITUDE), degree(y + 1.0, LATITUDE))
    }

    /// Answers the area a step away on each axis, around the globe where it ends. An axis that is not moved along keeps
    /// the bit beyond its places that a point at its very end has.
    fn moved(self, x: i32, y: i32) -> Area {
        let inside = u64::MAX >> (64 - 2 * self.step);
        let axis = |mask: u64, by: i32| {
            // The other axis' places are filled so that a carry passes through them.
            let (bits, other) = (self.bits & mask, inside & !mask);
            match by {
                1 => bits.wrapping_add(other + 1) & mask & inside,
                -1 => (bits | other).wrapping_sub(other + 1) & mask & inside,
                _ => bits,
            }
        };
        Area { bits: axis(LONGITUDES, x) | axis(LATITUDES, y), step: self.step }
    }

    /// Answers the numbers of all points inside.
    fn range(self) -> Range<u64> {
        let shift = 2 * (STEPS - self.step);
        self.bits << shift..(self.bits + 1) << shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_interleave_and_come_apart() {
        for value in [0, 1, 2, 0x8000_0000, u32::MAX, 0x0123_4567, 1 << 26] {
            assert_eq!(gather(spread(value)), value);
            assert_eq!(gather(spread(value) | spread(!value) << 1), value);
        }
        assert_eq!(spread(0b1011), 0b100_0101);
    }

    #[test]
    fn neighbours_go_around_the_globe() {
        let area = Area { bits: 0, step: 3 };
        assert_eq!(area.moved(-1, 0).bits, 0b10_1010);
        assert_eq!(area.moved(0, -1).bits, 0b01_0101);
        assert_eq!(area.moved(-1, -1).moved(1, 1), area);
        assert_eq!(area.moved(1, 1).bits, 0b11);
    }

    /// A search misses no point inside its shape, wherever it is.
    #[test]
    fn ranges_hold_the_shape() {
        let mut state = 11u64;
        let mut random = move || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        for _ in 0..3000 {
            let middle = Point { longitude: random() * 300.0 - 150.0, latitude: random() * 120.0 - 60.0 };
            let size = 10f64.powf(random() * 6.0);
            let shape = match random() < 0.5 {
                true => Shape::Circle { radius: size },
                false => Shape::Box { width: size, height: size * (0.2 + random()) },
            };
            let ranges = shape.ranges(middle);
            for _ in 0..20 {
                let near = |degree: f64, random: f64| degree + (random - 0.5) * size / 40_000.0;
                let longitude = near(middle.longitude, random());
                let Some(point) = Point::new(longitude, near(middle.latitude, random())) else { continue };
                let bits = point.encode();
                if shape.reach(middle, Point::decode(bits)).is_some() {
                    assert!(ranges.iter().any(|range| range.contains(&bits)), "{shape:?} {middle:?} {point:?}");
                }
            }
        }
    }
}
