import { z } from "zod";
import type { Options } from "../parts/mod.ts";

const RULES = ["majority", "first-rater", "consensus"] as const;
const KEPT = ["all", "unheard", "none"] as const;
const SAME_NAME = ["refuse", "apart", "same"] as const;
const path: z.ZodString = z.string().min(1);

const labels = {
  /** The files of verdicts, such as one a listener. */
  verdicts: z.array(path).min(1) as z.ZodArray<z.ZodString>,
  /** Who decides: most of the listeners, who heard a sound first, or all of two or more. */
  from: z.enum(RULES) as z.ZodEnum<{ [Rule in typeof RULES[number]]: Rule }>,
  /** Which sounds without a decision keep the given label: all, those that nobody heard, or none. The others are left out. */
  keep: z.enum(KEPT).default("all") as z.ZodDefault<z.ZodEnum<{ [Kept in typeof KEPT[number]]: Kept }>>,
  /** Train on the shares of the listeners' votes, each by its certainty, in place of one class. */
  soft: z.boolean().default(false) as z.ZodDefault<z.ZodBoolean>,
  /** What a name in two files is: a mistake, two listeners, or one. */
  sameName: z.enum(SAME_NAME).default("refuse") as z.ZodDefault<
    z.ZodEnum<{ [Same in typeof SAME_NAME[number]]: Same }>
  >,
};

/** How listeners' verdicts become labels. */
export const labelOptions: Options<typeof labels> = z.strictObject(labels);

/** Defaults filled in. */
export type LabelOptions = z.output<typeof labelOptions>;
