//! Lua's values in eight bytes.
//!
//! A value is a double, or a tag in the sixteen high bits that no double of ours has (negative NaNs with a payload),
//! and forty-eight bits that say which: for an object the low 32 are its handle, the index of its slot in the heap.
//! Values copy freely and compare by their bits, save that numbers compare as numbers.

/// A Lua value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Value(u64);

const SPECIAL: u64 = 0xfff9;
const LONG_STRING: u64 = 0xfffa;
const STRING: u64 = 0xfffb;
const TABLE: u64 = 0xfffc;
const CLOSURE: u64 = 0xfffd;
const NATIVE: u64 = 0xfffe;
const COROUTINE: u64 = 0xffff;

/// Of what is tagged special: a light userdata.
const LIGHT: u64 = SPECIAL << 48 | 1 << 32;

/// An interned string as a value: its handle, and the low sixteen bits of its hash, so that a table need not look at
/// it. A long string's hash is found out only when a table asks, and has no place here.
///
/// Two strings are equal exactly when their handles are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Str(u64);

/// The bits of a hash that stand in the value of a short string.
pub(super) const HASH_BITS: u32 = 0xffff;

impl Str {
    pub(super) fn short(handle: u32, hash: u32) -> Str {
        Str(STRING << 48 | ((hash & HASH_BITS) as u64) << 32 | handle as u64)
    }

    pub(super) fn long(handle: u32) -> Str {
        Str(LONG_STRING << 48 | handle as u64)
    }

    #[inline(always)]
    pub(super) fn handle(self) -> u32 {
        self.0 as u32
    }
}

macro_rules! handles {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $name(pub(super) u32);)*
    };
}

handles! {
    /// A table's handle.
    TableId
    /// The handle of a function written in Lua, with its upvalues.
    ClosureId
    /// The handle of a native function with upvalues of its own.
    NativeId
    /// A coroutine's handle.
    CoroutineId
}

/// A value taken apart by its type, for `match`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum View {
    Nil,
    Boolean(bool),
    Number(f64),
    /// An opaque number of the embedder's, such as `cjson.null`.
    Light(u32),
    String(Str),
    Table(TableId),
    Closure(ClosureId),
    Native(NativeId),
    /// A function of the host, by the number it gave.
    Host(u32),
    Coroutine(CoroutineId),
}

/// The types that `type` tells apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    Nil,
    Boolean,
    LightUserdata,
    Number,
    String,
    Table,
    Function,
    Thread,
}

/// The types, in their order.
pub(super) const TYPES: [Type; 8] = [
    Type::Nil,
    Type::Boolean,
    Type::LightUserdata,
    Type::Number,
    Type::String,
    Type::Table,
    Type::Function,
    Type::Thread,
];

impl Type {
    /// Gives the name that `type` returns and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Type::Nil => "nil",
            Type::Boolean => "boolean",
            Type::LightUserdata => "userdata",
            Type::Number => "number",
            Type::String => "string",
            Type::Table => "table",
            Type::Function => "function",
            Type::Thread => "thread",
        }
    }
}

impl Value {
    pub const NIL: Value = Value(SPECIAL << 48);
    pub const FALSE: Value = Value(SPECIAL << 48 | 1);
    pub const TRUE: Value = Value(SPECIAL << 48 | 2);

    /// Makes a number. A NaN keeps its sign and loses its payload, which could pass for a tag.
    pub fn number(number: f64) -> Value {
        if number.is_nan() {
            Value(f64::NAN.to_bits() & !(1 << 63) | number.to_bits() & 1 << 63)
        } else {
            Value(number.to_bits())
        }
    }

    /// Makes a number from the result of arithmetic on numbers, whose NaNs have no payload.
    #[inline(always)]
    pub(super) fn arithmetic(number: f64) -> Value {
        Value(number.to_bits())
    }

    #[inline(always)]
    pub fn boolean(value: bool) -> Value {
        Value(SPECIAL << 48 | (1 + value as u64))
    }

    /// Makes a light userdata: a number of the embedder's that Lua can only compare.
    pub fn light(id: u32) -> Value {
        Value(LIGHT | id as u64)
    }

    /// Makes the function that calls [`Host::call`](super::Host::call) with this number.
    pub fn host_function(id: u32) -> Value {
        Value(NATIVE << 48 | 1 << 32 | id as u64)
    }

    #[inline(always)]
    pub(super) fn tag(self) -> u64 {
        self.0 >> 48
    }

    #[inline(always)]
    pub(super) fn handle(self) -> u32 {
        self.0 as u32
    }

    /// Gives the bits, for hashing by identity.
    #[inline(always)]
    pub(super) fn bits(self) -> u64 {
        self.0
    }

    #[inline(always)]
    pub fn is_nil(self) -> bool {
        self == Value::NIL
    }

    /// Tells whether the value is `nil` or `false`.
    #[inline(always)]
    pub fn is_falsy(self) -> bool {
        self.0 & !1 == SPECIAL << 48
    }

