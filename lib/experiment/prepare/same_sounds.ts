import { join } from "node:path";
import { z } from "zod";
import { compareSounds } from "../../datasets/mod.ts";
import { buildTurn, hearRecordings, identifyRecordings } from "../../features/mod.ts";
import { hashBytes, writeAtomic } from "../../files/mod.ts";
import { barOf, CACHE_FOLDER, type CacheOptions } from "./extract_features.ts";
import { factsPath, readFacts, THUMBNAIL } from "./hear.ts";
import { withFacts } from "./listen.ts";

/** Recordings of one folder, or named from it. */
export type NamedRecordings = { folder: string; recordings: readonly string[] };

/** Raised when other groups come out for the same sounds. */
const VERSION = 4;

/**
 * Groups of two or more recordings that hold the same sound, exactly or nearly; kept in the cache, since all are compared.
 *
 * @returns also the hash of the decoded samples of each recording that has sound.
 */
export async function sameSounds(
  { folder, recordings }: NamedRecordings,
  options: CacheOptions,
): Promise<{ groups: string[][]; hashes: ReadonlyMap<string, string> }> {
  const { signal } = options;
  const names = [...new Set(recordings)].toSorted();
  return await withFacts(options, undefined, async (listener, settings) => {
    const identities = await identifyRecordings(names.map((name) => join(folder, name)), signal);
    /** The facts of one kind; what isn't kept is listened to. */
    const factsOf = async <T extends z.ZodType>(some: readonly string[], schema: T, asked?: string) => {
      const found = new Map<string, z.output<T>>();
      const read = async () => {
        for (const name of some) {
          const { hash } = identities.get(join(folder, name))!;
          const facts = found.has(name) ? undefined : await readFacts(factsPath(settings, hash, asked), schema);
          if (facts !== undefined) found.set(name, facts);
        }
        return some.filter((name) => !found.has(name) && identities.get(join(folder, name))!.file !== undefined);
      };
      const missing = (await read()).map((name) => ({ path: join(folder, name), start: 0, end: Infinity }));
      if (missing.length > 0) {
        await hearRecordings(missing, listener, { signal, onProgress: barOf("sounds") });
        await read();
      }
      return found;
    };
    const sounding = [...await factsOf(names, z.string().nullable())].flatMap(([name, hash]): [string, string][] =>
      hash === null ? [] : [[name, hash]]
    );
    const hashes = new Map(sounding.sort(([a], [b]) => a < b ? -1 : 1));
    const groups = await keptGroups([VERSION, [...hashes]], options, async () => {
      const thumbnails = await factsOf([...hashes.keys()], z.string(), THUMBNAIL);
      const sounds = new Map(Array.from(hashes, ([name, hash]) => [name, {
        hash,
        signal: new Int16Array(Uint8Array.fromBase64(thumbnails.get(name) ?? "").buffer),
      }]));
      const bar = barOf("near-duplicates");
      return compareSounds(sounds, {
        onProgress(done, total) {
          signal?.throwIfAborted();
          bar(done, total);
        },
      }).groups;
    });
    return { groups, hashes };
  });
}

/**
 * The groups that `make` finds, kept under the hash of all that decides them, with the hash of their text: a file with one
 * other character is made anew. What several processes need at the same time is made by one of them.
 */
export async function keptGroups(
  key: unknown,
  { cacheFolder = CACHE_FOLDER, cache = true }: CacheOptions,
  make: () => Promise<string[][]>,
): Promise<string[][]> {
  if (!cache) return await make();
  const path = join(cacheFolder, `near-duplicates-${hashBytes(JSON.stringify(key)).slice(0, 24)}.json`);
  const read = () => readFacts(path, z.array(z.array(z.string())));
  const kept = await read();
  if (kept !== undefined) return kept;
  using _turn = await buildTurn(cacheFolder);
  const keptMeanwhile = await read();
  if (keptMeanwhile !== undefined) return keptMeanwhile;
  const made = await make(), text = JSON.stringify(made);
  await writeAtomic(path, `${hashBytes(text)}\n${text}`);
  return made;
}
