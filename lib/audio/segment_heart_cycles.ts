import { InputError } from "../errors/mod.ts";
import { checkSamples } from "./check_samples.ts";
import { cycleEnvelopes, ENVELOPE_RATE } from "./heart_cycles/cycle_envelopes.ts";
import { STATES } from "./heart_cycles/cycle_model.ts";
import model from "./heart_cycles/model.json" with { type: "json" };
import { segmentEnvelopes } from "./heart_cycles/segment_envelopes.ts";

/** A stretch in one state of the heart. */
export interface HeartState {
  /** Seconds. */
  start: number;
  /** Seconds. */
  end: number;
  state: (typeof STATES)[number];
}

/** Two cycles of a slow heart, seconds: less has no rhythm to go by. */
const SHORTEST = 2;

/**
 * Finds first sound, systole, second sound and diastole in a heart sound by a hidden semi-Markov model: logistic
 * regression on envelopes says how likely each state is at a moment, the rhythm says how long each may last
 * (Springer, Tarassenko and Clifford 2016, IEEE Transactions on Biomedical Engineering 63, 822; written from the
 * paper). Learned from children's recordings; the README beside says how well it finds the sounds of others.
 *
 * @returns The states one after the other, from the start of the recording to its end, to 20 ms.
 * @throws {InputError} for NaN samples, less than 2 s, a rate below 1000 Hz.
 *
 * @example The states of three seconds follow each other without a gap
 * ```ts
 * import { expect } from "expect";
 * import { segmentHeartCycles } from "./mod.ts";
 * const knocks = Float32Array.from({ length: 6000 }, (_, i) => i % 1400 < 200 ? Math.sin(0.15 * i) : 0);
 * const states = segmentHeartCycles(knocks, { sampleRate: 2000 });
 * expect(states.at(-1)!.end).toBe(3);
 * ```
 */
export function segmentHeartCycles(samples: Float32Array, { sampleRate }: { sampleRate: number }): HeartState[] {
  const where = "segmentHeartCycles()";
  checkSamples(samples, { sampleRate, where });
  if (sampleRate < 1000) {
    throw new InputError({ expected: "a sample rate of at least 1000 Hz", found: `${sampleRate} Hz`, where });
  }
  if (samples.length < SHORTEST * sampleRate) {
    throw new InputError({
      expected: `at least ${SHORTEST} s of heart sound`,
      found: `${(samples.length / sampleRate).toFixed(2)} s`,
      where,
      remedy: "segment the whole recording before cutting it",
    });
  }
  const { segments } = segmentEnvelopes(cycleEnvelopes(samples, { sampleRate }), model);
  return segments.map(({ state, start, end }, i) => ({
    start: start / ENVELOPE_RATE,
    end: i === segments.length - 1 ? samples.length / sampleRate : end / ENVELOPE_RATE,
    state: STATES[state],
  }));
}
