import type { Prediction } from "../../scores/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import type { FinishedFold } from "../finish_fold.ts";

/** What a fold's network says of the rows that it wasn't trained on. */
export interface SaidOfFold extends Pick<FinishedFold, "predictions"> {
  member: Pick<FinishedFold["member"], "fold" | "seed" | "outer">;
}

/**
 * The folds of a run as they are judged, in the order of their first networks: the inner folds of an outer fold as one, else a
 * fold by itself.
 *
 * @returns `validation`: what each network says of the windows of its own validation part, of inner folds together every learned
 * row once; `test`: the mean of what they say of the windows of the test part that they share.
 */
export function joinFolds(
  folds: readonly SaidOfFold[],
): (Record<"fold" | "seed", number> & Record<"validation" | "test", Prediction[]>)[] {
  const judged = Map.groupBy(folds, ({ member: { seed, outer, fold } }) => `${seed}/${outer ?? fold}`);
  return [...judged.values()].map((inner) => {
    const { seed, outer, fold: own } = inner[0].member;
    const fold = outer ?? own;
    const part = (name: string) =>
      inner.map(({ predictions }) =>
        predictions.filter((one) => one.part === name).map((one): Prediction => ({ ...one, fold }))
      );
    return { fold, seed, validation: part("validation").flat(), test: meanPredictions(part("test")) };
  });
}

/** The mean of what several networks say of the same windows, in the order of the first. */
export function meanPredictions(each: readonly (readonly Prediction[])[]): Prediction[] {
  if (each.length === 1) return [...each[0]];
  const others = each.slice(1).map((own) => new Map(own.map((one) => [windowOf(one), one])));
  return each[0].map((one) => {
    const all = [one, ...others.map((own) => own.get(windowOf(one))!)];
    return {
      ...one,
      probabilities: one.probabilities.map((_, c) =>
        all.reduce((sum, { probabilities }) => sum + probabilities[c] / all.length, 0)
      ),
    };
  });
}

function windowOf(one: Prediction): string {
  return `${rowKey(one)}\n${one.window ?? 0}`;
}
