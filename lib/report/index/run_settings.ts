import type { RunConfig } from "../../runs/mod.ts";

/** What decides a run, by dotted keys: `{ "training.epochs": "20", "training.augment.0.probability": "1", … }`. */
export function runSettings({ experiment, seeds, engine }: RunConfig): Record<string, string> {
  // What names or accompanies an experiment decides nothing, nor does what a sweep may try.
  const { name: _1, title: _2, question: _3, references: _4, budgets: _5, space: _6, ablations: _7, ...decisive } =
    experiment;
  return {
    ...flat(decisive),
    seeds: JSON.stringify(seeds),
    "engine.name": engine.name,
    "engine.threads": String(engine.threads),
  };
}

/** Lists of objects go on by their places, so that an empty one says nothing; other lists stay whole. */
function flat(value: Record<string, unknown>, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, string][] => {
      const nested = Array.isArray(inner) ? inner.every(isObject) : isObject(inner);
      if (nested) return Object.entries(flat({ ...inner as object }, `${prefix}${key}.`));
      return [[`${prefix}${key}`, typeof inner === "string" ? inner : JSON.stringify(inner)]];
    }),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
