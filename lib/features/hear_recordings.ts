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
  const recordings = (await hashRecordings(segments, options.signal)).filter(({ file }) => file !== undefined);
  const plans = Array.from({ length: Math.ceil(recordings.length / TOGETHER) }, (_, i) => (
    { recordings: recordings.slice(i * TOGETHER, (i + 1) * TOGETHER), listener }
  ));
  await buildShards(plans, options);
}

/** The recordings of some items in the order of their first, each with the hash of its bytes. */
export async function hashRecordings(items: readonly StoreItem[], signal?: AbortSignal): Promise<ShardRecording[]> {
  const identities = await identifyRecordings(items.map(({ path }) => path), signal);
  const numbered = items.map(({ path, start, end }, item) => ({ path, place: { item, start, end } }));
  return [...Map.groupBy(numbered, ({ path }) => path)].map(([path, own]) => (
    { path, ...identities.get(path)!, items: own.map(({ place }) => place) }
  ));
}
