//! What SCAN, HSCAN, SSCAN and ZSCAN share. See <https://redis.io/docs/latest/commands/scan/>.

use crate::dispatch::Args;
use crate::protocol::{Error, Reply, Result};
use crate::structures::glob;
use crate::structures::number::parse_unsigned;

/// Reads the cursor.
pub fn cursor(args: &mut Args) -> Result<u64> {
    parse_unsigned(args.bytes()?).ok_or(Error::InvalidCursor)
}

/// Answers the next cursor and what was found.
pub fn reply(cursor: u64, found: Vec<Reply>) -> Reply {
    Reply::Array(vec![cursor.to_string().into(), Reply::Array(found)])
}

/// MATCH and COUNT.
pub struct Options<'a> {
    pattern: Option<&'a [u8]>,
    /// The number of elements to look at in one call.
    pub count: usize,
}

impl<'a> Options<'a> {
    /// Reads the options to the end of the call; `other` takes those of one command and tells whether it knew it.
    pub fn read(args: &mut Args<'a>, mut other: impl FnMut(&str, &mut Args<'a>) -> Result<bool>) -> Result<Self> {
        let mut options = Options { pattern: None, count: 10 };
        while let Some(option) = args.option() {
            match option.as_str() {
                "MATCH" => options.pattern = Some(args.bytes()?).filter(|&pattern| pattern != b"*"),
                "COUNT" => match args.int()? {
                    ..1 => return Err(Error::Syntax),
                    count => options.count = usize::try_from(count).unwrap_or(usize::MAX),
                },
                name => {
                    if !other(name, args)? {
                        let misplaced = Error::own("NOVALUES option can only be used in HSCAN");
                        return Err(if name == "NOVALUES" { misplaced } else { Error::Syntax });
                    }
                }
            }
        }
        Ok(options)
    }

    /// Tells whether MATCH lets an element through.
    pub fn matches(&self, element: &[u8]) -> bool {
        self.pattern.is_none_or(|pattern| glob::matches(pattern, element, false))
    }
}
