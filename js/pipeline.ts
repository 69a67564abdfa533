import { withCallback, type Callback } from "./command.js";
import { Commander, takeCallback } from "./commander.js";
import type { RedisCommander } from "./commands.gen.js";
import { ReplyError } from "./errors.js";
import { PARKED } from "./instance.js";
import { failure, wrapResults, type ExecResult, type Redis } from "./redis.js";
import type { Script } from "./script.js";
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
  // The commands, their arguments, and notes on those that have any: a thousand small objects are kept from the
  // garbage collector.
  private readonly entries: Entry[] = [];
  private readonly args: Arguments[] = [];
  private readonly notes = new Map<number, Note>();
  /** MULTIs without their EXEC. */
  private open = 0;
  private outcome: Promise<ExecResult | null> | undefined;

  /** With `transaction` the commands stand between MULTI and EXEC, and `exec` answers EXEC's results alone. */
  constructor(
    private readonly redis: Redis,
    private readonly transaction = false,
  ) {
    super();
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

  protected send(entry: Entry, args: unknown[], bytes: number): this {
    const callback = takeCallback(args);
    if (bytes !== 0 || callback !== undefined) this.notes.set(this.length, { bytes, callback, script: undefined });
    return this.collect(entry, normalize(entry, args));
  }

  protected sendScript(script: Script, args: unknown[], bytes: number): this {
    const callback = takeCallback(args);
    this.notes.set(this.length, { bytes, callback, script });
    return this.collect(evalsha, normalize(evalsha, script.arguments(args)));
  }

  private collect(entry: Entry, args: Arguments): this {
    this.entries.push(entry);
    this.args.push(args);
    return this;
  }

  private note(at: number): Note {
    return (this.notes.size === 0 ? undefined : this.notes.get(at)) ?? PLAIN;
  }

  multi(): this {
    this.open++;
    return this.send(multi, [], 0);
  }

  execBuffer(callback?: Callback<ExecResult | null>): unknown {
    return this.exec(callback);
  }

  /** Ends an open MULTI; otherwise runs what was collected and gives each command's error and result. */
  exec(callback?: Callback<ExecResult | null>): unknown {
    if (this.open > 0) {
      this.open--;
      this.send(exec, [], 0);
      if (!this.transaction) return this;
    }
    this.outcome ??= this.transaction ? this.run().then(unwrapTransaction) : this.run();
    return withCallback(this.outcome, callback);
  }

  private run(): Promise<ExecResult> {
    return new Promise((resolve) => {
      const results: ExecResult = [];
      this.redis.enqueue({
        run: () => this.goOn(results, resolve),
        abort: (error) => this.abort(error, results, resolve),
      });
    });
  }

  /** Runs the steps that have no result yet. One that blocks holds up the rest. */
  private goOn(results: ExecResult, resolve: (results: ExecResult) => void): void {
    while (results.length < this.length) {
      const outcome = this.settle(results.length);
      if (outcome === undefined) {
        this.redis.later(
          (reply) => {
            results.push(this.conclude(results.length, reply));
            this.goOn(results, resolve);
          },
          (error) => this.abort(error, results, resolve),
        );
        return;
      }
      results.push(outcome);
    }
    resolve(results);
  }

  private abort(error: Error, results: ExecResult, resolve: (results: ExecResult) => void): void {
    while (results.length < this.length) {
      const { callback } = this.note(results.length);
      results.push(failure(error));
      if (callback !== undefined) report(callback, failure(error));
    }
    resolve(results);
  }

  /** Runs one step and answers its outcome; nothing if its reply comes later. */
  private settle(at: number): Outcome | undefined {
    const entry = this.entries[at]!;
    const { bytes, callback, script } = this.note(at);
    let reply: unknown;
    try {
      if (script !== undefined) reply = this.runScript(script, at, bytes);
      else if (entry === exec) reply = this.runExec(at);
      else reply = this.redis.execute(entry, this.args[at]!, bytes);
    } catch (error) {
      const outcome = failure(error as Error);
      if (callback !== undefined) report(callback, outcome);
      return outcome;
    }
    return reply === PARKED ? undefined : this.conclude(at, reply);
  }

  private conclude(at: number, reply: unknown): Outcome {
    const { callback } = this.note(at);
    const outcome: Outcome =
      typeof reply === "object" && reply instanceof ReplyError ? failure(reply) : [null, reply];
    if (callback !== undefined) report(callback, outcome);
    return outcome;
  }

  private runExec(at: number): unknown {
    const first = this.entries.lastIndexOf(multi, at) + 1;
    const queued = this.entries.slice(first, at);
    const bytes = queued.map((_, index) => this.note(first + index).bytes);
    return this.redis.executeExec(queued, bytes);
  }

  private runScript(script: Script, at: number, bytes: number): unknown {
    const { redis } = this;
    const args = this.args[at]!;
    // In a transaction EVALSHA would fail only at EXEC, too late for another try.
    if (!this.inTransaction(at)) {
      const reply = redis.execute(evalsha, [script.sha, ...args], bytes);
      if (!(reply instanceof ReplyError) || !reply.message.startsWith("NOSCRIPT")) return reply;
    }
    return redis.execute(evalScript, [script.lua, ...args], bytes);
  }

  private inTransaction(at: number): boolean {
    for (let i = at - 1; i >= 0; i--) {
      const entry = this.entries[i]!;
      if (entry === multi) return true;
      if (entry === exec || entry.name === "discard") return false;
    }
    return false;
  }
}

const multi = entryOf("multi");
const exec = entryOf("exec");
const evalsha = entryOf("evalsha");
const evalScript = entryOf("eval");

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
