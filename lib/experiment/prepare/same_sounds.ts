import { z } from "zod";
import { findNearDuplicates } from "../../datasets/mod.ts";
import { progress } from "../../files/mod.ts";
import { cachedResult, type CacheOptions, recordingsKey } from "./cached_result.ts";

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

/** Raised when other groups come out for the same recordings. */
const VERSION = 3;

/** Groups of recordings that hold the same sound; kept in the cache, since every recording is read and all are compared. */
export async function sameSounds(
  { folder, recordings }: NamedRecordings,
  options: CacheOptions & { signal?: AbortSignal },
): Promise<SameSounds> {
  const names = [...new Set(recordings)].toSorted();
  const { groups, hashes } = await cachedResult(
    {
      name: "near-duplicates",
      key: [VERSION, await recordingsKey({ folder, rows: names.map((recording) => ({ recording })) })],
      schema: z.object({ groups: z.array(z.array(z.string())), hashes: z.array(z.tuple([z.string(), z.string()])) }),
    },
    options,
    async () => {
      let bar: ReturnType<typeof progress> | undefined, current = "";
      const found = await findNearDuplicates(names, {
        folder,
        onProgress(step, done, total) {
          options.signal?.throwIfAborted();
          if (step !== current) bar?.stop();
          if (step !== current) bar = progress(`near-duplicates: ${step}`, total);
          current = step;
          bar?.update(done);
        },
      });
      bar?.stop();
      return { groups: found.groups, hashes: [...found.hashes] };
    },
  );
  return { groups, hashes: new Map(hashes) };
}
