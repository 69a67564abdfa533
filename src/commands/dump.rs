//! Values as payloads that any Redis can read, and back. See <https://redis.io/docs/latest/commands/dump/>.

use super::keys::put;
use crate::dispatch::keys::{Begin, Find, KeySpec};
use crate::dispatch::{Args, Command, Context, Flags, Group, Handler, KeyFlags, Keys, keys};
use crate::keyspace::{Class, Value};
use crate::persistence::{rdb, rdb_read, rdb_write};
use crate::protocol::{Error, Reply, Result};
use crate::structures::number::parse_int;

/// The keys of MIGRATE after the word KEYS.
const MIGRATED: KeySpec = KeySpec {
    begin: Begin::Keyword("KEYS", -2),
    find: Find::Range { last: -1, step: 1, limit: 0 },
    flags: KeyFlags::RW_ACCESS_DELETE.and(KeyFlags::INCOMPLETE),
};

const RESTORE: Command = Command {
    name: "RESTORE",
    syntax: "RESTORE key ttl:int serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds:int] [FREQ frequency:int]",
    summary: "Creates a key from the serialized representation of a value.",
    complexity: "O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the \
                 number of Redis objects composing the value and M their average size. For small string values the \
                 time complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values \
                 the complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).",
    since: "2.6.0",
    group: Group::Generic,
    arity: -4,
    flags: Flags::WRITE.and(Flags::DENYOOM).and(Flags::DANGEROUS),
    keys: Keys::OVERWRITE,
    reply: "OK",
    handler: Handler::Now(restore),
    history: &[
        ("3.0.0", "Added the `REPLACE` modifier."),
        ("5.0.0", "Added the `ABSTTL` modifier."),
        ("5.0.0", "Added the `IDLETIME` and `FREQ` options."),
    ],
    ..Command::DEFAULT
};

