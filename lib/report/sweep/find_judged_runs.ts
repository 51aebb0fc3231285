import { withUnknownParts } from "../../parts/mod.ts";
import { relative } from "node:path";
import { type AskedScore, type Metrics, type Prediction, scoreKey } from "../../scores/mod.ts";
import { type Experiment, type ExperimentDescription, resolveExperiment } from "../../experiment/mod.ts";
import { listRuns, type Run, type RunConfig } from "../../runs/mod.ts";
import { type ParamValue, settingAssignments, sweepProtocol } from "../../sweep/mod.ts";
import {
  differenceInterval,
  judgedItems,
  type ScoreDifference,
  scoreSpreads,
  subjectIndex,
} from "../../evaluation/mod.ts";

/** A finished run of a setting that the sweep is about. */
export interface JudgedRun {
  /** Path of the run, from where the page lies. */
  folder: string;
  /** Whether its test part is the one that stayed closed for every trial. */
  outer: boolean;
  classes: string[];
  predictions: Prediction[];
  metrics: Metrics;
}

interface FindJudgedRunsOptions {
  /** The settings that all trials share. */
  experiment: ExperimentDescription;
  seed: number;
  /** Folder of all runs. */
  results: string;
  /** Folder of the page. */
  from: string;
}

/**
 * The latest finished run whose configuration is that of the sweep with these settings: one that opened the sweep's outer
 * test part, else one of the experiment's own protocol. What was run is told by the run folder, not by a promise.
 */
export async function findJudgedRun(
  params: Record<string, ParamValue>,
  { experiment, seed, results, from }: FindJudgedRunsOptions,
): Promise<JudgedRun | null> {
  const resolve = (description: ExperimentDescription) =>
    withUnknownParts(() => resolveExperiment(description, settingAssignments(params)));
  const wanted = resolve(experiment);
  const protocol = sweepProtocol(wanted.evaluation.protocol);
  const outer = resolve({ ...experiment, evaluation: { ...experiment.evaluation, protocol } });
  const runs = await listRuns(results, wanted.name);
  const read = await Promise.all(runs.map(async (run) => ({ run, config: await finishedConfig(run) })));
  for (const [target, isOuter] of [[outer, true], [wanted, false]] as const) {
    for (const { run, config } of read) {
      if (config === null || config.seeds.join() !== seedsOf(target, seed) || !isSame(config, target)) continue;
      const judged = await readJudged(run, isOuter, from);
      if (judged) return judged;
    }
  }
  return null;
}

/** `null` of a run that isn't finished, or can't be read, and so isn't the one. */
async function finishedConfig(run: Run): Promise<RunConfig | null> {
  const status = await run.status().catch(() => null);
  return status?.state === "complete" ? await run.config().catch(() => null) : null;
}

function seedsOf({ evaluation: { protocol } }: Experiment, seed: number): string {
  return (protocol.seeds ?? [seed]).join();
}

/** What accompanies an experiment, or only narrows its intervals, decides no result. */
function isSame({ experiment }: RunConfig, wanted: Experiment): boolean {
  const decisive = ({ dataset, input, model, training, evaluation }: Experiment) => {
    const { interval: _interval, resamples: _resamples, ...judged } = evaluation;
    return stable({ dataset, input, model, training, evaluation: judged });
  };
  return decisive(experiment as unknown as Experiment) === decisive(wanted);
}

/** JSON text that doesn't depend on the order of keys. */
function stable(value: unknown): string {
  return JSON.stringify(
    value,
    (_, inner) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => a < b ? -1 : 1))
        : inner,
  );
}

async function readJudged(run: Run, outer: boolean, from: string): Promise<JudgedRun | null> {
  try {
    const { predictions, classes } = await run.predictions();
    const metrics = await run.metrics();
    return { folder: relative(from, run.folder).replaceAll("\\", "/"), outer, classes, predictions, metrics };
  } catch {
    return null;
  }
}

/** A score of two parts of one run that share no subject, or of two runs, and how far they lie apart. */
export type PartDifference = Pick<ScoreDifference, "first" | "second" | "difference" | "low" | "high">;

/**
 * How much better one part is than the other, with an interval: the subjects of each part vary on their own, since they are
 * others.
 *
 * @returns `null` where a part lacks the score.
 */
export function partDifference(
  parts: readonly [readonly Prediction[], readonly Prediction[]],
  { score, classes }: { score: AskedScore; classes: readonly string[] },
): PartDifference | null {
  if (parts.some((predictions) => predictions.length === 0)) return null;
  let clusters = 0;
  const sides = parts.map((predictions) => {
    const subjects = subjectIndex(predictions);
    const items = judgedItems(predictions, { classes, subjects });
    items.clusters = items.clusters.map((cluster) => clusters + cluster);
    clusters += subjects.size;
    return [items];
  });
  const { names, sides: [first, second], differences } = scoreSpreads(sides, { classes, asked: [score], clusters });
  const at = names.indexOf(scoreKey(score));
  if (at < 0 || Number.isNaN(differences[at].value)) return null;
  const { low, high } = differenceInterval(differences[at], { level: 0.95 });
  return { first: first[at].value, second: second[at].value, difference: differences[at].value, low, high };
}
