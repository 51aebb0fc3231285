import { join } from "node:path";
import type { z } from "zod";
import type { ManifestRow } from "../../datasets/mod.ts";
import { buildTurn } from "../../features/mod.ts";
import { hashBytes, writeAtomic } from "../../files/mod.ts";

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
  const read = async () => schema.safeParse(await readKept(path));
  const kept = await read();
  if (kept.success) return kept.data;
  using _turn = await buildTurn(cacheFolder);
  const keptMeanwhile = await read();
  if (keptMeanwhile.success) return keptMeanwhile.data;
  const made = await make();
  const text = JSON.stringify(made);
  await writeAtomic(path, `${hashBytes(text)}\n${text}`);
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

/** The value of a kept file; nothing where it isn't there or isn't, to the letter, what was written. */
async function readKept(path: string): Promise<unknown> {
  const text = await Deno.readTextFile(path).catch(() => "");
  const end = text.indexOf("\n");
  const value = text.slice(end + 1);
  return text.slice(0, end) === hashBytes(value) ? JSON.parse(value) : undefined;
}
