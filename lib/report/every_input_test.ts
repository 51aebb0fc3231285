// Every built-in input and joins of them, from recordings to report and prediction.
import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { readRecording } from "../audio/mod.ts";
import { generateSynthetic } from "../datasets/mod.ts";
import { resolveExperiment, runExperiment } from "../experiment/mod.ts";
import { BUILT_IN } from "../features/built_in_inputs_fixture.ts";
import { drawnInput, openInput } from "../features/mod.ts";
import { loadBundle, predictSound } from "../predict/mod.ts";
import { loadModel, runExamples } from "../runs/mod.ts";
import { explainSound } from "./live/explain_sound.ts";
import { renderModelCard, renderReport } from "./mod.ts";

const root = await Deno.makeTempDir();
globalThis.addEventListener("unload", () => Deno.removeSync(root, { recursive: true }));
await generateSynthetic(`${root}/data`, { kind: "heart", subjects: 12, recordings: 1, unusable: 0 });

for (const [name, { input, size: [frames, bands, channels], lacks = [] }] of Object.entries(BUILT_IN)) {
  Deno.test(`${name} goes the whole way: store, training, floors, ONNX, bundle, pictures, prediction`, async () => {
    const hasMaps = frames > 1; // one row has nothing to be convolved over
    const experiment = resolveExperiment({
      ...{ name: "test/input", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
      input,
      model: hasMaps ? { kind: "cnn", filters: [4, 4] } : { kind: "head" },
      training: { epochs: 1, batchSize: 8 },
      evaluation: { protocol: { kind: "hold-out", test: 0.4, validation: 0.3 }, resamples: 100 },
    });
    const { run, complete } = await runExperiment(experiment, {
      ...{ data: `${root}/data`, out: `${root}/${name}`, cacheFolder: `${root}/features` },
      ...{ command: "test", engine: "ort", threads: 1, epochLines: false },
    });
    expect(complete).toBe(true);
    const bundle = await run.bundle();
    const { samples } = openInput(bundle.input), drawn = openInput(drawnInput(bundle.input));
    expect([bundle.frames, bundle.bands, bundle.channels]).toEqual([frames, bands, channels]);
    const { parts } = await run.metrics();
    expect(Object.keys(parts.test.pooled.item!.balancedAccuracy.floors)).toEqual(
      expect.arrayContaining(["linear", "nearest", "shortcut"]),
    );

    const pipeline = await InferenceSession.create(await Deno.readFile(run.path("model/pipeline.onnx")), {
      logSeverityLevel: 3,
    });
    expect(pipeline.inputNames).toEqual([lacks.length > 0 ? "features" : "samples"]);
    const sides = lacks.length > 0 ? [frames, bands, channels] : [samples];
    const given = new Float32Array(sides.reduce((a, b) => a * b)).map((_, i) => 0.3 * Math.sin(i * i / 7));
    const { probabilities } = await pipeline.run({
      [pipeline.inputNames[0]]: new Tensor("float32", given, [1, ...sides]),
    });
    expect((probabilities.data as Float32Array).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    await pipeline.release();
    const card = await Deno.readTextFile(await renderModelCard(run.folder));
    for (const lack of lacks) expect(card).toContain(`(${lack})`);
    // The graph begins behind the filter of the preset, whichever input holds it.
    if (lacks.length === 0) expect(card).toContain("sosfiltfilt(butter(4, [25, 400]");

    for (const example of await run.readJson("examples/examples.json", runExamples)) {
      expect((example.bandNames ?? example.bandsHz).length).toBe(drawn.bands);
      expect([example.bands, example.heat]).toEqual([drawn.bands, hasMaps]);
    }
    const report = await Deno.readTextFile(await renderReport(run.folder));
    expect(report).toContain(typeof drawn.axes.bands[0] === "number" ? ">frequency (Hz)<" : ">band<");

    // The page's networks are tfjs's, and all else that it does is what `predict` does.
    const { predictions } = await run.predictions();
    const sound = await readRecording(`${root}/data/${predictions[0].recording}`);
    const predictor = await loadBundle(run.folder);
    const said = await predictSound(predictor, sound.samples, { ...sound, evenPoor: true });
    await tf.setBackend("cpu");
    const model = await loadModel(run.path(`model/${bundle.members[0].model}`));
    const inPage = {
      ...predictor,
      networks: predictor.networks.map((network) => ({
        ...network,
        predict: async (inputs: Float32Array, count: number) =>
          await (model.predict(tf.tensor4d(inputs, [count, frames, bands, channels])) as tf.Tensor)
            .div(bundle.members[0].temperature).data() as Float32Array,
      })),
    };
    const shown = await predictSound(inPage, sound.samples, { ...sound, evenPoor: true });
    shown.probabilities!.forEach((p, c) => expect(Math.abs(p - said.probabilities![c])).toBeLessThan(1e-4));
    const heat = await explainSound(sound, { bundle, model, label: said.label! });
    if (hasMaps) {
      expect(heat!.length % bands).toBe(0);
      expect(Math.max(...heat!)).toBeGreaterThan(0);
    } else expect(heat).toBeNull();
    model.dispose();
    await predictor.dispose();
  });
}
