import { isOwn, ownParts, partsIn } from "../parts/mod.ts";
import { buildShards } from "./build_shards.ts";
import { buildTurn } from "./build_turn.ts";
import { shardKey, type ShardPlan, type ShardRecording } from "./feature_shard.ts";
import { hashRecordings } from "./hear_recordings.ts";
import type { Listener } from "./listener.ts";
import type { InputOptions } from "./input_options.ts";
import { type LogSpectrum, type OpenInput, openInput } from "./open_input.ts";
import { type WindowShape, windowSize } from "./window_shape.ts";
import { checkShard, readShardIndex, shardHeader, type ShardIndex } from "./shard_file.ts";

/** A segment of a recording. */
export interface StoreItem {
  path: string;
  /** Seconds. */
  start: number;
  /** Seconds; beyond the end of the recording it means its end. */
  end: number;
}

export interface FeatureStoreOptions {
  /** Where the shards lie. */
  cacheFolder: string;
  /** `false` builds everything anew and leaves nothing behind. @default {true} */
  cache?: boolean;
  /** Processes that extract at once. @default {number of cores} */
  workers?: number;
  /** Hears each recording that is decoded; those of finished shards aren't. */
  listener?: Listener;
  /** Stops a build; finished shards stay and are used again. */
  signal?: AbortSignal;
  /** Items done and all items, while a store is built. */
  onProgress?: (done: number, total: number) => void;
  /** One line on what the reader should know: the size of a big build, a shard that was damaged. @default {console.error} */
  onNotice?: (line: string) => void;
}

/** Windows of features on disk. */
export interface FeatureStore extends WindowShape {
  /** Number of windows. */
  count: number;
  /** In the order of the items; times are seconds in the recording. */
  windows: { item: number; start: number; end: number }[];
  /** Nothing of windows that aren't such. */
  spectrum?: LogSpectrum;
  /** Items without a window, and why. */
  passedOver: { item: number; reason: string }[];
  /** Copies the `[frames, bands, channels]` values of a window from disk to `into`, beginning at `offset`. */
  read(window: number, into: Float32Array, offset: number): void;
  close(): void;
}

const BIG_BUILD = 200e6; // bytes

/**
 * The windows of the items, extracted or found in the cache. A shard of the cache is named after the content of its
 * recordings, the options and the code, so that it is never stale; memory does not grow with the dataset.
 *
 * @throws {UsageError | InputError} for options that can't be followed. A bad recording is no error: see `passedOver`.
 */
export async function openFeatureStore(
  items: readonly StoreItem[],
  input: InputOptions,
  options: FeatureStoreOptions,
): Promise<FeatureStore> {
  if (options.cache !== false) return await openStore(items, input, options);
  const cacheFolder = `${options.cacheFolder}.${crypto.randomUUID().slice(0, 8)}`;
  try {
    return await openStore(items, input, { ...options, cacheFolder, discard: true });
  } catch (error) {
    await Deno.remove(cacheFolder, { recursive: true }).catch(() => {}); // it may not have come to be
    throw error;
  }
}

async function openStore(
  items: readonly StoreItem[],
  input: InputOptions,
  options: FeatureStoreOptions & { discard?: boolean },
): Promise<FeatureStore> {
  const { cacheFolder: folder, listener, signal, onProgress, onNotice = console.error } = options;
  const open = openInput(input);
  const own = await ownInputs(open.options);
  const windowBytes = windowSize(open) * Float32Array.BYTES_PER_ELEMENT;
  const total = items.reduce((sum, item) => sum + windowBytes * expectedWindows(item, input), 0);

  const plans = planShards(await hashRecordings(items, signal), {
    ...{ input: open.options, own, folder, windowBytes, total },
  });
  const indexes = new Map<ShardPlan, ShardIndex>();
  /** Finds what is in the cache. @returns the shards that are not. */
  const find = async (wanted: readonly ShardPlan[], onDamaged?: (plan: ShardPlan) => void): Promise<ShardPlan[]> => {
    const missing: ShardPlan[] = [];
    for (const plan of wanted) {
      signal?.throwIfAborted();
      const found = await checkShard(plan);
      if (found === "damaged") onDamaged?.(plan);
      if (typeof found === "string") missing.push(plan);
      else indexes.set(plan, found);
    }
    return missing;
  };
  const absent = await find(plans);
  if (absent.length > 0) {
    using _turn = options.discard ? undefined : await buildTurn(folder, signal);
    // Another process may have built them meanwhile.
    const missing = await find(absent, ({ path }) => onNotice(`${path}.npy is damaged: it is built again.`));
    const bytes = total * missing.length / plans.length;
    if (bytes >= BIG_BUILD) {
      onNotice(`Features of ${items.length} items: about ${(bytes / 1e9).toFixed(1)} GB in ${folder}.`);
    }
    await buildShards(missing.map((plan) => ({ ...plan, listener })), { workers: options.workers, signal, onProgress });
    for (const plan of missing) indexes.set(plan, await readShardIndex(plan.path));
  }
  return openShards(plans.map((plan) => ({ plan, index: indexes.get(plan)! })), {
    shape: open,
    discard: options.discard && plans.length > 0 ? folder : undefined,
  });
}