pub const COMMANDS: &[Command] = &[
    Command {
        name: "DUMP",
        syntax: "DUMP key",
        summary: "Returns a serialized representation of the value stored at a key.",
        complexity: "O(1) to access the key and additional O(N*M) to serialize it, where N is the number of Redis objects \
                     composing the value and M their average size. For small string values the time complexity is thus \
                     O(1)+O(1*M) where M is small, so simply O(1).",
        since: "2.6.0",
        group: Group::Generic,
        arity: 2,
        flags: Flags::READONLY,
        keys: Keys::READ,
        reply: "bulk | null",
        handler: Handler::Now(dump),
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
    RESTORE,
    Command {
        name: "RESTORE-ASKING",
        syntax: "RESTORE-ASKING key ttl:int serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds:int] [FREQ \
                 frequency:int]",
        summary: "An internal command for migrating keys in a cluster.",
        since: "3.0.0",
        group: Group::Server,
        flags: RESTORE.flags.and(Flags::ASKING).and(Flags::KEYSPACE).and(Flags::SYSTEM),
        ..RESTORE
    },
    Command {
        name: "MIGRATE",
        syntax: "MIGRATE host port:int <key | > destination-db:int timeout:int [COPY] [REPLACE] [<AUTH auth | AUTH2 \
                 (username password)>] [KEYS keys:key...]",
        summary: "Atomically transfers a key from one Redis instance to another.",
        complexity: "This command actually executes a DUMP+DEL in the source instance, and a RESTORE in the target \
                     instance. See the pages of these commands for time complexity. Also an O(N) data transfer between \
                     the two instances is performed.",
        since: "2.6.0",
        group: Group::Generic,
        arity: -6,
        flags: Flags::WRITE.and(Flags::MOVABLEKEYS).and(Flags::DANGEROUS),
        keys: Keys(&[keys::range(3, 0, 1, KeyFlags::RW_ACCESS_DELETE), MIGRATED]),
        reply: "status",
        handler: Handler::Now(migrate),
        history: &[
            ("3.0.0", "Added the `COPY` and `REPLACE` options."),
            ("3.0.6", "Added the `KEYS` option."),
            ("4.0.7", "Added the `AUTH` option."),
            ("6.0.0", "Added the `AUTH2` option."),
        ],
        tips: &["nondeterministic_output"],
        ..Command::DEFAULT
    },
];

fn dump(cx: &mut Context, mut args: Args) -> Result<Reply> {
    Ok(cx.value(args.key()?).map(rdb_write::dump).into())
}

fn restore(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (key, ttl, payload) = (args.key()?, args.bytes()?, args.bytes()?);
    let (mut replace, mut absolute, mut idle, mut frequency) = (false, false, None, None);
    while let Some(option) = args.option() {
        match option.as_str() {
            "REPLACE" => replace = true,
            "ABSTTL" => absolute = true,
            "IDLETIME" if !args.is_empty() && frequency.is_none() => {
                let seconds = args.count("Invalid IDLETIME value, must be >= 0")?;
                idle = Some(u32::try_from(seconds).unwrap_or(u32::MAX));
            }
            "FREQ" if !args.is_empty() && idle.is_none() => {
                let value = u8::try_from(args.int()?);
                let value = value.map_err(|_| Error::own("Invalid FREQ value, must be >= 0 and <= 255"))?;
                frequency = Some(u32::from(value));
            }
            _ => return Err(Error::Syntax),
        }
    }
    if !replace && cx.exists(key) {
        return Err(Error::raw("BUSYKEY Target key name already exists."));
    }
    let ttl = parse_int(ttl).ok_or(Error::NotInteger)?;
    if ttl < 0 {
        return Err(Error::own("Invalid TTL value, must be >= 0"));
    }
    let reader = rdb::Reader::open(payload);
    let mut reader = reader.ok_or(Error::own("DUMP payload version or checksum are wrong"))?;
    let mut value = rdb_read::read(&mut reader, &cx.server.config).ok_or(Error::own("Bad data format"))?;
    if let Value::Vectors(vectors) = &mut value {
        vectors.uid = cx.server.vector_sets;
        cx.server.vector_sets += 1;
    }
    let expire_at = (ttl > 0).then(|| if absolute { ttl } else { ttl.saturating_add(cx.now()) });
    if expire_at.is_some_and(|at| at <= cx.now()) {
        if cx.delete(key) {
            cx.event(Class::Generic, "del", key);
        }
        return Ok(Reply::OK);
    }
    put(cx, cx.session.db, key, value, expire_at, |cx| cx.event(Class::Generic, "restore", key));
    let stamp = cx.db().usage.known(idle, frequency, cx.now());
    cx.db_mut().set_used(key, stamp);
    Ok(Reply::OK)
}

/// Checks a call as Redis does, and says why no key can be sent anywhere.
fn migrate(cx: &mut Context, mut args: Args) -> Result<Reply> {
    let (_host, _port, key, database, timeout) =
        (args.bytes()?, args.bytes()?, args.key()?, args.bytes()?, args.bytes()?);
    let mut migrated: &[&[u8]] = &[key];
    while let Some(option) = args.option() {
        match option.as_str() {
            "COPY" | "REPLACE" => {}
            "AUTH" => drop(args.bytes()?),
            "AUTH2" => drop(args.take(2)?),
            "KEYS" if !key.is_empty() => {
                let sentence = "When using MIGRATE KEYS option, the key argument must be set to the empty string";
                return Err(Error::own(sentence));
            }
            "KEYS" => migrated = args.rest(),
            _ => return Err(Error::Syntax),
        }
    }
    if [timeout, database].into_iter().any(|number| parse_int(number).is_none()) {
        return Err(Error::NotInteger);
    }
    if !migrated.iter().any(|key| cx.exists(key)) {
        return Ok(Reply::status("NOKEY"));
    }
    Err(Error::raw("IOERR an engine inside a process opens no connections: DUMP the key here and RESTORE it there"))
}
