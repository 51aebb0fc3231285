import { expect } from "expect";
import { generateSynthetic, loadDataset, type Manifest } from "../../datasets/mod.ts";
import { parseNpy } from "../../files/mod.ts";
import { renderReport } from "../../report/mod.ts";
import { loadBundle } from "../../predict/mod.ts";
import { openInput } from "../../features/mod.ts";
import { checkTargets } from "./by_frame.ts";
import { readFrames } from "./frame_items.ts";
import {
  type ExperimentDescription,
  type FrameTargets,
  resolveExperiment,
  runExperiment,
  type RunExperimentOptions,
} from "../mod.ts";

const MURMURS = ["AS", "MR", "MS", "AR", "MVP"];
const description: ExperimentDescription = {
  name: "test/states",
  title: "A test",
  question: "When is what?",
  dataset: { name: "synthetic", task: "murmur-2" },
  targets: {
    kind: "frames",
    classes: { quiet: [], murmur: MURMURS, S1: ["S1"], S2: ["S2"] },
    outside: "quiet",
    onsets: ["S1", "S2"],
    tolerance: 0.06,
  },
  input: { preset: "pcg", change: { winLength: 100, hopLength: 40 }, seconds: 2 },
  model: { kind: "gru", units: 12, layers: 1, hidden: [12] },
  training: {
    epochs: 8,
    batchSize: 8,
    optimizer: { kind: "adam", learningRate: 0.02 },
    classWeights: "inverse",
  },
  evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
};

