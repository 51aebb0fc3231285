import type { Manifest } from "../../datasets/mod.ts";
import { LeakError } from "../../errors/mod.ts";
import { subjectKey } from "../../splits/mod.ts";
import { firstOf } from "../prepare/known_sounds.ts";
import type { SeenPolicy, SeenSubjects } from "./seen_subjects.ts";

/** Networks that judge the same rows together. */
export interface Ensemble {
  /** Indices of the networks. */
  members: number[];
  /** Rows of the manifest. */
  rows: Int32Array;
}

/**
 * For each row the ensemble of the networks that haven't seen its subject, the largest first.
 *
 * @throws {LeakError} where a subject has been seen by all of them and the policy is to refuse.
 */
export function unseenEnsembles(
  { rows }: Pick<Manifest, "rows">,
  seen: Omit<SeenSubjects, "learned" | "warnings"> & Partial<Pick<SeenSubjects, "warnings">>,
  policy: SeenPolicy,
): { ensembles: Ensemble[]; leaks: string[]; warnings: string[] } {
  const { members, namesOf, recognised, warnings: unknown = [] } = seen;
  const everyone = members.map((_, i) => i);
  const hasSeen = (member: number, row: number) => namesOf(rows[row]).some((name) => members[member].has(name));
  const subjectsOf = (some: readonly number[]) => [...new Set(some.map((row) => subjectKey(rows[row])))].sort();
  const indices = [...rows.keys()];
  const all = subjectsOf(indices);
  const trained = subjectsOf(indices.filter((row) => everyone.every((member) => hasSeen(member, row))));
  const known = subjectsOf(indices.filter((row) => everyone.some((member) => hasSeen(member, row))));

  const byMembers = Map.groupBy(
    indices,
    (row) => policy === "keep" ? everyone.join() : everyone.filter((member) => !hasSeen(member, row)).join(),
  );
  const nobodys = byMembers.get("") ?? [];
  if (trained.length > 0 && (policy === "refuse" || nobodys.length === rows.length)) {
    refuse(`${count(trained, all)} that every network was trained on (${firstOf(trained)})`, policy, recognised);
  }
  byMembers.delete("");
  const ensembles = [...byMembers].map(([key, own]) => ({
    members: key.split(",").map(Number),
    rows: Int32Array.from(own),
  })).toSorted((a, b) => b.members.length - a.members.length || a.members[0] - b.members[0]);
  const said = [...recognised === undefined ? [] : [recognised], ...unknown];
  if (policy === "keep") {
    const leaks = known.length === 0 ? [] : [
      `LEAK: ${count(known, all)} judged here ${known.length === 1 ? "was" : "were"} also trained on ` +
      `(${firstOf(known)}): the scores tell nothing of new subjects.`,
    ];
    return { ensembles, leaks, warnings: said };
  }
  const spared = known.filter((subject) => !trained.includes(subject));
  if (spared.length > 0) {
    said.push(
      `${count(spared, all)} judged here ${spared.length === 1 ? "belongs" : "belong"} to the run's own data ` +
        `(${firstOf(spared)}): judged only by networks that haven't seen them.`,
    );
  }
  if (trained.length > 0) {
    said.push(`Left out: ${count(trained, all)}, because every network was trained on ${firstOf(trained)}.`);
  }
  return { ensembles, leaks: [], warnings: said };
}

function refuse(found: string, policy: SeenPolicy, recognised: string | undefined): never {
  throw new LeakError({
    expected: "subjects that at least one of the networks hasn't been trained on",
    found: found + (recognised === undefined ? "" : `; ${recognised.replace(/\.$/, "")}`),
    where: "the data to be judged",
    remedy: policy === "refuse"
      ? "leave them out with --seen leave-out, or judge them all the same with --seen keep, which says so in red"
      : "judge other recordings, or judge these all the same with --seen keep, which says so in red",
  });
}

function count(some: readonly string[], all: readonly string[]): string {
  return `${some.length} of the ${all.length} ${all.length === 1 ? "subject" : "subjects"}`;
}
