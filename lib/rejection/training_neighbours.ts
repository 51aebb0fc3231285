import { z } from "zod";
import { InputError } from "../errors/mod.ts";
import { number, schemaOf, type Shaped, text } from "../files/json_shape.ts";
import { heldOut } from "./quality_limits.ts";
import { descriptorLevels } from "./sound_descriptor.ts";

const positive: z.ZodNumber = z.number().positive();

/** The training recordings that a new one is compared with, to tell whether it is of their kind and what it resembles. */
const shape = {
  /** Mean over the training recordings of each entry of their `soundDescriptor`. */
  mean: [number],
  /** Standard deviation of each entry. */
  std: [positive],
  /** `[recordings, entries]` standardised descriptors, bytes of {@linkcode STEP} each, as base64. No name is kept. */
  points: text,
  /** `[recordings]`: index of the class of each. */
  labels: [z.int().nonnegative() as z.ZodNumber],
  /** A greater distance from the nearest one is novel; see `fitNeighbours`. */
  limit: positive,
  /** What the limit does to test recordings, over all folds, each with a limit of its own. */
  heldOut: heldOut.optional() as z.ZodOptional<typeof heldOut>,
};
export type TrainingNeighbours = Shaped<typeof shape>;
export const trainingNeighbours: z.ZodType<TrainingNeighbours> = schemaOf(shape);

/** Entries further from the mean, in standard deviations, count as it: one wild band shall not decide alone. */
const FURTHEST = 6;

/** What one step of a stored byte means, in standard deviations. */
export const STEP = FURTHEST / 127;

/** Recordings that are asked what a new one resembles. */
const ASKED = 5;

/** Where a recording stands among the training recordings. */
export interface Neighbourhood {
  /** Root mean square over the entries of the distance from the nearest, in standard deviations. */
  distance: number;
  /**
   * The same by how the sound moves alone, whatever its colour: another device hardly changes it, since in decibels a filter
   * adds a constant to each band.
   */
  movement: number;
  /** Class indices of the five nearest, the nearest first. */
  labels: number[];
}

/** The distance of a recording from the nearest training recording (Sun et al. 2022, with k = 1), and what is near. */
export function neighbourhood(descriptor: Float64Array, neighbours: TrainingNeighbours): Neighbourhood {
  const size = neighbours.mean.length;
  if (descriptor.length !== size) {
    throw new InputError({
      expected: `a descriptor of ${size} entries`,
      found: `${descriptor.length}`,
      where: "the bundle",
    });
  }
  const own = standardised(descriptor, neighbours);
  const points = pointsOf(neighbours);
  const nearest: { index: number; square: number }[] = [];
  let calmest = Infinity;
  for (let index = 0, at = 0; index < neighbours.labels.length; index++, at += size) {
    let square = 0, moves = 0;
    for (let j = 0; j < size; j++) {
      const difference = (own[j] - points[at + j]) ** 2;
      square += difference;
      if (j >= descriptorLevels) moves += difference;
    }
    calmest = Math.min(calmest, moves);
    if (nearest.length === ASKED && square >= nearest[ASKED - 1].square) continue;
    const rank = nearest.findIndex((other) => square < other.square);
    nearest.splice(rank < 0 ? nearest.length : rank, 0, { index, square });
    if (nearest.length > ASKED) nearest.pop();
  }
  return {
    distance: STEP * Math.sqrt(nearest[0].square / size),
    movement: STEP * Math.sqrt(calmest / Math.max(1, size - descriptorLevels)),
    labels: nearest.map(({ index }) => neighbours.labels[index]),
  };
}

/** In steps of a byte, from -127 to 127. */
export function standardised(
  descriptor: Float64Array,
  { mean, std }: Pick<TrainingNeighbours, "mean" | "std">,
): Float64Array {
  const steps = new Float64Array(descriptor.length);
  for (let j = 0; j < steps.length; j++) {
    steps[j] = Math.max(-127, Math.min(127, Math.round((descriptor[j] - mean[j]) / std[j] / STEP)));
  }
  return steps;
}

const decoded = new WeakMap<TrainingNeighbours, Int8Array>();

function pointsOf(neighbours: TrainingNeighbours): Int8Array {
  const known = decoded.get(neighbours);
  if (known) return known;
  const points = Int8Array.from(atob(neighbours.points), (letter) => letter.charCodeAt(0));
  if (points.length !== neighbours.labels.length * neighbours.mean.length) {
    throw new InputError({
      expected: `${neighbours.labels.length} descriptors of ${neighbours.mean.length} entries`,
      found: `${points.length} bytes`,
      where: "the bundle",
    });
  }
  decoded.set(neighbours, points);
  return points;
}
