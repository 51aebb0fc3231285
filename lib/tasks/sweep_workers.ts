import { join } from "node:path";
import type { EngineName } from "../engines/mod.ts";
import { openEngine } from "../engines/mod.ts";
import { TrainingError, UsageError } from "../errors/mod.ts";
import { type ExperimentDescription, resolveExperiment, setValues } from "../experiment/mod.ts";
import {
  bestTrial,
  gridSampler,
  haltonSampler,
  medianPruner,
  openJournalStorage,
  type ParamValue,
  type Pruner,
  randomSampler,
  runWorker,
  type Sampler,
  settingAssignments,
  type StudyStorage,
  successiveHalvingPruner,
  tpeSampler,
} from "../sweep/mod.ts";

/** A sweep as its command line describes it. */
export interface SweepOptions {
  file: string;
  description: ExperimentDescription;
  data: string;
  trials: number;
  workers: number;
  study?: string;
  sampler: "tpe" | "random" | "halton" | "grid";
  pruner: "median" | "halving" | "none";
  /** Epochs before a trial may be pruned. */
  warmUp: number;
  seed: number;
  engine: EngineName | "auto";
  set: string[];
  /** Settings to try first, `key=value,…`. */
  try: string[];
  out: string;
  asWorker?: boolean;
  signal: AbortSignal;
}

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
export async function sweepAlone(options: SweepOptions): Promise<"done" | "stopped"> {
  const { description, trials, seed, data, set, signal, asWorker } = options;
  const storage = await openStudy(options);
  const { engine } = await openEngine(options.engine, { threads: 1 });
  const watching = asWorker ? undefined : watch(storage, trials);
  try {
    const ended = await runWorker({
      storage,
      worker: crypto.randomUUID(),
      sampler: SAMPLERS[options.sampler],
      pruner: PRUNERS[options.pruner](options),
      limit: trials,
      studyFolder: studyFolder(options),
      description,
      assignments: set,
      data,
      seed,
      engine,
      threads: 1,
      signal,
    });
    if (!asWorker && ended === "done") await printBest(storage, options);
    return ended;
  } finally {
    watching?.();
    await storage.close();
  }
}

/** Starts worker processes and shows how far they are. */
export async function sweepTogether(options: SweepOptions): Promise<"done" | "stopped"> {
  const storage = await openStudy(options);
  const args = ["task", "--quiet", "sweep", ...Deno.args, "--as-worker"];
  const children = Array.from(
    { length: options.workers },
    () => new Deno.Command("deno", { args, stdout: "null", stderr: "piped" }).spawn(),
  );
  options.signal.addEventListener("abort", () => children.forEach((child) => child.kill("SIGTERM")));
  const watching = watch(storage, options.trials);
  try {
    const ends = await Promise.all(children.map((child) => child.output()));
    watching();
    if (options.signal.aborted) return "stopped";
    const failed = ends.filter(({ success }) => !success);
    if (failed.length === ends.length) {
      const lines = new TextDecoder().decode(failed[0].stderr).trim().split("\n");
      throw new TrainingError({
        expected: "a worker that ends well",
        found: lines.findLast((line) => line.startsWith("error: "))?.slice("error: ".length) ?? lines.at(-1)!,
        where: `the study in ${studyFolder(options)}`,
      });
    }
    await printBest(storage, options);
    return "done";
  } finally {
    await storage.close();
  }
}

async function openStudy(options: SweepOptions): Promise<StudyStorage> {
  const { description, file, set, seed } = options;
  const { space, budgets: _budgets, references: _references, ...settings } = resolveExperiment(description, set);
  if (Object.keys(space).length === 0) {
    throw new UsageError({
      expected: "an experiment with a search space",
      found: "none",
      where: file,
      remedy: 'add space: { "training.optimizer.learningRate": float(1e-4, 1e-2, { log: true }) }',
    });
  }
  const storage = await openJournalStorage(join(studyFolder(options), "study.jsonl"), {
    name: studyName(options),
    direction: "maximize",
    space,
    experiment: JSON.stringify({ ...settings, seed }),
  });
  if (!options.asWorker && (await storage.trials()).length === 0) {
    for (const setting of options.try) await storage.enqueue(parseSetting(setting));
  }
  return storage;
}

/** `key=value,…` as given to `--try`. */
function parseSetting(text: string): Record<string, ParamValue> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const at = pair.indexOf("=");
      const { value } = setValues({}, [`value${pair.slice(at)}`]);
      return [pair.slice(0, at).trim(), value as ParamValue];
    }),
  );
}

function studyName({ study, description }: SweepOptions): string {
  return study ?? description.name.replaceAll("/", "-");
}

function studyFolder(options: SweepOptions): string {
  return join(options.out, studyName(options));
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
