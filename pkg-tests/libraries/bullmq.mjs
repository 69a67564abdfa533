// BullMQ: queues whose every step is one of its own long Lua scripts.

import assert from "node:assert/strict";
import { FlowProducer, Queue, QueueEvents, Worker } from "bullmq";

/** A queue, a worker that `work` is given to, and what it takes to end them. */
async function bench(Redis, name, work, options = {}) {
  const connection = new Redis({ name, maxRetriesPerRequest: null });
  const made = [];
  const keep = (thing) => {
    made.push(thing);
    return thing;
  };
  const queue = keep(new Queue("jobs", { connection }));
  const events = keep(new QueueEvents("jobs", { connection: connection.duplicate() }));
  const worker = work && keep(new Worker("jobs", work, { connection: connection.duplicate(), ...options }));
  await Promise.all(made.map((thing) => thing.waitUntilReady()));
  const end = async () => {
    for (const thing of made.reverse()) await thing.close();
    await connection.quit();
  };
  return { connection, queue, events, worker, keep, end };
}

export const tests = {
  async "jobs are done, by priority and in order"({ Redis, name }) {
    const done = [];
    const { queue, events, worker, end } = await bench(Redis, name, async (job) => {
      done.push(job.name);
      await job.updateProgress(50);
      return { twice: job.data.number * 2 };
    }, { autorun: false });
    const jobs = await queue.addBulk([1, 2, 3].map((number) => ({ name: `job ${number}`, data: { number }, opts: { priority: number === 2 ? 1 : 5 } })));
    assert.deepEqual(await queue.getJobCounts("prioritized", "waiting", "completed"), { prioritized: 3, waiting: 0, completed: 0 });
    worker.run();
    const values = await Promise.all(jobs.map((job) => job.waitUntilFinished(events)));
    assert.deepEqual(values, [{ twice: 2 }, { twice: 4 }, { twice: 6 }]);
    assert.deepEqual(done, ["job 2", "job 1", "job 3"]);
    assert.equal(await queue.getCompletedCount(), 3);
    const [last] = await queue.getCompleted(0, 0);
    assert.deepEqual([last.name, last.progress, last.returnvalue], ["job 3", 50, { twice: 6 }]);
    await end();
  },
  async "a delayed job comes in its time"({ Redis, name }) {
    const { queue, events, end } = await bench(Redis, name, async () => Date.now());
    const begun = Date.now();
    const job = await queue.add("later", {}, { delay: 120 });
    assert.equal(await job.getState(), "delayed");
    assert.ok((await job.waitUntilFinished(events)) - begun >= 120);
    await end();
  },
  async "a failing job is tried again, and then stays failed"({ Redis, name }) {
    const { queue, events, end } = await bench(Redis, name, async (job) => {
      if (job.name === "never" || job.attemptsMade < 2) throw new Error(`attempt ${job.attemptsMade}`);
      return "at last";
    });
    const opts = { attempts: 3, backoff: { type: "fixed", delay: 10 } };
    const [third, never] = [await queue.add("third", {}, opts), await queue.add("never", {}, opts)];
    assert.equal(await third.waitUntilFinished(events), "at last");
    await assert.rejects(never.waitUntilFinished(events), { message: "attempt 2" });
    assert.deepEqual(await queue.getJobCounts("completed", "failed"), { completed: 1, failed: 1 });
    assert.equal((await queue.getFailed())[0].attemptsMade, 3);
    await end();
  },
  async "a job repeats, until its scheduler is gone"({ Redis, name }) {
    let runs = 0;
    let third;
    const reached = new Promise((resolve) => (third = resolve));
    const { queue, end } = await bench(Redis, name, async () => {
      if (++runs === 3) third();
    });
    await queue.upsertJobScheduler("tick", { every: 40 }, { name: "ticked", data: { tick: true } });
    assert.deepEqual((await queue.getJobSchedulers()).map(({ key, every }) => [key, Number(every)]), [["tick", 40]]);
    await reached;
    assert.equal(await queue.removeJobScheduler("tick"), true);
    assert.deepEqual(await queue.getJobSchedulers(), []);
    await end();
  },
  async "a job repeats by the clock, and a number of times"({ Redis, name }) {
    const done = [];
    const { queue, end } = await bench(Redis, name, async (job) => done.push(job.name));
    await queue.upsertJobScheduler("nightly", { pattern: "0 0 3 * * *" }, { name: "swept" });
    const [nightly] = await queue.getJobSchedulers();
    assert.deepEqual([nightly.pattern, nightly.next > Date.now(), await queue.getDelayedCount()], ["0 0 3 * * *", true, 1]);
    await queue.upsertJobScheduler("twice", { every: 20, limit: 2 }, { name: "counted" });
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(done, ["counted", "counted"]);
    await end();
  },
  async "workers work side by side, and none has a job twice"({ Redis, name }) {
    const done = [];
    let [now, most] = [0, 0];
    const work = async (job) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      done.push(job.data.number);
    };
    const { connection, queue, events, keep, end } = await bench(Redis, name, work, { concurrency: 3 });
    await keep(new Worker("jobs", work, { connection: connection.duplicate(), concurrency: 2 })).waitUntilReady();
    const jobs = await queue.addBulk(Array.from({ length: 30 }, (_, number) => ({ name: "shared", data: { number } })));
    await Promise.all(jobs.map((job) => job.waitUntilFinished(events)));
    assert.deepEqual(done.sort((a, b) => a - b), jobs.map(({ data }) => data.number));
    assert.equal(most, 5);
    await end();
  },
  async "a flow's parent waits for its children"({ Redis, name }) {
    const { connection, queue, events, keep, end } = await bench(Redis, name, async (job) => {
      if (job.name === "child") return job.data.number;
      return Object.values(await job.getChildrenValues()).reduce((sum, number) => sum + number, 0);
    });
    const flows = keep(new FlowProducer({ connection }));
    await flows.waitUntilReady();
    const child = (number) => ({ name: "child", queueName: "jobs", data: { number } });
    const { job } = await flows.add({ name: "parent", queueName: "jobs", children: [child(1), child(20), child(300)] });
    assert.equal(await job.waitUntilFinished(events), 321);
    assert.equal(await queue.getCompletedCount(), 4);
    await end();
  },
  async "a limit of jobs in a time holds"({ Redis, name }) {
    const times = [];
    const { queue, events, end } = await bench(Redis, name, async () => times.push(Date.now()), { limiter: { max: 2, duration: 150 } });
    const jobs = await queue.addBulk(Array.from({ length: 5 }, () => ({ name: "limited", data: {} })));
    await Promise.all(jobs.map((job) => job.waitUntilFinished(events)));
    assert.ok(times[4] - times[0] >= 250, `five jobs took ${times[4] - times[0]} ms`);
    assert.equal(await queue.getCompletedCount(), 5);
    await end();
  },
  async "a queue is paused, drained, cleaned and obliterated"({ Redis, name }) {
    const { queue, worker, events, end } = await bench(Redis, name, async () => {});
    await queue.pause();
    const job = await queue.add("held", {});
    assert.deepEqual([await queue.isPaused(), await queue.count()], [true, 1]);
    await queue.resume();
    await job.waitUntilFinished(events);
    assert.deepEqual(await queue.clean(0, 10, "completed"), [job.id]);
    await worker.close();
    await queue.add("drained", {});
    await queue.drain();
    assert.equal(await queue.count(), 0);
    await queue.add("gone", {});
    await queue.obliterate({ force: true });
    assert.deepEqual(await queue.getJobs(), []);
    await end();
  },
};
