import { randomStream } from "../random/mod.ts";
import type { AskedScore, Prediction, Scores, Unit } from "../scores/mod.ts";
import { countsBy, findScore, scoreKey } from "../scores/mod.ts";
import type { EvaluateOptions } from "./evaluate_predictions.ts";
import { joinPredictions } from "../decision/mod.ts";
import { judgedItems, type Replicate, splitReplicates, subjectIndex } from "./judged_items.ts";
import { type ScoredItems, scoreItems } from "./score_items.ts";
import { unitKey } from "../splits/mod.ts";

/** What {@linkcode scoreReplicates} is told beside what the evaluation is. */
export interface ReplicateOptions extends EvaluateOptions {
  /** What the predictions are of. */
  unit: Unit;
  /** Scores to compute beside the general ones. */
  asked: readonly AskedScore[];
  /** Name of the stream that draws the resamples. */
  name: string;
}

/** The scores of predictions of one level, averaged over the replicates. */
export function scoreReplicates(replicates: readonly Replicate[], options: ReplicateOptions): Scores {
  const { classes, unit, asked, name, seed, resamples = 2000, interval = "wilson" } = options;
  const subjects = subjectIndex(replicates.flatMap(({ predictions }) => predictions));
  return scoreItems({
    ...{ unit, classes, asked, resamples, interval },
    items: replicates.map(({ predictions }) => judgedItems(predictions, { classes, subjects })),
    floors: floorItems(options, replicates[0].predictions),
    stream: randomStream(seed, `bootstrap/${name}`),
  });
}

/**
 * The scores of the items of a fold or a source, and others at the level that they count by. `atItems` names
 * those that count by item in all of the predictions, so that every source and fold has them at the same level.
 */
export function scoreLevels(
  replicates: readonly Replicate[],
  options: EvaluateOptions & { name: string; atItems: readonly AskedScore[] },
): Scores {
  const { scores = [], atItems } = options;
  const coarse = (["recording", "subject"] as const).flatMap((unit) => {
    const asked = scores.filter((one) => countsBy(one, unit) && !countsBy(one, "item") && !atItems.includes(one));
    const joined = asked.length === 0 ? "none" : joinReplicates(replicates, { ...options, unit });
    if (typeof joined === "string") return [];
    const keys = asked.map(scoreKey);
    return Object.entries(scoreReplicates(joined, { ...options, unit, asked }))
      .filter(([score]) => keys.includes(score.split("/")[0]));
  });
  const items = scoreReplicates(replicates, { ...options, unit: "item", asked: atItems });
  return { ...items, ...Object.fromEntries(coarse) };
}

/**
 * The predictions of each replicate, one a unit.
 *
 * @returns a sentence where the items of one unit differ in their label.
 */
export function joinReplicates(
  replicates: readonly Replicate[],
  { unit, classes, ruleOf }: { unit: Unit } & Pick<EvaluateOptions, "classes" | "ruleOf">,
): readonly Replicate[] | string {
  if (unit === "item") return replicates;
  const joined: Replicate[] = [];
  for (const { seed, predictions } of replicates) {
    const answers = joinPredictions(predictions, { unit, classes, ruleOf });
    if (typeof answers === "string") return answers;
    joined.push({ seed, predictions: answers });
  }
  return joined;
}

/** Scores that count by recording or subject can be told of items only where these are one each. */
export function fitsItems(score: AskedScore, { predictions }: Replicate): boolean {
  if (countsBy(score, "item")) return true;
  const { unit } = findScore(score).definition;
  const key = (one: Prediction) => unitKey(one, unit === "recording" ? unit : "subject");
  return new Set(predictions.map(key)).size === predictions.length;
}

/** The floors' predictions for the very units that are judged. */
function floorItems(
  { floors = {}, unit, classes }: ReplicateOptions,
  like: readonly Prediction[],
): ScoredItems["floors"] {
  const key = (one: Prediction) => unit === "item" ? `${one.recording}\n${one.start}` : unitKey(one, unit);
  const wanted = new Set(like.map(key));
  const result: ScoredItems["floors"] = {};
  for (const [name, { predictions, ruleOf }] of Object.entries(floors)) {
    const joined = joinReplicates(splitReplicates(predictions), { unit, classes, ruleOf });
    if (typeof joined === "string") continue;
    result[name] = joined.map(({ predictions }) => predictions.filter((one) => wanted.has(key(one))))
      .filter((own) => own.length > 0)
      .map((own) => judgedItems(own, { classes, subjects: subjectIndex(own) }));
  }
  return result;
}
