//! The compiler makes the code that luac of Lua 5.1 makes: instruction by instruction, line by line.
//!
//! Compared are the listings of `luac5.1 -l -l` (Debian's package lua5.1) for every chunk under `tests/lua` and for
//! chunks made up from a seed. Chunks that do not compile are compared by their sentences.

use redmoon::lua::opcode::{self, Layout, Op, Operand};
use redmoon::lua::proto::{Constant, Proto};
use redmoon::lua::{compile, number};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs luac on each source; gives its listing without addresses, or its error.
fn reference(source: &[u8]) -> Result<String, String> {
    let mut child = Command::new("luac5.1")
        .args(["-l", "-l", "-p", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("luac5.1 is needed: install the package lua5.1");
    let mut stdin = child.stdin.take().unwrap();
    let source = source.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&source));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    let text = |bytes: &[u8]| bytes.iter().map(|&byte| byte as char).collect::<String>();
    if output.status.success() {
        let listing = text(&output.stdout);
        // "constants (2) for 0x5581f1c0a6f0:"
        let lines = listing.lines().filter(|line| !line.is_empty()).map(|line| match line.split_once(" 0x") {
            Some((before, _)) if !line.starts_with('\t') => before.to_string(),
            // "CLOSURE 0 0 ; 0x5581f1c0a6f0"
            Some((before, address)) if line.contains("CLOSURE") && address.len() > 8 => before.to_string(),
            _ => line.to_string(),
        });
        Ok(lines.collect::<Vec<_>>().join("\n"))
    } else {
        Err(text(&output.stderr).trim_start_matches("luac5.1: ").trim_end_matches('\n').to_string())
    }
}

/// Prints a function as luac does: header, instructions, constants, locals, upvalues, nested functions.
fn list(out: &mut String, proto: &Proto) {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let source = String::from_utf8_lossy(&proto.source);
    let kind = if proto.line_defined == 0 { "main" } else { "function" };
    let code = proto.code.len();
    let _ = writeln!(
        out,
        "{kind} <{}:{},{}> ({code} instruction{}, {} bytes at",
        source.trim_start_matches(['@', '=']),
        proto.line_defined,
        proto.last_line_defined,
        plural(code),
        code * 4
    );
    let parameters = usize::from(proto.param_count);
    let _ = writeln!(
        out,
        "{parameters}{} param{}, {} slot{}, {} upvalue{}, {} local{}, {} constant{}, {} function{}",
        if proto.is_vararg != 0 { "+" } else { "" },
        plural(parameters),
        proto.max_stack,
        plural(proto.max_stack.into()),
        proto.upvalue_count,
        plural(proto.upvalue_count.into()),
        proto.locals.len(),
        plural(proto.locals.len()),
        proto.constants.len(),
        plural(proto.constants.len()),
        proto.protos.len(),
        plural(proto.protos.len()),
    );
    for (pc, &instruction) in proto.code.iter().enumerate() {
        list_instruction(out, proto, pc, instruction);
    }
    let _ = writeln!(out, "constants ({}) for", proto.constants.len());
    for index in 0..proto.constants.len() {
        let _ = writeln!(out, "\t{}\t{}", index + 1, constant(proto, index));
    }
    let _ = writeln!(out, "locals ({}) for", proto.locals.len());
    for (index, local) in proto.locals.iter().enumerate() {
        let name = String::from_utf8_lossy(&local.name);
        let _ = writeln!(out, "\t{index}\t{name}\t{}\t{}", local.start_pc + 1, local.end_pc + 1);
    }
    let _ = writeln!(out, "upvalues ({}) for", proto.upvalue_names.len());
    for (index, name) in proto.upvalue_names.iter().enumerate() {
        let _ = writeln!(out, "\t{index}\t{}", String::from_utf8_lossy(name));
    }
    for nested in &proto.protos {
        list(out, nested);
    }
}

