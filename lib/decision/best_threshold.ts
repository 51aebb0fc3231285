import type { Confusion } from "../scores/mod.ts";

/** Examples that a threshold or weights are searched on. */
export interface SearchExamples {
  labels: ArrayLike<number>;
  /** `[n, size]`, row-major. */
  probabilities: Float64Array;
  size: number;
  /** Source of each: where given, what counts is the mean over the sources that have a worth. */
  sources?: readonly string[];
}

/** How good a confusion is; NaN where that can't be said. */
export type Worth = (confusion: Confusion) => number;

/**
 * The threshold on the probability of all classes but the first that is worth most, by one sweep over all distinct values;
 * at or above it an example gets its most probable other class; above 1 none
 * does. `worth` is -Infinity where no threshold has one.
 */
export function bestThreshold(
  { labels, probabilities, size, sources }: SearchExamples,
  worth: Worth,
): { threshold: number; worth: number } {
  const examples = Array.from({ length: labels.length }, (_, i) => {
    const row = probabilities.subarray(i * size, (i + 1) * size);
    let other = 1;
    for (let c = 2; c < size; c++) if (row[c] > row[other]) other = c;
    return { label: labels[i], source: sources?.[i], from: other, to: 0, at: 1 - row[0] };
  });
  const best = sweep(examples, { size, worth, low: 0, high: 1 });
  return { threshold: Math.max(0, best.at), worth: best.worth };
}

const fewestExamples = 20; // fewest examples of a class whose weight is fitted
const weightLimit = 3; // factors are searched up to e to this power, and a little beyond the last turning point

/**
 * Factors of the classes' probabilities under which the most probable class is worth most: coordinate ascent, each step an
 * exact sweep over the factors at which an example changes its class. Classes with few examples keep the factor 1.
 */
export function bestWeights(
  { labels, probabilities, size, sources }: SearchExamples,
  worth: Worth,
): { weights: number[]; worth: number } {
  const weights = new Array<number>(size).fill(1), counts = new Array<number>(size).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]]++;
  let best = -Infinity;
  for (let pass = 0; pass < 3; pass++) {
    const before = best;
    for (let c = 0; c < size; c++) {
      if (counts[c] < fewestExamples) continue;
      const examples = Array.from({ length: labels.length }, (_, i) => {
        const row = probabilities.subarray(i * size, (i + 1) * size);
        let rival = c === 0 ? 1 : 0;
        for (let other = 0; other < size; other++) {
          if (other !== c && row[other] * weights[other] > row[rival] * weights[rival]) rival = other;
        }
        // The factor of c at which c takes over: log scale, so that the middle of a stretch is a ratio.
        const turn = Math.log(Math.max(row[rival] * weights[rival], 1e-12) / Math.max(row[c], 1e-12));
        return { label: labels[i], source: sources?.[i], from: rival, to: c, at: turn };
      });
      const found = sweep(examples, { size, worth, low: -weightLimit, high: weightLimit });
      if (found.worth > best + 1e-12) {
        best = found.worth;
        weights[c] = Math.exp(found.at);
      }
    }
    if (best <= before + 1e-12) break;
  }
  return { weights, worth: best };
}

/** An example that is called `from` up to the turning point `at`, and `to` above it. */
interface Turn {
  label: number;
  source?: string;
  from: number;
  to: number;
  at: number;
}

/** The sources that have a worth at all: where every answer was right. */
function sourcesWithWorth(
  examples: readonly Turn[],
  { size, worth }: { size: number; worth: Worth },
): ReadonlySet<string | undefined> {
  const bySource = Map.groupBy(examples, ({ source }) => source);
  return new Set(
    [...bySource].filter(([, own]) => {
      const counts = new Float64Array(size * size);
      for (const { label } of own) counts[label * size + label]++;
      return !Number.isNaN(worth({ size, counts }));
    }).map(([source]) => source),
  );
}

/** The best cut between turning points, `low` or below and `high` or above: the middle of the widest stretch of best cuts. */
function sweep(
  examples: Turn[],
  { size, worth, low: lowest, high: highest }: { size: number; worth: Worth; low: number; high: number },
): { at: number; worth: number } {
  examples.sort((a, b) => a.at - b.at);
  const told = sourcesWithWorth(examples, { size, worth });
  // Where no source has a worth, as where each holds one class, all are one.
  const sourceOf = ({ source }: Turn) => told.has(source) ? source : told.size === 0 ? "all" : undefined;
  const confusions = new Map(examples.map((turn) => [sourceOf(turn), { size, counts: new Float64Array(size * size) }]));
  const countsOf = (turn: Turn) => confusions.get(sourceOf(turn))!.counts;
  for (const turn of examples) countsOf(turn)[turn.label * size + turn.from]++;
  const counted = [...confusions].filter(([source]) => told.size === 0 || told.has(source)).map(([, own]) => own);
  const worthOfAll = () => counted.reduce((sum, own) => sum + worth(own), 0) / counted.length;
  const first = Math.min(lowest, examples[0].at - 1e-6);
  const last = Math.max(highest, examples[examples.length - 1].at + 1e-6);
  let best = -Infinity, stretch = { low: 0, high: 0 }, runStart = first, runWorth = NaN;
  for (let i = 0; i <= examples.length;) {
    const value = worthOfAll(), low = i === 0 ? first : examples[i - 1].at;
    const high = i === examples.length ? last : examples[i].at;
    if (!(Math.abs(value - runWorth) <= 1e-12)) [runStart, runWorth] = [low, value];
    if (value > best + 1e-12 || (Math.abs(value - best) <= 1e-12 && high - runStart > stretch.high - stretch.low)) {
      best = value;
      stretch = { low: runStart, high };
    }
    if (i === examples.length) break;
    for (const turn = examples[i].at; i < examples.length && examples[i].at === turn; i++) {
      const { label, from, to } = examples[i], counts = countsOf(examples[i]);
      counts[label * size + from]--;
      counts[label * size + to]++;
    }
  }
  return { at: (stretch.low + stretch.high) / 2, worth: best };
}
