import { decode, encode } from "./bytes.js";
import { blame, closedError, Command, withCallback, type Callback } from "./command.js";
import { equip, takeCallback } from "./commander.js";
import type { RedisCommander } from "./commands.gen.js";
import { Connection, type Arguments, type Status, type Task } from "./connection.js";
import { ReplyError } from "./errors.js";
import { PARKED, UNWRITTEN } from "./instance.js";
import type { ChainableCommander } from "./ioredis.js";
import { prefixKeys } from "./keys.js";
import { Limited } from "./limited.js";
import { defaultOptions, nameOf, noServer, type LogLevel, type RedisOptions, type ScriptDefinition } from "./options.js";
import { Pipeline, wrapResults, type ExecResult, type Report } from "./pipeline.js";
import { Shape } from "./reply.js";
import { scanStream, type ScanStream, type ScanStreamOptions } from "./scan.js";
import { readTrace, type Script, type ScriptLimits, type ScriptTrace } from "./script.js";
import { subscriberCommands } from "./subscriber.js";
import { Sync, type SyncCommander } from "./sync.js";
import { contextOf, isTraced, traced } from "./tracing.js";
import { entryOf, normalize, type Entry, type ReplyContext } from "./transforms.js";
import type { Bytes, RedisKey, RedisValue } from "./types.js";

/** Stands where ioredis has its client for clusters. */
export class Cluster {
  constructor(_nodes?: unknown, _options?: unknown) {
    throw noServer("cluster");
  }
}

const exec = entryOf("exec");
const evalsha = entryOf("evalsha");
const evalScript = entryOf("eval");

/**
 * A handle on an engine of this process, in the manner of ioredis.
 *
 * ```js
 * const redis = new Redis();
 * await redis.set("greeting", "hello");
 * ```
 *
 * Handles of one name share one engine, each with its own session: selected database, transaction, watches.
 */
export class Redis extends Connection {
  static readonly Command = Command;
  static readonly ReplyError = ReplyError;
  static readonly defaultOptions: RedisOptions = defaultOptions;
  /** Where ioredis has its client for clusters. There are none in a process: it is refused. */
  static Cluster: new (nodes?: any[], options?: any) => Redis = Cluster as never;

  /** Makes a handle; the same as `new Redis(...)`. */
  static createClient(...args: ConstructorParameters<typeof Redis>): Redis {
    return new this(...args);
  }

  readonly isCluster: boolean = false;

  private shape: number;
  private context: ReplyContext;
  private synced: Sync | undefined = undefined;
  private batched: Pipeline | undefined = undefined;
  /** How many words the last pipeline took. @internal */
  batchRoom = 0;
  /** What pipelines inherit from, once there was one since commands were added. @internal */
  pipelines: object | undefined = undefined;

  constructor(options?: RedisOptions);
  constructor(address: string, options?: RedisOptions);
  constructor(port: number, options?: RedisOptions);
  constructor(port: number, host?: string, options?: RedisOptions);
  constructor(...args: unknown[]) {
    super(args);
    const { stringNumbers, replyMapping, protocol, scripts } = this.options;
    this.shape = (stringNumbers ? Shape.stringNumbers : 0) | (replyMapping === "resp3" ? Shape.rich : 0);
    this.context = { commandName: "", protocol, replyMapping };
    for (const [name, definition] of Object.entries(scripts ?? {})) this.defineCommand(name, definition);
    if (this.options.lazyConnect) this.setStatus("wait");
    else this.connect().catch(() => {});
  }

  /** Prepares the fieldset once more that a call has missed, if it is one of the handle's; answers the error if it fails. */
  private prepareAgain(entry: Entry, args: Arguments, reply: unknown): ReplyError | undefined | null {
    const { himportFieldsets } = this.options;
    if (entry.name.toLowerCase() !== "himport" || !(reply instanceof ReplyError)) return null;
    if (!reply.message.includes("no such fieldset") || !/^set$/i.test(String(args[0]))) return null;
    const wanted = himportFieldsets?.find(({ name }) => nameOf(name) === nameOf(args[2]));
    if (wanted === undefined) return null;
    const prepare = ["PREPARE", wanted.name, ...wanted.fields];
    const failed = this.instance!.call(this.session, entry, prepare, Shape.plain);
    return failed instanceof ReplyError ? blame(failed, entry.name, prepare) : undefined;
  }

