import type { PaperRun } from "../paper_run.ts";
import type { Cell, PaperTable } from "../tables/paper_table.ts";
import {
  classesTable,
  externalTable,
  groupsTable,
  referenceTable,
  scoreCell,
  scoresTable,
  sourcesTable,
} from "./score_tables.ts";
import { comparedScoreName, groupRank, type PairedRuns, pairRuns, whyNotPaired } from "../../report/mod.ts";
import type { RunData } from "../../runs/mod.ts";

/** All tables that the runs have something for, and sentences on runs that are in no paired table. */
export function paperTables(runs: readonly PaperRun[]): { tables: PaperTable[]; apart: string[] } {
  const { tables: comparisons, apart } = comparisonTables(runs);
  const tables = [
    ...subjectTables(runs),
    ...networkTables(runs),
    ...[scoresTable, classesTable, sourcesTable, groupsTable, referenceTable, externalTable].map((make) => make(runs)),
    ...comparisons,
  ];
  return { tables: tables.filter(({ rows }) => rows.length > 0), apart };
}

/** The layers of each network, once where several runs share it. */
function networkTables(runs: readonly PaperRun[]): PaperTable[] {
  const seen = new Set<string>();
  return runs.flatMap(({ network, slug, label }) => {
    if (!network || seen.has(JSON.stringify(network))) return [];
    seen.add(JSON.stringify(network));
    const rows = network.map(({ kind, settings, parameters }): Cell[] => [kind, settings, { value: parameters }]);
    const total = network.reduce((sum, { parameters }) => sum + parameters, 0);
    return [{
      name: `network-${slug}`,
      caption: `Layers of the network: ${label}.`,
      head: ["layer", "settings", "parameters"],
      rows: [...rows, ["all", "", { value: total }]],
    }];
  });
}

/** Each run against the first given of those it may be paired with, by subject; and sentences on those in no table. */
function comparisonTables(runs: readonly PaperRun[]): { tables: PaperTable[]; apart: string[] } {
  const apart: string[] = [];
  const groups: { base: PaperRun; others: PaperRun[] }[] = [];
  for (const one of runs) {
    const group = groups.find(({ base }) => whyNotPaired(base.run, one.run) === undefined);
    if (group) group.others.push(one);
    else {
      if (groups.length > 0) {
        const [{ base }] = groups;
        apart.push(`“${one.label}” is not compared with “${base.label}” in pairs: ${whyNotPaired(base.run, one.run)}.`);
      }
      groups.push({ base: one, others: [] });
    }
  }
  const tables = groups.flatMap(({ base, others }) => {
    const paired = pairRuns(base.run, others);
    apart.push(...paired.apart.map(({ one, why }) => `“${one.label}” is compared with nothing: ${why}.`));
    return paired.compared.length === 0 ? [] : [comparisonTable(base, paired)];
  });
  return { tables, apart };
}

function comparisonTable(base: PaperRun, paired: PairedRuns<PaperRun>): PaperTable {
  const { unit, units, subjects, compared } = paired;
  const tested = compared.filter(({ difference }) => difference.p !== null).length;
  const elsewhere = compared.some(({ one }) => one.run.config?.imported) || base.run.config?.imported;
  return {
    name: `comparison-${base.slug}`,
    caption: `${comparedScoreName(paired)} of other settings against “${base.label}”, paired by subject.`,
    head: ["run", "base", "run's own", "difference (95 % interval)", "p", "p by Holm"],
    rows: compared.map(({ one, difference: { first, second, difference: value, low, high, p, pHolm } }): Cell[] => [
      one.label,
      scoreCell({ value: second }),
      scoreCell({ value: first }),
      { ...scoreCell({ value, low, high }), signed: true },
      probability(p),
      probability(pHolm),
    ]),
    notes: [
      `${units} ${unit}s of ${subjects} subjects; the difference is the run's own value less the base's, by ${unit}.`,
      `p by Holm is corrected for ${tested} ${tested === 1 ? "comparison that has" : "comparisons that have"} a p.`,
      ...elsewhere ? ["On what another program was trained isn't known here."] : [],
    ],
  };
}

/** A probability is never 0. */
function probability(value: number | null): Cell {
  return value !== null && value < 0.001 ? "<0.001" : { value, digits: 3 };
}

/** Table 1 of each dataset and division: who was learned from and judged, by part and class. */
function subjectTables(runs: readonly PaperRun[]): PaperTable[] {
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
