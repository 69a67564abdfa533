import { Text } from "./bytes.js";
import { ReplyError } from "./errors.js";

/** How replies become JavaScript values; a sum of these. */
export const Shape = {
  /** Strings as UTF-8, integers as numbers, maps and sets as flat arrays, doubles as strings. */
  plain: 0,
  /** Strings as bytes. */
  bytes: 1,
  /** Integers and doubles as strings. */
  stringNumbers: 2,
  /** RESP3 maps as objects, doubles as numbers, booleans as booleans (ioredis: `replyMapping: "resp3"`). */
  rich: 4,
  /** A list of names and values as an object. Says so of the reply itself, not of what is in it. */
  object: 8,
} as const;

/** Arrays within arrays that a reply may have; deeper ones come from no command. */
const MAX_DEPTH = 1024;

/** Thrown when the bytes are not RESP, which only a broken engine can send. */
export class MalformedReply extends Error {}

/** Whether `value` is a push of RESP3 (a message that answers no command). */
export class Push {
  constructor(readonly items: unknown[]) {}
}

/** Reads RESP2 and RESP3 replies from memory. Error replies are returned as `ReplyError`, never thrown. */
export class Reader {
  /** Where the next reply starts. */
  at = 0;
  private end = 0;
  private depth = 0;
  private text: Text;

  constructor(private bytes: Uint8Array) {
    this.text = new Text(bytes);
  }

  /** Reads from other memory from now on. */
  rebase(bytes: Uint8Array, text: Text): void {
    this.bytes = bytes;
    this.text = text;
  }

  /** Says where replies lie. */
  seek(start: number, end: number): void {
    this.at = start;
    this.end = end;
    this.depth = 0;
  }

  /** Reads one reply. */
  read(shape: number): unknown {
    const bytes = this.bytes;
    const at = this.at;
    switch (bytes[at]) {
      case 36: // $ bulk string
        return this.bulk(shape);
      case 58: // : integer
        return this.integer(shape);
      case 43: // + simple string
        // The commonest reply of all, without a new string for it.
        if (bytes[at + 1] === 79 && bytes[at + 2] === 75 && bytes[at + 3] === 13 && (shape & Shape.bytes) === 0) {
          this.at = at + 5;
          return "OK";
        }
        return this.line(shape);
      case 95: // _ null
        this.at = at + 3;
        return null;
      case 42: // * array
      case 126: // ~ set
        return (shape & Shape.object) === 0 ? this.array(shape) : this.object(shape);
      case 37: // % map
        return (shape & (Shape.rich | Shape.object)) === 0 ? this.array(shape) : this.object(shape);
      case 45: // - error
        return new ReplyError(this.line(Shape.plain) as string);
      case 44: // , double
        return this.double(shape);
      case 35: { // # boolean
        const truth = bytes[at + 1] === 116;
        this.at = at + 4;
        return (shape & Shape.rich) === 0 ? (truth ? 1 : 0) : truth;
      }
      case 40: // ( big number
        return this.line(Shape.plain);
      case 61: // = verbatim string: three letters and a colon stand before the text
        return this.bulk(shape, 4);
      case 33: // ! bulk error
        return new ReplyError(this.bulk(Shape.plain) as string);
      case 62: // > push
        return new Push(this.array(shape) as unknown[]);
      case 124: // | attributes of the reply that follows
        this.array(Shape.plain);
        return this.read(shape);
      default:
        throw new MalformedReply(`no reply starts with byte ${bytes[at]}`);
    }
  }

  /** Reads an array whose items have shapes of their own; any other reply is read by `shape`. */
  readItems(shapes: readonly number[], shape: number): unknown {
    if (this.bytes[this.at] !== 42) return this.read(shape);
    const length = this.count();
    if (length < 0) return null;
    const items: unknown[] = [];
    for (let i = 0; i < length; i++) items.push(this.read(shapes[i] ?? shape));
    return items;
  }

  private bulk(shape: number, skip = 0): unknown {
    const length = this.count();
    if (length < 0) return null;
    const start = this.at + skip;
    const end = this.at + length;
    if (end > this.end) throw new MalformedReply("a bulk string has no end");
    this.at = end + 2;
    return (shape & Shape.bytes) === 0 ? this.text.read(start, end) : this.text.copy(start, end);
  }

  private line(shape: number): unknown {
    const start = this.at + 1;
    const end = this.lineEnd(start);
    this.at = end + 2;
    return (shape & Shape.bytes) === 0 ? this.text.read(start, end) : this.text.copy(start, end);
  }

  private lineEnd(start: number): number {
    const end = this.bytes.indexOf(13, start);
    if (end < 0 || end >= this.end) throw new MalformedReply("a line has no end");
    return end;
  }

  private integer(shape: number): number | string {
    if ((shape & Shape.stringNumbers) !== 0) return this.line(Shape.plain) as string;
    const bytes = this.bytes;
    let at = this.at + 1;
    const negative = bytes[at] === 45;
    if (negative) at++;
    const first = at;
    let value = 0;
    for (let digit = bytes[at]!; digit !== 13; digit = bytes[++at]!) value = value * 10 + digit - 48;
    // Sums of digits round at each step beyond 2^53: let the runtime round once.
    if (at - first > 15) return Number(this.line(Shape.plain));
    this.at = at + 2;
    return negative ? -value : value;
  }

  private double(shape: number): unknown {
    if ((shape & Shape.stringNumbers) !== 0) return this.line(Shape.plain);
    if ((shape & Shape.rich) === 0) return this.line(shape);
    const text = this.line(Shape.plain) as string;
    return text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text);
  }

  /** The number after a type mark: a length, or -1 for a null of RESP2. */
  private count(): number {
    const bytes = this.bytes;
    let at = this.at + 1;
    if (bytes[at] === 45) {
      this.at = at + 4;
      return -1;
    }
    let value = 0;
    for (let digit = bytes[at]!; digit !== 13; digit = bytes[++at]!) {
      value = value * 10 + digit - 48;
      if (at >= this.end) throw new MalformedReply("a length has no end");
    }
    this.at = at + 2;
    return value;
  }

  private array(shape: number): unknown[] | null {
    const mark = this.bytes[this.at];
    let length = this.count();
    if (length < 0) return null;
    if (mark === 37 || mark === 124) length *= 2;
    if (length > this.end - this.at) throw new MalformedReply("an array is longer than its bytes");
    if (++this.depth > MAX_DEPTH) throw new MalformedReply("arrays are nested too deep");
    const items: unknown[] = [];
    for (let i = 0; i < length; i++) items.push(this.read(shape));
    this.depth--;
    return items;
  }

  private object(shape: number): Record<string, unknown> | null {
    const isMap = this.bytes[this.at] === 37;
    const count = this.count();
    if (count < 0) return null;
    if (++this.depth > MAX_DEPTH) throw new MalformedReply("maps are nested too deep");
    const result: Record<string, unknown> = {};
    const inner = shape & ~Shape.object;
    for (let left = isMap ? count : count >> 1; left > 0; left--) {
      const name = String(this.read(inner & ~Shape.bytes));
      setField(result, name, this.read(inner));
    }
    this.depth--;
    return result;
  }
}

/** Sets a field whose name came from data, so that `__proto__` is a field like any other. */
export function setField(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  } else {
    target[name] = value;
  }
}
