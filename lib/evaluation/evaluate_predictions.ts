import { InputError, UsageError } from "../errors/mod.ts";
import { randomStream } from "../random/mod.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import {
  joinPredictions,
  judgedItems,
  type Replicate,
  type RuleOf,
  splitReplicates,
  subjectIndex,
} from "./judged_items.ts";
import { officialScores } from "./official_scores.ts";
import type { Prediction } from "./prediction.ts";
import type { PartMetrics, Score, Scores, Unit } from "./score.ts";
import { meanOverSources, type ScoredItems, scoreItems, type ScoreResult } from "./score_items.ts";

/** Options of {@linkcode evaluatePredictions}. */
export interface EvaluateOptions {
  /** In the order of the probabilities; the first is the healthy one. */
  classes: readonly string[];
  /** Official scores wanted: keys of {@linkcode officialScores}. */
  scores?: readonly string[];
  /** Draws the resamples. */
  seed: number;
  /** Resamples of subjects. @default {2000} */
  resamples?: number;
  /** @default {"percentile"} */
  interval?: "percentile" | "bca";
  /** Predictions of models that see no sound or learn nothing, by the name of the floor: `shortcut`, `linear`, `nearest`. */
  floors?: Readonly<Record<string, readonly Prediction[]>>;
  /** The rule for recordings and subjects that was fitted in a fold; mean and top class where it gives none. */
  ruleOf?: RuleOf;
}

/**
 * Every score of the predictions of one part, at the levels item, recording and subject (the latter two where some unit has
 * several items and none has two labels, or an official score counts by them), each with its interval and its floors.
 *
 * **Several seeds and repeats.** A score is computed for each seed and repeat by itself and then averaged, so that it speaks
 * of one trained model and not of an ensemble, and no area compares probabilities of differently trained models more than
 * cross-validation does. An interval comes from resampling subjects, each with its predictions under all seeds at once: it
 * covers the choice of subjects, given these seeds. Treating the seeds as more subjects would make it too narrow. The spread
 * between seeds can be read from `folds`.
 *
 * **Sources.** The mean over sources gives each the same say; its interval resamples the subjects within each source.
 *
 * @throws {InputError} for no predictions, an unknown class or probabilities that are no numbers.
 * @throws {UsageError} for an unknown official score.
 */
export function evaluatePredictions(predictions: readonly Prediction[], options: EvaluateOptions): PartMetrics {
  const { classes, scores = [], seed, floors = {} } = options;
  if (predictions.length === 0) throw new InputError({ expected: "predictions to judge", found: "none" });
  const unknown = scores.find((name) => !(name in officialScores));
  if (unknown !== undefined) {
    throw new UsageError({
      expected: `an official score (${Object.keys(officialScores).join(", ")})`,
      found: `"${unknown}"`,
      where: "evaluation.scores",
    });
  }
  const score = (replicates: readonly Replicate[], unit: Unit, official: readonly string[], name: string) => {
    const subjects = subjectIndex(replicates.flatMap((replicate) => replicate.predictions));
    return scoreItems({
      unit,
      classes,
      official,
      items: replicates.map((replicate) => judgedItems(replicate.predictions, { classes, subjects })),
      floors: floorItems(floors, { unit, classes, like: replicates[0].predictions }),
      stream: randomStream(seed, `bootstrap/${name}`),
      resamples: options.resamples ?? 2000,
      interval: options.interval ?? "percentile",
    });
  };

  const replicates = splitReplicates(predictions);
  const pooled: PartMetrics["pooled"] = {};
  const unfit: Scores = {};
  for (const unit of ["item", "recording", "subject"] as const) {
    const official = scores.filter((name) => officialScores[name].unit === unit);
    const joined = unit === "item" ? replicates : joinReplicates(replicates, { unit, classes, ruleOf: options.ruleOf });
    if (typeof joined === "string") {
      for (const name of official) unfit[name] = absent(unit, `it counts by ${unit}, and ${joined}`);
    } else if (
      unit === "item" || official.length > 0 || joined[0].predictions.length < replicates[0].predictions.length
    ) {
      pooled[unit] = score(joined, unit, official, unit).scores;
      for (const name of official) {
        const reason = officialScores[name].over(classes);
        if (typeof reason === "string") unfit[name] = absent(unit, reason);
      }
    }
  }
  Object.assign(pooled.item!, unfit);

  // A fold or a source has the scores of its items, and official ones at the level that they count by.
  const levels = (of: readonly Replicate[], name: string): ScoreResult[] => {
    const atItems = scores.filter((official) => fitsItems(official, of));
    const joined = (["recording", "subject"] as const).flatMap((unit) => {
      const official = scores.filter((other) => officialScores[other].unit === unit && !atItems.includes(other));
      const units = official.length === 0 ? "" : joinReplicates(of, { unit, classes, ruleOf: options.ruleOf });
      return typeof units === "string" ? [] : [officialOnly(score(units, unit, official, `${name}/${unit}`), official)];
    });
    return [score(of, "item", atItems, name), ...joined];
  };
  const merged = (results: readonly ScoreResult[]): Scores => Object.assign({}, ...results.map(({ scores }) => scores));
  const folds = [...Map.groupBy(predictions, (one) => `${one.seed}/${one.fold}`).values()].map((of) => ({
    fold: of[0].fold,
    seed: of[0].seed,
    scores: merged(levels([{ seed: of[0].seed, predictions: of }], `fold/${of[0].fold}`)),
  }));
  const sources = bySource(replicates).map(({ source, of }) => ({ source, results: levels(of, `source/${source}`) }));
  const sourceMeans = (["item", "recording", "subject"] as const).map((unit) =>
    meanOverSources(
      sources.flatMap(({ source, results }) =>
        results.filter(({ scores }) => Object.values(scores)[0]?.unit === unit).map((result) => ({ source, ...result }))
      ),
    )
  );
  return {
    pooled,
    folds: folds.sort((a, b) => a.seed - b.seed || a.fold - b.fold),
    sources: sources.map(({ source, results }) => ({ source, scores: merged(results) })),
    sourceMean: Object.assign({}, ...sourceMeans),
    confusion: { classes: [...classes], counts: confusionRows(replicates[0].predictions, classes) },
  };
}

