import { comparedScoreName, type PairedRuns, pairRuns, whyNotPaired } from "../../report/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import type { Cell, PaperTable } from "../tables/paper_table.ts";
import { scoreCell } from "./score_tables.ts";

/** Each run against the first given of those it may be paired with, by subject; and sentences on those in no table. */
export function comparisonTables(runs: readonly PaperRun[]): { tables: PaperTable[]; apart: string[] } {
  const apart: string[] = [];
  const groups: { base: PaperRun; others: PaperRun[] }[] = [];
  for (const one of runs) {
    const group = groups.find(({ base }) => whyNotPaired(base.run, one.run) === undefined);
    if (group) group.others.push(one);
    else {
      if (groups.length > 0) {
        const [{ base }] = groups;
        apart.push(
          `“${one.label}” is not compared with “${base.label}” in pairs: ${whyNotPaired(base.run, one.run)}.`,
        );
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
      scoreCell({ value: second, low: null, high: null }),
      scoreCell({ value: first, low: null, high: null }),
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
