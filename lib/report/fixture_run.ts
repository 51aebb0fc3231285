import { evaluatePredictions, groupScores } from "../evaluation/mod.ts";
import { fitNeighbours } from "../rejection/mod.ts";
import { type Metrics, type Prediction } from "../scores/mod.ts";
import { inputShape } from "../features/mod.ts";
import { formatCsv } from "../files/mod.ts";
import { randomStream } from "../random/mod.ts";
import { type Bundle, createRun, type NewRunConfig, type RecordingGroups, type Run } from "../runs/mod.ts";
import { writeFixtureExamples } from "./fixture_examples.ts";

/** Options of {@linkcode writeFixtureRun}. */
export interface FixtureOptions {
  /** @default {["Normal", "Wheeze", "Fine crackle"]} */
  classes?: string[];
  /** Name of the experiment. @default {"lung/fixture"} */
  name?: string;
  subjects?: number;
  /** Error cards. @default {6} */
  examples?: number;
  /** Length of a clip, s. @default {3} */
  seconds?: number;
  /** What stands in the names of subjects, recordings, sources and labels of events. @default {""} */
  suffix?: string;
  seed?: number;
}

const FOLDS = 3;

/** For tests: a whole run folder with made-up predictions, as an experiment would write it. */
export async function writeFixtureRun(results: string, options: FixtureOptions = {}): Promise<Run> {
  const { classes = ["Normal", "Wheeze", "Fine crackle"], name = "lung/fixture", seed = 1 } = options;
  const run = await createRun(results, fixtureConfig(name, classes, seed));
  const predictions = makePredictions(classes, options);
  await run.save("predictions", { predictions, classes });
  await run.save("metrics", makeMetrics(predictions, classes));
  await run.write("history.csv", makeHistory(seed));
  const subjects = [...new Set(predictions.map((row) => row.subject))];
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    fold,
    seed,
    train: subjects.filter((_, s) => s % FOLDS !== fold && s % 5 !== 0),
    validation: subjects.filter((_, s) => s % FOLDS !== fold && s % 5 === 0),
    test: subjects.filter((_, s) => s % FOLDS === fold),
    shared: [],
  }));
  await run.save("bundle", fixtureBundle(predictions, classes));
  for (const file of ["groups.csv", "model/pipeline.onnx"]) await run.write(file, ""); // a reader is sent to them
  await run.save("splits", { version: 1, folds });
  await writeDescriptions(run, predictions, classes);
  await writeFixtureExamples(run, predictions, options);
  return run;
}

function fixtureConfig(name: string, classes: string[], seed: number): NewRunConfig {
  return {
    version: 1,
    name,
    title: "Wheezes and crackles in children's breathing",
    question: "Which adventitious sound is in this breath: a wheeze, a crackle, or none?",
    experiment: {
      name,
      dataset: { name: "fixture", task: `events-${classes.length}` },
      input: { preset: "respirenet", seconds: 2.56, padding: "zero" },
      model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.3 },
      training: { epochs: 20, batchSize: 32, optimizer: { kind: "adamw", learningRate: 2e-3 } },
      evaluation: {
        protocol: { kind: "grouped-folds", folds: FOLDS },
        scores: ["sprsound-1-2"],
        monitor: "balancedAccuracy",
      },
    },
    seeds: [seed],
    engine: {
      name: "ort",
      description: "onnxruntime-node 1.30.0, 1 thread",
      reason: "fastest on this CPU",
      threads: 1,
    },
    command: `deno task experiment experiments/${name}.ts --data data/fixture --seed ${seed}`,
    dataFolder: "data/fixture",
    references: [
      {
        kind: "baseline",
        score: "sprsound-1-2",
        value: 0.778,
        spread: 0.006,
        what: "plain CNN, 98 k parameters, inter test",
        source: `deno task experiment experiments/${name}.ts --data data/fixture`,
      },
    ],
    hash: "0a1b2c3d",
    createdAt: "2026-01-02T03:04:05.678Z",
  };
}

function makePredictions(classes: string[], options: FixtureOptions): Prediction[] {
  const { subjects = 45, seed = 1, suffix = "" } = options;
  const stream = randomStream(seed, "fixture");
  return Array.from({ length: subjects }, (_, s) => s).flatMap((s) => {
    const own = stream.fork(`${s}`);
    const hard = own.uniform() < 0.3 ? 0.4 : 1.6;
    return Array.from({ length: 6 + own.integer(14) }, (_, i) => {
      const label = own.uniform() < 0.55 ? 0 : 1 + own.integer(classes.length - 1);
      const weights = classes.map((_, c) => Math.exp(own.normal() + (c === label ? hard + 0.7 : 0)));
      const sum = weights.reduce((a, b) => a + b);
      const probabilities = weights.map((weight) => weight / sum);
      const start = Number((own.uniform() * 10).toFixed(2));
      return {
        fold: s % FOLDS,
        seed,
        part: "test",
        recording: `wav/${4000 + s}_${i >> 2}${suffix}.wav`,
        subject: `${4000 + s}${suffix}`,
        source: `site ${"abc"[s % 3]}${suffix}`,
        start,
        end: start + 1 + own.uniform() * 2,
        label: classes[label],
        predicted: classes[probabilities.indexOf(Math.max(...probabilities))],
        probabilities,
      };
    });
  });
}

