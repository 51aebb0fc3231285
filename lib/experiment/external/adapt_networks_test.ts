import { expect } from "expect";
import * as tf from "@tensorflow/tfjs";
import { loadBackend, onBackend } from "../../engines/tfjs/backend.ts";
import { plainStatistics } from "../../training/mod.ts";
import { takeBatchStatistics } from "./adapt_networks.ts";

const shape = { frames: 3, bands: 2, channels: 1 };
const windows = Array.from(
  { length: 12 },
  (_, i) => Float32Array.from({ length: 6 }, (_, k) => Math.sin(7 * i + 3 * k)),
);
const source = {
  ...shape,
  count: 12,
  classes: 2,
  labels: new Int32Array(12),
  read: (index: number, into: Float32Array, offset: number) => into.set(windows[index], offset),
};
const set = { source, indices: Int32Array.from(windows.keys()), statistics: plainStatistics(shape) };

/** Two convolutions, each normalised, with statistics of training that fit nothing here. */
function network(): tf.LayersModel {
  const convolution = (filters: number, seed: number) =>
    tf.layers.conv2d({
      filters,
      kernelSize: 2,
      padding: "same",
      kernelInitializer: tf.initializers.randomNormal({ seed }),
    });
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [3, 2, 1] }),
      ...[convolution(3, 1), tf.layers.batchNormalization({ epsilon: 1e-5 }), tf.layers.reLU()],
      ...[convolution(2, 2), tf.layers.batchNormalization({ epsilon: 1e-5 }), tf.layers.globalAveragePooling2d({})],
    ],
  });
}

Deno.test("takeBatchStatistics() of all windows gives what a training step of all of them would normalise by", async () => {
  await loadBackend("cpu");
  await onBackend("cpu", async () => {
    const model = network();
    const all = tf.tensor4d(Float32Array.from(windows.flatMap((one) => [...one])), [12, 3, 2, 1]);
    // tfjs' own: in training, each normalisation takes the statistics of its batch.
    const inTraining = await (model.apply(all, { training: true }) as tf.Tensor).data();
    const fresh = network();
    const before = await (fresh.predict(all) as tf.Tensor).data();
    await takeBatchStatistics(fresh, { ...set, pseudoCount: 0 });
    const after = await (fresh.predict(all) as tf.Tensor).data();
    expect([...after]).toEqual([...inTraining].map((value) => expect.closeTo(value, 3)));
    expect(Math.max(...after.map((value, i) => Math.abs(value - before[i])))).toBeGreaterThan(0.01);
  });
});

Deno.test("takeBatchStatistics() mixes in those of training as so many windows", async () => {
  await loadBackend("cpu");
  await onBackend("cpu", async () => {
    const model = tf.sequential({
      layers: [tf.layers.inputLayer({ inputShape: [3, 2, 1] }), tf.layers.batchNormalization()],
    });
    const values = windows.flatMap((one) => [...one]);
    const mean = values.reduce((a, b) => a + b) / 72;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 72;
    // A new layer has mean 0 and variance 1: twelve windows and four are sixteen.
    await takeBatchStatistics(model, { ...set, pseudoCount: 4 });
    const [moved, spread] = model.layers.at(-1)!.getWeights().slice(-2).map((weight) => weight.dataSync()[0]);
    expect(moved).toBeCloseTo(0.75 * mean, 5);
    expect(spread).toBeCloseTo(0.25 + 0.75 * variance, 5);
  });
});
