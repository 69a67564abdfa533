import type { ScriptDefinition } from "./options.js";
import { sha1 } from "./sha1.js";

/** A command that `defineCommand` made. */
export class Script {
  readonly lua: string;
  readonly numberOfKeys: number | undefined;
  private digest: string | undefined;

  constructor(definition: ScriptDefinition) {
    this.lua = definition.lua;
    this.numberOfKeys = typeof definition.numberOfKeys === "number" ? definition.numberOfKeys : undefined;
  }

  /** SHA-1 of the source, by which EVALSHA knows it. */
  get sha(): string {
    return (this.digest ??= sha1(this.lua));
  }

  /** The arguments of EVALSHA or EVAL after the script itself. */
  arguments(given: readonly unknown[]): readonly unknown[] {
    return this.numberOfKeys === undefined ? given : [this.numberOfKeys, ...given];
  }
}
