import { headlineScores, lowerIsBetter, type Metrics } from "../../evaluation/mod.ts";
import {
  bundle as bundleFile,
  type BundleWorth,
  knownSounds,
  metricsFile,
  type Run,
  runConfig,
  sealBundle,
} from "../../runs/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";

/**
 * Adds to the bundle of a judged run what it is worth and which sounds it knows from its training, and seals it: from now on
 * no file in its folder may change.
 */
export async function finishBundle(
  run: Run,
  { manifest, folds, hashes }: Pick<PreparedData, "manifest" | "folds" | "hashes">,
): Promise<void> {
  const bundle = await run.readJson("model/bundle.json", bundleFile);
  const metrics: Metrics = await run.readJson("metrics.json", metricsFile);
  const { experiment } = await run.readJson("config.json", runConfig);
  const rows = new Set(folds.flatMap(({ train, validation }) => [...train, ...validation]));
  const known = knownSounds([...rows].flatMap((row) => hashes.get(manifest.rows[row].recording) ?? []));
  const worth = worthOf(metrics, experiment.evaluation as unknown as Experiment["evaluation"]);
  await sealBundle(run, { ...bundle, worth, known });
}

/** The first score, of those that the experiment names, that a floor can be held against. */
function worthOf(
  { parts }: Metrics,
  { scores, unit = "item" }: Pick<Experiment["evaluation"], "scores" | "unit">,
): BundleWorth | undefined {
  const part = "test";
  for (const score of [...scores, ...headlineScores]) {
    for (const level of [unit, "item", "recording", "subject"] as const) {
      const found = parts[part]?.pooled[level]?.[score];
      if (!found || found.value === null || found.floor === null) continue;
      const { value, low, high, level: coverage, n, floor, floors } = found;
      const by = Object.keys(floors).find((name) => floors[name] === floor) ?? "";
      return { score, part, value, low, high, level: coverage, n, unit: level, floor, by, lower: lowerIsBetter(score) };
    }
  }
  return undefined;
}
