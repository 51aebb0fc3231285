import { buildShards } from "./build_shards.ts";
import type { ShardRecording } from "./feature_shard.ts";
import type { StoreItem } from "./feature_store.ts";
import { identifyRecordings } from "./identify_recording.ts";
import type { Listener } from "./listener.ts";

/** Recordings that one thread takes at a time. */
const TOGETHER = 16;

/** Decodes the recordings of some segments for a listener, on all cores; those that can't be read are passed over. */
export async function hearRecordings(
  segments: readonly StoreItem[],
  listener: Listener,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void },
): Promise<void> {
  const identities = await identifyRecordings(segments.map(({ path }) => path), options.signal);
  const recordings = [...Map.groupBy(segments, ({ path }) => path)].map(([path, own]): ShardRecording => ({
    ...{ path, ...identities.get(path)! },
    items: own.map(({ start, end }, item) => ({ item, start, end })),
  })).filter(({ file }) => file !== undefined);
  const plans = Array.from({ length: Math.ceil(recordings.length / TOGETHER) }, (_, i) => ({
    recordings: recordings.slice(i * TOGETHER, (i + 1) * TOGETHER),
    listener,
  }));
  await buildShards(plans, options);
}
