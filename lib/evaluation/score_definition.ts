import type { Confusion } from "./confusion_matrix.ts";
import type { JudgedItems } from "./judged_items.ts";
import type { Unit } from "./score.ts";

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

/** One score: what it is called, how it is read, and how it is computed of `Judged`. */
export interface ScoreDefinition<Judged = unknown> extends Partial<ScoreInfo> {
  /** Key in `metrics.json`; also what an experiment asks for. */
  name: string;
  title: string;
  /** @default {"higher"} */
  better?: "higher" | "lower";
  /** @default {[0, 1]} */
  range?: readonly [number, number];
  /** Where it is shown unasked: in one line, or in short tables. Elsewhere it stands among the further ones. */
  shown?: "headline" | "usual";
  /** Only computed where an experiment names it. */
  official?: true;
  /** What it counts as one. @default {each of item, recording and subject by itself} */
  unit?: Unit;
  /** @default {true} */
  floor?: boolean;
  /** What the classes must be for it, where they aren't. */
  needs?(classes: readonly string[]): string | undefined;

  /** What it is computed from. */
  from: Summary<Judged>;
  /** Its value, then those of its {@linkcode ScoreDefinition.parts}; NaN where it doesn't exist. */
  value?(judged: Judged): number | number[];
  /** Names and meanings of what it is made of, reported as `name/PART`. */
  parts?: Readonly<Record<string, { meaning: string; floor?: boolean }>>;
  /** The same of class `c` against all others, reported as `name/CLASS`. */
  ofClass?(judged: Judged, c: number): number;
  /** Fewest classes of which each is told by itself. @default {2} */
  classesFrom?: number;

  /**
   * How its interval is made: Wilson's, as of a share of its range; as of a count, where there is no upper end; or why none
   * covers it. @default {"share"}
   */
  interval?: "share" | "count" | { none: string };
  /** Moves in no steps as counts do, over which coverage goes up and down. */
  smooth?: true;
  /** What an imagined wrong answer changes: as much as it does in another score, or this divided by the number of items. */
  doubt?: { as: string } | { each: number };
}

/** A score, checked against what it is computed from. */
export function defineScore<Judged>(definition: ScoreDefinition<Judged>): ScoreDefinition {
  return definition as ScoreDefinition;
}
