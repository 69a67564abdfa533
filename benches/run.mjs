// `npm run bench`: this package beside its peers, in one run.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { inChromium, inEval, inNode, inWorkerd } from "./cold.mjs";
import { openPeers } from "./peers.mjs";
import { mapCan, workloads } from "./workloads.mjs";

const help = `npm run bench: operations a second of this package and its peers, awaited one by one, in batches and at once
(redis.sync), and the times of cold starts in Node, Chromium and workerd.

  npm run bench -- NAME...      only workloads whose name contains a NAME (as GET, evalsha)
  npm run bench -- --rounds N   rounds of which the median counts (default 5)
  npm run bench -- --ms N       ms that one measurement takes (default 120)
  npm run bench -- --readme     writes the table into README.md, between its two marks
  npm run bench -- --help       this`;

const options = { rounds: 5, ms: 120, readme: false, names: [] };
const words = process.argv.slice(2);
for (let word = words.shift(); word !== undefined; word = words.shift()) {
  if (word === "--help") console.log(help), process.exit(0);
  else if (word === "--readme") options.readme = true;
  else if (word === "--rounds" || word === "--ms") options[word.slice(2)] = Number(words.shift());
  else options.names.push(word.toLowerCase());
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const modes = [
  ["awaited", "awaited", () => true],
  ["sync", "atOnce", (workload, peer) => inBatches(workload) && peer.sync],
  ["Promise.all of 1000", "together", inBatches],
  ["autopipelining of 1000", "batched", (workload, peer) => inBatches(workload) && peer.batching],
  ["pipeline of 1000", "pipelined", (workload, peer) => inBatches(workload) && peer.client.pipeline && !["async Map", "js-redis-server"].includes(peer.name)],
];

/** A module once more for one peer and one workload: what the runtime has learnt of a function by calling it with one
 *  client must not slow it down with another, as it would in no program but this one. */
function copyOf(module, peer, workload) {
  return import(`./${module}.mjs?${encodeURIComponent(`${peer.name} ${workload.name}`)}`);
}

function inBatches({ name }) {
  return ["SET", "GET", "INCR"].includes(name);
}

const { peers, version, close } = await openPeers();
const rows = [];
for (const workload of workloads) {
  const wanted = options.names.length === 0 || options.names.some((name) => workload.name.toLowerCase().includes(name));
  if (!wanted) continue;
  const sha = workload.script && createHash("sha1").update(workload.script).digest("hex");
  const able = peers.filter((peer) => (peer.name !== "async Map" || mapCan.has(workload.name)) && !workload.skips?.includes(peer.name));
  for (const peer of able) await workload.prepare?.(peer.client);
  for (const [mode, way, applies] of modes) {
    const measured = able.filter((peer) => applies(workload, peer));
    if (measured.length === 0) continue;
    const figures = new Map(measured.map((peer) => [peer.name, []]));
    // Peers take turns in every round, so that a noisy moment falls on all; the first round warms up.
    for (let round = 0; round <= options.rounds; round++) {
      for (const peer of measured) {
        const { [way]: measure } = await copyOf("modes", peer, workload);
        const own = (await copyOf("workloads", peer, workload)).workloads.find(({ name }) => name === workload.name);
        const figure = await measure(peer, own, sha, options.ms);
        if (round > 0) figures.get(peer.name).push(figure);
      }
    }
    const medians = new Map([...figures].map(([name, values]) => [name, median(values)]));
    rows.push({ name: `${workload.name}${mode === "awaited" ? "" : `, ${mode}`}`, medians });
    process.stderr.write(`${rows.at(-1).name}\n`);
  }
}
await close();

/** A start is over soon and varies much: it is measured so many times as often. */
const STARTS = 5;
const turns = options.rounds * STARTS;
const starts = [
  ["redmoon in Node", () => inNode("redmoon", turns)],
  ["by `node -e`", () => inEval("redmoon", turns)],
  ["redmoon in Chromium (its slim build)", () => inChromium("slim.js", turns)],
  ["redmoon/full in Chromium", () => inChromium("web.js", turns)],
  ["redmoon in workerd", () => inWorkerd(turns)],
  ["ioredis-mock in Node", () => inNode("ioredis-mock", turns)],
];
const colds = [];
for (const [where, start] of starts) colds.push(`${where} ${(await start()).toFixed(1)} ms`);

const figure = (value) => (value === undefined ? "–" : value >= 1e4 ? `${Math.round(value / 1e3)}k` : value.toFixed(0));
const names = peers.map((peer) => peer.name);
const ratio = (medians, name) => {
  const [own, other] = [medians.get("redmoon"), medians.get(name)];
  if (other === undefined || name === "redmoon") return "";
  const times = own / other;
  return ` (${times >= 10 ? times.toFixed(0) : times.toFixed(2)}×)`;
};
const table = [
  `| operations a second | ${names.join(" | ")} |`,
  `|---|${names.map(() => "---:|").join("")}`,
  ...rows.map(({ name, medians }) => `| ${name} | ${names.map((peer) => figure(medians.get(peer)) + ratio(medians, peer)).join(" | ")} |`),
].join("\n");
const note = `Medians of ${options.rounds} rounds; in brackets how many times as fast redmoon is. Node ${process.versions.node}, redis-server ${version}, ${cpus().length} cores. From import to the first reply, each time in a new process, browser or worker: ${colds.join(", ")}.`;
console.log(`\n${table}\n\n${note}`);

if (options.readme) {
  const readme = new URL("../README.md", import.meta.url);
  const marks = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  const text = readFileSync(readme, "utf8");
  if (!marks.test(text)) throw new Error("README.md has no <!-- bench --> marks");
  writeFileSync(readme, text.replace(marks, (_, open, end) => `${open}${table}\n\n${note}\n${end}`));
}
