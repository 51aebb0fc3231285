import { InputError } from "../errors/mod.ts";
import { noveltyLimit } from "./novelty_limit.ts";
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
  const mean = Array.from(
    training[0].descriptor,
    (_, j) => training.reduce((sum, one) => sum + one.descriptor[j] / count, 0),
  );
  const std = mean.map((middle, j) => {
    const variance = training.reduce((sum, { descriptor }) => sum + (descriptor[j] - middle) ** 2 / count, 0);
    return Math.max(1e-3, Math.sqrt(variance));
  });
  const step = Math.ceil(count / MOST);
  const kept = training.filter((_, i) => i % step === 0);
  const points = Int8Array.from(kept.flatMap(({ descriptor }) => [...standardised(descriptor, { mean, std })]));
  const open: TrainingNeighbours = {
    mean,
    std,
    points: base64(new Uint8Array(points.buffer)),
    labels: kept.map(({ label }) => label),
    limit: Infinity,
  };
  const left = validation.map((sound, i) => ({
    subject: sound.subject ?? `validation ${i}`,
    distance: neighbourhood(sound.descriptor, open).distance,
  }));
  return { ...open, limit: noveltyLimit([...left, ...distancesApart(kept, points)], { least: STEP }) };
}

/** The distance of each sound from the nearest of another subject; none where all are of one. */
function distancesApart(sounds: readonly HeardSound[], points: Int8Array): { subject: string; distance: number }[] {
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

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
