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

/** How several networks' probabilities of the same classes become one's. */
type Mean = (each: readonly (readonly number[])[]) => number[];

const plainMean: Mean = (each) => each[0].map((_, c) => each.reduce((sum, one) => sum + one[c] / each.length, 0));

/** That of the log probabilities. */
export const logMean: Mean = (each) => {
  const log = (probability: number) => Math.log(Math.max(probability, 1e-12));
  const likely = each[0].map((_, c) => Math.exp(each.reduce((sum, one) => sum + log(one[c]), 0) / each.length));
  const sum = likely.reduce((total, value) => total + value, 0);
  return likely.map((value) => value / sum);
};

/** The mean of what several networks say of the same windows, in the order of the first; of what all of them judged. */
export function meanPredictions(
  each: readonly (readonly Prediction[])[],
  { keyOf = windowOf, mean = plainMean }: { keyOf?: (one: Prediction) => string; mean?: Mean } = {},
): Prediction[] {
  const [first, ...others] = each;
  if (others.length === 0) return [...first];
  const said = others.map((own) => new Map(own.map((one) => [keyOf(one), one.probabilities])));
  return first.flatMap((one) => {
    const all = [one.probabilities, ...said.flatMap((own) => own.has(keyOf(one)) ? [own.get(keyOf(one))!] : [])];
    return all.length < each.length ? [] : [{ ...one, probabilities: mean(all) }];
  });
}

function windowOf(one: Prediction): string {
  return `${rowKey(one)}\n${one.window ?? 0}`;
}
