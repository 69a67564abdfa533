import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { Reader, Shape, Push, MalformedReply } = await source("resp.ts");

function read(text, shape = Shape.plain) {
  const bytes = typeof text === "string" ? Buffer.from(text) : text;
  const reader = new Reader(bytes);
  reader.seek(0, bytes.length);
  const value = reader.read(shape);
  assert.equal(reader.at, bytes.length, "all bytes are read");
  return value;
}

test("RESP2 replies become strings, numbers, lists and null", () => {
  assert.equal(read("+OK\r\n"), "OK");
  assert.equal(read("+OKAY\r\n"), "OKAY");
  assert.equal(read("+\r\n"), "");
  assert.equal(read(":0\r\n"), 0);
  assert.equal(read(":-42\r\n"), -42);
  assert.equal(read("$0\r\n\r\n"), "");
  assert.equal(read("$-1\r\n"), null);
  assert.equal(read("*-1\r\n"), null);
  assert.deepEqual(read("*3\r\n:1\r\n$1\r\na\r\n*0\r\n"), [1, "a", []]);
});

test("strings of every length and alphabet survive", () => {
  for (let length = 0; length < 120; length++) {
    for (const letter of ["a", "é", "€", "😀"]) {
      const text = ("x" + letter).repeat(length);
      assert.equal(read(`$${Buffer.byteLength(text)}\r\n${text}\r\n`), text);
    }
  }
  assert.equal(read(Buffer.from([36, 50, 13, 10, 0xff, 0xfe, 13, 10])), "\ufffd\ufffd");
  assert.equal(read("$3\r\n\ufeff\r\n"), "\ufeff", "a byte order mark is a character");
});

test("integers keep every digit that JavaScript has", () => {
  assert.equal(read(":9007199254740991\r\n"), Number.MAX_SAFE_INTEGER);
  assert.equal(read(":9223372036854775807\r\n"), 2 ** 63);
  assert.equal(read(":9223372036854775807\r\n", Shape.stringNumbers), "9223372036854775807");
  assert.equal(read(":-7\r\n", Shape.stringNumbers), "-7");
});

test("RESP3's own types look as RESP2's unless they are asked for", () => {
  assert.equal(read("_\r\n"), null);
  assert.equal(read("#t\r\n"), 1);
  assert.equal(read("#f\r\n", Shape.rich), false);
  assert.equal(read(",1.5\r\n"), "1.5");
  assert.equal(read(",1.5\r\n", Shape.rich), 1.5);
  assert.equal(read(",-inf\r\n", Shape.rich), -Infinity);
  assert.equal(read("(123456789012345678901234567890\r\n"), "123456789012345678901234567890");
  assert.equal(read("=9\r\ntxt:hello\r\n"), "hello");
  assert.deepEqual(read("%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n"), ["a", 1, "b", 2]);
  assert.deepEqual(read("%2\r\n+a\r\n:1\r\n+b\r\n%1\r\n+c\r\n,2.5\r\n", Shape.rich), { a: 1, b: { c: 2.5 } });
  assert.deepEqual(read("~2\r\n:1\r\n:2\r\n"), [1, 2]);
  assert.equal(read("|1\r\n+ttl\r\n:3600\r\n:7\r\n"), 7);
  const push = read(">2\r\n+message\r\n+x\r\n");
  assert.ok(push instanceof Push);
  assert.deepEqual(push.items, ["message", "x"]);
});

test("a field named __proto__ is a field", () => {
  const map = read("%1\r\n$9\r\n__proto__\r\n:1\r\n", Shape.rich);
  assert.deepEqual(Object.keys(map), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(map), Object.prototype);
});

test("the bytes shape answers copies that stay", () => {
  const bytes = Buffer.from("$3\r\nabc\r\n");
  const reader = new Reader(bytes);
  reader.seek(0, bytes.length);
  const value = reader.read(Shape.bytes);
  bytes.fill(0);
  assert.equal(Buffer.from(value).toString(), "abc");
});

test("errors are values, within lists too", () => {
  const error = read("-ERR no\r\n");
  assert.equal(error.name, "ReplyError");
  assert.equal(error.message, "ERR no");
  assert.deepEqual(
    read("*2\r\n-WRONGTYPE x\r\n!5\r\nERR y\r\n").map((item) => item.message),
    ["WRONGTYPE x", "ERR y"],
  );
});

test("what is no reply is refused and never loops or grows without end", () => {
  const broken = ["x", "$5\r\nab\r\n", "*999999999\r\n", "+no end", `${"*1\r\n".repeat(5000)}:1\r\n`];
  for (const text of broken) {
    const bytes = Buffer.from(text);
    const reader = new Reader(bytes);
    reader.seek(0, bytes.length);
    assert.throws(() => reader.read(Shape.plain), MalformedReply, text.slice(0, 20));
  }
});
