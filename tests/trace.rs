//! What a trace tells of a run.

#[path = "rig/ticking.rs"]
mod ticking;

use redmoon::dispatch::trace::{Event, Trace};
use redmoon::engine::{Engine, Options};
use redmoon::protocol::Reply;
use ticking::Ticking;

fn engine() -> (Engine, u32) {
    let mut engine = Engine::new(Box::new(Ticking::by(1)), Options::default());
    let session = engine.open();
    (engine, session)
}

fn trace(engine: &mut Engine, session: u32, argv: &[&str]) -> (Reply, Trace) {
    let argv: Vec<&[u8]> = argv.iter().map(|word| word.as_bytes()).collect();
    engine.trace(session, &argv).expect("the session is open")
}

/// Shows events by line and kind, and what was called.
fn show(trace: &Trace) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let show = |event: &Event| match event {
        Event::Line { line, .. } => format!("{line}"),
        Event::Call { line, args, reply, protected, .. } => {
            let args: Vec<String> = args.iter().map(|arg| text(arg)).collect();
            format!("{line} {}{} -> {reply:?}", if *protected { "try " } else { "" }, args.join(" "))
        }
        Event::Log { line, level, message, .. } => format!("{line} log {level} {}", text(message)),
    };
    trace.events.iter().map(show).collect()
}

#[test]
fn lines_calls_and_the_log_are_told_in_order() {
    let (mut engine, session) = engine();
    let script = "#!lua\nlocal n = redis.call('INCRBY', KEYS[1], 2)\nif n > 1 then\n  redis.log(redis.LOG_NOTICE, 'n', n)\nend\n\
                  local e = redis.pcall('LPUSH', KEYS[1], 'x')\nreturn n";
    let (reply, first) = trace(&mut engine, session, &["EVAL", script, "1", "k"]);
    assert_eq!(reply, Reply::Int(2));
    assert_eq!(
        show(&first),
        ["2", "2 INCRBY k 2 -> Int(2)", "3", "4", "4 log 2 n 2", "6", "6 try LPUSH k x -> Error(WrongType)", "7",]
    );
    assert!(first.fuel > 20 && first.memory > 0 && first.duration > 8 && !first.truncated);
    let times: Vec<u64> = first
        .events
        .iter()
        .map(|event| match event {
            Event::Line { at, .. } | Event::Call { at, .. } | Event::Log { at, .. } => *at,
        })
        .collect();
    assert!(times.is_sorted() && times[0] < *times.last().unwrap());
    // Without a trace the same script runs as ever, and leaves none.
    let argv: [&[u8]; 4] = [b"EVAL", script.as_bytes(), b"1", b"k"];
    assert_eq!(engine.execute(session, &argv), Some(Reply::Int(4)));
}

#[test]
fn an_error_ends_the_trace_where_it_arose() {
    let (mut engine, session) = engine();
    let (reply, trace) = trace(&mut engine, session, &["EVAL", "local a = 1\nredis.call('NOPE')\nreturn a", "0"]);
    let Reply::Error(error) = reply else { panic!("it failed") };
    assert!(String::from_utf8_lossy(&error.line()).ends_with(", on @user_script:2."), "{error:?}");
    assert_eq!(show(&trace).len(), 3);
}

#[test]
fn a_function_is_traced_in_a_copy_of_its_library() {
    let (mut engine, session) = engine();
    let library = "#!lua name=lib\nlocal n = 0\nlocal function add()\n  n = n + 1\n  return n\nend\nredis.register_function('count', \
                   function()\n  return add()\nend)";
    let argv: [&[u8]; 3] = [b"FUNCTION", b"LOAD", library.as_bytes()];
    assert_eq!(engine.execute(session, &argv), Some(Reply::bulk("lib")));
    assert_eq!(engine.execute(session, &[b"FCALL", b"count", b"0"]), Some(Reply::Int(1)));
    let (reply, traced) = trace(&mut engine, session, &["FCALL", "count", "0"]);
    assert_eq!((reply, show(&traced)), (Reply::Int(1), ["8", "4", "5"].map(String::from).to_vec()));
    assert_eq!(engine.execute(session, &[b"FCALL", b"count", b"0"]), Some(Reply::Int(2)));
    let (reply, traced) = trace(&mut engine, session, &["PING"]);
    assert_eq!((reply, traced.events.len()), (Reply::status("PONG"), 0));
}

#[test]
fn a_trace_has_an_end() {
    let (mut engine, session) = engine();
    let (_, trace) = trace(&mut engine, session, &["EVAL", "for i = 1, 1e6 do local x = i end", "0"]);
    assert_eq!((trace.events.len(), trace.truncated), (100_000, true));
}
