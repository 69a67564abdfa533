import { encode, SHORT, Text, writeShort } from "./bytes.js";
import { EngineError, RedisError, ReplyError, throwLater } from "./errors.js";
import { Log } from "./log.js";
import type { EngineSettings, LogLevel } from "./options.js";
import type { ScriptLimits } from "./script.js";
import { Reader, Shape } from "./reply.js";
import type { Entry } from "./transforms.js";
import { version } from "./version.js";

/** The class that `src/wasm.rs` exports. Lengths and addresses count bytes of linear memory. */
export interface WasmEngine {
  /** Where the control block stands: see `Control`. It never moves. */
  control(): number;
  /** The number of a command by its name in small letters; -1 if there is none, or other letters are among them. */
  number(name: string): number;
  /** Makes the input buffer at least so large and keeps what is in it, or answers false when memory is out. */
  reserve(capacity: number): boolean;
  /** Sets a parameter as CONFIG SET does; throws a sentence about what is wrong with it. */
  configure(name: string, value: string): void;
  /** Opens a session, whose client connects to an address, and from a port of it that is the session's number. */
  open(address: string): number;
  close(session: number): void;
  /**
   * Runs a command, named by its number, or if that is negative by its first argument, with the `count` arguments
   * that were written to the input buffer. Returns a kind in the low three bits and a number above: see `Answer`.
   */
  call(session: number, command: number, count: number): number;
  /** Gives the scripts of a session limits of their own; what is undefined is as the configuration says. */
  limit(session: number, fuel?: number, memory?: number, time?: number, strict?: boolean): void;
  /** Where the functions were of the script that has failed last: a line each, the innermost first. */
  script_trail(): string;
  /** Runs a command, named by its first argument, as `call` does; the reply is a map of what its scripts have done. */
  trace(session: number, count: number): number;
  /** Takes a client's bytes from the input buffer, runs the whole commands in them and returns the length of the
   *  replies. `Control.state` then says how to go on: see `Fed`. */
  feed(session: number, length: number): number;
  /** Says what is to be called when there is something for `hear` to bring. */
  on_heard(ring: () => void): void;
  /** Whether a session waits: the reply to its call comes by `hear`. */
  is_parked(session: number): boolean;
  /** Brings something that a session is to hear; returns which session, or -1 if there is nothing. `Control.state` says
   *  what it is, `Control.answer` is its answer as of `call`. */
  hear(): number;
  /** Takes all that a session on a socket has heard, as bytes of its protocol, and returns their length. */
  overhear(session: number): number;
  /** Ends a session's wait and answers for it as `call` does. */
  give_up(session: number): number;
  /** Says who carries frames while a script keeps the engine: `carry` is given those that are to go and answers those
   *  that have come. `exit` ends the process. For clients whose sockets another thread has; not in every flavour. */
  serve?(carry: (frames: Uint8Array) => Uint8Array | undefined, exit: () => void): void;
  /** Takes in the frames that stand in the input buffer. */
  take_in?(length: number): void;
  /** Takes the frames that are to go into the output buffer and returns their length. */
  take_out?(): number;
  /** Does what is due by the clock, such as active expiry, and looks at the clock. */
  tick(): void;
  /** When `tick` has something to do, in ms since 1970; infinite if never. */
  wake(): number;
}

/** A `WebAssembly.Memory`, which not every program that is checked against these types has a name for. */
interface Memory {
  readonly buffer: ArrayBuffer;
}

/** What an entry of the package loads: the memory and the class. */
export interface Loaded {
  memory: Memory;
  Engine: new (databases: number | undefined, log: Log["write"]) => WasmEngine;
}

/** Loads the engine in a runtime's own way; at once where the runtime allows it. */
export type Loader = () => Loaded | Promise<Loaded>;

/** The control block: what JavaScript must know after a call, in words of 32 bits. */
const enum Control {
  input,
  capacity,
  output,
  state,
  answer,
}

/** What the control block's state says that `hear` has brought. */
const enum State {
  reply = 4,
  push,
  killed,
  heard,
}

/** What `call` answers: `src/wasm.rs` says it in full. */
const enum Answer {
  words,
  int,
  ascii,
  bytes,
  ok,
  null,
  nothing,
}

/** Calls after which the clock is looked at, lest a program that never lets timers run goes without a heartbeat. */
const STEADY = 64;

