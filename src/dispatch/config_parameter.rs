//! One parameter: where its value stands, how it is written and what is wrong with a bad one.

use super::config::Config;
use super::config_table::PARAMETERS;
use crate::structures::Bytes;
use crate::structures::number::parse_int;

/// One parameter as CONFIG knows it.
pub struct Parameter {
    pub name: &'static str,
    field: Field,
}

/// Where a parameter stands.
#[derive(Clone, Copy)]
enum Field {
    /// A count of things.
    Count(fn(&mut Config) -> &mut usize),
    /// A count of bytes, at least so many.
    Memory(i64, fn(&mut Config) -> &mut usize),
    Unsigned(fn(&mut Config) -> &mut u64),
    /// A number between two others.
    Signed(i64, i64, fn(&mut Config) -> &mut i64),
    Switch(fn(&mut Config) -> &mut bool),
    /// Any bytes.
    Bytes(fn(&mut Config) -> &mut Vec<u8>),
    /// Something with a notation of its own.
    Own(fn(&Config) -> String, fn(&mut Config, &[u8]) -> Result<(), String>),
    /// A value of which nothing here depends, with its default.
    Kept(&'static str, Form),
    /// Another name of a parameter.
    Alias(&'static str),
    /// What is chosen when an engine is made and cannot be set later.
    Initial(fn(&mut Config) -> &mut bool),
    /// What holds for every engine and cannot be set.
    Fixed(&'static str),
    /// The same, where Redis says that it is protected.
    Protected(&'static str),
}

/// How a value is written.
#[derive(Clone, Copy)]
pub enum Form {
    Switch,
    /// An integer between two others.
    Integer(i64, i64),
    /// Times a second: what is out of reach becomes the nearest that is not.
    Rate,
    /// A number of bytes, no less than this, which may be given as `64mb`.
    Memory(i64),
    /// The same, or a share of `maxmemory` as `5%`.
    MemoryOrShare,
    Choice(&'static [&'static str]),
    Text,
}

pub(super) const fn count(name: &'static str, field: fn(&mut Config) -> &mut usize) -> Parameter {
    Parameter { name, field: Field::Count(field) }
}

pub(super) const fn memory(name: &'static str, least: i64, field: fn(&mut Config) -> &mut usize) -> Parameter {
    Parameter { name, field: Field::Memory(least, field) }
}

pub(super) const fn unsigned(name: &'static str, field: fn(&mut Config) -> &mut u64) -> Parameter {
    Parameter { name, field: Field::Unsigned(field) }
}

pub(super) const fn signed(name: &'static str, least: i64, most: i64, field: fn(&mut Config) -> &mut i64) -> Parameter {
    Parameter { name, field: Field::Signed(least, most, field) }
}

pub(super) const fn switch(name: &'static str, field: fn(&mut Config) -> &mut bool) -> Parameter {
    Parameter { name, field: Field::Switch(field) }
}

pub(super) const fn bytes(name: &'static str, field: fn(&mut Config) -> &mut Vec<u8>) -> Parameter {
    Parameter { name, field: Field::Bytes(field) }
}

pub(super) const fn own(
    name: &'static str,
    print: fn(&Config) -> String,
    read: fn(&mut Config, &[u8]) -> Result<(), String>,
) -> Parameter {
    Parameter { name, field: Field::Own(print, read) }
}

pub(super) const fn kept(name: &'static str, default: &'static str, form: Form) -> Parameter {
    Parameter { name, field: Field::Kept(default, form) }
}

pub(super) const fn alias(name: &'static str, of: &'static str) -> Parameter {
    Parameter { name, field: Field::Alias(of) }
}

pub(super) const fn initial(name: &'static str, field: fn(&mut Config) -> &mut bool) -> Parameter {
    Parameter { name, field: Field::Initial(field) }
}

pub(super) const fn fixed(name: &'static str, value: &'static str) -> Parameter {
    Parameter { name, field: Field::Fixed(value) }
}

pub(super) const fn protected(name: &'static str, value: &'static str) -> Parameter {
    Parameter { name, field: Field::Protected(value) }
}

impl Parameter {
    /// Finds a parameter by its name, whatever the case.
    pub fn find(name: &[u8]) -> Option<&'static Parameter> {
        PARAMETERS.iter().find(|parameter| parameter.name.as_bytes().eq_ignore_ascii_case(name))
    }

    /// The parameter that this one is another name of, or itself.
    fn target(&self) -> &Parameter {
        match self.field {
            Field::Alias(of) => Parameter::find(of.as_bytes()).unwrap_or(self),
            _ => self,
        }
    }

    /// Prints the value.
    pub fn get(&self, config: &mut Config) -> Bytes {
        let target = self.target();
        let text = match target.field {
            Field::Bytes(field) => return Bytes::new(field(config)),
            Field::Count(field) | Field::Memory(_, field) => field(config).to_string(),
            Field::Unsigned(field) => field(config).to_string(),
            Field::Signed(_, _, field) => field(config).to_string(),
            Field::Switch(field) | Field::Initial(field) => if *field(config) { "yes" } else { "no" }.to_string(),
            Field::Own(print, _) => print(config),
            Field::Kept(default, _) => config.kept.get(target.name).map_or(default, String::as_str).to_string(),
            Field::Fixed(value) | Field::Protected(value) | Field::Alias(value) => value.to_string(),
        };
        text.as_bytes().into()
    }

    /// Tells whether the value can not be set at all.
    pub fn is_fixed(&self) -> bool {
        matches!(self.target().field, Field::Fixed(_) | Field::Initial(_) | Field::Protected(_))
    }

    /// Sets the value for an engine that is being made, if it can only be set then; tells whether it was so.
    pub fn set_initially(&self, config: &mut Config, text: &[u8]) -> Result<bool, String> {
        let Field::Initial(field) = self.field else { return Ok(false) };
        *field(config) = Form::Switch.read(text)? == "yes";
        Ok(true)
    }

    /// Sets the value, or says in Redis's words what is wrong with it.
    pub fn set(&self, config: &mut Config, text: &[u8]) -> Result<(), String> {
        let target = self.target();
        match target.field {
            // Wasm's memory ends before a number of Redis does.
            Field::Count(field) => {
                *field(config) = usize::try_from(integer(text, 0, i64::MAX)?).unwrap_or(usize::MAX);
            }
            Field::Memory(least, field) => {
                *field(config) = usize::try_from(memory_within(text, least)?).unwrap_or(usize::MAX);
            }
            Field::Unsigned(field) => *field(config) = integer(text, 0, i64::MAX)?.unsigned_abs(),
            Field::Signed(least, most, field) => *field(config) = integer(text, least, most)?,
            Field::Switch(field) => *field(config) = Form::Switch.read(text)? == "yes",
            Field::Bytes(field) => *field(config) = text.into(),
            Field::Own(_, read) => read(config, text)?,
            Field::Kept(_, form) => {
                let value = form.read(text)?;
                config.kept.insert(target.name, value);
            }
            Field::Protected(_) => return Err("can't set protected config".into()),
            Field::Fixed(_) | Field::Initial(_) | Field::Alias(_) => return Err("can't set immutable config".into()),
        }
        Ok(())
    }
}

impl Form {
    /// Reads a value as a count.
    pub(super) fn count(self, text: &[u8]) -> Result<usize, String> {
        self.read(text).map(|text| text.parse().unwrap_or(usize::MAX))
    }

    /// Reads a value and answers it as CONFIG GET prints it, or says in Redis's words what is wrong with it.
    pub fn read(self, text: &[u8]) -> Result<String, String> {
        let choose = |choices: &[&str]| {
            let chosen = choices.iter().find(|choice| choice.as_bytes().eq_ignore_ascii_case(text));
            chosen.map(|choice| choice.to_string())
        };
        match self {
            Form::Switch => choose(&["yes", "no"]).ok_or_else(|| "argument must be 'yes' or 'no'".to_string()),
            Form::Choice(choices) => choose(choices)
                .ok_or_else(|| format!("argument(s) must be one of the following: {}", choices.join(", "))),
            Form::Integer(least, most) => integer(text, least, most).map(|number| number.to_string()),
            Form::Rate => integer(text, 0, i32::MAX.into()).map(|number| number.clamp(1, 500).to_string()),
            Form::Memory(least) => memory_within(text, least).map(|number| number.to_string()),
            Form::MemoryOrShare => match text.strip_suffix(b"%").map(parse_int) {
                Some(Some(share @ 0..=100)) => Ok(if share == 0 { "0".into() } else { format!("{share}%") }),
                Some(Some(101..)) => Err("percentage argument must be less or equal to 100".into()),
                Some(_) => Err("argument must be a memory or percent value".into()),
                None => Ok(parse_memory(text).ok_or("argument must be a memory or percent value")?.to_string()),
            },
            Form::Text => Ok(String::from_utf8_lossy(text).into_owned()),
        }
    }
}

/// Reads an integer within bounds.
pub(super) fn integer(text: &[u8], least: i64, most: i64) -> Result<i64, String> {
    within(parse_int(text).ok_or("argument couldn't be parsed into an integer")?, least, most)
}

/// Reads a number of bytes, no less than `least`.
fn memory_within(text: &[u8], least: i64) -> Result<i64, String> {
    within(parse_memory(text).ok_or("argument must be a memory value")?, least, i64::MAX)
}

fn within(number: i64, least: i64, most: i64) -> Result<i64, String> {
    match (least..=most).contains(&number) {
        true => Ok(number),
        false => Err(format!("argument must be between {least} and {most} inclusive")),
    }
}

/// Reads a number of bytes: `100`, `2k` (thousands), `2kb` (1024s), likewise m, mb, g, gb and b. No number at all is 0,
/// and what is too much is as much as can be.
pub(super) fn parse_memory(text: &[u8]) -> Option<i64> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let unit = match text[digits..].to_ascii_lowercase().as_slice() {
        b"" | b"b" => 1,
        b"k" => 1000,
        b"kb" => 1 << 10,
        b"m" => 1_000_000,
        b"mb" => 1 << 20,
        b"g" => 1_000_000_000,
        b"gb" => 1 << 30,
        _ => return None,
    };
    let number = text[..digits].iter();
    let number = number.fold(0i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    Some(number.saturating_mul(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_units() {
        for (text, bytes) in [
            ("0", Some(0)),
            ("100", Some(100)),
            ("2k", Some(2000)),
            ("2KB", Some(2048)),
            ("1gb", Some(1 << 30)),
            ("-1", None),
            ("1q", None),
            ("", Some(0)),
            ("kb", Some(0)),
            ("99999999999gb", Some(i64::MAX)),
        ] {
            assert_eq!(parse_memory(text.as_bytes()), bytes, "{text}");
        }
    }
}
