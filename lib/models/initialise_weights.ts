import * as tf from "@tensorflow/tfjs";
import { type RandomStream, randomStream } from "../random/mod.ts";

/**
 * Draws the first weights of a network in plain TypeScript, so that they are the same bits on every engine:
 * convolutions He et al. 2015 (normal), dense kernels Glorot and Bengio 2010 (uniform), recurrent kernels orthogonal
 * (Saxe et al. 2014), embeddings normal with deviation 0.02; all else keeps the constants of its layer, and so do layers
 * that have learned before.
 */
export function initialiseWeights(model: tf.LayersModel, seed: number, learned = (_layer: string) => false): void {
  const first = model.getWeights();
  const kept = new Set(model.layers.filter(({ name }) => learned(name)).flatMap(({ weights }) => weights));
  let count = 0;
  const drawn = model.weights.map((weight, i) => {
    if (kept.has(weight)) return first[i];
    const stream = randomStream(seed, `weights/${count++}`);
    const values = draw(weight.originalName.split("/").at(-1)!, weight.shape as number[], stream);
    return values === undefined ? first[i] : tf.tensor(values, weight.shape as number[]);
  });
  model.setWeights(drawn);
  drawn.forEach((tensor, i) => tensor !== first[i] && tensor.dispose());
}

function draw(name: string, shape: number[], stream: RandomStream): Float32Array | undefined {
  if (name === "recurrent_kernel") return orthogonal(shape, stream);
  const length = tf.util.sizeFromShape(shape);
  const normal = (deviation: number) => Float32Array.from({ length }, () => deviation * stream.normal());
  if (name === "embeddings") return normal(0.02);
  if (!name.endsWith("kernel")) return undefined;
  if (shape.length === 2) {
    const limit = Math.sqrt(6 / (shape[0] + shape[1]));
    return Float32Array.from({ length }, () => stream.uniform(-limit, limit));
  }
  const field = tf.util.sizeFromShape(shape.slice(0, -2));
  const fanIn = name === "depthwise_kernel" ? field : field * shape.at(-2)!;
  return normal(Math.sqrt(2 / fanIn));
}

/** Square blocks `[units, units]`, one a gate, each with orthonormal rows (Gram-Schmidt on normal deviates). */
function orthogonal([units, columns]: number[], stream: RandomStream): Float32Array {
  const kernel = new Float32Array(units * columns);
  for (let gate = 0; gate < columns / units; gate++) {
    const rows: Float64Array[] = [];
    for (let r = 0; r < units; r++) {
      const row = Float64Array.from({ length: units }, () => stream.normal());
      for (const other of rows) {
        const overlap = dot(row, other);
        other.forEach((value, c) => row[c] -= overlap * value);
      }
      const length = Math.sqrt(dot(row, row));
      rows.push(row.map((value) => value / length));
      kernel.set(rows[r], r * columns + gate * units);
    }
  }
  return kernel;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
