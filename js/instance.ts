import { Text } from "./bytes.js";
import { EngineError, RedisError } from "./errors.js";
import type { EngineSettings } from "./options.js";
import { Reader } from "./resp.js";

/** The class that `src/wasm.rs` exports. Lengths and addresses count bytes of linear memory. */
export interface WasmEngine {
  /** Where the control block stands: see `Control`. It never moves. */
  control(): number;
  /** Makes the input buffer at least so large, or answers false when memory is out. */
  reserve(capacity: number): boolean;
  /** Opens a session. `now`, here and below, is the time in ms since 1970. */
  open(now: number): number;
  close(session: number): void;
  /** Runs the command that was written to the input buffer and returns the length of its reply. */
  call(session: number, length: number, now: number): number;
  /** Takes a client's bytes from the input buffer, runs the whole commands in them and returns the length of the
   *  replies. `Control.state` then says how to go on: see `Fed`. */
  feed(session: number, length: number, now: number): number;
  /** Does what is due by the clock, such as active expiry. */
  tick(now: number): void;
  /** When `tick` has something to do, in ms since 1970; infinite if never. */
  wake(): number;
}

/** What an entry of the package loads: the memory and the class. */
export interface Loaded {
  memory: WebAssembly.Memory;
  Engine: new (settings?: EngineSettings) => WasmEngine;
}

/** Loads the engine in a runtime's own way; at once where the runtime allows it. */
export type Loader = () => Loaded | Promise<Loaded>;

/** The control block: what JavaScript must know after a call, in words of 32 bits. */
const Control = { input: 0, capacity: 1, output: 2, state: 3, words: 4 } as const;

/** Milliseconds after a call until the engine is asked what it has to do, as often as Redis looks after itself. */
const HEARTBEAT = 100;

/** Milliseconds that a heartbeat may be late. A busy thread delays timers, and a Worker drops them with the request. */
const PATIENCE = 1000;

/** What came of a client's bytes. */
export interface Fed {
  reply: Uint8Array;
  /** The client is to be let go once it has the reply. */
  closing: boolean;
  /** Requests are left that wait until the reply is sent; `feed` with no bytes goes on with them. */
  more: boolean;
}

/** Longest input that one command may bring. Redis's own limit is 512 MB for one argument. */
const MAX_INPUT = 0x6000_0000;

/** Answered by `call` when an argument is neither string nor number nor bytes. */
export const UNWRITTEN: unique symbol = Symbol("unwritten");

interface Timer {
  unref?(): void;
}

/** One engine of a process: the data of one `mem://name`, shared by every handle of that name. */
export class Instance {
  private bytes = new Uint8Array(0);
  private words = new Uint32Array(0);
  private text = new Text(this.bytes);
  private readonly reader = new Reader(this.bytes);
  private readonly control: number;
  private dead: EngineError | undefined;
  /** When a heartbeat that was to come is so late that a call makes up for it; 0 while none is to come. */
  private overdue = 0;
  private timer: Timer | undefined;

  constructor(
    private readonly engine: WasmEngine,
    private readonly memory: WebAssembly.Memory,
  ) {
    this.control = engine.control();
    this.refresh();
  }

  /** Opens a session: one client's selected database, transaction, name and protocol. */
  open(): number {
    this.check();
    return this.guard(() => this.engine.open(Date.now()));
  }

  close(session: number): void {
    if (this.dead === undefined) this.guard(() => this.engine.close(session));
  }

  /**
   * Runs one command. Errors of Redis are returned as `ReplyError`.
   *
   * Arguments are strings, numbers or bytes; when another kind is among them nothing runs and the answer is
   * `UNWRITTEN`.
   */
  call(session: number, name: string, args: readonly unknown[], shape: number): unknown {
    const length = this.write(name, args);
    if (length < 0) return UNWRITTEN;
    // Only a session that was told CLIENT REPLY OFF gets no reply.
    return this.run(session, length) === 0 ? null : this.reader.read(shape);
  }

  /** Runs EXEC and reads the reply of each command of the transaction in that command's own shape. */
  exec(session: number, name: string, shapes: readonly number[], shape: number): unknown {
    return this.run(session, this.write(name, [])) === 0 ? null : this.reader.readItems(shapes, shape);
  }

  /** Runs the requests in `chunk`, which came from a socket. */
  feed(session: number, chunk: Uint8Array): Fed {
    this.check();
    if (this.bytes.length === 0) this.refresh();
    if (chunk.length > this.words[Control.capacity]!) this.reserve(chunk.length);
    this.bytes.set(chunk, this.words[Control.input]!);
    const now = Date.now();
    const length = this.guard(() => this.engine.feed(session, chunk.length, now));
    if (this.bytes.length === 0) this.refresh();
    if (now > this.overdue) this.pulse(now);
    const start = this.words[Control.output]!;
    const state = this.words[Control.state]!;
    return { reply: this.text.copy(start, start + length), closing: state === 1, more: state === 2 };
  }

  private run(session: number, length: number): number {
    if (this.dead !== undefined) throw this.dead;
    const now = Date.now();
    let size: number;
    try {
      size = this.engine.call(session, length, now);
    } catch (error) {
      throw this.bury(error);
    }
    if (this.bytes.length === 0) this.refresh();
    if (now > this.overdue) this.pulse(now);
    const start = this.words[Control.output]!;
    this.reader.seek(start, start + size);
    return size;
  }

