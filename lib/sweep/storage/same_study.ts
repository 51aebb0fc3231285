import { isDeepStrictEqual } from "node:util";
import { UsageError } from "../../errors/mod.ts";
import { parseStudy, type StoredTrial, type StudyDescription } from "./study_storage.ts";

/** Under which a study notes how many trials it had when its experiment got other settings. */
export const MENDED = "mended";

/** What lies in a storage under the name of a study. */
export interface LyingStudy {
  /** JSON text of its description; `undefined` for a study of another program, which `other` then describes. */
  stored: string | undefined;
  /** Where it lies. */
  where: string;
  other?: string;
  /** Its trials, where they are there to be looked at. */
  trials: readonly StoredTrial[];
  /** Whether values of trials under other settings are to count. */
  mended?: boolean;
}

/**
 * Whether a study of the same name has other settings now, which it is to be described by from here on: the experiment
 * was mended. The space and the direction must be the same, and no trial may have a value yet that came about under the
 * old settings, unless `mended` says that it counts all the same.
 *
 * @throws {UsageError} naming what differs, and what can be done.
 */
export function isMendedStudy(study: StudyDescription, lying: LyingStudy): boolean {
  const { stored, where, other = "a study that another program made", trials, mended } = lying;
  const refuse = (found: string, remedy = "give this sweep another name with --study"): never => {
    throw new UsageError({ expected: `the study "${study.name}" to be this one`, found, where, remedy });
  };
  if (stored === undefined) return refuse(other);
  const before = parseStudy(stored, where);
  if (before.direction !== study.direction) refuse(`one that is to ${before.direction}, not ${study.direction}`);
  const names = new Set([...Object.keys(before.space), ...Object.keys(study.space)]);
  for (const name of names) {
    const [then, now] = [before.space[name], study.space[name]];
    if (isDeepStrictEqual(then, now)) continue; // whatever order their keys were written in
    refuse(`one with ${name} ${JSON.stringify(then) ?? "absent"}, not ${JSON.stringify(now) ?? "absent"}`);
  }
  if (before.experiment === study.experiment) return false;
  const valued = trials.filter(({ intermediate, value }) => value !== null || intermediate.size > 0).length;
  if (mended || valued === 0) return true;
  return refuse(
    `one of other settings (${difference(before.experiment, study.experiment)}), ` +
      `of which ${valued} ${valued === 1 ? "trial has a score" : "trials have scores"}`,
    "give this sweep another name with --study, or say --mended if these scores still count",
  );
}

/** What a study is that another program wrote into a journal. */
export function describeOtherStudy(
  { directions, trials }: { directions: readonly number[]; trials: readonly StoredTrial[] },
): string {
  const aims = directions.map((direction) => direction === 2 ? "maximize" : "minimize").join(" and ");
  const names = [...new Set(trials.flatMap(({ params }) => Object.keys(params)))];
  const searched = names.length > 0 ? names.join(", ") : "nothing yet";
  return `a study that another program made: it is to ${aims}, searches ${searched} and has ${trials.length} trials`;
}

/** The first place where two texts part, with some context. */
function difference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at++;
  const from = Math.max(0, at - 30);
  return `…${a.slice(from, at + 30)}… against …${b.slice(from, at + 30)}…`;
}
