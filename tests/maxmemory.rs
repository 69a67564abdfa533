//! Memory stays within `maxmemory`, and what goes is what the policy says.

mod rig;

use rig::engine::Core;
use rig::resp::Value;

fn used(core: &mut Core) -> i64 {
    let Value::Bulk(info) = core.call(1, &["INFO", "memory"]).remove(0) else { panic!("INFO answers text") };
    let info = String::from_utf8(info).unwrap();
    let line = info.lines().find_map(|line| line.strip_prefix("used_memory:")).expect("the bytes in use");
    line.trim().parse().unwrap()
}

fn number(value: &Value) -> i64 {
    if let Value::Int(number) = value { *number } else { panic!("no integer: {value:?}") }
}

/// Writes ten times as many keys as there is room for, uses ten of them all along, and answers how many of those and
/// of all are left.
fn squeeze(policy: &str) -> (i64, i64) {
    const ROOM: i64 = 1 << 20;
    let mut core = Core::new(7);
    let limit = used(&mut core) + ROOM;
    core.call(1, &["CONFIG", "SET", "maxmemory", &limit.to_string(), "maxmemory-policy", policy]);
    let hot: Vec<String> = (0..10).map(|n| format!("hot:{n}")).collect();
    for n in 0..40_000 {
        if n % 100 == 0 {
            core.advance(1000);
            for key in &hot {
                core.call(1, &["GET", key]);
            }
        }
        let key = if n < 10 { hot[n].clone() } else { format!("key:{n}") };
        let value = "a value that does not fit into the table of keys, whatever the width of pointers";
        core.call(1, &["SET", &key, value, "EX", &(1_000_000 - n).to_string()]);
        if n % 1000 == 999 {
            assert!(used(&mut core) <= limit + 4096, "{policy}: {} bytes over", used(&mut core) - limit);
        }
    }
    let kept = core.call(1, &["EXISTS"].into_iter().chain(hot.iter().map(String::as_str)).collect::<Vec<_>>());
    let left = core.call(1, &["DBSIZE"]);
    (number(&kept[0]), number(&left[0]))
}

#[test]
fn what_is_used_stays() {
    for policy in ["allkeys-lru", "allkeys-lfu", "volatile-lru", "volatile-lfu"] {
        let (kept, left) = squeeze(policy);
        assert!(kept >= 9, "{policy}: {kept} of 10 kept");
        assert!((2_000..8_000).contains(&left), "{policy}: {left} left");
    }
}

#[test]
fn other_policies_do_not_ask_for_use() {
    for policy in ["allkeys-random", "volatile-random", "volatile-ttl", "allkeys-lrm"] {
        let (kept, left) = squeeze(policy);
        // The keys that are used all along were written first and expire last.
        let range = if policy == "volatile-ttl" { 9..=10 } else { 0..=6 };
        assert!(range.contains(&kept), "{policy}: {kept} of 10 kept");
        assert!((2_000..8_000).contains(&left), "{policy}: {left} left");
    }
}
