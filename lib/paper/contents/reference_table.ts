import { scoreName } from "../../scores/mod.ts";
import { pooledScores } from "../../report/mod.ts";
import { referenceKinds } from "../../runs/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import type { Cell, PaperTable } from "../tables/paper_table.ts";
import { protocolWords } from "./protocol_words.ts";
import { scoreCell } from "./score_tables.ts";

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
      const scores = pooledScores(one);
      return (one.run.config?.references ?? []).map(({ kind, score, value, spread, what, source }): Cell[] => [
        one.label,
        scoreName(score, scores[score]).name,
        scores[score] ? scoreCell(scores[score]) : { value: null },
        {
          ...scoreCell({ value, low: null, high: null }),
          note: `${spread === undefined ? "" : `± ${spread}, `}${referenceKinds[kind]}`,
        },
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
