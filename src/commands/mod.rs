//! One table entry and one handler for each command, in one file for each of Redis's groups.

mod acl;
mod array;
mod array_search;
mod bitfield;
mod bitmap;
mod client;
mod client_pause;
mod client_tracking;
mod cluster;
mod command;
mod config;
mod connection;
mod debug;
mod digest;
mod dump;
mod expire;
mod function;
mod geo;
mod geo_search;
mod hash;
mod hash_expire;
mod hash_import;
mod hyperloglog;
mod info;
mod keys;
mod latency;
mod lcs;
mod list;
mod list_blocking;
mod list_move;
mod memory;
mod module;
mod monitor;
mod object;
mod pubsub;
mod replication;
mod saving;
mod scan;
mod script;
mod server;
mod set;
mod set_algebra;
mod slowlog;
mod sort;
mod stream;
mod stream_delete;
mod stream_group;
mod stream_info;
mod stream_pending;
mod stream_producers;
mod stream_read;
mod string;
mod string_number;
mod string_range;
mod string_set;
mod transaction;
mod zset;
mod zset_algebra;
mod zset_blocking;
mod zset_pop;
mod zset_range;

use crate::dispatch::Command;

/// Every group's entries.
pub const GROUPS: &[&[Command]] = &[
    acl::COMMANDS,
    array::COMMANDS,
    array_search::COMMANDS,
    bitfield::COMMANDS,
    bitmap::COMMANDS,
    client::COMMANDS,
    client_pause::COMMANDS,
    client_tracking::COMMANDS,
    cluster::COMMANDS,
    command::COMMANDS,
    config::COMMANDS,
    connection::COMMANDS,
    debug::COMMANDS,
    dump::COMMANDS,
    expire::COMMANDS,
    function::COMMANDS,
    geo::COMMANDS,
    geo_search::COMMANDS,
    hash::COMMANDS,
    hash_expire::COMMANDS,
    hash_import::COMMANDS,
    hyperloglog::COMMANDS,
    info::COMMANDS,
    keys::COMMANDS,
    latency::COMMANDS,
    lcs::COMMANDS,
    list::COMMANDS,
    list_blocking::COMMANDS,
    list_move::COMMANDS,
    memory::COMMANDS,
    module::COMMANDS,
    monitor::COMMANDS,
    object::COMMANDS,
    pubsub::COMMANDS,
    replication::COMMANDS,
    saving::COMMANDS,
    script::COMMANDS,
    server::COMMANDS,
    set::COMMANDS,
    set_algebra::COMMANDS,
    slowlog::COMMANDS,
    sort::COMMANDS,
    stream::COMMANDS,
    stream_delete::COMMANDS,
    stream_group::COMMANDS,
    stream_info::COMMANDS,
    stream_pending::COMMANDS,
    stream_producers::COMMANDS,
    stream_read::COMMANDS,
    string::COMMANDS,
    string_number::COMMANDS,
    string_range::COMMANDS,
    string_set::COMMANDS,
    transaction::COMMANDS,
    zset::COMMANDS,
    zset_algebra::COMMANDS,
    zset_blocking::COMMANDS,
    zset_pop::COMMANDS,
    zset_range::COMMANDS,
];

/// Stands for the running command while there is none.
pub const NONE: &Command = &Command::DEFAULT;
