// Takes two minutes: a network is trained on made-up recordings, and the heat must lie on its sounds.
import { expect } from "expect";
import { generateSynthetic, loadDataset, type Manifest } from "../datasets/mod.ts";
import { type EngineName, openEngine } from "../engines/mod.ts";
import { rocAuc } from "../statistics/mod.ts";
import { featurePreset, type FeatureStore, type InputOptions, openFeatureStore, windowSize } from "../features/mod.ts";
import { buildModel } from "../models/mod.ts";
import { guardFold, planFolds } from "../splits/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import {
  type ExampleSource,
  fit,
  predictLogits,
  sessionOptions,
  standardise,
  type TrainingOptions,
} from "../training/mod.ts";
import { pointingGame, type Region } from "./fixtures/pointing_game.ts";
import { sanityCheck } from "./fixtures/sanity_check.ts";
import { gradCam, occlusion } from "./mod.ts";

const common = {
  batchSize: 32,
  optimizer: { kind: "adamw", learningRate: 2e-3, weightDecay: 1e-3 },
  schedule: "one-cycle",
} as const;

/** How the network of a task comes about: one that doesn't know its sounds has no place to look at. */
interface Learning {
  subjects: number;
  filters: number[];
  training: TrainingOptions;
}

const lungs: Learning = {
  subjects: 40,
  filters: [16, 32, 64],
  training: { ...common, epochs: 12, augment: ["time-shift"] },
};
/** The demo's network, on twice its hearts. */
const hearts: Learning = {
  subjects: 120,
  filters: [16, 32, 64, 128],
  training: { ...common, epochs: 16, augment: ["time-shift", { kind: "spec-augment", bands: 4, frames: 24 }] },
};

const engineName = (Deno.env.get("AUSCULT_ENGINE") ?? "ort") as EngineName;

function windowsOf(store: FeatureStore, manifest: Manifest): ExampleSource & { of(rows: Int32Array): Int32Array } {
  const labels = Int32Array.from(store.windows, ({ item }) => manifest.classes.indexOf(manifest.rows[item].label));
  return {
    ...{ count: store.count, frames: store.frames, bands: store.bands, channels: store.channels },
    ...{ classes: manifest.classes.length, labels },
    read: (window, into, offset) => store.read(window, into, offset),
    of: (rows) => Int32Array.from(store.windows.keys()).filter((window) => rows.includes(store.windows[window].item)),
  };
}

/** Trains on a task of the synthetic set and plays the pointing game on the test windows of its second class. */
async function play(
  task: string,
  input: InputOptions,
  { subjects, filters, training, ...options }: Learning & {
    kind: "heart" | "lung";
    sounds: (label: string) => boolean;
  },
) {
  const folder = await Deno.makeTempDir();
  await generateSynthetic(folder, { kind: options.kind, subjects, unusable: 0 });
  const manifest = await loadDataset("synthetic", { folder, task });
  const items = manifest.rows.map(({ recording, start, end }) => ({ path: `${folder}/${recording}`, start, end }));
  const store = await openFeatureStore(items, input, { cacheFolder: "", cache: false });
  const source = windowsOf(store, manifest);
  const fold = guardFold(planFolds(manifest.rows, { kind: "hold-out", test: 0.3 }, { seed: 0 })[0]);
  const validation = source.of(fold.rows("validation"));
  const model = await buildModel({ kind: "cnn", filters, dropout: 0.3 }, {
    ...source,
    channels: 1,
    seed: 0,
  });
  const { engine } = await openEngine(engineName, { threads: 1 });
  const session = await engine.train(model, sessionOptions(training, { seed: 0 }));
  const result = await fit({
    ...{ session, options: training, seed: 0 },
    train: { source, indices: source.of(fold.rows("train")) },
    validation: { source, indices: validation },
    monitor: (probabilities, labels) => rocAuc(labels, probabilities.filter((_, k) => k % 2 === 1)),
  });
  if (result.status === "stopped") throw new Error("stopped");
  const { statistics } = result;
  await session.writeTo(model);
  fold.judge();
  const test = source.of(fold.rows("test"));
  const logits = await predictLogits(session, { source, indices: test, statistics });
  const found = test.filter((window, i) => source.labels[window] === 1 && logits[2 * i + 1] > logits[2 * i]);
  const { sampleRate, hopLength } = featurePreset(input)!;
  const inputs: Float32Array[] = [], regions: Region[][] = [];
  for (const window of found) {
    const values = new Float32Array(windowSize(store));
    source.read(window, values, 0);
    standardise(values, statistics);
    inputs.push(values);
    const { item, start, end } = store.windows[window];
    const frame = (seconds: number) => Math.round((seconds - start) * sampleRate / hopLength);
    regions.push(
      manifest.events.filter((event) =>
        event.recording === manifest.rows[item].recording && options.sounds(event.label) && event.end > start &&
        event.start < end
      ).map((event) => ({ frames: [frame(event.start), frame(event.end)] })),
    );
  }
  const cams = [], occlusions = [];
  for (const [i, input] of inputs.entries()) {
    cams.push({ map: await gradCam(model, input, { classIndex: 1 }), regions: regions[i] });
    if (i >= 40) continue;
    const map = await occlusion((batch, count) => session.predict(batch, count), input, { ...source, classIndex: 1 });
    occlusions.push({ map, regions: regions[i] });
  }
  const sanity = await sanityCheck(model, inputs.slice(0, 20), { classIndex: 1, seed: 0 });
  const area = rocAuc(
    test.map((window) => source.labels[window]),
    logits.filter((_, k) => k % 2).map((z, i) => z - logits[2 * i]),
  );
  await session.dispose();
  store.close();
  await Deno.remove(folder, { recursive: true });
  // A cell of the maps is four frames: the hottest point may lie half a cell outside.
  return {
    area,
    cam: pointingGame(cams, { tolerance: 2 }),
    occlusion: pointingGame(occlusions, { tolerance: 2 }),
    sanity,
  };
}

const tasks = [
  ["crackles and continuous sounds of lungs", "abnormal-2", { preset: "respirenet", seconds: 2.56, padding: "zero" }, {
    ...lungs,
    kind: "lung",
    sounds: () => true,
  }],
  ["murmurs of hearts", "murmur-2", { preset: "pcg", seconds: 2.5, padding: "zero" }, {
    ...hearts,
    kind: "heart",
    sounds: (label: string) => !["S1", "S2"].includes(label),
  }],
] as const;

for (const [name, task, input, options] of tasks) {
  peerCheck(`the heat of a trained network lies on the ${name} of the synthetic set`, {}, async () => {
    const { area, cam, occlusion, sanity } = await play(task, { ...input }, options);
    console.log(JSON.stringify({ name, area, cam, occlusion, sanity }));
    expect(cam.hits).toBeGreaterThanOrEqual(0.7);
    expect(Math.abs(sanity.correlation)).toBeLessThan(0.5);
  });
}