    #[inline(always)]
    pub fn is_number(self) -> bool {
        self.0 < SPECIAL << 48
    }

    /// Gives the number that the value is; strings are not converted.
    #[inline(always)]
    pub fn as_number(self) -> Option<f64> {
        if self.is_number() { Some(f64::from_bits(self.0)) } else { None }
    }

    /// Reads the bits as a double, whatever the value is.
    #[inline(always)]
    pub(super) fn number_bits(self) -> f64 {
        f64::from_bits(self.0)
    }

    #[inline(always)]
    pub fn as_str(self) -> Option<Str> {
        if self.is_string() { Some(Str(self.0)) } else { None }
    }

    #[inline(always)]
    pub fn as_table(self) -> Option<TableId> {
        if self.tag() == TABLE { Some(TableId(self.handle())) } else { None }
    }

    #[inline(always)]
    pub(super) fn as_closure(self) -> Option<ClosureId> {
        if self.tag() == CLOSURE { Some(ClosureId(self.handle())) } else { None }
    }

    /// Gives the native function that the value is, unless it is one of the host's.
    #[inline(always)]
    pub(super) fn as_native(self) -> Option<NativeId> {
        if self.0 >> 32 == NATIVE << 16 { Some(NativeId(self.handle())) } else { None }
    }

    /// Gives the number of a function of the host.
    #[inline(always)]
    pub(super) fn as_host(self) -> Option<u32> {
        if self.0 >> 32 == NATIVE << 16 | 1 { Some(self.handle()) } else { None }
    }

    #[inline(always)]
    pub fn as_coroutine(self) -> Option<CoroutineId> {
        if self.tag() == COROUTINE { Some(CoroutineId(self.handle())) } else { None }
    }

    #[inline(always)]
    pub fn is_string(self) -> bool {
        self.0 >> 49 == STRING >> 1
    }

    /// Tells whether the value is a string whose hash is known.
    #[inline(always)]
    pub(super) fn is_short_string(self) -> bool {
        self.tag() == STRING
    }

    /// Tells whether the value names something in the heap.
    #[inline(always)]
    pub(super) fn is_object(self) -> bool {
        self.0 >= LONG_STRING << 48
    }

    #[inline(always)]
    pub fn is_table(self) -> bool {
        self.tag() == TABLE
    }

    #[inline(always)]
    pub fn is_function(self) -> bool {
        matches!(self.tag(), CLOSURE | NATIVE)
    }

    /// Takes the value apart.
    pub fn view(self) -> View {
        let handle = self.handle();
        match self.tag() {
            SPECIAL if self.is_nil() => View::Nil,
            SPECIAL if self.0 >= LIGHT => View::Light(handle),
            SPECIAL => View::Boolean(self == Value::TRUE),
            LONG_STRING | STRING => View::String(Str(self.0)),
            TABLE => View::Table(TableId(handle)),
            CLOSURE => View::Closure(ClosureId(handle)),
            NATIVE if self.0 >> 32 & 1 == 1 => View::Host(handle),
            NATIVE => View::Native(NativeId(handle)),
            COROUTINE => View::Coroutine(CoroutineId(handle)),
            _ => View::Number(f64::from_bits(self.0)),
        }
    }

    /// Gives the value's type.
    pub fn kind(self) -> Type {
        match self.tag() {
            SPECIAL if self.is_nil() => Type::Nil,
            SPECIAL if self.0 >= LIGHT => Type::LightUserdata,
            SPECIAL => Type::Boolean,
            LONG_STRING | STRING => Type::String,
            TABLE => Type::Table,
            CLOSURE | NATIVE => Type::Function,
            COROUTINE => Type::Thread,
            _ => Type::Number,
        }
    }

    /// Compares as `rawequal` and `==` without metamethods do.
    #[inline(always)]
    pub fn raw_equals(self, other: Value) -> bool {
        if self.is_number() && other.is_number() {
            self.number_bits() == other.number_bits()
        } else {
            self.0 == other.0
        }
    }
}

impl From<Str> for Value {
    #[inline(always)]
    fn from(string: Str) -> Value {
        Value(string.0)
    }
}

impl From<TableId> for Value {
    #[inline(always)]
    fn from(table: TableId) -> Value {
        Value(TABLE << 48 | table.0 as u64)
    }
}

impl From<ClosureId> for Value {
    #[inline(always)]
    fn from(closure: ClosureId) -> Value {
        Value(CLOSURE << 48 | closure.0 as u64)
    }
}

impl From<NativeId> for Value {
    fn from(native: NativeId) -> Value {
        Value(NATIVE << 48 | native.0 as u64)
    }
}

impl From<CoroutineId> for Value {
    fn from(coroutine: CoroutineId) -> Value {
        Value(COROUTINE << 48 | coroutine.0 as u64)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::boolean(value)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::number(number)
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.view().fmt(f)
    }
}
