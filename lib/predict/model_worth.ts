import { floorWords, hearingFloors } from "../evaluation/floor_words.ts";
import { scoreName } from "../scores/score_table.ts";
import type { Bundle, BundleWorth } from "../runs/bundle/bundle_schema.ts";

/** What the answers of a model are worth, for whoever reads one. */
export interface ModelWorth {
  /** Its score with interval, count and floor. */
  score: string;
  /** Why its answers should not be relied on, where that is so. */
  warning?: string;
}

/** What a bundle says of its model: how it did on recordings that it hadn't heard, and whether that is more than no model. */
export function modelWorth({ worth }: Pick<Bundle, "worth">): ModelWorth {
  if (!worth) return { score: "not known here: an earlier version made the bundle; its report tells" };
  const { score, title, over, value, low, high, level, n, unit, floor, by, lower } = worth;
  const name = [title ?? scoreName(score).name, ...over ? [`, ${over},`] : []].join("");
  const number = (x: number) => x.toFixed(2);
  const interval = low === null || high === null
    ? "too few subjects for an interval"
    : `${Math.round(100 * level)} % interval ${number(low)} to ${number(high)}`;
  const floored = floorWords[by] ?? (by || "a guess");
  const told = `${name} ${number(value)} (${interval}, ${n} ${unit}${n === 1 ? "" : "s"}); ` +
    `${floored} reaches ${number(floor)}`;
  const near = lower ? high : low;
  const above = (x: number) => lower ? x < floor : x > floor;
  if (!above(value)) {
    return {
      score: told,
      warning: warningAt(worth, floored),
    };
  }
  if (near === null || !above(near)) {
    return {
      score: told,
      warning:
        `Whether this model does better than ${floored} can't be told: with so few subjects its score may be chance.`,
    };
  }
  return { score: told };
}

/** Of a model that isn't above its floor. */
function warningAt({ value, floor, by, lower, n, unit }: BundleWorth, floored: string): string {
  if (value === floor && value === (lower ? 0 : 1)) {
    return `This model and ${floored} are both right on all ${n} ${unit}s: too easy, or too few, to tell them apart.`;
  }
  return hearingFloors.includes(by)
    ? `A simpler model (${floored}) is as good as this one, or better.`
    : `This model does no better than ${floored}: its answers tell nothing of a recording.`;
}
