/** Splits a line into arguments as redis-cli does: blanks part them, quotes hold them together. */

/** Thrown for a quote that is not closed, or closed in the middle of a word. */
export class Unbalanced extends Error {
  constructor() {
    super("Invalid argument(s)");
  }
}

const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", a: "\x07" };
const encoder = new TextEncoder();

/** The arguments of a line, as bytes: `"\xff"` is one byte. */
export function split(line: string): Uint8Array[] {
  const args: Uint8Array[] = [];
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line[at]!)) {
      at++;
      continue;
    }
    const bytes: number[] = [];
    const put = (text: string): void => void bytes.push(...encoder.encode(text));
    while (at < line.length && !/\s/.test(line[at]!)) {
      const mark = line[at]!;
      if (mark !== '"' && mark !== "'") {
        const char = String.fromCodePoint(line.codePointAt(at)!);
        put(char);
        at += char.length;
        continue;
      }
      at++;
      while (line[at] !== mark) {
        if (at >= line.length) throw new Unbalanced();
        const hex = mark === '"' && /^\\x([0-9a-f]{2})/i.exec(line.slice(at, at + 4));
        if (hex) {
          bytes.push(parseInt(hex[1]!, 16));
          at += 4;
        } else if (line[at] === "\\" && at + 1 < line.length && (mark === '"' || line[at + 1] === "'")) {
          put(escapes[line[at + 1]!] ?? line[at + 1]!);
          at += 2;
        } else {
          const char = String.fromCodePoint(line.codePointAt(at)!);
          put(char);
          at += char.length;
        }
      }
      at++;
      if (at < line.length && !/\s/.test(line[at]!)) throw new Unbalanced();
    }
    args.push(Uint8Array.from(bytes));
  }
  return args;
}
