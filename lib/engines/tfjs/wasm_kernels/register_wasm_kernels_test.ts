import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import fc from "fast-check";
import { loadBackend, onBackend } from "../backend.ts";

await loadBackend("cpu");
await loadBackend("wasm");

/** Values in [-1, 1] that depend on nothing but their place; with few `levels`, many are equal. */
function values(shape: number[], phase: number, levels = 2 ** 24): tf.Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const value = (i: number) => Math.round(Math.sin(i * i + phase) * levels) / levels;
  return tf.tensor(Float32Array.from({ length: count }, (_, i) => value(i)), shape);
}

/** The gradients of `sum(f(x, filter) dy)` on both backends are equal within float32 rounding of their sums. */
async function expectEqualGradients(
  f: (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor,
  shapes: [number[], number[]],
  levels?: number,
): Promise<void> {
  const gradients = (name: "cpu" | "wasm") =>
    onBackend(name, () =>
      tf.tidy(() => {
        const weighted = (x: tf.Tensor, filter: tf.Tensor) => {
          const y = f(x as tf.Tensor4D, filter as tf.Tensor4D);
          return tf.sum(tf.mul(y, values(y.shape, 3))) as tf.Scalar;
        };
        const at = [values(shapes[0], 1, levels), values(shapes[1], 2)];
        return tf.grads(weighted)(at).map((gradient) => gradient.dataSync<"float32">());
      }));
  const [cpu, wasm] = [await gradients("cpu"), await gradients("wasm")];
  cpu.forEach((expected, i) => {
    const scale = Math.max(1, ...expected.map(Math.abs));
    const furthest = expected.reduce((worst, value, j) => Math.max(worst, Math.abs(wasm[i][j] - value)), 0);
    expect(furthest / scale).toBeLessThan(1e-5);
  });
}

const convolution = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 3, max: 9 }),
  width: fc.integer({ min: 3, max: 9 }),
  channels: fc.integer({ min: 1, max: 4 }),
  filters: fc.integer({ min: 1, max: 4 }),
  kernelHeight: fc.integer({ min: 1, max: 3 }),
  kernelWidth: fc.integer({ min: 1, max: 3 }),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  padding: fc.constantFrom("same" as const, "valid" as const),
});

Deno.test("the wasm gradients of a convolution equal those of cpu within 1e-5", async () => {
  await fc.assert(
    fc.asyncProperty(
      convolution,
      (c) =>
        expectEqualGradients((x, filter) => tf.conv2d(x, filter, c.strides, c.padding), [
          [c.count, c.height, c.width, c.channels],
          [c.kernelHeight, c.kernelWidth, c.channels, c.filters],
        ]),
    ),
    { numRuns: 40 },
  );
});

Deno.test("the wasm gradients of a depthwise convolution equal those of cpu within 1e-5", async () => {
  await fc.assert(
    fc.asyncProperty(
      convolution,
      ({ strides: [stride], ...c }) =>
        expectEqualGradients((x, filter) => tf.depthwiseConv2d(x, filter, stride, c.padding), [
          [c.count, c.height, c.width, c.channels],
          [c.kernelHeight, c.kernelWidth, c.channels, c.filters],
        ]),
    ),
    { numRuns: 40 },
  );
});

Deno.test("the wasm gradient of a max pooling equals that of cpu, also where values are equal", async () => {
  await fc.assert(
    fc.asyncProperty(convolution, (c) =>
      expectEqualGradients(
        (x, scale) => tf.mul(tf.maxPool(x, [c.kernelHeight, c.kernelWidth], c.strides, c.padding), scale),
        [[c.count, c.height, c.width, c.channels], [1, 1, 1, 1]],
        2,
      )),
    { numRuns: 40 },
  );
});

Deno.test("the wasm gradients of a batch normalisation equal those of cpu within 1e-5", async () => {
  const shape = fc.tuple(...[3, 4, 5, 3].map((max) => fc.integer({ min: 1, max })));
  await fc.assert(
    fc.asyncProperty(shape, (extents) =>
      expectEqualGradients((x, rows) => {
        const [mean, variance, offset, scale] = tf.unstack(rows.reshape([4, extents[3]])) as tf.Tensor1D[];
        return tf.batchNorm4d(x, mean, tf.add(tf.abs(variance), 0.5), offset, scale, 1e-3);
      }, [extents, [4, extents[3], 1, 1]])),
    { numRuns: 30 },
  );
});

Deno.test("the wasm gradient of a look-up adds up the rows that were taken more than once", async () => {
  const gradient = await onBackend("wasm", () =>
    tf.tidy(() => {
      const look = (table: tf.Tensor) =>
        tf.sum(tf.mul(tf.gather(table, [2, 0, 2]), tf.tensor2d([[1, 2], [3, 4], [5, 6]])));
      return [...tf.grad(look)(tf.ones([4, 2])).dataSync()];
    }));
  expect(gradient).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
});

Deno.test("the wasm gradient kernels leave neither tensors nor memory behind", async () => {
  await onBackend("wasm", () => {
    const backend = tf.backend();
    const run = () =>
      tf.tidy(() => {
        const loss = (x: tf.Tensor, filter: tf.Tensor, depthwise: tf.Tensor) => {
          const y = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, "same");
          return tf.sum(tf.depthwiseConv2d(y, depthwise as tf.Tensor4D, 1, "same")) as tf.Scalar;
        };
        tf.grads(loss)([values([2, 8, 8, 3], 0), values([3, 3, 3, 4], 1), values([3, 3, 4, 2], 2)]);
      });
    run();
    const before = { ...tf.memory(), data: backend.numDataIds() };
    for (let i = 0; i < 5; i++) run();
    expect({ ...tf.memory(), data: backend.numDataIds() }).toEqual(before);
  });
});
