import { dirname, join, relative, resolve } from "node:path";
import { readingHint, TABLE } from "../../files/mod.ts";
import type { Run, SoundHash } from "../../runs/mod.ts";
import { subjectKey } from "../../splits/mod.ts";
import type { CacheOptions } from "./extract_features.ts";
import { type NamedRecordings, sameSounds } from "./same_sounds.ts";

/**
 * Recognises recordings of a run under other names: exact copies, in whatever format, by the hashes in `sounds.csv`; cut,
 * amplified and filtered ones by holding them against the run's own recordings, as far as these are still in its data folder.
 *
 * @returns of each recording that holds the sound of recordings of the run their subjects, as in `splits.json`; what was
 * recognised, and what could not be looked for, as sentences.
 */
export async function knownSounds(
  run: Run,
  { folder, recordings }: NamedRecordings,
  options: CacheOptions,
): Promise<{ subjects: ReadonlyMap<string, string[]>; recognised?: string; warnings: string[] }> {
  if (recordings.length === 0) return { subjects: new Map(), warnings: [] };
  const { sounds, found: own, home, place } = await ownRecordings(run);
  const nameOf = new Map(recordings.map((recording) => [relative(home, resolve(folder, recording)), recording]));
  const asked = [...nameOf.keys(), ...own.map(({ recording }) => recording)];
  const { groups, hashes } = await sameSounds({ folder: home, recordings: asked }, options);
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
  const [were, some, names] = known.size === 1
    ? ["recording was", "one", "another name"]
    : ["recordings were", "some", "other names"];
  const recognised = `${known.size} ${were} recognised by sound, exactly or nearly, as ${some} of the run's own data ` +
    `under ${names} (${firstOf(examples, "; ")}).`;
  return {
    subjects: known,
    ...known.size === 0 ? {} : { recognised },
    warnings: own.length === sounds.length ? [] : [
      "Exact copies of the run's own recordings were looked for by sound, but " +
      `${own.length === 0 ? "none" : `only ${own.length} of ${sounds.length}`} of these could be found in ${place}: ` +
      "a cut, amplified or filtered copy of the others would pass for a new recording.",
    ],
  };
}

/** The recordings of a run, those that its data folder still holds, and that folder, as a path and in words. */
export async function ownRecordings(
  run: Run,
): Promise<{ sounds: SoundHash[]; found: SoundHash[]; home: string; place: string }> {
  const { dataFolder } = await run.config(), sounds = await run.sounds(), home = ownFolder(dataFolder);
  const isThere = ({ recording }: SoundHash) =>
    Deno.stat(join(home, recording)).then(({ isFile }) => isFile, () => false);
  const there = await Promise.all(sounds.map(isThere));
  return { sounds, found: sounds.filter((_, i) => there[i]), home, place: `${dataFolder}${readingHint(home)}` };
}

/** The folder that the recordings of a run lie in, of what was given as `--data`. */
export function ownFolder(data: string): string {
  return resolve(TABLE.test(data) ? dirname(data) : data);
}

/** The first three of some names. */
export function firstOf(names: readonly string[], separator = ", "): string {
  return names.slice(0, 3).join(separator) + (names.length > 3 ? `${separator}…` : "");
}
