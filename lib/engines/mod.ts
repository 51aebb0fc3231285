/**
 * What executes a training step of a `tf.LayersModel`: `ort` (onnxruntime; `ort-webgpu` on a card), and `wasm`, `webgpu` and `cpu` (tfjs).
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * import { openEngine } from "./mod.ts";
 * const { engine } = await openEngine("wasm", { threads: 1 });
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 2, kernelInitializer: "zeros" })] });
 * const loss = { kind: "categorical-cross-entropy" } as const;
 * const session = await engine.train(model, { loss, optimizer: { kind: "sgd" }, batchSize: 1, seed: 0 });
 * const batch = {
 *   inputs: new Float32Array([1]),
 *   targets: new Float32Array([1, 0]),
 *   weights: new Float32Array([1]),
 *   count: 1,
 * };
 * const step = await session.step(batch, { learningRate: 0.1 });
 * expect(step.loss).toBeCloseTo(Math.log(2), 6);
 * await session.dispose();
 * ```
 *
 * @module
 */
export * from "./engine.ts";
export * from "./losses/mod.ts";
export * from "./open_engine.ts";
export { defineLayer } from "./ort/layers/define_layer.ts";
export type { LayerContext, LayerRule } from "./ort/layers/layer_rule.ts";
export * as nodes from "./ort/nodes.ts";
export type { Graph, Tensor } from "./ort/graph.ts";
export type { Rule } from "./ort/program.ts";
export * from "./tfjs/last_layer.ts";
export * from "./webgpu_adapter.ts";
