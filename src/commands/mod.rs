//! One table entry and one handler for each command, in one file for each of Redis's groups.

use crate::dispatch::{Command, table};

#[cfg(feature = "full")]
mod digest;
mod pop_first;
mod scan;

/// Declares the files and lists their entries.
macro_rules! groups {
    ($($(#[$when:meta])? $name:ident)*) => {
        $($(#[$when])? mod $name;)*

        /// Every group's entries.
        const GROUPS: &[&[Command]] = &[$($(#[$when])? $name::COMMANDS),*];
    };
}

// What the flavour `slim` of the package leaves out stands under the feature `full`.
groups! {
    #[cfg(feature = "full")]
    acl
    #[cfg(feature = "full")]
    apart
    #[cfg(feature = "full")]
    array
    #[cfg(feature = "full")]
    array_search
    bitfield
    bitmap
    client
    client_pause
    client_tracking
    #[cfg(feature = "full")]
    cluster
    #[cfg(feature = "full")]
    cluster_slots
    command
    config
    connection
    #[cfg(feature = "full")]
    debug
    #[cfg(feature = "full")]
    dump
    expire
    #[cfg(feature = "full")]
    function
    #[cfg(feature = "full")]
    geo
    #[cfg(feature = "full")]
    geo_search
    hash
    hash_expire
    hash_import
    #[cfg(feature = "full")]
    hotkeys
    #[cfg(feature = "full")]
    hyperloglog
    info
    keys
    #[cfg(feature = "full")]
    latency
    lcs
    list
    list_blocking
    list_move
    memory
    #[cfg(feature = "full")]
    module
    monitor
    object
    pubsub
    #[cfg(feature = "full")]
    replication
    #[cfg(feature = "full")]
    saving
    script
    server
    set
    set_algebra
    #[cfg(feature = "full")]
    slowlog
    sort
    #[cfg(feature = "full")]
    stream
    #[cfg(feature = "full")]
    stream_delete
    #[cfg(feature = "full")]
    stream_group
    #[cfg(feature = "full")]
    stream_info
    #[cfg(feature = "full")]
    stream_pending
    #[cfg(feature = "full")]
    stream_producers
    #[cfg(feature = "full")]
    stream_read
    string
    string_number
    string_range
    string_set
    transaction
    #[cfg(feature = "full")]
    vector
    #[cfg(feature = "full")]
    vector_search
    zset
    zset_algebra
    zset_blocking
    zset_pop
    zset_range
}

/// Every command, in the order of the names.
pub static COMMANDS: &[&Command] = &table::sorted::<{ table::count(GROUPS) }>(GROUPS);

/// What the error for an unknown command says beyond Redis's words: a part of them is not in every build.
pub const HINT: &str =
    if cfg!(feature = "full") { "" } else { " (this is the slim build of Redmoon; `redmoon/full` has every command)" };

/// Stands for the running command while there is none.
pub const NONE: &Command = &Command::DEFAULT;
