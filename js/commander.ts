import { commandNames } from "./commands.gen.js";
import type { Callback } from "./command.js";
import { RedisError } from "./errors.js";
import { Emitter } from "./events.js";
import type { ScriptDefinition } from "./options.js";
import { Shape } from "./reply.js";
import { Script } from "./script.js";
import { entryOf, special, type Entry } from "./transforms.js";

/** What a handle and a pipeline have in common: a method for each command, and those that scripts define. */
export abstract class Commander extends Emitter {
  /** Scripts by the name of their method. */
  readonly scriptsSet: Record<string, Script> = {};
  /** Names that `addBuiltinCommand` added. */
  readonly addedBuiltinSet = new Set<string>();

  /** Takes one call of one command; `bytes` is `Shape.bytes` for a Buffer twin. */
  protected abstract send(entry: Entry, args: unknown[], bytes: number): any;

  /** Takes one call of one script. */
  protected abstract sendScript(script: Script, args: unknown[], bytes: number): any;

  /** Lists the commands that have methods. */
  getBuiltinCommands(): string[] {
    return commandNames.split(" ");
  }

  /** Makes a method, and its Buffer twin, for a command that the list does not have. */
  addBuiltinCommand(name: string): void {
    this.addedBuiltinSet.add(name);
    for (const [suffix, bytes] of twins) methodsOf(this)[name + suffix] = sending(name, bytes);
  }

  /**
   * Makes a command out of a Lua script: a method of this name and its Buffer twin.
   *
   * ```js
   * redis.defineCommand("add", { numberOfKeys: 1, lua: "return redis.call('INCRBY', KEYS[1], ARGV[1])" });
   * await redis.add("counter", 2);
   * ```
   */
  defineCommand(name: string, definition: ScriptDefinition): void {
    if (typeof definition?.lua !== "string") throw new RedisError(`the command ${name} needs its script as "lua"`);
    const script = new Script(definition);
    this.scriptsSet[name] = script;
    for (const [suffix, bytes] of twins) {
      Object.defineProperty(this, name + suffix, {
        configurable: true,
        enumerable: true,
        writable: true,
        value: function (this: Commander, ...args: unknown[]) {
          return this.sendScript(script, args, bytes);
        },
      });
    }
  }
}

const twins = [
  ["", Shape.plain],
  ["Buffer", Shape.bytes],
] as const;

/** Makes the method of a command for one kind of commander, or its Buffer twin. What there is to know of the command the
 *  method asks when it is called: few of them ever are. */
type Make = (name: string, bytes: number) => (this: any, ...args: unknown[]) => unknown;

const sending: Make = (name, bytes) =>
  function (this: Commander, ...args) {
    return this.send(entryOf(name), args, bytes);
  };

/** The methods of a commander by the names of commands and of their Buffer twins. */
const methodsOf = (commander: object) => commander as Record<string, ReturnType<Make>>;

const equipped = new Set<object>();

/**
 * Gives a kind of commander the methods of all commands: `make`'s for those that leave the handle as it is. It does so
 * once; it is not done for kinds that are never made, for it takes time; before any is, for afterwards it would take ten
 * times as long.
 *
 * Methods that write their `arguments` straight to the engine need no list of them, which would cost as much.
 */
export function equip(target: object, make = sending): void {
  if (equipped.has(target)) return;
  equipped.add(target);
  // V8 copies the list of a prototype's methods for each one that is added, unless something was taken from it before it
  // was of use.
  const own = Object.getOwnPropertyDescriptor(target, "constructor")!;
  delete (target as { constructor?: unknown }).constructor;
  Object.defineProperty(target, "constructor", own);
  const methods = methodsOf(target);
  // Every start waits for this: no loop within the loop, for its iterators would take as much memory again.
  for (const name of commandNames.split(" ")) {
    const method = special.has(name) ? sending : make;
    const twin = `${name}Buffer`;
    if (!Object.hasOwn(methods, name)) methods[name] = method(name, Shape.plain);
    if (!Object.hasOwn(methods, twin)) methods[twin] = method(name, Shape.bytes);
  }
}

for (const [suffix, bytes] of twins) {
  Object.defineProperty(Commander.prototype, `call${suffix}`, {
    configurable: true,
    writable: true,
    value: function (this: Commander, name: string | [string, ...unknown[]], ...args: unknown[]) {
      // ioredis also takes the whole command as one list.
      if (Array.isArray(name)) return this.send(entryOf(String(name[0])), [...name.slice(1), ...args], bytes);
      return this.send(entryOf(String(name)), args, bytes);
    },
  });
}
Object.defineProperty(Commander.prototype, "send_command", {
  configurable: true,
  writable: true,
  value: (Commander.prototype as unknown as { call: unknown }).call,
});

/** Takes the callback off the end of a list of arguments. */
export function takeCallback(args: unknown[]): Callback | undefined {
  return typeof args[args.length - 1] === "function" ? (args.pop() as Callback) : undefined;
}
