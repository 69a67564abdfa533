import { Command, withCallback, type Callback } from "./command.js";
import { Commander, equip, takeCallback } from "./commander.js";
import type { RedisCommander } from "./commands.gen.js";
import type { Arguments } from "./connection.js";
import { ReplyError } from "./errors.js";
import { PARKED, UNWRITTEN } from "./instance.js";
import { prefixKeys } from "./keys.js";
import { Shape } from "./reply.js";
import type { Settings } from "./options.js";
import type { Redis } from "./redis.js";
import type { Script } from "./script.js";
import { traced } from "./tracing.js";
import { entryOf, isPlain, normalize, type Entry } from "./transforms.js";

/** A pipeline as its caller sees it: every command answers the pipeline itself. */
export interface ChainableCommander extends RedisCommander<{ type: "pipeline" }> {
  /** Commands collected so far. */
  length: number;
  multi(): ChainableCommander;
  exec(callback?: Callback<ExecResult | null>): Promise<ExecResult | null>;
}

/** Results of a pipeline or a transaction: an error alone, or null and a value. */
export type ExecResult = [error: Error | null, result: unknown][];

/** What is not said of every command of a pipeline. */
interface Note {
  /** `Shape.bytes` for a Buffer twin. */
  bytes: number;
  report: Report | undefined;
  script: Script | undefined;
  /** Made where the command was called, if errors are to lead there. */
  stack: Error | undefined;
}

const PLAIN: Note = { bytes: 0, report: undefined, script: undefined, stack: undefined };

type Outcome = ExecResult[number];

/** Is told what comes of a command. */
export type Report = (outcome: Outcome) => void;

/** Tells a command's own callback, in its own turn. */
function reporter(callback: Callback | undefined): Report | undefined {
  return callback && (([error, value]) => withCallback(error === null ? Promise.resolve(value) : Promise.reject(error), callback));
}

/** Commands collected to run in one go. */
export class Pipeline extends Commander {
  readonly isPipeline = true;
  readonly isCluster = false;
  readonly options: Settings;
  /** How many commands there are. */
  length = 0;
  // Of each command its entry, a note, the number of its arguments and these, one command after the other: thousands of
  // small objects are kept from the garbage collector.
  private readonly words: unknown[];
  /** Where the words end, and where the first command begins that has no result. */
  private end = 0;
  private next = 0;
  /** Where the first command begins that no EXEC has come after. */
  private judged = 0;
  /** MULTIs without their EXEC. */
  private open = 0;
  private outcome: Promise<ExecResult | null> | undefined = undefined;
  /** Whether keys are taken as they come, and nothing is noted of where. */
  private readonly isPlain: boolean;

  /** With `transaction` the commands stand between MULTI and EXEC, and `exec` answers EXEC's results alone. */
  constructor(
    readonly redis: Redis,
    private readonly transaction = false,
  ) {
    equip(Pipeline.prototype, Pipeline.collecting);
    super();
    this.options = redis.options;
    this.isPlain = this.options.keyPrefix.length === 0 && !this.options.showFriendlyErrorStack;
    // Room for as much as the one before had: to grow step by step takes as long as to collect.
    this.words = new Array(redis.batchRoom);
    const { prototype } = new.target;
    let own = redis.pipelines;
    if (own !== prototype && (own === undefined || Object.getPrototypeOf(own) !== prototype)) {
      redis.pipelines = own = withOwn(prototype, redis);
    }
    if (own !== prototype) Object.setPrototypeOf(this, own);
    if (transaction) this.multi();
  }

  /** Adds commands given as lists: the name, then the arguments. */
  addBatch(commands: readonly unknown[][]): this {
    const methods = this as unknown as Record<string, (...args: unknown[]) => unknown>;
    for (const [name, ...args] of commands) methods[String(name)]!(...args);
    return this;
  }

  /** Takes one call of one command. @internal */
  send(entry: Entry, args: unknown[], bytes: number, report = reporter(takeCallback(args))): this {
    const stack = this.stackOf();
    const noted = bytes !== 0 || report !== undefined || stack !== undefined;
    return this.collect(entry, noted ? { bytes, report, script: undefined, stack } : PLAIN, normalize(entry, args));
  }

