import { z } from "zod";

const share = z.number().gt(0).lt(1);
const seeds = z.array(z.int().nonnegative()).min(1).optional()
  .describe("Seeds of training; every seed trains on the same folds. The experiment's own seed where left out.");
const validation = share.default(0.2).describe("Share of the training part that is held out for choices.");

/**
 * How a dataset is divided. Subjects are never divided, classes are kept in proportion, and every choice is made on
 * validation rows, which come from the training part.
 */
export const protocol = z.discriminatedUnion("kind", [
  /** One test part, drawn once. With `inner`, the rest is divided into so many folds, each of them validation once. */
  z.strictObject({
    kind: z.literal("hold-out"),
    test: share.default(0.2),
    validation,
    inner: z.int().min(2).optional(),
    seeds,
  }),
  /** Every row is tested once a repeat; a repeat draws the folds anew. */
  z.strictObject({
    kind: z.literal("grouped-folds"),
    folds: z.int().min(2).default(5),
    repeats: z.int().min(1).default(1),
    validation,
    seeds,
  }),
  /** Each outer training part is itself divided into `inner` folds, so that every row of it is validation once. */
  z.strictObject({
    kind: z.literal("nested"),
    folds: z.int().min(2).default(5),
    inner: z.int().min(2).default(4),
    seeds,
  }),
  /** Each sub-database, device or site is the test part once. */
  z.strictObject({ kind: z.literal("leave-one-source-out"), validation, seeds }),
  /** The parts that the dataset's authors drew, by the names in `ManifestRow.part`. */
  z.strictObject({
    kind: z.literal("official"),
    train: z.array(z.string()).min(1).default(["train"]),
    test: z.array(z.string()).min(1).default(["test"]),
    validation,
    sharedSubjects: z.enum(["refuse", "drop", "keep"]).default("refuse")
      .describe("Subjects on both sides of the official split: an error, dropped from training, or kept and reported."),
    seeds,
  }),
]);

/** A division as it is written in an experiment; what is left out has its default. */
export type Protocol = z.input<typeof protocol>;

/** A division with every default filled in. */
export type ResolvedProtocol = z.output<typeof protocol>;
