import type { z } from "zod";
import { integer, number, numberOrNull, schemaOf, type Shaped } from "../files/json_shape.ts";
import { formatCsv, parseCsv } from "../files/mod.ts";

/** JSON knows no NaN: a score that an epoch doesn't have is `null` there. */
const figure: z.ZodType<number> = numberOrNull.transform((value) => value ?? NaN);

/** One epoch of one fold, as training tells it: a row of `history.csv`. */
const epoch = {
  fold: integer,
  seed: integer,
  epoch: integer,
  loss: number,
  validationLoss: number,
  validationScore: figure,
  learningRate: number,
  seconds: number,
  samplesPerSecond: number,
};
export type FoldEpoch = Shaped<typeof epoch>;
export const foldEpoch: z.ZodType<FoldEpoch> = schemaOf(epoch);

const COLUMNS = Object.keys(epoch);

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
