import { evaluatePredictions } from "../../evaluation/mod.ts";
import { type Prediction } from "../../scores/mod.ts";
import { type ExperimentDescription, float, int, oneOf, resolveExperiment } from "../../experiment/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { createRun, type NewRunConfig } from "../../runs/mod.ts";
import {
  bestTrial,
  medianPruner,
  type ParamValue,
  settingAssignments,
  sweepProtocol,
  tpeSampler,
  type Trial,
} from "../../sweep/mod.ts";
import type { SweepStudy, SweepTrial } from "./sweep_view.ts";

/** Options of {@linkcode fixtureSweep}. */
export interface FixtureSweepOptions {
  /** @default {40} */
  trials?: number;
  /** What stands in names and messages. @default {""} */
  suffix?: string;
}

const FOLDS = 3, EPOCHS = 8, SEED = 1;
/** The trial that fails. */
const FAILS = 12;
const CLASSES = ["Normal", "Wheeze", "Fine crackle"];

const description: ExperimentDescription = {
  name: "lung/fixture",
  title: "Wheezes and crackles in children's breathing",
  question: "Which adventitious sound is in this breath: a wheeze, a crackle, or none?",
  dataset: { name: "synthetic", task: "adventitious-3" },
  input: { preset: "respirenet", seconds: 2.5, padding: "zero" },
  model: { kind: "cnn", filters: [8, 16], dropout: 0.3 },
  training: { epochs: EPOCHS, batchSize: 32, optimizer: { kind: "adamw", learningRate: 2e-3, weightDecay: 1e-3 } },
  evaluation: { protocol: { kind: "grouped-folds", folds: FOLDS }, scores: ["sprsound-1-2"] },
};

const space = {
  "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }),
  "training.optimizer.weightDecay": float(1e-4, 1e-1, { log: true }),
  "model.dropout": float(0, 0.5),
  "training.batchSize": int(16, 64, { step: 16 }),
  "input.padding": oneOf("zero", "circular"),
};

/** For tests: a study as its storage would hold it, with made-up curves, two workers and trials that were stopped. */
export function fixtureSweep({ trials: wanted = 40, suffix = "" }: FixtureSweepOptions = {}): SweepStudy {
  const trials: SweepTrial[] = [];
  const prune = medianPruner();
  const sampler = tpeSampler();
  const free = [Date.parse("2026-01-02T03:00:00Z"), Date.parse("2026-01-02T03:00:20Z")];
  for (let number = 0; number < wanted; number++) {
    const stream = randomStream(SEED, `trial/${number}`);
    const params = number === 0 ? defaults() : sampler({ space, trials, direction: "maximize", number, stream });
    const trial: Trial = { number, state: "running", value: null, params, intermediate: new Map() };
    for (let step = 1; step <= FOLDS * EPOCHS && trial.state === "running"; step++) {
      const epoch = (step - 1) % EPOCHS + 1;
      trial.value = worth(params) - 0.3 * Math.exp(-(epoch + (step > EPOCHS ? 6 : 0)) / 3) + 0.01 * stream.normal();
      trial.intermediate.set(step, trial.value);
      if (number !== FAILS && prune({ trials, trial, direction: "maximize" })) trial.state = "pruned";
    }
    if (trial.state === "running") trial.state = number === FAILS ? "fail" : "complete";
    const worker = number % 2, startedAt = free[worker];
    free[worker] += 1000 * (20 + 12 * trial.intermediate.size) + 2000;
    trials.push({
      ...trial,
      value: trial.state === "fail" ? null : trial.value,
      worker: `worker-${worker}${suffix}`,
      startedAt: new Date(startedAt).toISOString(),
      finishedAt: new Date(free[worker] - 2000).toISOString(),
      notes: trial.state === "fail" ? { error: `the loss is not a number${suffix}` } : {},
    });
  }
  const { space: _space, budgets: _budgets, references: _references, ablations: _ablations, ...settings } =
    resolveExperiment(description);
  const experiment = JSON.stringify({ ...settings, title: `${settings.title}${suffix}`, seed: SEED });
  return {
    study: { name: `lung-fixture${suffix}`, direction: "maximize", space, experiment },
    trials,
    notes: {
      invocation: JSON.stringify({
        file: "experiments/lung/fixture.ts",
        data: "data/fixture",
        set: [],
        sampler: "tpe",
        pruner: "median",
      }),
    },
  };
}

