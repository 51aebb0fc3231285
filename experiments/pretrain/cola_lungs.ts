// What can a network learn of breathing before anybody has labelled it?
//
//   deno task experiment experiments/pretrain/cola_lungs.ts --data data/sprsound
//   deno task ablate experiments/lung/sprsound_events.ts --set initial.run=results/pretrain/cola_lungs --shares 10,25,50
//
// As cola.ts, with the input and the network of lung/sprsound_events, whose networks can begin with these. Crops are events
// of one recording: what makes them a pair is the child, the place on the chest and the stethoscope.

import { defineExperiment } from "@auscult/auscult";
import events from "../lung/sprsound_events.ts";
import cola from "./cola.ts";

const { dataset, input, model, training: { optimizer, schedule } = {} } = events;

export default defineExperiment({
  ...cola,
  name: "pretrain/cola_lungs",
  title: "Breathing heard without its labels",
  ...{ dataset, input, model },
  training: {
    ...cola.training,
    ...{ optimizer, schedule },
    augment: [{ kind: "time-shift" }, { kind: "spec-augment", bands: 10, frames: 32 }],
  },
});
