/**
 * Strings to bytes and back, as fast as the runtime allows.
 *
 * A call from JavaScript into a runtime's own encoder costs some 50-100 ns whatever it does, so short strings are
 * handled here character by character. Node's Buffer is half the price of TextEncoder and TextDecoder; it is asked
 * for by `globalThis`, so that bundlers for browsers add no substitute.
 */

interface NodeBuffer {
  utf8Slice(start: number, end: number): string;
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

/** Reads and writes strings in one stretch of memory. Made anew when the memory moves. */
export class Text {
  private readonly node: NodeBuffer | undefined;

  constructor(private readonly bytes: Uint8Array) {
    this.node = native?.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Writes `text` as UTF-8 and returns how many bytes that took. The caller has made room for three a character. */
  write(text: string, at: number): number {
    const length = text.length;
    if (length <= 20) {
      const bytes = this.bytes;
      for (let i = 0; i < length; i++) {
        const code = text.charCodeAt(i);
        if (code > 127) return this.writeLong(text, at);
        bytes[at + i] = code;
      }
      return length;
    }
    return this.writeLong(text, at);
  }

  private writeLong(text: string, at: number): number {
    if (this.node !== undefined) return this.node.utf8Write(text, at);
    encoder ??= new TextEncoder();
    return encoder.encodeInto(text, this.bytes.subarray(at, at + text.length * 3)).written;
  }

  /** Reads UTF-8; what is not UTF-8 becomes U+FFFD. */
  read(start: number, end: number): string {
    const length = end - start;
    if (length > 14 && (this.node !== undefined || length > 40)) return this.readLong(start, end);
    const b = this.bytes;
    let seen = 0;
    for (let i = start; i < end; i++) seen |= b[i]!;
    if (seen > 127) return this.readLong(start, end);
    let text = "";
    let i = start;
    for (; i + 8 <= end; i += 8) {
      text += char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!);
    }
    switch (end - i) {
      case 1:
        return text + char(b[i]!);
      case 2:
        return text + char(b[i]!, b[i + 1]!);
      case 3:
        return text + char(b[i]!, b[i + 1]!, b[i + 2]!);
      case 4:
        return text + char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!);
      case 5:
        return text + char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!);
      case 6:
        return text + char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!);
      case 7:
        return text + char(b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!);
      default:
        return text;
    }
  }

  private readLong(start: number, end: number): string {
    if (this.node !== undefined) return this.node.utf8Slice(start, end);
    decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
    return decoder.decode(this.bytes.subarray(start, end));
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