fn constant(proto: &Proto, index: usize) -> String {
    match &proto.constants[index] {
        Constant::Nil => "nil".into(),
        Constant::Boolean(value) => value.to_string(),
        Constant::Number(x) => {
            let mut text = Vec::new();
            number::write(&mut text, *x);
            String::from_utf8(text).unwrap()
        }
        Constant::String(text) => {
            let mut quoted = String::from("\"");
            for &byte in text {
                match byte {
                    b'"' => quoted.push_str("\\\""),
                    b'\\' => quoted.push_str("\\\\"),
                    7 => quoted.push_str("\\a"),
                    8 => quoted.push_str("\\b"),
                    12 => quoted.push_str("\\f"),
                    b'\n' => quoted.push_str("\\n"),
                    b'\r' => quoted.push_str("\\r"),
                    b'\t' => quoted.push_str("\\t"),
                    11 => quoted.push_str("\\v"),
                    32..=126 => quoted.push(byte as char),
                    byte => {
                        let _ = write!(quoted, "\\{byte:03}");
                    }
                }
            }
            quoted + "\""
        }
    }
}

fn list_instruction(out: &mut String, proto: &Proto, pc: usize, i: u32) {
    let op = Op::of(i);
    let shape = op.shape();
    let (a, b, c, bx, sbx) = (opcode::a(i), opcode::b(i), opcode::c(i), opcode::bx(i), opcode::sbx(i));
    let _ = write!(out, "\t{}\t[{}]\t{:<9}\t", pc + 1, proto.lines[pc], shape.name);
    let shown = |operand: u32| {
        if opcode::is_constant(operand) { -1 - opcode::constant_index(operand) as i64 } else { i64::from(operand) }
    };
    match shape.layout {
        Layout::ABC => {
            let _ = write!(out, "{a}");
            if shape.b != Operand::Unused {
                let _ = write!(out, " {}", shown(b));
            }
            if shape.c != Operand::Unused {
                let _ = write!(out, " {}", shown(c));
            }
        }
        Layout::ABx if shape.b == Operand::Constant => {
            let _ = write!(out, "{a} {}", -1 - i64::from(bx));
        }
        Layout::ABx => {
            let _ = write!(out, "{a} {bx}");
        }
        Layout::AsBx if op == Op::Jmp => {
            let _ = write!(out, "{sbx}");
        }
        Layout::AsBx => {
            let _ = write!(out, "{a} {sbx}");
        }
    }
    let operand = |operand: u32| {
        if opcode::is_constant(operand) { constant(proto, opcode::constant_index(operand)) } else { "-".into() }
    };
    let upvalue = |index: u32| String::from_utf8_lossy(&proto.upvalue_names[index as usize]);
    let _ = match op {
        Op::LoadK => write!(out, "\t; {}", constant(proto, bx as usize)),
        Op::GetUpval | Op::SetUpval => write!(out, "\t; {}", upvalue(b)),
        Op::GetGlobal | Op::SetGlobal => match &proto.constants[bx as usize] {
            Constant::String(name) => write!(out, "\t; {}", String::from_utf8_lossy(name)),
            _ => unreachable!(),
        },
        Op::GetTable | Op::SelfOp if opcode::is_constant(c) => write!(out, "\t; {}", operand(c)),
        Op::SetTable | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Pow | Op::Eq | Op::Lt | Op::Le
            if opcode::is_constant(b) || opcode::is_constant(c) =>
        {
            write!(out, "\t; {} {}", operand(b), operand(c))
        }
        Op::Jmp | Op::ForLoop | Op::ForPrep => write!(out, "\t; to {}", pc as i64 + 2 + i64::from(sbx)),
        Op::Closure => write!(out, "\t;"),
        Op::SetList if c == 0 => write!(out, "\t; {}", proto.code[pc + 1] as i32),
        Op::SetList => write!(out, "\t; {c}"),
        _ => Ok(()),
    };
    out.push('\n');
}

fn ours(source: &[u8]) -> Result<String, String> {
    match compile(source, b"=stdin") {
        Ok(proto) => {
            let mut listing = String::new();
            list(&mut listing, &proto);
            Ok(listing.trim_end().to_string())
        }
        Err(message) => Err(message.iter().map(|&byte| byte as char).collect()),
    }
}

