import { z } from "zod";
import { formatCsv, parseCsv } from "../files/mod.ts";

/** JSON knows no NaN: a score that an epoch doesn't have is `null` there. */
const figure = z.number().nullable().transform((value) => value ?? NaN);

/** One epoch of one fold, as training tells it: a row of `history.csv`. */
export const foldEpoch = z.object({
  fold: z.int(),
  seed: z.int(),
  epoch: z.int(),
  loss: z.number(),
  validationLoss: z.number(),
  validationScore: figure,
  learningRate: z.number(),
  seconds: z.number(),
  samplesPerSecond: z.number(),
});
export type FoldEpoch = z.output<typeof foldEpoch>;

const COLUMNS = Object.keys(foldEpoch.shape);

/** `history.csv`: one row an epoch of a fold. */
export function formatHistory(epochs: readonly FoldEpoch[]): string {
  return formatCsv(epochs, COLUMNS);
}

/** What {@linkcode formatHistory} wrote. */
export function parseHistory(text: string, where: string): FoldEpoch[] {
  const numbers = COLUMNS.filter((name) => name !== "validationScore");
  return parseCsv(text, where, { columns: ["validationScore"], numbers }).map((row) => {
    const cells = COLUMNS.map((name) => [name, row[name] === "" ? NaN : Number(row[name])]);
    return Object.fromEntries(cells) as FoldEpoch;
  });
}
