import { expect } from "expect";
import { initialiseWeights } from "./initialise_weights.ts";
import { loadTfjs } from "./mod.ts";

const tf = await loadTfjs();

function deviation(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);
}

Deno.test("initialiseWeights() draws convolutions with the variance 2 / fan-in of He et al. 2015", () => {
  const model = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [4, 4, 8], filters: 64, kernelSize: 3 })] });
  initialiseWeights(model, 0);
  const [kernel, bias] = model.getWeights();
  // n = 4608 normal deviates: the relative standard error of a deviation is 1 / sqrt(2n) = 0.0104; five of them.
  expect(Math.abs(deviation(kernel.dataSync()) / Math.sqrt(2 / 72) - 1)).toBeLessThan(5 * 0.0104);
  expect(deviation(bias.dataSync())).toBe(0);
  model.dispose();
});

Deno.test("initialiseWeights() keeps dense kernels within the limit of Glorot and Bengio 2010", () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [30], units: 24 })] });
  initialiseWeights(model, 0);
  const kernel = model.getWeights()[0].dataSync();
  const limit = Math.sqrt(6 / 54);
  expect(Math.max(...kernel)).toBeLessThanOrEqual(limit);
  // The largest of 720 uniform draws lies above 0.98 limit but once in 10^6 tries.
  expect(Math.max(...kernel)).toBeGreaterThan(0.98 * limit);
  model.dispose();
});

Deno.test("initialiseWeights() makes each gate of a recurrent kernel orthogonal", () => {
  const model = tf.sequential({ layers: [tf.layers.gru({ inputShape: [3, 2], units: 5 })] });
  initialiseWeights(model, 0);
  const recurrent = model.getWeights()[1];
  for (let gate = 0; gate < 3; gate++) {
    const block = tf.slice(recurrent, [0, gate * 5], [5, 5]) as import("@tensorflow/tfjs").Tensor2D;
    const product = tf.matMul(block, block, false, true).dataSync();
    product.forEach((value, i) => expect(value).toBeCloseTo(i % 6 === 0 ? 1 : 0, 5));
  }
  model.dispose();
});