  /** Takes one call of one script. @internal */
  sendScript(script: Script, args: unknown[], bytes: number, report = reporter(takeCallback(args))): this {
    const note = { bytes, report, script, stack: this.stackOf() };
    return this.collect(evalsha, note, normalize(evalsha, [script.sha, ...script.arguments(args)]));
  }

  private stackOf(): Error | undefined {
    return this.options.showFriendlyErrorStack ? new Error() : undefined;
  }

  private collect(entry: Entry, note: Note, args: Arguments): this {
    const sent = this.isPlain ? args : prefixKeys(entry.name, args, this.options.keyPrefix);
    const { words } = this;
    let at = this.end;
    words[at++] = entry;
    words[at++] = note;
    words[at++] = sent.length;
    for (let i = 0; i < sent.length; i++) words[at++] = sent[i];
    return this.close(at);
  }

  private close(end: number): this {
    this.end = end;
    this.length++;
    return this;
  }

  private entryAt(at: number): Entry {
    return this.words[at] as Entry;
  }

  private argsOf(at: number): Arguments {
    return this.words.slice(at + 3, this.after(at)) as Arguments;
  }

  /** Where the command after one begins. */
  private after(at: number): number {
    return at + 3 + (this.words[at + 2] as number);
  }

  /** Where commands begin, from one on. */
  private places(from = 0): number[] {
    const places: number[] = [];
    for (let at = from; at < this.end; at = this.after(at)) places.push(at);
    return places;
  }

