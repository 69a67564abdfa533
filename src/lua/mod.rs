//! A plain Lua 5.1 that knows nothing of Redis.
//!
//! ```text
//! lexer parser draft code  source -> Proto (opcode, proto)   lib/   the standard libraries, as natives
//! function load quick Proto -> verified, loaded code         api args   what natives and the embedder call
//! vm vm_rare call meta debug   the machine, calls, metamethods, names of values in messages
//! value table heap collector stack thread                    what exists
//! ```
//!
//! ```
//! use redmoon_base::lua::{Alone, Limits, Lua};
//! let mut lua = Lua::new(Limits::default());
//! lua.open_libs().unwrap();
//! let chunk = lua.load(b"local a, b = ... return a + b", b"@sum").unwrap();
//! let results = lua.run(&mut Alone, chunk, &[1.0.into(), 2.0.into()]).unwrap();
//! assert_eq!(lua.arg(results, 1).as_number(), Some(3.0));
//! ```

mod api;
mod args;
mod call;
mod code;
mod collector;
mod debug;
mod draft;
mod error;
mod function;
mod heap;
mod lexer;
mod lib;
mod load;
mod meta;
pub mod number;
pub mod opcode;
mod parser;
mod parser_expr;
pub mod proto;
mod quick;
mod stack;
mod table;
mod thread;
mod trace;
mod value;
mod vm;
mod vm_rare;

pub use api::{Alone, Fault, Host, Limits, Lua};
pub use args::Args;
pub use error::{Kill, LuaError, Result};
pub use function::{FunctionId, Native};
pub use parser::compile;
pub use value::{ClosureId, CoroutineId, NativeId, Str, TableId, Type, Value, View};
