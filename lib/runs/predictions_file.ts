import { DataError } from "../errors/mod.ts";
import type { Prediction } from "../evaluation/prediction.ts";
import { formatCsv, parseCsv } from "../files/mod.ts";

const FIXED = ["fold", "seed", "part", "recording", "subject", "source", "start", "end", "label", "predicted"] as const;

/** `predictions.csv`: one row an item (or a window of it, numbered), one column `p_<class>` a class. */
export function formatPredictions(predictions: readonly Prediction[], classes: readonly string[]): string {
  const window = predictions[0]?.window === undefined ? [] : ["window"];
  const columns = [...FIXED, ...window, ...classes.map((name) => `p_${name}`)];
  return formatCsv(
    predictions.map(({ probabilities, ...row }) => ({
      ...row,
      ...Object.fromEntries(classes.map((name, c) => [`p_${name}`, probabilities[c]])),
    })),
    columns,
  );
}

/** The rows that {@linkcode formatPredictions} wrote, to the last bit. */
export function parsePredictions(text: string, where: string): { predictions: Prediction[]; classes: string[] } {
  const rows = parseCsv(text, where);
  const columns = Object.keys(rows[0] ?? {});
  const missing = FIXED.filter((name) => !columns.includes(name));
  if (rows.length === 0 || missing.length > 0) {
    throw new DataError({
      expected: `the columns ${FIXED.join(", ")} and p_<class>`,
      found: rows.length === 0 ? "no row" : `none called ${missing.join(", ")}`,
      where,
      remedy: "run the experiment again",
    });
  }
  const classes = columns.filter((name) => name.startsWith("p_")).map((name) => name.slice(2));
  const predictions = rows.map((row) => ({
    fold: Number(row.fold),
    seed: Number(row.seed),
    part: row.part,
    recording: row.recording,
    subject: row.subject,
    source: row.source,
    start: Number(row.start),
    end: Number(row.end),
    ...(row.window === undefined ? {} : { window: Number(row.window) }),
    label: row.label,
    predicted: row.predicted,
    probabilities: classes.map((name) => Number(row[`p_${name}`])),
  }));
  return { predictions, classes };
}
