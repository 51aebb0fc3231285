import { basename, dirname, resolve } from "node:path";
import { z } from "zod";
import type { Manifest, ManifestRow } from "../datasets/mod.ts";
import { LeakError } from "../errors/mod.ts";
import type { Run } from "../runs/mod.ts";
import { runConfig } from "../runs/mod.ts";
import { subjectKey } from "../splits/mod.ts";
import type { FinishedFold } from "./finish_fold.ts";

/**
 * What becomes of subjects that every network was trained on: an error, or they are left out, or judged all the same and the
 * leak is reported in red (then by all networks, as official tests of known patients have it).
 */
export type SeenPolicy = "refuse" | "leave-out" | "keep";

/** Who of the rows each network has been trained on or chosen by. */
export interface SeenSubjects {
  /** A set of subjects a network. */
  members: Set<string>[];
  /** The subject of a row by the name that the run has for it. */
  nameOf(row: ManifestRow): string;
}

const splits = z.object({
  folds: z.array(z.object({ train: z.array(z.string()), validation: z.array(z.string()) })),
});

/** Reads who the networks of a run have seen; of another dataset nobody. */
export async function seenSubjects(
  run: Run,
  folds: readonly FinishedFold[],
  manifest: Manifest,
): Promise<SeenSubjects> {
  const { experiment, dataFolder } = await run.readJson("config.json", runConfig);
  const { name } = experiment.dataset as { name: string };
  if (name !== manifest.dataset) return { members: folds.map(() => new Set()), nameOf: subjectKey };
  const { folds: sides } = await run.readJson("splits.json", splits);
  // Subjects may have been joined there (near-duplicates): a recording of the run keeps the name that it has there.
  // In a published dataset the name of a file says which it is; of the user's own only the path below the same folder does.
  const own = OWN.includes(name);
  const keyOf = ({ recording }: { recording: string }) => own ? recording : stem(recording);
  const known = own && folderOf(dataFolder) !== resolve(manifest.folder) ? [] : folds;
  const there = new Map(
    known.flatMap(({ predictions }) => predictions.map((one) => [keyOf(one), subjectKey(one)] as const)),
  );
  return {
    members: folds.map((_, i) => new Set([...sides[i].train, ...sides[i].validation])),
    nameOf: (row) => there.get(keyOf(row)) ?? subjectKey(row),
  };
}

/** Datasets of the user's own, whose folders may each hold a `1.wav`. */
const OWN = ["csv", "folders"];

function folderOf(data: string): string {
  return resolve(/\.csv$/i.test(data) ? dirname(data) : data);
}

function stem(recording: string): string {
  return basename(recording).replace(/\.[^.]+$/, "");
}

/** Networks that judge the same rows. */
export interface Jury {
  /** Indices of the networks. */
  members: number[];
  /** Rows of the manifest. */
  rows: Int32Array;
}

/**
 * Seats for each row the networks that haven't seen its subject.
 *
 * @throws {LeakError} where a subject has been seen by all of them and the policy is to refuse.
 */
export function juries(
  { rows }: Pick<Manifest, "rows">,
  { members, nameOf }: SeenSubjects,
  policy: SeenPolicy,
): { seated: Jury[]; leaks: string[]; warnings: string[] } {
  const everyone = members.map((_, i) => i);
  const byJury = Map.groupBy(rows.keys(), (row) => {
    const strangers = everyone.filter((member) => !members[member].has(nameOf(rows[row])));
    return JSON.stringify(policy === "keep" ? everyone : strangers);
  });
  const subjectsOf = (some: readonly number[]) => [...new Set(some.map((row) => nameOf(rows[row])))].sort();
  const all = subjectsOf([...rows.keys()]);
  const trained = all.filter((subject) => members.every((own) => own.has(subject)));
  const known = all.filter((subject) => members.some((own) => own.has(subject)));
  const left = byJury.get("[]") ?? [];
  if (trained.length > 0 && (policy === "refuse" || left.length === rows.length)) {
    throw new LeakError({
      expected: "subjects that at least one of the networks hasn't been trained on",
      found: `${count(trained, all)} that every network was trained on (${list(trained)})`,
      where: "the data to be judged",
      remedy: policy === "refuse"
        ? "leave them out with --seen leave-out, or judge them all the same with --seen keep, which says so in red"
        : "judge other recordings, or judge these all the same with --seen keep, which says so in red",
    });
  }
  byJury.delete("[]");
  const seated = [...byJury].map(([jury, own]) => ({ members: JSON.parse(jury), rows: Int32Array.from(own) }))
    .toSorted((a, b) => b.members.length - a.members.length || a.members[0] - b.members[0]);
  const leaks = policy === "keep" && known.length > 0
    ? [
      `LEAK: ${count(known, all)} judged here ${known.length === 1 ? "was" : "were"} also trained on (${
        list(known)
      }): ` +
      "the scores tell nothing of new subjects.",
    ]
    : [];
  const spared = known.filter((subject) => !trained.includes(subject));
  const warnings = policy === "keep" ? [] : [
    ...(spared.length > 0
      ? [
        `${count(spared, all)} judged here belong to the run's own data (${list(spared)}): ` +
        "they were judged only by networks that haven't seen them.",
      ]
      : []),
    ...(trained.length > 0
      ? [`${count(trained, all)} were left out, because every network was trained on them (${list(trained)}).`]
      : []),
  ];
  return { seated, leaks, warnings };
}

function count(some: readonly string[], all: readonly string[]): string {
  return `${some.length} of the ${all.length} ${all.length === 1 ? "subject" : "subjects"}`;
}

function list(subjects: readonly string[]): string {
  return subjects.slice(0, 3).join(", ") + (subjects.length > 3 ? ", …" : "");
}
