// Which picture of an event of a child's breathing tells most: log-Mel, or another?
//
//   deno task ablate experiments/lung/sprsound_inputs.ts --data data/sprsound --shares 0 --seeds 3
//   deno task ablate experiments/lung/sprsound_inputs.ts --data data/sprsound --shares 0 --set budget=smoke
//
// The experiment of sprsound_events.ts, and in place of its log-Mel spectrogram others by the same windows: the table holds
// each against it, paired by subject and corrected for their number. Network and training were found for log-Mel, so that
// what others lose may be theirs or the settings'. None hears through filters of other stethoscopes, which mean nothing to
// what holds no frequencies.

import { defineExperiment } from "@auscult/auscult";
import { otherInputs } from "../other_inputs.ts";
import events from "./sprsound_events.ts";

export default defineExperiment({
  ...events,
  name: "lung/sprsound_inputs",
  title: "Adventitious sounds in children's breathing, by several pictures of them",

  training: {
    ...events.training,
    augment: [
      { kind: "time-shift" },
      { kind: "spec-augment", bands: 10, frames: 16 },
      { kind: "mixup", probability: 0.5 },
    ],
  },

  ablations: otherInputs(events.input, {
    gammatone: { fMin: 50, fMax: 1900 },
    winLengths: [64, 512], // 16 ms for crackles, 128 ms for wheezes
  }),
});
