//! SCAN and its family: what is there from the beginning of a scan to its end is reported, however much comes and goes.

mod rig;

use rig::engine::Core;
use rig::resp::Value;
use std::collections::BTreeSet;

/// A family: how a name is added and removed, how a scan begins, and how many words each name is answered with.
struct Family {
    add: &'static [&'static str],
    value: &'static [&'static str],
    remove: &'static [&'static str],
    scan: &'static [&'static str],
    width: usize,
}

const FAMILIES: [Family; 4] = [
    Family { add: &["SET"], value: &["value"], remove: &["DEL"], scan: &["SCAN"], width: 1 },
    Family { add: &["SADD", "set"], value: &[], remove: &["SREM", "set"], scan: &["SSCAN", "set"], width: 1 },
    Family { add: &["HSET", "hash"], value: &["value"], remove: &["HDEL", "hash"], scan: &["HSCAN", "hash"], width: 2 },
    Family { add: &["ZADD", "zset", "1"], value: &[], remove: &["ZREM", "zset"], scan: &["ZSCAN", "zset"], width: 2 },
];

/// The names that one step reports, and the next cursor.
fn step(core: &mut Core, family: &Family, cursor: &str) -> (Vec<String>, String) {
    let call = [family.scan, &[cursor, "COUNT", "7"]].concat();
    let text = |value: &Value| match value {
        Value::Bulk(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        other => panic!("no string: {other:?}"),
    };
    match core.call(1, &call).remove(0) {
        Value::Array(parts) => match &parts[..] {
            [cursor, Value::Array(names)] => (names.iter().step_by(family.width).map(text).collect(), text(cursor)),
            other => panic!("no cursor and names: {other:?}"),
        },
        other => panic!("no scan: {other:?}"),
    }
}

/// Scans 2000 names of which every third goes meanwhile, while others come until there are `most`, and go again.
fn scan(family: &Family, most: usize) {
    let mut core = Core::new(5);
    let name = |n: usize| format!("name:{n}");
    let add = |core: &mut Core, name: &str| drop(core.call(1, &[family.add, &[name], family.value].concat()));
    (0..2000).for_each(|n| add(&mut core, &name(n)));
    let (mut cursor, mut seen, mut come, mut gone) = (String::from("0"), BTreeSet::new(), 0, 0);
    for turn in 0.. {
        let (names, next) = step(&mut core, family, &cursor);
        seen.extend(names);
        cursor = next;
        if cursor == "0" {
            break;
        }
        for _ in 0..(most / 100).max(5) {
            if come < most {
                add(&mut core, &format!("other:{come}"));
                come += 1;
            } else if gone < most {
                core.call(1, &[family.remove, &[&format!("other:{gone}")]].concat());
                gone += 1;
            }
        }
        core.call(1, &[family.remove, &[&name(turn * 3 % 2000 / 3 * 3)]].concat());
    }
    for n in (0..2000).filter(|n| n % 3 > 0) {
        assert!(seen.contains(&name(n)), "{:?}: {} was there all along", family.scan, name(n));
    }
    assert!(gone == most, "{:?}: the scan ended before all had gone again", family.scan);
}

#[test]
fn what_stays_is_reported() {
    for family in &FAMILIES {
        scan(family, 100);
        scan(family, 10_000);
    }
}
