import { compareRuns, type Prediction, scoreKey, scoreName } from "../../evaluation/mod.ts";
import { headlineNames } from "../../report/mod.ts";
import { holm } from "../../statistics/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import type { Cell, PaperTable } from "../tables/paper_table.ts";
import { scoreCell } from "./score_tables.ts";

/** Tables of paired comparisons, and sentences on which runs stand in none. */
export interface Comparisons {
  tables: PaperTable[];
  apart: string[];
}

/**
 * Each run against the first one that was given of its experiment, paired by subject, by the first score of it. Runs that were not
 * judged on the same items in the same folds are in no table.
 */
export function comparisonTables(runs: readonly PaperRun[]): Comparisons {
  const apart: string[] = [];
  const tables = [...Map.groupBy(runs, ({ run }) => run.config?.name ?? "")].flatMap(([, [base, ...others]]) => {
    const paired = others.filter((other) => {
      const reason = whyNotPaired(base, other);
      if (reason) apart.push(`“${other.label}” is not compared with “${base.label}” in pairs: ${reason}.`);
      return reason === null;
    });
    return paired.length === 0 ? [] : [comparisonTable(base, paired)];
  });
  const experiments = new Set(runs.map(({ run }) => run.config?.name));
  if (experiments.size > 1) {
    apart.push(`Runs of different experiments (${[...experiments].join(", ")}) are not compared in pairs.`);
  }
  return { tables, apart };
}

function tests({ run }: PaperRun): Prediction[] {
  return (run.predictions?.predictions ?? []).filter(({ part }) => part !== "validation");
}

/** The first of what sets two runs of an experiment apart; `null`: nothing. */
function whyNotPaired(a: PaperRun, b: PaperRun): string | null {
  if (!a.run.predictions || !b.run.predictions) return "predictions.csv of one is missing";
  if (!a.run.data || !b.run.data) return "data.json of one is missing";
  if (a.classes.join("\n") !== b.classes.join("\n")) return "their classes differ";
  if (a.run.data.fingerprint !== b.run.data.fingerprint) return "they saw different data (data.json: fingerprint)";
  if (foldsOf(a) !== foldsOf(b)) return "their folds differ (splits.json)";
  if (itemsOf(a) !== itemsOf(b)) return "they judged different items (predictions.csv)";
  return null;
}

/** Subjects of each fold; the seeds of training divide nobody. */
function foldsOf({ run }: PaperRun): string {
  return JSON.stringify([
    ...new Set((run.splits ?? []).map(({ train, validation, test }) => JSON.stringify({ train, validation, test }))),
  ]);
}

function itemsOf(one: PaperRun): string {
  const keys = tests(one).map(({ recording, start, end, label }) => `${recording}\n${start}\n${end}\n${label}`);
  return [...new Set(keys)].toSorted().join("\n");
}

function comparisonTable(base: PaperRun, others: readonly PaperRun[]): PaperTable {
  const asked = base.run.config?.experiment.evaluation.scores ?? [];
  const [name] = asked.length > 0 ? asked.map(scoreKey) : headlineNames(base);
  const compared = others.map((other) => {
    const { differences, items, subjects } = compareRuns(tests(other), tests(base), {
      classes: base.classes,
      scores: asked,
    });
    return { other, items, subjects, difference: differences.find(({ score }) => score === name) };
  }).toSorted((a, b) => Math.abs(b.difference?.difference ?? 0) - Math.abs(a.difference?.difference ?? 0));
  const corrected = holm(compared.map(({ difference }) => difference?.p ?? 1));
  const [{ items, subjects }] = compared;
  return {
    name: `comparison-${base.slug}`,
    caption: `${scoreName(name).name} of other settings against “${base.label}”, paired by subject.`,
    head: ["run", "base", "run's own", "difference (95 % interval)", "p", "p by Holm"],
    rows: compared.map(({ other, difference }, i): Cell[] => {
      if (!difference) return [other.label, ...new Array<Cell>(5).fill({ value: null })];
      const { first, second, difference: value, low, high, p } = difference;
      return [
        other.label,
        scoreCell({ value: second, low: null, high: null }),
        scoreCell({ value: first, low: null, high: null }),
        { ...scoreCell({ value, low, high }), signed: true },
        probability(p),
        p === null ? { value: null } : probability(corrected[i]),
      ];
    }),
    notes: [
      `${items} items of ${subjects} subjects; the difference is the run's own value less the base's, by item.`,
      `p by Holm is corrected for ${compared.length} ${compared.length === 1 ? "comparison" : "comparisons"}.`,
    ],
  };
}

/** A probability is never 0. */
function probability(value: number | null): Cell {
  return value !== null && value < 0.001 ? "<0.001" : { value, digits: 3 };
}
