import type { RandomStream } from "../random/mod.ts";
import { bootstrapInterval } from "./bootstrap_interval.ts";
import { type Bootstrap, clusterBootstrap, type Statistic } from "./cluster_bootstrap.ts";
import { better, constantFloors, hasFloor } from "./constant_floors.ts";
import type { JudgedItems } from "./judged_items.ts";
import { missingReason } from "./missing_reason.ts";
import { proportionInterval } from "./proportion_interval.ts";
import type { Scores, Unit } from "./score.ts";
import { scoreStatistic } from "./score_statistic.ts";

/** What {@linkcode scoreItems} scores. */
export interface ScoredItems {
  unit: Unit;
  classes: readonly string[];
  /** Names of official scores. */
  official: readonly string[];
  /** One a seed or repeat, all of the same subjects. */
  items: readonly JudgedItems[];
  /** Items as floors answer them, by the floor's name, one a seed. */
  floors: Record<string, readonly JudgedItems[]>;
  stream: RandomStream;
  resamples: number;
  interval: "percentile" | "bca";
}

/** Scores and what they came from. */
export interface ScoreResult {
  unit: Unit;
  scores: Scores;
  names: string[];
  bootstrap: Bootstrap;
  subjects: number;
}

/** Fewest subjects that an interval is told for. */
const fewestSubjects = 5;
/** The calibration error of a resample is larger than that of the whole, since bins of fewer different items err more. */
const biased = "ece";
const level = 0.95;

/** Every score of the items, averaged over the seeds, with its interval over subjects and its floors. */
export function scoreItems(options: ScoredItems): ScoreResult {
  const { items, classes, official, unit, stream, interval } = options;
  const { names, statistic } = meanStatistic(items, { classes, official });
  const subjects = countClusters(items);
  const resamples = subjects < fewestSubjects ? 0 : options.resamples;
  const bootstrap = clusterBootstrap(statistic, { clusters: subjects, stream, resamples, level });
  const floors = allFloors(options);
  const scores: Scores = {};
  names.forEach((name, i) => {
    const value = bootstrap.point[i];
    const ends = Number.isNaN(value)
      ? { low: null, high: null, reason: missingReason(name, items, classes) }
      : intervalEnds(bootstrap.interval(i, name === biased ? "basic" : interval), {
        ...{ name, subjects, resamples },
        certain: certainProportion(name, value, { items, classes }),
      });
    scores[name] = {
      value: Number.isNaN(value) ? null : value,
      low: ends.low,
      high: ends.high,
      level,
      n: items[0].labels.length,
      unit,
      floor: bestFloor(name, floors.get(name)),
      floors: floors.get(name) ?? {},
      ...(ends.reason === undefined ? {} : { reason: ends.reason }),
    };
  });
  return { unit, scores, names, bootstrap, subjects };
}

/** The mean of each score over sources that have it, with the interval of resampling within every source. */
export function meanOverSources(sources: readonly ({ source: string } & ScoreResult)[]): Scores {
  const mean: Scores = {};
  for (const name of Object.keys(sources[0]?.scores ?? {})) {
    const i = sources[0].names.indexOf(name);
    const having = sources.filter(({ scores }) => scores[name].value !== null);
    const lacking = sources.filter(({ scores }) => scores[name].value === null);
    const average = (of: (result: ScoreResult) => number) =>
      having.reduce((sum, one) => sum + of(one), 0) / having.length;
    const small = having.find(({ subjects }) => subjects < fewestSubjects);
    const replicates = small || having.length === 0
      ? new Float64Array()
      : having[0].bootstrap.replicates[i].map((_, b) => average(({ bootstrap }) => bootstrap.replicates[i][b]));
    const ends = small
      ? { low: null, high: null, reason: `${small.source} has ${small.subjects} subjects: too few for an interval` }
      : intervalEnds(
        bootstrapInterval(replicates, {
          level,
          basic: name === biased ? { point: average(({ bootstrap }) => bootstrap.point[i]) } : undefined,
        }),
        { name, subjects: Infinity, resamples: replicates.length },
      );
    const floors: Record<string, number> = {};
    for (const floor of Object.keys(having[0]?.scores[name].floors ?? {})) {
      if (having.every(({ scores }) => floor in scores[name].floors)) {
        floors[floor] = average(({ scores }) => scores[name].floors[floor]);
      }
    }
    const without = lacking.map(({ source, scores }) => `without ${source}: ${scores[name].reason}`);
    const reason = [...without, ...(ends.reason === undefined ? [] : [ends.reason])].join("; ");
    const { reason: _, ...first } = sources[0].scores[name];
    mean[name] = {
      ...first,
      value: having.length === 0 ? null : average(({ bootstrap }) => bootstrap.point[i]),
      low: having.length === 0 ? null : ends.low,
      high: having.length === 0 ? null : ends.high,
      n: having.reduce((sum, { scores }) => sum + scores[name].n, 0),
      floor: bestFloor(name, floors),
      floors,
      ...(reason === "" ? {} : { reason }),
    };
  }
  return mean;
}

