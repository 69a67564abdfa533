/// <reference lib="esnext.disposable" preserve="true" />
import { decode, encode } from "./bytes.js";
import { blame, closedError, Command, withCallback, type Callback } from "./command.js";
import { Commander, equip, takeCallback } from "./commander.js";
import type { RedisCommander } from "./commands.gen.js";
import { ReplyError } from "./errors.js";
import { Instance, instanceOf, PARKED, UNWRITTEN, type Listener, type ReadReply } from "./instance.js";
import { prefixKeys } from "./keys.js";
import {
  defaultOptions,
  engineOf,
  nameOf,
  noServer,
  parseOptions,
  type LogLevel,
  type RedisOptions,
  type ScriptDefinition,
  type Settings,
} from "./options.js";
import type { ChainableCommander } from "./ioredis.js";
import { Pipeline, type Report } from "./pipeline.js";
import { Shape } from "./reply.js";
import { scanStream, type ScanStream, type ScanStreamOptions } from "./scan.js";
import { readTrace, type Script, type ScriptLimits, type ScriptTrace } from "./script.js";
import { emitMessage, emitMonitored, subscriberCommands, Subscriptions, subscriptions } from "./subscriber.js";
import { Sync, type SyncCommander } from "./sync.js";
import { contextOf, isTraced, traced, type Place } from "./tracing.js";
import { entryOf, normalize, type Entry, type ReplyContext } from "./transforms.js";
import type { Bytes, RedisKey, RedisValue } from "./types.js";
import { version } from "./version.js";

export type Status = "wait" | "connecting" | "connect" | "ready" | "reconnecting" | "close" | "end";

/** Stands where ioredis has its client for clusters. */
export class Cluster {
  constructor(_nodes?: unknown, _options?: unknown) {
    throw noServer("cluster");
  }
}

/** Something that waits for the handle to become ready. */
export interface Task {
  run(): void;
  abort(error: Error): void;
}

/** What a handle says of itself before it is ready, and what it makes of a refusal: the error, if it is the end. */
interface Greeting {
  name: string;
  args: Arguments;
  failed(error: Error): Error | undefined | void;
}

type Arguments = (string | number | Uint8Array)[];

/** A call whose reply is still to come. */
interface Wait {
  /** Makes the reply what the call returns; errors of Redis are returned, too. */
  finish(read: ReadReply): unknown;
  done(reply: unknown): void;
  abort(error: Error): void;
  /** Makes the call once more, on another connection. */
  again?: Task | undefined;
}

const exec = entryOf("exec");
const evalsha = entryOf("evalsha");
const evalScript = entryOf("eval");
/** Not there in every runtime yet; this is the name under which `await using` is compiled for those. */
const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

/** Results of a pipeline or a transaction: an error alone, or null and a value. */
export type ExecResult = [error: Error | null, result: unknown][];

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
export class Redis extends Commander {
  static readonly Command = Command;
  static readonly defaultOptions: RedisOptions = defaultOptions;

  /** Makes a handle; the same as `new Redis(...)`. */
  static createClient(...args: ConstructorParameters<typeof Redis>): Redis {
    return new this(...args);
  }

  /** Where ioredis has its client for clusters. There are none in a process: it is refused. */
  static Cluster: new (nodes?: any[], options?: any) => Redis = Cluster as never;

  /** The name of the engine that options mean; throws when they mean a server. @internal */
  protected static engineOf(options: RedisOptions): string {
    return engineOf(options);
  }

  status: Status = "wait";
  readonly options: Settings;
  readonly isCluster: boolean = false;

  private instance: Instance | undefined;
  private session = 0;
  /** The engine, while a command may run at once: ready, nothing waiting before it, nothing to be done to it. */
  private direct: Instance | undefined;
  private queue: Task[] = [];
  /** The call that the engine has not answered yet. All that is called after it waits in the queue. */
  private pending: Wait | undefined;
  private subscriber: Subscriptions | undefined;
  private readonly listener: Listener = {
    replied: (read) => this.replied(read),
    pushed: (read) => {
      if (this.isMonitoring) emitMonitored(this, String(read(Shape.plain)));
      else if (this.subscriber !== undefined) emitMessage(this, read(Shape.bytes));
    },
    died: (error) => {
      this.pending?.abort(error);
      this.pending = undefined;
    },
    killed: () => {
      if (!this.closing) this.disconnect(true);
    },
    hearsLog: () => this.listenerCount("log") > 0,
    logged: (level, message) => this.emit("log", level, message),
  };
  private shape: number;
  private context: ReplyContext;
  private selected: number;
  private attempts = 0;
  /** Counts connections, so that what belongs to an earlier one can be told. */
  private epoch = 0;
  private closing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The scripts that this connection has sent. */
  private loaded = new Set<Script>();
  private synced: Sync | undefined;
  private batched: Pipeline | undefined;
  /** How many words the last pipeline took. @internal */
  batchRoom = 0;

