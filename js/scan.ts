import { builtin } from "./builtin.js";
import { decode } from "./bytes.js";
import { Emitter } from "./events.js";

/** What a scan is to look for, and how; besides, a Readable's own options. */
export interface ScanStreamOptions {
  /** A pattern, as MATCH takes it. */
  match?: string | undefined;
  /** A type of keys. */
  type?: string | undefined;
  /** About how many elements a step looks at. */
  count?: number | undefined;
  /** Only the names of a hash's fields. */
  noValues?: boolean | undefined;
  /** Steps that are read ahead of who reads the stream. @default 16 */
  highWaterMark?: number | undefined;
}

/**
 * The steps of a scan, a list of elements each: a Readable in object mode where the runtime has one, elsewhere what
 * follows of it here.
 */
export interface ScanStream<T = string> extends AsyncIterable<T[]> {
  on(event: "data", listener: (elements: T[]) => void): this;
  on(event: "end" | "close" | "pause" | "resume", listener: () => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  once(event: string, listener: (...args: any[]) => void): this;
  off(event: string, listener: (...args: any[]) => void): this;
  pause(): this;
  resume(): this;
  isPaused(): boolean;
  destroy(error?: Error): this;
  /** Ends the scan after the step that it is at. */
  close(): void;
}

/** Who runs a step: a handle's method, such as `scan`. */
type Step = (args: string[]) => Promise<[cursor: string | Uint8Array, elements: any[]]>;

/** A scan that is under way. */
class Scan {
  done = false;
  private cursor = "0";

  constructor(
    private readonly step: Step,
    private readonly key: string | Uint8Array | undefined,
    private readonly options: ScanStreamOptions,
  ) {}

  /** Takes the next step; null when there is none. */
  async next(): Promise<unknown[] | null> {
    if (this.done) return null;
    const { match, type, count, noValues } = this.options;
    const args = [this.cursor];
    if (this.key !== undefined) args.unshift(this.key as string);
    if (match) args.push("MATCH", match);
    if (type) args.push("TYPE", type);
    if (count) args.push("COUNT", String(count));
    if (noValues) args.push("NOVALUES");
    const [cursor, elements] = await this.step(args);
    this.cursor = typeof cursor === "string" ? cursor : decode(cursor);
    if (this.cursor === "0") this.done = true;
    return elements;
  }
}

/** Streams a scan. */
export function scanStream(step: Step, key: string | Uint8Array | undefined, options: ScanStreamOptions): ScanStream<any> {
  const scan = new Scan(step, key, options);
  const Readable = builtin<any>("stream")?.Readable;
  const stream =
    Readable === undefined
      ? new Stream(scan)
      : new Readable({
          ...options,
          objectMode: true,
          read(this: any) {
            // As in ioredis, an error ends the stream only for who listens to it.
            scan.next().then((elements) => this.push(elements), (error) => this.emit("error", error));
          },
        });
  return Object.assign(stream, { close: () => (scan.done = true) });
}

/** What of a Readable a scan needs, where there is none. It flows once somebody listens. */
class Stream extends Emitter {
  private state: "new" | "flowing" | "paused" | "over" = "new";
  private busy = false;
  /** A step that came when the stream had been paused. */
  private held: unknown[] | null | undefined = undefined;

  constructor(private readonly scan: Scan) {
    super();
  }

  override on(event: string | symbol, listener: (...args: any[]) => void): this {
    super.on(event, listener);
    if (event === "data" && this.state === "new") this.resume();
    return this;
  }

  pause(): this {
    if (this.state !== "over") this.state = "paused";
    return this;
  }

  resume(): this {
    if (this.state === "over") return this;
    this.state = "flowing";
    if (!this.busy) void this.flow();
    return this;
  }

  isPaused(): boolean {
    return this.state === "paused";
  }

  destroy(error?: Error): this {
    if (this.state === "over") return this;
    this.state = "over";
    this.scan.done = true;
    queueMicrotask(() => {
      if (error !== undefined) this.emit("error", error);
      this.emit("close");
    });
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown[]> {
    for (let step = await this.scan.next(); step !== null; step = await this.scan.next()) yield step;
  }

  private async flow(): Promise<void> {
    this.busy = true;
    try {
      await undefined;
      while (this.state === "flowing") {
        const step = this.held === undefined ? await this.scan.next() : this.held;
        this.held = undefined;
        if (this.state !== "flowing") {
          this.held = step;
        } else if (step === null) {
          this.emit("end");
          this.destroy();
        } else {
          this.emit("data", step);
        }
      }
    } catch (error) {
      this.destroy(error as Error);
    } finally {
      this.busy = false;
    }
  }
}
