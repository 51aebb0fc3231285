import type { RandomStream } from "../random/mod.ts";
import { type BootstrapInterval, clusterBootstrap, type Statistic } from "../statistics/mod.ts";
import { constantFloors } from "./constant_floors.ts";
import type { IntervalMethod, JudgedItems, Score, ScoreOptions, Scores, Unit } from "../scores/mod.ts";
import { better, findScore, isOwnScore, scoreInfo, scoreStatistic } from "../scores/mod.ts";
import type { IntervalEnds } from "./score_interval.ts";
import { fewestSubjects, intervalOf, LEVEL, meanInterval, none, scoreInterval } from "./score_interval.ts";
import { meanOf, scoreSpreads } from "./score_spread.ts";

export interface ScoredItems extends ScoreOptions {
  unit: Unit;
  /** One a seed or repeat, all of the same subjects. */
  items: readonly JudgedItems[];
  /** Items as floors answer them, by the floor's name, one a seed. */
  floors: Record<string, readonly JudgedItems[]>;
  stream: RandomStream;
  resamples: number;
  interval: IntervalMethod;
}

/** Every score of the items, averaged over the seeds, with its interval over subjects and its floors. */
export function scoreItems(options: ScoredItems): Scores {
  const { items, classes, asked, unit, interval } = options;
  const clusters = countClusters(items);
  const { names, sides: [spreads] } = scoreSpreads([items], { classes, asked, clusters });
  const few = clusters < fewestSubjects ? `${clusters} subjects are too few for an interval` : undefined;
  const draws = names.some((name) => methodOf(name, interval) !== "wilson") && !few;
  const resampled = draws ? resampledEnds(options, clusters) : undefined;
  const floors = allFloors(options);
  const scores: Scores = {};
  names.forEach((name, i) => {
    const { value } = spreads[i];
    const reason = Number.isNaN(value) ? missingReason(name, items, classes) : few;
    const method = methodOf(name, interval);
    const ends = reason !== undefined
      ? none(reason)
      : method !== "wilson"
      ? resampled!(name, method)
      : scoreInterval(name, spreads[i]);
    scores[name] = toldScore(name, { value, ends, method, n: items[0].labels.length, unit, floors: floors.get(name) });
  });
  return scores;
}

/** A score as `metrics.json` has it, with why it or its interval is missing. */
export function toldScore(
  name: string,
  { value, ends, method, floors = {}, ...count }: Pick<Score, "n" | "unit"> & {
    /** NaN where there is none. */
    value: number;
    ends: IntervalEnds;
    method: IntervalMethod;
    floors?: Record<string, number>;
  },
): Score {
  return {
    value: Number.isNaN(value) ? null : value,
    ...withMethod(ends, method),
    ...count,
    floor: bestFloor(name, floors),
    floors,
    ...(ends.reason === undefined ? {} : { reason: ends.reason }),
    ...aboutOwn(name),
  };
}

/** The mean of each score over sources that have it, with the interval of choosing the subjects of every source anew. */
export function meanOverSources(sources: readonly { source: string; scores: Scores }[]): Scores {
  const mean: Scores = {};
  for (const name of new Set(sources.flatMap(({ scores }) => Object.keys(scores)))) {
    const all = sources.flatMap(({ source, scores }) => name in scores ? [{ source, ...scores[name] }] : []);
    const having = all.filter(({ value }) => value !== null);
    const average = (of: (score: Score) => number) => having.reduce((sum, one) => sum + of(one), 0) / having.length;
    const untold = having.find(({ low }) => low === null);
    const ends = untold || having.length === 0
      ? { low: null, high: null }
      : meanInterval(having.map(({ value, low, high }) => ({ value: value!, low: low!, high: high! })));
    const floors: Record<string, number> = {};
    for (const floor of Object.keys(having[0]?.floors ?? {})) {
      if (having.every(({ floors }) => floor in floors)) floors[floor] = average(({ floors }) => floors[floor]);
    }
    const without = all.flatMap(({ value, source, reason }) => value === null ? [`without ${source}: ${reason}`] : []);
    const reason = [...without, ...(untold ? [`${untold.source}: ${untold.reason}`] : [])].join("; ");
    const { source: _source, reason: _reason, method, ...first } = all[0];
    mean[name] = {
      ...first,
      value: having.length === 0 ? null : average(({ value }) => value!),
      ...withMethod(ends, having[0]?.method ?? method ?? "wilson"),
      n: having.reduce((sum, { n }) => sum + n, 0),
      floor: bestFloor(name, floors),
      floors,
      ...(reason === "" ? {} : { reason }),
    };
  }
  return mean;
}

