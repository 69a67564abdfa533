import { Commander, equip } from "./commander.js";
import type { Redis } from "./redis.js";
import type { Script, ScriptLimits } from "./script.js";
import type { Entry } from "./transforms.js";

/** The commands of a handle, their scripts held to limits of their own: see `Redis.limits`. */
export class Limited extends Commander {
  constructor(
    private readonly redis: Redis,
    private readonly bounds: ScriptLimits,
  ) {
    equip(Limited.prototype);
    super();
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
