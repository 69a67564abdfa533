/** Kinds of frames: see `src/engine/exchange.rs`. */
export const Frame = { open: 0, data: 1, took: 2, end: 3, gone: 4 } as const;

/** Bytes of a frame before its own: kind, client and length. */
const HEAD = 12;

/** Frames that wait to be sent. */
export class Frames {
  private bytes = Buffer.allocUnsafeSlow(4096);
  private size = 0;

  add(kind: number, client: number, content?: Uint8Array): void {
    const length = content?.length ?? 0;
    this.head(kind, client, length);
    if (content !== undefined) this.bytes.set(content, this.size);
    this.size += length;
  }

  addNumber(kind: number, client: number, number: number): void {
    this.head(kind, client, 4);
    this.size = this.bytes.writeUInt32LE(number, this.size);
  }

  /** All of them, in bytes of their own. */
  take(): Uint8Array {
    const whole = Uint8Array.prototype.slice.call(this.bytes, 0, this.size);
    this.size = 0;
    return whole;
  }

  private head(kind: number, client: number, length: number): void {
    const needed = this.size + HEAD + length;
    if (needed > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.size));
      this.bytes = larger;
    }
    this.size = this.bytes.writeUInt32LE(kind, this.size);
    this.size = this.bytes.writeUInt32LE(client, this.size);
    this.size = this.bytes.writeUInt32LE(length, this.size);
  }
}

/** Calls `each` with every frame in turn. Its bytes are a view. */
export function readFrames(whole: Uint8Array, each: (kind: number, client: number, content: Uint8Array) => void): void {
  const bytes = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 8);
    const content = at + HEAD;
    each(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4), bytes.subarray(content, content + length));
    at = content + length;
  }
}
