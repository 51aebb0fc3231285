import type { RowFeatures } from "../../floors/mod.ts";
import type { LabelledWindows } from "./labelled_windows.ts";

/** Mean, and mean and standard deviation, of each channel of each band over all windows of a row. */
export function rowSpectra(
  { frames, bands, channels, count, rows: rowOf, read }: LabelledWindows,
  rows: number,
): { mean: RowFeatures; meanAndDeviation: RowFeatures; known: Uint8Array } {
  const width = bands * channels;
  const sum = new Float64Array(rows * width), square = new Float64Array(rows * width), seen = new Float64Array(rows);
  const window = new Float32Array(frames * width);
  for (let index = 0; index < count; index++) {
    const row = rowOf[index];
    read(index, window, 0);
    seen[row] += frames;
    for (let i = 0; i < window.length; i++) {
      const at = row * width + i % width;
      sum[at] += window[i];
      square[at] += window[i] ** 2;
    }
  }
  const mean = sum.map((value, at) => value / Math.max(1, seen[Math.floor(at / width)]));
  const both = new Float64Array(2 * rows * width);
  for (let at = 0; at < mean.length; at++) {
    const row = Math.floor(at / width), column = at % width;
    const variance = square[at] / Math.max(1, seen[row]) - mean[at] ** 2;
    both[2 * row * width + column] = mean[at];
    both[(2 * row + 1) * width + column] = Math.sqrt(Math.max(0, variance));
  }
  return {
    mean: { values: mean, width: width },
    meanAndDeviation: { values: both, width: 2 * width },
    known: Uint8Array.from(seen, (frames) => Number(frames > 0)),
  };
}
