import { dirname, join, relative, resolve } from "node:path";
import { readingHint, TABLE } from "../../files/mod.ts";
import type { Run, SoundHash } from "../../runs/mod.ts";
import { subjectKey } from "../../splits/mod.ts";
import type { CacheOptions } from "./extract_features.ts";
import { type NamedRecordings, sameSounds } from "./same_sounds.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { asRan, experimentSchema } from "../describe/experiment_schema.ts";
import { heardLabels } from "./heard_labels.ts";

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

/** The run's own rows under the names of subjects that it has for them, as far as its data folder still holds them. */
export async function trainingRows(
  run: Run,
  { classes }: Pick<Manifest, "classes">,
): Promise<{ own?: Manifest; missing: string }> {
  const { experiment, dataFolder } = await run.config();
  const asked = experimentSchema.pick({ dataset: true, evaluation: true });
  const { dataset, evaluation: { protocol } } = asRan(run, asked, {
    dataset: experiment.dataset,
    evaluation: experiment.evaluation,
  });
  const { sounds, found: { length }, home, place } = await ownRecordings(run);
  const missing = length === sounds.length ? "" : `${length} of ${sounds.length} recordings are in ${place}`;
  if (length === 0) return { missing: `none of its ${sounds.length} recordings is in ${place}` };
  const subjects = new Map(sounds.map(({ recording, subject }) => [recording, subject]));
  try {
    const loaded = await heardLabels(dataset, { folder: dataFolder, protocol });
    const rows = loaded.rows.filter(({ recording }) => subjects.has(recording))
      .map((row) => ({ ...row, subject: subjects.get(row.recording)! }));
    return { own: { ...loaded, classes, rows }, missing };
  } catch (error) {
    return { missing: missing && readingHint(home) ? missing : `these can't be read (${(error as Error).message})` };
  }
}

/**
 * The run's own rows, all of them.
 *
 * @throws {DataError} where a recording of theirs is gone; `otherwise` is what else the user can do.
 */
export async function allTrainingRows(
  run: Run,
  { classes, otherwise }: Pick<Manifest, "classes"> & { otherwise: string },
): Promise<Manifest> {
  const { own, missing } = await trainingRows(run, { classes });
  if (own !== undefined && missing === "") return own;
  const expected = "the recordings that the run was made from";
  const remedy = `bring them back to where they were, or ${otherwise}`;
  throw new DataError({ expected, found: missing, where: run.folder, remedy });
}
