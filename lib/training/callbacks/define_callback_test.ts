import { expect } from "expect";
import { z } from "zod";
import { callbackOptions, createCallback, defineCallback } from "../mod.ts";

const options = z.strictObject({});

Deno.test("a callback of one's own is made anew for each training, with the moments that it has", () => {
  let made = 0;
  const counting = defineCallback({
    name: "counting",
    options: z.strictObject({ most: z.int().default(2) }),
    create({ most }) {
      made++;
      return { onEpochEnd: (history) => history.length >= most ? "stop" : undefined };
    },
  });
  const [first, second] = [createCallback(callbackOptions.parse(counting())), createCallback(counting({ most: 9 }))];
  expect(made).toBe(2);
  expect(Object.keys(first)).toEqual(["onEpochEnd"]);
  const history = new Array(3).fill({});
  expect([first.onEpochEnd!(history), second.onEpochEnd!(history)]).toEqual(["stop", undefined]);
});

Deno.test("what a callback throws, at once or later, names it, its moment and its module", async () => {
  const failing = createCallback(
    defineCallback({
      name: "failing",
      options,
      create: () => ({
        onStep() {
          throw new RangeError("no idea");
        },
        onEpochEnd: () => Promise.reject(new Error("too late")),
      }),
    })(),
  );
  expect(() => failing.onStep!({} as never)).toThrow(/onStep\(\).*RangeError: no idea.*"failing" of .*callback_test/);
  await expect(failing.onEpochEnd!([])).rejects.toThrow(/onEpochEnd\(\).*too late.*"failing"/);
});