/** Milliseconds after a call until the engine is asked what it has to do, as often as Redis looks after itself. */
const HEARTBEAT = 100;

/** Milliseconds that a heartbeat may be late. A busy thread delays timers, and a Worker drops them with the request. */
const PATIENCE = 1000;

/** The longest delay of a timer, in ms. */
const LONGEST = 0x7fff_ffff;

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

/** Answered by `run` when the reply comes later. It takes the place of an error, which is looked for after each call
 *  already, so that other calls need not look for it. */
export const PARKED = new ReplyError("the reply comes later");

/** Who is told what a session hears without having called. */
export interface Listener {
  /** The reply that the session waited for; `read` must be called at once, once, to have it. */
  replied?(read: ReadReply): void;
  /** A message or another push; `read` must be called at once, once. */
  pushed?(read: ReadReply): void;
  /** The engine wants the session closed (CLIENT KILL). */
  killed(): void;
  /** The engine has stopped working: nothing is to be waited for. */
  died?(error: EngineError): void;
  /** Whether the session is to be told what scripts write to the log. */
  hearsLog?(): boolean;
  logged?(level: LogLevel, message: string): void;
  /** There is something to `overhear`, for a session that is fed bytes; such a one is told nothing else but `killed`. */
  heard?(): void;
}

/** Who has the sockets of clients, on another thread. What frames are is said in `src/engine/exchange.rs`. */
export interface Porter {
  send(frames: Uint8Array): void;
  /** Frames that have come, if there are any, for an engine that cannot wait until they are brought to `takeIn`. */
  receive(): Uint8Array | undefined;
  /** A client has asked for the end of the process (SHUTDOWN). */
  exit(): void;
}

/** Reads a reply in a shape; with `items`, the items of an array in shapes of their own. */
export type ReadReply = (shape: number, items?: readonly number[]) => unknown;

/** No command's name has more characters. */
const LONGEST_NAME = 64;

/** The numbers of commands by name, as far as they were asked for, by the class of the engines that share them. */
const numbers = new WeakMap<object, Map<string, number>>();

function numbersOf({ constructor }: WasmEngine): Map<string, number> {
  let known = numbers.get(constructor);
  if (known === undefined) numbers.set(constructor, (known = new Map()));
  return known;
}

interface Timer {
  unref?(): void;
  ref?(): void;
}

/** One engine of a process: the data of one `mem://name`, shared by every handle of that name. */
export class Instance {
  private bytes!: Uint8Array;
  private words!: Int32Array;
  private text!: Text;
  private reader!: Reader;
  /** The index of the control block's first word. */
  private readonly control: number;
  private readonly numbers: Map<string, number>;
  /** Where the next argument's length goes, as an index of a word, and its bytes; and where the input ends. */
  private slot = 0;
  private at = 0;
  private end = 0;
  /** Where the reply to the last call stands. */
  private output = 0;
  private dead: EngineError | undefined = undefined;
  /** Calls that may come before the clock must be looked at. */
  private credit = 0;
  /** When a heartbeat that was to come is so late that a call makes up for it; 0 while none is to come. */
  private overdue = 0;
  private timer: Timer | undefined = undefined;
  private readonly listeners = new Map<number, Listener>();
  /** Sessions of this process that wait for a reply: while there are any the process stays alive. */
  private waiting = 0;
  private ringing = false;
  private porter: Porter | undefined = undefined;

  constructor(
    private readonly engine: WasmEngine,
    private readonly memory: Memory,
    log = new Log(),
  ) {
    log.listeners = this.listeners;
    this.control = engine.control() >>> 2;
    this.numbers = numbersOf(engine);
    engine.on_heard(() => this.ring());
    this.refresh();
  }

  /**
   * Opens a session: one client's selected database, transaction, name and protocol. By the engine's name and its own
   * number CLIENT LIST and MONITOR tell it apart, and CLIENT KILL finds it.
   */
  open(listener: Listener, name: string): number {
    this.check();
    const session = this.guard(() => this.engine.open(`mem://${encodeURIComponent(name)}`));
    this.listeners.set(session, listener);
    return session;
  }

  close(session: number): void {
    this.listeners.delete(session);
    if (this.dead === undefined) this.guard(() => this.engine.close(session));
  }

