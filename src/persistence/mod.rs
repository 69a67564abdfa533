//! Redis's serialized form: what DUMP, FUNCTION DUMP and RDB files are made of.

mod crc64;
mod lzf;
pub mod rdb;
pub mod rdb_read;
mod rdb_array;
mod rdb_stream;
mod rdb_value;
#[cfg(feature = "full")]
mod rdb_vectors;
pub mod rdb_write;
mod ziplist;
