import { join } from "node:path";
import type { Manifest } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { type FeatureStore, type InputOptions, openFeatureStore } from "../../features/mod.ts";
import { progress } from "../../files/mod.ts";

export interface ExtractFeaturesOptions {
  /** @default {"data/.features"} */
  cacheFolder?: string;
  /** `false` makes the features anew. @default {true} */
  cache?: boolean;
  signal?: AbortSignal;
}

/**
 * The windows of a manifest's rows; items of the store are rows of the manifest.
 *
 * @throws {DataError} where no recording can be read.
 */
export async function extractFeatures(
  manifest: Manifest,
  input: InputOptions,
  { cacheFolder = join("data", ".features"), cache, signal }: ExtractFeaturesOptions,
): Promise<FeatureStore> {
  const items = manifest.rows.map(({ recording, start, end }) => ({
    path: join(manifest.folder, recording),
    start,
    end,
  }));
  let bar: ReturnType<typeof progress> | undefined;
  const store = await openFeatureStore(items, input, {
    cacheFolder,
    cache,
    signal,
    onProgress(done, total) {
      bar ??= progress("features", total);
      bar.update(done);
    },
  });
  bar?.stop();
  if (store.count > 0) return store;
  store.close();
  throw new DataError({
    expected: "at least one recording that can be read",
    found: `none of ${items.length} items (${store.passedOver[0]?.reason ?? "no reason given"})`,
    where: manifest.folder,
  });
}
