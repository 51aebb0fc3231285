// Which picture of a heart sound tells most whether it is normal: log-Mel, or another?
//
//   deno task ablate experiments/heart/cinc2016_inputs.ts --data data/cinc2016 --shares 0 --seeds 3 --set budget=folds
//   deno task ablate experiments/heart/cinc2016_inputs.ts --data data/cinc2016 --shares 0 --set budget=smoke
//
// The experiment of cinc2016.ts, and in place of its log-Mel spectrogram others by the same windows: the table holds each
// against it, paired by subject and corrected for their number. Network and training were found for log-Mel, so that
// what others lose may be theirs or the settings'.

import { defineExperiment } from "@auscult/auscult";
import { curves } from "@auscult/auscult/features";
import { otherInputs } from "../other_inputs.ts";
import hearts from "./cinc2016.ts";

export default defineExperiment({
  ...hearts,
  name: "heart/cinc2016_inputs",
  title: "Normal and abnormal heart sounds, by several pictures of them",

  ablations: otherInputs(hearts.input, {
    gammatone: { fMin: 25, fMax: 800 },
    winLengths: [32, 256], // 16 ms for clicks, 128 ms for the pitch of a murmur
    more: (of) => ({ "log-Mel with heart states": curves({ of, curves: ["heartStates"], as: "channels" }) }),
  }),
});
