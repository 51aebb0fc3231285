import { z } from "zod";
import { inputSchema } from "../features/input_schema.ts";

/** One network of a bundle; the probabilities of several are averaged. */
export const bundleMember = z.object({
  fold: z.number().int(),
  seed: z.number().int(),
  /** Path below the bundle of the tfjs-layers model; its weights lie beside it. */
  model: z.string(),
  /** Path below the bundle of the ONNX file. */
  onnx: z.string(),
  /** Mean of each Mel band over the training windows, dB. */
  mean: z.array(z.number()),
  /** Standard deviation of each Mel band over the training windows, dB. */
  std: z.array(z.number()),
});
export type BundleMember = z.infer<typeof bundleMember>;

/** `model/bundle.json`: all that turns a recording into a decision, beside the weights. */
export const bundle = z.object({
  version: z.literal(1),
  /** Name of the experiment. */
  name: z.string(),
  title: z.string(),
  dataset: z.string(),
  task: z.string(),
  classes: z.array(z.string()).min(2),
  /** How a recording becomes windows. */
  input: inputSchema,
  /** Shape of a window. */
  frames: z.number().int().positive(),
  nMels: z.number().int().positive(),
  members: z.array(bundleMember).min(1),
  /** `DecisionRule` of `lib/evaluation`, fitted on inner validation. */
  decision: z.record(z.string(), z.unknown()),
  /** `Novelty` of `lib/evaluation`: what tells a foreign recording; bundles without it refuse none as such. */
  novelty: z.object({ mean: z.array(z.number()), std: z.array(z.number()), limit: z.number() }).optional(),
  /** Items that the members were trained on, by class. */
  trainedOn: z.record(z.string(), z.number().int()),
});
export type Bundle = z.infer<typeof bundle>;
