import { z } from "zod";
import type { Options } from "../parts/mod.ts";
import { type ColumnNames, columnNames } from "./files/column_roles.ts";

const meanings: z.ZodRecord<z.ZodString, z.ZodNullable<z.ZodString>> = z.record(z.string(), z.string().nullable());

const joined = {
  /** Name in the catalogue; of one's own recordings `csv` or `folders`. */
  name: z.string() as z.ZodString,
  /** The question that it is asked. */
  task: z.string() as z.ZodString,
  /** What each of its labels is called in the joint question, `null` for those that are left out; its own names where left out. */
  labels: meanings.optional() as z.ZodOptional<typeof meanings>,
  /** Its folder (or table) below that of `--data`, or anywhere; where left out, the folder of its name. */
  folder: z.string().min(1).optional() as z.ZodOptional<z.ZodString>,
  /** What it is called before its subjects and sources, where two have one name. */
  as: z.string().regex(/^[^/]+$/).optional() as z.ZodOptional<z.ZodString>,
  /** Whether each of its databases, devices or places is a source by itself; else all of it is one. */
  databases: z.boolean().default(true) as z.ZodDefault<z.ZodBoolean>,
  /** Columns of one's own table whose headers aren't the usual ones. */
  columns: columnNames.optional() as z.ZodOptional<z.ZodType<ColumnNames>>,
};

/** One of several datasets that are asked as one. */
export const joinedDataset: Options<typeof joined> = z.strictObject(joined);

/** Defaults filled in. */
export type JoinedDataset = z.output<typeof joinedDataset>;
