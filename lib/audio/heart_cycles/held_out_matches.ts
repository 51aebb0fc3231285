import { subjectFolds } from "../calibration/subjects.ts";
import { type AnnotatedRecording, soundMatches } from "./annotated_recordings.ts";
import { fitCycleModel } from "./fit_cycle_model.ts";
import type { SoundMatches } from "./match_sounds.ts";
import { segmentEnvelopes } from "./segment_envelopes.ts";

const FOLDS = 5;

/** For each recording, the matches of a model that was learned from other children. */
export function heldOutMatches(recordings: AnnotatedRecording[]): Record<"S1" | "S2", SoundMatches>[] {
  const folds = subjectFolds(recordings.map(({ subject }) => subject), { folds: FOLDS, seed: 0 });
  const models = Array.from(
    { length: FOLDS },
    (_, fold) => fitCycleModel(recordings.filter((_, i) => folds[i] !== fold)),
  );
  return recordings.map((recording, i) =>
    soundMatches(recording, segmentEnvelopes(recording.envelopes, models[folds[i]]).segments)
  );
}