/** Official scores that count by recording or subject can be told of items only where these are one each. */
function fitsItems(name: string, [{ predictions }]: readonly Replicate[]): boolean {
  const { unit } = officialScores[name];
  if (unit === "item") return true;
  return new Set(predictions.map((one) => unit === "recording" ? one.recording : one.subject)).size ===
    predictions.length;
}

function officialOnly(result: ScoreResult, official: readonly string[]): ScoreResult {
  const wanted = Object.entries(result.scores).filter(([name]) => official.includes(name.split("/")[0]));
  return { ...result, scores: Object.fromEntries(wanted) };
}

function joinReplicates(
  replicates: readonly Replicate[],
  options: { unit: "recording" | "subject"; classes: readonly string[]; ruleOf?: RuleOf },
): Replicate[] | string {
  const joined: Replicate[] = [];
  for (const { seed, predictions } of replicates) {
    const units = joinPredictions(predictions, options);
    if (typeof units === "string") return units;
    joined.push({ seed, predictions: units });
  }
  return joined;
}

function bySource(replicates: readonly Replicate[]): { source: string; of: Replicate[] }[] {
  const names = [...new Set(replicates[0].predictions.map(({ source }) => source))].sort();
  if (names.length < 2) return [];
  return names.map((source) => ({
    source,
    of: replicates.map(({ seed, predictions }) => ({
      seed,
      predictions: predictions.filter((one) => one.source === source),
    })),
  }));
}

function arrays(predictions: readonly Prediction[], classes: readonly string[]) {
  return judgedItems(predictions, { classes, subjects: subjectIndex(predictions) });
}

/** The floors' predictions for the very items that are judged. */
function floorItems(
  floors: Readonly<Record<string, readonly Prediction[]>>,
  { unit, classes, like }: { unit: Unit; classes: readonly string[]; like: readonly Prediction[] },
): ScoredItems["floors"] {
  const key = (one: Prediction) =>
    unit === "subject" ? one.subject : `${one.recording}\n${unit === "item" ? one.start : ""}`;
  const wanted = new Set(like.map(key));
  const result: ScoredItems["floors"] = {};
  for (const [name, of] of Object.entries(floors)) {
    const replicates = splitReplicates(of);
    const joined = unit === "item" ? replicates : joinReplicates(replicates, { unit, classes });
    if (typeof joined === "string") continue;
    result[name] = joined.map(({ predictions }) => arrays(predictions.filter((one) => wanted.has(key(one))), classes))
      .filter((items) => items.labels.length > 0);
  }
  return result;
}

function absent(unit: Unit, reason: string): Score {
  return { value: null, low: null, high: null, level: 0.95, n: 0, unit, floor: null, floors: {}, reason };
}

function confusionRows(predictions: readonly Prediction[], classes: readonly string[]): number[][] {
  const { labels, predicted } = arrays(predictions, classes);
  const { counts } = confusionMatrix(labels, predicted, { size: classes.length });
  return classes.map((_, t) => Array.from(counts.subarray(t * classes.length, (t + 1) * classes.length)));
}