  /**
   * Begins a call of `count` arguments. Each is `put`, then `run` makes the call; or nothing comes of it.
   */
  begin(entry: Entry, count: number): void {
    if (entry.numbers !== this.numbers) this.number(entry);
    const total = entry.number < 0 ? count + 1 : count;
    const start = this.words[this.control + Control.input]! >>> 0;
    this.end = start + (this.words[this.control + Control.capacity]! >>> 0);
    this.slot = start >>> 2;
    this.at = start + total * 4;
    if (this.at > this.end) this.grow(0);
    if (entry.number < 0) this.put(entry.name);
  }

  /** Writes the next argument, if it is a string, a number or bytes. */
  put(arg: unknown): boolean {
    if (typeof arg === "string") {
      if (this.at + arg.length * 3 > this.end) this.grow(arg.length * 3);
      this.took(this.text.write(arg, this.at));
      return true;
    }
    if (typeof arg === "number") return this.put(writeNumber(arg));
    if (!(arg instanceof Uint8Array)) return false;
    if (this.at + arg.length > this.end) this.grow(arg.length);
    this.bytes.set(arg, this.at);
    this.took(arg.length);
    return true;
  }

  private took(size: number): void {
    this.words[this.slot++] = size;
    this.at += (size + 3) & ~3;
  }

  /** Makes the call that `begin` began. Errors of Redis are returned as `ReplyError`. */
  run(session: number, entry: Entry, count: number, shape: number): unknown {
    return this.read(this.send(session, entry, count), shape, session);
  }

  /**
   * Runs a command of one argument to three if they are short strings, and numbers after the first, as most are: what
   * others do in many steps is done at once. Answers as `run` does; `UNWRITTEN` if nothing was done.
   */
  runShort(session: number, entry: Entry, count: number, first: unknown, second: unknown, third: unknown, shape: number): unknown {
    if (entry.numbers !== this.numbers) return UNWRITTEN;
    const { words } = this;
    const slot = words[this.control + Control.input]! >>> 2;
    let at = slot + count;
    // One after the other: a loop takes a twentieth of the whole call longer.
    if (typeof first !== "string" || first.length > SHORT) return UNWRITTEN;
    let size = writeShort(first, words, at);
    if (size < 0) return UNWRITTEN;
    words[slot] = size;
    if (count > 1) {
      at += (size + 3) >> 2;
      if (typeof second === "number") second = writeNumber(second);
      if (typeof second !== "string" || second.length > SHORT) return UNWRITTEN;
      size = writeShort(second, words, at);
      if (size < 0) return UNWRITTEN;
      words[slot + 1] = size;
      if (count > 2) {
        at += (size + 3) >> 2;
        if (typeof third === "number") third = writeNumber(third);
        if (typeof third !== "string" || third.length > SHORT) return UNWRITTEN;
        size = writeShort(third, words, at);
        if (size < 0) return UNWRITTEN;
        words[slot + 2] = size;
      }
    }
    const answer = this.enter(session, entry.number, count);
    if (shape === Shape.plain) {
      switch (answer & 7) {
        case Answer.ok:
          return "OK";
        case Answer.int:
          return answer >> 3;
        case Answer.ascii:
          return this.text.read(this.output >>> 2, answer >> 3, true);
        case Answer.null:
          return null;
      }
    }
    this.reader.at = this.output >>> 2;
    return this.read(answer, shape, session);
  }

  /** Reads an answer; of a session whose call it answers, none may mean that it waits. */
  private read(answer: number, shape: number, session = -1): unknown {
    const number = answer >> 3;
    switch (answer & 7) {
      case Answer.ok:
        return (shape & Shape.bytes) === 0 ? "OK" : encode("OK");
      case Answer.int:
        return (shape & Shape.stringNumbers) === 0 ? number : `${number}`;
      case Answer.ascii:
        return this.reader.string(number, shape, true);
      case Answer.null:
        return null;
      case Answer.bytes:
        return this.reader.string(number, shape, false);
      case Answer.words:
        return this.reader.read(shape);
      default:
        // Only a session that was told CLIENT REPLY OFF gets no reply at all.
        return session >= 0 && this.engine.is_parked(session) ? PARKED : null;
    }
  }