  /** Ends the wait that a call has begun whose caller cannot wait, and answers what it is answered when time is over. */
  private giveUp(): unknown {
    if (this.pending !== undefined) this.instance!.release();
    this.pending = undefined;
    this.settleMode();
    return this.instance!.giveUp(this.session, this.shape);
  }

  /**
   * Makes a handle that sees every call to the engine, each an event `monitor`.
   *
   * ```js
   * const monitor = await redis.monitor();
   * monitor.on("monitor", (time, args, source, database) => console.log(time, args));
   * ```
   */
  monitor(callback?: Callback<Redis>): Promise<Redis> {
    const handle = this.duplicate({ monitor: true, lazyConnect: false, himportFieldsets: undefined });
    const begun = new Promise<Redis>((resolve, reject) => {
      handle.once("error", reject);
      handle.once("monitoring", () => resolve(handle));
    });
    return withCallback(begun, callback);
  }

  /** Makes a handle with the same options, and a session of its own. */
  duplicate(override?: RedisOptions): Redis {
    return new (this.constructor as typeof Redis)({ ...this.options, ...override });
  }

  /** Streams the keys of the database, a list for each step of the scan. */
  scanStream(options?: ScanStreamOptions): ScanStream {
    return this.scanned("scan", undefined, options);
  }

  scanBufferStream(options?: ScanStreamOptions): ScanStream<Bytes> {
    return this.scanned("scanBuffer", undefined, options);
  }

  /** Streams the members of a set. */
  sscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream {
    return this.scanned("sscan", key, options);
  }

  sscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Bytes> {
    return this.scanned("sscanBuffer", key, options);
  }

  /** Streams the fields of a hash, each followed by its value. */
  hscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream {
    return this.scanned("hscan", key, options);
  }

  hscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Bytes> {
    return this.scanned("hscanBuffer", key, options);
  }

  /** Streams the members of a sorted set, each followed by its score. */
  zscanStream(key: RedisKey, options?: ScanStreamOptions): ScanStream {
    return this.scanned("zscan", key, options);
  }

  zscanBufferStream(key: RedisKey, options?: ScanStreamOptions): ScanStream<Bytes> {
    return this.scanned("zscanBuffer", key, options);
  }

  private scanned(method: string, key: RedisKey | undefined, options: ScanStreamOptions = {}): ScanStream<any> {
    return scanStream((args) => (this as any)[method](args), key, options);
  }

  /**
   * Has `listener` hear of every write to a key that matches a pattern, by whomever: the key, and the event as Redis
   * names it, such as `set`, `hset`, `del`, `expired`. It is the database that is selected now, and key and pattern are
   * without the prefix. Resolves to what ends it.
   *
   * ```js
   * const stop = await redis.onWrite("user:*", (key, event) => console.log(key, event));
   * ```
   *
   * The engine is told to publish the events of keys (`notify-keyspace-events`), besides what it publishes already.
   */
  async onWrite(pattern: string, listener: (key: string, event: string) => void): Promise<() => void> {
    const { keyPrefix } = this.options;
    const prefix = typeof keyPrefix === "string" ? keyPrefix : decode(keyPrefix);
    const before = `__keyspace@${this.selected}__:${prefix}`;
    const handle = this.duplicate({ keyPrefix: "", lazyConnect: false, monitor: false, enableAutoPipelining: false });
    try {
      const [, flags = ""] = (await handle.config("GET", "notify-keyspace-events")) as string[];
      const missing = ["K", "A"].filter((flag) => !flags.includes(flag));
      if (missing.length > 0) await handle.config("SET", "notify-keyspace-events", flags + missing.join(""));
      handle.on("pmessage", (_pattern, channel, event) => listener(channel.slice(before.length), event));
      await handle.psubscribe(before.replace(/[\\*?[\]]/g, "\\$&") + pattern);
    } catch (error) {
      handle.disconnect();
      throw error;
    }
    return () => handle.disconnect();
  }

