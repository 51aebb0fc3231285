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
    /** Share of the subjects that is tested. */
    test: share.default(0.2),
    validation,
    /** Folds that the rest is divided into; one validation part where left out. */
    inner: z.int().min(2).optional(),
    seeds,
  }),
  /** Every row is tested once a repeat; a repeat draws the folds anew. */
  z.strictObject({
    kind: z.literal("grouped-folds"),
    /** Parts; each is tested once. */
    folds: z.int().min(2).default(5),
    /** How often all of it is done, each time with other folds. */
    repeats: z.int().min(1).default(1),
    validation,
    seeds,
  }),
  /** Each outer training part is itself divided into `inner` folds, so that every row of it is validation once. */
  z.strictObject({
    kind: z.literal("nested"),
    /** Outer parts; each is tested once. */
    folds: z.int().min(2).default(5),
    /** Parts of each outer training part; each is validation once. */
    inner: z.int().min(2).default(4),
    seeds,
  }),
  /** Each sub-database, device or site is the test part once. */
  z.strictObject({ kind: z.literal("leave-one-source-out"), validation, seeds }),
  /** The parts that the dataset's authors drew, by the names in `ManifestRow.part`. */
  z.strictObject({
    kind: z.literal("official"),
    /** Names of the parts to train on. */
    train: z.array(z.string()).min(1).default(["train"]),
    /** Names of the parts to test on. */
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
