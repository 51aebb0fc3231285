import { expect } from "expect";
import { cellInterrupts } from "./cell_interrupts.ts";

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
  cell.interrupt(1);
  for (const await_ of waiting) await expect(await_).rejects.toThrow("The cell was stopped.");
  await expect(cell.wait(never)).rejects.toThrow("The cell was stopped.");
  cell.next(2);
  expect(await cell.wait(Promise.resolve(2))).toBe(2);
});

Deno.test("cellInterrupts() lets code that took the signal end by itself, with its result", async () => {
  const cell = cellInterrupts();
  const signal = cell.signal();
  const training = new Promise((resolve) =>
    signal.addEventListener("abort", () => setTimeout(() => resolve("best weights"), 5))
  );
  const awaited = cell.wait(training);
  cell.interrupt(1);
  expect(await awaited).toBe("best weights");
  await expect(cell.wait(never)).rejects.toThrow("The cell was stopped.");
  cell.next(2);
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

Deno.test("cellInterrupts() stops the cell of that number alone: not the next one, not what an earlier one left", async () => {
  const cells = cellInterrupts();
  cells.enter();
  const left = cells.wait(new Promise((resolve) => setTimeout(() => resolve("goes on"), 10)));
  cells.next(2);
  cells.interrupt(1); // too late
  expect(await cells.wait(Promise.resolve("runs"))).toBe("runs");
  cells.interrupt(2);
  expect(await left).toBe("goes on");
});

Deno.test("cellInterrupts() gives an await to the cell that called, whichever the function is from", async () => {
  const cells = cellInterrupts();
  const forEver = async () => await cells.wait(never); // a function of cell 1
  cells.next(2);
  cells.enter();
  const called = forEver();
  cells.interrupt(2);
  await expect(called).rejects.toThrow("The cell was stopped.");
});
