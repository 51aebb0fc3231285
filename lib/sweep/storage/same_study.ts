import { UsageError } from "../../errors/mod.ts";
import type { StoredTrial, StudyDescription } from "./study_storage.ts";

/**
 * Refuses to go on with a study of the same name that searches something else.
 *
 * @param stored JSON text of the description that the storage holds; `undefined` for a study of another program, which
 * `other` then describes.
 * @throws {UsageError} naming what differs.
 */
export function refuseOtherStudy(
  stored: string | undefined,
  study: StudyDescription,
  { where, other = "a study that another program made" }: { where: string; other?: string },
): void {
  const refuse = (found: string): never => {
    throw new UsageError({
      expected: `the study "${study.name}" to be this one`,
      found,
      where,
      remedy: "give this sweep another name with --study, or make its settings the same",
    });
  };
  if (stored === undefined) return refuse(other);
  const before: StudyDescription = JSON.parse(stored);
  if (before.direction !== study.direction) refuse(`one that is to ${before.direction}, not ${study.direction}`);
  const names = new Set([...Object.keys(before.space), ...Object.keys(study.space)]);
  for (const name of names) {
    const [then, now] = [JSON.stringify(before.space[name]), JSON.stringify(study.space[name])];
    if (then !== now) refuse(`one with ${name} ${then ?? "absent"}, not ${now ?? "absent"}`);
  }
  if (before.experiment !== study.experiment) {
    refuse(`one of other settings (${difference(before.experiment, study.experiment)})`);
  }
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
