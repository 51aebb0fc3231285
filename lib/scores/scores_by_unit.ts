import type { PartMetrics, Score, Scores, Unit } from "./score.ts";

/**
 * Every score of a part by the unit that its experiment is read by (`evaluation.unit`), else by the finest in which it has a
 * value; each says its own unit.
 */
export function scoresByUnit(pooled: PartMetrics["pooled"], unit: Unit = "item"): Scores {
  const levels = ([unit, "item", "recording", "subject"] as const).map((level) => pooled[level] ?? {});
  const names = new Set(levels.flatMap((scores) => Object.keys(scores)));
  return Object.fromEntries(Array.from(names, (name) => {
    const found = levels.flatMap((scores) => scores[name] ?? []);
    return [name, found.find(({ value }) => value !== null) ?? found[0]];
  }));
}

/** What a mean over sources counts, where it counts others than the score beside it: `", by item"`. General ones count items. */
export function countedApart(mean: Score, beside: Score): string {
  return mean.unit !== beside.unit && mean.n !== beside.n ? `, by ${mean.unit}` : "";
}
