// What reads and compares transcripts: tried on replies that are right and on replies that are wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { replayAll, split, tree } from "./transcript.mjs";

/** A stand-in for the package that answers what it is told to, in turn. */
function answering(...replies) {
  return class {
    call() {
      return Promise.resolve("OK");
    }
    callBuffer() {
      const reply = replies.shift();
      return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
    }
    disconnect() {}
  };
}

async function passes(transcript, ...replies) {
  const [{ error }] = await replayAll(answering(...replies), [{ name: "case.txt", text: transcript }]);
  return error === null;
}

const bytes = (text) => new TextEncoder().encode(text);

test("lines are split as redis-cli splits them", () => {
  assert.deepEqual(split(`SET "a\\x00\\n\\"" 'it\\'s' x ""`).map((arg) => [...arg]), [
    [83, 69, 84],
    [97, 0, 10, 34],
    [105, 116, 39, 115],
    [120],
    [],
  ]);
  assert.throws(() => split('GET "x'));
  assert.throws(() => split('GET "x"y'));
});

test("nested replies are read by their indentation", () => {
  const shape = ({ kind, items }) => (items ? { [kind]: items.map(shape) } : kind);
  assert.deepEqual(shape(tree(["1) 1) (integer) 1", '   2) "x"', "2) (empty array)"])), {
    array: [{ array: ["integer", "text"] }, { array: [] }],
  });
  assert.deepEqual(shape(tree(['1# "k" => 1~ (double) 1.5', "   2~ (true)", '2# "l" => (nil)'])), {
    map: ["text", { set: ["double", "bool"] }, "text", "nil"],
  });
  assert.deepEqual(shape(tree(['1# "k" => ', '   1) 1) "x"', '      2) "y"', '2# "l" => (nil)'])), {
    map: ["text", { array: [{ array: ["text", "text"] }] }, "text", "nil"],
  });
  assert.throws(() => tree(["(integer) 1", "(integer) 2"]));
});

test("kinds are told apart where JavaScript tells them apart", async () => {
  assert.ok(await passes("> GET k\n(integer) 5\n", 5));
  assert.ok(!(await passes("> GET k\n(integer) 5\n", bytes("5"))));
  assert.ok(!(await passes('> GET k\n"5"\n', 5)));
  assert.ok(await passes("> GET k\n(nil)\n", null));
  assert.ok(!(await passes("> GET k\n(nil)\n", bytes(""))));
  assert.ok(await passes("> GET k\nOK\n", "OK"));
  assert.ok(await passes("> GET k\n(error) ERR no\n", new Error("ERR no")));
  assert.ok(!(await passes("> GET k\n(error) ERR no\n", "ERR no")));
  assert.ok(await passes("> GET k\n(double) 1.5\n", 1.5));
  assert.ok(!(await passes("> GET k\n(true)\n", 1)));
  assert.ok(!(await passes('> GET k\n"\\xff"\n', bytes("\ufffd"))));
});

test("order counts unless it is said not to", async () => {
  const [one, two] = [bytes("1"), bytes("2")];
  assert.ok(!(await passes('> KEYS *\n1) "1"\n2) "2"\n', [two, one])));
  assert.ok(await passes('#: unordered\n> KEYS *\n1) "1"\n2) "2"\n', [two, one]));
  assert.ok(!(await passes('#: unordered\n> KEYS *\n1) "1"\n2) "1"\n', [two, one])));
  assert.ok(!(await passes('> KEYS *\n1) "1"\n', [one, two])));
  assert.ok(await passes('> HGETALL k\n1) "a"\n2) "1"\n', { a: one }));
  assert.ok(!(await passes('> HGETALL k\n1) "a"\n2) "1"\n', { a: two })));
});

test("a pattern stands for what cannot be foretold", async () => {
  assert.ok(await passes('#: pattern\n> XADD s * a 1\n"*-0"\n', bytes("1700000000000-0")));
  assert.ok(!(await passes('#: pattern\n> XADD s * a 1\n"*-0"\n', bytes("1700000000000-1"))));
  assert.ok(await passes("#: pattern\n> PTTL k\n(integer) 9?\n", 95));
});

test("a mistake in the form fails", async () => {
  assert.ok(!(await passes("OK\n")));
  assert.ok(!(await passes("#: whenever\n> PING\nPONG\n", "PONG")));
});