  /**
   * Runs one command. Errors of Redis are returned as `ReplyError`.
   *
   * Arguments are strings, numbers or bytes; when another kind is among them nothing runs and the answer is
   * `UNWRITTEN`.
   */
  call(session: number, entry: Entry, args: readonly unknown[], shape: number): unknown {
    this.begin(entry, args.length);
    for (let i = 0; i < args.length; i++) if (!this.put(args[i])) return UNWRITTEN;
    return this.run(session, entry, args.length, shape);
  }

  /** Makes a call of which only an error matters: answers that, or `PARKED`, or nothing. */
  refusalOf(session: number, entry: Entry, args: readonly unknown[]): unknown {
    this.begin(entry, args.length);
    for (const arg of args) if (!this.put(arg)) return UNWRITTEN;
    const answer = this.send(session, entry, args.length);
    if ((answer & 7) === Answer.words && !this.reader.isAtError()) return undefined;
    return this.read(answer, Shape.plain, session);
  }

  /** Makes a call whose scripts have limits of their own. */
  callLimited(session: number, limits: ScriptLimits, entry: Entry, args: readonly unknown[], shape: number): unknown {
    this.check();
    const { fuel, memory, time, strict } = limits;
    this.guard(() => this.engine.limit(session, fuel, memory, time, strict));
    try {
      return this.call(session, entry, args, shape);
    } finally {
      if (this.dead === undefined) this.guard(() => this.engine.limit(session));
    }
  }

  /** Where the functions were of the script that has failed last, the innermost first. */
  scriptTrail(): string[] {
    return this.guard(() => this.engine.script_trail()).split("\n").slice(0, -1);
  }

  /** Makes a call and reads what its scripts have done. */
  trace(session: number, args: readonly unknown[]): unknown {
    this.check();
    this.pulse();
    this.begin({ name: String(args[0]), number: -1, numbers: this.numbers } as Entry, args.length - 1);
    for (const arg of args.slice(1)) if (!this.put(arg)) return UNWRITTEN;
    this.guard(() => this.engine.trace(session, args.length));
    this.reader.at = this.words[this.control + Control.output]! >>> 2;
    return this.reader.read(Shape.rich);
  }

  /** Runs EXEC and reads the reply of each command of the transaction in that command's own shape. */
  exec(session: number, entry: Entry, shapes: readonly number[], shape: number): unknown {
    this.begin(entry, 0);
    return this.readItems(this.send(session, entry, 0), shapes, shape, session);
  }

  private readItems(answer: number, shapes: readonly number[], shape: number, session = -1): unknown {
    return (answer & 7) === Answer.words ? this.reader.readItems(shapes, shape) : this.read(answer, shape, session);
  }

  /** Ends the wait of a session for a caller who cannot wait, and reads what it is answered. */
  giveUp(session: number, shape: number): unknown {
    const answer = this.guard(() => this.engine.give_up(session));
    this.reader.at = this.words[this.control + Control.output]! >>> 2;
    return this.read(answer, shape);
  }

  /** Holds the process until `release`, for a session waits; and wakes up when its time is over. */
  hold(): void {
    this.waiting++;
    this.restUntilDue();
  }

  release(): void {
    this.waiting--;
    if (this.waiting === 0) this.timer?.unref?.();
  }

  /** Takes what a session on a socket has heard. */
  overhear(session: number): Uint8Array {
    this.check();
    const length = this.guard(() => this.engine.overhear(session));
    const start = this.words[this.control + Control.output]! >>> 0;
    return this.text.copy(start, start + length);
  }

  /** The engine has something for sessions to hear. It is in the midst of a call: they are told after it. */
  private ring(): void {
    if (this.ringing) return;
    this.ringing = true;
    queueMicrotask(() => {
      this.ringing = false;
      try {
        if (this.dead === undefined) this.tell();
      } catch {
        // The engine has stopped working, and whoever waits was told.
      }
    });
  }

  /** Tells sessions what they have heard. Fails if the engine stops working. */
  private tell(): void {
    for (let session; (session = this.guard(() => this.engine.hear())) >= 0; ) {
      try {
        this.tellOne(session);
      } catch (error) {
        throwLater(error);
      }
      this.check();
    }
    if (this.porter === undefined) return;
    const length = this.guard(() => this.engine.take_out!());
    const start = this.words[this.control + Control.output]! >>> 0;
    if (length > 0) this.porter.send(this.text.copy(start, start + length));
  }

