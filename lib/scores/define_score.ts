import { z } from "zod";
import { type Part, PartKind } from "../parts/part_kind.ts";
import type { Confusion } from "./confusion_matrix.ts";
import type { Unit } from "./score.ts";

/** What the scores of one model (one seed) are computed from. */
export interface JudgedItems {
  /** True class of each item. */
  labels: Int32Array;
  /** Class after the decision rule. */
  predicted: Int32Array;
  /** `[n, classes]`, row-major. */
  probabilities: Float64Array;
  /** The subject of each item, `0 … clusters - 1`. */
  clusters: Int32Array;
}

/** What several scores read, for any weights of the subjects: prepared once, and computed once a draw. */
export type Summary<T> = (items: JudgedItems, classes: readonly string[]) => (weights: Float64Array) => T;

/** Counts of (true, predicted) pairs, and the classes that they are of; the first is the healthy one. */
export interface JudgedCounts extends Confusion {
  classes: readonly string[];
}

/** How a score is called and what it means, for readers who don't know its name. */
export interface ScoreInfo {
  /** Within a sentence: `"balanced accuracy"`. */
  title: string;
  meaning: string;
  better: "higher" | "lower";
  /** The least and the greatest value. */
  range: readonly [number, number];
  /** Whether it can be read against a floor: not one side alone, which naming one class always makes perfect. */
  floor: boolean;
}

/**
 * One score: what it is called, how it is read (where nothing is said: higher is better, from 0 to 1, against a floor), and how it
 * is computed of `Judged`.
 */
export interface ScoreDefinition<Judged = unknown, Options extends z.ZodObject = z.ZodObject>
  extends Partial<Omit<ScoreInfo, "title">>, Pick<ScoreInfo, "title"> {
  /** What an experiment asks for, and its key in `metrics.json`. */
  name: string;
  options?: Options;
  /**
   * Of the built-in ones: whether it is shown in one line or in short tables, or is there only where it is asked for. Every
   * run computes all others.
   */
  shown?: "headline" | "usual" | "asked";
  /** What it counts as one. @default {each of item, recording and subject by itself} */
  unit?: Unit;
  /** What the classes must be for it, in a sentence, where they aren't. */
  needs?(classes: readonly string[]): string | undefined;

  /** What it is computed from: `confusion`, `answers`, or a summary of one's own, which makes resampling fast. */
  from: Summary<Judged>;
  /** Its value, then those of its {@linkcode ScoreDefinition.parts}; NaN where it doesn't exist. */
  value?(judged: Judged, options: z.output<Options>): number | number[];
  /** Names and meanings of what it is made of, reported as `name/PART`. */
  parts?: Readonly<Record<string, { meaning: string; floor?: boolean }>>;
  /** The same of class `c` against all others, reported as `name/CLASS`. */
  ofClass?(judged: Judged, c: number, options: z.output<Options>): number;
  /** Fewest classes of which each is told by itself. @default {2} */
  classesFrom?: number;

  /**
   * How its interval is made: Wilson's, as of a share of its range; as of a count, where there is no upper end; of resampled
   * subjects; or why none covers it. @default {"share", and where the range has no end "resamples"}
   */
  interval?: "share" | "count" | "resamples" | { none: string };
  /** Moves in no steps as counts do, over which coverage goes up and down. */
  smooth?: boolean;
  /** What an imagined wrong answer changes: as much as it does in another score, or this divided by the number of items. */
  doubt?: { as: string } | { each: number };
}

/** The scores that are known. */
export const scores: PartKind<Omit<ScoreDefinition, "options">> = new PartKind("score", "a score");

/** A score by its name, or with its options. */
export type AskedScore = string | { kind: string };

/**
 * A score of one's own, to be called with its options as an entry of `evaluation.scores`, as `evaluation.monitor`, or as the
 * score of `evaluation.decision`. It gets intervals, floors, groups and comparisons as the built-in ones do.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @example How many ill are missed for each false alarm that is spared
 * ```ts
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { confusion, defineScore, scoresOfConfusion } from "./mod.ts";
 * const weighted = defineScore({
 *   name: "weighted-recall",
 *   title: "weighted recall",
 *   meaning: "mean of sensitivity and specificity, one counted more",
 *   options: z.strictObject({ sick: z.number().min(0).max(1).default(0.8) }),
 *   from: confusion,
 *   value: ({ counts: [tn, fp, fn, tp] }, { sick }) => sick * tp / (tp + fn) + (1 - sick) * tn / (tn + fp),
 * });
 * const counts = { size: 2, counts: Float64Array.of(9, 1, 5, 5) };
 * const all = scoresOfConfusion(counts, { classes: ["well", "ill"], asked: [weighted({ sick: 0.5 })] });
 * expect(all.get("weighted-recall(sick=0.5)")).toBeCloseTo(0.7, 12);
 * ```
 */
export function defineScore<Judged, Options extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  definition: ScoreDefinition<Judged, Options>,
): Part<"score", ScoreDefinition<Judged, Options> & { options: Options }> {
  const options = definition.options ?? z.strictObject({});
  return scores.define({ ...definition, options } as never) as never;
}
