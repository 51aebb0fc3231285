import { expect } from "expect";
import fc from "fast-check";
import {
  CROSS_ENTROPY,
  expectSameGradients,
  expectTrueGradients,
  randomBatch,
  randomWeights,
} from "../testing/compare_with_tfjs.ts";
import { CASES, surrounded } from "../testing/layer_cases.ts";
import { defineLayer, LAYERS } from "./define_layer.ts";

for (const [name, make] of Object.entries(CASES)) {
  Deno.test(`${name} has the loss and the gradients of tfjs, whatever its shapes and options`, async () => {
    const property = fc.asyncProperty(
      fc.gen(),
      fc.integer({ min: 0, max: 1000 }),
      fc.boolean(),
      async (gen, seed, convolved) => {
        const drawn = make(
          (min, max) => gen(fc.integer, { min, max }),
          (...items) => items[gen(fc.integer, { min: 0, max: items.length - 1 })],
        );
        const model = surrounded(drawn, convolved);
        randomWeights(model, seed);
        const batch = randomBatch(model, { count: 3, seed });
        if (drawn.words) batch.inputs = batch.inputs.map((_, i) => (i * 7 + seed) % drawn.words!);
        await (drawn.numeric ? expectTrueGradients : expectSameGradients)(model, CROSS_ENTROPY, batch);
        model.dispose();
      },
    );
    await fc.assert(property, { seed: 1, numRuns: 4, endOnFailure: true });
  });
}

Deno.test("Every layer that the engine covers has a test against tfjs", () => {
  expect(Object.keys(CASES).sort()).toEqual(Object.keys(LAYERS).sort());
});

Deno.test("defineLayer() refuses a name of tfjs", () => {
  expect(() => defineLayer("Dense", ({ inputs: [input] }) => input)).toThrow('"Dense", which tfjs has already');
});
