import { withUnknownParts } from "../../parts/mod.ts";
import { type AskedScore, scoreKey, scoreName } from "../../scores/mod.ts";
import { compareRuns } from "../../evaluation/mod.ts";
import { type Experiment, type ExperimentDescription, resolveExperiment } from "../../experiment/mod.ts";
import { shellWord } from "../../files/mod.ts";
import { bestFirst, type ValuedTrial } from "../../plots/mod.ts";
import {
  type ParamValue,
  pedAnova,
  settingAssignments,
  type StoredTrial,
  type StudyDescription,
  sweepProtocol,
  type Trial,
  trialFolds,
  valueAtKey,
} from "../../sweep/mod.ts";
import { type JudgedRun, type PartDifference, partDifference } from "./find_judged_runs.ts";
import { settingName } from "./setting_name.ts";

/** The sweep as the sections of its page look at it. */
export type SweepView = ReturnType<typeof sweepView>;

/** What the outer test part says of the winner. */
interface Judged {
  winner: JudgedRun;
  defaults: JudgedRun | null;
  /** Inner validation less test. */
  optimism: PartDifference | null;
  /** Winner less defaults on the same subjects; the interval is paired. */
  gain: PartDifference | null;
}

/** Trials that must be complete before importances mean anything. */
const FEWEST = 10;

/** Works out all that the page says; `runs` are those of the winner and of the defaults. */
export function sweepView(sweep: SweepStudy, runs: { winner: JudgedRun | null; defaults: JudgedRun | null }) {
  const { study, trials, notes } = sweep;
  const { experiment, seed } = sharedSettings(sweep);
  const { monitor, protocol } = experiment.evaluation;
  const keys = Object.keys(study.space);
  const nameOf = (key: string) => settingName(key, { keys, augment: experiment.training.augment });
  const dimensions = keys.map((key) => ({
    ...{ key, ...nameOf(key), dimension: study.space[key], default: valueAtKey(experiment, key) },
  }));
  const count = (state: SweepTrial["state"]) => trials.filter((trial) => trial.state === state).length;
  const [first] = bestFirst(trials, study.direction);
  const best = (first as (ValuedTrial & SweepTrial) | undefined) ?? null;
  const invocation = notes.invocation ? JSON.parse(notes.invocation) as SweepInvocation : null;
  const shares = count("complete") < FEWEST ? [] : Object.entries(pedAnova(trials, study));
  return {
    ...sweep,
    /** As all trials share it: its settings are the defaults. */
    experiment,
    seed,
    invocation,
    /** The score that the trials are compared by, as a key and for readers. */
    monitor: scoreKey(monitor),
    objective: scoreName(monitor).name,
    dimensions,
    count: { complete: count("complete"), pruned: count("pruned"), fail: count("fail"), running: count("running") },
    best,
    /** The trial that tried the defaults, where one did. */
    unchanged:
      trials.find(({ params, state }) =>
        state === "complete" && dimensions.every((one) => !(one.key in params) || params[one.key] === one.default)
      ) ?? null,
    /** The largest share first; nothing where too few trials are complete. */
    importances: shares.map(([key, share]) => ({ key, ...nameOf(key), share })),
    /** Folds that a trial is scored on, and epochs of each where all trials have as many. */
    folds: trialFolds(protocol),
    epochsPerFold: "training.epochs" in study.space ? undefined : experiment.training.epochs,
    ...timesOf(trials),
    commands: best && commandsOf({ invocation, experiment, seed, winner: best.params, own: ownParams(sweep) }),
    judged: runs.winner && judge(runs.winner, runs.defaults, monitor),
  };
}

/** The settings that all trials of a study share, and their seed, as the study's description holds them. */
export function sharedSettings({ study }: SweepStudy): { experiment: Experiment; seed: number } {
  const { seed = 0, code: _code, ...settings } = JSON.parse(study.experiment) as ExperimentDescription & {
    seed?: number;
    code?: Record<string, string>;
  };
  return { experiment: withUnknownParts(() => resolveExperiment(settings as ExperimentDescription)), seed };
}

