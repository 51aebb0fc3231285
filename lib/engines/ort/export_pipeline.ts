import type { LayersModel } from "@tensorflow/tfjs";
import type { FeaturePreset } from "../../features/mod.ts";
import { emitForward } from "./emit_forward.ts";
import { emitLogMel } from "./emit_log_mel.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { createGraph, FREE_EXTENT, type Graph, type Tensor } from "./graph.ts";
import { importModel } from "./import_model.ts";
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

/** Options of {@linkcode exportPipeline}. */
export interface PipelineOptions {
  preset: FeaturePreset;
  /** Length of a window, samples at the preset's rate. */
  samples: number;
  /** Notes in the file: classes, preset. */
  metadata?: Record<string, string>;
}

/**
 * Several networks with the log-Mel front end before them and softmax and mean behind them, as the bytes of one `.onnx`
 * file: input `samples` `[count, samples]`, windows at the preset's rate after its preparation (band-pass, spike removal:
 * they need the whole recording, so they can't be part of a graph of windows); output `probabilities` `[count, classes]`.
 *
 * @throws {InputError} naming the layer that is not covered.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * import { presets } from "../../features/mod.ts";
 * import { exportPipeline } from "./mod.ts";
 * const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [32, 64, 1] }), tf.layers.dense({ units: 2 })] });
 * const member = { model, mean: new Float32Array(64), std: new Float32Array(64).fill(1), temperature: 1 };
 * const bytes = exportPipeline([member], { preset: presets.respirenet, samples: 4000 });
 * expect(new TextDecoder().decode(bytes)).toContain("samples");
 * ```
 */
export function exportPipeline(
  members: readonly PipelineMember[],
  { preset, samples, metadata = {} }: PipelineOptions,
): Uint8Array<ArrayBuffer> {
  const graph = createGraph();
  const levels = emitLogMel(graph, graph.input("samples", ["count", samples]), preset);
  const each = members.map((member, i) => emitMember(graph, levels, { ...member, name: `network ${i}` }));
  graph.scope("mean");
  const [{ shape }] = each;
  const sum = each.reduce((total, one) => graph.node("Add", [total, one], shape));
  const mean = graph.node("Mul", [sum, graph.scalar(1 / members.length)], shape);
  graph.output("probabilities", mean, ["count", ...shape.slice(1)]);
  return writeModel({ graph: graph.finish("pipeline"), metadata });
}

function emitMember(
  graph: Graph,
  levels: Tensor,
  { model, mean, std, temperature, name }: PipelineMember & { name: string },
): Tensor {
  const [count, frames, nMels] = levels.shape;
  const program = foldBatchNorm(importModel(model, FREE_EXTENT));
  graph.scope(name);
  const centred = graph.node("Sub", [levels, graph.constant(Float32Array.from(mean), [nMels])], levels.shape);
  const scaled = graph.node("Div", [centred, graph.constant(Float32Array.from(std), [nMels])], levels.shape);
  const input = graph.node("Reshape", [scaled, graph.integers([-1, frames, nMels, 1])], [count, frames, nMels, 1]);
  const bound = new Map<number, Tensor>([[program.input.id, input]]);
  for (const { name: parameter, value, data } of program.parameters) {
    bound.set(value.id, graph.constant(data, value.shape, `${name}/${parameter}`));
  }
  const { output } = emitForward(graph, program, { bound, training: false });
  const logits = temperature === 1 ? output : graph.node("Div", [output, graph.scalar(temperature)], output.shape);
  return graph.node("Softmax", [logits], output.shape, { attributes: { axis: output.shape.length - 1 } });
}