function withMethod(
  { low, high }: { low: number | null; high: number | null },
  method: IntervalMethod,
): Pick<Score, "low" | "high" | "level" | "method"> {
  return { low, high, level: LEVEL, ...(low === null ? {} : { method }) };
}

/** Intervals by resampling subjects; all scores are computed of each draw, or those alone that have no other interval. */
function resampledEnds(
  { items, classes, asked, stream, resamples, interval }: ScoredItems,
  clusters: number,
): (name: string, kind: "percentile" | "bca") => IntervalEnds {
  const { names, statistic } = meanStatistic(items, { classes, asked }, (key) => methodOf(key, interval) !== "wilson");
  const bootstrap = clusterBootstrap(statistic, { clusters, stream, resamples });
  return (name, kind) => bootstrapEnds(bootstrap.interval(names.indexOf(name), kind), resamples);
}

/** What makes the interval of a score: what is wished, or resamples where it is neither a share nor a count. */
function methodOf(name: string, wished: IntervalMethod): IntervalMethod {
  const own = intervalOf(name);
  return typeof own === "object" ? "wilson" : own === "resamples" && wished === "wilson" ? "bca" : wished;
}

/** What a reader needs to know of a score that isn't built in. */
function aboutOwn(key: string): Pick<Score, "about"> {
  const { definition } = findScore(key);
  if (!isOwnScore(definition.name ?? "")) return {};
  const { range: [from, to], ...info } = scoreInfo(key);
  const finite = (end: number) => Number.isFinite(end) ? end : null;
  return { about: { ...info, range: [finite(from), finite(to)] } };
}

function bootstrapEnds({ low, high, undefinedReplicates }: BootstrapInterval, resamples: number): IntervalEnds {
  const missing = `${undefinedReplicates} of ${resamples} resamples`;
  if (undefinedReplicates > resamples / 2) {
    return none(`the score does not exist in ${missing}: too few subjects of a class`);
  }
  return low === high ? none("every resample gives the same value") : { low, high };
}

function meanStatistic(
  items: readonly JudgedItems[],
  options: ScoreOptions,
  only?: (key: string) => boolean,
): { names: string[]; statistic: Statistic } {
  const all = items.map((one) => scoreStatistic(one, options, only));
  return { names: all[0].names, statistic: meanOf(all.map(({ statistic }) => statistic)) };
}

function countClusters(items: readonly JudgedItems[]): number {
  return new Set(items.flatMap(({ clusters }) => [...clusters])).size;
}

function allFloors({ items, floors, classes, asked }: ScoredItems): Map<string, Record<string, number>> {
  const all = constantFloors(items[0].labels, { classes, asked });
  for (const [floor, of] of Object.entries(floors)) {
    if (of.length === 0) continue;
    const { names, statistic } = meanStatistic(of, { classes, asked });
    const values = statistic(new Float64Array(countClusters(of)).fill(1));
    names.forEach((name, i) => {
      if (scoreInfo(name).floor && !Number.isNaN(values[i])) all.set(name, { ...all.get(name), [floor]: values[i] });
    });
  }
  return all;
}

function bestFloor(score: string, floors: Record<string, number> = {}): number | null {
  const values = Object.values(floors);
  return values.length === 0 ? null : values.reduce((best, value) => better(score, best, value));
}

/** Why a score does not exist for these items. */
export function missingReason(score: string, items: readonly JudgedItems[], classes: readonly string[]): string {
  const truth = new Set(items.flatMap(({ labels }) => [...labels]));
  const [kind, name] = score.split(/\/(.*)/s);
  const c = classes.indexOf(name);
  if (kind === "precision" && c >= 0 && truth.has(c)) return `${name} was never predicted`;
  if (c >= 0 && !truth.has(c)) return `no ${name} in the truth`;
  if (truth.size === 1) return `only ${classes[[...truth][0]]} in the truth`;
  const missing = classes.filter((_, other) => !truth.has(other));
  return missing.length > 0 ? `no ${missing.join(", ")} in the truth` : "0 divided by 0";
}
