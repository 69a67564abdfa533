import { throwLater } from "./errors.js";
import type { EngineSettings, LogLevel } from "./options.js";

/** Who may listen: the sessions, by number. */
type Listeners = ReadonlyMap<number, { hearsLog?(): boolean; logged?(level: LogLevel, message: string): void }>;

/** Lines that may wait until the script is over; what it writes beyond is only counted. */
const MOST = 10_000;

/** Takes what scripts write by `redis.log` to those who listen; if nobody does, to the console. */
export class Log {
  listeners: Listeners = new Map();
  private waiting: [LogLevel, string][] = [];
  private lost = 0;

  constructor(private readonly listener?: EngineSettings["log"]) {}

  /** The engine writes in the midst of a call, when nobody may call it: listeners are told after it. */
  readonly write = (level: LogLevel, message: string): void => {
    if (this.listener === undefined && this.hearers().length === 0) {
      if (level === "warning") console.warn(message);
      else if (level === "notice") console.info(message);
      else console.debug(message);
    } else if (this.waiting.length >= MOST) {
      this.lost++;
    } else if (this.waiting.push([level, message]) === 1) {
      queueMicrotask(() => this.deliver());
    }
  };

  private hearers() {
    return [...this.listeners.values()].filter((session) => session.hearsLog?.());
  }

  private deliver(): void {
    const lines = this.waiting;
    if (this.lost > 0) lines.push(["warning", `${this.lost} more lines are lost`]);
    this.waiting = [];
    this.lost = 0;
    const hearers = this.hearers();
    for (const line of lines) {
      tell(() => this.listener?.(...line));
      for (const session of hearers) tell(() => session.logged?.(...line));
    }
  }
}

/** What a listener throws is its own, and keeps nothing from the others. */
function tell(call: () => void): void {
  try {
    call();
  } catch (error) {
    throwLater(error);
  }
}
