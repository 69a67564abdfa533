//! Arrays in payloads: the number of values, the index of the last insertion if there was one, and each index with its
//! value, which is a string, an integer, a double or a string so short that its length takes one byte.

use super::rdb::{Reader, Writer};
use super::rdb_value::ARRAY;
use super::rdb_write::REDIS_8_10;
use crate::structures::Array;
use crate::structures::array::INDEX_MAX;
use crate::structures::number::{format_double, format_int, parse_double};
use std::ops::ControlFlow;

const TEXT: u64 = 0;
const INT: u64 = 1;
const DOUBLE: u64 = 2;
const SHORT: u64 = 3;
/// The longest text that is short, in bytes.
const SHORT_MAX: usize = 7;

/// Writes an array behind its type and answers the version of the format that it needs.
pub fn write_array(writer: &mut Writer, array: &Array) -> u16 {
    writer.byte(ARRAY);
    writer.length(array.count());
    writer.length(u64::from(array.next > 0));
    if array.next > 0 {
        writer.length(array.next - 1);
    }
    let _ = array.each(0, INDEX_MAX, |index, value| {
        writer.length(index);
        let text = value.bytes();
        match value.int() {
            Some(number) => {
                writer.length(INT);
                writer.plain(&number.to_le_bytes());
            }
            None if let Some(number) = as_double(&text) => {
                writer.length(DOUBLE);
                writer.plain(&number.to_le_bytes());
            }
            None if text.len() <= SHORT_MAX => {
                writer.length(SHORT);
                writer.length(text.len() as u64);
                writer.plain(&text);
            }
            None => {
                writer.length(TEXT);
                writer.string(&text);
            }
        }
        ControlFlow::Continue(())
    });
    REDIS_8_10
}

/// Reads an array; `None` if it is malformed or empty.
pub fn read_array(reader: &mut Reader) -> Option<Array> {
    let mut array = Array::default();
    let count = reader.count()?;
    if reader.number()? > 0 {
        array.next = reader.number()?.checked_add(1)?;
    }
    for _ in 0..count {
        let index = reader.number().filter(|index| *index <= INDEX_MAX)?;
        let value = match reader.number()? {
            TEXT => reader.string()?,
            INT => format_int(i64::from_le_bytes(reader.array()?)),
            DOUBLE => double(f64::from_le_bytes(reader.array()?)),
            SHORT => {
                let length = reader.length().filter(|length| *length <= SHORT_MAX)?;
                reader.bytes(length)?.to_vec()
            }
            _ => return None,
        };
        if !array.set(index, &value) {
            return None;
        }
    }
    (!array.is_empty()).then_some(array)
}

/// Answers what Redis keeps as a double: one that prints as this text, and whose two lowest bits it needs for itself.
fn as_double(text: &[u8]) -> Option<f64> {
    parse_double(text).filter(|number| {
        number.is_finite() && number.to_bits() & 3 == 0 && !text.contains(&b'e') && double(*number) == text
    })
}

/// Prints a double as it was set: what has no fraction had one of nought, or it would be an integer.
fn double(value: f64) -> Vec<u8> {
    let mut text = format_double(value);
    if text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-') {
        text.extend(b".0");
    }
    text
}
