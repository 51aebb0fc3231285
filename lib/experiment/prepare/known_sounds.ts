import { dirname, join, relative, resolve } from "node:path";
import { readingHint } from "../../files/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { subjectKey } from "../../splits/mod.ts";
import type { CacheOptions } from "./cached_result.ts";
import { type NamedRecordings, sameSounds } from "./same_sounds.ts";

/** What the sound of recordings says of whom they are. */
export interface KnownSounds {
  /** Of each recording that holds the sound of recordings of the run: their subjects, as in `splits.json`. */
  subjects: ReadonlyMap<string, string[]>;
  /** What was recognised, and what could not be looked for, as sentences. */
  recognised?: string;
  warnings: string[];
}

/**
 * Recognises recordings of a run under other names: exact copies, in whatever format, by the hashes in `sounds.csv`; cut,
 * amplified and filtered ones by holding them against the run's own recordings, as far as these are still in its data folder.
 */
export async function knownSounds(
  run: Run,
  { folder, recordings }: NamedRecordings,
  options: CacheOptions & { signal?: AbortSignal },
): Promise<KnownSounds> {
  if (recordings.length === 0) return { subjects: new Map(), warnings: [] };
  if (!await run.has("sounds.csv")) {
    return { subjects: new Map(), warnings: [TOO_OLD] };
  }
  const sounds = await run.sounds();
  const { dataFolder } = await run.config();
  const home = ownFolder(dataFolder);
  const there = await Promise.all(sounds.map(({ recording }) => isFile(join(home, recording))));
  const own = sounds.filter((_, i) => there[i]);

  const nameOf = new Map(recordings.map((recording) => [relative(home, resolve(folder, recording)), recording]));
  const { groups, hashes } = await sameSounds(
    { folder: home, recordings: [...nameOf.keys(), ...own.map(({ recording }) => recording)] },
    options,
  );
  const byHash = Map.groupBy(sounds, ({ sound }) => sound);
  const grouped = new Set(groups.flat());
  const alone = [...nameOf.keys()].filter((name) => !grouped.has(name)).map((name) => [name]);
  const known = new Map<string, string[]>();
  const examples: string[] = [];
  for (const group of [...groups, ...alone]) {
    // A file of the run that was changed since has another hash, and tells nothing.
    const originals = group.flatMap((name) => byHash.get(hashes.get(name) ?? "") ?? []);
    if (originals.length === 0) continue;
    for (const name of group.filter((name) => nameOf.has(name))) {
      known.set(nameOf.get(name)!, [...new Set(originals.map(subjectKey))]);
      examples.push(`${nameOf.get(name)} = ${originals[0].recording}`);
    }
  }
  return {
    subjects: known,
    ...(known.size === 0 ? {} : { recognised: sentence(known.size, examples) }),
    warnings: own.length === sounds.length ? [] : [
      "Exact copies of the run's own recordings were looked for by sound, but " +
      `${
        own.length === 0 ? "none" : `only ${own.length} of ${sounds.length}`
      } of these could be found in ${dataFolder}${readingHint(home)}: ` +
      "a cut, amplified or filtered copy of the others would pass for a new recording.",
    ],
  };
}

/** The folder that the recordings of a run lie in, of what was given as `--data`. */
export function ownFolder(data: string): string {
  return resolve(/\.(csv|tsv|txt|xlsx)$/i.test(data) ? dirname(data) : data);
}

const TOO_OLD = "An earlier version made this run and kept no hashes of its recordings: " +
  "copies of them under other names can't be recognised by their sound.";

function sentence(count: number, examples: readonly string[]): string {
  const which = examples.slice(0, 3).join("; ") + (count > 3 ? "; …" : "");
  return `${count} ${count === 1 ? "recording was" : "recordings were"} recognised by sound, exactly or nearly, as ` +
    `${count === 1 ? "one" : "some"} of the run's own data under ${
      count === 1 ? "another name" : "other names"
    } (${which}).`;
}

function isFile(path: string): Promise<boolean> {
  return Deno.stat(path).then((stat) => stat.isFile, () => false);
}