  constructor(options?: RedisOptions);
  constructor(address: string, options?: RedisOptions);
  constructor(port: number, options?: RedisOptions);
  constructor(port: number, host?: string, options?: RedisOptions);
  constructor(...args: unknown[]) {
    super();
    this.options = parseOptions(args, (options) => new.target.engineOf(options));
    const { stringNumbers, replyMapping, db, protocol, scripts } = this.options;
    this.selected = db;
    this.shape = (stringNumbers ? Shape.stringNumbers : 0) | (replyMapping === "resp3" ? Shape.rich : 0);
    this.context = { commandName: "", protocol, replyMapping };
    for (const [name, definition] of Object.entries(scripts ?? {})) this.defineCommand(name, definition);
    if (this.options.lazyConnect) this.setStatus("wait");
    else this.connect().catch(() => {});
  }

  /** Connects to the engine. Resolves when the handle is ready. */
  connect(callback?: Callback<void>): Promise<void> {
    const context = (): object => ({ ...this.place, database: undefined, connectionEpoch: this.epoch });
    return withCallback(traced("connect", () => this.open(), context), callback);
  }

  private async open(): Promise<void> {
    if (this.status === "connecting" || this.status === "connect" || this.status === "ready") {
      throw new Error("Redis is already connecting/connected");
    }
    const epoch = ++this.epoch;
    this.setStatus("connecting");
    try {
      const found = instanceOf(this.options.name, this.options.engine);
      // Even an engine that is there lets the caller finish its turn, so that listeners can be added.
      const instance = await found;
      if (epoch !== this.epoch) throw closedError();
      this.instance = instance;
      this.session = instance.open(this.listener, this.options.name);
      this.loaded.clear();
      this.setStatus("connect");
      const failure = await this.greet(instance);
      if (epoch !== this.epoch) throw closedError();
      if (failure !== undefined) {
        this.flush(failure);
        this.silentEmit("error", failure);
        this.close(true);
        throw closedError();
      }
      this.ready();
    } catch (error) {
      if (epoch === this.epoch) {
        this.flush(error as Error);
        this.silentEmit("error", error);
        this.leave();
        this.setStatus("end");
      }
      throw error;
    }
  }

