import { buildModel, type ModelOptions } from "../../models/mod.ts";
import { CROSS_ENTROPY, expectSameGradients, randomBatch, randomWeights } from "./testing/compare_with_tfjs.ts";

// Small, but in multiples of 16 maps, for which blocked kernels exist.
const FAMILIES: Exclude<ModelOptions, string>[] = [
  { kind: "cnn", filters: [16, 32], dropout: 0, pooling: "both" },
  { kind: "cnn6", filters: [16, 32], dropout: 0 },
  { kind: "lightCnn", filters: [16, 32], dropout: 0 },
  { kind: "crnn", filters: [16, 16], units: 3, dropout: 0 },
];

for (const options of FAMILIES) {
  Deno.test(`ortEngine() derives the family ${options.kind} as tfjs does`, async () => {
    const model = await buildModel(options, { frames: 12, bands: 8, channels: 1, classes: 3, seed: 0 });
    randomWeights(model, 2);
    await expectSameGradients(model, CROSS_ENTROPY, randomBatch(model, { count: 4, seed: 2 }));
    model.dispose();
  });
}