async function ownInputs(options: InputOptions): Promise<ShardPlan["own"]> {
  const parts = partsIn(options);
  const own = await ownParts(parts);
  if (own.length === 0) return undefined;
  return { modules: parts.filter(isOwn).map(({ module }) => module), sha256: own.map(({ sha256 }) => sha256) };
}

/** An upper bound where `end` is right; one window where it is not known. */
function expectedWindows({ start, end }: StoreItem, { seconds, hop = seconds }: InputOptions): number {
  const length = end - start;
  return length > seconds && length < Infinity ? 1 + Math.ceil((length - seconds) / hop) : 1;
}

/** Consecutive recordings together: small enough to share among cores, few enough to keep open. */
function planShards(
  recordings: readonly ShardRecording[],
  { input, own, folder, windowBytes, total }: Pick<ShardPlan, "input" | "own"> & {
    folder: string;
    windowBytes: number;
    total: number;
  },
): ShardPlan[] {
  const full = Math.max(2e6, total / 128);
  const groups: ShardRecording[][] = [];
  let bytes = Infinity;
  for (const recording of recordings) {
    if (bytes >= full) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)!.push(recording);
    for (const item of recording.items) bytes += windowBytes * expectedWindows({ path: "", ...item }, input);
  }
  const name = "preset" in input ? input.preset : (input as { kind: string }).kind;
  return groups.map((recordings) => (
    { path: `${folder}/${name}-${shardKey({ input, own, recordings })}`, input, own, recordings }
  ));
}

function openShards(
  shards: readonly { plan: ShardPlan; index: ShardIndex }[],
  { shape, discard }: { shape: OpenInput; discard?: string },
): FeatureStore {
  const passedOver: FeatureStore["passedOver"] = [];
  const places: { item: number; start: number; end: number; file: Deno.FsFile; at: number }[] = [];
  const files: Deno.FsFile[] = [];
  const bytes = windowSize(shape) * Float32Array.BYTES_PER_ELEMENT;
  for (const { plan: { path, recordings }, index } of shards) {
    const file = Deno.openSync(`${path}.npy`);
    files.push(file);
    const itemOf = recordings.flatMap((recording) => recording.items.map(({ item }) => item));
    const start = shardHeader(index.windows.length, shape).length;
    index.windows.forEach((window, row) => {
      places.push({ ...window, item: itemOf[window.item], file, at: start + row * bytes });
    });
    passedOver.push(...index.passedOver.map(({ item, reason }) => ({ item: itemOf[item], reason })));
  }
  // A stable sort: the windows of an item stay in their order.
  places.sort((a, b) => a.item - b.item);
  passedOver.sort((a, b) => a.item - b.item);
  return {
    ...{ frames: shape.frames, bands: shape.bands, channels: shape.channels, spectrum: shape.spectrum },
    count: places.length,
    windows: places.map(({ item, start, end }) => ({ item, start, end })),
    passedOver,
    read(window, into, offset) {
      const { file, at } = places[window];
      const target = new Uint8Array(into.buffer, into.byteOffset + offset * Float32Array.BYTES_PER_ELEMENT, bytes);
      file.seekSync(at, Deno.SeekMode.Start);
      for (let done = 0; done < bytes;) done += file.readSync(target.subarray(done)) ?? bytes;
    },
    close() {
      for (const file of files.splice(0)) file.close();
      if (discard) Deno.removeSync(discard, { recursive: true });
    },
  };
}
