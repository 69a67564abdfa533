/// <reference lib="esnext.disposable" preserve="true" />
import { blame, closedError, withCallback, type Callback } from "./command.js";
import { Commander } from "./commander.js";
import { ReplyError } from "./errors.js";
import { soon } from "./events.js";
import { instanceOf, PARKED, type Instance, type Listener, type ReadReply } from "./instance.js";
import { engineOf, parseOptions, type RedisOptions, type Settings } from "./options.js";
import { Shape } from "./reply.js";
import type { Script } from "./script.js";
import { emitMessage, emitMonitored, Subscriptions, subscriptions } from "./subscriber.js";
import { isTraced, traced, type Place } from "./tracing.js";
import { entryOf, type Entry } from "./transforms.js";
import { version } from "./version.js";

/** Names where a handle is on its way, as ioredis does. */
export type Status = "wait" | "connecting" | "connect" | "ready" | "reconnecting" | "close" | "end";

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

/** Holds arguments as the engine takes them. */
export type Arguments = (string | number | Uint8Array)[];

/** A call whose reply is still to come. */
interface Wait {
  /** Makes the reply what the call returns; errors of Redis are returned, too. */
  finish(read: ReadReply): unknown;
  done(reply: unknown): void;
  abort(error: Error): void;
  /** Makes the call once more, on another connection. */
  again?: Task | undefined;
}

/** Not there in every runtime yet; this is the name under which `await using` is compiled for those. */
const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose");

/** The timer itself, whatever a test puts in its place later. */
const { setTimeout: afterTurn } = globalThis;

/**
 * The life of a handle: its way to the engine and its end, the events of both, what waits for it, and what a session is
 * in besides. How commands are sent is in `Redis`.
 */
export abstract class Connection extends Commander {
  /** The name of the engine that options mean; throws when they mean a server. @internal */
  protected static engineOf(options: RedisOptions): string {
    return engineOf(options);
  }

  status: Status = "wait";
  readonly options: Settings;

  protected instance: Instance | undefined = undefined;
  protected session = 0;
  /** The engine, while a command may run at once: ready, nothing waiting before it, nothing to be done to it. */
  protected direct: Instance | undefined = undefined;
  protected queue: Task[] = [];
  /** The call that the engine has not answered yet. All that is called after it waits in the queue. */
  protected pending: Wait | undefined = undefined;
  protected subscriber: Subscriptions | undefined = undefined;
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
  protected selected: number;
  private attempts = 0;
  /** Counts connections, so that what belongs to an earlier one can be told. */
  private epoch = 0;
  protected closing = false;
  private timer: ReturnType<typeof setTimeout> | undefined = undefined;
  /** The scripts that this connection has sent. */
  protected loaded = new Set<Script>();

  constructor(args: unknown[]) {
    super();
    this.options = parseOptions(args, (options) => new.target.engineOf(options));
    this.selected = this.options.db;
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
      let reply = instance.refusalOf(this.session, entryOf(name), args);
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
  protected goOn(): void {
    const waiting = this.queue;
    this.queue = [];
    // A command may block, or close the handle: what comes after it waits again.
    this.settleMode();
    for (const task of waiting) this.enqueue(task);
  }

  /** Runs a task now, or when the handle is ready. @internal */
  enqueue(task: Task): void {
    if (this.status === "wait") this.connect().catch(() => {});
    if (this.status === "end") task.abort(closedError());
    else if (this.isMonitoring) task.abort(new Error("Connection is in monitoring mode, can't process commands."));
    else if (this.status === "ready" && !this.closing && this.pending === undefined) task.run();
    else if (this.options.enableOfflineQueue || this.closing || this.pending !== undefined) this.queue.push(task);
    else task.abort(new Error("Stream isn't writeable and enableOfflineQueue options is false"));
  }

  /** Has the handle wait for a reply, which `finish` makes into what the call returns. */
  protected park(finish: (read: ReadReply) => unknown): typeof PARKED {
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
  protected get isMonitoring(): boolean {
    return (this.status as string) === "monitoring";
  }

  /** `"subscriber"` while RESP2 takes nothing but subscriptions, `"monitor"` for what `monitor` gives, `"normal"` otherwise. */
  get mode(): "normal" | "subscriber" | "monitor" {
    return this.options.monitor ? "monitor" : this.isSubscriber ? "subscriber" : "normal";
  }

  /** Whether the session takes nothing but what a subscriber may call. RESP3 knows no such mode. */
  protected get isSubscriber(): boolean {
    return this.subscriber !== undefined && this.options.protocol === 2;
  }

  /** Lets single calls go the short way if they may run at once and nothing looks at them, gathers them or changes them. */
  protected settleMode(): void {
    const { keyPrefix, enableAutoPipelining, reconnectOnError, showFriendlyErrorStack } = this.options;
    const special = isTraced() || enableAutoPipelining || reconnectOnError || showFriendlyErrorStack || keyPrefix.length > 0;
    const plain = !special && !this.isSubscriber;
    const short = this.status === "ready" && !this.closing && this.pending === undefined && plain;
    this.direct = short ? this.instance : undefined;
  }

  /** Takes note of what a command changes in the handle itself, and returns its reply. */
  protected follow(entry: Entry, args: Arguments, reply: unknown): unknown {
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

  async [asyncDispose](): Promise<void> {
    if (this.status !== "end" && this.status !== "close") await (this as unknown as { quit(): Promise<"OK"> }).quit();
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

  protected setStatus(status: Status, detail?: unknown): void {
    this.status = status;
    if (status !== "ready") this.direct = undefined;
    soon(() => this.emit(status, detail));
  }

  /** An error that nobody listens to is printed, not thrown: it may have no caller. */
  protected silentEmit(event: string, error: unknown): void {
    if (this.listenerCount(event) > 0) this.emit(event, error);
    else console.error("[redmoon] Unhandled error event:", error);
  }

  /** What those who trace calls are told of where they go. @internal */
  get place(): Place {
    const { name, host, path, port } = this.options;
    return { database: this.selected, serverAddress: path ?? host ?? `mem://${name}`, serverPort: port as number };
  }
}
