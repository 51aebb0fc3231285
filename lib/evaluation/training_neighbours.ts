import { z } from "zod";
import { InputError } from "../errors/mod.ts";

/** The training recordings that a new one is compared with, to tell whether it is of their kind and what it resembles. */
export const trainingNeighbours = z.strictObject({
  /** Mean over the training recordings of each entry of their `soundTexture`. */
  mean: z.array(z.number()),
  /** Standard deviation of each entry. */
  std: z.array(z.number().positive()),
  /** `[recordings, entries]` standardised textures, bytes of {@linkcode STEP} each, as base64. No name is kept. */
  points: z.string(),
  /** `[recordings]`: index of the class of each. */
  labels: z.array(z.int().nonnegative()),
  /** A greater distance from the nearest one is called foreign: 95 of 100 validation recordings lie within. */
  limit: z.number().positive(),
  /** What the limit does to test recordings, over all folds, each with a limit of its own. */
  heldOut: z.strictObject({ recordings: z.int(), accepted: z.int() }).optional(),
});

/** Fitted neighbours. */
export type TrainingNeighbours = z.infer<typeof trainingNeighbours>;

/** A training recording: how it sounds, and the index of its class. */
export interface KnownSound {
  texture: Float64Array;
  label: number;
}

/** Share of the validation recordings within the limit. */
const WITHIN = 0.95;

/** Entries further from the mean, in standard deviations, count as it: one wild band shall not decide alone. */
const FURTHEST = 6;

/** What one step of a stored byte means, in standard deviations. */
const STEP = FURTHEST / 127;

/** A bundle stays below 200 kB with this many recordings. */
const MOST = 2000;

/** Recordings that are asked what a new one resembles. */
const ASKED = 5;

/** Where a recording stands among the training recordings. */
export interface Neighbourhood {
  /** Root mean square over the entries of the distance from the nearest, in standard deviations. */
  distance: number;
  /** Class indices of the five nearest, the nearest first. */
  labels: number[];
}

/** The distance of a recording from the nearest training recording (Sun et al. 2022, with k = 1), and what is near. */
export function neighbourhood(texture: Float64Array, neighbours: TrainingNeighbours): Neighbourhood {
  const size = neighbours.mean.length;
  if (texture.length !== size) {
    throw new InputError({ expected: `a texture of ${size} entries`, found: `${texture.length}`, where: "the bundle" });
  }
  const own = standardised(texture, neighbours);
  const points = pointsOf(neighbours);
  const squares = Float64Array.from(neighbours.labels, (_, i) => {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += (own[j] - points[i * size + j]) ** 2;
    return sum;
  });
  const nearest = [...squares.keys()].sort((a, b) => squares[a] - squares[b]).slice(0, ASKED);
  return {
    distance: STEP * Math.sqrt(squares[nearest[0]] / size),
    labels: nearest.map((i) => neighbours.labels[i]),
  };
}

/**
 * Keeps training recordings as neighbours and sets the limit on validation recordings, whose subjects the training part
 * does not hold.
 *
 * @throws {InputError} where either is empty.
 */
export function fitNeighbours(
  training: readonly KnownSound[],
  validation: readonly Float64Array[],
): TrainingNeighbours {
  if (training.length === 0 || validation.length === 0) {
    throw new InputError({
      expected: "training and validation recordings",
      found: `${training.length} and ${validation.length}`,
      where: "fitNeighbours()",
    });
  }
  const count = training.length;
  const mean = Array.from(
    training[0].texture,
    (_, j) => training.reduce((sum, one) => sum + one.texture[j] / count, 0),
  );
  const std = mean.map((middle, j) => {
    const variance = training.reduce((sum, { texture }) => sum + (texture[j] - middle) ** 2 / count, 0);
    return Math.max(1e-3, Math.sqrt(variance));
  });
  const step = Math.ceil(count / MOST);
  const kept = training.filter((_, i) => i % step === 0);
  const points = Int8Array.from(kept.flatMap(({ texture }) => [...standardised(texture, { mean, std })]));
  const open: TrainingNeighbours = {
    mean,
    std,
    points: base64(new Uint8Array(points.buffer)),
    labels: kept.map(({ label }) => label),
    limit: Infinity,
  };
  const distances = validation.map((texture) => neighbourhood(texture, open).distance).sort((a, b) => a - b);
  return { ...open, limit: Math.max(1e-9, distances[Math.ceil(WITHIN * distances.length) - 1]) };
}

/** In steps of a byte, from -127 to 127. */
function standardised(texture: Float64Array, { mean, std }: Pick<TrainingNeighbours, "mean" | "std">): Float64Array {
  return texture.map((value, j) => {
    const steps = Math.round((value - mean[j]) / std[j] / STEP);
    return Math.max(-127, Math.min(127, steps));
  });
}

const decoded = new WeakMap<TrainingNeighbours, Int8Array>();

function pointsOf(neighbours: TrainingNeighbours): Int8Array {
  const known = decoded.get(neighbours);
  if (known) return known;
  const points = Int8Array.from(atob(neighbours.points), (letter) => letter.charCodeAt(0));
  if (points.length !== neighbours.labels.length * neighbours.mean.length) {
    throw new InputError({
      expected: `${neighbours.labels.length} textures of ${neighbours.mean.length} entries`,
      found: `${points.length} bytes`,
      where: "the bundle",
    });
  }
  decoded.set(neighbours, points);
  return points;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
