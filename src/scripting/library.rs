//! Libraries of functions: what they are, what their first line says, and how they are kept without collisions.

use super::shebang::ScriptFlags;
use crate::protocol::request::split_line;
use crate::protocol::{Error, Result};
use crate::structures::{Bytes, Dict};

/// A library as it was loaded.
#[derive(Clone)]
pub struct Library {
    /// The whole text, its first line included.
    pub code: Bytes,
    /// The names of its functions in lower case.
    pub functions: Vec<Bytes>,
}

/// A function that a library registered.
#[derive(Clone)]
pub struct Function {
    pub name: Bytes,
    pub library: Bytes,
    pub description: Option<Bytes>,
    pub flags: ScriptFlags,
    /// Where the Lua state keeps it.
    pub(super) callback: i64,
}

/// What the first line of a library says: `#!lua name=mylib`.
pub struct Header<'a> {
    pub name: Bytes,
    /// The code with that line left empty, so that line numbers stay true.
    pub code: &'a [u8],
}

impl Header<'_> {
    /// Reads the first line, or says what is wrong with it.
    pub fn read(source: &[u8]) -> Result<Header<'_>> {
        let invalid = || Error::own("Invalid library metadata");
        if !source.starts_with(b"#!") {
            return Err(Error::own("Missing library metadata"));
        }
        let end = source.iter().position(|&byte| byte == b'\n').ok_or_else(invalid)?;
        let words = split_line(&source[..end]).ok_or_else(invalid)?;
        let (engine, options) = words.split_first().ok_or_else(invalid)?;
        let mut name = None;
        for option in options {
            match option.get(..5) {
                Some(key) if key.eq_ignore_ascii_case(b"name=") => {
                    if name.replace(&option[5..]).is_some() {
                        return Err(Error::own("Invalid metadata value, name argument was given multiple times"));
                    }
                }
                _ => return Err(Error::raw([b"ERR Invalid metadata value given: ", option.as_slice()].concat())),
            }
        }
        let name = name.ok_or(Error::own("Library name was not given"))?;
        check_name(name).map_err(Error::own)?;
        let engine = engine.get(2..).unwrap_or_default();
        if !engine.eq_ignore_ascii_case(b"lua") {
            return Err(Error::raw([b"ERR Engine '", engine, b"' not found"].concat()));
        }
        Ok(Header { name: name.into(), code: &source[end..] })
    }
}

/// Checks the name of a library or of a function.
pub fn check_name(name: &[u8]) -> std::result::Result<(), &'static str> {
    let sound = !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let sentence = "Library names can only contain letters, numbers, or underscores(_) and must be at least one \
                    character long";
    if sound { Ok(()) } else { Err(sentence) }
}

/// Libraries by name, and their functions by name in lower case, each of which is of one library.
#[derive(Default)]
pub struct Shelf {
    pub libraries: Dict<Library>,
    pub functions: Dict<Function>,
}

/// Fails for a function of a name that another has.
pub fn already_exists(name: &[u8]) -> Error {
    Error::quoting(&[b"ERR Function ", name, b" already exists"])
}

impl Shelf {
    /// Counts libraries and functions.
    pub fn counts(&self) -> (usize, usize) {
        (self.libraries.len(), self.functions.len())
    }

    /// Finds a function, whatever the case.
    pub fn find(&self, name: &[u8]) -> Option<&Function> {
        self.functions.get(&name.to_ascii_lowercase())
    }

    /// Fails if a library of that name stands here.
    pub fn refuse_taken(&self, name: &[u8], quote: &str) -> Result<()> {
        if !self.libraries.contains(name) {
            return Ok(());
        }
        Err(Error::quoting(&[b"ERR Library ", quote.as_bytes(), name, quote.as_bytes(), b" already exists"]))
    }

    /// Adds the libraries of another shelf, in place of those of the same name, and answers the functions that went.
    /// Fails, with nothing changed, if a library that stays has a function of the same name.
    pub fn join(&mut self, others: &Shelf) -> Result<Vec<Function>> {
        for (name, function) in others.functions.iter() {
            if self.functions.get(name).is_some_and(|mine| !others.libraries.contains(&mine.library)) {
                return Err(already_exists(&function.name));
            }
        }
        let mut gone = Vec::new();
        for (name, library) in others.libraries.iter() {
            gone.extend(self.remove(name).unwrap_or_default());
            self.libraries.insert(name, library.clone());
        }
        for (name, function) in others.functions.iter() {
            self.functions.insert(name, function.clone());
        }
        Ok(gone)
    }

    /// Removes a library, and answers its functions; `None` if there is no such library.
    pub fn remove(&mut self, library: &[u8]) -> Option<Vec<Function>> {
        let library = self.libraries.remove(library)?;
        let functions = library.functions.iter().filter_map(|name| self.functions.remove(name));
        Some(functions.collect())
    }
}
