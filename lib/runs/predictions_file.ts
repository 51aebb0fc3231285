import { DataError } from "../errors/mod.ts";
import type { Prediction } from "../scores/score.ts";
import { formatCsv, parseCsv } from "../files/mod.ts";
import type { RunFile } from "./csv_files.ts";

const NUMBERS = ["fold", "seed", "start", "end"];
const NAMES = ["part", "recording", "subject", "source", "label", "predicted"];
const FIXED = ["fold", "seed", "part", "recording", "subject", "source", "start", "end", "label", "predicted"];

/** What `predictions.csv` holds. */
export interface JudgedPredictions {
  predictions: Prediction[];
  /** Whose probabilities they give, in this order. */
  classes: string[];
}

/** Predictions as rows of a tidy table: an item a row, and one column `p_<class>` a class. */
export function predictionRows({ predictions, classes }: JudgedPredictions): object[] {
  const visits = predictions.some(hasVisit);
  return predictions.map(({ probabilities, ...row }) => ({
    ...row,
    ...visits ? { visit: row.visit ?? null } : {},
    ...Object.fromEntries(classes.map((name, c) => [`p_${name}`, probabilities[c]])),
  }));
}

function hasVisit({ visit }: Prediction): boolean {
  return visit !== undefined;
}

/** One row an item (or a window of it, numbered), one column `p_<class>` a class; what is read is the same to the last bit. */
export const predictionsFile: RunFile<JudgedPredictions> = {
  name: "predictions.csv",
  format(judged) {
    const { predictions, classes } = judged;
    const window = predictions[0]?.window === undefined ? [] : ["window"];
    const visit = predictions.some(hasVisit) ? ["visit"] : [];
    const columns = [...FIXED, ...visit, ...window, ...classes.map((name) => `p_${name}`)];
    return formatCsv(predictionRows(judged), columns);
  },
  parse(text, where) {
    const rows = parseCsv(text, where, { marked: true, columns: NAMES, numbers: NUMBERS });
    const classes = Object.keys(rows[0] ?? {}).filter((name) => name.startsWith("p_")).map((name) => name.slice(2));
    if (classes.length === 0) {
      const expected = "predictions with a column p_<class> a class";
      const found = rows.length === 0 ? "no row" : "no such column";
      throw new DataError({ expected, found, where, remedy: "run the experiment again" });
    }
    const predictions = rows.map((row) => ({
      fold: Number(row.fold),
      seed: Number(row.seed),
      part: row.part,
      recording: row.recording,
      subject: row.subject,
      ...row.visit ? { visit: row.visit } : {},
      source: row.source,
      start: Number(row.start),
      end: Number(row.end),
      ...(row.window === undefined ? {} : { window: Number(row.window) }),
      label: row.label,
      predicted: row.predicted,
      probabilities: classes.map((name) => Number(row[`p_${name}`])),
    }));
    return { predictions, classes };
  },
};
