// The figures of librosa 0.11.0, torchaudio 2.11.0 and Kaldi in features.json, and the signals that they were
// computed on. The signals come from whole-number formulas: see `goldenSignal`.
import { expect } from "expect";
import { goldenSignal as signalOf, projection, type SignalFormula } from "../../audio/goldens/golden_signal.ts";
import features from "./features.json" with { type: "json" };

/** A matrix as the file holds it: in full, or some values and the sums that a shift or transposition would change. */
export interface GoldenMatrix {
  shape: number[];
  mean?: number;
  std?: number;
  min?: number;
  max?: number;
  proj?: number;
  data?: number[][];
  at?: number[][];
}

export interface GoldenCase {
  id: string;
  setting: string;
  signal: string;
  y_head: number[];
  out: Record<string, unknown> & { error_type?: string; errors?: Record<string, string> };
}

export const goldens = features;
export const cases = features.cases as unknown as GoldenCase[];

/** The signal of that name in the file, at `sampleRate` Hz. */
export function goldenSignal(name: string, sampleRate: number): Float64Array {
  return signalOf((features.signals as Record<string, SignalFormula>)[name], sampleRate);
}

/** Expects each value of the golden matrix within `absolute`, or within `relative` where it is above `floor`. */
export function expectMatrix(
  found: { data: ArrayLike<number>; rows: number; columns: number },
  golden: unknown,
  tolerance: { absolute?: number; relative?: number; floor?: number },
): void {
  const { shape, data, at, mean, min, max, proj } = golden as GoldenMatrix;
  expect([found.rows, found.columns]).toEqual(shape);
  const { absolute = 0, relative = 0, floor = 0 } = tolerance;
  const near = (value: number, wanted: number, what: string) => {
    const allowed = absolute + relative * Math.max(Math.abs(wanted), floor);
    if (!(Math.abs(value - wanted) <= allowed)) {
      throw new Error(`${what} is ${value}, not ${wanted} (allowed ${allowed})`);
    }
  };
  const value = (row: number, column: number) => found.data[row * found.columns + column];
  data?.forEach((row, i) => row.forEach((wanted, j) => near(value(i, j), wanted, `[${i}, ${j}]`)));
  at?.forEach(([i, j, wanted]) => near(value(i, j), wanted, `[${i}, ${j}]`));
  const all = Array.from(found.data);
  if (mean !== undefined) near(all.reduce((a, b) => a + b, 0) / all.length, mean, "the mean");
  if (min !== undefined) near(all.reduce((a, b) => Math.min(a, b)), min, "the minimum");
  if (max !== undefined) near(all.reduce((a, b) => Math.max(a, b)), max, "the maximum");
  if (proj !== undefined) near(projection(all), proj, "the projection");
}

/** `[rows, columns]` to `[columns, rows]`: librosa's bands are rows, ours are columns. */
export function transpose({ data, rows, columns }: { data: ArrayLike<number>; rows: number; columns: number }) {
  const turned = Float64Array.from(
    { length: rows * columns },
    (_, k) => data[(k % rows) * columns + Math.floor(k / rows)],
  );
  return { data: turned, rows: columns, columns: rows };
}
