import type { LayersModel } from "@tensorflow/tfjs";
import type { z } from "zod";
import type { WindowShape } from "../features/mod.ts";
import { type AnyOptions, type Part, PartKind } from "../parts/mod.ts";

/** What a network takes in, `[frames, bands, channels]`, and gives out. */
export interface ModelShape extends WindowShape {
  /** Width of the output. */
  classes: number;
  /** Numbers that are known beside the sound: they come in frames behind those of the window, and the last layer sees them. @default {0} */
  metadataWidth?: number;
  /** Whether each frame gets its row of logits, `[frames, classes]`. @default {false} */
  byFrame?: boolean;
}

/** A family of networks: what it is called, its hyper-parameters, and how they become layers. */
export interface ModelDefinition<Name extends string, Options extends z.ZodObject> {
  name: Name;
  options: Options;
  /**
   * A network from `[frames, bands, channels]` to one logit a class (no softmax). Whatever its weights are, a seed draws
   * them anew afterwards, as those of the built-in networks.
   */
  build(options: z.output<Options>, shape: ModelShape): LayersModel | Promise<LayersModel>;
  /**
   * For a network that goes on learning: whether a layer, by its name, keeps the weights that `build` gave it. Its windows
   * then come as its input gives them, and are not standardised.
   */
  learned?(layer: string): boolean;
}

/** The networks that are known. */
export const models: PartKind<ModelDefinition<string, AnyOptions>> = new PartKind("model", "a network");

/**
 * A network of one's own, to be called with its options as the `model` of an experiment.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { buildModel, defineModel } from "./mod.ts";
 *
 * const meanOfBands = defineModel({
 *   name: "mean-of-bands",
 *   options: z.strictObject({ units: z.int().positive().default(8) }),
 *   build({ units }, { frames, bands, channels, classes }) {
 *     const input = tf.input({ shape: [frames, bands, channels] });
 *     const mean = tf.layers.globalAveragePooling2d({}).apply(input);
 *     const hidden = tf.layers.dense({ units, activation: "relu" }).apply(mean);
 *     const logits = tf.layers.dense({ units: classes }).apply(hidden) as tf.SymbolicTensor;
 *     return tf.model({ inputs: input, outputs: logits });
 *   },
 * });
 * const model = await buildModel(meanOfBands({ units: 4 }), { frames: 8, bands: 8, channels: 1, classes: 2, seed: 0 });
 * expect(model.countParams()).toBe(1 * 4 + 4 + 4 * 2 + 2);
 * ```
 */
export function defineModel<const Name extends string, Options extends z.ZodObject>(
  definition: ModelDefinition<Name, Options>,
): Part<"model", ModelDefinition<Name, Options>> {
  return models.define(definition) as Part<"model", ModelDefinition<Name, Options>>;
}
