import type { Manifest } from "../../datasets/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { BundleNetwork } from "../../runs/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import { meanPredictions } from "../judge/join_folds.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import { metadataWindows } from "../prepare/metadata_windows.ts";
import { predictWindows } from "../train/train_fold.ts";
import type { Ensemble } from "./unseen_ensembles.ts";

/** What {@linkcode judgeEnsembles} judges, and by which networks. */
export interface JudgeEnsemblesOptions {
  networks: readonly BundleNetwork[];
  manifest: Manifest;
  windows: LabelledWindows;
  seed: number;
  signal?: AbortSignal;
}

/** What each ensemble says of its rows' windows, the mean of its members; `fold` is the number of the ensemble. */
export async function judgeEnsembles(
  ensembles: readonly Ensemble[],
  { networks, manifest, windows, seed, signal }: JudgeEnsemblesOptions,
): Promise<Prediction[][]> {
  const say = async ({ statistics, metadata, predict }: BundleNetwork, ensemble: number) => {
    const own = metadataWindows(windows, manifest.rows, metadata);
    const context = {
      manifest,
      windows: own,
      session: { predict },
      statistics,
      indices: ensembles[ensemble].rows,
      signal,
    };
    const said = await predictWindows("", { fold: ensemble, seed }, context);
    if (said === undefined) throw new DOMException("stopped", "AbortError");
    return said;
  };
  const partOf = new Map(manifest.rows.map((row) => [rowKey(row), row.part]));
  const judged: Prediction[][] = [];
  for (const [ensemble, { members }] of ensembles.entries()) {
    const each: Prediction[][] = [];
    for (const member of members) each.push(await say(networks[member], ensemble));
    judged.push(meanPredictions(each).map((one) => ({ ...one, part: partOf.get(rowKey(one))! })));
  }
  return judged;
}
