//! Holds the table of commands against the facts of Redis 8.10 (`tests/commands.tsv`), against a redis-server's own
//! COMMAND and COMMAND DOCS, and against the transcripts.

mod rig;

use redmoon::commands::COMMANDS;
use redmoon::dispatch::command::Command;
use redmoon::dispatch::syntax::{self, Argument, Kind};
use rig::engine::Core;
use rig::oracle::{Oracle, version};
use rig::resp::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

const FACTS: &str = include_str!("commands.tsv");

/// Parts of COMMAND INFO that are not as in redis-server 7.0.15, and why.
const CHANGED_INFO: &[(&str, &str, &str)] = &[
    ("subscribe", "flags", "8.0 asks for memory to remember them in"),
    ("psubscribe", "flags", "8.0 asks for memory to remember them in"),
    ("ssubscribe", "flags", "8.0 asks for memory to remember them in"),
    ("blpop", "flags", "7.2 lets scripts call it, who do not wait"),
    ("brpop", "flags", "7.2 lets scripts call it, who do not wait"),
    ("blmove", "flags", "7.2 lets scripts call it, who do not wait"),
    ("brpoplpush", "flags", "7.2 lets scripts call it, who do not wait"),
    ("bzpopmin", "flags", "7.2 lets scripts call it, who do not wait"),
    ("bzpopmax", "flags", "7.2 lets scripts call it, who do not wait"),
    ("cluster|count-failure-reports", "flags", "7.2 answers while loading"),
    ("cluster|info", "flags", "7.2 answers while loading"),
    ("cluster|keyslot", "flags", "7.2 answers while loading"),
    ("cluster|links", "flags", "7.2 answers while loading"),
    ("cluster|myid", "flags", "7.2 answers while loading"),
    ("cluster|nodes", "flags", "7.2 answers while loading"),
    ("cluster|replicas", "flags", "7.2 answers while loading"),
    ("cluster|shards", "flags", "7.2 answers while loading"),
    ("cluster|slaves", "flags", "7.2 answers while loading"),
    ("cluster|slots", "flags", "7.2 answers while loading"),
    ("command|getkeys", "arity", "7.2 takes a command without arguments"),
    ("command|getkeysandflags", "arity", "7.2 takes a command without arguments"),
    ("xread", "keys", "8.10 calls them incomplete"),
    ("xreadgroup", "keys", "8.10 calls them incomplete"),
    ("sinterstore", "keys", "7.0 called the destination updated; it is overwritten"),
    ("georadius", "keys", "8 says that the words before stored keys may be something else"),
    ("georadiusbymember", "keys", "8 says that the words before stored keys may be something else"),
    ("wait", "flags", "8 calls it blocking"),
    ("wait", "categories", "8 calls it blocking"),
    ("zrank", "arity", "7.2 added WITHSCORE"),
    ("zrevrank", "arity", "7.2 added WITHSCORE"),
    ("eval", "flags", "script_runner came after 8.2"),
    ("evalsha", "flags", "script_runner came after 8.2"),
    ("eval_ro", "flags", "script_runner came after 8.2"),
    ("evalsha_ro", "flags", "script_runner came after 8.2"),
    ("fcall", "flags", "script_runner came after 8.2"),
    ("fcall_ro", "flags", "script_runner came after 8.2"),
];

fn entries() -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().copied()
}

fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Reads the facts: a row of fields by column for each command.
fn facts() -> BTreeMap<&'static str, HashMap<&'static str, &'static str>> {
    let mut lines = FACTS.lines();
    let columns: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let row = |line: &'static str| columns.iter().copied().zip(line.split('\t')).collect::<HashMap<_, _>>();
    lines.map(|line| (line.split('\t').next().unwrap(), row(line))).collect()
}

/// Sorts a list so that its order does not count.
fn sorted<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let mut items: Vec<&str> = items.into_iter().filter(|item| !item.is_empty()).collect();
    items.sort_unstable();
    items.join(",")
}

