import { basename } from "node:path";
import type { FriedmanTest, RunComparison, ScoreDifference } from "../evaluation/mod.ts";
import { markdownTable } from "../files/mod.ts";
import type { Unit } from "../scores/mod.ts";

export interface DescribeOptions {
  /** Folder of each run. */
  first: string;
  second: string;
  /** What is counted as one. */
  unit: Unit;
  /** Scores that stand first, in their order. */
  wanted: readonly string[];
  /** Whether the others are shown, too. */
  all?: boolean;
}

/** A comparison of two runs in Markdown that reads well on a terminal, too. */
export function describeComparison(
  { items, subjects, differences, sourceMean, mcnemar, delong, acrossFolds, warnings }: RunComparison,
  { first, second, unit, wanted, all = false }: DescribeOptions,
): string {
  const place = (score: string) => wanted.includes(score) ? wanted.indexOf(score) : wanted.length;
  const shown = <T>(of: readonly T[], name: (one: T) => string) =>
    of.filter((one) => all || wanted.includes(name(one))).toSorted((a, b) => place(name(a)) - place(name(b)));
  const table = (of: readonly ScoreDifference[]) =>
    markdownTable(
      ["score", "first", "second", "difference", "95 % interval", "p", "better"],
      shown(of, ({ score }) => score).map((one) => [
        one.score,
        number(one.first),
        number(one.second),
        number(one.difference),
        one.low === null ? "-" : `${number(one.low)} to ${number(one.high)}`,
        probability(one.p),
        one.better ?? "can't be told",
      ]),
    );
  const lines = [
    `- right in one only: first ${mcnemar.firstOnly}, second ${mcnemar.secondOnly} ` +
    `(McNemar, p ${probability(mcnemar.p)})`,
    ...(delong
      ? [`- ROC AUC by ${unit}: difference ${number(delong.difference)} (DeLong, p ${probability(delong.p)})`]
      : []),
    ...shown(Object.entries(acrossFolds), ([score]) => score).map(([score, { difference, p, pRanks }]) =>
      `- ${score} across folds: difference ${number(difference)} ` +
      `(corrected t-test, p ${probability(p)}; signed ranks, p ${probability(pRanks)})`
    ),
    ...warnings.map((warning) => `- warning: ${warning}`),
  ];
  return [
    `- first: ${first}`,
    `- second: ${second}`,
    "",
    `${items} ${unit}s of ${subjects} subjects that both judged (intervals and p by Student's t over subjects):`,
    "",
    table(differences),
    "",
    ...sourceMean.length === 0 ? [] : ["Mean over the sources, each with the same say:", "", table(sourceMean), ""],
    ...lines,
    "",
  ].join("\n");
}

/** Mean ranks of three runs or more, and which can be told apart. */
export function describeRanks(
  tests: Readonly<Record<string, FriedmanTest>>,
  { folders, wanted }: { folders: readonly string[]; wanted: readonly string[] },
): string[] {
  return wanted.filter((score) => score in tests).map((score) => {
    const { ranks, p, pF, criticalDifference } = tests[score];
    const rows = folders.map((folder, i) => [folder, ranks[i].toFixed(2)]);
    return [
      `Mean ranks of ${score} over the folds (1 is best), Friedman p ${probability(p)}, ` +
      `Iman-Davenport p ${probability(pF)}; ranks that lie less than ${criticalDifference.toFixed(2)} apart ` +
      `can't be told from each other (Nemenyi, 5 %):`,
      "",
      markdownTable(["run", "mean rank"], rows),
      "",
    ].join("\n");
  });
}

/** A file's name for a comparison of these runs: their own names. */
export function comparisonName(folders: readonly string[]): string {
  return folders.map((folder) => basename(folder)).join("-vs-");
}

function number(value: number | null): string {
  return value === null || Number.isNaN(value) ? "-" : value.toFixed(3);
}

/** A probability is never 0. */
function probability(value: number | null): string {
  return value !== null && value < 0.001 ? "<0.001" : number(value);
}
