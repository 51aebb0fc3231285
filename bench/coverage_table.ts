import { markdownTable } from "../lib/files/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { type CellCoverage, coverageStudy, METHOD, PAIRED, SCORES, type Tally } from "./coverage.ts";
import type { CoverageCell } from "./coverage_sets.ts";

/** Where coverage of .93 is the goal: with so many subjects of a class. */
const GOAL = { subjects: 20 };
/** A coverage of so many intervals or fewer says nothing. */
const FEWEST = 50;

/** Scores as the columns have them. */
const SHORT: Record<string, string> = {
  "balancedAccuracy": "balanced",
  "averagePrecision": "AP",
  "precision/Abnormal": "precision",
  "circor-outcome": "CirCor cost",
};

/** Least coverage of each score where the goal is held to, beside that of the percentile bootstrap; and the tables. */
export function coverageBench(
  { sets = 60, onProgress }: { sets?: number; onProgress: (line: string) => void },
): { rows: BenchRow[]; text: string } {
  const cells = coverageStudy({ sets, onProgress });
  const large = cells.filter(({ cell }) => fewest(cell) >= GOAL.subjects);
  const least = (method: string, score: string) =>
    Math.min(...tallies(large, method, score).map(({ coverage }) => coverage));
  const rows = SCORES.filter((score) => score !== "ece").map((score): BenchRow => ({
    ...{ bench: "coverage", model: name(score), threads: 1, peer: "percentile", ratio: null, unit: "of nominal 95 %" },
    setting: `least of ${large.length} kinds of studies with ${GOAL.subjects} subjects of a class, ${sets} sets each`,
    ours: least(METHOD, score),
    theirs: least("percentile", score),
  }));
  return { rows, text: coverageTables(cells) };
}

/** The study as Markdown: the methods compared, then each kind of study by the method of the reports. */
function coverageTables(cells: readonly CellCoverage[]): string {
  const large = cells.filter(({ cell }) => fewest(cell) >= GOAL.subjects);
  const sets = (method: string) => tallies(cells, method, SCORES[0])[0].tally.sets;
  return [
    `Least coverage of nominal 95 % over the ${large.length} kinds of studies with ${GOAL.subjects} subjects of a class or ` +
    `more, mean coverage and mean width. Of ${sets(METHOD)} sets each (${PAIRED} and the methods tried: ${
      sets(PAIRED)
    }), so ` +
    `that a coverage of .95 has a Monte Carlo error of ${short(error(sets(METHOD)))} (${
      short(error(sets(PAIRED)))
    }), and the ` +
    "least of many lies two to three of them lower.",
    "",
    methodTable(large),
    "",
    `Coverage of ${METHOD} in each kind of study; a dash where fewer than ${FEWEST} sets had enough subjects for an interval.`,
    "",
    cellTable(cells),
  ].join("\n");
}

function methodTable(large: readonly CellCoverage[]): string {
  const methods = [...new Set(large.flatMap(({ methods }) => Object.keys(methods)))];
  const rows = SCORES.map((score) => [
    name(score),
    ...methods.map((method) => {
      const of = tallies(large, method, score);
      if (of.length === 0) return "-";
      const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
      const coverages = of.map(({ coverage }) => coverage), widths = of.map(({ tally }) => tally.width / tally.told);
      return [Math.min(...coverages), mean(coverages), mean(widths)].map(short).join(" / ");
    }),
  ]);
  return markdownTable(["score", ...methods], rows);
}

function cellTable(cells: readonly CellCoverage[]): string {
  const rows = cells.map((one) => [
    described(one.cell),
    ...SCORES.filter((score) => score !== "ece").map((score) => {
      const [of] = tallies([one], METHOD, score);
      return of ? short(of.coverage) : "-";
    }),
  ]);
  return markdownTable(["study", ...SCORES.filter((score) => score !== "ece").map(name)], rows);
}

function tallies(cells: readonly CellCoverage[], method: string, score: string): { coverage: number; tally: Tally }[] {
  return cells.flatMap(({ methods }) => {
    const tally = methods[method]?.[score];
    return tally && tally.told >= Math.min(FEWEST, tally.sets) && tally.told > 0
      ? [{ coverage: tally.covered / tally.told, tally }]
      : [];
  });
}

function fewest({ subjects }: CoverageCell): number {
  return Math.min(...subjects);
}

function described({ subjects, events, auc, items, correlation }: CoverageCell): string {
  const who = events ? `${subjects[0]} with all 4 classes` : `${subjects[0]} + ${subjects[1]}`;
  return `${who}, AUC ${short(auc)}, ${items === 1 ? "1 item" : `${items} items, ${short(correlation)} shared`}`;
}

function name(score: string): string {
  return SHORT[score] ?? score;
}

/** Monte Carlo error of a coverage of .95. */
function error(sets: number): number {
  return Math.sqrt(0.95 * 0.05 / sets);
}

function short(value: number): string {
  return value.toFixed(3).replace(/^0/, "");
}