#[test]
fn entries_agree_with_the_facts_of_redis() {
    let facts = facts();
    let mut faults = Vec::new();
    let mut seen = HashSet::new();
    for command in entries() {
        let name = command.name;
        if !seen.insert(name) {
            faults.push(format!("{name}: stands in the table twice"));
        }
        let Some(row) = facts.get(name) else {
            faults.push(format!("{name}: Redis has no such command"));
            continue;
        };
        let mut hold = |what: &str, ours: &str, theirs: &str| {
            if ours != theirs {
                faults.push(format!("{name}: {what} is {ours:?}, Redis's {theirs:?}"));
            }
        };
        hold("group", command.group.name(), row["group"]);
        hold("since", command.since, row["since"]);
        hold("arity", &command.arity.to_string(), row["arity"]);
        // Movable keys follow from the key specifications, which the comparison with redis-server holds.
        let flags = command.flags.names().filter(|flag| *flag != "movablekeys");
        hold("flags", &sorted(flags), &sorted(row["flags"].split(',').filter(|flag| *flag != "movablekeys")));
        hold("categories", &sorted(command.categories()), &sorted(row["acl_categories"].replace('@', "").split(',')));
        let arguments = command.syntax.strip_prefix(name).map(str::trim);
        hold("syntax", arguments.unwrap_or("not headed by the name"), row["syntax"]);
        hold("deprecated since", command.deprecated.map_or("", |(since, _)| since), row["deprecated_since"]);
        let releases: Vec<&str> = command.history.iter().map(|(release, _)| *release).collect();
        let theirs = row["history"].split("; ").filter_map(|change| change.split_once(": "));
        let theirs: Vec<&str> = theirs.map(|(release, _)| release).filter(|release| release.contains('.')).collect();
        hold("history", &releases.join(","), &theirs.join(","));
        hold("container", &is_container(command).to_string(), &(row["kind"] == "container").to_string());
        for (what, text) in [("summary", command.summary), ("reply", command.reply)] {
            let has_none = text.is_empty() && !(what == "reply" && is_container(command));
            hold(what, if has_none { "missing" } else { "" }, "");
        }
    }
    assert_none(faults);
}

fn is_container(command: &Command) -> bool {
    command.handler.is_container()
}

#[test]
fn every_syntax_line_can_be_read() {
    let faults =
        entries().filter(|command| command.syntax.strip_prefix(command.name).and_then(syntax::parse).is_none());
    assert_none(faults.map(|command| format!("{}: {}", command.name, command.syntax)).collect());
    let faults = facts().into_iter().filter(|(_, row)| syntax::parse(row["syntax"]).is_none());
    assert_none(faults.map(|(name, row)| format!("{name}: {}", row["syntax"])).collect());
}

/// Counts an entry's words by its syntax, to be held against its arity.
#[test]
fn arity_follows_from_the_syntax() {
    let exceptions: &[(&str, &str)] = &[
        ("CLIENT KILL", "the address or the filters are one word or more, but not none"),
        ("PSYNC", "takes what later releases add"),
        ("REPLCONF", "says nothing of its options"),
        ("DEBUG", "says nothing of its subcommands"),
        ("QUIT", "takes any arguments and looks at none"),
        ("HOTKEYS START", "says itself that its metrics are missing"),
        ("CLUSTER MIGRATION", "asks for more than STATUS alone"),
    ];
    let mut faults = Vec::new();
    for command in entries().filter(|command| !is_container(command)) {
        let (least, open) = words(&command.arguments());
        let least = least + command.words();
        let arity = if open { -(least as i32) } else { least as i32 };
        if arity != command.arity && !exceptions.iter().any(|(name, _)| *name == command.name) {
            faults.push(format!("{}: arity {} but {arity} by `{}`", command.name, command.arity, command.syntax));
        }
    }
    assert_none(faults);
}

/// Answers the least number of words that the arguments take, and whether there may be more.
fn words(arguments: &[Argument]) -> (usize, bool) {
    let mut sum = (0, false);
    for argument in arguments {
        let (inner, open) = match argument.kind {
            Kind::PureToken => (0, false),
            Kind::Block => words(&argument.arguments),
            Kind::OneOf => {
                let choices: Vec<_> =
                    argument.arguments.iter().map(|choice| words(std::slice::from_ref(choice))).collect();
                let least = choices.iter().map(|choice| choice.0).min().unwrap_or(0);
                (least, choices.iter().any(|choice| choice.0 != least || choice.1))
            }
            _ => (1, false),
        };
        let least = if argument.optional { 0 } else { inner + usize::from(argument.token.is_some()) };
        sum = (sum.0 + least, sum.1 || open || argument.optional || argument.multiple);
    }
    sum
}

