import { DataError, UsageError } from "../../errors/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { createRun, type Run } from "../../runs/mod.ts";
import { foldsToJson, rowKey } from "../../splits/mod.ts";
import { asRan, experimentSchema, runName } from "../describe/experiment_schema.ts";
import { logMean, meanPredictions, type SaidOfFold } from "../judge/join_folds.ts";
import { judgeRun } from "../judge/judge_run.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { openWindows } from "../prepare/labelled_windows.ts";
import { prepareData } from "../prepare/prepare_data.ts";
import { describeEnvironment } from "../train/describe_environment.ts";

/** How runs are joined. */
export interface JoinRunsOptions extends CacheOptions {
  /** The folder of the dataset that all of them were made on. */
  data: string;
  /** What the joined run is called: `"heart/circor_murmur_joined"`. */
  name: string;
  out?: string;
  command: string;
}

/**
 * Joins what several runs say of each item that none of their networks had learned: the mean of their log probabilities, as an
 * ensemble of them all would say. Nothing is trained; rules and thresholds are fitted anew on the joined validation parts, and the
 * result is judged as the first run was, with its floors.
 *
 * @throws {DataError} where the runs differ in classes or in who stands on which side.
 * @throws {UsageError} where one is named twice.
 */
export async function joinRuns(runs: readonly Run[], options: JoinRunsOptions): Promise<Run> {
  const [first] = runs, name = runName(options.name);
  const { experiment: described, seeds, references } = await first.config();
  const experiment = asRan(first, experimentSchema, described);
  const twice = runs.find(({ folder }, i) => runs.findIndex((other) => other.folder === folder) < i);
  if (twice !== undefined) {
    const remedy = "name each run once";
    throw new UsageError({ expected: "runs that differ", found: "the same run twice", where: twice.folder, remedy });
  }
  await refuseOtherFolds(runs);
  const said = await Promise.all(runs.map((run) => run.predictions()));
  const titles = await Promise.all(runs.map(async (run) => (await run.config()).title));
  const prepared = await prepareData(experiment, { ...options, seed: seeds[0] });
  const { manifest, folds } = prepared;
  const sha256 = hashBytes(JSON.stringify(said));
  const run = await createRun(options.out ?? "results", {
    ...{ version: 1, name, title: `Joined: ${titles.join(" + ")}`, question: "What do these runs reach together?" },
    experiment: { ...described, name, targets: undefined, model: { kind: "mean of logits" } },
    engine: {
      name: "joined",
      description: `the networks of ${runs.length} earlier runs`,
      reason: "joined",
      threads: 1,
    },
    joined: runs.map(({ folder }) => folder),
    ...{ seeds, references, command: options.command, dataFolder: options.data },
    ...{ hash: sha256.slice(0, 8), createdAt: new Date().toISOString() },
  });
  await run.save("environment", await describeEnvironment(manifest));
  await run.save("data", await first.data());
  await run.save("splits", { version: 1, folds: foldsToJson(manifest.rows, folds) });
  using windows = await openWindows(manifest, experiment.input, options); // what the floors hear
  const joined = saidTogether(said.map(({ predictions }) => predictions));
  await judgeRun(run, joined, { ...options, ...prepared, experiment, windows, seed: seeds[0] });
  await run.save("status", { version: 1, state: "complete", folds: [], seconds: 0 });
  return run;
}

/** What is chosen by one and judged by another would be neither. */
async function refuseOtherFolds(runs: readonly Run[]): Promise<void> {
  const sides = async (run: Run) => {
    const { classes } = await run.predictions(), { folds } = await run.splits();
    return JSON.stringify([classes, folds.map(({ seed, train, validation, test }) => [seed, train, validation, test])]);
  };
  const [first, ...others] = await Promise.all(runs.map(sides));
  const other = others.findIndex((one) => one !== first);
  if (other < 0) return;
  const expected = `the classes, seeds and folds of ${runs[0].folder}`;
  const remedy = "run both experiments with the same task, protocol, seed and data";
  throw new DataError({ expected, found: "others", where: runs[other + 1].folder, remedy });
}

/** The mean of the log probabilities of each item that all runs judged, fold by fold. */
export function saidTogether(each: readonly (readonly Prediction[])[]): SaidOfFold[] {
  const keyOf = (one: Prediction) => [one.seed, one.fold, one.part, rowKey(one)].join("\n");
  const joined = meanPredictions(each, { keyOf, mean: logMean });
  return [...Map.groupBy(joined, ({ seed, fold }) => `${seed}/${fold}`).values()].map((predictions) => {
    const [{ seed, fold }] = predictions;
    return { member: { seed, fold }, predictions };
  });
}
