import { join } from "node:path";
import type { Manifest } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { type FeatureStore, type InputOptions, openFeatureStore } from "../../features/mod.ts";
import { progress } from "../../files/mod.ts";

/** Where results that took long are kept. */
export interface CacheOptions {
  /** @default {"data/.features"} */
  cacheFolder?: string;
  /** `false` works everything out anew, and keeps nothing. @default {true} */
  cache?: boolean;
  signal?: AbortSignal;
}

/** The cache folder where none is named. */
export const CACHE_FOLDER = join("data", ".features");

/**
 * The windows of a manifest's rows; items of the store are rows of the manifest.
 *
 * @throws {DataError} where no recording can be read.
 */
export async function extractFeatures(
  { folder, rows }: Manifest,
  input: InputOptions,
  { cacheFolder = CACHE_FOLDER, cache, signal }: CacheOptions,
): Promise<FeatureStore> {
  const items = rows.map(({ recording, start, end }) => ({ path: join(folder, recording), start, end }));
  const store = await openFeatureStore(items, input, { cacheFolder, cache, signal, onProgress: barOf("features") });
  if (store.count > 0) return store;
  store.close();
  const found = `none of ${items.length} items (${store.passedOver[0]?.reason ?? "no reason given"})`;
  throw new DataError({ expected: "at least one recording that can be read", found, where: folder });
}

/** A bar that appears with the first word of it. */
export function barOf(title: string): (done: number, total: number) => void {
  let bar: ReturnType<typeof progress> | undefined;
  return (done, total) => {
    bar ??= progress(title, total);
    bar.update(done);
    if (done >= total) bar.stop();
  };
}
