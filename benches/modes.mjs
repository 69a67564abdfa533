// The ways in which a workload is done: each answers operations a second of `turn` on a client, in `ms` milliseconds.

/** Operations a second of `some`, which does `count` from a number on, and is done when its promise is. */
async function rate(ms, count, some) {
  const began = performance.now();
  let at = 0;
  let now = began;
  do {
    await some(at);
    at += count;
    now = performance.now();
  } while (now - began < ms);
  return (at / (now - began)) * 1000;
}

/** Awaited one by one. */
export function awaited({ client }, { turn }, sha, ms) {
  return rate(ms, 64, async (at) => {
    for (let stop = at + 64; at < stop; at++) await turn(client, at, sha);
  });
}

/** Without promises. */
export function atOnce({ sync }, { turn }, sha, ms) {
  return rate(ms, 64, (at) => {
    for (let stop = at + 64; at < stop; at++) turn(sync, at, sha);
  });
}

/** A thousand at once. */
export function together({ client }, { turn }, sha, ms) {
  return rate(ms, 1000, (at) => Promise.all(Array.from({ length: 1000 }, (_, nth) => turn(client, at + nth, sha))));
}

/** A thousand at once, of which the client makes a pipeline by itself. */
export function batched({ batching }, workload, sha, ms) {
  return together({ client: batching }, workload, sha, ms);
}

/** A thousand in a pipeline. */
export function pipelined({ client }, { turn }, sha, ms) {
  return rate(ms, 1000, (at) => {
    const pipeline = client.pipeline();
    for (let stop = at + 1000; at < stop; at++) turn(pipeline, at, sha);
    return pipeline.exec();
  });
}
