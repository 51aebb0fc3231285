/**
 * Training: batches, augmentation, the fit loop, callbacks and checkpoints.
 *
 * @example Two classes told apart by the sign of a window
 * ```ts
 * import { expect } from "expect";
 * import { openEngine } from "../engines/mod.ts";
 * import { buildModel } from "../models/mod.ts";
 * import { type ExampleSource, fit, sessionOptions, type TrainingOptions } from "./mod.ts";
 *
 * const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2);
 * const source: ExampleSource = {
 *   count: 40, frames: 4, bands: 4, channels: 1, classes: 2, labels,
 *   read: (index, into, offset) => into.fill(index % 2 === 0 ? -1 : 1, offset, offset + 16),
 * };
 * const options: TrainingOptions = { epochs: 3, batchSize: 8, optimizer: { kind: "adam", learningRate: 0.02 } };
 * const model = await buildModel({ kind: "cnn", filters: [4], dropout: 0 }, { ...source, seed: 0 });
 * const { engine } = await openEngine("wasm", { threads: 1 });
 * const session = await engine.train(model, sessionOptions(options, { seed: 0 }));
 * const { status, history } = await fit({
 *   session, options, seed: 0,
 *   train: { source, indices: Int32Array.from({ length: 30 }, (_, i) => i) },
 *   validation: { source, indices: Int32Array.from({ length: 10 }, (_, i) => 30 + i) },
 *   monitor: (probabilities, labels) => labels.filter((label, i) => probabilities[2 * i + label] > 0.5).length / 10,
 * });
 * expect(status).toBe("finished");
 * expect(history.at(-1)!.loss).toBeLessThan(history[0].loss);
 * await session.dispose();
 * ```
 *
 * @module
 */
// What an experiment names: augmentations, samplers, callbacks.
export * from "./augmentation/mod.ts";
export * from "./callbacks/built_in.ts";
export * from "./callbacks/define_callback.ts";
export * from "./callbacks/progress_bar.ts";
export * from "./samplers/built_in.ts";
export * from "./samplers/define_sampler.ts";
export * from "./check_training_options.ts";
export * from "./training_options.ts";

// What is trained on.
export * from "./class_weights.ts";
export * from "./epoch_order.ts";
export * from "./example_source.ts";
export * from "./feature_statistics.ts";
export * from "./frame_source.ts";

// The loop, and what it leaves.
export * from "./file_checkpoints.ts";
export * from "./fit.ts";
export * from "./history.ts";
export * from "./learning_rate.ts";
export * from "./linear_probe.ts";
export * from "./run_windows.ts";
export * from "./safetensors.ts";
export * from "./softmax.ts";
export * from "./with_metadata.ts";
