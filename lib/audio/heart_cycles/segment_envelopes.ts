import { cycleDurations } from "./cycle_durations.ts";
import { cycleLengths } from "./cycle_lengths.ts";
import { type CycleModel, logEmissions } from "./cycle_model.ts";
import { durationViterbi, type StatePath } from "./duration_viterbi.ts";

/** So many lengths of the heart cycle are tried; the one whose path is most likely wins. */
const HYPOTHESES = 5;

/** The most likely path of the heart's states through the envelopes of a recording. */
export function segmentEnvelopes(envelopes: Float64Array[], model: CycleModel): StatePath {
  const emissions = logEmissions(envelopes, model);
  const paths = cycleLengths(envelopes[0], { most: HYPOTHESES })
    .map((cycle) => durationViterbi(emissions, cycleDurations(cycle, model)));
  return paths.reduce((best, path) => path.score > best.score ? path : best);
}
