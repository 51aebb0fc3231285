import { resolve } from "node:path";
import { isOwnData, type Manifest, type ManifestRow, stemOf } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { openRun, type Run } from "../../runs/mod.ts";
import { subjectKey } from "../../splits/mod.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { type FinishedFold, readFolds } from "../finish_fold.ts";
import { knownSounds, ownFolder } from "../prepare/known_sounds.ts";

/**
 * What becomes of subjects that every network was trained on: an error, or they are left out, or judged all the same and the
 * leak is reported in red (then by all networks, as official tests of known patients have it).
 */
export type SeenPolicy = "refuse" | "leave-out" | "keep";

/** Who of the rows each network has been trained on or chosen by. */
export interface SeenSubjects {
  /** A set of subjects a network. */
  members: ReadonlySet<string>[];
  /** Those of them that it has learned from; by the others it was only chosen. */
  learned: ReadonlySet<string>[];
  /** The subjects that a row is of, by the names that the run has for them; none of a stranger. */
  namesOf(row: ManifestRow): readonly string[];
  /** Says which rows were recognised by sound, if any were. */
  recognised?: string;
  /** What could not be looked for. */
  warnings: string[];
}

/**
 * Reads who the networks of a run have seen. A subject is known by name in the dataset that the run was trained on; a
 * recording by its name there, and by its sound under any name and in any dataset. Where one recording is known, so is the
 * subject that it is said to be of. What a run's networks began with counts as seen by them.
 */
export async function seenSubjects(
  run: Run,
  folds: readonly FinishedFold[],
  manifest: Manifest,
  options: CacheOptions = {},
): Promise<SeenSubjects> {
  const own = await seenByRun(run, folds, manifest, options);
  if (!await run.has("beginning.json")) return own;
  const beginning = await run.beginning();
  if (beginning.layers.length === 0) return own;
  let before: SeenSubjects;
  try {
    const earlier = await openRun(beginning.run);
    const { folds } = await earlier.splits();
    before = await seenSubjects(earlier, await readFolds(earlier, folds.length), manifest, options);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const gone = `The run began with the weights of ${beginning.run}, which can't be read (${error.problem.found}): ` +
      "nobody can tell whom these have learned from.";
    return { ...own, warnings: [...own.warnings, gone] };
  }
  const named = (names: Iterable<string>) => Array.from(names, (name) => `${beginning.run}\n${name}`);
  const joined = (sets: SeenSubjects["members"], earlier: SeenSubjects["members"]) =>
    sets.map((set, i) => set.union(new Set(named(earlier[beginning.folds[i].network]))));
  const recognised = [own.recognised, before.recognised].filter((one) => one !== undefined).join(" ");
  return {
    members: joined(own.members, before.members),
    learned: joined(own.learned, before.learned),
    namesOf: (row) => [...own.namesOf(row), ...named(before.namesOf(row))],
    ...recognised ? { recognised } : {},
    warnings: [...own.warnings, ...before.warnings],
  };
}

/** Whom networks have learned from stands in `splits.json` alone: another one would let them be judged on these. */
async function refuseOtherSplits(run: Run): Promise<void> {
  if (!await run.has("model/bundle.json")) return;
  const { splits } = await run.bundle();
  const found = hashBytes(await run.readBytes("splits.json"));
  if (splits === undefined || splits === found) return;
  const expected = `splits.json as the run wrote it (SHA-256 ${splits.slice(0, 12)}…)`;
  const remedy = "copy the whole run folder again, or run the experiment again";
  throw new DataError({ expected, found: `another (${found.slice(0, 12)}…)`, where: run.folder, remedy });
}

async function seenByRun(
  run: Run,
  folds: readonly FinishedFold[],
  manifest: Manifest,
  options: CacheOptions,
): Promise<SeenSubjects> {
  await refuseOtherSplits(run);
  const { folds: sides } = await run.splits();
  const members = folds.map((_, i) => new Set([...sides[i].train, ...sides[i].validation]));
  const learned = folds.map((_, i) => new Set(sides[i].train));
  const byName = await namesKnown(run, folds, manifest);
  const others = new Set(manifest.rows.filter((row) => !byName.of(row)).map(({ recording }) => recording));
  const unnamed = { folder: manifest.folder, recordings: [...others] };
  const { subjects: bySound, ...said } = await knownSounds(run, unnamed, options);
  const names = new Map<string, Set<string>>();
  for (const row of manifest.rows) {
    const known = [byName.of(row), ...bySound.get(row.recording) ?? []].filter((name) => name !== undefined);
    const own = names.get(subjectKey(row)) ?? new Set(byName.sameDataset ? [subjectKey(row)] : []);
    names.set(subjectKey(row), own.union(new Set(known)));
  }
  return { members, learned, namesOf: (row) => [...names.get(subjectKey(row))!], ...said };
}

/** The subject that the run has for a recording of this name, where the name says which recording it is. */
async function namesKnown(run: Run, folds: readonly FinishedFold[], manifest: Manifest) {
  const { experiment, dataFolder } = await run.config();
  const { name } = experiment.dataset;
  const sameDataset = name === manifest.dataset;
  // In a published dataset the name of a file says which it is; of the user's own only the path below the same folder does.
  const own = isOwnData(experiment.dataset), joint = experiment.dataset.join !== undefined;
  // Of several datasets as one, the first word of a source says which of them it is.
  const keyOf = ({ recording, source = "" }: { recording: string; source?: string }) =>
    own ? recording : joint ? `${source.split("/")[0]}/${stemOf(recording)}` : stemOf(recording);
  const comparable = sameDataset && (!own || ownFolder(dataFolder) === resolve(manifest.folder));
  // Not every recording was judged by one of the networks, and not every one has sound.
  const recordings = !comparable ? [] : [
    ...folds.flatMap(({ predictions }) => predictions),
    ...joint ? [] : await run.sounds(),
  ];
  // Subjects may have been joined there (near-duplicates): a recording of the run keeps the name that it has there.
  const there = new Map(recordings.map((one) => [keyOf(one), subjectKey(one)]));
  return { sameDataset, of: (row: ManifestRow) => there.get(keyOf(row)) };
}
