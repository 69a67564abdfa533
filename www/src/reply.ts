/** Replies as redis-cli prints them, read from the RESP that the engine writes. */

/** A typed reply. */
export type Reply =
  | { kind: "status" | "error" | "bulk" | "number" | "double" | "boolean"; text: string; bytes: Uint8Array }
  | { kind: "null" }
  | { kind: "map"; items: Reply[] }
  | List;

interface List {
  kind: "array" | "set" | "push";
  items: Reply[];
}

const decoder = new TextDecoder();
const none = new Uint8Array(0);

/** Reads every reply in `bytes`. */
export function parseReplies(bytes: Uint8Array): Reply[] {
  const replies: Reply[] = [];
  const cursor = { at: 0 };
  while (cursor.at < bytes.length) replies.push(parse(bytes, cursor));
  return replies;
}

function parse(bytes: Uint8Array, cursor: { at: number }): Reply {
  const mark = String.fromCharCode(bytes[cursor.at]!);
  const end = bytes.indexOf(13, cursor.at);
  const line = decoder.decode(bytes.subarray(cursor.at + 1, end));
  cursor.at = end + 2;
  const items = (count: number): Reply[] => Array.from({ length: count }, () => parse(bytes, cursor));
  switch (mark) {
    case "+": return { kind: "status", text: line, bytes: none };
    case "-": return { kind: "error", text: line, bytes: none };
    case ":":
    case "(": return { kind: "number", text: line, bytes: none };
    case ",": return { kind: "double", text: line, bytes: none };
    case "#": return { kind: "boolean", text: line === "t" ? "true" : "false", bytes: none };
    case "_": return { kind: "null" };
    case "*": return Number(line) < 0 ? { kind: "null" } : { kind: "array", items: items(Number(line)) };
    case "~": return { kind: "set", items: items(Number(line)) };
    case ">": return { kind: "push", items: items(Number(line)) };
    case "%": return { kind: "map", items: items(Number(line) * 2) };
    case "$":
    case "=": {
      const length = Number(line);
      if (length < 0) return { kind: "null" };
      const data = bytes.subarray(cursor.at + (mark === "=" ? 4 : 0), cursor.at + length);
      cursor.at += length + 2;
      return { kind: "bulk", text: decoder.decode(data), bytes: data };
    }
    default: throw new Error(`not a reply: ${mark}`);
  }
}

const escapes: Record<number, string> = { 7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 13: "\\r", 34: '\\"', 92: "\\\\" };
const strict = new TextDecoder("utf-8", { fatal: true });

/** Puts a string in quotes as redis-cli does, save that text in UTF-8 stays readable. */
export function quote(bytes: Uint8Array): string {
  const escape = (code: number): string => escapes[code] ?? `\\x${code.toString(16).padStart(2, "0")}`;
  try {
    return `"${strict.decode(bytes).replace(/[\x00-\x1f"\\\x7f]/g, (char) => escape(char.charCodeAt(0)))}"`;
  } catch {
    const plain = (byte: number): boolean => byte >= 32 && byte < 127 && byte !== 34 && byte !== 92;
    return `"${Array.from(bytes, (byte) => (plain(byte) ? String.fromCharCode(byte) : escape(byte))).join("")}"`;
  }
}

/** Prints a reply as redis-cli does. */
export function print(reply: Reply, indent = ""): string {
  switch (reply.kind) {
    case "status": return reply.text;
    case "error": return `(error) ${reply.text}`;
    case "number": return `(integer) ${reply.text}`;
    case "double": return `(double) ${reply.text}`;
    case "boolean": return `(${reply.text})`;
    case "null": return "(nil)";
    case "bulk": return quote(reply.bytes);
    case "map": return printMap(reply.items, indent);
    default: return printList(reply, indent);
  }
}

function printList(reply: List, indent: string): string {
  const { items } = reply;
  if (items.length === 0) return `(empty ${reply.kind})`;
  const width = String(items.length).length;
  const mark = reply.kind === "set" ? "~" : ")";
  const inner = indent + " ".repeat(width + 2);
  return items.map((item, at) => `${at ? indent : ""}${String(at + 1).padStart(width)}${mark} ${print(item, inner)}`).join("\n");
}

function printMap(items: Reply[], indent: string): string {
  if (items.length === 0) return "(empty hash)";
  const width = String(items.length / 2).length;
  const inner = indent + " ".repeat(width + 2);
  const lines: string[] = [];
  for (let at = 0; at < items.length; at += 2) {
    const number = String(at / 2 + 1).padStart(width);
    const value = items[at + 1]!;
    // redis-cli begins an array on a line of its own.
    const begin = value.kind === "array" && value.items.length > 0 ? `\n${inner}` : "";
    lines.push(`${at ? indent : ""}${number}# ${print(items[at]!, inner)} => ${begin}${print(value, inner)}`);
  }
  return lines.join("\n");
}
