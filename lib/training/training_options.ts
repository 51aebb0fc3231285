import { z } from "zod";
import { lossOptions, type SessionOptions } from "../engines/mod.ts";
import type { Options } from "../parts/mod.ts";
import type { ClassWeighting } from "./class_weights.ts";
import { SCHEDULES } from "./learning_rate.ts";
import { augmentation } from "./augmentation/built_in.ts";
import { callbackOptions } from "./callbacks/built_in.ts";
import { samplerOptions } from "./samplers/built_in.ts";

const positive: z.ZodNumber = z.number().positive();
const count: z.ZodNumber = z.number().int().positive();
const share: z.ZodNumber = z.number().min(0).max(1);

const common = {
  /** Largest learning rate of the schedule. */
  learningRate: positive,
  /** What the weights shrink by, a step, as a share of the learning rate; biases and normalisation don't. */
  weightDecay: z.number().min(0).default(0) as z.ZodDefault<z.ZodNumber>,
  /** Longest that all gradients together may be. */
  clipNorm: positive.optional() as z.ZodOptional<z.ZodNumber>,
};
const moments = {
  /** Decay of the mean of the gradients. */
  beta1: share.default(0.9) as z.ZodDefault<z.ZodNumber>,
  /** Decay of the mean of their squares. */
  beta2: share.default(0.999) as z.ZodDefault<z.ZodNumber>,
  /** Added to the root of the squares. */
  epsilon: positive.default(1e-8) as z.ZodDefault<z.ZodNumber>,
};

const sgd = {
  kind: z.literal("sgd") as z.ZodLiteral<"sgd">,
  /** Share of the step before that goes on. */
  momentum: share.default(0.9) as z.ZodDefault<z.ZodNumber>,
  /** Looks ahead by the momentum before it takes the gradient. */
  nesterov: z.boolean().default(true) as z.ZodDefault<z.ZodBoolean>,
  ...common,
};
const adam = { kind: z.literal("adam") as z.ZodLiteral<"adam">, ...moments, ...common };
const adamw = { kind: z.literal("adamw") as z.ZodLiteral<"adamw">, ...moments, ...common };

type Optimizer = Options<typeof sgd> | Options<typeof adam> | Options<typeof adamw>;
const optimizer: z.ZodType<z.output<Optimizer>, z.input<Optimizer>> = z.discriminatedUnion("kind", [
  z.strictObject(sgd),
  z.strictObject(adam),
  z.strictObject(adamw),
]);

const rated = {
  layers: z.string() as z.ZodString,
  rate: z.number().min(0).default(1) as z.ZodDefault<z.ZodNumber>,
  thaw: count.default(1) as z.ZodDefault<z.ZodNumber>,
};
const layerRate: Options<typeof rated> = z.strictObject(rated);

const probe = {
  c: z.array(positive).min(1).default([1e-3, 1e-2, 0.1, 1]).describe(
    "Inverse strengths of the L2 penalty that are tried; the one that is best on the validation part is taken.",
  ) as z.ZodDefault<z.ZodArray<typeof positive>>,
};
const linearProbe: Options<typeof probe> = z.strictObject(probe);

const training = {
  /** Passes over the training part. */
  epochs: count.default(30) as z.ZodDefault<z.ZodNumber>,
  /** Examples a step. */
  batchSize: count.default(32) as z.ZodDefault<z.ZodNumber>,
  /** Parts that a batch goes through in for less memory; their gradients make one step. Batch normalisation sees a part. */
  accumulate: count.optional() as z.ZodOptional<z.ZodNumber>,
  /**
   * `mixed` computes products and what flows between layers in float16, on a card that has it (`--engine ort-webgpu`); weights,
   * statistics, loss and the update stay in float32.
   */
  precision: z.enum(["float32", "mixed"]).optional() as z.ZodOptional<z.ZodType<"float32" | "mixed">>,
  /** What turns gradients into steps. */
  optimizer: optimizer.default(
    { kind: "adam", learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
  ) as z.ZodDefault<typeof optimizer>,
  /** How the learning rate goes over the epochs. */
  schedule: z.enum(SCHEDULES).default("constant") as z.ZodDefault<z.ZodType<typeof SCHEDULES[number]>>,
  /** Epochs at the start in which the learning rate goes up evenly to where its schedule begins. */
  warmUp: count.optional() as z.ZodOptional<z.ZodNumber>,
  /**
   * Groups of layers, by a regular expression of their names, whose learning rate is `rate` times the others', and which begin
   * to learn in the epoch `thaw`; a layer is of the first group that it fits.
   */
  layerRates: z.array(layerRate).min(1).optional() as z.ZodOptional<z.ZodArray<typeof layerRate>>,
  /** What the training makes small. */
  loss: lossOptions.prefault("categorical-cross-entropy") as z.ZodPrefault<typeof lossOptions>,
  /** Share of each label that is spread over all classes. */
  labelSmoothing: z.number().min(0).max(0.5).default(0) as z.ZodDefault<z.ZodNumber>,
  /** What an example counts by the size of its class. */
  classWeights: z.enum(["none", "inverse", "sqrt-inverse"]).default("none") as z.ZodDefault<z.ZodType<ClassWeighting>>,
  /** How the examples of an epoch are drawn: each once, or classes, sources (devices, sites) or both equally often. */
  sampler: samplerOptions.prefault("shuffled") as z.ZodPrefault<typeof samplerOptions>,
  /** Share of the training subjects of each class that is learned from, for a learning curve; none: all of them. */
  subjectShare: z.number().gt(0).max(1).optional() as z.ZodOptional<z.ZodNumber>,
  /** How examples are changed before each step, in this order. */
  augment: z.array(augmentation).default([]) as z.ZodDefault<z.ZodArray<typeof augmentation>>,
  /** Epochs without a better validation score after which training ends; none: all epochs. */
  patience: count.optional() as z.ZodOptional<z.ZodNumber>,
  /**
   * Fits the last layer to its optimum, a logistic regression over what the layers before it give (a linear probe), and leaves
   * them as they are: no epochs, no steps. Classes and sources count as `sampler` would draw them.
   */
  linearProbe: linearProbe.optional() as z.ZodOptional<typeof linearProbe>,
  /** What is told of the training as it goes, and may end it. */
  callbacks: z.array(callbackOptions).default([]) as z.ZodDefault<z.ZodArray<typeof callbackOptions>>,
  /** Decay of a moving average of the weights that predicts in their place. */
  ema: z.number().min(0).max(0.99999).optional() as z.ZodOptional<z.ZodNumber>,
};
/** How a network is trained. */
export const trainingOptions: Options<typeof training> = z.strictObject(training);

/** As written in an experiment: what is left out takes its default. */
export type TrainingOptions = z.input<typeof trainingOptions>;

/** Defaults filled in. */
export type ResolvedTraining = z.output<typeof trainingOptions>;

/** What the engine has to know of the training. */
export function sessionOptions(options: TrainingOptions, run: { seed: number; threads?: number }): SessionOptions {
  const { optimizer: { learningRate: _rate, weightDecay: _decay, ...optimizer }, layerRates, ...training } =
    trainingOptions.parse(options);
  const { loss, batchSize, ema, accumulate, precision } = training;
  const layerGroups = layerRates?.map(({ layers }) => layers);
  return { loss, optimizer, batchSize, ema, accumulate, precision, layerGroups, ...run };
}
