import type { LayersModel } from "@tensorflow/tfjs";
import { type InputOptions, openInput } from "../../features/mod.ts";
import { emitInference } from "./compile_inference.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { createGraph, FREE_EXTENT, type Graph, type Tensor } from "./graph.ts";
import { importModel } from "./import_model.ts";
import { add, div, mul, sub } from "./onnx/arithmetic.ts";
import { writeModel } from "./onnx/write_model.ts";

/** A network of an {@linkcode exportPipeline}. */
export interface PipelineMember {
  /** `[frames, bands, channels]` to logits. */
  model: LayersModel;
  /** Mean of each channel of each band over its training windows, `[bands, channels]`. */
  mean: ArrayLike<number>;
  std: ArrayLike<number>;
  /** What its logits are divided by. */
  temperature: number;
}

export interface PipelineOptions {
  input: InputOptions;
  /** Notes in the file: classes, rate. */
  metadata?: Record<string, string>;
}

/**
 * Several networks with the input before them and softmax and mean behind them, as the bytes of one `.onnx` file: input
 * `samples` `[count, samples]`, windows at its rate after its preparation (band-pass, spike removal: they need the whole
 * recording, so they can't be part of a graph of windows); output `probabilities` `[count, classes]`. Where the input has no
 * `onnx`, the file takes `features` `[count, frames, bands, channels]` in place of samples.
 *
 * @throws {InputError} naming the layer that is not covered.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * import { exportPipeline } from "./mod.ts";
 * const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [32, 64, 1] }), tf.layers.dense({ units: 2 })] });
 * const member = { model, mean: new Float32Array(64), std: new Float32Array(64).fill(1), temperature: 1 };
 * const bytes = exportPipeline([member], { input: { preset: "respirenet", seconds: 1, padding: "zero" } });
 * expect(new TextDecoder().decode(bytes)).toContain("samples");
 * ```
 */
export function exportPipeline(
  members: readonly PipelineMember[],
  { input: options, metadata }: PipelineOptions,
): Uint8Array<ArrayBuffer> {
  const graph = createGraph();
  const input = openInput(options);
  const features = input.emit
    ? input.emit(graph, graph.input("samples", ["count", input.samples])) as Tensor
    : graph.input("features", ["count", input.frames, input.bands, input.channels]);
  const each = members.map((member, i) => emitMember(graph, features, { ...member, name: `network ${i}` }));
  graph.scope("mean");
  const [{ shape }] = each;
  const mean = mul(graph, each.reduce((total, one) => add(graph, total, one)), 1 / members.length);
  graph.output("probabilities", mean, ["count", ...shape.slice(1)]);
  return writeModel({ graph: graph.finish("pipeline"), metadata });
}

function emitMember(
  graph: Graph,
  features: Tensor,
  { model, mean, std, temperature, name }: PipelineMember & { name: string },
): Tensor {
  const sides = features.shape.slice(2);
  const program = foldBatchNorm(importModel(model, FREE_EXTENT));
  graph.scope(name);
  const centred = sub(graph, features, graph.constant(Float32Array.from(mean), sides));
  const input = div(graph, centred, graph.constant(Float32Array.from(std), sides));
  const output = emitInference(graph, program, input, `${name}/`);
  const logits = temperature === 1 ? output : div(graph, output, temperature);
  return graph.node("Softmax", [logits], output.shape, { attributes: { axis: output.shape.length - 1 } });
}
