import { proportionInterval } from "../../statistics/mod.ts";
import type { Estimate } from "../agreement/agreement.ts";
import type { ListeningItem, ListeningTable } from "../listening_table.ts";
import { decideLabel } from "../take_labels.ts";
import { stratumOf } from "../kinds/random_share.ts";
import type { Verdict } from "../verdicts.ts";

/** A sound of the random share that listeners decided on. */
export interface CheckedItem extends ListeningItem {
  /** What listeners call it. */
  truth: string;
  stratum: number;
}

/** A random share of a set, class by class and answer by answer. */
export interface CheckedSample {
  items: CheckedItem[];
  /** Of each stratum that was heard: how many items the set has, and how many were decided. */
  strata: { size: number; heard: number }[];
  /** Share of the set in strata that nobody heard of: nothing is told of them. */
  unheard: number;
}

/** What was heard of the random share, by most of the listeners; "can't tell" is taken for anything within its stratum. */
export function checkedSample(table: ListeningTable, verdicts: readonly Verdict[]): CheckedSample {
  const { classes } = table;
  const said = Map.groupBy(verdicts.filter(({ queue }) => queue === "random"), ({ item }) => item);
  const byStratum = Map.groupBy(table.items, (item) => stratumOf(item, classes));
  const items: CheckedItem[] = [], strata: CheckedSample["strata"] = [];
  let unheard = 0;
  for (const members of byStratum.values()) {
    const heard = members.flatMap((one) => {
      const decision = decideLabel(said.get(one.item) ?? [], { from: "majority", classes });
      return decision ? [{ ...one, truth: decision.label, stratum: strata.length }] : [];
    });
    if (heard.length === 0) unheard += members.length / table.items.length;
    else strata.push({ size: members.length, heard: items.push(...heard) && heard.length });
  }
  return { items, strata, unheard };
}

/**
 * A share of the set, or of a part of it, from a stratified sample: the ratio of two sums, each weighted by how many items a
 * heard one stands for, with the variance of its linearisation (Cochran 1977, sections 5A.3 and 6.11), in Wilson's interval with
 * as many independent items as that is worth (Korn & Graubard 1998).
 *
 * @param counts Whether an item is one of the part, and one that is counted in it; `heard`: only who heard it knows the first.
 * @returns NaN where none is of the part.
 */
export function stratifiedShare(
  { items, strata }: CheckedSample,
  counts: { of(item: CheckedItem): boolean; is(item: CheckedItem): boolean; heard?: boolean },
): Estimate {
  const weight = ({ stratum }: CheckedItem) => strata[stratum].size / strata[stratum].heard;
  const part = items.filter(counts.of);
  const whole = part.reduce((sum, item) => sum + weight(item), 0);
  const value = part.reduce((sum, item) => sum + (counts.is(item) ? weight(item) : 0), 0) / whole;
  if (part.length === 0) return { value: NaN, low: NaN, high: NaN };
  // A stratum of which all heard are alike isn't taken for sure: another heard one may be of the part and counted, or not, half
  // and half (Agresti & Coull 1998).
  const guess = (value * part.length + 1) / (part.length + 2);
  const square = strata.reduce((sum, { size, heard }, stratum) => {
    const own = part.filter((item) => item.stratum === stratum);
    if (size === heard || own.length === 0 && !counts.heard) return sum;
    const yes = own.filter(counts.is).length;
    const among = counts.heard ? (own.length + 0.5) / (heard + 1) : own.length / heard;
    const mean = (yes + 0.5) / (own.length + 1);
    const residual = among * (mean * (1 - mean) + (1 - among) * (mean - value) ** 2);
    return sum + (size / whole) ** 2 * (1 - heard / size) * residual / Math.max(1, heard - 1);
  }, 0);
  if (square === 0) return { value, low: value, high: value };
  const worth = guess * (1 - guess) / square;
  const { low, high } = proportionInterval(value * worth, worth, { level: 0.95 });
  return { value, low, high };
}
