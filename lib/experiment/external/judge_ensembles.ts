import type { Manifest } from "../../datasets/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Bundle, BundleNetwork } from "../../runs/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import { meanPredictions } from "../judge/join_folds.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import { metadataWindows } from "../prepare/metadata_windows.ts";
import { predictWindows } from "../train/train_fold.ts";
import { sayByFrame } from "../frames/say_by_frame.ts";
import type { Ensemble } from "./unseen_ensembles.ts";

/** What {@linkcode judgeEnsembles} judges, and by which networks. */
export interface JudgeEnsemblesOptions {
  bundle: Bundle;
  networks: readonly BundleNetwork[];
  manifest: Manifest;
  windows: LabelledWindows;
  seed: number;
  signal?: AbortSignal;
}

/**
 * What each ensemble says of its rows' windows, or of its rows where it answers by frame, the mean of its members; `fold` is the
 * number of the ensemble.
 */
export async function judgeEnsembles(
  ensembles: readonly Ensemble[],
  options: JudgeEnsemblesOptions,
): Promise<Prediction[][]> {
  const { bundle, networks, manifest, windows, seed, signal } = options;
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
  for (const [ensemble, { members, rows }] of ensembles.entries()) {
    const own = members.map((member) => networks[member]), each: Prediction[][] = [];
    if (bundle.frameAnswers) each.push(...await sayByFrame(own, rows, { ...options, fold: ensemble }));
    else for (const network of own) each.push(await say(network, ensemble));
    judged.push(meanPredictions(each).map((one) => ({ ...one, part: partOf.get(rowKey(one))! })));
  }
  return judged;
}
