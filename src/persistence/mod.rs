//! Redis's serialized form: what DUMP, FUNCTION DUMP and RDB files are made of.

mod crc64;
mod lzf;
pub mod rdb;
