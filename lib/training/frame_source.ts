import type { TrainingSession } from "../engines/mod.ts";
import type { LogSpectrum } from "../features/open_input.ts";
import { type WindowShape, windowSize } from "../features/window_shape.ts";
import type { ExampleSource, FramedWindows } from "./example_source.ts";
import { plainStatistics } from "./feature_statistics.ts";
import { predictLogits } from "./run_windows.ts";
import { softmax } from "./softmax.ts";

/** A recording frame by frame. */
export interface FramedItem {
  /** `[frames, bands, channels]` of the whole of it. */
  features: Float32Array;
  /** `[frames]`: classes, -1 where none is known. */
  labels: Int32Array;
}

/** Windows of whole recordings whose frames have classes. */
export interface FrameSource extends ExampleSource {
  readonly framed: FramedWindows;
  /** Windows of the given items, in their order. */
  of(items: Iterable<number>): Int32Array;
  /** Rows of windows, `[count, frames, classes]`, as the mean of what is said of each frame: `[frames of an item, classes]` by item. */
  join(indices: Int32Array, rows: Float32Array): Map<number, Float32Array>;
}

/**
 * Windows that overlap by half and cover each item; a shorter item is followed by zeros of no known class. To learn from,
 * each is moved by up to a quarter of its length to either side.
 */
export function frameSource(
  items: readonly FramedItem[],
  { classes, ...shape }: WindowShape & { classes: number; spectrum?: LogSpectrum },
): FrameSource {
  const { frames, bands, channels } = shape;
  const width = bands * channels, hop = Math.max(1, frames >> 1);
  const windows = items.flatMap(({ labels: { length } }, item) => {
    const last = Math.max(0, length - frames);
    const starts = Array.from({ length: Math.ceil(last / hop) }, (_, i) => i * hop);
    return [...starts, last].map((start) => ({ item, start, last }));
  });
  const cut = ({ item, start }: { item: number; start: number }) => {
    const features = new Float32Array(windowSize(shape)), labels = new Int32Array(frames).fill(-1);
    features.set(items[item].features.subarray(start * width, (start + frames) * width));
    labels.set(items[item].labels.subarray(start, start + frames));
    return { features, labels };
  };
  return {
    ...shape,
    classes,
    count: windows.length,
    labels: Int32Array.from(windows, (window) => mostFrequent(cut(window).labels, classes)),
    read: (index, into, offset) => into.set(cut(windows[index]).features, offset),
    framed: {
      labels: (index) => cut(windows[index]).labels,
      crop(index, random) {
        const { item, start, last } = windows[index];
        const moved = start + Math.round(random.uniform(-hop / 2, hop / 2));
        return cut({ item, start: Math.min(last, Math.max(0, moved)) });
      },
    },
    of(wanted) {
      const set = new Set(wanted);
      return Int32Array.from(windows.keys().filter((index) => set.has(windows[index].item)));
    },
    join(indices, rows) {
      const joined = new Map<number, { sum: Float32Array; counts: Int32Array }>();
      indices.forEach((index, i) => {
        const { item, start } = windows[index], { length } = items[item].labels;
        if (!joined.has(item)) {
          joined.set(item, { sum: new Float32Array(length * classes), counts: new Int32Array(length) });
        }
        const { sum, counts } = joined.get(item)!;
        for (let frame = 0; frame < Math.min(frames, length - start); frame++) {
          counts[start + frame]++;
          for (let c = 0; c < classes; c++) {
            sum[(start + frame) * classes + c] += rows[(i * frames + frame) * classes + c];
          }
        }
      });
      const mean = (sum: Float32Array, counts: Int32Array) =>
        sum.map((value, at) => value / counts[Math.floor(at / classes)]);
      return new Map(Array.from(joined, ([item, { sum, counts }]) => [item, mean(sum, counts)]));
    },
  };
}

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

/** The class of most frames; the first where none is known. */
function mostFrequent(labels: Int32Array, classes: number): number {
  const counts = new Int32Array(classes);
  for (const label of labels) if (label >= 0) counts[label]++;
  return counts.indexOf(Math.max(...counts));
}
