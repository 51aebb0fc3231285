import type { LayersModel } from "@tensorflow/tfjs";
import type { Loss } from "./losses/mod.ts";

/** The engines by what executes them. */
export type EngineName = "ort" | "ort-webgpu" | "wasm" | "webgpu" | "cpu";

/**
 * How weights follow gradients, as in PyTorch. Learning rate and weight decay are given with each step. `clipNorm` first
 * scales all gradients together by `min(1, clipNorm / norm)`. Weight decay goes to every trainable weight: `sgd` and
 * `adam` add `weightDecay w` to the gradient, `adamw` subtracts `learningRate weightDecay w` from the weight. Nesterov:
 * `v = momentum v + g; w -= learningRate (g + momentum v)`. Defaults: momentum 0, betas 0.9 and 0.999, epsilon 1e-8
 * (outside the root).
 */
export type Optimizer =
  | { kind: "sgd"; momentum?: number; nesterov?: boolean; clipNorm?: number }
  | { kind: "adam"; beta1?: number; beta2?: number; epsilon?: number; clipNorm?: number }
  | { kind: "adamw"; beta1?: number; beta2?: number; epsilon?: number; clipNorm?: number };

/** What a session is opened with. */
export interface SessionOptions {
  loss: Loss;
  optimizer: Optimizer;
  /** Examples a step; the last batch of an epoch may be smaller. */
  batchSize: number;
  /** Seeds dropout and noise layers. */
  seed: number;
  /** Threads of one step. @default {1} */
  threads?: number;
  /** Groups of layers with learning rates of their own: a regular expression of the names of each one's layers. */
  layerGroups?: readonly string[];
  /** Decay of a moving average of the weights, e.g. 0.999, that begins at the first weights; none where it is left out. */
  ema?: number;
  /** Parts that a batch goes through in, one after the other; their gradients make one step together. @default {1} */
  accumulate?: number;
  /**
   * `mixed`: what flows between layers, and their products, in float16; weights, statistics, loss, sums over the batch and the
   * update in float32. @default {"float32"}
   */
  precision?: "float32" | "mixed";
}

/** One batch, as flat arrays. */
export interface Batch {
  /** `[count, ...inputShape]`, row-major, channels last as in tfjs. */
  inputs: Float32Array;
  /** `[count, outputs]`: class probabilities, one-hot or mixed; with more outputs than classes, zeros behind them. */
  targets: Float32Array;
  /** `[count]`: weight of each example in the loss; the loss is the weighted sum divided by `count`. */
  weights: Float32Array;
  count: number;
}

/** Values that may change at each step without a new compilation. */
export interface StepOptions {
  learningRate: number;
  weightDecay?: number;
  /** What the learning rate of each group of layers is times the others'; 0 leaves its weights as they are. */
  groupRates?: readonly number[];
  /** Is called where an engine would wait for a card, which has the batch by then: time to make the next one in other arrays. */
  meanwhile?: () => void;
}

/** All that a session needs to go on with the same bits. */
export interface SessionState {
  /** Named arrays: weights, batch-norm statistics, optimiser slots, EMA. */
  arrays: Record<string, { shape: number[]; data: Float32Array }>;
  /** Steps done. */
  step: number;
}

/** A model in training. */
export interface TrainingSession {
  /**
   * One forward and backward pass and one update of the weights; resolves to the loss before the update.
   *
   * @throws {TrainingError} where the loss is no finite number, naming the layer that broke first; the weights stay.
   */
  step(batch: Batch, options: StepOptions): Promise<{ loss: number }>;
  /**
   * Outputs in inference mode (dropout off, moving statistics, EMA weights where asked for), before softmax:
   * `[count, outputs]`.
   */
  predict(inputs: Float32Array, count: number): Promise<Float32Array>;
  /** Copies the weights (EMA where asked for) and moving statistics into the `tf.LayersModel`. */
  writeTo(model: LayersModel): Promise<void>;
  state(): Promise<SessionState>;
  restore(state: SessionState): Promise<void>;
  dispose(): Promise<void>;
}

/** A network that only answers: `[count, width]`, row-major, of inputs `[count, ...inputShape]`. */
export interface Inference {
  run(inputs: Float32Array, count: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** What executes the training steps of a `tf.LayersModel` whose last layer gives logits (no softmax). */
export interface Engine {
  readonly name: EngineName;
  /** One line for the run folder: version, threads, adapter. */
  readonly description: string;
  /**
   * Says whether a training can be executed, before it is.
   *
   * @throws {InputError} naming the layer or loss that this engine can't run, and an engine that can.
   */
  check(
    model: LayersModel,
    options: Pick<SessionOptions, "loss" | "batchSize" | "accumulate" | "precision">,
  ): void | Promise<void>;
  /**
   * Opens a session on a model, which must not be disposed before it.
   *
   * @throws {InputError} naming the layer that this engine can't run, and an engine that can.
   */
  train(model: LayersModel, options: SessionOptions): Promise<TrainingSession>;
  /** Opens a model, of whatever output, in inference mode with the weights that it has now. */
  infer(model: LayersModel, options: { threads: number }): Promise<Inference>;
}
