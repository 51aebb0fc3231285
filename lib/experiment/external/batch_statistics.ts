import type { layers, LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { loadTfjs } from "../../models/mod.ts";
import { type ExampleSet, type FeatureStatistics, runWindows } from "../../training/mod.ts";

/** How many windows the statistics of training count as (Schneider et al. 2020, who find 16 to do well everywhere). */
const PSEUDO_COUNT = 16;

/** The layers of a network that normalise by the statistics of a batch. */
export function normalisations({ layers }: LayersModel): layers.Layer[] {
  return layers.filter((layer) => layer.getClassName() === "BatchNormalization");
}

/**
 * Gives each batch normalisation of a network the mean and variance of what it gets from these windows, mixed with those of
 * training: layer after layer, since each changes what the next one gets (Schneider et al. 2020, "Improving robustness
 * against common corruptions by covariate shift adaptation", equation 3). No label is needed.
 */
export async function takeBatchStatistics(
  model: LayersModel,
  options: ExampleSet & { statistics: FeatureStatistics; pseudoCount?: number; signal?: AbortSignal },
): Promise<void> {
  const { source: { frames, bands, channels }, indices, pseudoCount = PSEUDO_COUNT } = options;
  const tf = await loadTfjs();
  for (const layer of normalisations(model)) {
    const before = tf.model({ inputs: model.inputs, outputs: layer.input as SymbolicTensor });
    const weights = layer.getWeights();
    const [mean, variance] = weights.slice(-2);
    const width = mean.size;
    /** `[count, 2 width]`: mean distance of each example from the mean of training, and its square. */
    const distances = (inputs: Float32Array, count: number) => {
      const moments = tf.tidy(() => {
        const given = before.predict(tf.tensor4d(inputs, [count, frames, bands, channels])) as ReturnType<
          typeof tf.sub
        >;
        const away = tf.sub(tf.reshape(given, [count, -1, width]), mean);
        return tf.concat([tf.mean(away, 1), tf.mean(tf.square(away), 1)], 1);
      });
      return moments.data<"float32">().finally(() => moments.dispose());
    };
    const found = await runWindows(distances, options);
    if (found === undefined) throw new DOMException("stopped", "AbortError");
    const average = (at: number) => {
      let sum = 0;
      for (let i = at; i < found.values.length; i += 2 * width) sum += found.values[i];
      return sum / indices.length;
    };
    const share = indices.length / (indices.length + pseudoCount);
    const [oldMean, oldVariance] = [await mean.data(), await variance.data()];
    const next = [new Float32Array(width), new Float32Array(width)];
    for (let c = 0; c < width; c++) {
      const shift = average(c);
      next[0][c] = oldMean[c] + share * shift;
      next[1][c] = (1 - share) * oldVariance[c] + share * Math.max(0, average(width + c) - shift ** 2);
    }
    const moved = next.map((values) => tf.tensor1d(values));
    layer.setWeights([...weights.slice(0, -2), ...moved]);
    tf.dispose(moved);
  }
}
