import { expect } from "expect";
import { workerCrew } from "./worker_crew.ts";

/** A module of threads that answer `double(order)`; order -1 fails, order -2 is the end of the thread. */
const DOUBLING = `data:text/javascript,${
  encodeURIComponent(`
    import { answerCrew } from "${import.meta.resolve("./worker_crew.ts")}";
    answerCrew(async (order) => {
      if (order === -1) throw new Error("no such order");
      if (order === -2) {
        setTimeout(() => { throw new Error("out of order"); });
        await new Promise(() => {});
      }
      return 2 * order;
    });`)
}`;

Deno.test("workerCrew() answers each order once, also more orders than threads", async () => {
  const crew = workerCrew<number, number>(DOUBLING, { workers: 2 });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => crew.ask(i)));
  expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
  await crew.stop();
});

Deno.test("workerCrew() loses one order when a thread dies, and no other", async () => {
  const crew = workerCrew<number, number>(DOUBLING, { workers: 2 });
  const answers = await Promise.allSettled([1, -2, 2, -1, 3, -2, 4, 5].map((order) => crew.ask(order)));
  expect(answers.map((one) => one.status === "fulfilled" ? one.value : one.reason.message)).toEqual([
    ...[
      2,
      expect.stringContaining("out of order"),
      4,
      "no such order",
      6,
      expect.stringContaining("out of order"),
      8,
      10,
    ],
  ]);
  await crew.stop();
});

Deno.test("workerCrew() does not wait for threads that can't start", async () => {
  const crew = workerCrew<number, number>("data:text/javascript,throw new Error('not today')", { workers: 2 });
  await expect(Promise.all([crew.ask(1), crew.ask(2)])).rejects.toThrow(/not today/);
  await expect(crew.ask(3)).rejects.toThrow("no thread is left");
  await crew.stop();
});

Deno.test("workerCrew() lets threads end what they work on, and starts nothing more", async () => {
  const crew = workerCrew<number, number>(DOUBLING, { workers: 1 });
  await crew.ask(1);
  const answers: number[] = [];
  for (const order of [2, 3]) crew.ask(order).then((answer) => answers.push(answer));
  await crew.stop();
  expect(answers).toEqual([4]);
});
