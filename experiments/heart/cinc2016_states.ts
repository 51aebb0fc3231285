// Does a heart sound normal, to a network that is told what the heart is doing?
//
//   deno task experiment experiments/heart/cinc2016_states.ts --data data/cinc2016
//   deno task experiment experiments/heart/cinc2016_states.ts --data data/cinc2016 --set budget=databases
//
// The experiment of cinc2016.ts. Beside each log-Mel frame stand, as four more channels, how likely it is first sound,
// systole, second sound or diastole, as the listener of lib/audio hears it. That listener learned from CirCor: other people,
// another hospital, another device.

import { defineExperiment } from "@auscult/auscult";
import { curves, type LogMelInput, logMelInput } from "@auscult/auscult/features";
import hearts from "./cinc2016.ts";

const { kind: _kind, preset, change, ...windows } = hearts.input as typeof hearts.input & LogMelInput;

export default defineExperiment({
  ...hearts,
  name: "heart/cinc2016_states",
  title: "Normal and abnormal heart sounds, with what the heart is doing",
  input: { ...curves({ of: logMelInput({ preset, change }), curves: ["heartStates"], as: "channels" }), ...windows },
});
