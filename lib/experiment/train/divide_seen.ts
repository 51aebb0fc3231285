import type { ManifestRow } from "../../datasets/mod.ts";
import { LeakError } from "../../errors/mod.ts";
import { type Fold, subjectKey } from "../../splits/mod.ts";
import { firstOf } from "../prepare/known_sounds.ts";
import type { SeenPolicy, SeenSubjects } from "../external/seen_subjects.ts";

/** Which network of an earlier run each fold begins with, and what it knows. */
export interface DividedSeen {
  /** By the places of the folds. */
  networks: number[];
  /** The folds, without those whom they may not ask where these are left out. */
  folds: Fold[];
  leaks: string[];
  leakCheck: string[];
}

/**
 * Fold `i` begins with network `i` of an earlier run, counted round, or the next that knows less of whom the fold asks: the
 * same folds of the same dataset go on with their own networks. Known is whom a network learned from; in the test part also by
 * whom it was chosen.
 *
 * @param options `run` is named in messages.
 * @throws {LeakError} where somebody is known and that is to be refused, or leaves a part without anybody.
 */
export function divideSeen(
  rows: readonly ManifestRow[],
  folds: readonly Fold[],
  { seen, policy, run }: { seen: SeenSubjects; policy: SeenPolicy; run: string },
): DividedSeen {
  const { members, learned, recognised, warnings } = seen;
  const knownBy = (names: ReadonlySet<string>) => (row: number) =>
    seen.namesOf(rows[row]).some((one) => names.has(one));
  const begun = folds.map(({ test, validation }, i) => {
    const each = members.map((_, k) => {
      const network = (i + k) % members.length;
      const known = [...test.filter(knownBy(members[network])), ...validation.filter(knownBy(learned[network]))];
      return { network, known: new Set(known) };
    });
    return each.reduce((best, one) => one.known.size < best.known.size ? one : best);
  });
  // Inner folds are judged as one network and seeds beside each other, so that they judge the same rows.
  const together = Map.groupBy(folds.keys(), (i) => folds[i].outer ?? folds[i].fold);
  const left = folds.map((fold, i): Fold => {
    const beside = together.get(fold.outer ?? fold.fold)!;
    return {
      ...fold,
      test: fold.test.filter((row) => !beside.some((k) => begun[k].known.has(row))),
      validation: fold.validation.filter((row) => !begun[i].known.has(row)),
    };
  });
  const subjectsOf = (some: number[]) => [...new Set(some.map((row) => subjectKey(rows[row])))].sort();
  const asked = subjectsOf(folds.flatMap(({ test, validation }) => [...test, ...validation]));
  const known = subjectsOf(begun.flatMap(({ known }) => [...known]));
  const many = `${known.length} of the ${asked.length} subjects that are judged or chosen by (${firstOf(known)})`;
  const said = [...recognised === undefined ? [] : [recognised], ...warnings];
  const networks = begun.map(({ network }) => network);
  if (known.length === 0) {
    const none = "No first weights had learned from a subject or a sound that is judged or chosen by.";
    return { networks, folds: [...folds], leaks: [], leakCheck: [none, ...said] };
  }
  if (policy === "keep") {
    const leak = `LEAK: first weights had learned from ${many}: the scores tell nothing of new subjects.`;
    return { networks, folds: [...folds], leaks: [leak], leakCheck: said };
  }
  if (policy === "refuse" || left.some(({ test, validation }) => test.length * validation.length === 0)) {
    throw new LeakError({
      expected: "first weights that know nobody whom this run judges or chooses by",
      found: `${many}${recognised === undefined ? "" : `; ${recognised.replace(/\.$/, "")}`}`,
      where: `initial.run, ${run}`,
      remedy:
        "give both runs the same data, folds and seed, name a run on others, or set initial.seen to leave-out where " +
        "enough are left, or to keep, which says so in red",
    });
  }
  const spared = `Left out, since first weights had learned from them: ${many}.`;
  return { networks, folds: left, leaks: [], leakCheck: [spared, ...said] };
}
