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

/** A score as its run is read by it. */
export interface ReadScore extends Score {
  /** Of a mean over sources: what it is, in words. */
  over?: string;
}

/**
 * Every score of a part as its experiment is read by it: where one source is left out at a time the mean over the sources, of
 * which each was new to its network, and else {@linkcode scoresByUnit}.
 */
export function scoresAsRead(
  { pooled, sourceMean }: Pick<PartMetrics, "pooled" | "sourceMean">,
  { unit, protocol }: { unit?: Unit; protocol?: { kind: string } } = {},
): Record<string, ReadScore> {
  const scores = scoresByUnit(pooled, unit);
  if (protocol?.kind !== "leave-one-source-out") return scores;
  return Object.fromEntries(
    Object.entries(scores).map(([name, score]): [string, ReadScore] => {
      const mean = sourceMean[name];
      if (!mean || mean.value === null || score.value === null) return [name, score];
      return [name, { ...mean, over: `mean over the sources${countedApart(mean, score)}` }];
    }),
  );
}

/** What a mean over sources counts, where it counts others than the score beside it: `", by item"`. General ones count items. */
export function countedApart(mean: Score, beside: Score): string {
  return mean.unit !== beside.unit && mean.n !== beside.n ? `, by ${mean.unit}` : "";
}
