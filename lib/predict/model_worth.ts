import { floorWords } from "../evaluation/floor_words.ts";
import type { Bundle } from "../runs/bundle_schema.ts";

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
  const { score, value, low, high, level, n, unit, floor, by, lower } = worth;
  const name = score.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
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
      warning: `This model does no better than ${floored}: its answers tell nothing of a recording.`,
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