  /** Says what every client says first: protocol, credentials, database, name. Answers what went wrong. */
  private async greet(instance: Instance): Promise<Error | undefined> {
    for (const { name, args, failed } of this.greetings()) {
      let reply = instance.call(this.session, entryOf(name), args, Shape.plain);
      if (reply === PARKED) reply = await this.waitFor();
      if (!(reply instanceof ReplyError)) continue;
      const failure = failed(blame(reply, name, args));
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  private *greetings(): Generator<Greeting> {
    const { protocol, username, password, connectionName, disableClientInfo, clientInfoTag, himportFieldsets } = this.options;
    const credentials = username ? [username, password ?? ""] : ["default", password ?? ""];
    const refused = (error: Error): Error | undefined => {
      if (!error.message.includes("without any password configured")) return error;
      // A password where none is needed is no reason to stop, in ioredis neither.
      console.warn("[redmoon] The engine's default user needs no password, but one was given");
      return undefined;
    };
    if (protocol === 3) yield { name: "hello", args: [3, ...(password ? ["AUTH", ...credentials] : [])], failed: refused };
    else if (password) yield { name: "auth", args: username ? credentials : [password], failed: refused };
    // As in ioredis the handle becomes ready all the same.
    const failed = (error: Error): void => queueMicrotask(() => this.silentEmit("error", error));
    if (this.selected !== 0) yield { name: "select", args: [this.selected], failed };
    // A user may lack the right to these; nothing depends on them.
    const mention = (...args: string[]): Greeting => ({ name: "client", args, failed: () => {} });
    if (connectionName) yield mention("SETNAME", connectionName);
    if (!disableClientInfo) {
      yield mention("SETINFO", "LIB-VER", version);
      yield mention("SETINFO", "LIB-NAME", clientInfoTag ? `redmoon(${clientInfoTag})` : "redmoon");
    }
    for (const { name, fields } of himportFieldsets ?? []) yield { name: "himport", args: ["PREPARE", name, ...fields], failed };
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

  private ready(): void {
    this.attempts = 0;
    this.setStatus("ready");
    // The greeting has selected again what the calls of an earlier connection had selected last.
    if (this.selected !== this.options.db) this.emit("select", this.selected);
    if (this.options.monitor) {
      const begun = (reply: unknown): void => {
        if (reply instanceof ReplyError) queueMicrotask(() => this.silentEmit("error", blame(reply, "monitor", [])));
        else this.setStatus("monitoring" as Status);
      };
      const reply = this.instance!.call(this.session, entryOf("monitor"), [], Shape.plain);
      if (reply === PARKED) this.waitFor().then(begun, () => {});
      else begun(reply);
      return;
    }
    const lost = this.subscriber;
    this.subscriber = undefined;
    if (this.options.autoResubscribe !== false) {
      const methods = this as unknown as Record<string, (...channels: unknown[]) => Promise<unknown>>;
      lost?.renew((kind, channels) => {
        // The channels of different slots may not be subscribed to at once.
        const calls = kind === "ssubscribe" ? channels : [channels];
        for (const call of calls) Promise.resolve(methods[kind]!(call)).catch(() => {});
      });
    }
    this.goOn();
  }

  /** Runs what has waited in the queue. */
  private goOn(): void {
    const waiting = this.queue;
    this.queue = [];
    // A command may block, or close the handle: what comes after it waits again.
    this.settleMode();
    for (const task of waiting) this.enqueue(task);
  }

  /** Has the handle wait for a reply, which `finish` makes into what the call returns. */
  private park(finish: (read: ReadReply) => unknown): typeof PARKED {
    this.pending = { finish, done: () => {}, abort: () => {} };
    this.direct = undefined;
    this.instance!.hold();
    return PARKED;
  }

  /** Waits for the reply to a call of the handle's own. */
  private waitFor(): Promise<unknown> {
    this.park((read) => read(Shape.plain));
    return new Promise((resolve, reject) => this.later(resolve, reject));
  }

  /** Says what becomes of the call that `execute` has answered by `PARKED`. @internal */
  later(done: (reply: unknown) => void, abort: (error: Error) => void, again?: Task): void {
    Object.assign(this.pending!, { done, abort, again });
  }

  /** Ends the wait that a call has begun whose caller cannot wait, and answers what it is answered when time is over. */
  private giveUp(): unknown {
    if (this.pending !== undefined) this.instance!.release();
    this.pending = undefined;
    this.settleMode();
    return this.instance!.giveUp(this.session, this.shape);
  }

  private replied(read: ReadReply): void {
    const wait = this.pending;
    if (wait === undefined) return;
    this.pending = undefined;
    this.instance!.release();
    try {
      wait.done(wait.finish(read));
    } catch (error) {
      wait.abort(error as Error);
    }
    if (this.pending === undefined && this.status === "ready" && !this.closing) this.goOn();
  }

  /** Gives up waiting: the call is made again if the handle connects again, or the answer is what is to be told so. */
  private stopWaiting(reconnects: boolean): Wait | undefined {
    const wait = this.pending;
    if (wait === undefined) return undefined;
    this.pending = undefined;
    this.instance?.release();
    if (!reconnects || wait.again === undefined || this.options.autoResendUnfulfilledCommands === false) return wait;
    this.queue.unshift(wait.again);
    return undefined;
  }

  /** ioredis's types do not know this status either. */
  private get isMonitoring(): boolean {
    return (this.status as string) === "monitoring";
  }

  /** `"subscriber"` while RESP2 takes nothing but subscriptions, `"monitor"` for what `monitor` gives, `"normal"` otherwise. */
  get mode(): "normal" | "subscriber" | "monitor" {
    return this.options.monitor ? "monitor" : this.isSubscriber ? "subscriber" : "normal";
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

  /** Whether the session takes nothing but what a subscriber may call. RESP3 knows no such mode. */
  private get isSubscriber(): boolean {
    return this.subscriber !== undefined && this.options.protocol === 2;
  }

  /** Commands with a prefix to their keys never go the short way. */
  private settleMode(): void {
    const { keyPrefix, enableAutoPipelining, reconnectOnError, showFriendlyErrorStack } = this.options;
    const special = isTraced() || enableAutoPipelining || reconnectOnError || showFriendlyErrorStack || keyPrefix.length > 0;
    const plain = !special && !this.isSubscriber;
    const short = this.status === "ready" && !this.closing && this.pending === undefined && plain;
    this.direct = short ? this.instance : undefined;
  }

  /** Closes the handle at once. With `reconnect` it connects again, after `retryStrategy`'s delay. */
  disconnect(reconnect = false): void {
    if (!reconnect) clearTimeout(this.timer);
    if (this.status === "end" || this.status === "close") return;
    if (this.status === "wait" || this.status === "reconnecting") {
      this.close(reconnect);
      return;
    }
    this.direct = undefined;
    this.closing = true;
    // A connection that was never made is not closed.
    const begun = this.status !== "connecting" || reconnect;
    const epoch = begun ? this.epoch : ++this.epoch;
    queueMicrotask(() => {
      if (epoch !== this.epoch) return;
      if (begun) this.close(reconnect);
      else this.over();
    });
  }

  /** Closes the handle after QUIT. As with a socket, that is heard of in a later turn than the answer. */
  private depart(): void {
    const { epoch } = this;
    const unlessOver = (work: () => void) => (): void => {
      if (epoch === this.epoch) work();
    };
    this.direct = undefined;
    this.closing = true;
    queueMicrotask(unlessOver(() => this.leave()));
    afterTurn(unlessOver(() => this.close(false)));
  }

  /** Stands where ioredis has its socket: both lose the connection, as a failing network would. */
  get stream(): { end(): void; destroy(): void } {
    const lose = (): void => this.disconnect(true);
    return { end: lose, destroy: lose };
  }

  /** The same as `disconnect`. */
  end(): void {
    this.disconnect();
  }

  /** Makes a handle with the same options, and a session of its own. */
  duplicate(override?: RedisOptions): Redis {
    return new (this.constructor as typeof Redis)({ ...this.options, ...override });
  }

  async [asyncDispose](): Promise<void> {
    if (this.status !== "end" && this.status !== "close") await (this as unknown as { quit(): Promise<"OK"> }).quit();
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
    this.synced?.defineCommand(name, definition);
  }

  override addBuiltinCommand(name: string): void {
    super.addBuiltinCommand(name);
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
    if (this.isMonitoring) {
      command.reject(new Error("Connection is in monitoring mode, can't process commands."));
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

  /** What those who trace calls are told of where they go. @internal */
  get place(): Place {
    const { name, host, path, port } = this.options;
    return { database: this.selected, serverAddress: path ?? host ?? `mem://${name}`, serverPort: port as number };
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

  /** Runs a task now, or when the handle is ready. @internal */
  enqueue(task: Task): void {
    if (this.status === "wait") this.connect().catch(() => {});
    if (this.status === "end") task.abort(closedError());
    else if (this.status === "ready" && !this.closing && this.pending === undefined) task.run();
    else if (this.options.enableOfflineQueue || this.closing || this.pending !== undefined) this.queue.push(task);
    else task.abort(new Error("Stream isn't writeable and enableOfflineQueue options is false"));
  }

  /**
   * Runs one command whose arguments are written out, with the prefix of keys. Errors of Redis are returned, not thrown; `PARKED` says that the
   * reply comes later, to whom `later` names. @internal
   */
  execute(entry: Entry, args: Arguments, bytes: number, transform = true, limits?: ScriptLimits): unknown {
    if (this.isSubscriber && !subscriberCommands.has(entry.name.toLowerCase())) {
      throw new Error("Connection in subscriber mode, only subscriber commands may be used");
    }
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
   * Runs one command as `execute` does, its arguments a part of a list, if the handle needs nothing done to it; otherwise
   * answers `UNWRITTEN`. @internal
   */
  executeShort(entry: Entry, values: readonly unknown[], begin: number, end: number, bytes: number): unknown {
    const instance = this.direct;
    if (instance === undefined) return UNWRITTEN;
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

  private finish(entry: Entry, args: Arguments, reply: unknown, transform: boolean): unknown {
    if (entry.special) reply = this.follow(entry, args, reply);
    if (typeof reply === "object" && reply instanceof ReplyError) return this.blamed(reply, entry, args);
    return transform ? this.transform(entry, reply) : reply;
  }

  /** Runs EXEC and reads each reply of the transaction as its own command wants it. @internal */
  executeExec(entries: readonly Entry[], bytes: readonly number[]): unknown {
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
   * The methods of commands once more, now for a handle that can run them at once. They make nothing but the promise
   * and its value; whatever is out of the ordinary goes the way of `send`. Arguments are copied one by one: `arguments`
   * as a whole would be made for each call, were it passed on anywhere.
   */
  static {
    equip(Redis.prototype, (entry, bytes) =>
      function (this: Redis): Promise<unknown> {
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
      },
    );
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

  /** Takes note of what a command changes in the handle itself, and returns its reply. */
  private follow(entry: Entry, args: Arguments, reply: unknown): unknown {
    const name = entry.name.toLowerCase();
    if (subscriptions.has(name)) return this.confirm(reply);
    switch (name) {
      case "reset":
        if (reply instanceof ReplyError) break;
        this.subscriber = undefined;
        this.selected = 0;
        break;
      case "quit":
        if (!(reply instanceof ReplyError)) this.depart();
        break;
      case "select": {
        const db = Number(args[0]);
        if (reply instanceof ReplyError || !Number.isInteger(db) || db === this.selected) break;
        this.selected = db;
        this.emit("select", db);
        break;
      }
    }
    return reply;
  }

  /** Takes note of subscriptions, and returns how many there are. */
  private confirm(reply: unknown): unknown {
    if (!Array.isArray(reply) || !Array.isArray(reply[0])) return reply;
    this.subscriber ??= new Subscriptions();
    const left = this.subscriber.confirm(reply);
    if (this.subscriber.isEmpty) this.subscriber = undefined;
    this.settleMode();
    return this.options.stringNumbers ? `${left}` : left;
  }

  /** With `showFriendlyErrorStack` leads an error to the line that made the call, of which `from` knows. */
  private blameCaller<E extends Error>(error: E, from: Error = error): E {
    if (!this.options.showFriendlyErrorStack || from.stack === undefined) return error;
    const lines = from.stack.split("\n").filter((line) => /^\s*at /.test(line));
    const own = /([^\s(]+):\d+:\d+\)?$/.exec(lines[0] ?? "")?.[1];
    const first = own === undefined ? 0 : lines.findIndex((line) => !line.includes(own));
    error.stack = [`${error.name}: ${error.message}`, ...lines.slice(first)].join("\n");
    return error;
  }

  private leave(): void {
    if (this.instance !== undefined) this.instance.close(this.session);
    this.instance = undefined;
    this.direct = undefined;
  }

  private close(reconnect: boolean): void {
    this.epoch++;
    const delay = reconnect ? this.options.retryStrategy?.(++this.attempts) : undefined;
    const lost = this.stopWaiting(typeof delay === "number");
    this.leave();
    this.closing = false;
    this.setStatus("close");
    if (typeof delay !== "number") return this.over(lost);
    this.setStatus("reconnecting", delay);
    this.timer = setTimeout(() => this.connect().catch(() => {}), delay);
    lost?.abort(closedError());
  }

  private over(lost?: Wait): void {
    this.closing = false;
    this.subscriber = undefined;
    this.setStatus("end");
    lost?.abort(closedError());
    this.flush(closedError());
  }

  /** Refuses all that waits. */
  private flush(error: Error): void {
    const waiting = this.queue;
    this.queue = [];
    for (const task of waiting) task.abort(error);
  }

  private setStatus(status: Status, detail?: unknown): void {
    this.status = status;
    if (status !== "ready") this.direct = undefined;
    queueMicrotask(() => this.emit(status, detail));
  }

  /** An error that nobody listens to is printed, not thrown: it may have no caller. */
  private silentEmit(event: string, error: unknown): void {
    if (this.listenerCount(event) > 0) this.emit(event, error);
    else console.error("[redmoon] Unhandled error event:", error);
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

const { sendCommand } = Redis.prototype;

/** The timer itself, whatever a test puts in its place later. */
const { setTimeout: afterTurn } = globalThis;

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

/** Pairs each result with its error, as pipelines answer. */
export function wrapResults(results: unknown): ExecResult | null {
  if (!Array.isArray(results)) return null;
  return results.map((item) => (item instanceof Error ? failure(item) : [null, item]));
}

/** ioredis gives a failed command's pair no second half. */
export function failure(error: Error): ExecResult[number] {
  return [error] as unknown as ExecResult[number];
}

/** The commands of a handle, their scripts held to limits of their own: see `Redis.limits`. */
export class Limited extends Commander {
  constructor(
    private readonly redis: Redis,
    private readonly bounds: ScriptLimits,
  ) {
    super();
    equip(Limited.prototype);
    for (const [name, script] of Object.entries(redis.scriptsSet)) this.defineCommand(name, script);
  }

  protected send(entry: Entry, args: unknown[], bytes: number): Promise<any> {
    const command = this.redis.commandOf(entry, args, bytes);
    command.run = () => this.redis.execute(entry, command.args, bytes, true, this.bounds);
    return this.redis.sendCommand(command);
  }

  protected sendScript(script: Script, args: unknown[], bytes: number): Promise<any> {
    return this.redis.sendLimitedScript(script, args, bytes, this.bounds);
  }
}
