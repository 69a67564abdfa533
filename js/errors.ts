/** The command that an error answers, as ioredis tells it. */
export interface FailedCommand {
  name: string;
  args: unknown[];
}

/** Base of the errors that come from the engine or from the handle that speaks to it. */
export class RedisError extends Error {
  override get name(): string {
    return "RedisError";
  }
}

/** What Redis adds to the message of a script that failed. */
const failedScript = / script: (\S+), on \S*:(\d+)\.$/;
const uncompiled = /^ERR Error (?:compiling|registering).*?user_(?:script|function):(\d+):/;

/** An error reply. Its message is Redis's own sentence, code word first. */
export class ReplyError extends RedisError {
  declare command?: FailedCommand;
  /** What went wrong before EXEC refused a transaction. */
  declare previousErrors?: ReplyError[];
  /** Where the functions of the script were that failed, `user_script:LINE`, the innermost first. */
  declare traceback?: string[];

  /** The SHA-1 of the script that failed, or the name of the function. */
  get script(): string | undefined {
    return failedScript.exec(this.message)?.[1];
  }

  /** The line at which the script failed, or at which it cannot be compiled. */
  get line(): number | undefined {
    const line = (failedScript.exec(this.message) ?? uncompiled.exec(this.message))?.at(-1);
    return line === undefined ? undefined : Number(line);
  }

  override get name(): string {
    return "ReplyError";
  }
}

/** A command that was given up because its handle closed first. */
export class AbortError extends RedisError {
  declare command?: FailedCommand;

  override get name(): string {
    return "AbortError";
  }
}

/** The engine itself has failed. Nothing it held can be trusted, so every later call is refused with this. */
export class EngineError extends RedisError {
  override get name(): string {
    return "EngineError";
  }
}

export const CONNECTION_CLOSED = "Connection is closed.";

/** Throws an error that nobody here is to catch: the whole program hears of it, after this turn. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
