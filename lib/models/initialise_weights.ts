import * as tf from "@tensorflow/tfjs";
import { type RandomStream, randomStream } from "../random/mod.ts";

/**
 * Draws the first weights of a network in plain TypeScript, so that they are the same bits on every engine:
 * convolutions He et al. 2015 (normal), dense kernels Glorot and Bengio 2010 (uniform), recurrent kernels orthogonal
 * (Saxe et al. 2014), embeddings normal with deviation 0.02; all else keeps the constants of its layer, and so do layers
 * that have learned before.
 */
export function initialiseWeights(
  model: tf.LayersModel,
  seed: number,
  learned: (layer: string) => boolean = () => false,
): void {
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
  if (name === "embeddings") return normal(shape, 0.02, stream);
  if (!name.endsWith("kernel")) return undefined;
  if (shape.length === 2) return uniform(shape, Math.sqrt(6 / (shape[0] + shape[1])), stream);
  const field = shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
  const fanIn = name === "depthwise_kernel" ? field : field * shape.at(-2)!;
  return normal(shape, Math.sqrt(2 / fanIn), stream);
}

function size(shape: number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function normal(shape: number[], deviation: number, stream: RandomStream): Float32Array {
  return Float32Array.from({ length: size(shape) }, () => deviation * stream.normal());
}

function uniform(shape: number[], limit: number, stream: RandomStream): Float32Array {
  return Float32Array.from({ length: size(shape) }, () => stream.uniform(-limit, limit));
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
        for (let c = 0; c < units; c++) row[c] -= overlap * other[c];
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
