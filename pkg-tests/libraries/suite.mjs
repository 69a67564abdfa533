// Libraries that were written for ioredis, unchanged, at their real work.

const libraries = ["bullmq", "rate-limiter-flexible", "redlock", "sessions", "socket-io", "keyv"];

/** Runs the tests of every library, each on engines of its own; answers `[{ name, error }]`. */
export async function suite(Redis) {
  const results = [];
  for (const library of libraries) {
    const { tests } = await import(`./${library}.mjs`);
    for (const [title, test] of Object.entries(tests)) {
      const name = `${library}: ${title}`;
      const error = await test({ Redis, name }).then(() => null, (thrown) => String(thrown.stack ?? thrown));
      results.push({ name, error });
    }
  }
  return results;
}
