//! Redis's serialized form: what DUMP, FUNCTION DUMP and RDB files are made of.

mod crc64;
mod lzf;
pub mod rdb;
mod rdb_array;
pub mod rdb_read;
mod rdb_stream;
mod rdb_value;
#[cfg(feature = "full")]
mod rdb_vectors;
pub mod rdb_write;
mod ziplist;
