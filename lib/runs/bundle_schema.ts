import { z } from "zod";
import { qualityLimits } from "../evaluation/quality_limits.ts";
import { trainingNeighbours } from "../evaluation/training_neighbours.ts";
import { inputSchema } from "../features/input_schema.ts";

/** One network of a bundle; the calibrated probabilities of several are averaged. */
export const bundleMember = z.object({
  fold: z.number().int(),
  seed: z.number().int(),
  /** The fold that it is judged in together with others: the outer one of a nested protocol. */
  outer: z.number().int().optional(),
  /** What its logits are divided by, so that its probabilities are calibrated before they are averaged. */
  temperature: z.number().positive().default(1),
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
  /** `DecisionRule` of `lib/evaluation`, fitted on out-of-fold predictions. */
  decision: z.record(z.string(), z.unknown()),
  /** Tells foreign recordings, and what a recording resembles; bundles without it refuse none as foreign. */
  neighbours: trainingNeighbours.optional(),
  /** How poor a recording may be; bundles without it go by what experts called poor elsewhere. */
  quality: qualityLimits.optional(),
  /** Items that the members were trained on, by class. */
  trainedOn: z.record(z.string(), z.number().int()),
});
export type Bundle = z.infer<typeof bundle>;