function intervalEnds(
  { low, high, undefinedReplicates }: { low: number; high: number; undefinedReplicates: number },
  { name, subjects, resamples, certain }: {
    name: string;
    subjects: number;
    resamples: number;
    certain?: { right: number; subjects: number };
  },
): { low: number | null; high: number | null; reason?: string } {
  const none = (reason: string) => ({ low: null, high: null, reason });
  if (subjects < fewestSubjects) return none(`${subjects} subjects are too few for an interval`);
  if (resamples === 0) return none("no resamples were asked for");
  if (undefinedReplicates > resamples / 2) {
    return none(
      `the score does not exist in ${undefinedReplicates} of ${resamples} resamples: too few subjects of a class`,
    );
  }
  if (low === high && certain) {
    const ends = proportionInterval(certain.right, certain.subjects, { level });
    return { ...ends, reason: `no resample differs: Wilson's interval for ${certain.subjects} subjects` };
  }
  if (low === high) return none("every resample gives the same value");
  return { low: name === biased ? Math.max(0, low) : low, high };
}

/** The subjects behind a share that is 0 or 1, which no resampling can tell from certainty. */
function certainProportion(
  name: string,
  value: number,
  { items, classes }: Pick<ScoredItems, "items" | "classes">,
): { right: number; subjects: number } | undefined {
  if (value !== 0 && value !== 1) return undefined;
  const of = { accuracy: classes.map((_, c) => c), sensitivity: [1], specificity: [0] }[name] ??
    (name.startsWith("recall/") ? [classes.indexOf(name.slice("recall/".length))] : undefined);
  if (of === undefined) return undefined;
  const subjects = new Set(
    items.flatMap(({ labels, clusters }) => [...clusters].filter((_, i) => of.includes(labels[i]))),
  );
  return { right: value * subjects.size, subjects: subjects.size };
}

function meanStatistic(
  items: readonly JudgedItems[],
  options: { classes: readonly string[]; official: readonly string[] },
): { names: string[]; statistic: Statistic } {
  const all = items.map((one) => scoreStatistic(one, options));
  if (all.length === 1) return all[0];
  return {
    names: all[0].names,
    statistic(weights) {
      const sum = new Float64Array(all[0].names.length);
      for (const { statistic } of all) {
        const values = statistic(weights);
        for (let i = 0; i < sum.length; i++) sum[i] += values[i] / all.length;
      }
      return sum;
    },
  };
}

function countClusters(items: readonly JudgedItems[]): number {
  return new Set(items.flatMap(({ clusters }) => [...clusters])).size;
}

function allFloors({ items, floors, classes, official }: ScoredItems): Map<string, Record<string, number>> {
  const all = constantFloors(items[0].labels, { classes, official });
  for (const [floor, of] of Object.entries(floors)) {
    if (of.length === 0) continue;
    const { names, statistic } = meanStatistic(of, { classes, official });
    const values = statistic(new Float64Array(countClusters(of)).fill(1));
    names.forEach((name, i) => {
      if (hasFloor(name) && !Number.isNaN(values[i])) all.set(name, { ...all.get(name), [floor]: values[i] });
    });
  }
  return all;
}

function bestFloor(score: string, floors: Record<string, number> = {}): number | null {
  const values = Object.values(floors);
  return values.length === 0 ? null : values.reduce((best, value) => better(score, best, value));
}