  /**
   * The same commands, answered at once and without a promise: the engine is in the caller's own process. The handle
   * must be ready. Errors are thrown.
   *
   * ```js
   * await redis.connect(); // or any command
   * const value = redis.sync.get("greeting");
   * ```
   */
  get sync(): SyncCommander {
    return (this.synced ??= new Sync(this)) as unknown as SyncCommander;
  }

  override defineCommand(name: string, definition: ScriptDefinition): void {
    super.defineCommand(name, definition);
    this.pipelines = undefined;
    this.synced?.defineCommand(name, definition);
  }

  override addBuiltinCommand(name: string): void {
    super.addBuiltinCommand(name);
    this.pipelines = undefined;
    this.synced?.addBuiltinCommand(name);
  }

  /** Runs a command that was made by hand. All others come this way too, once this method is replaced. */
  sendCommand(command: Command): Promise<any> {
    return traced("command", () => this.submitCommand(command), () => contextOf(command, this.place));
  }

  private submitCommand(command: Command): Promise<any> {
    const { commandTimeout, enableOfflineQueue } = this.options;
    command.context = this.context;
    const early = this.status !== "ready" && this.status !== "end" && this.queue.length === 0;
    if (command.name === "quit" && early && enableOfflineQueue) {
      // Nothing has been asked of the engine yet.
      if (this.status === "wait") this.connect().catch(() => {});
      this.disconnect();
      command.resolve(encode("OK"));
      return command.promise;
    }
    const task = this.taskOf(command);
    if (this.status === "connect" && greetings.has(command.name.toLowerCase())) task.run();
    else this.enqueue(task);
    if (typeof commandTimeout === "number" && !command.isSettled) command.setTimeout(commandTimeout);
    return command.promise;
  }

  /** Whether somebody looks at all commands: `sendCommand` has been replaced. @internal */
  get isWatched(): boolean {
    return this.sendCommand !== sendCommand || isTraced();
  }

  private taskOf(command: Command): Task {
    const { entry, args, bytes, reject } = command;
    const run = command.run ?? (() => this.execute(entry, args, bytes));
    const task: Task = {
      run: () => {
        if (command.isSettled) return;
        const settle = (reply: unknown): void => {
          if (!(reply instanceof ReplyError)) command.done(reply);
          else if (this.retries(reply, entry)) this.enqueue(task);
          else reject(this.blameCaller(reply, command.errorStack));
        };
        try {
          const reply = run();
          if (reply === PARKED) {
            this.later(settle, reject, task);
            command.setBlockingTimeout(this.options.blockingTimeout);
          } else settle(reply);
        } catch (error) {
          reject(error as Error);
        }
      },
      abort: reject,
    };
    return task;
  }

  /**
   * Has `reconnectOnError` say what an error is to lead to; answers whether the call is to be made again, on the next
   * connection. @internal
   */
  retries(error: ReplyError, entry: Entry): boolean {
    const { reconnectOnError } = this.options;
    if (!reconnectOnError || entry.name.toLowerCase() === "client") return false;
    const { selected } = this;
    const wish = reconnectOnError(error);
    if (wish !== true && wish !== 1 && wish !== 2) return false;
    if (this.status !== "reconnecting") this.disconnect(true);
    if (wish === 2 && this.selected !== selected) this.send(entryOf("select"), [selected], Shape.plain).catch(() => {});
    return wish === 2;
  }

  protected send(entry: Entry, args: unknown[], bytes: number): Promise<any> {
    if (this.batches(entry.name)) return this.batch(args, (pipeline, report) => pipeline.send(entry, args, bytes, report));
    return this.sendCommand(this.commandOf(entry, args, bytes));
  }

  /** The command that a call of a method is. @internal */
  commandOf(entry: Entry, args: unknown[], bytes: number): Command {
    const callback = takeCallback(args);
    const { keyPrefix, showFriendlyErrorStack } = this.options;
    const command = new Command(entry.name, args, { replyEncoding: bytes ? null : "utf8", keyPrefix }, callback);
    if (showFriendlyErrorStack) command.errorStack = new Error();
    return command;
  }