/** A bundle whose networks are named but not there: a report needs none. */
function fixtureBundle(predictions: Prediction[], classes: string[]): Bundle {
  const stream = randomStream(0, "neighbours");
  const descriptor = () => Float64Array.from({ length: 4 }, () => stream.normal());
  const known = Array.from({ length: 40 }, (_, i) => ({ descriptor: descriptor(), label: i % classes.length }));
  const recordings = new Set(predictions.map(({ recording }) => recording)).size;
  const heldOut = { recordings, accepted: Math.round(0.95 * recordings) };
  const input = { preset: "respirenet", seconds: 2.56, padding: "zero" } as const;
  const { frames, bands: nBands, channels } = inputShape(input);
  const bands = (value: number) => new Array<number>(nBands).fill(value);
  return {
    ...{ version: 1, name: "lung/fixture", title: "A fixture", dataset: "fixture", task: "events", classes },
    input,
    ...{ frames, bands: nBands, channels, decision: {}, trainedOn: {} },
    members: [{
      ...{ fold: 0, seed: 0, temperature: 1, model: "model.json", onnx: "model.onnx" },
      mean: bands(0),
      std: bands(1),
    }],
    neighbours: { ...fitNeighbours(known, known.map(() => ({ descriptor: descriptor() }))), heldOut },
    quality: { sound: "lung", poor: 0.5, unusable: 0.9, heldOut: { recordings, accepted: recordings - 1 } },
  };
}

/** Groups of the fixture: the second site is heard by another device. */
function fixtureGroups(predictions: Prediction[]): RecordingGroups {
  const number = (name: string) => Number(name.match(/\d+/)![0]);
  const of = (group: (n: number) => string) =>
    new Map(predictions.map(({ recording }) => [recording, group(number(recording))]));
  return {
    age: of((n) => ["below 1 year", "1 to 2 years", "3 to 5 years", "6 to 11 years"][n % 4]),
    sex: of((n) => n % 2 ? "female" : "male"),
    device: of((n) => n % 3 === 1 ? "Littmann" : "Yunting"),
  };
}

function makeMetrics(predictions: Prediction[], classes: string[]): Metrics {
  const options = { classes, scores: ["sprsound-1-2"], seed: 0, resamples: 100 };
  const test = evaluatePredictions(predictions, options);
  test.groups = groupScores(predictions, { classes, scores: options.scores, groups: fixtureGroups(predictions) });
  return {
    version: 1,
    classes,
    parts: { test },
    warnings: ["The name of the site alone reaches 0.61 balanced accuracy: part of every score may be the site."],
  };
}

function makeHistory(seed: number): string {
  const stream = randomStream(seed, "history");
  const rows = Array.from({ length: FOLDS * 20 }, (_, i) => {
    const fold = Math.floor(i / 20), epoch = i % 20 + 1;
    return {
      fold,
      seed,
      epoch,
      loss: 0.25 + 1.1 * Math.exp(-epoch / 7) + 0.03 * stream.normal(),
      validationLoss: 0.55 + 0.7 * Math.exp(-epoch / 5) + 0.04 * stream.normal(),
      validationScore: 0.75 - 0.4 * Math.exp(-epoch / 4) + 0.02 * stream.normal(),
      learningRate: 0.002,
      seconds: 4.2,
      samplesPerSecond: 190,
    };
  });
  return formatCsv(rows);
}

async function writeDescriptions(run: Run, predictions: Prediction[], classes: string[]): Promise<void> {
  const amount = (rows: Prediction[]) => ({
    subjects: new Set(rows.map((row) => row.subject)).size,
    recordings: new Set(rows.map((row) => row.recording)).size,
    items: rows.length,
    seconds: rows.reduce((sum, row) => sum + row.end - row.start, 0),
  });
  const byClass = (rows: Prediction[]) =>
    Object.fromEntries(classes.map((label) => [label, rows.filter((row) => row.label === label).length]));
  const part = (name: string, rows: Prediction[]) => ({ part: name, ...amount(rows), byClass: byClass(rows) });
  await run.save("data", {
    version: 1,
    dataset: "fixture",
    task: `events-${classes.length}`,
    title: "A fixture of children's breathing",
    licence: "CC BY 4.0",
    citation: "Nobody et al. 2026, doi:10.0000/fixture",
    classes,
    total: amount(predictions),
    byClass: classes.map((label) => ({ label, ...amount(predictions.filter((row) => row.label === label)) })),
    bySource: [...new Set(predictions.map((row) => row.source))].map((source) => {
      const rows = predictions.filter((row) => row.source === source);
      return { source, ...amount(rows), byClass: byClass(rows) };
    }),
    byPart: [
      part("train", predictions.filter((row) => row.fold === 1)),
      part("validation", predictions.filter((row) => row.fold === 2)),
      part("test", predictions.filter((row) => row.fold === 0)),
    ],
    passedOver: [{ path: "wav/4100_0.wav", reason: "Expected an audio file but found an empty file." }],
    leakCheck: ["No subject is on two sides of any fold.", "No recording is the same as another, bit by bit."],
  });
  await run.save("environment", {
    version: 1,
    auscult: "0.1.0",
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    packages: { "@tensorflow/tfjs": "4.22.0", "onnxruntime-node": "1.30.0" },
    gitCommit: "5bdaa88f00ba4f00ba4f00ba4f00ba4f00ba4f00",
    lockHash: "0123456789abcdef",
    machine: { os: "linux", arch: "x64", cpu: "A CPU at 3 GHz", cores: 2, memoryGiB: 16 },
    dataset: { name: "fixture", fingerprint: "f".repeat(64), recordings: 120 },
  });
  await run.save("status", {
    version: 1,
    state: "complete",
    folds: Array.from({ length: FOLDS }, (_, fold) => ({ fold, seed: predictions[0].seed, done: true })),
    seconds: 321.5,
  });
}
