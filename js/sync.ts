import { Commander, equip } from "./commander.js";
import type { RedisCommander } from "./commands.gen.js";
import { ReplyError } from "./errors.js";
import { PARKED, UNWRITTEN } from "./instance.js";
import { prefixKeys } from "./keys.js";
import { wrapResults, type ExecResult } from "./pipeline.js";
import type { Redis } from "./redis.js";
import type { Script } from "./script.js";
import { entryOf, normalize, type Entry } from "./transforms.js";

const evalsha = entryOf("evalsha");

/** The commands of a handle, answered at once. */
export interface SyncCommander extends RedisCommander<{ type: "sync" }> {
  multi(): "OK";
  exec(): ExecResult | null;
}

/** Runs commands at once on the session of a handle that is ready. Errors are thrown. */
export class Sync extends Commander {
  constructor(/** @internal */ readonly redis: Redis) {
    equip(Sync.prototype, once);
    super();
    for (const [name, script] of Object.entries(redis.scriptsSet)) this.defineCommand(name, script);
    for (const name of redis.addedBuiltinSet) this.addBuiltinCommand(name);
  }

  exec(): ExecResult | null {
    return wrapResults((this as unknown as SyncCommander).call("exec"));
  }

  protected send(entry: Entry, args: unknown[], bytes: number): unknown {
    this.demandReady();
    const prefixed = prefixKeys(entry.name, normalize(entry, args), this.redis.options.keyPrefix);
    const reply = this.redis.execute(entry, prefixed, bytes);
    return thrown(reply === PARKED ? this.redis["giveUp"]() : reply);
  }

  protected sendScript(script: Script, args: unknown[], bytes: number): unknown {
    this.demandReady();
    const given = normalize(evalsha, [script.sha, ...script.arguments(args)]);
    const sent = prefixKeys("evalsha", given, this.redis.options.keyPrefix);
    return thrown(this.redis.executeScript(script, sent, bytes));
  }

  private demandReady(): void {
    if (this.redis.status === "ready" && !this.redis["closing"]) return;
    throw new Error(`a command answers at once only when the handle is ready (now: ${this.redis.status}); await one first`);
  }
}

function thrown(reply: unknown): unknown {
  if (reply instanceof ReplyError) throw reply;
  return reply;
}

/** The method of a command for a handle that needs nothing done to the call, as in `Redis`. */
function once(name: string, bytes: number): () => unknown {
  let known: Entry | undefined;
  return function (this: Sync) {
    const entry = (known ??= entryOf(name));
    const { redis } = this;
    const instance = redis["direct"];
    const count = arguments.length;
    let refused: ReplyError | undefined;
    short: if (instance !== undefined && !entry.strict) {
      const shape = redis["shape"] | bytes | entry.shape;
      let reply = count <= 3 ? instance.runShort(redis["session"], entry, count, arguments[0], arguments[1], arguments[2], shape) : UNWRITTEN;
      if (typeof reply === "symbol") {
        instance.begin(entry, count);
        for (let i = 0; i < count; i++) if (!instance.put(arguments[i])) break short;
        reply = instance.run(redis["session"], entry, count, shape);
      }
      if (typeof reply !== "object" || !(reply instanceof ReplyError)) return redis["transform"](entry, reply);
      refused = reply;
    }
    const args: unknown[] = [];
    for (let i = 0; i < count; i++) args.push(arguments[i]);
    if (refused === undefined) return this["send"](entry, args, bytes);
    // Nobody can wait here: it is as in a transaction.
    if (refused === PARKED) return redis["giveUp"]();
    throw redis["blamed"](refused, entry, args);
  };
}
