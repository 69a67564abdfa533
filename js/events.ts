import { builtin } from "./builtin.js";
import { throwLater } from "./errors.js";

type Listener = (...args: any[]) => void;

interface Entry {
  /** What is called. */
  call: Listener;
  /** What the user gave, if `call` wraps it. */
  given: Listener;
}

const settled = Promise.resolve();

/**
 * Calls in a microtask, as `queueMicrotask` does, and an error is the whole program's, too. Node's own makes a resource of
 * `async_hooks` for each call, by a dozen functions that a start would have to compile.
 */
export function soon(work: () => void): void {
  settled.then(work).catch(throwLater);
}

/** The part of Node's EventEmitter that a Redis handle promises, without Node. */
export class Emitter {
  private handlers: Map<string | symbol, Entry[]> | undefined = undefined;

  on(event: string | symbol, listener: Listener): this {
    return this.add(event, { call: listener, given: listener }, false);
  }

  addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  prependListener(event: string | symbol, listener: Listener): this {
    return this.add(event, { call: listener, given: listener }, true);
  }

  once(event: string | symbol, listener: Listener): this {
    return this.add(event, this.onceEntry(event, listener), false);
  }

  prependOnceListener(event: string | symbol, listener: Listener): this {
    return this.add(event, this.onceEntry(event, listener), true);
  }

  off(event: string | symbol, listener: Listener): this {
    const entries = this.handlers?.get(event);
    if (entries === undefined) return this;
    for (let i = entries.length - 1; i >= 0; i--) {
      if (entries[i]!.given === listener) {
        this.replace(event, [...entries.slice(0, i), ...entries.slice(i + 1)]);
        break;
      }
    }
    return this;
  }

  removeListener(event: string | symbol, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string | symbol): this {
    if (event === undefined) this.handlers = undefined;
    else this.handlers?.delete(event);
    return this;
  }

  /** Calls the listeners of an event in the order in which they came, and says whether there were any. */
  emit(event: string | symbol, ...args: unknown[]): boolean {
    const entries = this.handlers?.get(event);
    if (entries === undefined) {
      if (event === "error") throw args[0];
      return false;
    }
    for (const entry of entries) entry.call.apply(this, args);
    return true;
  }

  listeners(event: string | symbol): Listener[] {
    return (this.handlers?.get(event) ?? []).map((entry) => entry.given);
  }

  rawListeners(event: string | symbol): Listener[] {
    return (this.handlers?.get(event) ?? []).map((entry) => entry.call);
  }

  listenerCount(event: string | symbol): number {
    return this.handlers?.get(event)?.length ?? 0;
  }

  eventNames(): (string | symbol)[] {
    return [...(this.handlers?.keys() ?? [])];
  }

  /** Accepted for EventEmitter's sake: there is no limit here. */
  setMaxListeners(_limit: number): this {
    return this;
  }

  getMaxListeners(): number {
    return Infinity;
  }

  private onceEntry(event: string | symbol, listener: Listener): Entry {
    const call = (...args: unknown[]): void => {
      this.off(event, listener);
      listener.apply(this, args);
    };
    return { call, given: listener };
  }

  private add(event: string | symbol, entry: Entry, first: boolean): this {
    const entries = this.handlers?.get(event) ?? [];
    this.replace(event, first ? [entry, ...entries] : [...entries, entry]);
    return this;
  }

  /** Lists are replaced and never changed, so that `emit` may walk one while listeners come and go. */
  private replace(event: string | symbol, entries: Entry[]): void {
    this.handlers ??= new Map();
    if (entries.length === 0) this.handlers.delete(event);
    else this.handlers.set(event, entries);
  }
}

// In Node it passes for an EventEmitter, to whom asks by `instanceof`. All that one can do is said above.
const node = builtin<{ EventEmitter: { prototype: object } }>("events");
if (node !== undefined) Object.setPrototypeOf(Emitter.prototype, node.EventEmitter.prototype);
