import { AbortError, CONNECTION_CLOSED, ReplyError, type FailedCommand } from "./errors.js";
import { Shape } from "./reply.js";
import { entryOf, normalize, type ArgumentTransformer, type Entry, type ReplyTransformer } from "./transforms.js";

export type Callback<T = any> = (error: Error | null, result?: T) => void;

export interface CommandOptions {
  /** "utf8" for strings; null for bytes. */
  replyEncoding?: string | null;
  errorStack?: Error;
  keyPrefix?: string;
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
  resolve!: (reply: unknown) => void;
  reject!: (error: Error) => void;

  constructor(
    readonly name: string,
    args: readonly unknown[] = [],
    options: CommandOptions = {},
    callback?: Callback,
  ) {
    this.entry = entryOf(name);
    this.args = normalize(this.entry, args);
    this.bytes = options.replyEncoding === undefined || options.replyEncoding === null ? Shape.bytes : Shape.plain;
    this.callback = callback;
    this.promise = withCallback(
      new Promise((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
      }),
      callback,
    );
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

/** Tells an error which command it answers. */
export function blame<E extends ReplyError | AbortError>(error: E, name: string, args: readonly unknown[]): E {
  const failed: FailedCommand = { name, args: args.map((arg) => (typeof arg === "number" ? String(arg) : arg)) };
  error.command = failed;
  return error;
}

export function closedError(): Error {
  return new Error(CONNECTION_CLOSED);
}