  private note(at: number): Note {
    return this.words[at + 1] as Note;
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
      const results: ExecResult = new Array(this.length);
      this.redis.batchRoom = Math.min(this.end, LARGEST);
      this.redis.enqueue({
        run: () => this.goOn(0, results, resolve),
        abort: (error) => this.abort(error, 0, results, resolve),
      });
    });
  }

  /** Runs the steps one by one, for somebody who looks at every command, or if each has a time of its own. */
  private runEach(): Promise<ExecResult> {
    const { redis } = this;
    const outcomes = this.places().map((at) => {
      const command = new Command(this.entryAt(at).name, this.argsOf(at), { replyEncoding: this.note(at).bytes ? null : "utf8" });
      command.run = () => this.step(at);
      redis.sendCommand(command);
      const conclude = (reply: unknown): Outcome => this.conclude(at, reply);
      return command.promise.then(conclude, conclude);
    });
    return Promise.all(outcomes);
  }

  /** Runs the steps that have no result yet, `done` having one. One that blocks holds up the rest. */
  private goOn(done: number, results: ExecResult, resolve: (results: ExecResult) => void): void {
    for (; done < this.length; done++) {
      const at = this.next;
      const reply = this.step(at);
      this.next = this.after(at);
      if (typeof reply !== "object" && this.note(at) === PLAIN) {
        results[done] = [null, reply];
        continue;
      }
      if (reply === PARKED) return this.waitAt(at, done, results, resolve);
      results[done] = this.conclude(at, reply);
    }
    if (this.redis.options.reconnectOnError) this.retry(results, resolve);
    else resolve(results);
  }

  /** Goes on when a step has its reply. */
  private waitAt(at: number, done: number, results: ExecResult, resolve: (results: ExecResult) => void): void {
    const end = (late: unknown): void => {
      results[done] = this.conclude(at, late);
      this.goOn(done + 1, results, resolve);
    };
    this.redis.later(end, (error) => {
      this.next = at;
      this.abort(error, done, results, resolve);
    });
  }

  /** Makes those calls again for whose error `reconnectOnError` wants it. */
  private retry(results: ExecResult, resolve: (results: ExecResult) => void): void {
    let left = 1;
    const finish = (): void => {
      if (--left === 0) resolve(results);
    };
    this.places().forEach((at, nth) => {
      const [error] = results[nth]!;
      if (!(error instanceof ReplyError) || !this.redis.retries(error, this.entryAt(at))) return;
      left++;
      const settle = (reply: unknown): void => {
        results[nth] = this.conclude(at, reply);
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

  private abort(error: Error, done: number, results: ExecResult, resolve: (results: ExecResult) => void): void {
    for (const at of this.places(this.next)) results[done++] = this.conclude(at, error);
    resolve(results);
  }

  /** Runs one step and answers its reply, which may be an error. */
  private step(at: number): unknown {
    const entry = this.entryAt(at);
    const { bytes, script } = this.note(at);
    try {
      if (!entry.special && script === undefined) {
        const reply = this.redis.executeShort(entry, this.words, at + 3, this.after(at), bytes);
        if (reply !== UNWRITTEN) return reply;
      }
      const args = this.argsOf(at);
      if (script !== undefined) return this.redis.executeScript(script, args, bytes);
      return entry === exec ? this.runExec(at) : this.redis.execute(entry, args, bytes);
    } catch (error) {
      return error;
    }
  }

  private conclude(at: number, reply: unknown): Outcome {
    const { report, stack } = this.note(at);
    const isError = typeof reply === "object" && reply instanceof Error;
    const outcome: Outcome = isError ? failure(stack === undefined ? reply : this.redis.blameCaller(reply, stack)) : [null, reply];
    report?.(outcome);
    return outcome;
  }

  /** Runs EXEC, whose replies are read as the commands are that were queued since MULTI. */
  private runExec(at: number): unknown {
    let queued: number[] = [];
    for (let place = this.judged; place < at; place = this.after(place)) {
      if (this.entryAt(place) === multi) queued = [];
      else queued.push(place);
    }
    this.judged = this.after(at);
    return this.redis.executeExec(
      queued.map((place) => this.entryAt(place)),
      queued.map((place) => this.note(place).bytes),
    );
  }

  /** The method of a command. It copies its arguments one by one, as those of `Redis` do. */
  private static collecting(name: string, bytes: number): () => Pipeline {
    let known: Entry | undefined;
    return function (this: Pipeline) {
      const entry = (known ??= entryOf(name));
      const count = arguments.length;
      if (bytes === 0 && this.isPlain && !entry.strict) {
        const { words } = this;
        let at = this.end;
        words[at++] = entry;
        words[at++] = PLAIN;
        words[at++] = count;
        let i = 0;
        while (i < count && isPlain(arguments[i])) words[at++] = arguments[i++];
        if (i === count) return this.close(at);
      }
      const args: unknown[] = [];
      for (let i = 0; i < count; i++) args.push(arguments[i]);
      return this.send(entry, args, bytes);
    };
  }
}

const multi = entryOf("multi");
const exec = entryOf("exec");
const evalsha = entryOf("evalsha");

/** Makes what the pipelines of a handle inherit from: it has the handle's own commands, which would take long to give to
 *  each. */
function withOwn(prototype: object, redis: Redis): object {
  const names = [...Object.keys(redis.scriptsSet), ...redis.addedBuiltinSet];
  if (names.length === 0) return prototype;
  const methods = redis as unknown as Record<string, (...args: unknown[]) => unknown>;
  const own = Object.create(prototype) as object;
  for (const method of names.flatMap((name) => [name, `${name}Buffer`])) {
    const value = function (this: Pipeline, ...args: unknown[]): unknown {
      return methods[method]!.apply(this, args);
    };
    Object.defineProperty(own, method, { configurable: true, writable: true, value });
  }
  return own;
}

/** The most words for which a pipeline has room from the beginning. */
const LARGEST = 8192;

/** Pairs each result with its error, as pipelines answer. */
export function wrapResults(results: unknown): ExecResult | null {
  if (!Array.isArray(results)) return null;
  return results.map((item) => (item instanceof Error ? failure(item) : [null, item]));
}

/** ioredis gives a failed command's pair no second half. */
export function failure(error: Error): ExecResult[number] {
  return [error] as unknown as ExecResult[number];
}

/** EXEC's own results; its error also says what went wrong before it. */
function unwrapTransaction(results: ExecResult): ExecResult | null {
  const [error, replies] = results[results.length - 1]!;
  if (error === null) return wrapResults(replies);
  const previousErrors = results.slice(0, -1).flatMap(([earlier]) => (earlier === null || earlier === error ? [] : [earlier]));
  throw Object.assign(error, { previousErrors });
}
