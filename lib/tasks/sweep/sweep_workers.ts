import { join } from "node:path";
import { openEngine, slowEngine } from "../../engines/mod.ts";
import { scoreKey } from "../../scores/mod.ts";
import { resolveExperiment, trainingToTry } from "../../experiment/mod.ts";
import {
  beginLife,
  bestTrial,
  gridLeft,
  gridSampler,
  medianPruner,
  randomSampler,
  runWorker,
  type RunWorkerOptions,
  type Sampler,
  type StudyStorage,
  superviseWorkers,
  tpeSampler,
  type TrialData,
  trialData,
  trialSteps,
  trySetting,
} from "../../sweep/mod.ts";
import { sweepCommand } from "./sweep_command.ts";
import { writeSweepReport } from "./sweep_slurm.ts";
import { openSweep, studyFolder, type SweepOptions } from "./sweep_study.ts";
import { watchSweep } from "./watch_sweep.ts";

const SAMPLERS: Record<SweepOptions["sampler"], Sampler> = {
  tpe: tpeSampler(),
  random: randomSampler,
  grid: gridSampler,
};

/** Tries settings in this process until the study has its trials. */
export async function sweepAsWorker(options: SweepOptions & { worker?: string }): Promise<"done" | "stopped"> {
  const { trials, seed, signal } = options;
  const folder = studyFolder(options);
  using opened = new DisposableStack();
  const life = opened.adopt(beginLife(join(folder, "workers"), options.worker), (life) => life.end());
  await using storage = await openSweep({ ...options, patienceSeconds: 300 });
  const data = opened.adopt(trialData(options.data, { seed }), (data) => data.close());
  const attempt = options.trained?.attempt ?? await trialAttempt(options, data);
  const ended = await runWorker({
    storage,
    worker: life.worker,
    isDead: life.isDead,
    sampler: SAMPLERS[options.sampler],
    left: options.sampler === "grid" ? (trials) => gridLeft(storage.study.space, trials) : undefined,
    // A step is an epoch, counted on through the folds.
    pruner: options.pruner === "none" ? () => false : medianPruner({ warmupSteps: options.warmUp }),
    limit: trials,
    seed,
    studyFolder: folder,
    attempt,
    signal,
  });
  // Nobody waits for a worker on its own: the last of them leaves what all of them found.
  if (ended === "done" && options.worker === undefined) await options.trained?.finish(storage);
  return ended;
}

/** How a setting is tried with the test part closed. */
async function trialAttempt(
  { description, set, engine: name }: SweepOptions,
  data: TrialData,
): Promise<RunWorkerOptions["attempt"]> {
  const experiment = resolveExperiment(description, set);
  const { manifest } = await data.prepare(experiment); // recordings that aren't there are no fault of a trial
  const training = await trainingToTry(experiment, manifest.classes.length);
  const { engine } = await openEngine(name, { threads: 1, training });
  return (params, more) => trySetting(params, { description, assignments: set, data, engine, threads: 1, ...more });
}

/** Keeps worker processes at work and shows how far they are. */
export async function sweepTogether(options: SweepOptions): Promise<"done" | "stopped"> {
  const slow = await slowEngine(options.engine);
  if (slow) console.error(`warning: ${slow}`);
  // Once before all workers; and what is wrong with the recordings is said at once.
  const { data, seed, description, set } = options;
  const experiment = resolveExperiment(description, set);
  await (options.trained ? options.trained.prepare() : trialData(data, { seed }).prepare(experiment));
  await using storage = await openSweep(options);
  const { trials: limit, signal } = options;
  const objective = scoreKey(experiment.evaluation.monitor);
  const endWatching = watchSweep(storage, {
    limit,
    objective,
    steps: options.trained ? undefined : trialSteps(experiment),
    signal,
  });
  try {
    const ended = await superviseWorkers({
      storage,
      workers: options.workers,
      start(worker) {
        const command = sweepCommand({ storage: options.storage }, ["--as-worker", worker]);
        return new Deno.Command("deno", { ...command, stdin: "piped", stdout: "null", stderr: "piped" }).spawn();
      },
      signal: options.signal,
    });
    await endWatching();
    if (ended === "done") await (options.trained ? options.trained.finish(storage) : printBest(storage, options));
    return ended;
  } finally {
    await endWatching();
  }
}

/** The best trial, and the page that says the rest. */
async function printBest(storage: StudyStorage, options: SweepOptions): Promise<void> {
  const trials = await storage.trials();
  const best = bestTrial(trials, storage.study.direction);
  if (options.sampler === "grid" && gridLeft(storage.study.space, trials) === 0) {
    console.log("The grid is done: all of its settings have been tried.");
  }
  if (best === undefined) {
    const last = trials.findLast(({ state }) => state === "fail");
    return console.log(`No trial is complete.${last ? ` The last that failed: ${last.notes.error}` : ""}`);
  }
  const { monitor } = resolveExperiment(options.description, options.set).evaluation;
  console.log(
    `Best of ${trials.length} trials on inner validation: ` +
      `${scoreKey(monitor)} ${best.value!.toFixed(4)} (trial ${best.number})`,
  );
  for (const [key, value] of Object.entries(best.params)) console.log(`  ${key} = ${JSON.stringify(value)}`);
  console.log(
    "It was chosen as the best of many, so this value flatters it. The report has the commands that open the\n" +
      "test part once, for the winner and for the experiment's own settings:",
  );
  console.log(`  ${await writeSweepReport(storage, studyFolder(options))}`);
}