  /** Whether a command is to wait for others of its turn. */
  private batches(name: string): boolean {
    const { enableAutoPipelining, autoPipeliningIgnoredCommands } = this.options;
    return !!enableAutoPipelining && !neverBatched.has(name) && !autoPipeliningIgnoredCommands?.includes(name);
  }

  /** Has a call wait in a pipeline that runs when this turn is over. */
  private batch(args: unknown[], add: (pipeline: Pipeline, report: Report) => void): Promise<any> {
    const callback = takeCallback(args);
    if (this.batched === undefined) {
      const pipeline = (this.batched = new Pipeline(this));
      queueMicrotask(() => {
        this.batched = undefined;
        pipeline.exec();
      });
    }
    const promise = new Promise((resolve, reject) => {
      add(this.batched!, ([error, value]) => (error ? reject(error) : resolve(value)));
    });
    return withCallback(promise, callback);
  }

  /** How many calls wait to be run together: see `enableAutoPipelining`. */
  get autoPipelineQueueSize(): number {
    return this.batched?.length ?? 0;
  }

  protected sendScript(script: Script, args: unknown[], bytes: number): Promise<any> {
    if (this.batches("")) return this.batch(args, (pipeline, report) => pipeline.sendScript(script, args, bytes, report));
    try {
      const reply = this.runScript(script, args, bytes);
      if (reply !== UNWRITTEN) return settled(reply);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.sendLimitedScript(script, args, bytes);
  }

  /** Runs a script that may have limits of its own. @internal */
  sendLimitedScript(script: Script, args: unknown[], bytes: number, limits?: ScriptLimits): Promise<any> {
    const command = this.commandOf(evalsha, [script.sha, ...script.arguments(args)], bytes);
    command.run = () => this.executeScript(script, command.args, bytes, limits);
    return this.sendCommand(command);
  }

  /**
   * Runs a script as `execute` does: whole when this connection has not sent it before or the engine has forgotten it,
   * by its name otherwise. `args` are EVALSHA's. @internal
   */
  executeScript(script: Script, args: Arguments, bytes: number, limits?: ScriptLimits): unknown {
    if (this.loaded.has(script)) {
      const reply = this.execute(evalsha, args, bytes, true, limits);
      if (!(reply instanceof ReplyError) || !reply.message.startsWith("NOSCRIPT")) return reply;
    }
    this.loaded.add(script);
    return this.execute(evalScript, [script.lua, ...args.slice(1)], bytes, true, limits);
  }

  /** Runs a script that the engine knows, if that can be done at once; otherwise answers `UNWRITTEN`. */
  private runScript(script: Script, args: unknown[], bytes: number): unknown {
    const { direct: instance } = this;
    if (instance === undefined || evalsha.strict || !this.loaded.has(script) || this.sendCommand !== sendCommand) return UNWRITTEN;
    const { sha, numberOfKeys } = script;
    const count = args.length + (numberOfKeys === undefined ? 1 : 2);
    instance.begin(evalsha, count);
    instance.put(sha);
    if (numberOfKeys !== undefined) instance.put(numberOfKeys);
    for (let i = 0; i < args.length; i++) if (!instance.put(args[i])) return UNWRITTEN;
    const reply = instance.run(this.session, evalsha, count, this.shape | bytes | evalsha.shape);
    if (!(reply instanceof ReplyError)) return this.transform(evalsha, reply);
    if (reply === PARKED) return this.sendLater(evalsha, [sha, ...script.arguments(args)], bytes);
    if (reply.message.startsWith("NOSCRIPT")) {
      this.loaded.delete(script);
      return UNWRITTEN;
    }
    throw this.blamed(reply, evalsha, [sha, ...script.arguments(args)]);
  }

  /**
   * Shows the same commands, their scripts held to limits of their own.
   *
   * ```js
   * await redis.limits({ fuel: 100_000, memory: 4 << 20, time: 50 }).eval(script, 1, "key");
   * ```
   */
  limits(limits: ScriptLimits): Limited & RedisCommander {
    return new Limited(this, limits) as Limited & RedisCommander;
  }

  /**
   * Runs a script and tells what it did: every line that it came to, every command with its reply, its log.
   *
   * ```js
   * const { events, reply } = await redis.trace("return redis.call('INCR', KEYS[1])", ["counter"]);
   * ```
   */
  trace(script: string, keys: readonly RedisKey[] = [], args: readonly RedisValue[] = []): Promise<ScriptTrace> {
    return this.traceCall("eval", script, keys, args);
  }

  /** Runs a function as `trace` runs a script, in a fresh copy of its library. */
  traceFunction(name: string, keys: readonly RedisKey[] = [], args: readonly RedisValue[] = []): Promise<ScriptTrace> {
    return this.traceCall("fcall", name, keys, args);
  }

  private traceCall(
    command: string,
    subject: string,
    keys: readonly RedisKey[],
    args: readonly RedisValue[],
  ): Promise<ScriptTrace> {
    return this.submit(() => {
      if (this.closing) throw closedError();
      const sent = prefixKeys(command, [subject, keys.length, ...keys, ...args], this.options.keyPrefix);
      return readTrace(this.instance!.trace(this.session, [command, ...sent]));
    });
  }

  /** Runs something in its turn and gives its result, or the error that it returned or threw. */
  private submit<T>(run: () => T | ReplyError, callback?: Callback<T>): Promise<T> {
    const promise = new Promise<T>((resolve, reject) => {
      this.enqueue({
        run: () => {
          try {
            const result = run();
            const settle = (result: unknown): void => {
              if (result instanceof ReplyError) reject(result);
              else resolve(result as T);
            };
            if (result === PARKED) this.later(settle, reject);
            else settle(result);
          } catch (error) {
            reject(error);
          }
        },
        abort: reject,
      });
    });
    return withCallback(promise, callback);
  }

  /**
   * Runs one command whose arguments are written out, with the prefix of keys. Errors of Redis are returned, not thrown; `PARKED` says that the
   * reply comes later, to whom `later` names. @internal
   */
  execute(entry: Entry, args: Arguments, bytes: number, transform = true, limits?: ScriptLimits): unknown {
    this.demandMode(entry);
    const shape = this.shape | bytes | entry.shape;
    let reply =
      limits === undefined
        ? this.instance!.call(this.session, entry, args, shape)
        : this.instance!.callLimited(this.session, limits, entry, args, shape);
    if (entry.special) {
      const failed = this.prepareAgain(entry, args, reply);
      if (failed instanceof ReplyError) return failed;
      if (failed === undefined) reply = this.instance!.call(this.session, entry, args, shape);
    }
    if (reply === PARKED) return this.park((read) => this.finish(entry, args, read(shape), transform));
    return this.finish(entry, args, reply, transform);
  }

  /**
   * Runs one command as `execute` does, its arguments a part of a list, if it changes nothing in the handle; for a
   * subscriber it answers `UNWRITTEN`. @internal
   */
  executeShort(entry: Entry, values: readonly unknown[], begin: number, end: number, bytes: number): unknown {
    const { instance } = this;
    if (instance === undefined || this.subscriber !== undefined) return UNWRITTEN;
    const count = end - begin;
    const shape = this.shape | bytes | entry.shape;
    let reply: unknown = UNWRITTEN;
    if (count > 0 && count <= 3) {
      const second = count > 1 ? values[begin + 1] : undefined;
      const third = count > 2 ? values[begin + 2] : undefined;
      reply = instance.runShort(this.session, entry, count, values[begin], second, third, shape);
    }
    if (typeof reply === "symbol") {
      instance.begin(entry, count);
      for (let i = begin; i < end; i++) instance.put(values[i]);
      reply = instance.run(this.session, entry, count, shape);
    }
    if (typeof reply !== "object" || !(reply instanceof ReplyError)) return this.transform(entry, reply);
    const args = values.slice(begin, end) as Arguments;
    if (reply === PARKED) return this.park((read) => this.finish(entry, args, read(shape), true));
    return this.blamed(reply, entry, args);
  }

  /** Throws if a subscriber may not call a command. */
  private demandMode({ name }: Entry): void {
    if (!this.isSubscriber || subscriberCommands.has(name.toLowerCase())) return;
    throw new Error("Connection in subscriber mode, only subscriber commands may be used");
  }

  private finish(entry: Entry, args: Arguments, reply: unknown, transform: boolean): unknown {
    if (entry.special) reply = this.follow(entry, args, reply);
    if (typeof reply === "object" && reply instanceof ReplyError) return this.blamed(reply, entry, args);
    return transform ? this.transform(entry, reply) : reply;
  }

  /** Runs EXEC and reads each reply of the transaction as its own command wants it. @internal */
  executeExec(entries: readonly Entry[], bytes: readonly number[]): unknown {
    this.demandMode(exec);
    const shapes = bytes.map((wish, i) => this.shape | wish | entries[i]!.shape);
    const finish = (reply: unknown): unknown => {
      if (reply instanceof ReplyError) return blame(reply, "exec", []);
      if (!Array.isArray(reply)) return reply;
      return reply.map((item, i) => {
        const entry = entries[i];
        if (entry === undefined || item instanceof ReplyError) return item;
        try {
          return this.transform(entry, item);
        } catch (error) {
          return error;
        }
      });
    };
    const reply = this.instance!.exec(this.session, exec, shapes, this.shape);
    return reply === PARKED ? this.park((read) => finish(read(this.shape, shapes))) : finish(reply);
  }

  /** Takes a call that went the short way and has no answer yet. */
  private sendLater(entry: Entry, args: unknown[], bytes: number): Promise<any> {
    const command = new Command(entry.name, args, { replyEncoding: bytes ? null : "utf8" });
    const shape = this.shape | bytes | entry.shape;
    this.park((read) => {
      const reply = read(shape);
      if (reply instanceof ReplyError) return blame(reply, entry.name, command.args);
      return this.transform(entry, reply);
    });
    const { commandTimeout, blockingTimeout } = this.options;
    if (typeof commandTimeout === "number") command.setTimeout(commandTimeout);
    command.setBlockingTimeout(blockingTimeout);
    this.later((reply) => settle(command, reply), command.reject, this.taskOf(command));
    return command.promise;
  }

  /**
   * The method of a command once more, now for a handle that can run it at once. It makes nothing but the promise and
   * its value; whatever is out of the ordinary goes the way of `send`. Arguments are copied one by one: `arguments` as a
   * whole would be made for each call, were it passed on anywhere.
   */
  private static running(name: string, bytes: number): (this: Redis) => Promise<unknown> {
    let known: Entry | undefined;
    return function (this: Redis) {
      const entry = (known ??= entryOf(name));
      const instance = this.direct;
      const count = arguments.length;
      let refused: ReplyError | undefined;
      short: if (instance !== undefined && !entry.strict && this.sendCommand === sendCommand) {
        try {
          const shape = this.shape | bytes | entry.shape;
          let reply = count <= 3 ? instance.runShort(this.session, entry, count, arguments[0], arguments[1], arguments[2], shape) : UNWRITTEN;
          if (typeof reply === "symbol") {
            instance.begin(entry, count);
            for (let i = 0; i < count; i++) if (!instance.put(arguments[i])) break short;
            reply = instance.run(this.session, entry, count, shape);
          }
          if (typeof reply !== "object" || !(reply instanceof ReplyError)) return settled(this.transform(entry, reply));
          refused = reply;
        } catch (error) {
          return Promise.reject(error);
        }
      }
      const args: unknown[] = [];
      for (let i = 0; i < count; i++) args.push(arguments[i]);
      if (refused === undefined) return this.send(entry, args, bytes);
      if (refused === PARKED) return this.sendLater(entry, args, bytes);
      return Promise.reject(this.blamed(refused, entry, args));
    };
  }

  private blamed(error: ReplyError, entry: Entry, args: unknown[]): ReplyError {
    if (error.script !== undefined && this.instance !== undefined) error.traceback = this.instance.scriptTrail();
    return blame(error, entry.name, normalize(entry, args));
  }

  private transform(entry: Entry, reply: unknown): unknown {
    return entry.reply === undefined ? reply : entry.reply(reply, this.contextOf(entry));
  }

  private contextOf(entry: Entry): ReplyContext {
    this.context.commandName = entry.name;
    return this.context;
  }

  /** With `showFriendlyErrorStack` leads an error to the line that made the call, of which `from` knows. @internal */
  blameCaller<E extends Error>(error: E, from: Error = error): E {
    if (!this.options.showFriendlyErrorStack || from.stack === undefined) return error;
    const lines = from.stack.split("\n").filter((line) => /^\s*at /.test(line));
    const own = /([^\s(]+):\d+:\d+\)?$/.exec(lines[0] ?? "")?.[1];
    const first = own === undefined ? 0 : lines.findIndex((line) => !line.includes(own));
    error.stack = [`${error.name}: ${error.message}`, ...lines.slice(first)].join("\n");
    return error;
  }

  /**
   * Collects commands and runs them one after the other when `exec` is called.
   *
   * ```js
   * const [[, value]] = await redis.pipeline().get("a").set("b", 1).exec();
   * ```
   */
  pipeline(commands?: unknown[][]): ChainableCommander {
    return new Pipeline(this).addBatch(commands ?? []) as unknown as ChainableCommander;
  }

  /** Begins a transaction: a pipeline between MULTI and EXEC, or with `{ pipeline: false }` the bare MULTI. */
  multi(options: { pipeline: false }): Promise<"OK">;
  multi(options?: { pipeline: true }): ChainableCommander;
  multi(commands?: unknown[][]): ChainableCommander;
  multi(commands?: unknown[][] | { pipeline: boolean }, options?: { pipeline: boolean }): unknown {
    const [batch, chosen] = Array.isArray(commands) ? [commands, options] : [[], commands];
    if (chosen?.pipeline === false) return this.send(entryOf("multi"), [], Shape.plain);
    return new Pipeline(this, true).addBatch(batch);
  }

  /** Runs the transaction that `multi({ pipeline: false })` began; null when a watched key was changed. */
  exec(callback?: Callback<ExecResult | null>): Promise<ExecResult | null> {
    const promise = this.send(entryOf("exec"), [], Shape.plain).then(wrapResults);
    return withCallback(promise, callback);
  }
}

/** The commands, as `commands.gen.ts` types them. */
export interface Redis extends Omit<RedisCommander, "monitor"> {
  on(event: "message" | "smessage", listener: (channel: string, message: string) => void): this;
  on(event: "messageBuffer" | "smessageBuffer", listener: (channel: Bytes, message: Bytes) => void): this;
  on(event: "pmessage", listener: (pattern: string, channel: string, message: string) => void): this;
  on(event: "pmessageBuffer", listener: (pattern: string, channel: Bytes, message: Bytes) => void): this;
  on(event: "monitor", listener: (time: string, args: string[], source: string, database: string) => void): this;
  on(event: "log", listener: (level: LogLevel, message: string) => void): this;
  on(event: "error", listener: (error: Error) => void): this;
  on(event: Status, listener: () => void): this;
  on(event: string | symbol, listener: (...args: any[]) => void): this;
  once(event: "message" | "smessage", listener: (channel: string, message: string) => void): this;
  once(event: "messageBuffer" | "smessageBuffer", listener: (channel: Bytes, message: Bytes) => void): this;
  once(event: "pmessage", listener: (pattern: string, channel: string, message: string) => void): this;
  once(event: "pmessageBuffer", listener: (pattern: string, channel: Bytes, message: Bytes) => void): this;
  once(event: "log", listener: (level: LogLevel, message: string) => void): this;
  once(event: "error", listener: (error: Error) => void): this;
  once(event: Status, listener: () => void): this;
  once(event: string | symbol, listener: (...args: any[]) => void): this;
}

/** Settles a command by its reply, which may be an error. */
function settle(command: Command, reply: unknown): void {
  if (reply instanceof ReplyError) command.reject(reply);
  else command.done(reply);
}

equip(Redis.prototype, Redis["running"]);

const { sendCommand } = Redis.prototype;

/** Commands that may be called when the handle is connected and not yet ready. */
const greetings = new Set(Command.FLAGS.HANDSHAKE_COMMANDS);

/** Commands that `enableAutoPipelining` leaves alone. */
const neverBatched = new Set(
  "auth info script quit cluster pipeline multi subscribe psubscribe unsubscribe punsubscribe select client hello readonly himport".split(" "),
);

/** A promise of a value that is there. An async function makes one faster than `Promise.resolve` does. */
async function settled(value: unknown): Promise<unknown> {
  return value;
}
