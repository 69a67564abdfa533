//! What LMPOP, ZMPOP, BLPOP, BZPOPMIN and their like share: taking from the first of several keys that holds something.

use crate::dispatch::blocking::deadline;
use crate::dispatch::{Args, Context, Outcome, Park};
use crate::protocol::{Error, Reply, Result};

/// An end of a list or of a sorted set.
pub(super) trait End: Copy {
    /// The type, as TYPE names it.
    const KIND: &str;

    fn parse(args: &mut Args) -> Result<Self>;

    /// Removes up to `count` elements, says so, and answers each; none if the key holds nothing.
    fn pop(self, cx: &mut Context, key: &[u8], count: usize) -> Result<Option<Vec<Reply>>>;
}

/// What stands behind the name of LMPOP or ZMPOP: `numkeys key... end [COUNT count]`.
struct First<'a, E> {
    keys: &'a [&'a [u8]],
    end: E,
    count: usize,
}

impl<'a, E: End> First<'a, E> {
    fn parse(args: &mut Args<'a>) -> Result<First<'a, E>> {
        let numkeys = args.int_within(1..=i64::MAX, "numkeys should be greater than 0")?;
        let keys = args.take(usize::try_from(numkeys).map_err(|_| Error::Syntax)?)?;
        let end = E::parse(args)?;
        let mut count = 1;
        if args.accept("COUNT") {
            let most = args.int_within(1..=i64::MAX, "count should be greater than 0")?;
            count = usize::try_from(most).unwrap_or(usize::MAX);
        }
        args.end()?;
        Ok(First { keys, end, count })
    }

    /// Removes the elements and answers them with their key; none if all keys hold nothing.
    fn pop(&self, cx: &mut Context) -> Result<Option<Reply>> {
        for &key in self.keys {
            if let Some(popped) = self.end.pop(cx, key, self.count)? {
                return Ok(Some(Reply::Array(vec![Reply::bulk(key), Reply::Array(popped)])));
            }
        }
        Ok(None)
    }
}

/// LMPOP, ZMPOP.
pub(super) fn first<E: End>(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(First::<E>::parse(&mut args)?.pop(cx)?.unwrap_or(Reply::NullArray))
}

/// BLMPOP, BZMPOP.
pub(super) fn first_blocking<E: End>(cx: &mut Context, mut args: Args) -> Result<Outcome> {
    // The timeout stands first, and is looked at last.
    let mut timeout = args;
    args.bytes()?;
    let first = First::<E>::parse(&mut args)?;
    let deadline = deadline(cx, &mut timeout)?;
    Ok(match first.pop(cx)? {
        Some(popped) => popped.into(),
        None => Outcome::Park(Park::on(E::KIND, first.keys, deadline)),
    })
}

/// BLPOP, BRPOP, BZPOPMIN, BZPOPMAX: one element, flat behind its key.
pub(super) fn one_blocking<E: End>(cx: &mut Context, mut args: Args, end: E) -> Result<Outcome> {
    let keys = args.take(args.len() - 1)?;
    let deadline = deadline(cx, &mut args)?;
    for &key in keys {
        if let Some(popped) = end.pop(cx, key, 1)? {
            let flat = popped.into_iter().flat_map(|element| match element {
                Reply::Array(pair) => pair,
                element => vec![element],
            });
            return Ok(Reply::Array([Reply::bulk(key)].into_iter().chain(flat).collect()).into());
        }
    }
    Ok(Outcome::Park(Park::on(E::KIND, keys, deadline)))
}
