import { join } from "node:path";
import type { z } from "zod";
import type { ManifestRow } from "../datasets/mod.ts";
import { buildTurn } from "../features/mod.ts";
import { hashBytes, writeAtomic } from "../files/mod.ts";

/** Where results that took long are kept. */
export interface CacheOptions {
  /** @default {"data/.features"} */
  cacheFolder?: string;
  /** `false` works everything out anew, and keeps nothing. @default {true} */
  cache?: boolean;
}

/** The cache folder where none is named. */
export const CACHE_FOLDER = join("data", ".features");

/** What a kept result is of. */
export interface CachedResult<T extends z.ZodType> {
  /** Begins the file's name: `"near-duplicates"`. */
  name: string;
  /** All that decides the result, beside the version of the code. */
  key: unknown;
  schema: T;
}

/**
 * What `make` gives, kept as JSON under the hash of its key; a file that doesn't fit the schema is made anew. What several
 * processes need at the same time is made by one of them.
 */
export async function cachedResult<T extends z.ZodType>(
  { name, key, schema }: CachedResult<T>,
  { cacheFolder = CACHE_FOLDER, cache = true }: CacheOptions,
  make: () => Promise<z.output<T>>,
): Promise<z.output<T>> {
  if (!cache) return await make();
  const path = join(cacheFolder, `${name}-${hashBytes(JSON.stringify(key)).slice(0, 24)}.json`);
  const kept = schema.safeParse(await readJson(path));
  if (kept.success) return kept.data;
  using _turn = await buildTurn(cacheFolder);
  const keptMeanwhile = schema.safeParse(await readJson(path));
  if (keptMeanwhile.success) return keptMeanwhile.data;
  const made = await make();
  await writeAtomic(path, JSON.stringify(made));
  return made;
}

/** Path, size and time of change of each recording of some rows: when these are the same, so is the sound. */
export async function recordingsKey(
  { folder, rows }: { folder: string; rows: readonly Pick<ManifestRow, "recording">[] },
): Promise<unknown[]> {
  const names = [...new Set(rows.map(({ recording }) => recording))].toSorted();
  return await Promise.all(names.map(async (name) => {
    const stat = await Deno.stat(join(folder, name)).catch(() => undefined);
    return [name, stat?.size ?? -1, stat?.mtime?.getTime() ?? 0];
  }));
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return undefined; // not there, or not whole
  }
}
