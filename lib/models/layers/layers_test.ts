import type { Tensor } from "@tensorflow/tfjs";
import { expect } from "expect";
import { loadTfjs } from "../mod.ts";
import { multiHeadAttention, positionEmbedding } from "./mod.ts";

const tf = await loadTfjs();

/** Values in [-1, 1] that depend on nothing but their place. */
function matrix(rows: number, columns: number, phase: number): number[][] {
  return Array.from(
    { length: rows },
    (_, r) => Array.from({ length: columns }, (_, c) => Math.sin(r * 7 + c * 3 + phase)),
  );
}

function product(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0].map((_, c) => row.reduce((sum, value, k) => sum + value * b[k][c], 0)));
}

function plus(rows: number[][], bias: number[]): number[][] {
  return rows.map((row) => row.map((value, c) => value + bias[c]));
}

Deno.test("multiHeadAttention() is section 3.2 of Vaswani et al. 2017, head by head", () => {
  const [steps, channels, heads] = [3, 4, 2];
  const size = channels / heads;
  const kernels = [0, 1, 2, 3].map((i) => matrix(channels, channels, i));
  const biases = [0, 1, 2, 3].map((i) => matrix(1, channels, 10 + i)[0]);
  const x = matrix(steps, channels, 20);

  const [q, k, v] = [0, 1, 2].map((i) => plus(product(x, kernels[i]), biases[i]));
  const joined = x.map(() => [] as number[]);
  for (let head = 0; head < heads; head++) {
    const of = (rows: number[][]) => rows.map((row) => row.slice(head * size, (head + 1) * size));
    of(q).forEach((query, step) => {
      const scores = of(k).map((key) => query.reduce((sum, value, c) => sum + value * key[c], 0) / Math.sqrt(size));
      const powers = scores.map(Math.exp);
      const total = powers.reduce((a, b) => a + b);
      joined[step].push(...product([powers.map((power) => power / total)], of(v))[0]);
    });
  }
  const expected = plus(product(joined, kernels[3]), biases[3]).flat();

  const layer = multiHeadAttention({ heads });
  const found = tf.tidy(() => {
    const input = tf.tensor3d([x]);
    layer.apply(input);
    layer.setWeights([0, 1, 2, 3].flatMap((i) => [tf.tensor2d(kernels[i]), tf.tensor1d(biases[i])]));
    return [...(layer.apply(input) as Tensor).dataSync()];
  });
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
});

Deno.test("multiHeadAttention() refuses heads that don't divide the channels", () => {
  expect(() => multiHeadAttention({ heads: 3 }).apply(tf.input({ shape: [5, 4] }))).toThrow(/divide 4 but found 3/);
});

Deno.test("positionEmbedding() adds its own vector to each step of every example", () => {
  const layer = positionEmbedding();
  const found = tf.tidy(() => {
    layer.apply(tf.zeros([2, 3, 2]));
    layer.setWeights([tf.tensor2d([[1, 2], [3, 4], [5, 6]])]);
    return [...(layer.apply(tf.ones([2, 3, 2])) as Tensor).dataSync()];
  });
  expect(found).toEqual([2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6, 7]);
});
