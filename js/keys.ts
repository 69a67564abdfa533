import { keySpecs } from "./commands.gen.js";
import { encode } from "./bytes.js";

/**
 * Where keys stand, by command: runs parted by `;`, each a beginning and a way to go on.
 *
 * A beginning is the index of a word, the command's name being word 0, or a keyword and where the search for it
 * starts, `STREAMS@1`. Then follow `r`, the last key counted from the beginning (from the end if negative), the step
 * and the limit; or `n`, where the number of keys stands, where the first key stands, and the step.
 */
let specs: Map<string, string> | undefined;

/** SORT's options that name keys besides the one that is sorted; ioredis gives them the prefix, too. */
const sortKeys = /^(BY|GET|STORE)$/i;

/** The indices in `args` (the command's name not counted) at which keys stand. */
export function keyIndexes(name: string, args: readonly unknown[]): number[] {
  specs ??= new Map(keySpecs.split("\n").map((line) => line.split("=") as [string, string]));
  const lower = name.toLowerCase();
  const spec = specs.get(lower) ?? specs.get(`${lower} ${text(args[0]).toLowerCase()}`);
  if (spec === undefined) return [];
  const found: number[] = [];
  for (const run of spec.split(";")) {
    const [begin, kind, a, b, c] = run.split(",") as [string, "r" | "n", string, string, string];
    const first = beginning(begin, args);
    if (first === undefined) continue;
    const count = args.length + 1;
    if (kind === "r") {
      const [last, step, limit] = [Number(a), Number(b), Number(c)];
      const end = last >= 0 ? first + last : limit > 1 ? first + Math.floor((count - first) / limit) - 1 : count + last;
      for (let at = first; at <= end && at < count; at += step) found.push(at - 1);
    } else {
      const [at, start, step] = [first + Number(a), first + Number(b), Number(c)];
      const keys = Number(text(args[at - 1]));
      for (let key = 0; key < keys && start + key * step < count; key++) found.push(start + key * step - 1);
    }
  }
  if (lower === "sort" || lower === "sort_ro") {
    for (let at = 2; at < args.length; at++) {
      if (!sortKeys.test(text(args[at - 1]))) continue;
      if (text(args[at]) !== "#") found.push(at);
      at++;
    }
  }
  return found;
}

function beginning(begin: string, args: readonly unknown[]): number | undefined {
  const [word, from] = begin.split("@") as [string, string | undefined];
  if (from === undefined) return Number(word);
  const backwards = Number(from) < 0;
  const start = backwards ? args.length + 1 + Number(from) : Number(from);
  for (let at = start; at > 0 && at <= args.length; at += backwards ? -1 : 1) {
    if (text(args[at - 1]).toUpperCase() === word) return at + 1;
  }
  return undefined;
}

function text(arg: unknown): string {
  return typeof arg === "string" ? arg : typeof arg === "number" ? String(arg) : "";
}

/** Puts a prefix before each key. The list given is left alone. */
export function prefixKeys(
  name: string,
  args: (string | number | Uint8Array)[],
  prefix: string | Uint8Array,
): (string | number | Uint8Array)[] {
  if (prefix.length === 0) return args;
  const prefixed = [...args];
  for (const index of keyIndexes(name, args)) {
    const key = args[index]!;
    if (typeof prefix === "string" && !(key instanceof Uint8Array)) {
      prefixed[index] = prefix + key;
    } else {
      const [head, tail] = [prefix, key].map((part) => (part instanceof Uint8Array ? part : encode(String(part)))) as [
        Uint8Array,
        Uint8Array,
      ];
      const joined = new Uint8Array(head.length + tail.length);
      joined.set(head);
      joined.set(tail, head.length);
      prefixed[index] = joined;
    }
  }
  return prefixed;
}
