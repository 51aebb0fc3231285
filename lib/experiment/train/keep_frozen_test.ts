import type { LayersModel } from "@tensorflow/tfjs";
import { expect } from "expect";
import { openEngine } from "../../engines/mod.ts";
import { openInput, speechEmbedding } from "../../features/mod.ts";
import { buildModel, fineTuned } from "../../models/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { fit, plainStatistics, sessionOptions, trainingOptions } from "../../training/mod.ts";
import { keepFrozen, standardiseEmbeddings } from "./keep_frozen.ts";

const input = openInput({ ...speechEmbedding({ gives: "frames", step: 32 }), seconds: 1.2, padding: "zero" });
const { frames, bands } = input, size = frames * bands, count = 6;
const stream = randomStream(0, "sounds");
const windows = await Promise.all(
  Array.from(
    { length: count },
    (_, i) =>
      input.compute(
        Float32Array.from({ length: input.samples }, (_, t) =>
          0.1 * Math.sin(t * (0.05 + 0.1 * (i % 2))) + 0.02 * stream.normal()),
      ),
  ),
);
const source = {
  ...{ count, frames, bands, channels: 1, classes: 2 },
  labels: Int32Array.from({ length: count }, (_, i) => i % 2),
  read: (index: number, into: Float32Array, offset: number) => into.set(windows[index].subarray(0, size), offset),
};
const indices = Int32Array.from({ length: count }, (_, i) => i);
const statistics = plainStatistics(source);
const THAWED = "model/conv2d_18/Conv2D";

for (const [name, from] of [["ort", THAWED], ["wasm", undefined]] as const) {
  Deno.test(`${name} learns from kept activations what it learns from windows, ${from ? "thawed" : "frozen"}`, async () => {
    const { engine } = await openEngine(name, { threads: 1 });
    const options = trainingOptions.parse({
      ...{ epochs: 2, batchSize: 3, optimizer: { kind: "adam", learningRate: 1e-3 } },
      ...from ? { layerRates: [{ layers: "^encoder/", rate: 0.1, thaw: 2 }] } : {},
    });
    const trained = async (keep: boolean) => {
      const model = await buildModel(
        fineTuned({ encoder: speechEmbedding({ step: 32 }), from, dropout: 0.3 }),
        { ...source, seed: 1 },
      );
      const used = { engine, threads: 1, source, indices, statistics };
      const kept = keep ? await keepFrozen(model, used) : undefined;
      expect(kept !== undefined).toBe(keep);
      const seen = kept ? { source: kept.source, statistics: plainStatistics(kept.source) } : { source, statistics };
      await standardiseEmbeddings(kept?.model ?? model, { ...used, ...seen });
      const session = await engine.train(kept?.model ?? model, sessionOptions(options, { seed: 1, threads: 1 }));
      const { history } = await fit({
        ...{ session, options, seed: 1, statistics: seen.statistics, monitor: () => 0 },
        ...{ train: { source: seen.source, indices }, validation: { source: seen.source, indices } },
      });
      await session.writeTo(kept?.model ?? model);
      await session.dispose();
      return { losses: history.flatMap((row) => [row.loss, row.validationLoss]), values: weightsOf(model) };
    };
    const [kept, whole] = [await trained(true), await trained(false)];
    kept.losses.forEach((loss, i) => expect(Math.abs(loss - whole.losses[i])).toBeLessThan(1e-5 * Math.max(1, loss)));
    kept.values.forEach((value, i) =>
      expect(Math.abs(value - whole.values[i])).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)))
    );
  });
}

Deno.test("embeddings are standardised by the training windows before the head", async () => {
  const { engine } = await openEngine("ort", { threads: 1 });
  const model = await buildModel(fineTuned({ encoder: speechEmbedding({ step: 32 }) }), { ...source, seed: 1 });
  await standardiseEmbeddings(model, { engine, threads: 1, source, indices, statistics });
  const tf = await import("@tensorflow/tfjs");
  const layer = model.getLayer("standardised");
  const standardised = tf.model({ inputs: model.inputs, outputs: layer.output as never });
  const opened = await engine.infer(standardised, { threads: 1 });
  const all = await opened.run(Float32Array.from(windows.flatMap((window) => [...window.subarray(0, size)])), count);
  await opened.dispose();
  const width = 96, rows = all.length / width;
  for (let column = 0; column < width; column += 7) {
    const values = Array.from({ length: rows }, (_, i) => all[i * width + column]);
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    expect(Math.abs(mean)).toBeLessThan(1e-3);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    expect(variance === 0 || Math.abs(variance - 1) < 1e-2).toBe(true);
  }
});

function weightsOf(model: LayersModel): number[] {
  return model.weights.flatMap((weight) => Array.from(weight.read().dataSync()));
}
