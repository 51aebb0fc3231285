/** What is counted as one: a manifest row, a recording, or a subject. */
export type Unit = "item" | "recording" | "subject";

/**
 * How an interval over subjects was made: `wilson`, the score interval of as many independent answers as the variance is
 * worth; or the quantiles of resampled subjects, plain or corrected for bias and skewness (Efron 1987).
 */
export type IntervalMethod = "wilson" | "percentile" | "bca";

/** A number that never stands alone: with its interval, its count and its floor. */
export interface Score {
  /** `null` where the score does not exist (a class is missing, say); {@linkcode Score.reason} then says why. */
  value: number | null;
  /** Lower end of the interval; `null` where there are too few subjects for one. */
  low: number | null;
  high: number | null;
  /** Coverage of the interval, 0.95. */
  level: number;
  /** Where there is an interval. */
  method?: IntervalMethod;
  /** Number of units that were judged. */
  n: number;
  unit: Unit;
  /**
   * The best score that needs no sound: the largest of {@linkcode Score.floors}, or the smallest where less is better; `null`
   * for scores that a single answer makes perfect (sensitivity, specificity, precision) and for calibration.
   */
  floor: number | null;
  /** Floors by what reaches them: `majority`, `prior`, `all-positive`, `shortcut`, `linear`, `nearest`. */
  floors: Record<string, number>;
  /** Of a score that isn't built in: what it is called and how it is read; an end of the range that is `null` is none. */
  about?: {
    title: string;
    meaning: string;
    better: "higher" | "lower";
    range: [number | null, number | null];
    floor: boolean;
  };
  /** Why the value or the interval is missing, or which sources a mean leaves out. */
  reason?: string;
}

/** Scores by name: `accuracy`, `balancedAccuracy`, `sprsound-1-1`, `recall/Wheeze`, … */
export type Scores = Record<string, Score>;

/** A score of a group less that of all others. */
export interface GroupDifference {
  value: number;
  /** Lower end of its 95 % interval over subjects; `null` where there are too few. */
  low: number | null;
  high: number | null;
  /** Whether the whole interval lies on the worse side of 0. */
  worse: boolean;
}

/** A group of patients or recordings that share an attribute; item level. */
export interface GroupMetrics {
  /** `"age"`, `"sex"`, `"site"`, `"device"`. */
  attribute: string;
  /** `"1 to 5 years"`, `"female"`. */
  group: string;
  subjects: number;
  scores: Scores;
  /** From all others whose attribute is known, by score. */
  differences: Record<string, GroupDifference>;
}

/** All that is known of one part (`test`, `validation`, `inter`, …). */
export interface PartMetrics {
  /** All folds and seeds together. */
  pooled: Partial<Record<Unit, Scores>>;
  folds: { fold: number; seed: number; scores: Scores }[];
  /** By sub-database, device or site; item level. */
  sources: { source: string; scores: Scores }[];
  /** Mean over the sources of each score, and its floor. */
  sourceMean: Scores;
  /** By age band, sex, site and device where they are known; left out where they aren't. */
  groups?: GroupMetrics[];
  /** Item level, over the folds of the first seed: `counts[true][predicted]`. */
  confusion: { classes: string[]; counts: number[][] };
}

/** `metrics.json`. */
export interface Metrics {
  version: 1;
  classes: string[];
  parts: Record<string, PartMetrics>;
  /** Sentences on what stands on two sides of a split and was kept there: to be shown in red. */
  leaks?: string[];
  /** Sentences to be shown in the report: a suspect score, a source that gives the label away. */
  warnings: string[];
}
