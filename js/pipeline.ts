import { Command, withCallback, type Callback } from "./command.js";
import { Commander, equip, takeCallback } from "./commander.js";
import type { RedisCommander } from "./commands.gen.js";
import { ReplyError } from "./errors.js";
import { PARKED, UNWRITTEN } from "./instance.js";
import { prefixKeys } from "./keys.js";
import { Shape } from "./reply.js";
import type { Settings } from "./options.js";
import { failure, wrapResults, type ExecResult, type Redis } from "./redis.js";
import type { Script } from "./script.js";
import { traced } from "./tracing.js";
import { entryOf, normalize, type Entry } from "./transforms.js";

/** A pipeline as its caller sees it: every command answers the pipeline itself. */
export interface ChainableCommander extends RedisCommander<{ type: "pipeline" }> {
  /** Commands collected so far. */
  length: number;
  multi(): ChainableCommander;
  exec(callback?: Callback<ExecResult | null>): Promise<ExecResult | null>;
}

type Arguments = (string | number | Uint8Array)[];

/** What is not said of every command of a pipeline. */
interface Note {
  /** `Shape.bytes` for a Buffer twin. */
  bytes: number;
  callback: Callback | undefined;
  script: Script | undefined;
}

const PLAIN: Note = { bytes: 0, callback: undefined, script: undefined };

/** Commands collected to run in one go. */
export class Pipeline extends Commander {
  readonly isPipeline = true;
  readonly isCluster = false;
  readonly options: Settings;
  // The commands, the arguments of all of them, where each one's begin and end, and notes on those that have any:
  // thousands of small objects are kept from the garbage collector.
  private readonly entries: Entry[] = [];
  private readonly values: unknown[] = [];
  private readonly bounds: number[] = [0];
  private readonly notes = new Map<number, Note>();
  /** MULTIs without their EXEC. */
  private open = 0;
  private outcome: Promise<ExecResult | null> | undefined;
  /** Whether keys are taken as they come. */
  private readonly isPlain: boolean;

  /** With `transaction` the commands stand between MULTI and EXEC, and `exec` answers EXEC's results alone. */
  constructor(
    readonly redis: Redis,
    private readonly transaction = false,
  ) {
    super();
    equip(Pipeline.prototype, collecting);
    this.isPlain = redis.options.keyPrefix.length === 0;
    this.options = redis.options;
    const methods = redis as unknown as Record<string, unknown>;
    for (const name of [...Object.keys(redis.scriptsSet), ...redis.addedBuiltinSet]) {
      for (const method of [name, `${name}Buffer`]) {
        Object.defineProperty(this, method, { configurable: true, writable: true, value: methods[method] });
      }
    }
    if (transaction) this.multi();
  }

  get length(): number {
    return this.entries.length;
  }