  private tellOne(session: number): void {
    const state = this.words[this.control + Control.state]!;
    const answer = this.words[this.control + Control.answer]!;
    this.reader.at = this.words[this.control + Control.output]! >>> 2;
    const listener = this.listeners.get(session);
    const read: ReadReply = (shape, items) =>
      items === undefined ? this.read(answer, shape) : this.readItems(answer, items, shape);
    if (state === State.killed) listener?.killed();
    else if (state === State.reply) listener?.replied?.(read);
    else if (state === State.heard) listener?.heard?.();
    else listener?.pushed?.(read);
  }

  /** Serves clients whose sockets somebody else has. */
  serve(porter: Porter): void {
    this.check();
    if (this.engine.serve === undefined) throw new RedisError("this flavour of the engine serves no sockets");
    if (this.porter !== undefined) throw new RedisError("this engine is served already");
    this.porter = porter;
    const carry = (frames: Uint8Array): Uint8Array | undefined => {
      // What is left to do when the engine is free is done then.
      this.ring();
      if (frames.length > 0) porter.send(frames);
      return porter.receive();
    };
    this.guard(() => this.engine.serve!(carry, () => porter.exit()));
  }

  /** Takes in what clients have sent, and sends them their replies. */
  takeIn(frames: Uint8Array): void {
    this.bring(frames);
    this.guard(() => this.engine.take_in!(frames.length));
    this.tell();
  }

  /** Writes bytes to the input. */
  private bring(bytes: Uint8Array): void {
    this.check();
    if (bytes.length > this.words[this.control + Control.capacity]!) this.reserve(bytes.length);
    this.bytes.set(bytes, this.words[this.control + Control.input]! >>> 0);
    this.pulse();
  }

  /** Runs the requests in `chunk`, which came from a socket. */
  feed(session: number, chunk: Uint8Array): Fed {
    this.bring(chunk);
    const length = this.guard(() => this.engine.feed(session, chunk.length));
    const start = this.words[this.control + Control.output]! >>> 0;
    const state = this.words[this.control + Control.state]!;
    return { reply: this.text.copy(start, start + length), closing: state === 1, more: state === 2 };
  }

  /** Makes a call whose arguments are written, and has the reader stand where its reply is. */
  private send(session: number, entry: Entry, count: number): number {
    const answer = this.enter(session, entry.number, entry.number < 0 ? count + 1 : count);
    this.reader.at = this.output >>> 2;
    return answer;
  }

  private enter(session: number, number: number, count: number): number {
    if (--this.credit < 0) this.pulse();
    let answer: number;
    try {
      answer = this.engine.call(session, number, count);
    } catch (error) {
      throw this.bury(error);
    }
    // Memory that has grown has left the old view without words.
    const output = this.words[this.control + Control.output];
    if (output === undefined) this.refresh();
    else this.output = output;
    return answer;
  }

  /** Looks up a command's number; -1 if it must be called by its name, as names in capitals are. */
  private number(entry: Entry): void {
    const { name } = entry;
    let number = this.numbers.get(name);
    if (number === undefined) number = name.length > LONGEST_NAME ? -1 : this.guard(() => this.engine.number(name));
    entry.number = number;
    entry.numbers = number < 0 ? undefined : this.numbers;
    if (number >= 0) this.numbers.set(name, number);
  }

  /** Makes room for `size` bytes more than what is written so far. */
  private grow(size: number): void {
    const start = this.words[this.control + Control.input]! >>> 0;
    const [slot, at] = [this.slot - (start >>> 2), this.at - start];
    this.reserve(Math.max(at + size, Math.min((this.end - start) * 2, MAX_INPUT)));
    const moved = this.words[this.control + Control.input]! >>> 0;
    this.slot = slot + (moved >>> 2);
    this.at = at + moved;
    this.end = moved + (this.words[this.control + Control.capacity]! >>> 0);
  }

  private reserve(size: number): void {
    this.check();
    // Whole words, for every argument takes as many.
    if (size > MAX_INPUT || !this.guard(() => this.engine.reserve((size + 3) & ~3))) {
      throw new RedisError("the arguments of this command are larger than the engine's memory allows");
    }
  }

