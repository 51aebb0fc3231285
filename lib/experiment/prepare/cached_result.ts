import { join } from "node:path";
import type { z } from "zod";
import { buildTurn } from "../../features/mod.ts";
import { hashBytes, writeAtomic } from "../../files/mod.ts";
import { readFacts } from "./kept_facts.ts";

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
 * What `make` gives, kept as JSON under the hash of its key, with the hash of its text: a file with one other character is
 * made anew, like one that doesn't fit the schema. What several processes need at the same time is made by one of them.
 */
export async function cachedResult<T extends z.ZodType>(
  { name, key, schema }: CachedResult<T>,
  { cacheFolder = CACHE_FOLDER, cache = true }: CacheOptions,
  make: () => Promise<z.output<T>>,
): Promise<z.output<T>> {
  if (!cache) return await make();
  const path = join(cacheFolder, `${name}-${hashBytes(JSON.stringify(key)).slice(0, 24)}.json`);
  const kept = await readFacts(path, schema);
  if (kept !== undefined) return kept;
  using _turn = await buildTurn(cacheFolder);
  const keptMeanwhile = await readFacts(path, schema);
  if (keptMeanwhile !== undefined) return keptMeanwhile;
  const made = await make();
  const text = JSON.stringify(made);
  await writeAtomic(path, `${hashBytes(text)}\n${text}`);
  return made;
}