  /** Writes a command as a count of arguments, then each one's length and bytes. Returns the length of it all. */
  private write(name: string, args: readonly unknown[]): number {
    if (this.bytes.length === 0) this.refresh();
    const start = this.words[Control.input]!;
    const end = start + this.words[Control.capacity]!;
    const count = args.length;
    const bytes = this.bytes;
    const text = this.text;
    if (start + 8 + name.length * 3 > end) return this.writeLarge(name, args);
    putLength(bytes, start, count + 1);
    let at = start + 8;
    let size = text.write(name, at);
    putLength(bytes, start + 4, size);
    at += size;
    for (let i = 0; i < count; i++) {
      let arg = args[i];
      if (typeof arg === "number") arg = writeNumber(arg);
      if (typeof arg === "string") {
        if (at + 4 + arg.length * 3 > end) return this.writeLarge(name, args);
        size = text.write(arg, at + 4);
      } else if (arg instanceof Uint8Array) {
        size = arg.length;
        if (at + 4 + size > end) return this.writeLarge(name, args);
        bytes.set(arg, at + 4);
      } else {
        return -1;
      }
      putLength(bytes, at, size);
      at += 4 + size;
    }
    return at - start;
  }

  /** Makes room for a command of any length, then writes it. */
  private writeLarge(name: string, args: readonly unknown[]): number {
    let size = 8 + name.length * 3;
    for (const arg of args) {
      if (typeof arg === "string") size += 4 + arg.length * 3;
      else if (typeof arg === "number") size += 4 + 32;
      else if (arg instanceof Uint8Array) size += 4 + arg.length;
      else return -1;
    }
    this.reserve(size);
    return this.write(name, args);
  }

  private reserve(size: number): void {
    this.check();
    if (size > MAX_INPUT || !this.guard(() => this.engine.reserve(size))) {
      throw new RedisError("the arguments of this command are larger than the engine's memory allows");
    }
    this.refresh();
  }

  /** Takes views of the memory anew: growing detaches the old ones. */
  private refresh(): void {
    const { buffer } = this.memory;
    this.bytes = new Uint8Array(buffer);
    this.words = new Uint32Array(buffer, this.control, Control.words);
    this.text = new Text(this.bytes);
    this.reader.rebase(this.bytes, this.text);
  }

  private guard<T>(call: () => T): T {
    try {
      return call();
    } catch (error) {
      throw this.bury(error);
    }
  }

  private check(): void {
    if (this.dead !== undefined) throw this.dead;
  }

  /** Marks the engine as dead: after a trap its memory may be half-written. */
  private bury(cause: unknown): EngineError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    this.dead ??= new EngineError(`the engine stopped working and its data is lost: ${reason}`, { cause });
    return this.dead;
  }

  /** Sees to it that a heartbeat comes after a call, and makes up for one that did not come. */
  private pulse(now: number): void {
    if (this.overdue !== 0) this.guard(() => this.engine.tick(now));
    this.rest(HEARTBEAT);
  }

  /** Sets the one timer. It alone keeps no process alive. */
  private rest(delay: number): void {
    if (this.timer !== undefined) clearTimeout(this.timer as never);
    try {
      this.timer = setTimeout(() => this.beat(), delay) as unknown as Timer;
    } catch {
      // A Worker's module scope may set no timer: the first call in a handler does.
      this.timer = undefined;
      this.overdue = 0;
      return;
    }
    this.overdue = delay <= HEARTBEAT ? Date.now() + delay + PATIENCE : 0;
    this.timer.unref?.();
  }

  /** Does what is due. Without calls, the timer then only comes back when the engine asks for it. */
  private beat(): void {
    this.timer = undefined;
    this.overdue = 0;
    if (this.dead !== undefined) return;
    const due = this.guard(() => {
      this.engine.tick(Date.now());
      return this.engine.wake();
    });
    if (due < Infinity) this.rest(Math.min(Math.max(due - Date.now(), 1), 0x7fff_ffff));
  }
}

function putLength(bytes: Uint8Array, at: number, length: number): void {
  bytes[at] = length;
  bytes[at + 1] = length >> 8;
  bytes[at + 2] = length >> 16;
  bytes[at + 3] = length >> 24;
}

/** Large integers are written out, where JavaScript itself would turn to exponents. */
function writeNumber(value: number): string {
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? `${value}` : BigInt(value).toString();
}

let loader: Loader | undefined;

/** Says how this runtime loads the engine. Entries of the package call it, once. */
export function setLoader(load: Loader): void {
  loader = load;
}

/** Engines by name. They belong to the process: two copies of this module, ESM and CommonJS, share them. */
const registry = Symbol.for("redmoon.engines.1");
type Registry = Map<string, Instance | Promise<Instance>>;

/** The engine of a name, made when it is first asked for, with the settings of whoever asks first. */
export function instanceOf(name: string, settings?: EngineSettings): Instance | Promise<Instance> {
  const scope = globalThis as { [registry]?: Registry };
  const engines = (scope[registry] ??= new Map());
  const known = engines.get(name);
  if (known !== undefined) return known;
  if (loader === undefined) throw new RedisError("no entry of the package has said how to load the engine");
  const start = (loaded: Loaded): Instance => {
    const instance = new Instance(new loaded.Engine(settings), loaded.memory);
    engines.set(name, instance);
    return instance;
  };
  const loaded = loader();
  if (!(loaded instanceof Promise)) return start(loaded);
  const coming = loaded.then(start);
  engines.set(name, coming);
  // A failed load may be tried again.
  coming.catch(() => engines.delete(name));
  return coming;
}
