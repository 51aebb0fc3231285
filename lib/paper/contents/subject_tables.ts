import { groupRank } from "../../report/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import type { RunData } from "../../runs/mod.ts";
import type { Cell, PaperTable } from "../tables/paper_table.ts";

/** Table 1 of each dataset and division: who was learned from and judged, by part and class. */
export function subjectTables(runs: readonly PaperRun[]): PaperTable[] {
  const seen = new Set<string>();
  return runs.flatMap((one) => {
    const { data } = one.run;
    if (!data) return [];
    const what = JSON.stringify([data.fingerprint ?? data.title, data.task, data.byPart]);
    if (seen.has(what)) return []; // as in the run before
    seen.add(what);
    return [subjectTable(one, data)];
  });
}

const AMOUNTS = [
  ["Subjects", "subjects", 1, 0],
  ["Recordings", "recordings", 1, 0],
  ["Items", "items", 1, 0],
  ["Duration (h)", "seconds", 3600, 2],
] as const;

function subjectTable(
  { slug, run }: PaperRun,
  { title, task, total, byPart, byClass, byGroup = [] }: RunData,
): PaperTable {
  const columns = [total, ...byPart, ...byClass];
  const rows: Cell[][] = AMOUNTS.map(([name, key, per, digits]) => [
    name,
    ...columns.map((amount) => ({ value: amount[key] / per, digits })),
  ]);
  const groups = [...Map.groupBy(byGroup, ({ attribute }) => attribute).values()]
    .flatMap((of) => of.toSorted((a, b) => groupRank(a.group) - groupRank(b.group)));
  rows.push(...groups.map(({ attribute, group, subjects, subjectsByPart, subjectsByClass }): Cell[] => [
    `Subjects, ${attribute}: ${group}`,
    { value: subjects },
    ...byPart.map(({ part }) => ({ value: subjectsByPart[part] ?? 0 })),
    ...byClass.map(({ label }) => ({ value: subjectsByClass[label] ?? 0 })),
  ]));
  const several = (run.splits ?? []).length > 1;
  return {
    name: `subjects-${slug}`,
    caption: `Subjects and recordings of ${title}, task ${task}, by part${
      several ? " of the first fold" : ""
    } and class.`,
    head: ["", "all", ...byPart.map(({ part }) => part), ...byClass.map(({ label }) => label)],
    rows,
    notes: byGroup.length > 0
      ? ["A subject of whom several groups or classes are recorded counts in each."]
      : ["The run's files hold no age, sex, site or device."],
  };
}
