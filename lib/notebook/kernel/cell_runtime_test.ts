import { expect } from "expect";
import { cellInterrupts } from "./cell_runtime.ts";

const never = new Promise<never>(() => {});

Deno.test("cellInterrupts() hands on values, promises and rejections as await does", async () => {
  const { wait } = cellInterrupts();
  expect(wait(1)).toBe(1);
  expect(await wait(Promise.resolve("a"))).toBe("a");
  await expect(wait(Promise.reject(new Error("b")))).rejects.toThrow("b");
});

Deno.test("cellInterrupts() ends all awaits of a stopped cell, and those that it begins after that", async () => {
  const cell = cellInterrupts();
  const waiting = [cell.wait(never), cell.wait(never)];
  cell.interrupt();
  for (const await_ of waiting) await expect(await_).rejects.toThrow("The cell was stopped.");
  await expect(cell.wait(never)).rejects.toThrow("The cell was stopped.");
  cell.reset();
  expect(await cell.wait(Promise.resolve(2))).toBe(2);
});

Deno.test("cellInterrupts() lets code that took the signal end by itself, with its result", async () => {
  const cell = cellInterrupts();
  const signal = cell.signal();
  const training = new Promise((resolve) =>
    signal.addEventListener("abort", () => setTimeout(() => resolve("best weights"), 5))
  );
  const awaited = cell.wait(training);
  cell.interrupt();
  expect(await awaited).toBe("best weights");
  await expect(cell.wait(never)).rejects.toThrow("The cell was stopped.");
  cell.reset();
  expect(cell.signal().aborted).toBe(false);
});

Deno.test("cellInterrupts() goes over items like for await, and closes what it leaves", async () => {
  const { each } = cellInterrupts();
  let closed = false;
  async function* items() {
    try {
      yield* [1, 2, 3];
    } finally {
      closed = true;
    }
  }
  const seen: number[] = [];
  for await (const item of each(items())) {
    seen.push(item);
    if (item === 2) break;
  }
  for await (const item of each([Promise.resolve(4), 5])) seen.push(item);
  expect(seen).toEqual([1, 2, 4, 5]);
  expect(closed).toBe(true);
});
