import { collapseConfusion, type Confusion } from "./confusion_matrix.ts";
import { cinc2016Score } from "./cinc2016_score.ts";
import { circorCost, weightedAccuracy } from "./circor_score.ts";
import { icbhiScore } from "./icbhi_score.ts";
import type { Unit } from "./score.ts";
import { sprsoundScore } from "./sprsound_score.ts";

/** A score as its organisers define it, for any task whose classes can be collapsed to theirs. */
export interface OfficialScore {
  /** What it counts as one. */
  unit: Unit;
  /** Names of what it is made of, reported as `NAME/PART`. */
  parts: string[];
  lowerIsBetter?: boolean;
  /**
   * The score of a confusion of these classes, then its parts.
   *
   * @returns a sentence where the classes don't fit.
   */
  over(classes: readonly string[]): ((confusion: Confusion) => number[]) | string;
}

const sprsound = (unit: Unit, coarse: boolean, quality: boolean): OfficialScore => ({
  unit,
  parts: ["SE", "SP", "AS", "HS"],
  over(classes) {
    const poor = classes.findIndex((name) => /poor.?quality/i.test(name));
    if (quality !== poor > 0) {
      return `it needs classes ${quality ? "with" : "without"} Poor Quality after the healthy one`;
    }
    const groups = classes.map((_, c) => !coarse || c === 0 ? c : c === poor ? 1 : quality ? 2 : 1);
    const poorGroup = quality ? groups[poor] : undefined;
    return (confusion) => {
      const { SE, SP, AS, HS, Score } = sprsoundScore(collapseConfusion(confusion, groups), { poorQuality: poorGroup });
      return [Score, SE, SP, AS, HS];
    };
  },
});

/** Order of `names` in `classes`, or what is missing. */
function findClasses(classes: readonly string[], names: string[]): number[] | string {
  const found = names.map((name) => classes.findIndex((other) => other.toLowerCase() === name.toLowerCase()));
  return found.includes(-1) || classes.length !== names.length ? `it needs the classes ${names.join(", ")}` : found;
}

/** Puts classes into an order: `groups` of collapseConfusion. */
function ordered(found: number[]): number[] {
  return found.map((_, c) => found.indexOf(c));
}

/** The official scores by the names that experiments use. */
export const officialScores: Record<string, OfficialScore> = {
  // Event, two classes: all that is not normal is one.
  "sprsound-1-1": sprsound("item", true, false),
  // Event, seven classes.
  "sprsound-1-2": sprsound("item", false, false),
  // Record, three classes: Poor Quality is outside SE.
  "sprsound-2-1": sprsound("recording", true, true),
  // Record, five classes.
  "sprsound-2-2": sprsound("recording", false, true),
  // Mean accuracy of the PhysioNet/CinC challenge 2016 where no recording is flagged as noisy and none left unsure.
  "cinc2016": {
    unit: "recording",
    parts: ["Se", "Sp"],
    over(classes) {
      const groups = classes.map((_, c) => Math.min(c, 1));
      return (confusion) => {
        const { counts } = collapseConfusion(confusion, groups);
        const { Se, Sp, MAcc } = cinc2016Score(Array.from(counts, (count, cell) => ({
          abnormal: cell > 1,
          answer: cell % 2 ? "abnormal" : "normal",
          count,
        })));
        return [MAcc, Se, Sp];
      };
    },
  },
  "circor-murmur": {
    unit: "subject",
    parts: [],
    over(classes) {
      const found = findClasses(classes, ["Present", "Unknown", "Absent"]);
      if (typeof found === "string") return found;
      return (confusion) => [weightedAccuracy(collapseConfusion(confusion, ordered(found)), [5, 3, 1])];
    },
  },
  "circor-outcome": {
    unit: "subject",
    parts: [],
    lowerIsBetter: true,
    over(classes) {
      const found = findClasses(classes, ["Abnormal", "Normal"]);
      if (typeof found === "string") return found;
      return (confusion) => [circorCost(collapseConfusion(confusion, ordered(found)))];
    },
  },
  "icbhi": {
    unit: "item",
    parts: ["Se", "Sp"],
    over: () => (confusion) => {
      const { Se, Sp, Score } = icbhiScore(confusion);
      return [Score, Se, Sp];
    },
  },
  "icbhi-2": {
    unit: "item",
    parts: ["Se", "Sp"],
    over: (classes) => (confusion) => {
      const { Se, Sp, Score } = icbhiScore(collapseConfusion(confusion, classes.map((_, c) => Math.min(c, 1))));
      return [Score, Se, Sp];
    },
  },
};
