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

/** What a program answers in a process of its own: a thread that dies says so on standard error, whoever catches it. */
function answerOf(program: string): unknown {
  const code = `import { workerCrew } from "${import.meta.resolve("./worker_crew.ts")}";
    const say = (one) => one.status === "fulfilled" ? one.value : one.reason.message;
    const ask = async (url, workers, orders) => {
      const crew = workerCrew(url, { workers });
      const answers = await Promise.allSettled(orders.map((order) => crew.ask(order)));
      return { crew, answers: answers.map(say) };
    };
    ${program}`;
  const { stdout } = new Deno.Command("deno", { args: ["eval", code], stderr: "null" }).outputSync();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("workerCrew() loses one order when a thread dies, and no other", () => {
  const answers = answerOf(`
    const { crew, answers } = await ask(${JSON.stringify(DOUBLING)}, 2, [1, -2, 2, -1, 3, -2, 4, 5]);
    await crew.stop();
    console.log(JSON.stringify(answers));`);
  const died = expect.stringContaining("out of order");
  expect(answers).toEqual([2, died, 4, "no such order", 6, died, 8, 10]);
});

Deno.test("workerCrew() does not wait for threads that can't start", () => {
  const answers = answerOf(`
    const { crew, answers } = await ask("data:text/javascript,throw new Error('not today')", 2, [1, 2]);
    const [late] = await Promise.allSettled([crew.ask(3)]);
    await crew.stop();
    console.log(JSON.stringify([...answers, say(late)]));`);
  expect(answers).toEqual([...Array(2).fill(expect.stringContaining("not today")), "no thread is left"]);
});

Deno.test("workerCrew() lets threads end what they work on, and starts nothing more", async () => {
  const crew = workerCrew<number, number>(DOUBLING, { workers: 1 });
  await crew.ask(1);
  const answers: number[] = [];
  for (const order of [2, 3]) crew.ask(order).then((answer) => answers.push(answer));
  await crew.stop();
  expect(answers).toEqual([4]);
});