/** Runs with made-up hearts and a place for runs, removed afterwards. */
async function inFolder(
  check: (
    run: (more?: Partial<RunExperimentOptions>, sets?: string[]) => ReturnType<typeof runExperiment>,
    data: string,
  ) => Promise<void>,
) {
  const folder = await Deno.makeTempDir(), data = `${folder}/data`;
  await generateSynthetic(data, { kind: "heart", subjects: 10, recordings: 2, unusable: 0 });
  const places = { data, out: `${folder}/results`, cacheFolder: `${folder}/features` };
  try {
    await check((more = {}, sets = []) =>
      runExperiment(resolveExperiment(description, sets), {
        ...{ ...places, command: "test", engine: "ort", threads: 1, epochLines: false },
        ...more,
      }), data);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("an experiment on frames finds the sounds of made-up hearts, far above its floors, and shows them", async () => {
  await inFolder(async (runIt, data) => {
    const { run, complete } = await runIt();
    expect(complete).toBe(true);
    const { classes, parts: { test } } = await run.metrics();
    expect(classes).toEqual(["quiet", "murmur", "S1", "S2"]);
    const { balancedAccuracy, onsetF1, onsetError } = test.pooled.item!;
    expect(balancedAccuracy.floors.majority).toBeCloseTo(1 / 4, 9);
    expect(balancedAccuracy.value).toBeGreaterThan(0.6);
    expect(onsetF1.floors).toEqual({ majority: 0, regular: expect.any(Number) });
    expect(onsetF1.value).toBeGreaterThan(onsetF1.floor! + 0.2);
    expect(onsetError.value).toBeLessThan(30);

    // What a listener of heart cycles goes on from: a row of probabilities a frame, of every recording, by a network that had
    // not heard its subject.
    const { rows } = await loadDataset("synthetic", { folder: data, task: "murmur-2" });
    const frames = await run.frames();
    expect(frames.framesPerSecond).toBe(50);
    expect(frames.rows.map(({ recording }) => recording).sort()).toEqual(rows.map(({ recording }) => recording).sort());
    const [file] = frames.rows[0].posteriors;
    const { shape, data: posteriors } = parseNpy(await run.readBytes(file), file);
    expect(shape).toEqual([251, 4]);
    for (let frame = 0; frame < 251; frame++) {
      const sum = [0, 1, 2, 3].reduce((sum, c) => sum + Number(posteriors[4 * frame + c]), 0);
      expect(sum).toBeCloseTo(1, 5);
    }
    const page = await Deno.readTextFile(await renderReport(run.folder));
    expect(page).toContain("What is heard when");
    expect(page).toContain("F1 of onsets");
    expect(page).not.toContain("Missing from this report");
    expect(page).toContain("The checkpoint was chosen on inner validation");
    // What asks for answers by item is told why there are none.
    await expect(run.predictions()).rejects.toThrow("answer by frame");
    await expect(run.bundle()).rejects.toThrow("answer by frame");
    await expect(loadBundle(run.folder)).rejects.toThrow("answer by frame");
  });
});

Deno.test("readFrames() says of every input when the middles of its frames are", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await generateSynthetic(folder, { kind: "heart", subjects: 1, recordings: 1, unusable: 0 });
    const { rows: [{ recording }] } = await loadDataset("synthetic", { folder, task: "murmur-2" });
    const ast = { preset: "ast", change: { fMax: 1900, sampleRate: 4000, winLength: 100, hopLength: 40 } }; // not centred
    for (
      const [input, first, hop] of [
        [{ kind: "gammatone", hopLength: 128 }, 0.016, 0.032],
        [{ kind: "mfcc", ...ast }, 0.0125, 0.01],
        [{ kind: "z-score", of: { kind: "log-mel", ...ast } }, 0.0125, 0.01],
        [ast, 0.0125, 0.01],
      ] as const
    ) {
      const opened = openInput({ ...input, seconds: 1, padding: "zero" } as never);
      const { times } = await readFrames(opened, folder, { recording, start: 0.5, end: 2.5 });
      expect(times[0]).toBeCloseTo(0.5 + first, 9);
      expect(times[10]).toBeCloseTo(0.5 + first + 10 * hop, 9);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("an experiment on frames repeats itself to the byte, also when it was stopped and resumed", async () => {
  await inFolder(async (runIt) => {
    const short = ["training.epochs=2"];
    const whole = await runIt({}, short);
    const controller = new AbortController();
    let steps = 0;
    const callbacks = [{ onStep: () => void (++steps === 4 && controller.abort()) }];
    const stopped = await runIt({ signal: controller.signal, callbacks }, short);
    expect(stopped.complete).toBe(false);
    const resumed = await runIt({ resume: true }, short);
    expect(resumed.run.folder).toBe(stopped.run.folder);
    expect(await resumed.run.readText("metrics.json")).toBe(await whole.run.readText("metrics.json"));
  });
});

Deno.test("an experiment on frames refuses items that are cut to one label each", () => {
  const experiment = resolveExperiment(description), { targets } = experiment;
  const cycles = { ...targets!, items: "heart-cycles" as const };
  expect(() => checkTargets(experiment, cycles as FrameTargets, { rows: [], events: [] } as unknown as Manifest))
    .toThrow(
      "S1, systole, S2, diastole, murmur",
    );
  const row = { recording: "a.wav", subject: "a", label: "S1", start: 1, end: 1.9 };
  const events = [{ ...row, end: 2 }, { ...row, start: 3, end: 4 }];
  const of = (rows: object[]) => ({ folder: "data", task: "labels", rows, events }) as unknown as Manifest;
  expect(() => checkTargets(experiment, targets as FrameTargets, of([row, events[1]]))).toThrow(
    "cut to one label each",
  );
  expect(() => checkTargets(experiment, targets as FrameTargets, of([{ ...row, start: 0, end: 5 }]))).toThrow(
    "only S1",
  );
});

Deno.test("an experiment on frames says what can't be learned so", async () => {
  await inFolder(async (runIt) => {
    const refused = (set: string) => expect(runIt({}, [set])).rejects;
    await refused('targets.classes.S3=["S3"]').toThrow("only AR, AS");
    await refused("targets.outside=silence").toThrow("one of quiet, murmur, S1, S2");
    await refused('training.augment=["time-shift"]').toThrow("crops begin at random anyway");
    await refused("training.labelSmoothing=0.1").toThrow("labelSmoothing 0");
    await refused("training.linearProbe={}").toThrow("answers for items, not frames");
    await refused("evaluation.monitor=logLoss").toThrow("a score of the answers alone");
    await refused("model=cnn").toThrow("gru and fcn answer by frame");
  });
});
