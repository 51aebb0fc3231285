import { soundDescriptor } from "../rejection/sound_descriptor.ts";
import { neighbourhood } from "../rejection/training_neighbours.ts";
import { nearestPreset } from "../features/input_presets.ts";
import type { Predictor } from "./predictor.ts";
import type { SoundPrediction } from "./sound_prediction.ts";

/** What {@linkcode compareSound} tells. */
export interface ComparedSound extends Pick<SoundPrediction, "novelty" | "resembles"> {
  /** Why it should not be answered; empty for a recording of the training recordings' kind. */
  unlike: string[];
}

/** Where a recording stands among the training recordings of a bundle; a bundle that holds none calls nothing novel. */
export function compareSound(
  samples: Float32Array,
  { bundle, sampleRate }: Pick<Predictor, "bundle"> & { sampleRate: number },
): ComparedSound {
  const { neighbours, classes, input } = bundle;
  const descriptor = neighbours ? soundDescriptor(samples, { sampleRate, preset: nearestPreset(input) }) : null;
  if (!neighbours || descriptor === null) return { novelty: null, resembles: [], unlike: [] };
  const { distance, movement, labels } = neighbourhood(descriptor, neighbours);
  const { limit } = neighbours;
  // What another device colours moves as the training recordings do; noise, music or another organ doesn't.
  const what = movement <= limit
    ? "it moves as the training recordings do, but is coloured as none of them: another device or filter, for which the scores " +
      "don't speak"
    : "it sounds unlike every training recording: noise, another organ or another way of recording";
  return {
    novelty: distance,
    resembles: labels.map((label) => classes[label]),
    unlike: distance <= limit ? [] : [
      `${what} (distance ${distance.toFixed(2)} from the nearest, without colour ${movement.toFixed(2)}, limit ${
        limit.toFixed(2)
      })`,
    ],
  };
}
