import { InputError } from "../errors/mod.ts";
import { studentQuantile } from "../statistics/mod.ts";
import { neighbourhood, standardised, STEP, type TrainingNeighbours } from "./training_neighbours.ts";

/** How a recording sounds, and of whom it is. */
export interface HeardSound {
  descriptor: Float64Array;
  /** Left out where each recording is of another. */
  subject?: string;
}

/** A training recording: a sound with the index of its class. */
export interface TrainingSound extends HeardSound {
  label: number;
}

/** A bundle stays below 200 kB with this many recordings. */
const MOST = 2000;

/**
 * Keeps training recordings as neighbours, and sets the limit on recordings of subjects that they don't hold: those of
 * the validation part, and each training recording held against all others but its own subject's (as jackknife+, Barber
 * et al. 2021). A validation part alone is often of a few subjects, whose largest distance says little of the next one's.
 *
 * @throws {InputError} where either is empty.
 */
export function fitNeighbours(
  training: readonly TrainingSound[],
  validation: readonly HeardSound[],
): TrainingNeighbours {
  if (training.length === 0 || validation.length === 0) {
    throw new InputError({
      expected: "training and validation recordings",
      found: `${training.length} and ${validation.length}`,
      where: "fitNeighbours()",
    });
  }
  const count = training.length;
  const over = (of: (descriptor: Float64Array) => number) =>
    training.reduce((sum, { descriptor }) => sum + of(descriptor) / count, 0);
  const mean = Array.from(training[0].descriptor, (_, j) => over((descriptor) => descriptor[j]));
  const std = mean.map((middle, j) => Math.max(1e-3, Math.sqrt(over((descriptor) => (descriptor[j] - middle) ** 2))));
  const step = Math.ceil(count / MOST);
  const kept = training.filter((_, i) => i % step === 0);
  const points = Int8Array.from(kept.flatMap(({ descriptor }) => [...standardised(descriptor, { mean, std })]));
  const labels = kept.map(({ label }) => label);
  const open = { mean, std, points: new Uint8Array(points.buffer).toBase64(), labels, limit: Infinity };
  const left = validation.map((sound, i) => ({
    subject: sound.subject ?? `validation ${i}`,
    distance: neighbourhood(sound.descriptor, open).distance,
  }));
  return { ...open, limit: noveltyLimit([...left, ...distancesApart(kept, points)], { least: STEP }) };
}

/** The distance of each sound from the nearest of another subject; none where all are of one. */
function distancesApart(sounds: readonly HeardSound[], points: Int8Array): LeftOut[] {
  const size = sounds[0].descriptor.length;
  const squares = new Float64Array(sounds.length).fill(Infinity);
  for (let i = 0; i < sounds.length; i++) {
    for (let k = 0; k < i; k++) {
      if (sounds[i].subject !== undefined && sounds[i].subject === sounds[k].subject) continue;
      const least = Math.max(squares[i], squares[k]);
      let sum = 0;
      for (let j = 0; j < size && sum < least; j++) sum += (points[i * size + j] - points[k * size + j]) ** 2;
      squares[i] = Math.min(squares[i], sum);
      squares[k] = Math.min(squares[k], sum);
    }
  }
  return sounds.flatMap(({ subject }, i) =>
    squares[i] === Infinity
      ? []
      : [{ subject: subject ?? `training ${i}`, distance: STEP * Math.sqrt(squares[i] / size) }]
  );
}

/** How far a recording lies from the nearest training recording of another subject. */
export interface LeftOut {
  subject: string;
  distance: number;
}

/** Share of new subjects' recordings that shall lie within the limit. */
const WITHIN = 0.95;

/** From as many distances on their own quantile is trusted. */
const MANY = 100;

/** Fewer subjects don't say how much subjects differ. */
const FEWEST_SUBJECTS = 3;

/** Entries of a descriptor are held within 6 standard deviations of the mean: no distance is greater. */
const FURTHEST = 12;

/**
 * The distance that 95 of 100 recordings of new subjects stay below: the quantile of the distances, raised for their number
 * (split conformal, Vovk et al. 2005); where they are few, the upper prediction bound of a log-normal distribution with as
 * many degrees of freedom as subjects, less one (Hahn and Meeker 1991, section 4.3). Of less than three subjects nothing can
 * be told: no recording is beyond.
 *
 * @param least Distances below it are taken as it: a copy has none, and no logarithm.
 */
export function noveltyLimit(leftOut: readonly LeftOut[], { least }: { least: number }): number {
  const distances = leftOut.map(({ distance }) => Math.max(least, distance)).sort((a, b) => a - b);
  const n = distances.length;
  if (n >= MANY) return distances[Math.ceil(WITHIN * (n + 1)) - 1];
  const subjects = new Set(leftOut.map(({ subject }) => subject)).size;
  if (subjects < FEWEST_SUBJECTS) return FURTHEST;
  const logs = distances.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value / n, 0);
  const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2 / (n - 1), 0));
  const reach = studentQuantile(2 * WITHIN - 1, subjects - 1) * Math.sqrt(1 + 1 / subjects);
  return Math.min(FURTHEST, Math.exp(mean + reach * deviation));
}
