import type { Manifest } from "../../datasets/mod.ts";
import { type Average, type FeatureStore, type InputOptions, soundViews, windowSize } from "../../features/mod.ts";
import { extractFeatures, type ExtractFeaturesOptions } from "./extract_features.ts";
import { joinWindows } from "./join_windows.ts";
import { type LabelledWindows, labelledWindows } from "./labelled_windows.ts";

/** The windows of rows that are judged: as they are, and what else is heard of them, as further windows of their rows. */
export async function openViews(
  windows: LabelledWindows,
  { manifest, input, average, ...options }: ExtractFeaturesOptions & {
    manifest: Manifest;
    input: InputOptions;
    average: Average | undefined;
  },
): Promise<{ judged: LabelledWindows; close(): void }> {
  const stores: FeatureStore[] = [];
  const close = () => stores.forEach((store) => store.close());
  let judged = windows;
  try {
    for (const { input: heard, change } of average ? soundViews(input, average).slice(1) : []) {
      if (change) {
        judged = joinWindows(judged, changedWindows(windows, change));
        continue;
      }
      const store = await extractFeatures(manifest, heard, options);
      stores.push(store);
      judged = joinWindows(judged, labelledWindows(store, manifest));
    }
    return { judged, close };
  } catch (error) {
    close();
    throw error;
  }
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