#[test]
fn every_command_has_a_transcript() {
    let mut text = String::new();
    read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut text);
    let mut typed = HashSet::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("> ")) {
        let mut words = line.split(' ').map(str::to_ascii_uppercase);
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        typed.insert(format!("{first} {second}"));
        typed.insert(first);
    }
    let faults = entries().filter(|command| !typed.contains(command.name));
    assert_none(faults.map(|command| format!("{}: no transcript types it", command.name)).collect());
}

fn read_all(directory: &Path, text: &mut String) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_all(&path, text);
        } else {
            text.push_str(&std::fs::read_to_string(&path).unwrap());
            text.push('\n');
        }
    }
}

/// A reply as plain text, with the order of sets and flags forgotten where `unordered` says so.
fn show(value: &Value) -> String {
    match value {
        Value::Status(text) | Value::Bulk(text) | Value::Error(text) => String::from_utf8_lossy(text).into_owned(),
        Value::Int(number) => number.to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(" ")),
        Value::Set(items) => {
            let items: Vec<String> = items.iter().map(show).collect();
            format!("{{{}}}", sorted(items.iter().map(String::as_str)).replace(',', " "))
        }
        Value::Map(items) => {
            let pairs = items.chunks(2).filter(|pair| pair[0] != Value::Bulk(b"notes".to_vec()));
            format!("{{{}}}", pairs.map(|pair| show(&pair[0]) + ":" + &show(&pair[1])).collect::<Vec<_>>().join(" "))
        }
        other => format!("{other:?}"),
    }
}

/// The names of COMMAND INFO's parts.
const PARTS: [&str; 9] = ["name", "arity", "flags", "first key", "last key", "step", "categories", "tips", "keys"];

#[test]
fn command_info_is_that_of_redis() {
    let oracle = Oracle::start("command-info");
    let old = oracle.version() < version("7.2");
    let mut client = oracle.connect();
    client.call(&["HELLO", "3"]);
    let mut core = Core::new(1);
    core.call(1, &["HELLO", "3"]);
    let mut faults = Vec::new();
    for command in entries() {
        let name = command.full_name();
        let argv = ["COMMAND", "INFO", &name];
        let (Value::Array(theirs), Value::Array(ours)) = (client.call(&argv), core.call(1, &argv).remove(0)) else {
            panic!("not an array");
        };
        let Value::Array(theirs) = &theirs[0] else { continue };
        let Value::Array(ours) = &ours[0] else { panic!("{name}: no such command") };
        for (at, part) in PARTS.iter().enumerate() {
            // Tips came to more commands after 7.0.
            let changed = CHANGED_INFO.iter().any(|(changed, what, _)| *changed == name && what == part);
            if changed || (*part == "tips" && old) {
                continue;
            }
            let (theirs, ours) = (show(&theirs[at]), show(&ours[at]));
            if theirs != ours {
                faults.push(format!("{name}: {part} is {ours}, Redis's {theirs}"));
            }
        }
    }
    assert_none(faults);
}

