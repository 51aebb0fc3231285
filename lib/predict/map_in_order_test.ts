import { expect } from "expect";
import { mapInOrder } from "./map_in_order.ts";

const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

Deno.test("mapInOrder() keeps the order of the items whichever is done first, with no more under way than asked", async () => {
  let underWay = 0, most = 0;
  const items = (async function* () {
    for (let i = 0; i < 12; i++) yield i;
  })();
  const results = mapInOrder(items, async (i) => {
    most = Math.max(most, ++underWay);
    await later(i % 3 === 0 ? 15 : 1);
    underWay--;
    return 10 * i;
  }, { ahead: 4 });
  expect(await Array.fromAsync(results)).toEqual(Array.from({ length: 12 }, (_, i) => 10 * i));
  expect(most).toBe(4);
});

Deno.test("mapInOrder() yields what is there while the next item is long in coming", async () => {
  const typed = Promise.withResolvers<void>();
  const items = (async function* () {
    yield 1;
    await typed.promise;
    yield 2;
  })();
  const results = mapInOrder(items, (i) => Promise.resolve(i), { ahead: 4 });
  expect((await results.next()).value).toBe(1);
  typed.resolve();
  expect((await results.next()).value).toBe(2);
  expect((await results.next()).done).toBe(true);
});

Deno.test("mapInOrder() yields the results of all items before the one that could not be had", async () => {
  const items = (async function* () {
    yield* [1, 2];
    throw new Error("no third");
  })();
  const seen: number[] = [];
  const take = async () => {
    for await (const one of mapInOrder(items, (i) => later(5).then(() => i), { ahead: 4 })) seen.push(one);
  };
  await expect(take()).rejects.toThrow("no third");
  expect(seen).toEqual([1, 2]);
});
