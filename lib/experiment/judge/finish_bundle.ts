import { hashBytes } from "../../files/mod.ts";
import { headlineScores, lowerIsBetter, type Metrics, scoreKey } from "../../scores/mod.ts";
import { type BundleWorth, knownSoundHashes, type Run, type RunConfig, sealBundle } from "../../runs/mod.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";

/**
 * Adds to the bundle of a judged run what it is worth and which sounds it knows from its training, and seals it: from now on
 * no file in its folder may change.
 */
export async function finishBundle(
  run: Run,
  { manifest, folds, hashes, beginning }: Pick<PreparedData, "manifest" | "folds" | "hashes" | "beginning">,
): Promise<void> {
  const bundle = await run.bundle();
  const metrics = await run.metrics();
  const { experiment } = await run.config();
  const rows = new Set(folds.flatMap(({ train, validation }) => [...train, ...validation]));
  const learned = [...rows].flatMap((row) => hashes.get(manifest.rows[row].recording) ?? []);
  const known = knownSoundHashes(learned, beginning?.known);
  const worth = worthOf(metrics, experiment.evaluation);
  const splits = hashBytes(await run.readBytes("splits.json"));
  await sealBundle(run, { ...bundle, worth, known, splits });
}

/** The first score, of those that the experiment names, that a floor can be held against. */
function worthOf(
  { parts }: Metrics,
  { scores, unit }: RunConfig["experiment"]["evaluation"],
): BundleWorth | undefined {
  const part = "test";
  for (const score of [...scores.map(scoreKey), ...headlineScores]) {
    for (const level of [unit, "item", "recording", "subject"] as const) {
      const found = parts[part]?.pooled[level]?.[score];
      if (!found || found.value === null || found.floor === null) continue;
      const { value, low, high, level: coverage, n, floor, floors } = found;
      const by = Object.keys(floors).find((name) => floors[name] === floor) ?? "";
      return {
        ...{ score, title: found.about?.title, part, value, low, high, level: coverage, n, unit: level, floor, by },
        lower: lowerIsBetter(score),
      };
    }
  }
  return undefined;
}
