import type { LayersModel } from "@tensorflow/tfjs";
import { midranks } from "../evaluation/midranks.ts";
import { loadTfjs } from "../models/mod.ts";
import { randomStream } from "../random/mod.ts";
import { gradCam, type GradCamOptions } from "./grad_cam.ts";
import type { HeatMap } from "./heat_map.ts";

/** Result of {@linkcode sanityCheck}. */
export interface SanityCheck {
  /** Rank correlation of each input's heat with that of the shuffled network, averaged. Near 0: the heat shows what was learned. */
  correlation: number;
  /** Number of inputs that both networks have heat for. */
  n: number;
}

/**
 * Does the heat depend on what the network learned (Adebayo et al. 2018)? The weights of every layer are shuffled within
 * themselves, and the heat maps of both networks compared. A correlation near 1 means that the map only traces the input.
 * The model has its weights back afterwards.
 *
 * @param inputs Spectrograms, each `[frames, bands, channels]`.
 */
export async function sanityCheck(
  model: LayersModel,
  inputs: readonly Float32Array[],
  options: GradCamOptions & { seed: number },
): Promise<SanityCheck> {
  const tf = await loadTfjs();
  const trained = await heats(model, inputs, options);
  const weights = model.getWeights().map((weight) => weight.clone());
  const stream = randomStream(options.seed, "sanity-check");
  const shuffled = weights.map((weight) => tf.tensor(stream.shuffle(weight.dataSync()), weight.shape));
  try {
    model.setWeights(shuffled);
    const random = await heats(model, inputs, options);
    const both = trained.map((map, i) => [map, random[i]]).filter((pair) => pair.every(hasHeat));
    const sum = both.reduce((total, [a, b]) => total + rankCorrelation(a.heat, b.heat), 0);
    return { correlation: sum / both.length, n: both.length };
  } finally {
    model.setWeights(weights);
    tf.dispose([...weights, ...shuffled]);
  }
}

async function heats(model: LayersModel, inputs: readonly Float32Array[], options: GradCamOptions): Promise<HeatMap[]> {
  const maps: HeatMap[] = [];
  for (const input of inputs) {
    maps.push(await gradCam(model, input, { classIndex: options.classIndex, layer: options.layer }));
  }
  return maps;
}

function hasHeat({ heat }: HeatMap): boolean {
  return heat.some((value) => value > 0);
}

/** Spearman's rank correlation; equal values share the mean of their ranks. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const x = midranks(Array.from(a)), y = midranks(Array.from(b));
  const mean = (x.length + 1) / 2;
  let cov = 0, varX = 0, varY = 0;
  for (let i = 0; i < x.length; i++) {
    cov += (x[i] - mean) * (y[i] - mean);
    varX += (x[i] - mean) ** 2;
    varY += (y[i] - mean) ** 2;
  }
  return varX > 0 && varY > 0 ? cov / Math.sqrt(varX * varY) : 0;
}
