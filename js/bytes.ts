/**
 * Strings to bytes and back, as fast as the runtime allows.
 *
 * A call from JavaScript into a runtime's own encoder costs some 50-100 ns whatever it does, so short strings are
 * handled here character by character, and the strings that replies bring again and again (field names, members, small
 * values) are remembered. Node's Buffer is half the price of TextEncoder and TextDecoder; it is asked for by
 * `globalThis`, so that bundlers for browsers add no substitute.
 */

interface NodeBuffer {
  utf8Slice(start: number, end: number): string;
  latin1Slice(start: number, end: number): string;
  utf8Write(text: string, offset: number, length?: number): number;
}

interface NodeBufferClass {
  from(bytes: ArrayBufferLike, offset: number, length: number): Uint8Array & NodeBuffer;
  from(bytes: Uint8Array): Uint8Array;
}

const nodeBuffer = (globalThis as unknown as { Buffer?: NodeBufferClass & { prototype: Partial<NodeBuffer> } }).Buffer;
const native = typeof nodeBuffer?.prototype?.utf8Slice === "function" ? nodeBuffer : undefined;

let encoder: TextEncoder | undefined;
let decoder: TextDecoder | undefined;

const char = String.fromCharCode;
/** A method as a function. V8 looks methods of strings up anew in every call once any class extends `String`, as one of
 *  every client of Redis does; a function it knows. */
const unbound: <T, A extends unknown[], R>(method: (this: T, ...args: A) => R) => (text: T, ...args: A) => R =
  Function.prototype.bind.bind(Function.prototype.call);
const codeAt = unbound(String.prototype.charCodeAt) as (text: string, at: number) => number;
/** Cuts a piece out of a string. */
export const cut = unbound(String.prototype.slice) as (text: string, start: number, end: number) => string;

/** The most characters that are written one by one. */
export const SHORT = 24;

/** Longest string, in words of four bytes, that is remembered. */
const REMEMBERED = 6;
/** Words of a slot: the length in bytes, then the bytes. */
const STRIDE = 8;

/** Bits of a table's size at first. */
const FEW = 6;

/** Strings by their bytes: of those that lead to the same slot, the last one. */
class Remembered {
  words!: Int32Array;
  texts!: string[];
  /** How many strings may yet be new before the table grows. */
  room!: number;
  bits!: number;

  /** `most` is the bits of the size that the table may grow to. */
  constructor(readonly most: number) {
    this.resize(FEW);
  }

  /** Makes the table larger, and empty. */
  resize(bits: number): void {
    this.bits = bits;
    this.words = new Int32Array(STRIDE << bits);
    this.texts = new Array(1 << bits).fill("");
    this.room = 1 << bits;
  }
}

const values = new Remembered(12);
/** Names of fields. These are the runtime's own copies, by which objects are built some times faster. */
const names = new Remembered(10);

/** Writes a text of at most `SHORT` characters and returns how many, or -1 if they are not all ASCII. */
export function writeShort(text: string, words: Int32Array, at: number): number {
  const length = text.length;
  const whole = length & ~3;
  let seen = 0;
  let i = 0;
  for (; i < whole; i += 4) {
    const a = codeAt(text, i);
    const b = codeAt(text, i + 1);
    const c = codeAt(text, i + 2);
    const d = codeAt(text, i + 3);
    words[at++] = a | (b << 8) | (c << 16) | (d << 24);
    seen |= a | b | c | d;
  }
  if (i < length) {
    const a = codeAt(text, i);
    const b = i + 1 < length ? codeAt(text, i + 1) : 0;
    const c = i + 2 < length ? codeAt(text, i + 2) : 0;
    words[at] = a | (b << 8) | (c << 16);
    seen |= a | b | c;
  }
  return seen > 127 ? -1 : length;
}

/** Reads and writes strings in one stretch of memory. Made anew when the memory moves. */
export class Text {
  private readonly bytes: Uint8Array;
  private buffer: NodeBuffer | undefined = undefined;

  constructor(private readonly words: Int32Array) {
    this.bytes = new Uint8Array(words.buffer);
  }

  /** Writes `text` as UTF-8 and returns how many bytes that took. The caller has made room for three a character. */
  write(text: string, at: number): number {
    const length = text.length <= SHORT ? writeShort(text, this.words, at >>> 2) : -1;
    return length < 0 ? this.writeLong(text, at) : length;
  }

