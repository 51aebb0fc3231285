import { clusterBootstrap, studentQuantile } from "../lib/statistics/mod.ts";
import { scoreStatistic } from "../lib/scores/mod.ts";
import { differenceInterval, scoreInterval, scoreSpreads } from "../lib/evaluation/mod.ts";
import { type RandomStream, randomStream } from "../lib/random/mod.ts";
import { type CoverageCell, type CoverageSet, drawSet, trueScores } from "./coverage_sets.ts";

/** How often the intervals of a method held the true score, and how wide they were. */
export interface Tally {
  sets: number;
  /** Sets with an interval. */
  told: number;
  covered: number;
  width: number;
}

/** What a cell has shown: by method, by score. */
export interface CellCoverage {
  cell: CoverageCell;
  methods: Record<string, Record<string, Tally>>;
}

/** The method of reports, and that of their differences. */
export const METHOD = "wilson", PAIRED = "paired t";
const RESAMPLED = ["percentile", "bca"] as const, LOGIT = "logit, jackknife";
/** Scores of two classes that are studied. */
export const SCORES = [
  ...["accuracy", "balancedAccuracy", "sensitivity", "specificity", "rocAuc", "averagePrecision", "f1Macro"],
  ...["precision/Abnormal", "kappa", "mcc", "circor-outcome", "logLoss", "brier", "ece"],
];
/** Resamples of a bootstrap, which one set in so many gets, as does the paired difference. */
const RESAMPLES = 300, EVERY = 6;
const LEVEL = 0.95;
const TASKS = {
  binary: { classes: ["Normal", "Abnormal"], asked: ["circor-outcome"] },
  events: { classes: ["Normal", "Rhonchi", "Wheeze", "Crackle"], asked: [] },
};

/** Sizes from 15 to 250 subjects, healthy and ill. */
const SIZES = [[8, 7], [20, 20], [28, 12], [50, 50], [80, 20], [225, 25]];

/** All kinds of studies: sizes and shares of the ill, areas, and items that go together little or much. */
export function coverageCells(): CoverageCell[] {
  const areas = [0.6, 0.84, 0.95, 0.99], together = [[1, 0], [5, 0.2], [5, 0.6]];
  const binary = SIZES.flatMap((subjects) =>
    areas.flatMap((auc) =>
      together.map(([items, correlation]) => ({ subjects, events: false, auc, items, correlation }))
    )
  );
  const events = [20, 60].flatMap((count) =>
    [0.84, 0.99].flatMap((auc) =>
      [0.2, 0.6].map((correlation) => ({ subjects: [count], events: true, auc, items: 8, correlation }))
    )
  );
  return [...binary, ...events];
}

/**
 * How often intervals of nominal 95 % hold the true score, by simulation: draws sets of subjects whose true scores are known,
 * and judges each.
 */
export function coverageStudy(
  { sets, onProgress }: { sets: number; onProgress: (line: string) => void },
): CellCoverage[] {
  const cells = coverageCells();
  const known = new Map<string, ReturnType<typeof trueScores>>();
  return cells.map((cell, i) => {
    const task = cell.events ? TASKS.events : TASKS.binary, key = `${task.classes.length} ${cell.auc}`;
    if (!known.has(key)) known.set(key, trueScores({ auc: cell.auc, ...task }));
    const truth = known.get(key)!(cell);
    const stream = randomStream(0, `bench/coverage/${JSON.stringify(cell)}`);
    const methods: CellCoverage["methods"] = {};
    for (let set = 0; set < sets; set++) {
      judge(drawSet(cell, stream), { ...task, truth, methods, others: set % EVERY === 0 && stream.fork(`${set}`) });
    }
    onProgress(`coverage: ${i + 1} of ${cells.length} kinds of studies`);
    return { cell, methods };
  });
}

interface JudgeOptions {
  classes: readonly string[];
  asked: readonly string[];
  truth: ReadonlyMap<string, number>;
  methods: CellCoverage["methods"];
  /** Draws the resamples of the other methods, where they are tried. */
  others: RandomStream | false;
}

function judge([first, second]: CoverageSet, { classes, asked, truth, methods, others }: JudgeOptions): void {
  const clusters = 1 + first.clusters.reduce((most, cluster) => Math.max(most, cluster), 0);
  const sides = others ? [[first], [second]] : [[first]];
  const { names, sides: [spreads], differences } = scoreSpreads(sides, { classes, asked, clusters });
  const studied = names.flatMap((name, i) => SCORES.includes(name) ? [{ name, i, at: truth.get(name)! }] : []);
  for (const { name, i, at } of studied) {
    note(methods, METHOD, { name, at, ...scoreInterval(name, spreads[i], { level: LEVEL }) });
    if (others) note(methods, PAIRED, { name, at: 0, ...differenceInterval(differences[i], { level: LEVEL }) });
  }
  if (!others) return;
  const { statistic } = scoreStatistic(first, { classes, asked });
  const bootstrap = clusterBootstrap(statistic, { clusters, stream: others, resamples: RESAMPLES, level: LEVEL });
  for (const { name, i, at } of studied) {
    for (const kind of RESAMPLED) note(methods, kind, { name, at, ...bootstrap.interval(i, kind) });
    // The quantiles mirrored at the score (Davison & Hinkley 1997, section 5.2).
    const drawn = bootstrap.interval(i), twice = 2 * bootstrap.point[i];
    note(methods, "basic", { name, at, low: twice - drawn.high, high: twice - drawn.low });
    const { low, high } = logitInterval(bootstrap.point[i], bootstrap.jackknife[i]);
    note(methods, LOGIT, { name, at, low, high });
  }
}

/** Wald's interval on the logit by the jackknife over subjects, which for the ROC AUC is Obuchowski's (1997) of clusters. */
function logitInterval(value: number, without: Float64Array): { low: number; high: number } {
  const n = without.length, mean = without.reduce((a, b) => a + b, 0) / n;
  const error = Math.sqrt(without.reduce((sum, one) => sum + (one - mean) ** 2, 0) * (n - 1) / n);
  if (error === 0) return { low: value, high: value };
  const half = studentQuantile(LEVEL, n - 1) * error / (value * (1 - value)), centre = Math.log(value / (1 - value));
  return { low: 1 / (1 + Math.exp(half - centre)), high: 1 / (1 + Math.exp(-half - centre)) };
}

function note(
  methods: CellCoverage["methods"],
  method: string,
  { name, at, low, high }: { name: string; at: number; low: number | null; high: number | null },
): void {
  const tally = (methods[method] ??= {})[name] ??= { sets: 0, told: 0, covered: 0, width: 0 };
  tally.sets++;
  if (low === null || high === null || Number.isNaN(low + high)) return;
  tally.told++;
  tally.covered += Number(low - 1e-9 <= at && at <= high + 1e-9);
  tally.width += high - low;
}
