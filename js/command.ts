import { decode, encode } from "./bytes.js";
import { AbortError, CONNECTION_CLOSED, ReplyError, type FailedCommand } from "./errors.js";
import { keyIndexes, prefixKeys } from "./keys.js";
import { Shape } from "./reply.js";
import { slotOf } from "./slot.js";
import { entryOf, normalize, type ArgumentTransformer, type Entry, type ReplyContext, type ReplyTransformer } from "./transforms.js";

export type Callback<T = any> = (error?: Error | null, result?: T) => void;

export interface CommandOptions {
  /** "utf8" for strings; null for bytes. */
  replyEncoding?: string | null;
  errorStack?: Error;
  keyPrefix?: string | Uint8Array;
  readOnly?: boolean;
}

/** Gives a promise's outcome to a callback in Node's manner, and the promise back. */
export function withCallback<T>(promise: Promise<T>, callback: Callback<T> | undefined): Promise<T> {
  if (typeof callback !== "function") return promise;
  // What a callback throws is no rejection: it belongs to nobody who could catch it.
  const call = (error: Error | null, result?: T): void => {
    try {
      callback(error, result);
    } catch (thrown) {
      setTimeout(() => {
        throw thrown;
      });
    }
  };
  promise.then((result) => call(null, result), call);
  return promise;
}

/** A command on its way: what waits in a queue, and what `sendCommand` takes. */
export class Command {
  readonly args: (string | number | Uint8Array)[];
  readonly entry: Entry;
  readonly callback: Callback | undefined;
  /** `Shape.bytes` or `Shape.plain`. */
  readonly bytes: number;
  readonly promise: Promise<any>;
  readonly isReadOnly: boolean;
  isResolved = false;
  isSettled = false;
  /** Made where the command was called, if errors are to lead there. */
  errorStack: Error | undefined = undefined;
  /** How a handle runs it, if not by its name and arguments. @internal */
  run: (() => unknown) | undefined;
  /** How its reply is to look; what sends it says so. */
  context: ReplyContext = { commandName: "", protocol: 2, replyMapping: "legacy" };
  private readonly encoding: string | null;
  private settle!: (reply: unknown) => void;
  private refuse!: (error: Error) => void;
  private timer: ReturnType<typeof setTimeout> | undefined = undefined;
  private blockingTimer: ReturnType<typeof setTimeout> | undefined = undefined;

  constructor(
    readonly name: string,
    args: readonly unknown[] = [],
    options: CommandOptions = {},
    callback?: Callback,
  ) {
    this.entry = entryOf(name);
    this.args = normalize(this.entry, args);
    if (options.keyPrefix) this.args = prefixKeys(name, this.args, options.keyPrefix);
    this.errorStack = options.errorStack;
    this.isReadOnly = options.readOnly === true;
    this.encoding = options.replyEncoding ?? null;
    this.bytes = this.encoding === null ? Shape.bytes : Shape.plain;
    this.callback = callback;
    this.promise = withCallback(
      new Promise((resolve, reject) => {
        this.settle = resolve;
        this.refuse = reject;
      }),
      callback,
    );
  }

  /** Gives the command its reply, as it came: bytes become text if that was asked for, and transformers see it. */
  readonly resolve = (reply: unknown): void => {
    try {
      const read = this.encoding === null ? reply : textOf(reply, this.encoding);
      this.done(this.entry.reply === undefined ? read : this.entry.reply(read, { ...this.context, commandName: this.name }));
    } catch (error) {
      this.reject(error as Error);
    }
  };

  /** Ends the command with an error. */
  readonly reject = (error: Error): void => {
    this.stopTimers();
    this.isSettled = true;
    this.refuse(error);
  };

  /** Gives the command what its caller is to have. @internal */
  done(value: unknown): void {
    this.stopTimers();
    this.isSettled = this.isResolved = true;
    this.settle(value);
  }

  private stopTimers(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    if (this.blockingTimer !== undefined) clearTimeout(this.blockingTimer);
  }

