import { expect } from "expect";
import { buildModel } from "../../models/mod.ts";
import { ortGradients, randomBatch, randomWeights, tfjsGradients, TOLERANCE } from "./testing/compare_with_tfjs.ts";

Deno.test("ort trains a network that is given metadata by the gradients of tfjs", async () => {
  const shape = { frames: 12, bands: 6, channels: 1, classes: 3, seed: 0, metadataWidth: 8 };
  const model = await buildModel({ kind: "cnn", filters: [3, 4], dropout: 0, pooling: "both" }, shape);
  randomWeights(model, 1);
  const batch = randomBatch(model, { count: 4, seed: 2 });
  const loss = { kind: "categorical-cross-entropy" } as const;
  const [ours, theirs] = [await ortGradients(model, loss, batch), await tfjsGradients(model, loss, batch)];
  expect(ours.loss).toBeCloseTo(theirs.loss, 4);
  for (const [name, expected] of theirs.gradients) {
    const scale = Math.max(...expected.map(Math.abs));
    const found = ours.gradients.get(name)!;
    expected.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(TOLERANCE * scale + 1e-6));
  }
});
