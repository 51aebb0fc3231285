import type { Tensor } from "onnxruntime-node";
import type { Batch } from "../../engine.ts";
import { type Runtime, tensorOf } from "../ort_runtime.ts";
import type { Noise } from "../program.ts";
import { type BatchPart, partOf } from "./batch_parts.ts";
import { replicaNoise } from "./draw_noise.ts";
import type { StepContext } from "./step_runner.ts";

/** Tensors by the names of the inputs or outputs of a graph. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** A part of a batch. */
export function batchFeeds(context: StepContext, batch: Batch, part: BatchPart): Tensors {
  const { runtime, inputShape, outputs } = context, { count } = part;
  const { inputs, targets, shares } = partOf(batch, part, context);
  return {
    inputs: tensorOf(runtime, inputs, [count, ...inputShape]),
    targets: tensorOf(runtime, targets, [count, outputs]),
    shares: tensorOf(runtime, shares, [count]),
  };
}

/** The noise that the part `index` of a batch draws in a step. */
export function noiseFeeds(
  runtime: Runtime,
  noises: readonly Noise[],
  which: { seed: number; step: number; index: number },
): Tensors {
  const drawn = (noise: Noise) => tensorOf(runtime, replicaNoise(noise, which), noise.shape);
  return Object.fromEntries(noises.map((noise) => [noise.name, drawn(noise)]));
}

/** The numbers of a step. */
export function numberFeeds(runtime: Runtime, numbers: Readonly<Record<string, number>>): Tensors {
  const tensor = (value: number) => tensorOf(runtime, Float32Array.of(value), []);
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, tensor(value)]));
}

/** The number in a tensor of one. */
export function onlyNumber({ data }: Tensor): number {
  return (data as Float32Array)[0];
}

/** What of `all` a graph has by its names. */
export function named<Value>(all: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
}
