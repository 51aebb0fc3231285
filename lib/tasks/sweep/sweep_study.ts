import { join } from "node:path";
import { UsageError } from "../../errors/mod.ts";
import { checkSpace, pinnedInitial, resolveExperiment, setValues } from "../../experiment/mod.ts";
import type { ExperimentDescription } from "../../experiment/mod.ts";
import { knownParts, ownParts } from "../../parts/mod.ts";
import type { SweepInvocation } from "../../report/sweep/mod.ts";
import { checkSetting, openStudy, ownSetting } from "../../sweep/mod.ts";
import type { ParamValue, RunWorkerOptions, StudyStorage } from "../../sweep/mod.ts";
import type { SweepTaskOptions } from "./sweep_options.ts";

/** A sweep as its command line describes it. */
export interface SweepOptions extends Omit<SweepTaskOptions, "data" | "launcher" | "asWorker"> {
  file: string;
  description: ExperimentDescription;
  data: string;
  trials: number;
  sampler: "tpe" | "random" | "grid";
  pruner: "median" | "none";
  /** Epochs before a trial may be pruned. */
  warmUp: number;
  /** Settings to try first, `key=value,…`. */
  try: string[];
  signal: AbortSignal;
  /** What becomes of a setting where it isn't a trial with the test part closed, and of the study when all have been tried. */
  trained?: TrainedSettings;
  /** Of a worker: its storage was there a moment ago, so it is waited for longer. */
  patienceSeconds?: number;
}

/** Settings that are trained and judged as runs of their own. */
export interface TrainedSettings {
  /** What can be wrong with a setting or the recordings is said before any worker begins. */
  prepare(): Promise<unknown>;
  attempt: RunWorkerOptions["attempt"];
  finish(storage: StudyStorage): Promise<void>;
}

/** The storage of a sweep; settings to try first are in line. */
export async function openSweep(options: SweepOptions): ReturnType<typeof openStudy> {
  const { description, file, set, seed, storage: url, patienceSeconds, mended } = options;
  const { space, budgets: _budgets, references: _references, ablations, ...settings } = resolveExperiment(
    description,
    set,
  );
  if (Object.keys(space).length === 0) {
    const remedy = 'add space: { "training.optimizer.learningRate": float(1e-4, 1e-2, { log: true }) }';
    throw new UsageError({ expected: "an experiment with a search space", found: "none", where: file, remedy });
  }
  checkSpace(description, set);
  const code = await codeOfParts();
  const wanted = options.try.map(parseSetting);
  for (const setting of wanted) checkSetting(setting, space);
  const storage = await openStudy({
    name: studyName(options),
    direction: "maximize",
    space,
    experiment: JSON.stringify({
      ...settings,
      initial: await pinnedInitial(settings.initial),
      ...options.trained ? { ablations } : {},
      seed,
      ...code,
    }),
  }, { folder: studyFolder(options), storage: url, patienceSeconds, mended });
  if ((await storage.notes()).invocation === undefined) {
    const { file, data, set, sampler, pruner } = options;
    const invocation: SweepInvocation = { file, data, set, sampler, pruner };
    await storage.note("invocation", JSON.stringify(invocation));
  }
  const trials = await storage.trials();
  // What the experiment does anyway comes first: the others are judged by how much they gain over it.
  const own = trials.length > 0 || options.sampler === "grid"
    ? undefined
    : ownSetting(resolveExperiment(description, set));
  const known = new Set(trials.map(({ fixed }) => JSON.stringify(fixed)));
  for (const setting of [...own ? [own] : [], ...wanted]) {
    if (!known.has(JSON.stringify(setting))) await storage.enqueue(setting);
  }
  return storage;
}

/** Hashes of own parts: trials by other code are trials of another study. Any part may be one of the space's choices. */
async function codeOfParts(): Promise<{ code?: Record<string, string> }> {
  const own = await ownParts(knownParts());
  if (own.length === 0) return {};
  return { code: Object.fromEntries(own.map(({ part, kind, sha256 }) => [`${part} ${kind}`, sha256])) };
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

function studyName({ study, description }: Pick<SweepOptions, "study" | "description">): string {
  return study ?? description.name.replaceAll("/", "-");
}

/** Where a sweep keeps its files. */
export function studyFolder(options: Pick<SweepOptions, "study" | "description" | "out">): string {
  return join(options.out, checkedName(studyName(options)));
}

/** @throws {UsageError} for a name that is no name of a folder. */
export function checkedName(name: string): string {
  if (/^\w[\w.-]*$/.test(name)) return name;
  const expected = "a name of letters, digits, dots and dashes";
  throw new UsageError({ expected, found: `"${name}"`, where: "the study's name" });
}
