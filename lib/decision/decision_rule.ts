import { z } from "zod";
import type { Options } from "../parts/part_kind.ts";
import { aggregateWindows, aggregation } from "./aggregate_windows.ts";

/** A rising step-free map from a score to a probability: linear between knots, constant beyond them. */
export interface Isotonic {
  /** Rising. */
  x: number[];
  /** Never falling. */
  y: number[];
}

/**
 * The never falling map that is closest to the outcomes in the least-squares sense (pool adjacent violators, Ayer et al. 1955;
 * as calibration: Zadrozny & Elkan 2002).
 *
 * @param score One an example.
 * @param outcome 0 or 1, one an example.
 */
export function fitIsotonic(score: ArrayLike<number>, outcome: ArrayLike<number>): Isotonic {
  const order = Array.from({ length: score.length }, (_, i) => i).sort((a, b) => score[a] - score[b]);
  const blocks: { low: number; high: number; sum: number; count: number }[] = [];
  for (const i of order) {
    const last = blocks.at(-1);
    if (last && last.low === last.high && last.high === score[i]) { // equal scores share one value
      last.sum += outcome[i];
      last.count++;
    } else {
      blocks.push({ low: score[i], high: score[i], sum: outcome[i], count: 1 });
    }
  }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    pooled.push({ ...block });
    while (pooled.length > 1) {
      const [before, last] = pooled.slice(-2);
      if (before.sum * last.count < last.sum * before.count) break;
      const sum = before.sum + last.sum, count = before.count + last.count;
      pooled.splice(-2, 2, { low: before.low, high: last.high, sum, count });
    }
  }
  const knots = pooled.flatMap(({ low, high, sum, count }) =>
    low === high ? [[low, sum / count]] : [[low, sum / count], [high, sum / count]]
  );
  return { x: knots.map(([x]) => x), y: knots.map(([, y]) => y) };
}

/** The probability of a score. */
export function applyIsotonic({ x, y }: Isotonic, score: number): number {
  if (score <= x[0]) return y[0];
  const above = x.findIndex((knot) => knot >= score);
  if (above === -1) return y[y.length - 1];
  const share = (score - x[above - 1]) / (x[above] - x[above - 1]);
  return y[above - 1] + share * (y[above] - y[above - 1]);
}

/**
 * How probabilities become an answer: parts are aggregated, the result is brought to the fitted temperature, and then
 * either the most probable class after weighting wins, or the first class (healthy) unless the others together reach the
 * threshold.
 */
const rule = {
  aggregation: aggregation.default("mean") as z.ZodDefault<typeof aggregation>,
  temperature: z.number().positive().default(1) as z.ZodDefault<z.ZodNumber>,
  /** Map of the probability of all classes but the first, after the temperature; none where left out. */
  isotonic: z.strictObject({ x: z.array(z.number()).min(1), y: z.array(z.number().min(0).max(1)).min(1) })
    .optional() as z.ZodOptional<z.ZodType<Isotonic>>,
  /** Factor of each class's probability; all 1 where left out. */
  weights: z.array(z.number().positive()).optional() as z.ZodOptional<z.ZodArray<z.ZodNumber>>,
  /** Not healthy if the probability of all classes but the first is at least this (above 1: never); `null`: no such step. */
  threshold: z.number().min(0).nullable().default(null) as z.ZodDefault<z.ZodNullable<z.ZodNumber>>,
  /** An answer whose probability is below this is marked as unsure. */
  unsureBelow: z.number().min(0).max(1).default(0) as z.ZodDefault<z.ZodNumber>,
};
export const decisionRule: Options<typeof rule> = z.strictObject(rule);

/** A rule with every default filled in. */
export type DecisionRule = z.output<typeof decisionRule>;

/** What a rule makes of probabilities. */
export interface Decisions {
  /** `[units, size]`: aggregated and tempered. */
  probabilities: Float64Array;
  /** Class of each unit. */
  predicted: Int32Array;
  /** 1 where the answer is unsure. */
  unsure: Uint8Array;
}

/**
 * Applies a rule.
 *
 * @param probabilities `[parts, size]`, row-major.
 * @param options `unitOf`: unit of each part; every part is a unit of its own where left out.
 */
export function applyDecision(
  rule: DecisionRule,
  probabilities: Float64Array,
  options: { size: number; unitOf?: ArrayLike<number> },
): Decisions {
  const { size, unitOf } = options;
  const joined = unitOf ? aggregateWindows(probabilities, unitOf, { size, rule: rule.aggregation }) : probabilities;
  const tempered = calibrateProbabilities(joined, { size, ...rule });
  const n = tempered.length / size;
  const predicted = new Int32Array(n), unsure = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const row = tempered.subarray(i * size, (i + 1) * size);
    predicted[i] = decide(row, rule);
    unsure[i] = Number(Math.max(...row) < rule.unsureBelow);
  }
  return { probabilities: tempered, predicted, unsure };
}

/** Probabilities at the fitted temperature, and then under the fitted isotonic map where there is one. */
export function calibrateProbabilities(
  probabilities: Float64Array,
  { size, temperature, isotonic }: { size: number; temperature: number; isotonic?: Isotonic },
): Float64Array {
  const tempered = temper(probabilities, { size, temperature });
  if (isotonic === undefined) return tempered;
  for (let start = 0; start < tempered.length; start += size) {
    const sick = 1 - tempered[start], mapped = applyIsotonic(isotonic, sick);
    tempered[start] = 1 - mapped;
    for (let c = 1; c < size; c++) {
      tempered[start + c] = sick > 0 ? tempered[start + c] * mapped / sick : mapped / (size - 1);
    }
  }
  return tempered;
}

function decide(row: Float64Array, { threshold, weights }: DecisionRule): number {
  if (threshold !== null && 1 - row[0] < threshold) return 0;
  let best = threshold === null ? 0 : 1;
  for (let c = best + 1; c < row.length; c++) {
    if (row[c] * (weights?.[c] ?? 1) > row[best] * (weights?.[best] ?? 1)) best = c;
  }
  return best;
}

/**
 * Probabilities at another temperature, softmax(logits / T) from softmax(logits): p^(1/T), scaled to sum 1. A probability of 0
 * is one too small for a double, as it is where the temperature is fitted: a network that was far too sure gets doubts.
 *
 * @param probabilities `[n, size]`, row-major.
 */
export function temper(probabilities: Float64Array, { size, temperature }: { size: number; temperature: number }) {
  if (temperature === 1) return probabilities.slice();
  const tempered = new Float64Array(probabilities.length);
  for (let start = 0; start < probabilities.length; start += size) {
    const row = probabilities.subarray(start, start + size);
    const top = Math.log(Math.max(...row));
    let sum = 0;
    for (let c = 0; c < size; c++) {
      const log = Math.log(Math.max(row[c], Number.MIN_VALUE));
      sum += tempered[start + c] = Math.exp((log - top) / temperature);
    }
    for (let c = 0; c < size; c++) tempered[start + c] /= sum;
  }
  return tempered;
}
