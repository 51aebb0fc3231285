import { join } from "node:path";
import { z } from "zod";
import { compareSounds } from "../../datasets/mod.ts";
import { hearRecordings, identifyRecordings } from "../../features/mod.ts";
import { cachedResult, type CacheOptions } from "./cached_result.ts";
import { factsPath, knownBy, readFacts } from "./kept_facts.ts";
import { barOf, withFacts } from "./listen.ts";

/** Recordings of one folder, or named from it. */
export interface NamedRecordings {
  folder: string;
  recordings: readonly string[];
}

/** Which recordings hold the same sound. */
export interface SameSounds {
  /** Lists of two or more recordings that hold the same sound, exactly or nearly. */
  groups: string[][];
  /** Hash of the decoded samples of each recording that has sound. */
  hashes: ReadonlyMap<string, string>;
}

/** Raised when other groups come out for the same sounds. */
const VERSION = 4;

/** Groups of recordings that hold the same sound; kept in the cache, since all are compared. */
export async function sameSounds(
  { folder, recordings }: NamedRecordings,
  options: CacheOptions & { signal?: AbortSignal },
): Promise<SameSounds> {
  const { signal } = options;
  const names = [...new Set(recordings)].toSorted();
  return await withFacts(options, undefined, async (listener, settings) => {
    const pathOf = (name: string) => join(folder, name);
    const identities = await identifyRecordings(names.map(pathOf), signal);
    const read = async (name: string) =>
      await readFacts(factsPath(settings, identities.get(pathOf(name))!.hash), knownBy);
    const facts = new Map<string, z.output<typeof knownBy>>();
    const readAll = async (some: readonly string[]) => {
      for (const name of some) {
        const found = await read(name);
        if (found) facts.set(name, found);
      }
    };
    await readAll(names);
    const missing = names.filter((name) => !facts.has(name) && identities.get(pathOf(name))!.file !== undefined);
    if (missing.length > 0) {
      const whole = missing.map((name) => ({ path: pathOf(name), start: 0, end: Infinity }));
      await hearRecordings(whole, listener, { signal, onProgress: barOf("sounds") });
      await readAll(missing);
    }
    const sounding = names.filter((name) => facts.get(name)?.hash);
    const hashes = new Map(sounding.map((name) => [name, facts.get(name)!.hash!]));
    const groups = await cachedResult(
      { name: "near-duplicates", key: [VERSION, [...hashes]], schema: z.array(z.array(z.string())) },
      options,
      () => {
        const sounds = new Map(sounding.map((name) => [name, {
          hash: hashes.get(name)!,
          signal: new Int16Array(Uint8Array.fromBase64(facts.get(name)!.thumbnail).buffer),
        }]));
        const bar = barOf("near-duplicates");
        const { groups } = compareSounds(sounds, {
          onProgress(done, total) {
            signal?.throwIfAborted();
            bar(done, total);
          },
        });
        return Promise.resolve(groups);
      },
    );
    return { groups, hashes };
  });
}
