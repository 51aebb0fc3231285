import { floorWords } from "../../evaluation/mod.ts";
import { type ReadScore, type Score, scoreName, type Scores, usualScores } from "../../scores/mod.ts";
import { externalName, groupRows, pooledScores, sourceFlags, toldScores } from "../../report/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import type { Cell, NumberCell, PaperTable } from "../tables/paper_table.ts";
import { referenceKinds } from "../../runs/mod.ts";
import { protocolWords } from "../text/settings.ts";

/** A score as a cell: costs in whole numbers, shares with three digits. */
export function scoreCell({ value, low, high }: Pick<NumberCell, "value" | "low" | "high">): NumberCell {
  return { value, low, high, digits: value !== null && Math.abs(value) >= 100 ? 0 : 3 };
}

const HEAD = ["value (95 % interval)", "judged", "highest floor"];
const INTERVALS = "Intervals are over subjects.";

/** Of a score: its value, how many were judged, and its highest floor with what reaches it. */
export function scoreCells(score: Score): [value: NumberCell, judged: NumberCell, floor: NumberCell] {
  const reached = Object.entries(score.floors).find(([, value]) => value === score.floor)?.[0];
  return [
    scoreCell(score),
    { value: score.n, unit: score.n === 1 ? score.unit : `${score.unit}s` },
    { ...scoreCell({ value: score.floor }), ...(reached ? { note: reached } : {}) },
  ];
}

/** Scores of each run with intervals and floors: those that its experiment names, then the general ones. */
export function scoresTable(runs: readonly PaperRun[]): PaperTable {
  const rows = runs.flatMap((one) => {
    const scores = toldScores(one), pooled = pooledScores(one);
    const row = (name: string, score: ReadScore): Cell[] => [one.label, nameOf(name, score), ...scoreCells(score)];
    return namesOf(scores, one).flatMap((name) => [
      row(name, scores[name]),
      ...scores[name].over === undefined ? [] : [row(name, { ...pooled[name], over: "all together" })],
    ]);
  });
  const floors = runs.flatMap((one) => Object.values(pooledScores(one)).flatMap(({ floors }) => Object.keys(floors)));
  const words = Object.entries(floorWords).filter(([name]) => floors.includes(name));
  return {
    name: "scores",
    caption: "Scores on the test part, with their intervals and floors.",
    sections: true,
    head: ["run", "score", ...HEAD],
    rows,
    notes: [INTERVALS, `Floors: ${words.map(([name, said]) => `${name}: ${said}`).join("; ")}.`],
  };
}

/** Those that the experiment names, with their parts, then the general ones. */
function namesOf(scores: Scores, { wanted }: PaperRun): string[] {
  const named = wanted.flatMap((name) => Object.keys(scores).filter((key) => key.split("/")[0] === name));
  return [...new Set([...named, ...usualScores.filter((name) => name in scores)])];
}

function nameOf(name: string, score: ReadScore): string {
  const [base, of] = name.split("/");
  return [scoreName(base, score).name, ...of === undefined ? [] : [`: ${of}`], ...score.over ? [`, ${score.over}`] : []]
    .join("");
}

/** Precision, recall and F1 of each class. */
export function classesTable(runs: readonly PaperRun[]): PaperTable {
  const kinds = ["recall", "precision", "f1"];
  return {
    name: "classes",
    caption: "Scores of each class on the test part.",
    sections: true,
    head: ["run", "class", "recall", "precision", "F1"],
    rows: runs.flatMap((one) => {
      const scores = pooledScores(one);
      return one.classes.filter((label) => `recall/${label}` in scores).map((label): Cell[] => [
        one.label,
        label,
        ...kinds.map((kind) => scores[`${kind}/${label}`]).map((score) => score ? scoreCell(score) : { value: null }),
      ]);
    }),
    notes: [INTERVALS],
  };
}

/** The first score of each run by sub-database, device or site, and its mean over them. */
export function sourcesTable(runs: readonly PaperRun[]): PaperTable {
  return {
    name: "sources",
    caption: "The first score of each run by source: sub-database, device or site.",
    sections: true,
    head: ["run", "source", "score", ...HEAD],
    rows: runs.flatMap((one) => {
      const sources = sourceFlags(one);
      if (sources.length < 2) return [];
      const [{ name }] = sources;
      const mean = one.metrics?.sourceMean[name];
      return [
        ...sources.map(({ source, score }): Cell[] => [one.label, source, nameOf(name, score), ...scoreCells(score)]),
        ...(mean ? [[one.label, "mean over the sources", nameOf(name, mean), ...scoreCells(mean)]] : []),
      ];
    }),
    notes: [INTERVALS, "–: none, or too few subjects for an interval."],
  };
}

/** The first score of each run by age, sex, site and device, with the difference from all others. */
export function groupsTable(runs: readonly PaperRun[]): PaperTable {
  return {
    name: "groups",
    caption: "The first score of each run by group of patients or recordings.",
    sections: true,
    head: ["run", "group", "subjects", "score", "value (95 % interval)", "difference from all others"],
    rows: runs.flatMap((one) =>
      groupRows(one).map(({ attribute, group, subjects, name, score, difference }): Cell[] => [
        one.label,
        `${attribute}: ${group}`,
        { value: subjects },
        nameOf(name, score),
        scoreCell(score),
        difference ? { ...scoreCell(difference), signed: true } : { value: null },
      ])
    ),
    notes: [INTERVALS],
  };
}

/** The scores on other data, that nothing was trained on or chosen by. */
export function externalTable(runs: readonly PaperRun[]): PaperTable {
  return {
    name: "external",
    caption: "Scores on data that nothing was trained on or chosen by.",
    sections: true,
    head: ["run", "data", "score", ...HEAD],
    rows: runs.flatMap((one) =>
      one.run.external.flatMap((set) =>
        Object.entries(set.metrics.parts).flatMap(([part, metrics]) => {
          const scores = pooledScores({ ...one, metrics });
          return namesOf(scores, one).map((name): Cell[] => [
            ...[one.label, externalName(set, part), nameOf(name, scores[name])],
            ...scoreCells(scores[name]),
          ]);
        })
      )
    ),
    notes: [INTERVALS],
  };
}

/** The figures that an experiment is held against, each with its source, and under what protocol either was reached. */
export function referenceTable(runs: readonly PaperRun[]): PaperTable {
  const protocols = runs.flatMap(({ label, run: { config } }) => {
    const words = config && config.references.length > 0 ? protocolWords(config) : "";
    return words === "" ? [] : [`Protocol of “${label}”: ${words}.`];
  });
  return {
    name: "references",
    caption: "This work beside other figures of the same score, which were mostly reached under other protocols.",
    sections: true,
    head: ["run", "score", "this work", "other figure", "model and protocol there", "source"],
    rows: runs.flatMap((one) => {
      const scores = toldScores(one);
      return (one.run.config?.references ?? []).map(({ kind, score, value, spread, what, source }): Cell[] => [
        one.label,
        scores[score] ? nameOf(score, scores[score]) : scoreName(score).name,
        scores[score] ? scoreCell(scores[score]) : { value: null },
        { ...scoreCell({ value }), note: `${spread === undefined ? "" : `± ${spread}, `}${referenceKinds[kind]}` },
        what,
        source,
      ]);
    }),
    notes: [
      ...protocols,
      "Figures that were not reached on the same items are not to be compared by their difference.",
    ],
  };
}
