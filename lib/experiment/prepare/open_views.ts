import type { Manifest } from "../../datasets/mod.ts";
import { type Average, type InputOptions, soundViews, windowSize } from "../../features/mod.ts";
import type { CacheOptions } from "./extract_features.ts";
import { joinWindows, type LabelledWindows, openWindows } from "./labelled_windows.ts";

/** The windows of rows that are judged: as they are, and what else is heard of them, as further windows of their rows. */
export async function openViews(
  windows: LabelledWindows,
  { manifest, input, average, ...options }: CacheOptions & {
    manifest: Manifest;
    input: InputOptions;
    average: Average | undefined;
  },
): Promise<LabelledWindows & Disposable> {
  using opened = new DisposableStack();
  let judged = windows;
  for (const { input: heard, change } of average ? soundViews(input, average).slice(1) : []) {
    const view = change ? changedWindows(windows, change) : opened.use(await openWindows(manifest, heard, options));
    judged = joinWindows(judged, view);
  }
  const kept = opened.move();
  return { ...judged, [Symbol.dispose]: () => kept.dispose() };
}

function changedWindows(windows: LabelledWindows, change: (features: Float32Array) => Float32Array): LabelledWindows {
  const size = windowSize(windows);
  return {
    ...windows,
    read(index, into, offset) {
      windows.read(index, into, offset);
      into.set(change(into.subarray(offset, offset + size)), offset);
    },
  };
}
