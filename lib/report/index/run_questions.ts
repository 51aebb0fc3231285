import { isOwnData } from "../../datasets/mod.ts";
import { lowerIsBetter, scoreName } from "../../scores/mod.ts";
import { settingName } from "../sweep/setting_name.ts";
import { headline, type IndexedRun } from "./find_runs.ts";
import { runSettings } from "./run_settings.ts";

/** All runs that asked the same of the same data, ready to be drawn on one axis. */
export interface RunQuestion {
  /** Dataset, task and part. */
  name: string;
  /** The latest first. */
  runs: QuestionRun[];
  /** Scores that a run of them has; what the experiment is read by comes first, classes last. */
  scores: QuestionScore[];
  /** What differs between them: networks, training and input first, then what takes the fewest values. */
  settings: DifferingSetting[];
}

/** A score of a {@linkcode RunQuestion}; `id` as in metrics.json. */
export type QuestionScore = Record<"id" | "name", string> & { lowerIsBetter: boolean };

/** A run, and what it does otherwise than the one before it: `"epochs 12 → 20"`; `null` of the first. */
export type QuestionRun = { run: IndexedRun; changes: string[] | null };

/** A setting that not all runs share. */
export interface DifferingSetting {
  label: string;
  /** As text, by folder of the run. */
  values: Record<string, string>;
  /** Labels of settings that divide the runs in the same way: what one does can't be told from what the others do. */
  together: string[];
}

/** The runs that were judged, by what they were asked; questions of the latest runs first. */
export function runQuestions(runs: readonly IndexedRun[]): RunQuestion[] {
  const judged = runs.filter(({ part, data, scores }) =>
    part !== null && data !== null && Object.keys(scores).length > 0
  );
  return [...Map.groupBy(judged, questionName)].map(([name, same]) => ({
    ...{ name, runs: withChanges(same), scores: scoresOf(same), settings: differingSettings(same) },
  }));
}

/** The runs that judged the same items together, most runs first. */
export function sameItems(runs: readonly QuestionRun[]): QuestionRun[][] {
  const groups = Map.groupBy(runs, ({ run }) => run.judged?.fingerprint ?? run.folder);
  return [...groups.values()].toSorted((a, b) => b.length - a.length);
}

/** Dataset, task and part that a run was judged on. */
export function questionName(run: Pick<IndexedRun, "data" | "part">): string {
  return `${dataName(run)}, ${run.data!.task}, part ${run.part}`;
}

/**
 * What a run's data are called: published ones by their name in the catalogue, one's own by their title and the beginning of
 * their fingerprint, since two tables may have one name.
 */
export function dataName({ data }: Pick<IndexedRun, "data">): string {
  if (data === null) return "unknown";
  if (!isOwnData({ name: data.dataset }) && data.dataset !== "joint") return data.dataset;
  return data.fingerprint === undefined ? data.title : `${data.title} (${data.fingerprint.slice(0, 6)})`;
}

function scoresOf(runs: readonly IndexedRun[]): RunQuestion["scores"] {
  const names = new Set(runs.flatMap((run) => [headline(run) ?? [], Object.keys(run.scores)].flat()));
  return [...names].toSorted((a, b) => Number(a.includes("/")) - Number(b.includes("/"))).map((key) => {
    const told = runs.find((run) => key in run.scores)?.scores[key];
    return { id: key, name: scoreName(key, told).name, lowerIsBetter: lowerIsBetter(key, told) };
  });
}

/** Each run with its settings and its experiment's name, which is one more of them. */
function settingsOf(run: IndexedRun): Record<string, string> {
  return { experiment: run.config.name, ...runSettings(run.config) };
}

function labels(runs: readonly IndexedRun[], keys: readonly string[]): Map<string, string> {
  const training = runs[0].config.experiment.training;
  return new Map(keys.map((key) => [key, settingName(key, { keys, augment: training?.augment }).label]));
}

function withChanges(runs: readonly IndexedRun[]): QuestionRun[] {
  const settings = runs.map(settingsOf);
  const keys = [...new Set(settings.flatMap(Object.keys))].toSorted(byImportance);
  const names = labels(runs, keys);
  return runs.map((run, r) => {
    const [own, before] = [settings[r], settings[r + 1]];
    if (before === undefined) return { run, changes: null };
    const changed = keys.filter((key) => own[key] !== before[key]);
    const told = changed.filter((key) => key === kindAbove(key) || !changed.includes(kindAbove(key)));
    return { run, changes: told.map((key) => `${names.get(key)} ${shown(before[key])} → ${shown(own[key])}`) };
  });
}

function differingSettings(runs: readonly IndexedRun[]): DifferingSetting[] {
  const settings = runs.map(settingsOf);
  const keys = [...new Set(settings.flatMap(Object.keys))];
  const count = (key: string) => new Set(settings.map((own) => own[key])).size;
  // The place where each run's value is first met: equal for settings that divide the runs alike.
  const division = (key: string) =>
    settings.map((own) => settings.findIndex((other) => other[key] === own[key])).join();
  const differing = keys.filter((key) => count(key) > 1)
    .filter((key) =>
      key === kindAbove(key) || count(kindAbove(key)) === 1 || division(kindAbove(key)) !== division(key)
    )
    .toSorted((a, b) => rank(a) - rank(b) || count(a) - count(b) || byImportance(a, b));
  const names = labels(runs, keys);
  return differing.map((key) => ({
    label: names.get(key)!,
    values: Object.fromEntries(runs.map(({ folder }, r) => [folder, shown(settings[r][key])])),
    together: differing.filter((other) => other !== key && division(other) === division(key))
      .map((other) => names.get(other)!),
  }));
}

/** `a.b.kind` of `a.b.c`: where that differs, what stands beside it differs for that reason. */
function kindAbove(key: string): string {
  return `${key.slice(0, key.lastIndexOf(".") + 1)}kind`;
}

const RANKS = ["experiment", "model", "training", "input", "dataset", "evaluation", "seeds", "engine"];

/** What shapes the network before what only judges or carries it out. */
function rank(key: string): number {
  const place = RANKS.indexOf(key.split(".")[0]);
  return place < 0 || place >= RANKS.indexOf("dataset") ? 1 : 0;
}

function byImportance(a: string, b: string): number {
  return RANKS.indexOf(a.split(".")[0]) - RANKS.indexOf(b.split(".")[0]) || a.localeCompare(b);
}

/** Four digits of a number; the beginning of a long list. */
function shown(value: string | undefined): string {
  if (value === undefined) return "not set";
  const number = Number(value);
  if (Number.isFinite(number) && !Number.isInteger(number)) return String(Number(number.toPrecision(4)));
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}
