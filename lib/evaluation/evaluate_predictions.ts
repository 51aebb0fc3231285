import { InputError, UsageError } from "../errors/mod.ts";
import type { AskedScore, IntervalMethod, PartMetrics, Prediction, Score, Scores, Unit } from "../scores/mod.ts";
import { confusionMatrix, countsBy, findScore, scoreKey, scores } from "../scores/mod.ts";
import { judgedItems, type Replicate, splitReplicates, subjectIndex } from "./judged_items.ts";
import { type RuleOf } from "../decision/mod.ts";
import { meanOverSources } from "./score_items.ts";
import { fitsItems, joinReplicates, scoreLevels, scoreReplicates } from "./score_replicates.ts";

export interface EvaluateOptions {
  /** In the order of the probabilities; the first is the healthy one. */
  classes: readonly string[];
  /** Scores wanted beside the general ones. */
  scores?: readonly AskedScore[];
  /** Draws the resamples. */
  seed: number;
  /** How intervals are made. @default {"wilson"} */
  interval?: IntervalMethod;
  /** Resamples of subjects, where intervals are made of them. @default {2000} */
  resamples?: number;
  /**
   * Predictions of models that see no sound or learn nothing, by the name of the floor (`shortcut`, `linear`, `nearest`), and
   * the rule by which theirs are joined: floors are decided as carefully as the network.
   */
  floors?: Readonly<Record<string, { predictions: readonly Prediction[]; ruleOf?: RuleOf }>>;
  /** The rule for recordings and subjects that was fitted in a fold; mean and top class where it gives none. */
  ruleOf?: RuleOf;
}

const units: readonly Unit[] = ["item", "recording", "subject"];

/**
 * Every score of the predictions of one part, at the levels item, recording and subject (the latter two where some unit has
 * several items and none has two labels, or a score that is wanted counts by them), each with its interval and its floors.
 *
 * **Several seeds and repeats.** A score is computed for each seed and repeat by itself and then averaged, so that it speaks
 * of one trained model and not of an ensemble, and no area compares probabilities of differently trained models more than
 * cross-validation does. An interval comes from leaving out subjects, each with its predictions under all seeds at once: it
 * covers the choice of subjects, given these seeds. Treating the seeds as more subjects would make it too narrow. The spread
 * between seeds can be read from `folds`.
 *
 * **Sources.** The mean over sources gives each the same say; its interval lets the subjects within each source vary.
 *
 * @throws {InputError} for no predictions, an unknown class or probabilities that are no numbers.
 * @throws {UsageError} for an unknown score.
 */
export function evaluatePredictions(predictions: readonly Prediction[], options: EvaluateOptions): PartMetrics {
  if (predictions.length === 0) throw new InputError({ expected: "predictions to judge", found: "none" });
  refuseUnknownScores(options.scores ?? []);
  const replicates = splitReplicates(predictions);
  const atItems = (options.scores ?? []).filter((name) => fitsItems(name, replicates[0]));
  const folds = Map.groupBy(predictions, (one) => `${one.seed}/${one.fold}`);
  const sources = bySource(replicates).map(({ source, of }) => ({
    source,
    scores: scoreLevels(of, { ...options, atItems, name: `source/${source}` }),
  }));
  return {
    pooled: pooledScores(replicates, options),
    folds: Array.from(folds.values(), (predictions) => {
      const [{ fold, seed }] = predictions;
      return {
        fold,
        seed,
        scores: scoreLevels([{ seed, predictions }], { ...options, atItems, name: `fold/${fold}` }),
      };
    }).sort((a, b) => a.seed - b.seed || a.fold - b.fold),
    sources,
    sourceMean: meanOverSources(sources),
    confusion: confusionOf(replicates[0].predictions, options.classes),
  };
}

function refuseUnknownScores(asked: readonly AskedScore[]): void {
  const known = scores.all().map(({ definition }) => definition.name);
  const unknown = asked.find((one) => typeof one === "string" && !known.includes(one));
  if (unknown === undefined) return;
  const expected = `a score that is known (${known.join(", ")})`;
  throw new UsageError({ expected, found: `"${unknown}"`, where: "evaluation.scores" });
}

/** The scores at every level that there is; those that can't be told stand at the items, with the reason. */
function pooledScores(replicates: readonly Replicate[], options: EvaluateOptions): PartMetrics["pooled"] {
  const { classes } = options;
  const pooled: PartMetrics["pooled"] = {};
  const unfit: Scores = {};
  for (const unit of units) {
    const asked = (options.scores ?? []).filter((one) => countsBy(one, unit));
    const joined = joinReplicates(replicates, { ...options, unit });
    if (typeof joined === "string") {
      for (const one of asked) {
        if (!countsBy(one, "item")) unfit[scoreKey(one)] = absent(unit, `it counts by ${unit}, and ${joined}`);
      }
    } else if (
      unit === "item" || asked.some((one) => !countsBy(one, "item")) ||
      joined[0].predictions.length < replicates[0].predictions.length
    ) {
      pooled[unit] = scoreReplicates(joined, { ...options, unit, asked, name: "pooled" });
      for (const one of asked) {
        const { needs, from } = findScore(one).definition;
        const reason = from === undefined ? UNKNOWN : needs?.(classes);
        if (reason !== undefined) unfit[scoreKey(one)] = absent(unit, reason);
      }
    }
  }
  Object.assign(pooled.item!, unfit);
  return pooled;
}

const UNKNOWN = "computing it needs the module that defines it, which isn't loaded here";

function absent(unit: Unit, reason: string): Score {
  return { value: null, low: null, high: null, level: 0.95, n: 0, unit, floor: null, floors: {}, reason };
}

function bySource(replicates: readonly Replicate[]): { source: string; of: Replicate[] }[] {
  const names = [...new Set(replicates[0].predictions.map(({ source }) => source))].sort();
  if (names.length < 2) return [];
  const part = (all: readonly Prediction[], source: string) => all.filter((one) => one.source === source);
  return names.map((source) => ({
    source,
    of: replicates.map(({ seed, predictions }) => ({ seed, predictions: part(predictions, source) })),
  }));
}

function confusionOf(predictions: readonly Prediction[], classes: readonly string[]): PartMetrics["confusion"] {
  const { labels, predicted } = judgedItems(predictions, { classes, subjects: subjectIndex(predictions) });
  const { counts } = confusionMatrix(labels, predicted, { size: classes.length });
  const row = (t: number) => Array.from(counts.subarray(t * classes.length, (t + 1) * classes.length));
  return { classes: [...classes], counts: classes.map((_, t) => row(t)) };
}
