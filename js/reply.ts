import { cut, type Text } from "./bytes.js";
import { ReplyError } from "./errors.js";

/** How replies become JavaScript values; a sum of these. */
export const enum Shape {
  /** Strings as UTF-8, integers as numbers, maps and sets as flat arrays, doubles as strings. */
  plain = 0,
  /** Strings as bytes. */
  bytes = 1,
  /** Integers and doubles as strings. */
  stringNumbers = 2,
  /** RESP3 maps as objects, doubles as numbers, booleans as booleans (ioredis: `replyMapping: "resp3"`). */
  rich = 4,
  /** A list of names and values as an object. Says so of the reply itself, not of what is in it. */
  object = 8,
}

/** What a word says in its low four bits: `src/protocol/words.rs` defines them and the numbers above them. */
const enum Kind {
  null = 0,
  int = 1,
  wide = 2,
  ascii = 3,
  bytes = 4,
  long = 5,
  error = 6,
  double = 7,
  bigNumber = 8,
  bool = 9,
  array = 10,
  set = 11,
  map = 12,
  push = 13,
}

/** The most characters of a string that is cut out of a longer one: V8 copies so many, so that none keeps the longer one
 *  alive. */
const CUT = 12;
/** The words that such a string takes at most, with its head. */
const CUT_WORDS = 1 + CUT / 4;
/** The fewest items of a list for which that pays. */
const MANY = 8;
/** The most items that are read as one string. */
const STRETCH = 256;

/** Whether the head is that of a string that may be cut out. */
function isShort(head: number): boolean {
  return (head & 15) === Kind.ascii && head >>> 4 <= CUT;
}

/** A push of RESP3: a message that answers no command. */
export class Push {
  constructor(readonly items: unknown[]) {}
}

/**
 * Reads the engine's replies out of its memory, as words of 32 bits. Error replies are returned as `ReplyError`, never
 * thrown.
 *
 * What it reads the engine wrote a moment ago; nothing else ever stands there.
 */
export class Reader {
  /** The index of the word at which the next reply starts. */
  at = 0;

  constructor(
    private readonly words: Int32Array,
    private readonly text: Text,
  ) {}

  /** Whether the next reply is an error. */
  isAtError(): boolean {
    return (this.words[this.at]! & 15) === Kind.error;
  }

  /** Reads one reply. */
  read(shape: number): unknown {
    const head = this.words[this.at++]!;
    switch (head & 15) {
      case Kind.ascii:
        return this.string(head >>> 4, shape, true);
      case Kind.int:
        return (shape & Shape.stringNumbers) === 0 ? head >> 4 : `${head >> 4}`;
      case Kind.null:
        return null;
      case Kind.array:
      case Kind.set:
        return (shape & Shape.object) === 0 ? this.array(head >>> 4, shape) : this.object(head >>> 5, shape);
      case Kind.map:
        return (shape & (Shape.rich | Shape.object)) === 0
          ? this.array((head >>> 4) * 2, shape)
          : this.object(head >>> 4, shape);
      case Kind.bytes:
        return this.string(head >>> 4, shape, false);
      case Kind.error:
        return new ReplyError(this.string(head >>> 4, Shape.plain, false) as string);
      case Kind.wide:
        return this.wide(shape);
      case Kind.double: {
        const plain = (shape & (Shape.rich | Shape.stringNumbers)) !== 0;
        const text = this.string(head >>> 4, plain ? Shape.plain : shape, true);
        if (!plain || (shape & Shape.stringNumbers) !== 0) return text;
        return text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text);
      }
      case Kind.bool:
        return (shape & Shape.rich) === 0 ? head >>> 4 : head >>> 4 === 1;
      case Kind.bigNumber:
        return this.string(head >>> 4, Shape.plain, true);
      case Kind.long:
        return this.string(this.words[this.at++]! >>> 0, shape, false);
      default:
        return new Push(this.array(head >>> 4, shape));
    }
  }

  /** Reads an array whose items have shapes of their own; any other reply is read by `shape`. */
  readItems(shapes: readonly number[], shape: number): unknown {
    const head = this.words[this.at]!;
    if ((head & 15) !== Kind.array) return this.read(shape);
    this.at++;
    const items: unknown[] = [];
    for (let i = 0; i < head >>> 4; i++) items.push(this.read(shapes[i] ?? shape));
    return items;
  }

  /** Reads the string of so many bytes that begins with the next word. */
  string(length: number, shape: number, ascii: boolean): string | Uint8Array {
    const at = this.at;
    this.at = at + ((length + 3) >>> 2);
    if ((shape & Shape.bytes) !== 0) return this.text.copy(at << 2 >>> 0, (at << 2 >>> 0) + length);
    return this.text.read(at, length, ascii);
  }

  private wide(shape: number): number | string {
    const low = this.words[this.at++]! >>> 0;
    const high = this.words[this.at++]!;
    if ((shape & Shape.stringNumbers) !== 0) return ((BigInt(high) << 32n) | BigInt(low)).toString();
    return high * 0x1_0000_0000 + low;
  }

  private array(length: number, shape: number): unknown[] {
    const items: unknown[] = length > 16 ? new Array(length) : [];
    const cuts = length >= MANY && (shape & Shape.bytes) === 0 && this.text.isQuick;
    for (let i = cuts ? this.cut(items, length) : 0; i < length; i++) items[i] = this.read(shape);
    return items;
  }

  /** Reads the short strings that a list begins with, of which long lists are often made, and answers how many. */
  private cut(items: unknown[], length: number): number {
    const { words, text } = this;
    let at = this.at;
    let i = 0;
    while (i < length && isShort(words[at]!)) {
      // As many words as so many short strings can take are read as one string.
      const end = Math.min(length, i + STRETCH);
      const stretch = text.stretch(at, Math.min(at + (end - i) * CUT_WORDS, words.length));
      let start = 4;
      for (; i < end; i++) {
        const head = words[at]!;
        if (!isShort(head)) break;
        const size = head >>> 4;
        items[i] = cut(stretch, start, start + size);
        const taken = (size + 7) >>> 2;
        at += taken;
        start += taken << 2;
      }
    }
    this.at = at;
    return i;
  }

  private object(count: number, shape: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const inner = shape & ~Shape.object;
    for (let left = count; left > 0; left--) {
      const name = this.name(inner);
      setField(result, name, this.read(inner));
    }
    return result;
  }

  /** Reads what is to be the name of a field. */
  private name(shape: number): string {
    const head = this.words[this.at]!;
    const kind = head & 15;
    if (kind !== Kind.ascii && kind !== Kind.bytes) return String(this.read(shape & ~Shape.bytes));
    const length = head >>> 4;
    const at = this.at + 1;
    this.at = at + ((length + 3) >>> 2);
    return this.text.readName(at, length, kind === Kind.ascii);
  }
}

/**
 * Sets a field whose name came from data: `__proto__` is one like any other, and so is a name that somebody gave to all
 * objects, read-only.
 */
export function setField(target: Record<string, unknown>, name: string, value: unknown): void {
  try {
    if (name !== "__proto__") {
      target[name] = value;
      return;
    }
  } catch {
    // It is defined below.
  }
  Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
}
