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

/** An error reply. Its message is Redis's own sentence, code word first. */
export class ReplyError extends RedisError {
  declare command?: FailedCommand;
  /** What went wrong before EXEC refused a transaction. */
  declare previousErrors?: ReplyError[];

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