/** What the experiment itself says of what was searched. */
export function ownParams(sweep: SweepStudy): Record<string, ParamValue> {
  const { experiment } = sharedSettings(sweep);
  const values = Object.keys(sweep.study.space).map((key) => [key, valueAtKey(experiment, key)] as const);
  return Object.fromEntries(values.filter((pair): pair is [string, ParamValue] => pair[1] !== undefined));
}

/** Hours from the first start to the last sign of an end; hours of work of all workers. */
function timesOf(trials: readonly SweepTrial[]): { hours: number; work: number } {
  const spans = trials.flatMap(({ startedAt, finishedAt }) =>
    startedAt && finishedAt ? [{ from: Date.parse(startedAt), to: Date.parse(finishedAt) }] : []
  );
  if (spans.length === 0) return { hours: 0, work: 0 };
  const all = Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ from }) => from));
  const work = spans.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
  return { hours: Math.max(0, all) / 3.6e6, work: work / 3.6e6 };
}

/**
 * The commands that train the winner and the defaults on what was never held out, and open the test part. Both name all that
 * was searched: the file of the experiment may have other settings by then, those of the winner for instance.
 */
function commandsOf({ invocation, experiment, seed, winner, own }: {
  invocation: SweepInvocation | null;
  experiment: Experiment;
  seed: number;
  winner: Record<string, ParamValue>;
  own: Record<string, ParamValue>;
}) {
  const { protocol } = experiment.evaluation;
  const { file, data, set } = invocation ?? {
    file: `experiments/${experiment.name}.ts`,
    data: `data/${experiment.dataset.name}`,
    // How the sweep was called isn't known, but what it trained is.
    set: (["dataset", "input", "model", "training", "evaluation"] as const)
      .map((key) => `${key}=${JSON.stringify(experiment[key])}`),
  };
  const shared = sweepProtocol(protocol);
  const outer = shared === protocol ? [] : [`evaluation.protocol=${JSON.stringify(shared)}`];
  const command = (params: Record<string, ParamValue>) =>
    [`deno task experiment ${shellWord(file)} --data ${shellWord(data)} --seed ${seed}`]
      .concat([...set, ...settingAssignments(params), ...outer].map((text) => `--set ${shellWord(text)}`))
      .join(" \\\n  ");
  return { winner: command(winner), defaults: command(own) };
}

function judge(winner: JudgedRun, defaults: JudgedRun | null, monitor: AskedScore): Judged {
  const { classes } = winner;
  const of = ({ predictions }: JudgedRun, part: string) => predictions.filter((one) => one.part === part);
  const optimism = winner.outer
    ? partDifference([of(winner, "validation"), of(winner, "test")], { score: monitor, classes })
    : null;
  const fits = defaults !== null && defaults.outer === winner.outer && defaults.classes.join() === classes.join();
  if (!fits) return { winner, defaults: null, optimism, gain: null };
  const { differences } = compareRuns(of(winner, "test"), of(defaults, "test"), { classes, scores: [monitor] });
  const gain = differences.find(({ score }) => score === scoreKey(monitor)) ?? null;
  return { winner, defaults, optimism, gain };
}

/** A trial as the page looks at it. */
export type SweepTrial = Pick<StoredTrial, keyof Trial | "worker" | "startedAt" | "finishedAt" | "notes">;

/** A study as its storage holds it. */
export interface SweepStudy {
  study: StudyDescription;
  trials: readonly SweepTrial[];
  /** Facts about the study; `invocation` is a {@linkcode SweepInvocation} as JSON. */
  notes: Record<string, string>;
}

/** How the sweep was called, as far as a command that trains its winner repeats it. */
export interface SweepInvocation {
  file: string;
  data: string;
  /** Values that all trials share, `key=value`. */
  set: string[];
  sampler: string;
  pruner: string;
}
