import { checkRate, checkSamples } from "./check_samples.ts";
import { polyphase, type PolyphaseOptions } from "./polyphase.ts";

export interface ResampleOptions {
  /** Rate of the samples, Hz. */
  from: number;
  /** Wanted rate, Hz. */
  to: number;
}

/** Where the pass band ends, as a share of the lower of the two Nyquist frequencies, at which the stop band begins. */
const PASS = 0.9;

/** Rates are taken to the thousandth of a Hz, so that their ratio is a fraction. */
const RESOLUTION = 1000;

/** What making a tap costs, in multiplications of the filter; the plan is made for this many seconds of sound. */
const TAP_COST = 50, TYPICAL_SECONDS = 10;

/**
 * The sound at another sample rate: band-limited interpolation by polyphase filters under a Kaiser window, flat
 * within 0.001 dB up to 0.9 of the lower Nyquist frequency, aliases and images at -95 dB or below.
 *
 * Where the rate falls far, whole-numbered decimation with a gentle filter goes before the steep one: fewer taps in
 * all (Crochiere and Rabiner 1983, section 5).
 *
 * @returns `[ceil(n * to / from)]`; sample `m` stands at the time `m / to`.
 * @throws {InputError} for NaN samples, no samples, rates that aren't above 0 Hz.
 *
 * @example A second at 44.1 kHz becomes a second at 4 kHz
 * ```ts
 * import { expect } from "expect";
 * import { resample } from "./mod.ts";
 * expect(resample(new Float32Array(44100), { from: 44100, to: 4000 }).length).toBe(4000);
 * ```
 */
export function resample(samples: Float32Array, { from, to }: ResampleOptions): Float32Array {
  const where = "resample()";
  checkSamples(samples, { where });
  checkRate(from, { where });
  checkRate(to, { where });
  const { up, down } = fraction(Math.round(to * RESOLUTION), Math.round(from * RESOLUTION));
  if (up === down) return samples.slice();
  let result = samples, rate = from;
  for (const stage of cheapestStages(from, to)) {
    const { pass, stop } = stage;
    const length = Math.ceil(result.length * stage.up / stage.down);
    result = polyphase(result, { ...stage, length, pass: pass / rate, stop: stop / rate });
    rate *= stage.up / stage.down;
  }
  // Two stages may each round up.
  return result.subarray(0, Math.ceil(samples.length * up / down));
}

/** Its edges in Hz. */
type Stage = Omit<PolyphaseOptions, "length">;

/** One steep filter, or a gentle one that decimates by a whole number before it. */
function cheapestStages(from: number, to: number): Stage[] {
  const { up, down } = fraction(Math.round(to * RESOLUTION), Math.round(from * RESOLUTION));
  const stop = Math.min(from, to) / 2, pass = PASS * stop;
  let best: Stage[] = [], least = Infinity;
  for (let by = 1; by === 1 || from / by >= 1.25 * to; by++) {
    const middle = from / by;
    const steep = { ...fraction(up * by, down), pass, stop };
    // What the gentle filter lets through above its pass band folds into the stop band of the steep one.
    const gentle = { up: 1, down: by, pass, stop: middle - stop };
    const cost = stageCost(steep, middle, to) + (by === 1 ? 0 : stageCost(gentle, from, middle));
    if (cost < least) [best, least] = [by === 1 ? [steep] : [gentle, steep], cost];
  }
  return best;
}

/** Multiplications for {@linkcode TYPICAL_SECONDS}; the taps grow with 1 over the width of the transition. */
function stageCost({ up, pass, stop }: Stage, from: number, to: number): number {
  return from / (stop - pass) * (TYPICAL_SECONDS * to + TAP_COST * Math.min(up, TYPICAL_SECONDS * to));
}

/** Both numbers in lowest terms. */
function fraction(up: number, down: number): { up: number; down: number } {
  let divisor = up;
  for (let rest = down; rest > 0;) [divisor, rest] = [rest, divisor % rest];
  return { up: up / divisor, down: down / divisor };
}