  private writeLong(text: string, at: number): number {
    if (native !== undefined) return this.node.utf8Write(text, at);
    encoder ??= new TextEncoder();
    return encoder.encodeInto(text, this.bytes.subarray(at, at + text.length * 3)).written;
  }

  /**
   * Reads the UTF-8 of `length` bytes that begins with word `at`; what is not UTF-8 becomes U+FFFD. The last word is
   * filled up with zeros.
   */
  read(at: number, length: number, ascii: boolean): string {
    return this.recall(values, at, length, ascii);
  }

  /** Whether `stretch` costs less than to read each string by itself. */
  get isQuick(): boolean {
    return native !== undefined;
  }

  /** The same bytes as a Buffer of Node's. Short strings do without it, and so does a start. */
  private get node(): NodeBuffer {
    return (this.buffer ??= native!.from(this.words.buffer, 0, this.words.byteLength));
  }

  /** Reads the words from one up to another as a string, each byte a character. */
  stretch(from: number, to: number): string {
    return this.node.latin1Slice((from << 2) >>> 0, (to << 2) >>> 0);
  }

  /** Reads a string that is to be the name of a field. */
  readName(at: number, length: number, ascii: boolean): string {
    return this.recall(names, at, length, ascii);
  }

  private recall(table: Remembered, at: number, length: number, ascii: boolean): string {
    const count = (length + 3) >>> 2;
    if (count > REMEMBERED) return this.decode(at, length, ascii);
    const { words } = this;
    const known = table.words;
    let mix = length;
    for (let i = 0; i < count; i++) mix = Math.imul(mix ^ (mix >>> 15) ^ words[at + i]!, 0x9e3779b1);
    const slot = mix >>> (32 - table.bits);
    const place = slot * STRIDE;
    let different = known[place]! ^ length;
    for (let i = 0; i < count; i++) different |= known[place + 1 + i]! ^ words[at + i]!;
    if (different === 0) return table.texts[slot]!;
    let text = this.decode(at, length, ascii);
    if (table === names) text = Object.keys({ [text]: 0 })[0]!;
    if (table.bits < table.most && --table.room < 0) {
      table.resize(table.bits + 2);
      return text;
    }
    known[place] = length;
    for (let i = 0; i < count; i++) known[place + 1 + i] = words[at + i]!;
    table.texts[slot] = text;
    return text;
  }

  private decode(at: number, length: number, ascii: boolean): string {
    const start = (at << 2) >>> 0;
    if (ascii && length <= (native === undefined ? 40 : 12)) return this.short(start, length);
    if (native !== undefined) {
      return ascii ? this.node.latin1Slice(start, start + length) : this.node.utf8Slice(start, start + length);
    }
    decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
    return decoder.decode(this.bytes.subarray(start, start + length));
  }

  /** A few characters: V8 makes them cheaply, so long as the number of arguments is fixed. */
  private short(i: number, length: number): string {
    const b = this.bytes;
    if (length > 8) return this.short(i, 8) + this.short(i + 8, length - 8);
    switch (length) {
      case 0:
        return "";
      case 1:
        return char(b[i]!);
      case 2:
        return char(b[i]!, b[i + 1]!);
      case 3:
        return char(b[i]!, b[i + 1]!, b[i + 2]!);
      case 4:
        return char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
      case 5:
        return char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!);
      case 6:
        return char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!);
      case 7:
        return char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!);
      default:
        return char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
    }
  }

  /** Copies bytes out: a Buffer in Node, a Uint8Array elsewhere. */
  copy(start: number, end: number): Uint8Array {
    return copyBytes(this.bytes.subarray(start, end));
  }
}

/** A copy that the caller may keep: a Buffer in Node, a Uint8Array elsewhere. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return nodeBuffer === undefined ? bytes.slice() : nodeBuffer.from(bytes);
}

/** UTF-8 of a string: a Buffer in Node, a Uint8Array elsewhere. */
export function encode(text: string): Uint8Array {
  encoder ??= new TextEncoder();
  const bytes = encoder.encode(text);
  return nodeBuffer === undefined ? bytes : nodeBuffer.from(bytes);
}

/** Decodes UTF-8; what is not UTF-8 becomes U+FFFD. */
export function decode(bytes: Uint8Array): string {
  decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
  return decoder.decode(bytes);
}