/// Says how our listing or error differs from luac's, if it does.
fn difference(source: &[u8]) -> Option<String> {
    let (expected, found) = (reference(source), ours(source));
    if expected == found {
        return None;
    }
    let text = String::from_utf8_lossy(source);
    Some(match (expected, found) {
        (Ok(expected), Ok(found)) => {
            let pair = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
            let (expected, found) = pair.unwrap_or(("listing of another length", ""));
            format!("{text}\n  expected {expected}\n  found    {found}\n")
        }
        (expected, found) => format!("{text}\n  expected {expected:?}\n  found    {found:?}\n"),
    })
}

#[test]
fn chunks_of_the_corpus_compile_to_the_same_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lua");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "lua"));
    let differences: Vec<_> = files.iter().filter_map(|file| difference(&std::fs::read(file).unwrap())).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Small chunks, good and bad, one a line of a file, with `\n` for a line break.
#[test]
fn small_chunks_compile_to_the_same_code_or_the_same_error() {
    let lines = include_str!("lua/small_chunks.txt");
    let differences: Vec<_> =
        lines.lines().filter_map(|line| difference(line.replace("\\n", "\n").as_bytes())).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Splits a chunk into words, signs and blanks, roughly.
fn pieces(source: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let same =
            |c: char| c.is_ascii_alphanumeric() == first.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
        let length = rest.char_indices().skip(1).find(|&(_, c)| !same(c)).map_or(rest.len(), |(at, _)| at);
        pieces.push(&rest[..length]);
        rest = &rest[length..];
    }
    pieces
}

/// `REDMOON_CHUNKS=20000 REDMOON_SEED=5` tries more, or others.
#[test]
fn spliced_chunks_compile_to_the_same_code_or_the_same_error() {
    let setting = |name, default: u64| std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default);
    let mut state = setting("REDMOON_SEED", 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % end as u64) as usize
    };
    let chunks: Vec<Vec<&str>> = include_str!("lua/small_chunks.txt").lines().map(pieces).collect();
    let mut differences = Vec::new();
    for _ in 0..setting("REDMOON_CHUNKS", 400) {
        let mut mixed = chunks[below(chunks.len())].clone();
        for _ in 0..1 + below(4) {
            let other = &chunks[below(chunks.len())];
            let from = below(other.len() + 1);
            let part = &other[from..(from + 1 + below(8)).min(other.len())];
            let at = below(mixed.len() + 1);
            let end = (at + below(3)).min(mixed.len());
            mixed.splice(at..end, part.iter().copied());
        }
        // A file whose first byte is `#` would lose its first line.
        differences.extend(difference((" ".to_string() + &mixed.concat()).as_bytes()));
    }
    assert!(
        differences.is_empty(),
        "{} differ:\n{}",
        differences.len(),
        differences[..differences.len().min(10)].join("\n")
    );
}

/// A WebAssembly instance has a megabyte of stack for everything.
#[test]
fn the_deepest_chunks_need_little_stack() {
    let nested = [
        ("(", "1", ")"),
        ("{", "", "}"),
        ("- ", "1", ""),
        ("a .. ", "a", ""),
        ("function() return ", "1", " end"),
        ("f{x=", "1", "}"),
    ];
    let blocks = [("do ", "end "), ("if a then ", "end "), ("repeat ", "until a "), ("while a do ", "end ")];
    let compile_all = move || {
        for levels in [90, 99, 150, 197, 198, 199, 200, 250, 100_000] {
            let nested = nested
                .iter()
                .map(|(open, middle, close)| format!("return {}{middle}{}", open.repeat(levels), close.repeat(levels)));
            let blocks = blocks.iter().map(|(open, close)| open.repeat(levels) + &close.repeat(levels));
            for text in nested.chain(blocks) {
                let compiles = compile(text.as_bytes(), b"=deep").is_ok();
                assert!(if levels < 95 { compiles } else { !compiles || levels < 200 }, "{levels}: {}", &text[..40]);
            }
        }
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(compile_all).unwrap().join().unwrap();
}
