import type { TrainingSession } from "../engines/mod.ts";
import type { WindowShape } from "../features/window_shape.ts";
import { plainStatistics } from "./feature_statistics.ts";
import { frameSource } from "./frame_source.ts";
import { predictLogits } from "./predict_logits.ts";
import { softmax } from "./softmax.ts";

/**
 * What a network by frame says of a whole recording: the mean over windows that overlap by half.
 *
 * @param features `[frames, bands, channels]`, see `standardiseWhole`; any number of frames.
 * @param shape Of a window of the network, with the classes of its frames.
 * @returns `[frames, classes]`, rows that sum to 1.
 */
export async function hearFrames(
  network: Pick<TrainingSession, "predict">,
  features: Float32Array,
  shape: WindowShape & { classes: number },
): Promise<Float32Array> {
  const labels = new Int32Array(features.length / (shape.bands * shape.channels));
  const source = frameSource([{ features, labels }], shape), indices = source.of([0]);
  const logits = await predictLogits(network, { source, indices, statistics: plainStatistics(shape) });
  return source.join(indices, softmax(logits, shape.classes)).get(0)!;
}
