import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "./source.mjs";

const { Reader, Shape, Push, Text } = await source("reply.ts", "bytes.ts");

// What src/protocol/words.rs writes.
const word = (kind, number = 0) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE((number << 4) | kind);
  return bytes;
};
const filled = (bytes) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
const string = (kind, text) => Buffer.concat([word(kind, Buffer.byteLength(text)), filled(Buffer.from(text))]);
const list = (kind, count, items) => Buffer.concat([word(kind, count), ...items]);
const nil = word(0);
const int = (value) => word(1, value);
const wide = (value) => {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32LE(2);
  bytes.writeBigInt64LE(BigInt(value), 4);
  return bytes;
};
const ascii = (text) => string(3, text);
const bytes = (text) => string(4, text);
const error = (line) => string(6, line);
const double = (text) => string(7, text);
const bigNumber = (digits) => string(8, digits);
const bool = (value) => word(9, Number(value));
const array = (...items) => list(10, items.length, items);
const set = (...items) => list(11, items.length, items);
const map = (...items) => list(12, items.length / 2, items);
const push = (...items) => list(13, items.length, items);

function readerOf(reply) {
  const words = new Int32Array(reply.length / 4 + 1);
  new Uint8Array(words.buffer).set(reply);
  return new Reader(words, new Text(words));
}

function read(reply, shape = Shape.plain) {
  const reader = readerOf(reply);
  const value = reader.read(shape);
  assert.equal(reader.at, reply.length / 4, "all words are read");
  return value;
}

test("long lists keep what they hold, whatever stands between short strings", () => {
  const short = Array.from({ length: 3000 }, (_, at) => "x".repeat(at % 14) + at);
  const whole = short.map(ascii);
  assert.deepEqual(read(array(...whole)), short);
  const mixed = whole.toSpliced(700, 0, nil).toSpliced(1500, 0, bytes("größer"), ascii("y".repeat(100)));
  const expected = short.toSpliced(700, 0, null).toSpliced(1500, 0, "größer", "y".repeat(100));
  assert.deepEqual(read(array(...mixed)), expected);
  assert.deepEqual(read(array(...mixed), Shape.bytes), expected.map((item) => item && Buffer.from(item)));
});

test("long lists of short strings are whole, and so is what follows them", () => {
  for (const length of [8, 255, 256, 257, 512, 3000]) {
    // Of every length that is cut out, shorter and longer ones by turns.
    const short = Array.from({ length }, (_, at) => `${at}`.padEnd((at * 5) % 13, "x").slice(0, (at * 5) % 13));
    for (const end of ["", "twelve chars", "thirteen char"]) {
      const items = [...short, end];
      assert.deepEqual(read(array(array(...items.map(ascii)), ascii("next"))), [items, "next"], `${length} and ${end}`);
    }
  }
});

test("replies become strings, numbers, lists and null", () => {
  assert.equal(read(ascii("OK")), "OK");
  assert.equal(read(ascii("")), "");
  assert.equal(read(int(0)), 0);
  assert.equal(read(int(-42)), -42);
  assert.equal(read(nil), null);
  assert.deepEqual(read(array(int(1), ascii("a"), array())), [1, "a", []]);
});

test("strings of every length and alphabet survive, the first time and the second", () => {
  for (let length = 0; length < 120; length++) {
    for (const letter of ["a", "é", "€", "😀", "\0"]) {
      const text = ("x" + letter).repeat(length);
      const reply = /^[\0-\x7f]*$/.test(text) ? ascii(text) : bytes(text);
      for (const time of ["first", "second"]) assert.equal(read(reply), text, time);
    }
  }
  assert.equal(read(string(4, "")), "");
  assert.equal(read(Buffer.concat([word(4, 2), Buffer.from([0xff, 0xfe, 0, 0])])), "\ufffd\ufffd");
  assert.equal(read(bytes("\ufeff")), "\ufeff", "a byte order mark is a character");
  const long = "long ".repeat(1000);
  assert.equal(read(Buffer.concat([word(5), Buffer.from([0x88, 0x13, 0, 0]), Buffer.from(long)])), long);
});

test("strings that are remembered are not taken for one another", () => {
  for (let n = 0; n < 20_000; n++) assert.equal(read(ascii(`member:${n}`)), `member:${n}`);
  assert.equal(read(ascii("a")), "a");
  assert.equal(read(ascii("a\0")), "a\0");
});

test("integers keep every digit that JavaScript has", () => {
  assert.equal(read(int(2 ** 27 - 1)), 2 ** 27 - 1);
  assert.equal(read(int(-(2 ** 27))), -(2 ** 27));
  for (const value of [2 ** 27, 2 ** 31, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
    assert.equal(read(wide(value)), value);
    assert.equal(read(wide(value), Shape.stringNumbers), String(value));
  }
  assert.equal(read(wide(9223372036854775807n)), 2 ** 63);
  assert.equal(read(wide(9223372036854775807n), Shape.stringNumbers), "9223372036854775807");
  assert.equal(read(wide(-9223372036854775808n), Shape.stringNumbers), "-9223372036854775808");
  assert.equal(read(int(-7), Shape.stringNumbers), "-7");
});

test("RESP3's own types look as RESP2's unless they are asked for", () => {
  assert.equal(read(bool(true)), 1);
  assert.equal(read(bool(false), Shape.rich), false);
  assert.equal(read(double("1.5")), "1.5");
  assert.equal(read(double("1.5"), Shape.rich), 1.5);
  assert.equal(read(double("-inf"), Shape.rich), -Infinity);
  assert.equal(read(double("1.5"), Shape.rich | Shape.stringNumbers), "1.5");
  assert.equal(read(bigNumber("123456789012345678901234567890")), "123456789012345678901234567890");
  assert.deepEqual(read(map(ascii("a"), int(1), ascii("b"), int(2))), ["a", 1, "b", 2]);
  const nested = map(ascii("a"), int(1), ascii("b"), map(ascii("c"), double("2.5")));
  assert.deepEqual(read(nested, Shape.rich), { a: 1, b: { c: 2.5 } });
  assert.deepEqual(read(set(int(1), int(2))), [1, 2]);
  const message = read(push(ascii("message"), ascii("x")));
  assert.ok(message instanceof Push);
  assert.deepEqual(message.items, ["message", "x"]);
});

test("lists of names and values become objects where that is asked for", () => {
  const expected = { name: "value", other: "é" };
  const items = [ascii("name"), ascii("value"), ascii("other"), bytes("é")];
  assert.deepEqual(read(array(...items), Shape.object), expected);
  assert.deepEqual(read(map(...items), Shape.object), expected);
  const copied = read(map(...items), Shape.object | Shape.bytes);
  assert.deepEqual(copied, { name: Buffer.from("value"), other: Buffer.from("é") });
});

test("a field named __proto__ is a field", () => {
  const found = read(map(ascii("__proto__"), int(1)), Shape.rich);
  assert.deepEqual(Object.keys(found), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(found), Object.prototype);
});

test("the bytes shape answers copies that stay", () => {
  const reader = readerOf(ascii("abc"));
  const value = reader.read(Shape.bytes);
  reader.words.fill(0);
  assert.equal(Buffer.from(value).toString(), "abc");
});

test("errors are values, within lists too", () => {
  const found = read(error("ERR no"));
  assert.equal(found.name, "ReplyError");
  assert.equal(found.message, "ERR no");
  assert.deepEqual(
    read(array(error("WRONGTYPE x"), error("ERR y"))).map((item) => item.message),
    ["WRONGTYPE x", "ERR y"],
  );
});
