import { checkTraining } from "../check_training.ts";
import type { Engine } from "../engine.ts";
import { blockSize } from "./block_size.ts";
import { checkOwnParts } from "./check_own_parts.ts";
import { compileGradient } from "./compile_step.ts";
import { FREE_EXTENT } from "./graph.ts";
import { importModel } from "./import_model.ts";
import { loadRuntime } from "./ort_runtime.ts";
import { trainingSession } from "./training_session.ts";

/**
 * The engine that compiles the whole training step of a `tf.LayersModel` to one ONNX graph and lets onnxruntime run it.
 *
 * @example One step of a model with one weight
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * const engine = await ortEngine({ threads: 1 });
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 2, kernelInitializer: "zeros" })] });
 * const loss = { kind: "categorical-cross-entropy" } as const;
 * const session = await engine.train(model, { loss, optimizer: { kind: "sgd" }, batchSize: 1, seed: 0 });
 * const batch = { inputs: Float32Array.of(1), targets: Float32Array.of(1, 0), weights: Float32Array.of(1), count: 1 };
 * const step = await session.step(batch, { learningRate: 0.1 });
 * expect(step.loss).toBeCloseTo(Math.log(2), 6);
 * await session.dispose();
 * ```
 */
export async function ortEngine({ threads }: { threads: number }): Promise<Engine> {
  const runtime = await loadRuntime();
  const block = await blockSize(runtime);
  return {
    name: "ort",
    description: `onnxruntime-node ${runtime.env.versions.node ?? ""}, ${threads} thread${threads === 1 ? "" : "s"}`,
    async check(model, options) {
      checkTraining(model, options);
      compileGradient(importModel(model, FREE_EXTENT), options);
      await checkOwnParts({ runtime, block }, model, options);
    },
    async train(model, options) {
      checkTraining(model, options);
      await checkOwnParts({ runtime, block }, model, options);
      return await trainingSession({ runtime, block }, model, { threads, ...options });
    },
  };
}
