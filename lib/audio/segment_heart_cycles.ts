import { checkSamples } from "./check_samples.ts";
import { decodeHeartStates, type HeartCycles } from "./decode_heart_states.ts";
import { framePosteriors, readNetwork } from "./heart_cycles/frame_network.ts";
import { FRAME_RATE, heartFrames } from "./heart_cycles/heart_frames.ts";
import network from "./heart_cycles/network.json" with { type: "json" };

/** Seconds and Hz: shorter sounds have no rhythm to go by, slower ones not the pitch of S1 and S2. */
const SHORTEST = 2, SLOWEST = 1000;

/**
 * Follows the heart through a recording: a small network says what each 20 ms are likely to be, and
 * {@linkcode decodeHeartStates} which cycles are behind that. Learned from children's recordings (CirCor); the README beside
 * says how well it finds the sounds of other children.
 *
 * @returns States to 20 ms, rate, systolic interval, a murmur's timing, or the reason why there are none. Of less than 2 s or
 *   less than 1000 Hz there are no states.
 * @throws {InputError} for NaN samples, no samples.
 *
 * @example Silence has no heart rate
 * ```ts
 * import { expect } from "expect";
 * import { segmentHeartCycles } from "./mod.ts";
 * const { heartRate, reason } = segmentHeartCycles(new Float32Array(8000), { sampleRate: 2000 });
 * expect(heartRate).toBeNull();
 * expect(reason).toMatch(/no heart sounds/);
 * ```
 */
export function segmentHeartCycles(samples: Float32Array, { sampleRate }: { sampleRate: number }): HeartCycles {
  checkSamples(samples, { sampleRate, where: "segmentHeartCycles()" });
  const seconds = samples.length / sampleRate;
  if (seconds < SHORTEST) return nothing(`it lasts ${seconds.toFixed(2)} s, too short for a rhythm`);
  if (sampleRate < SLOWEST) return nothing(`a rate of ${sampleRate} Hz is too low to tell heart sounds by`);
  const { posteriors, frameRate } = heartPosteriors(samples, { sampleRate });
  const cycles = decodeHeartStates(posteriors, { frameRate, leastConfidence: network.leastConfidence });
  return { ...cycles, states: cycles.states.with(-1, { ...cycles.states.at(-1)!, end: seconds }) };
}

function nothing(reason: string): HeartCycles {
  return { states: [], heartRate: null, systolicInterval: null, murmur: null, confidence: 0, reason, hearings: [] };
}

/** What a network says of each moment of a recording. */
export interface HeartPosteriors {
  /** `[frames, 5]`: S1, systole, S2, diastole, murmur in systole; rows that sum to 1, near 0.2 each where no heart is heard. */
  posteriors: Float32Array;
  /** Frames a second, Hz. */
  frameRate: number;
}

const layers = readNetwork(network.layers);

/**
 * What each 20 ms of a recording are likely to be, by the network of {@linkcode segmentHeartCycles} alone: what
 * {@linkcode decodeHeartStates} finds cycles in. The rate must be 1000 Hz or more.
 */
export function heartPosteriors(samples: Float32Array, { sampleRate }: { sampleRate: number }): HeartPosteriors {
  return { posteriors: framePosteriors(heartFrames(samples, { sampleRate }), layers), frameRate: FRAME_RATE };
}