  /** Ends the command with an error if it has no reply after so many ms. */
  setTimeout(ms: number): void {
    this.timer ??= setTimeout(() => {
      if (!this.isSettled) this.reject(new Error("Command timed out"));
    }, ms);
  }

  /** Ends the command with null, as the engine would, after so many ms if it would wait without end. @internal */
  setBlockingTimeout(ms: number | undefined): void {
    if (typeof ms !== "number" || ms <= 0 || Number(timeoutOf(this.name.toLowerCase(), this.args)) !== 0) return;
    clearTimeout(this.blockingTimer);
    this.blockingTimer = setTimeout(() => {
      if (!this.isSettled) this.resolve(null);
    }, ms);
  }

  /** Its arguments that are keys. */
  getKeys(): (string | number | Uint8Array)[] {
    return keyIndexes(this.name, this.args).map((index) => this.args[index]!);
  }

  /** The cluster slot of its first key; null without keys. */
  getSlot(): number | null {
    const [key] = this.getKeys();
    return key === undefined ? null : slotOf(key instanceof Uint8Array ? key : encode(String(key)));
  }

  /** Which commands have a property that handles look at. */
  static readonly FLAGS: Readonly<Record<string, readonly string[]>> = {
    VALID_IN_SUBSCRIBER_MODE: ["subscribe", "psubscribe", "unsubscribe", "punsubscribe", "ssubscribe", "sunsubscribe", "ping", "quit"],
    VALID_IN_MONITOR_MODE: ["monitor", "auth"],
    ENTER_SUBSCRIBER_MODE: ["subscribe", "psubscribe", "ssubscribe"],
    EXIT_SUBSCRIBER_MODE: ["unsubscribe", "punsubscribe", "sunsubscribe"],
    WILL_DISCONNECT: ["quit"],
    HANDSHAKE_COMMANDS: ["auth", "hello", "select", "client", "readonly", "info"],
    IGNORE_RECONNECT_ON_ERROR: ["client"],
    BLOCKING_COMMANDS:
      "blpop brpop brpoplpush blmove blmovem bzpopmin bzpopmax bzmpop blmpop xread xreadgroup".split(" "),
  };

  /** Whether a command, in any case, has a flag of `FLAGS`. */
  static checkFlag(flag: string, name: string): boolean {
    return Command.FLAGS[flag]!.includes(name.toLowerCase());
  }

  /** Says what becomes of the arguments of a command before it is sent. */
  static setArgumentTransformer(name: string, transformer: ArgumentTransformer): void {
    Object.assign(entryOf(name), { argument: transformer, strict: true });
  }

  /** Says what becomes of the reply of a command before the caller gets it. */
  static setReplyTransformer(name: string, transformer: ReplyTransformer): void {
    // It is to see the reply as Redis gives it.
    Object.assign(entryOf(name), { reply: transformer, shape: Shape.plain });
  }
}

/** The argument of a command that says how long it may wait; undefined if it does not wait. */
function timeoutOf(name: string, args: readonly unknown[]): unknown {
  if (name === "blmovem") return args[4];
  if (name === "blmpop" || name === "bzmpop") return args[0];
  if (name === "xread" || name === "xreadgroup") return args[args.findIndex((arg) => /^block$/i.test(String(arg))) + 1];
  return Command.FLAGS.BLOCKING_COMMANDS!.includes(name) ? args[args.length - 1] : undefined;
}

/** Bytes, and those inside lists, as text. */
function textOf(reply: unknown, encoding: string): unknown {
  if (reply instanceof Uint8Array) {
    return /^utf-?8$/i.test(encoding) ? decode(reply) : (reply as { toString(encoding: string): string }).toString(encoding);
  }
  return Array.isArray(reply) ? reply.map((item) => textOf(item, encoding)) : reply;
}

/** Tells an error which command it answers. */
export function blame<E extends ReplyError | AbortError>(error: E, name: string, args: readonly unknown[]): E {
  const failed: FailedCommand = { name, args: args.map((arg) => (typeof arg === "number" ? String(arg) : arg)) };
  error.command = failed;
  return error;
}

export function closedError(): Error {
  return new Error(CONNECTION_CLOSED);
}
