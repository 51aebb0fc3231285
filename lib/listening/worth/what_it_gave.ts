import { proportionInterval } from "../../statistics/mod.ts";
import type { Estimate } from "../agreement/agreement.ts";
import { type ListeningItem, type ListeningTable, meanAnswer } from "../listening_table.ts";
import { decideLabel } from "../take_labels.ts";
import { currentVerdicts } from "../merge_verdicts.ts";
import type { Verdict } from "../verdicts.ts";
import { checkedSample, stratifiedShare } from "./checked_sample.ts";

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
    const share = n === 0
      ? { value: NaN, low: NaN, high: NaN }
      : { value: wrong / n, ...proportionInterval(wrong, n, { level: 0.95 }) };
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
