//! The digests of DEBUG DIGEST and DEBUG DIGEST-VALUE: equal for equal contents, on Redis too.
//!
//! A value is 20 bytes into which its parts are folded: in their order by `mix` (lists, strings, streams), in any order by `join`
//! (sets, pairs of a hash or sorted set).

use crate::keyspace::{Db, Value};
use crate::structures::StreamId;
use crate::structures::array::INDEX_MAX;
use sha1::{Digest as _, Sha1};
use std::ops::ControlFlow;

/// A digest that is being made.
#[derive(Default, Clone, Copy)]
pub struct Digest([u8; 20]);

impl Digest {
    /// Digests all databases.
    pub fn of_all(dbs: &[Db]) -> Digest {
        let mut all = Digest::default();
        for (index, db) in dbs.iter().enumerate().filter(|(_, db)| !db.is_empty()) {
            all.mix(&(index as u32).to_be_bytes());
            for (key, value) in db.iter() {
                let mut entry = Digest::default();
                entry.mix(key);
                entry.add(value, db, key);
                all.join(&entry.0);
            }
        }
        all
    }

    /// Digests the value of one key.
    pub fn of_value(value: &Value, db: &Db, key: &[u8]) -> Digest {
        let mut digest = Digest::default();
        digest.add(value, db, key);
        digest
    }

    /// Prints the digest.
    pub fn hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn join(&mut self, part: &[u8]) {
        for (byte, other) in self.0.iter_mut().zip(Sha1::digest(part)) {
            *byte ^= other;
        }
    }

    fn mix(&mut self, part: &[u8]) {
        self.join(part);
        self.0 = Sha1::digest(self.0).into();
    }

    fn join_pair(&mut self, name: &[u8], value: &[u8]) {
        let mut pair = Digest::default();
        pair.mix(name);
        pair.mix(value);
        self.join(&pair.0);
    }

    fn add(&mut self, value: &Value, db: &Db, key: &[u8]) {
        let number = |kind: u32| kind.to_be_bytes();
        match value {
            Value::String(string) => {
                self.mix(&number(0));
                self.mix(&string.bytes());
            }
            Value::List(list) => {
                self.mix(&number(1));
                list.iter().for_each(|element| self.mix(element));
            }
            Value::Set(set) => {
                self.mix(&number(2));
                set.iter().for_each(|member| self.join(&member.bytes()));
            }
            Value::Zset(zset) => {
                self.mix(&number(3));
                zset.each(|member, score| self.join_pair(member, score_text(score).as_bytes()));
            }
            Value::Hash(hash) => {
                self.mix(&number(4));
                for (field, value) in hash.iter() {
                    self.join_pair(&field.bytes(), &value.bytes());
                }
            }
            Value::Array(array) => {
                self.mix(&number(8));
                let _ = array.each(0, INDEX_MAX, |index, value| {
                    self.join_pair(index.to_string().as_bytes(), &value.bytes());
                    ControlFlow::Continue(())
                });
            }
            Value::Vectors(vectors) => {
                self.mix(&number(7));
                for &at in vectors.by_name() {
                    let node = vectors.node(at);
                    self.join_pair(&node.name, &node.vector.bytes());
                    self.join_pair(&node.name, node.attribute.as_deref().unwrap_or_default());
                }
            }
            Value::Stream(stream) => {
                self.mix(&number(6));
                for item in stream.range(StreamId::MIN, StreamId::MAX, false) {
                    self.mix(format!("{}.{}", item.id.ms, item.id.seq).as_bytes());
                    for (field, value) in item.pairs() {
                        self.mix(&field.bytes());
                        self.mix(&value.bytes());
                    }
                }
            }
        }
        if db.expire_at(key).is_some() {
            self.join(b"!!expire!!");
        }
    }
}

/// Prints a score as C's `%.17g` does.
fn score_text(score: f64) -> String {
    if !score.is_finite() {
        return score.to_string();
    }
    let scientific = format!("{score:.16e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text.to_string(),
    };
    match exponent {
        -4..17 => trim(&format!("{score:.*}", (16 - exponent) as usize)),
        _ => format!("{}e{}{:02}", trim(digits), if exponent < 0 { '-' } else { '+' }, exponent.abs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_print_as_in_c() {
        for (score, text) in [
            (1.5, "1.5"),
            (0.1, "0.10000000000000001"),
            (3.0, "3"),
            (-0.0, "-0"),
            (1e16, "10000000000000000"),
            (1e17, "1e+17"),
            (1e-5, "1.0000000000000001e-05"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(score_text(score), text);
        }
    }
}
