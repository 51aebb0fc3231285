import type { Manifest } from "../../datasets/mod.ts";
import { openInput } from "../../features/mod.ts";
import { progress } from "../../files/mod.ts";
import { answerByFrame, type Bundle, type BundleNetwork } from "../../runs/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import { standardiseWhole } from "../../training/mod.ts";
import { itemPrediction } from "../frames/answer_items.ts";
import { readFrames } from "../frames/frame_items.ts";
import { meanPredictions } from "../judge/join_folds.ts";
import { type LabelledWindows, metadataWindows } from "../prepare/labelled_windows.ts";
import { predictWindows } from "../train/train_fold.ts";
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
  const { bundle, networks, manifest } = options;
  const say = bundle.frameAnswers ? sayByFrame : sayOfWindows;
  const partOf = new Map(manifest.rows.map((row) => [rowKey(row), row.part]));
  const judged: Prediction[][] = [];
  for (const [fold, { members, rows }] of ensembles.entries()) {
    const each = await say(members.map((member) => networks[member]), rows, { ...options, fold });
    judged.push(meanPredictions(each).map((one) => ({ ...one, part: partOf.get(rowKey(one))! })));
  }
  return judged;
}

type Say = (
  networks: readonly BundleNetwork[],
  rows: Int32Array,
  options: JudgeEnsemblesOptions & { fold: number },
) => Promise<Prediction[][]>;

/** What each network says of the windows of rows. */
const sayOfWindows: Say = async (networks, indices, { manifest, windows, seed, signal, fold }) => {
  const each: Prediction[][] = [];
  for (const { statistics, metadata, predict } of networks) {
    const own = metadataWindows(windows, manifest.rows, metadata);
    const context = { manifest, windows: own, session: { predict }, statistics, indices, signal };
    const said = await predictWindows("", { fold, seed }, context);
    if (said === undefined) throw new DOMException("stopped", "AbortError");
    each.push(said);
  }
  return each;
};

/** What each network by frame says of rows that can be read; every recording is read once. */
const sayByFrame: Say = async (networks, rows, { bundle, manifest, windows, seed, signal, fold }) => {
  const { classes } = bundle;
  const input = openInput(bundle.input), frameRate = 1 / input.axes.hop;
  const readable = rows.filter((row) => windows.of(Int32Array.of(row)).length > 0);
  const said = networks.map((): Prediction[] => []);
  const bar = progress("recordings", readable.length);
  for (const [i, row] of readable.entries()) {
    const { values } = await readFrames(input, manifest.folder, manifest.rows[row]);
    const features = standardiseWhole(values, input);
    for (const [n, network] of networks.entries()) {
      signal?.throwIfAborted();
      const { probabilities } = await answerByFrame(network, features, { bundle, frameRate });
      said[n].push(itemPrediction(manifest.rows[row], probabilities, { fold, seed, part: "", classes }));
    }
    bar.update(i + 1);
  }
  bar.stop();
  return said;
};