/// Commands whose arguments are not those that redis-server 7.0.15 documents, and why.
const CHANGED_ARGUMENTS: &[(&str, &str)] = &[
    ("psubscribe", "7.2 says more simply that several patterns may follow"),
    ("bitop", "7.2 names the operations, 8.2 added four"),
    ("client|kill", "7.2 names SKIPME's words, 7.4 added MAXAGE"),
    ("client|list", "7.2 says more simply that several ids may follow"),
    ("cluster|keyslot", "7.2 calls the key a key"),
    ("command|getkeys", "7.0 documents no arguments"),
    ("command|getkeysandflags", "7.0 documents no arguments"),
    ("config|get", "7.2 says more simply that several patterns may follow"),
    ("geohash", "7.2 takes no members at all"),
    ("geopos", "7.2 takes no members at all"),
    ("georadius", "7.2 takes one of STORE and STOREDIST"),
    ("georadiusbymember", "7.2 takes one of STORE and STOREDIST"),
    ("hscan", "7.4 added NOVALUES"),
    ("set", "8.4 added IFEQ, IFNE, IFDEQ and IFDNE"),
    ("migrate", "8.0 says more simply that AUTH or AUTH2 may follow"),
    ("module|loadex", "7.2 says more simply that several words may follow"),
    ("pfmerge", "7.2 takes a destination alone"),
    ("zrank", "7.2 added WITHSCORE"),
    ("zrevrank", "7.2 added WITHSCORE"),
    ("zunion", "8.8 added COUNT"),
    ("zinter", "8.8 added COUNT"),
    ("zunionstore", "8.8 added COUNT"),
    ("zinterstore", "8.8 added COUNT"),
    ("xadd", "8.2 added KEEPREF, DELREF and ACKED, 8.6 IDMP and IDMPAUTO"),
    ("xtrim", "8.2 added KEEPREF, DELREF and ACKED"),
    ("xinfo|stream", "8.2 describes FULL with its COUNT as a block"),
    ("xread", "8.10 added MAXCOUNT and MAXSIZE"),
    ("xreadgroup", "8.4 added CLAIM, 8.10 MAXCOUNT and MAXSIZE"),
];

