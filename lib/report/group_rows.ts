import type { GroupDifference, GroupMetrics, Score } from "../scores/mod.ts";
import { headlineNames, type ReportView } from "./report_view.ts";

/** A group of patients or recordings with the score that the report compares groups by. */
export interface GroupRow extends Pick<GroupMetrics, "attribute" | "group" | "subjects"> {
  /** Name of the score. */
  name: string;
  score: Score;
  /** From all others whose attribute is known. */
  difference: GroupDifference | null;
  /** Key of the group in metrics.json. */
  at: string;
}

/** The first score of the run that is told of groups, for each group, in the order of metrics.json. */
export function groupRows(view: ReportView): GroupRow[] {
  const groups = view.metrics?.groups ?? [];
  const name = headlineNames(view).find((name) => groups.some(({ scores }) => name in scores));
  if (name === undefined) return [];
  return groups.flatMap(({ attribute, group, subjects, scores, differences }, i) => {
    const score = scores[name];
    if (!score) return [];
    const at = `parts.${view.part}.groups[${i}]`;
    return [{ attribute, group, subjects, name, score, difference: differences[name] ?? null, at }];
  }).toSorted((a, b) => groupRank(a.group) - groupRank(b.group));
}

/** The place of a band of age in the order of life; the same for all other groups, which stay where they are. */
export function groupRank(group: string): number {
  if (/^below/.test(group)) return -1;
  return Number(group.match(/^(\d+) .*years/)?.[1] ?? ["Neonate", "Infant", "Child", "Adolescent"].indexOf(group));
}
