import { join } from "node:path";
import { openEngine } from "../engines/mod.ts";
import { resolveExperiment } from "../experiment/mod.ts";
import {
  beginLife,
  bestTrial,
  gridSampler,
  haltonSampler,
  medianPruner,
  type Pruner,
  randomSampler,
  runWorker,
  type Sampler,
  settingAssignments,
  type StudyStorage,
  successiveHalvingPruner,
  superviseWorkers,
  tpeSampler,
  trySetting,
} from "../sweep/mod.ts";
import { sweepCommand } from "./sweep_command.ts";
import { openSweep, studyFolder, type SweepOptions } from "./sweep_study.ts";

const SAMPLERS: Record<SweepOptions["sampler"], Sampler> = {
  tpe: tpeSampler(),
  random: randomSampler,
  halton: haltonSampler,
  grid: gridSampler,
};

const PRUNERS: Record<SweepOptions["pruner"], (options: SweepOptions) => Pruner> = {
  median: ({ warmUp }) => medianPruner({ warmupSteps: warmUp }),
  halving: ({ warmUp }) => successiveHalvingPruner({ minResource: Math.max(1, warmUp) }),
  none: () => () => ({ prune: false }),
};

/** Tries settings in this process until the study has its trials. */
export async function sweepAsWorker(options: SweepOptions & { worker?: string }): Promise<"done" | "stopped"> {
  const { description, trials, seed, data, set, signal } = options;
  const folder = studyFolder(options);
  const life = beginLife(join(folder, "workers"), options.worker);
  const storage = await openSweep(options);
  const { engine } = await openEngine(options.engine, { threads: 1 });
  try {
    return await runWorker({
      storage,
      worker: life.worker,
      isDead: life.isDead,
      sampler: SAMPLERS[options.sampler],
      pruner: PRUNERS[options.pruner](options),
      limit: trials,
      seed,
      studyFolder: folder,
      attempt: (params, more) =>
        trySetting(params, { description, assignments: set, data, seed, engine, threads: 1, ...more }),
      signal,
    });
  } finally {
    life.end();
    await storage.close();
  }
}

/** Keeps worker processes at work and shows how far they are. */
export async function sweepTogether(options: SweepOptions): Promise<"done" | "stopped"> {
  const storage = await openSweep(options);
  const watching = watch(storage, options.trials);
  try {
    const ended = await superviseWorkers({
      storage,
      workers: options.workers,
      start(worker) {
        const command = sweepCommand({ storage: options.storage, more: ["--as-worker", worker] });
        return new Deno.Command("deno", { ...command, stdin: "piped", stdout: "null", stderr: "piped" }).spawn();
      },
      signal: options.signal,
    });
    if (ended === "done") await printBest(storage, options);
    return ended;
  } finally {
    watching();
    await storage.close();
  }
}

/** A line on standard error whenever the study has moved. @returns a function that ends it. */
function watch(storage: StudyStorage, limit: number): () => void {
  const started = performance.now();
  let last = "", atStart = -1;
  const look = async () => {
    const trials = await storage.trials();
    const count = (state: string) => trials.filter((trial) => trial.state === state).length;
    const ended = count("complete") + count("pruned") + count("fail");
    if (atStart < 0) atStart = ended;
    const hours = (performance.now() - started) / 3.6e6;
    const rate = (ended - atStart) / hours;
    const best = bestTrial(trials, storage.study.direction)?.value?.toFixed(4) ?? "-";
    const line = `${ended}/${limit} trials: ${count("complete")} complete, ${count("pruned")} pruned, ` +
      `${count("fail")} failed, ${count("running")} running; best ${best}`;
    if (line === last) return;
    last = line;
    const left = rate > 0 ? `, ${rate.toFixed(1)} an hour, ${(60 * (limit - ended) / rate).toFixed(0)} min left` : "";
    console.error(line + left);
  };
  const timer = setInterval(() => look().catch(() => {}), 2000);
  return () => clearInterval(timer);
}

async function printBest(storage: StudyStorage, options: SweepOptions): Promise<void> {
  const trials = await storage.trials();
  const best = bestTrial(trials, storage.study.direction);
  if (best === undefined) return console.log("No trial is complete.");
  const { monitor } = resolveExperiment(options.description, options.set).evaluation;
  console.log(
    `Best of ${trials.length} trials on inner validation: ${monitor} ${best.value!.toFixed(4)} (trial ${best.number})`,
  );
  for (const [key, value] of Object.entries(best.params)) console.log(`  ${key} = ${JSON.stringify(value)}`);
  console.log("It was chosen as the best of many, so this value flatters it. The test part, opened once:");
  const sets = [...options.set, ...settingAssignments(best.params)].map((text) => `--set '${text}'`).join(" ");
  console.log(`  deno task experiment ${options.file} --data ${options.data} --seed ${options.seed} ${sets}`);
}