/// Writes an argument of COMMAND DOCS as one word, without the names, which later releases changed.
fn outline(argument: &Value) -> String {
    let Value::Map(items) = argument else { panic!("not a map") };
    let facts: HashMap<String, &Value> = items.chunks(2).map(|pair| (show(&pair[0]), &pair[1])).collect();
    let fact = |name: &str| facts.get(name).map_or(String::new(), |value| show(value));
    let inner = match facts.get("arguments") {
        Some(Value::Array(inner)) => inner.iter().map(outline).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    format!("{}{}{}{}({inner})", fact("type"), fact("key_spec_index"), fact("token"), fact("flags"))
}

#[test]
fn command_docs_are_those_of_redis() {
    let oracle = Oracle::from_environment("command-docs");
    let mut client = oracle.connect();
    client.call(&["HELLO", "3"]);
    let mut core = Core::new(1);
    core.call(1, &["HELLO", "3"]);
    let old = oracle.version() < version("7.2");
    let mut faults = Vec::new();
    let mut compared = 0;
    for command in entries() {
        let name = command.full_name();
        let argv = ["COMMAND", "DOCS", &name];
        let facts = |reply: Value| -> Option<HashMap<String, Value>> {
            let Value::Map(pair) = reply else { panic!("not a map") };
            let Some(Value::Map(items)) = pair.into_iter().nth(1) else { return None };
            let mut items = items.into_iter();
            let mut facts = HashMap::new();
            while let (Some(name), Some(value)) = (items.next(), items.next()) {
                facts.insert(show(&name), value);
            }
            Some(facts)
        };
        let Some(theirs) = facts(client.call(&argv)) else { continue };
        let ours = facts(core.call(1, &argv).remove(0)).expect("our own command");
        compared += 1;
        for fact in ["since", "group", "doc_flags", "deprecated_since"] {
            let text = |facts: &HashMap<String, Value>| facts.get(fact).map_or(String::new(), show);
            // Deprecations of later releases; and 7.0 names the unstable release that brought CLIENT PAUSE.
            let mended = old && (fact.starts_with('d') || (fact, &*name) == ("since", "client|pause"));
            if text(&ours) != text(&theirs) && !mended {
                faults.push(format!("{name}: {fact} is {:?}, Redis's {:?}", text(&ours), text(&theirs)));
            }
        }
        if old && CHANGED_ARGUMENTS.iter().any(|(changed, _)| *changed == name) {
            continue;
        }
        let tree = |facts: &HashMap<String, Value>| match facts.get("arguments") {
            Some(Value::Array(list)) => list.iter().map(outline).collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        if tree(&ours) != tree(&theirs) {
            faults.push(format!("{name}: arguments are\n  {}, Redis's\n  {}", tree(&ours), tree(&theirs)));
        }
    }
    println!("{compared} commands");
    assert_none(faults);
}

/// Commands whose arguments do not survive being written as a line, and why.
const NO_LINE: &[(&str, &str)] = &[
    ("argrep", "puts a token and its argument side by side in a block"),
    ("arop", "puts a token and its argument side by side in a block"),
];

/// Writes an argument of COMMAND DOCS in the notation of syntax lines.
fn notation(argument: &Value) -> String {
    let Value::Map(items) = argument else { panic!("not a map") };
    let facts: HashMap<String, &Value> = items.chunks(2).map(|pair| (show(&pair[0]), &pair[1])).collect();
    let fact = |name: &str| facts.get(name).map_or(String::new(), |value| show(value));
    let (token, flags) = (fact("token"), fact("flags"));
    let inner: Vec<String> = match facts.get("arguments") {
        Some(Value::Array(inner)) => inner.iter().map(notation).collect(),
        _ => Vec::new(),
    };
    let name = fact("name").to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let core = match fact("type").as_str() {
        "pure-token" => token.clone(),
        "oneof" => format!("<{}>", inner.join(" | ")),
        "block" => format!("({})", inner.join(" ")),
        "string" if name == "key" => "name".into(),
        "string" => name,
        "integer" => name + ":int",
        "unix-time" => name + ":unix",
        kind => format!("{name}:{kind}"),
    };
    let mut line = if token.is_empty() || fact("type") == "pure-token" { core } else { format!("{token} {core}") };
    if flags.contains("multiple_token") {
        line = format!("{{{line}}}...");
    } else if flags.contains("multiple") {
        line += "...";
    }
    if flags.contains("optional") { format!("[{line}]") } else { line }
}

/// Writes an argument that was read from a line as [`outline`] does.
fn outline_of(argument: &Argument) -> String {
    let flags =
        [(argument.multiple, "multiple"), (argument.multiple_token, "multiple_token"), (argument.optional, "optional")];
    let flags: Vec<&str> = flags.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
    let flags = if flags.is_empty() { String::new() } else { format!("{{{}}}", flags.join(" ")) };
    let inner: Vec<String> = argument.arguments.iter().map(outline_of).collect();
    let token = argument.token.clone().unwrap_or_default();
    format!("{}{token}{flags}({})", argument.kind.name(), inner.join(" "))
}

/// Every command that Redis has can be said in a syntax line: COMMAND DOCS, written as lines and read again, is itself.
#[test]
fn the_notation_says_what_redis_documents() {
    let oracle = Oracle::from_environment("notation");
    let mut client = oracle.connect();
    client.call(&["HELLO", "3"]);
    let mut commands = vec![client.call(&["COMMAND", "DOCS"])];
    let (mut faults, mut count) = (Vec::new(), 0);
    while let Some(Value::Map(items)) = commands.pop() {
        for pair in items.chunks(2) {
            let Value::Map(facts) = &pair[1] else { panic!("not a map") };
            for fact in facts.chunks(2) {
                match (&fact[1], show(&fact[0]).as_str()) {
                    (Value::Array(arguments), "arguments") => {
                        let line = arguments.iter().map(notation).collect::<Vec<_>>().join(" ");
                        let read = syntax::parse(&line).unwrap_or_default();
                        let read = read.iter().map(outline_of).collect::<Vec<_>>().join(" ");
                        // The outlines of lines know nothing of key specifications.
                        let said = arguments.iter().map(outline).collect::<Vec<_>>().join(" ");
                        let said = said.replace(|c: char| c.is_ascii_digit(), "");
                        count += 1;
                        if read.replace(|c: char| c.is_ascii_digit(), "") != said
                            && !NO_LINE.iter().any(|(name, _)| *name == show(&pair[0]))
                        {
                            faults.push(format!("{}: {line}\n  {read}\n  {said}", show(&pair[0])));
                        }
                    }
                    (subcommands @ Value::Map(_), "subcommands") => commands.push(subcommands.clone()),
                    _ => {}
                }
            }
        }
    }
    println!("{count} lines");
    assert_none(faults);
}
