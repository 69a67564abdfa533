// What both parts of `npm run bench -- lua` use: medians, tables, and an engine without its JavaScript.

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

/** An engine in wasm, called as the package calls it: the words are written into its buffer once, then run again and
 *  again. */
export async function wasmEngine(config = {}) {
  const root = new URL("../js/wasm/", import.meta.url);
  const { default: init, Engine } = await import(new URL("redmoon.js", root));
  const { readFileSync } = await import("node:fs");
  const { memory } = await init({ module_or_path: readFileSync(new URL("redmoon_bg.wasm", root)) });
  const engine = new Engine({ config });
  const session = engine.open(Date.now());
  const bytes = (words) => {
    const parts = [];
    const number = (value) => parts.push(Buffer.from(Uint32Array.of(value).buffer));
    number(words.length);
    for (const word of words) {
      const text = Buffer.from(String(word));
      number(text.length);
      parts.push(text);
    }
    return Buffer.concat(parts);
  };
  const write = (input) => {
    engine.reserve(input.length);
    const [at] = new Uint32Array(memory.buffer, engine.control(), 1);
    new Uint8Array(memory.buffer, at, input.length).set(input);
  };
  const reply = (length) => {
    const [, , at] = new Uint32Array(memory.buffer, engine.control(), 3);
    return Buffer.from(memory.buffer, at, length).toString("latin1");
  };
  return {
    engine,
    memory,
    session,
    /** Runs a command and answers its reply in RESP; fails on an error. */
    call(...words) {
      const input = bytes(words);
      write(input);
      const answer = reply(engine.call(session, input.length, Date.now()));
      if (answer.startsWith("-")) throw new Error(answer.trim());
      return answer;
    },
    /** Gives a function that runs a command again and again, so many times. */
    prepared(...words) {
      const input = bytes(words);
      return (times) => {
        write(input);
        const now = Date.now();
        for (let turn = 0; turn < times; turn++) engine.call(session, input.length, now);
      };
    },
  };
}
