import { type AskedDataset, datasetRights, type Manifest } from "../../datasets/mod.ts";
import { type EvaluateOptions, evaluatePredictions, groupScores } from "../../evaluation/mod.ts";
import { leakageWarnings } from "../../floors/mod.ts";
import type { RunData } from "../../runs/mod.ts";
import type { Metrics, Prediction } from "../../scores/mod.ts";
import { describeData, type DescribeDataOptions, passedOver, recordingGroups } from "../prepare/describe_data.ts";
import type { Ensemble } from "./unseen_ensembles.ts";

/** Every part by itself, with its groups. */
export function externalMetrics(
  predictions: readonly Prediction[],
  options: EvaluateOptions,
  manifest: Manifest,
): Metrics {
  const { classes } = manifest;
  const groups = recordingGroups(manifest.rows);
  const parts = Object.fromEntries(
    [...Map.groupBy(predictions, ({ part }) => part)].map(([part, own]) => [part, {
      ...evaluatePredictions(own, options),
      groups: groupScores(own, { ...options, groups }),
    }]),
  );
  const unread = manifest.rows.length - predictions.length;
  return {
    ...{ version: 1, classes, parts },
    warnings: [
      ...Object.values(parts).flatMap((part) => leakageWarnings({ part, named: options.scores })),
      ...manifest.warnings ?? [],
      ...passedOver(manifest),
      ...unread > 0 ? [`${unread} of ${manifest.rows.length} items could not be judged.`] : [],
    ],
  };
}

/** What was judged: the rows that an ensemble of networks had for it. */
export function externalData(
  manifest: Manifest,
  { name, of, ensembles, ...more }:
    & { name: string; of: AskedDataset; ensembles: readonly Ensemble[] }
    & Pick<DescribeDataOptions, "store" | "fingerprint" | "leakCheck">,
): RunData {
  const { licence, citation } = datasetRights(of);
  const judged = new Set(ensembles.flatMap(({ rows }) => [...rows]));
  const windows = more.store.windows.filter(({ item }) => judged.has(item));
  const byPart = Map.groupBy(manifest.rows.keys(), (row) => manifest.rows[row].part);
  return describeData(manifest, {
    ...{ ...more, title: name, licence, citation, parts: Object.fromEntries(byPart) },
    store: { windows, passedOver: more.store.passedOver },
  });
}
