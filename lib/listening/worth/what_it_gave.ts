import { proportionInterval } from "../../statistics/mod.ts";
import type { Estimate } from "../agreement/agreement.ts";
import { type ListeningItem, type ListeningTable, meanAnswer } from "../listening_table.ts";
import { decideLabel } from "../take_labels.ts";
import { currentVerdicts } from "../merge_verdicts.ts";
import { stratumOf } from "../kinds/random_share.ts";
import type { Verdict } from "../verdicts.ts";

/** What listening found. */
export interface WhatItGave {
  /** By queue: sounds that were heard, those that listeners decided on, and how many of their labels are wrong. */
  queues: { queue: string; heard: number; decided: number; wrong: number; share: Estimate }[];
  /** Of the whole set, from the random share; nothing where that wasn't heard. */
  set?: {
    /** Share of wrong labels. */
    wrong: Estimate;
    /** Share of the set of whose kind nothing was heard. */
    unheard: number;
    /** By class: how precise and complete the networks' probabilities are at each threshold, by what listeners call the sounds. */
    classes: { label: string; thresholds: ThresholdWorth[] }[];
  };
}

/** What a threshold on the probability of a class is worth. */
export interface ThresholdWorth {
  threshold: number;
  /** Items of the set at or above it. */
  above: number;
  precision: Estimate;
  recall: Estimate;
}

/** Of a share of nothing. */
const NONE: Estimate = { value: NaN, low: NaN, high: NaN };

const THRESHOLDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/**
 * How many labels are wrong, queue by queue and, without bias, in the whole set; and what the networks' probabilities are worth
 * by what listeners say. Most of the listeners decide.
 */
export function whatItGave(table: ListeningTable, verdicts: readonly Verdict[]): WhatItGave {
  const { classes } = table, current = currentVerdicts(verdicts);
  const labels = new Map(table.items.map(({ item, label }) => [item, label]));
  const known = current.filter(({ item }) => labels.has(item));
  const queues = [...Map.groupBy(known, ({ queue }) => queue)].map(([queue, own]) => {
    const heard = [...Map.groupBy(own, ({ item }) => item)].filter(([item]) => labels.get(item) !== null);
    const decided = heard.flatMap(([item, of]) => {
      const decision = decideLabel(of, { from: "majority", classes });
      return decision ? [decision.label !== labels.get(item)] : [];
    });
    const wrong = decided.filter((is) => is).length, n = decided.length;
    const share = n === 0 ? NONE : { value: wrong / n, ...proportionInterval(wrong, n, { level: 0.95 }) };
    return { queue, heard: heard.length, decided: n, wrong, share };
  });
  const sample = checkedSample(table, known);
  if (sample.items.length === 0) return { queues };
  const probability = (item: ListeningItem, c: number) => meanAnswer(item)?.[c] ?? NaN;
  const classesWorth = classes.map((label, c) => ({
    label,
    thresholds: THRESHOLDS.map((threshold) => ({
      threshold,
      above: table.items.filter((item) => probability(item, c) >= threshold).length,
      precision: stratifiedShare(sample, {
        of: (item) => probability(item, c) >= threshold,
        is: ({ truth }) => truth === label,
      }),
      recall: stratifiedShare(sample, {
        of: (item) => item.truth === label && item.answers.length > 0,
        is: (item) => probability(item, c) >= threshold,
        heard: true,
      }),
    })),
  }));
  return {
    queues,
    set: {
      wrong: stratifiedShare(sample, { of: ({ label }) => label !== null, is: ({ label, truth }) => label !== truth }),
      unheard: sample.unheard,
      classes: table.items.some(({ answers }) => answers.length > 0) ? classesWorth : [],
    },
  };
}

/** A sound of the random share that listeners decided on. */
interface CheckedItem extends ListeningItem {
  /** What listeners call it. */
  truth: string;
  stratum: number;
}

/** A random share of a set, class by class and answer by answer. */
interface CheckedSample {
  items: CheckedItem[];
  /** Of each stratum that was heard: how many items the set has, and how many were decided. */
  strata: { size: number; heard: number }[];
  /** Share of the set in strata that nobody heard of: nothing is told of them. */
  unheard: number;
}

/** What was heard of the random share, by most of the listeners; "can't tell" is taken for anything within its stratum. */
function checkedSample(table: ListeningTable, verdicts: readonly Verdict[]): CheckedSample {
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
function stratifiedShare(
  { items, strata }: CheckedSample,
  counts: { of(item: CheckedItem): boolean; is(item: CheckedItem): boolean; heard?: boolean },
): Estimate {
  const weight = ({ stratum }: CheckedItem) => strata[stratum].size / strata[stratum].heard;
  const part = items.filter(counts.of);
  const whole = part.reduce((sum, item) => sum + weight(item), 0);
  const value = part.reduce((sum, item) => sum + (counts.is(item) ? weight(item) : 0), 0) / whole;
  if (part.length === 0) return NONE;
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
