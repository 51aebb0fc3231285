import { InputError } from "../errors/mod.ts";
import { checkLevels } from "./check_levels.ts";

export interface DeltaOptions {
  /** Number of values in a frame. */
  columns: number;
  /** Frames that a derivative looks at, an odd number. @default {9} */
  width?: number;
  /** 1 is the slope, 2 the curvature. @default {1} */
  order?: 1 | 2;
  /**
   * What counts at both ends: the polynomial of the outermost `width` frames, or the first and last frame repeated.
   * @default {"interp"}
   */
  mode?: "interp" | "nearest";
}

/**
 * Derivative over time by Savitzky and Golay's local polynomials of degree `order`, as librosa 0.11 `feature.delta`.
 *
 * @param data `[frames, columns]`, row-major.
 * @returns `[frames, columns]`.
 * @throws {InputError} for NaN, and for fewer frames than `width` in mode `interp`.
 *
 * @example The slope of a ramp
 * ```ts
 * import { expect } from "expect";
 * import { delta } from "./mod.ts";
 * const ramp = Float32Array.from({ length: 12 }, (_, frame) => 3 * frame);
 * expect(delta(ramp, { columns: 1 })[5]).toBeCloseTo(3);
 * ```
 */
export function delta(
  data: Float32Array,
  { columns, width = 9, order = 1, mode = "interp" }: DeltaOptions,
): Float32Array {
  const frames = data.length / columns;
  const refuse = (expected: string, found: string) => {
    throw new InputError({ expected, found, where: "delta()" });
  };
  if (!(width >= 3 && width % 2 === 1)) refuse("width to be an odd number of at least 3", `${width}`);
  if (!Number.isInteger(frames)) refuse(`rows of ${columns} values`, `${data.length} values`);
  if (mode === "interp" && frames < width) refuse(`at least ${width} frames (width)`, `${frames}`);
  checkLevels(data, { where: "delta()" });
  const half = (width - 1) / 2;
  const kernel = deltaKernel(half, order);
  const out = new Float32Array(data.length);
  for (let frame = 0; frame < frames; frame++) {
    const middle = mode === "interp" ? Math.min(frames - 1 - half, Math.max(half, frame)) : frame;
    for (let column = 0; column < columns; column++) {
      // Degree 1 has one slope everywhere; degree 2 one curvature.
      let sum = 0;
      for (let j = -half; j <= half; j++) {
        const near = Math.min(frames - 1, Math.max(0, middle + j));
        sum += kernel[j + half] * data[near * columns + column];
      }
      out[frame * columns + column] = sum;
    }
  }
  return out;
}

/** Least squares on -half…half: the slope of the line, or twice the square term of the parabola. */
export function deltaKernel(half: number, order: 1 | 2): Float64Array {
  const steps = Float64Array.from({ length: 2 * half + 1 }, (_, i) => i - half);
  const moment = (power: number) => steps.reduce((sum, step) => sum + step ** power, 0);
  const [m0, m2, m4] = [moment(0), moment(2), moment(4)];
  return steps.map((step) => order === 1 ? step / m2 : 2 * (m0 * step * step - m2) / (m0 * m4 - m2 * m2));
}
