import type { LayersModel } from "@tensorflow/tfjs";
import type { z } from "zod";
import { checked, UsageError } from "../errors/mod.ts";
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
  const resolved = checked(modelOptions, options, { expected: "options of a network", where: "buildModel()" });
  checkShape(shape);
  await loadTfjs();
  const model = await network(resolved, shape);
  const { initialiseWeights } = await import("./initialise_weights.ts");
  initialiseWeights(model, shape.seed);
  return model;
}

async function network(options: z.output<typeof modelOptions>, shape: ModelShape): Promise<LayersModel> {
  switch (options.kind) {
    case "cnn":
      return (await import("./cnn.ts")).cnn(options, shape);
    case "cnn6":
      return (await import("./cnn6.ts")).cnn6(options, shape);
    case "lightCnn":
      return (await import("./light_cnn.ts")).lightCnn(options, shape);
    case "resnet":
      return (await import("./resnet.ts")).resnet(options, shape);
    case "crnn":
      return (await import("./crnn.ts")).crnn(options, shape);
    case "transformer":
      return (await import("./transformer.ts")).transformer(options, shape);
  }
}

function checkShape({ frames, nMels, classes }: ModelShape): void {
  for (const [name, value] of Object.entries({ frames, nMels, classes })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new UsageError({ expected: `a whole number of ${name} above 0`, found: `${value}`, where: "the model" });
    }
  }
}
