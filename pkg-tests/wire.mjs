// Replays transcripts in which sessions hear of one another, over RESP within the process, as redis-cli would see them.

import { parseReplies, print } from "./reply.mjs";
import { glob, parse, printsRaw, rawLines } from "./transcript.mjs";

/** Tells whether a transcript is about the connection itself: a handle shows its messages and waits in ways of its own. */
export function isAboutConnections({ name, text }) {
  return /^(#: session \d+ hears|> [PS]?SUBSCRIBE )/m.test(text) || name.startsWith("pubsub/") || name === "connection/auth.txt";
}

/** How long what a session is to hear may be on its way, in ms. */
const PATIENCE = 3000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Replays files `[{ name, text }]`; answers `[{ name, error }]`, one a file. */
export async function replayOverWire(Wire, files) {
  const results = [];
  for (const { name, text } of files) results.push({ name, error: await replay(Wire, name, text) });
  return results;
}

async function replay(Wire, name, text) {
  const sessions = new Map();
  const session = async (number) => {
    if (!sessions.has(number)) {
      const wire = await Wire.open(`wire ${name}`);
      const opened = { wire, heard: [] };
      wire.onreply = (bytes) => opened.heard.push(...parseReplies(bytes));
      sessions.set(number, opened);
    }
    return sessions.get(number);
  };
  const faults = [];
  try {
    for (const step of parse(text)) {
      const { wire, heard } = await session(step.session);
      if (step.advance) await sleep(step.advance);
      if (step.argv.length) {
        heard.push(...parseReplies(wire.feed(request(step.argv))));
      }
      const expected = step.expected.join("\n");
      // What comes behind the reply is heard without a command: redis-cli shows it when it next looks.
      const counts = () => (expected ? heard.map((_, at) => at + 1) : [0]);
      const taken = () => counts().find((count) => fits(step, expected, heard.slice(0, count)));
      // What a session is to hear comes in a moment of its own; that nothing comes shows only in time.
      if (!step.argv.length && !step.expected.length) await sleep(5);
      for (let waited = 0; taken() === undefined && waited < PATIENCE; waited += 5) await sleep(5);
      const fault = `${name}:${step.line}\n> ${step.source}\n  expected:\n${expected}\n  got:\n${show(step, heard)}`;
      if (taken() === undefined || (!step.argv.length && taken() < heard.length)) faults.push(fault);
      heard.splice(0, step.argv.length ? (taken() ?? heard.length) : heard.length);
    }
  } catch (error) {
    faults.push(`${name}: ${error.stack ?? error}`);
  }
  for (const { wire } of sessions.values()) wire.close();
  return faults.length ? faults.join("\n") : null;
}

function request(argv) {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(`*${argv.length}\r\n`)];
  for (const arg of argv) parts.push(encoder.encode(`$${arg.length}\r\n`), arg, encoder.encode("\r\n"));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

function show(step, replies) {
  const raw = step.argv.length > 0 && printsRaw(step.argv);
  return replies.map((reply) => (raw && reply.kind === "bulk" ? rawLines(reply.text) : print(reply))).join("\n");
}

function fits(step, expected, replies) {
  const got = show(step, replies);
  if (step.order === "pattern") return glob(expected).test(got);
  if (step.order === "exact") return got === expected;
  const sorted = (text) => text.replaceAll(/^ *(\d+[)~#] *)+/gm, "").split("\n").sort().join("\n");
  return sorted(got) === sorted(expected);
}
