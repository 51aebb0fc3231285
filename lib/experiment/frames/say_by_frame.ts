import { openInput } from "../../features/mod.ts";
import { progress } from "../../files/mod.ts";
import { answerByFrame, type BundleNetwork } from "../../runs/mod.ts";
import { standardiseWhole } from "../../training/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { JudgeEnsemblesOptions } from "../external/judge_ensembles.ts";
import { readFrames } from "./frame_items.ts";
import { itemPrediction } from "./item_prediction.ts";

/** What each network by frame says of rows that can be read; every recording is read once. */
export async function sayByFrame(
  networks: readonly BundleNetwork[],
  rows: Int32Array,
  { bundle, manifest, windows, seed, signal, fold }: JudgeEnsemblesOptions & { fold: number },
): Promise<Prediction[][]> {
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
}
