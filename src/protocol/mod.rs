//! Replies and errors, and how they are written on the wire.

pub mod error;
pub mod reply;
pub mod request;
pub mod resp;
pub mod strings;
pub mod words;

pub use error::{Error, Result, until_zero};
pub use reply::Reply;
pub use strings::{Listing, Strings};
