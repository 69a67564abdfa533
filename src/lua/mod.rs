//! A plain Lua 5.1 that knows nothing of Redis.

mod code;
mod lexer;
pub mod number;
pub mod opcode;
mod parser;
mod parser_expr;
pub mod proto;

pub use parser::compile;
