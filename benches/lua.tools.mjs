// What both parts of `npm run bench -- lua` use: medians, tables, and an engine without its JavaScript.

import { readFileSync } from "node:fs";

/** What a call answers whose reply is in words, and what the first of them says of an error: as `src/wasm.rs` and
 *  `src/protocol/words.rs` number them. */
const WORDS = 0;
const ERROR = 6;

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

export const wanted = (name, { names }) => names.length === 0 || names.some((part) => name.toLowerCase().includes(part));

/** A table in Markdown: a heading and rows of cells. */
export function table(heading, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(heading), `|---|${heading.slice(1).map(() => "---:|").join("")}`, ...rows.map(line)].join("\n");
}

/** Milliseconds that this process has spent on the processor: unlike the clock, it does not count its neighbours. */
export function spent() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** An engine in wasm without its JavaScript: requests in RESP are written into its buffer once, then run again and
 *  again. Those of one `memory` share it. */
export async function wasmEngine(memoryName = "shared") {
  const root = new URL("../js/wasm/", import.meta.url);
  const { default: init, Engine } = await import(new URL(`redmoon.js?${memoryName}`, root));
  const { memory } = await init({ module_or_path: readFileSync(new URL("redmoon_bg.wasm", root)) });
  const engine = new Engine(undefined, () => {});
  const session = engine.open("mem://bench");
  const own = engine.open("mem://bench");
  const request = (words) => {
    const bulks = words.map((word) => Buffer.from(String(word))).flatMap((text) => [`$${text.length}\r\n`, text, "\r\n"]);
    return Buffer.concat([`*${words.length}\r\n`, ...bulks].map((part) => Buffer.from(part)));
  };
  // The first three words of the control block: where the input stands, its size, where the output stands.
  const write = (input) => {
    engine.reserve(input.length);
    const [at] = new Uint32Array(memory.buffer, engine.control(), 1);
    new Uint8Array(memory.buffer, at, input.length).set(input);
  };
  const run = (length) => {
    const size = engine.feed(session, length);
    const [, , at] = new Uint32Array(memory.buffer, engine.control(), 3);
    return Buffer.from(memory.buffer, at, size).toString("latin1");
  };
  return {
    memory,
    /** Runs a command and answers its reply in RESP; fails on an error. */
    call(...words) {
      const input = request(words);
      write(input);
      const answer = run(input.length);
      if (answer.startsWith("-") || answer === "") throw new Error(answer.trim() || "no reply");
      return answer;
    },
    reserve: (capacity) => engine.reserve(capacity),
    /** Runs requests in RESP, any number of them, and answers the last bytes of their replies; fails on an error. */
    feed(input) {
      write(input);
      for (let length = input.length; ; length = 0) {
        const answer = run(length);
        const error = /(^|\n)-[A-Z].*/.exec(answer);
        if (error) throw new Error(error[0].trim());
        if (new Uint32Array(memory.buffer, engine.control(), 4)[3] !== 2) return answer;
      }
    },
    /** Writes a command's arguments where `direct` finds them: the length of each, then the bytes of each in whole words. */
    arguments([, ...words]) {
      const [at] = new Uint32Array(memory.buffer, engine.control(), 1);
      const lengths = new Uint32Array(memory.buffer, at, words.length);
      let end = at + words.length * 4;
      const bytes = new Uint8Array(memory.buffer);
      words.forEach((word, nth) => {
        const text = String(word);
        lengths[nth] = text.length;
        for (let place = 0; place < text.length; place++) bytes[end + place] = text.charCodeAt(place);
        end += (text.length + 3) & ~3;
      });
    },
    /** Crosses into wasm, so many times, and does nothing there. */
    nothing(times) {
      for (let turn = 0; turn < times; turn++) engine.is_parked(own);
    },
    /** Gives a function that runs a command, so many times, with the arguments that stand there, as the package does, and
     *  one that fails if the last reply is an error. */
    direct([name, ...words]) {
      const [number, count] = [engine.number(name.toLowerCase()), words.length];
      let answer;
      const run = (times) => {
        for (let turn = 0; turn < times; turn++) answer = engine.call(own, number, count);
      };
      const check = () => {
        if ((answer & 7) !== WORDS) return;
        const [, , at] = new Uint32Array(memory.buffer, engine.control(), 3);
        const [word] = new Uint32Array(memory.buffer, at, 1);
        if ((word & 15) === ERROR) throw new Error(Buffer.from(memory.buffer, at + 4, word >>> 4).toString("latin1"));
      };
      return { run, check };
    },
    /** Gives a function that runs a command again and again, so many times; it fails if the last reply is an error. */
    prepared(...words) {
      const input = request(words);
      return (times) => {
        write(input);
        for (let turn = 1; turn < times; turn++) engine.feed(session, input.length);
        const answer = run(input.length);
        if (answer.startsWith("-") || answer === "") throw new Error(answer.trim() || "no reply");
      };
    },
  };
}
