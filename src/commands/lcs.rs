//! The longest common subsequence of two strings. See <https://redis.io/docs/latest/commands/lcs/>.

use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::protocol::{Error, Reply, Result};
use crate::structures::Str;

pub const COMMANDS: &[Command] = &[Command {
    name: "LCS",
    syntax: "LCS key1:key key2:key [LEN] [IDX] [MINMATCHLEN min-match-len:int] [WITHMATCHLEN]",
    summary: "Finds the longest common subsequence of two strings.",
    complexity: "O(N*M) where N and M are the lengths of s1 and s2, respectively",
    since: "7.0.0",
    group: Group::String,
    arity: -3,
    flags: Flags::READONLY,
    keys: Keys(&[keys::range(1, 1, 1, KeyFlags::RO_ACCESS)]),
    reply: "bulk; with LEN: integer; with IDX: map",
    handler: Handler::Now(lcs),
    ..Command::DEFAULT
}];

fn lcs(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key1, key2) = (args.key()?, args.key()?);
    let not_strings = |_| Error::own("The specified keys must contain string values");
    // As in Redis, the types are checked before the options.
    let one = cx.read::<Str>(key1).map_err(not_strings)?.map(Str::bytes).unwrap_or_default();
    let two = cx.read::<Str>(key2).map_err(not_strings)?.map(Str::bytes).unwrap_or_default();
    let (mut len, mut idx, mut min_match_len, mut with_match_len) = (false, false, 0, false);
    while let Some(option) = args.option() {
        match option.as_str() {
            "LEN" => len = true,
            "IDX" => idx = true,
            "MINMATCHLEN" => min_match_len = args.int()?.max(0) as u64,
            "WITHMATCHLEN" => with_match_len = true,
            _ => return Err(Error::Syntax),
        }
    }
    if len && idx {
        return Err(Error::own("If you want both the length and indexes, please just use IDX."));
    }
    let table = Table::new(&one, &two, !len, cx.server.config.proto_max_bulk_len)?;
    if len {
        return Ok(table.length.into());
    }
    let matches = table.matches(&one, &two);
    if !idx {
        let parts: Vec<&[u8]> = matches.iter().rev().map(|m| &one[m.one..m.one + m.len]).collect();
        return Ok(parts.concat().into());
    }
    let range = |at: usize, len: usize| Reply::from_iter([at, at + len - 1]);
    let ranges = matches.iter().filter(|m| m.len as u64 >= min_match_len).map(|m| {
        let mut both = vec![range(m.one, m.len), range(m.two, m.len)];
        if with_match_len {
            both.push(m.len.into());
        }
        Reply::Array(both)
    });
    Ok(Reply::map([("matches", ranges.collect()), ("len", Reply::from(table.length))]))
}

/// What dynamic programming leaves to be read.
///
/// The textbook keeps the length for every pair of prefixes. Here two rows of them are kept at a time, and one bit a
/// pair that remembers which way the longer one came: an eighth of a byte where four were.
struct Table {
    length: usize,
    width: usize,
    /// For the pair (i, j), at `i * width + j`: dropping the last byte of the first prefix leaves more in common than
    /// dropping that of the second. Empty if only the length was asked for.
    up: Vec<u64>,
}

/// A run of bytes that both strings have in common, and where it begins in each.
struct Match {
    one: usize,
    two: usize,
    len: usize,
}

impl Table {
    /// Compares two strings. `limit` is what Redis's table, with four bytes a pair, may take.
    fn new(one: &[u8], two: &[u8], directions: bool, limit: usize) -> Result<Table> {
        let pairs = (one.len() as u64 + 1).saturating_mul(two.len() as u64 + 1);
        if pairs.saturating_mul(4) > limit as u64 {
            return Err(Error::own("Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len"));
        }
        let width = two.len() + 1;
        if one.is_empty() || two.is_empty() {
            return Ok(Table { length: 0, width, up: Vec::new() });
        }
        let mut up: Vec<u64> = zeros(if directions { (pairs / 64 + 1) as usize } else { 0 })?;
        let (mut above, mut row): (Vec<u32>, Vec<u32>) = (zeros(width)?, zeros(width)?);
        for (i, a) in one.iter().enumerate() {
            for (j, b) in two.iter().enumerate() {
                row[j + 1] = if a == b {
                    above[j] + 1
                } else {
                    if directions && above[j + 1] > row[j] {
                        let at = (i + 1) * width + j + 1;
                        up[at / 64] |= 1 << (at % 64);
                    }
                    above[j + 1].max(row[j])
                };
            }
            std::mem::swap(&mut above, &mut row);
        }
        Ok(Table { length: above[two.len()] as usize, width, up })
    }

    /// Lists the common runs from the last to the first.
    fn matches(&self, one: &[u8], two: &[u8]) -> Vec<Match> {
        let (mut i, mut j, mut found) = (one.len(), two.len(), Vec::new());
        while i > 0 && j > 0 {
            let len = (1..=i.min(j)).take_while(|back| one[i - back] == two[j - back]).count();
            if len > 0 {
                (i, j) = (i - len, j - len);
                found.push(Match { one: i, two: j, len });
                continue;
            }
            let at = i * self.width + j;
            if self.up[at / 64] >> (at % 64) & 1 == 1 { i -= 1 } else { j -= 1 }
        }
        found
    }
}

/// Makes a vector of zeros, if there is room for it.
fn zeros<T: Clone + Default>(length: usize) -> Result<Vec<T>> {
    let mut vector = Vec::new();
    let failed = |_| Error::own("Insufficient memory, failed allocating transient memory for LCS");
    vector.try_reserve_exact(length).map_err(failed)?;
    vector.resize(length, T::default());
    Ok(vector)
}