  /** Adds commands given as lists: the name, then the arguments. */
  addBatch(commands: readonly unknown[][]): this {
    const methods = this as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const [name, ...args] of commands) methods[String(name)]!(...args);
    return this;
  }

  /** Takes one call of one command. @internal */
  send(entry: Entry, args: unknown[], bytes: number): this {
    const callback = takeCallback(args);
    if (bytes !== 0 || callback !== undefined) this.notes.set(this.length, { bytes, callback, script: undefined });
    return this.collect(entry, normalize(entry, args));
  }

  /** Takes one call of one script. @internal */
  sendScript(script: Script, args: unknown[], bytes: number): this {
    const callback = takeCallback(args);
    this.notes.set(this.length, { bytes, callback, script });
    return this.collect(evalsha, normalize(evalsha, [script.sha, ...script.arguments(args)]));
  }

  private collect(entry: Entry, args: Arguments): this {
    this.values.push(...(this.isPlain ? args : prefixKeys(entry.name, args, this.options.keyPrefix)));
    return this.close(entry);
  }

  private close(entry: Entry): this {
    this.entries.push(entry);
    this.bounds.push(this.values.length);
    return this;
  }

  /** Takes one call whose arguments are as the engine takes them; otherwise takes nothing and says so. @internal */
  collectPlain(entry: Entry, args: IArguments): boolean {
    const { values } = this;
    const begin = values.length;
    if (!this.isPlain || entry.strict) return false;
    for (let i = 0; i < args.length; i++) {
      const arg: unknown = args[i];
      if (typeof arg !== "string" && typeof arg !== "number" && !(arg instanceof Uint8Array)) {
        values.length = begin;
        return false;
      }
      values.push(arg);
    }
    this.close(entry);
    return true;
  }

  private argsOf(at: number): Arguments {
    return this.values.slice(this.bounds[at], this.bounds[at + 1]) as Arguments;
  }

  private note(at: number): Note {
    return (this.notes.size === 0 ? undefined : this.notes.get(at)) ?? PLAIN;
  }

  multi(): this {
    this.open++;
    return this.send(multi, [], 0);
  }

  /** What ioredis makes of it: in a transaction the same as `exec`, in a pipeline one more command. */
  execBuffer(callback?: Callback<ExecResult | null>): unknown {
    if (this.transaction) return this.exec(callback);
    if (this.open > 0) this.open--;
    return this.send(exec, [], Shape.bytes);
  }

  /** Ends an open MULTI; otherwise runs what was collected and gives each command's error and result. */
  exec(callback?: Callback<ExecResult | null>): unknown {
    if (this.open > 0) {
      this.open--;
      this.send(exec, [], 0);
      if (!this.transaction) return this;
    }
    this.outcome ??= this.transaction ? this.runTransaction() : this.run();
    return withCallback(this.outcome, callback);
  }

  private runTransaction(): Promise<ExecResult | null> {
    const context = (): object => ({ batchMode: "MULTI", batchSize: Math.max(this.length - 2, 0), ...this.redis.place });
    return traced("batch", () => this.run().then(unwrapTransaction), context);
  }

  private run(): Promise<ExecResult> {
    if (this.redis.isWatched || typeof this.options.commandTimeout === "number") return this.runEach();
    return new Promise((resolve) => {
      const results: ExecResult = [];
      this.redis.enqueue({
        run: () => this.goOn(results, resolve),
        abort: (error) => this.abort(error, results, resolve),
      });
    });
  }

  /** Runs the steps one by one, for somebody who looks at every command, or if each has a time of its own. */
  private runEach(): Promise<ExecResult> {
    const { redis } = this;
    const outcomes = this.entries.map((entry, at) => {
      const { bytes, callback } = this.note(at);
      const command = new Command(entry.name, this.argsOf(at), { replyEncoding: bytes ? null : "utf8" }, callback);
      command.run = () => this.step(at);
      redis.sendCommand(command);
      return command.promise.then((reply): Outcome => [null, reply], failure);
    });
    return Promise.all(outcomes);
  }

  /** Runs the steps that have no result yet. One that blocks holds up the rest. */
  private goOn(results: ExecResult, resolve: (results: ExecResult) => void): void {
    while (results.length < this.length) {
      const at = results.length;
      const reply = this.step(at);
      if (reply === PARKED) {
        const done = (late: unknown): void => {
          results.push(this.conclude(at, late));
          this.goOn(results, resolve);
        };
        return this.redis.later(done, (error) => this.abort(error, results, resolve));
      }
      results.push(typeof reply !== "object" && this.notes.size === 0 ? [null, reply] : this.conclude(at, reply));
    }
    if (this.redis.options.reconnectOnError) this.retry(results, resolve);
    else resolve(results);
  }

  /** Makes those calls again for whose error `reconnectOnError` wants it. */
  private retry(results: ExecResult, resolve: (results: ExecResult) => void): void {
    let left = 1;
    const finish = (): void => {
      if (--left === 0) resolve(results);
    };
    results.forEach(([error], at) => {
      if (!(error instanceof ReplyError) || !this.redis.retries(error, this.entries[at]!)) return;
      left++;
      const settle = (reply: unknown): void => {
        results[at] = this.conclude(at, reply);
        finish();
      };
      const run = (): void => {
        const reply = this.step(at);
        if (reply === PARKED) this.redis.later(settle, settle);
        else settle(reply);
      };
      this.redis.enqueue({ run, abort: settle });
    });
    finish();
  }

  private abort(error: Error, results: ExecResult, resolve: (results: ExecResult) => void): void {
    while (results.length < this.length) {
      const { callback } = this.note(results.length);
      results.push(failure(error));
      if (callback !== undefined) report(callback, failure(error));
    }
    resolve(results);
  }

  /** Runs one step and answers its reply, which may be an error. */
  private step(at: number): unknown {
    const entry = this.entries[at]!;
    const { bytes, script } = this.note(at);
    try {
      if (script !== undefined) return this.redis.executeScript(script, this.argsOf(at), bytes);
      if (entry === exec) return this.runExec(at);
      const reply = entry.special ? UNWRITTEN : this.redis.executeShort(entry, this.values, this.bounds[at]!, this.bounds[at + 1]!, bytes);
      return reply === UNWRITTEN ? this.redis.execute(entry, this.argsOf(at), bytes) : reply;
    } catch (error) {
      return error;
    }
  }

  private conclude(at: number, reply: unknown): Outcome {
    const { callback } = this.note(at);
    const outcome: Outcome = typeof reply === "object" && reply instanceof Error ? failure(reply) : [null, reply];
    if (callback !== undefined) report(callback, outcome);
    return outcome;
  }

  private runExec(at: number): unknown {
    const first = this.entries.lastIndexOf(multi, at) + 1;
    const queued = this.entries.slice(first, at);
    const bytes = queued.map((_, index) => this.note(first + index).bytes);
    return this.redis.executeExec(queued, bytes);
  }
}

const multi = entryOf("multi");
const exec = entryOf("exec");
const evalsha = entryOf("evalsha");

/** The method of a command for a pipeline: it makes no list of its arguments unless it must. */
function collecting(entry: Entry, bytes: number): () => Pipeline {
  return function (this: Pipeline) {
    return bytes === 0 && this.collectPlain(entry, arguments) ? this : this.send(entry, [...arguments], bytes);
  };
}

type Outcome = ExecResult[number];

/** Tells a command's own callback, in its own turn. */
function report(callback: Callback, [error, value]: Outcome): void {
  withCallback(error === null ? Promise.resolve(value) : Promise.reject(error), callback);
}

/** EXEC's own results; its error also says what went wrong before it. */
function unwrapTransaction(results: ExecResult): ExecResult | null {
  const [error, replies] = results[results.length - 1]!;
  if (error === null) return wrapResults(replies);
  if (error instanceof ReplyError) {
    error.previousErrors = results.slice(0, -1).flatMap(([earlier]) => (earlier instanceof ReplyError ? [earlier] : []));
  }
  throw error;
}
