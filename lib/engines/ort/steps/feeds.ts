import type { Tensor } from "onnxruntime-node";
import type { Batch } from "../../engine.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import { type Runtime, tensorOf } from "../ort_runtime.ts";
import type { Noise } from "../program.ts";
import type { BatchPart } from "./batch_parts.ts";
import { replicaNoise } from "./replica.ts";
import type { StepContext } from "./step_runner.ts";

/** Tensors by the names of the inputs or outputs of a graph. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** A part of a batch. The loss of a part is divided by its count: the shares make it a part of the loss of the batch. */
export function batchFeeds(
  { runtime, inputShape, outputs }: Pick<StepContext, "runtime" | "inputShape" | "outputs">,
  batch: Batch,
  { start, count }: BatchPart,
): Tensors {
  const cut = (data: Float32Array, size: number) => data.subarray(start * size, (start + count) * size);
  const shares = cut(batch.weights, 1).map((weight) => weight * count / batch.count);
  return {
    inputs: tensorOf(runtime, cut(batch.inputs, sizeOf(inputShape)), [count, ...inputShape]),
    targets: tensorOf(runtime, cut(batch.targets, outputs), [count, outputs]),
    shares: tensorOf(runtime, shares, [count]),
  };
}

/** The noise that the part `index` of a batch draws in a step. */
export function noiseFeeds(
  runtime: Runtime,
  noises: readonly Noise[],
  which: { seed: number; step: number; index: number },
): Tensors {
  return Object.fromEntries(
    noises.map((noise) => [noise.name, tensorOf(runtime, replicaNoise(noise, which), noise.shape)]),
  );
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