  /** Takes views of the memory anew: growing detaches the old ones. */
  private refresh(): void {
    this.bytes = new Uint8Array(this.memory.buffer);
    this.words = new Int32Array(this.memory.buffer);
    this.text = new Text(this.words);
    this.reader = new Reader(this.words, this.text);
    this.output = this.words[this.control + Control.output]!;
  }

  /** Enters the engine, other than for a call. */
  private guard<T>(enter: () => T): T {
    try {
      const result = enter();
      if (this.words.length === 0) this.refresh();
      return result;
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
    if (this.dead === undefined) {
      this.credit = 0;
      this.dead = new EngineError(`the engine stopped working and its data is lost: ${reason}`, { cause });
      for (const listener of this.listeners.values()) listener?.died?.(this.dead);
    }
    return this.dead;
  }

  /** Sees to it that a heartbeat comes after a call, and makes up for one that did not come. */
  private pulse(): void {
    this.check();
    const now = Date.now();
    this.credit = STEADY;
    if (now <= this.overdue) return;
    this.guard(() => this.engine.tick());
    this.rest(HEARTBEAT, now);
  }

  /** Sets the one timer. It alone keeps no process alive, unless somebody waits. */
  private rest(delay: number, now: number): void {
    if (this.timer !== undefined) clearTimeout(this.timer as never);
    try {
      this.timer = setTimeout(() => this.beat(), delay) as unknown as Timer;
    } catch {
      // A Worker's module scope may set no timer: the first call in a handler does.
      this.timer = undefined;
      this.overdue = 0;
      return;
    }
    this.overdue = delay <= HEARTBEAT ? now + delay + PATIENCE : 0;
    if (this.waiting === 0) this.timer.unref?.();
  }

  /** Does what is due. Without calls, the timer then only comes back when the engine asks for it. */
  private beat(): void {
    this.timer = undefined;
    this.overdue = 0;
    // The next call looks at the clock: who knows how long it takes to come.
    this.credit = 0;
    if (this.dead !== undefined) return;
    try {
      this.guard(() => this.engine.tick());
      this.ring();
      this.restUntilDue();
    } catch {
      // The engine has stopped working: the next call says so.
    }
  }

  /** Rests until the engine has something to do, or for as long as a timer can if somebody waits. */
  private restUntilDue(): void {
    const due = this.guard(() => this.engine.wake());
    const now = Date.now();
    if (due < Infinity || this.waiting > 0) this.rest(Math.min(Math.max(due - now, 1), LONGEST), now);
  }
}

/** Large integers are written out, where JavaScript itself would turn to exponents. */
function writeNumber(value: number): string {
  return Number.isSafeInteger(value) || !Number.isInteger(value) ? `${value}` : BigInt(value).toString();
}

let loader: Loader | undefined;

/** The most databases that an engine can have. */
const MOST_DATABASES = 16_384;

function databasesOf(settings?: EngineSettings): number | undefined {
  const databases = settings?.databases;
  if (databases === undefined || (Number.isInteger(databases) && databases >= 1 && databases <= MOST_DATABASES)) return databases;
  throw new RedisError(`an engine has 1 to ${MOST_DATABASES} databases, not ${String(databases)}`);
}

/** Engines by name. They belong to the process: two copies of this module, ESM and CommonJS, share those of one build. */
let registry: symbol;
type Registry = Map<string, Instance | Promise<Instance>>;

/** Says how this runtime loads the engine, and which flavour of it. Entries of the package call it, once. */
export function setLoader(flavour: "full" | "slim", load: Loader): void {
  loader = load;
  registry = Symbol.for(`redmoon ${version} ${flavour}`);
}

/** The engine of a name, made when it is first asked for, with the settings of whoever asks first. */
export function instanceOf(name: string, settings?: EngineSettings): Instance | Promise<Instance> {
  if (loader === undefined) throw new RedisError("no entry of the package has said how to load the engine");
  const scope = globalThis as { [registry: symbol]: Registry | undefined };
  const engines = (scope[registry] ??= new Map());
  const known = engines.get(name);
  if (known !== undefined) return known;
  const start = (loaded: Loaded): Instance => {
    const log = new Log(settings?.log);
    const engine = new loaded.Engine(databasesOf(settings), log.write);
    for (const [parameter, value] of Object.entries(settings?.config ?? {})) {
      engine.configure(parameter, typeof value === "number" ? writeNumber(value) : String(value));
    }
    const instance = new Instance(engine, loaded.memory, log);
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
