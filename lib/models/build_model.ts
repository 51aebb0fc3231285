import type { LayersModel } from "@tensorflow/tfjs";
import { UsageError } from "../errors/mod.ts";
import { loadTfjs } from "./load_tfjs.ts";
import { type ModelOptions, modelOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * A network from `[frames, nMels, 1]` to `[classes]` logits (no softmax). The same seed gives the same weights, bit for
 * bit, on every engine.
 *
 * @throws {UsageError} where the shape isn't one of whole numbers above 0.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * const model = await buildModel({ kind: "cnn", filters: [4] }, { frames: 8, nMels: 8, classes: 2, seed: 0 });
 * expect(model.outputs[0].shape).toEqual([null, 2]);
 * ```
 */
export async function buildModel(options: ModelOptions, shape: ModelShape): Promise<LayersModel> {
  const resolved = modelOptions.parse(options);
  checkShape(shape);
  await loadTfjs();
  switch (resolved.kind) {
    case "cnn":
      return (await import("./cnn.ts")).cnn(resolved, shape);
  }
}

function checkShape({ frames, nMels, classes }: ModelShape): void {
  for (const [name, value] of Object.entries({ frames, nMels, classes })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new UsageError({ expected: `a whole number of ${name} above 0`, found: `${value}`, where: "the model" });
    }
  }
}