function defaults(): Record<string, ParamValue> {
  return {
    "training.optimizer.learningRate": 2e-3,
    "training.optimizer.weightDecay": 1e-3,
    "model.dropout": 0.3,
    "training.batchSize": 32,
    "input.padding": "zero",
  };
}

function worth(params: Record<string, ParamValue>): number {
  const rate = Math.log10(Number(params["training.optimizer.learningRate"]));
  const decay = Math.log10(Number(params["training.optimizer.weightDecay"]));
  return 0.78 - 0.25 * (rate + 2.4) ** 2 - 0.01 * (decay + 2) ** 2 -
    0.3 * (Number(params["model.dropout"]) - 0.2) ** 2 +
    (params["input.padding"] === "circular" ? 0.02 : 0);
}

/** For tests: the finished runs of the winner and of the defaults, as the commands on the page would leave them. */
export async function writeFixtureJudgedRuns(results: string, { study, trials }: SweepStudy): Promise<void> {
  const best = bestTrial(trials, study.direction)!;
  await writeRun(results, best.params, 1.45);
  await writeRun(results, {}, 1.2);
}

async function writeRun(results: string, params: Record<string, ParamValue>, skill: number): Promise<void> {
  const { evaluation } = resolveExperiment(description);
  const outer = { ...description, evaluation: { ...evaluation, protocol: sweepProtocol(evaluation.protocol) } };
  const experiment = resolveExperiment(outer, settingAssignments(params));
  const config: NewRunConfig = {
    version: 1,
    ...{ name: experiment.name, title: experiment.title, question: experiment.question, experiment, seeds: [SEED] },
    engine: { name: "ort", description: "onnxruntime-node, 1 thread", reason: "fastest on this CPU", threads: 1 },
    command: "deno task experiment experiments/lung/fixture.ts",
    dataFolder: "data/fixture",
    references: [],
    hash: skill === 1.45 ? "aaaaaaaa" : "bbbbbbbb",
    createdAt: "2026-01-02T09:00:00.000Z",
  };
  const run = await createRun(results, config);
  const predictions = [...makePredictions("validation", 20, skill + 0.2), ...makePredictions("test", 20, skill)];
  await run.save("predictions", { predictions, classes: CLASSES });
  const of = (part: string) =>
    evaluatePredictions(predictions.filter((one) => one.part === part), {
      classes: CLASSES,
      scores: ["sprsound-1-2"],
      seed: 0,
      resamples: 200,
    });
  const parts = { test: of("test"), validation: of("validation") };
  await run.save("metrics", { version: 1, classes: CLASSES, parts, warnings: [] });
  await run.save("status", { version: 1, state: "complete", folds: [], seconds: 60 });
}

function makePredictions(part: string, subjects: number, skill: number): Prediction[] {
  return Array.from({ length: subjects }, (_, s) => s).flatMap((s) => {
    const stream = randomStream(3, `${part}/${s}`);
    return Array.from({ length: 8 }, (_, i) => {
      const label = stream.integer(CLASSES.length);
      const weights = CLASSES.map((_, c) => Math.exp(stream.normal() + (c === label ? skill : 0)));
      const sum = weights.reduce((a, b) => a + b);
      const probabilities = weights.map((weight) => weight / sum);
      return {
        ...{ fold: 0, seed: SEED, part, recording: `${part}-${s}.wav`, subject: `${part} ${s}`, source: "a" },
        ...{ start: i, end: i + 1, label: CLASSES[label], probabilities },
        predicted: CLASSES[probabilities.indexOf(Math.max(...probabilities))],
      };
    });
  });
}
