import { z } from "zod";
import type { Options } from "../parts/mod.ts";

const share: z.ZodNumber = z.number().gt(0).lt(1);
const seeds: z.ZodOptional<z.ZodArray<z.ZodNumber>> = z.array(z.int().nonnegative()).min(1).optional()
  .describe("Seeds of training; every seed trains on the same folds. The experiment's own seed where left out.");
const validation: z.ZodDefault<z.ZodNumber> = share.default(0.2)
  .describe("Share of the training part that is held out for choices.");

/** One test part, drawn once. With `inner`, the rest is divided into so many folds, each of them validation once. */
const holdOut = {
  kind: z.literal("hold-out") as z.ZodLiteral<"hold-out">,
  /** Share of the subjects that is tested. */
  test: share.default(0.2) as z.ZodDefault<z.ZodNumber>,
  validation,
  /** Folds that the rest is divided into; one validation part where left out. */
  inner: z.int().min(2).optional() as z.ZodOptional<z.ZodNumber>,
  seeds,
};

/** Every row is tested once a repeat; a repeat draws the folds anew. */
const groupedFolds = {
  kind: z.literal("grouped-folds") as z.ZodLiteral<"grouped-folds">,
  /** Parts; each is tested once. */
  folds: z.int().min(2).default(5) as z.ZodDefault<z.ZodNumber>,
  /** How often all of it is done, each time with other folds. */
  repeats: z.int().min(1).default(1) as z.ZodDefault<z.ZodNumber>,
  validation,
  seeds,
};

/** Each outer training part is itself divided into `inner` folds, so that every row of it is validation once. */
const nested = {
  kind: z.literal("nested") as z.ZodLiteral<"nested">,
  /** Outer parts; each is tested once. */
  folds: z.int().min(2).default(5) as z.ZodDefault<z.ZodNumber>,
  /** Parts of each outer training part; each is validation once. */
  inner: z.int().min(2).default(4) as z.ZodDefault<z.ZodNumber>,
  seeds,
};

/**
 * Each sub-database, device or site is the test part once. With `inner`, each of the others is validation once, so that
 * what is chosen, thresholds too, is chosen for a source that wasn't trained on.
 */
const leaveOneSourceOut = {
  kind: z.literal("leave-one-source-out") as z.ZodLiteral<"leave-one-source-out">,
  validation,
  /** What is validation beside each test part: each of the other sources in turn; a share of all where left out. */
  inner: z.literal("sources").optional() as z.ZodOptional<z.ZodLiteral<"sources">>,
  seeds,
};

/** The parts that the dataset's authors drew, by the names in `ManifestRow.part`. */
const official = {
  kind: z.literal("official") as z.ZodLiteral<"official">,
  /** Names of the parts to train on. */
  train: z.array(z.string()).min(1).default(["train"]) as z.ZodDefault<z.ZodArray<z.ZodString>>,
  /** Names of the parts to test on. */
  test: z.array(z.string()).min(1).default(["test"]) as z.ZodDefault<z.ZodArray<z.ZodString>>,
  validation,
  /** Subjects on both sides of the official split: an error, dropped from training, or kept and reported. */
  sharedSubjects: z.enum(["refuse", "drop", "keep"]).default("refuse") as z.ZodDefault<
    z.ZodType<"refuse" | "drop" | "keep">
  >,
  seeds,
};

type AnyProtocol =
  | Options<typeof holdOut>
  | Options<typeof groupedFolds>
  | Options<typeof nested>
  | Options<typeof leaveOneSourceOut>
  | Options<typeof official>;

/** A division as it is written in an experiment; what is left out has its default. */
export type Protocol = z.input<AnyProtocol>;

/** A division with every default filled in. */
export type ResolvedProtocol = z.output<AnyProtocol>;

/**
 * How a dataset is divided. Subjects are never divided, classes are kept in proportion, and every choice is made on
 * validation rows, which come from the training part.
 */
export const protocol: z.ZodType<ResolvedProtocol, Protocol> = z.discriminatedUnion("kind", [
  z.strictObject(holdOut),
  z.strictObject(groupedFolds),
  z.strictObject(nested),
  z.strictObject(leaveOneSourceOut),
  z.strictObject(official),
]);
